"""What is known about a person at one moment: a snapshot that everything else is computed from.

Loaded from the derived tables in one read, whatever the number of events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from companion.learner.events import Goal, GoalKind
from companion.learner.memory import Card

NO_GOAL = Goal(None)


class Tally(NamedTuple):
    """All attempts on one exercise.

    `counted` were judged right or wrong and are not disputed; `next_seed` is a variant not asked yet; `last` is in milliseconds since 1970.
    """

    attempts: int
    counted: int
    correct: int
    ms: int
    next_seed: int
    last: int


class Day(NamedTuple):
    """All attempts on one calendar day."""

    day: date
    attempts: int
    counted: int
    correct: int
    ms: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Cards by skill, tallies by exercise, the days studied (oldest first), the topics ticked, the goal, the attempts disputed."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    days: tuple[Day, ...] = ()
    ticked: frozenset[str] = frozenset()
    goal: Goal = NO_GOAL
    disputed: frozenset[str] = frozenset()


def load(connection: sqlite3.Connection) -> Progress:
    """Read a snapshot. Inside a transaction, so that it is of one moment."""
    return Progress(
        cards={row[0]: _card(row) for row in connection.execute(_CARDS)},
        tallies={row[0]: Tally(*row[1:]) for row in connection.execute(_TALLIES)},
        days=tuple(Day(date.fromisoformat(row[0]), *row[1:]) for row in connection.execute(_DAYS)),
        ticked=frozenset(topic for (topic,) in connection.execute("SELECT topic FROM known")),
        goal=_goal(connection.execute("SELECT kind, id FROM goal").fetchone()),
        disputed=frozenset(attempt for (attempt,) in connection.execute("SELECT id FROM attempt WHERE state = 'disputed'")),
    )


def _card(row: tuple[str, str, str, float, float, int, int, int]) -> Card:
    skill, reviewed, due, stability, difficulty, passed, reviews, lapses = row
    return Card(skill, date.fromisoformat(reviewed), date.fromisoformat(due), stability, difficulty, bool(passed), reviews, lapses)


def _goal(row: tuple[GoalKind, str] | None) -> Goal:
    return NO_GOAL if row is None else Goal(*row)


_CARDS = "SELECT skill, reviewed, due, stability, difficulty, passed, reviews, lapses FROM card"
_TALLIES = "SELECT exercise, attempts, counted, correct, ms, next_seed, last FROM tally"
_DAYS = "SELECT day, attempts, counted, correct, ms FROM day ORDER BY day"
