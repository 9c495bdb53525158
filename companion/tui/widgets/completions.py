"""The small menu under a line of typed mathematics: what a word with a backslash may become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.strip import Strip

from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from companion.study.completion import Completion

ROWS = 8
"""Completions shown at once."""


class CompletionMenu(MathWidget):
    """Lies over what is below the line while it is open. The line keeps the focus and passes the keys on."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Completion, ...] = ()
        self._cursor = 0
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return bool(self._found)

    @property
    def chosen(self) -> Completion:
        """The completion under the cursor; `IndexError` while the menu is closed."""
        return self._found[self._cursor]

    def open(self, found: tuple[Completion, ...]) -> None:
        """Offer these, the first one chosen; the one chosen before if it is still among them. None closes the menu."""
        before = self._found[self._cursor] if self._found else None
        self._found = found
        self._cursor = found.index(before) if before in found else 0
        self.display = bool(found)
        self.refresh(layout=True)

    def close(self) -> None:
        """Offer nothing."""
        if self._found:
            self.open(())

    def move(self, step: int) -> None:
        """Choose the next one, or the one before; from the last on to the first."""
        self._cursor = (self._cursor + step) % len(self._found)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row for each, up to a limit."""
        return max(1, min(ROWS, len(self._found)))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the longest."""
        return max((len(self._row(found)) for found in self._found), default=1)

    def render_line(self, y: int) -> Strip:
        """One completion."""
        first = max(0, min(self._cursor - ROWS // 2, len(self._found) - ROWS))
        index = first + y
        if index >= len(self._found):
            return Strip.blank(self.size.width, self.rich_style)
        here = index == self._cursor
        text = (">" if here else " ") + self._row(self._found[index])[1:]
        return self.strip_of(((text.ljust(self.size.width), "cursor" if here else "text"),), self.size.width)

    def _row(self, found: Completion) -> str:
        label = found.mark.label(self.mathematics.profile == "ascii")
        return f"  {label:8} \\{found.command:12} {found.mark.meaning} "
