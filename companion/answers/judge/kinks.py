"""Where formulas have kinks and steps: the points that sampling in general position never meets."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import sympy
from sympy.core.relational import Relational

from companion.answers.judge.domains import Domains
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.values import NoValueError, Point

_STEPS = (sympy.floor, sympy.ceiling)
_KINKS = (sympy.Abs, sympy.sign, sympy.Heaviside)
_MOST_ARGUMENTS = 12
_MOST_VALUES = 24
_ROUNDS = 3
"""Kinks inside kinks, as those of a deep network, are found from the pieces between those known."""


def kinks(
    expressions: Iterable[sympy.Expr], domains: Domains, symbols: Sequence[sympy.Symbol], seed: str
) -> dict[sympy.Symbol, list[Fraction]]:
    """For each symbol, values at which some kink or step lies, and values between them and beyond, the other symbols in general position.

    Formulas that agree on one piece may differ on another that sampling misses, so each piece is met. Only arguments that are linear
    on a piece are solved: the others would need an irrational point.
    """
    found: dict[sympy.Symbol, list[Fraction]] = {}
    inner = [(argument, level) for expression in expressions for argument, level in _critical(expression)][:_MOST_ARGUMENTS]
    if not inner:
        return found
    base = next(domains.generic(symbols, seed + "|special", 1), None)
    if base is None:
        return found
    for symbol in symbols:
        values = _along(symbol, [pair for pair in inner if symbol in pair[0].free_symbols], base)
        if values:
            found[symbol] = [*values, *_on_pieces(values)]
    return found


def _along(symbol: sympy.Symbol, inner: Sequence[tuple[sympy.Expr, int]], base: Point) -> list[Fraction]:
    """The values of one symbol at which an inner expression has its level, in increasing order."""
    values: set[Fraction] = set()
    for _ in range(_ROUNDS):
        places = _on_pieces(sorted(values)) if values else [Fraction(1)]
        roots = {_solve_linear(argument, level, symbol, base, place) for argument, level in inner for place in places}
        new = {root for root in roots if root is not None} - values
        if not new or len(values) > _MOST_VALUES:
            break
        values |= new
    return sorted(values)[:_MOST_VALUES]


def _on_pieces(values: Sequence[Fraction]) -> list[Fraction]:
    """A value on each piece between neighbors, and one beyond either end."""
    middles = [(lower + upper) / 2 for lower, upper in itertools.pairwise(values)]
    return [values[0] - 1, *middles, values[-1] + 1]


def _critical(expression: sympy.Expr) -> Iterator[tuple[sympy.Expr, int]]:
    """Pairs of an inner expression and the value at which something happens."""
    for part in expression.atoms(*_KINKS):
        yield part.args[0], 0
    for part in expression.atoms(*_STEPS):
        for level in (-1, 0, 1, 2):
            yield part.args[0], level
    for part in expression.atoms(sympy.Max, sympy.Min):
        for place, argument in enumerate(part.args):
            for other in part.args[:place]:
                yield argument - other, 0
    for part in expression.atoms(Relational):
        yield part.lhs - part.rhs, 0


def _solve_linear(argument: sympy.Expr, level: int, symbol: sympy.Symbol, base: Point, place: Fraction) -> Fraction | None:
    """Where the argument would have the level if it went on as it does near `place`; nothing if it is not linear or constant there."""
    try:
        values = [Evaluator({**base, symbol: place + step})(argument) for step in (-_NEAR, Fraction(0), _NEAR)]
    except NoValueError:
        return None
    if not all(isinstance(value, Fraction) for value in values):
        return None
    rise = values[1] - values[0]
    if rise == 0 or values[2] - values[1] != rise:
        return None
    result: Fraction = place + (level - values[1]) * _NEAR / rise
    return result


_NEAR = Fraction(1, 1000)
