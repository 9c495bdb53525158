"""Environments: `\\begin{…}` to a grid of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import symbols
from .nodes import Grid, Node, Row

if TYPE_CHECKING:
    from .parser import Parser

MAX_ROWS = 400
MAX_COLUMNS = 40
_BREAKS = frozenset({"\\\\", "\\cr", "\\newline"})
_CELL_END = frozenset({"&", "\\end"}) | _BREAKS
_SIZED = ("alignat", "alignedat", "subarray")
ALIGNED = frozenset({"aligned", "align", "alignedat", "alignat", "split", "eqnarray", "flalign"})
_UNITS = ("pt", "em", "ex", "mm", "cm", "in", "mu", "pc")
_PLAIN = ("equation", "displaymath", "math")


def read_environment(parser: Parser) -> Node:
    """The environment whose `\\begin` has just been read."""
    name = "".join(parser.raw_group()).strip().rstrip("*")
    if name not in symbols.ENVIRONMENTS:
        parser.warn(f"The environment {_printable(name) or 'without a name'} is not known.")
    left, right = symbols.ENVIRONMENTS.get(name, ("", ""))
    columns = ""
    if name == "array":
        parser.raw_optional()
        columns = "".join(parser.raw_group())
    elif name in _SIZED:
        parser.raw_group()
    elif name.endswith("matrix") or name in ("aligned", "gathered"):
        parser.raw_optional()
    rules: set[int] = set()
    rows = split_rows(parser, frozenset({"\\end"}), rules)
    if parser.accept("\\end"):
        ended = "".join(parser.raw_group()).strip().rstrip("*")
        if ended != name:
            parser.warn(f"The environment {_printable(name)} is ended as {_printable(ended) or 'nothing'}.")
    else:
        parser.warn(f"The environment {_printable(name)} is not ended.")
    if name in ALIGNED:
        rows = [with_empty_starts(row) for row in rows]
    columns = "".join(character for character in columns if character in "lcr|")[: 2 * MAX_COLUMNS]
    cells = tuple(tuple(row) for row in rows)
    if name in _PLAIN and len(cells) == 1 and len(cells[0]) == 1:
        return cells[0][0]
    return Grid(name if name in symbols.ENVIRONMENTS else "aligned", cells, columns, left, right, frozenset(rules))


def split_rows(parser: Parser, stop: frozenset[str], rules: set[int] | None = None) -> list[list[Node]]:
    """Cells up to `stop`, split at `&` and `\\\\`; `rules` receives the numbers of the rows above which a line is drawn."""
    rows: list[list[Node]] = [[]]
    end = stop | _CELL_END if stop else frozenset({"&"}) | _BREAKS
    while True:
        while parser.peek() == "\\hline" and rules is not None and not rows[-1]:
            parser.index += 1
            rules.add(len(rows) - 1)
        cell = parser.nested_row(end)
        _add(parser, rows, cell)
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

