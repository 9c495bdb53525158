"""Large operators: integrals as tall as their integrand, sums and products that grow for a tall operand, names."""

from __future__ import annotations

from .boxes import Box, beside, column, word
from .linear import content
from .nodes import Node, Operator, Scripts, Sided
from .profiles import Lay, Style, glyphs
from .scripts import limits, takes_limits, with_corners
from .symbols import FUNCTION, OPERATOR

HOOKED = {"∫": 1, "∬": 2, "∭": 3}
_TALL = {
    "∑": (("╲▔▔", " ⟩ ", "╱▁▁"), ("╲▔▔▔", " ╲  ", "  ⟩ ", " ╱  ", "╱▁▁▁")),
    "∏": (("┬─┬", "│ │", "┴ ┴"), ("┬──┬", "│  │", "│  │", "│  │", "┴  ┴")),
    "∐": (("┬ ┬", "│ │", "┴─┴"), ("┬  ┬", "│  │", "│  │", "│  │", "┴──┴")),
}
_TALL_ASCII = {
    "∑": (("\\--", " > ", "/--"), ("\\---", " \\  ", "  > ", " /  ", "/---")),
    "∏": (("+-+", "| |", "| |"), ("+--+", "|  |", "|  |", "|  |", "|  |")),
    "∐": (("| |", "| |", "+-+"), ("|  |", "|  |", "|  |", "|  |", "+--+")),
}
_TALL_OPERAND, _LARGE_OPERAND = 5, 7
"""Rows of an operand from which the sign has three rows, and five; a plain fraction has three."""


def stretching_symbol(node: Node) -> str:
    """The sign of `node`, if it is an operator that grows with what follows it."""
    core = content(node.base if isinstance(node, Scripts) else node)
    return core.text if isinstance(core, Operator) and (core.text in HOOKED or core.text in _TALL) else ""


def is_integral(node: Node) -> bool:
    """Whether `node` is an integral sign with hooks, with its limits or without."""
    return stretching_symbol(node) in HOOKED


def lay_stretched(node: Node, style: Style, lay: Lay, rows_above: int, rows_below: int) -> Box:
    """An operator before an operand with so many rows above and below the baseline."""
    if is_integral(node):
        if isinstance(node, Operator) and not rows_above and not rows_below:
            return lay(node, style)
        return lay_integral(node, style, lay, rows_above, rows_below)
    height = rows_above + 1 + rows_below
    if height < _TALL_OPERAND or (isinstance(node, Scripts) and not takes_limits(node, style)):
        return lay(node, style)
    small, large = (_TALL_ASCII if style.profile.ascii else _TALL)[stretching_symbol(node)]
    lines = small if height < _LARGE_OPERAND else large
    sign = column(lines, OPERATOR, len(lines) // 2)
    return limits(sign, node.sub, node.sup, style, lay) if isinstance(node, Scripts) else sign


def lay_integral(node: Node, style: Style, lay: Lay, rows_above: int, rows_below: int) -> Box:
    """An integral sign as tall as its integrand, at least three rows, with its limits beside the hooks."""
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripts) else (None, None)
    up, down = max(1, rows_above), max(1, rows_below)
    top, stem, bottom = ("/", "|", "/") if style.profile.ascii else ("⌠", "⎮", "⌡")
    count = HOOKED[stretching_symbol(node)]
    sign = column([top * count] + [stem * count] * (up + down - 1) + [bottom * count], OPERATOR, up)
    if sub is None and sup is None:
        return sign
    script = style.as_script()
    if isinstance(node, Scripts) and node.limits:
        return limits(sign, sub, sup, style, lay)
    upper = lay(sup, script) if sup is not None else None
    lower = lay(sub, script) if sub is not None else None
    return with_corners(sign, upper, lower)


def lay_operator(node: Operator, style: Style) -> Box:
    """A name or a symbol."""
    role = OPERATOR if node.symbol else FUNCTION
    return word(glyphs(node.text, style._replace(font="")), role)


def lay_sided(node: Sided, style: Style, lay: Lay) -> Box:
    """An operator between the scripts of its four corners."""
    return beside([lay(node.left, style), lay(node.base, style), lay(node.right, style)])
