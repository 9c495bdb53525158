"""Matrices, cases, arrays and alignments."""

from __future__ import annotations

from .boxes import MAX_CELLS, Box, TooLargeError, beside, blank, gap, padded
from .delimiters import enclosed
from .environments import ALIGNED
from .nodes import Grid
from .profiles import Lay, Style
from .symbols import RULE

GATHERED = frozenset({"gathered", "gather", "multline", "equation", "displaymath", "math", "substack", "subarray"})
_CASES = frozenset({"cases", "dcases", "rcases", "drcases"})


def lay_grid(node: Grid, style: Style, lay: Lay) -> Box:
    """Cells in columns, in the delimiters of the environment."""
    inner = _cell_style(node, style)
    cells = [[lay(cell, inner) for cell in row] for row in node.rows]
    body = arranged(node, cells, style)
    if node.environment in _CASES:
        body = beside([gap(1), body]) if node.left else beside([body, gap(1)])
    return enclosed(node.left, body, node.right, style)


def _cell_style(node: Grid, style: Style) -> Style:
    if style.script:
        return style
    if node.environment in ALIGNED or node.environment in GATHERED or node.environment in ("dcases", "drcases"):
        return style._replace(display=True, linear=False)
    return style.as_text()


def arranged(node: Grid, cells: list[list[Box]], style: Style) -> Box:
    """Laid-out cells put into columns, with a blank line between rows that would touch."""
    count = max((len(row) for row in cells), default=0)
    if not count:
        return gap(0)
    widths = [max((row[number].width for row in cells if number < len(row)), default=0) for number in range(count)]
    alignments = _alignments(node, count)
    before, bars = _separations(node, count, widths)
    if (sum(widths) + sum(before)) * sum(max(box.height for box in row) for row in cells if row) > MAX_CELLS:
        raise TooLargeError
    lines: list[Box] = []
    for row in cells:
        parts: list[Box] = []
        for number, width in enumerate(widths):
            if before[number]:
                parts.append(gap(before[number]))
            box = row[number] if number < len(row) else gap(0)
            parts.append(Box(padded(box, width, alignments[number]), max(width, box.width), box.baseline))
        lines.append(beside(parts))
    tight = style.script or node.environment in ("substack", "subarray", "smallmatrix")
    return _stacked(node, lines, bars, tight, style)


def _stacked(node: Grid, lines: list[Box], bars: list[int], tight: bool, style: Style) -> Box:
    width = lines[0].width
    rows: list[list[tuple[str, str]]] = []
    starts: list[int] = []
    for number, line in enumerate(lines):
        if number in node.rules:
            rows.append([(("-" if style.profile.ascii else "─") * width, RULE)])
        elif number and not tight and (lines[number - 1].below or line.baseline):
            rows.append(blank(width))
        starts.append(len(rows) + line.baseline)
        rows += line.rows
    if len(lines) in node.rules:
        rows.append([(("-" if style.profile.ascii else "─") * width, RULE)])
    baseline = starts[0] if len(lines) == 1 else (len(rows) - 1) // 2
    if len(lines) % 2 and len(lines) > 1:
        baseline = starts[len(lines) // 2] if not node.left and not node.right else baseline
    box = Box(rows, width, baseline)
    return _with_bars(box, bars, style) if bars else box


def _with_bars(box: Box, bars: list[int], style: Style) -> Box:
    """Vertical lines drawn in the blank column left of the cells that ask for them."""
    bar = "|" if style.profile.ascii else "│"
    rows = []
    for row in box.rows:
        characters = [(character, role) for text, role in row for character in text]
        if len(characters) == box.width:
            for position in bars:
                if characters[position][0] == " ":
                    characters[position] = (bar, RULE)
                elif characters[position][0] == "─":
                    characters[position] = ("┼", RULE)
        rows.append(characters)
    return Box(rows, box.width, box.baseline)


def _alignments(node: Grid, count: int) -> str:
    if node.environment in ALIGNED:
        return ("rl" * count)[:count]
    if node.environment in _CASES:
        return "l" * count
    letters = "".join(letter for letter in node.columns if letter in "lcr")
    return (letters + "c" * count)[:count]


def _separations(node: Grid, count: int, widths: list[int]) -> tuple[list[int], list[int]]:
    """Blank cells before each column, and the cells where vertical lines go."""
    if node.environment in ALIGNED:
        return [0 if number % 2 or not number else 3 if widths[number] or number + 1 < count else 0 for number in range(count)], []
    before = [0] + [3 if node.environment in _CASES else 2] * (count - 1)
    barred = set()
    number = 0
    for letter in node.columns:
        if letter == "|":
            barred.add(number)
        else:
            number += 1
    bars = []
    position = 0
    for number, width in enumerate(widths):
        if number in barred and number:
            before[number] = 3
            bars.append(position + 1)
        position += before[number] + width
    return before, bars


