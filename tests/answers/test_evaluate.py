"""Exact evaluation: substitution, rational arithmetic, statements."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.evaluate import evaluate, truth
from companion.answers.printing import to_text
from companion.answers.reader import ReadError, read
from companion.answers.tree import Node, Number


def value(text: str, **values: str) -> str:
    given_values: dict[str, Node] = {name: evaluate(read(typed), {}) for name, typed in values.items()}
    return to_text(evaluate(read(text, expecting="relation"), given_values))


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("p+1", {"p": "2"}, "3"),
        ("1/(p+1)", {"p": "2"}, "1/3"),
        ("p/2 - 3/4", {"p": "1"}, "-1/4"),
        ("0.1+0.2", {}, "3/10"),
        ("p^q", {"p": "2/3", "q": "-2"}, "9/4"),
        ("-p^2", {"p": "3"}, "-9"),
        ("x^p", {"p": "1"}, "x"),
        ("x^p", {"p": "0"}, "1"),
        ("p*x", {"p": "1"}, "x"),
        ("p*x", {"p": "-1"}, "-x"),
        ("p*x", {"p": "0"}, "0"),
        ("y + p*x", {"p": "-3"}, "y - 3*x"),
        ("x*p*2", {"p": "3"}, "6*x"),
        ("x + p", {"p": "-3"}, "x - 3"),
        ("x + p", {"p": "0"}, "x"),
        ("p + x + 1", {"p": "2"}, "3 + x"),
        ("sin(p*pi)", {"p": "1/2"}, "sin(1/2*pi)"),
        ("p", {"p": "x+1"}, "x + 1"),
        ("2p", {"p": "x+1"}, "2*(x + 1)"),
        ("sqrt(p)", {"p": "9/4"}, "3/2"),
        ("sqrt(p)", {"p": "2"}, "sqrt(2)"),
        ("p^(1/3)", {"p": "27"}, "3"),
        ("p^(2/3)", {"p": "8"}, "4"),
        ("(-8)^(1/3)", {}, "(-8)^(1/3)"),
        ("abs(p)", {"p": "-7/2"}, "7/2"),
        ("floor(p) + ceil(p)", {"p": "-7/2"}, "-7"),
        ("max(p, 2, 3) - min(p, 2)", {"p": "1"}, "2"),
        ("5! / 3!", {}, "20"),
        ("21!", {}, "21!"),
        ("binomial(5, 2)", {}, "10"),
        ("gcd(12, 18) + lcm(4, 6)", {}, "18"),
        ("mod(-1, 3)", {}, "2"),
        ("p < q <= 3", {"p": "1", "q": "3"}, "true"),
        ("p != q", {"p": "1", "q": "1"}, "false"),
        ("p < x", {"p": "1"}, "1 < x"),
        ("2 < 1 < x", {}, "false"),
        ("p=1 or x=1", {"p": "1"}, "true"),
        ("p=2 and x=1", {"p": "1"}, "false"),
        ("not p=2", {"p": "1"}, "true"),
        ("p=2 implies x=1", {"p": "1"}, "true"),
        ("p=2 iff p=3", {"p": "1"}, "true"),
        ("p in {1, 2, 3}", {"p": "2"}, "true"),
        ("p notin {1, 2, 3}", {"p": "4"}, "true"),
        ("p in [0, 1)", {"p": "1"}, "false"),
        ("p in (-oo, 1]", {"p": "1"}, "true"),
        ("p in Z", {"p": "1/2"}, "false"),
        ("x if p>0 else y", {"p": "1"}, "x"),
        ("x if p>0 else y", {"p": "-1"}, "y"),
        ("integrate(x^p, x, 0, x)", {"p": "2", "x": "3"}, "integrate(x^2, x, 0, 3)"),
        ("sum(k*p, k, 1, n)", {"p": "2", "n": "4"}, "sum(2*k, k, 1, 4)"),
    ],
)
def test_values(text: str, values: dict[str, str], result: str) -> None:
    assert value(text, **values) == result


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1/(2-2)", "division-by-zero"),
        ("0^(-1)", "division-by-zero"),
        ("9^9^9", "budget"),
        ("2^10001", "budget"),
        ("(10^5000)^3", "budget"),
        ("(1/3)^(10^9)", "budget"),
        ("10^9000*10^9000", "budget"),
    ],
)
def test_what_has_no_value_in_the_budget(text: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        evaluate(read(text), {})
    assert caught.value.code == f"evaluate.{code}"


def test_truth() -> None:
    assert truth(evaluate(read("1 < 2"), {}))
    assert not truth(evaluate(read("1 > 2"), {}))
    with pytest.raises(ReadError, match="not decided"):
        truth(evaluate(read("1 < x"), {}))


RATIONALS = st.fractions(min_value=-20, max_value=20, max_denominator=12)


@given(a=RATIONALS, b=RATIONALS, c=RATIONALS)
def test_arithmetic_is_that_of_the_rationals(a: Fraction, b: Fraction, c: Fraction) -> None:
    values: dict[str, Node] = {"a": Number(a), "b": Number(b), "c": Number(c)}
    assert evaluate(read("a*b - c/7 + (a-b)^3"), values) == Number(a * b - c / 7 + (a - b) ** 3)
    assert evaluate(read("max(a,b,c) - min(a,b,c) + |a|"), values) == Number(max(a, b, c) - min(a, b, c) + abs(a))
    assert truth(evaluate(read("a <= b or b < a"), values))


@given(text=st.sampled_from(["x + 2 - 3*4", "-(2/3)*x^(1+1)", "f(2+3) + sin(1/2 - 1/3)", "(x + 1 if 2 < 1 else 5)/10"]))
def test_evaluating_twice_changes_nothing(text: str) -> None:
    once = evaluate(read(text), {})
    assert evaluate(once, {}) == once
    assert evaluate(read(to_text(once)), {}) == once
