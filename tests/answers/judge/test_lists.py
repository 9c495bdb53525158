"""Tuples, vectors and matrices."""

import pytest

from companion.answers.protocol import Given
from tests.answers.judge.asking import ask


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("(1,2,3)", "(1,2,6/2)"),
        ("[1,2,3]", "(1,2,3)"),
        ("(1,2)", ["1", "2"]),
        ("[[1,x],[0,1/2]]", "[[1,x],[0,0.5]]"),
        ("[[1,3,3],[3,7,3],[5,7,9]]", "[[1,2,3],[4,5,6],[7,8,9]]+[[0,1,0],[-1,2,-3],[-2,-1,0]]"),
        ("[[2,0],[0,2]]", "2*[[1,0],[0,1]]"),
        ("[[0,1],[1,0]]", "[[0,1],[1,0]]^3"),
        ("(1,2)", "[[1],[2]]"),
        ("[[1],[2]]", "(1,2)"),
        ("(sin(x)^2, 1)", "(1-cos(x)^2, x/x)"),
        ("({1,2}, 3)", "({2,1}, 3)"),
    ],
)
def test_equal_lists(key: str, answer: Given) -> None:
    assert ask("list", key, answer).verdict == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "code", "entry"),
    [
        ("(1,2,3)", "(1,2,4)", "list.entry", "3"),
        ("(1,2,3)", "(1,2)", "list.length", None),
        ("[[1,2],[3,4]]", "[[1,2],[3,5]]", "list.entry", "2,2"),
        ("[[1,2],[3,4]]", "[[1,3],[2,4]]", "list.transposed", "1,2"),
        ("[[1,2],[3,4]]", "[[1,2,0],[3,4,0]]", "list.shape", None),
        ("(1,2)", ["1", "3"], "list.entry", "2"),
        ("(x,y)", "(y,x)", "list.entry", "1"),
    ],
)
def test_lists_that_differ_name_the_entry(key: str, answer: Given, code: str, entry: str | None) -> None:
    reply = ask("list", key, answer)
    assert (reply.verdict, reply.code) == ("incorrect", code)
    if entry is not None:
        assert reply.counterexample is not None
        assert reply.counterexample["entry"] == entry


@pytest.mark.parametrize(("answer", "code"), [("10", "type.expression"), ("sin(1,2)", "read."), ("{1,2}", "type.set"), ("(1,)", "read.")])
def test_what_is_no_list_is_invalid(answer: str, code: str) -> None:
    reply = ask("list", "(1,2,3)", answer)
    assert reply.verdict == "invalid"
    assert reply.code.startswith(code)
