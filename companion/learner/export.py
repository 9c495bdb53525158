"""A person's events as JSON Lines, complete and readable without this program.

The first line describes the file: `{"companion": "events", "schema": 1, "device": …, "exported": …, "events": n}`.
Each further line is one event, oldest first:
`{"id": UUIDv7, "device": …, "time": "2026-03-01T09:00:00.000Z", "offset": minutes east of UTC, "kind": …, "payload": {…}}`.
A payload holds what the class of its kind in `companion.learner.events` describes, and anything a newer version has added.
"""

from __future__ import annotations

import json
from typing import TextIO

from companion.learner.clock import milliseconds, moment_of
from companion.learner.store import Row, Store
from companion.learner.tables import SCHEMA_VERSION


def export(store: Store, stream: TextIO) -> int:
    """Write all events to a text stream, and say how many there were. All is ASCII. Raises StoreError and OSError."""
    rows = list(store.rows())
    head = {
        "companion": "events",
        "schema": SCHEMA_VERSION,
        "device": store.device,
        "exported": _time(milliseconds(store.clock.now())),
        "events": len(rows),
    }
    stream.write(json.dumps(head) + "\n")
    for row in rows:
        stream.write(_line(row) + "\n")
    return len(rows)


def _line(row: Row) -> str:
    envelope = json.dumps({"id": row.id, "device": row.device, "time": _time(row.at), "offset": row.offset, "kind": row.kind})
    return f'{envelope[:-1]}, "payload": {row.payload}}}'  # the payload as it stands, number for number


def _time(at: int) -> str:
    return moment_of(at).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
