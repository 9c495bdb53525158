"""Objects as people type them: with a label, without outer brackets, of the wrong sort; and statements about them as authors write them."""

from __future__ import annotations

from typing import Any

import pytest

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Question
from companion.answers.reader import Vocabulary, preview
from tests.answers.judge.test_objects import ask, entry

X = {"x": "real"}


@pytest.mark.parametrize(
    ("answer", "prop"),
    [
        ("f(x) = relu(x)", entry("nonnegative", over="-oo < x < oo")),
        ("f_n(x) = x^2", entry("nonnegative", over="-oo < x < oo")),
        ("A = [[2,1],[1,2]]", entry("positive-definite")),
        ("x_0 = 1/sqrt(2)", entry("positive")),
        ("x = 3", entry("positive")),
        ("-3, 8, -6, 1", entry("length", equals="4")),
        ("(-4,1,1),(-5,2,1)", entry("shape", rows="2", columns="3")),
        ("[2,1],[1,2]", entry("positive-definite")),
        ("a = 1, b = -1", entry("total", equals="0")),
    ],
)
def test_labels_are_passed_over_and_brackets_may_be_left_out(answer: str, prop: dict[str, Any]) -> None:
    assert ask(answer, prop, symbols=X).verdict == "correct"
    assert preview(answer, Vocabulary.of({"symbols": X}), "object")[1] is None


@pytest.mark.parametrize(
    ("answer", "prop", "code"),
    [
        ("5", entry("positive-definite"), "type.expression"),
        ("5", entry("shape", rows="2"), "type.expression"),
        ("(1, 2)", entry("continuous", over="0 < x < 1"), "type.list"),
        ("1, 2", entry("continuous", over="0 < x < 1"), "type.list"),
        ("x = 3", entry("continuous", over="0 < x < 1"), "type.relation"),
    ],
)
def test_an_object_of_the_wrong_sort_is_invalid(answer: str, prop: dict[str, Any], code: str) -> None:
    reply = ask(answer, prop, symbols=X)
    assert (reply.verdict, reply.code) == ("invalid", code)


@pytest.mark.parametrize(("answer", "verdict"), [("(2, -1)", "correct"), ("2, -1", "correct"), ("(1, 1)", "incorrect")])
def test_a_list_is_orthogonal_to_that_of_another_field(answer: str, verdict: str) -> None:
    fields = (
        Field("u", "object", None, {"properties": [entry("length", equals="2")]}),
        Field("v", "object", None, {"properties": [entry("orthogonal", of="u")]}),
    )
    assert judge_question(Question(fields), {"u": "1, 2", "v": answer}).parts["v"].verdict == verdict


@pytest.mark.parametrize("inputs", [["x"], []])
@pytest.mark.parametrize("left", ["diff(f, x)", "d/dx f", "diff(f, x, 2)*x"])
def test_a_bare_field_is_differentiated_as_the_function_it_is(left: str, inputs: list[str]) -> None:
    same = entry("identity", left=left, right="2*x")
    assert ask("x^2+1", same, symbols=X, inputs=inputs).verdict == "correct"
    assert ask("x^3", same, symbols=X, inputs=inputs).verdict == "incorrect"


def test_a_prime_after_a_field_is_its_derivative() -> None:
    same = entry("identity", left="f'(x)", right="2*x")
    assert ask("x^2+1", same, symbols=X, inputs=["x"]).verdict == "correct"


@pytest.mark.parametrize(("answer", "verdict"), [("x^2", "correct"), ("x", "incorrect")])
def test_a_name_of_a_statement_has_a_domain_of_its_own(answer: str, verdict: str) -> None:
    below = entry("inequality", relation="f(t) < t", for_={"t": "0 < t < 1"})
    assert ask(answer, below, symbols=X, inputs=["x"]).verdict == verdict
