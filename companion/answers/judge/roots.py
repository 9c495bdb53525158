"""Real roots of an expression in one variable, and whether they are all of them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.proof import is_tame
from companion.answers.judge.values import NoValueError, Value, is_real

ROOT_DIGITS = 80
MAX_DEGREE = 24
MAX_DEPTH = 4
SOLVE_SECONDS = 0.3
SCAN = [Fraction(step, 4) + Fraction(1, 97) for step in range(-40, 41)]


def critical_values(expression: sympy.Expr, variable: sympy.Symbol) -> tuple[list[Value], bool]:
    """Values of the variable between which the expression keeps its sign, and whether they are certainly all.

    The expression has no other symbol. Values that are not roots may be among them; that does no harm.
    """
    if variable not in expression.free_symbols:
        return [], True
    return _critical(expression, variable, 0)


def _critical(expression: sympy.Expr, variable: sympy.Symbol, depth: int) -> tuple[list[Value], bool]:
    if depth > MAX_DEPTH:
        return _scanned(expression, variable), False
    bent = sorted(expression.atoms(sympy.Abs, sympy.sign, sympy.Max, sympy.Min, sympy.Heaviside), key=sympy.count_ops)
    if bent:
        return _by_cases(expression, bent[0], variable, depth)
    if not is_tame(expression):
        return _scanned(expression, variable), False
    found = attempt(lambda: _rational_function(expression, variable), SOLVE_SECONDS)
    if found is not None:
        return found, True
    solutions = attempt(lambda: sympy.solveset(expression, variable, sympy.S.Reals), SOLVE_SECONDS)
    if solutions is sympy.S.EmptySet and not _scanned(expression, variable):
        solutions = sympy.FiniteSet(evaluate=False)
    if isinstance(solutions, sympy.FiniteSet) and not expression.has(sympy.floor, sympy.ceiling):
        values = [_value(root) for root in solutions]
        edges = _edges(expression, variable)
        if None not in values and edges is not None:
            complete = True
            for edge in edges:
                more, all_found = _critical(edge, variable, depth + 1)
                values += more
                complete = complete and all_found
            return values, complete
        return [*(value for value in values if value is not None), *_scanned(expression, variable)], False
    return _scanned(expression, variable), False


_ENTIRE = (sympy.exp, sympy.sin, sympy.cos, sympy.sinh, sympy.cosh, sympy.tanh, sympy.atan, sympy.asinh, sympy.erf)


def _edges(expression: sympy.Expr, variable: sympy.Symbol) -> list[sympy.Expr] | None:
    """Expressions at whose zeros the sign may change without a root (poles, ends of the domain); `None` if there are others."""
    edges = []
    for part in sympy.preorder_traversal(expression):
        if variable not in part.free_symbols or part.is_Add or part.is_Mul or part.is_Symbol or isinstance(part, _ENTIRE):
            continue
        if part.is_Pow and variable not in part.exp.free_symbols and part.exp.is_Rational:
            if not (part.exp.is_Integer and part.exp > 0):
                edges.append(part.base)
        elif isinstance(part, sympy.log) and len(part.args) == 1:
            edges.append(part.args[0])
        elif not (part.is_Pow and part.base.is_positive):
            return None
    return edges


def _by_cases(expression: sympy.Expr, bent: sympy.Expr, variable: sympy.Symbol, depth: int) -> tuple[list[Value], bool]:
    """The critical values of an expression with a kink: those of each case, and the kink itself."""
    argument = bent.args[0]
    if isinstance(bent, sympy.Abs):
        cases, edges = [argument, -argument], [argument]
    elif isinstance(bent, sympy.Max | sympy.Min):
        cases = list(bent.args)
        edges = [left - right for place, left in enumerate(cases) for right in cases[:place]]
    else:
        cases, edges = [sympy.S.NegativeOne, sympy.S.Zero, sympy.S.One], [argument]
    values: list[Value] = []
    complete = True
    for part in [expression.xreplace({bent: case}) for case in cases] + edges:
        if variable in part.free_symbols:
            more, all_found = _critical(part, variable, depth + 1)
            values += more
            complete = complete and all_found
    return values, complete


def _rational_function(expression: sympy.Expr, variable: sympy.Symbol) -> list[Value]:
    """Roots and poles of a rational function. Raises `PolynomialError` for anything else."""
    numerator, denominator = sympy.together(expression).as_numer_denom()
    values: list[Value] = []
    for side in (numerator, denominator):
        factors = [factor for factor in sympy.Mul.make_args(side) if not isinstance(factor, sympy.exp)]
        for factor in factors:
            base = factor.base if factor.is_Pow and factor.exp.is_Integer and factor.exp > 0 else factor
            if variable in base.free_symbols:
                values += _polynomial_roots(sympy.Poly(base, variable))
    return values


def _polynomial_roots(polynomial: sympy.Poly) -> list[Value]:
    if polynomial.degree() > MAX_DEGREE:
        raise sympy.PolynomialError("the degree is too high")
    if polynomial.get_domain().is_ZZ or polynomial.get_domain().is_QQ:
        if polynomial.degree() <= 2:
            exact = [root for root in sympy.roots(polynomial) if root.is_real]
        else:
            exact = [root for root, _ in polynomial.real_roots(multiple=False)]
        values = [_value(root) for root in exact]
        if None in values:
            raise sympy.PolynomialError("a root without a value")
        return values
    if polynomial.free_symbols_in_domain:
        raise sympy.PolynomialError("a coefficient is not a number")
    return _numeric_roots(polynomial)


def _numeric_roots(polynomial: sympy.Poly) -> list[Value]:
    """The real roots of a polynomial with real or complex coefficients, by simultaneous iteration."""
    with mpmath.workdps(ROOT_DIGITS):
        evaluate = Evaluator({})
        coefficients = [mpmath.mpmathify(_as_number(evaluate(coefficient))) for coefficient in polynomial.all_coeffs()]
        found = mpmath.polyroots(coefficients, maxsteps=200, extraprec=400)
        return [root.real for root in found if abs(root.imag) <= mpmath.mpf(10) ** -30 * max(1, abs(root))]


def _as_number(value: Value) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def _value(root: sympy.Expr) -> Value | None:
    if root.is_Rational:
        return Fraction(int(root.p), int(root.q))
    with mpmath.workdps(ROOT_DIGITS):
        try:
            value = Evaluator({})(root)
        except NoValueError:
            value = attempt(lambda: mpmath.mpmathify(root.evalf(ROOT_DIGITS)), SOLVE_SECONDS)
        return value if value is not None and is_real(value) else None


def _scanned(expression: sympy.Expr, variable: sympy.Symbol) -> list[Value]:
    """Some of the roots: where the sign changes along a grid."""

    def at(place: Any) -> Any:
        value = Evaluator({variable: place})(expression)
        if not is_real(value):
            raise NoValueError
        return mpmath.re(_as_number(value))

    found: list[Value] = []
    with mpmath.workdps(ROOT_DIGITS // 2):
        before: tuple[Fraction, Any] | None = None
        for place in SCAN:
            try:
                here = (place, at(place))
            except NoValueError:
                before = None
                continue
            if before is not None and before[1] * here[1] < 0:
                ends = (_as_number(before[0]), _as_number(here[0]))
                root = attempt(partial(mpmath.findroot, at, ends, solver="illinois", verify=False), 0.05)
                if root is not None:
                    found.append(root)
            before = here
    return found
