"""A function of one variable on an interval, cut where it has kinks, steps and poles into pieces given by one smooth formula each.

The ends of the pieces may contain other symbols (an index n): they are ordered only when algebra shows their order for every value.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import sympy
from sympy.core.relational import Relational

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domain, Domains
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.properties.finding import NotDecidedError
from companion.answers.judge.properties.numbers import as_number, known_sign, provably_nonnegative
from companion.answers.judge.properties.regions import Region, as_fraction
from companion.answers.judge.roots import critical_values
from companion.answers.judge.values import NoValueError

MOST_PIECES = 40
_BENT = (sympy.Abs, sympy.sign, sympy.Heaviside)
_STEPS = (sympy.floor, sympy.ceiling)
_SMOOTH = (sympy.Add, sympy.Mul, sympy.exp, sympy.sin, sympy.cos, sympy.sinh, sympy.cosh, sympy.tanh, sympy.atan, sympy.asinh, sympy.erf)


@dataclass(frozen=True, slots=True)
class Piece:
    """One smooth formula between two ends; `None` where the function is not defined."""

    left: sympy.Expr
    right: sympy.Expr
    body: sympy.Expr | None

    @property
    def middle(self) -> sympy.Expr:
        """A number between the ends."""
        return _between(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces in order. `complete`: no kink, step or pole was missed, so that every piece is smooth inside."""

    pieces: tuple[Piece, ...]
    complete: bool

    def breaks(self) -> list[sympy.Expr]:
        """The points between neighbouring pieces."""
        return [piece.right for piece in self.pieces[:-1]]

    def inner_points(self, variable: sympy.Symbol) -> list[Fraction]:
        """Points to try something at: the breaks, as far as they are rational, and several inside each piece."""
        found = [Fraction(int(value.p), int(value.q)) for value in self.breaks() if value.is_Rational]
        for piece in self.pieces:
            found += Region(variable, piece.left, piece.right).points()
        return found


def cut(function: sympy.Expr, region: Region, domains: Domains) -> Pieces:
    """The pieces of a function on a region. Raises `NotDecidedError` when they cannot be put in order."""
    variable = region.variable
    values: list[sympy.Expr] = []
    complete = True
    for inner in _bends(function, variable):
        found, all_found = _zeros(inner, variable, region, domains)
        values += found
        complete = complete and all_found
    complete = complete and _is_smooth_elsewhere(function, region)
    ordered = _ordered(values, region, domains)
    ends = [region.lower, *ordered, region.upper]
    pieces = [
        Piece(left, right, _smooth_at(function, variable, _between(left, right), domains)) for left, right in itertools.pairwise(ends)
    ]
    return Pieces(tuple(pieces), complete)


def _bends(function: sympy.Expr, variable: sympy.Symbol) -> Iterator[sympy.Expr]:
    """Expressions at whose zeros something may happen; of a step function, itself."""
    for part in sympy.preorder_traversal(function):
        if variable not in getattr(part, "free_symbols", ()):
            continue
        if isinstance(part, _BENT):
            yield part.args[0]
        elif isinstance(part, sympy.Max | sympy.Min):
            yield from (left - right for place, left in enumerate(part.args) for right in part.args[:place])
        elif isinstance(part, Relational):
            yield part.lhs - part.rhs
        elif isinstance(part, _STEPS):
            yield part
        elif isinstance(part, sympy.Pow) and not (part.exp.is_Integer and part.exp > 0) and variable in part.base.free_symbols:
            yield part.base
        elif isinstance(part, sympy.log):
            yield part.args[0]


def _is_smooth_elsewhere(function: sympy.Expr, region: Region) -> bool:
    variable = region.variable
    known = (*_SMOOTH, *_BENT, *_STEPS, sympy.Max, sympy.Min, sympy.Piecewise, sympy.log, Relational, sympy.And, sympy.Or, sympy.Not)
    for part in sympy.preorder_traversal(function):
        if part.is_Atom or variable not in getattr(part, "free_symbols", ()) or isinstance(part, known):
            continue
        if isinstance(part, sympy.Pow) and (
            variable not in part.exp.free_symbols or part.base.is_positive or (part.base == variable and region.lower.is_nonnegative)
        ):
            continue
        if isinstance(part, sympy.functions.elementary.piecewise.ExprCondPair | sympy.Tuple):
            continue
        return False
    return True


