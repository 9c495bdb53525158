"""Matrices, cases and alignments read aloud, row by row."""

from __future__ import annotations

from collections.abc import Callable

from .environments import ALIGNED
from .nodes import Grid, Node


def say_grid(node: Grid, say: Callable[[Node], str]) -> str:
    """The rows of `node`, numbered if they are not those of cases; `say` says a cell."""
    matrix = node.environment.endswith("matrix") or node.environment == "array"
    rows = [_row(node, number, say) for number in range(len(node.rows))]
    if node.environment in ("substack", "subarray"):
        return " , ".join(rows)
    if len(rows) == 1 and not matrix:
        return rows[0]
    if node.environment.endswith("cases"):
        return "cases: " + " ; ".join(rows) + " ; end cases"
    name = "determinant" if node.left == "|" else "array" if node.environment == "array" else "matrix" if matrix else "lines"
    listed = " ; ".join(f"{'row' if matrix else 'line'} {number}: {row}" for number, row in enumerate(rows, 1))
    size = f"the {len(rows)} by {max(map(len, node.rows), default=0)} " if matrix else ""
    return f"{size}{name}: {listed} ; end {name}"


def _row(node: Grid, number: int, say: Callable[[Node], str]) -> str:
    """The cells of a row; the two sides of a relation that is aligned are one sentence."""
    if node.environment in ALIGNED:
        words = "".join((" " if place % 2 else " , ") + say(cell) for place, cell in enumerate(node.rows[number])).removeprefix(" , ")
    else:
        words = " , ".join(said for cell in node.rows[number] if (said := say(cell)).strip())
    tag = node.tags[number] if node.tags else None
    return words if tag is None else f"{words} , tagged {say(tag)}"
