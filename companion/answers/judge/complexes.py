"""Comparing statements whose variable may be any complex number.

An equation in one complex variable that is a quotient of polynomials holds at its roots alone, and the plane without them is one piece.
So two statements made of such equations agree everywhere when they agree at every root and pole, and at one point more. With further
symbols these are fixed at sampled values, as on the lines of the reals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.lines import Difference, LineComparison, Place
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame
from companion.answers.judge.statements import Statement, among_complex, atoms, substituted, truth
from companion.answers.judge.values import Coordinate, Gaussian, Value, inexact

MAX_DEGREE = 24
ROOT_DIGITS = 60
SECONDS = 0.3
PLANES = 6
"""For how many values of the other symbols the statements are compared."""
UNDECIDED = LineComparison("undecided")


def compare_over_complex(
    answer: Statement, key: Statement, variable: sympy.Symbol, others: Sequence[sympy.Symbol], domains: Domains, seed: str
) -> LineComparison:
    """Compare two statements along one variable that may be any complex number; `undecided` where they are not made of such equations."""
    if any(atom.sign not in ("=", "!=") for given in (answer, key) for atom in atoms(given)):
        return UNDECIDED
    answer, key = among_complex(answer), among_complex(key)
    informative = 0
    for parameters in domains.generic(others, seed, PLANES) if others else [{}]:
        exact = {symbol: _as_number(value) for symbol, value in parameters.items()}
        here, there = (substituted(given, exact) for given in (answer, key))
        found = attempt(partial(_roots_and_poles, (here, there), variable), SECONDS)
        if found is None:
            return UNDECIDED
        differences, seen = [], set()
        for place in (*(Place(root, True) for root in found), Place(_beside(found), False)):
            left, right = (truth(given, {variable: place.value}) for given in (here, there))
            if left is None or right is None:
                continue
            seen.add(right)
            point = {**parameters, variable: place.value}
            if left != right and domains.allows(point):
                differences.append(Difference(point, place, right))
        if differences:
            return LineComparison("different", differences=tuple(differences))
        informative += len(seen) == 2 or not others
    if informative < (PLANES if others else 1):
        return UNDECIDED
    return LineComparison("equal", "tested" if others else "proved")


def _as_number(value: Coordinate) -> sympy.Expr:
    parts = value if isinstance(value, Gaussian) else (value, 0)
    real, imaginary = (sympy.Rational(part.numerator, part.denominator) for part in parts)
    return real + imaginary * sympy.I


def _roots_and_poles(statements: Sequence[Statement], variable: sympy.Symbol) -> list[Value]:
    """All roots and poles of the statements' atoms. Raises `PolynomialError` where one is no quotient of polynomials."""
    found: list[Value] = []
    for given in statements:
        for atom in atoms(given):
            if not is_tame(atom.difference):
                raise sympy.PolynomialError("too large to be multiplied out")
            for side in sympy.together(atom.difference).as_numer_denom():
                if variable in side.free_symbols:
                    found += _roots(sympy.Poly(side, variable))
                elif side.free_symbols:
                    raise sympy.PolynomialError("another symbol is left")
    return found


def _roots(polynomial: sympy.Poly) -> list[Value]:
    """The different roots. A root that is counted several times is found from the part without squares, as others are."""
    polynomial = polynomial.sqf_part() if polynomial.get_domain().is_Exact else polynomial
    if polynomial.degree() > MAX_DEGREE or polynomial.free_symbols_in_domain:
        raise sympy.PolynomialError("the degree is too high, or a coefficient is no number")
    with mpmath.workdps(ROOT_DIGITS):
        evaluate = Evaluator({})
        coefficients: list[Any] = [inexact(evaluate(coefficient)) for coefficient in polynomial.all_coeffs()]
        found: list[Value] = mpmath.polyroots(coefficients, maxsteps=200, extraprec=400)
        return found


def _beside(roots: Sequence[Value]) -> Value:
    """A point that is none of the roots."""
    return mpmath.mpc(1 + max((mpmath.ceil(abs(root)) for root in roots), default=1), 1)


def is_complex(symbol: sympy.Symbol, domains: Domains) -> bool:
    """Whether the symbol is declared as any complex number."""
    return domains.domain(symbol).number == "complex"


def point_at(parameters: Mapping[sympy.Symbol, Coordinate], variable: sympy.Symbol, solution: sympy.Expr) -> Mapping[sympy.Symbol, Value]:
    """The point of the parameters with the value that a solution has there. Raises `NoValueError` where it has none."""
    with mpmath.workdps(ROOT_DIGITS):
        return {**parameters, variable: Evaluator(parameters)(solution)}
