"""A field whose answer is a derivation: one line below the other, with the reading of the line the cursor is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import TextArea

from companion.answers.protocol import Given
from companion.tui.widgets.fields import AnswerChanged, SubmitAsked
from companion.tui.widgets.formula import FormulaView
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from companion.answers.protocol import Reply
    from companion.answers.reader import Vocabulary
    from companion.curriculum.variants import AskedField

HOW = "One line below the other; Enter on an empty line submits."
MARKS = {"correct": "right", "incorrect": "not right", "invalid": "not read", "undecided": "not decided"}


class AnswerLines(TextArea):
    """The lines. Enter begins the next one; on an empty last line it submits."""

    BINDINGS: ClassVar = [Binding("enter", "next_line", "Next line", key_display="Enter")]

    def action_next_line(self) -> None:
        """Begin a line, or submit."""
        row, _ = self.cursor_location
        at_end = row == self.document.line_count - 1
        if at_end and self.text.strip() and not self.document.get_line(row).strip():
            self.post_message(SubmitAsked())
        else:
            self.insert("\n")


class StepsField(Vertical):
    """Lines to type into; the reading below them is of the line under the cursor."""

    def __init__(self, field: AskedField, vocabulary: Vocabulary, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._field = field
        self._vocabulary = vocabulary

    def compose(self) -> ComposeResult:
        """Label, lines, reading."""
        yield Note(f"{self._field.label} *{HOW}*".strip())
        yield AnswerLines(show_line_numbers=True, tab_behavior="focus", compact=True)
        yield FormulaView()

    @property
    def _lines(self) -> AnswerLines:
        return self.query_one(AnswerLines)

    def answer(self) -> Given:
        """The lines that are not empty."""
        return [line for line in self._lines.text.splitlines() if line.strip()]

    def put(self, answer: Given) -> None:
        """Type these lines."""
        self._lines.text = answer if isinstance(answer, str) else "\n".join(answer)
        self._lines.move_cursor(self._lines.document.end)

    def set_locked(self, locked: bool) -> None:
        """Nothing: typing goes on while the judge works."""

    def take_focus(self) -> None:
        """Focus the lines."""
        self._lines.focus()

    def mark(self, part: Reply) -> None:
        """Say of each line whether it follows."""
        said = [f"{number}: {MARKS[reply.verdict]}" for number, reply in part.parts.items()]
        self.query_one(FormulaView).show_text("Lines " + ", ".join(said) if said else "")

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(AnswerChanged())
        self._read()

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self._read()

    def _read(self) -> None:
        row, _ = self._lines.cursor_location
        line = self._lines.document.get_line(row)
        reading = self.query_one(FormulaView)
        if not line.strip():
            reading.show_text("")
            return
        from companion.answers.beginnings import TEX, split_line
        from companion.answers.printing import to_tex
        from companion.answers.reader import preview

        sign, arrow, start = split_line(line)
        node, trouble = preview(line[start:], self._vocabulary, "relation")
        lead = " ".join(TEX[mark] for mark in (arrow, sign) if mark)
        remark = trouble.message if trouble and trouble.code != "read.empty" else ""
        reading.show_tex("reads as", f"{lead} {to_tex(node)}", remark)
