"""Which exercise comes next: what is due, what a quiz asks, and in which variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Literal, TypeVar

from companion.curriculum.model import ExerciseSummary
from companion.learner.events import Goal
from companion.learner.mastery import SkillState, TopicState, skill_state, standings
from companion.learner.path import goal_topics
from companion.learner.ports import Curriculum, exercises_by_skill, topic_of
from companion.learner.progress import Progress

ScopeKind = Literal["topic", "area", "reading", "approach", "due"]
Question = tuple[str, int]
"""The full id of an exercise and the seed of its variant."""

_T = TypeVar("_T")
_WEAKEST_FIRST = (SkillState.FADING, SkillState.LEARNING, SkillState.NEW, SkillState.SHOWN)
_BEGUN_FIRST = (TopicState.STARTED, TopicState.MASTERED, TopicState.READY, TopicState.LOCKED, TopicState.UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a quiz is about; `id` is empty for what is due. A chapter is `reading-id/chapter-id`."""

    kind: ScopeKind
    id: str = ""


@dataclass(frozen=True, slots=True)
class DueSkill:
    """A skill to review now, its topic, and the predicted probability that it is still there."""

    skill: str
    topic: str
    recall: float


def due_skills(catalogue: Curriculum, progress: Progress, today: date) -> list[DueSkill]:
    """The skills due, the greatest expected loss (least recall) first, neighbors from different topics where that is possible.

    Skills without exercises are left out: there would be nothing to ask.
    """
    found = []
    for card in progress.cards.values():
        topic = catalogue.topics.get(topic_of(card.skill))
        if topic is not None and card.is_due(today) and card.skill in exercises_by_skill(topic):
            found.append(DueSkill(card.skill, topic.id, card.recall(today)))
    found.sort(key=lambda due: (due.recall, due.skill))
    return interleaved(found, [due.topic for due in found])


def next_exercise(
    catalogue: Curriculum, progress: Progress, scope: str, today: date, level: int | None = None, asked: Sequence[Question] = ()
) -> Question | None:
    """The next question on a topic or on a skill (full ids): the weakest skill, its exercise seen longest ago, a variant not asked yet.

    `asked` is what this session has asked already: not again, and the skills asked least come first.
    None when there is nothing left (or nothing of that `level`).
    Raises KeyError for a topic that is not there.
    """
    topic = catalogue.topics[topic_of(scope)]
    skills = [scope] if scope != topic.id else None
    return next(_questions(catalogue, progress, [topic.id], today, level, skills, asked), None)


def choose_questions(
    catalogue: Curriculum, progress: Progress, scope: Scope, today: date, count: int, level: int | None = None
) -> list[Question]:
    """At most `count` questions for a quiz, no two the same; fewer where there are no more.

    Takes each topic in turn (those begun before those ready before the others), in it the weakest skills first,
    of a skill the exercise seen longest ago, in variants not asked yet.
    `level` keeps the exercises of that difficulty (1 to 5). What is due comes in the order of `due_skills`, one question a skill.
    Raises KeyError for a topic or an area that is not there.
    """
    if scope.kind == "due":
        each = (next_exercise(catalogue, progress, due.skill, today, level) for due in due_skills(catalogue, progress, today))
        return list(islice((question for question in each if question is not None), count))
    topics = _worth_asking_first(catalogue, progress, scope_topics(catalogue, scope), today)
    return list(islice(_questions(catalogue, progress, topics, today, level), count))


def scope_topics(catalogue: Curriculum, scope: Scope) -> list[str]:
    """The topics a scope is about, in the catalogue's order for an area. Raises KeyError for one that is not there."""
    if scope.kind == "topic":
        return [catalogue.topics[scope.id].id]
    if scope.kind == "area":
        area = catalogue.areas[scope.id].id
        return [topic.id for topic in catalogue.topics.values() if topic.area == area]
    if scope.kind in ("reading", "approach"):
        return list(goal_topics(catalogue, Goal(scope.kind, scope.id)))
    return []


