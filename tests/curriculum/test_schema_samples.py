"""Whole topics in schema 1, with every kind of field: the schema must go on reading them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from companion.answers.protocol import JUDGED, KINDS
from companion.curriculum.checks import check
from companion.curriculum.compile import Compiled, compile_pack
from companion.curriculum.model import Exercise
from companion.curriculum.places import content_folder
from companion.curriculum.variants import count, resolve

FOLDER = Path(__file__).parent / "schema-1"
NOT_JUDGED = frozenset(KINDS) - frozenset(JUDGED)


@pytest.fixture(scope="module")
def samples() -> Compiled:
    return compile_pack(FOLDER, compile_pack(content_folder()))


def exercises(samples: Compiled) -> list[Exercise]:
    return [exercise for body in samples.bodies.values() for exercise in body.exercises]


def kinds_of(exercise: Exercise) -> set[str]:
    return {entry.kind for entry in exercise.fields}


def test_they_compile_without_a_problem(samples: Compiled) -> None:
    assert [str(problem) for problem in samples.problems] == []
    assert len(exercises(samples)) == 43


def test_every_kind_of_field_and_every_arrangement_occurs(samples: Compiled) -> None:
    kinds = Counter(entry.kind for exercise in exercises(samples) for entry in exercise.fields)
    assert set(kinds) == set(KINDS) - {"relation"}
    assert {exercise.arrangement for exercise in exercises(samples)} == {None, "fill", "match", "truth", "predict"}


def test_every_variant_can_be_asked(samples: Compiled) -> None:
    for exercise in exercises(samples):
        for seed in range(count(exercise)):
            variant = resolve(exercise, seed)
            assert "@{" not in variant.prompt, exercise.id
            assert len(variant.tries) == len(exercise.mistakes), exercise.id


def test_proofs_with_several_right_orders_accept_another_one(samples: Compiled) -> None:
    proofs = [entry for exercise in exercises(samples) for entry in exercise.fields if entry.kind == "order"]
    assert len(proofs) == 6
    for proof in proofs:
        assert proof.accept
        assert all(set(order) == set(proof.answer or ()) and order != proof.answer for order in proof.accept)


def test_arguments_of_properties_reach_the_exercise(samples: Compiled) -> None:
    objects = [entry for exercise in exercises(samples) for entry in exercise.fields if entry.kind == "object"]
    assert objects
    for entry in objects:
        assert all(item["id"] and item["property"] for item in entry.options["properties"])
    majorant = next(entry for entry in objects if entry.id == "majorant")
    assert majorant.options["inputs"] == ["x"]
    assert majorant.options["properties"][1]["over"] == "0 < x < 1"


@pytest.mark.full
def test_the_judge_has_nothing_against_them_but_kinds_it_does_not_know(samples: Compiled) -> None:
    not_judged = [entry for exercise in exercises(samples) for entry in exercise.fields if entry.kind in NOT_JUDGED]
    problems = check(FOLDER).problems
    assert len(problems) == len(not_judged)
    assert all(problem.message.endswith("cannot be judged yet") for problem in problems)