def _zeros(inner: sympy.Expr, variable: sympy.Symbol, region: Region, domains: Domains) -> tuple[list[sympy.Expr], bool]:
    if isinstance(inner, _STEPS):
        return _whole_crossings(inner.args[0], variable, region)
    if inner.is_polynomial(variable):
        polynomial = sympy.Poly(inner, variable)
        if polynomial.degree() <= 1:
            slope, start = polynomial.coeff_monomial(variable), polynomial.coeff_monomial(1)
            return [sympy.together(-start / slope)], True
        if polynomial.degree() == 2 and not (inner.free_symbols - {variable}):
            roots = attempt(lambda: [root for root in sympy.roots(polynomial) if root.is_real], 0.2)
            if roots is not None:
                return roots, True
    if variable not in inner.free_symbols:
        return [], True
    if inner.free_symbols - {variable}:
        # With positive parameters, 1 + n^2 x^2 is never zero.
        return [], provably_nonnegative(inner, domains, strictly=True, within=_within(region)) or _is_above_zero(inner)
    if provably_nonnegative(inner, domains, strictly=True, within=_within(region)) or _is_above_zero(inner):
        return [], True
    values, complete = critical_values(inner, variable)
    return [as_number(value) for value in values], complete


def _within(region: Region) -> dict[sympy.Symbol, Domain]:
    domain = region.domain()
    return {} if domain is None else {region.variable: domain}


def _is_above_zero(inner: sympy.Expr) -> bool:
    return bool(inner.is_positive)


def _whole_crossings(argument: sympy.Expr, variable: sympy.Symbol, region: Region) -> tuple[list[sympy.Expr], bool]:
    if not argument.is_polynomial(variable) or sympy.Poly(argument, variable).degree() != 1 or argument.free_symbols - {variable}:
        return [], False
    ends = [argument.subs(variable, end) for end in (region.lower, region.upper)]
    if not all(end.is_finite and end.is_comparable for end in ends):
        return [], False
    low, high = sorted(int(sympy.floor(end)) for end in ends)
    if high - low > MOST_PIECES:
        return [], False
    slope = argument.coeff(variable, 1)
    start = argument.subs(variable, 0)
    return [(whole - start) / slope for whole in range(low, high + 2)], True


def _ordered(values: list[sympy.Expr], region: Region, domains: Domains) -> list[sympy.Expr]:
    """The distinct values strictly inside the region, in order."""
    inside: list[sympy.Expr] = []
    for value in dict.fromkeys(values):
        sides = [_compare(value, region.lower, domains), _compare(region.upper, value, domains)]
        if min(sides) <= 0:
            continue
        place = 0
        for place in range(len(inside) + 1):
            order = _compare(inside[place], value, domains) if place < len(inside) else 1
            if order >= 0:
                break
        if order > 0:
            inside.insert(place, value)
    if len(inside) > MOST_PIECES:
        raise NotDecidedError("This function has too many kinks on the region.")
    return inside


def _compare(left: sympy.Expr, right: sympy.Expr, domains: Domains) -> int:
    if left is sympy.oo or right == -sympy.oo:
        return 1
    if left == -sympy.oo or right is sympy.oo:
        return -1
    difference = left - right
    if sympy.simplify(difference) == 0 if difference.free_symbols else difference == 0:
        return 0
    sign = known_sign(difference, domains)
    if sign is None and difference.free_symbols:
        # "At least" is enough to put ends in order: an end may reach the region's own end for one value of the parameter.
        sign = 0 if any(provably_nonnegative(side, domains) for side in (difference, -difference)) else None
        if sign == 0:
            return 1 if provably_nonnegative(difference, domains) else -1
    if sign is None and not difference.free_symbols:
        return 0  # the same number, found in two ways
    if sign is None:
        raise NotDecidedError("I could not put the points where this function changes in order.")
    return sign


