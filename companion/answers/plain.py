"""Tree → typed text: a text that reads back as the same tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from companion.answers.binding import Binding
from companion.answers.levels import ATOM, level, sign_and_rest
from companion.answers.tree import (
    Apply,
    Bound,
    Call,
    Conditional,
    Constant,
    Derivative,
    FiniteSet,
    Hole,
    Interval,
    Limit,
    Logic,
    Matrix,
    Membership,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    SetBuilder,
    SetOperation,
    Several,
    Sum,
    Symbol,
    Tuple,
)

_SET_WORDS: Final = {"union": "union", "intersection": "intersection", "difference": "setminus"}
_BINDERS: Final = {"integral": "integrate", "sum": "sum", "product": "product", "supremum": "sup", "infimum": "infimum"}


def to_text(node: Node) -> str:
    """The tree in plain typed notation, which reads back as the same tree where the same kind is expected. A hole is `?`."""
    return _PRINTERS[type(node)](node)


def _above(node: Node, least: int) -> str:
    """The text, in brackets unless the node binds tighter than `least`."""
    text = to_text(node)
    return text if _text_level(node) > least else f"({text})"


def _text_level(node: Node) -> int:
    if isinstance(node, Bound):
        return Binding.NOTHING if _is_prefix(node) else ATOM
    return ATOM if isinstance(node, Derivative | Limit) else level(node)


def _is_prefix(node: Bound) -> bool:
    return node.operator in ("supremum", "infimum") and node.lower is None


def _number(node: Number) -> str:
    if node.text:
        return node.text
    value = node.value
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _sum(node: Sum) -> str:
    parts = []
    for index, term in enumerate(node.terms):
        sign, rest = sign_and_rest(term)
        text = _above(rest, Binding.SUM)
        parts.append(f"{'' if sign == '+' else sign}{text}" if index == 0 else f" {sign} {text}")
    return "".join(parts)


def _product(node: Product) -> str:
    first, *others = node.factors
    head = to_text(first) if _is_fraction(first) else _above(first, Binding.PRODUCT)
    return "*".join([head, *(_above(factor, Binding.PRODUCT) for factor in others)])


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Quotient) or (isinstance(node, Number) and node.value > 0)


def _left_of_quotient(node: Node) -> str:
    return to_text(node) if isinstance(node, Product | Quotient) else _above(node, Binding.PRODUCT)


def _power(node: Power) -> str:
    exponent = node.exponent
    plain = isinstance(exponent, Symbol | Constant) or (isinstance(exponent, Number) and level(exponent) == ATOM)
    return f"{_above(node.base, Binding.POWER)}^{to_text(exponent) if plain else f'({to_text(exponent)})'}"


def _listed(nodes: tuple[Node, ...]) -> str:
    return ", ".join(_above(node, Binding.NOTHING) for node in nodes)


def _call(node: Call) -> str:
    if node.function == "factorial":
        return f"{_above(node.arguments[0], Binding.POSTFIX)}!"
    return f"{node.function}({_listed(node.arguments)})"


def _bound(node: Bound) -> str:
    if _is_prefix(node):
        sign = "sup" if node.operator == "supremum" else "inf"
        under = to_text(node.condition) if node.condition is not None else to_text(node.variable)
        return f"{sign}_({under}) ({to_text(node.body)})"
    limits = () if node.lower is None or node.upper is None else (node.lower, node.upper)
    return f"{_BINDERS[node.operator]}({_listed((node.body, node.variable, *limits))})"


def _derivative(node: Derivative) -> str:
    order = f", {node.order}" if node.order > 1 else ""
    return f"diff({_listed((node.body, node.variable))}{order})"


def _limit(node: Limit) -> str:
    side = "" if node.side == "both" else f", {node.side}"
    return f"limit({_listed((node.body, node.variable, node.point))}{side})"


def _condition(node: Node) -> str:
    return f"({to_text(node)})" if isinstance(node, Conditional) else to_text(node)


def _conditional(node: Conditional) -> str:
    text = " else ".join(f"{_above(value, Binding.IF)} if {_condition(condition)}" for value, condition in node.branches)
    return text if node.otherwise is None else f"{text} else {_above(node.otherwise, Binding.IF)}"


def _relation(node: Relation) -> str:
    parts = [_above(node.operands[0], Binding.RELATION)]
    for sign, operand in zip(node.signs, node.operands[1:], strict=True):
        parts += [sign, _above(operand, Binding.RELATION)]
    return " ".join(parts)


def _membership(node: Membership) -> str:
    word = "notin" if node.negated else "in"
    return f"{_above(node.element, Binding.RELATION)} {word} {_above(node.container, Binding.RELATION)}"


def _logic(node: Logic) -> str:
    own = level(node)
    if node.connective == "not":
        return f"not {_above(node.operands[0], Binding.NOT)}"
    return f" {node.connective} ".join(_above(operand, own) for operand in node.operands)


def _interval(node: Interval) -> str:
    return f"{'[' if node.lower_closed else '('}{_listed((node.lower, node.upper))}{']' if node.upper_closed else ')'}"


def _set_operation(node: SetOperation) -> str:
    return f" {_SET_WORDS[node.operator]} ".join(_above(operand, Binding.INTERSECTION) for operand in node.operands)


def _tuple(node: Tuple) -> str:
    return f"[{_listed(node.entries)}]" if len(node.entries) == 1 else f"({_listed(node.entries)})"


def _matrix(node: Matrix) -> str:
    if node.rows and len(node.rows) == len(node.rows[0]) == 1:
        return rf"\begin{{pmatrix}}{to_text(node.rows[0][0])}\end{{pmatrix}}"  # `[[x]]` would be a group
    return "[" + ", ".join(f"[{_listed(row)}]" for row in node.rows) + "]"


_PRINTERS: Final[dict[type[Node], Callable[[Any], str]]] = {
    Number: _number,
    Constant: lambda node: node.name,
    Symbol: lambda node: node.name,
    Hole: lambda node: "?",
    Negative: lambda node: f"-{_above(node.operand, Binding.SUM)}",
    PlusMinus: lambda node: f"±{_above(node.operand, Binding.SUM)}",
    Sum: _sum,
    Product: _product,
    Quotient: lambda node: f"{_left_of_quotient(node.numerator)}/{_above(node.denominator, Binding.PRODUCT)}",
    Power: _power,
    Call: _call,
    Apply: lambda node: f"{node.function}{chr(39) * node.primes}({_listed(node.arguments)})",
    Bound: _bound,
    Derivative: _derivative,
    Limit: _limit,
    Conditional: _conditional,
    Relation: _relation,
    Membership: _membership,
    Logic: _logic,
    Interval: _interval,
    FiniteSet: lambda node: "{" + _listed(node.elements) + "}",
    SetBuilder: lambda node: "{" + f"{node.variable.name} : {to_text(node.condition)}" + "}",
    SetOperation: _set_operation,
    Tuple: _tuple,
    Several: lambda node: _listed(node.values),
    Matrix: _matrix,
}
