"""Sums and products of unknown length over unknown numbers, such as `sum(x(i)^2, i, 1, n)`: written out for small lengths.

No sampling reaches them as they stand. For each small n they become polynomials in the
numbers `x(1), ..., x(n)`, which are compared like any others. Where those stand under
a logarithm or a root, they are taken to be positive: nothing else declares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import sympy
from sympy.core.function import AppliedUndef

from companion.answers.judge.budget import BudgetSpent, attempt, times_out
from companion.answers.judge.domains import Domains
from companion.answers.judge.relations import solved_for

LENGTHS = (1, 2, 3, 4)
CONVINCING = 3
"""After so many lengths it does no harm when there is no time for the others."""
SECONDS = 0.3
_OPERATORS = (sympy.Sum, sympy.Product)


def needs_lengths(left: sympy.Expr, right: sympy.Expr) -> bool:
    """Whether a side has a sum or a product of unknown length over values of an unknown function."""
    return bool(_bounds(left, right)) and any(part.function.has(AppliedUndef) for side in (left, right) for part in side.atoms(*_OPERATORS))


def _bounds(*sides: sympy.Expr) -> list[sympy.Symbol]:
    """The symbols in the bounds of sums and products, those that are bound themselves left out."""
    limits = [limit for side in sides for part in side.atoms(*_OPERATORS) for limit in part.limits]
    found = {symbol for _, *ends in limits for end in ends for symbol in end.free_symbols if end.is_polynomial()}
    return sorted(found - {variable for variable, *_ in limits}, key=lambda symbol: symbol.name)


def written_out(
    left: sympy.Expr, right: sympy.Expr, domains: Domains
) -> Iterator[tuple[dict[sympy.Symbol, Fraction], sympy.Expr, sympy.Expr]]:
    """Lengths, and both sides written out for them; stops where that takes too long. Raises `BudgetSpent` if it does so early."""
    bounds = _bounds(left, right)
    left, right = _with_positive_bases(left, right, bounds, domains)
    before, written = times_out(), 0
    for length in LENGTHS:
        point = {symbol: Fraction(length + place) for place, symbol in enumerate(bounds)}
        if not all(domains.domain(symbol).contains(value) for symbol, value in point.items()):
            continue
        exact = {symbol: sympy.Integer(int(value)) for symbol, value in point.items()}
        sides = [attempt(partial(_expanded, side.subs(exact)), SECONDS) for side in (left, right)]
        if sides[0] is None or sides[1] is None:
            if written < CONVINCING and times_out() > before:
                raise BudgetSpent
            return
        written += 1
        one, other = with_numbers(sides[0], sides[1])
        yield point, one, other


def _with_positive_bases(
    left: sympy.Expr, right: sympy.Expr, bounds: list[sympy.Symbol], domains: Domains
) -> tuple[sympy.Expr, sympy.Expr]:
    """Both sides with a positive number for each base of a power of undeclared length, which has no real value otherwise."""
    undeclared = {symbol for symbol in bounds if symbol.name not in domains.declared}
    powers = {power for side in (left, right) for power in side.atoms(sympy.Pow) if power.exp.free_symbols & undeclared}
    for base in sorted({power.base for power in powers}, key=str):
        free = [symbol for symbol in sorted(base.free_symbols, key=str) if symbol.name not in domains.declared and symbol not in bounds]
        value = solved_for(base - sympy.Symbol(f"{free[0].name}_0", positive=True), free[0]) if len(free) == 1 else None
        if value is not None:
            left, right = left.subs(free[0], value), right.subs(free[0], value)
    return left, right


def _expanded(expression: sympy.Expr) -> sympy.Expr | None:
    done = expression.doit()
    return None if done.has(*_OPERATORS) else done


def with_numbers(left: sympy.Expr, right: sympy.Expr) -> tuple[sympy.Expr, sympy.Expr]:
    """Both sides with each value of an unknown function replaced by a number of its own."""
    parts = left.atoms(sympy.log, sympy.Pow) | right.atoms(sympy.log, sympy.Pow)
    under = [part.args[0] for part in parts if isinstance(part, sympy.log) or not part.exp.is_Integer]
    values = sorted(left.atoms(AppliedUndef) | right.atoms(AppliedUndef), key=str)
    positive = {value for value in values for each in under if each.has(value)}
    names = {value: sympy.Symbol(_name(value), **({"positive": True} if value in positive else {"real": True})) for value in values}
    return left.subs(names), right.subs(names)


def _name(value: AppliedUndef) -> str:
    return f"{value.func.__name__}_{'_'.join(str(argument) for argument in value.args)}"
