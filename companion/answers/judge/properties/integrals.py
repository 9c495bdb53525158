"""Integrals: their value, whether they are finite, and integrability."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.equivalence import compare
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, all_hold, fails, tested, undecided
from companion.answers.judge.properties.numbers import value_at
from companion.answers.judge.properties.pieces import Piece, cut
from companion.answers.judge.properties.regions import Region
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.values import NoValueError, inexact, real_part

INTEGRAL_SECONDS = 1.0
TRIED = 6
_QUADRATURE_DIGITS = 25
_UNWANTED = (sympy.Integral, sympy.Piecewise, sympy.AccumBounds, sympy.nan, sympy.zoo, sympy.Limit)


@dataclass(frozen=True, slots=True)
class Area:
    """An integral: in closed form if it was found, perhaps infinite, or `nan` when it does not exist; else a number from quadrature."""

    exact: sympy.Expr | None
    number: Any = None

    @property
    def is_infinite(self) -> bool:
        """Whether it is plus or minus infinity."""
        return self.exact is not None and self.exact.is_infinite is True


def area(function: sympy.Expr, region: Region, domains: Domains) -> Area:
    """The integral of a function over a region, piece by piece. Raises `NotDecidedError`."""
    pieces = cut(function, region, domains)
    if any(piece.body is None for piece in pieces.pieces):
        raise NotDecidedError("This function is not defined on the whole region.")
    parts = [_exact(piece, region.variable, domains) for piece in pieces.pieces] if pieces.complete else [None]
    if None not in parts:
        if {sympy.oo, -sympy.oo} <= set(parts):
            return Area(sympy.nan)
        total = sympy.Add(*parts)
        if not total.has(*_UNWANTED):
            return Area(total)
    if function.free_symbols - {region.variable}:
        raise NotDecidedError("I could not find this integral for every value of the parameters.")
    # Quadrature believes too easily: steps or poles that it does not meet, and integrals that grow without end.
    if not pieces.complete or _finite_at(function, region, domains, {}).state != "holds":
        raise NotDecidedError("I could not work out this integral.")
    return Area(None, sum((_quadrature(piece, region.variable) for piece in pieces.pieces), mpmath.mpf(0)))


def _exact(piece: Piece, variable: sympy.Symbol, domains: Domains) -> sympy.Expr | None:
    """The integral of one piece in closed form, confirmed by quadrature where it is a finite number."""
    body, left, right = piece.body, piece.left, piece.right
    if body is None or body == 0:
        return sympy.S.Zero
    kind = {"positive": True} if left == 0 or left.is_nonnegative else {"real": True}
    moving = sympy.Dummy(variable.name, **kind)
    found = attempt(partial(sympy.integrate, body.xreplace({variable: moving}), (moving, left, right)), INTEGRAL_SECONDS)
    if found is None or found.has(*_UNWANTED) or moving in found.free_symbols:
        return None
    if found.has(sympy.oo, -sympy.oo):
        # Of a logarithm on the wrong side of its branch a finite imaginary part may be left.
        return None if found.has(sympy.oo) and found.has(-sympy.oo) else (sympy.oo if found.has(sympy.oo) else -sympy.oo)
    if not found.free_symbols and not body.free_symbols - {variable}:
        return found if _is_confirmed(found, piece, variable) else None
    return found


def _is_confirmed(found: sympy.Expr, piece: Piece, variable: sympy.Symbol) -> bool:
    """Whether a closed form is a real number that quadrature does not contradict."""
    with mpmath.workdps(_QUADRATURE_DIGITS):
        try:
            value = inexact(value_at(found, {}))
        except NoValueError:
            return False
        try:
            number = _quadrature(piece, variable)
        except NotDecidedError:
            return True
        return bool(abs(number - value) <= mpmath.mpf(10) ** -8 * max(1, abs(number)))


def _quadrature(piece: Piece, variable: sympy.Symbol) -> Any:
    """The integral of a piece as a number. Raises `NotDecidedError` when the quadrature does not settle."""
    outer = Evaluator({})
    body = piece.body
    assert body is not None  # noqa: S101 - undefined pieces were left out before

    def at(place: Any) -> Any:
        return inexact(real_part(outer.where(variable, place)(body)))

    try:
        with mpmath.workdps(_QUADRATURE_DIGITS):
            ends = [_end(end) for end in (piece.left, piece.right)]
            value, error = mpmath.quad(at, ends, error=True, maxdegree=6)
            if not mpmath.isfinite(value) or error > mpmath.mpf(10) ** -12 * max(1, abs(value)):
                raise NotDecidedError("I could not work out this integral.")
            return value
    except (NoValueError, ZeroDivisionError) as trouble:
        raise NotDecidedError("I could not work out this integral.") from trouble


def _end(end: sympy.Expr) -> Any:
    if end.is_infinite:
        return mpmath.inf if end is sympy.oo else -mpmath.inf
    return inexact(value_at(end, {}))


def integral(subject: Subject) -> Finding:
    """The integral has a value, is finite or infinite, or is what the object says (`of`)."""
    region = subject.region()
    if subject.has("is"):
        finite = integrable(subject)
        if subject.word("is") == "finite" or finite.state == "undecided":
            return finite
        return PROVED if finite.state == "fails" else fails(f"Its integral over {region.shown} is finite.")
    if subject.has("of"):
        return agrees(subject, subject.other(), subject.formula_given(), region, "your value")
    return agrees(subject, subject.formula_given(), subject.formula("equals"), region, "it should be")


def agrees(subject: Subject, integrand: sympy.Expr, value: sympy.Expr, region: Region, what: str) -> Finding:
    """Whether an integral has a value: refuted or confirmed at the first parameters one by one, then for all at once."""
    domains, variable = subject.domains, region.variable
    if variable in value.free_symbols:
        return fails(f"The value must not contain ${sympy.latex(variable)}$.")
    if not cut_is_defined(integrand, region, subject):
        return fails("The function is not defined on the whole region.")
    points = subject.parameters(integrand, value, region.lower, region.upper, without=[variable], far=False)[:TRIED]
    singles = []
    for point in points:
        known = _substitution(point)
        here = area(integrand.subs(known), region.at(point), domains)
        singles.append(_compared(here, value.subs(known), point, region, what, subject))
        if singles[-1].state != "holds":
            return singles[-1]
    if points == [{}]:
        return singles[0]
    try:
        whole = area(integrand, region, domains)
    except NotDecidedError:
        whole = Area(None)
    if whole.exact is not None and compare(whole.exact, value, domains, subject.seed).relation == "equal":
        return PROVED
    return Finding("holds", "tested", len(singles))


def cut_is_defined(function: sympy.Expr, region: Region, subject: Subject) -> bool:
    """Whether the function has a real value somewhere in the middle of every part of the region, at the first parameters."""
    for point in subject.parameters(function, region.lower, region.upper, without=[region.variable], far=False)[:2]:
        here = region.at(point)
        for place in here.points()[:8]:
            try:
                value_at(function, {**point, region.variable: place})
            except NoValueError as trouble:
                if "outside all cases" in str(trouble) or "not a real number" in str(trouble):
                    return False
    return True


def _compared(here: Area, value: sympy.Expr, point: dict[Any, Any], region: Region, what: str, subject: Subject) -> Finding:
    start = f"For {parameters_tex(point)} the" if point else "The"
    if here.exact is sympy.nan:
        return fails(f"{start} integral over {region.shown} does not exist: it is infinite with either sign.", at_text(point))
    if here.exact is not None:
        outcome = compare(here.exact, value, subject.domains, subject.seed)
        if outcome.relation == "equal":
            return PROVED
        if outcome.relation == "undecided":
            return undecided("I could not compare the integral with its value.")
        shown = number_tex(here.exact)
    else:
        try:
            with mpmath.workdps(_QUADRATURE_DIGITS):
                difference = abs(here.number - inexact(value_at(value, {})))
                if difference <= mpmath.mpf(10) ** -10 * max(1, abs(here.number)):
                    return Finding("holds", "tested", 1)
                if difference <= mpmath.mpf(10) ** -7 * max(1, abs(here.number)):
                    return undecided("I could not tell whether the integral has exactly this value.")
        except NoValueError:
            return undecided("I could not compare the integral with its value.")
        shown = number_tex(sympy.Float(here.number, 15))
    message = f"{start} integral over {region.shown} is ${shown}$, and {what} is ${number_tex(value)}$."
    return fails(message.replace("it should be is", "it should be"), at_text(point))


def _substitution(point: dict[Any, Fraction]) -> dict[Any, sympy.Expr]:
    return {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in point.items()}


def integrable(subject: Subject) -> Finding:
    """The absolute value has a finite integral, for every value of the parameters that is tried."""
    return finite_integral(subject, subject.formula_given(), subject.region())


def finite_integral(subject: Subject, function: sympy.Expr, region: Region) -> Finding:
    """Whether the absolute value of a function has a finite integral over a region."""
    points = subject.parameters(function, region.lower, region.upper, without=[region.variable], far=False)[:TRIED]
    findings = [_finite_at(function.subs(_substitution(point)), region.at(point), subject.domains, point) for point in points]
    outcome = all_hold(findings)
    return Finding("holds", "tested", len(points)) if outcome.state == "holds" and points != [{}] else outcome


def _finite_at(function: sympy.Expr, region: Region, domains: Domains, point: dict[Any, Fraction]) -> Finding:
    pieces = cut(function, region, domains)
    if not pieces.complete:
        return undecided("I could not find all points where this function is singular.")
    for_these = f" for {parameters_tex(point)}" if point else ""
    findings = []
    for piece in pieces.pieces:
        if piece.body is None:
            return fails(f"The function is not defined on the whole region{for_these}.", at_text(point))
        for end, other in ((piece.left, piece.right), (piece.right, piece.left)):
            findings.append(_tame_end(piece.body, region.variable, end, other, for_these, point))
    return all_hold(findings)


_STEPS = (6, 8, 10, 16, 32)


def _tame_end(
    body: sympy.Expr, variable: sympy.Symbol, end: sympy.Expr, other: sympy.Expr, for_these: str, point: dict[Any, Fraction]
) -> Finding:
    """Whether a smooth function is integrable near one end: by its limit there, its integral, and its order of growth."""
    if body == 0:
        return PROVED
    away = sympy.Dummy("t", positive=True)
    toward_right = end is sympy.oo or (end.is_finite and not _is_left(end, other))
    if end.is_infinite:
        local, jacobian = body.xreplace({variable: (away if end is sympy.oo else -away)}), 1
    else:
        local, jacobian = body.xreplace({variable: end + (-1 if toward_right else 1) / away}), 2
    if end.is_finite:
        limit = attempt(partial(sympy.limit, local, away, sympy.oo), INTEGRAL_SECONDS)
        if limit is not None and limit.is_finite and not limit.has(sympy.AccumBounds):
            return PROVED
    slope = _growth(local, away)
    if slope is None:
        return undecided("I could not tell how this function grows at the ends of the region.")
    # |f| behaves like t^slope; with x = t the integral is finite below -1, with x = a + 1/t (dx = dt/t^2) below 1.
    critical = -1 if jacobian == 1 else 1
    exact = attempt(partial(_tail, local, away, jacobian), INTEGRAL_SECONDS)
    where = f"$x\\to{number_tex(end)}$".replace("x", variable.name, 1)
    if exact is not None and exact.is_infinite and slope > critical - 0.02:
        return fails(f"Its integral is infinite{for_these}: it is too large as {where}.", at_text(point))
    if exact is not None and exact.is_finite and slope < critical + 0.02:
        return PROVED
    if slope <= critical - 0.05:
        return tested(len(_STEPS))
    if slope >= critical + 0.05:
        return fails(f"Its integral is infinite{for_these}: it is too large as {where}.", at_text(point), "tested")
    return undecided("I could not tell whether this integral is finite.")


def _is_left(end: sympy.Expr, other: sympy.Expr) -> bool:
    return bool(other is sympy.oo or (other.is_finite and (other - end).evalf(20) > 0))


def _tail(local: sympy.Expr, away: sympy.Symbol, jacobian: int) -> sympy.Expr | None:
    """The integral of the absolute value from a point where the sign no longer changes, or `None`."""
    integrand = local if jacobian == 1 else local / away**2
    sign = [value_at(integrand, {away: Fraction(10) ** step}) > 0 for step in (3, 5, 7, 9)]
    if len(set(sign)) > 1 or integrand.has(sympy.sin, sympy.cos, sympy.tan):
        return None
    found = sympy.integrate(sympy.simplify(integrand), (away, 1000, sympy.oo))
    return None if found.has(*_UNWANTED) else found


def _growth(local: sympy.Expr, away: sympy.Symbol) -> Any:
    """The exponent with which |f| grows in t, from its values at large t; `None` if it has not settled."""
    if local.has(sympy.sin, sympy.cos, sympy.tan):
        return None
    sizes = []
    with mpmath.workdps(60):
        for step in _STEPS:
            try:
                evaluate = Evaluator({away: Fraction(10) ** step})
                evaluate.is_integrand = True  # e^(-t) may underflow
                value = abs(inexact(evaluate(local)))
            except NoValueError as trouble:
                return mpmath.mpf(1000) if "too large" in str(trouble) else None
            if value == 0:
                return mpmath.mpf(-1000)
            sizes.append(mpmath.log(value) / mpmath.log(10))
        slopes = [
            (after - before) / (here - there) for before, after, there, here in zip(sizes, sizes[1:], _STEPS, _STEPS[1:], strict=False)
        ]
        if slopes[-1] < -100:
            return mpmath.mpf(-1000)
        return slopes[-1] if abs(slopes[-1] - slopes[-2]) < 0.05 or abs(slopes[-1]) > 100 else None
