"""Environments: `\\begin{…}` to a grid of cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import symbols
from .diagrams import diagram_rows
from .nodes import Grid, Node, Row

if TYPE_CHECKING:
    from .parser import Parser

MAX_ROWS = 400
MAX_COLUMNS = 40
_BREAKS = frozenset({"\\\\", "\\cr", "\\newline"})
_CELL_END = frozenset({"&", "\\end"}) | _BREAKS
_SIZED = ("alignat", "alignedat", "subarray")
ALIGNED = frozenset({"aligned", "align", "alignedat", "alignat", "split", "eqnarray", "flalign"})
_TAGGED = ALIGNED | {"gathered", "gather", "multline", "equation", "displaymath", "math"}
_UNITS = ("pt", "em", "ex", "mm", "cm", "in", "mu", "pc")
_REPEATED = re.compile(r"\*\{(\d{1,3})\}\{([^{}]*)\}")
_PARAGRAPH = re.compile(r"[pmb]\{[^{}]*\}")
_DECORATION = re.compile(r"[@!><]\{[^{}]*\}")
_PLAIN = ("equation", "displaymath", "math")


def read_environment(parser: Parser) -> Node:
    """The environment whose `\\begin` has just been read."""
    name = "".join(parser.raw_group()).strip().rstrip("*")
    if name not in symbols.ENVIRONMENTS:
        parser.warn(f"The environment {_printable(name) or 'without a name'} is not known.")
    left, right = symbols.ENVIRONMENTS.get(name, ("", ""))
    columns = ""
    if name in ("array", "darray"):
        parser.raw_optional()
        columns = "".join(parser.raw_group())
    elif name in _SIZED:
        columns = "".join(parser.raw_group())
    elif name.endswith("matrix") or name in ("aligned", "gathered"):
        columns = parser.raw_optional()
    columns = _columns(columns) if name not in ALIGNED else ""
    marks = Rows()
    outer, parser.tag = parser.tag, None
    rows = diagram_rows(parser) if name == "CD" else split_rows(parser, frozenset({"\\end"}), marks)
    tags = marks.tags(len(rows)) if name in _TAGGED else ()
    parser.tag = outer if tags or name in _TAGGED else next(iter(marks.tag.values()), outer)
    if parser.accept("\\end"):
        ended = "".join(parser.raw_group()).strip().rstrip("*")
        if ended != name:
            parser.warn(f"The environment {_printable(name)} is ended as {_printable(ended) or 'nothing'}.")
    else:
        parser.warn(f"The environment {_printable(name)} is not ended.")
    if name in ALIGNED:
        rows = [with_empty_starts(row) for row in rows]
    if name == "multline":
        rows[1:] = [[Row((Row(), *cell.items)) if isinstance(cell, Row) else cell for cell in row] for row in rows[1:]]
    cells = tuple(tuple(row) for row in rows)
    if name in _PLAIN and len(cells) == 1 and len(cells[0]) == 1 and not tags:
        return cells[0][0]
    kind = name if name in symbols.ENVIRONMENTS else "aligned"
    return Grid(kind, cells, columns, left, right, frozenset(marks.rules), frozenset(marks.dashed), tags)


class Rows:
    """What is said about the rows of a table besides their cells: lines above them, and tags."""

    def __init__(self) -> None:
        self.rules: set[int] = set()
        self.dashed: set[int] = set()
        self.tag: dict[int, Node] = {}

    def tags(self, count: int) -> tuple[Node | None, ...]:
        """One entry a row, if there is any tag."""
        return tuple(self.tag.get(number) for number in range(count)) if self.tag else ()


def _columns(text: str) -> str:
    """A column specification reduced to `l`, `c`, `r`, `|` and `:`; `*{3}{c}` repeated, what stands in `@{…}` left out."""
    text = _REPEATED.sub(lambda found: found[2] * min(int(found[1]), MAX_COLUMNS), text[:200])
    text = _DECORATION.sub("", _PARAGRAPH.sub("l", text))
    return "".join(character for character in text if character in "lcr|:")[: 3 * MAX_COLUMNS]


def split_rows(parser: Parser, stop: frozenset[str], marks: Rows | None = None) -> list[list[Node]]:
    """Cells up to `stop`, split at `&` and `\\\\`; `marks` receives what else is said about the rows."""
    rows: list[list[Node]] = [[]]
    end = stop | _CELL_END if stop else frozenset({"&"}) | _BREAKS
    while True:
        while marks is not None and not rows[-1] and (lexeme := parser.peek()) in ("\\hline", "\\hdashline"):
            parser.index += 1
            (marks.rules if lexeme == "\\hline" else marks.dashed).add(len(rows) - 1)
        cell = parser.nested_row(end)
        _add(parser, rows, cell)
        if parser.tag is not None and marks is not None:
            marks.tag[len(rows) - 1], parser.tag = parser.tag, None
        lexeme = parser.peek()
        if lexeme == "&":
            parser.index += 1
        elif lexeme in _BREAKS:
            parser.index += 1
            parser.accept("*")
            _skip_distance(parser)
            rows.append([])
        else:
            break
    if len(rows) > 1 and all(not cell.items for cell in rows[-1] if isinstance(cell, Row)):
        rows.pop()
    return rows[:MAX_ROWS]


def _skip_distance(parser: Parser) -> None:
    """Pass over the `[2pt]` after a line break; an interval that begins the next row stays."""
    if parser.peek() == "[":
        following = parser.tokens[parser.index + 1 : parser.index + 9]
        if "]" in following and "".join(following[: following.index("]")]).strip(" -.0123456789") in _UNITS:
            parser.raw_optional()


def with_empty_starts(row: list[Node]) -> list[Node]:
    """The right cells of an alignment begin with something empty, so that their relation is spaced as between two terms."""
    return [Row((Row(), *cell.items)) if number % 2 and isinstance(cell, Row) else cell for number, cell in enumerate(row)]


def _add(parser: Parser, rows: list[list[Node]], cell: Row) -> None:
    if len(rows) > MAX_ROWS:
        parser.warn(f"The table has more than {MAX_ROWS} rows; the rest is left out.")
    elif len(rows[-1]) >= MAX_COLUMNS:
        parser.warn(f"The table has more than {MAX_COLUMNS} columns; the rest is left out.")
    else:
        rows[-1].append(cell)


def _printable(name: str) -> str:
    return "".join(character for character in name if character.isalnum() or character in " -")[:40]

