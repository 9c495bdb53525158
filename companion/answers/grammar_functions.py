"""Names and functions: `f(x)`, `f''(x)`, `sin 2x`, `sin^2 x`, `sin^(-1)(x)`, `log_b(x)`.

Conventions, all visible in the reading: an argument without brackets is a run of factors that ends at a sign, at `*` or `/`, at the next
function and at a bracket after a letter: `sin 2x` is sin(2x), `sin x/y` is sin(x)/y, `sin x cos x` a product. `sin^2 x` is (sin x)²,
`sin^(-1)(x)` the inverse function. `log` is the natural logarithm. A root without brackets covers one factor: `√2x` is √2·x.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from companion.answers import grammar_sets, grammar_tex, names
from companion.answers.binding import Binding
from companion.answers.tokens import Token
from companion.answers.tree import Apply, Call, Hole, Negative, Node, Number, Power, Product, Symbol, walk

if TYPE_CHECKING:
    from companion.answers.errors import ReadError
    from companion.answers.grammar import Parser

_ROOTS: Final = ("sqrt", "cbrt")
_RUN_KINDS: Final = ("number", "symbol", "constant", "tex")


def name(parser: Parser) -> Node:
    """A symbol, or a declared function with its arguments."""
    token = parser.take()
    start, primes = token.span[0], 0
    while parser.token.is_op("'"):
        parser.take()
        primes += 1
    if token.kind == "symbol" and not (primes and parser.opens("(") and parser.vocabulary.open):
        return _primed(parser, token, primes)
    power: Node | None = None
    if parser.token.is_op("^") and _bracket_follows_power(parser):
        parser.take()
        power = parser.script()
        if _is_minus_one(power):
            raise _inverse_or_reciprocal(parser, token.text, start)
    if not parser.opens("(", "["):
        return _primed(parser, token, primes)
    arguments = bracketed_arguments(parser)
    node: Node = Apply(token.text, tuple(arguments), primes, span=parser.since(start))
    return Power(node, power, span=node.span) if power else node


def _primed(parser: Parser, token: Token, primes: int) -> Symbol:
    primed, span = token.text + "'" * primes, parser.since(token.span[0])
    if primes and not parser.vocabulary.open and not parser.tolerant and not parser.token.is_op("="):
        if token.kind == "apply":
            raise parser.fail("prime", f"Write {primed}(x), with the argument.", span)
        raise parser.fail("prime", f"{token.text} is not a function, so that a prime has no meaning.", span)
    return Symbol(primed, span=span)


def _bracket_follows_power(parser: Parser) -> bool:
    """Whether `^` and one atom are followed by the bracket of the argument, as in `f^2(a)`."""
    ahead = 1 + parser.peek(1).is_op("-")
    if parser.peek(ahead).kind == "open" and parser.peek(ahead).text in "({":
        depth = 0
        while parser.peek(ahead).kind != "stop":
            depth += (parser.peek(ahead).kind == "open") - (parser.peek(ahead).kind == "close")
            if depth == 0:
                break
            ahead += 1
    following = parser.peek(ahead + 1)
    return following.kind == "open" and following.text == "("


def bracketed_arguments(parser: Parser) -> list[Node]:
    """The arguments in the bracket that is next, separated by commas."""
    opening = parser.take()
    arguments = []
    with parser.nested("expression"):
        if parser.token.kind == "close":
            arguments.append(parser.missing("There is nothing between the brackets."))
        else:
            arguments.append(parser.expression())
            while parser.takes(","):
                arguments.append(parser.expression())
    grammar_sets.close(parser, opening, {"(": ")", "[": "]"}.get(opening.text, "}"))
    return arguments


def call(parser: Parser) -> Node:
    """A function of the language with its power, base and argument."""
    token = parser.take()
    start = token.span[0]
    function = names.function_named(token.text) or token.text
    if function == "sqrt" and parser.opens("["):
        return grammar_tex.root(parser, token)
    given = function == "log" and parser.token.is_op("_")
    base = _base(parser, token) if function == "log" else None
    power: Node | None = None
    if parser.takes("^"):
        power = parser.script()
        if _is_minus_one(power):
            function, power = _inverse(parser, function, start), None
    arguments = _arguments(parser, token, function)
    if len(arguments) == 2 and not given:
        base = None  # `lg(x, b)` gives its base itself
    node = _applied(parser, token, function, base, arguments)
    return Power(node, power, span=parser.since(start)) if power else node


def _base(parser: Parser, token: Token) -> Node | None:
    implied = names.LOGARITHMS[token.text]
    if parser.takes("_"):
        return parser.script()
    return Number(Fraction(implied), str(implied), span=token.span) if implied else None


def _inverse(parser: Parser, function: str, start: int) -> str:
    if function not in names.INVERSES:
        raise _inverse_or_reciprocal(parser, function, start)
    return names.INVERSES[function]


def _inverse_or_reciprocal(parser: Parser, function: str, start: int) -> ReadError:
    message = f"{function}^(-1) could be the inverse or the reciprocal. Write 1/{function}(…)."
    return parser.fail("ambiguous", message, parser.since(start))


def _is_minus_one(node: Node) -> bool:
    return isinstance(node, Negative) and node.operand == Number(Fraction(1))


def _arguments(parser: Parser, token: Token, function: str) -> list[Node]:
    many = names.FUNCTIONS[function][1] > 1
    if parser.opens("(") or (many and parser.opens("{", "\\{")):
        return bracketed_arguments(parser)
    if parser.opens("{"):
        return [parser.script()]
    if parser.opens("["):
        raise parser.fail("bracket", f"Write the argument of {token.text} in round brackets: {token.text}(x).")
    if many and function != "log" and function != "norm":
        if parser.tolerant:
            return [Hole()] * names.FUNCTIONS[function][0]
        raise parser.fail("missing-operand", f"Write the arguments of {token.text} in brackets: {token.text}(a, b).", token.span)
    if function in _ROOTS:
        return [_root_argument(parser, token)]
    return [_run(parser, token)]


def _root_argument(parser: Parser, token: Token) -> Node:
    if parser.starts_factor():
        return parser.expression(Binding.POSTFIX)
    return parser.missing(f"Write what {token.text} is taken of, as in {token.text}(x).")


def _run(parser: Parser, token: Token) -> Node:
    """An argument without brackets."""
    start = parser.token.span[0]
    if parser.takes("-"):
        with parser.deeper():
            return Negative(_run(parser, token), span=parser.since(start))
    if not parser.starts_factor():
        return parser.missing(f"{token.text} needs an argument, as in {token.text}(x).")
    number, following = parser.token, parser.peek()
    if number.kind == "number" and number.span[0] == token.span[1] and following.kind == "open" and not following.spaced:
        message = f"{token.text}{number.text}(…) has two meanings. Write {token.text}({number.text}*…) or {token.text}^{number.text}(…)."
        raise parser.fail("ambiguous", message, (token.span[0], number.span[1]))
    single = parser.token.kind not in _RUN_KINDS
    factors = [parser.expression(Binding.PRODUCT)]
    while not single and _continues_run(parser, factors):
        factors.append(parser.expression(Binding.PRODUCT))
    return factors[0] if len(factors) == 1 else Product(tuple(factors), span=parser.since(start))


def _continues_run(parser: Parser, factors: list[Node]) -> bool:
    """Whether the next token belongs to the argument. A fraction after a name does not: in TeX, `\\sin x\\frac{1}{2}` is a product."""
    before, token = parser.tokens[parser.at - 1], parser.token
    if token.kind == "tex" and token.text == "frac" and any(isinstance(part, Symbol | Apply) for each in factors for part in walk(each)):
        return False
    if token.kind == "open":
        return before.kind == "number" and token.text == "("
    return token.kind in _RUN_KINDS and not (token.kind == "number" and before.kind == "number")


def _applied(parser: Parser, token: Token, function: str, base: Node | None, arguments: list[Node]) -> Node:
    span = parser.since(token.span[0])
    if function == "log":
        if len(arguments) == 1:
            return Call("log", (arguments[0], base), span=span) if base else Call("ln", tuple(arguments), span=span)
        if base is not None:
            raise parser.fail("arity", f"{token.text} has its base already, and takes one argument.", span)
    if function == "norm" and parser.takes("_"):
        arguments = [*arguments, parser.script()]
    least, most = names.FUNCTIONS[function]
    if not least <= len(arguments) <= most:
        if parser.tolerant and len(arguments) < least:
            return Call(function, (*arguments, *[Hole()] * (least - len(arguments))), span=span)
        wanted = "one argument" if most == 1 else "two arguments" if least == most else f"{least} or more arguments"
        raise parser.fail("arity", f"{token.text} takes {wanted}; {len(arguments)} stand here.", span)
    return Call(function, tuple(arguments), span=parser.since(token.span[0]))
