"""The session: what may follow what, above all that nothing is shown before it is on disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.protocol import Reply
from companion.curriculum.model import Exercise, FieldTemplate
from companion.curriculum.variants import resolve
from companion.study import session
from companion.study.session import Asked, Event, Planned, State, advance, begin, wrong_ones

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def exercise(identifier: str = "limits/one") -> Exercise:
    return Exercise(
        id=identifier,
        skill="limits/compute",
        uses=("series/sum",),
        difficulty=1,
        minutes=2,
        quick=False,
        arrangement=None,
        symbols={},
        params={},
        where=None,
        let={},
        prompt="What is $1+1$?",
        fields=(FieldTemplate("value", "expression", "", "a number", "2"),),
        hints=("Count.", "One more than one."),
        solution="It is 2.",
        mistakes=(),
        hash="abc",
    )


def asked(planned: Planned) -> Asked:
    one = exercise(planned.exercise)
    return Asked(one, resolve(one, planned.seed))


RIGHT = Reply("correct", "equal", "", certainty="proved")
WRONG = Reply("incorrect", "different", "Not 3.", mistake=None)
UNREAD = Reply("invalid", "read.bracket", "A bracket is missing.", position=3)
UNDECIDED = Reply("undecided", "deadline", "That took too long.")
PLAN = (Planned("limits/one", 0), Planned("limits/two", 5))


def play(state: State, *events: Event) -> tuple[State, list[session.Effect]]:
    effects: list[session.Effect] = []
    for event in events:
        state, more = advance(state, event)
        effects += more
    return state, effects


def answered(reply: Reply, state: State) -> tuple[State, list[session.Effect]]:
    submitted = session.Submitted({"value": "3"}, START)
    return play(state, submitted, session.Judged(reply, START + timedelta(seconds=7)))


@pytest.fixture
def asking() -> State:
    state, effects = begin(PLAN)
    assert effects == (session.Load(PLAN[0]),)
    state, _ = advance(state, session.Loaded(asked(PLAN[0]), START))
    return state


@pytest.mark.parametrize("reply", [RIGHT, WRONG, UNDECIDED])
def test_a_verdict_is_shown_only_when_it_is_on_disk(asking: State, reply: Reply) -> None:
    state, effects = answered(reply, asking)
    assert state.phase == "recording"
    record = effects[-1]
    assert isinstance(record, session.Record)
    assert (record.attempt.verdict, record.attempt.seconds) == (reply.verdict, 7.0)
    state, _ = advance(state, session.Recorded("id-1"))
    assert (state.phase, state.attempt) == ("judged", "id-1")


def test_what_cannot_be_read_is_no_attempt(asking: State) -> None:
    state, effects = answered(UNREAD, asking)
    assert state.phase == "asking"
    assert not any(isinstance(effect, session.Record) for effect in effects)
    assert state.reply == UNREAD


def test_hints_stop_at_the_last_and_are_recorded(asking: State) -> None:
    state, _ = play(asking, *[session.HintAsked()] * 5)
    assert state.hints == 2
    _, effects = answered(RIGHT, state)
    record = effects[-1]
    assert isinstance(record, session.Record)
    assert record.attempt.hints == 2


def test_the_first_verdict_that_counts_decides_the_score(asking: State) -> None:
    state, _ = answered(WRONG, asking)
    state, _ = play(state, session.Recorded("1"), session.Retried())
    state, _ = answered(RIGHT, state)
    state, _ = play(state, session.Recorded("2"), session.Continued())
    assert state.score == (0, 1)
    assert [planned.exercise for planned in wrong_ones(state)] == ["limits/one"]


def test_an_undecided_answer_leaves_the_score_to_the_next(asking: State) -> None:
    state, _ = answered(UNDECIDED, asking)
    state, _ = play(state, session.Recorded("1"), session.Retried())
    state, _ = answered(RIGHT, state)
    state, _ = play(state, session.Recorded("2"), session.Continued())
    assert state.score == (1, 1)


def test_a_disputed_verdict_does_not_count(asking: State) -> None:
    state, _ = answered(WRONG, asking)
    state, effects = play(state, session.Recorded("1"), session.DisputeAsked(), session.Continued())
    assert session.RecordDispute("1") in effects
    assert state.score == (0, 0)


def test_a_fresh_variant_has_another_seed_and_keeps_the_place(asking: State) -> None:
    state, effects = advance(asking, session.VariantAsked())
    assert effects == (session.Load(Planned("limits/one", 1)),)
    assert (state.position, state.phase) == (0, "loading")


def test_skipping_everything_ends_without_a_score(asking: State) -> None:
    state, _ = advance(asking, session.Continued())
    state, _ = play(state, session.Loaded(asked(PLAN[1]), START), session.Continued())
    assert state.is_over
    assert state.score == (0, 0)
    assert wrong_ones(state) == (Planned("limits/one", 1), Planned("limits/two", 6))


def test_an_empty_session_is_over_at_once() -> None:
    state, effects = begin(())
    assert state.is_over
    assert not effects


EVENTS: st.SearchStrategy[Event] = st.sampled_from(
    [
        session.Loaded(asked(PLAN[0]), START),
        session.Submitted({"value": "2"}, START),
        session.Judged(RIGHT, START),
        session.Judged(WRONG, START),
        session.Judged(UNREAD, START),
        session.Recorded("id"),
        session.HintAsked(),
        session.SolutionAsked(),
        session.VariantAsked(),
        session.Retried(),
        session.Continued(),
        session.DisputeAsked(),
    ]
)


@given(st.lists(EVENTS, max_size=40))
def test_no_order_of_events_shows_an_unrecorded_verdict(events: list[Event]) -> None:
    state, _ = begin(PLAN)
    judged_since_recorded = False
    for event in events:
        before = state
        state, effects = advance(state, event)
        if any(isinstance(effect, session.Record) for effect in effects):
            judged_since_recorded = True
        if isinstance(event, session.Recorded) and before.phase == "recording":
            judged_since_recorded = False
        if state.phase == "judged":
            assert not judged_since_recorded
            assert state.reply is not None
        assert 0 <= state.position <= len(PLAN)


