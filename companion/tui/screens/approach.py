"""An approach: its question, what is proved, what is open, and what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList

from companion.learner.events import Goal
from companion.study.actions import Place
from companion.study.marks import glyph
from companion.study.pages import approach_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, heading
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widgets.option_list import Option


class ApproachScreen(CompanionScreen):
    """One approach."""

    PLACE: ClassVar[Place] = "approach"
    BINDINGS: ClassVar = bindings_for("approach")

    def __init__(self, approach: str) -> None:
        super().__init__()
        self._approach_id = approach

    def compose_body(self) -> ComposeResult:
        """The page, and its topics and works."""
        with Horizontal(id="body"):
            with VerticalScroll(id="page"):
                yield Note(id="note")
            yield Listing(id="links")

    def show_data(self) -> None:
        """The page and the links."""
        catalogue, marks = self.services.catalogue, self.companion.marks()
        approach = catalogue.approaches[self._approach_id]
        self.set_heading(f"{approach.title}{self.companion.goal_mark('approach', approach.id)}")
        self.query_one("#note", Note).text = approach_page(catalogue, approach, marks)
        self.query_one("#links", Listing).fill(self._links())

    def _links(self) -> Iterable[Option]:
        catalogue, marks = self.services.catalogue, self.companion.marks()
        approach = catalogue.approaches[self._approach_id]
        yield heading("Topics")
        for topic in approach.topics:
            yield entry(f"topic {topic}", f"{glyph(marks[topic], self.companion.is_ascii)} {catalogue.topics[topic].title}")
        if approach.readings:
            yield heading("Works")
            yield from (entry(f"reading {work}", catalogue.readings[work].title) for work in approach.readings)

    @on(OptionList.OptionSelected, "#links")
    def _follow(self, event: OptionList.OptionSelected) -> None:
        self.companion.follow(event.option_id or "")

    async def action_make_goal(self) -> None:
        """Plan the path to this approach."""
        if await self.companion.record(Goal("approach", self._approach_id)):
            self.notify(f"Your goal is now: {self.services.catalogue.approaches[self._approach_id].title}.", markup=False)
            self.show_data()

    def action_copy_tex(self) -> None:
        """Copy the formulas of the page."""
        self.companion.copy_formulas(self.query_one("#note", Note).text)
