"""Driving the app by keys: open it, wait for what a person would wait for, read what is shown."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.events import Key, Paste
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from companion.learner.clock import Clock, system_clock
from companion.learner.events import Attempt, Event
from companion.learner.store import open_store
from companion.study.session import Planned
from companion.study.settings import Settings
from companion.tui.app import CompanionApp, QuizRequest
from companion.tui.screens.base import CompanionScreen
from companion.tui.screens.quiz import QuizScreen

PATIENCE = 20.0
"""Seconds until a condition must hold; a bound for a hang, not a measure of anything."""

HOPS = 4
"""Widgets through whose queues a key passes until something has come of it."""

NAMES = {"?": "question_mark", "[": "left_square_bracket", "]": "right_square_bracket", "/": "slash", "\\": "backslash"}
RULES = {"│", "▌", "▏", "▐", "▎", "┃"}

NARROW, WIDE = (80, 24), (120, 40)

DCT = "dominated-convergence-theorem"
RKHS = "reproducing-kernel-hilbert-spaces"
UAT = "universal-approximation-theorem"
UNWRITTEN = "compactness-and-completeness"

TYPED = f"{DCT}/limit-of-integrals"
ORDERED = f"{DCT}/order-the-proof"
CHOSEN = f"{DCT}/which-hypothesis-fails"
TWO_LINES = f"{DCT}/predict-slopes"


class Driver:
    """The app under a pilot. A key is pressed, then the screen is waited for."""

    def __init__(self, app: CompanionApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self._answered: Widget | None = None

    async def until(self, condition: str | Callable[[], object]) -> None:
        """Wait until the screen shows this text, wherever its lines are broken, or until this holds."""
        holds = condition if callable(condition) else lambda: str(condition) in self.words
        if not await self.comes_true(holds):
            raise AssertionError(f"waited for {condition!r}, and {self.place} was\n{self.text}")

    async def comes_true(self, holds: Callable[[], object]) -> bool:
        """Wait for this; whether it came true."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                return False
            await self.pilot.pause(0.02)
        return True

    async def press(self, *keys: str) -> None:
        """Press keys by name, one after the other, each when the one before has been dealt with."""
        for key in keys:
            self.app.post_message(Key(NAMES.get(key, key), " " if key == "space" else key if len(key) == 1 else None))
            await self.wait()

    async def type(self, text: str) -> None:
        """Type text into whatever has the focus, a key a character."""
        await self.pilot.press(*("space" if character == " " else character for character in text))

    async def write(self, text: str) -> None:
        """Bring text into the focused line all at once, as the terminal does with what is pasted."""
        self.app.post_message(Paste(text))
        await self.until(lambda: isinstance(self.app.focused, Input) and text in self.app.focused.value)

    async def wait(self) -> None:
        """Wait until every widget has dealt with its messages, those included that they send each other for a key."""
        for _ in range(HOPS):
            await self.pilot.pause(0)

    @property
    def place(self) -> str:
        """The place of the screen in front, or the name of a screen that is none of ours."""
        screen = self.app.screen
        return screen.PLACE if isinstance(screen, CompanionScreen) else type(screen).__name__

    @property
    def depth(self) -> int:
        """How many screens are open."""
        return len(self.app.screen_stack)

    @property
    def text(self) -> str:
        """All that the screen in front shows, notices included; what is scrolled out of sight too."""
        return text_of(self.app.screen)

    @property
    def words(self) -> str:
        """The text of the screen as one line, without the rules at its margins."""
        return " ".join(word for word in self.text.split() if word not in RULES)

    def part(self, selector: str) -> str:
        """The text of one part of the screen; empty while it is not there."""
        return "\n".join(map(text_of, self.app.screen.query(selector)))

    def input(self, number: int = 0) -> Input:
        """An answer's line."""
        return list(self.app.screen.query(Input))[number]

    @property
    def heading(self) -> str:
        """The title line."""
        return self.part("#heading")

    async def at(self, place: str) -> None:
        """Wait until this place is in front and shows its data."""
        await self.until(lambda: self.place == place)
        await self.wait()

    async def ask(self, *questions: str | Planned, title: str = "Quiz") -> None:
        """Ask these questions, and wait for the first."""
        planned = tuple(question if isinstance(question, Planned) else Planned(question, 0) for question in questions)
        self.app.push_screen(QuizScreen(planned, title))
        await self.asked(1)

    async def asked(self, number: int) -> None:
        """Wait until the question with this number stands there, another than the one waited for before."""
        await self.until(lambda: self.place == "quiz" and f"question {number} of" in self.heading and self._has_new_field())
        self._answered = self._field()
        await self.wait()

    def _field(self) -> Widget | None:
        return next(iter(self.app.screen.query("#fields > *")), None)

    def _has_new_field(self) -> bool:
        field, focused = self._field(), self.app.focused
        return field is not None and field is not self._answered and focused is not None and field in focused.ancestors_with_self


def text_of(widget: Widget) -> str:
    """What a widget and all in it show, as text."""
    children = [child for child in widget.children if child.display]
    if isinstance(widget, Input):
        return widget.value or widget.placeholder
    if children:
        return "\n".join(filter(None, map(text_of, children)))
    if not widget.size:
        return ""
    lines = widget.render_lines(Region(0, 0, *widget.outer_size))
    return "\n".join(line.text.rstrip() for line in lines).strip("\n")


@asynccontextmanager
async def companion(
    size: tuple[int, int] = NARROW,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    packs: tuple[Path, ...] = (),
    quiz: QuizRequest | None = None,
) -> AsyncIterator[Driver]:
    """The app, opened, with Today filled in or the first question asked."""
    app = CompanionApp(clock or system_clock(), settings or Settings(), packs, quiz)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.services.is_open)
        if quiz is None:
            await driver.until("Nothing is due")
        else:
            await driver.asked(1)
        yield driver


def kept() -> list[Event]:
    """Every event on disk, read as another program would read it."""
    with open_store() as store:
        return list(store.events())


def attempts() -> list[Attempt]:
    """Every attempt on disk."""
    return [event.payload for event in kept() if isinstance(event.payload, Attempt)]