def interleaved(items: Sequence[_T], groups: Sequence[str]) -> list[_T]:
    """The items in their order, each moved forward just far enough that neighbors are of different groups, where that is possible."""
    waiting = list(zip(items, groups, strict=True))
    ordered: list[_T] = []
    last: str | None = None
    while waiting:
        place = next((place for place, (_, group) in enumerate(waiting) if group != last), 0)
        item, last = waiting.pop(place)
        ordered.append(item)
    return ordered


def _questions(
    catalogue: Curriculum,
    progress: Progress,
    topics: Iterable[str],
    today: date,
    level: int | None,
    skills: Sequence[str] | None = None,
    asked: Sequence[Question] = (),
) -> Iterator[Question]:
    """Every variant there is, in rounds that ask each exercise once.

    In a round the topics take turns, within a topic its skills, the weakest first, and within a skill the exercise seen longest ago.
    """
    by_topic: list[list[list[ExerciseSummary]]] = []
    for topic in topics:
        by_skill = exercises_by_skill(catalogue.topics[topic])
        skill_of = {exercise.id: skill for skill, exercises in by_skill.items() for exercise in exercises}
        times_asked = Counter(skill_of.get(exercise) for exercise, _ in asked)
        chosen = [skill for skill in by_skill if skills is None or skill in skills]
        chosen.sort(key=lambda skill: (times_asked[skill], _WEAKEST_FIRST.index(skill_state(progress, skill, today))))
        by_topic.append([_longest_ago_first(by_skill[skill], progress, level) for skill in chosen])
    every = [exercise for per_skill in by_topic for exercises in per_skill for exercise in exercises]
    for number in range(max((exercise.variants for exercise in every), default=0)):
        yield from _in_turn([_in_turn([_round(exercises, number, progress, asked) for exercises in per_skill]) for per_skill in by_topic])


def _round(exercises: Sequence[ExerciseSummary], number: int, progress: Progress, asked: Sequence[Question]) -> Iterator[Question]:
    """The variant with this number, counted from the first fresh one, of each exercise that has one not asked yet."""
    for exercise in exercises:
        seed = _first_fresh(exercise, progress) + number
        if number < exercise.variants and not _was_asked(exercise, seed, asked):
            yield exercise.id, seed


def _was_asked(exercise: ExerciseSummary, seed: int, asked: Sequence[Question]) -> bool:
    # Seeds that agree modulo the number of variants give the same variant.
    return any(other == exercise.id and (before - seed) % exercise.variants == 0 for other, before in asked)


def _worth_asking_first(catalogue: Curriculum, progress: Progress, topics: Iterable[str], today: date) -> list[str]:
    standing = standings(catalogue, progress, today)
    return sorted(topics, key=lambda topic: (-standing[topic].fading, _BEGUN_FIRST.index(standing[topic].state)))


def _longest_ago_first(exercises: Iterable[ExerciseSummary], progress: Progress, level: int | None) -> list[ExerciseSummary]:
    def when_seen(exercise: ExerciseSummary) -> tuple[int, int]:
        tally = progress.tallies.get(exercise.id)
        return (tally.last, 0) if tally else (-1, exercise.difficulty)

    return sorted((exercise for exercise in exercises if level in (None, exercise.difficulty)), key=when_seen)


def _first_fresh(exercise: ExerciseSummary, progress: Progress) -> int:
    tally = progress.tallies.get(exercise.id)
    return tally.next_seed if tally else 0


def _in_turn(streams: Iterable[Iterator[_T]]) -> Iterator[_T]:
    """One from each, then the next from each, until all are empty."""
    remaining = list(streams)
    while remaining:
        first = [next(stream, None) for stream in remaining]
        remaining = [stream for stream, item in zip(remaining, first, strict=True) if item is not None]
        yield from chain(item for item in first if item is not None)
