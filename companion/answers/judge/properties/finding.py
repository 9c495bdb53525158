"""What the test of a property comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from companion.answers.protocol import Certainty

State = Literal["holds", "fails", "undecided"]


class NotDecidedError(ArithmeticError):
    """A property that cannot be decided for this object; the message says why."""


class WrongSortError(NotDecidedError):
    """The object is of another sort than the property is about: a number where a matrix is asked for. `sort` is what it is."""

    def __init__(self, message: str, sort: str) -> None:
        super().__init__(message)
        self.sort = sort


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one test. Nothing holds by default: what could not be shown or tried is undecided.

    `points` is how many values were tried when the outcome is *tested*; `where` names values at which the property fails, as text.
    """

    state: State
    certainty: Certainty = "proved"
    points: int = 0
    message: str = ""
    where: Mapping[str, str] = field(default_factory=dict)


PROVED = Finding("holds")
MIN_POINTS = 5
"""Fewer places than these decide nothing."""


def tested(points: int) -> Finding:
    """Holds at every one of so many places; undecided when they are too few."""
    if points < MIN_POINTS:
        return undecided("I found too few points at which this could be tried.")
    return Finding("holds", "tested", points)


def fails(message: str, where: Mapping[str, str] | None = None, certainty: Certainty = "proved") -> Finding:
    """Does not hold, with a sentence that says what is wrong and where."""
    return Finding("fails", certainty, message=message, where=where or {})


def undecided(message: str) -> Finding:
    """Neither shown nor refuted."""
    return Finding("undecided", message=message)


def all_hold(findings: Iterable[Finding]) -> Finding:
    """The conjunction: the first that fails, else the first that is undecided, else the weakest certainty."""
    found = list(findings)
    for state in ("fails", "undecided"):
        for finding in found:
            if finding.state == state:
                return finding
    loose = [finding for finding in found if finding.certainty == "tested"]
    return Finding("holds", "tested", sum(finding.points for finding in loose)) if loose else PROVED


def opposite(finding: Finding) -> Finding:
    """The outcome for the property that must not hold."""
    if finding.state == "holds":
        how = f" (tested at {finding.points} points)" if finding.certainty == "tested" else ""
        return fails(f"It has the property that it must not have{how}.", certainty=finding.certainty)
    if finding.state == "fails":
        return Finding("holds", finding.certainty, 1 if finding.certainty == "tested" else 0)
    return finding
