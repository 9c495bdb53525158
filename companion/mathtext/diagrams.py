"""Commutative diagrams: the rows of the `CD` environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import symbols
from .nodes import Arrow, Atom, Node, Phantom, Row, Styled

if TYPE_CHECKING:
    from .parser import Parser

_OBJECT_END = frozenset({"@", "\\\\", "\\cr", "\\end"})
_ACROSS = {">": ("", "─", "→"), "<": ("←", "─", ""), "=": ("═", "═", "═")}
_DOWN = {"V": "↓", "A": "↑", "|": "‖"}
_MAX_ROWS = 60
_MAX_COLUMNS = 40


def diagram_rows(parser: Parser) -> list[list[Node]]:
    """Objects and arrows as the cells of a grid: arrows across stand in columns of their own, arrows down under their objects."""
    rows: list[list[Node]] = []
    while len(rows) < _MAX_ROWS:
        row, vertical = _row(parser)
        rows.append(_spread(row) if vertical else row)
        if not (parser.accept("\\\\") or parser.accept("\\cr")):
            break
    else:
        parser.warn(f"The diagram has more than {_MAX_ROWS} rows; the rest is left out.")
        parser.nested_row(frozenset({"\\end"}))
    if len(rows) > 1 and all(isinstance(cell, Row) and not cell.items for cell in rows[-1]):
        rows.pop()
    return rows


def _row(parser: Parser) -> tuple[list[Node], bool]:
    """The cells of one row, and whether its arrows go up or down."""
    cells: list[Node] = []
    vertical = False
    while True:
        item = parser.nested_row(_OBJECT_END)
        if item.items or not vertical:
            cells.append(item)
        if not parser.accept("@"):
            break
        kind = parser.take()
        if kind in _DOWN or (kind == "." and vertical):
            if not vertical:
                cells.pop()
            vertical = True
            cells.append(_down(parser, kind))
        else:
            cells.append(_across(parser, kind))
    if len(cells) > _MAX_COLUMNS:
        parser.warn(f"The diagram has more than {_MAX_COLUMNS} columns; the rest is left out.")
    return cells[:_MAX_COLUMNS], vertical


def _spread(cells: list[Node]) -> list[Node]:
    return [part for cell in cells for part in (cell, Row())][:-1][:_MAX_COLUMNS]


def _label(parser: Parser, kind: str) -> Node | None:
    body = parser.nested_row(frozenset({kind, "\\\\", "\\end"}))
    if not parser.accept(kind):
        parser.warn("An arrow of a diagram is not ended.")
    return body if body.items else None


def _across(parser: Parser, kind: str) -> Node:
    if kind == "=":
        return Arrow(_ACROSS["="])
    if kind not in _ACROSS:
        if kind != ".":
            parser.warn("An arrow of a diagram is not known.")
        return Row()
    over = _label(parser, kind)
    return Arrow(_ACROSS[kind], over, _label(parser, kind))


def _down(parser: Parser, kind: str) -> Node:
    """The sign, between its labels; a phantom keeps it in the middle where there is only one."""
    if kind in "|.":
        return Atom("‖", "ord", symbols.RELATION) if kind == "|" else Row()
    labels = [_label(parser, kind) for _ in range(2)]
    left, right = (Styled("script-size", label) if label is not None else None for label in labels)
    parts = (
        left or (Phantom(right) if right else None), Atom(_DOWN[kind], "rel", symbols.RELATION), right or (Phantom(left) if left else None)
    )
    return Row(tuple(part for part in parts if part is not None))
