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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Literal

import mpmath
import sympy

from companion.answers.judge.budget import attempt, times_out
from companion.answers.judge.domains import ELSEWHERE, Domains
from companion.answers.judge.kinks import kinks
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame, proves_zero
from companion.answers.judge.scaling import at_ordinary_size
from companion.answers.judge.sight import CLOSE_DIGITS, DIGITS, Tolerance, at_point
from companion.answers.judge.unknowns import with_concrete_functions, with_simple_functions
from companion.answers.judge.values import NoValueError, Point, Value
from companion.answers.protocol import Certainty

Relation = Literal["equal", "different", "undecided"]

CLOSE_SECONDS = 0.5
MIN_POINTS = 5
GENERIC_POINTS = 8
CONVINCING_POINTS = 4
MOST_POINTS = 20
QUICK_SECONDS = 0.05
OPERATOR_SECONDS = 0.7
"""How long a limit or an antiderivative may be searched for."""


ROUGHLY = Tolerance(1e-9, 1e-9)
"""How near the values of a quadrature and of a closed form must be."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome; for different formulas the point at which they differ and the answer's value there.

    `only_where` is a symbol's name and a sign (`x`, `>`) when the two agree on that half of its domain.
    `functions` says what the unknown functions were at that point, as text: `u^2` under `f(u)`.
    """

    relation: Relation
    certainty: Certainty | None = None
    point: Point = field(default_factory=dict)
    value: Value | None = None
    only_where: tuple[str, str] | None = None
    reason: str = ""
    functions: Mapping[str, str] = field(default_factory=dict)


EQUAL = Comparison("equal", "proved")


def compare(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str, tolerance: Tolerance | None = None) -> Comparison:
    """Compare two expressions over the domains of their symbols."""
    if _is_same(answer, key) and not answer.has(sympy.nan, sympy.zoo):
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
    for concrete_answer, concrete_key in with_concrete_functions(answer, key):
        outcome = _sample(concrete_answer, concrete_key, domains, seed, tolerance)
        if outcome.relation == "different":
            return outcome if concrete_answer is answer else _with_simple_functions(answer, key, domains, seed)
    if tolerance is None and outcome.relation != "different" and proves_zero(answer - key):
        return EQUAL
    if outcome.relation == "undecided" and (answer.has(*_OPERATORS) or key.has(*_OPERATORS)):
        done = [attempt(partial(_worked_out, side), OPERATOR_SECONDS) for side in (answer, key)]
        if done[0] is not None and done[1] is not None:
            return compare(done[0], done[1], domains, seed, tolerance)
    if outcome.relation == "equal" and tolerance is None:
        return _looked_at_closely(answer, key, domains, seed) or outcome
    return outcome


def _is_same(answer: sympy.Expr, key: sympy.Expr) -> bool:
    """Whether the two are the same expression, up to the names of bound variables."""
    return bool(answer == key) or (answer.has(*_OPERATORS) and key.has(*_OPERATORS) and bool(answer.as_dummy() == key.as_dummy()))


def _looked_at_closely(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str) -> Comparison | None:
    """The refusal of formulas that differ by less than the usual digits show, as by `10^(-40)`; `None` if they do not."""
    if not (answer.has(*_OPERATORS) or key.has(*_OPERATORS)):
        before = times_out()
        found = attempt(partial(_with_more_digits, answer, key, domains, seed), CLOSE_SECONDS)
        return found if times_out() == before else Comparison("undecided")
    rest = answer.as_dummy() - key.as_dummy()
    if not rest.has(*_OPERATORS):
        found = attempt(partial(_with_more_digits, rest, sympy.S.Zero, domains, seed), CLOSE_SECONDS)
        symbols = sorted(answer.free_symbols | key.free_symbols, key=lambda symbol: symbol.name)
        point = {**next(domains.generic(symbols, seed, 1), {}), **found.point} if found is not None else {}
        return None if found is None else replace(found, point=point, value=_value_of(answer, point))
    done = [attempt(partial(_worked_out, side), CLOSE_SECONDS) for side in (answer, key)]
    if done[0] is None or done[1] is None:
        return None
    found = attempt(partial(_with_more_digits, done[0], done[1], domains, seed), CLOSE_SECONDS)
    # A closed form that is far from what quadrature gave is wrong itself, and refutes nothing.
    is_near = found is not None and at_point(done[0], done[1], found.point, ROUGHLY).verdict == "equal"
    return found if is_near else None


