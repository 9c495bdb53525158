"""Choices, and proofs from shuffled blocks."""

import pytest

from companion.answers.judge.question import judge_field
from companion.answers.protocol import Block, Field, Given, Option

OPTIONS = (Option("tanh", "$\\tanh$"), Option("relu", "ReLU"), Option("cube", "$t^3$", "All sums of cubics are cubics."))
CHOICE = Field("answer", "choice", ["tanh", "relu"], choices=OPTIONS)

PROOF = Field(
    "answer",
    "order",
    ["a", "b", "c", "d"],
    blocks=(
        Block("a", "Let $\\varepsilon>0$."),
        Block("b", "Choose $\\delta$.", needs=("a",)),
        Block("c", "Take $x$ near $a$.", needs=("a",)),
        Block("d", "Then $|f(x)-f(a)|<\\varepsilon$.", needs=("b", "c")),
        Block("z", "By compactness.", why="Nothing here is compact."),
    ),
)


@pytest.mark.parametrize(
    ("given", "verdict", "code"),
    [
        (["relu", "tanh"], "correct", "equal"),
        ("tanh, relu", "correct", "equal"),
        ("tanh", "incorrect", "choice.missing"),
        ("tanh cube", "incorrect", "choice.wrong"),
        ("softplus", "invalid", "choice.unknown"),
        ([], "invalid", "choice.empty"),
    ],
)
def test_choices(given: Given, verdict: str, code: str) -> None:
    reply = judge_field(CHOICE, given)
    assert (reply.verdict, reply.code) == (verdict, code)


def test_a_wrong_choice_says_why() -> None:
    assert judge_field(CHOICE, ["cube"]).message == "All sums of cubics are cubics."


@pytest.mark.parametrize(
    ("given", "verdict", "code"),
    [
        ("a b c d", "correct", "equal"),
        (["a", "c", "b", "d"], "correct", "equal"),
        ("a,b,d,c", "incorrect", "order.unsupported"),
        ("b a c d", "incorrect", "order.unsupported"),
        ("a z b c d", "incorrect", "order.distractor"),
        ("a b c", "incorrect", "order.missing"),
        ("a b c q", "invalid", "order.unknown"),
        ("a b b c d", "invalid", "order.repeated"),
        ("", "invalid", "read.empty"),
    ],
)
def test_orders(given: Given, verdict: str, code: str) -> None:
    reply = judge_field(PROOF, given)
    assert (reply.verdict, reply.code) == (verdict, code)


def test_the_first_unsupported_line_is_named() -> None:
    reply = judge_field(PROOF, "a b d c")
    assert reply.counterexample == {"block": "d", "line": "3"}
    assert reply.message.startswith("Line 3 (Then")


def test_without_blocks_the_key_is_the_order() -> None:
    field = Field("answer", "order", ["p", "q"])
    assert judge_field(field, "p q").verdict == "correct"
    assert judge_field(field, "q p").code == "order.unsupported"


def test_a_kind_that_cannot_be_judged_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.answers.judge.question.JUDGED", ("expression",))
    reply = judge_field(Field("answer", "order", None), ["x=1"])
    assert (reply.verdict, reply.code) == ("invalid", "kind.unsupported")
