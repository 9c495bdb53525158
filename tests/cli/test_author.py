"""Checking content, its schema, and beginning a topic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.curriculum.packs import Folder, topic

from .conftest import Run

EXERCISE = """\
- id: sum
  skill: do-it
  difficulty: 1
  minutes: 1
  params: {a: [1, 2, 3, 4], b: [5, 6]}
  prompt: Compute $@{a}+@{b}$.
  fields:
    - {id: value, kind: expression, input: a number, answer: '@{a+b}'}
  hints: [Add.]
  solution: It is $@{a+b}$.
  mistakes:
    - {try: '@{a*b}', say: You multiplied.}
"""
WRONG_MISTAKE = EXERCISE.replace("'@{a*b}'", "'@{b+a}'")


@pytest.fixture
def pack(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "pack")


def test_a_sound_pack_has_no_problem(run: Run, pack: Folder) -> None:
    pack.topic("first", topic("first", exercises=EXERCISE))
    done = run("check", str(pack.path), "--json")
    assert done.status == 0
    assert (done.json["problems"], done.json["topics"], done.json["exercises"]) == ([], 1, 1)
    assert done.json["formulas"] > 0
    told = run("check", str(pack.path))
    assert told.status == 0
    assert "no problem" in told.out


def test_every_problem_is_named_with_its_line(run: Run, pack: Folder) -> None:
    text = topic("first", needs=("nowhere",), exercises=WRONG_MISTAKE)
    pack.topic("first", text)
    pack.topic("second", topic("second") + "colour: red\n")
    done = run("check", str(pack.path), "--json")
    assert done.status == 1
    problems = done.json["problems"]
    assert all({"file", "line", "field", "message"} <= set(problem) for problem in problems)
    where = {(Path(problem["file"]).name, problem["line"]) for problem in problems}
    lines = text.splitlines()
    assert ("second.yaml", topic("second").count("\n") + 1) in where
    assert any(file == "first.yaml" and "nowhere" in lines[line - 1] for file, line in where)
    assert any(file == "first.yaml" and ("mistakes" in lines[line - 1] or "try:" in lines[line - 1]) for file, line in where)
    told = run("check", str(pack.path))
    assert told.status == 1
    assert len(told.out.splitlines()) > len(problems) - 1


def test_what_is_not_there_is_not_checked(run: Run) -> None:
    for wanted in ("no-such-topic", "/no/such/folder"):
        done = run("check", wanted)
        assert (done.status, done.out) == (2, "")
        assert wanted in done.err


@pytest.mark.full
def test_the_shipped_content_has_no_problem(run: Run) -> None:
    done = run("check", "--json")
    assert done.json["problems"] == []
    assert done.status == 0
    assert done.json["topics"] == 199


def test_one_written_topic_has_no_problem(run: Run) -> None:
    done = run("check", "hilbert-spaces", "--json")
    assert (done.status, done.json["problems"]) == (0, [])


def test_the_schema_describes_every_file_and_field(run: Run) -> None:
    done = run("schema")
    assert done.status == 0
    schema = done.json
    assert "$schema" in schema or "$defs" in schema
    text = json.dumps(schema)
    for field in ("prerequisites", "objective", "skills", "exercises", "fields", "mistakes", "approaches", "readings", "needs"):
        assert f'"{field}"' in text
    references = {str(node["$ref"]) for node in nodes(schema) if "$ref" in node}
    for reference in references:
        found: Any = schema
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    assert references


def nodes(value: object) -> list[dict[str, object]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        return [value, *(node for part in value.values() for node in nodes(part))]
    return [node for part in value for node in nodes(part)] if isinstance(value, list) else []


def test_a_new_topic_has_no_problem_and_is_found(run: Run, pack: Folder) -> None:
    done = run("new", "topic", "my-topic", "--area", "things", "--into", str(pack.path))
    assert done.status == 0
    path = pack.path / "topics" / "things" / "my-topic.yaml"
    assert str(path) in done.out.replace("\n", "")
    checked = run("check", str(pack.path), "--json")
    assert (checked.status, checked.json["problems"]) == (0, [])
    listed = run("--pack", str(pack.path), "topics", "my-topic", "--json")
    assert [found["id"].rpartition(":")[2] for found in listed.json] == ["my-topic"]
    shown = run("--pack", str(pack.path), "show", listed.json[0]["id"])
    assert shown.status == 0


def test_an_area_that_is_not_there_is_refused_with_those_that_are(run: Run, pack: Folder) -> None:
    done = run("new", "topic", "my-topic", "--area", "nosuch", "--into", str(pack.path))
    assert (done.status, done.out) == (2, "")
    assert all(area in done.err for area in ("“nosuch”", "things", "real-analysis"))
    assert not (pack.path / "topics").exists()
    pack.write("areas.yaml", "areas: [{id: 3")
    broken = run("new", "topic", "my-topic", "--area", "things", "--into", str(pack.path))
    assert broken.status == 2
    assert "areas.yaml" in broken.err


def test_a_topic_is_not_written_over(run: Run, pack: Folder) -> None:
    run("new", "topic", "my-topic", "--area", "things", "--into", str(pack.path))
    again = run("new", "topic", "my-topic", "--area", "things", "--into", str(pack.path))
    assert again.status == 2
    assert "my-topic.yaml" in again.err


@pytest.mark.parametrize("name", ["../../escape", "Has Spaces", "", "a/b", "UPPER"])
def test_an_id_that_is_none_is_refused(run: Run, pack: Folder, name: str) -> None:
    done = run("new", "topic", name, "--area", "things", "--into", str(pack.path))
    assert (done.status, done.out) == (2, "")
    assert done.err
    assert not list(pack.path.parent.rglob("*escape*"))


def test_outside_of_a_pack_nothing_is_begun(run: Run, tmp_path: Path) -> None:
    done = run("new", "topic", "my-topic", "--into", str(tmp_path))
    assert done.status == 2
    assert "pack" in done.err


def test_a_pack_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("--pack", str(tmp_path / "nowhere"), "topics")
    assert (done.status, done.out) == (2, "")
    assert "nowhere" in done.err
