"""Derivatives, integrals, sums, products, limits, suprema: as functions (`integrate(f, x, 0, 1)`), as signs (`∫_0^1 f dx`) and in TeX.

An integral reaches to its differential; the other signs apply to the product that follows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from companion.answers import grammar_sets
from companion.answers.binding import Binding
from companion.answers.transform import MAX_TREE_DEPTH, depth, replace_leaf
from companion.answers.tree import (
    Apply,
    Bound,
    Conditional,
    Constant,
    Derivative,
    Hole,
    Limit,
    Membership,
    Node,
    Number,
    Relation,
    Symbol,
    Tuple,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from companion.answers.grammar import Parser
    from companion.answers.tokens import Token

Operator: TypeAlias = Literal["integral", "sum", "product", "supremum", "infimum"]
Side: TypeAlias = Literal["both", "left", "right"]

_SAMPLES: Final = {
    "integral": "integrate(f, x) or integrate(f, x, a, b)",
    "sum": "sum(f, k, 1, n)",
    "product": "product(f, k, 1, n)",
    "supremum": "sup(f, x, a, b)",
    "infimum": "infimum(f, x, a, b)",
    "limit": "limit(f, x, a)",
    "derivative": "diff(f, x)",
    "piecewise": "piecewise((a, x < 0), (b, x >= 0))",
}


def operator(parser: Parser) -> Node:
    """Whatever begins with the sign or the binding word that is next."""
    token = parser.take()
    if token.kind == "derivative":
        return _derivative_operator(parser, token)
    if token.kind == "quotient":
        return _derivative_quotient(parser, token)
    if token.kind == "binder" and parser.opens("("):
        return _called(parser, token)
    if token.text == "integral":
        return _integral_sign(parser, token)
    if token.text == "limit":
        return _limit_sign(parser, token)
    if token.text in ("sum", "product"):
        return _sum_sign(parser, token)
    if token.text in ("supremum", "infimum"):
        return _supremum_sign(parser, token)
    raise _misused(parser, token)


def _misused(parser: Parser, token: Token) -> Exception:
    return parser.fail("calculus", f"This cannot be read as it stands. Write {_SAMPLES[token.text]}.", parser.since(token.span[0]))


# -- as functions ------------------------------------------------------------------


def _called(parser: Parser, token: Token) -> Node:
    opening = parser.take()
    with parser.nested("relation"):
        arguments = [parser.expression()]
        while parser.takes(",", "->"):
            arguments.append(parser.expression(Binding.IFF))
    grammar_sets.close(parser, opening, ")")
    if token.text == "piecewise":
        return _piecewise(parser, token, arguments)
    body, rest = arguments[0], _flat(arguments[1:])
    if not rest:
        if parser.tolerant:
            return _unfinished(token, body)
        raise _misused(parser, token)
    if token.text == "derivative":
        return _derivative(parser, token, body, rest)
    if token.text == "limit":
        return _limit(parser, token, body, rest)
    return _ranges(parser, token, body, arguments[1:])


def _unfinished(token: Token, body: Node) -> Node:
    variable = Symbol("x")
    if token.text == "derivative":
        return Derivative(body, variable)
    if token.text == "limit":
        return Limit(body, variable, Hole())
    return Bound(cast(Operator, token.text), body, variable)


def _flat(arguments: list[Node]) -> list[Node]:
    flat: list[Node] = []
    for argument in arguments:
        flat.extend(argument.entries if isinstance(argument, Tuple) else [argument])
    return flat


def _ranges(parser: Parser, token: Token, body: Node, ranges: list[Node]) -> Node:
    """`f, x` or `f, x, a, b` or `f, (x, a, b), (y, c, d)` or `f, x = a, b`."""
    if not any(isinstance(part, Tuple) for part in ranges):
        ranges = [Tuple(tuple(ranges))]
    for part in ranges:
        entries = list(part.entries) if isinstance(part, Tuple) else [part]
        if isinstance(entries[0], Relation) and entries[0].signs == ("=",):
            entries[0:1] = entries[0].operands
        variable = _variable(parser, entries[0])
        body = _rebound(parser, body, entries[0], variable)
        if len(entries) == 3:
            body = Bound(cast(Operator, token.text), body, variable, entries[1], entries[2], span=parser.since(token.span[0]))
        elif len(entries) == 1 and token.text == "integral":
            body = Bound("integral", body, variable, span=parser.since(token.span[0]))
        elif parser.tolerant:
            return _unfinished(token, body)
        else:
            raise _misused(parser, token)
    return body


def _derivative(parser: Parser, token: Token, body: Node, rest: list[Node]) -> Node:
    steps: list[tuple[Node, int]] = []
    for part in rest:
        if isinstance(part, Number) and steps:
            steps[-1] = (steps[-1][0], steps[-1][1] - 1 + _order(parser, part.value))
        elif steps and steps[-1][0] == part:
            steps[-1] = (part, steps[-1][1] + 1)
        else:
            steps.append((part, 1))
    for variable, order in steps:
        body = Derivative(body, _variable(parser, variable), order, span=parser.since(token.span[0]))
    return body


def _order(parser: Parser, value: Fraction) -> int:
    if value.denominator != 1 or not 1 <= value <= 20:
        raise parser.fail("calculus", "The order of a derivative is a whole number from 1 to 20.")
    return int(value)


def _limit(parser: Parser, token: Token, body: Node, rest: list[Node]) -> Node:
    sides: dict[str, Side] = {"left": "left", "right": "right"}
    side: Side = "both"
    if len(rest) == 3 and isinstance(rest[2], Symbol) and rest[2].name in sides:
        side = sides[rest[2].name]
        rest = rest[:2]
    if len(rest) != 2:
        if parser.tolerant:
            return _unfinished(token, body)
        raise _misused(parser, token)
    variable = _variable(parser, rest[0])
    return Limit(_rebound(parser, body, rest[0], variable), variable, rest[1], side, span=parser.since(token.span[0]))


def _piecewise(parser: Parser, token: Token, arguments: list[Node]) -> Node:
    branches: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    for argument in arguments:
        if isinstance(argument, Tuple) and len(argument.entries) == 2:
            value, condition = argument.entries
            if condition == Constant("true"):
                otherwise = value
                break
            branches.append((value, condition))
        elif argument is arguments[-1]:
            otherwise = argument
        else:
            raise _misused(parser, token)
    if not branches:
        raise _misused(parser, token)
    return Conditional(tuple(branches), otherwise, span=parser.since(token.span[0]))


def _variable(parser: Parser, node: Node) -> Symbol:
    if isinstance(node, Symbol):
        return node
    if isinstance(node, Constant) and node.name in ("i", "e"):
        return Symbol(node.name, span=node.span)
    if isinstance(node, Hole):
        return Symbol("x", span=node.span)
    raise parser.fail("calculus", "A variable is needed here.", node.span)


def _rebound(parser: Parser, body: Node, given: Node, variable: Symbol) -> Node:
    """Where `i` is the index of a sum, it is not the imaginary unit in the summand."""
    if not isinstance(given, Constant):
        return body
    if depth(body) > MAX_TREE_DEPTH:
        raise parser.fail("too-deep", "This is nested too deeply.", body.span)
    return replace_leaf(body, given, variable)


# -- as signs ----------------------------------------------------------------------


def _derivative_operator(parser: Parser, token: Token) -> Node:
    body = parser.expression(Binding.PRODUCT if parser.opens("(") else Binding.SUM)
    return Derivative(body, Symbol(token.text, span=token.span), int(token.value), span=parser.since(token.span[0]))


def _derivative_quotient(parser: Parser, token: Token) -> Node:
    """`dy/dx`, where y may be a declared function."""
    function, name = token.text.split()
    variable = Symbol(name, span=token.span)
    applied = function in parser.vocabulary.functions
    body: Node = Apply(function, (variable,), span=token.span) if applied else Symbol(function, span=token.span)
    return Derivative(body, variable, int(token.value), span=token.span)


def _integral_sign(parser: Parser, token: Token) -> Node:
    start, lower, upper = token.span[0], None, None
    while parser.token.is_op("_", "^"):
        if parser.take().text == "_":
            lower = parser.script()
        else:
            upper = parser.script()
    empty = parser.token.kind == "differential"
    body: Node = Number(parser.token.value + 1, "1", span=parser.token.span) if empty else parser.expression(Binding.RELATION)
    if parser.token.kind == "differential":
        ending = parser.take()
        variable = Symbol(ending.text, span=ending.span)
        body = _rebound(parser, body, Constant(ending.text), variable) if ending.text in "ei" else body
    elif parser.tolerant:
        variable = Symbol("x")
    else:
        raise parser.fail("integral", "This integral has no differential. Write ∫ f dx, or integrate(f, x).", token.span)
    if (lower is None) != (upper is None):
        lower = lower if lower is not None else parser.missing("The lower limit of this integral is missing.")
        upper = upper if upper is not None else parser.missing("The upper limit of this integral is missing.")
    return Bound("integral", body, variable, lower, upper, span=parser.since(start))


def _sum_sign(parser: Parser, token: Token) -> Node:
    start, lower, upper = token.span[0], None, None
    given: Node = Hole()
    while parser.token.is_op("_", "^"):
        if parser.take().text == "_":
            given, lower = _start_of_index(parser, token)
        else:
            upper = parser.script()
    if lower is None or upper is None:
        if not parser.tolerant:
            raise _misused(parser, token)
        lower, upper = lower or Hole(), upper or Hole()
    variable = _variable(parser, given)
    body = _rebound(parser, parser.expression(Binding.SUM), given, variable)
    return Bound(cast(Operator, token.text), body, variable, lower, upper, span=parser.since(start))


def _start_of_index(parser: Parser, token: Token) -> tuple[Node, Node | None]:
    condition = parser.script()
    if isinstance(condition, Relation) and condition.signs == ("=",):
        return condition.operands[0], condition.operands[1]
    if parser.tolerant:
        return condition if isinstance(condition, Symbol) else Hole(), None
    raise _misused(parser, token)


def _supremum_sign(parser: Parser, token: Token) -> Node:
    start = token.span[0]
    if not parser.takes("_"):
        raise _misused(parser, token)
    condition: Node | None = parser.script()
    if isinstance(condition, Membership):
        given = condition.element
    elif isinstance(condition, Relation):
        given = next((operand for operand in condition.operands if isinstance(operand, Symbol)), condition)
    else:
        given, condition = cast(Node, condition), None
    variable = _variable(parser, given)
    body = parser.expression(Binding.SUM)
    return Bound(cast(Operator, token.text), body, variable, condition=condition, span=parser.since(start))


def _limit_sign(parser: Parser, token: Token) -> Node:
    start = token.span[0]
    if not parser.takes("_"):
        given, point, side = _bare_approach(parser, token)
    else:
        opening = parser.take()
        if opening.kind != "open":
            raise _misused(parser, token)
        with parser.nested("expression"):
            given, point, side = _approach(parser, token, _closing(parser))
        grammar_sets.close(parser, opening, "}" if opening.text == "{" else ")")
    variable = _variable(parser, given)
    body = _rebound(parser, parser.expression(Binding.SUM), given, variable)
    return Limit(body, variable, point, side, span=parser.since(start))


def _bare_approach(parser: Parser, token: Token) -> tuple[Node, Node, Side]:
    """`lim x -> a`, where the point is one atom."""
    given = parser.script()
    if not parser.takes("->"):
        raise _misused(parser, token)
    return given, parser.script(), "both"


def _approach(parser: Parser, token: Token, end: int) -> tuple[Node, Node, Side]:
    """`x -> a`, `x -> a+`, `x -> a^-`, up to the token with the index `end`."""
    side = _take_side(parser, end)
    given = parser.script()
    if not parser.takes("->"):
        if parser.tolerant:
            return given, Hole(), "both"
        raise _misused(parser, token)
    return given, parser.expression(Binding.RELATION), side


def _take_side(parser: Parser, end: int) -> Side:
    """Remove the sign that says from which side: the last token before `end`, raised or not."""
    place = end - 1
    grouped = parser.tokens[place].kind == "close"
    place -= grouped
    sign = parser.tokens[place]
    if not sign.is_op("+", "-") or parser.tokens[place - 1].is_op("->"):
        return "both"
    start = place - grouped
    if parser.tokens[start - 1].is_op("^"):
        start -= 1
    elif grouped:
        return "both"
    del parser.tokens[start:end]
    return "right" if sign.text == "+" else "left"


def _closing(parser: Parser) -> int:
    """The index of the token that closes the bracket just opened, or of the stop."""
    depth, place = 1, parser.at
    while parser.tokens[place].kind != "stop":
        depth += (parser.tokens[place].kind == "open") - (parser.tokens[place].kind == "close")
        if depth == 0:
            break
        place += 1
    return place
