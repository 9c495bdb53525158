"""A page with links beside it: a topic, an approach, a work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList

from companion.learner.events import Goal, GoalKind
from companion.study.marks import glyph
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, heading
from companion.tui.widgets.note import Note
from companion.tui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from textual.widgets.option_list import Option


class PageScreen(CompanionScreen):
    """Something that can be read about, followed from, and made the goal. Subclasses give `KIND`, the title and `links`."""

    KIND: ClassVar[GoalKind]

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier

    def compose_body(self) -> ComposeResult:
        """The page, and what is next to it on the map."""
        with Horizontal(id="body"):
            with PageScroll(id="page"):
                yield Note(id="note")
            yield Listing(id="links")

    def page_title(self) -> str:
        """What the page is about."""
        raise KeyError(self.identifier)

    def links(self) -> Iterator[Option]:
        """What can be followed from here."""
        yield from ()

    def show_page(self, text: str) -> None:
        """Show the page, and the links beside it."""
        goal = self.services.progress.goal
        mark = " · your goal" if (goal.kind, goal.id) == (self.KIND, self.identifier) else ""
        self.set_heading(self.page_title() + mark)
        self.query_one("#note", Note).text = text
        self.query_one("#links", Listing).fill(self.links())

    def topics(self, title: str, identifiers: Iterable[str]) -> Iterator[Option]:
        """Links to topics under a heading, if there are any."""
        marks, catalogue = self.companion.marks(), self.services.catalogue
        named = {topic: f"{glyph(marks[topic], self.companion.is_ascii)} {catalogue.topics[topic].title}" for topic in identifiers}
        found = [entry(f"topic {topic}", name) for topic, name in named.items()]
        yield from (heading(title), *found) if found else ()

    def works(self, title: str, identifiers: Iterable[str]) -> Iterator[Option]:
        """Links to works under a heading, if there are any."""
        found = [entry(f"reading {work}", self.services.catalogue.readings[work].title) for work in dict.fromkeys(identifiers)]
        yield from (heading(title), *found) if found else ()

    @on(OptionList.OptionSelected, "#links")
    def _follow(self, event: OptionList.OptionSelected) -> None:
        self.companion.follow(event.option_id or "")

    async def action_make_goal(self) -> None:
        """Plan the path to this."""
        if await self.companion.record(Goal(self.KIND, self.identifier)):
            self.companion.say("This is your goal now; p shows the path to it.")
            self.show_data()

    def _formulas(self) -> list[str]:
        from companion.curriculum.formulas import formulas_in

        found = [formula.tex for formula in formulas_in(self.query_one("#note", Note).text) if formula.mode != "stray"]
        if not found:
            self.companion.say("There is no formula on this page.")
        return found

    def action_formulas(self) -> None:
        """Show the TeX of each formula."""
        from companion.tui.screens.formulas import FormulasScreen

        found = self._formulas()
        if found:
            self.app.push_screen(FormulasScreen(found))

    def action_copy_tex(self) -> None:
        """Copy all formulas of the page, one a line."""
        found = self._formulas()
        if found:
            self.app.copy_to_clipboard("\n".join(found))
            self.companion.say(f"{len(found)} formulas copied as TeX.")
