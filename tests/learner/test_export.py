from __future__ import annotations

import io
import json

from companion.learner.events import Known, Undo, Unknown
from companion.learner.export import export
from companion.learner.store import Store

from .curricula import attempt
from .hand_clock import HandClock


def test_every_event_is_a_line_after_a_head(store: Store, clock: HandClock) -> None:
    events = store.record_all([attempt("sets/s0"), Known("sets"), Unknown("mood", {"n": 1e-5})])
    clock.forward(minutes=1)
    clock.minutes_east = 60
    events.append(store.record(Undo(events[1].id)))
    stream = io.StringIO()
    assert export(store, stream) == 4
    head, *lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert head == {
        "companion": "events",
        "schema": 1,
        "device": store.device,
        "exported": "2026-03-01T09:01:00.000Z",
        "events": 4,
    }
    assert [line["id"] for line in lines] == [event.id for event in events]
    assert lines[0]["payload"]["answer"] == {"value": "1/2"}
    assert lines[2]["payload"] == {"n": 1e-5}
    assert lines[3] == {
        "id": events[3].id,
        "device": store.device,
        "time": "2026-03-01T09:01:00.000Z",
        "offset": 60,
        "kind": "undo",
        "payload": {"event": events[1].id},
    }
