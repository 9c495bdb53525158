"""A folder of content → what it holds, and everything that is wrong with it.

What can be used is compiled even when other things are broken: a topic with an
error is left out, and so is what refers to it; the errors say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from companion.curriculum import build, model
from companion.curriculum.graph import PrerequisiteGraph, cycle
from companion.curriculum.places import topic_files
from companion.curriculum.problems import Problem, shown_name
from companion.curriculum.references import (
    CORE,
    Known,
    Names,
    Sort,
    approach_references,
    pack_references,
    reading_references,
    topic_references,
)
from companion.curriculum.rules import topic_problems
from companion.curriculum.schema import ApproachesFile, AreasFile, PackFile, ReadingsFile, TopicFile
from companion.curriculum.source import Source, read_source
from companion.curriculum.validation import validate

ModelT = TypeVar("ModelT", bound=BaseModel)
Progress = Callable[[int, int], None]
"""Called with how many steps are done, and of how many."""


@dataclass(slots=True)
class Compiled:
    """What a pack holds, by full id, and its problems in the order of files and lines. `sources` are the files of its topics."""

    pack: model.Pack | None = None
    areas: dict[str, model.Area] = field(default_factory=dict)
    approaches: dict[str, model.Approach] = field(default_factory=dict)
    readings: dict[str, model.Reading] = field(default_factory=dict)
    topics: dict[str, model.Topic] = field(default_factory=dict)
    bodies: dict[str, model.TopicBody] = field(default_factory=dict)
    macros: dict[str, str] = field(default_factory=dict)
    notation: tuple[model.Notation, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    files: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that are not mere warnings."""
        return [problem for problem in self.problems if not problem.warning]


def compile_pack(
    folder: Path, below: Known | None = None, on_progress: Progress | None = None, *, keep_broken: bool = False
) -> Compiled:
    """Compile the pack in a folder.

    `below` is what it may refer to besides itself (for any pack but the shipped one: the shipped one). With `keep_broken`, topics
    with errors stay in the result if they have the right shape, so that they can be looked at further.
    """
    return _Compilation(folder, below, on_progress or _silent, keep_broken).run()


def compile_file(path: Path, below: Known) -> Compiled:
    """Compile a topic's file that belongs to no pack, as if it stood beside the topics below it. It is kept even if it has errors."""
    return _Compilation(path.parent, below, _silent, keep_broken=True).run_alone(path)


def _silent(_done: int, _of: int) -> None:
    """No progress is told."""


@dataclass(frozen=True, slots=True)
class _TopFiles:
    """The files at the top of a pack that could be read."""

    pack: tuple[PackFile, Source] | None = None
    areas: tuple[AreasFile, Source] | None = None
    approaches: tuple[ApproachesFile, Source] | None = None
    readings: tuple[ReadingsFile, Source] | None = None


