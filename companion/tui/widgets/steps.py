"""A field whose answer is a derivation: one line below the other, each with its own reading and, once judged, its own mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.widgets import Input

from companion.answers.protocol import Given
from companion.tui.messages import AnswerChanged, SubmitAsked
from companion.tui.widgets.answer_line import AnswerLine
from companion.tui.widgets.line_input import AnswerInput
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from companion.answers.protocol import Reply
    from companion.answers.reader import Vocabulary
    from companion.curriculum.variants import AskedField

HOW = "Enter begins a line; on an empty last line it submits."
MOST = 40
"""Lines that a derivation may have."""


class StepInput(AnswerInput):
    """A line of a derivation. Enter begins the next one; on an empty last line it submits, and the footer says which.

    `ends` says whether Enter submits here. Keys that come between Enter and the focus of the line it began are kept for that one, the
    `heir`.
    """

    BINDINGS: ClassVar = [
        Binding("enter", "submit", "Submit", key_display="Enter"),
        Binding("enter", "next_line", "Next line", key_display="Enter"),
    ]

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.ends: Callable[[], bool] = lambda: False
        self.heir: StepInput | None = None
        self._early: list[Key] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does one of two things."""
        return self.ends() if action == "submit" else not self.ends() if action == "next_line" else True

    def action_next_line(self) -> None:
        """Done by the field, which deals with Enter before it comes here."""

    async def on_key(self, event: Key) -> None:
        """Keep for the next line what was typed after Enter."""
        if self.heir is None:
            return
        self.heir._early.append(event)
        event.stop()
        event.prevent_default()

    async def on_focus(self) -> None:
        """Deal with what was typed before the line was there."""
        self.heir = None
        early, self._early = self._early, []
        for key in early:
            if key.is_printable and key.character:
                self.insert_text_at_cursor(key.character)
            else:
                await super().on_key(Key(key.key, key.character))

    def on_blur(self) -> None:
        """The next line has the focus now."""
        self.heir = None

    def _on_paste(self, event: Paste) -> None:
        """Several lines are for the field to deal with."""
        if len(event.text.splitlines()) > 1:
            event.prevent_default()
        else:
            super()._on_paste(event)


class StepsField(Vertical):
    """Lines to type into."""

    def __init__(self, field: AskedField, vocabulary: Vocabulary, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._field, self._vocabulary = field, vocabulary
        self._first = self._line(field.input)
        self._lines = [self._first]
        self._submits: AnswerLine | None = None

    def _line(self, placeholder: str = "") -> AnswerLine:
        from companion.study.reading import read_step

        entry = StepInput(placeholder)
        line = AnswerLine(partial(read_step, vocabulary=self._vocabulary), self._vocabulary, self._takes, entry, numbered=True)
        entry.ends = partial(self._ends, line)
        return line

    def compose(self) -> ComposeResult:
        """Label and lines."""
        yield Note(f"{self._field.label} *{HOW}*".strip())
        yield from self._lines

    def on_mount(self) -> None:
        """Number the lines."""
        self._renumber()

    def answer(self) -> Given:
        """The lines that are not empty."""
        return [line.text for line in self._lines if line.text.strip()]

    def put(self, answer: Given) -> None:
        """Type these lines."""
        texts = answer.splitlines() if isinstance(answer, str) else list(answer)
        self._first.put(texts[0] if texts else "")
        self._insert_below(self._first, texts[1:])

    def set_locked(self, locked: bool) -> None:
        """Nothing: typing goes on while the judge works."""

    def take_focus(self) -> None:
        """Focus the last line."""
        self._lines[-1].entry.focus()

    def submitted(self) -> None:
        """Nothing: the lines stay."""

    def mark(self, part: Reply | None) -> None:
        """Say of each line whether it follows; the number of a line in a reply counts the lines that are not empty."""
        if part is None:
            return
        judged = [line for line in self._lines if line.text.strip()]
        for number, line in enumerate(judged, 1):
            reply = part.parts.get(str(number))
            unread = reply is not None and reply.verdict == "invalid"
            line.mark(reply.verdict if reply else None, reply.position if reply and unread else None, words=False)

    # ------------------------------------------------------------------ lines

    def _takes(self, line: AnswerLine, key: str) -> bool:
        index = self._lines.index(line)
        match key:
            case "enter" if not self._ends(line):
                if len(self._lines) < MOST:
                    self._split(line)
                else:
                    self.app.bell()
            case "up" if index > 0:
                self._lines[index - 1].entry.focus()
            case "down" if index + 1 < len(self._lines):
                self._lines[index + 1].entry.focus()
            case "backspace" if line.entry.cursor_position == 0 and line.entry.selection.is_empty and index > 0:
                self._join_to_previous(line)
            case _:
                return False
        return True

    def _ends(self, line: AnswerLine) -> bool:
        """Whether Enter submits in this line."""
        return line is self._lines[-1] and not line.text.strip() and bool(self.answer())

    def _split(self, line: AnswerLine) -> None:
        """Begin a line with what stands behind the cursor."""
        cursor, text = line.entry.cursor_position, line.text
        if text[cursor:]:
            line.put(text[:cursor])
        (below,) = self._insert_below(line, [text[cursor:]])
        below.entry.cursor_position = 0
        if isinstance(line.entry, StepInput) and isinstance(below.entry, StepInput):
            line.entry.heir = below.entry

    def _insert_below(self, line: AnswerLine, texts: list[str]) -> list[AnswerLine]:
        """Begin lines below this one, and go to the last of them."""
        added = [self._line() for _ in texts[: MOST - len(self._lines)]]
        if not added:
            return []
        for new, text in zip(added, texts, strict=False):
            new.put(text)
        index = self._lines.index(line)
        self._lines[index + 1 : index + 1] = added
        self.mount_all(added, after=line)
        for new in added:
            new.call_after_refresh(self._renumber)
        added[-1].call_after_refresh(added[-1].entry.focus)
        self.post_message(AnswerChanged())
        return added

    def _join_to_previous(self, line: AnswerLine) -> None:
        """Put what stands in a line behind the one before, and remove the line."""
        index = self._lines.index(line)
        previous = self._lines[index - 1]
        length = len(previous.text)
        if line.text:
            previous.put(previous.text + line.text, length)
        else:
            previous.entry.cursor_position = length
        self._lines.remove(line)
        previous.entry.focus()
        line.remove()
        self._renumber()
        self.post_message(AnswerChanged())

    def _renumber(self) -> None:
        for number, line in enumerate(self._lines, 1):
            line.show_number(number)
        self._say_what_enter_does()

    @on(AnswerChanged)
    def _say_what_enter_does(self) -> None:
        submits = next((line for line in self._lines if self._ends(line)), None)
        if submits is not self._submits:
            self._submits = submits
            self.refresh_bindings()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(SubmitAsked(self.answer()))

    def on_paste(self, event: Paste) -> None:
        """Several lines pasted become several lines: the first goes where the cursor is."""
        event.stop()
        texts = [text for text in event.text.splitlines() if text.strip()]
        line = next((line for line in self._lines if line.entry.has_focus), self._lines[-1])
        if texts:
            line.entry.insert_text_at_cursor(texts[0])
            self._insert_below(line, texts[1:])
