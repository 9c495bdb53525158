"""What agrees only to the digits that were computed refutes nothing: functions come as near to zero as one likes, and do not reach it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy

from companion.answers.judge.properties.numbers import order_at, witness_order_at
from tests.answers.judge.test_objects import ask, entry

LINE = "-oo < x < oo"
X = sympy.Symbol("x", real=True)
TAIL = sympy.log(1 + sympy.exp(-X))


@pytest.mark.parametrize(
    ("prop", "has_it", "lacks_it"),
    [
        (
            entry("positive", over=LINE),
            "ln(1+exp(-x)); softplus(-x); 1-tanh(x); exp(-x^2); exp(-exp(x))",
            "x^2; 1-sin(x)^2-cos(x)^2; exp(-x)-2*exp(-2*x)",
        ),
        (
            entry("decreasing", over=LINE, strictly="yes"),
            "ln(1+exp(-x)); 2*ln(1+e^(-x))+3; 1/(1+exp(x)); softplus(-x); -tanh(x)",
            "min(1, exp(-x)); sin(x)^2+cos(x)^2; 2; tanh(x)",
        ),
        (entry("increasing", over=LINE, strictly="yes"), "-1/(1+exp(x)); erf(x); softplus(x)", "max(x, 0); ln(1+exp(-x))"),
        (entry("nonzero", over=LINE), "ln(1+exp(-x)); 1-tanh(x)", "x-1"),
        (entry("convex", over=LINE), "ln(1+exp(-x))", "tanh(x); -ln(1+exp(-x))"),
        (entry("lipschitz", over=LINE, constant="1"), "ln(1+exp(-x)); tanh(x)", "sin(2*x)"),
        (entry("inequality", relation="f(t) > 0", for_={"t": "real"}), "ln(1+exp(-x)); 1-tanh(x)", "x^2; exp(-x)-1"),
        (entry("continuous", over=LINE), "ln(1+exp(-x)); 1/(x+sqrt(1+x^2)); 1/(2+sin(x))", "1/(x+1); ln(exp(x)-1); 1/(2*x+sqrt(1+x^2))"),
    ],
)
def test_tails_are_looked_at_closely(prop: dict[str, Any], has_it: str, lacks_it: str) -> None:
    for answers, verdict in ((has_it, "correct"), (lacks_it, "incorrect")):
        for answer in answers.split("; "):
            assert ask(answer, prop, symbols={"x": "real"}, inputs=["x"]).verdict == verdict, answer


@pytest.mark.parametrize("place", [10, 300, 1000])
def test_small_numbers_have_a_sign(place: int) -> None:
    assert order_at(TAIL, sympy.S.Zero, {X: Fraction(place)}) == witness_order_at(TAIL, sympy.S.Zero, {X: Fraction(place)}) == 1
    assert order_at(1 - TAIL, sympy.S.One, {X: Fraction(place)}) == -1


def test_agreement_to_many_digits_is_no_equality() -> None:
    assert order_at(TAIL, sympy.S.Zero, {X: Fraction(10**6)}) in (0, None)
    assert witness_order_at(TAIL, sympy.S.Zero, {X: Fraction(10**6)}) is None


def test_equality_that_algebra_shows_is_one() -> None:
    nested = sympy.sqrt(3 + 2 * sympy.sqrt(2)) - 1 - sympy.sqrt(2)
    assert witness_order_at(TAIL * sympy.Float(2), sympy.S.Zero, {X: Fraction(10**6)}) is None
    assert witness_order_at(nested, sympy.S.Zero, {}) == 0
    assert witness_order_at(sympy.sin(X) ** 2 + sympy.cos(X) ** 2, sympy.S.One, {X: Fraction(3)}) == 0
