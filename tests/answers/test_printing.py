"""Tree → TeX and back to typed text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.answers.printing import to_tex, to_text
from companion.answers.protocol import Kind
from companion.answers.reader import read
from companion.answers.tree import (
    Apply,
    Bound,
    Call,
    Conditional,
    Constant,
    Derivative,
    FiniteSet,
    Hole,
    Interval,
    Limit,
    Logic,
    Matrix,
    Membership,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    SetBuilder,
    SetOperation,
    Several,
    Sum,
    Symbol,
    Tuple,
)


@pytest.mark.parametrize(
    ("typed", "kind", "tex"),
    [
        ("2t/4", "expression", r"\frac{2 t}{4}"),
        ("2*3", "expression", r"2\cdot 3"),
        ("2*3^t", "expression", r"2\cdot 3^{t}"),
        ("t*2", "expression", r"t\cdot 2"),
        ("2*(1/3)", "expression", r"2\cdot \frac{1}{3}"),
        ("t(t+1)", "expression", r"t\left(t+1\right)"),
        ("f*(t+1)", "expression", r"f\cdot \left(t+1\right)"),
        ("f(t+1)", "expression", r"f\left(t+1\right)"),
        ("p-(q-r)", "expression", r"p-\left(q-r\right)"),
        ("p--q", "expression", r"p-\left(-q\right)"),
        ("(-t)^2", "expression", r"\left(-t\right)^{2}"),
        ("(t^2)^3", "expression", r"\left(t^{2}\right)^{3}"),
        ("(1/2)^n", "expression", r"\left(\frac{1}{2}\right)^{n}"),
        ("0.5^n", "expression", r"0.5^{n}"),
        ("2e-3", "expression", r"2\cdot 10^{-3}"),
        ("sin^2 t", "expression", r"\sin^{2}\left(t\right)"),
        ("sin(t)^(-1)", "expression", r"\left(\sin\left(t\right)\right)^{-1}"),
        ("f(t)^2", "expression", r"f\left(t\right)^{2}"),
        ("(n+1)!", "expression", r"\left(n+1\right)!"),
        ("alpha_1 speed", "expression", r"\alpha_{1}\,\mathrm{speed}"),
        ("x_max", "expression", r"x_{\mathrm{max}}"),
        ("Alpha", "expression", r"\mathrm{A}"),
        ("asinh(t)", "expression", r"\operatorname{arsinh}\left(t\right)"),
        ("log_2 t", "expression", r"\log_{2}\left(t\right)"),
        ("|t|^2", "expression", r"\left|t\right|^{2}"),
        ("norm(u,2)", "expression", r"\left\|u\right\|_{2}"),
        ("conj(z)", "expression", r"\overline{z}"),
        ("∫_0^1 t+1 dt", "expression", r"\int_{0}^{1} t+1\,dt"),
        ("sum_(k=1)^n (k+1)", "expression", r"\sum_{k=1}^{n} \left(k+1\right)"),
        ("2 sum(k,k,1,n) t", "expression", r"2 \left(\sum_{k=1}^{n} k\right)\,t"),
        ("lim_(t->0+) 1/t", "expression", r"\lim_{t\to 0^{+}} \frac{1}{t}"),
        ("d/dt (t+1)", "expression", r"\frac{d}{dt}\left(t+1\right)"),
        ("t if t>0 else 0", "expression", r"\begin{cases}t & \text{if } t > 0 \\ 0 & \text{otherwise}\end{cases}"),
        ("[0,oo) U {-1}", "set", r"\left[0, \infty\right)\cup \left\{-1\right\}"),
        ("{t : t>0}", "set", r"\left\{t : t > 0\right\}"),
        ("t=±1", "relation", r"t = \pm 1"),
        ("not (t<1 or t>2)", "relation", r"\lnot \left(t < 1\;\text{or}\;t > 2\right)"),
        ("t notin Z", "relation", r"t \notin \mathbb{Z}"),
        ("1, t", "expression", r"1,\quad t"),
        ("[[1,2],[3,4]]", "list", r"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}"),
    ],
)
def test_tex(typed: str, kind: Kind, tex: str) -> None:
    assert to_tex(read(typed, expecting=kind)) == tex


@pytest.mark.parametrize(
    ("node", "tex", "text"),
    [
        (Number(Fraction(-3)), "-3", "-3"),
        (Number(Fraction(-1, 2)), r"-\frac{1}{2}", "-1/2"),
        (Sum((Symbol("x"), Number(Fraction(-3)))), "x-3", "x - 3"),
        (Product((Number(Fraction(-3)), Symbol("x"))), r"\left(-3\right) x", "(-3)*x"),
        (Power(Number(Fraction(-3)), Symbol("n")), r"\left(-3\right)^{n}", "(-3)^n"),
        (Power(Number(Fraction(1, 2)), Symbol("n")), r"\left(\frac{1}{2}\right)^{n}", "(1/2)^n"),
        (Quotient(Number(Fraction(1, 2)), Symbol("n")), r"\frac{\frac{1}{2}}{n}", "(1/2)/n"),
        (Hole(), r"\square ", "?"),
    ],
)
def test_computed_numbers(node: Node, tex: str, text: str) -> None:
    assert (to_tex(node), to_text(node)) == (tex, text)


SYMBOLS = st.sampled_from(["x", "y", "n", "alpha", "x_1", "w_max"]).map(Symbol)
INTEGERS = st.integers(0, 30).map(lambda value: Number(Fraction(value), str(value)))
NUMBERS = st.one_of(
    INTEGERS,
    st.sampled_from([Number(Fraction(1, 4), "0.25"), Number(Fraction(1, 2), "½"), Number(Fraction(300), "3e2")]),
)
UNARY = ["sin", "asinh", "ln", "sqrt", "abs", "factorial", "floor", "re"]
BINARY = ["log", "root", "max", "binomial", "norm", "mod"]
CONSTANTS = st.sampled_from(["pi", "e", "i", "infinity"]).map(Constant)
LEAVES = SYMBOLS | NUMBERS | CONSTANTS


def _pairs(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(inner, min_size=2, max_size=4).map(tuple)


def _relations(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    single = st.builds(lambda left, sign, right: Relation((left, right), (sign,)), inner, signs, inner)
    chain = st.builds(lambda a, b, c: Relation((a, b, c), ("<", "<=")), inner, inner, inner)
    return single | chain


def _expressions(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        _pairs(inner).map(Sum),
        _pairs(inner | inner.map(Negative)).map(Sum),
        _pairs(inner).map(Product),
        inner.map(Negative),
        st.builds(Quotient, inner, inner),
        st.builds(Power, inner, inner),
        st.builds(lambda name, argument: Call(name, (argument,)), st.sampled_from(UNARY), inner),
        st.builds(lambda name, a, b: Call(name, (a, b)), st.sampled_from(BINARY), inner, inner),
        st.builds(lambda argument, primes: Apply("f", (argument,), primes), inner, st.integers(0, 2)),
        st.builds(lambda body, variable, low, high: Bound("integral", body, variable, low, high), inner, SYMBOLS, inner, inner),
        st.builds(lambda body, variable: Bound("integral", body, variable), inner, SYMBOLS),
        st.builds(lambda body, low, high: Bound("sum", body, Symbol("k"), low, high), inner, inner, inner),
        inner.map(lambda body: Bound("supremum", body, Symbol("t"), condition=Relation((Symbol("t"), Symbol("x")), ("<",)))),
        st.builds(Derivative, inner, SYMBOLS, st.integers(1, 3)),
        st.builds(Limit, inner, SYMBOLS, inner, st.sampled_from(["both", "left", "right"])),
        st.builds(lambda value, condition, other: Conditional(((value, condition),), other), inner, _relations(inner), inner),
    )


EXPRESSIONS = st.recursive(LEAVES, _expressions, max_leaves=12)
STATEMENTS = st.recursive(
    _relations(EXPRESSIONS | EXPRESSIONS.map(PlusMinus))
    | st.builds(Membership, EXPRESSIONS, st.builds(Interval, NUMBERS, NUMBERS, st.booleans(), st.booleans()), st.booleans()),
    lambda inner: st.one_of(
        st.builds(lambda word, operands: Logic(word, operands), st.sampled_from(["and", "or"]), _pairs(inner)),
        st.builds(lambda word, a, b: Logic(word, (a, b)), st.sampled_from(["implies", "iff"]), inner, inner),
        inner.map(lambda operand: Logic("not", (operand,))),
    ),
    max_leaves=5,
)
PIECES = st.one_of(
    st.builds(Interval, NUMBERS, SYMBOLS, st.booleans(), st.booleans()),
    st.lists(EXPRESSIONS, max_size=3).map(lambda elements: FiniteSet(tuple(elements))),
    st.builds(SetBuilder, SYMBOLS, _relations(LEAVES)),
    st.sampled_from(["reals", "integers", "emptyset"]).map(Constant),
)
SETS = st.recursive(
    PIECES,
    lambda inner: (
        st.builds(SetOperation, st.sampled_from(["union", "intersection"]), _pairs(inner))
        | st.builds(lambda a, b: SetOperation("difference", (a, b)), inner, inner)
    ),
    max_leaves=4,
)
LISTS = _pairs(EXPRESSIONS).map(Tuple) | st.builds(lambda a, b, c, d: Matrix(((a, b), (c, d))), EXPRESSIONS, EXPRESSIONS, LEAVES, LEAVES)


@settings(max_examples=250)
@given(tree=EXPRESSIONS)
def test_expressions_read_back(tree: Node) -> None:
    assert read(to_text(tree)) == tree
    assert to_tex(tree)


@settings(max_examples=120)
@given(tree=STATEMENTS)
def test_statements_read_back(tree: Node) -> None:
    assert read(to_text(tree), expecting="relation") == tree
    assert to_tex(tree)


@settings(max_examples=120)
@given(tree=SETS)
def test_sets_read_back(tree: Node) -> None:
    assert read(to_text(tree), expecting="set") == tree
    assert to_tex(tree)


@settings(max_examples=80)
@given(tree=LISTS)
def test_lists_read_back(tree: Node) -> None:
    assert read(to_text(tree), expecting="list") == tree


@settings(max_examples=60)
@given(tree=_pairs(EXPRESSIONS).map(Several))
def test_several_read_back(tree: Node) -> None:
    assert read(to_text(tree)) == tree


@settings(max_examples=150)
@given(tree=st.recursive(SYMBOLS | CONSTANTS | INTEGERS, _expressions, max_leaves=12))
def test_the_tex_of_a_reading_can_be_typed(tree: Node) -> None:
    """The reading shows what was read: whoever copies it and types it as the answer is understood alike."""
    assert read(to_tex(tree)) == tree
