"""One line to type into, whose keys take effect in the order in which they were pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

from companion.study.brackets import match

EDITING = {key: binding.action for binding in Input.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")}
"""What each editing key of an input does."""


class LineInput(Input, inherit_bindings=False):
    """A line whose editing keys are dealt with where letters are.

    As bindings they would pass through the queues of all the widgets around the line, and letters typed just after would overtake them.
    `takes` is asked first about every key, and says whether it has dealt with it.
    """

    takes: Callable[[str], bool] | None = None

    async def on_key(self, event: Key) -> None:
        """Deal with a key that edits, moves the cursor, or submits."""
        done = self.takes is not None and self.takes(event.key)
        if not done and event.key in EDITING:
            done = await self.app.run_action(EDITING[event.key], self)
        if done:
            event.stop()
            event.prevent_default()


class AnswerInput(LineInput):
    """A line of typed mathematics: the partner of the bracket at the cursor is shown, and brackets without a partner are marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"answer--partner", "answer--unmatched"}

    def __init__(self, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, max_length=2000, select_on_focus=False, highlighter=BracketHighlighter(self), id=id)
        self._unmatched: tuple[int, ...] = ()

    @property
    def unmatched(self) -> tuple[int, ...]:
        """The places of the brackets that are marked as having no partner."""
        return self._unmatched

    @unmatched.setter
    def unmatched(self, places: tuple[int, ...]) -> None:
        if places != self._unmatched:
            self._unmatched = places
            self.refresh()

    def put(self, text: str, cursor: int) -> None:
        """Write this text; the bell if it is too long."""
        if self.max_length and len(text) > self.max_length:
            self.restricted()
            return
        self.value = text
        self.cursor_position = cursor


class BracketHighlighter(Highlighter):
    """Styles the brackets of an answer."""

    def __init__(self, field: AnswerInput) -> None:
        self._field = field

    def highlight(self, text: Text) -> None:
        """Style the brackets without a partner, and the pair at the cursor."""
        field = self._field
        for place in field.unmatched:
            text.stylize(field.get_component_rich_style("answer--unmatched"), place, place + 1)
        pair = match(text.plain).at(field.cursor_position) if field.has_focus else None
        for place in pair or ():
            text.stylize(field.get_component_rich_style("answer--partner"), place, place + 1)
