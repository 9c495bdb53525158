"""Inequalities between functions: dominance, positivity, and what an author states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Any

import sympy

from companion.answers import tree
from companion.answers.judge.build import Scope
from companion.answers.judge.domains import Domain, Domains
from companion.answers.judge.limits import BuildError
from companion.answers.judge.proof import is_tame
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, all_hold, fails, tested, undecided
from companion.answers.judge.properties.numbers import provably_nonnegative, value_at, witness_order_at
from companion.answers.judge.properties.pieces import between_zeros, cut
from companion.answers.judge.properties.regions import Region, numeric_ends
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.statements import SIGNS, Atom, Statement, atoms, statement, truth
from companion.answers.judge.values import NoValueError
from companion.answers.printing import to_tex

ZERO = sympy.S.Zero
SMALL = 3
"""Up to this value of an index the zeros of a difference are looked for."""


def at_most(left: sympy.Expr, right: sympy.Expr, region: Region, subject: Subject, message: str, strictly: bool = False) -> Finding:
    """Whether left <= right (or <) on a region for all parameters. `message` is the sentence before the point at which it fails."""
    refused = refuted(left, right, region, subject, message, strictly)
    if refused.state != "holds":
        return refused
    return PROVED if _proved(left, right, region, subject.domains, strictly) else refused


def refuted(left: sympy.Expr, right: sympy.Expr, region: Region, subject: Subject, message: str, strictly: bool = False) -> Finding:
    """The same, by trying points only."""
    tried, complete = 0, not strictly
    variable = region.variable
    for point in subject.parameters(left, right, region.lower, region.upper, without=[variable]):
        here_region = region.at(point)
        crossings, all_found = _crossings(left - right, here_region, point, subject.domains)
        complete = complete and all_found
        for place in [*places(here_region, (left, right), point, subject.domains), *crossings]:
            here = {**point, variable: place}
            try:
                order = witness_order_at(left, right, here)
            except NoValueError:
                trouble = _undefined(left, right, here)
                if trouble is not None:
                    return trouble
                continue
            if order is None:
                continue
            if order > 0 or (strictly and order == 0):
                return fails(f"{message} at {parameters_tex(here)}.", at_text(here))
            tried += 1
    if complete and not (left.free_symbols | right.free_symbols) - {variable} and tried:
        return PROVED
    return tested(tried)


def _crossings(
    difference: sympy.Expr, region: Region, point: dict[sympy.Symbol, Fraction], domains: Domains
) -> tuple[list[Fraction], bool]:
    """A point in every gap between the zeros of a difference on a region, and whether no zero was missed."""
    if region.variable.is_integer or (len(point) and max(point.values()) > SMALL):
        return [], False
    here = difference.subs({symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in point.items()})
    try:
        pieces = cut(here, region, domains)
    except NotDecidedError:
        return [], False
    found: list[Fraction] = []
    complete = pieces.complete and not (region.lower_closed or region.upper_closed) and len(pieces.pieces) == 1
    for piece in pieces.pieces:
        if piece.body is None or not is_tame(piece.body):
            return found, False
        more, all_found = between_zeros(piece.body, region.variable, piece.left, piece.right)
        found += more
        complete = complete and all_found
    return found, complete


def _undefined(left: sympy.Expr, right: sympy.Expr, here: dict[sympy.Symbol, Fraction]) -> Finding | None:
    """The finding for a function that has no value at a point of the region."""
    for side in (left, right):
        try:
            value_at(side, here)
        except NoValueError as trouble:
            if any(word in str(trouble) for word in ("not a real number", "division by zero", "logarithm of zero", "outside all cases")):
                return fails(f"It has no real value at {parameters_tex(here)}.", at_text(here))
    return None


def places(region: Region, functions: Iterable[sympy.Expr], point: dict[sympy.Symbol, Fraction], domains: Domains) -> list[Fraction]:
    """Where to try functions on a region whose ends are numbers: generic points, kinks, and points on the scale of the parameters."""
    known = {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in point.items()}
    also: list[Fraction] = []
    for function in functions:
        here = function.subs(known)
        if here.has(sympy.Abs, sympy.Max, sympy.Min, sympy.Piecewise, sympy.sign, sympy.Heaviside, sympy.floor, sympy.ceiling):
            try:
                also += cut(here, region, domains).inner_points(region.variable)
            except NotDecidedError:
                continue
    for value in point.values():
        if value > 0:
            also += [1 / value, 2 / value, 1 / (2 * value), 1 - 1 / value, 1 / value**2, value]
    return region.points(also)


def _proved(left: sympy.Expr, right: sympy.Expr, region: Region, domains: Domains, strictly: bool) -> bool:
    if not _numeric(region):
        return False
    domain = region.domain()
    if domain is None or (strictly and domain.upper_closed):
        return False
    within = {region.variable: domain}
    sides = [right - left]
    if left.has(sympy.Abs):
        inner = left.replace(sympy.Abs, lambda argument: argument)
        sides = [right - inner, right + inner] if isinstance(left, sympy.Abs) else sides
    return all(provably_nonnegative(side, domains, strictly, within) for side in sides)


def _numeric(region: Region) -> bool:
    return numeric_ends(region)


def dominates(subject: Subject) -> Finding:
    """The object is at least the absolute value of a function on a region, for all parameters."""
    function = subject.other()
    return at_most(sympy.Abs(function), subject.formula_given(), subject.region(), subject, "It is not an upper bound: it is too small")


def dominated_by(subject: Subject) -> Finding:
    """The absolute value of the object is at most a function."""
    return at_most(sympy.Abs(subject.formula_given()), subject.other(), subject.region(), subject, "It is larger than the bound")


def positive(subject: Subject) -> Finding:
    """The object, or every entry of it, is positive."""
    return all_hold(_signed(entry, subject, strictly=True) for entry in subject.entries())


def nonnegative(subject: Subject) -> Finding:
    """The object, or every entry of it, is not negative."""
    return all_hold(_signed(entry, subject, strictly=False) for entry in subject.entries())


def _signed(entry: sympy.Expr, subject: Subject, strictly: bool) -> Finding:
    wanted = "positive" if strictly else "nonnegative"
    if not entry.free_symbols:
        try:
            order = witness_order_at(entry, ZERO, {})
        except NoValueError:
            return undecided("I found no real value of this.")
        if order is None:
            return undecided("I could not tell the sign of this number.")
        return PROVED if order > 0 or (order == 0 and not strictly) else fails(f"${number_tex(entry)}$ is not {wanted}.")
    return at_most(ZERO, entry, whole_region(entry, subject), subject, f"It is not {wanted}", strictly)


def whole_region(expression: sympy.Expr, subject: Subject) -> Region:
    """The region of the argument `over`, else the domain of the object's variable."""
    if subject.has("over"):
        return subject.region()
    inputs = [subject.scope.symbol(name) for name in subject.thing.inputs]
    candidates = [symbol for symbol in inputs if symbol in expression.free_symbols] or sorted(expression.free_symbols, key=str)
    variable = candidates[-1]
    return _domain_region(variable, subject.domains)


