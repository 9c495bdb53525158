"""Norms of functions on an interval, and orthogonality."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.equivalence import compare
from companion.answers.judge.proof import is_tame
from companion.answers.judge.properties.comparing import at_most
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, all_hold, fails, tested, undecided
from companion.answers.judge.properties.integrals import TRIED, agrees, area, finite_integral
from companion.answers.judge.properties.numbers import as_number, order_at, value_at
from companion.answers.judge.properties.pieces import cut
from companion.answers.judge.properties.regions import Region
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.roots import critical_values
from companion.answers.judge.values import NoValueError, inexact

SUP_SECONDS = 0.4
_GROWING = (10, 100, 1000, 10**4, 10**5, 10**6)


def norm(subject: Subject) -> Finding:
    """The norm on a region has a value, is at most a bound, or tends to a limit as an index grows."""
    space, region, function = subject.word("space"), subject.region(), subject.formula_given()
    if subject.has("limit"):
        return _tends(subject, function, space, region)
    if space == "sup":
        if subject.has("at-most"):
            return at_most(sympy.Abs(function), subject.formula("at-most"), region, subject, "It is larger than the bound")
        return _sup_equals(subject, function, region, subject.formula("equals"))
    exponent = _exponent(subject, space)
    if subject.has("equals"):
        finding = agrees(subject, _power(function, exponent), subject.formula("equals") ** exponent, region, "it should be")
        if finding.state != "fails":
            return finding
        what = (
            "the square of it"
            if exponent == 2
            else "its absolute value"
            if exponent == 1
            else f"its absolute value to the power {exponent}"
        )
        return fails(f"The norm is not what it should be. Take {what}: {_lower_first(finding.message)}", finding.where, finding.certainty)
    return _bounded(subject, function, exponent, region)


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]


def _exponent(subject: Subject, space: str) -> sympy.Expr:
    if space == "Lp":
        if not subject.has("p"):
            raise subject.fault("the space Lp needs p.")
        exponent = subject.formula("p")
        if exponent.free_symbols or not exponent.is_positive:
            raise subject.fault("p is not a positive number.")
        return exponent
    return sympy.Integer(1 if space == "L1" else 2)


def _power(function: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    return function**exponent if exponent.is_Integer and exponent % 2 == 0 else sympy.Abs(function) ** exponent


def _bounded(subject: Subject, function: sympy.Expr, exponent: sympy.Expr, region: Region) -> Finding:
    """The integral of the power is at most the power of the bound."""
    integrand, bound = _power(function, exponent), subject.formula("at-most") ** exponent
    finite = finite_integral(subject, integrand, region)
    if finite.state != "holds":
        return finite
    points = subject.parameters(function, bound, region.lower, region.upper, without=[region.variable], far=False)[:TRIED]
    for point in points:
        known = {symbol: as_number(value) for symbol, value in point.items()}
        size = _size(area(integrand.subs(known), region.at(point), subject.domains))
        order = order_at(size, bound.subs(known), {})
        if order is None:
            return undecided("I could not compare the norm with its bound.")
        if order > 0:
            start = f"For {parameters_tex(point)} the" if point else "The"
            return fails(f"{start} norm is ${number_tex(size ** (1 / exponent))}$, which is more than the bound.", at_text(point))
    return PROVED if points == [{}] and finite.certainty == "proved" else Finding("holds", "tested", len(points))


def _size(found: Any) -> sympy.Expr:
    return found.exact if found.exact is not None else sympy.Float(found.number, 15)


def _sup_equals(subject: Subject, function: sympy.Expr, region: Region, value: sympy.Expr) -> Finding:
    findings = []
    points = subject.parameters(function, value, region.lower, region.upper, without=[region.variable], far=False)[:TRIED]
    for point in points:
        known = {symbol: as_number(given) for symbol, given in point.items()}
        size, complete = supremum(function.subs(known), region.at(point), subject.domains)
        wanted = value.subs(known)
        start = f"For {parameters_tex(point)} the" if point else "The"
        wrong = fails(f"{start} supremum norm is ${number_tex(size)}$, and it should be ${number_tex(wanted)}$.", at_text(point))
        if size.is_infinite or wanted.is_infinite:
            findings.append(PROVED if size == wanted else wrong)
            continue
        with mpmath.workdps(40):
            difference = abs(inexact(value_at(size, {})) - inexact(value_at(wanted, {})))
        if difference > mpmath.mpf(10) ** -12:
            # What was found is a value that the function takes or comes near, so the supremum is at least that.
            larger = order_at(size, wanted, {}) == 1
            return wrong if larger or complete else undecided("I could not find the supremum for certain.")
        exact = complete and not size.has(sympy.Float) and compare(size, wanted, subject.domains, subject.seed).relation == "equal"
        findings.append(PROVED if exact else Finding("holds", "tested", len(points)))
    outcome = all_hold(findings)
    return Finding("holds", "tested", len(points)) if outcome.state == "holds" and points != [{}] else outcome


def supremum(function: sympy.Expr, region: Region, domains: Domains) -> tuple[sympy.Expr, bool]:
    """The supremum of |f| on a region whose ends are numbers, and whether no candidate was missed. Raises `NotDecidedError`."""
    variable = region.variable
    pieces = cut(function, region, domains)
    if any(piece.body is None for piece in pieces.pieces):
        raise NotDecidedError("This function is not defined on the whole region.")
    # Powers that are too large to write out, and functions with kinks that were not found, are only evaluated.
    tame = is_tame(function) and pieces.complete
    candidates: list[sympy.Expr] = []
    complete = tame
    for piece in pieces.pieces if tame else ():
        assert piece.body is not None  # noqa: S101 - refused above
        for end, side in ((piece.left, "+"), (piece.right, "-")):
            found = attempt(partial(sympy.limit, piece.body, variable, end, side), SUP_SECONDS)
            if found is None or found.has(sympy.AccumBounds, sympy.Limit, sympy.nan):
                complete = False
            else:
                candidates.append(sympy.Abs(found))
        values, all_found = critical_values(sympy.diff(piece.body, variable), variable)
        complete = complete and all_found
        inner = Region(variable, piece.left, piece.right)
        candidates += [sympy.Abs(piece.body.subs(variable, as_number(value))) for value in values if inner.contains(value)]
    for place in region.points(pieces.inner_points(variable)):
        try:
            candidates.append(sympy.Abs(as_number(value_at(function, {variable: place}))))
        except NoValueError:
            complete = False
    if any(candidate.is_infinite for candidate in candidates):
        return sympy.oo, complete
    best: sympy.Expr | None = None
    for candidate in candidates:
        try:
            if best is None or order_at(candidate, best, {}) == 1:
                value_at(candidate, {})
                best = candidate
        except NoValueError:
            complete = False
    if best is None:
        raise NotDecidedError("I found no value of this function on the region.")
    return best, complete


def _tends(subject: Subject, function: sympy.Expr, space: str, region: Region) -> Finding:
    """The norm tends to a limit as an index grows: its values for larger and larger indices settle there."""
    if not subject.has("as"):
        raise subject.fault("a limit needs the index that grows (as).")
    index, target = subject.variable("as"), subject.formula("limit")
    if function.free_symbols - {index, region.variable} or target.free_symbols:
        raise NotDecidedError("There are symbols in this that I have no values for.")
    sizes = []
    for number in _GROWING:
        known = {index: sympy.Integer(number)}
        here, place = function.subs(known), region.at({index: Fraction(number)})
        if space == "sup":
            sizes.append(supremum(here, place, subject.domains)[0])
        else:
            exponent = _exponent(subject, space)
            sizes.append(_size(area(_power(here, exponent), place, subject.domains)) ** (1 / exponent))
    if any(size.is_infinite for size in sizes):
        return fails(f"Its norm is infinite for ${index.name}={_GROWING[[size.is_infinite for size in sizes].index(True)]}$.")
    with mpmath.workdps(30):
        numbers = [inexact(value_at(size, {})) for size in sizes]
    last = f"for ${index.name}={_GROWING[-1]}$ it is ${number_tex(sizes[-1])}$"
    if target.is_infinite:
        grows = all(after > before for before, after in pairwise(numbers)) and numbers[-1] > 2 * numbers[-3] > 0
        if grows:
            return tested(len(numbers))
        settled = abs(numbers[-1] - numbers[-2]) <= mpmath.mpf(10) ** -4 * max(1, abs(numbers[-1]))
        return fails(f"Its norm does not grow beyond all bounds: {last}.", certainty="tested") if settled else undecided(_UNCLEAR)
    goal = inexact(value_at(target, {}))
    distances = [abs(number - goal) for number in numbers]
    if distances[-1] <= mpmath.mpf(10) ** -10 or (distances[-1] <= distances[0] / 10 and distances[-1] < mpmath.mpf(1) / 50):
        shrinks = all(after <= before * mpmath.mpf("1.001") for before, after in pairwise(distances))
        return tested(len(numbers)) if shrinks else undecided(_UNCLEAR)
    if distances[-1] >= distances[-2] * mpmath.mpf("0.99"):
        return fails(f"Its norm does not tend to ${number_tex(target)}$: {last}.", {index.name: str(_GROWING[-1])}, "tested")
    return undecided(_UNCLEAR)


_UNCLEAR = "I could not tell where this norm tends to."


def orthogonal(subject: Subject) -> Finding:
    """The product with a function, a field or a vector integrates (sums) to zero; with `index`, the members of a family do in pairs."""
    if subject.has("vector") or (subject.has("of") and not subject.has("over")):
        return _orthogonal_vectors(subject)
    if not subject.has("over"):
        raise subject.fault("functions need a region (over).")
    region, function = subject.region(), subject.formula_given()
    weight = subject.formula("weight") if subject.has("weight") else sympy.S.One
    if not subject.has("index"):
        return agrees(subject, function * subject.other() * weight, sympy.S.Zero, region, "it should be")
    index = subject.variable("index")
    lower = subject.domains.domain(index).lower
    start = 1 if lower is None else int(lower)
    pairs = list(combinations(range(start, start + 4), 2))
    for left, right in pairs:
        product = function.subs(index, left) * function.subs(index, right) * weight
        finding = agrees(subject, product, sympy.S.Zero, region, "it should be")
        if finding.state != "holds":
            name = f"For ${index.name}={left}$ and ${index.name}={right}$: "
            return fails(name + _lower_first(finding.message), certainty=finding.certainty) if finding.state == "fails" else finding
    return tested(len(pairs))


def _orthogonal_vectors(subject: Subject) -> Finding:
    own, other = subject.entries(), subject.others()
    if len(own) != len(other):
        return fails(f"Your list has {len(own)} entries, and {len(other)} are needed.")
    product = sympy.Add(*(left * right for left, right in zip(own, other, strict=True)))
    outcome = compare(product, sympy.S.Zero, subject.domains, subject.seed)
    if outcome.relation == "undecided":
        return undecided("I could not tell whether this product is zero.")
    shown = ", ".join(str(sympy.latex(entry)) for entry in other)
    return PROVED if outcome.relation == "equal" else fails(f"Its product with $({shown})$ is ${number_tex(product)}$, not 0.")
