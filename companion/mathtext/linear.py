"""One-row forms: scripts as Unicode characters, and where parentheses are needed to keep a grouping that two dimensions show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .nodes import Accent, Atom, Delimited, Fraction, Hole, Node, Operator, Root, Row, Scripts, Space, Styled, Text

MAX_UNICODE_SCRIPT = 7

BARS = ("|", "‖")
VULGAR = {
    ("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾", ("1", "5"): "⅕", ("1", "6"): "⅙",
    ("1", "8"): "⅛",
}


def script_text(node: Node | None, table: Mapping[str, str]) -> str | None:
    """`node` in the superscript or subscript characters of `table`; nothing if one is missing or the script is too long."""
    text = _script_text(node, table)
    if text is None or len(text) > MAX_UNICODE_SCRIPT or any(bracket in text[1:] for bracket in "⁽₍"):
        return None
    return text


def _script_text(node: Node | None, table: Mapping[str, str]) -> str | None:
    if type(node) is Atom and len(node.text) == 1:
        return table.get(node.text)
    match node:
        case None:
            return ""
        case Atom(text=text) | Operator(text=text, symbol=False) | Text(parts=(str(text),)):
            characters = [table.get(character) for character in text]
            return None if None in characters else "".join(filter(None, characters))
        case Row(items=items):
            parts = []
            for item in items:
                if (part := _script_text(item, table)) is None:
                    return None
                parts.append(part)
            return "".join(parts)
        case Styled(style="roman" | "italic", body=body):
            return _script_text(body, table)
        case Space(cells=cells) if cells < 2:
            return ""
        case _:
            return None


def content(node: Node) -> Node:
    """What a group of one holds."""
    if type(node) is Atom:
        return node
    while (isinstance(node, Row) and len(node.items) == 1) or (isinstance(node, Styled) and isinstance(node.body, Row)):
        node = node.items[0] if isinstance(node, Row) else node.body
    return node


def vulgar(node: Fraction) -> str:
    """The single character for `node`, such as `½`, if there is one."""
    upper, lower = content(node.upper), content(node.lower)
    if isinstance(upper, Atom) and isinstance(lower, Atom) and node.rule and not node.left:
        return VULGAR.get((upper.text, lower.text), "")
    return ""


def is_single(node: Node) -> bool:
    """Whether `node` is one thing that needs no parentheses as a script or under a root: a letter, a number, a word."""
    node = content(node)
    match node:
        case Atom(kind=kind):
            return kind not in ("open", "close", "punct")
        case Operator() | Hole():
            return True
        case Text(parts=(str(text),)):
            return " " not in text
        case Accent(body=body):
            return is_single(body)
        case Row(items=items) if any(isinstance(item, Space) for item in items):
            return is_single(Row(tuple([item for item in items if not isinstance(item, Space)])))
        case Row(items=items):
            return not items or all(isinstance(item, Atom) and item.kind == "ord" and item.role == "number" for item in items)
        case Styled(body=body):
            return is_single(body)
        case _:
            return False


def is_unit(node: Node) -> bool:
    """Whether `node` can be a denominator in one row: a single thing with scripts, a differential, a bracket, a root."""
    node = content(node)
    if isinstance(node, Delimited):
        return bool(node.left and node.right)
    if isinstance(node, Root):
        return True
    if isinstance(node, Scripts):
        return is_single(node.base) or isinstance(content(node.base), Delimited)
    if isinstance(node, Row):
        items = [item for item in node.items if not isinstance(item, Space)]
        return _is_differential(items) or _is_bracketed(items) or _is_factorial(items)
    return is_single(node)


def _is_differential(items: list[Node]) -> bool:
    if len(items) != 2:
        return False
    sign = content(items[0].base if isinstance(items[0], Scripts) else items[0])
    if isinstance(sign, Styled):
        sign = content(sign.body)
    return isinstance(sign, Atom) and sign.text in ("d", "∂", "δ") and is_unit(items[1])


def _is_factorial(items: list[Node]) -> bool:
    return len(items) == 2 and is_single(items[0]) and isinstance(items[1], Atom) and items[1].text == "!"


def _is_bracketed(items: list[Node]) -> bool:
    """Whether one pair of brackets or bars holds everything."""
    if len(items) < 2 or not isinstance(items[0], Atom):
        return False
    last = items[-1].base if isinstance(items[-1], Scripts) else items[-1]
    if not isinstance(last, Atom):
        return False
    if items[0].text in BARS and items[0].kind == "ord":
        return last.text == items[0].text and sum(isinstance(item, Atom) and item.text == items[0].text for item in items[1:-1]) == 0
    depth = 0
    for position, item in enumerate(items):
        core = item.base if isinstance(item, Scripts) else item
        if isinstance(core, Atom):
            depth += (core.kind == "open") - (core.kind == "close")
        if depth == 0 and position < len(items) - 1:
            return False
    return items[0].kind == "open" and depth == 0


def is_parenthesized(node: Node) -> bool:
    """Whether round brackets of its own hold all of `node`, so that brackets for grouping would be taken for these."""
    node = content(node)
    if isinstance(node, Delimited):
        return node.left == "(" and node.right == ")"
    items = list(node.items) if isinstance(node, Row) else []
    return _is_bracketed(items) and isinstance(items[0], Atom) and items[0].text == "("


def _is_argument(nodes: Sequence[Node]) -> bool:
    """Whether one bracket holds all that follows the name of a function."""
    return (len(nodes) == 1 and isinstance(nodes[0], Delimited) and bool(nodes[0].right)) or _is_bracketed(list(nodes))


def is_product(node: Node) -> bool:
    """Whether `node` can be a numerator in one row: no sum, no relation, no large operator at the top level."""
    node = content(node)
    items = node.items if isinstance(node, Row) else (node,)
    if _is_bracketed([item for item in items if not isinstance(item, Space)]):
        return True
    depth = 0
    for position, item in enumerate(items):
        core = item.base if isinstance(item, Scripts) else item
        if isinstance(core, Atom):
            depth += (core.kind == "open") - (core.kind == "close" and core.text not in "!?")
        if depth > 0:
            continue
        if isinstance(core, Operator) and (core.symbol or core.limits or (position == 0 and not _is_argument(items[1:]))):
            return False
        if isinstance(core, Fraction | Text) and not (isinstance(core, Fraction) and vulgar(core)):
            return False
        if isinstance(core, Atom) and core.kind in ("bin", "rel", "punct") and not (position == 0 and core.kind == "bin"):
            return False
    return True
