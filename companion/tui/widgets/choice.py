"""A field whose answer is chosen from options: in one line when they are short, else one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.events import Click, Key

from companion.answers.protocol import Given
from companion.study.verdicts import ROLES, verdict_mark
from companion.tui.messages import FieldMessage
from companion.tui.widgets.lines import LinesField, Segments

if TYPE_CHECKING:
    from companion.answers.protocol import Reply, Verdict
    from companion.curriculum.variants import AskedField

LABEL_WIDTH = 24
"""Columns of a label that stands before its options, so that the options of several fields stand below each other."""

MARK_WIDTH = len("   x not right")
"""Columns kept for the verdict after options that stand in one line."""


class ChoiceField(LinesField):
    """Options with a cursor; arrows move it and, where one is to be chosen, choose; Space chooses, digits choose directly."""

    BINDINGS: ClassVar = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,h", "turn(-1)", "Left", show=False),
        Binding("right,l", "turn(1)", "Right", show=False),
        Binding("space", "choose", "Choose", show=False),
    ]

    def __init__(self, field: AskedField, id: str | None = None) -> None:  # noqa: A002
        super().__init__(field, id)
        self._chosen: list[str] = []
        self._verdict: Verdict | None = None
        self._spans: list[tuple[int, int]] = []

    @property
    def _is_flat(self) -> bool:
        return bool(self._spans)

    def answer(self) -> Given:
        """The chosen option's id, or the ids where several may be chosen; empty if none is."""
        if self.field.multiple:
            return list(self._chosen)
        return self._chosen[0] if self._chosen else ""

    def put(self, answer: Given) -> None:
        """Choose this."""
        wanted = [answer] if isinstance(answer, str) else list(answer)
        self._chosen = [option.id for option in self.field.choices if option.id in wanted]
        self._changed()

    def submitted(self) -> None:
        """Nothing: what is chosen stays chosen."""

    def mark(self, part: Reply | None) -> None:
        """Show whether this part of the answer was right; `None` takes the mark away."""
        verdict = part.verdict if part else None
        if verdict != self._verdict:
            self._verdict = verdict
            self.draw_again(layout=True)

    def _changed(self) -> None:
        self._verdict = None
        self.answer_changed()

    def _choose(self, index: int) -> None:
        if self.is_locked or not 0 <= index < len(self.field.choices):
            return
        self.cursor = index
        option = self.field.choices[index].id
        if not self.field.multiple:
            self._chosen = [option]
        elif option in self._chosen:
            self._chosen.remove(option)
        else:
            self._chosen.append(option)
        self._changed()

    def action_choose(self) -> None:
        """Choose the option under the cursor, or take it back where several may be chosen."""
        self._choose(self.cursor)

    def action_turn(self, step: int) -> None:
        """Go to the next option; where one is to be chosen, choose it. The first press chooses the first or the last."""
        last = len(self.field.choices) - 1
        first = 0 if step > 0 else last
        self._move(max(0, min(last, self.cursor + step)) if self._chosen or self.field.multiple else first)

    def action_step(self, step: int) -> None:
        """Up and down: through the options that stand below each other, then on to the neighboring field."""
        target = self.cursor + step
        if self._is_flat or not 0 <= target < len(self.field.choices):
            self.post_message(FieldMessage(step))
        elif not self._chosen and not self.field.multiple:
            self._move(self.cursor)
        else:
            self._move(target)

    def _move(self, target: int) -> None:
        if self.field.multiple:
            self.move_cursor(target)
        else:
            self._choose(target)

    def on_key(self, event: Key) -> None:
        """A digit chooses the option with that number."""
        if event.character and event.character in "123456789":
            self._choose(int(event.character) - 1)

    def on_click(self, event: Click) -> None:
        """A click chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if self._is_flat:
            chosen = next((index for index, (start, end) in enumerate(self._spans) if start <= offset.x < end), None)
        else:
            chosen = self.item_at(offset.y)
        if chosen is not None:
            self._choose(chosen)

    def set_lines(self, width: int) -> list[tuple[Segments, int | None]]:
        """Label and options in one line if they fit, else below each other."""
        label = [line.segments for line in self.lines_of(self.field.label, width)]
        texts = [[line.segments for line in self.lines_of(option.text, width - 4)] for option in self.field.choices]
        self._spans = []
        if len(label) <= 1 and all(len(text) == 1 for text in texts):
            flat = self._flat(label, [text[0] for text in texts], width)
            if flat:
                return flat
        return self._below(label, texts)

    def _flat(self, label: list[Segments], texts: list[Segments], width: int) -> list[tuple[Segments, int | None]]:
        start = max(LABEL_WIDTH, _width(label[0]) + 2) if label else 0
        segments: list[tuple[str, str]] = list(label[0]) if label else []
        segments.append((" " * (start - _width(segments)), "text"))
        spans = []
        for index, text in enumerate(texts):
            begin = _width(segments)
            segments += self._option(index, self._sign(index), text)
            spans.append((begin, _width(segments)))
            segments.append(("   ", "text"))
        if not spans or spans[-1][1] + MARK_WIDTH > width:
            return []
        self._spans = spans
        return [((*segments, *self._verdict_mark()), None)]

    def _below(self, label: list[Segments], texts: list[list[Segments]]) -> list[tuple[Segments, int | None]]:
        lines: list[tuple[Segments, int | None]] = [(segments, None) for segments in label]
        if self._verdict_mark():
            lines.append((self._verdict_mark(), None))
        for index, text in enumerate(texts):
            for number, segments in enumerate(text):
                lead = self._sign(index) if number == 0 else " " * len(self._sign(index))
                lines.append((tuple(self._option(index, lead, segments)), index))
        return lines

    def _option(self, index: int, lead: str, segments: Segments) -> list[tuple[str, str]]:
        here = index == self.cursor and self.has_focus
        role = "cursor" if here else "chosen" if self.field.choices[index].id in self._chosen else ""
        return [(lead, role or "marker"), *((text, role or kept) for text, kept in segments)]

    def _sign(self, index: int) -> str:
        chosen = self.field.choices[index].id in self._chosen
        if self.mathematics.profile == "ascii":
            return "[*] " if chosen else "[ ] "
        if self.field.multiple:
            return "■ " if chosen else "□ "
        return "● " if chosen else "○ "

    def _verdict_mark(self) -> Segments:
        if self._verdict not in ("correct", "incorrect"):
            return ()
        return ((verdict_mark(self._verdict, self.mathematics.profile == "ascii"), ROLES[self._verdict]),)


def _width(segments: list[tuple[str, str]] | Segments) -> int:
    return sum(cell_len(text) for text, _ in segments)
