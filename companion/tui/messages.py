"""What the fields of a question say to its screen."""

from __future__ import annotations

from textual.message import Message

from companion.answers.protocol import Given


class AnswerChanged(Message):
    """The answer in a field is another than before."""


class FieldMessage(Message):
    """A field asks for the focus to go elsewhere."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


class SubmitAsked(Message):
    """Enter was pressed in a field, when this stood in it: what is typed just after belongs to what comes then."""

    def __init__(self, answer: Given) -> None:
        super().__init__()
        self.answer = answer
