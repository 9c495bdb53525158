"""What stands under a line of typed mathematics: where the trouble is, how the line is read, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap
from typing import TYPE_CHECKING

from companion.study.verdicts import ROLES, verdict_mark
from companion.tui.widgets.formula import FormulaView, Row, formula_rows

if TYPE_CHECKING:
    from companion.answers.protocol import Verdict
    from companion.study.reading import Reading

READS = "reads as"
BEFORE = "  before"
"""Stands for the lead where the layout shown is that of the text before it could not be read any more; as long as the lead, so that
nothing moves."""


class ReadingView(FormulaView):
    """The reading of a line. While the line cannot be read the last good layout stays, faint.

    With the focus it keeps room for a mark above and a sentence below, and never becomes less tall while something is typed, so that
    nothing jumps; without the focus it takes only what it shows. `column_of` gives the column under a character of the line.
    """

    def __init__(self, column_of: Callable[[int], int], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._column_of = column_of
        self._position: int | None = None
        self._remark, self._role = "", "faint"
        self._is_stale, self._lead = False, READS
        self._is_roomy = False
        self._tallest = 0

    def show(self, reading: Reading, hint: str = "") -> None:
        """Show a reading; a hint stands in the place of its message."""
        unread = reading.stage == "unread"
        if reading.stage == "empty":
            self._tallest = 0
        if unread and self._tex:
            self._lead = BEFORE if self._lead == BEFORE or not self._is_stale else READS
        else:
            self._tex, self._lead = reading.tex, READS
        self._is_stale = unread
        self._position = None if hint else reading.position
        self._remark, self._role = hint or reading.message, "error" if unread and not hint else "faint"
        self.draw_again()

    def say(self, sentence: str) -> None:
        """Say something below the reading."""
        self._remark, self._role = sentence, "faint"
        self.draw_again()

    def point_at(self, position: int) -> None:
        """Mark the character at which the trouble starts."""
        self._position = position
        self.draw_again()

    def mark(self, verdict: Verdict | None) -> None:
        """Say what the judge said."""
        ascii_only = self.mathematics.profile == "ascii"
        self._remark, self._role = (verdict_mark(verdict, ascii_only), ROLES[verdict]) if verdict else ("", "faint")
        self._position = None
        self.draw_again()

    def keep_room(self, roomy: bool) -> None:
        """Keep room for what may be said while something is typed, or give it back."""
        self._is_roomy, self._tallest = roomy, 0
        self.draw_again()

    def height_needed(self) -> int:
        """Rows to be shown; while there is room to be kept, never fewer than before."""
        if not self._is_roomy:
            return super().height_needed()
        self._tallest = max(self._tallest, 3, len(self._rows) + (not self._remark))
        return self._tallest

    def set_rows(self, width: int) -> tuple[Row, ...]:
        """The mark, the formula, the remark."""
        formula = formula_rows(self._lead, self._tex, width, self.mathematics) if self._tex else ()
        if self._is_stale:
            formula = tuple(tuple((text, "faint") for text, _ in row) for row in formula)
        remarks = tuple(((line, self._role),) for line in wrap(self._remark, max(10, width - 1)))
        return (*self._pointer(width), *formula, *remarks)

    def _pointer(self, width: int) -> tuple[Row, ...]:
        if self._position is None:
            return ((("", "faint"),),) if self._is_roomy else ()
        column = max(0, min(self._column_of(self._position), width - 1))
        sign = "^" if self.mathematics.profile == "ascii" else "↑"
        return (((" " * column + sign, "error"),),)
