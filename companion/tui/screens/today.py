"""Today: what is due, the next step, and the ways into everything else. The first screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from companion.study.actions import Place
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, heading, remark

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from companion.learner.today import Today

REVIEWS = 20
"""Questions of one review."""

WAYS = (
    ("open_map", "The map", "which approaches to AI exist, and which mathematics each needs"),
    ("open_readings", "Readings", "books, notes and papers, and what each needs"),
    ("open_path", "The path", "what is missing for your goal, in order"),
    ("open_progress", "Progress", "what is known, due and weak"),
)


class TodayScreen(CompanionScreen):
    """What to do now."""

    PLACE: ClassVar[Place] = "today"
    HEADING = "companion · the mathematics of deep learning"
    BINDINGS: ClassVar = bindings_for("today")

    def __init__(self) -> None:
        super().__init__()
        self._is_filled = False

    def compose_body(self) -> ComposeResult:
        """One list: what is due, what is next, and the rest."""
        yield Listing(id="today")

    def on_mount(self) -> None:
        """The ways into everything stand there at once; what is due follows when it is loaded."""
        listing = self.query_one("#today", Listing)
        listing.fill(self._ways())
        listing.focus()
        super().on_mount()

    def show_data(self) -> None:
        """What is due and what is next."""
        from companion.learner.today import what_now

        now = what_now(self.services.catalogue, self.services.progress, self.companion.today)
        self.set_heading(self.HEADING)
        entries = [*self._now(now), remark(""), *self._ways()]
        self.query_one("#today", Listing).fill(entries, keep_cursor=self._is_filled)
        self._is_filled = True

    def _now(self, now: Today) -> Iterator[Option]:
        topics = self.services.catalogue.topics
        yield heading("Today")
        if now.due:
            yield entry("review", f"Review what is due: {len(now.due)} skills", "r")
        else:
            yield remark("Nothing is due.")
        if now.path is not None and now.next_step is not None:
            yield entry(f"topic {now.next_step.id}", f"Next on your path: {now.next_step.title}", f"towards {now.path.title}")
        elif now.is_reached and now.path is not None:
            yield remark(f"You know everything that {now.path.title} needs.")
        elif now.path is not None:
            yield remark(f"The topics still missing for {now.path.title} have no exercises yet; the path (p) says where to read them.")
        else:
            yield remark("No goal yet. Open a topic, an approach or a work and press g to plan the path to it.")
        if now.begun:
            yield heading("Begun")
            yield from (entry(f"topic {topic}", topics[topic].title) for topic in now.begun)
        if now.ready:
            yield heading("Ready to begin")
            yield from (entry(f"topic {topic}", topics[topic].title) for topic in now.ready)
        else:
            offered = {*now.begun, now.next_step.id if now.next_step else ""}
            written = [topic for topic in topics.values() if topic.written and topic.id not in offered]
            if written:
                yield heading("Written so far")
            yield from (entry(f"topic {topic.id}", topic.title, f"{len(topic.exercises)} exercises") for topic in written)

    def _ways(self) -> Iterator[Option]:
        yield heading("Look around")
        yield from (entry(action, title, detail) for action, title, detail in WAYS)

    @on(OptionList.OptionSelected, "#today")
    async def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        if chosen == "review":
            self.action_review()
        elif chosen.startswith("open_"):
            await self.app.run_action(f"app.{chosen}")
        else:
            self.companion.follow(chosen)

    def action_review(self) -> None:
        """Answer what is due."""
        if self.services.is_open:
            self.companion.start_quiz("due", "", "Review", REVIEWS)

    def action_leave(self) -> None:
        """Leave the app."""
        self.app.exit()
