"""A topic: its notes, what it needs and leads to, and the way into its exercises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from companion.learner.events import GoalKind, Known
from companion.study.actions import Place
from companion.study.marks import glyph
from companion.study.pages import next_to_unfold, topic_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.page import PageScreen

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from companion.curriculum.model import Topic

QUESTIONS = 10
"""Questions of a quiz on one topic."""


class TopicScreen(PageScreen):
    """One topic."""

    PLACE: ClassVar[Place] = "topic"
    KIND: ClassVar[GoalKind] = "topic"
    BINDINGS: ClassVar = bindings_for("topic")

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        self._unfolded: dict[str, int] = {}

    @property
    def _topic(self) -> Topic:
        return self.services.catalogue.topics[self.identifier]

    def page_title(self) -> str:
        """The topic with its mark."""
        return f"{glyph(self.companion.marks()[self.identifier], self.companion.is_ascii)} {self._topic.title}"

    def show_data(self) -> None:
        """The page and the links; the notes are read from disk first."""
        self.run_worker(self._read_and_show(), exclusive=True, group="page")

    async def _read_and_show(self) -> None:
        body = await self.services.body(self.identifier)
        self.show_page(topic_page(self.services.catalogue, self._topic, body, self.companion.signs(), self._unfolded))

    def links(self) -> Iterator[Option]:
        """The neighbors in the map, and the works that treat the topic."""
        yield from self.topics("Needs", (need.id for need in self._topic.prerequisites))
        yield from self.topics("Leads to", self.services.catalogue.graph.direct_dependents(self.identifier))
        yield from self.works("Where to read", (citation.work for citation in self._topic.readings))

    async def action_unfold(self) -> None:
        """Show the next step of an example."""
        body = await self.services.body(self.identifier)
        example = next_to_unfold(body, self._unfolded)
        if example is None:
            self.companion.say("Every example of this topic is unfolded." if body.examples else "This topic has no worked example yet.")
            return
        self._unfolded[example] = self._unfolded.get(example, 0) + 1
        self.show_data()

    def action_quiz(self) -> None:
        """Ask questions on this topic."""
        if not self._topic.exercises:
            self.companion.say("This topic has no exercises yet. Its skills and readings are listed on this page.")
            return
        self.companion.start_quiz("topic", self.identifier, self._topic.title, QUESTIONS)

    async def action_mark_known(self) -> None:
        """Tick the topic as known, or take that back."""
        known = self.identifier not in self.services.progress.ticked
        if await self.companion.record(Known(self.identifier, known)):
            self.companion.say("Marked as known." if known else "No longer marked as known.")
            self.show_data()