def _domain_region(variable: sympy.Symbol, domains: Domains) -> Region:
    domain = domains.domain(variable)
    lower = -sympy.oo if domain.lower is None else sympy.Rational(domain.lower.numerator, domain.lower.denominator)
    upper = sympy.oo if domain.upper is None else sympy.Rational(domain.upper.numerator, domain.upper.denominator)
    return Region(variable, lower, upper, domain.lower_closed, domain.upper_closed)


def nonzero(subject: Subject) -> Finding:
    """A list is not zero altogether; a function has no zero that is found."""
    entries = subject.entries()
    if len(entries) > 1:
        findings = [_is_zero(entry) for entry in entries]
        if False in findings:
            return PROVED
        return fails("All entries are zero.") if None not in findings else undecided("I could not tell whether all entries are zero.")
    entry = entries[0]
    if not entry.free_symbols:
        zero = _is_zero(entry)
        return undecided("I could not tell whether this is zero.") if zero is None else (fails("It is zero.") if zero else PROVED)
    region = whole_region(entry, subject)
    signs: set[int] = set()
    tried = 0
    for point in subject.parameters(entry, without=[region.variable]):
        signs.clear()
        for place in places(region.at(point), [entry], point, subject.domains):
            here = {**point, region.variable: place}
            try:
                order = witness_order_at(entry, ZERO, here)
            except NoValueError:
                continue
            if order == 0:
                return fails(f"It is zero at {parameters_tex(here)}.", at_text(here))
            if order is not None:
                signs.add(order)
                tried += 1
        if len(signs) > 1:
            return undecided("It changes its sign, and I could not find where.")
    if all(_proved(ZERO, side, region, subject.domains, True) for side in (entry,)) or _proved(ZERO, -entry, region, subject.domains, True):
        return PROVED
    return tested(tried)


