"""The same wrong answer never gets only "wrong" twice: what each repetition brings, and that it is on disk first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.protocol import Given, Reply
from companion.study import session
from companion.study.ladder import OFFER, SEEN, Refusal, next_rung, said, where
from companion.study.session import Answer, State, advance
from companion.study.words import verdict_words

from .test_session import PLAN, RIGHT, START, UNDECIDED, UNREAD, asked, play

GENERIC = Reply("incorrect", "different", "At $x=2$ your answer is $3$.", reading="x+1", counterexample={"x": "2"})
SPOKEN = replace(GENERIC, message="You differentiated.", mistake=0)


@pytest.fixture
def asking() -> State:
    state, _ = session.begin(PLAN)
    return play(state, session.Loaded(asked(PLAN[0]), START))[0]


def answered(state: State, typed: Given, reply: Reply) -> tuple[State, session.Record]:
    """The state in which the verdict is shown, and what was written to disk before that."""
    if state.phase == "judged":
        state, _ = advance(state, session.Retried())
    state, effects = play(state, session.Submitted({"value": typed}, START), session.Judged(reply, START))
    assert state.phase == "recording"
    record = effects[-1]
    assert isinstance(record, session.Record)
    assert (state.hints, state.reply) == (record.attempt.hints, reply)  # nothing more is shown before the attempt is on disk
    return advance(state, session.Recorded("id"))[0], record


def test_the_ladder_goes_on_to_the_offer_of_the_solution(asking: State) -> None:
    state, rungs, hints, messages = asking, [], [], []
    for _ in range(6):
        state, record = answered(state, "x+1", SPOKEN)
        rungs.append(record.attempt.rung)
        hints.append((record.attempt.hints, state.hints))
        messages.append(state.reply.message if state.reply else "")
    assert rungs == ["", "hint", "hint", "point", "solution", "solution"]
    assert hints == [(0, 0), (0, 1), (1, 2), (2, 2), (2, 2), (2, 2)]
    assert messages[:3] == [SPOKEN.message] * 3
    assert "x = 2" in messages[3]
    assert messages[4] == f"{SPOKEN.message}\n\n{OFFER}"
    state, _ = advance(state, session.SolutionAsked())
    state, _ = answered(state, "x+1", SPOKEN)
    assert state.reply is not None
    assert state.reply.message.endswith(SEEN)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("x + 1", GENERIC), ("x  +  1 ", replace(GENERIC, reading="", message="At $x=3$ it differs."))),  # the same but for spaces
        (("x+1", GENERIC), ("1x+1", replace(GENERIC, message="Other words."))),  # read the same
        (("x+1", GENERIC), ("1+x", replace(GENERIC, reading="1+x"))),  # the same feedback
        ((["a", "b"], replace(GENERIC, reading="")), (["a", "b"], replace(GENERIC, reading="", message="Other words."))),
    ],
)
def test_what_is_a_repetition(asking: State, first: tuple[Given, Reply], second: tuple[Given, Reply]) -> None:
    state, _ = answered(asking, *first)
    _, record = answered(state, *second)
    assert record.attempt.rung == "hint"


@pytest.mark.parametrize("reply", [replace(GENERIC, reading="x+2", message="At $x=2$ your answer is $4$."), RIGHT, UNDECIDED])
def test_what_is_none(asking: State, reply: Reply) -> None:
    state, _ = answered(asking, "x+1", GENERIC)
    state, record = answered(state, "x+2", reply)
    assert (record.attempt.rung, state.hints) == ("", 0)


def test_an_answer_in_between_does_not_make_it_new(asking: State) -> None:
    state, _ = answered(asking, "x+1", GENERIC)
    state, _ = answered(state, "x+2", replace(GENERIC, reading="x+2", message="Another."))
    state, record = answered(state, "x+1", GENERIC)
    assert record.attempt.rung == "hint"
    assert "hint" in verdict_words(state)


def test_other_numbers_begin_anew(asking: State) -> None:
    state, _ = answered(asking, "x+1", GENERIC)
    state, _ = play(state, session.VariantAsked(), session.Loaded(asked(PLAN[0]), START))
    _, record = answered(state, "x+1", GENERIC)
    assert record.attempt.rung == ""


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (GENERIC, ""),  # the judge's own words name the point
        (SPOKEN, "Look at `x = 2`: there your answer and the right one differ."),
        (replace(SPOKEN, counterexample={"element": "3/2"}), "Look at `3/2`: there"),
        (replace(SPOKEN, counterexample={"entry": "2", "x": "1"}), "Look at entry 2, `x = 1`: there"),
        (replace(SPOKEN, counterexample={"block": "secret"}), ""),
        (replace(SPOKEN, counterexample=None), ""),
        (replace(SPOKEN, parts={"1": RIGHT, "2": replace(GENERIC, message="It fails at $0$.")}), "Line 2: It fails at $0$."),
        (replace(SPOKEN, parts={"a": RIGHT, "b": GENERIC}), GENERIC.message),
    ],
)
def test_where_the_two_differ(reply: Reply, words: str) -> None:
    assert where(reply).startswith(words)
    assert bool(where(reply)) == bool(words)


def test_without_hint_or_point_the_solution_is_offered() -> None:
    earlier = [Refusal({"value": "b"}, replace(GENERIC, counterexample=None))]
    rung = next_rung(earlier, {"value": "b"}, replace(GENERIC, counterexample=None), hints_left=False)
    assert (rung, said(rung, GENERIC, solution_seen=False).count(OFFER)) == ("solution", 1)


def test_of_several_parts_the_empty_ones_are_named_and_nothing_is_judged() -> None:
    question = asked(PLAN[0])
    (only,), (typed,) = question.variant.question.fields, question.variant.fields
    fields = tuple(replace(only, id=name) for name in "abc")
    shown = tuple(replace(typed, id=name, label=label) for name, label in (("a", "The limit"), ("b", "The integral"), ("c", "")))
    variant = replace(question.variant, question=replace(question.variant.question, fields=fields), fields=shown)
    state, _ = play(session.begin(PLAN)[0], session.Loaded(replace(question, variant=variant), START))
    answer: Answer = {"a": "2", "b": "  "}
    state, effects = advance(state, session.Submitted(answer, START))
    assert not effects
    assert state.reply is not None
    assert (state.phase, state.reply.verdict, state.reply.parts) == ("asking", "invalid", {})
    assert "The integral" in state.reply.message
    assert "part 3" in state.reply.message
    assert "The limit" not in state.reply.message


ANSWERS = st.sampled_from(["a", "b", " a", "c"])
REPLIES = {"a": SPOKEN, "b": GENERIC, "c": replace(SPOKEN, reading="c", counterexample=None)}


ASIDES: st.SearchStrategy[session.Event] = st.sampled_from(
    [session.HintAsked(), session.SolutionAsked(), session.Submitted({"value": ""}, START)]
)


@given(st.lists(st.one_of(ANSWERS, ASIDES)))
def test_nobody_is_told_the_same_twice_while_there_is_more_to_say(happenings: list[str | session.Event]) -> None:
    state, _ = session.begin(PLAN)
    state, _ = play(state, session.Loaded(asked(PLAN[0]), START))
    told: set[tuple[str, str, int]] = set()
    for what in happenings:
        if not isinstance(what, str):
            state, _ = advance(state, what)
            continue
        before = state
        state, record = answered(state, what, REPLIES[what.strip()])
        assert state.reply is not None
        assert record.attempt.hints == before.hints  # a hint counts for the answers after it
        shown = (what.strip(), state.reply.message, state.hints)
        assert shown not in told or state.rung == "solution"
        told.add(shown)


def test_what_cannot_be_read_is_no_step_of_the_ladder(asking: State) -> None:
    state, _ = answered(asking, "x+1", GENERIC)
    state, _ = play(state, session.Retried(), session.Submitted({"value": "x+"}, START), session.Judged(UNREAD, START))
    assert (state.phase, state.rung, len(state.refusals)) == ("asking", "", 1)
