"""The value of a formula that was read: numbers only, and nothing of the judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    "abs": abs,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "min": min,
    "max": max,
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
        case _:
            raise TypeError(f"{type(node).__name__} has no numerical value")
