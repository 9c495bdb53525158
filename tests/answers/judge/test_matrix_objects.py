"""Objects by family of properties, and how names are declared: right, wrong, malformed, hostile, and beyond decision."""

from __future__ import annotations

from typing import Any

import pytest

from companion.answers.protocol import Given
from tests.answers.judge.rows import Table, assert_harmless, assert_malformed, assert_never_wrong, assert_right, assert_wrong, cases

UNREADABLE = {
    "": "read.empty",
    "2*": "read.missing-operand",
    "(x": "read.bracket",
    "1 < 2": "type.relation",
    "1/0": "value.undefined",
    "w": "read.unknown-name",
}


def family(
    words: dict[str, dict[str, Any]], right: list[str], wrong: dict[str, str], reach: list[str] | None = None, **symbols: str
) -> Table:
    """A field that asks for something with these properties, each under its own word; a wrong answer with the property it lacks."""
    properties = [{"id": word, "property": word, **arguments} for word, arguments in words.items()]
    declared = symbols or {"x": "real", "y": "real"}
    options = {"symbols": declared, "inputs": list(declared), "properties": properties}
    return Table("object", None, right, {answer: f"property.{word}" for answer, word in wrong.items()}, UNREADABLE, reach or [], options)


UNIT = "0 < x < 1"
TABLES = {
    "integrals": family(
        {"integral": {"over": UNIT, "equals": "1"}, "nonnegative": {"over": UNIT}}, ["2x", "1", "-ln(x)"],
        {"x": "integral", "1/x": "integral", "3-4x": "nonnegative"}, ["2x + 0*floor(exp(1/x))", "exp(x^2)/integrate(exp(t^2), t, 0, 1)"],
    ),
    "limits and dominance": family(
        {"limit": {"variable": "n", "to": "oo", "equals": "0", "over": UNIT}, "dominated-by": {"function": "1", "over": UNIT}},
        ["x^n", "x/n", "exp(-n x)"], {"1": "limit", "n x^n (1-x)^0 + 1/n": "dominated-by", "(-1)^n": "limit"}, ["sin(n x)/n"],
        x=UNIT, n="positive integer",
    ),
    "norms": family({"norm": {"space": "L2", "over": UNIT, "equals": "1"}}, ["sqrt(3) x", "1", "-sqrt(2) sin(pi x)"], {"x": "norm",
    "2": "norm", "0": "norm"}),
    "signs": family({"positive": {"over": UNIT}}, ["x", "exp(-x)", "1/x"], {"x-1/2": "positive", "-1": "positive", "0": "positive"},
    ["x + x^(1/x)"]),
    "convexity": family(
        {"convex": {"over": "-1 < x < 1"}}, ["x^2", "|x|", "exp(x)"], {"-x^2": "convex", "x^3": "convex", "sin(3x)": "convex"},
        ["exp(exp(x^2))", "|x| + exp(x^4)"],
    ),
    "monotonicity": family(
        {"increasing": {"over": "0 <= x <= 3"}}, ["x", "x^2", "floor(x)"], {"-x": "increasing", "sin(x)": "increasing"},
        ["x + sin(x^2)/6 - 1"],
    ),
    "continuity": family({"continuous": {"over": "-1 <= x <= 1"}}, ["|x|", "exp(x)"], {"1/x": "continuous", "sign(x)": "continuous"},
    ["max(x, floor(exp(x)) - floor(exp(x)))"]),
    "lipschitz": family({"lipschitz": {"over": "0 <= x <= 1", "constant": "1"}}, ["x", "sin(x)"], {"2x": "lipschitz",
    "sqrt(x)": "lipschitz"}, ["sin(x)^2/2 + x^9/100"]),
    "orthogonality": family({"orthogonal": {"over": "-1 < x < 1", "function": "x"}}, ["1", "x^2", "cos(x)"], {"x": "orthogonal",
    "exp(x)": "orthogonal"}, ["exp(-x^2)"]),
    "disjoint supports": family(
        {"disjoint-supports": {"index": "n", "over": UNIT}}, ["n if 1/(n+1) < x < 1/n else 0"], {"x^n": "disjoint-supports",
        "1": "disjoint-supports"},
        x=UNIT, n="positive integer",
    ),
    "values at points": family(
        {"equals-at": {"at": {"x": "2"}, "equals": "4"}, "vanishes-at": {"at": {"x": "0"}}}, ["x^2", "2x"], {"x": "equals-at",
        "x+2": "vanishes-at"},
    ),
    "symmetry": family({"parity": {"variable": "x", "is": "even"}}, ["x^2", "cos(x)", "1"], {"x": "parity", "exp(x)": "parity"},
    ["x sin(x) + |x|^(1/3)"]),
    "matrices": family(
        {"symmetric": {}, "positive-definite": {}}, ["[[2,1],[1,2]]", "[[1,0],[0,1]]"], {"[[1,2],[3,4]]": "symmetric",
        "[[1,2],[2,1]]": "positive-definite"},
    ),
    "entries": family({"length": {"equals": "3"}, "total": {"equals": "1"}, "nonnegative": {}}, ["(1/2,1/4,1/4)", "(0,0,1)"],
                      {"(1,0)": "length", "(1,1,1)": "total", "(2,-1,0)": "nonnegative"}),
    "series": family(
        {"series-converges": {"variable": "n"}}, ["1/n^2", "1/n!", "(-1)^n/n"], {"1/n": "series-converges", "1": "series-converges"},
        ["sin(n)/n^2", "1/(n^2 + sin(n))"], n="positive integer",
    ),
    "densities": family(
        {"density": {"over": "-oo < x < oo"}}, ["exp(-x^2/2)/sqrt(2 pi)", "1 if 0 < x < 1 else 0", "exp(-|x|)/2"],
        {"exp(-x^2)": "density", "x": "density"},
        ["1/(pi(1+x^2))"],
    ),
    "networks": family({"one-layer-network": {"activation": "relu", "variable": "x"}}, ["relu(x)-relu(x-1)", "2 relu(3x+1)"],
    {"x^2": "one-layer-network"}),
    "identities": family({"identity": {"left": "answer(2x)", "right": "4 answer(x)"}}, ["x^2", "0", "x|x|"], {"x": "identity",
    "x^2+1": "identity"}, x="real"),
    "independence": family({"independent-of": {"variable": "y"}}, ["x", "1", "x+y-y"], {"y": "independent-of", "x y": "independent-of"},
    ["x + floor(y^2/(1+y^2))"]),
}  # fmt: skip


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "right"))
def test_right(table: Table, answer: Given, code: str) -> None:
    assert_right(table, answer, code)


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "wrong"))
def test_wrong(table: Table, answer: Given, code: str) -> None:
    assert_wrong(table, answer, code)


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "malformed"))
def test_malformed(table: Table, answer: Given, code: str) -> None:
    assert_malformed(table, answer, code)


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "open"))
def test_true_but_out_of_reach(table: Table, answer: Given, code: str) -> None:
    assert_never_wrong(table, answer)


@pytest.mark.full
@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "hostile"))
def test_hostile(table: Table, answer: Given, code: str) -> None:
    assert_harmless(table, answer)
