"""What a check found to be right, so that the next check can pass over it.

An entry is a digest of what was looked at and of everything that looked: the
texts, the code that sets them, the code that judges. So nothing has to be
invalidated; what is no longer asked for is dropped in the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from companion import __version__
from companion.curriculum.places import cache_folder

MAX_ENTRIES = 50_000


def digest(*parts: str) -> str:
    """One name for several texts."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def code_digest() -> str:
    """The version of whatever a result depends on besides the content: the judge, the setting of formulas, the templates."""
    package = Path(__file__).resolve().parent.parent
    files = sorted(path for room in ("answers", "mathtext", "curriculum") for path in (package / room).rglob("*.py"))
    return digest(__version__, *(path.read_text(encoding="utf-8") for path in files))


class Checkpoint:
    """The results kept from earlier checks: a file in the cache folder, or nothing where that cannot be written."""

    def __init__(self) -> None:
        self._passed: dict[str, int] = {}
        self._new: dict[str, int] = {}
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Checkpoint:
        path = cache_folder() / "checked.sqlite"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open(path)
        except (OSError, sqlite3.Error):  # damaged or not ours: begin anew, and do without if that fails too
            self._close()
            with suppress(OSError, sqlite3.Error):
                path.unlink()
                self._open(path)
        return self

    def _open(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=2)
        self._connection.execute("CREATE TABLE IF NOT EXISTS passed (key TEXT PRIMARY KEY, formulas INTEGER NOT NULL) WITHOUT ROWID")
        self._passed = dict(self._connection.execute("SELECT key, formulas FROM passed"))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._connection is not None and self._new:
            with suppress(sqlite3.Error), self._connection:
                if len(self._passed) > MAX_ENTRIES:
                    self._connection.execute("DELETE FROM passed")
                self._connection.executemany("INSERT OR REPLACE INTO passed VALUES (?, ?)", self._new.items())
        self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def known(self, parts: Iterable[str]) -> int | None:
        """The number of formulas in something that was found right before; `None` if it was not."""
        return self._passed.get(digest(code_digest(), *parts))

    def keep(self, parts: Iterable[str], formulas: int = 0) -> None:
        """Remember that something is right."""
        self._new[digest(code_digest(), *parts)] = formulas
