"""One work: what it is, what it needs, what was checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from companion.learner.events import GoalKind
from companion.study.actions import Place
from companion.study.pages import reading_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.page import PageScreen

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from companion.curriculum.model import Reading

QUESTIONS = 10
"""Questions of a quiz on what a work needs."""


class ReadingScreen(PageScreen):
    """One work."""

    PLACE: ClassVar[Place] = "reading"
    KIND: ClassVar[GoalKind] = "reading"
    BINDINGS: ClassVar = bindings_for("reading")

    @property
    def _reading(self) -> Reading:
        return self.services.catalogue.readings[self.identifier]

    def page_title(self) -> str:
        """The work."""
        return self._reading.title

    def show_data(self) -> None:
        """The page and the links."""
        self.show_page(reading_page(self.services.catalogue, self._reading, self.companion.signs()))

    def links(self) -> Iterator[Option]:
        """The topics it needs."""
        yield from self.topics("Needs", self._reading.needs)

    def action_quiz(self) -> None:
        """Ask questions on what the work needs."""
        self.companion.start_quiz("reading", self.identifier, self._reading.title, QUESTIONS)
