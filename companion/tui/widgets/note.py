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

from companion.tui.widgets.selecting import selected_text
from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from textual.selection import Selection

    from companion.mathtext.flow import Line

AT_ONCE = 1500
"""Characters that are set at once; for more, what stood there stays until the new lines are ready."""

WIDTHS_KEPT = 4


class Note(MathWidget):
    """Shows Markdown with `$…$` and `$$…$$`, as tall as its text; put it in a scrolling container."""

    def __init__(self, text: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = text
        self._room = 0
        self._shown: tuple[Line, ...] = ()
        self._laid: dict[int, tuple[Line, ...]] = {}
        self._in_work: set[tuple[str, int]] = set()

    @property
    def text(self) -> str:
        """The Markdown that is shown."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self._laid.clear()
            self.refresh(layout=True)

    def _lines(self, width: int) -> tuple[Line, ...]:
        """The lines at this width, or what was shown last while they are being set.

        Layout asks for a width with and without a scrollbar in turn, so the lines of a few widths are kept.
        """
        if width <= 0:
            return self._shown
        if width not in self._laid and len(self._text) <= AT_ONCE:
            self._keep(width, self.lines_of(self._text, width))
        elif width not in self._laid and (self._text, width) not in self._in_work:
            if not self._shown:
                self._shown = self.first_lines_of(self._text, width, self.app.size.height)
            self._in_work.add((self._text, width))
            self.run_worker(partial(self._set_aside, self._text, width), thread=True, group="setting")
        self._shown = self._laid.get(width, self._shown)
        return self._shown

    def _keep(self, width: int, lines: tuple[Line, ...]) -> None:
        while len(self._laid) >= WIDTHS_KEPT:
            del self._laid[next(iter(self._laid))]
        self._laid[width] = lines

    def _set_aside(self, text: str, width: int) -> None:
        lines = self.lines_of(text, width)
        self.app.call_from_thread(self._take, text, width, lines)

    def _take(self, text: str, width: int, lines: tuple[Line, ...]) -> None:
        self._in_work.discard((text, width))
        if text == self._text:
            self._keep(width, lines)
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room, or as the widest formula that could not be broken to fit: the page then scrolls sideways."""
        self._room = container.width - self.gutter.width
        return max(self._room, max((line.width for line in self._lines(self._room)), default=0))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines, set for the room there is."""
        return len(self._lines(self._room))

    def render_line(self, y: int) -> Strip:
        """One line of the note."""
        width = self.size.width
        lines = self._lines(self._room)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        strip = self.strip_of(lines[y].segments, width)
        span = self.text_selection.get_span(y) if self.text_selection is not None else None
        if span is not None:
            start, end = span[0], width if span[1] < 0 else span[1]
            before, chosen, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end, width)
            style = self.screen.get_component_rich_style("screen--selection")
            strip = Strip.join([before, chosen.apply_style(style), after])
        return strip.apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is copied: the words, and each formula as TeX."""
        return selected_text(self._lines(self._room), selection), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()
