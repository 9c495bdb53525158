"""What this room asks of the curriculum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from companion.curriculum.graph import PrerequisiteGraph
from companion.curriculum.model import Approach, Area, ExerciseSummary, Reading, Topic


class Curriculum(Protocol):
    """Everything there is to learn, by id, without notes and exercises' texts."""

    @property
    def areas(self) -> Mapping[str, Area]:
        """The fields of mathematics."""
        ...

    @property
    def topics(self) -> Mapping[str, Topic]:
        """The topics."""
        ...

    @property
    def graph(self) -> PrerequisiteGraph:
        """The prerequisites of all topics, without cycles."""
        ...

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The works."""
        ...

    @property
    def approaches(self) -> Mapping[str, Approach]:
        """The mathematical approaches to AI."""
        ...


def topic_of(identifier: str) -> str:
    """The topic's id in the full id of a skill or of an exercise."""
    return identifier.partition("/")[0]


def exercises_by_skill(topic: Topic) -> dict[str, list[ExerciseSummary]]:
    """The exercises of a topic by the skill they ask for, in the order of its skills."""
    by_skill: dict[str, list[ExerciseSummary]] = {skill.id: [] for skill in topic.skills}
    for exercise in topic.exercises:
        by_skill.setdefault(exercise.skill, []).append(exercise)
    return {skill: exercises for skill, exercises in by_skill.items() if exercises}
