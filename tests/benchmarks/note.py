"""Opening a note of 60 KB: from its mounting to its first paint, against a `Static` that holds the same text, in turn, in this run.

The `Static` shows the Markdown as it stands; the `Note` parses it, sets every formula and lays out the page. Formulas that were set in
the round before are forgotten.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import yaml
from textual.app import App
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

import companion.tui.app
from companion.mathtext.rendering import _render
from companion.tui.widgets.note import Note
from companion.tui.widgets.setting import Mathematics

KILOBYTES = 60
ROUNDS = 9
LONGEST = 20
CONTENT = Path(__file__).parents[2] / "content"


@dataclass
class Clock:
    """When something of a widget was first painted, and when its height was last another one."""

    painted: float = 0.0
    settled: float = 0.0
    height: int = 0

    def seen(self, strips: list[Strip], height: int) -> list[Strip]:
        """What is painted now, as it is."""
        now = time.perf_counter()
        if height != self.height:
            self.height, self.settled = height, now
        if not self.painted and any(strip.text.strip() for strip in strips):
            self.painted = now
        return strips


CLOCK = Clock()


class TimedNote(Note):
    """The widget for notes."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """As it is, with a look at the clock."""
        return CLOCK.seen(super().render_lines(crop), self.size.height)


class TimedStatic(Static):
    """Text as it stands."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """As it is, with a look at the clock."""
        return CLOCK.seen(super().render_lines(crop), self.size.height)


class Page(App[None]):
    """An empty page in the styles of the app."""

    CSS_PATH = Path(companion.tui.app.__file__).with_name("companion.tcss")
    mathematics: ClassVar[Mathematics] = Mathematics()

    def compose(self) -> list[VerticalScroll]:
        """One scrolling container."""
        return [VerticalScroll()]


def shipped_text(kilobytes: int = KILOBYTES) -> str:
    """The shipped notes one after another, again and again, cut at a paragraph."""
    notes = []
    for path in sorted((CONTENT / "topics").rglob("*.yaml")):
        topic = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if topic.get("notes"):
            notes.append(str(topic["notes"]))
    text = "\n\n".join(notes)
    while len(text.encode()) < kilobytes * 1024:
        text += "\n\n" + text
    end = text.rindex("\n\n", 0, kilobytes * 1024)
    return text[:end]


async def _seconds(widget: Widget) -> tuple[float, float]:
    """To the first paint, and until everything is laid out."""
    _render.cache_clear()
    CLOCK.painted = CLOCK.height = 0
    app = Page()
    async with app.run_test(size=(100, 40)) as pilot:
        start = time.perf_counter()
        await app.query_one(VerticalScroll).mount(widget)
        async with asyncio.timeout(LONGEST):
            while not CLOCK.painted:
                await pilot.pause(0.001)
        await app.workers.wait_for_complete()
        await pilot.pause()
    return CLOCK.painted - start, CLOCK.settled - start


def main() -> None:
    """Print the medians and their ratio."""
    text = shipped_text()
    ours: list[tuple[float, float]] = []
    plain: list[float] = []
    for _ in range(ROUNDS):
        plain.append(asyncio.run(_seconds(TimedStatic(text, markup=False)))[0])
        ours.append(asyncio.run(_seconds(TimedNote(text))))
    static, opened, laid = statistics.median(plain), statistics.median(t for t, _ in ours), statistics.median(t for _, t in ours)
    ratios = sorted(own / other for (own, _), other in zip(ours, plain, strict=True))
    quartiles = f"pairwise {ratios[len(ratios) // 4]:.2f} to {ratios[3 * len(ratios) // 4]:.2f}"
    print(f"note of {len(text.encode()) / 1024:.0f} KB: Static {1000 * static:.0f} ms, ours {1000 * opened:.0f} ms", end=", ")
    print(f"ratio {opened / static:.2f} ({quartiles}); all laid out after {1000 * laid:.0f} ms, ratio {laid / static:.2f}")


if __name__ == "__main__":
    main()
