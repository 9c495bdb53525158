"""Exact evaluation for templates: names replaced by trees, rational arithmetic carried out, statements decided.

What is not rational arithmetic stays as it stands: `evaluate` simplifies nothing else. All numbers are exact and bounded, so that no
template can hang or fill the memory.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from companion.answers.errors import ReadError
from companion.answers.transform import MAX_TREE_DEPTH, depth, with_children
from companion.answers.tree import (
    Bound,
    Call,
    Conditional,
    Constant,
    Derivative,
    FiniteSet,
    Interval,
    Limit,
    Logic,
    Membership,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    SetBuilder,
    Sum,
    Symbol,
)

MAX_EXPONENT: Final = 10_000
MAX_DIGITS: Final = 10_000
MAX_FACTORIAL: Final = 20
MAX_BINOMIAL: Final = 1_000

TRUE: Final = Constant("true")
FALSE: Final = Constant("false")


def evaluate(node: Node, values: Mapping[str, Node]) -> Node:
    """The tree with the named symbols replaced by their values and rational arithmetic carried out.

    Comparisons, memberships and statements about numbers become `true` or `false`; what is not decidable stays.
    A name that an integral, a sum, a limit, a derivative or a set binds is not replaced inside it.
    Raises ReadError (`evaluate.division-by-zero`, `evaluate.budget`) for what has no value or too large a one.
    """
    result = _evaluated(node, {name: _evaluated(value, {}) for name, value in values.items()})
    if depth(result) > MAX_TREE_DEPTH:
        raise ReadError("evaluate.budget", "This expression becomes too deep.", node.span)
    return result


def truth(node: Node) -> bool:
    """Whether an evaluated statement is true. Raises ReadError (`evaluate.undecided`) if it is not decided."""
    if node == TRUE:
        return True
    if node == FALSE:
        return False
    raise ReadError("evaluate.undecided", "This condition is not decided by the values alone.", node.span)


def _evaluated(node: Node, values: Mapping[str, Node]) -> Node:
    if isinstance(node, Symbol):
        return values.get(node.name, node)
    inside, outside = values, _outside(node)
    if isinstance(node, Bound | Derivative | Limit | SetBuilder):
        inside = {name: value for name, value in values.items() if name != node.variable.name}
    rebuilt = with_children(node, lambda child: _evaluated(child, values if any(child is part for part in outside) else inside))
    fold = _FOLDS.get(type(rebuilt))
    return fold(rebuilt) if fold else rebuilt


def _outside(node: Node) -> tuple[Node | None, ...]:
    """The parts of a node in which its own variable is not bound."""
    if isinstance(node, Bound):
        return (node.lower, node.upper)
    return (node.point,) if isinstance(node, Limit) else ()


def _number(value: Fraction | int, node: Node) -> Number:
    value = Fraction(value)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_DIGITS * 3.33:
        raise ReadError("evaluate.budget", f"A number here has more than {MAX_DIGITS} digits.", node.span)
    return Number(value, span=node.span)


def _negative(node: Negative) -> Node:
    return _number(-node.operand.value, node) if isinstance(node.operand, Number) else node


def _sum(node: Sum) -> Node:
    """The numbers of a sum are added, in the place of the first of them."""
    total = sum((term.value for term in node.terms if isinstance(term, Number)), Fraction(0))
    terms: list[Node] = []
    place: int | None = None
    for term in node.terms:
        if isinstance(term, Number):
            place = len(terms) if place is None else place
        else:
            terms.append(term)
    if place is not None and (total != 0 or not terms):
        terms.insert(place, _number(total, node))
    return terms[0] if len(terms) == 1 else node if len(terms) == len(node.terms) else Sum(tuple(terms), span=node.span)


def _product(node: Product) -> Node:
    """The numbers of a product are multiplied, in front."""
    numbers = [factor for factor in node.factors if isinstance(factor, Number)]
    if not numbers:
        return node
    factors = [factor for factor in node.factors if not isinstance(factor, Number)]
    value = _number(math.prod((number.value for number in numbers), start=Fraction(1)), node)
    if not factors or value.value == 0:
        return value
    if abs(value.value) != 1:
        size = numbers[0] if len(numbers) == 1 and value.value > 0 else _number(abs(value.value), node)
        factors.insert(0, size)
    product = factors[0] if len(factors) == 1 else Product(tuple(factors), span=node.span)
    return product if value.value > 0 else Negative(product, span=node.span)


def _quotient(node: Quotient) -> Node:
    if not isinstance(node.denominator, Number):
        return node
    if node.denominator.value == 0:
        raise ReadError("evaluate.division-by-zero", "This divides by zero.", node.span)
    if isinstance(node.numerator, Number):
        return _number(node.numerator.value / node.denominator.value, node)
    return node.numerator if node.denominator.value == 1 else node


def _power(node: Power) -> Node:
    if not isinstance(node.exponent, Number):
        return node
    exponent = node.exponent.value
    if isinstance(node.base, Number):
        if exponent.denominator == 1:
            return _number(_rational_power(node.base.value, exponent.numerator, node), node)
        root = _exact_root(node.base.value, exponent.denominator)
        return node if root is None else _number(_rational_power(root, exponent.numerator, node), node)
    if exponent == 1:
        return node.base
    return _number(1, node) if exponent == 0 else node


def _rational_power(base: Fraction, exponent: int, node: Node) -> Fraction:
    if abs(exponent) > MAX_EXPONENT:
        raise ReadError("evaluate.budget", f"An exponent here is larger than {MAX_EXPONENT}.", node.span)
    if base == 0 and exponent < 0:
        raise ReadError("evaluate.division-by-zero", "This divides by zero.", node.span)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(base) != 1 and bits * abs(exponent) > MAX_DIGITS * 3.33 + bits:
        raise ReadError("evaluate.budget", f"A power here has more than {MAX_DIGITS} digits.", node.span)
    return base**exponent


def _exact_root(value: Fraction, index: int) -> Fraction | None:
    """The nonnegative rational root, if there is one."""
    if value < 0 or index > 64:
        return None
    numerator, denominator = _integer_root(value.numerator, index), _integer_root(value.denominator, index)
    return None if numerator is None or denominator is None else Fraction(numerator, denominator)


def _integer_root(value: int, index: int) -> int | None:
    low, high = 0, 1 << (value.bit_length() // index + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**index < value:
            low = middle + 1
        else:
            high = middle
    return low if low**index == value else None


# -- functions -------------------------------------------------------------------


def _factorial(value: Fraction) -> Fraction | None:
    whole = value.denominator == 1 and 0 <= value <= MAX_FACTORIAL
    return Fraction(math.factorial(value.numerator)) if whole else None


def _binomial(upper: Fraction, lower: Fraction) -> Fraction | None:
    whole = upper.denominator == lower.denominator == 1 and 0 <= upper <= MAX_BINOMIAL and lower >= 0
    return Fraction(math.comb(upper.numerator, lower.numerator)) if whole else None


def _modulo(value: Fraction, modulus: Fraction) -> Fraction | None:
    return value % modulus if modulus else None


def _of_integers(function: Callable[..., int]) -> Callable[..., Fraction | None]:
    def applied(*values: Fraction) -> Fraction | None:
        whole = all(value.denominator == 1 for value in values)
        return Fraction(function(*(value.numerator for value in values))) if whole else None

    return applied


def _root(value: Fraction, index: Fraction) -> Fraction | None:
    return _exact_root(value, index.numerator) if index.denominator == 1 and index > 0 else None


_FUNCTIONS: Final[dict[str, Callable[..., Fraction | int | None]]] = {
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "sign": lambda value: (value > 0) - (value < 0),
    "relu": lambda value: max(value, Fraction(0)),
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
    "gcd": _of_integers(math.gcd),
    "lcm": _of_integers(math.lcm),
    "factorial": _factorial,
    "binomial": _binomial,
    "mod": _modulo,
    "sqrt": lambda value: _exact_root(value, 2),
    "cbrt": lambda value: _exact_root(value, 3),
    "root": _root,
}


def _call(node: Call) -> Node:
    function = _FUNCTIONS.get(node.function)
    arguments = [argument.value for argument in node.arguments if isinstance(argument, Number)]
    if function is None or len(arguments) != len(node.arguments):
        return node
    value = function(*arguments)
    return node if value is None else _number(value, node)


# -- statements ------------------------------------------------------------------

_COMPARISONS: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def _decided(value: bool | None, node: Node) -> Node:
    return node if value is None else TRUE if value else FALSE


def _relation(node: Relation) -> Node:
    pairs = zip(node.operands, node.signs, node.operands[1:], strict=False)
    return _decided(_all([_compared(left, sign, right) for left, sign, right in pairs]), node)


def _compared(left: Node, sign: str, right: Node) -> bool | None:
    if isinstance(left, Number) and isinstance(right, Number):
        return _COMPARISONS[sign](left.value, right.value)
    return None


def _known(node: Node) -> bool | None:
    return {"true": True, "false": False}.get(node.name) if isinstance(node, Constant) else None


def _all(values: list[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


def _logic(node: Logic) -> Node:
    known = [_known(operand) for operand in node.operands]
    opposite = [None if value is None else not value for value in known]
    if node.connective == "and":
        return _decided(_all(known), node)
    if node.connective == "not":
        return _decided(opposite[0], node)
    if node.connective == "iff":
        return _decided(None if None in known else known[0] == known[1], node)
    against = _all(opposite if node.connective == "or" else [known[0], opposite[1]])
    return _decided(None if against is None else not against, node)


def _membership(node: Membership) -> Node:
    if not isinstance(node.element, Number):
        return node
    inside = _contains(node.container, node.element)
    return _decided(inside if inside is None or not node.negated else not inside, node)


def _contains(container: Node, element: Number) -> bool | None:
    if isinstance(container, FiniteSet):
        equal = [_compared(element, "!=", other) for other in container.elements]
        different = _all(equal)
        return None if different is None else not different
    if isinstance(container, Interval):
        above = _end(container.lower, "<=" if container.lower_closed else "<", element, flipped=False)
        below = _end(container.upper, "<=" if container.upper_closed else "<", element, flipped=True)
        return _all([above, below])
    whole = element.value.denominator == 1
    named = {"reals": True, "complexes": True, "rationals": True, "integers": whole, "emptyset": False}
    if isinstance(container, Constant):
        return False if container.name == "naturals" and (not whole or element.value < 0) else named.get(container.name)
    return None


def _end(end: Node, sign: str, element: Number, *, flipped: bool) -> bool | None:
    infinite = Constant("infinity")
    if end == (infinite if flipped else Negative(infinite)):
        return True
    return _compared(element, sign, end) if flipped else _compared(end, sign, element)


def _conditional(node: Conditional) -> Node:
    branches: list[tuple[Node, Node]] = []
    for value, condition in node.branches:
        known = _known(condition)
        if known and not branches:
            return value
        if known:
            return Conditional(tuple(branches), value, span=node.span)
        if known is None:
            branches.append((value, condition))
    if not branches and node.otherwise is not None:
        return node.otherwise
    return node if not branches or len(branches) == len(node.branches) else Conditional(tuple(branches), node.otherwise, span=node.span)


_FOLDS: Final[dict[type[Node], Callable[[Any], Node]]] = {
    Negative: _negative,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Call: _call,
    Relation: _relation,
    Logic: _logic,
    Membership: _membership,
    Conditional: _conditional,
}
