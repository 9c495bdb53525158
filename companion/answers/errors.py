"""The error of a text that cannot be read."""

from __future__ import annotations

from companion.answers.tree import Span


class ReadError(ValueError):
    """Typed text that cannot be read.

    `code` is a dotted word a program can rely on (`read.bracket`, `read.unknown-name`, …), `message` a sentence for
    the learner, `span` the half-open range of characters where the trouble is, and `position` the start of it.
    """

    def __init__(self, code: str, message: str, span: Span) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span

    @property
    def position(self) -> int:
        """Where in the text the trouble starts, in characters from 0."""
        return self.span[0]
