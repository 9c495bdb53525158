"""Several answers side by side, and keys whose form says what is asked for."""

from __future__ import annotations

import pytest

from companion.answers.protocol import Kind, Verdict
from tests.answers.judge.asking import ask


@pytest.mark.parametrize(
    ("key", "right", "wrong", "invalid"),
    [
        ("1, 2", ["2, 1", "1;2", "1 or 2", "x=1 or x=2", "x_1=2, x_2=1", "{2, 1}", "(2, 1)", "1, 2, 4/2"], ["1", "1, 3", "1, 2, 3", "{1}"],
         ["(0, 1]", "x < 3", "y=2, x=1"]),
        ("a=4, b=5", ["4, 5", "b=5, a=4", "(a, b) = (4, 5)"], ["a=5, b=4", "4, 6"], ["5, 4", "c=4, d=5"]),
        ("a=4, 8", ["8, 4", "a=8, 4"], ["4, 9"], ["b=8, 4"]),
        ("1, -1", ["±1", "x=±1", "-1, 1"], ["±2"], []),
        ("x=1 or x=-1", ["1, -1", "±1", "{1, -1}", "x^2=1"], ["1, 2", "{1}"], ["1", "(1, -1)"]),
        ("{1, 2}", ["1, 2", "2 or 1", "x=1 or x=2"], ["1, 3"], ["1", "(1, 2)"]),
        ("(1, 2)", ["1, 2", "x=1, y=2", "x=1 and y=2"], ["2, 1"], ["{1, 2}", "y=2, x=1"]),
        ("(x, y) = (1, 2)", ["y=2, x=1", "1, 2", "(1, 2)"], ["y=1, x=2"], ["a=1, b=2"]),
        ("(1,2), (3,4)", ["(3,4), (1,2)", "(3,4) or (1,2)"], ["(1,2)", "(1,2), (4,3)"], []),
        ("-7 < a < 3", ["(-7, 3)", "a in (-7, 3)"], ["[-7, 3)", "(-7, 4)"], ["3"]),
        ("(-7, 3)", ["-7 < a < 3"], ["-7 <= a < 3"], ["3"]),
        ("(-oo, 1) U (2, oo)", ["x < 1 or x > 2"], ["x <= 1 or x > 2", "(-oo, 2)"], ["x < y"]),
        ("|AB| = 1", ["1"], ["2"], []),
        ("a:b = 1/2", ["1/2", "1:2", "2:4"], ["2:1"], []),
        ("5/6", ["1/2 + 1/3 = 5/6", "x = 10/12 = 5/6", "= 5/6"], ["x = 6/5"], ["1/2 + 1/3 = 6/6", "x^2 = 1", "0,8", "1, 2", "5 or 6"]),
        ("f(x) = x^2", ["x^2", "f(x) = x*x"], ["x^3"], []),
    ],
)  # fmt: skip
def test_the_form_of_the_key(key: str, right: list[str], wrong: list[str], invalid: list[str]) -> None:
    asked: list[tuple[Verdict, list[str]]] = [("correct", right), ("incorrect", wrong), ("invalid", invalid)]
    for verdict, answers in asked:
        assert {answer: ask("expression", key, answer).verdict for answer in answers} == dict.fromkeys(answers, verdict)


@pytest.mark.parametrize(
    ("key", "answer", "code", "message"),
    [
        ("1, 2", "1, 3", "values.wrong", "$3$ is not one of the values."),
        ("1, 2", "1", "values.missing", "What you gave is right, but a value is missing."),
        ("a=4, b=5", "5, 4", "values.names", "Say which value is which, as in $x=1,\\; y=2$."),
        ("1.5", "1,5", "read.comma", "Write decimals with a point, as in 1.5, and no commas within a number."),
        ("3", "1, 2", "type.several", "This asks for a single value or formula, but you gave several values."),
        ("3", "x^2 = 9", "type.relation", "This asks for a single value or formula. Type only what stands right of the last = sign."),
        ("1/3", "0.25", "different", "Your answer is $0.25$, and the right value is another."),
    ],
)
def test_what_is_said(key: str, answer: str, code: str, message: str) -> None:
    reply = ask("expression", key, answer)
    assert (reply.code, reply.message) == (code, message)


@pytest.mark.parametrize(("answer", "position"), [("x^2 = 9", 6), ("1, 2", 3), ("1,5", 0)])
def test_where_it_goes_wrong(answer: str, position: int) -> None:
    assert ask("expression", "3", answer).position == position


@pytest.mark.parametrize(("key", "answer"), [("[1, 2]", "(1, 2)"), ("(1, 2)", "[1, 2]")])
def test_brackets_that_could_be_those_of_an_interval_are_never_passed_over(key: str, answer: str) -> None:
    assert ask("expression", key, answer).code == "undecided.brackets"
    assert ask("list", key, answer).verdict == "correct"


@pytest.mark.parametrize(
    ("kind", "key", "answer", "verdict"),
    [
        ("expression", "3x^2", "F'(x) = 3x^2", "correct"),
        ("expression", "3x^2", "F'(x) = 2x^2", "incorrect"),
        ("expression", "2x", "dy/dx = 2x", "correct"),
        ("expression", "x+1", "k(x, y) = 1 + x", "correct"),
        ("expression", "x", "x = y", "invalid"),
        ("expression", "3x", "tna(x) = 3x", "invalid"),
        ("list", "(4, x)", "α1 = 4, α2 = x", "correct"),
        ("list", "(4, x)", "α2 = x, α1 = 4", "invalid"),
        ("list", "(4, x)", "(α1 = 4, α2 = 5)", "incorrect"),
        ("list", "(4, x)", "(4, {x})", "invalid"),
        ("set", "(0, 1)", "D = (0, 1)", "correct"),
    ],
)
def test_labels_where_names_are_declared(kind: Kind, key: str, answer: str, verdict: Verdict) -> None:
    assert ask(kind, key, answer, symbols={"x": "real"}).verdict == verdict


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("(4, -5)", "(4, 5)", "Entry 2 has the wrong sign."),
        ("(x, x^2)", "(-x, x^2)", "Entry 1 has the wrong sign."),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, -4]]", "The entry in row 2, column 2 has the wrong sign."),
    ],
)
def test_a_wrong_sign_in_a_list(key: str, answer: str, message: str) -> None:
    assert ask("list", key, answer).message == message
