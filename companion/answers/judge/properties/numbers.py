"""Values and signs of expressions at points, with the digits to be sure of them, and signs that algebra can prove."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domain, Domains
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame, proves_zero
from companion.answers.judge.values import NoValueError, Value, inexact, is_real, real_part, subtract

DIGITS = 50
PRECISIONS = (DIGITS, 2 * DIGITS, 4 * DIGITS, 12 * DIGITS, 20 * DIGITS)
AGREEING = -8
_ZERO, _UNSURE = -30, -20
PROOF_SECONDS = 0.4
WITNESS_SECONDS = 0.2

At = Mapping[sympy.Symbol, Any]


def value_at(expression: sympy.Expr, point: At) -> Value:
    """The real value at a point; raises `NoValueError` where there is none."""
    with mpmath.workdps(DIGITS):
        return real_part(Evaluator(dict(point))(expression))


def order_at(left: sympy.Expr, right: sympy.Expr, point: At) -> int | None:
    """The sign of left minus right at a point; `None` when rounding hides it. Raises `NoValueError` where a side has no real value.

    0 says that they agree to hundreds of digits, not that they are equal: `witness_order_at` tells.
    """
    return _compared(left, right, point)[0]


def witness_order_at(left: sympy.Expr, right: sympy.Expr, point: At) -> int | None:
    """The same, for what equality would refute: 0 only where both sides are rational numbers or algebra shows that they are equal.

    `ln(1+exp(-x))` far out agrees with 0 to any number of digits that one cares to compute, and is positive all the same.
    """
    order, is_exact = _compared(left, right, point)
    if order != 0 or is_exact:
        return order
    known = {symbol: as_number(value) for symbol, value in point.items()}
    difference = attempt(lambda: (left - right).subs(known), WITNESS_SECONDS)
    if difference is None or difference.has(sympy.Float):
        return None
    return 0 if proves_zero(difference, WITNESS_SECONDS) else None


def _compared(left: sympy.Expr, right: sympy.Expr, point: At) -> tuple[int | None, bool]:
    """The sign of left minus right, and whether it is certain. A difference counts when two precisions agree on its leading digits."""
    is_given_roughly = left.has(sympy.Float) or right.has(sympy.Float) or any(isinstance(value, mpmath.mpf) for value in point.values())
    previous: Value | None = None
    for digits in PRECISIONS:
        with mpmath.workdps(digits):
            evaluate = Evaluator(dict(point))
            values = evaluate(left), evaluate(right)
            if not all(map(is_real, values)):
                raise NoValueError("not real")
            difference = subtract(real_part(values[0]), real_part(values[1]))
            if isinstance(difference, Fraction):
                return (difference > 0) - (difference < 0), True
            scale = max(abs(inexact(values[0])), abs(inexact(values[1])))
            if evaluate.rough or is_given_roughly:
                return _roughly(difference, scale, evaluate.rough), False
            if previous and abs(difference - previous) <= abs(difference) * mpmath.mpf(10) ** AGREEING:
                return (1 if difference > 0 else -1), True
            previous = difference
    return 0 if abs(difference) <= scale * mpmath.mpf(10) ** (-PRECISIONS[-1] // 2) else None, False


def _roughly(difference: Value, scale: Value, is_rough: bool) -> int | None:
    """The sign of a difference of numbers that are known to some digits only: of a quadrature, or of a root that was searched for."""
    limit, unsure = (-12, -8) if is_rough else (_ZERO, _UNSURE)
    if is_rough:
        scale = max(scale, mpmath.mpf(1))
    if abs(difference) <= scale * mpmath.mpf(10) ** limit:
        return 0
    if abs(difference) <= scale * mpmath.mpf(10) ** unsure:
        return None
    return 1 if difference > 0 else -1


def as_number(value: Value) -> sympy.Expr:
    """A value as a SymPy number: exact when it is exact."""
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    return sympy.Float(value, DIGITS)


def known_sign(expression: sympy.Expr, domains: Domains) -> int | None:
    """The sign of a number, or of an expression that has one sign over the domains of its symbols; `None` if that cannot be told."""
    if not expression.free_symbols:
        try:
            return order_at(expression, sympy.S.Zero, {})
        except NoValueError:
            return None
    if provably_nonnegative(expression, domains, strictly=True):
        return 1
    return -1 if provably_nonnegative(-expression, domains, strictly=True) else None


def provably_nonnegative(
    expression: sympy.Expr, domains: Domains, strictly: bool = False, within: Mapping[Any, Domain] | None = None
) -> bool:
    """Whether algebra shows that the expression is never negative (or, strictly, always positive) over the domains of its symbols.

    Every symbol is written as its lower bound plus a positive one (between two bounds: as `a + (b-a)/(1+q)`), and the
    factors of the result must have no term of the wrong sign, or be even powers. `within` gives symbols other domains.
    """
    if not is_tame(expression) or (strictly and any(_has_lost_end(symbol, domains, within or {}) for symbol in expression.free_symbols)):
        return False
    shown = attempt(lambda: _shown(_shifted(expression, domains, within or {}), strictly), PROOF_SECONDS)
    return bool(shown)


def _has_lost_end(symbol: sympy.Symbol, domains: Domains, within: Mapping[Any, Domain]) -> bool:
    """Whether the symbol's domain has an end that rewriting it reaches only in the limit."""
    domain = within.get(symbol) or domains.domain(symbol)
    return domain.lower is not None and domain.upper is not None and domain.lower_closed


def _shifted(expression: sympy.Expr, domains: Domains, within: Mapping[Any, Domain]) -> sympy.Expr:
    changes = {}
    for symbol in expression.free_symbols:
        domain = within.get(symbol) or domains.domain(symbol)
        lower, upper = (None if end is None else as_number(end) for end in (domain.lower, domain.upper))
        is_open = not (domain.upper_closed if lower is None else domain.lower_closed)
        kind = {"positive": True} if is_open else {"nonnegative": True}
        if domain.number == "integer":
            kind = {**kind, "integer": True}
        free = sympy.Dummy(symbol.name, **kind)
        if lower is not None and upper is not None:
            wide = sympy.Dummy(symbol.name, nonnegative=True) if domain.upper_closed else sympy.Dummy(symbol.name, positive=True)
            changes[symbol] = lower + (upper - lower) / (1 + wide)
        elif lower is not None:
            changes[symbol] = lower + free
        elif upper is not None:
            changes[symbol] = upper - free
    return expression.xreplace(changes)


def _shown(expression: sympy.Expr, strictly: bool) -> bool:
    def good(part: sympy.Expr) -> bool:
        return bool(part.is_positive if strictly else part.is_nonnegative)

    if good(expression):
        return True
    together = sympy.together(expression)
    if good(together):
        return True
    numerator, denominator = together.as_numer_denom()
    factored = sympy.factor(numerator)
    sign = 1
    for factor in (*sympy.Mul.make_args(factored), *sympy.Mul.make_args(sympy.factor(denominator))):
        if good(factor) or good(sympy.expand(factor)):
            continue
        if good(-factor) or good(sympy.expand(-factor)):
            sign = -sign
            continue
        return False
    return sign > 0
