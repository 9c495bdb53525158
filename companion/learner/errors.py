"""What can go wrong with the file that keeps a person's progress, as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Reason = Literal["unwritable", "locked", "corrupt", "full", "newer", "foreign"]


class StoreError(Exception):
    """Progress cannot be read or kept. Its text is a sentence for the user; `reason` is one word for programs."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Raise what SQLite and the system say about the file at `path` as a StoreError."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # mistakes of ours, which no sentence to the user would help
    except sqlite3.DatabaseError as error:
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise StoreError("unwritable", f"Progress cannot be kept: {_place(path)} cannot be written ({error.strerror}).") from error


def newer(path: Path | None, version: int) -> StoreError:
    """The file was written by a version of the companion that knows a later schema."""
    return StoreError("newer", f"The progress in {_place(path)} was written by a newer companion (schema {version}). Update to open it.")


def foreign(path: Path | None) -> StoreError:
    """The file is an SQLite database, but somebody else's."""
    return StoreError("foreign", f"{_place(path)} is not a progress file of the companion, and was left as it is.")


def _from_sqlite(error: sqlite3.DatabaseError, path: Path | None) -> StoreError:
    # The primary result code is the low byte of the extended one: https://www.sqlite.org/rescode.html
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    place = _place(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return StoreError("locked", f"Another program is using {place} and did not let go of it. Close it and try again.")
    if code == sqlite3.SQLITE_FULL:
        return StoreError("full", f"The disk is full: {place} could not take the last entry. Free some space and try again.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_IOERR):
        return StoreError("unwritable", f"Progress cannot be kept: {place} cannot be written ({error}).")
    return StoreError("corrupt", f"The progress file {place} is damaged ({error}). It was left as it is; move it away to begin a new one.")


def _place(path: Path | None) -> str:
    return "the progress in memory" if path is None else str(path)
