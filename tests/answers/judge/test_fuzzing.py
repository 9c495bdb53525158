"""Random tokens and random trees: the reader refuses with a place and a sentence, the judge always has one of its four verdicts."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.answers.errors import ReadError
from companion.answers.judge.budget import BudgetSpent, time_limit
from companion.answers.names import FUNCTIONS
from companion.answers.printing import to_tex, to_text
from companion.answers.protocol import Kind, Reply, Verdict
from companion.answers.reader import read
from companion.answers.tree import Node
from tests.answers.judge.asking import ask
from tests.answers.test_printing import EXPRESSIONS, LISTS, SETS, STATEMENTS

READABLE: list[Kind] = ["expression", "set", "relation", "list", "steps", "object"]
TOKENS = [
    *sorted(FUNCTIONS), *"xynftabe", "pi", "i", "oo", "alpha", "x_1", "x_{n+1}", *"0123456789", "0.5", "1e3", "½", "²", "∞", "π", "α",
    "√", "∫", "∑",
    *"+-*/^!=<>()[]{}|,;:'_.&\\$#@%~`?\"", "<=", ">=", "!=", "≤", "≥", "≠", "±", "→", "=>", "⇔", "∈", "∪", "∩", "∅", "‖", "⌊", "⌋",
    "and", "or", "not", "implies", "iff", "in", "if", "else", "d/dx", "dx", "lim", "sum", "integrate", "union", "R", "true", "false",
    "\\frac", "\\sqrt", "\\alpha", "\\int", "\\sum", "\\lim", "\\to", "\\left(", "\\right)", "\\begin{pmatrix}", "\\end{pmatrix}",
    "\\\\", "\\cdot",
    "\\in", "\\cup", "\\{", "\\}", "\\le", "\\infty", "\\text{if}", "\\operatorname{det}", "\\mathbb{R}", "\\,", " ", "\t", "\n",
    "\u200b", "\u202e", "\x00", "é", "×", "−",
]  # fmt: skip
STRINGS = st.lists(st.sampled_from(TOKENS), max_size=18).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)
TREES: dict[Kind, st.SearchStrategy[Node]] = {"expression": EXPRESSIONS, "set": SETS, "relation": STATEMENTS, "list": LISTS}
DEADLINE = 2.0


def assert_read_or_refused(text: str, kind: Kind) -> None:
    outcome = read_or_error(text, kind)
    if isinstance(outcome, ReadError):
        assert outcome.code
        assert outcome.message.endswith((".", "?"))
        assert 0 <= outcome.position <= len(text)
        assert all(letter.isprintable() for letter in outcome.message)
    else:
        assert to_tex(outcome)
        assert read(to_text(outcome), expecting=kind) == outcome


def read_or_error(text: str, kind: Kind) -> Node | ReadError:
    try:
        return read(text, expecting=kind)
    except ReadError as error:
        return error


def answered(kind: Kind, key: str, answer: str) -> Reply:
    """What the judge says within its deadline, which the parent keeps."""
    try:
        with time_limit(DEADLINE):
            return ask(kind, key, answer)
    except BudgetSpent:
        return Reply("undecided", "deadline", "Too late.")


def assert_a_verdict(reply: Reply) -> None:
    assert reply.verdict in get_args(Verdict)
    assert reply.code
    assert reply.message
    assert all(letter.isprintable() for letter in reply.message + reply.reading)
    assert (reply.certainty is not None) or reply.verdict != "correct"


def assert_judged(kind: Kind, first: Node, second: Node) -> None:
    """Two trees in every notation: a verdict for each pair, the same in each notation, and a tree is never wrong against itself."""
    key = to_text(first)
    replies = [answered(kind, key, text) for text in (to_text(second), to_tex(second))]
    for reply in replies:
        assert_a_verdict(reply)
    own = answered(kind, key, to_text(first))
    assert_a_verdict(own)
    assert own.verdict != "incorrect", own.message


@settings(max_examples=400, deadline=None)
@given(text=STRINGS | st.text(max_size=30), kind=st.sampled_from(READABLE))
def test_any_tokens(text: str, kind: Kind) -> None:
    assert_read_or_refused(text, kind)


@settings(max_examples=60, deadline=None)
@given(text=STRINGS, kind=st.sampled_from(READABLE[:5]))
def test_any_tokens_as_an_answer(text: str, kind: Kind) -> None:
    assert_a_verdict(answered(kind, {"set": "[0,1)", "relation": "x < 1", "list": "(x, 1)"}.get(kind, "x + 1"), text))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_any_trees(data: st.DataObject) -> None:
    kinds: list[Kind] = ["set", "list"]
    kind = data.draw(st.sampled_from(kinds))
    assert_judged(kind, data.draw(TREES[kind]), data.draw(TREES[kind]))


@pytest.mark.full
@settings(max_examples=20_000, deadline=None)
@given(text=STRINGS | st.text(max_size=60), kind=st.sampled_from(READABLE))
def test_any_tokens_at_length(text: str, kind: Kind) -> None:
    assert_read_or_refused(text, kind)


@pytest.mark.full
@pytest.mark.parametrize("kind", list(TREES))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_any_trees_at_length(kind: Kind, data: st.DataObject) -> None:
    assert_judged(kind, data.draw(TREES[kind]), data.draw(TREES[kind]))
