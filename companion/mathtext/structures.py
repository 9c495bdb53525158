"""Fractions, roots, accents, braces, arrows, delimited groups: constructions with one body or two."""

from __future__ import annotations

from rich.cells import cell_len

from .alphabets import COMBINING
from .boxes import EMPTY, Box, above, beside, blank, column, gap, padded, word
from .delimiters import delimiter, enclosed
from .linear import BARS, content, is_product, is_single, is_unit, script_text, vulgar
from .nodes import Accent, Arrow, Boxed, Brace, Delimited, Fence, Fraction, Negated, Phantom, Root, Row, Scripts, Struck, Text
from .profiles import Lay, Style, glyphs, to_ascii
from .scripts import in_parentheses
from .symbols import DELIMITER, FUNCTION, OPERATOR, RELATION, RULE, TEXT

_ASCII_ACCENTS = {
    "hat": "^", "check": "v", "tilde": "~", "bar": "_", "acute": "'", "grave": "`", "breve": "u", "dot": ".", "ddot": "..",
    "dddot": "...", "ddddot": "....", "ring": "o", "vec": "->", "leftvec": "<-", "bothvec": "<->", "underline": "-", "harpoon": "->",
    "leftharpoon": "<-", "doublevec": "=>", "group": "n", "segment": "-",
}
_ROW_ACCENTS = {
    "hat": "^", "check": "ˇ", "tilde": "~", "acute": "´", "grave": "`", "breve": "˘", "dot": "˙", "ddot": "¨", "dddot": "…",
    "ddddot": "⋯", "ring": "°", "vec": "→", "leftvec": "←", "bothvec": "↔", "harpoon": "⇀", "leftharpoon": "↼", "doublevec": "⇒",
    "group": "⏠", "segment": "─",
}
# Left end, shaft, right end of a mark that is as long as its body.
_STRETCHED = {
    "hat": "╱▔╲", "check": "╲▁╱", "tilde": "~~~", "vec": "──→", "leftvec": "←──", "bothvec": "←─→", "harpoon": "──⇀", "leftharpoon": "↼──",
    "doublevec": "══⇒", "group": "╭─╮", "segment": "├─┤",
}
_UNDER = "under"


def lay_fraction(node: Fraction, style: Style, lay: Lay) -> Box:
    """A fraction in one row if the style or `\\tfrac` asks for it and it can be had, else with a rule; a binomial in its brackets."""
    if node.rule and not node.left and (style.linear or style.script or (node.small and not style.profile.ascii)):
        row = _fraction_in_one_row(node, style, lay)
        if row is not None:
            return row
    inner = style if node.large and style.display else style.as_text()
    if style.linear:
        inner = inner.as_linear()
    upper, lower = lay(node.upper, inner), lay(node.lower, inner)
    width = max(upper.width, lower.width, 1)
    if node.rule:
        if _has_rule(upper, width) or _has_rule(lower, width):
            width += 2
        rule = Box([[(("-" if style.profile.ascii else "─") * width, RULE)]], width)
        box = above([upper, rule, lower], 1)
        box.baseline = upper.height
        return box if not node.left else enclosed(node.left, box, node.right, style)
    body = above([upper, lower], 0)
    body.baseline = upper.height - 1
    if node.left and upper.height + lower.height == 2:
        body = above([upper, gap(0), lower], 1) if not style.linear and not style.script else body
    return enclosed(node.left, body, node.right, style)


def _has_rule(box: Box, width: int) -> bool:
    return box.width == width and any(len(row) == 1 and row[0][1] == RULE for row in box.rows)


def _fraction_in_one_row(node: Fraction, style: Style, lay: Lay) -> Box | None:
    character = vulgar(node) if not style.profile.ascii else ""
    if character:
        return word(character, "number")
    inner = style.as_linear() if style.linear else style.as_text()
    upper, lower = lay(node.upper, inner), lay(node.lower, inner)
    if upper.height > 1 or lower.height > 1:
        return None
    if not is_product(node.upper):
        upper = in_parentheses(upper)
    if not is_unit(node.lower):
        lower = in_parentheses(lower)
    return beside([upper, word("/", OPERATOR), lower])


