"""Where formulas have kinks and steps: the points that sampling in general position never meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import sympy
from sympy.core.relational import Relational

from companion.answers.judge.domains import Domains
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.values import NoValueError, Point

_STEPS = (sympy.floor, sympy.ceiling)
_KINKS = (sympy.Abs, sympy.sign, sympy.Heaviside)


def kinks(
    expressions: Iterable[sympy.Expr], domains: Domains, symbols: Sequence[sympy.Symbol], seed: str
) -> dict[sympy.Symbol, list[Fraction]]:
    """For each symbol, values at which some kink or step lies, the other symbols being in general position.

    Only arguments that are linear in the symbol are solved: the others would need an irrational point.
    """
    found: dict[sympy.Symbol, list[Fraction]] = {}
    inner = [(argument, level) for expression in expressions for argument, level in _critical(expression)]
    if not inner:
        return found
    base = next(domains.generic(symbols, seed + "|special", 1), None)
    if base is None:
        return found
    for argument, level in inner[:12]:
        for symbol in symbols:
            if symbol in argument.free_symbols:
                value = _solve_linear(argument, level, symbol, base)
                if value is not None:
                    found.setdefault(symbol, []).append(value)
    return found


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


def _solve_linear(argument: sympy.Expr, level: int, symbol: sympy.Symbol, base: Point) -> Fraction | None:
    try:
        values = [Evaluator({**base, symbol: Fraction(place)})(argument) for place in (0, 1, 2)]
    except NoValueError:
        return None
    if not all(isinstance(value, Fraction) for value in values):
        return None
    slope = values[1] - values[0]
    if slope == 0 or values[2] - values[1] != slope:
        return None
    result: Fraction = (level - values[0]) / slope
    return result
