"""Metrics on the line and sets of numbers, point by point, for the confirmation of keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import product

from mpmath import mp

from companion.answers import tree
from tests.keys.evaluation import Value, value

Distance = Callable[[float, float], float]


def usual(x: float, y: float) -> float:
    """The usual distance on the line."""
    return abs(x - y)


def truncated(x: float, y: float) -> float:
    """The usual distance, cut off at 1."""
    return min(abs(x - y), 1.0)


def discrete(x: float, y: float) -> float:
    """The discrete metric."""
    return float(x != y)


def is_metric(d: Distance, points: list[float]) -> bool:
    """Whether the axioms of a metric hold for all of these points."""
    separated = all((d(x, y) == 0) == (x == y) and d(x, y) >= 0 for x, y in product(points, points))
    symmetric = all(math.isclose(d(x, y), d(y, x)) for x, y in product(points, points))
    return separated and symmetric and all(d(x, z) <= d(x, y) + d(y, z) + 1e-12 for x, y, z in product(points, repeat=3))


def belongs(node: tree.Node, x: float) -> bool:
    """Whether a number lies in a set of intervals and numbers, or in the set of all real numbers."""
    if isinstance(node, tree.Interval):
        lower, upper = value(node.lower, {}), value(node.upper, {})
        return bool((lower < x or (node.lower_closed and x == lower)) and (x < upper or (node.upper_closed and x == upper)))
    if isinstance(node, tree.FiniteSet):
        return any(value(element, {}) == x for element in node.elements)
    if isinstance(node, tree.SetOperation):
        assert node.operator == "union"
        return any(belongs(part, x) for part in node.operands)
    assert node == tree.Constant("reals")
    return True


def grid(lower: int, upper: int, step: int) -> Iterator[Value]:
    """The multiples of one over `step` from `lower` to `upper`."""
    return (mp.mpf(k) / step for k in range(lower * step, upper * step + 1))