def lay_root(node: Root, style: Style, lay: Lay) -> Box:
    """A root: `√x` for a single thing, a sign with a vinculum in two dimensions, parentheses in one row."""
    body = lay(node.body, style.as_text())
    index = script_text(node.index, style.profile.superscripts)
    if style.profile.ascii:
        name = "sqrt" if node.index is None else "root"
        parts = [] if node.index is None else [lay(node.index, style.as_script()), word(", ", DELIMITER)]
        return beside([word(name, "function"), enclosed("(", beside([*parts, body]), ")", style)])
    if body.height == 1 and index is not None and is_root_bare(node):
        return beside([word(index, OPERATOR), word("√", OPERATOR), body]) if index else beside([word("√", OPERATOR), body])
    if body.height == 1 and (style.linear or style.script) and index is not None:
        return beside([word(index + "√", OPERATOR), in_parentheses(body)])
    if body.height == 1:
        sign = word("√", OPERATOR)
        root = Box([[(" ", "space"), ("▁" * body.width, RULE)], sign.rows[0] + body.rows[0]], body.width + 1, 1)
    else:
        rows = [[(" ┌" + "─" * body.width, RULE)]]
        rows += [[(" │", RULE), *row] for row in body.rows[:-1]]
        rows.append([("╲│", RULE), *body.rows[-1]])
        root = Box(rows, body.width + 2, body.baseline + 1)
    if node.index is None:
        return root
    label = lay(node.index, style.as_script())
    sign_row = root.height - 1
    top = max(0, label.height - sign_row)
    rows = [blank(root.width) for _ in range(top)] + root.rows
    labels = [blank(label.width) for _ in rows]
    for number, row in enumerate(label.rows):
        labels[top + sign_row - label.height + number] = row
    return Box([left + right for left, right in zip(labels, rows, strict=True)], label.width + root.width, root.baseline + top)


def is_root_bare(node: Root) -> bool:
    """Whether the root needs neither vinculum nor parentheses: one thing, with scripts at most."""
    core = content(node.body)
    return is_single(core) or (isinstance(core, Scripts) and is_single(core.base))


def lay_accent(node: Accent, style: Style, lay: Lay) -> Box:
    """A mark on a single character, or in a row above or below."""
    body = lay(node.body, style)
    mark = node.mark
    if style.profile.ascii and style.linear and body.height == 1:
        return beside([word(mark, "function"), in_parentheses(body)])
    if body.height == 1 and body.width == 1 and mark in style.profile.combining:
        (text, role), = [segment for segment in body.rows[0] if segment[0]]
        return Box([[(text.replace("ı", "i").replace("ȷ", "j") + COMBINING[mark], role)]], 1)
    if not body.width:
        return body
    if mark == "underline":
        line = word(("-" if style.profile.ascii else "▔") * body.width, RULE)
        return above([body, line], 0)
    if mark.startswith(_UNDER):
        return above([body, word(_accent_row(mark.removeprefix(_UNDER), body.width, style, "╰─╯"), OPERATOR)], 0)
    return above([word(_accent_row(mark, body.width, style), RULE if mark == "bar" else OPERATOR), body], 1)


def _accent_row(mark: str, width: int, style: Style, group: str = "╭─╮") -> str:
    if style.profile.ascii:
        return "_" * width if mark == "bar" else _ASCII_ACCENTS[mark]
    if mark == "bar":
        return "▁" * width
    if width < (3 if mark == "tilde" else 2) or mark not in _STRETCHED:
        return "⏡" if mark == "group" and group[0] == "╰" else _ROW_ACCENTS[mark]
    left, shaft, right = tuple(group if mark == "group" else _STRETCHED[mark])
    return left + shaft * (width - 2) + right


def lay_brace(node: Brace, style: Style, lay: Lay) -> Box:
    """A horizontal brace over or under its body."""
    body = lay(node.body, style)
    width = max(body.width, 3)
    half, rest = (width - 3) // 2, (width - 3) - (width - 3) // 2
    if node.shape == "bracket":
        left, shaft, right = tuple("+-+" if style.profile.ascii else "┌─┐" if node.over else "└─┘")
        line = left + shaft * (width - 2) + right
    elif style.profile.ascii:
        line = "'" + "-" * half + "v" + "-" * rest + "'" if not node.over else "." + "-" * half + "^" + "-" * rest + "."
    elif node.over:
        line = "╭" + "─" * half + "┴" + "─" * rest + "╮"
    else:
        line = "╰" + "─" * half + "┬" + "─" * rest + "╯"
    brace = word(line, RULE)
    return above([brace, body], 1) if node.over else above([body, brace], 0)


