"""The curriculum's data as JSON and back, for the index.

What is read was written by the same version of the same code (the index is made
anew otherwise), so decoding trusts the shape and only restores the classes.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from companion.answers.protocol import Block, Option
from companion.curriculum.model import (
    Approach,
    Area,
    Chapter,
    Citation,
    Example,
    Exercise,
    ExerciseSummary,
    FieldTemplate,
    Hypothesis,
    MistakeTemplate,
    Notation,
    Pack,
    Prerequisite,
    Reading,
    Skill,
    Theorem,
    Topic,
    TopicBody,
)

Json = dict[str, Any]
Record = Approach | Area | Notation | Pack | Reading | Topic | TopicBody


def encode(record: Record) -> Json:
    """A record as JSON data."""
    return asdict(record)


def area(data: Json) -> Area:
    """Restore an area."""
    return Area(**data)


def pack(data: Json) -> Pack:
    """Restore a pack."""
    return Pack(**_with_tuples(data))


def notation(data: Json) -> Notation:
    """Restore an entry of the table of notation."""
    return Notation(**data)


def approach(data: Json) -> Approach:
    """Restore an approach."""
    return Approach(**_with_tuples(data))


def reading(data: Json) -> Reading:
    """Restore a work."""
    return Reading(**{**_with_tuples(data), "chapters": tuple(Chapter(**_with_tuples(chapter)) for chapter in data["chapters"])})


def topic(data: Json) -> Topic:
    """Restore a topic."""
    return Topic(
        **{
            **_with_tuples(data),
            "prerequisites": tuple(Prerequisite(**item) for item in data["prerequisites"]),
            "skills": tuple(Skill(**_with_tuples(item)) for item in data["skills"]),
            "readings": tuple(Citation(**item) for item in data["readings"]),
            "exercises": tuple(ExerciseSummary(**_with_tuples(item)) for item in data["exercises"]),
        }
    )


def body(data: Json) -> TopicBody:
    """Restore a topic's body."""
    return TopicBody(
        notes=data["notes"],
        theorems=tuple(Theorem(**{**item, "hypotheses": tuple(Hypothesis(**h) for h in item["hypotheses"])}) for item in data["theorems"]),
        examples=tuple(Example(**_with_tuples(item)) for item in data["examples"]),
        exercises=tuple(_exercise(item) for item in data["exercises"]),
    )


def _exercise(data: Json) -> Exercise:
    return Exercise(
        **{
            **_with_tuples(data),
            "params": {name: tuple(values) for name, values in data["params"].items()},
            "fields": tuple(_field(item) for item in data["fields"]),
            "accept": tuple(_given_each(item) for item in data["accept"]),
            "mistakes": tuple(MistakeTemplate(_given_each(item["attempt"]), item["when"], item["say"]) for item in data["mistakes"]),
        }
    )


def _field(data: Json) -> FieldTemplate:
    return FieldTemplate(
        **{
            **data,
            "answer": _given(data["answer"]),
            "accept": tuple(_given(item) for item in data["accept"]),
            "blocks": tuple(Block(**_with_tuples(item)) for item in data["blocks"]),
            "choices": tuple(Option(**item) for item in data["choices"]),
        }
    )


def _given(answer: Any) -> Any:
    return tuple(answer) if isinstance(answer, list) else answer


def _given_each(answers: Json) -> Json:
    return {name: _given(answer) for name, answer in answers.items()}


def _with_tuples(data: Json) -> Json:
    """The top level of some data with its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
