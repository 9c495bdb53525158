"""A note: Markdown with mathematics in one widget, drawn line by line and set again when the width changes.

One widget for a whole note, however long: a tree of widgets for each paragraph
costs seconds for a long text. Nothing in the text is ever taken for markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.strip import Strip

from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from companion.mathtext.flow import Line


class Note(MathWidget):
    """Shows Markdown with `$…$` and `$$…$$`, as tall as its text; put it in a scrolling container."""

    def __init__(self, text: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = text
        self._set_for: tuple[str, int] | None = None
        self._lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The Markdown that is shown."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def _set(self, width: int) -> None:
        if self._set_for != (self._text, width):
            self._set_for = (self._text, width)
            self._lines = self.lines_of(self._text, width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at this width."""
        self._set(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the note."""
        width = self.size.width
        self._set(width)
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        return self.strip_of(self._lines[y].segments, width)
