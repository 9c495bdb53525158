"""Shapes of functions of one variable: convexity, monotonicity, Lipschitz and plain continuity."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise

import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.properties.comparing import places
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, all_hold, fails, tested, undecided
from companion.answers.judge.properties.integrals import cut_is_defined
from companion.answers.judge.properties.numbers import as_number, order_at, provably_nonnegative, value_at, witness_order_at
from companion.answers.judge.properties.pieces import Piece, Pieces, between_zeros, cut
from companion.answers.judge.properties.regions import Region
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.values import NoValueError

LIMIT_SECONDS = 0.4
Parameters = dict[sympy.Symbol, Fraction]


def _cases(subject: Subject, function: sympy.Expr, region: Region) -> Iterator[tuple[Parameters, sympy.Expr, Region, list[Fraction]]]:
    """The function and the region at each value of the parameters, with the points to try in order."""
    for point in subject.parameters(function, region.lower, region.upper, without=[region.variable], far=False):
        here = function.subs({symbol: as_number(value) for symbol, value in point.items()})
        yield point, here, region.at(point), sorted(places(region.at(point), [function], point, subject.domains))


def convex(subject: Subject) -> Finding:
    """Convex on an interval: no chord lies below the graph."""
    return _bent(subject, subject.formula_given(), "convex")


def concave(subject: Subject) -> Finding:
    """Concave on an interval."""
    return _bent(subject, -subject.formula_given(), "concave")


def _bent(subject: Subject, function: sympy.Expr, word: str) -> Finding:
    region, tried = subject.region(), 0
    proved = True
    for point, here, place, values in _cases(subject, function, region):
        undefined = _undefined(here, region, values, point)
        if undefined is not None:
            return undefined
        triples = [*zip(values, values[1:], values[2:], strict=False), *zip(values, values[2:], values[4:], strict=False)]
        triples += [(left, (left + right) / 2, right) for left, right in pairwise(values)]
        for left, middle, right in triples:
            low, high = (here.subs(region.variable, as_number(end)) for end in (left, right))
            chord = low + (high - low) * as_number((middle - left) / (right - left))
            try:
                order = order_at(here.subs(region.variable, as_number(middle)), chord, {})
            except NoValueError:
                continue
            if order is not None and order > 0:
                between = f"between ${region.variable.name}={number_tex(as_number(left))}$ and ${number_tex(as_number(right))}$"
                return fails(f"It is not {word} {between}.", at_text({**point, region.variable: middle}))
            tried += order is not None
        shown = _has_growing_slope(here, place, subject.domains)
        if isinstance(shown, Fraction):
            return fails(f"It is not {word} near {parameters_tex({**point, region.variable: shown})}.", at_text({region.variable: shown}))
        proved = proved and shown
    return PROVED if proved and tried and not (function.free_symbols - {region.variable}) else tested(tried)


def _has_growing_slope(function: sympy.Expr, region: Region, domains: Domains) -> bool | Fraction:
    """Whether the slope is nondecreasing, on every piece and from each piece to the next; or a point where it decreases.

    `False` says only that this could not be shown.
    """
    pieces = _cut(function, region, domains)
    if pieces is None:
        return False
    sure = True
    for piece in pieces.pieces:
        falling = _falls(sympy.diff(piece.body, region.variable), region.variable, piece)
        if isinstance(falling, Fraction):
            return falling
        sure = sure and not falling
    slopes = [(piece, sympy.diff(piece.body, region.variable)) for piece in pieces.pieces]
    for (before, low), (_, high) in pairwise(slopes):
        try:
            if order_at(low.subs(region.variable, before.right), high.subs(region.variable, before.right), {}) == 1:
                return False
        except NoValueError:
            return False
    return sure and _is_joined(function, pieces, region)


def _falls(body: sympy.Expr, variable: sympy.Symbol, piece: Piece) -> bool | Fraction:
    """A point at which a smooth function decreases; else whether that may happen somewhere unseen."""
    slope = sympy.diff(body, variable)
    points, complete = between_zeros(slope, variable, piece.left, piece.right)
    for place in points:
        try:
            order = order_at(slope, sympy.S.Zero, {variable: place})
        except NoValueError:
            return True
        if order == -1:
            return place
        complete = complete and order is not None
    return not complete


def increasing(subject: Subject) -> Finding:
    """Increasing (strictly, if asked)."""
    return _monotone(subject, subject.formula_given(), "increasing")


def decreasing(subject: Subject) -> Finding:
    """Decreasing (strictly, if asked)."""
    return _monotone(subject, -subject.formula_given(), "decreasing")


def _monotone(subject: Subject, function: sympy.Expr, word: str) -> Finding:
    region, tried, strictly = subject.region(), 0, subject.is_set("strictly")
    proved = not strictly
    for point, here, place, values in _cases(subject, function, region):
        undefined = _undefined(here, region, values, point)
        if undefined is not None:
            return undefined
        for left, right in pairwise(values):
            sides = [here.subs(region.variable, as_number(value)) for value in (left, right)]
            try:
                order = (witness_order_at if strictly else order_at)(sides[0], sides[1], {})
            except NoValueError:
                continue
            if order is not None and (order > 0 or (strictly and order == 0)):
                between = f"between ${region.variable.name}={number_tex(as_number(left))}$ and ${number_tex(as_number(right))}$"
                return fails(f"It is not {'strictly ' if strictly else ''}{word} {between}.", at_text({**point, region.variable: right}))
            tried += order is not None
        shown = _rises(here, place, subject.domains)
        if isinstance(shown, Fraction):
            return fails(f"It is not {word} near {parameters_tex({**point, region.variable: shown})}.", at_text({region.variable: shown}))
        proved = proved and shown
    return PROVED if proved and tried and not (function.free_symbols - {region.variable}) else tested(tried)


def _rises(function: sympy.Expr, region: Region, domains: Domains) -> bool | Fraction:
    """Whether the function is nondecreasing; or a point where it decreases. `False` says only that this could not be shown."""
    variable = region.variable
    if variable.is_integer:
        domain = region.domain()
        step = function.subs(variable, variable + 1) - function
        return domain is not None and domain.upper is None and provably_nonnegative(step, domains, within={variable: domain})
    pieces = _cut(function, region, domains)
    if pieces is None:
        return False
    sure = True
    for piece in pieces.pieces:
        falling = _falls(piece.body, variable, piece)
        if isinstance(falling, Fraction):
            return falling
        sure = sure and not falling
    return sure and _is_joined(function, pieces, region)


def continuous(subject: Subject) -> Finding:
    """Continuous on an interval: defined everywhere, and without a jump at the points where the formula changes."""
    function, region = subject.formula_given(), subject.region()
    findings = []
    for point, here, place, values in _cases(subject, function, region):
        undefined = _undefined(here, region, values, point)
        if undefined is not None:
            return undefined
        findings.append(_continuous_at(here, place, point, subject.domains))
        if findings[-1].state != "holds":
            return findings[-1]
    outcome = all_hold(findings)
    if outcome.state == "holds" and function.free_symbols - {region.variable}:
        return tested(max(len(findings), 5))
    return outcome


def _undefined(function: sympy.Expr, region: Region, values: list[Fraction], point: Parameters) -> Finding | None:
    for value in values:
        try:
            value_at(function, {region.variable: value})
        except NoValueError as trouble:
            if any(word in str(trouble) for word in ("not a real number", "division by zero", "logarithm of zero", "outside all cases")):
                here = {**point, region.variable: value}
                return fails(f"It has no real value at {parameters_tex(here)}.", at_text(here))
    return None


def _continuous_at(function: sympy.Expr, region: Region, point: Parameters, domains: Domains) -> Finding:
    pieces = cut(function, region, domains)
    if not pieces.complete:
        return undecided("I could not find all points where this function might jump.")
    for index, piece in enumerate(pieces.pieces):
        if piece.body is None:
            return fails("It is not defined on the whole region.", at_text(point))
        is_last = index == len(pieces.pieces) - 1
        if is_last and not (region.upper_closed and region.upper.is_finite):
            continue
        following = None if is_last else pieces.pieces[index + 1].body
        trouble = _jump(function, region.variable, piece.right, piece.body, following)
        if trouble is not None:
            return trouble
    first = pieces.pieces[0]
    if region.lower_closed and region.lower.is_finite:
        trouble = _jump(function, region.variable, first.left, None, first.body)
        if trouble is not None:
            return trouble
    return PROVED


def _jump(
    function: sympy.Expr, variable: sympy.Symbol, at: sympy.Expr, before: sympy.Expr | None, after: sympy.Expr | None
) -> Finding | None:
    """Why a function is not continuous at a point where its formula changes, or `None`."""
    where = {variable: Fraction(int(at.p), int(at.q))} if at.is_Rational else {}
    shown = f"${variable.name}={number_tex(at)}$"
    value = attempt(partial(function.subs, variable, at), LIMIT_SECONDS)
    if value is None:
        return undecided(f"I could not work out the value at {shown}.")
    if value.has(sympy.nan, sympy.zoo):
        return fails(f"It has no value at {shown}.", at_text(where))
    for body, side, name in ((before, "-", "left"), (after, "+", "right")):
        if body is None:
            continue
        found = attempt(partial(sympy.limit, body, variable, at, side), LIMIT_SECONDS)
        if found is None or found.has(sympy.AccumBounds, sympy.Limit):
            return undecided(f"I could not work out the limit at {shown}.")
        if found.is_infinite:
            return fails(f"It is unbounded near {shown}.", at_text(where))
        try:
            order = order_at(found, value, {})
        except NoValueError:
            return fails(f"It has no real value at {shown}.", at_text(where))
        if order is None:
            return undecided(f"I could not compare the values at {shown}.")
        if order != 0:
            limit = f"the limit from the {name} is ${number_tex(found)}$, the value ${number_tex(value)}$"
            return fails(f"It is not continuous at {shown}: {limit}.", at_text(where))
    return None


def _cut(function: sympy.Expr, region: Region, domains: Domains) -> Pieces | None:
    try:
        pieces = cut(function, region, domains)
    except NotDecidedError:
        return None
    return pieces if pieces.complete and all(piece.body is not None for piece in pieces.pieces) else None


def _continues(function: sympy.Expr, pieces: Pieces, region: Region, index: int) -> bool:
    return _jump(function, region.variable, region.lower, None, pieces.pieces[index].body) is None


def _is_joined(function: sympy.Expr, pieces: Pieces, region: Region) -> bool:
    """Whether the function does not jump between its pieces, nor at an end that belongs to the region."""
    inner = all(_jump(function, region.variable, left.right, left.body, right.body) is None for left, right in pairwise(pieces.pieces))
    last = pieces.pieces[-1]
    upper = not region.upper_closed or _jump(function, region.variable, region.upper, last.body, None) is None
    lower = not region.lower_closed or _continues(function, pieces, region, 0)
    return inner and upper and lower


def lipschitz(subject: Subject) -> Finding:
    """|f(a)-f(b)| <= L |a-b| on the region; without a constant, for some L."""
    function, region = subject.formula_given(), subject.region()
    if not cut_is_defined(function, region, subject):
        return fails("It is not defined on the whole region.")
    if not subject.has("constant"):
        return _some_constant(subject, function, region)
    constant, tried = subject.formula("constant"), 0
    proved = True
    for point, here, place, values in _cases(subject, function, region):
        bound = constant.subs({symbol: as_number(value) for symbol, value in point.items()})
        for left, right in [*pairwise(values), *zip(values, values[3:], strict=False)]:
            change = sympy.Abs(here.subs(region.variable, as_number(left)) - here.subs(region.variable, as_number(right)))
            try:
                order = order_at(change, bound * as_number(right - left), {})
            except NoValueError:
                continue
            if order is not None and order > 0:
                between = f"${region.variable.name}={number_tex(as_number(left))}$ and ${number_tex(as_number(right))}$"
                return fails(f"Between {between} it changes by more than the constant allows.", at_text({**point, region.variable: left}))
            tried += order is not None
        shown = _slope_within(here, place, bound, subject.domains)
        if isinstance(shown, Fraction):
            steep = parameters_tex({**point, region.variable: shown})
            return fails(f"Near {steep} it is steeper than the constant allows.", at_text({region.variable: shown}))
        proved = proved and shown
    return PROVED if proved and tried and not (function.free_symbols - {region.variable}) else tested(tried)


def _slope_within(function: sympy.Expr, region: Region, bound: sympy.Expr, domains: Domains) -> bool | Fraction:
    """Whether the slope stays within a bound on every piece; or a point where it does not. `False`: that could not be shown."""
    pieces = _cut(function, region, domains)
    if pieces is None:
        return False
    sure = True
    for piece in pieces.pieces:
        slope = sympy.diff(piece.body, region.variable)
        for side in (bound - slope, bound + slope):
            points, complete = between_zeros(side, region.variable, piece.left, piece.right)
            for place in points:
                try:
                    order = order_at(side, sympy.S.Zero, {region.variable: place})
                except NoValueError:
                    return False
                if order == -1:
                    return place
                complete = complete and order is not None
            sure = sure and complete
    return sure and _is_joined(function, pieces, region)


def _some_constant(subject: Subject, function: sympy.Expr, region: Region) -> Finding:
    """Lipschitz for some constant: the slope stays bounded at the ends of all pieces, between which it is continuous."""
    for point, here, place, _ in _cases(subject, function, region):
        pieces = cut(here, place, subject.domains)
        if not pieces.complete:
            return undecided("I could not find all points where the slope might be unbounded.")
        if any(piece.body is None for piece in pieces.pieces) or not _is_joined(here, pieces, place):
            jump = continuous(subject)
            return jump if jump.state == "fails" else fails("It is not continuous on the region.", at_text(point))
        for piece in pieces.pieces:
            slope = sympy.diff(piece.body, region.variable)
            for end, side in ((piece.left, "+"), (piece.right, "-")):
                found = attempt(partial(sympy.limit, slope, region.variable, end, side), LIMIT_SECONDS)
                if found is None or found.has(sympy.Limit):
                    return undecided("I could not work out how steep this function is at the ends of the region.")
                if found.is_infinite:
                    near = f"${region.variable.name}\\to{number_tex(end)}$"
                    return fails(f"Its slope is unbounded as {near}.", at_text(point))
    return PROVED if not (function.free_symbols - {region.variable}) else tested(6)
