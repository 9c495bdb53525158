"""What to say when the next token cannot stand where it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from companion.answers.tree import Node, Symbol

if TYPE_CHECKING:
    from companion.answers.errors import ReadError
    from companion.answers.grammar import Parser
    from companion.answers.tokens import Token

_SHOWN: Final = {
    "abs)": "|", "norm)": "‖", "floor)": "⌋", "ceil)": "⌉", "\\}": "}", "gap": "\\", "row": "\\\\", "group)": "}", "degree": "°",
    "circ": "∘", "top": "⊤", "value)": "|",
}  # fmt: skip
DECIMAL_COMMA: Final = "Write decimals with a point, as in 1.5, and no commas within a number."
_HINTS_FOR_COMMA: Final = {"set": "Write a set with braces, as in {1, 2}.", "relation": "Join statements with and, or with or."}


def what_is_missing(parser: Parser) -> str:
    """A sentence for a place where an operand should stand."""
    if not parser.at:
        return "Something is missing at the start."
    if parser.token.kind == "stop":
        return "Something is missing at the end."
    if parser.tokens[parser.at - 1].kind == "open" and parser.token.kind == "close":
        return "There is nothing between the brackets."
    if parser.token.is_op("_") and parser.tokens[parser.at - 1].is_op("|"):
        return "Something is missing here. Write square brackets around what is evaluated, as in [F(t)]_{t=0}^{t=1}."
    return "Something is missing here."


def refuse_two_numbers(parser: Parser) -> None:
    """`2 1/2`, `2\\frac{1}{2}` and `1 000` are refused: they are no products."""
    before, token = parser.tokens[parser.at - 1], parser.token
    if before.kind == "number" and token.kind == "number":
        message = "Two numbers stand side by side. Write + or * between them, and no spaces within a number."
        raise parser.fail("ambiguous", message, (before.span[0], token.span[1]))
    if before.kind == "number" and before.text.isdigit() and _is_fraction_of_numbers(parser):
        message = "A number next to a fraction could be a sum or a product. Write + or * between them."
        raise parser.fail("ambiguous", message, (before.span[0], token.span[1]))


def _is_fraction_of_numbers(parser: Parser) -> bool:
    """Whether a fraction in TeX is next in which only digits and braces stand."""
    if parser.token.kind != "tex" or parser.token.text != "frac":
        return False
    parts = [parser.peek(ahead) for ahead in range(1, 7)]
    shape = "".join("0" * len(part.text) if part.kind == "number" else part.text if part.text in "{}" else "?" for part in parts)
    return re.match(r"(\{0+\}|0)(\{0+\}|0)", shape) is not None


def unexpected(parser: Parser) -> ReadError:
    """The error for a token after a complete expression."""
    token = parser.token
    if token.kind == "close":
        return parser.fail("bracket", f"This {shown(token)} closes nothing: the opening bracket is missing.")
    if token.is_op("|", "‖"):
        return parser.fail("bracket", "This bar has no partner.")
    if token.is_op(","):
        return _comma(parser)
    before = parser.tokens[parser.at - 1]
    if token.kind == "open" and before.kind == "symbol":
        return parser.fail("bracket", f"{before.text} is not a function in this question, so that no square bracket can follow it.")
    if token.kind == "open":
        return parser.fail("bracket", "A square bracket cannot stand here. Write a product with round brackets.")
    if token.kind == "differential":
        return parser.fail("integral", f"The d{token.text} here ends no integral.")
    if token.is_op("_"):
        return parser.fail("subscript", "An index is one name or number after a letter, as in x_1 or x_{ij}.")
    return parser.fail("unexpected", f"“{shown(token)}” cannot stand here.")


def _comma(parser: Parser) -> ReadError:
    before, token, after = parser.tokens[parser.at - 1], parser.token, parser.peek()
    if before.kind == after.kind == "number" and not token.spaced and not after.spaced:
        return parser.fail("comma", DECIMAL_COMMA, (before.span[0], after.span[1]))
    return parser.fail("comma", _HINTS_FOR_COMMA.get(parser.expecting, "A comma can only stand inside brackets."))


def shown(token: Token) -> str:
    """A token as the learner typed it, or nearly so."""
    return _SHOWN.get(token.text, token.text)


def refuse_bare_function(parser: Parser, name: Node, argument: Node) -> None:
    """`Var X` is no product: in front of what is no function itself, a declared function has its argument in brackets."""
    functions = parser.vocabulary.functions
    if isinstance(name, Symbol) and name.name in functions and not (isinstance(argument, Symbol) and argument.name in functions):
        message = f"{name.name} is a function here: write {name.name}(…) with brackets, or * for a product."
        raise parser.fail("function", message, name.span)
