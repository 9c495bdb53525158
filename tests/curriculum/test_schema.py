from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from companion.answers.properties import PROPERTIES
from companion.curriculum import schema
from companion.curriculum.problems import Problem
from companion.curriculum.schema import ReadingsFile, TopicFile, json_schema
from companion.curriculum.source import read_source
from companion.curriculum.validation import validate
from tests.curriculum.packs import line_of, topic
from tests.keytable import AUTHORS, with_properties

EXERCISE = """
- id: first
  skill: do-it
  difficulty: 2
  quick: yes
  prompt: What is $1+1$?
  fields:
    - {id: value, kind: expression, answer: 2}
"""


def checked(folder: Path, text: str) -> tuple[TopicFile | None, list[Problem]]:
    path = folder / "t.yaml"
    path.write_text(text)
    source, problems = read_source(path)
    assert source is not None
    assert problems == []
    return validate(source, TopicFile)


def test_a_few_texts_become_numbers_and_booleans_and_the_others_stay(tmp_path: Path) -> None:
    entry, problems = checked(tmp_path, topic("t", exercises=EXERCISE))
    assert problems == []
    assert entry is not None
    exercise = entry.exercises[0]
    assert (entry.level, exercise.difficulty, exercise.minutes, exercise.quick) == (1, 2, 3, True)
    assert exercise.fields[0].answer == "2"


@pytest.mark.parametrize(
    ("right", "wrong", "field", "message"),
    [
        ("level: 1", "level: 6", "level", "expected a whole number from 1 to 5"),
        ("level: 1", "level: high", "level", "expected a whole number from 1 to 5"),
        ("level: 1", "lvl: 1", "lvl", "unknown field `lvl`"),
        ("level: 1", "level: [1]", "level", "expected a whole number from 1 to 5"),
        ("objective: You can do it.", "objektive: x", "objektive", "expected `objective`, perhaps"),
        ("objective: You can do it.", "", "objective", "it is missing"),
        ("id: t\n", "id: The_Topic\n", "id", "expected an id"),
        ("quick: yes", "quick: true", "exercises[0].quick", "expected yes or no"),
        ("kind: expression", "kind: number", "exercises[0].fields[0]", "one of expression, set"),
        ("kind: expression, ", "", "exercises[0].fields[0]", "expected `kind`"),
        ("answer: 2", "answr: 2", "exercises[0].fields[0].answr", "expected `answer`, perhaps"),
        ("answer: 2", "answer: 2, form: nice", "exercises[0].fields[0].form", "expected one of factored"),
        ("answer: 2", "answer: 2, rtol: -1", "exercises[0].fields[0].rtol", "expected a tolerance"),
        ("answer: 2", "answer: 2, options: []", "exercises[0].fields[0].options", "unknown field"),
        ("answer: 2", "answer: {a: 2}", "exercises[0].fields[0].answer", "expected text"),
        ("prompt: What is $1+1$?", "prompt: ''", "exercises[0].prompt", "found nothing"),
        ("skill: do-it", "skill: do-it\n    params: {p: 3}", "exercises[0].params.p", "expected a list"),
        ("skill: do-it", "skill: do-it\n    symbols: x", "exercises[0].symbols", "expected a mapping"),
        ("prerequisites: []", "prerequisites:", "prerequisites", "expected a list"),
        ("schema: 1", "schema: 2", "schema", "expected 1"),
    ],
)
def test_a_wrong_field_is_named_with_its_line_and_what_was_expected(
    tmp_path: Path, right: str, wrong: str, field: str, message: str
) -> None:
    good = topic("t", exercises=EXERCISE)
    assert right in good
    text = good.replace(right, wrong, 1)
    entry, problems = checked(tmp_path, text)
    assert entry is None
    found = [problem for problem in problems if problem.field == field]
    assert found, problems
    assert message in found[0].message
    last = field.rpartition(".")[2]
    if f"{last}:" in text and "[" not in last:
        assert found[0].line == line_of(text, f"{last}:")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = topic("t", exercises=EXERCISE)
    for right, wrong in (("level: 1", "level: 9"), ("difficulty: 2", "difficulty: 0"), ("skill:", "skil:")):
        text = text.replace(right, wrong)
    _, problems = checked(tmp_path, text)
    assert {problem.field for problem in problems} == {"level", "exercises[0].difficulty", "exercises[0].skil", "exercises[0].skill"}


def test_a_reading_has_links_and_an_audience(tmp_path: Path) -> None:
    path = tmp_path / "readings.yaml"
    path.write_text("readings:\n  - {id: a, title: T, authors: A, year: 1999, kind: book, free: no, for: All, arxiv: '1901.00001'}\n")
    source, _ = read_source(path)
    assert source is not None
    entry, problems = validate(source, ReadingsFile)
    assert problems == []
    assert entry is not None
    assert (entry.readings[0].audience, entry.readings[0].free, entry.readings[0].year) == ("All", False, 1999)


def test_the_json_schema_describes_a_topic_with_all_kinds_of_fields() -> None:
    schema = json_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert set(schema["required"]) == {"schema", "id", "title", "area", "level", "objective", "skills"}
    kinds = {name for name in schema["$defs"] if name.endswith("Field")}
    assert len(kinds) == 8
    assert "ReadingsFile" in schema["$defs"]
    references = {word for word in json.dumps(schema).split('"') if word.startswith("#/$defs/")}
    assert {reference.rpartition("/")[2] for reference in references} <= set(schema["$defs"])


MANUAL = with_properties(AUTHORS.read_text(encoding="utf-8"))


def test_the_authors_manual_names_every_key_of_the_schema() -> None:
    models: list[type[BaseModel]] = [schema.Entry, *_descendants(schema.Entry)]
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert sorted(key for key in keys if f"`{key}`" not in MANUAL and f"`{key}:" not in MANUAL) == []


def test_the_properties_in_the_authors_manual_are_those_of_the_judge() -> None:
    assert AUTHORS.read_text(encoding="utf-8") == MANUAL
    assert [name for name in PROPERTIES if f"| `{name}` |" not in MANUAL] == []


def _descendants(model: type[BaseModel]) -> list[type[BaseModel]]:
    return [found for child in model.__subclasses__() for found in (child, *_descendants(child))]
