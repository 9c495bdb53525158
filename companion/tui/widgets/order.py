"""A field whose answer is a proof: shuffled lines to be put in order, with some that do not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.events import Blur, Click, Focus
from textual.geometry import Size
from textual.strip import Strip

from companion.answers.protocol import Given
from companion.tui.widgets.fields import AnswerChanged, FieldMessage
from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from companion.answers.protocol import Reply
    from companion.curriculum.variants import AskedField

Segments = tuple[tuple[str, str], ...]


class OrderField(MathWidget, can_focus=True):
    """Lines in two lots, used and left out; the cursor goes through both, keys carry the line under it."""

    BINDINGS: ClassVar = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("shift+up,ctrl+up,K", "carry(-1)", "Move up", show=True, key_display="Shift+↑↓"),
        Binding("shift+down,ctrl+down,J", "carry(1)", "Move down", show=False),
        Binding("space,delete,x", "put_away", "Use/leave out", show=True, key_display="Space"),
    ]

    def __init__(self, field: AskedField, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._texts = {block.id: block.text for block in field.blocks}
        self._used: list[str] = []
        self._rest: list[str] = [block.id for block in field.blocks]
        self._cursor = 0
        self._locked = False
        self._set_width = -1
        self._lines: list[tuple[Segments, int | None]] = []

    def answer(self) -> Given:
        """The labels of the lines used, in order."""
        return list(self._used)

    def put(self, answer: Given) -> None:
        """Use these lines in this order."""
        wanted = answer.split() if isinstance(answer, str) else answer
        self._used = [label for label in wanted if label in self._texts]
        self._rest = [label for label in self._texts if label not in self._used]
        self._changed()

    def mark(self, part: Reply) -> None:
        """Nothing: the feedback names the line that is out of place."""

    def set_locked(self, locked: bool) -> None:
        """Move nothing more, or move again."""
        self._locked = locked

    def take_focus(self) -> None:
        """Focus the field."""
        self.focus()

    def _changed(self) -> None:
        self._set_width = -1
        self.refresh(layout=True)
        self.post_message(AnswerChanged())

    @property
    def _labels(self) -> list[str]:
        return [*self._used, *self._rest]

    def action_step(self, step: int) -> None:
        """Move the cursor; beyond the ends, to the neighboring field."""
        target = self._cursor + step
        if not 0 <= target < len(self._labels):
            self.post_message(FieldMessage(step))
            return
        self._cursor = target
        self._set_width = -1
        self.refresh()

    def action_carry(self, step: int) -> None:
        """Carry the line under the cursor up or down among those used."""
        target = self._cursor + step
        if self._locked or self._cursor >= len(self._used) or not 0 <= target < len(self._used):
            return
        self._used[self._cursor], self._used[target] = self._used[target], self._used[self._cursor]
        self._cursor = target
        self._changed()

    def action_put_away(self) -> None:
        """Use the line under the cursor as the next one, or leave it out again."""
        if self._locked or not self._labels:
            return
        label = self._labels[self._cursor]
        if label in self._used:
            self._used.remove(label)
            self._rest = [other for other in self._texts if other not in self._used]
        else:
            self._rest.remove(label)
            self._used.append(label)
            self._cursor = min(max(self._cursor, len(self._used)), len(self._labels) - 1)
        self._changed()

    def on_click(self, event: Click) -> None:
        """A click puts the cursor there; a click on the cursor uses the line or leaves it out."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._lines):
            return
        index = self._lines[offset.y][1]
        if index is None:
            return
        if index == self._cursor and self.has_focus:
            self.action_put_away()
        else:
            self._cursor = index
            self._set_width = -1
            self.refresh()

    def on_focus(self, event: Focus) -> None:
        """Show the cursor."""
        self._set_width = -1
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Hide the cursor."""
        self._set_width = -1
        self.refresh()

    def _set(self, width: int) -> None:
        if width == self._set_width:
            return
        self._set_width = width
        self._lines = [((("Your proof, in order:", "faint"),), None)]
        if not self._used:
            self._lines.append(((("   (none yet: Space uses the line under the cursor)", "faint"),), None))
        for index, label in enumerate(self._labels):
            if index == len(self._used):
                self._lines.append(((("Left out:", "faint"),), None))
            lead = f"{index + 1:2} " if index < len(self._used) else "   "
            self._add_block(index, lead, label, width)

    def _add_block(self, index: int, lead: str, label: str, width: int) -> None:
        here = index == self._cursor and self.has_focus
        for number, line in enumerate(self.lines_of(self._texts[label], width - len(lead) - 2)):
            margin = ((">" if here else " ") + lead) if number == 0 else " " * (len(lead) + 1)
            segments = tuple((text, "cursor" if here else role) for text, role in line.segments)
            self._lines.append((((margin, "marker"), *segments), index))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines at this width."""
        self._set(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        self._set(width)
        return self.strip_of(self._lines[y][0], width) if y < len(self._lines) else Strip.blank(width, self.rich_style)
