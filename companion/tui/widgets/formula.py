"""Formulas set in two dimensions, one at a time."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from companion.tui.widgets.setting import Mathematics, MathWidget

TALLEST = 7
"""Rows of a formula; what is taller is set in one row instead."""

Row = tuple[tuple[str, str], ...]
"""A row of a drawing, as texts and their roles."""


def formula_rows(lead: str, tex: str, width: int, mathematics: Mathematics) -> tuple[Row, ...]:
    """The rows of a formula after a short lead."""
    from companion.mathtext import render

    room = max(10, width - len(lead) - 1)
    layout = render(tex, "display", width=room, profile=mathematics.profile, macros=mathematics.macros)
    if len(layout.rows) > TALLEST:
        layout = render(tex, "inline", width=room, profile=mathematics.profile, macros=mathematics.macros)
    blank = " " * (len(lead) + 1)
    return tuple((((lead + " " if y == layout.baseline else blank), "faint"), *row) for y, row in enumerate(layout.rows))


class FormulaView(MathWidget):
    """Shows one formula given as TeX; set anew when the width changes."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tex = ""
        self._rows: tuple[Row, ...] = ()
        self._width_set = -1
        self._height_given = 0

    def show_tex(self, tex: str) -> None:
        """Show this formula."""
        self._tex = tex
        self.draw_again()

    def draw_again(self) -> None:
        """Set the rows again, and lay the screen out again if there are more of them or fewer than before."""
        self._width_set = -1
        self._set(self.size.width)
        self.refresh(layout=self.height_needed() != self._height_given)

    def height_needed(self) -> int:
        """Rows to be shown; at least one."""
        return max(1, len(self._rows))

    def set_rows(self, width: int) -> tuple[Row, ...]:
        """The rows at this width."""
        return formula_rows("", self._tex, width, self.mathematics) if self._tex else ()

    def _set(self, width: int) -> None:
        if width != self._width_set:
            self._width_set = width
            self._rows = self.set_rows(width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows at this width."""
        self._set(width)
        self._height_given = self.height_needed()
        return self._height_given

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        self._set(width)
        if y >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        return self.strip_of(self._rows[y], width)
