"""What was answered before in a field, to be gone through with Up and Down."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 100
"""Answers kept for one field."""


class Recall:
    """The earlier answers of one field, oldest first, and after them what is being typed.

    What is changed in a recalled answer stays changed while one goes on, until something is submitted; nothing typed is lost.
    """

    def __init__(self, earlier: Sequence[str] = ()) -> None:
        self._earlier = list(earlier)
        self.begin()

    def begin(self) -> None:
        """Stand behind the earlier answers, each as it was submitted."""
        self._lines = [*self._earlier, ""]
        self._place = len(self._earlier)

    def step(self, step: int, typed: str) -> str | None:
        """Go to the nearest earlier (-1) or later (+1) line that differs, leaving what is typed on the present one; `None` if none does."""
        target = self._place + step
        while 0 <= target < len(self._lines) and self._lines[target] == typed:
            target += step
        if not 0 <= target < len(self._lines):
            return None
        self._lines[self._place] = typed
        self._place = target
        return self._lines[target]

    def submitted(self, typed: str) -> None:
        """Keep what was submitted as the newest of the earlier answers, and begin behind it."""
        if typed.strip():
            self._earlier = [*(line for line in self._earlier if line != typed), typed][-LONGEST:]
        self.begin()


class Recalls:
    """The earlier answers of every field, for as long as the program runs."""

    def __init__(self) -> None:
        self._fields: dict[tuple[str, str], Recall] = {}

    def of(self, exercise: str, field: str) -> Recall:
        """Those of a field of an exercise."""
        return self._fields.setdefault((exercise, field), Recall())
