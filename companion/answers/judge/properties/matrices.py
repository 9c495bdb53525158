"""Matrices and lists: shape, entries, symmetry, definiteness, rank."""

from __future__ import annotations

from typing import Any

import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.equivalence import compare
from companion.answers.judge.limits import BuildError
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, all_hold, fails, tested, undecided
from companion.answers.judge.properties.numbers import order_at, witness_order_at
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.statements import member, truth
from companion.answers.judge.values import NoValueError

MAX_SIZE = 8
ALGEBRA_SECONDS = 1.0


def _number(value: sympy.Expr) -> sympy.Expr:
    if value.free_symbols:
        raise NotDecidedError("The entries must be numbers here.")
    return value


def shape(subject: Subject) -> Finding:
    """A matrix has so many rows and columns."""
    rows, columns = subject.matrix().shape
    for have, name in ((rows, "rows"), (columns, "columns")):
        if subject.has(name) and subject.whole(name) != have:
            return fails(f"Your matrix has {have} {name if have != 1 else name[:-1]}, and it should have {subject.whole(name)}.")
    return PROVED


def length(subject: Subject) -> Finding:
    """A list has so many entries."""
    have, wanted = len(subject.entries()), subject.whole("equals")
    if have == wanted:
        return PROVED
    return fails(f"Your list has {have} {'entry' if have == 1 else 'entries'}, and {wanted} are asked for.")


def _chosen(subject: Subject) -> list[tuple[str, sympy.Expr]]:
    """The entries that the argument `where` picks, with their names."""
    where = subject.arguments.get("where", "all")
    value = subject.thing.value
    if not isinstance(value, sympy.MatrixBase):
        return [("1", value)]
    named = [(row, column, value[row, column]) for row in range(value.rows) for column in range(value.cols)]
    if where != "all" and value.rows != value.cols:
        raise NotDecidedError("A square matrix is asked for here.")
    kept = [(r, c, entry) for r, c, entry in named if where == "all" or (where == "diagonal") == (r == c)]
    return [(str(r + 1) if value.cols == 1 else f"{r + 1}, {c + 1}", entry) for r, c, entry in kept]


def entries(subject: Subject) -> Finding:
    """Entries have a value or lie in a set."""
    findings = []
    for name, entry in _chosen(subject):
        if subject.has("equals"):
            findings.append(_has_value(entry, subject.formula("equals"), f"Entry {name}", subject))
        else:
            findings.append(_lies_in(entry, name, subject))
    return all_hold(findings)


def _has_value(entry: sympy.Expr, wanted: sympy.Expr, name: str, subject: Subject) -> Finding:
    outcome = compare(entry, wanted, subject.domains, subject.seed)
    if outcome.relation == "equal":
        return PROVED if outcome.certainty == "proved" or not entry.free_symbols else tested(8)
    if outcome.relation == "undecided":
        return undecided(f"{name}: I could not compare it with its value.")
    return fails(f"{name} is ${number_tex(entry)}$, and it should be ${number_tex(wanted)}$.")


def _lies_in(entry: sympy.Expr, name: str, subject: Subject) -> Finding:
    node = subject.tree_of(subject.word("within"), "set")
    try:
        inside = truth(member(_number(entry), node, subject.scope), {})
    except BuildError as error:
        raise subject.fault(error.message) from error
    if inside is None:
        return undecided(f"I could not tell whether entry {name} lies in the set.")
    return PROVED if inside else fails(f"Entry {name} is ${number_tex(entry)}$, which is not in ${subject.word('within')}$.")


def total(subject: Subject) -> Finding:
    """The entries add up to a value."""
    return _has_value(sympy.Add(*subject.entries()), subject.formula("equals"), "The sum of the entries", subject)


def _gram(subject: Subject) -> Any:
    """The matrix itself, or the Gram matrix of a kernel at the points given in the question or in another field."""
    if not subject.has("variables"):
        return subject.matrix()
    if not (subject.has("points") or subject.has("of")):
        raise subject.fault("a kernel needs points or of.")
    points = _points(subject)
    kernel, names = subject.formula_given(), subject.variables()
    if len(names) != 2:
        raise subject.fault("a kernel has two variables.")
    return sympy.ImmutableDenseMatrix(
        [[kernel.subs({names[0]: left, names[1]: right}, simultaneous=True) for right in points] for left in points]
    )


def _points(subject: Subject) -> list[sympy.Expr]:
    if subject.has("points"):
        return subject.formulas("points")
    value = subject.field(subject.word("of")).value
    return [value] if not isinstance(value, sympy.MatrixBase) else list(value)


