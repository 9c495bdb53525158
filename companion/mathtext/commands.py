"""What each command reads, and the node it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from . import symbols
from .environments import read_environment, split_rows
from .nodes import (
    Accent,
    Arrow,
    Atom,
    Boxed,
    Brace,
    Classed,
    Delimited,
    Fence,
    Fraction,
    Grid,
    Negated,
    Node,
    Operator,
    Phantom,
    Root,
    Row,
    Space,
    Stack,
    Styled,
    Text,
)

if TYPE_CHECKING:
    from .parser import Parser

_SIDES: dict[str, Literal["open", "close", "middle"]] = {"l": "open", "r": "close", "m": "middle"}
_SUBSTACK_END = frozenset({"}"})


def command(parser: Parser, name: str) -> Node | None:
    """The node for the command `name`, whose arguments `parser` has next; nothing if it leaves nothing behind."""
    node = _NODES.get(name)
    if node is not None:
        return node
    read = _READERS.get(name)
    if read is not None:
        return read(parser, name)
    if name in symbols.SILENT:
        for _ in range(symbols.SILENT[name]):
            parser.raw_group()
        return None
    if not name:
        parser.warn("A backslash stands alone.")
        return None
    if len(name) == 1 and not name.isalpha():
        parser.warn(f"A backslash before {name} means nothing.")
        return parser.character(name)
    parser.warn(f"The command {name} is not known.")
    return Operator(name)


def _single_nodes() -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for table, kind, role in (
        (symbols.LETTERS, "ord", symbols.VARIABLE), (symbols.ORDINARY, "ord", symbols.OPERATOR), (symbols.BINARY, "bin", symbols.OPERATOR),
        (symbols.RELATIONS, "rel", symbols.RELATION), (symbols.INNER, "inner", symbols.OPERATOR), (symbols.ESCAPED, "ord", symbols.TEXT),
        (symbols.OPENING, "open", symbols.DELIMITER), (symbols.CLOSING, "close", symbols.DELIMITER),
        (symbols.BARS, "ord", symbols.DELIMITER),
    ):
        nodes.update((name, Atom(glyph, kind, role)) for name, glyph in table.items())
    nodes.update((name, Operator(name)) for name in symbols.FUNCTIONS)
    nodes.update((name, Operator(text, limits=True)) for name, text in symbols.LIMIT_FUNCTIONS.items())
    nodes.update((name, Operator(glyph, limits=True, symbol=True)) for name, glyph in symbols.BIG_OPERATORS.items())
    nodes.update((name, Operator(glyph, symbol=True)) for name, glyph in symbols.INTEGRALS.items())
    nodes.update((name, Space(cells)) for name, cells in symbols.SPACES.items())
    nodes["colon"] = Atom(":", "punct", symbols.DELIMITER)
    nodes["mid"] = Atom("|", "rel", symbols.RELATION)
    nodes["bmod"] = Atom("mod", "bin", symbols.FUNCTION)
    nodes["lq"], nodes["rq"] = Atom("‘", "open", symbols.TEXT), Atom("’", "close", symbols.TEXT)
    return nodes


def _fraction(parser: Parser, name: str) -> Node:
    upper, lower = parser.argument(), parser.argument()
    if name.endswith("binom"):
        return Fraction(upper, lower, rule=False, left="(", right=")")
    return Fraction(upper, lower, small=name == "tfrac", large=name in ("dfrac", "cfrac"))


def _general_fraction(parser: Parser, name: str) -> Node:
    left, right, thickness, _style = ("".join(parser.raw_group()).strip() for _ in range(4))
    rule = not thickness.startswith("0")
    return Fraction(parser.argument(), parser.argument(), rule, symbols.DELIMITERS.get(left, ""), symbols.DELIMITERS.get(right, ""))


def _root(parser: Parser, name: str) -> Node:
    index = parser.optional()
    return Root(parser.argument(), index)


def _left(parser: Parser, name: str) -> Node:
    return parser.left_right()


def _middle(parser: Parser, name: str) -> Node:
    return Fence(parser.delimiter(), "middle")


def _big(parser: Parser, name: str) -> Node:
    return Fence(parser.delimiter(), _SIDES.get(name[-1], "ord"))


def _begin(parser: Parser, name: str) -> Node:
    return read_environment(parser)


def _substack(parser: Parser, name: str) -> Node:
    if not parser.accept("{"):
        return parser.argument()
    rows = split_rows(parser, _SUBSTACK_END)
    if not parser.accept("}"):
        parser.warn("A closing brace is missing.")
    return Grid("substack", tuple(tuple(row) for row in rows))


def _font(parser: Parser, name: str) -> Node:
    return Styled(symbols.FONTS[name], parser.argument())


def _text(parser: Parser, name: str) -> Node:
    return Text(_text_parts(parser, parser.raw_group()), symbols.TEXT_COMMANDS[name])


def _tag(parser: Parser, name: str) -> Node:
    parts = _text_parts(parser, parser.raw_group())
    return Row((Space(4), Text(("(", *parts, ")") if name == "tag" else parts)))


def _text_parts(parser: Parser, tokens: list[str]) -> tuple[str | Node, ...]:
    """Text as typed; `$…$` in it is mathematics, commands for fonts are dropped, other commands are read as mathematics."""
    parts: list[str | Node] = []
    words = ""
    position = 0
    while position < len(tokens):
        lexeme = tokens[position]
        position += 1
        if lexeme == "$":
            end = tokens.index("$", position) if "$" in tokens[position:] else len(tokens)
            if words:
                parts.append(words)
            words = ""
            parts.append(_formula_in_text(parser, tokens[position:end]))
            position = end + 1
        elif lexeme[0] != "\\":
            words += {"~": " ", "{": "", "}": ""}.get(lexeme, " " if lexeme.isspace() else lexeme)
        elif lexeme[1:] in symbols.ESCAPED or lexeme[1:] in ("{", "}"):
            words += lexeme[1:]
        elif lexeme[1:] in symbols.SPACES:
            words += " " * symbols.SPACES[lexeme[1:]]
        elif lexeme[1:] not in symbols.TEXT_COMMANDS and lexeme[1:] not in symbols.FONTS and lexeme[1:] not in symbols.SILENT:
            if words:
                parts.append(words)
            words = ""
            parts.append(_formula_in_text(parser, [lexeme]))
    if words:
        parts.append(words)
    return tuple(parts)


def _formula_in_text(parser: Parser, tokens: list[str]) -> Node:
    """A formula that stands in text, read by the same parser at another place."""
    outer = parser.tokens, parser.index
    parser.tokens, parser.index = list(tokens), 0
    try:
        return parser.nested_row(frozenset())
    finally:
        parser.tokens, parser.index = outer


def _operator_name(parser: Parser, name: str) -> Node:
    words = "".join(part if isinstance(part, str) else _letters(part) for part in _text_parts(parser, _flat(parser.raw_group())))
    return Operator(" ".join(words.split()) or " ", limits=name.endswith("*"))


def _flat(tokens: list[str]) -> list[str]:
    """Operator names are text, except that blanks do not count and `-` is a hyphen."""
    return [lexeme for lexeme in tokens if not lexeme.isspace()]


def _letters(node: Node) -> str:
    if isinstance(node, Row):
        return "".join(map(_letters, node.items))
    return node.text if isinstance(node, Atom | Operator) else ""


def _accent(parser: Parser, name: str) -> Node:
    return Accent(symbols.ACCENTS[name], parser.argument(), wide=name.startswith(("over", "under", "wide")))


def _brace(parser: Parser, name: str) -> Node:
    return Brace(parser.argument(), over=name.startswith("over"))


def _stack(parser: Parser, name: str) -> Node:
    first, second = parser.argument(), parser.argument()
    return Stack(second, under=first) if name == "underset" else Stack(second, over=first)


def _over_under(parser: Parser, name: str) -> Node:
    over, under, base = parser.argument(), parser.argument(), parser.argument()
    return Stack(base, over, under)


def _arrow(parser: Parser, name: str) -> Node:
    under = parser.optional()
    return Arrow(symbols.ARROWS[name], over=parser.argument(), under=under)


def _not(parser: Parser, name: str) -> Node:
    body = parser.argument()
    if isinstance(body, Atom) and body.text in symbols.NEGATED:
        return Atom(symbols.NEGATED[body.text], body.kind, body.role)
    return Negated(body)


def _classed(parser: Parser, name: str) -> Node:
    return Classed(name[4:], parser.argument())


def _modulo(parser: Parser, name: str) -> Node:
    word = Text(("mod ",))
    if name == "pmod":
        return Row((Space(1), Delimited("(", Row((word, parser.argument())), ")")))
    return Row((Space(1), word, parser.argument()))


def _color(parser: Parser, name: str) -> Node:
    parser.raw_group()
    return parser.argument()


def _passed(parser: Parser, name: str) -> Node:
    return parser.argument()


def _phantom(parser: Parser, name: str) -> Node:
    return Phantom(parser.argument())


def _boxed(parser: Parser, name: str) -> Node:
    return Boxed(parser.argument())


def _space(parser: Parser, name: str) -> Node:
    """`\\hspace{2em}`: at least one cell, unless it is negative."""
    size = "".join(parser.raw_group()).strip()
    digits = size.partition(".")[0]
    return Space(0 if size.startswith("-") else min(2 * int(digits), 8) if digits.isascii() and digits.isdigit() and "em" in size else 1)


def _braket(parser: Parser, name: str) -> Node:
    left, right = {"bra": ("⟨", "|"), "ket": ("|", "⟩"), "braket": ("⟨", "⟩")}[name.lower()]
    return Delimited(left, Row((parser.argument(),)), right)


def _symbol_word(parser: Parser, name: str) -> Node:
    return Atom({"TeX": "TeX", "LaTeX": "LaTeX"}[name], "ord", symbols.TEXT)


_NODES = _single_nodes()
_READERS: dict[str, Callable[[Parser, str], Node]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom"), _fraction),
    **dict.fromkeys(("big", "Big", "bigg", "Bigg"), _big),
    **{size + side: _big for size in ("big", "Big", "bigg", "Bigg") for side in "lrm"},
    **dict.fromkeys(symbols.FONTS, _font),
    **dict.fromkeys(symbols.TEXT_COMMANDS, _text),
    **dict.fromkeys(("tag", "tag*"), _tag),
    **dict.fromkeys(symbols.ACCENTS, _accent),
    **dict.fromkeys(("overbrace", "underbrace"), _brace),
    **dict.fromkeys(("overset", "underset", "stackrel"), _stack),
    **dict.fromkeys(symbols.ARROWS, _arrow),
    **dict.fromkeys(("operatorname", "operatorname*", "operatornamewithlimits"), _operator_name),
    **dict.fromkeys(("mathord", "mathop", "mathbin", "mathrel", "mathopen", "mathclose", "mathpunct", "mathinner"), _classed),
    **dict.fromkeys(("pmod", "mod", "pod"), _modulo),
    **dict.fromkeys(("textcolor", "colorbox", "href", "class", "raisebox"), _color),
    **dict.fromkeys(("smash", "mathclap", "mathllap", "mathrlap", "llap", "rlap", "clap", "cancel", "ensuremath"), _passed),
    **dict.fromkeys(("phantom", "hphantom"), _phantom),
    **dict.fromkeys(("boxed", "fbox"), _boxed),
    **dict.fromkeys(("hspace", "hspace*", "mspace", "hskip", "mskip", "kern", "mkern"), _space),
    **dict.fromkeys(("bra", "ket", "braket", "Bra", "Ket", "Braket"), _braket),
    **dict.fromkeys(("TeX", "LaTeX"), _symbol_word),
    "overunderset": _over_under, "genfrac": _general_fraction, "sqrt": _root, "left": _left, "middle": _middle, "begin": _begin,
    "substack": _substack, "not": _not,
}

