"""What a quiz came to: the score, each wrong answer with its correction, and the wrong ones again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from companion.study.actions import Place
from companion.study.outcome import outcome_page
from companion.study.session import State, wrong_ones
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.note import Note
from companion.tui.widgets.scroll import PageScroll

AGAIN = "**w** asks these again, with fresh numbers where there are any."


class ResultScreen(CompanionScreen):
    """The end of a quiz."""

    PLACE: ClassVar[Place] = "result"
    BINDINGS: ClassVar = bindings_for("result")

    def __init__(self, state: State, title: str) -> None:
        super().__init__()
        self._state = state
        self._title = title

    def compose_body(self) -> ComposeResult:
        """One page."""
        with PageScroll():
            yield Note(outcome_page(self._state, AGAIN))

    def show_data(self) -> None:
        """The title."""
        self.set_heading(f"{self._title} · finished")

    def action_again(self) -> None:
        """Ask the wrong ones again."""
        from companion.tui.screens.quiz import QuizScreen

        wrong = wrong_ones(self._state)
        if not wrong:
            self.companion.say("There is no wrong answer to repeat.")
            return
        self.companion.switch_screen(QuizScreen(wrong, self._title))
