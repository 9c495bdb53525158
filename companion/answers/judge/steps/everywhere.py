"""Whether a comparison of two formulas holds on the whole domain of their symbols.

A point where it fails is looked for among sampled points, along lines (all roots
of the difference on a line are found where algebra can), and by descent towards
the smallest margin. Without one the comparison is proved, if algebra can do it,
or counts as *tested*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any, Literal

import mpmath
import sympy

from companion.answers.judge.budget import Clock, attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.lines import places_on_line
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame
from companion.answers.judge.statements import SIGNS, Atom
from companion.answers.judge.values import Coordinate, NoValueError, Value, inexact, real_part, subtract
from companion.answers.protocol import Certainty

PRECISIONS = (50, 200, 800)
ROUGH = 1e-8
"""Differences of values from quadrature count only when they are larger than this."""
MIN_POINTS = 6
SAMPLED = 16
LINES = 5
PROOF_SECONDS = 0.25
DESCENTS, ROUNDS = 3, 12

Point = Mapping[sympy.Symbol, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome; where it fails, the point and the two values there."""

    relation: Literal["holds", "fails", "undecided"]
    certainty: Certainty | None = None
    point: Point = field(default_factory=dict)
    values: tuple[Value, Value] | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether the comparison holds at one point, the two values, and the margin (negative where it fails)."""

    holds: bool
    values: tuple[Value, Value]
    margin: Value


def everywhere(atom: Atom, domains: Domains, seed: str, clock: Clock) -> Finding:
    """Look for a point of the domain at which the comparison fails, and for a proof that there is none."""
    symbols = sorted(atom.left.free_symbols | atom.right.free_symbols, key=lambda symbol: symbol.name)
    if not symbols:
        sight = look(atom, {})
        if sight is None:
            return Finding("undecided")
        return Finding("holds" if sight.holds else "fails", "proved", values=sight.values)
    proved = attempt(partial(_proved, _gap(atom), atom.sign in ("<", ">")), PROOF_SECONDS) is True
    margins: list[tuple[Value, Point]] = []
    for point in _sampled(symbols, domains, seed):
        sight = look(atom, point)
        if sight is not None and not sight.holds:
            return _failing(atom, point, sight, symbols, domains)
        if sight is not None:
            margins.append((sight.margin, point))
    if proved and margins:
        return Finding("holds", "proved")
    on_lines = _along_lines(atom, symbols, domains, seed, clock)
    if on_lines.relation == "fails" or (on_lines.relation == "holds" and len(symbols) == 1):
        return on_lines
    if len(margins) < MIN_POINTS:
        return Finding("undecided")
    low = _descended(atom, sorted(margins, key=lambda pair: pair[0])[:DESCENTS], domains, clock)
    return low or Finding("holds", "tested")


def look(atom: Atom, point: Mapping[sympy.Symbol, Any], precisions: Sequence[int] = PRECISIONS) -> Sight | None:
    """The comparison at one point; `None` where a side has no real value, or it cannot be told which is larger.

    Sides that are nearly equal are looked at with more digits; those that are still so with the most digits are equal.
    """
    seen = None
    for digits in precisions:
        with mpmath.workdps(digits):
            evaluate = Evaluator(point)
            try:
                left, right = real_part(evaluate(atom.left)), real_part(evaluate(atom.right))
            except NoValueError:
                return None
            difference = subtract(left, right)
            order = (difference > 0) - (difference < 0)
            near = not isinstance(difference, Fraction) and _nearly_equal(difference, left, right, digits, evaluate.rough)
            margin = inexact(difference if atom.sign in (">", ">=") else -difference)
            seen = Sight(SIGNS[atom.sign](0 if near else order), (left, right), margin)
            if evaluate.rough and near:
                return None
            if not near:
                return seen
    return seen


def _nearly_equal(difference: Value, left: Value, right: Value, digits: int, rough: bool) -> bool:
    scale = abs(inexact(left)) + abs(inexact(right))
    return bool(abs(difference) <= (max(scale, 1) * ROUGH if rough else scale * mpmath.mpf(10) ** (-digits * 3 // 5)))


def _gap(atom: Atom) -> sympy.Expr:
    """What must not be negative."""
    return atom.difference if atom.sign in (">", ">=") else -atom.difference


def _sampled(symbols: Sequence[sympy.Symbol], domains: Domains, seed: str) -> Iterator[Point]:
    yield from domains.generic(symbols, seed, SAMPLED)
    yield from islice(domains.exceptional(symbols, seed, {}), 2 * SAMPLED)


_PLAIN = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(0), Fraction(3), Fraction(10))


def _failing(atom: Atom, point: Point, sight: Sight, symbols: Sequence[sympy.Symbol], domains: Domains) -> Finding:
    """The failure, shown at plainer numbers where one of them does as well."""
    for symbol in symbols:
        for value in _PLAIN:
            plainer = {**point, symbol: value}
            if _belongs(plainer, domains):
                seen = look(atom, plainer)
                if seen is not None and not seen.holds:
                    point, sight = plainer, seen
                    break
    return Finding("fails", "proved", point, sight.values)


def _belongs(point: Point, domains: Domains) -> bool:
    return all(domains.domain(symbol).contains(value) for symbol, value in point.items()) and domains.allows(point)


def _along_lines(atom: Atom, symbols: Sequence[sympy.Symbol], domains: Domains, seed: str, clock: Clock) -> Finding:
    """The comparison on lines on which one symbol moves; with a single symbol that decides it."""
    outcome = Finding("undecided")
    for symbol in symbols:
        others = [other for other in symbols if other != symbol]
        for parameters in islice(domains.generic(others, seed, LINES), LINES) if others else [{}]:
            if clock.left <= 0:
                return Finding("undecided")
            exact = {other: sympy.Rational(value.numerator, value.denominator) for other, value in _real(parameters).items()}
            if len(exact) < len(parameters):
                continue
            on_line = Atom(atom.left.subs(exact), atom.sign, atom.right.subs(exact)) if exact else atom
            places, complete = places_on_line((on_line,), symbol, domains)
            met = 0
            for place in places:
                point = {**parameters, symbol: _exactly(place.value)}
                # A root that is known to 80 digits only is one: with more digits the sides would seem to differ.
                precisions = PRECISIONS if isinstance(place.value, Fraction) else PRECISIONS[:1]
                sight = look(on_line, {symbol: place.value}, precisions) if _belongs(point, domains) else None
                if sight is not None and not sight.holds:
                    return Finding("fails", "proved", {**parameters, symbol: place.value}, sight.values)
                met += sight is not None
            if not others and complete and met:
                outcome = Finding("holds", "proved")
    return outcome


def _real(point: Mapping[sympy.Symbol, Coordinate]) -> dict[sympy.Symbol, Fraction]:
    return {symbol: value for symbol, value in point.items() if isinstance(value, Fraction)}


def _exactly(value: Value) -> Fraction:
    """The value, rounded to thirty digits when it is not rational."""
    return value if isinstance(value, Fraction) else Fraction(int(mpmath.nint(value * 10**30)), 10**30)


def _descended(atom: Atom, starts: Sequence[tuple[Value, Point]], domains: Domains, clock: Clock) -> Finding | None:
    """A point at which the comparison fails, found by walking downhill from the points with the smallest margins."""
    for margin, start in starts:
        point, best, width = dict(start), margin, Fraction(1, 2)
        for _ in range(ROUNDS):
            better = None
            for neighbor in _neighbors(point, width):
                if clock.left <= 0:
                    return None
                sight = look(atom, neighbor, (20,)) if _belongs(neighbor, domains) else None
                if sight is None or sight.margin >= best:
                    continue
                better, best = neighbor, sight.margin
                if not sight.holds:
                    confirmed = look(atom, neighbor)
                    if confirmed is not None and not confirmed.holds:
                        return Finding("fails", "proved", neighbor, confirmed.values)
            if better is None:
                width /= 3
            else:
                point = dict(better)
    return None


def _neighbors(point: Point, width: Fraction) -> Iterator[dict[sympy.Symbol, Any]]:
    for symbol, value in point.items():
        if not isinstance(value, Fraction):
            continue
        steps = (Fraction(1), Fraction(-1)) if symbol.is_integer else (width, -width, width * value, -width * value)
        for step in steps:
            yield {**point, symbol: (value + step).limit_denominator(10**6)}


def _proved(gap: sympy.Expr, strict: bool) -> bool:
    """Whether algebra shows that the gap is never negative, or with `strict` always positive."""
    if not is_tame(gap) or gap.has(sympy.Integral, sympy.Sum, sympy.Product, sympy.Limit):
        return False
    without_roots = _without_roots(gap)
    factored = sympy.factor(sympy.together(without_roots))
    if (factored.is_positive if strict else factored.is_nonnegative) is True:
        return True
    return not strict and _is_square_sum(without_roots)


def _without_roots(expression: sympy.Expr) -> sympy.Expr:
    """The expression in the square roots of its symbols, where those occur and the symbols are not negative."""
    rooted = {power.base for power in expression.atoms(sympy.Pow) if power.exp.is_Rational and power.exp.q == 2 and power.base.is_Symbol}
    chosen = {symbol: sympy.Dummy("r", positive=symbol.is_positive, nonnegative=True) ** 2 for symbol in rooted if symbol.is_nonnegative}
    return expression.subs(chosen)


def _is_square_sum(expression: sympy.Expr) -> bool:
    """Whether a polynomial of degree two in real symbols is nowhere negative, by its matrix."""
    symbols = sorted(expression.free_symbols, key=lambda symbol: symbol.name)
    if not symbols or len(symbols) > 5 or not all(symbol.is_extended_real for symbol in symbols) or not expression.is_polynomial(*symbols):
        return False
    polynomial = sympy.Poly(expression, *symbols)
    if polynomial.total_degree() != 2 or not (polynomial.get_domain().is_ZZ or polynomial.get_domain().is_QQ):
        return False
    one = sympy.Dummy("one", real=True)
    homogeneous = polynomial.homogenize(one).as_expr()
    return sympy.hessian(homogeneous, [*symbols, one]).is_positive_semidefinite is True
