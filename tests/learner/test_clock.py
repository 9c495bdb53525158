from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.learner.clock import FixedClock, SystemClock, local_day, milliseconds, moment_of, system_clock, today


@pytest.mark.parametrize(
    ("text", "moment", "offset"),
    [
        ("2026-03-01T09:30:00Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC), 0),
        ("2026-03-01T09:30", datetime(2026, 3, 1, 9, 30, tzinfo=UTC), 0),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC), 0),
        ("2026-03-01T00:30:00+02:00", datetime(2026, 2, 28, 22, 30, tzinfo=UTC), 120),
        ("2026-03-01T00:30:00-03:30", datetime(2026, 3, 1, 4, tzinfo=UTC), -210),
    ],
)
def test_companion_now_stops_the_clock(text: str, moment: datetime, offset: int) -> None:
    clock = system_clock({"COMPANION_NOW": text})
    assert clock.now() == moment
    assert clock.now().tzinfo is UTC
    assert clock.offset() == offset
    assert clock.now() == clock.now()


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="COMPANION_NOW is “" + text.replace("+", r"\+")):
        system_clock({"COMPANION_NOW": text})


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    clock = system_clock({})
    assert isinstance(clock, SystemClock)
    assert clock.now().utcoffset() == timedelta()
    assert -24 * 60 < clock.offset() < 24 * 60


def test_the_day_is_the_learners_own() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert today(FixedClock(late, 0)) == date(2026, 3, 1)
    assert today(FixedClock(late, 60)) == date(2026, 3, 2)
    assert local_day(milliseconds(late), -24 * 60) == date(2026, 2, 28)


@given(st.datetimes(timezones=st.just(UTC)))
def test_milliseconds_round_down_and_back(moment: datetime) -> None:
    back = moment_of(milliseconds(moment))
    assert timedelta() <= moment - back < timedelta(milliseconds=1)
