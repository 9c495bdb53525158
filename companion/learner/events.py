"""What can happen to a learner, as frozen records with a JSON payload.

Events are the only truth about a person. A kind or a field that a newer
version wrote is kept as it stands and ignored; a payload that cannot be
understood is an `Unknown`, never an error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Literal, TypeAlias, cast, get_args

from companion.answers.protocol import Given, Verdict
from companion.learner.clock import local_day, moment_of

GoalKind = Literal["topic", "reading", "approach"]
_VERDICTS = frozenset(get_args(Verdict))
_GOAL_KINDS = frozenset(get_args(GoalKind))
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Attempt:
    """One judged answer.

    `exercise`, `skill` and `uses` are full ids; `hash` identifies the exercise's content as it was asked, `seed` the variant;
    `answer` maps field ids to what was typed; `reading` is TeX; `judge` is the judge's version; `hints` were shown before the
    answer; `mistake` is the index of the expected mistake that fired; `rung` is what was shown with the verdict because the same wrong
    answer had come before: `hint`, `point` or `solution`.
    """

    exercise: str
    hash: str
    seed: int
    answer: Mapping[str, Given]
    verdict: Verdict
    skill: str
    code: str = ""
    reading: str = ""
    judge: str = ""
    hints: int = 0
    seconds: float = 0.0
    solution_seen: bool = False
    uses: tuple[str, ...] = ()
    mistake: int | None = None
    rung: str = ""


@dataclass(frozen=True, slots=True)
class Recheck:
    """An attempt judged again: `attempt` is the id of its event, the rest what this version of the judge says to the same answer.

    The attempt then counts as its latest recheck says, on the day on which it was made.
    """

    attempt: str
    verdict: Verdict
    judge: str
    code: str = ""
    reading: str = ""
    mistake: int | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """The learner disputes a verdict: `attempt` is the id of its event. It counts as undecided from then on."""

    attempt: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the learner works towards; `kind` None for nothing. A chapter of a reading is `reading-id/chapter-id`."""

    kind: GoalKind | None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The learner ticks a topic as known, or takes the tick back."""

    topic: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes back an earlier event, given by its id. Undoing an undo brings the event back."""

    event: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event of a kind, or in a form, that this version does not know."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


Payload: TypeAlias = Attempt | Recheck | Dispute | Goal | Known | Undo | Unknown


@dataclass(frozen=True, slots=True)
class Event:
    """A payload as it is stored. Events are ordered by `id`; `at` is in milliseconds since 1970 in UTC, `offset` in minutes east of UTC."""

    id: str
    device: str
    at: int
    offset: int
    payload: Payload

    @property
    def kind(self) -> str:
        """The word that says what happened."""
        return kind_of(self.payload)

    @property
    def time(self) -> datetime:
        """When it happened, in UTC."""
        return moment_of(self.at)

    @property
    def day(self) -> date:
        """The learner's calendar day on which it happened."""
        return local_day(self.at, self.offset)


def kind_of(payload: Payload) -> str:
    """The word under which a payload is stored."""
    return payload.kind if isinstance(payload, Unknown) else type(payload).__name__.lower()


def encode(payload: Payload) -> str:
    """A payload as JSON in ASCII, its kind left out. Raises ValueError for what this version could not read back."""
    if isinstance(payload, Unknown):
        return json.dumps(payload.data, allow_nan=False)
    text = json.dumps({part.name: getattr(payload, part.name) for part in fields(payload)}, allow_nan=False)
    if isinstance(decode(kind_of(payload), text), Unknown):
        raise ValueError(f"This {kind_of(payload)} cannot be stored: one of its values is out of range.")
    return text


def decode(kind: str, text: str) -> Payload:
    """The payload of a stored event; an `Unknown` where this version does not understand it."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Unknown(kind, {"text": text})
    if not isinstance(data, dict):
        return Unknown(kind, {"value": data})
    read = _READERS.get(kind)
    if read is None:
        return Unknown(kind, data)
    try:
        return read(data)
    except (KeyError, TypeError, ValueError, OverflowError):
        return Unknown(kind, data)


def _attempt(data: dict[str, Any]) -> Attempt:
    answer = data["answer"]
    if not isinstance(answer, dict):
        raise TypeError(answer)
    return Attempt(
        exercise=_id(data["exercise"]),
        hash=_text(data["hash"]),
        seed=_count(data["seed"]),
        answer={_text(name): _given(given) for name, given in answer.items()},
        verdict=_verdict(data["verdict"]),
        skill=_id(data["skill"]),
        code=_text(data.get("code", "")),
        reading=_text(data.get("reading", "")),
        judge=_id(data.get("judge", "")),
        hints=_count(data.get("hints", 0)),
        seconds=_seconds(data.get("seconds", 0.0)),
        solution_seen=_truth(data.get("solution_seen", False)),
        uses=tuple(_id(skill) for skill in data.get("uses", ())),
        mistake=_mistake(data.get("mistake")),
        rung=_text(data.get("rung", "")),
    )


def _recheck(data: dict[str, Any]) -> Recheck:
    return Recheck(
        attempt=_id(data["attempt"]),
        verdict=_verdict(data["verdict"]),
        judge=_id(data["judge"]),
        code=_text(data.get("code", "")),
        reading=_text(data.get("reading", "")),
        mistake=_mistake(data.get("mistake")),
    )


def _verdict(value: object) -> Verdict:
    if value not in _VERDICTS:
        raise ValueError(value)
    return cast(Verdict, value)


def _mistake(value: object) -> int | None:
    return None if value is None else _count(value)


def _dispute(data: dict[str, Any]) -> Dispute:
    return Dispute(_id(data["attempt"]), _text(data.get("note", "")))


def _goal(data: dict[str, Any]) -> Goal:
    kind = data["kind"]
    if kind is not None and kind not in _GOAL_KINDS:
        raise ValueError(kind)
    return Goal(cast("GoalKind | None", kind), _id(data.get("id", "")))


def _known(data: dict[str, Any]) -> Known:
    return Known(_id(data["topic"]), _truth(data["known"]))


def _undo(data: dict[str, Any]) -> Undo:
    return Undo(_id(data["event"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _id(value: object) -> str:
    text = _text(value)
    text.encode()  # ids and versions are columns of their own: a lone surrogate cannot be stored
    return text


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    if not 0 <= value < _LARGEST:
        raise ValueError(value)
    return value


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(value)
    if not 0 <= value < _LARGEST:
        raise ValueError(value)
    return float(value)


def _given(value: object) -> Given:
    if isinstance(value, list):
        return [_text(part) for part in value]
    return _text(value)


_READERS: dict[str, Callable[[dict[str, Any]], Payload]] = {
    "attempt": _attempt,
    "recheck": _recheck,
    "dispute": _dispute,
    "goal": _goal,
    "known": _known,
    "undo": _undo,
}
