"""Whether two relations or statements have the same solutions."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from companion.answers.judge.budget import attempt, times_out
from companion.answers.judge.complexes import compare_over_complex, is_complex, point_at
from companion.answers.judge.domains import Domains
from companion.answers.judge.equivalence import compare
from companion.answers.judge.lines import Difference, LineComparison, Place, compare_on_lines
from companion.answers.judge.proof import is_tame
from companion.answers.judge.statements import (
    Atom,
    Compound,
    Proposition,
    Statement,
    Truth,
    atoms,
    combine,
    propositions,
    substituted,
    truth,
)
from companion.answers.judge.values import NoValueError, Point, is_real

MAX_PROPOSITIONS = 10
PROVED = LineComparison("equal", "proved")
ALGEBRA_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class LogicDifference:
    """An assignment of truth values at which two statements differ."""

    assignment: dict[str, bool]
    in_key: bool


@dataclass(frozen=True, slots=True)
class RelationComparison:
    """The outcome; `repeated` when the solutions agree and only their multiplicity does not, `unfinished` where time ran out."""

    lines: LineComparison
    logic: LogicDifference | None = None
    repeated: bool = False
    unfinished: bool = False


def compare_statements(answer: Statement, key: Statement, domains: Domains, seed: str) -> RelationComparison:
    """Compare two statements: by truth table when they are made of propositions, by their solutions otherwise."""
    names = sorted(propositions(answer) | propositions(key))
    if names:
        return _by_truth_table(answer, key, names)
    answer, key = without_functions((answer, key))
    before = times_out()
    found = _compare_solutions(answer, key, domains, seed)
    if found.lines.relation == "different" and times_out() > before:
        return RelationComparison(
            LineComparison("undecided"), unfinished=True
        )  # what algebra would have forgiven, such as a pole, is not known
    return found


def _compare_solutions(answer: Statement, key: Statement, domains: Domains, seed: str) -> RelationComparison:
    """Compare two statements about numbers by what solves them."""
    symbols = sorted(symbols_of(answer) | symbols_of(key), key=lambda symbol: symbol.name)
    if not symbols:
        values = truth(answer, {}), truth(key, {})
        if None in values:
            return RelationComparison(LineComparison("undecided"))
        return RelationComparison(PROVED if values[0] == values[1] else LineComparison("different"))
    if isinstance(answer, Atom) and isinstance(key, Atom):
        outcome = _compare_atoms(answer, key, domains, seed)
        if outcome is not None:
            return outcome
    moving = [symbol for symbol in symbols if is_complex(symbol, domains)]
    if moving:
        return RelationComparison(_along_complex(answer, key, moving, symbols, domains, seed))
    if any(atom.is_complex for given in (answer, key) for atom in atoms(given)):
        return RelationComparison(LineComparison("undecided"))
    lines = compare_on_lines(answer, key, symbols, domains, seed)
    if lines.relation != "different" and len(symbols) == 1 and symbols[0].name not in domains.declared:
        before = times_out()
        lines = _without_real_solutions(answer, key, symbols[0], domains, seed) or lines
        if times_out() > before:
            return RelationComparison(LineComparison("undecided"), unfinished=True)
    return RelationComparison(lines)


def _along_complex(
    answer: Statement, key: Statement, moving: Sequence[sympy.Symbol], symbols: Sequence[sympy.Symbol], domains: Domains, seed: str
) -> LineComparison:
    """The comparison of statements in which some symbols are any complex numbers."""
    outcome = LineComparison("undecided")
    for variable in moving:
        others = [symbol for symbol in symbols if symbol != variable]
        found = compare_over_complex(answer, key, variable, others, domains, seed)
        if found.relation == "different":
            return found
        outcome = found if outcome.relation == "undecided" else outcome
    return outcome


def _without_real_solutions(answer: Statement, key: Statement, symbol: sympy.Symbol, domains: Domains, seed: str) -> LineComparison | None:
    """How equations differ that have no real solution in a symbol of which nothing is said: by those that are not real."""
    if not (isinstance(answer, Atom) and isinstance(key, Atom)) or {answer.sign, key.sign} != {"="}:
        return None
    found = compare_over_complex(answer, key, symbol, (), domains, seed)
    if found.relation == "equal":
        return None
    solved = compare_over_complex(key, Truth(False), symbol, (), domains, seed)
    return found if solved.differences and not any(is_real(each.place.value) for each in solved.differences) else None


def symbols_of(given: Statement) -> set[sympy.Symbol]:
    """The symbols in a statement's comparisons."""
    return set().union(*(atom.difference.free_symbols for atom in atoms(given)))


