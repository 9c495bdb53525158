"""What stands after an operand: powers, the transpose, factorials, percent and degree signs, primes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from companion.answers.tree import Call, Constant, Matrix, Node, Number, Power, Product, Quotient

if TYPE_CHECKING:
    from companion.answers.grammar import Parser
    from companion.answers.tokens import Token


def raised(parser: Parser, left: Node, start: int) -> Node:
    """A power whose `^` is next: a power, a transpose (`A^T`) or an angle in degrees (`30^\\circ`)."""
    sign = parser.take()
    if _takes_raised(parser, "op", "circ", "degree"):
        return _degrees(left, sign, parser, start)
    if _takes_raised(parser, "op", "top"):
        return Call("transpose", (left,), span=parser.since(start))
    transposes = "T" not in parser.vocabulary.names and (isinstance(left, Matrix) or not parser.vocabulary.open)
    if transposes and _takes_raised(parser, "symbol", "T"):
        return Call("transpose", (left,), span=parser.since(start))
    return Power(left, parser.exponent(), span=parser.since(start))


def _takes_raised(parser: Parser, kind: str, *texts: str) -> bool:
    """Pass a token that stands raised, alone or in braces; whether there was one."""
    grouped = parser.opens("{") and parser.peek(2).text == "}"
    token = parser.peek(int(grouped))
    if token.kind != kind or token.text not in texts:
        return False
    parser.at += 3 if grouped else 1
    return True


def after(parser: Parser, left: Node, start: int) -> Node:
    """What the postfix operator that is next makes of an operand."""
    sign = parser.take()
    if sign.text == "!":
        if parser.token.is_op("!"):
            raise parser.fail("ambiguous", "n!! is not read, because it has two meanings. Write (n!)! or a product.")
        return Call("factorial", (left,), span=parser.since(start))
    if sign.text == "%":
        if parser.starts_factor():
            raise parser.fail("ambiguous", "Write mod(a, b) for a remainder; a percent sign stands after its number.", sign.span)
        return Quotient(left, Number(Fraction(100), "100", span=sign.span), span=parser.since(start))
    if sign.text == "degree":
        return _degrees(left, sign, parser, start)
    if isinstance(left, Matrix):
        return Call("transpose", (left,), span=parser.since(start))
    raise parser.fail("prime", "A prime can stand only after the name of a function, as in f'(x).", sign.span)


def _degrees(left: Node, sign: Token, parser: Parser, start: int) -> Node:
    """A degree is pi/180."""
    if not isinstance(left, Number):
        raise parser.fail("degree", "A degree sign can stand only after a number, as in 30°.", sign.span)
    turned = Product((left, Constant("pi", span=sign.span)), span=parser.since(start))
    return Quotient(turned, Number(Fraction(180), "180", span=sign.span), span=parser.since(start))
