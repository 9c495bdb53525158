"""How each SymPy function is evaluated at a point: one rule for each, collected in `RULES` and `PLAIN`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import mpmath
import sympy
from mpmath import mp

from companion.answers.judge.divisors import WHOLE
from companion.answers.judge.values import (
    LARGEST_ANGLE,
    LARGEST_LOGARITHM,
    NoValueError,
    Value,
    inexact,
    is_real,
    raise_to,
    real_part,
    sign_of,
)

if TYPE_CHECKING:
    from companion.answers.judge.numeric import Evaluator

ROUGH_DIGITS = 15
"""What an integral or an infinite sum is trusted to."""


def _add(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    values = [evaluate(term) for term in expression.args]
    if all(isinstance(value, Fraction) for value in values):
        return sum(values, Fraction(0))
    return mpmath.fsum([inexact(value) for value in values])


def _multiply(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    values = [evaluate(factor) for factor in expression.args]
    exact = Fraction(1)
    rest = mpmath.mpf(1)
    rounded = False
    for value in values:
        if isinstance(value, Fraction):
            exact *= value
        else:
            rest, rounded = rest * value, True
    if not rounded or exact == 0:
        return exact
    return inexact(exact) * rest


def _power(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    base, exponent = evaluate(expression.base), evaluate(expression.exp)
    return raise_to(base, exponent)


def _exponential(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    argument = inexact(evaluate(expression.args[0]))
    if abs(argument) > LARGEST_LOGARITHM:
        if evaluate.is_integrand and argument.real < 0:
            return mpmath.mpf(0)
        raise NoValueError("too large")
    return mpmath.exp(argument)


def _logarithm(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    argument = inexact(evaluate(expression.args[0]))
    if argument == 0:
        raise NoValueError("the logarithm of zero")
    value = mpmath.log(argument)
    if len(expression.args) > 1:
        return value / mpmath.log(inexact(evaluate(expression.args[1])))
    return value


def _periodic(function: Callable[[Any], Any], has_poles: bool) -> Callable[[Evaluator, sympy.Basic], Value]:
    def apply(evaluate: Evaluator, expression: sympy.Basic) -> Value:
        argument = inexact(evaluate(expression.args[0]))
        if abs(argument) > LARGEST_ANGLE:
            raise NoValueError("the angle is too large")
        value = function(argument)
        if has_poles and abs(value) > mpmath.mpf(10) ** (mp.dps - 10):
            raise NoValueError("a pole")
        return value

    return apply


def _magnitude(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    return abs(evaluate(expression.args[0]))


def _sign(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    value = evaluate(expression.args[0])
    if not isinstance(value, Fraction) and not is_real(value):
        return value / abs(value)
    return Fraction(sign_of(value))


def _heaviside(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    sign = sign_of(evaluate(expression.args[0]))
    if sign == 0:
        raise NoValueError("the step at zero is a matter of convention")
    return Fraction(int(sign > 0))


def _whole(round_exact: Callable[[Fraction], int], round_inexact: Callable[[Any], Any]) -> Callable[[Evaluator, sympy.Basic], Value]:
    def apply(evaluate: Evaluator, expression: sympy.Basic) -> Value:
        value = evaluate(expression.args[0])
        if isinstance(value, Fraction):
            return Fraction(round_exact(value))
        value = real_part(value)
        if abs(value) > mpmath.mpf(10) ** (mp.dps // 2) or abs(value - mpmath.nint(value)) < mpmath.mpf(10) ** (-mp.dps // 2):
            raise NoValueError("too close to a step")
        return Fraction(int(round_inexact(value)))

    return apply


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[[Evaluator, sympy.Basic], Value]:
    def apply(evaluate: Evaluator, expression: sympy.Basic) -> Value:
        values = [real_part(evaluate(argument)) for argument in expression.args]
        return choose(values if all(isinstance(value, Fraction) for value in values) else [inexact(value) for value in values])

    return apply


def _piecewise(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    for value, condition in expression.args:
        if evaluate.truth(condition):
            return evaluate(value)
    raise NoValueError("outside all cases")


def _factorial(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    argument = inexact(evaluate(expression.args[0]))
    if abs(argument) > 10**6:
        raise NoValueError("too large")
    return mpmath.factorial(argument)


def _binomial(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    upper, lower = (evaluate(argument) for argument in expression.args)
    if all(isinstance(value, Fraction) and value.denominator == 1 and value < 0 for value in (upper, lower)):
        raise NoValueError("the binomial coefficient of negative integers is a matter of convention")
    return mpmath.binomial(inexact(upper), inexact(lower))


def _modulo(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    value, modulus = (evaluate(argument) for argument in expression.args)
    if isinstance(value, Fraction) and isinstance(modulus, Fraction) and modulus != 0:
        return value % modulus
    raise NoValueError("a remainder of inexact numbers")


def _integral(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    """One definite integral by quadrature; trusted only when the estimated error is small."""
    if len(expression.limits) != 1 or len(expression.limits[0]) != 3:
        raise NoValueError("not a single definite integral")
    variable, lower, upper = expression.limits[0]
    ends = [_end(evaluate, end) for end in (lower, upper)]
    with mpmath.workdps(ROUGH_DIGITS * 2):
        value, error = mpmath.quad(_as_function(evaluate, expression.function, variable), ends, error=True, maxdegree=7)
    if not mpmath.isfinite(value) or error > mpmath.mpf(10) ** (-ROUGH_DIGITS) * max(1, abs(value)):
        raise NoValueError("the quadrature does not settle")
    evaluate.rough = True
    return value


def _series(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    """One sum: term by term when it is short, by extrapolation when it is infinite."""
    if len(expression.limits) != 1:
        raise NoValueError("more than one index")
    variable, lower, upper = expression.limits[0]
    term = _as_function(evaluate, expression.function, variable)
    first, last = _end(evaluate, lower), _end(evaluate, upper)
    if mpmath.isfinite(first) and mpmath.isfinite(last):
        if not (mpmath.isint(first) and mpmath.isint(last)) or last - first > 2000:
            raise NoValueError("not a short sum")
        return mpmath.fsum([term(mpmath.mpf(index)) for index in range(int(first), int(last) + 1)])
    values = []
    for digits in (ROUGH_DIGITS + 5, ROUGH_DIGITS * 2):
        with mpmath.workdps(digits):
            values.append(mpmath.nsum(term, [first, last]))
    # A divergent series also has "a value", but one that depends on how long one adds.
    if abs(values[0] - values[1]) > mpmath.mpf(10) ** (2 - ROUGH_DIGITS) * max(1, abs(values[1])):
        raise NoValueError("the series does not settle")
    evaluate.rough = True
    return values[1]


def _as_function(evaluate: Evaluator, body: sympy.Basic, variable: sympy.Symbol) -> Callable[[Any], Any]:
    return lambda argument: inexact(evaluate.where(variable, argument)(body))


def _end(evaluate: Evaluator, end: sympy.Basic) -> Value:
    if end in (sympy.oo, -sympy.oo):
        return mpmath.inf if end is sympy.oo else -mpmath.inf
    return inexact(real_part(evaluate(end)))


def _sinc(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    value = evaluate(expression.args[0])
    return Fraction(1) if value == 0 else mpmath.sin(inexact(value)) / inexact(value)


def _divisor(evaluate: Evaluator, expression: sympy.Basic) -> Value:
    values = [evaluate(argument) for argument in expression.args]
    if not all(isinstance(value, Fraction) and value.denominator == 1 for value in values):
        raise NoValueError("only whole numbers have common divisors")
    return Fraction(WHOLE[expression.func](*(value.numerator for value in values)))


def _constant(name: str) -> Callable[[Evaluator, sympy.Basic], Value]:
    return lambda evaluate, expression: +getattr(mpmath, name)


RULES: dict[Any, Callable[[Evaluator, sympy.Basic], Value]] = {
    sympy.Add: _add,
    sympy.Mul: _multiply,
    sympy.Pow: _power,
    sympy.exp: _exponential,
    sympy.log: _logarithm,
    sympy.sin: _periodic(mpmath.sin, False),
    sympy.cos: _periodic(mpmath.cos, False),
    sympy.tan: _periodic(mpmath.tan, True),
    sympy.cot: _periodic(mpmath.cot, True),
    sympy.sec: _periodic(mpmath.sec, True),
    sympy.csc: _periodic(mpmath.csc, True),
    sympy.Abs: _magnitude,
    sympy.sign: _sign,
    sympy.Heaviside: _heaviside,
    sympy.floor: _whole(lambda value: value.__floor__(), mpmath.floor),
    sympy.ceiling: _whole(lambda value: value.__ceil__(), mpmath.ceil),
    sympy.Max: _extreme(max),
    sympy.Min: _extreme(min),
    sympy.Piecewise: _piecewise,
    sympy.factorial: _factorial,
    sympy.Mod: _modulo,
    sympy.binomial: _binomial,
    sympy.sinc: _sinc,
    sympy.Float: lambda evaluate, expression: mp.make_mpf(expression._mpf_),
    sympy.Integral: _integral,
    sympy.Sum: _series,
    **dict.fromkeys(WHOLE, _divisor),
    type(sympy.pi): _constant("pi"),
    type(sympy.E): _constant("e"),
    type(sympy.EulerGamma): _constant("euler"),
    type(sympy.GoldenRatio): _constant("phi"),
    type(sympy.Catalan): _constant("catalan"),
    type(sympy.I): lambda evaluate, expression: mpmath.mpc(0, 1),
}

PLAIN: dict[Any, Callable[..., Any]] = {
    sympy.asin: mpmath.asin,
    sympy.acos: mpmath.acos,
    sympy.atan: mpmath.atan,
    sympy.acot: mpmath.acot,
    sympy.asec: mpmath.asec,
    sympy.acsc: mpmath.acsc,
    sympy.atan2: mpmath.atan2,
    sympy.sinh: mpmath.sinh,
    sympy.cosh: mpmath.cosh,
    sympy.tanh: mpmath.tanh,
    sympy.coth: mpmath.coth,
    sympy.sech: mpmath.sech,
    sympy.csch: mpmath.csch,
    sympy.asinh: mpmath.asinh,
    sympy.acosh: mpmath.acosh,
    sympy.atanh: mpmath.atanh,
    sympy.acoth: mpmath.acoth,
    sympy.asech: mpmath.asech,
    sympy.acsch: mpmath.acsch,
    sympy.gamma: mpmath.gamma,
    sympy.loggamma: mpmath.loggamma,
    sympy.beta: mpmath.beta,
    sympy.digamma: lambda argument: mpmath.psi(0, argument),
    sympy.polygamma: mpmath.psi,
    sympy.erf: mpmath.erf,
    sympy.erfc: mpmath.erfc,
    sympy.erfi: mpmath.erfi,
    sympy.erfinv: mpmath.erfinv,
    sympy.zeta: mpmath.zeta,
    sympy.LambertW: mpmath.lambertw,
    sympy.Ei: mpmath.ei,
    sympy.Si: mpmath.si,
    sympy.Ci: mpmath.ci,
    sympy.li: mpmath.li,
    sympy.polylog: mpmath.polylog,
    sympy.re: lambda argument: mpmath.mpf(argument.real),
    sympy.im: lambda argument: mpmath.mpf(argument.imag),
    sympy.conjugate: mpmath.conj,
    sympy.arg: mpmath.arg,
}
