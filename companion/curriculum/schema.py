"""What a content file may hold: `schema: 1`.

The models are strict: an unknown field is refused. They describe one file and
know nothing of others; what refers to what is checked by the compiler.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, TypeAdapter
from pydantic.json_schema import models_json_schema

from companion.curriculum.properties import PropertyEntry
from companion.curriculum.scalars import (
    Attempt,
    Given,
    GivenOrNothing,
    Id,
    MaybeText,
    Name,
    OneOf,
    Reference,
    SkillReference,
    Text,
    Tolerance,
    Whole,
    YesNo,
)

FORMS = ("factored", "expanded", "partial-fractions", "single-fraction", "lowest-terms", "completed-square", "closed")
FREEDOMS = ("constant", "factor", "null-set", "order")
MAX_BLOCKS = 26
"""A block of an order is shown under a letter."""

SchemaVersion: TypeAlias = Annotated[str, OneOf(("1",))]


class Entry(BaseModel):
    """Something in a file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class OptionEntry(Entry):
    """An option of a choice."""

    id: Id
    text: Text
    why: MaybeText = ""


class BlockEntry(Entry):
    """A block of a shuffled proof."""

    id: Id
    text: Text
    needs: list[Id] = []


class DistractorEntry(Entry):
    """A block that does not belong to the proof."""

    id: Id
    text: Text
    why: Text


class _FieldEntry(Entry):
    id: Id
    label: MaybeText = ""
    input: MaybeText = ""
    names: list[Name] = []
    functions: list[Name] = []
    split_names: YesNo | None = None
    asked_if: dict[Id, Id] = {}


class ExpressionField(_FieldEntry):
    """A formula or a value."""

    kind: Literal["expression"]
    answer: Text
    accept: list[Text] = []
    form: Annotated[str, OneOf(FORMS)] | None = None
    rtol: Tolerance | None = None
    atol: Tolerance | None = None
    up_to: Annotated[str, OneOf(FREEDOMS)] | None = None
    variable: Name | None = None
    constant: Annotated[str, OneOf(("required", "optional"))] | None = None
    points: list[dict[Name, Text]] = []


class SetField(_FieldEntry):
    """An interval, a union, a finite set."""

    kind: Literal["set"]
    answer: Text
    accept: list[Text] = []


class RelationField(_FieldEntry):
    """An equation, an inequality or a logical statement."""

    kind: Literal["relation"]
    answer: Text
    accept: list[Text] = []


class ListField(_FieldEntry):
    """A tuple, a vector, a matrix."""

    kind: Literal["list"]
    answer: Given
    accept: list[Given] = []


class ChoiceField(_FieldEntry):
    """One option, or several when `multiple`."""

    kind: Literal["choice"]
    answer: Given
    accept: list[Given] = []
    options: list[OptionEntry] = []
    multiple: YesNo = False


class OrderField(_FieldEntry):
    """A proof from shuffled blocks."""

    kind: Literal["order"]
    answer: list[Id] = Field(min_length=1)
    accept: list[list[Id]] = []
    blocks: list[BlockEntry] = Field(min_length=2, max_length=MAX_BLOCKS)
    distractors: list[DistractorEntry] = []


class StepsField(_FieldEntry):
    """A derivation, a line at a time."""

    kind: Literal["steps"]
    answer: GivenOrNothing = None
    accept: list[Given] = []
    min_lines: Annotated[int, Whole(1, 50)] | None = None
    given: Text | None = None


class ObjectField(_FieldEntry):
    """Something with required properties."""

    kind: Literal["object"]
    answer: Given
    accept: list[Given] = []
    inputs: list[Name] = []
    properties: list[PropertyEntry] = Field(min_length=1)


FieldEntry = Annotated[
    ExpressionField | SetField | RelationField | ListField | ChoiceField | OrderField | StepsField | ObjectField, Discriminator("kind")
]


class WhenEntry(Entry):
    """When a mistake's message is shown: every test that is given must hold."""

    value: Text | None = None
    field: Id | None = None
    code: Text | None = None
    line: Annotated[int, Whole(1, 50)] | None = None
    block: Id | None = None
    needs: Id | None = None
    distractor: Id | None = None
    missing: Id | None = None
    otherwise: Annotated[str, OneOf(("yes",))] | None = None


class MistakeEntry(Entry):
    """A wrong answer that learners give, and what to say to it."""

    attempt: Attempt = Field(alias="try")
    when: WhenEntry | None = None
    say: Text


