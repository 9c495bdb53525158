"""What each function of the language is in SymPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from companion.answers.judge.divisors import Gcd, Lcm

_TWO = sympy.Integer(2)


def real_odd_power(base: sympy.Expr, exponent: sympy.Rational) -> sympy.Expr:
    """The real power of a real base, for an exponent with an odd denominator: the cube root of -8 is -2."""
    if base.is_nonnegative:
        return sympy.Pow(base, exponent)
    if base.is_negative or base.is_Rational:
        return (-1) ** exponent.p * sympy.Pow(-base, exponent)
    if exponent.p % 2 == 0:
        return sympy.Pow(sympy.Abs(base), exponent)
    return sympy.sign(base) * sympy.Pow(sympy.Abs(base), exponent)


def _root(base: sympy.Expr, index: sympy.Expr) -> sympy.Expr:
    if index.is_Integer and index % 2 == 1 and index > 1 and base.is_extended_real:
        return real_odd_power(base, sympy.Rational(1, int(index)))
    return sympy.Pow(base, 1 / index)


def _logarithm(argument: sympy.Expr, base: sympy.Expr) -> sympy.Expr:
    return sympy.log(argument) / sympy.log(base)


def _norm(vector: Any, index: sympy.Expr = _TWO) -> sympy.Expr:
    if not isinstance(vector, sympy.MatrixBase):
        return sympy.Abs(vector)
    sizes = [sympy.Abs(entry) for entry in vector]
    if min(vector.shape) != 1:
        raise NotImplementedError
    if index is sympy.oo:
        return sympy.Max(*sizes)
    return sympy.Pow(sympy.Add(*(size**index for size in sizes)), 1 / index)


def _magnitude(argument: Any) -> sympy.Expr:
    return _norm(argument)


def _inverse(matrix: Any) -> Any:
    return matrix.inv() if isinstance(matrix, sympy.MatrixBase) else 1 / matrix


CALLS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(sympy, name)
        for name in (
            *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"),
            *("asin", "acos", "atan", "acot", "asec", "acsc", "asinh", "acosh", "atanh", "acoth", "asech", "acsch"),
            *("exp", "sqrt", "floor", "sign", "factorial", "gamma", "erf", "sinc", "re", "im", "arg", "binomial", "atan2"),
        )
    },
    "ln": sympy.log,
    "log": _logarithm,
    "abs": _magnitude,
    "ceil": sympy.ceiling,
    "cbrt": lambda argument: _root(argument, sympy.Integer(3)),
    "root": _root,
    "conj": sympy.conjugate,
    "max": sympy.Max,
    "min": sympy.Min,
    "relu": lambda argument: sympy.Max(0, argument),
    "sigmoid": lambda argument: 1 / (1 + sympy.exp(-argument)),
    "softplus": lambda argument: sympy.log(1 + sympy.exp(argument)),
    "heaviside": sympy.Heaviside,
    "Phi": lambda argument: (1 + sympy.erf(argument / sympy.sqrt(2))) / 2,
    "mod": sympy.Mod,
    "gcd": Gcd,
    "lcm": Lcm,
    "norm": _norm,
    "det": lambda matrix: matrix.det(),
    "tr": lambda matrix: matrix.trace(),
    "transpose": lambda matrix: matrix.T,
    "inv": _inverse,
    "rank": lambda matrix: sympy.Integer(matrix.rank()),
}
"""The functions of the language under their canonical names; `TypeError` or `NotImplementedError` means "not for these arguments"."""

OF_MATRICES = frozenset({"abs", "norm", "det", "tr", "transpose", "inv", "rank"})
"""The functions that take a vector or a matrix; SymPy would let some of the others pass, and they would have no value anywhere."""
