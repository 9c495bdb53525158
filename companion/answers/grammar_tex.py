r"""TeX with arguments: fractions, roots, binomials, matrices and cases. As in TeX, `\frac12` takes one digit at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from companion.answers import grammar_sets
from companion.answers.binding import Binding
from companion.answers.characters import TEX_DISPLAYS
from companion.answers.names import GREEK
from companion.answers.tree import Call, Conditional, Constant, Node, Number, Quotient, Symbol

if TYPE_CHECKING:
    from companion.answers.grammar import Parser
    from companion.answers.tokens import Token

_MATRICES: Final = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array", "vmatrix")


def command(parser: Parser) -> Node:
    """A command with arguments, an environment, or a root sign."""
    token = parser.take()
    start = token.span[0]
    if token.kind == "begin":
        return _environment(parser, token)
    if token.text == "frac":
        numerator = _argument(parser)
        denominator = _argument(parser)
        _refuse_leftover_digit(parser, token)
        return Quotient(numerator, denominator, span=parser.since(start))
    if token.text == "binom":
        upper = _argument(parser)
        return Call("binomial", (upper, _argument(parser)), span=parser.since(start))
    if token.text == "overline":
        return Call("conj", (_argument(parser),), span=parser.since(start))
    return root(parser, token)


def root(parser: Parser, token: Token) -> Node:
    """A root whose sign has been passed: its index in square brackets, and what stands under it."""
    start, index = token.span[0], None
    if parser.opens("["):
        opening = parser.take()
        with parser.nested("expression"):
            index = parser.expression()
        grammar_sets.close(parser, opening, "]")
    if parser.token.kind == "number" and len(parser.token.text) > 1 and token.span[1] - token.span[0] > 1:
        raise parser.fail("ambiguous", f"Write \\sqrt{{{parser.token.text}}} with braces.")
    if parser.opens("{"):
        radicand = parser.script()
    elif parser.starts_factor():
        radicand = parser.expression(Binding.POSTFIX)
    else:
        radicand = parser.missing("There is nothing under the root.")
    if index is not None:
        return Call("root", (radicand, index), span=parser.since(start))
    return Call(token.text, (radicand,), span=parser.since(start))


def _argument(parser: Parser) -> Node:
    """One argument as TeX takes it: a group, or a single digit, letter or command."""
    token = parser.token
    if parser.opens("{"):
        return parser.script()
    if token.kind == "number" and token.text.isdigit():
        end = token.span[0] + 1
        digit = Number(Fraction(int(token.text[0])), token.text[0], span=(token.span[0], end))
        if len(token.text) == 1:
            parser.take()
        else:
            rest = token.text[1:]
            parser.tokens[parser.at] = replace(token, text=rest, value=Fraction(int(rest)), span=(end, token.span[1]), spaced=False)
        return digit
    if token.kind == "symbol":
        if len(token.text) > 1 and token.text not in parser.vocabulary.names and token.text not in GREEK and not parser.tolerant:
            raise parser.fail("ambiguous", "Write both arguments with braces, as in \\frac{x}{y}.")
        parser.take()
        return Symbol(token.text, span=token.span)
    if token.kind == "constant":
        parser.take()
        return Constant(token.text, span=token.span)
    if token.kind == "tex":
        with parser.nested():
            return command(parser)
    return parser.missing("An argument in braces is missing here.")


def _refuse_leftover_digit(parser: Parser, token: Token) -> None:
    following = parser.token
    if following.kind == "number" and not following.spaced and parser.tokens[parser.at - 1].text != "}":
        raise parser.fail("ambiguous", "Write the fraction with braces, as in \\frac{1}{23}.", (token.span[0], following.span[1]))


def _environment(parser: Parser, token: Token) -> Node:
    start = token.span[0]
    within = "relation" if token.text == "cases" else parser.expecting if token.text in TEX_DISPLAYS else "expression"
    with parser.nested(within):
        if token.text == "cases":
            node: Node = _cases(parser, start)
        elif token.text in TEX_DISPLAYS:
            node = parser.listed()
        elif token.text in _MATRICES:
            node = grammar_sets.matrix(parser, _cells(parser), start)
        else:
            raise parser.fail("command", f"The environment {token.text} cannot be read here.", token.span)
    end = parser.token
    if end.kind == "end" and end.text == token.text:
        parser.take()
    elif not parser.tolerant:
        raise parser.fail("bracket", f"\\begin{{{token.text}}} is never ended.", token.span)
    return Call("det", (node,), span=parser.since(start)) if token.text == "vmatrix" else node


def _cells(parser: Parser) -> list[list[Node]]:
    rows: list[list[Node]] = [[]]
    while True:
        rows[-1].append(parser.expression(Binding.AND))
        if parser.takes("&"):
            continue
        if not parser.takes("row") or parser.token.kind == "end":
            return rows
        rows.append([])


def _cases(parser: Parser, start: int) -> Node:
    branches: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    while parser.token.kind not in ("end", "stop"):
        value = parser.expression(Binding.IF)
        parser.takes(",")
        parser.takes("&")
        if parser.token.text in ("if", "for", "when"):
            parser.take()
        if parser.takes("else"):
            otherwise = value
        else:
            branches.append((value, parser.expression()))
        parser.takes(",")
        if not parser.takes("row"):
            break
    if not branches:
        return otherwise if otherwise is not None else parser.missing("There is no case here.")
    return Conditional(tuple(branches), otherwise, span=parser.since(start))
