"""A busy machine changes no verdict: where time runs out, an answer is undecided, or its message says less."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from companion.answers.judge import budget
from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Given, Kind, Question
from tests.answers.judge.rows import Table, cases
from tests.answers.judge.test_matrix_expression import TABLES as FORMULAS
from tests.answers.judge.test_matrix_lists import TABLES as LISTS
from tests.answers.judge.test_matrix_objects import TABLES as OBJECTS
from tests.answers.judge.test_matrix_sets import TABLES as SETS
from tests.answers.judge.test_steadiness import DIFFERENT, EQUAL
from tests.answers.judge.test_steps_subjects import RIGHT, WRONG

SHARE = 0.3
Row = tuple[Table, Given]


def rows(sort: Any) -> list[Row]:
    """The answers of one sort in all tables."""
    return [(param.values[0], param.values[1]) for table in (FORMULAS, SETS, LISTS, OBJECTS) for param in cases(table, sort)]


def plain(kind: Kind, key: str | None, answer: Given, **options: Any) -> Row:
    return Table(kind, key, (), {}, options=options), answer


RELATIONS = [
    ("x^2+y^2=1", "y=sqrt(1-x^2) or y=-sqrt(1-x^2)"), ("x*y=1", "y=1/x"), ("x=b", "a*x=a*b"), ("(x-3)*(a-3)=0", "x=3"),
    ("x+y=3 and x-y=1", "x=2 and y=1"), ("z^2=-2", "z^2=-3"),
]  # fmt: skip
SAME = {0, 1, 4}
RIGHT_ROWS = [
    *rows("right"),
    *[plain("expression", left, right) for left, right in EQUAL],
    *[plain("relation", *row) for place, row in enumerate(RELATIONS) if place in SAME],
    *[plain("steps", None, list(lines), **options) for lines, options in RIGHT],
]
WRONG_ROWS = [
    *rows("wrong"),
    *[plain("expression", left, right) for left, right in DIFFERENT],
    *[plain("relation", *row) for place, row in enumerate(RELATIONS) if place not in SAME],
    *[plain("steps", None, list(lines), **options) for lines, _, options in WRONG],
]


def always() -> bool:
    """Time is over before anything begins."""
    return True


def now_and_then(seed: int) -> Callable[[], bool]:
    """Time is over in a seeded share of the cases."""
    source = random.Random(seed)
    return lambda: source.random() < SHARE


def verdict(row: Row) -> str:
    table, answer = row
    field = Field("answer", table.kind, table.key, dict(table.options), table.blocks, table.choices)
    return judge_question(Question((field,)), {"answer": answer}).verdict


def turned(
    rows_of_one_sort: Sequence[Row], forbidden: str, monkeypatch: pytest.MonkeyPatch, over: Callable[[int], Callable[[], bool]]
) -> list[str]:
    """The answers that get the forbidden verdict when time is over as `over` has it, which is asked for each answer by its place."""
    found = []
    for place, row in enumerate(rows_of_one_sort):
        monkeypatch.setattr(budget, "is_over", over(place))
        if verdict(row) == forbidden:
            found.append(f"{row[0].kind} {row[0].key}: {row[1]} {dict(row[0].options)}")
    return found


OVER = [pytest.param(lambda place: always, id="always")] + [
    pytest.param(
        lambda place, seed=seed: now_and_then(1000 * seed + place), id=f"share, seed {seed}", marks=[pytest.mark.full] * (seed > 0)
    )
    for seed in range(8)
]


@pytest.mark.parametrize("over", OVER)
def test_no_right_answer_is_refused(over: Callable[[int], Callable[[], bool]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(RIGHT_ROWS) >= 60
    assert turned(RIGHT_ROWS, "incorrect", monkeypatch, over) == []


@pytest.mark.parametrize("over", OVER)
def test_no_wrong_answer_is_accepted(over: Callable[[int], Callable[[], bool]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(WRONG_ROWS) >= 60
    assert turned(WRONG_ROWS, "correct", monkeypatch, over) == []


def test_limits_count_the_time_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = budget.Clock(5.0)
    waited = time.monotonic() + 100.0
    monkeypatch.setattr("time.monotonic", lambda: waited)
    assert clock.left > 0
    assert budget.attempt(lambda: 1, 5.0) == 1


def test_an_attempt_that_works_too_long_is_given_up() -> None:
    def work() -> None:
        while True:
            pass

    before = budget.times_out()
    assert budget.attempt(work, 0.05) is None
    assert budget.attempt(lambda: budget.attempt(work, 10.0), 0.05) is None
    assert budget.times_out() > before + 1


def test_shortly_before_the_deadline_everything_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "_last_call", time.monotonic() - 1)
    before = budget.times_out()
    assert budget.Clock(5.0).has_run_out()
    assert budget.attempt(lambda: 1, 5.0) is None
    assert budget.times_out() == before + 2
