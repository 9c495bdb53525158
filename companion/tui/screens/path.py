"""The path to the goal: what is missing, in an order that works, with the reason for each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from companion.learner.events import Goal
from companion.study.actions import Place
from companion.study.marks import glyph
from companion.study.pages import hours
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, remark

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from companion.learner.path import Path

QUESTIONS = 10
"""Questions of a quiz on one step."""

REASONS = 3
"""Reasons shown for a step."""

NO_GOAL = "You have no goal yet. Choose a topic (m), an approach or a work (b), and press g there."


class PathScreen(CompanionScreen):
    """Steps to the goal."""

    PLACE: ClassVar[Place] = "path"
    HEADING = "Path"
    BINDINGS: ClassVar = bindings_for("path")

    def compose_body(self) -> ComposeResult:
        """The steps, and why the one under the cursor is there."""
        yield Listing(id="steps")
        yield Static(id="under")

    def _path(self) -> Path:
        from companion.learner.path import plan

        return plan(self.services.catalogue, self.services.progress, self.services.progress.goal)

    def show_data(self) -> None:
        """The steps."""
        path = self._path()
        if path.goal.kind is None:
            self.set_heading("Path")
        else:
            self.set_heading(f"Path to {path.title} · {len(path.steps)} topics, about {hours(path.minutes)}")
        self.query_one("#steps", Listing).fill(self._entries(path))

    def _entries(self, path: Path) -> Iterator[Option]:
        if path.goal.kind is None:
            yield remark(NO_GOAL)
        elif not path.steps:
            yield remark("You know everything this goal needs.")
        marks = self.companion.marks()
        for number, step in enumerate(path.steps, 1):
            yield entry(step.id, f"{number:3} {glyph(marks[step.id], self.companion.is_ascii)} {step.title}", f"{step.minutes} min")

    @on(OptionList.OptionHighlighted, "#steps")
    def _say_why(self, event: OptionList.OptionHighlighted) -> None:
        topic = event.option_id
        if topic is None:
            return
        from companion.learner.path import reasons

        catalogue = self.services.catalogue
        why = [f"for {catalogue.topics[later].title}: {reason}" for later, reason in reasons(catalogue, self._path(), topic)]
        more = [f"and for {len(why) - REASONS} more"] if len(why) > REASONS else []
        self.query_one("#under", Static).update(Content("\n".join([*why[:REASONS], *more]) or "This is what you are going for."))

    @on(OptionList.OptionSelected, "#steps")
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.companion.open_topic(event.option_id or "")

    def action_quiz(self) -> None:
        """Ask questions on the step under the cursor."""
        highlighted = self.query_one("#steps", Listing).highlighted_option
        if highlighted is not None and highlighted.id:
            self.companion.start_quiz("topic", highlighted.id, self.services.catalogue.topics[highlighted.id].title, QUESTIONS)

    async def action_clear_goal(self) -> None:
        """Forget the goal."""
        if self.services.progress.goal.kind is not None and await self.companion.record(Goal(None)):
            self.companion.say("The goal is dropped.")
            self.show_data()
