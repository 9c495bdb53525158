"""Limits: of a sequence or function at one point, or at every point of a region."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.equivalence import compare
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, fails, tested, undecided
from companion.answers.judge.properties.numbers import as_number
from companion.answers.judge.properties.pieces import cut
from companion.answers.judge.properties.regions import Region
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.values import NoValueError, inexact, is_real

LIMIT_SECONDS = 0.5
_EXPONENTS = (2, 4, 6, 9, 12)


def limit(subject: Subject) -> Finding:
    """The object tends to a value, at a point or at every point of a region."""
    function, variable = subject.formula_given(), subject.variable()
    to, value = subject.formula("to"), subject.formula("equals")
    if subject.has("at"):
        place = subject.place()
        return _at(function.subs(place), variable, to, value.subs(place), subject, at_text_of(place))
    if subject.has("over"):
        return _pointwise(function, variable, to, value, subject.region(), subject)
    others = function.free_symbols - {variable}
    points = subject.parameters(function, value, without=[variable], far=False) if others else [{}]
    for point in points:
        known = _known(point)
        found = _at(function.subs(known), variable, to, value.subs(known), subject, point)
        if found.state != "holds" or not point:
            return found
    return tested(max(len(points), 1))


def at_text_of(place: dict[sympy.Symbol, sympy.Expr]) -> dict[Any, Any]:
    """A point given by numbers, as far as they are rational."""
    return {symbol: Fraction(int(value.p), int(value.q)) for symbol, value in place.items() if value.is_Rational}


def _known(point: dict[Any, Fraction]) -> dict[Any, sympy.Expr]:
    return {symbol: as_number(value) for symbol, value in point.items()}


def _pointwise(
    function: sympy.Expr, variable: sympy.Symbol, to: sympy.Expr, value: sympy.Expr, region: Region, subject: Subject
) -> Finding:
    tried = 0
    for place in region.points():
        known = {region.variable: as_number(place)}
        found = _at(function.subs(known), variable, to, value.subs(known), subject, {region.variable: place})
        if found.state != "holds":
            return found
        tried += 1
    if _everywhere(function, variable, to, value, region):
        return PROVED
    return tested(tried)


def _everywhere(function: sympy.Expr, variable: sympy.Symbol, to: sympy.Expr, value: sympy.Expr, region: Region) -> bool:
    """Whether the limit can be taken with the point left open; only for formulas without cases on open regions."""
    if function.has(sympy.Piecewise, sympy.Max, sympy.Min, sympy.Abs, sympy.floor) or region.lower_closed or region.upper_closed:
        return False
    if not (region.lower.is_finite and region.upper.is_finite) or to is not sympy.oo or not is_tame(function):
        return False
    free = sympy.Dummy("t", positive=True)
    moving = sympy.Dummy(variable.name, positive=True)
    inside = region.lower + (region.upper - region.lower) / (1 + free)
    found = attempt(lambda: sympy.limit(function.subs(region.variable, inside).subs(variable, moving), moving, sympy.oo), LIMIT_SECONDS)
    return found is not None and sympy.simplify(found - value.subs(region.variable, inside)) == 0


def _at(
    function: sympy.Expr, variable: sympy.Symbol, to: sympy.Expr, value: sympy.Expr, subject: Subject, point: dict[Any, Any]
) -> Finding:
    """The limit at one point: what SymPy finds, confirmed by values; or the values alone when they leave no doubt."""
    if function.has(sympy.nan, sympy.zoo):
        return fails(f"It has no value{_where(point)}.", at_text(point))
    if value.free_symbols - {variable} or function.free_symbols - {variable}:
        raise NotDecidedError("There are symbols in this that I have no values for.")
    side = {"left": "-", "right": "+"}.get(subject.arguments.get("side", ""), "+-")
    near = _near(function, variable, to, side, subject.domains)
    found = attempt(partial(sympy.limit, near, variable, to, side if to.is_finite else "+"), LIMIT_SECONDS) if is_tame(near) else None
    seen = _settled(near, variable, to, side)
    if found is not None and found.has(sympy.AccumBounds, sympy.Limit, sympy.nan, sympy.zoo, sympy.Piecewise):
        found = None
    if found is None or not _agree(found, seen):
        return _by_values(seen, value, found, point)
    if found.is_infinite or value.is_infinite:
        return PROVED if found == value else _other(found, value, point)
    outcome = compare(found, value, subject.domains, subject.seed)
    if outcome.relation == "equal":
        return PROVED
    return _other(found, value, point) if outcome.relation == "different" else undecided("I could not compare the limit with its value.")


def _other(found: sympy.Expr, value: sympy.Expr, point: dict[Any, Any]) -> Finding:
    return fails(f"The limit{_where(point)} is ${number_tex(found)}$, and it should be ${number_tex(value)}$.", at_text(point))


def _where(point: dict[Any, Any]) -> str:
    return f" at {parameters_tex(point)}" if point else ""


def _near(function: sympy.Expr, variable: sympy.Symbol, to: sympy.Expr, side: str, domains: Domains) -> sympy.Expr:
    """The formula that the function is for values of the variable near the point."""
    if not function.has(sympy.Piecewise, sympy.Max, sympy.Min, sympy.Abs, sympy.sign, sympy.Heaviside, sympy.floor, sympy.ceiling):
        return function
    one, near_end = sympy.S.One, 0
    if to is sympy.oo:
        region, near_end = Region(variable, one, sympy.oo), -1
    elif to == -sympy.oo:
        region = Region(variable, -sympy.oo, -one)
    elif side == "+":
        region = Region(variable, to, to + 1)
    elif side == "-":
        region, near_end = Region(variable, to - 1, to), -1
    else:
        return function
    try:
        pieces = cut(function, region, domains)
    except NotDecidedError:
        return function
    nearest = pieces.pieces[near_end].body if pieces.complete else None
    return function if nearest is None else nearest


def _settled(function: sympy.Expr, variable: sympy.Symbol, to: sympy.Expr, side: str) -> list[Any]:
    """Values nearer and nearer to the point; `None` for those that cannot be had."""
    values: list[Any] = []
    sides = (1, -1) if side == "+-" and to.is_finite else ((-1,) if side == "-" else (1,))
    for exponent in _EXPONENTS:
        for sign in sides:
            step = Fraction(10) ** exponent
            # One more and one less than a power of ten: an index of either parity.
            for place in (step + 1, step + 2) if to.is_infinite else (1 / step, Fraction(2, 3) / step):
                where = _beside(to, sign * place)
                values.append(None if where is None else _value(function, variable, where))
    return values


def _beside(to: sympy.Expr, step: Fraction) -> Fraction | None:
    """A number near the point that the variable goes to; `None` if that is not a rational number."""
    if to.is_infinite:
        return step if to is sympy.oo else -step
    return Fraction(int(to.p), int(to.q)) + step if to.is_Rational else None


def _value(function: sympy.Expr, variable: sympy.Symbol, where: Fraction) -> Any:
    with mpmath.workdps(60):
        evaluate = Evaluator({variable: where})
        evaluate.is_integrand = True
        try:
            value = inexact(evaluate(function))
        except NoValueError:
            return None
        return mpmath.re(value) if is_real(value) else None


def _agree(found: sympy.Expr, seen: list[Any]) -> bool:
    """Whether a limit fits the values: they come near it, or grow beyond all bounds with it."""
    late = [value for value in seen[len(seen) * 3 // 5 :] if value is not None]
    if not late:
        return True
    if found.is_infinite:
        return all(value > 1 for value in late) if found is sympy.oo else all(value < -1 for value in late)
    number = mpmath.mpmathify(found.evalf(30)) if found.is_number else None
    if number is None:
        return True
    return all(abs(value - number) <= max(1, abs(number)) / 4 for value in late)


def _by_values(seen: list[Any], value: sympy.Expr, found: sympy.Expr | None, point: dict[Any, Any]) -> Finding:
    late = [number for number in seen[len(seen) * 3 // 5 :] if number is not None]
    unsure = undecided("I could not work out this limit.")
    if found is not None or len(late) < 3:
        return unsure
    spread, scale = max(late) - min(late), max(1, *(abs(number) for number in late))
    if value.is_infinite:
        if min(late) < -1 and max(late) > 1:
            return fails(f"It takes large values of either sign{_where(point)}.", at_text(point), "tested")
        return fails(f"It does not grow beyond all bounds{_where(point)}.", at_text(point), "tested") if spread < scale / 100 else unsure
    try:
        target = mpmath.mpmathify(value.evalf(30))
    except (TypeError, ValueError):
        return unsure
    distances = [abs(number - target) for number in late]
    half = len(distances) // 2
    approaches = max(distances[half:]) <= max(distances[:half]) / 5
    if max(distances) <= mpmath.mpf(10) ** -6 * scale and (approaches or max(distances) <= mpmath.mpf(10) ** -40):
        return tested(len(_EXPONENTS))
    if min(distances) > scale / 100 and spread <= scale / 10**6:
        return fails(f"It does not tend to ${number_tex(value)}${_where(point)}.", at_text(point), "tested")
    if spread > scale / 100 and max(distances) > scale / 100:
        return fails(f"It does not settle{_where(point)}.", at_text(point), "tested")
    return unsure
