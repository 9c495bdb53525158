"""Comparing statements on the real line.

Between neighbouring critical values of its atoms (roots, poles, kinks) a
statement keeps its truth value, so two statements in one variable agree
everywhere when they agree at every critical value and once in every gap. With
more variables the others are fixed at sampled values: a difference refutes, and
agreement on many lines on which something happens counts as *tested*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

import mpmath
import sympy

from companion.answers.judge.budget import Clock
from companion.answers.judge.domains import Domains
from companion.answers.judge.roots import critical_values
from companion.answers.judge.statements import Statement, atoms, holds, substituted, truth
from companion.answers.judge.values import Coordinate, Value
from companion.answers.protocol import Certainty

INFORMATIVE_LINES = 5
MOST_LINES = 24
SPECIAL_LINES = 14
FURTHER_LINES = 6
FURTHER_SECONDS = 0.8

Judging: TypeAlias = Callable[[Statement, Mapping[sympy.Symbol, Value]], bool | None]
"""How the truth of a statement at a point is found."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on a line, and whether it is a critical value or stands for the gap between two."""

    value: Value
    critical: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A point at which one statement holds and the other does not."""

    point: Mapping[sympy.Symbol, Value]
    place: Place
    in_key: bool


@dataclass(frozen=True, slots=True)
class LineComparison:
    """The outcome; all differences found on the first line that has any."""

    relation: Literal["equal", "different", "undecided"]
    certainty: Certainty | None = None
    differences: tuple[Difference, ...] = field(default=())


def compare_on_lines(answer: Statement, key: Statement, symbols: Sequence[sympy.Symbol], domains: Domains, seed: str) -> LineComparison:
    """Compare two statements whose atoms have only the given symbols; at least one symbol.

    Lines along one symbol miss the solutions at which another has a certain value, as `a = 3` solves `(a-3)*x = 0`. So
    when they decide, a difference is still looked for along the others.
    """
    outcome = LineComparison("undecided")
    clock = Clock(FURTHER_SECONDS)
    for variable in _in_order_of_ease(symbols, (answer, key)):
        others = [symbol for symbol in symbols if symbol != variable]
        if outcome.relation == "undecided":
            outcome = compare_along(answer, key, variable, others, domains, seed)
            if outcome.relation == "different":
                return outcome
        elif (found := _difference_along(answer, key, variable, others, domains, seed, clock)) is not None:
            return found
    return outcome


def _difference_along(
    answer: Statement, key: Statement, variable: sympy.Symbol, others: Sequence[sympy.Symbol], domains: Domains, seed: str, clock: Clock
) -> LineComparison | None:
    """A difference on one of a few lines, if one is found; `undecided` where there is no time for all of them."""
    for parameters in _rational(domains.generic(others, seed, FURTHER_LINES)):
        line = _compare_on_line(answer, key, variable, parameters, domains, holds)
        if line.differences:
            return LineComparison("different", differences=tuple(line.differences))
        if clock.has_run_out():
            return LineComparison("undecided")
    return None


_NOT_FINITE = (sympy.oo, -sympy.oo, sympy.zoo, sympy.nan)


def _in_order_of_ease(symbols: Sequence[sympy.Symbol], statements: Iterable[Statement]) -> list[sympy.Symbol]:
    """The symbols, those first in which the atoms are polynomials of low degree."""
    differences = [atom.difference for given in statements for atom in atoms(given)]

    def difficulty(symbol: sympy.Symbol) -> tuple[int, str]:
        total = 0
        for difference in differences:
            is_finite = not difference.has(*_NOT_FINITE)
            polynomial = difference.as_poly(symbol) if is_finite and difference.is_polynomial(symbol) else None
            total += 50 if polynomial is None else int(polynomial.degree())
            total += 20 if symbol not in difference.free_symbols else 0
        return total, symbol.name

    return sorted(symbols, key=difficulty)


def compare_along(
    answer: Statement, key: Statement, variable: sympy.Symbol, others: Sequence[sympy.Symbol], domains: Domains, seed: str
) -> LineComparison:
    """Compare two statements on lines along which one variable moves, the other symbols being fixed at sampled values."""
    informative = 0
    complete = True
    for parameters, is_special, judged_by in _lines(others, domains, seed):
        if informative >= INFORMATIVE_LINES and not is_special:
            continue
        line = _compare_on_line(answer, key, variable, parameters, domains, judged_by)
        if line.differences:
            return LineComparison("different", differences=tuple(line.differences))
        if not others:
            return LineComparison("equal" if line.is_complete and line.seen else "undecided", "proved" if line.is_complete else None)
        complete = complete and (is_special or line.is_complete)
        informative += line.is_complete and len(line.seen) == 2
    return LineComparison("equal", "tested") if complete and informative >= INFORMATIVE_LINES else LineComparison("undecided")


def _lines(others: Sequence[sympy.Symbol], domains: Domains, seed: str) -> Iterator[tuple[Mapping[sympy.Symbol, Fraction], bool, Judging]]:
    """Values for the other symbols, whether they are special, and how a statement is judged on such a line.

    First values in general position, where what has no value does not hold. Then special ones, where it decides nothing if
    the symbols are not declared: a whole line may lie in the pole of a formula that was only rewritten, as in `y/x = 2`.
    """
    if not others:
        yield {}, False, holds
        return
    for parameters in _rational(domains.generic(others, seed, MOST_LINES)):
        yield parameters, False, holds
    special = list(_rational(domains.exceptional(others, seed, {})))
    special.sort(key=lambda point: not any(value in (0, 1, -1) for value in point.values()))
    for parameters in special[:SPECIAL_LINES]:
        yield parameters, True, holds if all(symbol.name in domains.declared for symbol in others) else truth


def _rational(points: Iterable[Mapping[sympy.Symbol, Coordinate]]) -> Iterator[dict[sympy.Symbol, Fraction]]:
    for point in points:
        real = {symbol: value for symbol, value in point.items() if isinstance(value, Fraction)}
        if len(real) == len(point):
            yield real


@dataclass(slots=True)
class _Line:
    """What one line has shown: where the statements differ, which truth values the key has, and whether no critical value is missing."""

    differences: list[Difference]
    seen: set[bool]
    is_complete: bool


def _compare_on_line(
    answer: Statement,
    key: Statement,
    variable: sympy.Symbol,
    parameters: Mapping[sympy.Symbol, Fraction],
    domains: Domains,
    judged_by: Judging,
) -> _Line:
    exact = {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in parameters.items()}
    here, there = (substituted(given, exact) for given in (answer, key)) if exact else (answer, key)
    places, complete = places_on_line((here, there), variable, domains)
    line = _Line([], set(), complete)
    for place in places:
        point = {**parameters, variable: place.value}
        if not _in_domain(place.value, variable, point, domains):
            continue
        left, right = judged_by(here, {variable: place.value}), judged_by(there, {variable: place.value})
        if left is None or right is None:
            continue
        line.seen.add(right)
        if left != right:
            line.differences.append(Difference(point, place, right))
    return line


def places_on_line(statements: Iterable[Statement], variable: sympy.Symbol, domains: Domains) -> tuple[list[Place], bool]:
    """Every critical value of the statements' atoms and a point in every gap, in order; and whether no critical value is missing."""
    domain = domains.domain(variable)
    critical: list[Value] = [end for end in (domain.lower, domain.upper) if end is not None]
    complete = True
    for given in statements:
        for atom in atoms(given):
            for side in (atom.difference,) if not _floors(atom) else (atom.left, atom.right):
                values, all_found = critical_values(side, variable)
                critical += values
                complete = complete and all_found and not _floors(atom)
    if domain.number == "integer":
        return _whole_places(critical), complete
    return list(_with_gaps(_merged(critical))), complete


