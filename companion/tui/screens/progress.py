"""The figures: what is known, due and weak."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from companion.study.actions import Place
from companion.study.figures import figures_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.screens.today import REVIEWS
from companion.tui.widgets.note import Note
from companion.tui.widgets.scroll import PageScroll


class ProgressScreen(CompanionScreen):
    """Where one stands."""

    PLACE: ClassVar[Place] = "progress"
    HEADING = "Progress"
    BINDINGS: ClassVar = bindings_for("progress")

    def compose_body(self) -> ComposeResult:
        """One page."""
        with PageScroll():
            yield Note(id="note")

    def show_data(self) -> None:
        """The figures of today."""
        from companion.learner.statistics import statistics

        numbers = statistics(self.services.catalogue, self.services.progress, self.companion.today)
        self.query_one("#note", Note).text = figures_page(self.services.catalogue, numbers)

    def action_review(self) -> None:
        """Answer what is due."""
        self.companion.start_quiz("due", "", "Review", REVIEWS)
