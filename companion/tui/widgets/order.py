"""A field whose answer is a proof: shuffled lines to be put in order, with some that do not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.events import Click

from companion.answers.protocol import Given
from companion.tui.messages import FieldMessage
from companion.tui.widgets.lines import LinesField, Segments

if TYPE_CHECKING:
    from companion.answers.protocol import Reply
    from companion.curriculum.variants import AskedField

HOW = "Your proof, in order. Space: use or leave out. Shift and arrows: move."


class OrderField(LinesField):
    """Lines in two lots, used and left out; the cursor goes through both, keys carry the line under it."""

    BINDINGS: ClassVar = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("shift+up,ctrl+up,K", "carry(-1)", "Move up", show=False),
        Binding("shift+down,ctrl+down,J", "carry(1)", "Move down", show=False),
        Binding("space,delete,x", "put_away", "Use or leave out", show=False),
    ]

    def __init__(self, field: AskedField, id: str | None = None) -> None:  # noqa: A002
        super().__init__(field, id)
        self._texts = {block.id: block.text for block in field.blocks}
        self._used: list[str] = []
        self._rest: list[str] = list(self._texts)

    def answer(self) -> Given:
        """The labels of the lines used, in order."""
        return list(self._used)

    def put(self, answer: Given) -> None:
        """Use these lines in this order."""
        wanted = answer.split() if isinstance(answer, str) else answer
        self._used = [label for label in wanted if label in self._texts]
        self._rest = [label for label in self._texts if label not in self._used]
        self.answer_changed()

    def submitted(self) -> None:
        """Nothing: the lines stay where they are."""

    def mark(self, part: Reply | None) -> None:
        """Nothing: the feedback names the line that is out of place."""

    @property
    def _labels(self) -> list[str]:
        return [*self._used, *self._rest]

    def action_step(self, step: int) -> None:
        """Move the cursor; beyond the ends, to the neighboring field."""
        target = self.cursor + step
        if not 0 <= target < len(self._labels):
            self.post_message(FieldMessage(step))
            return
        self.move_cursor(target)

    def action_carry(self, step: int) -> None:
        """Carry the line under the cursor up or down among those used."""
        target = self.cursor + step
        if self.is_locked or self.cursor >= len(self._used) or not 0 <= target < len(self._used):
            return
        self._used[self.cursor], self._used[target] = self._used[target], self._used[self.cursor]
        self.cursor = target
        self.answer_changed()
        self.move_cursor(target)

    def action_put_away(self) -> None:
        """Use the line under the cursor as the next one, or leave it out again."""
        if self.is_locked or not self._labels:
            return
        label = self._labels[self.cursor]
        if label in self._used:
            self._used.remove(label)
            self._rest = [other for other in self._texts if other not in self._used]
        else:
            self._rest.remove(label)
            self._used.append(label)
            self.cursor = min(len(self._used), len(self._labels) - 1)
        self.answer_changed()
        self.move_cursor(self.cursor)

    def on_click(self, event: Click) -> None:
        """A click puts the cursor there; a click on the cursor uses the line or leaves it out."""
        offset = event.get_content_offset(self)
        index = self.item_at(offset.y) if offset is not None else None
        if index is None:
            return
        if index == self.cursor and self.has_focus:
            self.action_put_away()
        else:
            self.move_cursor(index)

    def set_lines(self, width: int) -> list[tuple[Segments, int | None]]:
        """The lines used, then those left out."""
        lines: list[tuple[Segments, int | None]] = [(line.segments, None) for line in self.lines_of(HOW, width)]
        if not self._used:
            lines.append(((("   (nothing yet)", "faint"),), None))
        for index, label in enumerate(self._labels):
            if index == len(self._used):
                lines.append(((("Left out:", "faint"),), None))
            lead = f"{index + 1:2} " if index < len(self._used) else "   "
            lines += self._block(index, lead, label, width)
        return lines

    def _block(self, index: int, lead: str, label: str, width: int) -> list[tuple[Segments, int | None]]:
        here = index == self.cursor and self.has_focus
        lines: list[tuple[Segments, int | None]] = []
        for number, line in enumerate(self.lines_of(self._texts[label], width - len(lead) - 2)):
            margin = ((">" if here else " ") + lead) if number == 0 else " " * (len(lead) + 1)
            segments = tuple((text, "cursor" if here else role) for text, role in line.segments)
            lines.append((((margin, "marker"), *segments), index))
        return lines
