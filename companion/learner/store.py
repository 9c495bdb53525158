"""A person's events, kept in one SQLite file.

An event is on disk when `record` returns: a verdict is shown only after that.
A store may be made in one thread and used in another, but by one thread at a
time. Several programs may use the same file; each sees the other's events at
its next question.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from companion.answers.protocol import Verdict, older
from companion.learner import derive, opening, progress
from companion.learner.clock import Clock, milliseconds, system_clock
from companion.learner.errors import StoreError, explained
from companion.learner.events import Attempt, Event, Payload, Undo, decode, encode, kind_of
from companion.learner.identifiers import Identifiers
from companion.learner.progress import Progress

__all__ = ["Judgement", "Row", "Store", "StoreError", "open_store"]

_EVENTS = "SELECT id, device, at, offset, kind, payload FROM event"


class Row(NamedTuple):
    """An event exactly as it is stored; `payload` is JSON text, with whatever a newer version has put there."""

    id: str
    device: str
    at: int
    offset: int
    kind: str
    payload: str

    @property
    def event(self) -> Event:
        """The event as this version understands it."""
        return Event(self.id, self.device, self.at, self.offset, decode(self.kind, self.payload))


class Judgement(NamedTuple):
    """How an attempt stands now: the latest verdict on it, the version of the judge that gave it, whether it is disputed."""

    id: str
    attempt: Attempt
    verdict: Verdict
    judge: str
    disputed: bool


class Store:
    """Events and what follows from them. Every method may raise StoreError, whose text is a sentence for the user."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock, path: Path | None) -> None:
        self.path = path
        self.clock = clock
        self._connection = connection
        self._identifiers = Identifiers()
        self._written = 0
        self._loaded: tuple[tuple[int, int], Progress] | None = None
        (self.device,) = connection.execute("SELECT id FROM device").fetchone()

    @classmethod
    def in_memory(cls, clock: Clock | None = None) -> Store:
        """A store for when no file can be written: everything works, and nothing is kept."""
        return cls(opening.connect_memory(), clock or system_clock(), None)

    @property
    def keeps(self) -> bool:
        """Whether what is recorded outlives the program."""
        return self.path is not None

    def record(self, payload: Payload) -> Event:
        """Store one event, with the time it has now, and everything that follows from it. On disk when this returns."""
        return self.record_all([payload])[0]

    def record_all(self, payloads: Sequence[Payload]) -> list[Event]:
        """Store several events, in this order: all of them or none. Raises ValueError for a payload out of range."""
        texts = [encode(payload) for payload in payloads]
        at, offset = milliseconds(self.clock.now()), self.clock.offset()
        stored = []
        with explained(self.path), opening.transaction(self._connection):
            (last,) = self._connection.execute("SELECT max(id) FROM event").fetchone()
            if last is not None:
                self._identifiers.after(last)  # an event comes after all that its device had seen, whatever the clocks say
            for payload, text in zip(payloads, texts, strict=True):
                row = Row(self._identifiers.next(at), self.device, at, offset, kind_of(payload), text)
                self._connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)
                derive.follow(self._connection, row.event)
                stored.append(row.event)
        self._written += 1
        return stored

    def progress(self) -> Progress:
        """What is known about the person now. The same object as before, if nothing has happened since."""
        version = self.version()
        if self._loaded is None or self._loaded[0] != version:
            with explained(self.path), opening.transaction(self._connection, "DEFERRED"):
                self._loaded = version, progress.load(self._connection)
        return self._loaded[1]

    def version(self) -> tuple[int, int]:
        """Changes whenever anything was recorded, by this program or by another."""
        with explained(self.path):
            (others,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(others), self._written

    def rows(self) -> Iterator[Row]:
        """All events as they are stored, oldest first."""
        with explained(self.path):
            for row in self._connection.execute(_EVENTS + " ORDER BY id"):
                yield Row(*row)

    def events(self) -> Iterator[Event]:
        """All events, oldest first."""
        return (row.event for row in self.rows())

    def event(self, identifier: str) -> Event | None:
        """One event, if it is there."""
        with explained(self.path):
            row = self._connection.execute(_EVENTS + " WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else Row(*row).event

    def count(self) -> int:
        """How many events there are."""
        with explained(self.path):
            return int(self._connection.execute("SELECT count(*) FROM event").fetchone()[0])

    def undoable(self) -> Event | None:
        """The newest event made on this device that still counts and is not itself an undo."""
        with explained(self.path):
            for row in map(Row._make, self._connection.execute(_EVENTS + " ORDER BY id DESC")):
                if row.device == self.device and row.kind != "undo" and derive.in_effect(self._connection, row.id):
                    return row.event
        return None

    def undo(self) -> Event | None:
        """Take back the newest event that can be, and say which it was."""
        undone = self.undoable()
        if undone is not None:
            self.record(Undo(undone.id))
        return undone

    def disputed(self) -> list[Event]:
        """The attempts whose verdict is disputed, oldest first."""
        return [event for identifier in sorted(self.progress().disputed) if (event := self.event(identifier)) is not None]

    def to_judge_again(self, everything: bool = False) -> list[Judgement]:
        """The attempts whose verdict is disputed or not decided, oldest first; with `everything` also those an older judge decided."""
        with explained(self.path):
            rows = self._connection.execute("SELECT id, verdict, judge, state FROM attempt WHERE state <> 'undone' ORDER BY id").fetchall()
        wanted = (row for row in rows if row[3] in ("disputed", "uncounted") or (everything and older(row[2])))
        found = ((self.event(row[0]), row) for row in wanted)
        return [
            Judgement(event.id, event.payload, verdict, judge, state == "disputed")
            for event, (_, verdict, judge, state) in found
            if event is not None and isinstance(event.payload, Attempt)
        ]

    def rebuild(self, report: derive.Report | None = None) -> None:
        """Derive everything again from the events; `report` is told how many of how many are done."""
        with explained(self.path), opening.transaction(self._connection):
            derive.replay(self._connection, report)
        self._written += 1

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file: empty for a sound one. Reads all of it."""
        with explained(self.path):
            lines = [str(line) for (line,) in self._connection.execute("PRAGMA quick_check")]
        return [] if lines == ["ok"] else lines

    def close(self) -> None:
        """Let go of the file. Nothing is lost without it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_store(path: Path | None = None, clock: Clock | None = None) -> Store:
    """Open, or create, the progress file: `path`, or `progress.db` in the data folder.

    Raises StoreError with a sentence for the user; the program may then go on with `Store.in_memory()`.
    """
    place = path or opening.data_folder() / opening.FILE_NAME
    connection = opening.connect(place)
    with explained(place):
        return Store(connection, clock or system_clock(), place)