def _with_more_digits(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str) -> Comparison | None:
    for left, right in with_concrete_functions(answer, key):
        symbols = sorted(left.free_symbols | right.free_symbols, key=lambda symbol: symbol.name)
        real = _is_real_function(left, right, symbols)
        for point in domains.generic(symbols, seed, 2) if symbols else [{}]:
            sight = at_point(left, right, point, precisions=CLOSE_DIGITS)
            if sight.verdict == "different" and (sight.key_is_real or not real):
                return Comparison("different", point=point, value=sight.value)
    return None


def _is_real_function(answer: sympy.Expr, key: sympy.Expr, symbols: Sequence[sympy.Symbol]) -> bool:
    return bool(symbols) and not (answer.has(sympy.I) or key.has(sympy.I)) and all(symbol.is_extended_real for symbol in symbols)


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
        return Comparison("different", value=_value_of(answer, {}))
    return Comparison("undecided", reason="undefined")


def _value_of(answer: sympy.Expr, point: Point) -> Value | None:
    """The value of an answer, to be shown, infinite or not; `None` where it has none."""
    if answer in (sympy.oo, -sympy.oo):
        return mpmath.inf if answer is sympy.oo else -mpmath.inf
    try:
        with mpmath.workdps(DIGITS):
            return Evaluator(point)(answer)
    except NoValueError:
        return None


def _prepare(expression: sympy.Expr) -> sympy.Expr | None:
    """The expression with its limits taken and its antiderivatives found, or `None` when that does not succeed."""
    indefinite = any(len(limit) == 1 for integral in expression.atoms(sympy.Integral) for limit in integral.limits)
    if not (indefinite or expression.has(sympy.Limit, sympy.Product)):
        return expression
    done = attempt(lambda: expression.doit(), OPERATOR_SECONDS)
    if done is None or done.has(sympy.Limit) or any(len(limit) == 1 for found in done.atoms(sympy.Integral) for limit in found.limits):
        return None
    return done


def _with_simple_functions(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str) -> Comparison:
    """The refusal of formulas that differ for some functions: with simple functions and a point, if they tell the two apart."""
    for functions, left, right in with_simple_functions(answer, key):
        outcome = _sample(left, right, domains, seed, None)
        if outcome.relation == "different":
            return replace(outcome, reason="function", only_where=None, functions=functions)
    return Comparison("different", reason="function")


def _sample(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str, tolerance: Tolerance | None) -> Comparison:
    symbols = sorted(answer.free_symbols | key.free_symbols, key=lambda symbol: symbol.name)
    if not symbols:
        sight = at_point(answer, key, {}, tolerance)
        if sight.verdict == "different":
            return Comparison("different", value=sight.value)
        return Comparison("equal", "tested") if sight.verdict == "equal" else Comparison("undecided", reason="value")
    real = _is_real_function(answer, key, symbols)
    tally = _Tally()
    for point in domains.generic(symbols, seed, MOST_POINTS):
        tally.add(answer, key, point, tolerance, real)
        if len(tally.agreeing) + len(tally.differing) >= GENERIC_POINTS or tally.differs_everywhere():
            break
    if tally.has_too_few_real():
        for point in domains.generic(symbols, seed + "|elsewhere", MOST_POINTS, ELSEWHERE):
            tally.add(answer, key, point, tolerance, real)
    if not tally.differing and len(tally.agreeing) >= MIN_POINTS:
        special = _Tally()
        for point in domains.exceptional(symbols, seed, kinks((answer, key), domains, symbols, seed)):
            special.add(answer, key, point, tolerance, real)
            if special.differing:
                return Comparison("different", point=special.differing[0][0], value=special.differing[0][1])
    outcome = tally.outcome(symbols)
    if outcome.reason == "points":
        outcome = _sample_ordinary(answer, key, domains, symbols, seed, tolerance, real)
    return _at_plain_point(outcome, answer, key, domains, symbols, tolerance, real) if outcome.relation == "different" else outcome


def _sample_ordinary(
    answer: sympy.Expr,
    key: sympy.Expr,
    domains: Domains,
    symbols: Sequence[sympy.Symbol],
    seed: str,
    tolerance: Tolerance | None,
    real: bool,
) -> Comparison:
    """A second look where the values were too large to tell: nearer to the origin, where they are of ordinary size."""
    tally = _Tally()
    for point in domains.generic(symbols, seed, GENERIC_POINTS):
        nearer = at_ordinary_size((answer, key), point)
        if nearer is not None and all(domains.domain(symbol).contains(nearer[symbol]) for symbol in symbols) and domains.allows(nearer):
            tally.add(answer, key, nearer, tolerance, real)
    return tally.outcome(symbols)


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

    def has_too_few_real(self) -> bool:
        """Whether complex values would have to decide, and refuse, where more real ones might be found."""
        return bool(self.complex_differing) and not self.differing and len(self.agreeing) < MIN_POINTS

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
