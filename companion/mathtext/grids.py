"""Matrices, cases, arrays and alignments."""

from __future__ import annotations

from rich.cells import cell_len

from .boxes import MAX_CELLS, Box, Segment, TooLargeError, beside, blank, gap, padded
from .delimiters import enclosed
from .environments import ALIGNED
from .nodes import Grid, Node, Row, Space
from .profiles import Lay, Style
from .symbols import RULE

GATHERED = frozenset({"gathered", "gather", "multline", "equation", "displaymath", "math", "substack", "subarray"})
TAG_GAP = 4
_DISPLAYED = frozenset({"dcases", "drcases", "darray"})
_CASES = frozenset({"cases", "dcases", "rcases", "drcases"})


def lay_grid(node: Grid, style: Style, lay: Lay) -> Box:
    """Cells in columns, in the delimiters of the environment."""
    inner = _cell_style(node, style)
    cells = [[lay_cell(cell, inner, lay) for cell in row] for row in node.rows]
    tags = [lay(tag, style.as_text()) if tag is not None else gap(0) for tag in node.tags]
    body = arranged(node, cells, style, tags)
    if node.environment in _CASES:
        body = beside([gap(1), body]) if node.left else beside([body, gap(1)])
    return enclosed(node.left, body, node.right, style)


def lay_cell(cell: Node, style: Style, lay: Lay) -> Box:
    """A cell with the spaces at its edges, which in a row of a formula would not count."""
    box = lay(cell, style)
    before, after = edges(cell)
    return beside([gap(before), box, gap(after)]) if before or after else box


def edges(cell: Node) -> tuple[int, int]:
    """The explicit spaces at both ends of a cell."""
    items = [item for item in cell.items if not isinstance(item, Row) or item.items] if isinstance(cell, Row) else []
    spaces = [item.cells if isinstance(item, Space) else 0 for item in items]
    return (spaces[0], spaces[-1]) if len(items) > 1 else (0, 0)


def _cell_style(node: Grid, style: Style) -> Style:
    if style.script:
        return style
    if node.environment in ALIGNED or node.environment in GATHERED or node.environment in _DISPLAYED:
        return style._replace(display=True, linear=False)
    return style.as_text()


def arranged(node: Grid, cells: list[list[Box]], style: Style, tags: list[Box]) -> Box:
    """Laid-out cells put into columns, with a blank line between rows that would touch, and the tags in a column of their own."""
    count = max((len(row) for row in cells), default=0)
    if not count:
        return gap(0)
    widths = [max((row[number].width for row in cells if number < len(row)), default=0) for number in range(count)]
    before, bars = _separations(node, count, widths, style.profile.ascii)
    if (sum(widths) + sum(before)) * sum(max(box.height for box in row) for row in cells if row) > MAX_CELLS:
        raise TooLargeError
    lines: list[Box] = []
    for number, row in enumerate(cells):
        alignments = _alignments(node, count, number, len(cells))
        parts: list[Box] = []
        for column, width in enumerate(widths):
            parts.append(gap(before[column]))
            box = row[column] if column < len(row) else gap(0)
            parts.append(Box(padded(box, width, alignments[column]), max(width, box.width), box.baseline))
        parts.append(gap(before[count]))
        if tags:
            parts += (gap(TAG_GAP), Box(padded(tags[number], max(tag.width for tag in tags), "r"), max(tag.width for tag in tags),
                                        tags[number].baseline))
        lines.append(beside([part for part in parts if part.width] or [gap(0)]))
    tight = style.script or node.environment in ("substack", "subarray", "smallmatrix")
    return _stacked(node, lines, bars, tight, style)


def _stacked(node: Grid, lines: list[Box], bars: dict[int, str], tight: bool, style: Style) -> Box:
    width = lines[0].width
    rows: list[list[Segment]] = []
    starts: list[int] = []
    ruled: set[int] = set()
    for number in range(len(lines) + 1):
        sign = "─" if number in node.rules else "┄" if number in node.dashed else ""
        if sign:
            ruled.add(len(rows))
            rows.append([(("-" if style.profile.ascii else sign) * width, RULE)])
        elif 0 < number < len(lines) and not tight and (lines[number - 1].below or lines[number].baseline):
            rows.append(blank(width))
        if number < len(lines):
            starts.append(len(rows) + lines[number].baseline)
            rows += lines[number].rows
    baseline = starts[0] if len(lines) == 1 else (len(rows) - 1) // 2
    if len(lines) % 2 and len(lines) > 1:
        baseline = starts[len(lines) // 2] if not node.left and not node.right else baseline
    return Box(_with_bars(rows, bars, ruled, width, style.profile.ascii) if bars else rows, width, baseline)


def _with_bars(rows: list[list[Segment]], bars: dict[int, str], ruled: set[int], width: int, ascii_only: bool) -> list[list[Segment]]:
    """Vertical lines drawn at the cells that `bars` names, joined to the lines across."""
    result = []
    for number, row in enumerate(rows):
        cells: list[Segment] = []
        position = 0
        for text, role in row:
            for character in text:
                sign = bars.get(position) if cell_len(character) else None
                if sign and number in ruled:
                    cells.append((_junction(number, len(rows) - 1, position, width - 1, ascii_only), RULE))
                else:
                    cells.append((sign, RULE) if sign else (character, role))
                position += cell_len(character)
        result.append(cells)
    return result


def _junction(row: int, last_row: int, column: int, last_column: int, ascii_only: bool) -> str:
    """Where a line down meets a line across."""
    if ascii_only:
        return "+"
    vertical = 0 if row == 0 else 2 if row == last_row else 1
    horizontal = 0 if column == 0 else 2 if column == last_column else 1
    return ("┌┬┐", "├┼┤", "└┴┘")[vertical][horizontal]


def _alignments(node: Grid, count: int, row: int, rows: int) -> str:
    if node.environment in ALIGNED:
        return ("rl" * count)[:count]
    if node.environment in _CASES:
        return "l" * count
    if node.environment == "multline":
        return ("l" if row == 0 else "r" if row == rows - 1 else "c") * count
    letters = "".join(letter for letter in node.columns if letter in "lcr")
    return (letters + (letters[:1] or "c") * count)[:count] if node.environment != "array" else (letters + "c" * count)[:count]


def _separations(node: Grid, count: int, widths: list[int], ascii_only: bool) -> tuple[list[int], dict[int, str]]:
    """Blank cells before each column and after the last, and the cells where vertical lines go."""
    if node.environment in ALIGNED:
        return [0 if number % 2 or not number else 3 if widths[number] or number + 1 < count else 0 for number in range(count)] + [0], {}
    before = [0] + [3 if node.environment in _CASES else 2] * (count - 1) + [0]
    signs = [""] * (count + 1)
    column = 0
    for letter in node.columns:
        if letter in "|:":
            signs[min(column, count)] += "│" if letter == "|" else "┊"
        else:
            column += 1
    bars: dict[int, str] = {}
    position = 0
    for number, sign in enumerate(signs):
        if sign:
            inside = 0 < number < count
            before[number] = len(sign) + (2 if inside else 1)
            start = position + (1 if number else 0)
            bars.update((start + offset, "|" if ascii_only else character) for offset, character in enumerate(sign))
        position += before[number] + (widths[number] if number < count else 0)
    return before, bars
