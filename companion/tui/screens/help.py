"""The keys of the screen one came from, and of all others; made from the list of actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from companion.study.actions import Place
from companion.study.manual import keys_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.note import Note
from companion.tui.widgets.scroll import PageScroll


class HelpScreen(CompanionScreen):
    """Keys, glyphs, and how answers are typed."""

    PLACE: ClassVar[Place] = "help"
    HEADING = "Keys"
    BINDINGS: ClassVar = bindings_for("help")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place: Place = place

    def compose_body(self) -> ComposeResult:
        """One page."""
        with PageScroll():
            yield Note(keys_page(self._place, ascii_only=self.companion.mathematics.profile == "ascii"))
