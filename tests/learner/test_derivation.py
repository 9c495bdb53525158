"""What follows from the events: incremental and replayed derivation, undo, disputes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import cast, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from companion.answers.protocol import JUDGE_VERSION, Verdict
from companion.learner.events import Attempt, Dispute, Goal, Known, Payload, Recheck, Undo, Unknown
from companion.learner.progress import NO_GOAL, Progress
from companion.learner.store import Row, Store

from .curricula import attempt
from .derived_state import derived_state
from .hand_clock import FIRST_DAY, HandClock

verdicts: st.SearchStrategy[Verdict] = st.sampled_from(["correct", "correct", "incorrect", "invalid", "undecided"])
attempts = st.builds(
    attempt,
    st.sampled_from(["sets/s0", "sets/s1", "limits/s0"]),
    verdicts,
    hints=st.integers(0, 2),
    solution_seen=st.booleans(),
    seed=st.integers(0, 5),
)
plain: st.SearchStrategy[Payload] = st.one_of(
    attempts,
    attempts,
    attempts,
    st.builds(Known, st.sampled_from(["sets", "limits"]), st.booleans()),
    st.builds(Goal, st.sampled_from(["topic", None]), st.sampled_from(["sets", "limits"])),
    st.builds(Unknown, st.just("mood"), st.just({"words": 3})),
)
# Drawn by its kind first, so that disputes, rechecks and undoes are frequent.
kinds = st.sampled_from(["plain", "plain", "plain", "dispute", "undo", "correct", "incorrect", "undecided"])
happening = kinds.flatmap(lambda kind: plain if kind == "plain" else st.just(kind))
# What happens, how many hours the clock moves first, the zone, and which earlier event a dispute, a recheck or an undo is about.
happenings = st.tuples(happening, st.integers(-30, 60), st.sampled_from([0, 600, -480]), st.integers(0, 40))


def play(store: Store, clock: HandClock, story: list[tuple[Payload | str, int, int, int]]) -> None:
    made: list[str] = []
    for what, hours, zone, which in story:
        clock.forward(minutes=60 * hours)
        clock.minutes_east = zone
        about = made[which % len(made)] if made else "nothing"
        made.append(store.record(happened(what, about) if isinstance(what, str) else what).id)


def happened(what: str, about: str) -> Payload:
    """A dispute or an undo of an event, or a recheck of it with this verdict."""
    if what == "dispute":
        return Dispute(about)
    return Undo(about) if what == "undo" else Recheck(about, cast(Verdict, what), "7")


@given(st.lists(happenings, max_size=25))
@settings(max_examples=150, deadline=None)
def test_replaying_gives_what_recording_gave(story: list[tuple[Payload | str, int, int, int]]) -> None:
    clock = HandClock()
    with Store.in_memory(clock) as store:
        play(store, clock, story)
        recorded = derived_state(store)
        store.rebuild()
        assert derived_state(store) == recorded


@given(st.lists(happenings, max_size=12), plain)
@settings(max_examples=150, deadline=None)
def test_an_undo_restores_and_undoing_it_brings_back(story: list[tuple[Payload | str, int, int, int]], payload: Payload) -> None:
    clock = HandClock()
    with Store.in_memory(clock) as store:
        play(store, clock, story)
        before = store.progress()
        event = store.record(payload)
        after = store.progress()
        undo = store.record(Undo(event.id))
        assert store.progress() == before
        store.record(Undo(undo.id))
        assert store.progress() == after


@given(st.data(), st.lists(happenings, min_size=1, max_size=15))
@settings(max_examples=150, deadline=None)
def test_the_order_of_arrival_does_not_matter(data: DataObject, story: list[tuple[Payload | str, int, int, int]]) -> None:
    clock = HandClock()
    with Store.in_memory(clock) as first, Store.in_memory(clock) as second:
        play(first, clock, story)
        for row in data.draw(st.permutations(list(first.rows()))):
            arrive(second, row)
        assert derived_state(second) == derived_state(first)


def arrive(store: Store, row: Row) -> None:
    """What a merge will do with an event of another device."""
    from companion.learner import derive, opening

    with opening.transaction(store._connection):
        store._connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)
        derive.follow(store._connection, row.event)


def test_a_dispute_withdraws_the_answer_from_the_schedule(store: Store, clock: HandClock) -> None:
    wrong = store.record(attempt("sets/s0", "incorrect"))
    store.record(attempt("sets/s0"))
    assert not store.progress().cards["sets/s0"].passed
    dispute = store.record(Dispute(wrong.id, "1/2 is right"))
    progress = store.progress()
    assert progress.cards["sets/s0"].passed
    assert progress.disputed == {wrong.id}
    assert store.disputed() == [wrong]
    assert (progress.tallies["sets/e0-0"].attempts, progress.tallies["sets/e0-0"].counted) == (2, 1)
    store.record(Undo(dispute.id))
    assert not store.progress().cards["sets/s0"].passed
    assert not store.progress().disputed


@given(st.lists(st.tuples(attempts, verdicts, st.booleans(), st.integers(0, 40)), max_size=15))
@settings(max_examples=100, deadline=None)
def test_what_follows_is_that_of_the_corrected_verdicts(story: list[tuple[Attempt, Verdict, bool, int]]) -> None:
    clock, same_clock = HandClock(), HandClock()
    with Store.in_memory(clock) as corrected, Store.in_memory(same_clock) as anew:
        made = []
        for given_attempt, verdict, disputed, hours in story:
            for one in (clock, same_clock):
                one.forward(minutes=60 * hours)
            made.append(corrected.record(given_attempt).id)
            if disputed and given_attempt.verdict != verdict and verdict in ("correct", "incorrect"):
                corrected.record(Dispute(made[-1]))
            anew.record(replace(given_attempt, verdict=verdict))
        corrected.record_all([Recheck(attempt, verdict, "7") for attempt, (_, verdict, _, _) in zip(made, story, strict=True)])
        assert corrected.progress() == anew.progress()
        assert {found.judge for found in corrected.to_judge_again()} <= {"7"}


@pytest.mark.parametrize(
    ("was", "now", "disputed"),
    [
        ("incorrect", "correct", False),
        ("correct", "incorrect", False),
        ("incorrect", "incorrect", True),
        ("incorrect", "undecided", True),
        ("undecided", "incorrect", False),
        ("undecided", "undecided", True),
    ],
)
def test_a_dispute_is_settled_by_another_decision_and_by_nothing_else(store: Store, was: Verdict, now: Verdict, disputed: bool) -> None:
    made = store.record(attempt("sets/s0", was))
    store.record(Dispute(made.id))
    recheck = store.record(Recheck(made.id, now, "7"))
    assert (store.progress().disputed == {made.id}) == disputed
    assert ("sets/s0" in store.progress().cards) != disputed
    store.record(Recheck(made.id, was, "8"))
    assert store.progress().disputed == ({made.id} if disputed else set())
    store.record(Undo(recheck.id))
    assert store.progress().disputed == {made.id}


def test_a_verdict_may_be_disputed_again_after_a_recheck(store: Store) -> None:
    made = store.record(attempt("sets/s0", "undecided"))
    store.record_all([Recheck(made.id, "incorrect", "7"), Dispute(made.id)])
    assert store.progress().disputed == {made.id}
    assert [(found.verdict, found.judge, found.disputed) for found in store.to_judge_again()] == [("incorrect", "7", True)]
    store.record(Recheck(made.id, "correct", "8"))
    assert not store.to_judge_again()
    assert store.progress().cards["sets/s0"].passed


def test_what_is_judged_again(store: Store) -> None:
    right, wrong, unread, undecided = store.record_all([attempt("sets/s0", verdict) for verdict in get_args(Verdict)])
    newer = store.record(replace(attempt("sets/s0"), judge=JUDGE_VERSION))
    undone = store.record(attempt("sets/s0", "undecided"))
    store.record(Undo(undone.id))
    assert [found.id for found in store.to_judge_again()] == [unread.id, undecided.id]
    assert [found.id for found in store.to_judge_again(everything=True)] == [right.id, wrong.id, unread.id, undecided.id]
    store.record(Dispute(newer.id))
    assert store.to_judge_again()[-1] == (newer.id, newer.payload, "correct", JUDGE_VERSION, True)


def test_invalid_and_undecided_answers_are_kept_but_count_for_nothing(store: Store) -> None:
    store.record_all([attempt("sets/s0", "invalid"), attempt("sets/s0", "undecided")])
    progress = store.progress()
    assert not progress.cards
    assert progress.tallies["sets/e0-0"].attempts == 2
    assert progress.tallies["sets/e0-0"].counted == 0


def test_the_next_seed_is_one_that_was_not_asked(store: Store) -> None:
    store.record_all([attempt("sets/s0", seed=7), attempt("sets/s0", seed=3)])
    assert store.progress().tallies["sets/e0-0"].next_seed == 8


def test_the_day_of_an_answer_is_the_learners_own(store: Store, clock: HandClock) -> None:
    clock.forward(minutes=14 * 60 + 30)  # 23:30 in UTC
    store.record(attempt("sets/s0", "incorrect"))
    clock.minutes_east = 60
    store.record(attempt("sets/s0"))
    card = store.progress().cards["sets/s0"]
    assert (card.reviewed, card.reviews) == (FIRST_DAY + timedelta(days=1), 2)
    assert [day.day for day in store.progress().days] == [date(2026, 3, 1), date(2026, 3, 2)]


def test_the_last_goal_and_the_last_tick_hold(store: Store) -> None:
    store.record_all([Goal("topic", "sets"), Known("sets"), Known("limits"), Goal("reading", "book/one"), Known("sets", False)])
    assert store.progress() == Progress(goal=Goal("reading", "book/one"), ticked=frozenset({"limits"}))
    store.record(Goal(None))
    assert store.progress().goal == NO_GOAL


def test_a_later_goal_holds_even_when_the_clock_was_set_back(store: Store, clock: HandClock) -> None:
    store.record(Goal("topic", "sets"))
    clock.forward(days=-3)
    store.record(Goal("topic", "limits"))
    assert store.progress().goal == Goal("topic", "limits")


def test_undo_takes_back_one_event_after_the_other(store: Store) -> None:
    first, second = store.record_all([Known("sets"), Known("limits")])
    assert store.undo() == second
    assert store.undo() == first
    assert store.undo() is None
    assert not store.progress().ticked


def test_undoes_that_name_each_other_are_void(store: Store) -> None:
    tick = store.record(Known("sets"))
    rows = [Row(f"0{n}", "other", tick.at, 0, "undo", f'{{"event": "0{1 - n}"}}') for n in (0, 1)]
    for row in [*rows, Row("02", "other", tick.at, 0, "undo", '{"event": "02"}')]:
        arrive(store, row)
    recorded = derived_state(store)
    store.rebuild()
    assert derived_state(store) == recorded
    assert store.progress().ticked == {"sets"}


def test_rebuilding_tells_how_far_it_is(store: Store) -> None:
    store.record_all([attempt(f"sets/s{random.Random(n).randrange(9)}") for n in range(1500)])
    told: list[tuple[int, int]] = []
    store.rebuild(lambda done, total: told.append((done, total)))
    assert told == [(0, 1500), (1000, 1500), (1500, 1500)]


def test_an_attempt_is_stored_as_it_was_given(store: Store) -> None:
    given_attempt = Attempt(
        "sets/e0-0", "h", 2, {"a": "x^2", "b": ["1", "2"]}, "incorrect", "sets/s0", "different", "x^{2}", "1", 1, 3.5, True, ("a/s",), 0
    )
    event = store.record(given_attempt)
    assert store.event(event.id) == event
    assert event.payload == given_attempt
