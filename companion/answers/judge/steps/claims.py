"""What one statement loses and gains against another: the points at which only one of them holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain, islice
from typing import Any

import mpmath
import sympy

from companion.answers.judge.budget import Clock, attempt
from companion.answers.judge.domains import Domains
from companion.answers.judge.lines import places_on_line
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.relations import compare_statements, symbols_of, without_functions
from companion.answers.judge.statements import Atom, Compound, Statement, atoms, holds, propositions, substituted
from companion.answers.judge.steps.outcome import NO_CHANGE, SAME, UNKNOWN_CHANGE, Change, Passage
from companion.answers.judge.steps.polynomials import DIGITS, are_equal_with_roots, as_system, by_roots, implies, real_solutions
from companion.answers.judge.steps.reduction import without_common_equation, without_square_sums
from companion.answers.judge.values import NoValueError

INFORMATIVE = 5
"""Lines on which a statement must be met before it is said to lose nothing."""
GENERIC, SPECIAL, FURTHER = 10, 6, 2
"""How many lines are looked at: along the easiest symbol, and along each of the others."""
SECONDS = 1.1
RATIO_SECONDS = 0.1


def passage(old: Statement, new: Statement, domains: Domains, seed: str, clock: Clock, *, over_complex: bool = False) -> Passage:
    """What the new statement loses and gains against the old one, over the domains of their symbols.

    With `over_complex`, symbols without a domain may also have values that are not real, where that can be decided.
    """
    if old == new:
        return SAME
    if propositions(old) or propositions(new):
        return _of_propositions(old, new, domains, seed)
    old, new = without_functions((old, new))
    symbols = sorted(symbols_of(old) | symbols_of(new), key=lambda symbol: symbol.name)
    if not over_complex or all(symbol.name in domains.declared for symbol in symbols):
        old, new = without_square_sums(old), without_square_sums(new)
        if old == new:
            return SAME
    if not symbols:
        return _of_constants(old, new)
    if len(symbols) == 1:
        free = domains.domain(symbols[0]).number == "complex" or (over_complex and symbols[0].name not in domains.declared)
        found = by_roots(old, new, symbols[0], domains, free)
        if found is not None:
            return found
    if attempt(partial(_have_the_same_parts, old, new), RATIO_SECONDS):
        return SAME
    reduced = _by_reduction(old, new, domains, seed, clock, over_complex)
    if reduced is not None:
        return reduced
    if any(atom.is_complex for atom in chain(atoms(old), atoms(new))):
        return _of_identities(old, new, domains, seed)
    return _of_several(old, new, symbols, domains, seed, clock.part(SECONDS), over_complex)


def _by_reduction(old: Statement, new: Statement, domains: Domains, seed: str, clock: Clock, over_complex: bool) -> Passage | None:
    """The passage after a symbol was eliminated by an equation that both statements have; `None` where that does not settle it."""
    simpler = attempt(partial(without_common_equation, old, new), RATIO_SECONDS)
    if simpler is None:
        return None
    one, other, symbol, value = simpler
    found = passage(one, other, domains, seed, clock, over_complex=over_complex)
    changes = [_with_eliminated(change, symbol, value, domains) for change in (found.lost, found.gained)]
    if changes[0] is None or changes[1] is None:
        return None
    return Passage(changes[0], changes[1], found.certainty)


def _with_eliminated(change: Change, symbol: sympy.Symbol, value: sympy.Expr, domains: Domains) -> Change | None:
    """The change at a point to which the eliminated symbol is added; `None` if it is unknown, or outside of the domain."""
    if change.happens is False:
        return change
    if not change.happens or not change.point:
        return None
    try:
        with mpmath.workdps(DIGITS):
            point = {**change.point, symbol: Evaluator(change.point)(value)}
    except NoValueError:
        return None
    return replace(change, point=point) if change.nonreal or _is_in(point, domains) else None


def _have_the_same_parts(old: Statement, new: Statement) -> bool:
    """Whether two statements join the same equations by the same word, whatever their order and how often each is said."""
    words = {given.connective for given in (old, new) if isinstance(given, Compound)}
    if len(words) > 1 or not words <= {"and", "or"}:
        return False
    parts = [list(_parts(given, words)) for given in (old, new)]
    return all(
        any(one == other or (isinstance(one, Atom) and isinstance(other, Atom) and _are_multiples(one, other)) for other in others)
        for here, others in (parts, parts[::-1])
        for one in here
    )


def _parts(given: Statement, words: set[str]) -> Iterator[Statement]:
    """The parts of a statement that one word joins; an equation that says that a power is zero says so of its base."""
    if isinstance(given, Compound) and given.connective in words:
        for part in given.parts:
            yield from _parts(part, words)
    elif isinstance(given, Atom) and given.sign == "=" and given.difference.is_Pow and given.difference.exp.is_positive:
        yield Atom(given.difference.base, "=", sympy.S.Zero, given.is_complex)
    else:
        yield given


def _are_multiples(old: Atom, new: Atom) -> bool:
    """Whether two equations say that the same expression is zero, up to a factor that is a number."""
    if old.sign != new.sign or old.sign not in ("=", "!="):
        return False
    ratio = sympy.cancel(sympy.expand(old.difference) / sympy.expand(new.difference))
    return bool(ratio.is_number and ratio.is_finite and ratio.is_zero is False)


def _of_propositions(old: Statement, new: Statement, domains: Domains, seed: str) -> Passage:
    def change(larger: Statement, smaller: Statement) -> Change:
        """What of the larger statement the smaller one lacks."""
        outcome = compare_statements(Compound("and", (larger, smaller)), larger, domains, seed)
        if outcome.logic is not None:
            return Change(True, {name: "true" if value else "false" for name, value in outcome.logic.assignment.items()})
        return NO_CHANGE if outcome.lines.relation == "equal" else UNKNOWN_CHANGE

    return Passage(change(old, new), change(new, old), "proved")


def _of_constants(old: Statement, new: Statement) -> Passage:
    before, after = holds(old, {}), holds(new, {})
    if before is None or after is None:
        return Passage(UNKNOWN_CHANGE, UNKNOWN_CHANGE)
    return Passage(Change(before and not after), Change(after and not before), "proved")


def _of_identities(old: Statement, new: Statement, domains: Domains, seed: str) -> Passage:
    """The passage where the imaginary unit occurs in several symbols: decided only where both say the same."""
    outcome = compare_statements(new, old, domains, seed)
    return SAME if outcome.lines.relation == "equal" else Passage(UNKNOWN_CHANGE, UNKNOWN_CHANGE)


def _of_several(
    old: Statement, new: Statement, symbols: Sequence[sympy.Symbol], domains: Domains, seed: str, clock: Clock, over_complex: bool
) -> Passage:
    anywhere = over_complex and not any(symbol.name in domains.declared for symbol in symbols)
    if anywhere and are_equal_with_roots(old, new):
        return SAME
    before, after = as_system(old), as_system(new)
    forward = backward = None
    if before is not None and after is not None:
        forward, backward = implies(before, after), implies(after, before)
        if forward and backward:
            return SAME
    found = _on_lines(old, new, symbols, domains, seed, clock)
    lost = _settled(NO_CHANGE if forward else UNKNOWN_CHANGE, found.lost)
    gained = _settled(NO_CHANGE if backward else UNKNOWN_CHANGE, found.gained)
    if before is not None and after is not None:
        lost = _settled(lost, _at_solutions(before, old, new, symbols, domains) if forward is False else UNKNOWN_CHANGE)
        gained = _settled(gained, _at_solutions(after, new, old, symbols, domains) if backward is False else UNKNOWN_CHANGE)
    if anywhere:
        # Over the complex numbers ideals decide, so what is not implied is lost or gained though no real point shows it.
        lost = Change(True, nonreal=True) if forward is False and not lost.happens else lost
        gained = Change(True, nonreal=True) if backward is False and not gained.happens else gained
    return Passage(lost, gained, found.certainty)


def _settled(known: Change, found: Change) -> Change:
    """What is known of a change after one more finding."""
    return found if known.happens is None else known


def _at_solutions(
    system: Sequence[sympy.Expr], larger: Statement, smaller: Statement, symbols: Sequence[sympy.Symbol], domains: Domains
) -> Change:
    """A solution of a system with finitely many that one statement has and the other lacks."""
    for solution in real_solutions(system, symbols):
        if _is_in(solution, domains) and holds(larger, solution) is True and holds(smaller, solution) is False:
            return Change(True, solution)
    return UNKNOWN_CHANGE


def _on_lines(old: Statement, new: Statement, symbols: Sequence[sympy.Symbol], domains: Domains, seed: str, clock: Clock) -> Passage:
    """The passage as it shows on lines along which one symbol moves, the others being fixed at sampled values."""
    tally = _Tally(old, new, domains)
    first, *rest = _by_ease(symbols, (old, new))
    others = [symbol for symbol in symbols if symbol != first]
    for parameters in _generic(others, domains, seed, GENERIC):
        if tally.is_enough or tally.is_cut_by(clock):
            break
        tally.add(first, parameters)
    for parameters in _special(others, domains, seed, SPECIAL) if others else ():
        if not tally.is_cut_by(clock):
            tally.add(first, parameters)
    for variable in rest:
        if all(_degree(atom.difference, variable) < HARD for given in (old, new) for atom in atoms(given)):
            others = [symbol for symbol in symbols if symbol != variable]
            for parameters in chain(_generic(others, domains, seed, FURTHER), _special(others, domains, seed, FURTHER)):
                if not tally.is_cut_by(clock):
                    tally.add(variable, parameters)
    return tally.passage(alone=not rest)


class _Tally:
    """What the lines have shown so far."""

    def __init__(self, old: Statement, new: Statement, domains: Domains) -> None:
        self.old, self.new, self.domains = old, new, domains
        self.lost = self.gained = UNKNOWN_CHANGE
        self.met_old = self.met_new = 0
        self.is_complete = True
        self.is_cut = False

    @property
    def is_enough(self) -> bool:
        """Whether both statements were met often enough, or are known to differ both ways."""
        return min(self.met_old, self.met_new) >= INFORMATIVE or bool(self.lost.happens and self.gained.happens)

    def is_cut_by(self, clock: Clock) -> bool:
        """Whether there is no time for the lines that are left; then nothing follows from those on which no change was seen."""
        self.is_cut = self.is_cut or clock.has_run_out()
        return self.is_cut

    def add(self, variable: sympy.Symbol, parameters: Mapping[sympy.Symbol, Fraction]) -> None:
        """Look at one more line."""
        exact = {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, value in parameters.items()}
        here, there = (substituted(given, exact) if exact else given for given in (self.old, self.new))
        places, complete = places_on_line((here, there), variable, self.domains)
        seen = _seen(here, there, variable, parameters, places, self.domains)
        for point, before, after in seen:
            if before and not after and not self.lost.happens:
                self.lost = Change(True, point)
            if after and not before and not self.gained.happens:
                self.gained = Change(True, point)
        self.is_complete = self.is_complete and complete
        self.met_old += complete and any(before for _, before, _ in seen)
        self.met_new += complete and any(after for _, _, after in seen)

    def passage(self, *, alone: bool) -> Passage:
        """What follows; a single symbol has a single line, which decides when no critical value is missing on it."""
        if self.is_cut:
            return Passage(self.lost, self.gained, "tested")
        decided = alone and self.is_complete
        enough = 1 if alone else INFORMATIVE
        lost = NO_CHANGE if self.lost.happens is None and (decided or self.met_old >= enough) else self.lost
        gained = NO_CHANGE if self.gained.happens is None and (decided or self.met_new >= enough) else self.gained
        return Passage(lost, gained, "proved" if decided else "tested")


def _seen(
    old: Statement,
    new: Statement,
    variable: sympy.Symbol,
    parameters: Mapping[sympy.Symbol, Fraction],
    places: Sequence[Any],
    domains: Domains,
) -> list[tuple[dict[sympy.Symbol, Any], bool, bool]]:
    """The points of a line at which both statements are known to hold or not."""
    seen = []
    for place in places:
        point = {**parameters, variable: place.value}
        if _is_in(point, domains):
            before, after = holds(old, {variable: place.value}), holds(new, {variable: place.value})
            if before is not None and after is not None:
                seen.append((point, before, after))
    return seen


def _generic(others: Sequence[sympy.Symbol], domains: Domains, seed: str, count: int) -> Iterator[Mapping[sympy.Symbol, Fraction]]:
    """Values for the other symbols in general position."""
    return _rational(domains.generic(others, seed, count)) if others else iter([{}])


def _special(others: Sequence[sympy.Symbol], domains: Domains, seed: str, count: int) -> Iterator[Mapping[sympy.Symbol, Fraction]]:
    """Values for the other symbols some of which are special; those first in which one is zero."""
    points = [point for point in _rational(domains.exceptional(others, seed, {})) if any(value in (0, 1, -1) for value in point.values())]
    return islice(sorted(points, key=lambda point: 0 not in point.values()), count)


def _rational(points: Iterator[Mapping[sympy.Symbol, Any]]) -> Iterator[Mapping[sympy.Symbol, Fraction]]:
    return (point for point in points if all(isinstance(value, Fraction) for value in point.values()))


def _by_ease(symbols: Sequence[sympy.Symbol], statements: Sequence[Statement]) -> list[sympy.Symbol]:
    """The symbols, those first in which the comparisons are polynomials of low degree."""
    differences = [atom.difference for given in statements for atom in atoms(given)]

    def difficulty(symbol: sympy.Symbol) -> tuple[int, str]:
        return sum(_degree(each, symbol) or 20 for each in differences), symbol.name

    return sorted(symbols, key=difficulty)


HARD = 50


def _degree(expression: sympy.Expr, symbol: sympy.Symbol) -> int:
    """The degree in a symbol; `HARD` for what is no polynomial in it."""
    return int(sympy.degree(expression, symbol)) if expression != 0 and expression.is_polynomial(symbol) else HARD


def _is_in(point: Mapping[sympy.Symbol, Any], domains: Domains) -> bool:
    for symbol, value in point.items():
        exact = value if isinstance(value, Fraction) else Fraction(int(mpmath.nint(mpmath.re(value) * 10**30)), 10**30)
        if not domains.domain(symbol).contains(exact):
            return False
    return domains.allows(point)
