"""Words and inline boxes set in lines of a given width: greedy, on a common baseline, taller lines where a formula needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from .boxes import Segment, merged
from .markdown import Inline
from .profiles import to_ascii
from .rendering import Layout

_BLANKS = re.compile("[ \t\n]+")
"""Where a line may end; a no-break space is none of these."""
Setter = Callable[[str, str], Layout]
"""Lays out a formula: its TeX, and `inline` or `display`."""
Pieces = Callable[[str, int], Sequence[Layout]]
"""The parts of an inline formula between which a line of a width may end."""


@dataclass(frozen=True, slots=True)
class Span:
    """Cells `start` to `end` of a line show (a row of) the formula `source`."""

    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document: segments of text and role, and the formulas in it."""

    segments: tuple[Segment, ...] = ()
    formulas: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """Cells."""
        return sum(cell_len(text) for text, _ in self.segments)

    def to_text(self) -> str:
        """The line as plain text, without blanks at its end."""
        return "".join(text for text, _ in self.segments).rstrip()

    def shifted(self, prefix: Sequence[Segment]) -> Line:
        """The line with `prefix` before it."""
        width = sum(cell_len(text) for text, _ in prefix)
        if not width:
            return self
        spans = tuple(replace(span, start=span.start + width, end=span.end + width) for span in self.formulas)
        return Line((*prefix, *self.segments), spans)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What cannot be divided: a word or a formula, one after another in a unit without blanks between them."""

    rows: tuple[tuple[Segment, ...], ...]
    width: int
    baseline: int = 0
    source: str = ""


class _Unit:
    """Pieces that stick together; `space` says that a blank comes before, and in which role."""

    __slots__ = ("display", "newline", "pieces", "space", "width")

    def __init__(self, pieces: list[_Piece], space: str | None = None, newline: bool = False, display: bool = False) -> None:
        self.pieces = pieces
        self.space = space
        self.newline = newline
        self.display = display
        self.width = sum([piece.width for piece in pieces])

    def add(self, piece: _Piece) -> None:
        """One more piece at the end."""
        self.pieces.append(piece)
        self.width += piece.width


def flow(inlines: Sequence[Inline], width: int, setter: Setter, divide: Pieces, ascii_only: bool = False) -> list[Line]:
    """`inlines` in lines of at most `width` cells; what cannot be divided may be wider."""
    lines: list[Line] = []
    row: list[_Unit] = []
    used = 0
    for unit in _divided(_units(inlines, setter, ascii_only), width, divide):
        space = 1 if row and unit.space is not None else 0
        if row and (unit.newline or unit.display or row[-1].display or (used + space + unit.width > width and unit.space is not None)):
            lines += _set(row)
            row, used, space = [], 0, 0
        if unit.pieces:
            if not space:
                unit.space = None
            row.append(unit)
            used += space + unit.width
        elif unit.newline and lines and not lines[-1].segments:
            lines.append(Line())
    return lines + (_set(row) if row else [])


def _units(inlines: Sequence[Inline], setter: Setter, ascii_only: bool) -> list[_Unit]:
    units: list[_Unit] = []
    space: str | None = None
    fresh = True

    def add(piece: _Piece) -> None:
        nonlocal space, fresh
        if fresh or space is not None or not units:
            units.append(_Unit([piece], space))
        else:
            units[-1].add(piece)
        space, fresh = None, False

    for part in inlines:
        if part.kind == "break":
            units.append(_Unit([], newline=True))
            space, fresh = None, True
        elif part.kind == "text":
            text = to_ascii(part.text) if ascii_only else part.text
            for position, word in enumerate(_BLANKS.split(text)):
                if position:
                    space = part.role
                if word:
                    word = word.replace("\xa0", " ")
                    add(_Piece((((word, part.role),),), len(word) if word.isascii() else cell_len(word)))
        else:
            layout = setter(part.text, "display" if part.kind == "display" else "inline")
            rows = tuple(tuple((text, _marked(role, part.role)) for text, role in row) for row in layout.rows)
            piece = _Piece(rows, layout.width, layout.baseline, part.text)
            if part.kind == "display":
                units.append(_Unit([piece], " ", display=True))
                space, fresh = "text", True
            elif piece.width:
                add(piece)
    return units


def _marked(role: str, outer: str) -> str:
    return role if outer == "text" or role == "space" else f"{role}.{outer}"


def _divided(units: list[_Unit], width: int, divide: Pieces) -> list[_Unit]:
    """Units that are wider than a line, or long formulas, in smaller ones."""
    result: list[_Unit] = []
    for unit in units:
        if unit.display or len(unit.pieces) == 0 or unit.width <= max(width // 3, 12):
            result.append(unit)
            continue
        parts: list[_Unit] = [_Unit([], unit.space)]
        for piece in unit.pieces:
            if piece.source and len(piece.rows) == 1:
                outer = _outer_role(piece)
                for number, layout in enumerate(divide(piece.source, width)):
                    rows = tuple(tuple((text, _marked(role, outer)) for text, role in row) for row in layout.rows)
                    part = _Piece(rows, layout.width, layout.baseline, piece.source)
                    if number:
                        parts.append(_Unit([part], "text"))
                    else:
                        parts[-1].add(part)
            elif not piece.source and piece.width > width:
                pieces = _cut(piece, width)
                parts[-1].add(pieces[0])
                parts += [_Unit([part], "") for part in pieces[1:]]
            else:
                parts[-1].add(piece)
        result += parts
    return result


def _outer_role(piece: _Piece) -> str:
    roles = {role for row in piece.rows for _, role in row if role != "space"}
    for mark in ("heading", "strong", "emphasis", "link"):
        if roles and all(mark in role.split(".")[1:] for role in roles):
            return mark
    return "text"


def _cut(piece: _Piece, width: int) -> list[_Piece]:
    """A word longer than a line, cut hard."""
    (text, role), = piece.rows[0]
    parts = [""]
    used = 0
    for character in text:
        cells = cell_len(character)
        if parts[-1] and used + cells > max(width, 1):
            parts.append("")
            used = 0
        parts[-1] += character
        used += cells
    return [_Piece((((part, role),),), cell_len(part)) for part in parts]


def _set(units: Sequence[_Unit]) -> list[Line]:
    """One line of units; as many rows as the tallest needs."""
    pieces: list[_Piece] = []
    for unit in units:
        if unit.space:
            pieces.append(_Piece((((" ", unit.space if unit.space in ("code", "link") else "space"),),), 1))
        pieces += unit.pieces
    above = max([piece.baseline for piece in pieces])
    below = max([len(piece.rows) - 1 - piece.baseline for piece in pieces])
    lines: list[Line] = []
    for number in range(above + 1 + below):
        segments: list[Segment] = []
        spans: list[Span] = []
        position = 0
        for piece in pieces:
            row = number - above + piece.baseline
            if 0 <= row < len(piece.rows):
                segments += piece.rows[row]
                if piece.source and piece.width:
                    spans.append(Span(position, position + piece.width, piece.source))
            else:
                segments.append((" " * piece.width, "space"))
            position += piece.width
        lines.append(Line(_joined(segments), tuple(spans)))
    return lines


def _joined(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Neighbors of the same role made one; no blanks at the end."""
    result = list(merged(segments))
    while result and result[-1][1] == "space":
        result.pop()
    return tuple(result)
