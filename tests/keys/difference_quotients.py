"""Derivatives of functions of one variable by difference quotients, and a few functions to try theorems on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from mpmath import mp

Number: TypeAlias = Any
Function: TypeAlias = Callable[[Number], Number]
STEP = mp.mpf("1e-4")


def slope(f: Function, x: Number, h: Number = STEP) -> Number:
    """The symmetric difference quotient."""
    return (f(x + h) - f(x - h)) / (2 * h)


def second_derivative(f: Function, x: Number, h: Number = STEP) -> Number:
    """The symmetric second difference quotient."""
    return (f(x + h) - 2 * f(x) + f(x - h)) / (h * h)


def is_close(left: Number, right: Number, tolerance: float = 1e-5) -> bool:
    """Whether two numbers agree up to a relative tolerance (absolute near 0)."""
    return bool(abs(left - right) <= tolerance * (1 + abs(right)))


def relu(x: Number) -> Number:
    """The positive part."""
    return max(x, mp.mpf(0))


def cube_root(x: Number) -> Number:
    """The real cube root."""
    return mp.sign(x) * abs(x) ** (mp.mpf(1) / 3)


def wave(x: Number) -> Number:
    """Differentiable everywhere, with a derivative that is not continuous at 0."""
    return x * x * mp.sin(1 / x) if x else mp.mpf(0)


def is_differentiable_at(f: Function, x: Number) -> bool:
    """Whether the difference quotients from both sides seem to have one real limit."""
    with mp.workdps(50):
        quotients = [(f(x + sign * h) - f(x)) / (sign * h) for sign in (1, -1) for h in (mp.mpf(10) ** -k for k in range(8, 14))]
        return bool(max(quotients) - min(quotients) < 1e-3)
