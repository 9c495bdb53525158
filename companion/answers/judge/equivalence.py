"""Whether two formulas mean the same.

First numbers, then algebra. The formulas are evaluated at seeded points of the
symbols' domains: a difference whose digits stay when the precision is doubled
refutes equality, with that point as the counterexample. Formulas that agree at
every point are then proved equal if algebra can do it; if not, they count as
equal, *tested*. Fewer than five points where both have a value decide nothing.

Undeclared symbols are real, and formulas in real symbols without the imaginary
unit are real functions: they are compared where the key is real, so `2 ln x` is
right where the key is `ln x + ln x` whatever the branches of a negative
logarithm do. Where too few such points exist, complex values are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Literal

import mpmath
import sympy
from mpmath import mp
from sympy.core.function import AppliedUndef

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.kinks import kinks
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame, proves_zero
from companion.answers.judge.values import NoValueError, Point, Value, inexact, subtract
from companion.answers.protocol import Certainty

Relation = Literal["equal", "different", "undecided"]

DIGITS = 50
MIN_POINTS = 5
GENERIC_POINTS = 8
CONVINCING_POINTS = 4
MOST_POINTS = 20
QUICK_SECONDS = 0.05
HUGE = mpmath.mpf(10) ** 20
"""Values beyond this may hide a difference of ordinary size behind their leading digits."""
OPERATOR_SECONDS = 0.7
"""How long a limit or an antiderivative may be searched for."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be off: `absolute + relative * |key|`."""

    relative: float = 0.0
    absolute: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome; for different formulas the point at which they differ and the answer's value there.

    `only_where` is a symbol's name and a sign (`x`, `>`) when the two agree on that half of its domain.
    """

    relation: Relation
    certainty: Certainty | None = None
    point: Point = field(default_factory=dict)
    value: Value | None = None
    only_where: tuple[str, str] | None = None
    reason: str = ""


EQUAL = Comparison("equal", "proved")


def compare(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str, tolerance: Tolerance | None = None) -> Comparison:
    """Compare two expressions over the domains of their symbols."""
    if answer == key and not answer.has(sympy.nan, sympy.zoo):
        return EQUAL
    prepared = [_prepare(expression) for expression in (answer, key)]
    if prepared[0] is None or prepared[1] is None:
        return Comparison("undecided", reason="operator")
    answer, key = prepared[0], prepared[1]
    if _mentions_infinity(answer) or _mentions_infinity(key):
        return _compare_infinite(*(attempt(partial(_worked_out, side), OPERATOR_SECONDS) or side for side in (answer, key)))
    hopeful = tolerance is None and not _differs_at_sight(answer, key, domains, seed)
    if hopeful and is_tame(answer - key) and attempt(lambda: sympy.expand(answer - key), QUICK_SECONDS) == 0:
        return EQUAL
    outcome = Comparison("undecided")
    for concrete_answer, concrete_key in _with_concrete_functions(answer, key):
        outcome = _sample(concrete_answer, concrete_key, domains, seed, tolerance)
        if outcome.relation == "different":
            return outcome if concrete_answer is answer else Comparison("different", reason="function")
    if tolerance is None and outcome.relation != "different" and proves_zero(answer - key):
        return EQUAL
    if outcome.relation == "undecided" and (answer.has(*_OPERATORS) or key.has(*_OPERATORS)):
        done = [attempt(partial(_worked_out, side), OPERATOR_SECONDS) for side in (answer, key)]
        if done[0] is not None and done[1] is not None:
            return compare(done[0], done[1], domains, seed, tolerance)
    return outcome


def _differs_at_sight(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str) -> bool:
    """Whether the two differ at the first point, so that no proof need be tried."""
    symbols = sorted(answer.free_symbols | key.free_symbols, key=lambda symbol: symbol.name)
    point = next(domains.generic(symbols, seed, 1), None) if symbols else {}
    return point is not None and at_point(answer, key, point).verdict == "different"


_INFINITE = (sympy.oo, -sympy.oo, sympy.zoo, sympy.nan)


_OPERATORS = (sympy.Integral, sympy.Sum, sympy.Product)


def _worked_out(expression: sympy.Expr) -> sympy.Expr | None:
    """The expression with its integrals and sums in closed form, or `None` when some have none."""
    done = expression.doit()
    return None if done.has(*_OPERATORS) else done


def _mentions_infinity(expression: sympy.Basic) -> bool:
    """Whether an infinity or an undefined value stands in the expression, bounds of operators apart."""
    if isinstance(expression, _OPERATORS):
        return _mentions_infinity(expression.args[0])
    return expression in _INFINITE or any(_mentions_infinity(part) for part in expression.args)


def _compare_infinite(answer: sympy.Expr, key: sympy.Expr) -> Comparison:
    if answer.has(sympy.nan, sympy.zoo) or key.has(sympy.nan, sympy.zoo):
        return Comparison("undecided", reason="undefined")
    if answer == key:
        return EQUAL
    if all(side in (sympy.oo, -sympy.oo) or not side.has(sympy.oo, -sympy.oo) for side in (answer, key)):
        return Comparison("different")
    return Comparison("undecided", reason="undefined")


def _prepare(expression: sympy.Expr) -> sympy.Expr | None:
    """The expression with its limits taken and its antiderivatives found, or `None` when that does not succeed."""
    indefinite = any(len(limit) == 1 for integral in expression.atoms(sympy.Integral) for limit in integral.limits)
    if not (indefinite or expression.has(sympy.Limit, sympy.Product)):
        return expression
    done = attempt(lambda: expression.doit(), OPERATOR_SECONDS)
    if done is None or done.has(sympy.Limit) or any(len(limit) == 1 for found in done.atoms(sympy.Integral) for limit in found.limits):
        return None
    return done


def _with_concrete_functions(answer: sympy.Expr, key: sympy.Expr) -> Iterator[tuple[sympy.Expr, sympy.Expr]]:
    """The two expressions with unknown functions replaced by known ones: an identity must hold for each."""
    names = sorted({applied.func.__name__ for side in (answer, key) for applied in side.atoms(AppliedUndef)})
    if not names:
        yield answer, key
        return
    for variant in (0, 1):
        yield _concrete(answer, names, variant), _concrete(key, names, variant)


def _concrete(expression: sympy.Expr, names: list[str], variant: int) -> sympy.Expr:
    def stand_in(applied: AppliedUndef) -> sympy.Expr:
        number = names.index(applied.func.__name__)
        mixed = sympy.Add(*(argument * (place + 1) for place, argument in enumerate(applied.args)))
        if variant:
            return sympy.sin((number + 2) * mixed) * 2 + mixed / (number + 3)
        return mixed**2 / (number + 7) + sympy.cos(mixed + number) / 3 + 2 + number

    replaced = expression.replace(lambda part: isinstance(part, AppliedUndef), stand_in)
    return replaced.doit() if replaced.has(sympy.Derivative, sympy.Subs) else replaced


def _sample(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str, tolerance: Tolerance | None) -> Comparison:
    symbols = sorted(answer.free_symbols | key.free_symbols, key=lambda symbol: symbol.name)
    if not symbols:
        sight = at_point(answer, key, {}, tolerance)
        if sight.verdict == "different":
            return Comparison("different", value=sight.value)
        return Comparison("equal", "tested") if sight.verdict == "equal" else Comparison("undecided", reason="value")
    real = not (answer.has(sympy.I) or key.has(sympy.I)) and all(symbol.is_extended_real for symbol in symbols)
    tally = _Tally()
    for point in domains.generic(symbols, seed, MOST_POINTS):
        tally.add(answer, key, point, tolerance, real)
        if len(tally.agreeing) + len(tally.differing) >= GENERIC_POINTS or tally.differs_everywhere():
            break
    if not tally.differing and len(tally.agreeing) >= MIN_POINTS:
        special = _Tally()
        for point in domains.exceptional(symbols, seed, kinks((answer, key), domains, symbols, seed)):
            special.add(answer, key, point, tolerance, real)
            if special.differing:
                return Comparison("different", point=special.differing[0][0], value=special.differing[0][1])
    outcome = tally.outcome(symbols)
    return _at_plain_point(outcome, answer, key, domains, symbols, tolerance, real) if outcome.relation == "different" else outcome


PLAIN = ((2, 3, 5, 7), (1, 2, 3, 5), (3, 1, 2, 4), (-1, 2, -3, 1), (-2, -3, 2, -1))


def _at_plain_point(
    outcome: Comparison,
    answer: sympy.Expr,
    key: sympy.Expr,
    domains: Domains,
    symbols: Sequence[sympy.Symbol],
    tolerance: Tolerance | None,
    real: bool,
) -> Comparison:
    """The same refusal with small whole numbers for a counterexample, if some do: they are easier to check by hand."""
    for numbers in PLAIN:
        point = {symbol: Fraction(numbers[place % len(numbers)]) for place, symbol in enumerate(symbols)}
        if all(domains.domain(symbol).contains(value) for symbol, value in point.items()) and domains.allows(point):
            sight = at_point(answer, key, point, tolerance)
            if sight.verdict == "different" and (sight.key_is_real or not real):
                return replace(outcome, point=point, value=sight.value)
    return outcome


class _Tally:
    """What the points have shown so far."""

    def __init__(self) -> None:
        self.agreeing: list[Point] = []
        self.differing: list[tuple[Point, Value]] = []
        self.complex_agreeing: list[Point] = []
        self.complex_differing: list[tuple[Point, Value]] = []

    def add(self, answer: sympy.Expr, key: sympy.Expr, point: Point, tolerance: Tolerance | None, real: bool) -> None:
        """Compare at one more point. With `real`, points where the key is not real are kept apart."""
        sight = at_point(answer, key, point, tolerance)
        aside = real and not sight.key_is_real
        if sight.verdict == "equal":
            (self.complex_agreeing if aside else self.agreeing).append(point)
        elif sight.verdict == "different":
            (self.complex_differing if aside else self.differing).append((point, sight.value))

    def differs_everywhere(self) -> bool:
        """Whether the points seen so far leave no doubt that the two differ, on whatever half of the domain."""
        return len(self.differing) >= CONVINCING_POINTS and not self.agreeing

    def outcome(self, symbols: Iterable[sympy.Symbol]) -> Comparison:
        """What follows from all points together."""
        if self.differing:
            point, value = min(self.differing, key=lambda pair: _size(pair[0]))
            return Comparison("different", point=point, value=value, only_where=self._half(symbols))
        if len(self.agreeing) >= MIN_POINTS:
            return Comparison("equal", "tested")
        if self.complex_differing:
            return Comparison("different", point=self.complex_differing[0][0], value=self.complex_differing[0][1])
        if len(self.agreeing) + len(self.complex_agreeing) >= MIN_POINTS:
            return Comparison("equal", "tested")
        return Comparison("undecided", reason="points")

    def _half(self, symbols: Iterable[sympy.Symbol]) -> tuple[str, str] | None:
        if len(self.agreeing) < 2 or len(self.differing) < 2:
            return None
        for symbol in symbols:
            agreeing = {_positive(point, symbol) for point in self.agreeing}
            differing = {_positive(point, symbol) for point, _ in self.differing}
            if len(agreeing) == 1 and len(differing) == 1 and agreeing != differing and None not in agreeing | differing:
                return symbol.name, ">" if agreeing == {True} else "<"
        return None


def _positive(point: Point, symbol: sympy.Symbol) -> bool | None:
    value = point[symbol]
    return value > 0 if isinstance(value, Fraction) else None


def _size(point: Point) -> int:
    """How unwieldy a point is to read."""
    return sum(value.denominator + abs(value.numerator) if isinstance(value, Fraction) else 10**6 for value in point.values())


Verdict = Literal["equal", "different", "unknown"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at one point: the verdict, the answer's value where they differ, and whether every part of the key is real."""

    verdict: Verdict
    value: Value | None = None
    key_is_real: bool = True


UNKNOWN = Sight("unknown")


def at_point(answer: sympy.Expr, key: sympy.Expr, point: Point, tolerance: Tolerance | None = None) -> Sight:
    """Compare two expressions at one point.

    A difference counts only when its leading digits are the same at two precisions, so that cancellation is never
    taken for a difference, nor a small difference for cancellation.
    """
    previous: Value | None = None
    for digits in (DIGITS, 2 * DIGITS, 4 * DIGITS, 12 * DIGITS):
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
