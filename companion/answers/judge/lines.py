"""Comparing statements on the real line.

Between neighbouring critical values of its atoms (roots, poles, kinks) a
statement keeps its truth value, so two statements in one variable agree
everywhere when they agree at every critical value and once in every gap. With
more variables the others are fixed at sampled values: a difference refutes, and
agreement on many lines on which something happens counts as *tested*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import mpmath
import sympy

from companion.answers.judge.domains import Domains
from companion.answers.judge.roots import critical_values
from companion.answers.judge.statements import Statement, atoms, substituted, truth
from companion.answers.judge.values import Coordinate, Value
from companion.answers.protocol import Certainty

INFORMATIVE_LINES = 5
MOST_LINES = 24


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
    """Compare two statements whose atoms have only the given symbols; at least one symbol."""
    for variable in _in_order_of_ease(symbols, (answer, key)):
        outcome = compare_along(answer, key, variable, [symbol for symbol in symbols if symbol != variable], domains, seed)
        if outcome.relation != "undecided":
            return outcome
    return LineComparison("undecided")


def _in_order_of_ease(symbols: Sequence[sympy.Symbol], statements: Iterable[Statement]) -> list[sympy.Symbol]:
    """The symbols, those first in which the atoms are polynomials of low degree."""
    differences = [atom.difference for given in statements for atom in atoms(given)]

    def difficulty(symbol: sympy.Symbol) -> tuple[int, str]:
        total = 0
        for difference in differences:
            polynomial = difference.as_poly(symbol) if difference.is_polynomial(symbol) else None
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
    for parameters in _parameter_points(others, domains, seed):
        exact = {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in parameters.items()}
        here, there = (substituted(given, exact) for given in (answer, key)) if exact else (answer, key)
        places, all_found = places_on_line((here, there), variable, domains)
        complete = complete and all_found
        differences, seen = [], set()
        for place in places:
            point = {**parameters, variable: place.value}
            if not _in_domain(place.value, variable, point, domains):
                continue
            left, right = truth(here, {variable: place.value}), truth(there, {variable: place.value})
            if left is None or right is None:
                continue
            seen.add(right)
            if left != right:
                differences.append(Difference(point, place, right))
        if differences:
            return LineComparison("different", differences=tuple(differences))
        if not others:
            return LineComparison("equal" if complete and seen else "undecided", "proved" if complete else None)
        informative += len(seen) == 2
        if informative >= INFORMATIVE_LINES:
            break
    if complete and informative >= INFORMATIVE_LINES:
        return LineComparison("equal", "tested")
    return LineComparison("undecided")


def _parameter_points(others: Sequence[sympy.Symbol], domains: Domains, seed: str) -> Iterator[dict[sympy.Symbol, Fraction]]:
    if not others:
        yield {}
        return
    for points in (domains.generic(others, seed, MOST_LINES), domains.exceptional(others, seed, {})):
        for point in points:
            real = {symbol: value for symbol, value in point.items() if isinstance(value, Fraction)}
            if len(real) == len(point):
                yield real


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
