"""Points at which formulas with giant powers or exponentials have values of ordinary size.

Where two values have thousands of digits in front of the point, equal leading digits do not tell whether the formulas
differ by something ordinary. Along the ray from the origin through such a point, the size of the values usually
falls steadily, so that a point with ordinary values is found by halving.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import mpmath
import sympy

from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.values import Gaussian, NoValueError, Point, inexact

ORDINARY = (-3, 12)
"""Between which powers of ten the larger of the values should lie."""
HALVINGS = 24
DIGITS = 30


def at_ordinary_size(formulas: Sequence[sympy.Expr], point: Point) -> Point | None:
    """A point on the ray through the given one where the largest of the formulas' values is of ordinary size, or `None`."""
    small, large = Fraction(0), Fraction(1)
    for _ in range(HALVINGS):
        middle = (small + large) / 2
        shrunk = {symbol: _times(middle, value) for symbol, value in point.items()}
        magnitude = _magnitude(formulas, shrunk)
        if magnitude is None or magnitude > ORDINARY[1]:
            large = middle
        elif magnitude < ORDINARY[0]:
            small = middle
        else:
            return shrunk
    return None


def _times(factor: Fraction, value: Fraction | Gaussian) -> Fraction | Gaussian:
    if isinstance(value, Gaussian):
        return Gaussian(factor * value.real, factor * value.imaginary)
    return factor * value


def _magnitude(formulas: Sequence[sympy.Expr], point: Point) -> int | None:
    """The power of ten of the largest value, or `None` when some formula has none."""
    with mpmath.workdps(DIGITS):
        try:
            size = max(abs(inexact(Evaluator(point)(formula))) for formula in formulas)
        except NoValueError:
            return None
        return int(mpmath.floor(mpmath.log10(size))) if size else -(10**9)
