"""Definitions inside a formula: `\\newcommand`, `\\def`, `\\let`, `\\DeclareMathOperator`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .macros import Macro, Macros

if TYPE_CHECKING:
    from .parser import Parser

DEFINING = re.compile(r"\\(?:(?:new|renew|provide)command|[gex]?def|let|DeclareMathOperator)(?![a-zA-Z])")


def read_definition(parser: Parser, name: str) -> None:
    """Read the definition that the command `name` begins, and make it known to the rest of the formula."""
    parser.accept("*")
    macro_name, macro = _READERS[name](parser, name)
    if not macro_name.startswith("\\") or len(macro_name) < 2 or macro is None:
        parser.warn(f"The definition after {name} cannot be read.")
        return
    if parser.macros is None:
        parser.macros = Macros()
    if name == "providecommand" and macro_name in parser.macros:
        return
    if not parser.macros.define(macro_name, macro):
        parser.warn("The formula defines too many commands; the rest are left out.")


def _name(parser: Parser) -> str:
    """The command that is defined, as it stands: it must not be expanded."""
    braced = parser.accept_raw("{")
    lexeme = parser.take_raw()
    if braced:
        parser.accept_raw("}")
    return lexeme


def _new_command(parser: Parser, name: str) -> tuple[str, Macro | None]:
    lexeme = _name(parser)
    number = parser.raw_optional().strip()
    default = parser.raw_optional() if number and parser.peek() == "[" else None
    body = "".join(parser.raw_group())
    arity = int(number) if number in tuple("123456789") else 0
    return lexeme, Macro(body, arity, default)


def _def(parser: Parser, name: str) -> tuple[str, Macro | None]:
    lexeme = parser.take_raw()
    parameters = []
    while parser.raw_is_left() and parser.peek_raw() != "{":
        parameters.append(parser.take_raw())
    text = "".join(parameters).replace(" ", "")
    body = "".join(parser.raw_group())
    if text != "".join(f"#{number}" for number in range(1, len(text) // 2 + 1)):
        return lexeme, None
    return lexeme, Macro(body, len(text) // 2)


def _let(parser: Parser, name: str) -> tuple[str, Macro | None]:
    lexeme = parser.take_raw()
    parser.accept_raw("=")
    meaning = parser.take_raw()
    return lexeme, Macro(meaning, 0) if meaning and meaning != lexeme else None


def _operator(parser: Parser, name: str) -> tuple[str, Macro | None]:
    lexeme = _name(parser)
    star = "*" if name.endswith("*") else ""
    return lexeme, Macro(f"\\operatorname{star}{{{''.join(parser.raw_group())}}}", 0)


_READERS: dict[str, Callable[[Parser, str], tuple[str, Macro | None]]] = {
    **dict.fromkeys(("newcommand", "renewcommand", "providecommand"), _new_command),
    **dict.fromkeys(("def", "gdef", "edef", "xdef"), _def),
    **dict.fromkeys(("DeclareMathOperator", "DeclareMathOperator*"), _operator),
    "let": _let,
}
COMMANDS = frozenset(_READERS)
