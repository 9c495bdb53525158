"""Sets and relations: right, wrong, malformed, hostile, and beyond decision."""

from __future__ import annotations

import pytest

from companion.answers.protocol import Given
from tests.answers.judge.rows import Table, assert_harmless, assert_malformed, assert_never_wrong, assert_right, assert_wrong, cases

NO_SET = {"": "read.empty", "[0,1": "read.bracket", "7": "type.expression", "2*": "read.missing-operand"}
NO_STATEMENT = {"": "read.empty", "x <": "read.missing-operand", "x+1": "type.expression", "x = = 1": "read.missing-operand"}

TABLES = {
    "interval": Table(
        "set", "(0, 1]", ["(0,1]", "]0,1]", "0 < x <= 1", "(0,1) U {1}", "(-1,1] \\ (-1,0]", "{x : 0 < x and x <= 1}",
        "(0, 1/2] ∪ [1/2, 1]"],
        {"[0,1]": "set.endpoint", "(0,1)": "set.endpoint", "(0,2]": "set.extra", "(1/2,1]": "set.missing", "[1,0)": "set.swapped",
         "{0,1}": "set.missing", "∅": "set.missing", "R": "set.extra"},
        NO_SET, ["(0, 1] U {x : x = x + 1}", "{x : 0 < x^3 and x^5 <= 1}"],
    ),
    "half line": Table(
        "set", "[2, oo)", ["[2,oo)", "x >= 2", "{x : x-2 >= 0}", "[2,3) U [3,oo)"],
        {"(2,oo)": "set.endpoint", "(-oo,2]": "set.extra", "[2,100]": "set.missing", "[3,oo)": "set.missing"}, NO_SET,
    ),
    "union": Table(
        "set", "(-oo,-1) U (1,oo)", ["(1,oo) U (-oo,-1)", "R \\ [-1,1]", "{x : x^2 > 1}", "{x : |x| > 1}"],
        {"(-1,1)": "set", "(-oo,-1] U [1,oo)": "set.endpoint", "(1,oo)": "set.missing"}, NO_SET,
    ),
    "finite set": Table(
        "set", "{1/2, sqrt(2), -1}", ["{-1, 0.5, 2^(1/2)}", "{-1,1/2,sqrt 2, 2/4}", "{sqrt(8)/2, -1, 1/2}"],
        {"{1/2, -1, 3}": "set.extra", "{1/2, 1.41421, -1}": "set.extra", "{-1}": "set.missing", "∅": "set.missing",
        "{1/2, sqrt(2), -1, 0}": "set.extra"},
        NO_SET,
    ),
    "empty set": Table("set", "∅", ["∅", "{}", "(1,1)", "(0,1) ∩ (2,3)"], {"{0}": "set.extra", "R": "set.extra", "[1,1]": "set"}, NO_SET),
    "set with a parameter": Table(
        "set", "(-a, a)", ["(-a,a)", "{x : |x| < a}", "{x : x^2 < a^2}"], {"[-a,a]": "set.endpoint", "(a,-a)": "set.swapped",
        "(0,a)": "set.missing"}, NO_SET,
        options={"symbols": {"a": "positive", "x": "real"}},
    ),
    "equation": Table(
        "relation", "y = 2x + 1", ["2x + 1 = y", "y - 2x = 1", "2y = 4x + 2", "x = (y-1)/2"],
        {"y = 2x": "relation", "y = 2x - 1": "relation", "y > 2x + 1": "relation", "y != 2x+1": "relation"},
        NO_STATEMENT,
    ),
    "inequality": Table(
        "relation", "x < 2", ["2 > x", "x - 2 < 0", "-x > -2", "3x < 6", "not x >= 2"],
        {"x <= 2": "relation.boundary", "x > 2": "relation.direction", "x < 3": "relation"}, NO_STATEMENT, ["x^3 + x < 10",
        "exp(x) < exp(2)", "x + sin(x) < 2 + sin(2)"],
    ),
    "double inequality": Table(
        "relation", "0 < x < 1", ["0 < x and x < 1", "1 > x > 0", "x^2 < x", "x(1-x) > 0"],
        {"0 <= x <= 1": "relation.boundary", "x < 1": "relation", "x < 0 or x > 1": "relation"}, NO_STATEMENT,
    ),
    "alternatives": Table(
        "relation", "x = 1 or x = -1", ["x^2 = 1", "x = ±1", "|x| = 1", "x = -1 or x = 1"],
        {"x = 1": "relation", "x = 1 and x = -1": "relation", "x = 1 or x = 2": "relation"}, NO_STATEMENT,
    ),
    "not equal": Table("relation", "x != 0", ["x ≠ 0", "not x = 0", "x^2 > 0", "x < 0 or x > 0"], {"x = 0": "relation",
    "x > 0": "relation"}, NO_STATEMENT),
    "membership": Table(
        "relation", "x in [0, 1)", ["0 <= x < 1", "x in [0,1)", "x >= 0 and not x >= 1"], {"x in [0,1]": "relation.boundary",
        "x in (0,1)": "relation.boundary"}, NO_STATEMENT,
    ),
    "logic": Table(
        "relation", "p implies q", ["not p or q", "not q implies not p", "p => q", "not (p and not q)"],
        {"q implies p": "relation", "p and q": "relation", "p iff q": "relation"},
        {"": "read.empty", "p and": "read.missing-operand", "p + 1": "type.expression"},
    ),
    "declared domain": Table(
        "relation", "x^2 > 4", ["x > 2", "x - 2 > 0"], {"x >= 2": "relation.boundary", "x > 4": "relation"}, NO_STATEMENT,
        options={"symbols": {"x": "positive"}},
    ),
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