def without_functions(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements with every value of an unknown function, and every derivative of one, taken for a variable of its own."""
    given = tuple(statements)
    unknown: set[Any] = set()
    for each in given:
        for atom in atoms(each):
            for side in (atom.left, atom.right):
                unknown |= side.atoms(AppliedUndef) | {part for part in side.atoms(sympy.Derivative, sympy.Subs) if part.has(AppliedUndef)}
    if not unknown:
        return given
    ordered = sorted(unknown, key=lambda part: (-sympy.count_ops(part, visual=False), str(part)))
    taken = {symbol.name for each in given for symbol in symbols_of(each)}
    names: dict[Any, sympy.Symbol] = {}
    for place, part in enumerate(ordered):
        name = next(name for name in (_short_name(part), f"f_{place}", f"f__{place}") if name and name not in taken)
        taken.add(name)
        names[part] = sympy.Symbol(name, real=True)
    return tuple(substituted(each, names) for each in given)


def _short_name(part: Any) -> str:
    """What a value of an unknown function, or of its derivative, is called where a point is shown: `y`, `y'`."""
    applied = part.expr if isinstance(part, sympy.Derivative) else part
    if not isinstance(applied, AppliedUndef) or not all(argument.is_Symbol for argument in applied.args):
        return ""
    primes = sum(count for _, count in part.variable_count) if isinstance(part, sympy.Derivative) else 0
    return applied.func.__name__ + "'" * int(primes) if primes == 0 or len(applied.args) == 1 else ""


def _by_truth_table(answer: Statement, key: Statement, names: Sequence[str]) -> RelationComparison:
    if len(names) > MAX_PROPOSITIONS or list(atoms(answer)) or list(atoms(key)):
        return RelationComparison(LineComparison("undecided"))
    for values in itertools.product((True, False), repeat=len(names)):
        assignment = dict(zip(names, values, strict=True))
        left, right = _under(answer, assignment), _under(key, assignment)
        if left != right:
            return RelationComparison(LineComparison("different"), LogicDifference(assignment, bool(right)))
    return RelationComparison(PROVED)


def _under(given: Statement, assignment: dict[str, bool]) -> bool | None:
    if isinstance(given, Proposition):
        return assignment[given.name]
    if isinstance(given, Truth):
        return given.value
    if isinstance(given, Compound):
        return combine(given.connective, [_under(part, assignment) for part in given.parts])
    return None


_GREATER = {"<": ">", "<=": ">="}


def _compare_atoms(answer: Atom, key: Atom, domains: Domains, seed: str) -> RelationComparison | None:
    """The comparison of two single relations of the same kind where algebra settles it, else `None`."""
    left, right = _oriented(answer), _oriented(key)
    if left[1] != right[1] or not (is_tame(left[0]) and is_tame(right[0])):
        return None
    ratio = attempt(lambda: sympy.cancel(sympy.together(left[0] / right[0])), ALGEBRA_SECONDS)
    if ratio is not None and ratio.is_number and ratio.is_finite and (ratio.is_positive or (left[1] in ("=", "!=") and not ratio.is_zero)):
        return RelationComparison(PROVED)
    if left[1] not in ("=", "!="):
        return None
    outcome = _by_solving(left[0], right[0], domains, seed)
    return outcome or attempt(lambda: _by_factors(left[0], right[0]), ALGEBRA_SECONDS)


def _oriented(atom: Atom) -> tuple[sympy.Expr, str]:
    """The atom as an expression compared with zero by `=`, `!=`, `>` or `>=`."""
    if atom.sign in _GREATER:
        return -atom.difference, _GREATER[atom.sign]
    return atom.difference, atom.sign


def _by_solving(left: sympy.Expr, right: sympy.Expr, domains: Domains, seed: str) -> RelationComparison | None:
    """Compare two equations that are linear in the same symbol, with a number for coefficient: by what they say it is."""
    for symbol in sorted(left.free_symbols & right.free_symbols, key=lambda symbol: symbol.name):
        solutions = [solved_for(side, symbol) for side in (left, right)]
        if solutions[0] is None or solutions[1] is None:
            continue
        outcome = compare(solutions[0], solutions[1], domains, seed)
        if outcome.relation == "equal":
            return RelationComparison(LineComparison("equal", outcome.certainty))
        if outcome.relation == "different" and (left.has(sympy.I) or right.has(sympy.I)):
            return _where_key_alone_holds(symbol, solutions[1], outcome.point, domains)
    return None


def _where_key_alone_holds(symbol: sympy.Symbol, solution: sympy.Expr, point: Point, domains: Domains) -> RelationComparison | None:
    """The refusal of an equation in complex numbers, at a point that solves the key; `None` where the question rules that point out."""
    try:
        shown = point_at(point, symbol, solution)
    except NoValueError:
        return None
    value = shown[symbol]
    if symbol.name in domains.declared and not is_complex(symbol, domains) and not is_real(value):
        return None
    return RelationComparison(LineComparison("different", differences=(Difference(shown, Place(value, False), True),)))


def solved_for(expression: sympy.Expr, symbol: sympy.Symbol) -> sympy.Expr | None:
    """The value of a symbol at which a linear expression with a number for its coefficient is zero; `None` if it is no such expression."""
    if not expression.is_polynomial(symbol):
        return None
    coefficients = sympy.Poly(expression, symbol).all_coeffs()
    if len(coefficients) != 2 or not coefficients[0].is_number:
        return None
    return -coefficients[1] / coefficients[0]


def _by_factors(left: sympy.Expr, right: sympy.Expr) -> RelationComparison | None:
    """Compare two polynomial equations by their irreducible factors."""
    factors = []
    for side in (left, right):
        numerator, denominator = sympy.together(side).as_numer_denom()
        if not numerator.is_polynomial() or not denominator.is_number:
            return None
        factors.append({_monic(factor): multiplicity for factor, multiplicity in sympy.factor_list(numerator)[1]})
    if factors[0] == factors[1]:
        return RelationComparison(PROVED)
    if factors[0].keys() == factors[1].keys():
        return RelationComparison(LineComparison("undecided"), repeated=True)
    return None


def _monic(factor: sympy.Expr) -> sympy.Expr:
    polynomial = sympy.Poly(factor, *sorted(factor.free_symbols, key=lambda symbol: symbol.name))
    return polynomial.monic().as_expr()
