"""Nodes to boxes: rows of atoms with their spacing, and the table of what lays out each kind of node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from . import symbols
from .alphabets import ALPHABET_START as ALPHABETS
from .boxes import EMPTY, Box, beside, gap, word
from .delimiters import delimiter
from .grids import lay_grid
from .linear import BARS, content, vulgar
from .nodes import (
    Accent,
    Arrow,
    Atom,
    Boxed,
    Brace,
    Choice,
    Classed,
    Delimited,
    Fence,
    Fraction,
    Grid,
    Hole,
    Negated,
    Node,
    Operator,
    Phantom,
    Root,
    Row,
    Scripts,
    Sided,
    Space,
    Stack,
    Struck,
    Styled,
    Text,
)
from .operators import HOOKED, is_integral, lay_integral, lay_operator, lay_sided, lay_stretched, stretching_symbol
from .profiles import Style, alphabet_mark, glyphs
from .scripts import attached, in_parentheses, lay_scripts, lay_stack
from .spacing import classes, gap_between, resolved
from .structures import (
    is_root_bare,
    lay_accent,
    lay_arrow,
    lay_boxed,
    lay_brace,
    lay_delimited,
    lay_fence,
    lay_fraction,
    lay_negated,
    lay_phantom,
    lay_root,
    lay_struck,
    lay_text,
)

Entry: TypeAlias = tuple[Node, Style, int]
"""A node of a row, its style, and the explicit blanks before it."""

_QUAD = 2
_STYLE_SWITCHES = frozenset({"display", "text", "script-size"})


class Item(NamedTuple):
    """One laid-out item of a row: the blanks before it, and its classes as its left and right neighbor see it."""

    box: Box
    before: int
    left: str
    right: str


def lay(node: Node, style: Style) -> Box:
    """The box of any node."""
    return _LAYERS[type(node)](node, style)


def lay_row(nodes: Sequence[Node], style: Style, previous: str = "") -> Box:
    """A row of nodes on one baseline. `previous` is the class of what stands before it."""
    return joined(row_items(nodes, style, previous))


def joined(items: Iterable[Item]) -> Box:
    """Items with their blanks, side by side."""
    boxes: list[Box] = []
    for item in items:
        if item.before:
            boxes.append(gap(item.before))
        boxes.append(item.box)
    return beside(boxes) if boxes else EMPTY


def row_items(nodes: Sequence[Node], style: Style, previous: str = "") -> list[Item]:
    """The nodes of a row laid out, with the blanks before each."""
    entries = list(_spaced(nodes, style))
    pairs = [classes(node) for node, _, _ in entries]
    resolved([node for node, _, _ in entries], pairs, previous)
    boxes = _boxes(entries, pairs)
    items: list[Item] = []
    in_integral = False
    last: Node | None = None
    for index, (node, own, space) in enumerate(entries):
        left, right = pairs[index]
        before = max(gap_between(previous, left, own.script) if previous else 0, space)
        if previous == "unary" and left == "inner" and boxes[index].height == 1:
            before = space
        if not before and items and previous in ("ord", "close") and left in ("ord", "open") and (
            (in_integral and _is_differential(entries, index))
            or (type(last) is Root and is_root_bare(last) and not (isinstance(node, Atom) and node.role == symbols.OPERATOR))
            or (left == "ord" and (type(last) is Delimited or type(last) is Fraction) and boxes[index - 1].height > 1)
        ):
            before = 1
        if not before and items and (own.linear or own.profile.ascii) and _would_run_together(items[-1].box, boxes[index], own):
            before = 1
        if not before and previous == "close" and left == "open" and isinstance(node, Atom) and node.text in BARS:
            before = 1
        if previous == "op" and left == "open" and not before and not _is_applied(entries[index - 1][0], node):
            before = 1
        if left == "op" and isinstance(last, Atom) and last.text == "/":
            before = space
        in_integral = in_integral or (left == "op" and _is_integral(node))
        items.append(Item(boxes[index], before, left, right))
        previous, last = right, node
    return items


def _spaced(nodes: Sequence[Node], style: Style) -> Iterable[Entry]:
    """Nodes other than spaces, each with its style and the explicit blanks before it; style commands opened up."""
    space, first = 0, True
    for node in nodes:
        if type(node) is Atom:
            yield node, style, 0 if first else space
            space, first = 0, False
            continue
        if isinstance(node, Space):
            space = max(space, node.cells if node.cells > 1 or not style.script else 0)
            continue
        if isinstance(node, Row) and node.items and isinstance(node.items[0], Space):
            space = max(space, node.items[0].cells)
        if isinstance(node, Styled) and node.style in _STYLE_SWITCHES and isinstance(node.body, Row):
            for inner, own, inner_space in _spaced(node.body.items, style.in_font(node.style)):
                yield inner, own, max(space, inner_space)
                space, first = 0, False
            continue
        after = 0
        if isinstance(node, Text) and node.parts:
            if isinstance(node.parts[0], str) and node.parts[0][:1] == " ":
                space = max(space, 1)
            if isinstance(node.parts[-1], str) and node.parts[-1][-1:] == " ":
                after = 1
        yield node, style, 0 if first else space
        space, first = after, False


def _boxes(entries: list[Entry], pairs: list[tuple[str, str]]) -> list[Box]:
    """The boxes of a row. What stretches to its neighbors (integrals, single bars) is laid out after them."""
    boxes = [EMPTY] * len(entries)
    later: list[int] = []
    fences: list[int] = []
    for index, (node, style, _) in enumerate(entries):
        kind = type(node)
        if kind is Fence or kind is Scripts:
            fences.append(index)
        if style.display and (kind is Operator or kind is Scripts or kind is Row) and stretching_symbol(node):
            later.append(index)
        elif isinstance(node, Fraction) and (style.linear or style.script):
            boxes[index] = _fraction_in_row(node, entries, pairs, index)
        else:
            boxes[index] = lay(node, style)
    for index in reversed(later):
        boxes[index] = _stretched(entries, pairs, boxes, index)
    for index in fences:
        node, style, _ = entries[index]
        core = node.base if isinstance(node, Scripts) else node
        if isinstance(core, Fence) and core.side == "ord" and not style.linear:
            boxes[index] = _evaluation_bar(node, core, style, boxes[:index])
    return boxes


def _stretched(entries: list[Entry], pairs: list[tuple[str, str]], boxes: list[Box], index: int) -> Box:
    """An integral or a sum as tall as what follows it, up to the next relation or sum."""
    node, style, _ = entries[index]
    above = below = 0
    for position in range(index + 1, min(len(entries), index + 20)):
        if pairs[position][0] in ("rel", "bin", "punct"):
            break
        above, below = max(above, boxes[position].baseline), max(below, boxes[position].below)
    return lay_stretched(node, style, lay, above, below)


def _evaluation_bar(node: Node, fence: Fence, style: Style, before: list[Box]) -> Box:
    """A `\\big` delimiter by itself: as tall as what stands before it."""
    above = max((box.baseline for box in before), default=0)
    below = max((box.below for box in before), default=0)
    if isinstance(node, Scripts):
        above, below = max(above, int(node.sup is not None)), max(below, int(node.sub is not None))
    bar = delimiter(fence.glyph, above, below, style.profile.ascii)
    if not isinstance(node, Scripts):
        return bar
    return attached(bar, node.sub, node.sup, style, lay)


def _fraction_in_row(node: Fraction, entries: list[Entry], pairs: list[tuple[str, str]], index: int) -> Box:
    """A fraction in one row, in parentheses if a neighbor would join only a part of it."""
    box = lay(node, entries[index][1])
    if box.height > 1 or node.left or (vulgar(node) and box.width == 1):
        return box
    after = index + 1 < len(entries) and pairs[index + 1][0] in ("ord", "op", "open", "inner") and entries[index + 1][2] < _QUAD
    if after and entries[index + 1][2] and _is_differential(entries, index + 1):
        after = False  # as in ∫ f/g dx, where nobody takes the differential for a part of the denominator
    core = _core(entries[index - 1][0]) if index else None
    before = isinstance(core, Operator) and not core.symbol and not core.limits
    if not after and not before:
        return box
    pairs[index] = ("open", "inner")
    return in_parentheses(box)


def _core(node: Node) -> Node:
    return content(node.base if isinstance(node, Scripts) else node)


def _is_applied(operator: Node, argument: Node) -> bool:
    """Whether an opening bracket after an operator holds the arguments of a function, as in `log(x)`."""
    core = _core(operator)
    if isinstance(core, Operator) and (core.symbol or (core.limits and isinstance(operator, Scripts))):
        return False
    opening = argument.left if isinstance(argument, Delimited) else argument.text if isinstance(argument, Atom) else "("
    return opening in ("(", "[")


def _is_differential(entries: list[Entry], index: int) -> bool:
    """Whether `d` and a variable start here."""
    node = content(entries[index][0])
    if not (isinstance(node, Atom) and node.text == "d") or index + 1 >= len(entries):
        return False
    following = _core(entries[index + 1][0])
    return isinstance(following, Atom) and following.kind == "ord" and following.role == symbols.VARIABLE


def _is_integral(node: Node) -> bool:
    core = _core(node)
    return isinstance(core, Operator) and (core.text in HOOKED or core.text in "∮∯∰")


def _would_run_together(left: Box, right: Box, style: Style) -> bool:
    """Whether two neighbors in one row would read as one: names in ASCII, a script in one row and what follows it."""
    if not left.width or not right.width:
        return False
    before = "".join(text for text, _ in left.rows[left.baseline])
    after = "".join(text for text, _ in right.rows[right.baseline])
    if not after[0].isalnum() and after[0] != "√":
        return False
    if style.linear and len(before) > 2 and before[-2] in "_^":
        return True
    if not style.profile.ascii or not before[-1].isalnum():
        return False
    return (len(before) > 1 and before[-2:].isalpha()) or (len(after) > 1 and after[:2].isalpha())


# -- leaves -----------------------------------------------------------------------------------------------------------

_ATOMS: dict[tuple[str, str, str, str], Box] = {}


def _lay_atom(node: Atom, style: Style) -> Box:
    key = (node.text, node.role, style.font, style.profile.name)
    box = _ATOMS.get(key)
    if box is None:
        if len(_ATOMS) > 2000:
            _ATOMS.clear()
        role = node.role
        if style.font == "bold":
            role += ".bold"
        elif style.font in ALPHABETS:
            role += alphabet_mark(node.text, style)
        elif style.font == "roman" and role == symbols.VARIABLE:
            role = symbols.FUNCTION
        text = glyphs(node.text, style)
        box = _ATOMS[key] = word(text, role) if text else EMPTY
    return box


def _lay_scripts(node: Scripts, style: Style) -> Box:
    return lay_integral(node, style, lay, 0, 0) if style.display and is_integral(node) else lay_scripts(node, style, lay)


def _lay_styled(node: Styled, style: Style) -> Box:
    return lay(node.body, style.in_font(node.style))


_LAYERS: dict[type[Node], Callable[..., Box]] = {
    Atom: _lay_atom,
    Hole: lambda node, style: word(glyphs("□", style), symbols.TEXT),
    Row: lambda node, style: lay_row(node.items, style),
    Space: lambda node, style: EMPTY,
    Text: lambda node, style: lay_text(node, style, lay),
    Operator: lay_operator,
    Scripts: _lay_scripts,
    Fraction: lambda node, style: lay_fraction(node, style, lay),
    Root: lambda node, style: lay_root(node, style, lay),
    Delimited: lambda node, style: lay_delimited(node, style, lay),
    Fence: lay_fence,
    Accent: lambda node, style: lay_accent(node, style, lay),
    Brace: lambda node, style: lay_brace(node, style, lay),
    Stack: lambda node, style: lay_stack(node, style, lay),
    Arrow: lambda node, style: lay_arrow(node, style, lay),
    Grid: lambda node, style: lay_grid(node, style, lay),
    Styled: _lay_styled,
    Classed: lambda node, style: lay(node.body, style),
    Negated: lambda node, style: lay_negated(node, style, lay),
    Phantom: lambda node, style: lay_phantom(node, style, lay),
    Boxed: lambda node, style: lay_boxed(node, style, lay),
    Choice: lambda node, style: lay(node.script if style.script else node.display if style.display else node.text, style),
    Sided: lambda node, style: lay_sided(node, style, lay),
    Struck: lambda node, style: lay_struck(node, style, lay),
}
