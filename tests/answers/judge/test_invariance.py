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
        fresh = Symbol("w")
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
