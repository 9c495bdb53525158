"""One work: what it is, what it needs, what was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList

from companion.learner.events import Goal
from companion.study.actions import Place
from companion.study.marks import glyph
from companion.study.pages import reading_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, heading
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widgets.option_list import Option

QUESTIONS = 10
"""Questions of a quiz on what a work needs."""


class ReadingScreen(CompanionScreen):
    """One work."""

    PLACE: ClassVar[Place] = "reading"
    BINDINGS: ClassVar = bindings_for("reading")

    def __init__(self, reading: str) -> None:
        super().__init__()
        self._reading_id = reading

    def compose_body(self) -> ComposeResult:
        """The page, and the topics it needs."""
        with Horizontal(id="body"):
            with VerticalScroll(id="page"):
                yield Note(id="note")
            yield Listing(id="links")

    def show_data(self) -> None:
        """The page and the links."""
        catalogue, marks = self.services.catalogue, self.companion.marks()
        reading = catalogue.readings[self._reading_id]
        self.set_heading(f"{reading.title}{self.companion.goal_mark('reading', reading.id)}")
        self.query_one("#note", Note).text = reading_page(catalogue, reading, marks)
        self.query_one("#links", Listing).fill(self._links())

    def _links(self) -> Iterable[Option]:
        catalogue, marks = self.services.catalogue, self.companion.marks()
        yield heading("Needs")
        for topic in catalogue.readings[self._reading_id].needs:
            yield entry(f"topic {topic}", f"{glyph(marks[topic], self.companion.is_ascii)} {catalogue.topics[topic].title}")

    @on(OptionList.OptionSelected, "#links")
    def _follow(self, event: OptionList.OptionSelected) -> None:
        self.companion.follow(event.option_id or "")

    def action_quiz(self) -> None:
        """Ask questions on what the work needs."""
        self.companion.start_quiz("reading", self._reading_id, self.services.catalogue.readings[self._reading_id].title, QUESTIONS)

    async def action_make_goal(self) -> None:
        """Plan the path to this work."""
        if await self.companion.record(Goal("reading", self._reading_id)):
            self.notify(f"Your goal is now: {self.services.catalogue.readings[self._reading_id].title}.", markup=False)
            self.show_data()
