"""Lists, choices, orders and derivations: right, wrong, malformed, hostile, and beyond decision."""

from __future__ import annotations

import pytest

from companion.answers.protocol import Block, Given, Option
from tests.answers.judge.rows import Table, assert_harmless, assert_malformed, assert_never_wrong, assert_right, assert_wrong, cases

NO_LIST = {"": "read.empty", "(1,2": "read.bracket", "7": "type.expression", "{1,2}": "type.set", "(1,,2)": "read.missing-operand"}
OPTIONS = (
    Option("a", "continuous", "It is."),
    Option("b", "bounded", "It is, too."),
    Option("c", "differentiable", "Not at 0."),
    Option("d", "open"),
)
PROOF = (
    Block("let", "Let ε > 0."), Block("cover", "Cover it.", ("let",)), Block("least", "Take the least.", ("cover",)),
    Block("bound", "Bound the rest.", ("let",)), Block("end", "Hence the claim.", ("least", "bound")),
    Block("bad", "Exchange the limits.", why="Nothing allows that."),
)  # fmt: skip

TABLES = {
    "tuple": Table(
        "list", "(1/2, x, sqrt(2))", ["(0.5, x, 2^(1/2))", "(2/4, x+0, sqrt(8)/2)", "0.5, x, sqrt 2"],
        {"(1/2, x, 2)": "list.entry", "(x, 1/2, sqrt(2))": "list.entry", "(1/2, x)": "list.length",
        "(1/2, x, sqrt(2), 0)": "list.length"}, NO_LIST,
        ["(1/2, x + integrate(t^t, t, 2, 2), sqrt(2))"],
    ),
    "matrix": Table(
        "list", "[[1,x],[0,2]]", ["[[1,x],[0,2]]", "[[2/2,x],[x-x,4/2]]", "[[1,0],[0,2]] + [[0,x],[0,0]]",
        "\\begin{pmatrix}1&x\\\\0&2\\end{pmatrix}"],
        {"[[1,0],[x,2]]": "list.transposed", "[[1,x],[0,3]]": "list.entry", "[[1,x]]": "list.shape", "[[1,x,0],[0,2,0]]": "list.shape"},
        {**NO_LIST, "[[1,2],[3]]": "read.matrix"},
    ),
    "column": Table("list", "(3, 4)", ["[[3],[4]]", "(3,4)", "(6/2, 2^2)"], {"(4,3)": "list.entry", "[[3,4],[0,0]]": "list.shape"},
    NO_LIST),
    "texts": Table("list", ["1", "x^2"], [["1", "x*x"], "(1, x^2)"], [(["1", "x"], "list.entry"), (["1"], "list.length")], [(["1",
    "2*"], "read.missing-operand")]),
    "pairs": Table("list", "((0,1),(2,3))", ["((0,1),(2,3))"], {"((0,1),(3,2))": "list.entry", "((1,0),(2,3))": "list.entry"}, NO_LIST),
    "tolerance of entries": Table("list", "(pi, e)", ["(3.1416, 2.7183)"], {"(3.2, 2.7183)": "list.entry"}, NO_LIST,
    options={"rtol": 0.001}),
    "single choice": Table(
        "choice", "c", ["c", ["c"]], {"a": "choice.wrong", "b": "choice.wrong"}, [([], "choice.empty"), ("z", "choice.unknown")],
        choices=OPTIONS,
    ),
    "several choices": Table(
        "choice", ["a", "b"], ["a, b", ["b", "a"], "b a"], [("a", "choice.missing"), (["a", "c"], "choice.wrong"), (["a", "b", "d"],
        "choice.wrong")],
        [([], "choice.empty"), ("a, z", "choice.unknown")], choices=OPTIONS,
    ),
    "order": Table(
        "order", ["let", "cover", "least", "bound", "end"], [["let", "cover", "least", "bound", "end"], "let bound cover least end"],
        [("let cover least end bound", "order.unsupported"), ("cover let least bound end", "order.unsupported"),
         ("let cover bad least bound end", "order.distractor"), ("let cover least bound", "order.missing"), ("let", "order.missing")],
        [([], "order.empty"), ("let let", "order.repeated"), ("let nothing", "order.unknown")], blocks=PROOF,
    ),
    "order without blocks": Table("order", ["p", "q", "r"], ["p q r"], {"p r q": "order.unsupported", "p q": "order.missing"},
    {"p x": "order.unknown"}),
    "equalities": Table(
        "steps", "(x+1)^2 = x^2+2x+1", [["(x+1)^2", "= (x+1)(x+1)", "= x^2 + 2x + 1"], "(x+1)^2\n= x^2+2x+1"],
        [(["(x+1)^2", "= x^2 + 1"], "steps.line"), (["(x+1)^2", "= x^2 + 2x + 1", "= x^2 + 3x"], "steps.line")],
        [([], "read.empty"), (["(x+1)^2", "= 2*"], "read.missing-operand")],
    ),
    "inequalities": Table(
        "steps", None, [["x^2 + 1", ">= 2 x", "> 2x - 1"], ["x^2", ">= 0"]], [(["x^2", ">= x"], "steps.line"), (["x^2 + 1", "<= 2 x"],
        "steps.line")],
        [(["x^2", ">="], "read.empty")], [["x^2 + 1", ">= 2x", ">= 2x - exp(-x^40)"], ["x - sin(x)", "<= x + 1", "<= x + 1 + |sin(x^9)|"]],
    ),
    "equations": Table(
        "steps", None, [["2x + 4 = 10", "2x = 6", "x = 3"], ["x^2 = 4", "x = 2 or x = -2"]],
        [(["2x = 6", "x = 4"], "steps.line"), (["x^2 = 4", "x = 2"], "steps.lost")], [(["2x = ", "x = 3"], "read.missing-operand")],
    ),
    "implications": Table(
        "steps", None, [["x = 2", "=> x^2 = 4"], ["x > 1", "=> x^2 > 1"]], [(["x^2 = 4", "=> x = 2"], "steps.line")], [(["x = 2", "=>"],
        "read.empty")],
    ),
    "given and so many lines": Table(
        "steps", "x = 3", [["2x = 6", "x = 3"]], [(["2x = 6"], "steps.short"), (["2x = 5", "x = 5/2"], "steps.line")], [([], "read.empty")],
        options={"given": "2x + 4 = 10", "min_lines": 2},
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
