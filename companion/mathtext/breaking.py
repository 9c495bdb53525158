"""Formulas broken to a width: at quads, then at relations aligned under the first one, then at binary operators, then after commas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from .boxes import Box, beside, blank, gap, padded, word
from .delimiters import delimiter
from .environments import ALIGNED
from .grids import GATHERED, TAG_GAP, edges
from .layout import Item, joined, lay, row_items
from .linear import content, is_product, is_unit
from .nodes import Delimited, Fence, Fraction, Grid, Node, Root, Row, Scripts, Space
from .profiles import Style
from .scripts import attached
from .symbols import OPERATOR

_QUAD = 2
_INDENT = 4
_MAX_OPENED = 4
_MIDDLE = "middle"
_BREAKABLE = GATHERED - {"substack", "subarray"}
_FACTORS = frozenset({("open", "close"), ("op", "op"), ("inner", "inner"), ("open", "inner")})
Line: TypeAlias = tuple[int, Box]
"""Blanks at the left, and what follows them."""


def fitted(node: Node, style: Style, width: int | None) -> Box:
    """The box of `node`, broken into lines if it is wider than `width`. What cannot be broken stays wider."""
    grid = _alignment(node)
    if grid is not None:
        box = lay(grid, style)
        return box if width is None or box.width <= width else _broken_alignment(grid, style, width)
    nodes = _nodes(node)
    items = row_items(nodes, style)
    box = joined(items)
    return box if width is None or box.width <= width else stacked(_lines_of(nodes, items, style, width))


def _nodes(cell: Node) -> Sequence[Node]:
    return cell.items if isinstance(cell, Row) else (cell,)


def _lines_of(nodes: Sequence[Node], items: list[Item], style: Style, width: int) -> list[Line]:
    """Lines of at most `width` cells; if there is no other way, brackets are broken inside, then fractions and roots are set in one row.

    What is opened first is what fills a line by itself, then ever smaller groups.
    """
    best = _lines(items, width)
    if _widest(best) <= width:
        return best
    for flat in (False, True):
        for limit in (width - _INDENT, 2 * width // 3, width // 3):
            opened = _Opener(style, limit, flat).items(nodes, _MAX_OPENED)
            lines = _lines(opened, width) if len(opened) > len(items) else best
            if _widest(lines) <= width:
                return lines
            best = lines if _widest(lines) < _widest(best) else best
    return best


def _widest(lines: Sequence[Line]) -> int:
    return max(indent + box.width for indent, box in lines)


class _Opener:
    """Replaces groups that are wider than `limit` by their brackets and their items; `flat` opens fractions and roots as well."""

    def __init__(self, style: Style, limit: int, flat: bool) -> None:
        self._style, self._limit, self._flat = style, limit, flat

    def items(self, nodes: Sequence[Node], depth: int, previous: str = "") -> list[Item]:
        """The items of a row, opened as far as `depth` groups within each other."""
        result: list[Item] = []
        visible = [node for node in nodes if not isinstance(node, Space)]
        items = row_items(nodes, self._style, previous)
        if len(visible) != len(items):
            return items
        for node, item in zip(visible, items, strict=True):
            opened = self._opened(node, item, depth) if depth and item.box.width > self._limit else []
            result += opened or [item]
        return result

    def _opened(self, node: Node, item: Item, depth: int) -> list[Item]:
        core = content(node.base if isinstance(node, Scripts) else node)
        if isinstance(core, Delimited):
            return self._delimited(node, core, item, depth)
        if self._flat and isinstance(core, Fraction) and core is content(node) and core.rule and not core.left:
            upper = self._bracketed(core.upper, not is_product(core.upper), item.before, depth)
            return [*upper, Item(word("/", OPERATOR), 0, "bin", "ord"), *self._bracketed(core.lower, not is_unit(core.lower), 0, depth)]
        if self._flat and isinstance(core, Root) and core is content(node) and core.index is None and not self._style.profile.ascii:
            return [Item(word("√", OPERATOR), item.before, "ord", "open"), *self._bracketed(core.body, True, 0, depth)]
        return []

    def _delimited(self, node: Node, group: Delimited, item: Item, depth: int) -> list[Item]:
        body = lay(group.body, self._style)
        left, right = (delimiter(glyph, body.baseline, body.below, self._style.profile.ascii) for glyph in (group.left, group.right))
        if isinstance(node, Scripts):
            right = attached(right, node.sub, node.sup, self._style, lay)
        result = [Item(left, item.before, "open", "open")]
        start = 0
        for position, inner in enumerate(group.body.items):
            if isinstance(inner, Fence) and inner.side == "middle":
                result += self.items(group.body.items[start:position], depth - 1, "open" if not start else "rel")
                bar = delimiter(inner.glyph, body.baseline, body.below, self._style.profile.ascii)
                result.append(Item(bar, 1, _MIDDLE, _MIDDLE))
                start = position + 1
        rest = self.items(group.body.items[start:], depth - 1, "rel" if start else "open")
        return [*result, *rest, Item(right, 0, "close", "close")]

    def _bracketed(self, node: Node, needed: bool, before: int, depth: int) -> list[Item]:
        """The items of a numerator, a denominator or a radicand, between brackets as tall as they are if they are needed."""
        inner = self.items(_nodes(node), depth - 1, "open" if needed else "")
        if not needed:
            return [inner[0]._replace(before=before), *inner[1:]] if inner else inner
        body = joined(inner)
        left, right = (delimiter(glyph, body.baseline, body.below, self._style.profile.ascii) for glyph in "()")
        return [Item(left, before, "open", "open"), *inner, Item(right, 0, "close", "close")]


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
    if isinstance(inner, Grid) and not inner.left and not inner.right and (inner.environment in ALIGNED or inner.environment in _BREAKABLE):
        return inner
    return None


def _broken_alignment(grid: Grid, style: Style, width: int) -> Box:
    """Each row broken by itself, the right sides still aligned if the left ones leave enough room."""
    rows = [[_cell_items(cell, style) for cell in row] for row in grid.rows]
    left = max((_cell_width(row[0], cells[0]) for row, cells in zip(rows, grid.rows, strict=True) if len(row) > 1), default=0)
    if left > 2 * width // 5 or grid.environment not in ALIGNED:
        left = 0
    lines: list[Line] = []
    for number, (row, cells) in enumerate(zip(rows, grid.rows, strict=True)):
        if left and len(row) > 1:
            lines_of_row = _beside_left(row, cells, left, style, width)
        else:
            lines_of_row = _row_lines(cells, _connected(row), style, width)
        tag = grid.tags[number] if grid.tags else None
        lines += lines_of_row if tag is None else _tagged(lines_of_row, lay(tag, style.as_text()), width)
    return stacked(lines or [(0, gap(0))])


def _beside_left(row: list[list[Item]], cells: Sequence[Node], left: int, style: Style, width: int) -> list[Line]:
    """The first cell flush right in `left` cells, the others broken beside it."""
    first = beside([joined(row[0]), gap(edges(cells[0])[1])])
    first = Box(padded(first, left, "r"), left, first.baseline)
    items = _connected(row[1:])
    rest = _row_lines(cells[1:], items, style, width - left)
    space = items[0].before if items else 0
    lines: list[Line] = [(0, beside([first, gap(space), rest[0][1]]))] if rest else [(0, first)]
    return lines + [(left + space + indent, box) for indent, box in rest[1:]]


def _row_lines(cells: Sequence[Node], items: list[Item], style: Style, width: int) -> list[Line]:
    if not items:
        return []
    return _lines_of(_nodes(cells[0]), items, style, width) if len(cells) == 1 else _lines(items, width)


def _cell_items(cell: Node, style: Style) -> list[Item]:
    return row_items(_nodes(cell), style)


def _cell_width(items: list[Item], cell: Node) -> int:
    return joined(items).width + edges(cell)[1]


def _tagged(lines: list[Line], tag: Box, width: int) -> list[Line]:
    """The tag after the last line, or flush right on a line of its own."""
    indent, box = lines[-1] if lines else (0, gap(0))
    if indent + box.width + TAG_GAP + tag.width <= width:
        room = width - indent - box.width - tag.width
        return [*lines[:-1], (indent, beside([box, gap(room), tag]))]
    return [*lines, (max(0, width - tag.width), tag)]


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
        lambda position: items[position].left == _MIDDLE,
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
    inside = _width_to_open_bracket(parts[0])
    if inside and indent + inside + max(map(_width, parts[1:])) <= width:
        hanging = inside
    elif indent + hanging + max(map(_width, parts)) > width:
        hanging = min(hanging, 2)
    lines = _filled_after_first(parts, width - indent, hanging)
    return [(indent + (hanging if number else 0), box) for number, (_, box) in enumerate(lines)]


def _width_to_open_bracket(items: list[Item]) -> int:
    """How far the inside of the last bracket is that these items leave open; 0 if they leave none."""
    opened: list[int] = []
    width = 0
    for number, item in enumerate(items):
        width += item.box.width + (item.before if number else 0)
        if item.left == item.right == "open":
            opened.append(width)
        elif item.left == item.right == "close" and opened:
            opened.pop()
    return opened[-1] if opened else 0


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


