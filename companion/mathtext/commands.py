"""What each command reads, and the node it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from . import symbols
from .definitions import COMMANDS as DEFINITIONS
from .definitions import read_definition
from .environments import read_environment, split_rows
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
    Negated,
    Node,
    Operator,
    Phantom,
    Root,
    Row,
    Sided,
    Space,
    Stack,
    Struck,
    Styled,
    Text,
)
from .prose import read_operator_name, read_reference, read_tag, read_text, read_verbatim

if TYPE_CHECKING:
    from .parser import Parser

_SIDES: dict[str, Literal["open", "close", "middle"]] = {"l": "open", "r": "close", "m": "middle"}
_SUBSTACK_END = frozenset({"}"})
_UNITS = ("pt", "em", "ex", "mm", "cm", "in", "mu", "pc", "sp", "dd", "cc", "bp")
_STROKES = {"cancel": "\u0338", "bcancel": "\u20e5", "xcancel": "\u0338", "sout": "\u0336", "not": "\u0338"}


def command(parser: Parser, name: str) -> Node | None:
    """The node for the command `name`, whose arguments `parser` has next; nothing if it leaves nothing behind."""
    node = _NODES.get(name)
    if node is not None:
        return node
    read = _READERS.get(name)
    if read is not None:
        return read(parser, name)
    if name in DEFINITIONS:
        read_definition(parser, name)
        return None
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


def _accent(parser: Parser, name: str) -> Node:
    return Accent(symbols.ACCENTS[name], parser.argument(), wide=name.lower().startswith(("over", "under", "wide", "ut")))


def _brace(parser: Parser, name: str) -> Node:
    return Brace(parser.argument(), over=name.startswith("over"), shape="bracket" if name.endswith("bracket") else "brace")


def _struck(parser: Parser, name: str) -> Node:
    return Struck(parser.argument(), _STROKES[name])


def _angle(parser: Parser, name: str) -> Node:
    if name == "phase":
        return Row((Atom("∠", "ord", symbols.OPERATOR), Accent("underline", parser.argument())))
    body = Atom("n") if name == "angln" else parser.argument()
    return Delimited("", Row((body,)), "⌝")


def _choice(parser: Parser, name: str) -> Node:
    display, text, script, _ = (parser.argument() for _ in range(4))
    return Choice(display, text, script)


def _sideset(parser: Parser, name: str) -> Node:
    left, right = parser.argument(), parser.argument()
    return Sided(parser.argument(), left, right)


def _set(parser: Parser, name: str) -> Node:
    body = parser.argument()
    items = list(body.items) if isinstance(body, Row) else [body]
    bars = [number for number, item in enumerate(items) if isinstance(item, Atom) and item.text == "|"]
    if bars:
        items[bars[0]] = Fence("|", "middle") if name == "Set" else Atom("|", "rel", symbols.RELATION)
    return Delimited("{", Row(tuple(items)), "}")


def _character_code(parser: Parser, name: str) -> Node:
    """`\\char"41`, `\\char'101`, `\\char65`, `` \\char`A ``."""
    sign = parser.peek_raw()
    base = {'"': 16, "'": 8}.get(sign, 10)
    if base != 10 or sign == "`":
        parser.index += 1
    if sign == "`":
        return parser.character(parser.take_raw()[-1:] or "?") or Atom("?")
    digits = ""
    while (lexeme := parser.peek_raw()) and all(character in "0123456789abcdefABCDEF"[: base if base < 11 else 22] for character in lexeme):
        digits += parser.take_raw()
    code = int(digits, base) if digits and len(digits) < 8 else 0
    glyph = chr(code) if 32 <= code < 0x110000 else ""
    if not glyph.isprintable() or not glyph:
        parser.warn("The character after char cannot be shown.")
        return Atom("?", "ord", symbols.TEXT)
    return Atom(glyph, "ord", symbols.VARIABLE)


def _rule(parser: Parser, name: str) -> Node:
    parser.raw_optional()
    width, height = "".join(parser.raw_group()), "".join(parser.raw_group())
    cells = _cells(width)
    return Atom("─" * cells, "ord", symbols.RULE) if cells and _is_positive(height) else Space(cells)


def _raised(parser: Parser, name: str) -> Node:
    parser.raw_group()
    return read_text(parser, "text") if name == "raisebox" else parser.argument()


def _linked(parser: Parser, name: str) -> Node:
    if name == "url":
        return Text(("".join(parser.raw_group()),))
    parser.raw_group()
    return parser.argument()


