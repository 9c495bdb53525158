"""The fields of a question: what all of them share, and the field that is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from companion.answers.protocol import Given
from companion.tui.widgets.formula import FormulaView
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from companion.answers.protocol import Reply
    from companion.answers.reader import Vocabulary
    from companion.curriculum.variants import AskedField


class AnswerChanged(Message):
    """The answer in a field is another than before."""


class FieldMessage(Message):
    """A field asks for the focus to go elsewhere."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


class SubmitAsked(Message):
    """Enter was pressed in a field, after everything that was typed before it."""


class AnswerInput(Input):
    """A line of typed mathematics. Enter is bound here: bound any higher it would overtake the letters typed just before it."""

    BINDINGS: ClassVar = [Binding("enter", "submit", "Submit", key_display="Enter")]


class TypedField(Vertical):
    """A line to type into, with its reading below: the reader's own tree, which is what will be judged."""

    def __init__(self, field: AskedField, vocabulary: Vocabulary, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._field = field
        self._vocabulary = vocabulary

    def compose(self) -> ComposeResult:
        """Label, input, reading."""
        if self._field.label:
            yield Note(self._field.label)
        yield AnswerInput(placeholder=self._field.input, max_length=2000, select_on_focus=False)
        yield FormulaView()

    def answer(self) -> Given:
        """What is typed."""
        return self.query_one(AnswerInput).value

    def put(self, answer: Given) -> None:
        """Type this."""
        field = self.query_one(AnswerInput)
        field.value = answer if isinstance(answer, str) else " ".join(answer)
        field.cursor_position = len(field.value)

    def set_locked(self, locked: bool) -> None:
        """Nothing: typing goes on while the judge works, and what is judged is what was submitted."""

    def take_focus(self) -> None:
        """Focus the line."""
        self.query_one(AnswerInput).focus()

    def mark(self, part: Reply) -> None:
        """Say below the line what the judge said about this part of the answer."""
        words = {"correct": "right", "incorrect": "not right", "invalid": "not read", "undecided": "not decided"}[part.verdict]
        self.query_one(FormulaView).show_tex("reads as", part.reading, "" if part.verdict == "correct" else words)

    def point_at(self, position: int, message: str) -> None:
        """Show where in the typed text the trouble starts."""
        self.query_one(FormulaView).show_text(" " * (position + 1) + "↑ " + message, "error")
        field = self.query_one(AnswerInput)
        field.cursor_position = min(position, len(field.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Set the reading again."""
        event.stop()
        self.post_message(AnswerChanged())
        reading = self.query_one(FormulaView)
        if not event.value.strip():
            reading.show_text("")
            return
        from companion.answers.printing import to_tex
        from companion.answers.reader import preview

        node, trouble = preview(event.value, self._vocabulary, self._field.kind)
        reading.show_tex("reads as", to_tex(node), trouble.message if trouble and trouble.code != "read.empty" else "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass it on."""
        event.stop()
        self.post_message(SubmitAsked())
