"""Names as they are written in a pack → full ids, and whether they are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Literal, Protocol

from companion.curriculum.model import Topic
from companion.curriculum.problems import Problem
from companion.curriculum.schema import ApproachesFile, ExerciseEntry, PackFile, ReadingsFile, TopicFile
from companion.curriculum.source import Place, Source

CORE = "core"

Sort = Literal["topic", "area", "work"]


class Known(Protocol):
    """Content that a pack may refer to: what is compiled already."""

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by full id."""

    @property
    def areas(self) -> Collection[str]:
        """Areas by full id."""

    @property
    def readings(self) -> Collection[str]:
        """Works by full id."""


class Names:
    """The names of one pack and of the content below it.

    A bare id is the pack's own if it has one of that name, else the core's; `pack:id` names another pack's.
    """

    def __init__(self, pack: str, own: Mapping[Sort, Collection[str]], skills: Mapping[str, Collection[str]], below: Known | None) -> None:
        self._prefix = "" if pack == CORE else f"{pack}:"
        self._own = own
        self._known: dict[Sort, set[str]] = {sort: {self._prefix + name for name in names} for sort, names in own.items()}
        self._skills = {self._prefix + topic: {f"{self._prefix}{topic}/{skill}" for skill in local} for topic, local in skills.items()}
        if below is not None:
            self._known["topic"] |= set(below.topics)
            self._known["area"] |= set(below.areas)
            self._known["work"] |= set(below.readings)
            self._skills |= {topic.id: {skill.id for skill in topic.skills} for topic in below.topics.values()}

    def own(self, name: str) -> str:
        """The full id of something of this pack."""
        return name if ":" in name else self._prefix + name

    def topic(self, reference: str) -> str:
        """The full id of a topic."""
        return self._full("topic", reference)

    def area(self, reference: str) -> str:
        """The full id of an area."""
        return self._full("area", reference)

    def work(self, reference: str) -> str:
        """The full id of a work."""
        return self._full("work", reference)

    def skill(self, reference: str, topic: str) -> str:
        """The full id of a skill; a bare one is the topic's (given by its full id)."""
        home, slash, local = reference.rpartition("/")
        return f"{self.topic(home)}/{local}" if slash else f"{topic}/{reference}"

    def _full(self, sort: Sort, reference: str) -> str:
        if ":" in reference:
            return reference.removeprefix(f"{CORE}:")
        return self._prefix + reference if reference in self._own[sort] else reference

    def absence(self, sort: Sort, reference: str) -> str:
        """Why a reference leads nowhere; empty if it is all right."""
        if self._full(sort, reference) in self._known[sort]:
            return ""
        return f"there is no {sort} `{reference}`" + _similar(reference, {*self._known[sort], *self._own[sort]})

    def skill_absence(self, reference: str, topic: str) -> str:
        """Why a reference to a skill leads nowhere; empty if it is all right."""
        full = self.skill(reference, topic)
        home = full.rpartition("/")[0]
        skills = self._skills.get(home)
        if skills is None:  # an unknown topic, or one whose file has problems of its own
            return self.absence("topic", reference.rpartition("/")[0])
        return "" if full in skills else f"there is no skill `{reference}`" + _similar(full, skills)


def _similar(name: str, names: Collection[str]) -> str:
    close = get_close_matches(name, names, n=1, cutoff=0.75)
    return f"; `{close[0]}`, perhaps" if close else ""


def topic_references(topic: TopicFile, identifier: str, source: Source, names: Names) -> Iterator[Problem]:
    """Every name in a topic that leads nowhere."""
    yield from _named(source, names, "area", ("area",), topic.area)
    for index, prerequisite in enumerate(topic.prerequisites):
        place = ("prerequisites", index, "id")
        if names.topic(prerequisite.id) == identifier:
            yield source.problem(place, "the topic needs itself")
        yield from _named(source, names, "topic", place, prerequisite.id)
    for index, citation in enumerate(topic.readings):
        yield from _named(source, names, "work", ("readings", index, "work"), citation.work)
    for index, exercise in enumerate(topic.exercises):
        yield from _exercise_references(exercise, identifier, source, names, ("exercises", index))


def _exercise_references(exercise: ExerciseEntry, topic: str, source: Source, names: Names, place: Place) -> Iterator[Problem]:
    for index, used in enumerate(exercise.uses):
        absence = names.skill_absence(used, topic) if "/" in used else ""
        if absence:
            yield source.problem((*place, "uses", index), absence)
    for index, needed in enumerate(exercise.needs):
        yield from _named(source, names, "topic", (*place, "needs", index), needed)


def pack_references(pack: PackFile, source: Source, names: Names) -> Iterator[Problem]:
    """Every topic named by the table of notation that is not there."""
    for index, entry in enumerate(pack.notation):
        yield from _named(source, names, "topic", ("notation", index, "topic"), entry.topic)


def approach_references(file: ApproachesFile, source: Source, names: Names) -> Iterator[Problem]:
    """Every name in the approaches that leads nowhere."""
    sorts: tuple[tuple[str, Sort], ...] = (("areas", "area"), ("topics", "topic"), ("readings", "work"))
    for index, approach in enumerate(file.approaches):
        for key, sort in sorts:
            for number, name in enumerate(getattr(approach, key)):
                yield from _named(source, names, sort, ("approaches", index, key, number), name)


def reading_references(file: ReadingsFile, source: Source, names: Names) -> Iterator[Problem]:
    """Every topic that a work or a chapter needs and that is not there."""
    for index, work in enumerate(file.readings):
        for number, topic in enumerate(work.needs):
            yield from _named(source, names, "topic", ("readings", index, "needs", number), topic)
        for position, chapter in enumerate(work.chapters):
            for number, topic in enumerate(chapter.needs):
                yield from _named(source, names, "topic", ("readings", index, "chapters", position, "needs", number), topic)


def _named(source: Source, names: Names, sort: Sort, place: Place, reference: str) -> Iterator[Problem]:
    absence = names.absence(sort, reference)
    if absence:
        yield source.problem(place, absence)