def lay_arrow(node: Arrow, style: Style, lay: Lay) -> Box:
    """An arrow as long as its labels; in one row the label stands in the shaft."""
    script = style.as_script()
    over = lay(node.over, script) if node.over is not None else EMPTY
    under = lay(node.under, script) if node.under is not None else EMPTY
    left, shaft, right = (glyphs(part, style) if part else "" for part in node.glyphs)
    left, shaft, right = (left or shaft, shaft, right or shaft)
    if style.profile.ascii:
        right = {"->": ">", "=>": ">", "->>": ">>", "-^": "^"}.get(right, right)
        left = {"<-": "<", "<=": "<"}.get(left, left)
    if style.linear and over.height == 1 and not under.width and over.width:
        return beside([word(left, RELATION), over, word(right, RELATION)])
    width = max(over.width, under.width) + 2
    line = word(left + shaft * max(1, width - len(left) - len(right)) + right, RELATION)
    parts = [part for part in (over, line, under) if part.width]
    return above(parts, parts.index(line))


def lay_delimited(node: Delimited, style: Style, lay: Lay) -> Box:
    """A body between delimiters as tall as it; `\\middle` delimiters in it are as tall."""
    parts: list[Row | Fence] = []
    start = 0
    items = node.body.items
    for position, item in enumerate(items):
        if isinstance(item, Fence) and item.side == "middle":
            parts += (Row(items[start:position]), item)
            start = position + 1
    if not parts:
        return enclosed(node.left, lay(node.body, style), node.right, style)
    parts.append(Row(items[start:]))
    boxes = [lay(part, style) for part in parts if isinstance(part, Row)]
    above_baseline = max(box.baseline for box in boxes)
    below_baseline = max(box.below for box in boxes)
    joined = [boxes[0]]
    for fence, box in zip((part for part in parts if isinstance(part, Fence)), boxes[1:], strict=True):
        # A bar separates; in TeX it is the author who puts the space around it.
        space = gap(1 if fence.glyph in BARS and not style.script else 0)
        joined += (space, delimiter(fence.glyph, above_baseline, below_baseline, style.profile.ascii), space, box)
    return enclosed(node.left, beside(joined), node.right, style)


def lay_fence(node: Fence, style: Style) -> Box:
    """A delimiter that found no partner: one row."""
    return delimiter(node.glyph, 0, 0, style.profile.ascii)


def lay_text(node: Text, style: Style, lay: Lay) -> Box:
    """Text with formulas in it; blanks at its edges are spacing and not laid out here."""
    role = TEXT + (".bold" if node.font == "bold" or style.font == "bold" else "")
    boxes: list[Box] = []
    last = len(node.parts) - 1
    for position, part in enumerate(node.parts):
        if isinstance(part, str):
            words = part.lstrip() if position == 0 else part
            words = words.rstrip() if position == last else words
            if style.profile.ascii:
                words = to_ascii(words)
            boxes.append(word(words, role) if words else EMPTY)
        else:
            boxes.append(lay(part, style._replace(font="", script=False).as_text()))
    return beside(boxes) if boxes else EMPTY


def lay_negated(node: Negated, style: Style, lay: Lay) -> Box:
    """A stroke through the glyph, or `not` where there is none."""
    body = lay(node.body, style)
    if style.profile.ascii or body.height > 1 or body.width != 1:
        return beside([word("not ", RELATION), body])
    return Box([[(text + "\u0338", role) for text, role in body.rows[0] if text]], 1)


def lay_phantom(node: Phantom, style: Style, lay: Lay) -> Box:
    """As large as its body, and blank."""
    body = lay(node.body, style)
    return Box([blank(body.width) for _ in body.rows], body.width, body.baseline)


def lay_boxed(node: Boxed, style: Style, lay: Lay) -> Box:
    """A frame; brackets in one row."""
    body = lay(node.body, style)
    if style.linear and body.height == 1:
        return beside([word("[", RULE), body, word("]", RULE)])
    line = "-" if style.profile.ascii else "─"
    corners = "++++" if style.profile.ascii else "┌┐└┘"
    side = column(["|" if style.profile.ascii else "│"] * body.height, RULE, body.baseline)
    middle = beside([side, gap(1), body, gap(1), side])
    shaft = line * (middle.width - 2)
    rows = [[(corners[0] + shaft + corners[1], RULE)], *padded(middle, middle.width), [(corners[2] + shaft + corners[3], RULE)]]
    return Box(rows, middle.width, body.baseline + 1)


def lay_struck(node: Struck, style: Style, lay: Lay) -> Box:
    """Every character struck out; `cancel(…)` where the profile has no combining marks."""
    body = lay(node.body, style)
    if style.profile.name != "full":
        return beside([word("cancel", FUNCTION), enclosed("(", body, ")", style)])
    rows = [[(text if role == "space" else "".join(_struck(character, node.mark) for character in text), role) for text, role in row]
            for row in body.rows]
    return Box(rows, body.width, body.baseline)


def _struck(character: str, mark: str) -> str:
    return character + mark if character != " " and cell_len(character) == 1 else character
