"""Functions of one variable that are continuous and piecewise linear: built from their slopes, and examined on grids."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

Function = Callable[[float], float]


def relu(t: float) -> float:
    """The positive part."""
    return max(t, 0.0)


def kinks(f: Function, low: float, high: float, step: float) -> list[float]:
    """Where the slope changes strictly between low and high. All kinks have to lie on the grid that starts at `low`."""
    x = low + step * np.arange(round((high - low) / step) + 1)
    values = np.array([float(f(float(point))) for point in x])
    return [float(point) for point in x[1:-1][np.abs(np.diff(values, 2)) > 1e-9]]


def slopes_between(f: Function, breakpoints: list[float]) -> list[float]:
    """The slopes from left to right of a function with these breakpoints."""
    ends = [breakpoints[0] - 1, *breakpoints, breakpoints[-1] + 1]
    return [(float(f(right)) - float(f(left))) / (right - left) for left, right in itertools.pairwise(ends)]


def by_slopes(breakpoints: list[float], slopes: list[float], start: float) -> Function:
    """The continuous function with these breakpoints and slopes, and with a value at the first breakpoint."""

    def f(x: float) -> float:
        if x <= breakpoints[0]:
            return start + slopes[0] * (x - breakpoints[0])
        ends = [*breakpoints[1:], float("inf")]
        return start + sum(slope * (min(x, end) - left) for slope, left, end in zip(slopes[1:], breakpoints, ends, strict=True) if x > left)

    return f


def assert_equal(f: Function, g: Function, low: float = -12.0, high: float = 20.0) -> None:
    """Two functions agree on a grid."""
    x = np.linspace(low, high, 129).tolist()
    assert [float(f(point)) for point in x] == pytest.approx([float(g(point)) for point in x], abs=1e-9)


def assert_convex(f: Function, low: float = -12.0, high: float = 20.0) -> None:
    """Second differences on a grid are not negative."""
    assert np.diff([float(f(point)) for point in np.linspace(low, high, 129).tolist()], 2).min() > -1e-9


def difference(g: Function, h: Function) -> Function:
    """The function g - h."""
    return lambda x: float(g(x) - h(x))
