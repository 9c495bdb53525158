"""What must not change a verdict, and what must."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from companion.answers.client import Grader
from companion.answers.printing import to_text
from companion.answers.protocol import Field, Kind, Question
from companion.answers.reader import read
from companion.answers.transform import replace_leaf, with_children
from companion.answers.tree import Bound, FiniteSet, Limit, Logic, Node, Product, SetOperation, Sum, Symbol
from tests.answers.judge.asking import ask

PAIRS: list[tuple[Kind, str, str]] = [
    ("expression", "sin(2x)", "2 sin x cos x"),
    ("expression", "(x+y)^3", "x^3 + 3x^2 y + 3 x y^2 + y^3"),
    ("expression", "1/(1+e^(-x))", "e^x/(1+e^x)"),
    ("expression", "|x| + x", "2 max(x, 0)"),
    ("expression", "n(n+1)/2", "sum(k, k, 1, n)"),
    ("expression", "1/3", "∫_0^1 t^2 dt"),
    ("expression", "e", "limit((1+1/n)^n, n, oo)"),
    ("expression", "pi^2/6", "sum(1/k^2, k, 1, oo)"),
    ("expression", "x^2 - 1", "(x-1)(x+2)"),
    ("expression", "sqrt(x^2)", "x"),
    ("expression", "cos(x)/y", "cos(x/y)"),
    ("expression", "sum(k^2, k, 1, 4)", "29"),
    ("set", "[0, 1) union {2}", "{2} union [0, 1)"),
    ("set", "{1, 2, 3}", "{1, 3}"),
    ("relation", "x + y = 2 and x > 0", "0 < x and y = 2 - x"),
    ("relation", "x < 1 or x > 2", "x < 1 and x > 2"),
    ("list", "(x, 2y)", "(x, y + y)"),
    ("list", "[[x + 1, 0], [2, sum(k, k, 1, 3)]]", "[[1 + x, 0], [2, 6]]"),
    ("expression", "integrate(integrate(s*t, t, 0, s), s, 0, 1)", "1/8"),
    ("expression", "sum(x^k/k!, k, 0, 3)", "1 + x + x^2/2 + x^3/6"),
    ("set", "{x : |x - 1| < 2}", "(-1, 3)"),
]
IDS = [f"{key} ~ {answer}" for _, key, answer in PAIRS]


def reordered(node: Node) -> Node:
    """The tree with every sum, product, union and list of alternatives turned round."""
    node = with_children(node, reordered)
    if isinstance(node, Sum):
        return replace(node, terms=node.terms[::-1])
    if isinstance(node, Product):
        return replace(node, factors=node.factors[::-1])
    if isinstance(node, FiniteSet):
        return replace(node, elements=node.elements[::-1])
    if (isinstance(node, SetOperation) and node.operator != "difference") or (isinstance(node, Logic) and node.connective in ("and", "or")):
        return replace(node, operands=node.operands[::-1])
    return node


def renamed(node: Node) -> Node:
    """The tree with every bound variable under another name."""
    node = with_children(node, renamed)
    if isinstance(node, Bound | Limit):
        fresh = Symbol(f"w_{node.variable.name}")
        changed = replace_leaf(node.body, node.variable, fresh)
        return replace(node, body=changed, variable=fresh)
    return node


@pytest.mark.parametrize(("kind", "key", "answer"), PAIRS, ids=IDS)
def test_order_and_bound_names_do_not_matter(kind: Kind, key: str, answer: str) -> None:
    verdict = ask(kind, key, answer).verdict
    tree, other = read(answer, expecting=kind), read(key, expecting=kind)
    assert ask(kind, key, to_text(reordered(tree))).verdict == verdict
    assert ask(kind, key, to_text(renamed(tree))).verdict == verdict
    assert ask(kind, to_text(reordered(other)), answer).verdict == verdict
    assert ask(kind, to_text(renamed(other)), answer).verdict == verdict


@pytest.mark.parametrize(("key", "answer"), [(key, answer) for kind, key, answer in PAIRS if kind == "expression"])
@pytest.mark.parametrize("change", ["({}) + 0", "0 - -({})", "1*({})", "({})*1", "({})/1", "({})^1", "({}) + x - x", "2({})/2"])
def test_neutral_changes_of_an_answer(key: str, answer: str, change: str) -> None:
    verdict = ask("expression", key, answer).verdict
    assert ask("expression", key, change.format(answer)).verdict == verdict
    assert ask("expression", change.format(key), answer).verdict == verdict


@pytest.mark.parametrize(("kind", "key", "answer"), PAIRS, ids=IDS)
def test_twenty_times_the_same(kind: Kind, key: str, answer: str) -> None:
    first = ask(kind, key, answer)
    assert all(ask(kind, key, answer) == first for _ in range(19 if len(answer) < 12 else 3))


ATOMS = st.sampled_from(["x", "y", "2", "3", "1/2", "pi", "e"])
FUNCTIONS = st.sampled_from(
    ["sin({})", "cos({})", "exp({})", "atan({})", "|{}|", "({})^2", "({})^3", "1/(2+({})^2)", "-({})", "sqrt(1+({})^2)"]
)
TERMS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(lambda shape, text: shape.format(text), FUNCTIONS, inner)
        | st.builds(lambda sign, left, right: f"({left}){sign}({right})", st.sampled_from("+-*"), inner, inner)
    ),
    max_leaves=5,
)
NONZERO = st.sampled_from(["1", "-2", "1/1000", "10^(-12)", "x", "-y", "x^2", "sin(x)", "x y", "exp(-x^2)", "|x|", "1/(1+y^2)"])


def assert_neutral(key: str) -> None:
    tree = read(key)
    for text in (f"({key}) + 0", f"1*({key})", to_text(reordered(tree)), to_text(tree)):
        assert ask("expression", key, text).verdict == "correct"


def assert_exchangeable(left: str, right: str) -> None:
    assert ask("expression", left, right).verdict == ask("expression", right, left).verdict


@settings(max_examples=25, deadline=None)
@given(key=TERMS)
def test_neutral_changes(key: str) -> None:
    assert_neutral(key)


@settings(max_examples=40, deadline=None)
@given(key=TERMS, term=NONZERO)
def test_a_term_more_is_wrong(key: str, term: str) -> None:
    assert ask("expression", key, f"({key}) + {term}").verdict == "incorrect"


@settings(max_examples=30, deadline=None)
@given(left=TERMS, right=TERMS)
def test_answer_and_key_may_be_exchanged(left: str, right: str) -> None:
    assume(left != right)
    assert_exchangeable(left, right)


SHAPES: list[tuple[Kind, str, str]] = [
    ("list", "(x, {0}, 2)", "2"), ("list", "[[1, {0}], [x, 3]]", "1,2"), ("list", "[[{0}, 0], [0, 1]]", "1,1"), ("list", "({0}, y)", "1"),
    ("set", "{{7, {0}}}", "element"), ("relation", "z = {0}", "z"), ("relation", "z < {0}", "z"),
    ("expression", "integrate(t*({0}), t, 0, 1)", ""), ("expression", "sum(k*({0}), k, 1, 3)", ""), ("expression",
    "det([[{0}, 1], [0, 2]])", ""),
]  # fmt: skip
"""Ways in which a formula stands inside something else, and what the reply names when the formula is wrong."""
POLYNOMIALS = st.builds(lambda a, b, c: f"{a}x^2 + {b}x + {c}", st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
CHANGES = st.sampled_from(["1", "-2", "1/1000", "10^(-12)", "x", "x^2", "7x"])


def assert_shape_follows(kind: Kind, shape: str, named: str, formula: str, term: str) -> None:
    """Inside whatever it stands, a formula may be rewritten, and may not be changed; the reply names the place."""
    key = shape.format(formula)
    for same in (f"({formula}) + 0", f"1*({formula})", to_text(reordered(read(formula)))):
        assert ask(kind, key, shape.format(same)).verdict == "correct"
    changed = ask(kind, key, shape.format(f"{formula} + ({term})"))
    assert changed.verdict == "incorrect"
    if named in ("z", "element"):
        assert named in (changed.counterexample or {})
    elif named:
        assert (changed.counterexample or {})["entry"] == named


@pytest.mark.parametrize(("kind", "shape", "named"), SHAPES, ids=[shape for _, shape, _ in SHAPES])
@settings(max_examples=2, deadline=None)
@given(formula=POLYNOMIALS, term=CHANGES)
def test_inside_something_else(kind: Kind, shape: str, named: str, formula: str, term: str) -> None:
    assert_shape_follows(kind, shape, named, formula, term)


@pytest.mark.full
@pytest.mark.parametrize(("kind", "shape", "named"), SHAPES, ids=[shape for _, shape, _ in SHAPES])
@settings(max_examples=80, deadline=None)
@given(formula=POLYNOMIALS, term=CHANGES)
def test_inside_something_else_at_length(kind: Kind, shape: str, named: str, formula: str, term: str) -> None:
    assert_shape_follows(kind, shape, named, formula, term)


@pytest.mark.full
@settings(max_examples=600, deadline=None)
@given(key=TERMS, term=NONZERO, other=TERMS)
def test_invariance_at_length(key: str, term: str, other: str) -> None:
    assert_neutral(key)
    assert_exchangeable(key, other)
    assert ask("expression", key, f"({key}) + {term}").verdict == "incorrect"


@pytest.mark.full
def test_twenty_processes_agree() -> None:
    questions = [(Question((Field("answer", kind, key),)), answer) for kind, key, answer in PAIRS]
    runs = set()
    for _ in range(20):
        with Grader() as grader:
            runs.add(tuple((reply.verdict, reply.code, reply.message) for reply in grader.many(questions)))
    assert len(runs) == 1
