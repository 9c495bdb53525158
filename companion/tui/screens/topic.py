"""A topic: its notes, what it needs and leads to, and the way into its exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList

from companion.learner.events import Goal, Known
from companion.study.actions import Place
from companion.study.marks import glyph
from companion.study.pages import topic_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, heading
from companion.tui.widgets.note import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widgets.option_list import Option

    from companion.curriculum.model import Topic

QUESTIONS = 10
"""Questions of a quiz on one topic."""


class TopicScreen(CompanionScreen):
    """One topic."""

    PLACE: ClassVar[Place] = "topic"
    BINDINGS: ClassVar = bindings_for("topic")

    def __init__(self, topic: str) -> None:
        super().__init__()
        self._topic_id = topic

    def compose_body(self) -> ComposeResult:
        """Notes, and the neighbors in the map."""
        with Horizontal(id="body"):
            with VerticalScroll(id="page"):
                yield Note(id="note")
            yield Listing(id="links")

    @property
    def _topic(self) -> Topic:
        return self.services.catalogue.topics[self._topic_id]

    def show_data(self) -> None:
        """The page and the links."""
        self.run_worker(self._show_page(), exclusive=True, group="page")

    async def _show_page(self) -> None:
        body = await self.services.body(self._topic_id)
        marks = self.companion.marks()
        topic = self._topic
        self.set_heading(f"{glyph(marks[topic.id], self.companion.is_ascii)} {topic.title}{self.companion.goal_mark('topic', topic.id)}")
        self.query_one("#note", Note).text = topic_page(self.services.catalogue, topic, body, marks)
        self.query_one("#links", Listing).fill(self._links())

    def _links(self) -> Iterable[Option]:
        catalogue, marks = self.services.catalogue, self.companion.marks()
        topic = self._topic

        def named(identifier: str) -> str:
            return f"{glyph(marks[identifier], self.companion.is_ascii)} {catalogue.topics[identifier].title}"

        if topic.prerequisites:
            yield heading("Needs")
            yield from (entry(f"topic {need.id}", named(need.id)) for need in topic.prerequisites)
        dependents = catalogue.graph.direct_dependents(topic.id)
        if dependents:
            yield heading("Leads to")
            yield from (entry(f"topic {other}", named(other)) for other in dependents)
        if topic.readings:
            yield heading("Where to read")
            works = dict.fromkeys(citation.work for citation in topic.readings)
            yield from (entry(f"reading {work}", catalogue.readings[work].title) for work in works)

    @on(OptionList.OptionSelected, "#links")
    def _follow(self, event: OptionList.OptionSelected) -> None:
        self.companion.follow(event.option_id or "")

    def action_quiz(self) -> None:
        """Ask questions on this topic."""
        if not self._topic.exercises:
            self.notify("This topic has no exercises yet. Its skills and readings are listed on this page.", markup=False)
            return
        self.companion.start_quiz("topic", self._topic_id, self._topic.title, QUESTIONS)

    async def action_make_goal(self) -> None:
        """Plan the path to this topic."""
        if await self.companion.record(Goal("topic", self._topic_id)):
            self.notify(f"Your goal is now: {self._topic.title}.", markup=False)
            self.show_data()

    async def action_mark_known(self) -> None:
        """Tick the topic as known, or take that back."""
        known = self._topic_id not in self.services.progress.ticked
        if await self.companion.record(Known(self._topic_id, known)):
            self.notify("Marked as known." if known else "No longer marked as known.", markup=False)
            self.show_data()

    def action_copy_tex(self) -> None:
        """Copy the formulas of the page."""
        self.companion.copy_formulas(self.query_one("#note", Note).text)