def _is_zero(entry: sympy.Expr) -> bool | None:
    if entry.free_symbols:
        return True if entry == 0 else None
    try:
        order = witness_order_at(entry, ZERO, {})
    except NoValueError:
        return None
    return None if order is None else order == 0


def inequality(subject: Subject) -> Finding:
    """A relation about the fields' names holds at every point that is tried of the domains of its names."""
    (node,), scope, _, domains = subject.statement_parts(subject.word("relation"))
    made = _stated(node, scope, subject)
    replaced = [
        replace(atom, left=subject.with_fields(atom.left, scope), right=subject.with_fields(atom.right, scope)) for atom in atoms(made)
    ]
    if not replaced:
        raise subject.fault("relation says nothing about the answer.")
    symbols = sorted(set().union(*(atom.difference.free_symbols for atom in replaced)), key=lambda symbol: symbol.name)
    tried = 0
    points: list[Any] = [*domains.generic(symbols, subject.seed, 40), *domains.exceptional(symbols, subject.seed, {})] if symbols else [{}]
    if len(symbols) == 1:
        region = _domain_region(symbols[0], domains)
        crossings = [_crossings(atom.difference, region, {}, domains)[0] for atom in replaced]
        points += [{symbols[0]: value} for value in (*region.points(), *chain.from_iterable(crossings))]
    for point in points:
        values = [_atom_truth(atom, point) for atom in replaced]
        if False in values:
            return fails(f"${to_tex(node)}$ fails {f'at {parameters_tex(point)}' if point else 'everywhere'}.", at_text(point))
        tried += None not in values
    if not symbols:
        return PROVED if tried else undecided("I could not tell whether the relation holds.")
    within: dict[sympy.Symbol, Domain] = {}
    if all(_atom_proved(atom.left, atom.sign, atom.right, domains, within) for atom in replaced):
        return PROVED
    return tested(tried)


def _atom_truth(atom: Atom, point: dict[sympy.Symbol, Any]) -> bool | None:
    """Whether a comparison holds at a point. Sides that only agree to many digits refute no strict inequality."""
    value = truth(atom, point)
    if value or atom.sign not in ("<", ">", "!="):
        return value
    try:
        order = witness_order_at(atom.left, atom.right, point)
    except NoValueError:
        return value
    return None if order is None else SIGNS[atom.sign](order)


def _atom_proved(left: sympy.Expr, sign: str, right: sympy.Expr, domains: Domains, within: dict[sympy.Symbol, Domain]) -> bool:
    if sign not in ("<", "<=", ">", ">="):
        return False
    difference = right - left if sign in ("<", "<=") else left - right
    return provably_nonnegative(difference, domains, sign in ("<", ">"), within)


def _stated(node: tree.Node, scope: Scope, subject: Subject) -> Statement:
    if not isinstance(node, tree.Relation):
        raise subject.fault("relation is not a comparison.")
    try:
        return statement(node, scope)
    except BuildError as error:
        raise subject.fault(error.message) from error
