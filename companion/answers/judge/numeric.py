"""Values of SymPy expressions at a point, to any number of digits.

Written for comparing two formulas: rational arithmetic stays exact as long as it
can, so that steps and kinks are met exactly; whatever has no value at the point
(a pole, the edge of a step that is only known approximately, an unknown function)
raises `NoValueError` and never returns a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import sympy
from sympy.core.relational import Relational

from companion.answers.judge.functions import PLAIN, RULES
from companion.answers.judge.values import Gaussian, NoValueError, Point, Value, checked, inexact, sign_of, subtract


class Evaluator:
    """Evaluates expressions at one point with the digits that `mpmath.mp` is set to.

    `rough` is set once a quadrature or an infinite sum took part: the result then has `ROUGH_DIGITS` digits only.
    `met_complex` is set once some part of the expression was not real. For an integrand, exponentials may underflow.
    """

    def __init__(self, point: Point) -> None:
        self._values: dict[sympy.Basic, Value] = {}
        for symbol, value in point.items():
            self._values[symbol] = inexact(value) if isinstance(value, Gaussian) else value
        self._memory: dict[sympy.Basic, Value] = {}
        self.rough = False
        self.met_complex = False
        self.is_integrand = False

    def where(self, symbol: sympy.Symbol, value: Value) -> Evaluator:
        """An evaluator for an integrand or a term at the same point, with one more symbol given a value."""
        inner = Evaluator({})
        inner._values = {**self._values, symbol: value}
        inner.is_integrand = True
        return inner

    def __call__(self, expression: sympy.Basic) -> Value:
        """The value; raises `NoValueError`."""
        if expression.is_Rational:
            return Fraction(int(expression.p), int(expression.q))
        if expression.is_Symbol:
            if expression not in self._values:
                raise NoValueError(f"no value for {expression.name}")
            return self._values[expression]
        known = self._memory.get(expression)
        if known is None:
            known = self._memory[expression] = self._compute(expression)
            self.met_complex = self.met_complex or isinstance(known, mpmath.mpc)
        return known

    def _compute(self, expression: sympy.Basic) -> Value:
        handler = RULES.get(expression.func)
        try:
            if handler is not None:
                return checked(handler(self, expression))
            function = PLAIN.get(expression.func)
            if function is None:
                raise NoValueError(f"no rule for {expression.func}")
            return checked(function(*(inexact(self(argument)) for argument in expression.args)))
        except NoValueError:
            raise
        except (ArithmeticError, ValueError, TypeError, mpmath.libmp.NoConvergence, RecursionError) as error:
            raise NoValueError(str(error)) from error

    def truth(self, condition: sympy.Basic) -> bool:
        """Whether a condition holds; raises `NoValueError` when that cannot be told."""
        if condition is sympy.true or condition is sympy.false:
            return condition is sympy.true
        if isinstance(condition, sympy.And):
            return all(self.truth(part) for part in condition.args)
        if isinstance(condition, sympy.Or):
            return any(self.truth(part) for part in condition.args)
        if isinstance(condition, sympy.Not):
            return not self.truth(condition.args[0])
        if isinstance(condition, Relational):
            sign = sign_of(subtract(self(condition.lhs), self(condition.rhs)), isinstance(condition, sympy.Eq | sympy.Ne))
            return bool(_RELATIONS[condition.func](sign))
        raise NoValueError("a condition that cannot be decided")


_RELATIONS: dict[Any, Callable[[int], bool]] = {
    sympy.Eq: lambda sign: sign == 0,
    sympy.Ne: lambda sign: sign != 0,
    sympy.Lt: lambda sign: sign < 0,
    sympy.Le: lambda sign: sign <= 0,
    sympy.Gt: lambda sign: sign > 0,
    sympy.Ge: lambda sign: sign >= 0,
}
