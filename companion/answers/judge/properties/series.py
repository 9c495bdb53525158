"""Convergence and divergence of series: the order of the terms, and the tests of SymPy where that leaves doubt."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, fails, undecided
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.values import NoValueError, inexact

SECONDS = 0.8
_AT = (10**6, 10**12, 10**24)


def converges(subject: Subject) -> Finding:
    """The series of the object's values converges."""
    found, why = _verdict(subject)
    if found is None:
        return undecided("I could not tell whether this series converges.")
    return PROVED if found else fails(f"The series diverges: {why}.")


def diverges(subject: Subject) -> Finding:
    """The series of the object's values diverges."""
    found, _ = _verdict(subject)
    if found is None:
        return undecided("I could not tell whether this series diverges.")
    return fails("The series converges.") if found else PROVED


def _verdict(subject: Subject) -> tuple[bool | None, str]:
    """Whether the series converges (`None` if that is open), and for a divergent one why."""
    term, variable = subject.formula_given(), subject.variable()
    if term.free_symbols - {variable}:
        raise NotDecidedError("There are symbols in this that I have no values for.")
    start = subject.formula("from") if subject.has("from") else sympy.S.One
    if variable not in term.free_symbols:
        return (True, "") if term == 0 else (False, "its terms do not tend to zero")
    if term.has(sympy.Piecewise, sympy.floor, sympy.ceiling) or not is_tame(term):
        return None, ""
    index = sympy.Symbol(variable.name, integer=True, positive=True)
    term = term.xreplace({variable: index})
    ratio = _ratio(term, index)
    if ratio is not None and ratio != 1:
        return (True, "") if ratio < 1 else (False, "the ratio of its terms tends to more than 1")
    limit = attempt(partial(sympy.limit, term, index, sympy.oo), SECONDS)
    exponent = _exponent(term, index)
    if limit is not None and not limit.has(sympy.Limit) and (limit.is_nonzero or limit.is_infinite or isinstance(limit, sympy.AccumBounds)):
        # Oscillating values are not believed without a look at the terms themselves.
        return (False, "its terms do not tend to zero") if exponent is None or exponent > -mpmath.mpf(1) / 50 else (None, "")
    if exponent is not None and _keeps_sign(term, index):
        if exponent < -mpmath.mpf(21) / 20 and _shown_small(term, index, exponent):
            return True, ""
        harmonic = attempt(lambda: sympy.limit(index * term, index, sympy.oo), SECONDS)
        if harmonic is not None and (harmonic.is_nonzero or harmonic.is_infinite) and exponent > -mpmath.mpf(21) / 20:
            return False, "its terms are at least of the order of $1/n$".replace("n", variable.name)
    found = attempt(lambda: sympy.Sum(term, (index, start, sympy.oo)).is_convergent(), SECONDS)
    if found not in (sympy.true, sympy.false):
        return None, ""
    if exponent is not None and _keeps_sign(term, index):
        # A convergent series cannot have terms larger than 1/n, nor a divergent one much smaller ones.
        doubtful = (found is sympy.true and exponent > -mpmath.mpf(19) / 20) or (found is sympy.false and exponent < -mpmath.mpf(21) / 20)
        if doubtful:
            return None, ""
    return found is sympy.true, "by comparison with an integral"


def _ratio(term: sympy.Expr, index: sympy.Symbol) -> sympy.Expr | None:
    """The limit of |a(n+1)/a(n)|, confirmed by a value; tried where an exponential or a factorial makes it worth while."""
    has_powers = any(part.is_Pow and index in part.exp.free_symbols for part in sympy.preorder_traversal(term))
    if not has_powers and not term.has(sympy.factorial, sympy.gamma, sympy.exp, sympy.binomial):
        return None
    quotient = attempt(lambda: sympy.simplify(sympy.Abs(sympy.gammasimp(term.subs(index, index + 1) / term))), SECONDS)
    found = None if quotient is None else attempt(lambda: sympy.limit(quotient, index, sympy.oo), SECONDS)
    if found is sympy.oo:
        return found
    if found is None or not found.is_comparable:
        return None
    value = _value(quotient, index, 10**6)
    with mpmath.workdps(20):
        return found if value is not None and abs(value - mpmath.mpmathify(found.evalf(20))) < mpmath.mpf(1) / 1000 else None


def _shown_small(term: sympy.Expr, index: sympy.Symbol, exponent: Any) -> bool:
    """Whether the terms are below those of a convergent series: n^q a(n) tends to zero for some q > 1."""
    power = sympy.Rational(int(mpmath.floor(-max(exponent, -50) * 40)) + 40, 80)
    found = attempt(lambda: sympy.limit(index**power * term, index, sympy.oo), SECONDS)
    return bool(found is not None and found.is_zero)


def _keeps_sign(term: sympy.Expr, index: sympy.Symbol) -> bool:
    signs = set()
    for place in (5, 6, 7, 20, 101, 1000, 1001, 54321):
        value = _value(term, index, place)
        if value is None:
            return False
        if value != 0:
            signs.add(value > 0)
    return len(signs) == 1


def _exponent(term: sympy.Expr, index: sympy.Symbol) -> Any:
    """The exponent p with |a_n| about n^p for large n; `None` when it does not settle."""
    sizes = []
    for place in _AT:
        value = _value(term, index, place)
        if value is None or not mpmath.isfinite(value):
            return None
        if value == 0:
            return mpmath.mpf(-1000)
        with mpmath.workdps(40):
            sizes.append((mpmath.log(abs(value)), mpmath.log(place)))
    slopes = [(after[0] - before[0]) / (after[1] - before[1]) for before, after in itertools.pairwise(sizes)]
    if slopes[-1] < -100:
        return mpmath.mpf(-1000)
    return slopes[-1] if abs(slopes[-1] - slopes[0]) < 0.1 else None


def _value(term: sympy.Expr, index: sympy.Symbol, place: int) -> Any:
    with mpmath.workdps(60):
        evaluate = Evaluator({index: Fraction(place)})
        evaluate.is_integrand = True
        try:
            value = inexact(evaluate(term))
        except NoValueError:
            return None
        return None if isinstance(value, mpmath.mpc) else value
