"""Values that are given with their name, and whole numbers that have divisors in common."""

from __future__ import annotations

import pytest

from companion.answers.protocol import Kind
from tests.answers.judge.asking import ask


@pytest.mark.parametrize(
    ("kind", "key", "answer", "verdict"),
    [
        ("expression", "11", "x = 11", "correct"),
        ("expression", "11", "x = 12", "incorrect"),
        ("expression", "t^2", "f(t) = t*t", "correct"),
        ("expression", "y = t^2", "t*t", "correct"),
        ("expression", "2t", "t = 2t", "invalid"),
        ("expression", "2b", "b = a/2", "invalid"),
        ("expression", "x = 1", "y = 1", "incorrect"),
        ("list", "(3, 2)", "(p, q) = (3, 2)", "correct"),
        ("list", "(3, 2)", "(p, q) = (2, 3)", "incorrect"),
        ("set", "(0, 1)", "D = (0, 1)", "correct"),
        ("expression", "D = (0, 1)", "D = (0, 1)", "correct"),
        ("expression", "D = (0, 1)", "D = (0, 2)", "incorrect"),
    ],
)
def test_labels(kind: Kind, key: str, answer: str, verdict: str) -> None:
    assert ask(kind, key, answer).verdict == verdict


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("gcd(12, 18)", "6", "correct"),
        ("gcd(m, n)", "gcd(n, m)", "correct"),
        ("gcd(m, n)*lcm(m, n)", "m n", "correct"),
        ("gcd(m, n)", "1", "incorrect"),
        ("gcd(m, n)", "gcd(m, 1/2)", "invalid"),
    ],
)
def test_divisors(key: str, answer: str, verdict: str) -> None:
    assert ask("expression", key, answer, symbols={"m": "positive integer", "n": "positive integer"}).verdict == verdict


@pytest.mark.parametrize("answer", ["x + (1, 2)", "(1, 2) = x + 1", "[[1,2],[3,4]]*[[1,2,3]]", "[[1,2]] + [[1],[2]]", "x = [[1,2],[3,4]]"])
@pytest.mark.parametrize("kind", ["expression", "relation", "list"])
def test_matrices_where_numbers_belong(kind: Kind, answer: str) -> None:
    reply = ask(kind, {"expression": "x", "relation": "x = 1", "list": "(x, 1)"}[kind], answer)
    assert reply.verdict in ("invalid", "incorrect")