def _between(left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    if left == -sympy.oo:
        return sympy.S.Zero if right is sympy.oo else right - 1
    return left + 1 if right is sympy.oo else (left + right) / 2


def _smooth_at(expression: sympy.Expr, variable: sympy.Symbol, place: sympy.Expr, domains: Domains) -> sympy.Expr | None:
    """The formula that the expression is near a place, without kinks and cases; `None` where no case applies."""
    try:
        return _without_bends(expression, variable, place, domains)
    except NoValueError as trouble:
        if "outside all cases" in str(trouble):
            return None
        raise NotDecidedError("I could not tell which case of this function applies.") from trouble


def _without_bends(expression: sympy.Expr, variable: sympy.Symbol, place: sympy.Expr, domains: Domains) -> sympy.Expr:
    if variable not in expression.free_symbols and not expression.has(sympy.Piecewise):
        return expression
    if isinstance(expression, sympy.Piecewise):
        for value, condition in expression.args:
            if _truth(condition, variable, place, domains):
                return _without_bends(value, variable, place, domains)
        raise NoValueError("outside all cases")
    arguments = [_without_bends(argument, variable, place, domains) for argument in expression.args]
    if isinstance(expression, sympy.Abs):
        return arguments[0] if _sign(arguments[0], variable, place, domains) >= 0 else -arguments[0]
    if isinstance(expression, sympy.sign):
        return sympy.Integer(_sign(arguments[0], variable, place, domains))
    if isinstance(expression, sympy.Heaviside):
        return sympy.Integer(_sign(arguments[0], variable, place, domains) > 0)
    if isinstance(expression, sympy.Max | sympy.Min):
        turn = 1 if isinstance(expression, sympy.Max) else -1
        best = arguments[0]
        for other in arguments[1:]:
            best = other if turn * _sign(other - best, variable, place, domains) > 0 else best
        return best
    if isinstance(expression, _STEPS):
        return sympy.Integer(Evaluator({variable: Fraction(str(place))})(expression)) if place.is_Rational else expression
    return expression.func(*arguments) if arguments else expression


def _sign(expression: sympy.Expr, variable: sympy.Symbol, place: sympy.Expr, domains: Domains) -> int:
    value = expression.subs(variable, place)
    if value == 0:
        return 0
    sign = known_sign(value, domains)
    if sign is None:
        raise NotDecidedError("I could not tell which case of this function applies.")
    return sign


def _truth(condition: sympy.Basic, variable: sympy.Symbol, place: sympy.Expr, domains: Domains) -> bool:
    if condition in (sympy.true, sympy.false):
        return condition is sympy.true
    if isinstance(condition, sympy.And):
        return all(_truth(part, variable, place, domains) for part in condition.args)
    if isinstance(condition, sympy.Or):
        return any(_truth(part, variable, place, domains) for part in condition.args)
    if isinstance(condition, sympy.Not):
        return not _truth(condition.args[0], variable, place, domains)
    if not isinstance(condition, Relational):
        raise NotDecidedError("I could not tell which case of this function applies.")
    sign = _sign(condition.lhs - condition.rhs, variable, place, domains)
    return {
        sympy.Eq: sign == 0, sympy.Ne: sign != 0, sympy.Lt: sign < 0, sympy.Le: sign <= 0, sympy.Gt: sign > 0, sympy.Ge: sign >= 0,
    }[condition.func]  # fmt: skip


def between_zeros(body: sympy.Expr, variable: sympy.Symbol, left: sympy.Expr, right: sympy.Expr) -> tuple[list[Fraction], bool]:
    """A point in every gap between the zeros of a smooth function of one variable, and whether no zero was missed."""
    if variable not in body.free_symbols:
        return Region(variable, left, right).points()[:1], True
    values, complete = critical_values(body, variable)
    whole = Region(variable, left, right)
    inside = sorted(as_fraction(value) for value in values if whole.contains(value))
    numbers = [left, *(as_number(value) for value in dict.fromkeys(inside)), right]
    gaps = [Region(variable, low, high) for low, high in itertools.pairwise(numbers)]
    points = [point for gap in gaps for point in gap.points()[:1]]
    return points + ([] if complete else whole.grid()), complete
