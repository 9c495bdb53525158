"""Opening the file that keeps a person's progress: whose it is, how safely it writes, which schema it has."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from companion.learner import derive
from companion.learner.errors import explained, foreign, newer
from companion.learner.tables import APPLICATION_ID, DERIVATION_VERSION, SCHEMA_VERSION, TRUTH, statements

FILE_NAME = "progress.db"
PATIENCE = 5.0
"""Seconds to wait for another program to finish writing."""

_RETRY_AFTER = 0.01


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a person's data lives: COMPANION_DATA, or the platform's data folder. It need not exist yet."""
    chosen = environment.get("COMPANION_DATA", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_data_path("companion", appauthor=False)


def connect(path: Path) -> sqlite3.Connection:
    """Open or create a progress file. Raises StoreError, and then has changed nothing in a file that is not ours."""
    with explained(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            _check_whose(connection, path)
            _write_ahead(connection)
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def connect_memory() -> sqlite3.Connection:
    """A store that is forgotten when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _prepare(connection)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[None]:
    """All of it or nothing; on disk when it ends, if anything was written."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_whose(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection, "DEFERRED"):  # all at one moment: another program may be creating the file just now
        application = _number(connection, "PRAGMA application_id")
        version = _number(connection, "PRAGMA user_version")
        tables = _number(connection, "SELECT count(*) FROM sqlite_master")
    if application != APPLICATION_ID:
        if application or version or tables:
            raise foreign(path)
    elif version > SCHEMA_VERSION:
        raise newer(path, version)


def _write_ahead(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # Two programs that open a new file at once: SQLite does not wait here, whatever the busy timeout.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_AFTER)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS, where fsync alone does not reach the disk


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE meets the trigger on deletion
    with transaction(connection):
        if _number(connection, "PRAGMA user_version") == 0:
            for statement in statements(TRUTH):
                connection.execute(statement)
            connection.execute("INSERT INTO device VALUES (?)", (os.urandom(8).hex(),))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        # Changes nothing, but is refused where the file can only be read, which nothing above is.
        connection.execute("UPDATE derived SET version = version WHERE FALSE")
        if connection.execute("SELECT version FROM derived").fetchone() != (DERIVATION_VERSION,):
            derive.replay(connection)


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
