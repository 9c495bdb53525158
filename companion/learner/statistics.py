"""Where a person stands, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from companion.learner.mastery import Standing, TopicState, standings
from companion.learner.ports import Curriculum
from companion.learner.progress import Progress

FORECAST_DAYS = 7
_WEAKEST = 10


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """The topics of an area: how many there are, are written, are known, are begun and not known."""

    id: str
    title: str
    topics: int
    written: int
    known: int
    started: int


@dataclass(frozen=True, slots=True)
class WeakSkill:
    """A reviewed skill: the predicted probability of recall, how many of its reviews failed after the first, whether the last passed."""

    skill: str
    recall: float
    lapses: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """Totals for `companion stats` and the Progress screen.

    `counted` answers were judged right or wrong; `seconds` is the time spent answering; `streak` the days in a row up to today
    (or yesterday); `forecast` the skills due today (overdue ones included) and on each of the days after;
    `weakest` the skills whose last review failed, then those least likely to be recalled.
    """

    attempts: int
    counted: int
    correct: int
    seconds: float
    days_active: int
    streak: int
    due: int
    forecast: tuple[int, ...]
    mastered: int
    known: int
    started: int
    topics: int
    areas: tuple[AreaCounts, ...]
    weakest: tuple[WeakSkill, ...]

    @property
    def share_correct(self) -> float | None:
        """Right answers among the counted ones, 0 to 1; None before the first."""
        return self.correct / self.counted if self.counted else None


def statistics(catalogue: Curriculum, progress: Progress, today: date) -> Statistics:
    """The numbers of one day. Skills without exercises in the catalogue are not counted as due or weak."""
    standing = standings(catalogue, progress, today)
    asked = {exercise.skill for topic in catalogue.topics.values() for exercise in topic.exercises}
    cards = [card for card in progress.cards.values() if card.skill in asked]
    due_on = Counter(max(card.due, today) for card in cards)
    weakest = sorted(cards, key=lambda card: (card.passed, card.recall(today), card.skill))[:_WEAKEST]
    return Statistics(
        attempts=sum(day.attempts for day in progress.days),
        counted=sum(day.counted for day in progress.days),
        correct=sum(day.correct for day in progress.days),
        seconds=sum(day.ms for day in progress.days) / 1000,
        days_active=len(progress.days),
        streak=_streak({day.day for day in progress.days}, today),
        due=due_on[today],
        forecast=tuple(due_on[today + timedelta(days=ahead)] for ahead in range(FORECAST_DAYS)),
        mastered=sum(topic.state is TopicState.MASTERED for topic in standing.values()),
        known=sum(topic.known for topic in standing.values()),
        started=sum(_is_started(topic) for topic in standing.values()),
        topics=len(standing),
        areas=_areas(catalogue, standing),
        weakest=tuple(WeakSkill(card.skill, card.recall(today), card.lapses, card.passed) for card in weakest),
    )


def _areas(catalogue: Curriculum, standing: dict[str, Standing]) -> tuple[AreaCounts, ...]:
    counts = []
    for area in catalogue.areas.values():
        topics = [topic for topic in catalogue.topics.values() if topic.area == area.id]
        counts.append(
            AreaCounts(
                id=area.id,
                title=area.title,
                topics=len(topics),
                written=sum(topic.written for topic in topics),
                known=sum(standing[topic.id].known for topic in topics),
                started=sum(_is_started(standing[topic.id]) for topic in topics),
            )
        )
    return tuple(counts)


def _is_started(standing: Standing) -> bool:
    return standing.state is TopicState.STARTED and not standing.known


def _streak(days: set[date], today: date) -> int:
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days:
        length += 1
        day -= timedelta(days=1)
    return length
