"""What the fields that are not typed into share: lines that are set for a width, a cursor among them, a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Blur, Focus
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from companion.tui.messages import AnswerChanged
from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from companion.curriculum.variants import AskedField

Segments = tuple[tuple[str, str], ...]


class LinesField(MathWidget, can_focus=True):
    """A field drawn as lines; each line belongs to the item with its index, or to none. Subclasses give `set_lines`."""

    def __init__(self, field: AskedField, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.field = field
        self.cursor = 0
        self.is_locked = False
        self._width_set = -1
        self._lines: list[tuple[Segments, int | None]] = []

    def set_lines(self, width: int) -> list[tuple[Segments, int | None]]:
        """The lines at this width."""
        raise LookupError("a field without lines")

    def set_locked(self, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self.is_locked = locked

    def take_focus(self) -> None:
        """Focus the field."""
        self.focus()

    class CursorMoved(Message):
        """The cursor stands on another item; `line` is where that begins, counted from the top of the field."""

        def __init__(self, field: LinesField, line: int) -> None:
            super().__init__()
            self.field, self.line = field, line

    def move_cursor(self, target: int) -> None:
        """Put the cursor on an item, and ask for it to be brought into view."""
        self.cursor = target
        self.draw_again()
        self._set(self.size.width)
        line = next((y for y, (_, item) in enumerate(self._lines) if item == target), 0)
        self.post_message(self.CursorMoved(self, line))

    def draw_again(self, layout: bool = False) -> None:
        """Something that is drawn has changed."""
        self._width_set = -1
        self.refresh(layout=layout)

    def answer_changed(self) -> None:
        """Draw again, and say that the answer is another."""
        self.draw_again(layout=True)
        self.post_message(AnswerChanged())

    def item_at(self, y: int) -> int | None:
        """The index of the item that the line at this height belongs to."""
        return self._lines[y][1] if 0 <= y < len(self._lines) else None

    def on_focus(self, event: Focus) -> None:
        """Show the cursor."""
        self.draw_again()

    def on_blur(self, event: Blur) -> None:
        """Hide the cursor."""
        self.draw_again()

    def _set(self, width: int) -> None:
        if width != self._width_set:
            self._width_set = width
            self._lines = self.set_lines(width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines at this width."""
        self._set(width)
        return max(1, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        self._set(width)
        return self.strip_of(self._lines[y][0], width) if y < len(self._lines) else Strip.blank(width, self.rich_style)
