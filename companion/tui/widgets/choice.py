"""A field whose answer is chosen from options: in one line when they are short, else one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.events import Blur, Click, Focus
from textual.geometry import Size
from textual.strip import Strip

from companion.answers.protocol import Given
from companion.tui.widgets.fields import AnswerChanged, FieldMessage
from companion.tui.widgets.setting import MathWidget

if TYPE_CHECKING:
    from companion.curriculum.variants import AskedField

Segments = tuple[tuple[str, str], ...]


class ChoiceField(MathWidget, can_focus=True):
    """Options with a cursor; arrows move it and, where one is to be chosen, choose; Space chooses, digits choose directly."""

    BINDINGS: ClassVar = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,h", "turn(-1)", "Left", show=False),
        Binding("right,l", "turn(1)", "Right", show=False),
        Binding("space", "choose", "Choose", show=False),
    ]

    def __init__(self, field: AskedField, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._field = field
        self._chosen: list[str] = []
        self._cursor = 0
        self._locked = False
        self._verdict: str | None = None
        self._set_width = -1
        self._lines: list[tuple[Segments, int | None]] = []
        self._spans: list[tuple[int, int]] = []

    @property
    def _is_flat(self) -> bool:
        return bool(self._spans)

    def answer(self) -> Given:
        """The chosen option's id, or the ids where several may be chosen; empty if none is."""
        if self._field.multiple:
            return list(self._chosen)
        return self._chosen[0] if self._chosen else ""

    def put(self, answer: Given) -> None:
        """Choose this."""
        wanted = [answer] if isinstance(answer, str) else list(answer)
        self._chosen = [option.id for option in self._field.choices if option.id in wanted]
        self._changed()

    def set_locked(self, locked: bool) -> None:
        """Take no more choices, or take them again."""
        self._locked = locked

    def take_focus(self) -> None:
        """Focus the field."""
        self.focus()

    def mark(self, verdict: str | None) -> None:
        """Show whether this part of the answer was right; `None` takes the mark away."""
        if verdict != self._verdict:
            self._verdict = verdict
            self._set_width = -1
            self.refresh()

    def _changed(self) -> None:
        self._verdict = None
        self._set_width = -1
        self.refresh()
        self.post_message(AnswerChanged())

    def _choose(self, index: int) -> None:
        if self._locked or not 0 <= index < len(self._field.choices):
            return
        self._cursor = index
        option = self._field.choices[index].id
        if not self._field.multiple:
            self._chosen = [option]
        elif option in self._chosen:
            self._chosen.remove(option)
        else:
            self._chosen.append(option)
        self._changed()

    def action_choose(self) -> None:
        """Choose the option under the cursor, or take it back where several may be chosen."""
        self._choose(self._cursor)

    def action_turn(self, step: int) -> None:
        """Go to the next option; where one is to be chosen, choose it."""
        target = self._cursor + step if self._chosen or self._field.multiple else self._cursor if step > 0 else len(self._field.choices) - 1
        self._move(max(0, min(len(self._field.choices) - 1, target)))

    def action_step(self, step: int) -> None:
        """Up and down: through the options that stand below each other, then on to the neighboring field."""
        target = self._cursor + step
        if self._is_flat or not 0 <= target < len(self._field.choices):
            self.post_message(FieldMessage(step))
        elif not self._chosen and not self._field.multiple:
            self._move(self._cursor)
        else:
            self._move(target)

    def _move(self, target: int) -> None:
        if self._field.multiple:
            self._cursor = target
            self._set_width = -1
            self.refresh()
        else:
            self._choose(target)

    def on_key(self, event: object) -> None:
        """A digit chooses the option with that number."""
        character = getattr(event, "character", None)
        if character and character in "123456789":
            self._choose(int(character) - 1)

    def on_click(self, event: Click) -> None:
        """A click chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if self._is_flat:
            for index, (start, end) in enumerate(self._spans):
                if start <= offset.x < end:
                    self._choose(index)
        elif offset.y < len(self._lines):
            index_below = self._lines[offset.y][1]
            if index_below is not None:
                self._choose(index_below)

    def on_focus(self, event: Focus) -> None:
        """Show the cursor."""
        self._set_width = -1
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Hide the cursor."""
        self._set_width = -1
        self.refresh()

    def _mark(self, option: str) -> str:
        chosen = option in self._chosen
        if self.mathematics.profile == "ascii":
            return "(*) " if chosen else "( ) "
        if self._field.multiple:
            return "■ " if chosen else "□ "
        return "● " if chosen else "○ "

    def _set(self, width: int) -> None:
        if width == self._set_width:
            return
        self._set_width = width
        label = [line.segments for line in self.lines_of(self._field.label, width)]
        texts = [[line.segments for line in self.lines_of(option.text, width - 4)] for option in self._field.choices]
        if not self._set_flat(label, texts, width):
            self._set_below(label, texts)

    def _set_flat(self, label: list[Segments], texts: list[list[Segments]], width: int) -> bool:
        self._spans = []
        if len(label) > 1 or any(len(text) != 1 for text in texts):
            return False
        start = max(24, cell_len("".join(text for text, _ in label[0])) + 2) if label else 0
        segments: list[tuple[str, str]] = list(label[0]) if label else []
        segments.append((" " * (start - cell_len("".join(text for text, _ in segments))), "text"))
        spans = []
        for index, (option, text) in enumerate(zip(self._field.choices, texts, strict=True)):
            begin = cell_len("".join(piece for piece, _ in segments))
            segments += self._option(index, self._mark(option.id), text[0])
            end = cell_len("".join(piece for piece, _ in segments))
            spans.append((begin, end))
            segments.append(("   ", "text"))
        if spans and spans[-1][1] > width:
            return False
        self._spans = spans
        self._lines = [((*segments, *self._verdict_mark()), None)]
        return True

    def _verdict_mark(self) -> Segments:
        if self._verdict == "correct":
            return (("right", "right"),)
        return (("not right", "wrong"),) if self._verdict == "incorrect" else ()

    def _set_below(self, label: list[Segments], texts: list[list[Segments]]) -> None:
        self._lines = [(segments, None) for segments in label]
        if self._verdict_mark():
            self._lines.append((self._verdict_mark(), None))
        for index, (option, text) in enumerate(zip(self._field.choices, texts, strict=True)):
            for number, segments in enumerate(text):
                lead = self._mark(option.id) if number == 0 else "  "
                self._lines.append((tuple(self._option(index, lead, segments)), index))

    def _option(self, index: int, lead: str, segments: Segments) -> list[tuple[str, str]]:
        role = "cursor" if index == self._cursor and self.has_focus else "chosen" if self._field.choices[index].id in self._chosen else ""
        drawn = [(lead, role or "marker"), *segments]
        return [(text, role or kept) for text, kept in drawn]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines at this width."""
        self._set(width)
        return max(1, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        self._set(width)
        return self.strip_of(self._lines[y][0], width) if y < len(self._lines) else Strip.blank(width, self.rich_style)
