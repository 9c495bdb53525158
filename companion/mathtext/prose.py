"""Text inside a formula: `\\text{…}` with its accents and formulas, names of operators, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import symbols
from .nodes import Atom, Node, Operator, Row, Text

if TYPE_CHECKING:
    from .parser import Parser

_DASHES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"))
_WITHOUT_GLYPH = symbols.TEXT_COMMANDS.keys() | symbols.FONTS.keys() | symbols.SILENT.keys() | symbols.SWITCHES.keys()
_GLYPHS = symbols.LETTERS | symbols.ORDINARY


def read_text(parser: Parser, name: str) -> Node:
    """What follows `\\text` or one of its relatives."""
    return Text(text_parts(parser, parser.raw_group()), symbols.TEXT_COMMANDS[name])


def read_tag(parser: Parser, name: str) -> None:
    """`\\tag{…}`: kept by the parser for the row that it numbers."""
    parts = text_parts(parser, parser.raw_group())
    if parser.tag is not None:
        parser.warn("A row has more than one tag.")
    parser.tag = Text(("(", *parts, ")") if name == "tag" else parts)


def read_reference(parser: Parser, name: str) -> Node:
    """`\\ref{…}` in a formula by itself, where there is nothing that it could refer to."""
    label = "".join(character for character in "".join(parser.raw_group()) if character.isprintable() and character != "\\")
    parser.warn(f"There is no equation with the label {label}.")
    return Text(("(??)" if name == "eqref" else "??",))


def read_operator_name(parser: Parser, name: str) -> Node:
    """`\\operatorname{…}`: text, except that blanks do not count."""
    tokens = [lexeme for lexeme in parser.raw_group() if not lexeme.isspace()]
    words = "".join(part if isinstance(part, str) else _letters(part) for part in text_parts(parser, tokens))
    return Operator(" ".join(words.split()) or " ", limits=name != "operatorname")


def read_verbatim(parser: Parser, name: str) -> Node:
    """`\\verb|…|`: what stands between the two delimiters, as it stands."""
    start = parser.index
    first = parser.tokens[start] if start < len(parser.tokens) else ""
    if len(first) == 1 and first in parser.tokens[start + 1 :]:
        end = parser.tokens.index(first, start + 1)
        parser.index = end + 1
        return Text(("".join(parser.tokens[start + 1 : end]),))
    parser.warn("The end of what follows verb is missing.")
    return Text(("",))


def text_parts(parser: Parser, tokens: list[str]) -> tuple[str | Node, ...]:
    """Text as typed; `$…$` in it is mathematics, commands for fonts are dropped, other commands are read as mathematics."""
    parts: list[str | Node] = []
    words = ""
    position = 0
    while position < len(tokens):
        lexeme = tokens[position]
        name = lexeme[1:]
        position += 1
        if lexeme == "$" or lexeme == "\\(":
            closing = "$" if lexeme == "$" else "\\)"
            end = tokens.index(closing, position) if closing in tokens[position:] else len(tokens)
            parts += (_typographic(words), _formula(parser, tokens[position:end]))
            words, position = "", end + 1
        elif lexeme[0] != "\\":
            words += {"~": " ", "{": "", "}": ""}.get(lexeme, " " if lexeme.isspace() else lexeme)
        elif name in symbols.TEXT_ACCENTS and _accented(tokens, position):
            position, letter = _letter(tokens, position)
            words += _composed(letter, symbols.TEXT_ACCENTS[name])
        elif name in symbols.ESCAPED or name in ("{", "}"):
            words += name
        elif name in symbols.SPACES:
            words += " " * symbols.SPACES[name]
        elif name in _GLYPHS and (parser.macros is None or lexeme not in parser.macros):
            words += _GLYPHS[name]
            position += position < len(tokens) and tokens[position].isspace()
        elif name not in _WITHOUT_GLYPH:
            end = _end_of_arguments(tokens, position)
            parts += (_typographic(words), _formula(parser, [lexeme, *tokens[position:end]]))
            words, position = "", end
    return tuple(part for part in (*parts, _typographic(words)) if part)


def _typographic(words: str) -> str:
    for typed, printed in _DASHES:
        words = words.replace(typed, printed)
    return words


def _composed(letter: str, accent: str) -> str:
    import unicodedata  # rarely needed, and not free to load

    return unicodedata.normalize("NFC", letter + accent)


def _accented(tokens: list[str], position: int) -> bool:
    """Whether a letter comes next, in braces or not."""
    return bool(_letter(tokens, position)[1])


def _letter(tokens: list[str], position: int) -> tuple[int, str]:
    """The letter that an accent takes, and where it ends; nothing if there is none."""
    while position < len(tokens) and tokens[position].isspace():
        position += 1
    braced = position < len(tokens) and tokens[position] == "{"
    lexeme = tokens[position + braced] if position + braced < len(tokens) else ""
    letter = {"\\i": "i", "\\j": "j"}.get(lexeme, lexeme)
    closed = not braced or (position + 2 < len(tokens) and tokens[position + 2] == "}")
    return (position + (3 if braced else 1), letter) if closed and len(letter) == 1 and letter.isalpha() else (position, "")


def _end_of_arguments(tokens: list[str], position: int) -> int:
    """The groups that follow a command at once are its arguments."""
    while position < len(tokens) and tokens[position] == "{":
        depth = 0
        while position < len(tokens):
            depth += (tokens[position] == "{") - (tokens[position] == "}")
            position += 1
            if depth == 0:
                break
    return position


def _formula(parser: Parser, tokens: list[str]) -> Node:
    """A formula that stands in text, read by the same parser at another place."""
    outer = parser.tokens, parser.index
    parser.tokens, parser.index = list(tokens), 0
    try:
        return parser.nested_row(frozenset())
    finally:
        parser.tokens, parser.index = outer


def _letters(node: Node) -> str:
    if isinstance(node, Row):
        return "".join(map(_letters, node.items))
    return node.text if isinstance(node, Atom | Operator) else ""
