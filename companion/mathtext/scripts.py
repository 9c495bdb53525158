"""Superscripts and subscripts, and the limits of large operators."""

from __future__ import annotations

from .boxes import Box, above, beside, blank, extended, padded, word
from .delimiters import enclosed
from .linear import content, is_single, script_text
from .nodes import Arrow, Atom, Brace, Classed, Fraction, Grid, Node, Operator, Root, Row, Scripts, Sided, Stack
from .profiles import Lay, Style
from .symbols import DELIMITER, NUMBER, OPERATOR, VARIABLE

_LONG_ARROWS = {"→": ("", "─", "→"), "⟶": ("", "─", "→"), "⇒": ("", "═", "⇒"), "⟹": ("", "═", "⇒"), "←": ("←", "─", "")}


def lay_scripts(node: Scripts, style: Style, lay: Lay) -> Box:
    """A base with its scripts."""
    base = node.base
    core = content(base)
    if takes_limits(node, style):
        return limits(lay(base, style), node.sub, node.sup, style, lay)
    box = lay(base, style)
    if _needs_parentheses(base, core, box):
        box = enclosed("(", box, ")", style)
    if node.primes:
        primes = word(("'" if style.profile.ascii else "′") * node.primes, OPERATOR)
        box = with_corners(box, primes, None) if box.baseline else beside([box, primes])
    if node.sub is None and node.sup is None:
        return box
    return attached(box, node.sub, node.sup, style, lay)


def _needs_parentheses(base: Node, core: Node, box: Box) -> bool:
    """Whether a script would seem to belong to a part of the base."""
    if isinstance(core, Fraction):
        return not core.left and not (box.height == 1 and box.width == 1)
    return box.height == 1 and (isinstance(core, Root) or (isinstance(base, Row) and isinstance(core, Scripts)))


def takes_limits(node: Scripts, style: Style) -> bool:
    """Whether the scripts go above and below."""
    core = content(node.base)
    if isinstance(core, Brace):
        return True
    if isinstance(core, Sided):
        return not style.linear
    if not isinstance(core, Operator) and not (isinstance(core, Classed) and core.kind == "op"):
        return bool(node.limits) and not style.linear
    wants = node.limits if node.limits is not None else not isinstance(core, Operator) or core.limits
    if not wants or style.linear:
        return wants and any(isinstance(content(script), Grid) for script in (node.sub, node.sup) if script is not None)
    return style.display or None in (script_text(node.sub, style.profile.subscripts), script_text(node.sup, style.profile.superscripts))


def limits(base: Box, under: Node | None, over: Node | None, style: Style, lay: Lay) -> Box:
    """`base` with scripts centered above and below it."""
    script = style.as_script()
    upper = lay(over, script) if over is not None else None
    lower = lay(under, script) if under is not None else None
    parts = [upper] if upper and upper.width else []
    main = len(parts)
    parts.append(base)
    if lower and lower.width:
        parts.append(lower)
    return above(parts, main)


def lay_stack(node: Stack, style: Style, lay: Lay) -> Box:
    """`\\overset` and its relatives. Over an arrow in one row they make the arrow longer."""
    core = content(node.base)
    if style.linear and isinstance(core, Atom) and core.text in _LONG_ARROWS and node.over is not None and node.under is None:
        return lay(Arrow(_LONG_ARROWS[core.text], node.over), style)
    return limits(lay(node.base, style), node.under, node.over, style, lay)


def attached(base: Box, sub: Node | None, sup: Node | None, style: Style, lay: Lay) -> Box:
    """`base` with scripts at its corners: as characters, in one row, or set higher and lower."""
    low = script_text(sub, style.profile.subscripts)
    high = script_text(sup, style.profile.superscripts)
    if base.height == 1:
        if low is not None and high is not None:
            return beside([base, *_characters(low), *_characters(high)])
        if style.linear and (row := _in_one_row(base, sub, sup, low, high, style, lay)) is not None:
            return row
    script = style.as_script()
    if style.linear and base.height > 1:
        script = script.as_linear()
    upper = lay(sup, script) if sup is not None else None
    lower = lay(sub, script) if sub is not None else None
    return with_corners(base, upper, lower)


def _characters(text: str) -> list[Box]:
    if not text:
        return []
    role = OPERATOR if text in "*⋆†ᵀ°⁺⁻" else VARIABLE if any(character.isalpha() for character in text) else NUMBER
    return [word(text, role)]


def _in_one_row(base: Box, sub: Node | None, sup: Node | None, low: str | None, high: str | None, style: Style, lay: Lay) -> Box | None:
    """Scripts as characters where these exist, after them `^` and `_` with parentheses of their own; nothing if one needs more rows."""
    parts = [base, *_characters(low or ""), *_characters(high or "")]
    for sign, script, text in (("_", sub, low), ("^", sup, high)):
        if script is None or text is not None:
            continue
        box = lay(script, style.as_script())
        if box.height > 1:
            return None
        if not box.width:
            continue
        parts.append(word(sign, OPERATOR))
        parts.append(box if is_single(script) or _is_bracket(box) else in_parentheses(box))
    return beside(parts)


def _is_bracket(box: Box) -> bool:
    text = box.text()
    return text[0] in "[{" and text[-1] in "]}" and sum(text.count(character) for character in "[]{}") == 2


def in_parentheses(box: Box) -> Box:
    """A one-row box in round brackets."""
    return beside([word("(", DELIMITER), box, word(")", DELIMITER)])


def with_corners(base: Box, upper: Box | None, lower: Box | None) -> Box:
    """Scripts to the right of `base`: in the top and bottom row of a tall base, else in the rows above and below."""
    width = max(upper.width if upper else 0, lower.width if lower else 0)
    rows_above = upper.height - int(base.baseline > 0) if upper else 0
    rows_below = lower.height - int(base.below > 0) if lower else 0
    body = extended(base, base.baseline + rows_above, base.below + rows_below)
    rows = [blank(width) for _ in body.rows]
    if upper:
        rows[: upper.height] = padded(upper, width, "l")
    if lower:
        rows[len(rows) - lower.height :] = padded(lower, width, "l")
    return beside([body, Box(rows, width, body.baseline)])
