"""What follows from the events: cards, tallies, days, the goal, the topics ticked.

Every derived row is a function of the events about one thing (a skill, an
exercise, a day, a topic), in the order of their ids. Recording an event
computes the rows of what it is about again; replaying computes all of them,
by the same functions, and so comes to the same bytes in whatever order the
events arrived.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple, cast

from companion.answers.protocol import Verdict
from companion.learner.events import Attempt, Dispute, Event, Goal, Known, Payload, Recheck, Undo, decode
from companion.learner.memory import Answer, remember
from companion.learner.tables import DERIVATION_VERSION, DERIVED, DERIVED_TABLES, statements

Report = Callable[[int, int], None]
"""Told how many of how many events have been replayed."""

_REPORT_EVERY = 1000
_INSERT_ATTEMPT = "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_LINK = "INSERT INTO link VALUES (?, ?, ?)"
_TALLY = """INSERT INTO tally
    SELECT exercise, count(*), sum(state = 'counted'), sum(state = 'counted' AND verdict = 'correct'), sum(ms), max(seed) + 1, max(at)
    FROM attempt WHERE state <> 'undone'"""
_DAY = """INSERT INTO day
    SELECT day, count(*), sum(state = 'counted'), sum(state = 'counted' AND verdict = 'correct'), sum(ms)
    FROM attempt WHERE state <> 'undone'"""
_ANSWERS = "SELECT skill, day, verdict, hints, solution_seen FROM attempt WHERE state = 'counted'"


class _Row(NamedTuple):
    """The columns of the `attempt` table that say what it is about."""

    skill: str
    exercise: str
    day: str


def follow(connection: sqlite3.Connection, event: Event) -> None:
    """Bring the derived tables up to date with an event just stored. Inside a transaction."""
    payload = event.payload
    if isinstance(payload, Attempt):
        connection.execute(_INSERT_ATTEMPT, _attempt_row(event, payload))
    elif (target := _target(payload)) is not None:
        connection.execute(_INSERT_LINK, (event.id, event.kind, target))
    _settle(connection, event.id, payload)


def replay(connection: sqlite3.Connection, report: Report | None = None) -> None:
    """Derive everything again from the events. Inside a transaction."""
    for table in DERIVED_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in statements(DERIVED):
        connection.execute(statement)
    _file_events(connection, report)
    for (attempt,) in connection.execute(
        "SELECT DISTINCT target FROM link JOIN attempt ON attempt.id = target WHERE kind IN ('undo', 'dispute', 'recheck')"
    ).fetchall():
        _set_state(connection, attempt)
    connection.execute(_TALLY + " GROUP BY exercise")
    connection.execute(_DAY + " GROUP BY day")
    for skill, rows in groupby(connection.execute(_ANSWERS + " ORDER BY skill, id").fetchall(), key=lambda row: cast(str, row[0])):
        _put_card(connection, skill, [_answer(row) for row in rows])
    for (topic,) in connection.execute("SELECT DISTINCT target FROM link WHERE kind = 'known'").fetchall():
        _set_known(connection, topic)
    _set_goal(connection)
    connection.execute("DELETE FROM derived")
    connection.execute("INSERT INTO derived VALUES (?)", (DERIVATION_VERSION,))


def in_effect(connection: sqlite3.Connection, event: str) -> bool:
    """Whether an event counts: no undo that itself counts takes it back.

    An undo that leads back to itself, which no device writes, is void.
    """
    order = [event]
    takes_back: dict[str, str] = {}
    for node in order:  # grows while it is walked: the undoes of the event, the undoes of those, and so on
        for (undo,) in connection.execute("SELECT id FROM link WHERE kind = 'undo' AND target = ?", (node,)):
            if undo != event:
                takes_back[undo] = node
                order.append(undo)
    void: set[str] = set()
    for undo in reversed(order[1:]):
        if undo not in void:
            void.add(takes_back[undo])
    return event not in void


def _file_events(connection: sqlite3.Connection, report: Report | None) -> None:
    (total,) = connection.execute("SELECT count(*) FROM event").fetchone()
    rows = connection.execute("SELECT id, device, at, offset, kind, payload FROM event ORDER BY id")
    for number, (identifier, device, at, offset, kind, text) in enumerate(rows):
        event = Event(identifier, device, at, offset, decode(kind, text))
        if isinstance(event.payload, Attempt):
            connection.execute(_INSERT_ATTEMPT, _attempt_row(event, event.payload))
        elif (target := _target(event.payload)) is not None:
            connection.execute(_INSERT_LINK, (identifier, kind, target))
        if report is not None and number % _REPORT_EVERY == 0:
            report(number, total)
    if report is not None:
        report(total, total)


def _settle(connection: sqlite3.Connection, event: str, payload: Payload | None) -> None:
    """Derive again whatever the event is about, after it came to count or ceased to."""
    seen = {event}
    while isinstance(payload, Undo) and payload.event not in seen:
        event = payload.event
        seen.add(event)
        payload = _payload(connection, event)
    match payload:
        case Attempt():
            _refresh_attempt(connection, event)
        case Dispute(attempt=attempt) | Recheck(attempt=attempt):
            _refresh_attempt(connection, attempt)
        case Known(topic=topic):
            _set_known(connection, topic)
        case Goal():
            _set_goal(connection)
        case _:
            pass  # an event that has not arrived, or one of a newer version


def _refresh_attempt(connection: sqlite3.Connection, attempt: str) -> None:
    row = connection.execute("SELECT skill, exercise, day FROM attempt WHERE id = ?", (attempt,)).fetchone()
    if row is None:
        return  # a dispute of an attempt that has not arrived, or of something else
    about = _Row(*row)
    _set_state(connection, attempt)
    connection.execute("DELETE FROM tally WHERE exercise = ?", (about.exercise,))
    connection.execute(_TALLY + " AND exercise = ? GROUP BY exercise", (about.exercise,))
    connection.execute("DELETE FROM day WHERE day = ?", (about.day,))
    connection.execute(_DAY + " AND day = ? GROUP BY day", (about.day,))
    connection.execute("DELETE FROM card WHERE skill = ?", (about.skill,))
    answers = connection.execute(_ANSWERS + " AND skill = ? ORDER BY id", (about.skill,)).fetchall()
    _put_card(connection, about.skill, [_answer(answer) for answer in answers])


def _set_state(connection: sqlite3.Connection, attempt: str) -> None:
    made = _payload(connection, attempt)
    if not isinstance(made, Attempt):
        return  # an attempt has a row of its own, so it is there
    verdict, judge, disputed = _settled(made, _later(connection, attempt))
    state = "undone" if not in_effect(connection, attempt) else "disputed" if disputed else _state_of(verdict)
    connection.execute("UPDATE attempt SET verdict = ?, judge = ?, state = ? WHERE id = ?", (verdict, judge, state, attempt))


def _later(connection: sqlite3.Connection, attempt: str) -> list[Payload | None]:
    """The disputes and rechecks of an attempt that are in effect, oldest first."""
    links = connection.execute("SELECT id FROM link WHERE kind IN ('dispute', 'recheck') AND target = ? ORDER BY id", (attempt,))
    return [_payload(connection, event) for (event,) in links.fetchall() if in_effect(connection, event)]


def _settled(made: Attempt, later: list[Payload | None]) -> tuple[Verdict, str, bool]:
    """The verdict that holds, the version of the judge that came to it, and whether it is disputed.

    A recheck settles a dispute when it decides, and decides otherwise than the verdict that was disputed; one that says the same
    again leaves the dispute standing, so that nobody is marked down for an answer under protest.
    """
    verdict, judge = made.verdict, made.judge
    disputed: Verdict | None = None
    for event in later:
        if isinstance(event, Recheck):
            verdict, judge = event.verdict, event.judge
            if verdict != disputed and _state_of(verdict) == "counted":
                disputed = None
        else:
            disputed = verdict
    return verdict, judge, disputed is not None


def _set_known(connection: sqlite3.Connection, topic: str) -> None:
    connection.execute("DELETE FROM known WHERE topic = ?", (topic,))
    ticks = connection.execute("SELECT id FROM link WHERE kind = 'known' AND target = ? ORDER BY id DESC", (topic,))
    last = _last_in_effect(connection, ticks)
    if isinstance(last, Known) and last.known:
        connection.execute("INSERT INTO known VALUES (?)", (topic,))


def _set_goal(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM goal")
    last = _last_in_effect(connection, connection.execute("SELECT id FROM link WHERE kind = 'goal' ORDER BY id DESC"))
    if isinstance(last, Goal) and last.kind is not None:
        connection.execute("INSERT INTO goal VALUES (?, ?)", (last.kind, last.id))


def _last_in_effect(connection: sqlite3.Connection, newest_first: Iterator[tuple[str]]) -> Payload | None:
    for (event,) in newest_first:
        if in_effect(connection, event):
            return _payload(connection, event)
    return None


def _put_card(connection: sqlite3.Connection, skill: str, answers: list[Answer]) -> None:
    card = remember(skill, answers)
    if card is not None:
        days = card.reviewed.isoformat(), card.due.isoformat()
        row = (skill, *days, card.stability, card.difficulty, card.passed, card.reviews, card.lapses)
        connection.execute("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _answer(row: tuple[str, str, str, int, int]) -> Answer:
    _, day, verdict, hints, solution_seen = row
    return Answer(date.fromisoformat(day), cast(Verdict, verdict), hints, bool(solution_seen))


def _attempt_row(event: Event, attempt: Attempt) -> tuple[str | int, ...]:
    return (
        event.id,
        event.at,
        event.day.isoformat(),
        attempt.skill,
        attempt.exercise,
        attempt.seed,
        attempt.verdict,
        attempt.judge,
        attempt.hints,
        attempt.solution_seen,
        round(attempt.seconds * 1000),
        _state_of(attempt.verdict),
    )


def _state_of(verdict: str) -> str:
    return "counted" if verdict in ("correct", "incorrect") else "uncounted"


def _target(payload: Payload) -> str | None:
    match payload:
        case Dispute(attempt=target) | Recheck(attempt=target) | Known(topic=target) | Undo(event=target):
            return target
        case Goal():
            return ""
        case _:
            return None


def _payload(connection: sqlite3.Connection, event: str) -> Payload | None:
    row = connection.execute("SELECT kind, payload FROM event WHERE id = ?", (event,)).fetchone()
    return None if row is None else decode(*row)
