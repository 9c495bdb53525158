"""What is worked out while an answer is typed: brackets, the reading, earlier answers, the signs of verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.protocol import Kind
from companion.answers.reader import Vocabulary
from companion.study.brackets import match
from companion.study.reading import Stage, read_answer, read_step
from companion.study.recall import Recall, Recalls
from companion.study.verdicts import ASCII_SIGNS, SIGNS, verdict_mark

OPEN = Vocabulary()


@pytest.mark.parametrize(
    ("text", "unmatched"),
    [("(x)", ()), ("[0, 1)", ()), ("{1, (2]}", ()), ("(x", (0,)), ("x)", (1,)), ("(x}", (0, 2)), ("((x)", (0,)), ("", ()), ("][", (0, 1))],
)
def test_brackets_without_a_partner(text: str, unmatched: tuple[int, ...]) -> None:
    assert match(text).unmatched == unmatched


def test_the_pair_at_the_cursor() -> None:
    brackets = match("f(x)(y)")
    assert brackets.at(4) == (3, 1), "behind a closing bracket, though an opening one follows"
    assert brackets.at(1) == (1, 3)
    assert brackets.at(2) == (1, 3)
    assert brackets.at(7) == (6, 4)
    assert match("x").at(0) is None


@given(st.text("()[]{}x", max_size=40))
def test_every_bracket_has_one_partner_or_none(text: str) -> None:
    brackets = match(text)
    assert all(brackets.partners[other] == place != other for place, other in brackets.partners.items())
    places = sorted([*brackets.partners, *brackets.unmatched])
    assert places == [place for place, character in enumerate(text) if character != "x"]


@pytest.mark.parametrize(
    ("text", "kind", "stage", "position"),
    [
        ("", "expression", "empty", None),
        ("  ", "expression", "empty", None),
        ("2x", "expression", "read", None),
        ("2+", "expression", "unfinished", 2),
        ("sin(", "expression", "unfinished", 4),
        ("(1+2", "expression", "unfinished", 0),
        ("x+*y", "expression", "unfinished", 2),
        ("2+)", "expression", "unread", 2),
        ("2 1/2", "expression", "unread", 0),
        ("foo(x)", "expression", "unread", 0),
        ("(0, 1", "set", "unfinished", 0),
        ("[0, 1)", "set", "read", None),
    ],
)
def test_how_far_a_text_is_read(text: str, kind: Kind, stage: Stage, position: int | None) -> None:
    reading = read_answer(text, OPEN, kind)
    assert (reading.stage, reading.position) == (stage, position)
    assert (r"\square" in reading.tex) <= (stage != "read")


def test_a_line_of_a_derivation_is_read_with_its_sign_and_its_places_are_those_of_the_line() -> None:
    assert read_step("<= x^2", OPEN).tex.startswith(r"\le")
    assert read_step("= 2+", OPEN).position == 4
    assert read_step("", OPEN).stage == "empty"
    assert read_step("=", OPEN).stage == "unfinished"


@given(st.text(max_size=40), st.sampled_from(["expression", "set", "relation", "list"]))
def test_places_are_within_the_text(text: str, kind: Kind) -> None:
    for reading in (read_answer(text, OPEN, kind), read_step(text, OPEN)):
        assert reading.position is None or 0 <= reading.position <= len(text)
        assert all(0 <= place < len(text) for place in reading.unmatched)


def test_earlier_answers_come_back_and_what_is_typed_is_not_lost() -> None:
    recall = Recall(["1", "2"])
    assert recall.step(1, "draft") is None
    assert recall.step(-1, "draft") == "2"
    assert recall.step(-1, "2") == "1"
    assert recall.step(-1, "1") is None
    assert recall.step(1, "1 changed") == "2"
    assert recall.step(1, "2") == "draft"
    assert recall.step(-1, "draft") == "2"
    assert recall.step(-1, "2") == "1 changed"


def test_what_was_submitted_is_the_newest_and_stands_once() -> None:
    recall = Recall()
    for text in ("1", "2", "1", " "):
        recall.submitted(text)
    assert recall.step(-1, "") == "1"
    assert recall.step(-1, "1") == "2"
    assert recall.step(-1, "2") is None


def test_the_answer_that_still_stands_in_the_field_is_passed_over() -> None:
    recall = Recall(["0"])
    recall.submitted("1")
    assert recall.step(-1, "1") == "0"
    assert recall.step(1, "0") == "1"


def test_every_field_has_answers_of_its_own() -> None:
    recalls = Recalls()
    recalls.of("t/a", "value").submitted("1")
    assert recalls.of("t/a", "other").step(-1, "") is None
    assert recalls.of("t/a", "value").step(-1, "") == "1"


def test_signs_differ_without_color() -> None:
    for table in (SIGNS, ASCII_SIGNS):
        assert len(set(table.values())) == 4
    assert all(verdict_mark(verdict, ascii_only=True).isascii() for verdict in SIGNS)
