"""TeX's atom classes: which class a node has, and the blanks between two classes.

The table is that of The TeXbook, chapter 18, with every space rounded to no cell or one. `unary` is a
sign that binds to what follows: an ord, but without the space before an operator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .linear import content
from .nodes import (
    Arrow,
    Atom,
    Choice,
    Classed,
    Delimited,
    Fence,
    Fraction,
    Grid,
    Negated,
    Node,
    Operator,
    Row,
    Scripts,
    Sided,
    Stack,
    Struck,
    Styled,
)

_CLASSES = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner", "unary")
_TABLE = (
    "0 1 1 1 0 0 0 1 0",  # ord before ord, op, bin, …
    "1 1 1 1 0 0 0 1 1",
    "1 1 1 1 1 1 1 1 1",
    "1 1 1 0 1 0 0 1 1",
    "0 0 0 0 0 0 0 0 0",
    "0 1 1 1 0 0 0 1 0",
    "1 1 1 1 1 0 0 1 1",
    "1 1 1 1 1 0 0 1 1",
    "0 0 1 1 0 0 0 1 0",
)
_GAPS = {
    (left, right): int(cells)
    for left, line in zip(_CLASSES, _TABLE, strict=True)
    for right, cells in zip(_CLASSES, line.split(), strict=True)
}
_SCRIPT_GAPS = {("ord", "op"), ("op", "ord"), ("op", "op"), ("close", "op"), ("inner", "op")}
_BEFORE_UNARY = frozenset({"", "op", "bin", "rel", "open", "punct"})


def gap_between(left: str, right: str, script: bool) -> int:
    """Cells between two neighbors of these classes."""
    if script and (left, right) not in _SCRIPT_GAPS:
        return 0
    return _GAPS[left, right]


def classes(node: Node) -> tuple[str, str]:
    """The class that `node` shows to its left and to its right neighbor."""
    if type(node) is Atom:
        return node.kind, node.kind
    match node:
        case Atom(kind=kind) | Classed(kind=kind):
            return kind, kind
        case Scripts(base=Row()):
            return "ord", "ord"
        case Scripts(base=base) | Negated(body=base):
            return classes(base)
        case Struck(body=body) | Choice(display=body):
            return classes(content(body))
        case Stack(base=base):
            return classes(content(base))
        case Operator() | Sided():
            return "op", "op"
        case Fraction(left=left):
            return ("open", "close") if left else ("inner", "inner")
        case Delimited():
            return "open", "close"
        case Fence(side=side):
            return (side, side) if side in ("open", "close") else ("ord", "ord")
        case Arrow():
            return "rel", "rel"
        case Styled(body=Row(items=(single,))):
            return classes(single)
        case Styled(body=Atom(kind=kind)):
            return kind, kind
        case Grid(left=left, right=right):
            return ("inner", "inner") if left or right else ("ord", "ord")
        case _:
            return "ord", "ord"


def resolved(nodes: Sequence[Node], pairs: list[tuple[str, str]], before: str = "") -> None:
    """Give every bar its side, and make `bin` an `ord` where it has nothing to join. `pairs` is changed in place.

    `before` is the class of what stands before the row, if anything does.
    """
    bars = [_bar(node) for node in nodes]
    if any(bars):
        _resolve_bars(nodes, pairs, bars)
    previous = before
    for index, (left, right) in enumerate(pairs):
        if left == "bin" and previous in _BEFORE_UNARY and not (previous == "op" and index and _joins(nodes[index - 1], nodes[index])):
            pairs[index] = (left, right) = ("unary", "unary")
        elif left in ("rel", "close", "punct") and previous == "bin" and index:
            pairs[index - 1] = ("ord", "ord")
        previous = right
    if previous == "bin" and pairs:
        pairs[-1] = ("ord", "ord")


def _joins(operator: Node, sign: Node) -> bool:
    """Whether a sign after a named operator with scripts joins two terms, as in `Rad_n + x`; after `lim` a minus does not."""
    core = content(operator.base) if isinstance(operator, Scripts) else None
    return isinstance(core, Operator) and not core.symbol and not (core.limits and isinstance(sign, Atom) and sign.text == "−")


def _bar(node: Node) -> str:
    core = node.base if type(node) is Scripts else node
    return core.text if type(core) is Atom and core.kind == "ord" and core.text in ("|", "‖") else ""


def _resolve_bars(nodes: Sequence[Node], pairs: list[tuple[str, str]], bars: list[str]) -> None:
    """A bar opens if another one follows before the bracket around it closes; it closes what is open."""
    scopes, scope, count = [], [0], 0
    for left, right in pairs:
        if left == right == "close" and len(scope) > 1:
            scope.pop()
        scopes.append(scope[-1])
        if left == right == "open":
            count += 1
            scope.append(count)
    remaining = Counter(key for key in zip(scopes, bars, strict=True) if key[1])
    opened: Counter[tuple[int, str]] = Counter()
    for index, key in enumerate(zip(scopes, bars, strict=True)):
        if not key[1]:
            continue
        remaining[key] -= 1
        before = pairs[index - 1][1] if index else ""
        if opened[key] and (before not in _BEFORE_UNARY or isinstance(nodes[index], Scripts) or not remaining[key]):
            opened[key] -= 1
            pairs[index] = ("close", "close")
        elif remaining[key] and not isinstance(nodes[index], Scripts):
            opened[key] += 1
            pairs[index] = ("open", "open")
