"""What the curriculum is made of, as frozen data.

The compiler validates YAML with pydantic and then builds these; at run time
there is nothing but them. A *summary* (`Topic`, with the exercises' few
scheduling fields) is held for every topic; the *body* (notes, exercises) is
read when a topic is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from companion.answers.protocol import Block, Kind, Option

Status = Literal["mainstream", "active", "frontier"]
Arrangement = Literal["fill", "match", "truth", "complete", "predict"]


@dataclass(frozen=True, slots=True)
class Area:
    """A field of mathematics."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Approach:
    """A mathematical approach to AI: what it asks, what is proved, what is open, and what it needs."""

    id: str
    title: str
    question: str
    status: Status
    proved: str
    open: str
    corrected: str
    areas: tuple[str, ...]
    topics: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a work, and what it needs."""

    id: str
    title: str
    needs: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A work, and what its reader must know beforehand. `chosen`: not named by the question behind the map, but chosen by us."""

    id: str
    title: str
    authors: str
    year: int
    kind: str
    free: bool
    chosen: bool
    audience: str
    about: str
    checked: str
    needs: tuple[str, ...]
    chapters: tuple[Chapter, ...] = ()
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notation:
    """A sign, what it means, and the topic where it first appears."""

    symbol: str
    meaning: str
    topic: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A collection of content. The ids of any pack but `core` are written `pack:id`."""

    id: str
    version: str
    title: str
    authors: tuple[str, ...]
    license: str
    language: str


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A topic needed directly, and what of it is used."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Skill:
    """The unit of memory: one thing a person can do. `id` is full: `topic/skill`.

    `formerly` are full ids under which the same skill was known; `replaces` are skills that it takes the place of.
    """

    id: str
    can: str
    formerly: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a topic is treated in a work."""

    work: str
    where: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ExerciseSummary:
    """What scheduling needs of an exercise. `id`, `skill` and `uses` are full ids; `hash` identifies the content as it was asked."""

    id: str
    skill: str
    uses: tuple[str, ...]
    difficulty: int
    minutes: int
    quick: bool
    variants: int
    hash: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic without its body. `written`: it has notes and at least one exercise; `exercises` leaves out retired ones."""

    id: str
    title: str
    area: str
    level: int
    prerequisites: tuple[Prerequisite, ...]
    objective: str
    minutes: int
    skills: tuple[Skill, ...]
    readings: tuple[Citation, ...]
    exercises: tuple[ExerciseSummary, ...]
    written: bool
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A named hypothesis of a theorem."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Theorem:
    """A theorem with its hypotheses as data, so that exercises can ask for the missing one."""

    id: str
    name: str
    hypotheses: tuple[Hypothesis, ...]
    conclusion: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example that unfolds step by step."""

    id: str
    problem: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldTemplate:
    """A field of an exercise before a variant is chosen: its texts may hold `@{…}`."""

    id: str
    kind: Kind
    label: str
    input: str
    answer: str | tuple[str, ...] | None
    accept: tuple[str | tuple[str, ...], ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    choices: tuple[Option, ...] = ()
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class MistakeTemplate:
    """An expected wrong answer, before a variant is chosen.

    `attempt` maps field ids to answers (the key's answer where a field is left out); `when` is `None` where the attempt itself is the test.
    """

    attempt: dict[str, str | tuple[str, ...]]
    when: dict[str, str] | None
    say: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise, which is its own template. `id`, `skill`, `uses` and `follows` are full ids; `theorem` is an id of its topic.

    A retired exercise is asked no more, and stays readable for the attempts made at it.
    `accept` are right answers that fields give together (field → answer; what is left out is as in the key).
    """

    id: str
    skill: str
    uses: tuple[str, ...]
    difficulty: int
    minutes: int
    quick: bool
    arrangement: Arrangement | None
    symbols: dict[str, str]
    params: dict[str, tuple[str, ...]]
    where: str | None
    let: dict[str, str]
    prompt: str
    fields: tuple[FieldTemplate, ...]
    hints: tuple[str, ...]
    solution: str
    mistakes: tuple[MistakeTemplate, ...]
    hash: str
    accept: tuple[dict[str, str | tuple[str, ...]], ...] = ()
    theorem: str | None = None
    needs: tuple[str, ...] = ()
    follows: str | None = None
    source: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class TopicBody:
    """What is read when a topic is opened."""

    notes: str
    theorems: tuple[Theorem, ...]
    examples: tuple[Example, ...]
    exercises: tuple[Exercise, ...]
