"""Regions of one variable, and the points at which something is tried in them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import sympy

from companion.answers import tree
from companion.answers.judge.build import Scope, scalar
from companion.answers.judge.domains import Domain, Domains, QuestionError
from companion.answers.judge.limits import BuildError
from companion.answers.judge.properties.numbers import At, value_at
from companion.answers.judge.values import NoValueError, Value, subtract
from companion.answers.printing import to_tex

_INSIDE = tuple(Fraction(*pair) for pair in ((1, 2), (1, 7), (6, 7), (5, 17), (12, 17), (3, 29), (26, 29), (13, 31)))
_NEAR_ENDS = tuple(Fraction(1, size) for size in (61, 211, 1009, 10007, 1000003))
_OUTWARD = tuple(Fraction(*pair) for pair in ((1, 1), (2, 1), (1, 7), (3, 11), (7, 3), (29, 5), (23, 2), (301, 3), (5003, 4)))
_WHOLE = (*range(13), 20, 50, 101, 1000, 10_000)
REACH, GRID = 10, 127
FIRST = (0, 1, 2, 3, 4, 5)
"""How far from the first whole number of its domain an index is tried in turn."""
FAR = (7, 19, 99, 999, 99_999)


@dataclass(frozen=True, slots=True)
class Region:
    """An interval of a variable. Its ends may be infinite, or formulas in other symbols."""

    variable: sympy.Symbol
    lower: sympy.Expr = -sympy.oo
    upper: sympy.Expr = sympy.oo
    lower_closed: bool = False
    upper_closed: bool = False
    shown: str = ""

    def domain(self) -> Domain | None:
        """The region as a domain of its variable, when its ends are rational or infinite."""
        ends = []
        for end in (self.lower, self.upper):
            if not (end.is_Rational or end in (sympy.oo, -sympy.oo)):
                return None
            ends.append(Fraction(int(end.p), int(end.q)) if end.is_Rational else None)
        kind = "integer" if self.variable.is_integer else "real"
        return Domain("integer" if kind == "integer" else "real", ends[0], ends[1], self.lower_closed, self.upper_closed)

    def at(self, point: At) -> Region:
        """The region with values for other symbols."""
        known = {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in point.items()}
        return Region(self.variable, self.lower.subs(known), self.upper.subs(known), self.lower_closed, self.upper_closed, self.shown)

    def ends(self) -> tuple[Value | None, Value | None]:
        """The ends as numbers, `None` for infinite ones. Raises `NoValueError`."""
        infinite = (sympy.oo, -sympy.oo)
        return tuple(None if end in infinite else value_at(end, {}) for end in (self.lower, self.upper))  # type: ignore[return-value]

    def contains(self, value: Value) -> bool:
        """Whether a number lies in the region, whose ends must be numbers."""
        lower, upper = self.ends()
        if self.variable.is_integer and value != int(value):
            return False
        above = math.inf if lower is None else subtract(value, lower)
        below = math.inf if upper is None else subtract(upper, value)
        return bool((above > 0 or (self.lower_closed and above == 0)) and (below > 0 or (self.upper_closed and below == 0)))

    def points(self, also: Iterable[Fraction] = ()) -> list[Fraction]:
        """Points to try something at: inside, near the ends, at ends that belong to it, and those of `also` that lie in it."""
        lower, upper = self.ends()
        chosen = [as_fraction(value) for value in self._candidates(lower, upper)]
        closed = [as_fraction(end) for end, is_in in ((lower, self.lower_closed), (upper, self.upper_closed)) if end is not None and is_in]
        return [value for value in dict.fromkeys((*chosen, *closed, *also)) if self.contains(value)]

    def grid(self) -> list[Fraction]:
        """Many points at equal distances, over a reach of ten where an end is infinite."""
        lower, upper = self.ends()
        low = as_fraction(lower) if lower is not None else as_fraction(upper) - REACH if upper is not None else Fraction(-REACH)
        high = as_fraction(upper) if upper is not None else low + REACH if lower is not None else Fraction(REACH)
        return [low + (high - low) * Fraction(step, GRID) for step in range(1, GRID)]

    def _candidates(self, lower: Value | None, upper: Value | None) -> Iterator[Value]:
        if self.variable.is_integer:
            first = 0 if lower is None else math.floor(as_fraction(lower))
            yield from (Fraction(first + step) for step in _WHOLE)
            if lower is None:
                yield from (Fraction(-step) for step in _WHOLE)
        elif lower is not None and upper is not None:
            low, width = as_fraction(lower), as_fraction(upper) - as_fraction(lower)
            yield from (low + width * part for part in _INSIDE)
            yield from (low + width * part for part in _NEAR_ENDS)
            yield from (low + width * (1 - part) for part in _NEAR_ENDS)
        elif lower is not None or upper is not None:
            start, sign = (as_fraction(lower), 1) if lower is not None else (as_fraction(upper), -1)
            yield from (start + sign * step for step in (*_OUTWARD, *_NEAR_ENDS))
        else:
            yield from (Fraction(0), *_OUTWARD, *(-step for step in _OUTWARD), _NEAR_ENDS[0], -_NEAR_ENDS[0])


def as_fraction(value: Value) -> Fraction:
    """A real number as a fraction: itself, or to thirty digits."""
    return value if isinstance(value, Fraction) else Fraction(int(mpmath.nint(value * 10**30)), 10**30)


def region_of(node: tree.Node, scope: Scope) -> Region:
    """The region that a relation such as `0 < x < 1`, `x >= 0` or `-oo < x < oo` describes. Raises `QuestionError`."""
    trouble = QuestionError("A region of this question is not an interval of one variable, such as 0 < x < 1.")
    if not isinstance(node, tree.Relation):
        raise trouble
    names = [operand.name for operand in node.operands if isinstance(operand, tree.Symbol)]
    places = [place for place, operand in enumerate(node.operands) if isinstance(operand, tree.Symbol)]
    if len(node.operands) == 3 and isinstance(node.operands[1], tree.Symbol):
        places, names = [1], [node.operands[1].name]
    if not places or len(node.operands) > 3:
        raise trouble
    variable, place = scope.symbol(names[0]), places[0]
    bounds = {"lower": -sympy.oo, "upper": sympy.oo, "lower_closed": False, "upper_closed": False}
    try:
        for index, sign in enumerate(node.signs):
            if index not in (place, place - 1) or sign not in ("<", "<=", ">", ">="):
                raise trouble
            on_right = index == place
            end = scalar(node.operands[index + 1 if on_right else index], scope)
            name = "upper" if (sign in ("<", "<=")) == on_right else "lower"
            bounds[name], bounds[f"{name}_closed"] = end, "=" in sign and end not in (sympy.oo, -sympy.oo)
    except BuildError as error:
        raise trouble from error
    if variable in bounds["lower"].free_symbols | bounds["upper"].free_symbols:
        raise trouble
    return Region(variable, **bounds, shown=f"${to_tex(node)}$")


def parameter_points(symbols: Iterable[sympy.Symbol], domains: Domains, seed: str, far: bool = True) -> list[dict[sympy.Symbol, Fraction]]:
    """Values for the symbols that a property must hold for: an index runs through its first values, then far ones."""
    ordered = sorted(symbols, key=lambda symbol: symbol.name)
    if not ordered:
        return [{}]
    whole = [symbol for symbol in ordered if domains.domain(symbol).number == "integer"]
    others = [symbol for symbol in ordered if symbol not in whole]
    bases = list(domains.generic(others, seed, 4)) if others else [{}]
    points: list[dict[sympy.Symbol, Fraction]] = []
    for step in (*FIRST, *(FAR if far else ())):
        for base in bases[: 4 if not whole else 2]:
            point = {symbol: value for symbol, value in base.items() if isinstance(value, Fraction)}
            for place, symbol in enumerate(whole):
                lower = domains.domain(symbol).lower
                point[symbol] = Fraction(step + place * (step % 3) + (0 if lower is None else -(-lower.numerator // lower.denominator)))
            if len(point) == len(ordered) and domains.allows(point) and all(domains.domain(s).contains(v) for s, v in point.items()):
                points.append(point)
        if not whole:
            break
    return [dict(pairs) for pairs in dict.fromkeys(tuple(point.items()) for point in points)]


def numeric_ends(region: Region) -> bool:
    """Whether the ends of the region are numbers (or infinite)."""
    try:
        region.ends()
    except NoValueError:
        return False
    return True
