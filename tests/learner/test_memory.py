from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.protocol import Verdict
from companion.learner.memory import DECAY, Answer, Card, remember, retrievability

DAY = date(2026, 3, 1)
scheduler = fsrs.Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def answer(days: int = 0, verdict: Verdict = "correct", hints: int = 0, solution_seen: bool = False) -> Answer:
    return Answer(DAY + timedelta(days=days), verdict, hints, solution_seen)


def card_after(*answers: Answer) -> Card:
    card = remember("a/s", answers)
    assert card is not None
    return card


def test_the_forgetting_curve_uses_the_librarys_parameters() -> None:
    assert -scheduler.parameters[20] == DECAY


@given(st.floats(0.001, 30_000), st.integers(0, 20_000))
def test_recall_is_what_py_fsrs_says(stability: float, days: int) -> None:
    start = datetime(2000, 1, 1, tzinfo=UTC)
    card = fsrs.Card(card_id=0, state=fsrs.State.Review, stability=stability, difficulty=5.0, due=start, last_review=start)
    theirs = scheduler.get_card_retrievability(card, start + timedelta(days=days))
    assert math.isclose(retrievability(stability, days), theirs, rel_tol=1e-12)


def test_recall_is_whole_at_once_and_nine_tenths_after_the_stability() -> None:
    assert retrievability(5, 0) == retrievability(5, -3) == 1
    assert math.isclose(retrievability(5, 5), 0.9)


@given(st.lists(st.tuples(st.integers(1, 400), st.booleans(), st.integers(0, 1)), min_size=1, max_size=12))
def test_one_review_a_day_is_scheduled_as_py_fsrs_does(reviews: list[tuple[int, bool, int]]) -> None:
    answers, days = [], 0
    theirs = fsrs.Card(card_id=0)
    for gap, right, hints in reviews:
        days += gap
        answers.append(answer(days, "correct" if right else "incorrect", hints))
        rating = fsrs.Rating.Again if not right else fsrs.Rating.Hard if hints else fsrs.Rating.Good
        theirs, _ = scheduler.review_card(theirs, rating, datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=days))
    ours = card_after(*answers)
    assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
    assert ours.due == theirs.due.date()
    assert ours.reviews == len(reviews)
    assert ours.recall(ours.reviewed + timedelta(days=9)) == pytest.approx(
        scheduler.get_card_retrievability(theirs, datetime.combine(ours.reviewed + timedelta(days=9), datetime.min.time(), UTC))
    )


def test_nothing_answered_is_nothing_remembered() -> None:
    assert remember("a/s", []) is None


@pytest.mark.parametrize(
    ("given_answer", "passes"),
    [
        (answer(), True),
        (answer(hints=1), True),
        (answer(hints=2), False),
        (answer(solution_seen=True), False),
        (answer(verdict="incorrect"), False),
    ],
)
def test_a_review_passes_with_one_hint_at_most_and_without_the_solution(given_answer: Answer, passes: bool) -> None:
    assert card_after(given_answer).passed is passes


def test_only_the_first_answer_of_a_day_is_a_review() -> None:
    failed = card_after(answer(0, "incorrect"))
    assert card_after(answer(0, "incorrect"), answer(0), answer(0)) == failed
    assert card_after(answer(0, "incorrect"), answer(0), answer(1)).reviews == 2


def test_a_hint_makes_the_next_review_come_sooner() -> None:
    assert card_after(answer(hints=1)).due < card_after(answer()).due


def test_what_was_failed_is_due_on_the_next_day() -> None:
    card = card_after(answer(0, "incorrect"))
    assert not card.is_due(DAY)
    assert card.is_due(DAY + timedelta(days=1))


def test_a_lapse_is_a_failure_of_what_was_reviewed_before() -> None:
    assert card_after(answer(0, "incorrect"), answer(1), answer(5, "incorrect")).lapses == 1


def test_a_clock_that_was_wrong_for_a_day_does_not_stop_the_schedule() -> None:
    card = card_after(answer(0), answer(30_000), answer(3))
    assert card.reviewed == DAY + timedelta(days=3)
    assert card.reviews == 3
