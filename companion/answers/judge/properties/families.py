"""Families of functions and densities."""

from __future__ import annotations

from fractions import Fraction

import sympy

from companion.answers.judge.domains import Domains
from companion.answers.judge.properties.comparing import ZERO, at_most, places
from companion.answers.judge.properties.finding import Finding, NotDecidedError, all_hold, fails, tested
from companion.answers.judge.properties.integrals import agrees
from companion.answers.judge.properties.numbers import as_number, order_at, value_at
from companion.answers.judge.properties.pieces import cut
from companion.answers.judge.properties.regions import Region, as_fraction
from companion.answers.judge.properties.showing import number_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.values import NoValueError, Value

MEMBERS = 25


def disjoint_supports(subject: Subject) -> Finding:
    """Members of a family with different indices are nonzero on disjoint sets. Common ends of intervals are allowed."""
    function, region, index = subject.formula_given(), subject.region(), subject.variable("index")
    if function.free_symbols - {index, region.variable}:
        raise NotDecidedError("There are symbols in this that I have no values for.")
    lower = subject.domains.domain(index).lower
    start = 1 if lower is None else int(lower)
    seen: list[tuple[int, sympy.Expr, Value | None, Value | None]] = []
    for number in range(start, start + MEMBERS):
        for left, right in _support(function.subs(index, number), region, subject.domains):
            for other, _, low, high in seen:
                if other != number and (common := _common((left, right), (low, high))) is not None:
                    shown = f"${region.variable.name}={number_tex(as_number(common))}$"
                    message = f"At {shown} the functions for ${index.name}={other}$ and ${index.name}={number}$ are both nonzero."
                    return fails(message, {region.variable.name: str(common), index.name: str(number)})
            seen.append((number, function, left, right))
    if not seen:
        return fails("All of these functions are zero.", certainty="tested")
    return tested(MEMBERS)


def _support(function: sympy.Expr, region: Region, domains: Domains) -> list[tuple[Value | None, Value | None]]:
    """The intervals on which a function is not identically zero; `None` is an infinite end."""
    pieces = cut(function, region, domains)
    if not pieces.complete:
        raise NotDecidedError("I could not find where this function is zero.")
    found = []
    for piece in pieces.pieces:
        inner = Region(region.variable, piece.left, piece.right)
        if piece.body is not None and any(_is_nonzero(piece.body, {region.variable: place}) for place in inner.points()[:3]):
            found.append(inner.ends())
    return found


def _is_nonzero(body: sympy.Expr, point: dict[sympy.Symbol, Fraction]) -> bool:
    try:
        return order_at(body, ZERO, point) not in (0, None)
    except NoValueError:
        return False


def _common(first: tuple[Value | None, Value | None], second: tuple[Value | None, Value | None]) -> Fraction | None:
    """A point inside both of two open intervals."""
    lows = [as_fraction(end) for end in (first[0], second[0]) if end is not None]
    highs = [as_fraction(end) for end in (first[1], second[1]) if end is not None]
    if lows and highs:
        low, high = max(lows), min(highs)
        return (low + high) / 2 if low < high else None
    if lows:
        return max(lows) + 1
    return min(highs) - 1 if highs else Fraction(0)


def density(subject: Subject) -> Finding:
    """A probability density on the region: defined and nonnegative there, with integral one."""
    function, region = subject.formula_given(), subject.region()
    for place in _tried(function, region, subject):
        try:
            value_at(function, {region.variable: place})
        except NoValueError as trouble:
            if any(word in str(trouble) for word in ("not a real number", "outside all cases")):
                shown = f"${region.variable.name}={number_tex(as_number(place))}$"
                return fails(f"It has no real value at {shown}; say where it is 0.", {region.variable.name: str(place)})
    sign = at_most(ZERO, function, region, subject, "It is negative")
    if sign.state == "fails":
        return sign
    return all_hold([sign, agrees(subject, function, sympy.S.One, region, "it should be")])


def _tried(function: sympy.Expr, region: Region, subject: Subject) -> list[Fraction]:
    """Points at which a density must have a value: not where it changes, since it may be unbounded there."""
    if function.free_symbols - {region.variable}:
        return []
    breaks = cut(function, region, subject.domains).breaks()
    return [place for place in places(region, [function], {}, subject.domains) if as_number(place) not in breaks]
