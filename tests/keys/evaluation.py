"""The value of a formula that was read: numbers only, and nothing of the judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt
from typing import Any, TypeAlias

from mpmath import mp

from companion.answers import tree

Value: TypeAlias = Any
"""A number of mpmath, which has no types of its own."""

_CONSTANTS: Mapping[str, Callable[[], Value]] = {"pi": lambda: +mp.pi, "e": lambda: +mp.e, "infinity": lambda: mp.inf}
_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "exp": mp.exp,
    "ln": mp.log,
    "sqrt": mp.sqrt,
    "sin": mp.sin,
    "cos": mp.cos,
    "asin": mp.asin,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "tanh": mp.tanh,
    "abs": abs,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "min": min,
    "max": max,
    "relu": lambda t: max(t, mp.mpf(0)),
    "sign": mp.sign,
}
_COMPARISONS: Mapping[str, Callable[[Value, Value], bool]] = {
    "=": eq,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def value(node: tree.Node, values: Mapping[str, Value]) -> Value:
    """The value of a formula for given values of its symbols. Raises `KeyError` or `TypeError` for what is none."""
    match node:
        case tree.Number():
            return mp.mpf(node.value.numerator) / node.value.denominator
        case tree.Constant():
            return _CONSTANTS[node.name]()
        case tree.Symbol():
            return mp.mpf(values[node.name])
        case tree.Negative():
            return -value(node.operand, values)
        case tree.Sum():
            return sum((value(term, values) for term in node.terms), mp.mpf(0))
        case tree.Product():
            return mp.fprod(value(factor, values) for factor in node.factors)
        case tree.Quotient():
            return value(node.numerator, values) / value(node.denominator, values)
        case tree.Power():
            return value(node.base, values) ** value(node.exponent, values)
        case tree.Call():
            return _FUNCTIONS[node.function](*(value(argument, values) for argument in node.arguments))
        case tree.Conditional():
            return value(_branch(node, values), values)
        case tree.Bound(operator="integral", lower=tree.Node(), upper=tree.Node()):
            return _integral(node, values)
        case _:
            raise TypeError(f"{type(node).__name__} has no numerical value")


def holds(statement: tree.Node, values: Mapping[str, Value]) -> bool:
    """Whether a chain of comparisons is true for given values of its symbols."""
    if not isinstance(statement, tree.Relation):
        raise TypeError(f"{type(statement).__name__} is no comparison")
    sides = [value(operand, values) for operand in statement.operands]
    return all(_COMPARISONS[sign](left, right) for left, sign, right in zip(sides, statement.signs, sides[1:], strict=False))


def symbols_of(node: tree.Node) -> set[str]:
    """The names of the symbols in a formula."""
    return {part.name for part in tree.walk(node) if isinstance(part, tree.Symbol)}


def _branch(node: tree.Conditional, values: Mapping[str, Value]) -> tree.Node:
    for result, condition in node.branches:
        if holds(condition, values):
            return result
    if node.otherwise is None:
        raise TypeError("no case applies")
    return node.otherwise


def _integral(node: tree.Bound, values: Mapping[str, Value]) -> Value:
    """An integral by quadrature; a half-line is cut into pieces, so that an integrand may oscillate there."""
    assert node.lower is not None
    assert node.upper is not None
    lower, upper = value(node.lower, values), value(node.upper, values)
    ends = [lower + k for k in range(60)] + [mp.inf] if upper == mp.inf else [lower, upper]
    return mp.quad(lambda x: value(node.body, {**values, node.variable.name: x}), ends)
