"""A formula in words, in the order in which it is read: for pipes, screen readers and plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .linear import content, is_parenthesized, is_single
from .macros import MacroTable
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
from .parser import parse
from .spacing import classes, resolved
from .spoken_names import ACCENTS, ALPHABETS, FUNCTIONS, OPERATORS, SUPERSCRIPTS, glyph_name

_APPLIED = frozenset("fghFGHuvVJLRTWφϕψΦΨσρπκμνρΘΓ")
_BARS = {"|": "absolute value", "‖": "norm"}
_PAIRS = {("|", "|"): "the absolute value of", ("‖", "‖"): "the norm of", ("⌊", "⌋"): "the floor of", ("⌈", "⌉"): "the ceiling of"}
_APPROACHING = ("the limit", "the limit superior", "the limit inferior", "the direct limit", "the inverse limit")


def spoken(tex: str, macros: MacroTable | None = None) -> str:
    """`tex` in words: "the integral from 0 to 1 of f d x". Nothing of the formula is left out; never raises for any text."""
    node, _ = parse(tex, macros)
    try:
        return _tidied(_say(node, ""))
    except RecursionError:
        return "a formula nested too deeply to be read"


def _tidied(words: str) -> str:
    """One blank between words, none before a comma or a semicolon, no comma after another mark."""
    result: list[str] = []
    for word in words.split():
        if word in (",", ";") and result:
            result[-1] = result[-1].rstrip(",;") + word
        elif word not in (",", ";"):
            result.append(word)
    return " ".join(result).rstrip(",;")


def _say(node: Node, font: str) -> str:
    return _SAYERS[type(node)](node, font)


def _row(node: Row, font: str) -> str:
    return _items(node.items, font)


def _items(items: Sequence[Node], font: str) -> str:
    """The items of a row one after another; bars and brackets after a function are said as what they mean."""
    nodes = [item for item in items if not isinstance(item, Space)]
    pairs = [classes(item) for item in nodes]
    resolved(nodes, pairs)
    words: list[str] = []
    said = 0
    for index, node in enumerate(nodes):
        if index < said:
            continue
        bar = _bar(node)
        before = nodes[index - 1] if index else None
        if bar and pairs[index][0] == "open":
            words.append(f"the {_BARS[bar]} of")
        elif bar and pairs[index][0] == "close":
            words.append(f"end {_BARS[bar]}" + (_scripts_of(node, font) if isinstance(node, Scripts) else ""))
        elif isinstance(node, Atom) and node.text == "−" and pairs[index][0] == "unary":
            words.append("minus")
        elif before is not None and _opens_argument(node) and _takes_argument(before):
            argument, count = _lone_argument(nodes[index : index + 3])
            words += ["of", _say(node if argument is None else argument, font)]
            said = index + count
        elif isinstance(node, Atom) and node.text == ":" and _follows_brace(nodes[:index]):
            words.append("such that")
        else:
            words.append(_say(node, font))
    return " ".join(words)


def _bar(node: Node) -> str:
    core = node.base if isinstance(node, Scripts) else node
    return core.text if isinstance(core, Atom) and core.text in _BARS and core.kind == "ord" else ""


def _opens_argument(node: Node) -> bool:
    core = node.base if isinstance(node, Scripts) else node
    return (isinstance(core, Atom) and core.text == "(") or (isinstance(core, Delimited) and core.left == "(")


def _lone_argument(nodes: Sequence[Node]) -> tuple[Node | None, int]:
    """What stands alone between two brackets, which then need not be said, and how many nodes that takes."""
    first = nodes[0]
    if isinstance(first, Delimited):
        return (first.body, 1) if first.right == ")" and is_single(first.body) else (None, 1)
    if len(nodes) == 3 and isinstance(first, Atom) and isinstance(nodes[2], Atom) and nodes[2].text == ")" and is_single(nodes[1]):
        return nodes[1], 3
    return None, 1


def _takes_argument(node: Node) -> bool:
    core = content(node.base if isinstance(node, Scripts) else node)
    while isinstance(core, Accent):
        core = content(core.body)
    if isinstance(core, Operator):
        return not core.symbol and core.text not in OPERATORS
    return isinstance(core, Atom) and core.text in _APPLIED


def _follows_brace(nodes: Sequence[Node]) -> bool:
    """Whether an open brace comes before, so that a colon begins a condition."""
    depth = 0
    for node in nodes:
        if isinstance(node, Atom):
            depth += (node.text == "{") - (node.text == "}")
    return depth > 0


def _group(node: Node, font: str, name: str) -> str:
    """A body, with an end said if it is more than one thing."""
    words = _say(node, font)
    return words if is_single(node) or not words.strip() else f"{words} end {name}"


def _atom(node: Atom, font: str) -> str:
    name = glyph_name(node.text)
    return f"{ALPHABETS[font]} {name}" if font in ALPHABETS and node.text.isalnum() else name


def _operator(node: Operator, font: str) -> str:
    name = OPERATORS.get(node.text)
    return f"{name} of" if name else FUNCTIONS.get(node.text, node.text if node.text.isascii() else glyph_name(node.text))


def _scripts(node: Scripts, font: str) -> str:
    core = content(node.base)
    if isinstance(core, Operator) and core.text in OPERATORS:
        return _with_range(OPERATORS[core.text], node, font)
    if isinstance(core, Brace):
        label = node.sub if node.sub is not None else node.sup
        return _say(core, font) + (f" labeled {_group(label, '', 'label')}" if label is not None else "")
    base = _say(node.base, font)
    if isinstance(core, Fraction | Row) and not is_single(node.base):
        base = f"the group {base} end group"
    return base + _scripts_of(node, font)


def _with_range(name: str, node: Scripts, font: str) -> str:
    """An operator with its limits: from … to …, over …, as … ."""
    words = [name]
    low, high = node.sub, node.sup
    if low is not None and high is not None:
        words += ["from", _say(low, ""), "to", _group(high, "", "upper limit")]
    elif low is not None:
        words += ["as", _say(low, "").replace(" to ", " goes to ")] if name in _APPROACHING else ["over", _say(low, "")]
    elif high is not None:
        words += ["up to", _group(high, "", "upper limit")]
    return " ".join(words) + _primes(node.primes) + " of"


def _scripts_of(node: Scripts, font: str) -> str:
    """What is said after the base: subscript, primes, superscript."""
    words = _primes(node.primes)
    if node.sub is not None and (sub := _group(node.sub, "", "sub")).strip():
        words += f" sub {sub}"
    if node.sup is not None and (sup := _group(node.sup, "", "power")).strip():
        core = content(node.sup)
        known = SUPERSCRIPTS.get(core.text) if isinstance(core, Atom) else None
        words += f" {known}" if known else f" {'superscript' if is_parenthesized(node.sup) else 'to the power'} {sup}"
    return words


def _primes(count: int) -> str:
    return "" if not count else " " + {1: "prime", 2: "double prime", 3: "triple prime"}.get(count, f"{count} primes")


def _fraction(node: Fraction, font: str) -> str:
    upper, lower = _say(node.upper, font), _say(node.lower, font)
    if not node.rule:
        words = f"{upper} {'choose' if node.left == '(' else 'above'} {lower}"
        if not is_single(node.upper) or not is_single(node.lower):
            words = f"the pair {words} end pair"
        return words if node.left in ("", "(") else _in_delimiters(node.left, words, node.right)
    words = f"{upper} over {lower}" if upper.isdigit() and lower.isdigit() else f"the fraction {upper} over {lower} end fraction"
    return _in_delimiters(node.left, words, node.right)


def _in_delimiters(left: str, words: str, right: str) -> str:
    if (left, right) in _PAIRS:
        return f"{_PAIRS[left, right]} {words} end {_PAIRS[left, right].split()[1] if left != '|' else 'absolute value'}"
    opening = glyph_name(left) if left not in _BARS else "bar"
    closing = glyph_name(right) if right not in _BARS else "bar"
    return f"{opening if left else ''} {words} {closing if right else ''}"


def _delimited(node: Delimited, font: str) -> str:
    items = node.body.items
    if any(isinstance(item, Fence) for item in items) or (node.left == "{" and node.right == "}"):
        words = " ".join(_set_part(items, font, node.left))
    else:
        words = _say(node.body, font)
    return _in_delimiters(node.left, words, node.right)


def _set_part(items: Sequence[Node], font: str, left: str) -> list[str]:
    """The items of a set: the first colon or bar is "such that"."""
    parts: list[str] = []
    start = 0
    for position, item in enumerate(items):
        glyph = item.glyph if isinstance(item, Fence) else item.text if isinstance(item, Atom) and item.kind == "rel" else ""
        if glyph in (":", "|") and (isinstance(item, Fence) or left == "{"):
            parts += (_items(items[start:position], font), "such that" if left == "{" else "given" if left in "([" else "bar")
            start = position + 1
    return [*parts, _items(items[start:], font)]


def _root(node: Root, font: str) -> str:
    index = content(node.index) if node.index is not None else None
    text = index.text if isinstance(index, Atom) else ""
    if index is None:
        name = "the square root of"
    elif text in ("3", "4"):
        name = {"3": "the cube root of", "4": "the fourth root of"}[text]
    else:
        name = f"the root of order {_say(index, font)} of"
    return f"{name} {_group(node.body, font, 'root')}"


def _accent(node: Accent, font: str) -> str:
    body, name = _say(node.body, font), ACCENTS[node.mark]
    return f"{body} {name}" if is_single(node.body) else f"{name} over {body} end {name}"


def _brace(node: Brace, font: str) -> str:
    return f"{_say(node.body, font)} with a {node.shape} {'above' if node.over else 'below'}"


def _stack(node: Stack, font: str) -> str:
    words = _say(node.base, font)
    if node.over is not None:
        words += f" with {_group(node.over, '', 'label')} above"
    if node.under is not None:
        words += f" with {_group(node.under, '', 'label')} below"
    return words


def _arrow(node: Arrow, font: str) -> str:
    words = "equals" if node.glyphs[1] == "═" == node.glyphs[2] else "arrow to" if node.glyphs[2] else "arrow from"
    if node.over is not None and (over := _say(node.over, "")).strip():
        words += f" labeled {over}"
    if node.under is not None and (under := _say(node.under, "")).strip():
        words += f" below {under}"
    return words + (" ," if node.over is not None or node.under is not None else "")


def _grid(node: Grid, font: str) -> str:
    rows = [" , ".join(words for cell in row if (words := _say(cell, font)).strip()) for row in node.rows]
    rows = [row + (f" , tagged {_say(tag, '')}" if tag is not None else "")
            for row, tag in zip(rows, node.tags or [None] * len(rows), strict=True)]
    matrix = node.environment.endswith("matrix") or node.environment == "array"
    if len(rows) == 1 and not matrix:
        return rows[0]
    if node.environment.endswith("cases"):
        return "cases: " + " ; ".join(rows) + " ; end cases"
    columns = max(map(len, node.rows), default=0)
    name, word = ("determinant" if node.left == "|" else "matrix", "row") if matrix else ("lines", "line")
    words = " ; ".join(f"{word} {number}: {row}" for number, row in enumerate(rows, 1))
    return f"{f'the {len(rows)} by {columns} {name}' if matrix else name}: {words} ; end {name}"


def _text(node: Text, font: str) -> str:
    return "".join(part if isinstance(part, str) else f" {_say(part, '')} " for part in node.parts)


def _styled(node: Styled, font: str) -> str:
    return _say(node.body, node.style if node.style in ALPHABETS else "" if node.style == "roman" else font)


_SAYERS: dict[type[Node], Callable[..., str]] = {
    Atom: _atom, Row: _row, Operator: _operator, Scripts: _scripts, Fraction: _fraction, Root: _root, Delimited: _delimited,
    Accent: _accent, Brace: _brace, Stack: _stack, Arrow: _arrow, Grid: _grid, Text: _text, Styled: _styled,
    Hole: lambda node, font: "blank",
    Space: lambda node, font: "",
    Fence: lambda node, font: "bar" if node.glyph in _BARS else glyph_name(node.glyph) if node.glyph else "",
    Classed: lambda node, font: _say(node.body, font),
    Negated: lambda node, font: f"not {_say(node.body, font)}",
    Phantom: lambda node, font: "",
    Boxed: lambda node, font: f"boxed {_group(node.body, font, 'box')}",
    Choice: lambda node, font: _say(node.display, font),
    Sided: lambda node, font: f"{_say(node.base, font)} with {_say(node.left, font)} at its left and {_say(node.right, font)} at its right",
    Struck: lambda node, font: f"struck out {_group(node.body, font, 'strike')}",
}