class _Compilation:
    def __init__(self, folder: Path, below: Known | None, on_progress: Progress, keep_broken: bool) -> None:
        self._folder, self._below, self._on_progress, self._keep_broken = folder, below, on_progress, keep_broken
        self._result = Compiled()
        self._problems: set[Problem] = set()
        self._topics: dict[str, tuple[TopicFile, Source]] = {}
        self._broken: set[str] = set()

    def run(self) -> Compiled:
        """Compile the folder."""
        if not self._folder.is_dir():
            self._result.problems = [Problem(shown_name(self._folder), 1, "", "There is no such folder.")]
            return self._result
        top = _TopFiles(
            self._top_file("pack.yaml", PackFile, required=True),
            self._top_file("areas.yaml", AreasFile),
            self._top_file("approaches.yaml", ApproachesFile),
            self._top_file("readings.yaml", ReadingsFile),
        )
        paths = topic_files(self._folder)
        self._read_topics(paths)
        return self._finished(top, {path.stem for path in paths})

    def run_alone(self, path: Path) -> Compiled:
        """Compile a single topic."""
        loaded = self._load(path, TopicFile)
        if loaded is not None:
            self._topics[loaded[0].id] = loaded
        return self._finished(_TopFiles(), set())

    def _finished(self, top: _TopFiles, stems: set[str]) -> Compiled:
        """The result; `stems` are the names of topic files, so that a topic whose file is broken is not also reported as missing."""
        names = self._names(top, stems)
        self._build_topics(names)
        self._check_graph()
        self._build_top(top, names)
        if not self._keep_broken:
            self._leave_out_broken()
        self._result.problems = sorted(self._problems)
        return self._result

    def _names(self, top: _TopFiles, stems: set[str]) -> Names:
        skills = {topic: [skill.id for skill in entry.skills] for topic, (entry, _) in self._topics.items()}
        own: dict[Sort, set[str]] = {
            "topic": {*self._topics, *stems},
            "area": {area.id for area in top.areas[0].areas} if top.areas else set(),
            "work": {work.id for work in top.readings[0].readings} if top.readings else set(),
        }
        return Names(top.pack[0].id if top.pack else CORE, own, skills, self._below)

    def _build_top(self, top: _TopFiles, names: Names) -> None:
        if top.areas:
            file, source = top.areas
            self._report(_doubles(source, "areas", [area.id for area in file.areas]))
            self._result.areas = {names.own(area.id): model.Area(names.own(area.id), area.title, area.about) for area in file.areas}
        if top.readings:
            works, source = top.readings
            self._report(_doubles(source, "readings", [work.id for work in works.readings]))
            self._report(reading_references(works, source, names))
            self._result.readings = {names.own(work.id): build.reading(work, names) for work in works.readings}
        if top.approaches:
            approaches, source = top.approaches
            self._report(_doubles(source, "approaches", [approach.id for approach in approaches.approaches]))
            self._report(approach_references(approaches, source, names))
            self._result.approaches = {names.own(entry.id): build.approach(entry, names) for entry in approaches.approaches}
        if top.pack:
            self._take_pack(*top.pack, names)

    def _report(self, problems: Iterator[Problem]) -> bool:
        """Keep problems; whether there was an error among them."""
        found = list(problems)
        self._problems.update(found)
        return any(not problem.warning for problem in found)

    def _top_file(self, name: str, kind: type[ModelT], required: bool = False) -> tuple[ModelT, Source] | None:
        path = self._folder / name
        if not path.exists() and not required:
            return None
        loaded = self._load(path, kind)
        if loaded is not None:
            self._result.files[name] = loaded[1]
        return loaded

    def _load(self, path: Path, kind: type[ModelT]) -> tuple[ModelT, Source] | None:
        source, problems = read_source(path)
        self._problems.update(problems)
        if source is None:
            return None
        entry, problems = validate(source, kind)
        self._problems.update(problems)
        return None if entry is None else (entry, source)

    def _read_topics(self, paths: list[Path]) -> None:
        for done, path in enumerate(paths):
            self._on_progress(done, len(paths))
            if path.suffix != ".yaml" or path.parent.parent != self._folder / "topics":
                self._problems.add(Problem(shown_name(path), 1, "", "expected topic files at topics/<area>/<topic-id>.yaml"))
                continue
            loaded = self._load(path, TopicFile)
            if loaded is None:
                continue
            entry, source = loaded
            self._report(_misplaced(entry, source))
            if entry.id in self._topics:
                first = self._topics[entry.id][1].name
                self._problems.add(source.problem(("id",), f"the id `{entry.id}` is given twice (first in {first})"))
            else:
                self._topics[entry.id] = loaded
        self._on_progress(len(paths), len(paths))

    def _build_topics(self, names: Names) -> None:
        for entry, source in self._topics.values():
            identifier = names.own(entry.id)
            broken = self._report(topic_problems(entry, source))
            broken |= self._report(topic_references(entry, identifier, source, names))
            body = build.topic_body(entry, source, names)
            variants: dict[str, int] = {}
            for index, exercise in enumerate(body.exercises):
                variants[exercise.id], problem = build.template_problem(exercise, source, index)
                if problem is not None:
                    broken = True
                    self._problems.add(problem)
            self._result.topics[identifier] = build.topic_summary(entry, body, variants, names)
            self._result.bodies[identifier] = body
            self._result.sources[identifier] = source
            if broken:
                self._broken.add(identifier)

    def _check_graph(self) -> None:
        topics = self._result.topics
        edges = {topic.id: [p.id for p in topic.prerequisites if p.id in topics and p.id != topic.id] for topic in topics.values()}
        while circle := cycle(edges):
            first, second = circle[:2]
            message = f"the prerequisites go in a circle: {' → '.join(circle)}"
            self._problems.add(self._edge_problem(first, second, message))
            self._broken.update(circle)
            edges[first].remove(second)
        below = self._below.topics if self._below is not None else {}
        levels = {topic.id: topic.level for topic in (*below.values(), *topics.values())}
        for topic in topics.values():
            for prerequisite in topic.prerequisites:
                if levels.get(prerequisite.id, 0) > topic.level:
                    message = f"`{prerequisite.id}` has level {levels[prerequisite.id]}, above this topic's level {topic.level}"
                    self._problems.add(self._edge_problem(topic.id, prerequisite.id, message, warning=True))
        graph = PrerequisiteGraph({**{topic.id: [p.id for p in topic.prerequisites] for topic in below.values()}, **edges})
        for identifier, implied, through in graph.redundant():
            if identifier in topics:
                message = f"not needed: `{through}` needs `{implied}` already"
                self._problems.add(self._edge_problem(identifier, implied, message, warning=True))

    def _edge_problem(self, topic: str, prerequisite: str, message: str, warning: bool = False) -> Problem:
        index = [p.id for p in self._result.topics[topic].prerequisites].index(prerequisite)
        return self._result.sources[topic].problem(("prerequisites", index, "id"), message, warning=warning)

    def _take_pack(self, pack: PackFile, source: Source, names: Names) -> None:
        if (pack.id == CORE) != (self._below is None):
            expected = f"expected `{CORE}`" if self._below is None else f"expected another id; `{CORE}` is the shipped pack's"
            self._problems.add(source.problem(("id",), expected))
        self._report(pack_references(pack, source, names))
        self._result.pack = build.pack(pack)
        self._result.macros = dict(pack.macros)
        self._result.notation = tuple(build.notation(entry, names) for entry in pack.notation)

    def _leave_out_broken(self) -> None:
        result = self._result
        for identifier in self._broken:
            del result.topics[identifier], result.bodies[identifier]
        below = set(self._below.topics) if self._below is not None else set()
        there = below | set(result.topics)

        def kept(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(name for name in names if name in there)

        for topic in result.topics.values():
            needed = tuple(p for p in topic.prerequisites if p.id in there)
            if len(needed) < len(topic.prerequisites):
                result.topics[topic.id] = replace(topic, prerequisites=needed)
        for approach in result.approaches.values():
            result.approaches[approach.id] = replace(approach, topics=kept(approach.topics))
        for work in result.readings.values():
            chapters = tuple(replace(chapter, needs=kept(chapter.needs)) for chapter in work.chapters)
            result.readings[work.id] = replace(work, needs=kept(work.needs), chapters=chapters)


def _misplaced(entry: TopicFile, source: Source) -> Iterator[Problem]:
    area = entry.area.rpartition(":")[2]
    if source.path.stem != entry.id:
        message = f"the file is called `{source.path.name}`; expected `{entry.id}.yaml`, or the id `{source.path.stem}`"
        yield source.problem(("id",), message)
    if source.path.parent.name != area:
        yield source.problem(("area",), f"the file is in the folder `{source.path.parent.name}`; expected it in `topics/{area}`")


def _doubles(source: Source, key: str, ids: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, identifier in enumerate(ids):
        if identifier in seen:
            yield source.problem((key, index, "id"), f"the id `{identifier}` is given twice")
        seen.add(identifier)
