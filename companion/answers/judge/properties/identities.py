"""Equalities: with a function on a region, at a point, under a reflection, of two formulas; and independence of a variable."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.build import scalar
from companion.answers.judge.domains import Domain, Domains
from companion.answers.judge.equivalence import compare
from companion.answers.judge.limits import BuildError
from companion.answers.judge.proof import proves_zero
from companion.answers.judge.properties.approaching import at_text_of
from companion.answers.judge.properties.comparing import places
from companion.answers.judge.properties.finding import PROVED, Finding, NotDecidedError, fails, tested, undecided
from companion.answers.judge.properties.numbers import as_number, order_at, value_at
from companion.answers.judge.properties.pieces import cut
from companion.answers.judge.properties.showing import at_text, number_tex, parameters_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.judge.showing import value_tex
from companion.answers.judge.values import NoValueError

MAX_DERIVATIVE = 6
WORK_SECONDS = 0.8
TRIED = 7


def equals_on(subject: Subject) -> Finding:
    """The object equals a function on a region: at its kinks and between them, then by algebra on every piece."""
    own, wanted, region = subject.formula_given(), subject.other(), subject.region()
    tried = 0
    parameters = subject.parameters(own, wanted, region.lower, region.upper, without=[region.variable])
    for point in parameters:
        for place in places(region.at(point), (own, wanted, own - wanted), point, subject.domains):
            here = {**point, region.variable: place}
            try:
                order = order_at(own, wanted, here)
            except NoValueError:
                continue
            if order:
                values = f"your value is ${value_tex(value_at(own, here))}$, and it should be ${value_tex(value_at(wanted, here))}$"
                return fails(f"At {parameters_tex(here)} {values}.", at_text(here))
            tried += order == 0
    if tried >= 2 and parameters == [{}] and _same_pieces(own - wanted, region, subject.domains):
        return PROVED
    return tested(tried)


def _same_pieces(difference: sympy.Expr, region: Any, domains: Domains) -> bool:
    try:
        pieces = cut(difference, region, domains)
    except NotDecidedError:
        return False
    return pieces.complete and all(piece.body is not None and proves_zero(piece.body) for piece in pieces.pieces)


def equals_at(subject: Subject) -> Finding:
    """The object, or a derivative of it, has a value at a point."""
    return _at(subject, subject.formula("equals"))


def vanishes_at(subject: Subject) -> Finding:
    """The object, or a derivative of it, is zero at a point."""
    return _at(subject, sympy.S.Zero)


def _at(subject: Subject, value: sympy.Expr) -> Finding:
    function, place = subject.formula_given(), subject.place()
    name = "It"
    if subject.has("order"):
        order = subject.whole("order")
        if order > MAX_DERIVATIVE:
            raise subject.fault(f"order is at most {MAX_DERIVATIVE}.")
        variable = subject.variable() if subject.has("variable") else next(iter(place))
        jumping = _first_jump(function, variable, place, order)
        if jumping is not None:
            what = "It jumps" if jumping == 0 else f"Its derivative of order {jumping} jumps"
            return fails(f"{what} at {_place(place)}, so it has no derivative of order {max(order, 1)} there.", at_text(at_text_of(place)))
        function = sympy.diff(function, variable, order)
        name = "Its derivative" if order == 1 else f"Its derivative of order {order}"
    here = attempt(partial(function.subs, place), WORK_SECONDS)
    if here is None:
        return undecided("I could not work out the value at this point.")
    if here.has(sympy.nan, sympy.zoo):
        return fails(f"{name} has no value at {_place(place)}.", at_text(at_text_of(place)))
    outcome = compare(here, value.subs(place), subject.domains, subject.seed)
    if outcome.relation == "undecided":
        return undecided("I could not compare the value at this point.")
    if outcome.relation == "different":
        return fails(
            f"{name} is ${number_tex(here)}$ at {_place(place)}, and it should be ${number_tex(value)}$.", at_text(at_text_of(place))
        )
    return PROVED if outcome.certainty == "proved" or not here.free_symbols else tested(TRIED)


_KINKED = (sympy.Abs, sympy.sign, sympy.Heaviside, sympy.Max, sympy.Min, sympy.Piecewise, sympy.floor, sympy.ceiling)
_NEAR = (sympy.Rational(1, 10**8), sympy.Rational(1, 10**12))


def _first_jump(function: sympy.Expr, variable: sympy.Symbol, place: dict[sympy.Symbol, sympy.Expr], order: int) -> int | None:
    """The least order up to `order` of which the derivative jumps at a place, for functions with kinks of this one variable.

    Across a jump the gap between both sides stays when the sides come nearer; otherwise it shrinks with the distance.
    """
    if not function.has(*_KINKED) or function.free_symbols - place.keys() or variable not in place:
        return None
    for number in range(order + 1):
        derivative = sympy.diff(function, variable, number)
        gaps = [_gap(derivative, variable, place, step) for step in _NEAR]
        if all(gap.is_number and gap.is_finite for gap in gaps) and gaps[1] > 0 and gaps[1] > gaps[0] / 10:
            return number
    return None


def _gap(function: sympy.Expr, variable: sympy.Symbol, place: dict[sympy.Symbol, sympy.Expr], step: sympy.Expr) -> sympy.Expr:
    sides = [function.subs({**place, variable: place[variable] + sign * step}) for sign in (1, -1)]
    return abs((sides[0] - sides[1]).evalf(40))


def _place(place: dict[sympy.Symbol, sympy.Expr]) -> str:
    return ", ".join(f"${sympy.latex(symbol)}={number_tex(value)}$" for symbol, value in place.items())


def parity(subject: Subject) -> Finding:
    """The object is even or odd in a variable."""
    function, variable, word = subject.formula_given(), subject.variable(), subject.word("is")
    mirrored = function.subs(variable, -variable)
    # Reflection needs both signs, whatever domain the question gives the variable.
    domain = subject.domains.domain(variable)
    reach = max((abs(end) for end in (domain.lower, domain.upper) if end is not None), default=None)
    both = Domain(lower=None if reach is None else -reach, upper=reach, lower_closed=True, upper_closed=True)
    domains = Domains({**subject.domains.declared, variable.name: both})
    outcome = compare(mirrored, function if word == "even" else -function, domains, subject.seed)
    if outcome.relation == "equal":
        return PROVED if outcome.certainty == "proved" else tested(TRIED)
    if outcome.relation == "undecided":
        return undecided(f"I could not tell whether this is {word}.")
    return fails(f"It is not {word}: look at {parameters_tex(outcome.point)} and its mirror image.", at_text(outcome.point))


def independent_of(subject: Subject) -> Finding:
    """The object does not depend on a variable."""
    variable = subject.variable()
    findings = [_without(entry, variable, subject) for entry in subject.entries()]
    return next((finding for finding in findings if finding.state != "holds"), findings[0])


def _without(entry: sympy.Expr, variable: sympy.Symbol, subject: Subject) -> Finding:
    if variable not in entry.free_symbols:
        return PROVED
    second = sympy.Symbol(f"{variable.name}'", **variable.assumptions0)
    domains = Domains({**subject.domains.declared, second.name: subject.domains.domain(variable)})
    outcome = compare(entry, entry.subs(variable, second), domains, subject.seed)
    if outcome.relation == "different":
        here, there = (outcome.point.get(symbol) for symbol in (variable, second))
        if here is None or there is None:
            return fails(f"It depends on ${sympy.latex(variable)}$.")
        others = {symbol: value for symbol, value in outcome.point.items() if symbol != second}
        change = f"from {parameters_tex(others)} to {parameters_tex({variable: there})}"
        message = f"It depends on ${sympy.latex(variable)}$: it changes {change}."
        return fails(message, at_text(others))
    if outcome.relation == "equal":
        return PROVED if outcome.certainty == "proved" else tested(TRIED)
    return undecided(f"I could not tell whether it depends on ${sympy.latex(variable)}$.")


def identity(subject: Subject) -> Finding:
    """Two formulas in the fields' names are equal, for all values of the names in `for`."""
    (left_node, right_node), scope, _, domains = subject.statement_parts(subject.word("left"), subject.word("right"))
    try:
        left, right = (subject.with_fields(scalar(node, scope), scope) for node in (left_node, right_node))
    except BuildError as error:
        raise subject.fault(error.message) from error
    whole = [symbol for symbol in left.free_symbols | right.free_symbols if domains.domain(symbol).number == "integer"]
    checked = 0
    if len(whole) == 1 and left.free_symbols | right.free_symbols == set(whole):
        (index,) = whole
        for number in _first_values(domains.domain(index)):
            sides = [_worked_out(side.subs(index, number)) for side in (left, right)]
            outcome = compare(sides[0], sides[1], domains, subject.seed)
            if outcome.relation == "different":
                return _differs({index: Fraction(number)}, sides[0], sides[1])
            if outcome.relation == "undecided":
                return undecided("I could not compare the two sides of what must hold.")
            checked += 1
        return PROVED if proves_zero(_worked_out(left - right)) else tested(checked)
    outcome = compare(_worked_out(left), _worked_out(right), domains, subject.seed)
    if outcome.relation == "equal":
        return PROVED if outcome.certainty == "proved" else tested(TRIED)
    if outcome.relation == "undecided":
        return undecided("I could not compare the two sides of what must hold.")
    return _differs(dict(outcome.point), left, right)


def _differs(point: dict[Any, Any], left: sympy.Expr, right: sympy.Expr) -> Finding:
    exact = {symbol: as_number(value) for symbol, value in point.items()}
    values = [_worked_out(side.subs(exact)) for side in (left, right)]
    start = f"For {parameters_tex(point)} the" if point else "The"
    if all(not value.free_symbols and not value.has(sympy.Integral, sympy.Sum) for value in values):
        return fails(
            f"{start} left side of what must hold is ${number_tex(values[0])}$, the right side ${number_tex(values[1])}$.", at_text(point)
        )
    return fails(f"{start} two sides of what must hold differ.", at_text(point))


def _first_values(domain: Domain) -> range:
    start = 0 if domain.lower is None else -(-domain.lower.numerator // domain.lower.denominator)
    return range(start, start + TRIED)


def _worked_out(expression: sympy.Expr) -> sympy.Expr:
    if not expression.has(sympy.Integral, sympy.Sum, sympy.Product, sympy.Limit):
        return expression
    done = attempt(expression.doit, WORK_SECONDS)
    return expression if done is None else sympy.piecewise_fold(done) if done.has(sympy.Piecewise) else done
