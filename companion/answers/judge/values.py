"""Values: exact rationals and floating point of any precision, and how they are compared with zero."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

import mpmath
import sympy
from mpmath import mp

Real: TypeAlias = Any
Value: TypeAlias = Any
"""A `Fraction` (exact), an `mpf` or an `mpc`."""


class Gaussian(NamedTuple):
    """A complex number with rational parts, used as an exact coordinate of a sampling point."""

    real: Fraction
    imaginary: Fraction


Coordinate: TypeAlias = Fraction | Gaussian
Point: TypeAlias = Mapping[sympy.Symbol, Coordinate]

EXACT_BITS = 4000
"""Rational numbers with larger parts are rounded."""
LARGEST_LOGARITHM = 10**15
"""Powers and exponentials beyond e^(this) have no value here: computing them would take for ever."""
LARGEST_ANGLE = mpmath.mpf(10) ** 40


class NoValueError(ArithmeticError):
    """The expression has no value at the point, or none that can be computed reliably."""


def inexact(value: Value) -> Value:
    """The value as an `mpf` or `mpc` of the present precision."""
    if isinstance(value, Fraction):
        return mpmath.mpf(value.numerator) / value.denominator
    if isinstance(value, Gaussian):
        return mpmath.mpc(inexact(value.real), inexact(value.imaginary))
    return value


def subtract(left: Value, right: Value) -> Value:
    """The difference, exact when both are."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left - right
    return inexact(left) - inexact(right)


def is_real(value: Value) -> bool:
    """Whether the value is real, up to rounding."""
    if isinstance(value, mpmath.mpc):
        return bool(abs(value.imag) <= mpmath.mpf(10) ** (8 - mp.dps) * max(abs(value.real), mpmath.mpf(10) ** (-mp.dps)))
    return True


def real_part(value: Value) -> Real:
    """The value as a real number; raises `NoValueError` when it is not one."""
    if not is_real(value):
        raise NoValueError("not a real number")
    return value.real if isinstance(value, mpmath.mpc) else value


def sign_of(value: Value, complex_allowed: bool = False) -> int:
    """-1, 0 or 1; raises `NoValueError` when rounding hides it. A nonzero complex number has sign 1 where that is allowed."""
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    if abs(value) <= mpmath.mpf(10) ** (12 - mp.dps):
        raise NoValueError("too close to zero to tell")
    if complex_allowed and not is_real(value):
        return 1
    return 1 if real_part(value) > 0 else -1


def checked(value: Value) -> Value:
    """The value if it is finite, rounded when it is an unwieldy fraction; raises `NoValueError` otherwise."""
    if isinstance(value, Fraction):
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > EXACT_BITS:
            return inexact(value)
        return value
    if isinstance(value, int):
        return Fraction(value)
    if not mpmath.isfinite(value):
        raise NoValueError("not finite")
    return _without_noise(value) if isinstance(value, mpmath.mpc) else value


def _without_noise(value: Any) -> Value:
    """A complex value with a part that is only rounding set to zero, so that it does not fall on the wrong side of a branch cut."""
    noise = mpmath.mpf(10) ** (8 - mp.dps)
    if abs(value.imag) <= noise * abs(value.real):
        return value.real
    if abs(value.real) <= noise * abs(value.imag):
        return mpmath.mpc(0, value.imag)
    return value


def raise_to(base: Value, exponent: Value) -> Value:
    """Base to the exponent, principal branch; raises `NoValueError` for 0 to a negative power and for giants."""
    if base == 0:
        if exponent == 0:
            return Fraction(1)
        if real_part(exponent) > 0:
            return Fraction(0)
        raise NoValueError("division by zero")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        power = exponent.numerator
        size = max(base.numerator.bit_length(), base.denominator.bit_length()) * abs(power)
        if size <= EXACT_BITS or abs(base) == 1:
            return base**power if abs(base) != 1 else Fraction(1 if base == 1 or power % 2 == 0 else -1)
    base = inexact(base)
    if abs(exponent) * abs(mpmath.log(abs(base))) > LARGEST_LOGARITHM:
        raise NoValueError("too large")
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        return base**exponent.numerator
    return mpmath.power(base, inexact(exponent))
