"""What all screens share: a title line, a footer, and showing data when there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from companion.study.actions import ACTIONS, Place

if TYPE_CHECKING:
    from companion.tui.app import CompanionApp
    from companion.tui.services import Services

_NEEDS_DATA = {action.id for action in ACTIONS if "everywhere" not in action.where} - {"leave", "next_field"}


class CompanionScreen(Screen[None]):
    """A screen at a place of the list of actions. Subclasses give `compose_body` and `show_data`."""

    PLACE: ClassVar[Place] = "today"
    HEADING: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        """The title line, the body, the footer."""
        yield Static(Content(self.companion.drawable(self.HEADING)), id="heading")
        yield from self.compose_body()
        yield from self.compose_footer()

    def compose_footer(self) -> ComposeResult:
        """The keys of this screen."""
        yield Footer(compact=True, show_command_palette=False)

    def compose_body(self) -> ComposeResult:
        """The widgets between title and footer."""
        yield from ()

    @property
    def companion(self) -> CompanionApp:
        """The app."""
        return cast("CompanionApp", self.app)

    @property
    def services(self) -> Services:
        """The catalogue, the progress and the judge."""
        return self.companion.services

    def on_mount(self) -> None:
        """Show what there is."""
        if self.services.is_open:
            self.show_data()

    def on_screen_resume(self) -> None:
        """Something may have changed while another screen was in front, here or in another running copy."""
        if self.services.is_open and self.is_mounted:
            self.show_data()
            self.run_worker(self._look_again(), exclusive=True, group="look")

    async def _look_again(self) -> None:
        from companion.learner.errors import StoreError

        before = self.services.progress
        try:
            await self.services.refresh()
        except StoreError as error:
            self.notify(str(error), severity="warning", timeout=20, markup=False)
            return
        # The screen may be closing by now, or not be composed yet.
        if self.services.progress is not before and self.is_attached and self.query("#heading"):
            self.show_data()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs the catalogue or the progress waits until they are loaded."""
        return self.services.is_open or action not in _NEEDS_DATA

    def show_data(self) -> None:
        """Put catalogue and progress into the widgets; called when they are loaded or may have changed."""

    def show_waiting(self, sentence: str) -> None:
        """Say what is being waited for."""
        self.set_heading(sentence)

    def set_heading(self, text: str) -> None:
        """Write the title line."""
        self.query_one("#heading", Static).update(Content(self.companion.drawable(text)))