def symmetric(subject: Subject) -> Finding:
    """A matrix equals its transpose; a kernel does not change when its variables are exchanged."""
    if subject.has("variables"):
        kernel, names = subject.formula_given(), subject.variables()
        if len(names) != 2:
            raise subject.fault("a kernel has two variables.")
        turned = kernel.subs({names[0]: names[1], names[1]: names[0]}, simultaneous=True)
        outcome = compare(turned, kernel, subject.domains, subject.seed)
        if outcome.relation == "different":
            return fails(f"It is not symmetric: exchange the variables at {parameters_tex(outcome.point)}.", at_text(outcome.point))
        if outcome.relation == "undecided":
            return undecided("I could not tell whether this is symmetric.")
        return PROVED if outcome.certainty == "proved" else tested(8)
    matrix = subject.matrix()
    if matrix.rows != matrix.cols:
        return fails("It is not a square matrix.")
    pairs = [(row, column) for row in range(matrix.rows) for column in range(row)]
    findings = []
    for row, column in pairs:
        outcome = compare(matrix[row, column], matrix[column, row], subject.domains, subject.seed)
        if outcome.relation == "different":
            return fails(f"It is not symmetric: look at the entries ({row + 1}, {column + 1}) and ({column + 1}, {row + 1}).")
        findings.append(undecided("I could not compare two entries.") if outcome.relation == "undecided" else PROVED)
    return all_hold(findings)


def psd(subject: Subject) -> Finding:
    """Positive semidefinite: symmetric, and no principal minor is negative."""
    return definite(_gram(subject), strictly=False)


def positive_definite(subject: Subject) -> Finding:
    """Positive definite: symmetric, and every leading principal minor is positive."""
    return definite(_gram(subject), strictly=True)


def definite(matrix: Any, strictly: bool) -> Finding:
    """Whether a matrix of numbers is positive semidefinite (or, strictly, definite)."""
    word = "positive definite" if strictly else "positive semidefinite"
    if matrix.rows != matrix.cols:
        return fails("It is not a square matrix.")
    if matrix.rows > MAX_SIZE:
        raise NotDecidedError(f"I can decide this only up to size {MAX_SIZE}.")
    for entry in matrix:
        _number(entry)
    try:
        for row in range(matrix.rows):
            for column in range(row):
                mirrored = order_at(matrix[row, column], matrix[column, row], {})
                if mirrored is None:
                    return undecided("I could not tell whether this matrix is symmetric.")
                if mirrored != 0:
                    return fails(f"It is not symmetric, so it is not {word}.")
        return _minors(matrix, strictly, word)
    except NoValueError as error:
        raise NotDecidedError("Some entries have no real value.") from error


def _minors(matrix: Any, strictly: bool, word: str) -> Finding:
    """Sylvester's criterion: leading minors for definiteness, all principal minors for semidefiniteness."""
    for size in range(1, matrix.rows + 1):
        chosen = [tuple(range(size))] if strictly else sympy.utilities.iterables.subsets(range(matrix.rows), size)
        for rows in chosen:
            minor = attempt(lambda rows=rows: matrix.extract(list(rows), list(rows)).det(method="berkowitz"), ALGEBRA_SECONDS)  # type: ignore[misc]
            order = None if minor is None else witness_order_at(minor, sympy.S.Zero, {})
            if order is None:
                return undecided("I could not tell the sign of a minor of this matrix.")
            if order < 0 or (strictly and order == 0):
                names = ", ".join(str(row + 1) for row in rows)
                what = f"the minor of the rows {names}" if size > 1 else f"the diagonal entry {names}"
                return fails(f"It is not {word}: {what} is ${number_tex(minor)}$.")
    return PROVED


def hessian(subject: Subject) -> Finding:
    """The matrix of second derivatives at a point is positive (semi)definite."""
    place = subject.place()
    function = subject.formula_given()
    names = list(place)
    second = attempt(lambda: sympy.hessian(function, names).subs(place), ALGEBRA_SECONDS)
    if second is None or second.has(sympy.nan, sympy.zoo):
        raise NotDecidedError("I could not work out the second derivatives.")
    return definite(second, strictly=subject.word("is") == "positive-definite")


def rank(subject: Subject) -> Finding:
    """A matrix of numbers has a rank."""
    matrix, wanted = subject.matrix(), subject.whole("equals")
    for entry in matrix:
        _number(entry)
    have = attempt(lambda: matrix.rank(simplify=True), ALGEBRA_SECONDS)
    if have is None:
        return undecided("I could not work out the rank.")
    return PROVED if have == wanted else fails(f"Its rank is {have}, and it should be {wanted}.")
