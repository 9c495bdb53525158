"""How a person stands with each skill and each topic.

The rule: a skill is *shown* when its last review passed, and *fading* when it
was shown and is due again. A topic is *mastered* when every skill of it that
has exercises is shown or fading; it is *known* when it is mastered or the
learner ticked it. A topic is *ready* when all its prerequisites are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from companion.curriculum.model import Topic
from companion.learner.ports import Curriculum, exercises_by_skill
from companion.learner.progress import Progress

Status = Literal["known", "provisional", "ready", "locked", "unwritten"]
"""The words of `companion path --json`."""


class SkillState(StrEnum):
    """A skill: never reviewed, last review failed, last review passed, passed but due again."""

    NEW = "new"
    LEARNING = "learning"
    SHOWN = "shown"
    FADING = "fading"


class TopicState(StrEnum):
    """A topic: what can be done with it. Where several hold, the last of them."""

    UNWRITTEN = "unwritten"
    LOCKED = "locked"
    READY = "ready"
    STARTED = "started"
    MASTERED = "mastered"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands with one topic. `skills` are those that have exercises, in the topic's order."""

    state: TopicState
    ticked: bool
    status: Status
    skills: Mapping[str, SkillState]

    @property
    def known(self) -> bool:
        """Mastered, or ticked as known."""
        return self.status == "known"

    @property
    def shown(self) -> int:
        """How many skills are shown, fading ones included."""
        return sum(state in _HELD for state in self.skills.values())

    @property
    def fading(self) -> int:
        """How many skills are shown but due again."""
        return sum(state is SkillState.FADING for state in self.skills.values())


def skill_state(progress: Progress, skill: str, today: date) -> SkillState:
    """How a person stands with one skill."""
    card = progress.cards.get(skill)
    if card is None:
        return SkillState.NEW
    if not card.passed:
        return SkillState.LEARNING
    return SkillState.FADING if card.is_due(today) else SkillState.SHOWN


def known_topics(catalogue: Curriculum, progress: Progress) -> frozenset[str]:
    """The topics that are mastered or ticked. What is fading is still known."""
    mastered = (topic.id for topic in catalogue.topics.values() if _is_mastered(topic, progress))
    return progress.ticked.intersection(catalogue.topics).union(mastered)


def standings(catalogue: Curriculum, progress: Progress, today: date) -> dict[str, Standing]:
    """How a person stands with every topic, by id."""
    known = known_topics(catalogue, progress)
    return {topic.id: _standing(topic, progress, known, today) for topic in catalogue.topics.values()}


def topic_status(topic: Topic, known: frozenset[str]) -> Status:
    """The word for a topic, given all that are known."""
    if topic.id in known:
        return "known"
    if not topic.written:
        return "unwritten"
    return "ready" if _is_open(topic, known) else "locked"


def _standing(topic: Topic, progress: Progress, known: frozenset[str], today: date) -> Standing:
    skills = {skill: skill_state(progress, skill, today) for skill in exercises_by_skill(topic)}
    return Standing(_state(topic, skills, known), topic.id in progress.ticked, topic_status(topic, known), skills)


def _state(topic: Topic, skills: Mapping[str, SkillState], known: frozenset[str]) -> TopicState:
    if skills and _HELD.issuperset(skills.values()):
        return TopicState.MASTERED
    if any(state is not SkillState.NEW for state in skills.values()):
        return TopicState.STARTED
    if not topic.written:
        return TopicState.UNWRITTEN
    return TopicState.READY if _is_open(topic, known) else TopicState.LOCKED


def _is_mastered(topic: Topic, progress: Progress) -> bool:
    asked = {exercise.skill for exercise in topic.exercises}
    return bool(asked) and all(skill in progress.cards and progress.cards[skill].passed for skill in asked)


def _is_open(topic: Topic, known: frozenset[str]) -> bool:
    return all(prerequisite.id in known for prerequisite in topic.prerequisites)


_HELD = frozenset({SkillState.SHOWN, SkillState.FADING})
