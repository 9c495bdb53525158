"""The distance of a function from a span of finitely many, in the supremum norm.

A measure on finitely many points that annihilates the span bounds the distance from below (duality); such a measure of
total mass one with the largest bound is searched for on a grid and then taken as an exact certificate. An element of the
span that comes nearer than claimed refutes: the best on the grid, in the mean of squares reweighted. Between the two nothing is decided.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, fails, undecided
from companion.answers.judge.properties.norms import supremum
from companion.answers.judge.properties.numbers import as_number, order_at, value_at, witness_order_at
from companion.answers.judge.properties.regions import Region
from companion.answers.judge.properties.showing import number_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.values import NoValueError, inexact

GRIDS = {1: 33, 2: 17, 3: 13}
"""Points of the grid for spans of so many functions: all choices of one point more than functions are looked at."""
FINE = 500
"""Steps of the grid on which an error is looked at whose maximum algebra does not find."""
SECONDS = 1.5
ROUNDS = 60
LARGEST_DENOMINATOR = 1000


def bounded_away(subject: Subject) -> Finding:
    """The field `of` is at least as far from the span as the object, a number, says."""
    target, span, region = subject.other(), subject.formulas("span"), subject.region()
    distance = subject.formula_given()
    if distance.free_symbols:
        return fails("A number is asked for here.")
    if target.free_symbols - {region.variable} or len(span) not in GRIDS:
        raise NotDecidedError(f"I can decide this only for spans of at most {max(GRIDS)} functions of one variable.")
    if witness_order_at(distance, sympy.S.Zero, {}) in (-1, 0):
        return PROVED
    found = attempt(lambda: _best(target, span, region), SECONDS)
    if found is None:
        return undecided("I could not work out the distance.")
    places, near = found
    bound = _certified(target, span, region, places)
    if bound is not None and witness_order_at(distance, bound, {}) in (-1, 0):
        return PROVED
    element = sympy.Add(*(coefficient * function for coefficient, function in zip(near, span, strict=True)))
    difference = target - element
    error, complete = supremum(difference, region, subject.domains)
    reach = error if complete and not error.is_infinite else _seen_reach(difference, region)
    if order_at(reach, distance, {}) == -1:
        shown = f"${sympy.latex(element)}$ lies in the span, and its distance is {'' if complete else 'about '}${number_tex(error)}$"
        return fails(f"That is too large: {shown}.", certainty="proved" if complete else "tested")
    return undecided("Your bound is so close to the distance that I could not decide.")


def _seen_reach(function: sympy.Expr, region: Region) -> sympy.Expr:
    """A number that |f| hardly exceeds on the region: its largest value on a fine grid, and the largest step from there to a neighbor."""
    low, high = (Fraction(int(end.p), int(end.q)) for end in (region.lower, region.upper))
    values = [_float(function, region, low + (high - low) * Fraction(place, FINE)) for place in range(FINE + 1)]
    return sympy.Float(max(map(abs, values)) + max(abs(after - before) for before, after in pairwise(values)))


def _best(target: sympy.Expr, span: list[sympy.Expr], region: Region) -> tuple[list[Fraction], list[sympy.Expr]]:
    """The points of the best annihilating measure on a grid, and the coefficients of an element of the span that fits it."""
    low, high = (Fraction(int(end.p), int(end.q)) for end in (region.lower, region.upper))
    steps = GRIDS[len(span)] - 1
    grid = [low + (high - low) * Fraction(place, steps) for place in range(steps + 1)]
    rows = [([_float(function, region, place) for function in span], _float(target, region, place)) for place in grid]
    best: tuple[float, tuple[int, ...]] = (-1.0, ())
    for size in range(1, len(span) + 2):
        for chosen in combinations(range(len(grid)), size):
            weights = _weights([rows[index][0] for index in chosen])
            if weights is None:
                continue
            mass = sum(map(abs, weights))
            bound = abs(sum(weight * rows[index][1] for weight, index in zip(weights, chosen, strict=True))) / mass
            if bound > best[0] + 1e-12:
                best = (bound, chosen)
    return [grid[index] for index in best[1]], _near(rows)


def _float(function: sympy.Expr, region: Region, place: Fraction) -> float:
    try:
        return float(inexact(value_at(function, {region.variable: place})))
    except NoValueError as error:
        raise NotDecidedError("A function has no value on the region.") from error


def _weights(rows: list[list[float]]) -> list[float] | None:
    """Weights w, not all zero, with the sum of w times row equal to zero; `None` unless they are unique up to a factor."""
    size = len(rows)
    columns = [[row[place] for row in rows] for place in range(len(rows[0]))]
    free = list(range(size))
    pivots: list[int] = []
    reduced: list[list[float]] = []
    for column in columns:
        line = column[:]
        for pivot, done in zip(pivots, reduced, strict=True):
            factor = line[pivot]
            line = [value - factor * other for value, other in zip(line, done, strict=True)]
        place = max(free, key=lambda index: abs(line[index]), default=None)
        if place is None or abs(line[place]) < 1e-9:
            continue
        line = [value / line[place] for value in line]
        reduced = [[value - done[place] * other for value, other in zip(done, line, strict=True)] for done in reduced]
        reduced.append(line)
        pivots.append(place)
        free.remove(place)
    if len(free) != 1:
        return None
    weights = [0.0] * size
    weights[free[0]] = 1.0
    for pivot, line in zip(pivots, reduced, strict=True):
        weights[pivot] = -line[free[0]]
    return weights


def _exact_weights(span: list[sympy.Expr], region: Region, places: list[Fraction]) -> Any:
    rows = [[function.subs(region.variable, as_number(place)) for place in places] for function in span]
    return sympy.Matrix(rows).nullspace(simplify=True)


def _certified(target: sympy.Expr, span: list[sympy.Expr], region: Region, places: list[Fraction]) -> sympy.Expr | None:
    """The exact bound that the measure on these points gives."""
    found = attempt(lambda: _exact_weights(span, region, places), SECONDS)
    if not found:
        return None
    weights = list(found[0])
    values = [target.subs(region.variable, as_number(place)) for place in places]
    mass = sympy.Add(*(sympy.Abs(weight) for weight in weights))
    return sympy.Abs(sympy.Add(*(weight * value for weight, value in zip(weights, values, strict=True)))) / mass


def _near(rows: list[tuple[list[float], float]]) -> list[sympy.Expr]:
    """Coefficients of an element of the span that is near the best one on the grid: Lawson's reweighted least squares."""
    size = len(rows[0][0])
    weights = [1.0 / len(rows)] * len(rows)
    best: tuple[float, list[float]] = (float("inf"), [0.0] * size)
    for _ in range(ROUNDS):
        square = [[sum(w * r[i] * r[j] for w, (r, _) in zip(weights, rows, strict=True)) for j in range(size)] for i in range(size)]
        right = [sum(w * r[i] * value for w, (r, value) in zip(weights, rows, strict=True)) for i in range(size)]
        found = _solved(square, right)
        errors = [abs(value - sum(c * f for c, f in zip(found, row, strict=True))) for row, value in rows]
        if max(errors) < best[0]:
            best = (max(errors), found)
        weighted = [weight * error for weight, error in zip(weights, errors, strict=True)]
        total = sum(weighted)
        if total < 1e-14:
            break
        weights = [weight / total for weight in weighted]
    return [as_number(Fraction(coefficient).limit_denominator(LARGEST_DENOMINATOR)) for coefficient in best[1]]


def _solved(square: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a small system by elimination; a coefficient that is not determined is zero."""
    size = len(right)
    lines = [[*row, value] for row, value in zip(square, right, strict=True)]
    pivots: dict[int, int] = {}
    for column in range(size):
        free = [index for index in range(size) if index not in pivots.values()]
        place = max(free, key=lambda index: abs(lines[index][column]))
        if abs(lines[place][column]) < 1e-12:
            continue
        pivots[column] = place
        scale = lines[place][column]
        lines[place] = [value / scale for value in lines[place]]
        for index in range(size):
            if index != place:
                factor = lines[index][column]
                lines[index] = [value - factor * other for value, other in zip(lines[index], lines[place], strict=True)]
    return [lines[pivots[column]][size] if column in pivots else 0.0 for column in range(size)]
