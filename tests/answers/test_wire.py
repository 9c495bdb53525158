"""Questions and replies as JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.protocol import Block, Field, Mistake, Option, Question, Reply
from companion.answers.wire import (
    Request,
    question_from_json,
    question_to_json,
    reply_from_json,
    reply_to_json,
    request_from_json,
    request_to_json,
)

QUESTION = Question(
    (
        Field("a", "expression", "x^2", {"symbols": {"x": "0 < x < 1"}, "points": [{"x": "1/2"}]}),
        Field("b", "order", ["p", "q"], blocks=(Block("p", "P"), Block("q", "Q", needs=("p",)), Block("z", "Z", why="no"))),
        Field("c", "choice", "yes", choices=(Option("yes", "Yes", "because"), Option("no", "No"))),
    ),
    (Mistake({"field": "a", "value": "x"}, "No."),),
)


def test_questions_come_back_as_they_were() -> None:
    assert question_from_json(json.loads(json.dumps(question_to_json(QUESTION)))) == QUESTION


def test_requests_come_back_as_they_were() -> None:
    request = Request("id", QUESTION, {"a": "x*x", "b": ["p", "q"], "c": "yes"}, 1.5)
    assert request_from_json(json.loads(json.dumps(request_to_json(request)))) == request


texts = st.text(max_size=20)
replies = st.recursive(
    st.builds(
        Reply,
        verdict=st.sampled_from(["correct", "incorrect", "invalid", "undecided"]),
        code=texts,
        message=texts,
        reading=texts,
        position=st.none() | st.integers(0, 99),
        certainty=st.sampled_from([None, "proved", "tested"]),
        mistake=st.none() | st.integers(0, 9),
        counterexample=st.none() | st.dictionaries(texts, texts, max_size=3),
    ),
    lambda inner: st.builds(Reply, verdict=st.just("correct"), code=texts, message=texts, parts=st.dictionaries(texts, inner, max_size=3)),
    max_leaves=4,
)


@given(replies)
def test_replies_come_back_as_they_were(reply: Reply) -> None:
    assert reply_from_json(json.loads(json.dumps(reply_to_json(reply)))) == reply


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "must be an object"),
        ({"fields": []}, "at least one field"),
        ({"fields": 3}, "must be a list"),
        ({"fields": [{"id": "a", "kind": "magic", "expected": "1"}]}, "kind"),
        ({"fields": [{"id": "a", "kind": "set", "expected": 1}]}, "key"),
        ({"fields": [{"id": "a", "kind": "set", "expected": "1"}] * 2}, "same id"),
        ({"fields": [{"id": "a", "kind": "set", "expected": "1", "blocks": [{"text": "x"}]}]}, "id of a block"),
        ({"fields": [{"id": "a", "kind": "set", "expected": "1"}], "mistakes": [{"when": {"value": 1}, "say": ""}]}, "test of a mistake"),
        ({"fields": [{"id": "a", "kind": "set", "expected": "1"}], "color": 1}, "color"),
    ],
)
def test_a_broken_question_is_described(value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        question_from_json(value)


@pytest.mark.parametrize("value", [3, {}, {"verdict": "perhaps"}, {"verdict": "correct", "parts": 3}, {"verdict": "correct", "code": 1}])
def test_a_broken_reply_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="reply"):
        reply_from_json(value)
