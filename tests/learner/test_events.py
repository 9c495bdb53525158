from __future__ import annotations

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.protocol import Verdict
from companion.learner.events import Attempt, Dispute, Goal, Known, Payload, Recheck, Undo, Unknown, decode, encode, kind_of
from companion.learner.identifiers import Identifiers

texts = st.text()
ids = st.from_regex(r"[a-z]{1,8}/[a-z0-9-]{1,8}", fullmatch=True)
counts = st.integers(0, 10**6)
verdicts: st.SearchStrategy[Verdict] = st.sampled_from(["correct", "incorrect", "invalid", "undecided"])
attempts = st.builds(
    Attempt,
    exercise=ids,
    hash=texts,
    seed=counts,
    answer=st.dictionaries(texts, st.one_of(texts, st.lists(texts)), max_size=3),
    verdict=verdicts,
    skill=ids,
    code=texts,
    reading=texts,
    judge=ids,
    hints=counts,
    seconds=st.floats(0, 1e6),
    solution_seen=st.booleans(),
    uses=st.lists(ids, max_size=3).map(tuple),
    mistake=st.none() | counts,
    rung=texts,
)
rechecks = st.builds(Recheck, attempt=ids, verdict=verdicts, judge=ids, code=texts, reading=texts, mistake=st.none() | counts)
goals = st.builds(Goal, kind=st.sampled_from(["topic", "reading", "approach", None]), id=ids)
payloads: st.SearchStrategy[Payload] = st.one_of(
    attempts,
    goals,
    rechecks,
    st.builds(Dispute, attempt=ids, note=st.text(st.characters())),
    st.builds(Known, topic=ids, known=st.booleans()),
    st.builds(Undo, event=ids),
)


@given(payloads)
def test_a_payload_comes_back_from_json(payload: Payload) -> None:
    text = encode(payload)
    assert text.isascii()
    assert decode(kind_of(payload), text) == payload


def test_what_a_newer_version_adds_is_kept_and_ignored() -> None:
    newer = {"topic": "sets", "known": True, "because": "I taught it"}
    assert decode("known", json.dumps(newer)) == Known("sets")
    assert decode("mood", '{"a": 1}') == Unknown("mood", {"a": 1})


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("known", "{"),
        ("known", "[" * 100_000),
        ("known", "[]"),
        ("known", '{"topic": "sets", "known": "yes"}'),
        ("known", '{"topic": "\\ud800", "known": true}'),
        ("goal", '{"kind": "planet", "id": "mars"}'),
        ("goal", '{"kind": ["topic"], "id": "sets"}'),
        ("undo", '{"event": 3}'),
        ("attempt", '{"exercise": "a/b"}'),
        ("attempt", '{"exercise": "a/b", "hash": "", "seed": 1e999, "answer": {}, "verdict": "correct", "skill": "a/s"}'),
        ("attempt", '{"exercise": "a/b", "hash": "", "seed": 0, "answer": [], "verdict": "correct", "skill": "a/s"}'),
        ("attempt", '{"exercise": "a/b", "hash": "", "seed": 0, "answer": {}, "verdict": "maybe", "skill": "a/s"}'),
    ],
)
def test_a_payload_that_makes_no_sense_is_unknown_and_no_error(kind: str, text: str) -> None:
    assert isinstance(decode(kind, text), Unknown)


@pytest.mark.parametrize("change", [{"seed": -1}, {"seed": 2**70}, {"hints": -1}, {"seconds": float("nan")}, {"skill": "\ud800"}])
def test_what_could_not_be_read_back_is_not_stored(change: dict[str, object]) -> None:
    fields: dict[str, object] = {"exercise": "a/b", "hash": "", "seed": 0, "answer": {}, "verdict": "correct", "skill": "a/s", **change}
    with pytest.raises(ValueError, match=r"out of range|not JSON compliant"):
        encode(Attempt(**fields))  # type: ignore[arg-type]


def test_a_half_surrogate_typed_by_a_learner_is_stored() -> None:
    answer = Attempt("a/b", "", 0, {"value": "x\udce9"}, "invalid", "a/s")
    assert decode("attempt", encode(answer)) == answer


@given(st.lists(st.integers(0, 2**47), min_size=1, max_size=50))
def test_identifiers_increase_whatever_the_clock_does(times: list[int]) -> None:
    identifiers = Identifiers()
    made = [identifiers.next(at) for at in times]
    assert made == sorted(set(made))
    parsed = [uuid.UUID(identifier) for identifier in made]
    assert all(one.version == 7 and one.variant == uuid.RFC_4122 for one in parsed)
    assert parsed[0].int >> 80 == times[0]


def test_identifiers_go_on_after_those_of_another_run() -> None:
    earlier, later = Identifiers(), Identifiers()
    last = [earlier.next(1_000_000) for _ in range(100)][-1]
    later.after(last)
    assert later.next(500_000) > last
    assert later.next(2_000_000) > last


def test_a_full_millisecond_runs_into_the_next() -> None:
    identifiers = Identifiers()
    last = "00000000-03e8-7fff-bfff-ffffffffffff"
    identifiers.after(last)
    following = identifiers.next(1000)
    assert following > last
    assert uuid.UUID(following).int >> 80 == 1001
