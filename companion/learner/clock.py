"""The one source of time: the moment in UTC, and the learner's own calendar day."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells the time. Passed to whatever needs it, so that tests and pictures can choose it."""

    def now(self) -> datetime:
        """The moment, timezone-aware, in UTC."""
        ...

    def offset(self) -> int:
        """Minutes by which the learner's local time is ahead of UTC at this moment (negative to the west)."""
        ...


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still."""

    moment: datetime
    minutes_east: int = 0

    def now(self) -> datetime:
        """The moment it was set to, in UTC."""
        return self.moment.astimezone(UTC)

    def offset(self) -> int:
        """The offset it was set to."""
        return self.minutes_east


class SystemClock:
    """The machine's clock and time zone."""

    def now(self) -> datetime:
        """The current moment in UTC."""
        return datetime.now(UTC)

    def offset(self) -> int:
        """The machine's current offset from UTC, in minutes."""
        return _offset_of(datetime.now().astimezone())


def system_clock(environment: Mapping[str, str] = os.environ) -> Clock:
    """The machine's clock, or one standing still at COMPANION_NOW (ISO 8601; UTC where no zone is given).

    Raises ValueError, with a sentence for the user, when COMPANION_NOW cannot be read.
    """
    text = environment.get("COMPANION_NOW", "").strip()
    if not text:
        return SystemClock()
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return FixedClock(moment.astimezone(UTC), _offset_of(moment))
    except (ValueError, OverflowError):
        raise ValueError(f"COMPANION_NOW is “{text}”, which is not a time such as 2026-03-01T09:00:00Z.") from None


def today(clock: Clock) -> date:
    """The learner's calendar day."""
    return local_day(milliseconds(clock.now()), clock.offset())


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970 in UTC, of a timezone-aware moment."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment_of(at: int) -> datetime:
    """The inverse of `milliseconds`. Raises OverflowError outside the years 1 to 9999."""
    return _EPOCH + timedelta(milliseconds=at)


def local_day(at: int, offset: int) -> date:
    """The calendar day at `at` (milliseconds since 1970 in UTC), `offset` minutes east of UTC."""
    return (moment_of(at) + timedelta(minutes=offset)).date()


def _offset_of(moment: datetime) -> int:
    difference = moment.utcoffset() or timedelta()
    return difference // timedelta(minutes=1)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
