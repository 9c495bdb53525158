from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(2026, 3, 1)


@dataclass
class HandClock:
    """A clock that a test sets by hand. It begins at nine in the morning, UTC, on `FIRST_DAY`."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 9, tzinfo=UTC))
    minutes_east: int = 0

    def now(self) -> datetime:
        return self.moment

    def offset(self) -> int:
        return self.minutes_east

    def forward(self, days: float = 0, minutes: float = 0) -> None:
        self.moment += timedelta(days=days, minutes=minutes)