def _floors(atom: object) -> bool:
    return bool(getattr(atom, "difference", sympy.S.Zero).has(sympy.floor, sympy.ceiling))


def _whole_places(critical: Sequence[Value]) -> list[Place]:
    near = {int(mpmath.floor(_number(value))) + step for value in critical for step in (-1, 0, 1, 2)} or set(range(-5, 6))
    near |= {min(near) - 5, max(near) + 5}
    return [Place(Fraction(value), False) for value in sorted(near)]


def _merged(values: Iterable[Value]) -> list[Value]:
    """The values in order, those that are equal up to rounding taken once, exact ones preferred."""
    with mpmath.workdps(60):
        merged: list[Value] = []
        for value in sorted(values, key=_number):
            close = merged and abs(_number(value) - _number(merged[-1])) <= mpmath.mpf(10) ** -30 * max(1, abs(_number(value)))
            if not close:
                merged.append(value)
            elif isinstance(value, Fraction):
                merged[-1] = value
        return merged


def _with_gaps(critical: Sequence[Value]) -> Iterator[Place]:
    if not critical:
        for value in (0, 1, -1, 2, Fraction(-7, 3), Fraction(13, 4)):
            yield Place(Fraction(value), False)
        return
    yield Place(Fraction(int(mpmath.floor(_number(critical[0]))) - 1), False)
    for place, value in enumerate(critical):
        yield Place(value, True)
        if place + 1 < len(critical):
            yield Place(simple_between(value, critical[place + 1]), False)
    yield Place(Fraction(int(mpmath.ceil(_number(critical[-1]))) + 1), False)


def simple_between(low: Value, high: Value) -> Fraction:
    """A fraction with a small denominator strictly between two numbers."""
    with mpmath.workdps(60):
        low_number, high_number = _number(low), _number(high)
        denominator = 1
        while True:
            numerator = int(mpmath.floor(low_number * denominator)) + 1
            if mpmath.mpf(numerator) / denominator < high_number - mpmath.mpf(10) ** -50:
                return Fraction(numerator, denominator)
            denominator *= 2


def _number(value: Value) -> Value:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def _in_domain(value: Value, variable: sympy.Symbol, point: Mapping[sympy.Symbol, Value], domains: Domains) -> bool:
    coordinate: Coordinate = value if isinstance(value, Fraction) else Fraction(int(mpmath.nint(value * 10**30)), 10**30)
    return domains.domain(variable).contains(coordinate) and domains.allows(point)
