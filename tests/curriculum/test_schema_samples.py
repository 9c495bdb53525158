"""A topic in schema 1 with every kind of field, every option and every arrangement: the schema must go on reading it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from companion.answers.protocol import KINDS
from companion.curriculum import schema
from companion.curriculum.checks import check
from companion.curriculum.compile import Compiled, compile_pack
from companion.curriculum.model import Exercise
from companion.curriculum.places import content_folder
from companion.curriculum.source import read_source
from companion.curriculum.variants import count, resolve

FOLDER = Path(__file__).parent / "schema-1"
TOPIC = FOLDER / "topics" / "real-analysis" / "every-kind-of-field.yaml"
FIELDS: dict[str, type[BaseModel]] = {
    "expression": schema.ExpressionField,
    "set": schema.SetField,
    "relation": schema.RelationField,
    "list": schema.ListField,
    "choice": schema.ChoiceField,
    "order": schema.OrderField,
    "steps": schema.StepsField,
    "object": schema.ObjectField,
}
EVERYWHERE = {"id", "kind", "asked_if", "label", "input", "names", "functions", "split_names", "answer", "accept"}


@pytest.fixture(scope="module")
def samples() -> Compiled:
    return compile_pack(FOLDER, compile_pack(content_folder()))


def exercises(samples: Compiled) -> list[Exercise]:
    return [exercise for body in samples.bodies.values() for exercise in body.exercises]


def _keys_of(model: type[BaseModel]) -> set[str]:
    """What may be written in an entry of this sort."""
    return {field.alias or name for name, field in model.model_fields.items()}


def test_they_compile_without_a_problem(samples: Compiled) -> None:
    assert [str(problem) for problem in samples.problems] == []


def test_every_kind_of_field_and_every_arrangement_occurs(samples: Compiled) -> None:
    assert {entry.kind for exercise in exercises(samples) for entry in exercise.fields} == set(KINDS) == set(FIELDS)
    assert {exercise.arrangement for exercise in exercises(samples)} == {None, "fill", "match", "truth", "complete", "predict"}


def test_every_key_of_the_schema_occurs() -> None:
    source, _ = read_source(TOPIC)
    assert source is not None
    topic: Any = source.at(())
    written = topic["exercises"]
    assert set(topic) == _keys_of(schema.TopicFile) - {"formerly"}
    assert set().union(*written) == _keys_of(schema.ExerciseEntry)
    fields = [entry for exercise in written for entry in exercise["fields"]]
    assert set().union(*fields) >= EVERYWHERE
    for kind, model in FIELDS.items():
        options = _keys_of(model) - EVERYWHERE
        assert set().union(*(entry for entry in fields if entry["kind"] == kind)) >= options, kind
    mistakes = [mistake for exercise in written for mistake in exercise.get("mistakes", ())]
    assert set().union(*(mistake.get("when", {}) for mistake in mistakes)) == _keys_of(schema.WhenEntry)


def test_every_variant_can_be_asked(samples: Compiled) -> None:
    for exercise in exercises(samples):
        for seed in range(count(exercise)):
            variant = resolve(exercise, seed)
            assert "@{" not in variant.prompt, exercise.id
            assert len(variant.tries) == len(exercise.mistakes), exercise.id


def test_arguments_of_properties_reach_the_exercise(samples: Compiled) -> None:
    fields = [entry for exercise in exercises(samples) for entry in exercise.fields]
    sequence = next(entry for entry in fields if entry.id == "sequence")
    assert sequence.options["inputs"] == ["n", "x"]
    assert sequence.options["properties"][0] == {"id": "mass", "property": "integral", "over": "0 < x < 1", "equals": "1"}


@pytest.mark.full
def test_the_judge_has_nothing_against_them() -> None:
    assert check(FOLDER).problems == ()
