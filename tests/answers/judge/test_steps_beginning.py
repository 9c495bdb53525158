"""How a derivation may begin whose key sets out from a formula that the question does not give."""

from __future__ import annotations

import pytest

from tests.answers.judge.asking import ask

REAL = {"a": "real", "b": "real"}
KEY = ["2*a*b", "<= a^2+b^2", "= (a+b)^2-2*a*b"]


@pytest.mark.parametrize(
    "lines",
    [
        KEY,
        ["2*a*b <= a^2+b^2 = (a+b)^2-2*a*b"],
        ["2*a*b <= a^2+b^2", "= (a+b)^2-2*a*b"],
        ["2*a*b <= a^2+b^2", "a^2+b^2 = (a+b)^2-2*a*b"],
        ["<= a^2+b^2", "= (a+b)^2-2*a*b"],
        ["= 2*b*a", "<= a^2+b^2"],
    ],
)
def test_chains_may_begin_in_any_layout(lines: list[str]) -> None:
    assert ask("steps", KEY, lines, symbols=REAL).verdict == "correct"
    assert ask("steps", ["2*a*b <= a^2+b^2", "= (a+b)^2-2*a*b"], lines, symbols=REAL).verdict == "correct"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["a*b <= a^2+b^2", "= (a+b)^2-2*a*b"], "steps.first"),
        (["2*a*b <= a^2+b^2 = (a+b)^2-a*b"], "steps.line"),
        (["2*a*b = a^2+b^2 = (a+b)^2-2*a*b"], "steps.line"),
        (["<= a^2-b^2", "= (a+b)^2-2*a*b"], "steps.line"),
        (["= (a+b)^2-2*a*b"], "steps.line"),
        (["2*a*b <= a^2+b^2 <= a^2+b^2+1"], "steps.unfinished"),
    ],
)
def test_what_is_wrong_in_them_is_still_wrong(lines: list[str], code: str) -> None:
    reply = ask("steps", KEY, lines, symbols=REAL)
    assert (reply.verdict, reply.code) == ("incorrect", code)


def test_statements_are_no_chains() -> None:
    assert ask("steps", ["a^2 = 4", "a = 2 or a = -2"], ["a^2-4 = 0", "a = 2 or a = -2"], symbols=REAL).verdict == "correct"
    assert ask("steps", ["a^2 = 4", "a = 2 or a = -2"], ["a^2 = 9", "a = 3 or a = -3"], symbols=REAL).code == "steps.first"
