"""How well a skill is remembered: FSRS-6, one card a skill.

Reviews are counted in the learner's calendar days, and each day holds at most
one review of a skill: the first verdict of that day that counts. So FSRS needs
no steps within a day, and nothing is due at 21:00 because it was failed at 21:00.

py-fsrs is imported when the first review is scheduled, and not to read a card.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from companion.answers.protocol import Verdict

if TYPE_CHECKING:
    from fsrs import Scheduler

RETENTION = 0.9
"""The probability of recall at which a skill is due."""

DECAY = -0.1542
"""The exponent of the forgetting curve: minus the last of FSRS-6's default parameters."""

FACTOR = RETENTION ** (1 / DECAY) - 1
"""Chosen by FSRS so that stability is the number of days after which recall has fallen to 0.9."""

HINTS_ALLOWED = 1
"""With more hints than this a right answer is no longer a passed review."""


class Answer(NamedTuple):
    """What memory looks at in a counted attempt."""

    day: date
    verdict: Verdict
    hints: int
    solution_seen: bool

    @property
    def passes(self) -> bool:
        """Whether it shows that the skill is there: right, with at most one hint and without the solution."""
        return self.verdict == "correct" and self.hints <= HINTS_ALLOWED and not self.solution_seen


@dataclass(frozen=True, slots=True)
class Card:
    """The memory of one skill: days of the last review and of the next, FSRS's two numbers, and the outcome of the last review."""

    skill: str
    reviewed: date
    due: date
    stability: float
    difficulty: float
    passed: bool
    reviews: int
    lapses: int

    def is_due(self, today: date) -> bool:
        """Whether recall is expected to have fallen to the desired retention."""
        return self.due <= today

    def recall(self, today: date) -> float:
        """The predicted probability of recall, 0 to 1."""
        return retrievability(self.stability, (today - self.reviewed).days)


def retrievability(stability: float, days: float) -> float:
    """FSRS-6's forgetting curve (1 + factor·days/stability)^decay: the probability of recall `days` after a review, 0 to 1."""
    return float((1 + FACTOR * max(days, 0.0) / stability) ** DECAY)


def remember(skill: str, answers: Iterable[Answer]) -> Card | None:
    """The card of a skill after its counted answers, in the order given; None where there are none.

    Rating: Again where the review fails, Hard where a hint was used, Good otherwise.
    """
    reviews = _first_of_each_day(answers)
    if not reviews:
        return None
    from fsrs import Card as FsrsCard
    from fsrs import Rating

    scheduler = _scheduler()
    card = FsrsCard(card_id=0, due=_midnight(reviews[0].day))
    lapses = 0
    for number, review in enumerate(reviews):
        rating = Rating.Again if not review.passes else Rating.Hard if review.hints else Rating.Good
        lapses += number > 0 and rating is Rating.Again
        card, _ = scheduler.review_card(card, rating, _midnight(review.day))
    if card.stability is None or card.difficulty is None:
        raise AssertionError("py-fsrs sets both with the first review")
    last = reviews[-1]
    return Card(skill, last.day, card.due.date(), card.stability, card.difficulty, last.passes, len(reviews), lapses)


def _first_of_each_day(answers: Iterable[Answer]) -> list[Answer]:
    first: dict[date, Answer] = {}
    for answer in answers:
        first.setdefault(answer.day, answer)
    return list(first.values())


def _midnight(day: date) -> datetime:
    # A calendar day, written as the only kind of moment that py-fsrs accepts.
    return datetime.combine(day, time(), UTC)


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
