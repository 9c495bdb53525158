"""A grid of one-cell glyphs with a cursor: the map.

Rows have a label and cells at given columns; the cursor moves spatially, so
that up and down go to the nearest cell of the next row. Drawn line by line:
a map of hundreds of cells is one widget.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

LEAST_LABEL = 12
"""Columns a label keeps however narrow the terminal is; the cells then scroll."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A glyph at a column; `key` says what it stands for, `role` how it is styled."""

    column: int
    glyph: str
    role: str
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """A labeled row of cells, ordered by column. `note` is added to the label's right end."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    role: str = "label"


class GlyphGrid(ScrollView, can_focus=True):
    """Rows of glyphs with a cursor. Posts `Moved` when the cursor moves and `Chosen` on Enter or a click on the cell under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"grid--{role}"
        for role in (
            "label",
            "section",
            "header",
            "cursor",
            "related",
            "known",
            "provisional",
            "due",
            "started",
            "ready",
            "locked",
            "unwritten",
            "needed",
            "blank",
        )
    }

    BINDINGS: ClassVar = [
        Binding("up,k", "move(-1, 0)", "Up", show=False),
        Binding("down,j", "move(1, 0)", "Down", show=False),
        Binding("left,h", "move(0, -1)", "Left", show=False),
        Binding("right,l", "move(0, 1)", "Right", show=False),
        Binding("home", "ends(-1)", "First", show=False),
        Binding("end", "ends(1)", "Last", show=False),
        Binding("pageup", "move(-8, 0)", "Page up", show=False),
        Binding("pagedown", "move(8, 0)", "Page down", show=False),
        Binding("enter", "choose", "Open", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another cell."""

        def __init__(self, row: Row, cell: Cell | None) -> None:
            super().__init__()
            self.row, self.cell = row, cell

    class Chosen(Message):
        """The cell under the cursor was chosen."""

        def __init__(self, row: Row, cell: Cell | None) -> None:
            super().__init__()
            self.row, self.cell = row, cell

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label_width = LEAST_LABEL
        self._header: tuple[tuple[int, str], ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._at = (0, 0)
        self._related: frozenset[str] = frozenset()

    def show_rows(self, rows: tuple[Row, ...], header: tuple[tuple[int, str], ...] = ()) -> None:
        """Show these rows under this header (column, text); the cursor stays on its key where that still exists."""
        key = self.cell.key if self.cell else None
        self._rows, self._header = rows, header
        self._divide_width()
        if key is None or not self.put_cursor(key):
            self._clamp()
            self._go(self._at)
        self.refresh()

    def _divide_width(self) -> None:
        """Labels get the width that the cells leave, but no more than they need."""
        cells = max((cell.column + 1 for row in self._rows for cell in row.cells), default=0)
        longest = max((len(row.label) for row in self._rows), default=0)
        room = self.scrollable_content_region.width - cells - 1
        self._label_width = max(LEAST_LABEL, min(longest, room))
        self.virtual_size = Size(self._label_width + 1 + cells, len(self._rows) + bool(self._header))

    def on_resize(self) -> None:
        """Divide the new width; the cursor stays in view."""
        self._divide_width()
        self._scroll_to_cursor()
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._at[0]] if self._rows else None

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor; `None` in a row without cells."""
        row = self.row
        return row.cells[self._at[1]] if row is not None and row.cells else None

    def relate(self, keys: frozenset[str]) -> None:
        """Light up the cells with these keys."""
        if keys != self._related:
            self._related = keys
            self.refresh()

    def put_cursor(self, key: str) -> bool:
        """Put the cursor on the first cell, or else row, with this key; whether there is one."""
        for y, row in enumerate(self._rows):
            for x, cell in enumerate(row.cells):
                if cell.key == key:
                    self._go((y, x))
                    return True
        for y, row in enumerate(self._rows):
            if row.key == key:
                self._go((y, 0))
                return True
        return False

    def _clamp(self) -> None:
        first = next((y for y, row in enumerate(self._rows) if row.cells), 0)
        y = min(max(first, self._at[0]), max(0, len(self._rows) - 1))
        x = min(self._at[1], max(0, len(self._rows[y].cells) - 1)) if self._rows else 0
        self._at = (y, x)

    def _go(self, at: tuple[int, int]) -> None:
        self._at = at
        self._scroll_to_cursor()
        self.refresh()
        if self.row is not None:
            self.post_message(self.Moved(self.row, self.cell))

    def _scroll_to_cursor(self) -> None:
        if not self.size.height:
            return  # not laid out yet; the first resize comes here again
        column = self.cell.column if self.cell else 0
        # The header covers the first visible line, so the row above must fit in the view too.
        self.scroll_to_region(Region(column, self._at[0], self._label_width + 2, 1 + bool(self._header)), animate=False, force=True)

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor; vertically to the nearest cell of the other row."""
        if not any(row.cells for row in self._rows):
            return
        y, x = self._at
        if right:
            cells = self._rows[y].cells
            self._go((y, max(0, min(len(cells) - 1, x + right)) if cells else 0))
            return
        column = self.cell.column if self.cell else 0
        target = self._row_with_cells(max(0, min(len(self._rows) - 1, y + down)), 1 if down > 0 else -1)
        cells = self._rows[target].cells
        self._go((target, min(range(len(cells)), key=lambda index: abs(cells[index].column - column))))

    def _row_with_cells(self, target: int, step: int) -> int:
        """The first row with cells from the target on, or back from the edge: section titles are passed over."""
        onward = range(target, len(self._rows) if step > 0 else -1, step)
        backward = range(target, -1 if step > 0 else len(self._rows), -step)
        found: int = next(y for y in (*onward, *backward) if self._rows[y].cells)
        return found

    def action_ends(self, side: int) -> None:
        """Go to the first or last cell of the row."""
        row = self.row
        if row is not None and row.cells:
            self._go((self._at[0], 0 if side < 0 else len(row.cells) - 1))

    def action_choose(self) -> None:
        """Choose what is under the cursor."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row, self.cell))

    def on_click(self, event: Click) -> None:
        """Put the cursor where the click went; a click on the cursor chooses."""
        x, y = event.x + self.scroll_offset.x, event.y + (0 if event.y == 0 and self._header else self.scroll_offset.y)
        y -= bool(self._header)
        if not 0 <= y < len(self._rows):
            return
        cells = self._rows[y].cells
        column = x - self._label_width - 1
        nearest = min(range(len(cells)), key=lambda index: abs(cells[index].column - column)) if cells else 0
        if (y, nearest) == self._at:
            self.action_choose()
        else:
            self._go((y, nearest))

    def render_line(self, y: int) -> Strip:
        """The header stays in sight; the rows scroll below it."""
        if self._header and y == 0:
            return self._beside(Segment(" " * (self._label_width + 1), self._role("header")), self._header_strip())
        index = y + self.scroll_offset.y - bool(self._header)
        if not 0 <= index < len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        return self._row_strip(index)

    def _beside(self, label: Segment, cells: Strip) -> Strip:
        """A label, which stays where it is, and the cells that are in view beside it."""
        room = max(0, self.size.width - self._label_width - 1)
        return Strip.join([Strip([label]), cells.crop_extend(self.scroll_offset.x, self.scroll_offset.x + room, self.rich_style)])

    def _role(self, role: str) -> Style:
        return self.get_component_rich_style(f"grid--{role}")

    def _header_strip(self) -> Strip:
        line = [" "] * (self.virtual_size.width + 3)
        for column, text in self._header:
            line[column : column + len(text)] = text
        return Strip([Segment("".join(line), self._role("header"))])

    def _row_strip(self, index: int) -> Strip:
        row = self._rows[index]
        here = index == self._at[0]
        label = row.label if len(row.label) <= self._label_width else row.label[: self._label_width - 1] + "…"
        label_style = self._role(row.role)
        if here and not row.cells and self.has_focus:
            label_style += self._role("cursor")
        elif here:
            label_style += Style(bold=True)
        segments: list[Segment] = []
        column = 0
        for position, cell in enumerate(row.cells):
            if cell.column > column:
                segments.append(Segment(" " * (cell.column - column), self._role("blank")))
            style = self._role(cell.role)
            if cell.key in self._related:
                style += self._role("related")
            if here and position == self._at[1]:
                style += self._role("cursor") if self.has_focus else Style(reverse=True)
            segments.append(Segment(cell.glyph, style))
            column = cell.column + 1
        return self._beside(Segment(label.ljust(self._label_width + 1), label_style), Strip(segments))
