"""A note: Markdown with mathematics in one widget, drawn line by line and set again when the width changes.

One widget for a whole note, however long: a tree of widgets for each paragraph
costs seconds for a long text. A long text is set in a thread, so that keys are
answered meanwhile. Nothing in the text is ever taken for markup.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.strip import Strip

from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from companion.mathtext.flow import Line

AT_ONCE = 1500
"""Characters that are set at once; for more, what stood there stays until the new lines are ready."""


class Note(MathWidget):
    """Shows Markdown with `$…$` and `$$…$$`, as tall as its text; put it in a scrolling container."""

    def __init__(self, text: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = text
        self._set_for: tuple[str, int] | None = None
        self._in_work: tuple[str, int] | None = None
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
        wanted = (self._text, width)
        if wanted == self._set_for or width <= 0:
            return
        if len(self._text) <= AT_ONCE:
            self._set_for, self._lines = wanted, self.lines_of(self._text, width)
        elif wanted != self._in_work:
            self._in_work = wanted
            self.run_worker(partial(self._set_aside, *wanted), thread=True, exclusive=True, group="setting", exit_on_error=True)

    def _set_aside(self, text: str, width: int) -> None:
        lines = self.lines_of(text, width)
        self.app.call_from_thread(self._take, text, width, lines)

    def _take(self, text: str, width: int, lines: tuple[Line, ...]) -> None:
        if (text, width) == self._in_work:
            self._set_for, self._lines, self._in_work = (text, width), lines, None
            self.refresh(layout=True)

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