def skip_length(parser: Parser) -> None:
    """Pass over a length such as `1.5pt`, in braces or not."""
    if parser.peek_raw() == "{":
        parser.raw_group()
        return
    while (lexeme := parser.peek_raw()) and (lexeme.isdigit() or lexeme in "-+."):
        parser.index += 1
    if "".join(parser.tokens[parser.index : parser.index + 2]) in _UNITS:
        parser.index += 2


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
    if name == "pod":
        return Row((Space(1), Delimited("(", Row((parser.argument(),)), ")")))
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
    """`\\hspace{2em}`, `\\kern2em`: at least one cell, unless it is negative."""
    if parser.peek_raw() == "{":
        return Space(_cells("".join(parser.raw_group())))
    start = parser.index
    skip_length(parser)
    return Space(_cells("".join(parser.tokens[start : parser.index])))


def _is_positive(size: str) -> bool:
    return not size.strip().startswith("-") and any(digit in size for digit in "123456789")


def _cells(size: str) -> int:
    """A length in cells: two an em, else one."""
    if not _is_positive(size):
        return 0
    digits = size.strip().partition(".")[0]
    return max(1, min(2 * int(digits), 8)) if digits.isascii() and digits.isdigit() and len(digits) < 4 and "em" in size else 1


def _braket(parser: Parser, name: str) -> Node:
    left, right = {"bra": ("⟨", "|"), "ket": ("|", "⟩"), "braket": ("⟨", "⟩")}[name.lower()]
    return Delimited(left, Row((parser.argument(),)), right)


def _symbol_word(parser: Parser, name: str) -> Node:
    return Atom(name, "ord", symbols.TEXT)


_NODES = _single_nodes()
_READERS: dict[str, Callable[[Parser, str], Node | None]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom"), _fraction),
    **dict.fromkeys(("big", "Big", "bigg", "Bigg"), _big),
    **{size + side: _big for size in ("big", "Big", "bigg", "Bigg") for side in "lrm"},
    **dict.fromkeys(symbols.FONTS, _font),
    **dict.fromkeys(symbols.TEXT_COMMANDS, read_text),
    **dict.fromkeys(("tag", "tag*"), read_tag),
    **dict.fromkeys(("ref", "eqref"), read_reference),
    **dict.fromkeys(symbols.ACCENTS, _accent),
    **dict.fromkeys(("overbrace", "underbrace", "overbracket", "underbracket"), _brace),
    **dict.fromkeys(("overset", "underset", "stackrel"), _stack),
    **dict.fromkeys(symbols.ARROWS, _arrow),
    **dict.fromkeys(("operatorname", "operatorname*", "operatornamewithlimits"), read_operator_name),
    **dict.fromkeys(("mathord", "mathop", "mathbin", "mathrel", "mathopen", "mathclose", "mathpunct", "mathinner"), _classed),
    **dict.fromkeys(("pmod", "mod", "pod"), _modulo),
    **dict.fromkeys(("textcolor", "colorbox", "htmlClass", "htmlId", "htmlStyle", "htmlData"), _color),
    **dict.fromkeys(("smash", "mathclap", "mathllap", "mathrlap", "llap", "rlap", "clap", "ensuremath", "vcenter", "textcircled"), _passed),
    **dict.fromkeys(("phantom", "hphantom"), _phantom),
    **dict.fromkeys(("boxed", "fbox"), _boxed),
    **dict.fromkeys(("hspace", "hspace*", "mspace", "hskip", "mskip", "kern", "mkern"), _space),
    **dict.fromkeys(("bra", "ket", "braket", "Bra", "Ket", "Braket"), _braket),
    **dict.fromkeys(("TeX", "LaTeX", "KaTeX"), _symbol_word),
    **dict.fromkeys(("cancel", "bcancel", "xcancel", "sout"), _struck),
    **dict.fromkeys(("angl", "angln", "phase"), _angle),
    **dict.fromkeys(("set", "Set"), _set),
    **dict.fromkeys(("raise", "lower", "raisebox"), _raised),
    **dict.fromkeys(("href", "url"), _linked),
    "mathchoice": _choice, "sideset": _sideset, "char": _character_code, "verb": read_verbatim, "rule": _rule,
    "overunderset": _over_under, "genfrac": _general_fraction, "sqrt": _root, "left": _left, "middle": _middle, "begin": _begin,
    "substack": _substack, "not": _not,
}

