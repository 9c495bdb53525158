"""Comparing two formulas at one point, with as many digits as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import mpmath
import sympy
from mpmath import mp

from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.values import NoValueError, Point, Value, inexact, subtract

DIGITS = 50
PRECISIONS = (DIGITS, 2 * DIGITS, 4 * DIGITS, 12 * DIGITS)
CLOSE_DIGITS = (8 * DIGITS, 16 * DIGITS)
"""For a last look at formulas that agree but were not proved equal."""
HUGE = mpmath.mpf(10) ** 20
"""Values beyond this may hide a difference of ordinary size behind their leading digits."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be off: `absolute + relative * |key|`."""

    relative: float = 0.0
    absolute: float = 0.0


Verdict = Literal["equal", "different", "unknown"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at one point: the verdict, the answer's value where they differ, and whether every part of the key is real."""

    verdict: Verdict
    value: Value | None = None
    key_is_real: bool = True


UNKNOWN = Sight("unknown")


def at_point(
    answer: sympy.Expr, key: sympy.Expr, point: Point, tolerance: Tolerance | None = None, precisions: Sequence[int] = PRECISIONS
) -> Sight:
    """Compare two expressions at one point.

    A difference counts only when its leading digits are the same at two precisions, so that cancellation is never
    taken for a difference, nor a small difference for cancellation.
    """
    previous: Value | None = None
    for digits in precisions:
        with mpmath.workdps(digits):
            answers, keys = Evaluator(point), Evaluator(point)
            try:
                right = keys(key)
                left = answers(answer)
            except NoValueError:
                return UNKNOWN
            equal, different = Sight("equal", None, not keys.met_complex), Sight("different", left, not keys.met_complex)
            difference = subtract(left, right)
            if tolerance is not None and (tolerance.absolute or tolerance.relative):
                allowed = mpmath.mpf(tolerance.absolute) + mpmath.mpf(tolerance.relative) * abs(inexact(right))
                return equal if abs(inexact(difference)) <= allowed * (1 + mpmath.mpf(10) ** -12) else different
            if isinstance(difference, Fraction):
                return equal if difference == 0 else different
            size, scale = abs(difference), max(abs(inexact(left)), abs(inexact(right)))
            if answers.rough or keys.rough:
                return _roughly(size, scale, equal, different)
            if size <= scale * mpmath.mpf(10) ** (-(mp.dps * 7) // 10):
                if scale <= HUGE:
                    return equal
                hidden = _is_behind_huge_terms(answer, key, point)
                if hidden is None:
                    previous = difference
                    continue
                return different if hidden else equal
            if previous is not None:
                if abs(difference - previous) <= size * mpmath.mpf(10) ** -10:
                    return different
                if size <= abs(previous) * mpmath.mpf(10) ** (-(DIGITS // 2)):
                    return equal
            previous = difference
    return UNKNOWN


def _is_behind_huge_terms(answer: sympy.Expr, key: sympy.Expr, point: Point) -> bool | None:
    """Whether huge values hide a difference, found by leaving out the terms that both have; `None` if more digits are needed."""
    try:
        terms = [inexact(Evaluator(point)(term)) for term in sympy.Add.make_args(answer - key)]
    except NoValueError:
        return None
    scale = max(abs(term) for term in terms)
    if scale > HUGE and (mp.dps * 7) // 10 <= mpmath.log10(scale) + DIGITS // 2:
        return None
    return bool(abs(mpmath.fsum(terms)) > scale * mpmath.mpf(10) ** (-(mp.dps * 7) // 10))


def _roughly(size: Value, scale: Value, equal: Sight, different: Sight) -> Sight:
    """The comparison of values that come from quadrature or extrapolation."""
    if size <= max(scale, mpmath.mpf(1)) * mpmath.mpf(10) ** -12:
        return equal
    return different if size > max(scale, mpmath.mpf(1)) * mpmath.mpf(10) ** -8 else UNKNOWN
