"""Formulas broken to a width: at quads, then at relations aligned under the first one, then at binary operators, then after commas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from .boxes import Box, beside, blank, gap, padded
from .environments import ALIGNED
from .layout import Item, joined, lay, row_items
from .nodes import Grid, Node, Row
from .profiles import Style

_QUAD = 2
_INDENT = 4
_FACTORS = frozenset({("open", "close"), ("op", "op"), ("inner", "inner"), ("open", "inner")})
Line: TypeAlias = tuple[int, Box]
"""Blanks at the left, and what follows them."""


def fitted(node: Node, style: Style, width: int | None) -> Box:
    """The box of `node`, broken into lines if it is wider than `width`. What cannot be broken stays wider."""
    grid = _alignment(node)
    if grid is not None:
        box = lay(grid, style)
        return box if width is None or box.width <= width else _broken_alignment(grid, style, width)
    items = row_items(node.items if isinstance(node, Row) else (node,), style)
    box = joined(items)
    return box if width is None or box.width <= width else stacked(_lines(items, width))


def pieces(node: Node, style: Style, width: int) -> list[Box]:
    """The parts of an inline formula between which a line may end: after relations and binary operators, as in TeX.

    A part that is wider than `width` is divided inside its brackets too, and after commas.
    """
    parts: list[list[Item]] = []
    for part in _split_after(row_items(node.items if isinstance(node, Row) else (node,), style), ("rel", "bin")):
        parts += [part] if _width(part) <= width else _split_after(part, ("rel", "bin", "punct"), deep=True)
    return [joined(_flush(part)) for part in parts if part]


def _split_after(items: list[Item], classes: tuple[str, ...], deep: bool = False) -> list[list[Item]]:
    return _split(items, lambda position: items[position - 1].left in classes or items[position].before >= _QUAD, deep)


def stacked(lines: Sequence[Line]) -> Box:
    """Lines one under another, with a blank line between two that would touch."""
    width = max(indent + box.width for indent, box in lines)
    rows = []
    previous: Box | None = None
    for indent, box in lines:
        if previous is not None and (previous.below or box.baseline):
            rows.append(blank(width))
        rows += [blank(indent) + row for row in padded(box, width - indent, "l")]
        previous = box
    return Box(rows, width, lines[0][1].baseline)


def _alignment(node: Node) -> Grid | None:
    inner = node.items[0] if isinstance(node, Row) and len(node.items) == 1 else node
    if isinstance(inner, Grid) and not inner.left and not inner.right and (inner.environment in ALIGNED or inner.environment == "gathered"):
        return inner
    return None


def _broken_alignment(grid: Grid, style: Style, width: int) -> Box:
    """Each row broken by itself, the right sides still aligned if the left ones leave enough room."""
    rows = [[row_items(cell.items if isinstance(cell, Row) else (cell,), style) for cell in row] for row in grid.rows]
    left = max((joined(row[0]).width for row in rows if len(row) > 1), default=0) if grid.environment in ALIGNED else 0
    if left > 2 * width // 5:
        left = 0
    lines: list[Line] = []
    for row in rows:
        items = _connected(row[1:] if left and len(row) > 1 else row)
        if not left or len(row) == 1:
            lines += _lines(items, width) if items else []
            continue
        first = Box(padded(joined(row[0]), left, "r"), left, joined(row[0]).baseline)
        rest = _lines(items, width - left) if items else []
        space = items[0].before if items else 0
        lines += [(0, beside([first, gap(space), rest[0][1]]))] if rest else [(0, first)]
        lines += [(left + space + indent, box) for indent, box in rest[1:]]
    return stacked(lines)


def _connected(cells: Sequence[list[Item]]) -> list[Item]:
    """The items of several cells as one row; between pairs of columns there is a place to break."""
    items: list[Item] = []
    for number, cell in enumerate(cells):
        for position, item in enumerate(cell):
            if position == 0 and number and items and not item.box.width:
                continue
            starts = position == 0 or (position == 1 and not cell[0].box.width)
            items.append(item._replace(before=3) if starts and number > 1 else item)
    return items


def _lines(items: list[Item], width: int) -> list[Line]:
    """Lines of at most `width` cells where that is possible."""
    chunks = _split(items, lambda position: items[position].before >= _QUAD)
    lines: list[Line] = []
    for chunk, box in _filled(chunks, width):
        lines += [(0, box)] if box.width <= width else _lines_at_relations(chunk, width)
    return lines


def _filled(parts: list[list[Item]], width: int) -> list[tuple[list[Item], Box]]:
    """Parts put together as long as they fit."""
    result: list[tuple[list[Item], Box]] = []
    current: list[Item] = []
    for part in parts:
        together = current + part
        if current and _width(together) > width:
            result.append((current, joined(_flush(current))))
            current = list(part)
        else:
            current = together
    result.append((current, joined(_flush(current))))
    return result


def _lines_at_relations(items: list[Item], width: int) -> list[Line]:
    items = _flush(items)
    start = next((position for position, item in enumerate(items) if item.box.width), 0)
    parts = _split(items, lambda position: items[position].left == "rel" and position > start and items[position - 1].left != "rel")
    if len(parts) == 1:
        return _lines_at_operators(items, width, 0, 2)
    opens_with_relation = items[start].left == "rel"
    column = (items[start].before if start else 0) if opens_with_relation else _width(parts[0]) + parts[1][0].before
    if not opens_with_relation:
        parts[:2] = [parts[0] + parts[1]]
    widest = max((_width(part) for part in parts[1:]), default=0)
    if column > width // 2 or (column + widest > width and column > _INDENT):
        column = min(column, _INDENT)
    lines: list[Line] = []
    for number, (part, box) in enumerate(_filled_after_first(parts, width, column)):
        indent = column if number else 0
        if indent + box.width <= width:
            lines.append((indent, box))
        else:
            lines += _lines_at_operators(part, width, indent, (column if number == 0 else 0) + 2)
    return lines


def _filled_after_first(parts: list[list[Item]], width: int, column: int) -> list[tuple[list[Item], Box]]:
    """The first line has the whole width, the others what is right of `column`."""
    current = parts[0]
    position = 1
    while position < len(parts) and _width(current + parts[position]) <= width:
        current = current + parts[position]
        position += 1
    rest = _filled(parts[position:], width - column) if position < len(parts) else []
    return [(current, joined(_flush(current))), *rest]


def _lines_at_operators(items: list[Item], width: int, indent: int, hanging: int) -> list[Line]:
    """Lines at binary operators, or after commas if there are none; the lines after the first hang by `hanging`."""
    items = _flush(items)
    conditions: list[Callable[[int], bool]] = [
        lambda position: items[position].left == "bin",
        lambda position: items[position - 1].left == "punct",
        lambda position: items[position - 1].right != "op" and (items[position].left, items[position].right) in _FACTORS,
    ]
    for deep in (False, True):
        for condition in conditions:
            parts = _split(items, condition, deep)
            if len(parts) > 1 and max(map(_width, parts)) <= width - indent:
                break
        else:
            continue
        break
    if len(parts) == 1:
        return [(indent, joined(items))]
    if indent + hanging + max(map(_width, parts)) > width:
        hanging = min(hanging, 2)
    lines = _filled_after_first(parts, width - indent, hanging)
    return [(indent + (hanging if number else 0), box) for number, (_, box) in enumerate(lines)]


def _split(items: list[Item], breaks: Callable[[int], bool], deep: bool = False) -> list[list[Item]]:
    """`items` cut before every position that `breaks` names, outside of brackets unless `deep`."""
    parts: list[list[Item]] = [[]]
    depth = 0
    for position, item in enumerate(items):
        if item.left == item.right == "close":
            depth -= 1
        if position and parts[-1] and (depth <= 0 or deep) and breaks(position):
            parts.append([])
        parts[-1].append(item)
        if item.left == item.right == "open":
            depth += 1
    return parts


def _flush(items: list[Item]) -> list[Item]:
    return [items[0]._replace(before=0), *items[1:]] if items and items[0].before else items


def _width(items: Sequence[Item]) -> int:
    return sum(item.box.width + item.before for item in items) - (items[0].before if items else 0)


