"""Polynomial equations over the complex numbers: solution sets in one variable, and implications between systems.

Equations in one variable are compared by their roots, of which none is missing.
Systems in several are compared by ideals: a polynomial vanishes wherever those of
a system do just when it lies in the radical of their ideal (Rabinowitsch's trick),
which a Gröbner basis decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.statements import Atom, Compound, Statement, Truth, atoms, combine, substituted
from companion.answers.judge.steps.outcome import NO_CHANGE, Change, Passage
from companion.answers.judge.values import NoValueError, Value, inexact

MAX_DEGREE = 16
MAX_EQUATIONS = 12
DIGITS = 80
CLOSE = 25
"""Roots that agree to so many digits are one."""
SECONDS = 0.3


def by_roots(old: Statement, new: Statement, variable: sympy.Symbol, domains: Domains, over_complex: bool) -> Passage | None:
    """The passage between two statements made of rational equations in one variable; `None` if they are anything else.

    Over the complex numbers, or over the variable's domain.
    """
    return attempt(partial(_by_roots, old, new, variable, domains, over_complex), SECONDS)


def _by_roots(old: Statement, new: Statement, variable: sympy.Symbol, domains: Domains, over_complex: bool) -> Passage | None:
    given = {*atoms(old), *atoms(new)}
    if not given or any(atom.sign not in ("=", "!=") for atom in given):
        return None
    with mpmath.workdps(DIGITS):
        found = {atom: _roots_and_poles(atom, variable) for atom in given}
        places: list[Any] = []
        for roots, poles, _ in found.values():
            for value in (*roots, *poles):
                if not any(_same(value, other) for other in places):
                    places.append(value)
        lost: list[Any] = []
        gained: list[Any] = []
        for place in (None, *places):
            if place is not None and not over_complex and not _is_in(place, variable, domains):
                continue
            before, after = (_holds(given, place, found) for given in (old, new))
            if before is None or after is None:
                return None
            if before != after:
                (lost if before else gained).append(place)
        return Passage(_change(lost, variable), _change(gained, variable), "proved")


def _roots_and_poles(atom: Atom, variable: sympy.Symbol) -> tuple[list[Any], list[Any], bool]:
    """The roots of the difference, the poles of both sides as they stand, and whether the difference is zero everywhere."""
    numerator = sympy.together(atom.difference).as_numer_denom()[0]
    divisors = {power.base for side in (atom.left, atom.right) for power in side.atoms(sympy.Pow) if power.exp.is_negative}
    poles = [root for divisor in divisors if variable in divisor.free_symbols for root in _roots(divisor, variable)]
    everywhere = sympy.expand(numerator) == 0
    return [] if everywhere else _roots(numerator, variable), poles, everywhere


def _roots(expression: sympy.Expr, variable: sympy.Symbol) -> list[Any]:
    """All complex roots of a product of polynomials. Raises `PolynomialError` for anything else."""
    found: list[Any] = []
    for factor in sympy.Mul.make_args(expression):
        base = factor.base if factor.is_Pow and factor.exp.is_Integer and factor.exp > 0 else factor
        polynomial = sympy.Poly(base, variable)
        if polynomial.free_symbols_in_domain or polynomial.degree() > MAX_DEGREE:
            raise sympy.PolynomialError("not a polynomial with numbers for coefficients")
        if polynomial.get_domain().is_ZZ or polynomial.get_domain().is_QQ:
            polynomial = polynomial.sqf_part()
        coefficients = [inexact(Evaluator({})(coefficient)) for coefficient in polynomial.all_coeffs()]
        if len(coefficients) > 1:
            found += mpmath.polyroots(coefficients, maxsteps=200, extraprec=400)
    return found


def _same(left: Any, right: Any) -> bool:
    return bool(abs(left - right) <= mpmath.mpf(10) ** -CLOSE * max(1, abs(left)))


def _is_real(place: Any) -> bool:
    return bool(abs(mpmath.im(place)) <= mpmath.mpf(10) ** -CLOSE * max(1, abs(place)))


def _is_in(place: Any, variable: sympy.Symbol, domains: Domains) -> bool:
    value = neat(place)
    exact = value if isinstance(value, Fraction) else Fraction(int(mpmath.nint(mpmath.re(value) * 10**30)), 10**30)
    return _is_real(place) and domains.domain(variable).contains(exact) and domains.allows({variable: value})


def neat(place: Any) -> Value:
    """A root as a simple fraction or a real number where it is one."""
    if not _is_real(place):
        return place
    real = mpmath.re(place)
    simple = Fraction(int(mpmath.nint(real * 10**40)), 10**40).limit_denominator(10**6)
    return simple if _same(inexact(simple), real) else real


def _holds(given: Statement, place: Any, found: dict[Atom, tuple[list[Any], list[Any], bool]]) -> bool | None:
    """The truth of a statement at a root or pole, or (`None`) at a point that is neither."""
    if isinstance(given, Truth):
        return given.value
    if isinstance(given, Compound):
        return combine(given.connective, [_holds(part, place, found) for part in given.parts])
    if not isinstance(given, Atom):
        return None
    roots, poles, everywhere = found[given]
    if place is not None and any(_same(place, pole) for pole in poles):
        return False
    return (everywhere or (place is not None and any(_same(place, root) for root in roots))) == (given.sign == "=")


def _change(places: Sequence[Any], variable: sympy.Symbol) -> Change:
    if not places:
        return NO_CHANGE
    real = [place for place in places if place is not None and _is_real(place)]
    if real or places[0] is None:
        return Change(True, {variable: neat(min(real, key=abs))} if real else {})
    return Change(True, {variable: min(places, key=lambda place: (abs(place), -mpmath.im(place)))}, nonreal=True)


def as_system(given: Statement) -> list[sympy.Expr] | None:
    """Polynomials with rational coefficients that vanish together just where the statement holds; `None` if there are none."""
    if isinstance(given, Truth):
        return [] if given.value else [sympy.S.One]
    if isinstance(given, Atom):
        symbols = sorted(given.difference.free_symbols, key=lambda symbol: symbol.name)
        if given.sign != "=" or not symbols or not given.difference.is_polynomial(*symbols):
            return None
        domain = sympy.Poly(given.difference, *symbols).get_domain()
        return [given.difference] if domain.is_ZZ or domain.is_QQ else None
    if not isinstance(given, Compound) or given.connective not in ("and", "or"):
        return None
    parts = [as_system(part) for part in given.parts]
    systems = [part for part in parts if part is not None]
    if len(systems) < len(parts):
        return None
    if given.connective == "and":
        return [polynomial for system in systems for polynomial in system]
    products: list[sympy.Expr] = [sympy.S.One]
    for system in systems:
        products = [left * right for left in products for right in system]
        if len(products) > MAX_EQUATIONS:
            return None
    return products


def implies(old: Sequence[sympy.Expr], new: Sequence[sympy.Expr]) -> bool | None:
    """Whether the polynomials of `new` vanish at every common complex zero of those of `old`; `None` if that takes too long."""
    for polynomial in new:
        inside = attempt(partial(_vanishes, list(old), polynomial), SECONDS)
        if not inside:
            return inside
    return True


def _vanishes(old: list[sympy.Expr], polynomial: sympy.Expr) -> bool:
    if sympy.expand(polynomial) == 0:
        return True
    if len(old) == 1 and old[0].free_symbols:
        return set(_factors(old[0])) <= set(_factors(polynomial))
    if not old:
        return False
    fresh = sympy.Dummy("t")
    generators = sorted(set().union(polynomial.free_symbols, *(each.free_symbols for each in old)), key=lambda symbol: symbol.name)
    basis = sympy.groebner([*old, 1 - fresh * polynomial], *generators, fresh, order="grevlex")
    return list(basis.exprs) == [sympy.S.One]


def _factors(polynomial: sympy.Expr) -> Iterator[sympy.Expr]:
    for factor, _ in sympy.factor_list(polynomial)[1]:
        yield sympy.Poly(factor, *sorted(factor.free_symbols, key=lambda symbol: symbol.name)).monic().as_expr()


def are_equal_with_roots(old: Statement, new: Statement) -> bool:
    """Whether two statements with square roots have the same complex solutions, whichever value each root takes. False says nothing."""
    powers = {power for given in (old, new) for atom in atoms(given) for power in atom.difference.atoms(sympy.Pow)}
    radicals = {power for power in powers if power.exp.is_Rational and power.exp.q == 2}
    if not radicals or len(radicals) > 2:
        return False
    names = {power: sympy.Dummy("s") for power in radicals}
    relations = [name**2 - power.base for power, name in names.items() if power.exp == sympy.S.Half]
    systems = [as_system(substituted(given, names)) for given in (old, new)]
    if systems[0] is None or systems[1] is None or len(relations) < len(radicals):
        return False
    return implies([*systems[0], *relations], systems[1]) is True and implies([*systems[1], *relations], systems[0]) is True


def real_solutions(system: Sequence[sympy.Expr], symbols: Sequence[sympy.Symbol]) -> list[dict[sympy.Symbol, Value]]:
    """Real solutions of a system that has finitely many; none if they cannot be found in time."""
    solved = attempt(lambda: sympy.solve_poly_system(list(system), *symbols), SECONDS) or []
    found: list[dict[sympy.Symbol, Value]] = []
    with mpmath.workdps(DIGITS):
        for solution in solved:
            try:
                values = [Evaluator({})(value) for value in solution]
            except NoValueError:
                continue
            if all(_is_real(inexact(value)) for value in values):
                found.append(dict(zip(symbols, map(neat, map(inexact, values)), strict=True)))
    return found
