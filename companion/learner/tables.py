"""The tables of a progress file.

`event` is the truth, and append-only: triggers refuse to change or delete a row.
The others but `device` are derived from it, and could be dropped at any time.
"""

from __future__ import annotations

APPLICATION_ID = 0x436D706E  # "Cmpn" in the file's header, by which it is told from other SQLite files
SCHEMA_VERSION = 1
DERIVATION_VERSION = 2
"""To be raised whenever the derived tables, or the rules that fill them, change: older files are derived again when opened."""

TRUTH = """
CREATE TABLE event (
    id TEXT PRIMARY KEY,       -- UUIDv7; events are ordered by it
    device TEXT NOT NULL,
    at INTEGER NOT NULL,       -- milliseconds since 1970, UTC
    offset INTEGER NOT NULL,   -- minutes by which the learner's time was ahead of UTC
    kind TEXT NOT NULL,
    payload TEXT NOT NULL      -- JSON
);
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TABLE device (id TEXT NOT NULL);
CREATE TABLE derived (version INTEGER NOT NULL);
"""

DERIVED_TABLES = ("attempt", "link", "card", "tally", "day", "goal", "known")

DERIVED = """
CREATE TABLE attempt (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,         -- the learner's calendar day
    skill TEXT NOT NULL,
    exercise TEXT NOT NULL,
    seed INTEGER NOT NULL,
    verdict TEXT NOT NULL,     -- the latest: of the attempt itself, or of its last recheck
    judge TEXT NOT NULL,       -- the version of the judge that came to it
    hints INTEGER NOT NULL,
    solution_seen INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    state TEXT NOT NULL        -- counted, uncounted (invalid or undecided), disputed, undone
) WITHOUT ROWID;
CREATE INDEX attempt_skill ON attempt (skill, id);
CREATE INDEX attempt_exercise ON attempt (exercise);
CREATE INDEX attempt_day ON attempt (day);
CREATE INDEX attempt_disputed ON attempt (id) WHERE state = 'disputed';
CREATE INDEX attempt_uncounted ON attempt (id) WHERE state = 'uncounted';
CREATE TABLE link (            -- what each other event is about: an attempt, a topic, an event
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    target TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX link_target ON link (kind, target, id);
CREATE TABLE card (
    skill TEXT PRIMARY KEY,
    reviewed TEXT NOT NULL,
    due TEXT NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    passed INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE tally (
    exercise TEXT PRIMARY KEY,
    attempts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    next_seed INTEGER NOT NULL,
    last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE day (
    day TEXT PRIMARY KEY,
    attempts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE goal (kind TEXT NOT NULL, id TEXT NOT NULL);
CREATE TABLE known (topic TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def statements(script: str) -> list[str]:
    """The statements of one of the scripts above, so that they can run inside a transaction (`executescript` commits first)."""
    parts: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if _is_complete(pending):
            parts.append(pending)
            pending = ""
    return parts


def _is_complete(text: str) -> bool:
    from sqlite3 import complete_statement

    return bool(text.strip()) and complete_statement(text)
