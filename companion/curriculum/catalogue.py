"""Everything there is to learn, as the compiled index gives it.

Opening reads one row; a topic's body is read when it is asked for. Nothing here
imports YAML or pydantic unless the content has to be compiled first.
"""

from __future__ import annotations

import atexit
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from companion.curriculum import codec
from companion.curriculum.graph import PrerequisiteGraph
from companion.curriculum.index import CATALOGUE, build_index, fingerprint, index_path, is_index, packs_of, read_part
from companion.curriculum.model import Approach, Area, Exercise, Notation, Pack, Reading, Skill, Topic, TopicBody
from companion.curriculum.problems import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a search found."""

    kind: Literal["topic", "approach", "reading"]
    id: str
    title: str


class Catalogue:
    """Areas, approaches, readings and topics by id, in the order of the content; bodies on demand.

    `problems` are the errors for which parts of a pack were left out; `notice` is a sentence for the person, or empty.
    """

    def __init__(self, path: Path, pack_paths: Iterable[Path] = (), notice: str = "") -> None:
        """Open an index. Raises `LookupError` if the file is none."""
        data = read_part(path, CATALOGUE)
        self._path = path
        self._folders = packs_of(pack_paths)
        self._fingerprint = path.stem.removeprefix("index-")
        self._bodies: dict[str, TopicBody] = {}
        self.notice = notice
        self.packs: tuple[Pack, ...] = tuple(map(codec.pack, data["packs"]))
        self.macros: Mapping[str, str] = data["macros"]
        self.notation: tuple[Notation, ...] = tuple(map(codec.notation, data["notation"]))
        self.areas: dict[str, Area] = {entry["id"]: codec.area(entry) for entry in data["areas"]}
        self.approaches: dict[str, Approach] = {entry["id"]: codec.approach(entry) for entry in data["approaches"]}
        self.readings: dict[str, Reading] = {entry["id"]: codec.reading(entry) for entry in data["readings"]}
        self.topics: dict[str, Topic] = {entry["id"]: codec.topic(entry) for entry in data["topics"]}
        self.problems: tuple[Problem, ...] = tuple(Problem(**entry) for entry in data["problems"])

    @cached_property
    def graph(self) -> PrerequisiteGraph:
        """The prerequisite graph of all topics."""
        return PrerequisiteGraph({topic.id: [p.id for p in topic.prerequisites] for topic in self.topics.values()})

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """All skills by full id."""
        return {skill.id: skill for topic in self.topics.values() for skill in topic.skills}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Ids that topics and skills had formerly → what they are called now."""
        topics = {old: topic.id for topic in self.topics.values() for old in topic.formerly}
        skills = {old: skill.id for skill in self.skills.values() for old in skill.formerly}
        moved = {
            f"{old}/{skill.id.rpartition('/')[2]}": skill.id
            for topic in self.topics.values()
            for old in topic.formerly
            for skill in topic.skills
        }
        return {**topics, **moved, **skills}

    def body(self, topic_id: str) -> TopicBody:
        """A topic's notes, theorems, examples and exercises. Raises `LookupError` (`KeyError` for a topic that is not there)."""
        if topic_id not in self.topics:
            raise KeyError(topic_id)
        if topic_id not in self._bodies:
            self._bodies[topic_id] = codec.body(read_part(self._path, topic_id))
        return self._bodies[topic_id]

    def exercise(self, full_id: str) -> Exercise:
        """An exercise by its full id `topic/exercise`, under the topic's present or a former name. Raises `KeyError` if there is none."""
        home, _, local = full_id.rpartition("/")
        home = self.renamed.get(home, home)
        wanted = f"{home}/{local}"
        found = next((exercise for exercise in self.body(home).exercises if exercise.id == wanted), None) if home in self.topics else None
        if found is None:
            raise KeyError(full_id)
        return found

    def skill(self, full_id: str) -> Skill:
        """A skill by its full id, present or former. Raises `KeyError` if there is none."""
        return self.skills[self.renamed.get(full_id, full_id)]

    def search(self, query: str, limit: int = 20) -> list[Found]:
        """Topics, approaches and works all of whose words (of title and id) are begun by the words of the query, the closest first."""
        words = _words(query)
        if not words:
            return []
        ranked = []
        for number, (found, text) in enumerate(self._searchable):
            score = _score(words, text)
            if score is not None:
                ranked.append((score, number, found))
        return [found for _, _, found in sorted(ranked, key=lambda entry: entry[:2])[:limit]]

    @cached_property
    def _searchable(self) -> list[tuple[Found, list[str]]]:
        found: list[tuple[Found, list[str]]] = []
        for topic in self.topics.values():
            found.append((Found("topic", topic.id, topic.title), _words(f"{topic.title} {topic.id}")))
        for approach in self.approaches.values():
            found.append((Found("approach", approach.id, approach.title), _words(f"{approach.title} {approach.id}")))
        for work in self.readings.values():
            found.append((Found("reading", work.id, work.title), _words(f"{work.title} {work.id} {work.authors}")))
        return found

    def nearest(self, identifier: str) -> list[str]:
        """Ids (of topics, approaches, works) that an unknown one may be meant for, at most three, the closest first."""
        from difflib import get_close_matches

        return get_close_matches(identifier, [*self.topics, *self.approaches, *self.readings], n=3)

    def is_current(self) -> bool:
        """Whether the content's files are still those that the index was made of."""
        return fingerprint(self._folders) == self._fingerprint


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _score(words: list[str], text: list[str]) -> int | None:
    """How far a text is from a query (0: its first words are the query), or `None` if some word of the query does not occur."""
    if text[: len(words)] == words:
        return 0
    score = 1
    for word in words:
        if word in text:
            continue
        if any(other.startswith(word) for other in text):
            score += 1
        elif len(word) > 2 and any(word in other for other in text):
            score += 3
        else:
            return None
    return score


def index_is_ready(pack_paths: Iterable[Path] = ()) -> Path | None:
    """The index of the present content, if it is compiled already. Takes a `stat` of each content file."""
    path = index_path(packs_of(pack_paths))
    return path if is_index(path) else None


def open_catalogue(pack_paths: Iterable[Path] = ()) -> Catalogue:
    """Open the catalogue, compiling the content first if need be.

    Raises `ContentError` if the shipped content cannot be used. What is broken in a pack is left out and stands in `problems`.
    """
    packs = tuple(pack_paths)
    ready = index_is_ready(packs)
    if ready is not None:
        with suppress(LookupError):  # a damaged index is made again
            return Catalogue(ready, packs)
    path, notice = build_index(packs)
    if notice:
        atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return Catalogue(path, packs, notice)
