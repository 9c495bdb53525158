"""The closed tree that typed mathematics is read into.

Everything a learner or an author can type is one of the nodes below; the judge
builds SymPy objects from them, the printer sets them as TeX, and nothing else
ever sees the text. Nodes are frozen and compare by structure: where they stood
in the text (`span`) does not take part in comparison.

Sums and products are n-ary, so that a long sum is a wide tree and not a deep one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Half-open range of positions in the text as typed, in characters."""

NOWHERE: Span = (0, 0)

RelationSign = Literal["=", "!=", "<", "<=", ">", ">="]
Connective = Literal["and", "or", "not", "implies", "iff"]
SetOperator = Literal["union", "intersection", "difference"]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact rational: `3`, `0.1` (which is 1/10). `text` is what was typed, for printing."""

    value: Fraction
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """`pi`, `e`, `i`, `infinity`, `true`, `false`, or a set: `reals`, `integers`, `naturals`, `rationals`, `complexes`, `emptyset`."""

    name: str


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A name of the learner's, in canonical form: `x`, `alpha`, `x_1`, `lambda`, `kxy`."""

    name: str


@dataclass(frozen=True, slots=True)
class Hole(Node):
    """A place where something is still missing. Only the preview sees it: a tree with a hole is never judged."""


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """Minus an operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class PlusMinus(Node):
    """`± a`: two values at once (the operand with either sign)."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Two or more terms; a term that is subtracted is a `Negative`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Two or more factors, written with or without a sign."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Quotient(Node):
    """Numerator over denominator, never simplified: `2x/4` stays `2x/4`."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Power(Node):
    """Base to an exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function that the language knows (see `reader.FUNCTIONS`), under its canonical name: `sin`, `ln`, `abs`, `max`, `relu`."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A declared function applied: `f(x)`, `f''(x)` with two primes."""

    function: str
    arguments: tuple[Node, ...]
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Bound(Node):
    """An operator that binds a variable over a range: `integral`, `sum`, `product`, `supremum`, `infimum`.

    `lower` and `upper` are both given or both `None` (an antiderivative, or a supremum whose `condition` says where).
    """

    operator: Literal["integral", "sum", "product", "supremum", "infimum"]
    body: Node
    variable: Symbol
    lower: Node | None = None
    upper: Node | None = None
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """The derivative of the body in the variable, `order` times."""

    body: Node
    variable: Symbol
    order: int = 1


@dataclass(frozen=True, slots=True)
class Limit(Node):
    """The limit of the body as the variable goes to the point, from the side."""

    body: Node
    variable: Symbol
    point: Node
    side: Literal["both", "left", "right"] = "both"


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """Values under conditions, tried in order; `otherwise` is `None` when the author left it out."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None = None


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A chain `a < b <= c`: one operand more than there are signs."""

    operands: tuple[Node, ...]
    signs: tuple[RelationSign, ...]


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`element in set`, or its negation."""

    element: Node
    container: Node
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Statements joined by a connective; `not` has one operand, `implies` and `iff` two, `and` and `or` two or more."""

    connective: Connective
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """An interval with its ends; an infinite end is open."""

    lower: Node
    upper: Node
    lower_closed: bool
    upper_closed: bool


@dataclass(frozen=True, slots=True)
class FiniteSet(Node):
    """The set of the listed elements; empty for `{}`."""

    elements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class SetBuilder(Node):
    """`{x : condition}`, the reals that satisfy a condition."""

    variable: Symbol
    condition: Node


@dataclass(frozen=True, slots=True)
class SetOperation(Node):
    """Union, intersection (two or more operands) or difference (two)."""

    operator: SetOperator
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tuple(Node):
    """`(1, 2, 3)`: entries in order."""

    entries: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Several(Node):
    """`2, 3` or `x = 2 or 3`: several answers side by side, without brackets. Only ever the root of a tree; none of the values is one."""

    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of equal length."""

    rows: tuple[tuple[Node, ...], ...]


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below a node, in the order of the text."""
    for part in fields(node):
        if part.name != "span":
            yield from _nodes_in(getattr(node, part.name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it. Needs no recursion, so depth is no matter."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))