class ExerciseEntry(Entry):
    """An exercise, which is its own template."""

    id: Id
    skill: Id
    uses: list[SkillReference] = []
    difficulty: Annotated[int, Whole(1, 5)]
    minutes: Annotated[int, Whole(1, 120)] = 3
    quick: YesNo = False
    arrangement: Annotated[str, OneOf(("fill", "match", "truth", "complete", "predict"))] | None = None
    symbols: dict[Name, Text] = {}
    params: dict[Name, Annotated[list[Text], Field(min_length=1)]] = {}
    where: Text | None = None
    let: dict[Name, Text] = {}
    prompt: Text
    choices: list[OptionEntry] = []
    fields: list[FieldEntry] = Field(min_length=1)
    accept: list[dict[Id, Given]] = []
    hints: list[Text] = []
    solution: MaybeText = ""
    mistakes: list[MistakeEntry] = []
    theorem: Id | None = None
    needs: list[Reference] = []
    follows: Id | None = None
    source: MaybeText = ""
    reviewed: MaybeText = ""
    retired: YesNo = False


class PrerequisiteEntry(Entry):
    """A topic that is needed directly, and what of it is used."""

    id: Reference
    why: Text


class SkillEntry(Entry):
    """One thing a person can do."""

    id: Id
    can: Text
    formerly: list[SkillReference] = []
    replaces: list[SkillReference] = []


class HypothesisEntry(Entry):
    """A named hypothesis."""

    id: Id
    text: Text


class TheoremEntry(Entry):
    """A theorem with its hypotheses as data."""

    id: Id
    name: Text
    hypotheses: list[HypothesisEntry] = []
    conclusion: Text


class ExampleEntry(Entry):
    """A worked example."""

    id: Id
    problem: Text
    steps: list[Text] = Field(min_length=1)


class CitationEntry(Entry):
    """Where a topic is treated in a work."""

    work: Reference
    where: Text
    confirmed: YesNo


class TopicFile(Entry):
    """A file `topics/<area>/<topic-id>.yaml`."""

    version: SchemaVersion = Field(alias="schema")
    id: Id
    title: Text
    area: Reference
    level: Annotated[int, Whole(1, 5)]
    prerequisites: list[PrerequisiteEntry] = []
    objective: Text
    minutes: Annotated[int, Whole(5, 1000)] | None = None
    skills: list[SkillEntry] = Field(min_length=1)
    theorems: list[TheoremEntry] = []
    notes: MaybeText = ""
    examples: list[ExampleEntry] = []
    readings: list[CitationEntry] = []
    exercises: list[ExerciseEntry] = []
    reviewed: MaybeText = ""
    formerly: list[Reference] = []


class AreaEntry(Entry):
    """A field of mathematics."""

    id: Id
    title: Text
    about: MaybeText = ""


class AreasFile(Entry):
    """The file `areas.yaml`."""

    version: SchemaVersion | None = Field(None, alias="schema")
    areas: list[AreaEntry]


class ApproachEntry(Entry):
    """A mathematical approach to AI."""

    id: Id
    title: Text
    question: Text
    status: Annotated[str, OneOf(("mainstream", "active", "frontier"))]
    proved: Text
    open: Text
    corrected: MaybeText = ""
    areas: list[Reference] = []
    topics: list[Reference] = []
    readings: list[Reference] = []


class ApproachesFile(Entry):
    """The file `approaches.yaml`."""

    version: SchemaVersion | None = Field(None, alias="schema")
    approaches: list[ApproachEntry]


class ChapterEntry(Entry):
    """A chapter of a work."""

    id: Id
    title: Text
    needs: list[Reference] = []
    confirmed: YesNo


class ReadingEntry(Entry):
    """A work, and what its reader must know beforehand."""

    id: Id
    title: Text
    authors: Text
    year: Annotated[int, Whole(1600, 2100)]
    kind: Id
    doi: Text | None = None
    arxiv: Text | None = None
    url: Text | None = None
    free: YesNo
    chosen: YesNo = False
    audience: MaybeText = Field("", alias="for")
    about: MaybeText = ""
    checked: MaybeText = ""
    needs: list[Reference] = []
    chapters: list[ChapterEntry] = []


class ReadingsFile(Entry):
    """The file `readings.yaml`."""

    version: SchemaVersion | None = Field(None, alias="schema")
    readings: list[ReadingEntry]


class NotationEntry(Entry):
    """A sign, what it means, and the topic where it first appears."""

    symbol: Text
    meaning: Text
    topic: Reference


class PackFile(Entry):
    """The file `pack.yaml`."""

    schema_version: SchemaVersion = Field(alias="schema")
    id: Id
    version: Text
    title: Text
    authors: list[Text] = []
    license: MaybeText = ""
    language: Id = "en"
    macros: dict[str, Text] = {}
    notation: list[NotationEntry] = []


def json_schema() -> dict[str, Any]:
    """JSON Schema for YAML editors: a topic file at the top, the other files under `$defs`."""
    others: list[tuple[type[BaseModel], Literal["validation"]]] = [
        (model, "validation") for model in (PackFile, AreasFile, ApproachesFile, ReadingsFile)
    ]
    schema = TypeAdapter(TopicFile).json_schema(by_alias=True)
    _, more = models_json_schema(others, by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A topic (schema 1)",
        **{key: value for key, value in schema.items() if key not in {"$defs", "title"}},
        "$defs": {**more.get("$defs", {}), **schema.get("$defs", {})},
    }
