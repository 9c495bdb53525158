"""Small curricula made by hand, so that tests of this room do not depend on the content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from companion.answers.protocol import Verdict
from companion.curriculum.graph import PrerequisiteGraph
from companion.curriculum.model import Approach, Area, Chapter, ExerciseSummary, Prerequisite, Reading, Skill, Topic
from companion.learner.events import Attempt


@dataclass(frozen=True)
class Curricula:
    """The attributes of a catalogue that this room uses."""

    topics: Mapping[str, Topic]
    areas: Mapping[str, Area] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    approaches: Mapping[str, Approach] = field(default_factory=dict)

    @property
    def graph(self) -> PrerequisiteGraph:
        return PrerequisiteGraph({item.id: [edge.id for edge in item.prerequisites] for item in self.topics.values()})


def topic(
    name: str, needs: Iterable[str] = (), skills: int = 1, variants: int = 4, per_skill: int = 1, minutes: int = 30, area: str = "analysis"
) -> Topic:
    """A topic with skills `name/s0`, … and `per_skill` exercises each, `name/e0-0`, …; unwritten when it has no exercises."""
    exercises = tuple(
        ExerciseSummary(f"{name}/e{skill}-{number}", f"{name}/s{skill}", (), number + 1, 2, False, variants, f"{name}{skill}{number}")
        for number in range(per_skill)
        for skill in range(skills)
    )
    return Topic(
        id=name,
        title=name.replace("-", " ").title(),
        area=area,
        level=1,
        prerequisites=tuple(Prerequisite(needed, f"{name} uses {needed}") for needed in needs),
        objective="You can.",
        minutes=minutes,
        skills=tuple(Skill(f"{name}/s{skill}", "You can.") for skill in range(skills)),
        readings=(),
        exercises=exercises,
        written=bool(exercises),
    )


def curriculum(*topics: Topic, readings: Iterable[Reading] = (), approaches: Iterable[Approach] = ()) -> Curricula:
    """A curriculum with an area for every area its topics name."""
    areas = {item.area: Area(item.area, item.area.title(), "") for item in topics}
    return Curricula(
        {item.id: item for item in topics}, areas, {item.id: item for item in readings}, {item.id: item for item in approaches}
    )


def reading(name: str, needs: Iterable[str], chapters: Mapping[str, Iterable[str]] | None = None) -> Reading:
    """A work with chapters, given as what each needs."""
    parts = tuple(Chapter(part, part.title(), tuple(needed), True) for part, needed in (chapters or {}).items())
    return Reading(name, name.title(), "A. Author", 2000, "book", True, True, "", "", "", tuple(needs), parts)


def approach(name: str, topics: Iterable[str]) -> Approach:
    """An approach that needs topics."""
    return Approach(name, name.title(), "Why?", "active", "", "", "", (), tuple(topics), ())


def attempt(skill: str, verdict: Verdict = "correct", *, hints: int = 0, solution_seen: bool = False, seed: int = 0) -> Attempt:
    """An answer to the first exercise of the skill `name/sN`."""
    name, _, number = skill.partition("/s")
    return Attempt(
        exercise=f"{name}/e{number}-0",
        hash="h",
        seed=seed,
        answer={"value": "1/2"},
        verdict=verdict,
        skill=skill,
        hints=hints,
        solution_seen=solution_seen,
        seconds=12.3,
    )
