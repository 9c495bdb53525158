"""What is found out about one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from companion.answers.judge.showing import point_tex
from companion.answers.protocol import Certainty, Verdict


@dataclass(frozen=True, slots=True)
class Step:
    """The verdict on one line against the one before, as a code and a sentence; `point` is where it fails."""

    verdict: Verdict
    code: str = "equal"
    message: str = ""
    certainty: Certainty | None = None
    point: Mapping[Any, Any] = field(default_factory=dict)


def right(certainty: Certainty | None = "proved") -> Step:
    """A step that is right."""
    return Step("correct", certainty=certainty or "tested")


def undecided(message: str = "") -> Step:
    """A step about which nothing is known."""
    text = message or "I could not decide whether this line follows from the one before. It does not count against you."
    return Step("undecided", "undecided.steps", text)


@dataclass(frozen=True, slots=True)
class Change:
    """Whether some point belongs to one statement and not to another: yes (with such a point, if one is known), no, or unknown (`None`)."""

    happens: bool | None
    point: Mapping[Any, Any] = field(default_factory=dict)
    nonreal: bool = False
    """Whether all such points have parts that are not real."""


NO_CHANGE = Change(False)
UNKNOWN_CHANGE = Change(None)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a statement loses and gains against the one before."""

    lost: Change
    gained: Change
    certainty: Certainty = "tested"

    @property
    def relation(self) -> Literal["equal", "lost", "gained", "different", "undecided"]:
        """In a word."""
        if self.lost.happens is None or self.gained.happens is None:
            return "undecided"
        if self.lost.happens:
            return "different" if self.gained.happens else "lost"
        return "gained" if self.gained.happens else "equal"


SAME = Passage(NO_CHANGE, NO_CHANGE, "proved")


def at(point: Mapping[Any, Any]) -> str:
    """`At $x=2$ `, or nothing when there is no point. A point of a logical statement is an assignment of truth values, as text."""
    if any(isinstance(value, str) for value in point.values()):
        return "When " + ", ".join(f"{name} is {value}" for name, value in point.items()) + ", "
    return f"At {point_tex(point)} " if point else ""
