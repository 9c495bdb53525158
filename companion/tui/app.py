"""The app: one person, one catalogue, a stack of screens.

Before the first frame nothing is loaded but Textual and the screen of Today;
the catalogue, the progress and the judge are opened behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.screen import Screen

from companion.study.marks import Mark, marks, signs
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.screens.today import TodayScreen
from companion.tui.services import Services
from companion.tui.widgets.setting import Mathematics

if TYPE_CHECKING:
    from datetime import date

    from textual.command import Provider

    from companion.learner.clock import Clock
    from companion.learner.events import Payload
    from companion.learner.review import ScopeKind
    from companion.study.session import Planned
    from companion.study.settings import Settings


def _finder() -> type[Provider]:
    from companion.tui.finder import Finder

    return Finder


@dataclass(frozen=True, slots=True)
class QuizRequest:
    """Questions to ask as soon as everything is open."""

    planned: tuple[Planned, ...]
    title: str


class CompanionApp(App[None]):
    """The companion in a terminal."""

    TITLE = "companion"
    CSS_PATH = "companion.tcss"
    BINDINGS: ClassVar = bindings_for("everywhere")
    COMMANDS: ClassVar = {_finder}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - declared so by Textual
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, clock: Clock, settings: Settings, packs: tuple[Path, ...] = (), quiz: QuizRequest | None = None) -> None:
        super().__init__()
        self.services = Services(clock, settings, packs)
        self.mathematics = Mathematics(settings.glyphs)
        self._settings = settings
        self._quiz = quiz

    def get_default_screen(self) -> Screen[None]:
        """Today is at the bottom of the stack."""
        return TodayScreen()

    def on_mount(self) -> None:
        """Open everything once the first frame is on the screen."""
        if self._settings.theme in self.available_themes:
            self.theme = self._settings.theme
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        self.run_worker(self._open_services(), exit_on_error=True)

    async def _open_services(self) -> None:
        def report(done: int, of: int) -> None:
            if isinstance(self.screen, CompanionScreen):
                self.screen.show_waiting(f"Preparing the content: {done} of {of} files")

        await self.services.open(report)
        self.mathematics = Mathematics(self._settings.glyphs, dict(self.services.catalogue.macros))
        for screen in self.screen_stack:
            if isinstance(screen, CompanionScreen):
                screen.show_data()
        for sentence in (*self.services.troubles, *self._settings.problems):
            if sentence:
                self.notify(sentence, severity="warning", timeout=20, markup=False)
        await self.services.prepare()
        if self._quiz is not None:
            self._ask(self._quiz.planned, self._quiz.title)
        await self.services.start_grader()

    async def record(self, event: Payload) -> str | None:
        """Write an event; if that fails say so and return nothing."""
        from companion.learner.store import StoreError

        try:
            return await self.services.record(event)
        except StoreError as error:
            self.notify(str(error), severity="error", timeout=20, markup=False)
            return None

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self.services.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back is no action where there is nothing behind."""
        return action != "back" or len(self.screen_stack) > 1

    async def action_back(self) -> None:
        """Close the screen in front, if another is behind it."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def action_palette(self) -> None:
        """Open the palette."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open our own palette in place of Textual's."""
        from companion.tui.finder import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        """List the keys."""
        from companion.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            place = self.screen.PLACE if isinstance(self.screen, CompanionScreen) else "today"
            self.push_screen(HelpScreen(place))

    def action_open_today(self) -> None:
        """Close everything but Today."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _go_to(self, kind: type[CompanionScreen]) -> None:
        """Open a screen, unless it is the one in front."""
        if not isinstance(self.screen, kind):
            self.push_screen(kind())

    def action_open_map(self) -> None:
        """The map of approaches."""
        from companion.tui.screens.map import MapScreen

        self._go_to(MapScreen)

    def action_open_path(self) -> None:
        """The path to the goal."""
        from companion.tui.screens.path import PathScreen

        self._go_to(PathScreen)

    def action_open_readings(self) -> None:
        """The works."""
        from companion.tui.screens.readings import ReadingsScreen

        self._go_to(ReadingsScreen)

    def action_open_progress(self) -> None:
        """The figures."""
        from companion.tui.screens.progress import ProgressScreen

        self._go_to(ProgressScreen)

    # ------------------------------------------------------------------ what screens share

    @property
    def is_ascii(self) -> bool:
        """Whether only ASCII may be drawn."""
        return self.mathematics.profile == "ascii"

    def drawable(self, text: str) -> str:
        """A line of ours as this terminal can draw it."""
        return text.replace("·", "-") if self.is_ascii else text

    @property
    def today(self) -> date:
        """The learner's calendar day."""
        from companion.learner.clock import today

        return today(self.services.clock)

    def marks(self) -> dict[str, Mark]:
        """The mark of every topic now."""
        return marks(self.services.catalogue, self.services.progress, self.today)

    def signs(self) -> dict[str, str]:
        """The sign of every topic now."""
        return signs(self.marks(), self.is_ascii)

    def say(self, sentence: str) -> None:
        """Say that something was done; what was said before has been seen."""
        self.clear_notifications()
        self.notify(sentence, timeout=4, markup=False)

    def start_quiz(self, kind: ScopeKind, identifier: str, title: str, count: int) -> None:
        """Ask questions on a topic, an area, a work, or what is due."""
        from companion.learner.review import Scope, choose_questions
        from companion.study.session import Planned

        services = self.services
        questions = choose_questions(services.catalogue, services.progress, Scope(kind, identifier), self.today, count)
        planned = tuple(Planned(*question) for question in questions)
        if not planned:
            nothing = "Nothing is due." if kind == "due" else "There is nothing to ask here yet: no exercise is written for it."
            self.say(nothing)
            return
        self._ask(planned, title)

    def _ask(self, planned: tuple[Planned, ...], title: str) -> None:
        from companion.tui.screens.quiz import QuizScreen

        self.push_screen(QuizScreen(planned, title))

    def follow(self, link: str) -> None:
        """Open what a link of the form `topic ID`, `approach ID` or `reading ID` names."""
        kind, _, identifier = link.partition(" ")
        match kind:
            case "topic":
                self.open_topic(identifier)
            case "approach":
                self.open_approach(identifier)
            case "reading":
                self.open_reading(identifier)

    def open_topic(self, topic: str) -> None:
        """A topic."""
        from companion.tui.screens.topic import TopicScreen

        self.push_screen(TopicScreen(topic))

    def open_approach(self, approach: str) -> None:
        """An approach."""
        from companion.tui.screens.approach import ApproachScreen

        self.push_screen(ApproachScreen(approach))

    def open_reading(self, reading: str) -> None:
        """A work."""
        from companion.tui.screens.reading import ReadingScreen

        self.push_screen(ReadingScreen(reading))
