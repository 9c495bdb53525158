"""Boxes of character cells: rows of segments with one of them the baseline.

Every row of a box is exactly `width` cells wide. A segment is a piece of text and its role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.cells import cell_len

Segment: TypeAlias = tuple[str, str]
"""Text and its role: `variable`, `number`, `relation`, …; a role may carry modifiers after dots, as in `variable.bold`."""

SPACE = "space"
MAX_CELLS = 200_000


class TooLargeError(Exception):
    """A box would have more than `MAX_CELLS` cells."""


class Box:
    """Rows of segments, all of the same width, and the number of the row that is the baseline."""

    __slots__ = ("baseline", "rows", "width")

    def __init__(self, rows: list[list[Segment]], width: int, baseline: int = 0) -> None:
        self.rows = rows
        self.width = width
        self.baseline = baseline

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def below(self) -> int:
        """Number of rows under the baseline (`baseline` is the number of rows above it)."""
        return len(self.rows) - 1 - self.baseline

    def text(self) -> str:
        """The rows as plain text, one line each, padded to the width."""
        return "\n".join("".join(text for text, _ in row) for row in self.rows)


EMPTY = Box([[]], 0)


def word(text: str, role: str) -> Box:
    """A one-row box."""
    return Box([[(text, role)]], len(text) if text.isascii() else cell_len(text))


def blank(width: int) -> list[Segment]:
    """A row of blanks."""
    return [(" " * width, SPACE)] if width else []


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes one after another on a common baseline."""
    if len(boxes) == 1:
        return boxes[0]
    above = below = width = 0
    for box in boxes:
        width += box.width
        baseline = box.baseline
        depth = len(box.rows) - 1 - baseline
        if baseline > above:
            above = baseline
        if depth > below:
            below = depth
    if not above and not below:
        return Box([[segment for box in boxes for segment in box.rows[0]]], width)
    height = above + 1 + below
    _check(width, height)
    rows: list[list[Segment]] = [[] for _ in range(height)]
    for box in boxes:
        if not box.width:
            continue
        top = above - box.baseline
        bottom = top + len(box.rows)
        for number in range(top, bottom):
            rows[number] += box.rows[number - top]
        if bottom - top < height:
            padding = (" " * box.width, SPACE)
            for number in range(top):
                rows[number].append(padding)
            for number in range(bottom, height):
                rows[number].append(padding)
    return Box(rows, width, above)


def gap(width: int) -> Box:
    """Blank cells."""
    return Box([blank(width)], width)


def padded(box: Box, width: int, align: str = "c") -> list[list[Segment]]:
    """The rows of `box` in `width` cells, to the left (`l`), the right (`r`) or centered (`c`)."""
    room = width - box.width
    if room <= 0:
        return box.rows
    left = 0 if align == "l" else room if align == "r" else room // 2
    before, after = blank(left), blank(room - left)
    return [before + row + after for row in box.rows]


def above(boxes: Sequence[Box], main: int, align: str = "c") -> Box:
    """Boxes one above another; the baseline is that of `boxes[main]`."""
    width = max(box.width for box in boxes)
    _check(width, sum(len(box.rows) for box in boxes))
    rows = [row for box in boxes for row in padded(box, width, align)]
    baseline = sum(len(box.rows) for box in boxes[:main]) + boxes[main].baseline
    return Box(rows, width, baseline)


def extended(box: Box, rows_above: int, rows_below: int) -> Box:
    """`box` with blank rows added, so that it has at least so many rows above and below its baseline."""
    top, bottom = max(0, rows_above - box.baseline), max(0, rows_below - box.below)
    if not top and not bottom:
        return box
    _check(box.width, top + len(box.rows) + bottom)
    return Box([blank(box.width) for _ in range(top)] + box.rows + [blank(box.width) for _ in range(bottom)], box.width, top + box.baseline)


def column(texts: Iterable[str], role: str, baseline: int) -> Box:
    """A box from lines of text in one role."""
    lines = list(texts)
    width = max(cell_len(line) for line in lines)
    return Box([[(line + " " * (width - cell_len(line)), role)] for line in lines], width, baseline)


def merged(row: Sequence[Segment]) -> tuple[Segment, ...]:
    """A row with neighbors of the same role joined, and nothing empty."""
    result: list[Segment] = []
    words, role = "", ""
    for segment in row:
        text, own = segment
        if own == role:
            words += text
        elif text:
            if words:
                result.append((words, role))
            words, role = segment
    if words:
        result.append((words, role))
    return tuple(result)


def _check(width: int, height: int) -> None:
    if width * height > MAX_CELLS and height > 1:
        raise TooLargeError
