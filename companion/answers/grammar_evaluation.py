r"""What stands between two ends: `[F(t)]_a^b`, `\left.F\right|_{t=a}^{t=b}`, and at one point `[F]_{t=a}`.

It is read as F(b) − F(a), with the ends put in, so that the reading shows what it means; at an infinite end the limit is taken. Which
variable moves is either said at an end, or the formula has only one that the ends do not name themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from companion.answers.transform import replace_leaf
from companion.answers.tree import (
    Apply,
    Bound,
    Constant,
    Derivative,
    Hole,
    Limit,
    Negative,
    Node,
    Relation,
    SetBuilder,
    Sum,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from companion.answers.grammar import Parser

WHICH = "Say which variable moves between the ends, as in [F(t)]_{t=0}^{t=1}."


def evaluated(parser: Parser, body: Node, start: int) -> Node:
    """The difference of a formula's values at the ends that follow it; `_` is next."""
    parser.take()
    said, lower = _end(parser)
    upper: Node | None = None
    if parser.takes("^"):
        also_said, upper = _end(parser)
        if said is not None and also_said not in (None, said) and not parser.tolerant:
            raise parser.fail("evaluation", "The same variable must stand at both ends.", parser.since(start))
        said = said or also_said
    ends = [lower] if upper is None else [lower, upper]
    if _names_a_function(body, parser, said):
        body, said = Apply(body.name, (_SLOT,), span=body.span), _SLOT
    variable = said or (_moving(body, ends) if upper is not None else None)
    if variable is None:
        return _refused(parser, body, WHICH, start)
    if variable not in walk(body):
        return _refused(parser, body, f"{variable.name} does not stand in the brackets, so that nothing moves.", start)
    if _is_bound(body, variable, ends):
        return _refused(parser, body, "Use a letter at the ends that stands nowhere else in the brackets.", start)
    values = [_at(body, variable, end, parser.since(start)) for end in ends]
    if len(values) == 1:
        return values[0]
    return Sum((values[1], Negative(values[0], span=values[0].span)), span=parser.since(start))


_SLOT = Symbol("·")
"""Stands for the argument of a function that is named without one."""


def _names_a_function(body: Node, parser: Parser, said: Symbol | None) -> TypeGuard[Symbol]:
    """Whether a name stands in the brackets alone that means a function, as in `[F]_a^b`."""
    if not isinstance(body, Symbol) or body == said:
        return False
    known = parser.vocabulary
    return body.name in known.functions or (known.open and body.name not in known.symbols and body.name.isupper())


def begins(parser: Parser) -> bool:
    """Whether the square bracket that is next is followed by the ends of what stands in it."""
    depth = ahead = 0
    while parser.peek(ahead).kind != "stop":
        depth += (parser.peek(ahead).kind == "open") - (parser.peek(ahead).kind == "close")
        ahead += 1
        if depth == 0:
            break
    return parser.peek(ahead).is_op("_")


def _refused(parser: Parser, body: Node, message: str, start: int) -> Node:
    if parser.tolerant:
        return body
    raise parser.fail("evaluation", message, parser.since(start))


def _end(parser: Parser) -> tuple[Symbol | None, Node]:
    """The variable that an end names, if it names one, and its value: `{t=a}`, or `a` alone."""
    node = parser.script()
    if isinstance(node, Relation) and node.signs == ("=",) and isinstance(node.operands[0], Symbol):
        return node.operands[0], node.operands[1]
    return None, node


def _moving(body: Node, ends: list[Node]) -> Symbol | None:
    """The only variable of the formula, or the only one that the ends do not name."""
    bound = {part.variable for part in walk(body) if isinstance(part, Bound | Limit | SetBuilder)}
    names = {part for part in walk(body) if isinstance(part, Symbol)} - bound
    others = names - {part for end in ends for part in walk(end)}
    for found in (names, others):
        if len(found) == 1:
            return next(iter(found))
    return None


def _is_bound(body: Node, variable: Symbol, ends: list[Node]) -> bool:
    """Whether an operator in the formula binds its variable or a name of the ends, so that nothing can be put in."""
    bound = {part.variable for part in walk(body) if isinstance(part, Bound | Limit | SetBuilder | Derivative)}
    return bool(bound & {variable, *(part for end in ends for part in walk(end) if isinstance(part, Symbol))})


def _at(body: Node, variable: Symbol, end: Node, span: tuple[int, int]) -> Node:
    if (end.operand if isinstance(end, Negative) else end) == Constant("infinity"):
        return Limit(body, variable, end, span=span)
    return body if isinstance(end, Hole) else replace_leaf(body, variable, end)
