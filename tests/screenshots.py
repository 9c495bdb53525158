"""`python -m tests.screenshots`: draws every screen into `screenshots/`, as PNG and SVG.

The app runs in a pseudo-terminal at a fixed time with a fixed history; what the
terminal would show is drawn cell by cell, so that the pictures are what a
person sees and come out the same on every run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import pyte
from PIL import Image, ImageDraw, ImageFont

from tests.conftest import NOW
from tests.terminal import Terminal

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
CELL = (10, 20)
FONTS = Path("/usr/share/fonts/truetype/dejavu")
PLAIN, PAPER = "e0e0e0", "121212"
NAMED = {
    "black": "000000",
    "red": "cd3131",
    "green": "0dbc79",
    "brown": "e5e510",
    "blue": "2472c8",
    "magenta": "bc3fbc",
    "cyan": "11a8cd",
    "white": "e5e5e5",
}


@dataclass(frozen=True)
class Shot:
    """A picture: what is pressed after the start, each key after the screen has shown the text before it."""

    name: str
    steps: tuple[tuple[str, str], ...]
    shows: str
    size: tuple[int, int] = (100, 30)
    arguments: tuple[str, ...] = ()


START = "Written so far"

TO_TOPIC = ((START, "ctrl+p"), ("Search", "dominated convergence"), ("topic", "enter"))
TO_QUESTION = (*TO_TOPIC, ("Why you need it", "e"))

ONE_QUESTION = ("quiz", "dominated-convergence-theorem", "--count", "1")

SHOTS = (
    Shot("today", (), START),
    Shot("map", ((START, "m"),), "Mainstream"),
    Shot("areas", ((START, "m"), ("Mainstream", "a"), ("every sign", "down"), ("every sign", "down")), "needs Sequences"),
    Shot("approach", ((START, "m"), ("Mainstream", "down"), ("Mainstream", "enter")), "What is proved"),
    Shot("topic", TO_TOPIC, "Why you need it"),
    Shot("quiz", (*TO_QUESTION, ("number", "pi/(2")), "reads as"),
    Shot("wrong", (*TO_QUESTION, ("number", "pi"), ("reads as", "enter")), "Not right"),
    Shot("readings", ((START, "b"),), "discussion"),
    Shot("work", ((START, "b"), ("discussion", "enter")), "What it needs"),
    Shot("formulas", (*TO_TOPIC, ("Why you need it", "f")), "Enter copies"),
    Shot("result", (("Compute", "0"), ("reads as", "enter"), ("Not right", "enter")), "finished", arguments=ONE_QUESTION),
    Shot("path", (*TO_TOPIC, ("Why you need it", "g"), ("your goal", "p")), "Path to"),
    Shot("progress", ((START, "s"),), "topics known"),
    Shot("help", ((START, "question_mark"),), "Everywhere"),
)


@dataclass(frozen=True)
class Cell:
    """A character and its colors."""

    text: str
    ink: str
    paper: str
    bold: bool
    italic: bool
    underlined: bool


def cells_of(screen: pyte.Screen) -> Iterator[tuple[int, int, Cell]]:
    """Every cell of a screen with its column and row."""
    for y in range(screen.lines):
        for x in range(screen.columns):
            character = screen.buffer[y][x]
            ink, paper = _color(character.fg, PLAIN), _color(character.bg, PAPER)
            if character.reverse:
                ink, paper = paper, ink
            yield x, y, Cell(character.data, ink, paper, character.bold, character.italics, character.underscore)


def _color(name: str, otherwise: str) -> str:
    if name == "default":
        return otherwise
    return NAMED.get(name.removeprefix("bright"), name)


def draw_png(screen: pyte.Screen, path: Path) -> None:
    """The screen as a PNG, in DejaVu Sans Mono."""
    width, height = CELL
    image = Image.new("RGB", (screen.columns * width, screen.lines * height), f"#{PAPER}")
    pen = ImageDraw.Draw(image)
    for x, y, cell in cells_of(screen):
        left, top = x * width, y * height
        pen.rectangle((left, top, left + width - 1, top + height - 1), fill=f"#{cell.paper}")
    for x, y, cell in cells_of(screen):
        left, top = x * width, y * height
        if cell.text.strip():
            pen.text((left, top), cell.text, font=_font_for(cell), fill=f"#{cell.ink}")
        if cell.underlined:
            pen.line((left, top + height - 2, left + width - 1, top + height - 2), fill=f"#{cell.ink}")
    image.save(path, optimize=True)


def _font_for(cell: Cell) -> ImageFont.FreeTypeFont:
    """The face for a cell; as in a terminal, a glyph that it lacks comes from another one."""
    slant = "Oblique" if cell.italic else ""
    style = ("Bold" if cell.bold else "") + slant
    names = [f"DejaVuSansMono{'-' + style if style else ''}", "DejaVuSansMono", "DejaVuSans", "DejaVuMathTeXGyre"]
    return next((_font(name) for name in names if _has(name, cell.text)), _font(names[0]))


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), 16)


@cache
def _has(name: str, text: str) -> bool:
    """Whether a face has a glyph: what it lacks it draws as it draws a character that never exists."""
    if not (FONTS / f"{name}.ttf").exists():
        return False
    return bytes(_font(name).getmask(text)) != bytes(_font(name).getmask("\uffff"))


def draw_svg(screen: pyte.Screen, path: Path) -> None:
    """The screen as an SVG: a rectangle for each colored run, a text for each run of one style."""
    width, height = CELL
    size = f'width="{screen.columns * width}" height="{screen.lines * height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans Mono, monospace" font-size="16">',
        f'<rect width="100%" height="100%" fill="#{PAPER}"/>',
    ]
    for y, row in _rows(screen):
        for x, cell, text in _runs(row):
            left, top, wide = x * width, y * height, len(text) * width
            if cell.paper != PAPER:
                parts.append(f'<rect x="{left}" y="{top}" width="{wide}" height="{height}" fill="#{cell.paper}"/>')
            if text.strip():
                style = f'fill="#{cell.ink}"{_svg_style(cell)} textLength="{wide}" xml:space="preserve"'
                parts.append(f'<text x="{left}" y="{top + 15}" {style}>{escape(text)}</text>')
    parts.append("</svg>\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _svg_style(cell: Cell) -> str:
    bold = ' font-weight="bold"' if cell.bold else ""
    italic = ' font-style="italic"' if cell.italic else ""
    return bold + italic + (' text-decoration="underline"' if cell.underlined else "")


def _rows(screen: pyte.Screen) -> Iterator[tuple[int, list[Cell]]]:
    rows: dict[int, list[Cell]] = {}
    for _, y, cell in cells_of(screen):
        rows.setdefault(y, []).append(cell)
    yield from rows.items()


def _runs(row: list[Cell]) -> Iterator[tuple[int, Cell, str]]:
    start = 0
    for x in range(1, len(row) + 1):
        if x == len(row) or _look(row[x]) != _look(row[start]):
            yield start, row[start], "".join(cell.text or " " for cell in row[start:x])
            start = x


def _look(cell: Cell) -> tuple[str, str, bool, bool, bool]:
    return cell.ink, cell.paper, cell.bold, cell.italic, cell.underlined


def take(shot: Shot, folder: Path, environment: dict[str, str]) -> None:
    """Run the app, press the keys, draw both pictures."""
    columns, lines = shot.size
    if shot.arguments:  # a quiz of its own, as the first thing ever asked
        environment = environment | {"COMPANION_DATA": f"{environment['COMPANION_DATA']}-{shot.name}"}
    with Terminal(*shot.arguments, columns=columns, lines=lines, environment=environment) as terminal:
        for shown, key in shot.steps:
            terminal.until(shown)
            terminal.press("?" if key == "question_mark" else key)
        terminal.until(shot.shows)
        while _changes(terminal):
            pass
        draw_png(terminal.screen, folder / f"{shot.name}.png")
        draw_svg(terminal.screen, folder / f"{shot.name}.svg")


def _changes(terminal: Terminal) -> bool:
    """Whether the screen is still being drawn."""
    before = terminal.text
    terminal.read(0.4)
    return terminal.text != before


def main() -> None:
    """Draw every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {f"COMPANION_{name}": str(Path(folder, name.lower())) for name in ("DATA", "CACHE", "CONFIG")}
        environment |= {"COMPANION_NOW": NOW, "TEXTUAL_ANIMATIONS": "none"}
        for shot in SHOTS:
            take(shot, FOLDER, environment)
            print(shot.name)


if __name__ == "__main__":
    main()
