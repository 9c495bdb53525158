"""The field that is typed into: a line, or a derivation of several."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from companion.answers.protocol import Given
from companion.tui.messages import SubmitAsked
from companion.tui.widgets.answer_line import AnswerLine
from companion.tui.widgets.line_input import AnswerInput
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from companion.answers.protocol import Reply
    from companion.answers.reader import Vocabulary
    from companion.curriculum.variants import AskedField
    from companion.study.recall import Recall


class TypedField(Vertical):
    """A line to type into, with its reading below: the reader's own tree, which is what will be judged."""

    def __init__(self, field: AskedField, vocabulary: Vocabulary, recall: Recall, id: str | None = None) -> None:  # noqa: A002
        from companion.study.reading import read_answer

        super().__init__(id=id)
        self._field = field
        self._recall = recall
        reader = partial(read_answer, vocabulary=vocabulary, kind=field.kind)
        self.line = AnswerLine(reader, vocabulary, self._recalls, AnswerInput(field.input))
        recall.begin()

    def compose(self) -> ComposeResult:
        """Label and line."""
        if self._field.label:
            yield Note(self._field.label)
        yield self.line

    def answer(self) -> Given:
        """What is typed."""
        return self.line.text

    def put(self, answer: Given) -> None:
        """Type this."""
        self.line.put(answer if isinstance(answer, str) else " ".join(answer))

    def set_locked(self, locked: bool) -> None:
        """Nothing: typing goes on while the judge works, and what is judged is what was submitted."""

    def take_focus(self) -> None:
        """Focus the line."""
        self.line.entry.focus()

    def submitted(self) -> None:
        """What stands here is an answer now, to be recalled later."""
        self._recall.submitted(self.line.text)

    def mark(self, part: Reply | None) -> None:
        """Say below the line what the judge said about this part of the answer, and show where it could not be read."""
        if part is None:
            return
        self.line.mark(part.verdict, part.position if part.verdict == "invalid" else None)

    def _recalls(self, line: AnswerLine, key: str) -> bool:
        if key not in ("up", "down"):
            return False
        earlier = self._recall.step(-1 if key == "up" else 1, line.text)
        if earlier is not None:
            line.put(earlier)
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass it on."""
        event.stop()
        self.post_message(SubmitAsked(event.value))
