"""Algebraic proofs that an expression is zero.

Cheap attempts first, each under a time limit. A failed proof says nothing: many
identities are out of reach of every simplifier, so refusals never come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import sympy
from sympy.core.function import AppliedUndef

from companion.answers.judge.budget import BudgetSpent, attempt, time_limit

LARGEST_EXPANSION = 40
"""Powers of sums beyond this exponent are not multiplied out."""
LARGEST_DEGREE = 300
PROOF_SECONDS = 0.3


def proves_zero(expression: sympy.Expr, seconds: float = PROOF_SECONDS) -> bool:
    """Whether the expression could be proved to be zero within the time."""
    if expression.is_zero:
        return True
    if not is_tame(expression):
        return False
    try:
        with time_limit(seconds):
            return any(attempt(partial(step, expression), seconds / 2) == 0 for step in _steps(expression))
    except BudgetSpent:
        return False


def is_tame(expression: sympy.Expr) -> bool:
    """Whether expanding the expression or taking it for a polynomial cannot blow up."""
    for power in expression.atoms(sympy.Pow):
        if power.exp.is_Integer:
            size = abs(int(power.exp))
            if size > LARGEST_DEGREE and power.base.free_symbols:
                return False
            if size > LARGEST_EXPANSION and power.base.is_Add:
                return False
    return bool(sympy.count_ops(expression) < 2000)


def _steps(expression: sympy.Expr) -> Iterator[Callable[[sympy.Expr], sympy.Expr]]:
    """The transformations worth trying on this expression, cheapest first."""
    yield sympy.expand
    yield lambda difference: sympy.cancel(sympy.together(difference))
    if not expression.free_symbols:
        yield sympy.radsimp
        yield lambda difference: sympy.sqrtdenest(sympy.expand(difference))
        yield _algebraic
    if expression.has(sympy.factorial, sympy.gamma, sympy.binomial):
        yield sympy.gammasimp
        yield lambda difference: sympy.combsimp(difference.expand(func=True))
    if expression.has(sympy.log):
        yield lambda difference: sympy.expand(sympy.expand_log(difference))
    if expression.has(sympy.Abs, sympy.Max, sympy.Min, sympy.sign, sympy.Heaviside):
        yield lambda difference: sympy.expand(difference.rewrite(sympy.Abs))
        yield lambda difference: sympy.simplify(sympy.piecewise_fold(difference.rewrite(sympy.Piecewise)))
    if expression.has(sympy.functions.elementary.trigonometric.TrigonometricFunction):
        yield lambda difference: sympy.expand(sympy.expand_trig(difference))
    if expression.has(*_EXPONENTIALS):
        yield lambda difference: sympy.cancel(sympy.together(sympy.powsimp(sympy.expand(difference.rewrite(sympy.exp)))))
    if expression.has(*_INVERSES):
        yield lambda difference: sympy.expand(sympy.expand_log(difference.rewrite(sympy.log)))
    if expression.has(sympy.functions.elementary.trigonometric.TrigonometricFunction):
        yield sympy.trigsimp
    if expression.has(sympy.Sum, sympy.Product):
        yield lambda difference: sympy.cancel(sympy.together(difference.doit()))
    yield sympy.simplify
    if expression.has(sympy.Integral, sympy.Sum, sympy.Product) and not expression.has(AppliedUndef):
        yield lambda difference: sympy.simplify(difference.doit())


_EXPONENTIALS = (
    sympy.functions.elementary.trigonometric.TrigonometricFunction,
    sympy.functions.elementary.hyperbolic.HyperbolicFunction,
    sympy.exp,
)
_INVERSES = (
    sympy.functions.elementary.hyperbolic.InverseHyperbolicFunction,
    sympy.functions.elementary.trigonometric.InverseTrigonometricFunction,
)


def _algebraic(expression: sympy.Expr) -> sympy.Expr:
    """Zero when the minimal polynomial of an algebraic number is that of zero."""
    if expression.has(sympy.pi, sympy.E, sympy.exp, sympy.log):
        return expression
    variable = sympy.Dummy("x")
    return sympy.S.Zero if sympy.minimal_polynomial(expression, variable) == variable else expression
