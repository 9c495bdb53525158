"""The reading of what is being typed, set in two dimensions."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from companion.tui.widgets.setting import MathWidget

TALLEST = 7
"""Rows of a reading; what is taller is set in one row instead."""


class FormulaView(MathWidget):
    """Shows one formula given as TeX, after a short lead such as "reads as"; or a sentence of plain text in its place."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: tuple[tuple[tuple[str, str], ...], ...] = ()

    def show_tex(self, lead: str, tex: str, trouble: str = "") -> None:
        """Show the formula after the lead, and a remark below it."""
        from companion.mathtext import render

        room = max(10, self.size.width - len(lead) - 1)
        layout = render(tex, "display", width=room, profile=self.mathematics.profile, macros=self.mathematics.macros)
        if len(layout.rows) > TALLEST:
            layout = render(tex, "inline", width=room, profile=self.mathematics.profile, macros=self.mathematics.macros)
        blank = " " * (len(lead) + 1)
        rows = [(((lead + " " if y == layout.baseline else blank), "faint"), *row) for y, row in enumerate(layout.rows)]
        self._show((*rows, *self._remark(trouble)))

    def show_text(self, sentence: str, role: str = "faint") -> None:
        """Show plain text."""
        self._show((((sentence, role),),) if sentence else ())

    def _remark(self, trouble: str) -> tuple[tuple[tuple[str, str], ...], ...]:
        return (((trouble, "error"),),) if trouble else ()

    def _show(self, rows: tuple[tuple[tuple[str, str], ...], ...]) -> None:
        taller = len(rows) != len(self._rows)
        self._rows = rows
        self.refresh(layout=taller)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The formula's rows; at least one, so that typing the first letter moves nothing."""
        return max(1, len(self._rows))

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        return self.strip_of(self._rows[y], width)
