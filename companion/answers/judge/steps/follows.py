"""Whether a statement follows from the one before it, or is equivalent to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import sympy
from sympy.core.function import AppliedUndef

from companion.answers import tree
from companion.answers.judge.budget import Clock, attempt
from companion.answers.judge.build import Scope
from companion.answers.judge.context import Context, sort_of
from companion.answers.judge.limits import BuildError
from companion.answers.judge.relations import symbols_of
from companion.answers.judge.statements import Atom, Compound, Statement, Truth, member, statement, with_dependent_names
from companion.answers.judge.steps.claims import passage
from companion.answers.judge.steps.everywhere import everywhere
from companion.answers.judge.steps.outcome import SAME, Passage, Step, at, right, undecided
from companion.answers.judge.steps.structure import Follow

_REAL_ONLY = frozenset({"abs", "max", "min", "floor", "ceil", "sign", "relu", "heaviside", "mod", "cbrt", "norm", "softplus"})
ALGEBRA_SECONDS = 0.3


def speaks_of_reals(nodes: Iterable[tree.Node]) -> bool:
    """Whether some part of the trees makes sense for real numbers only, as an order or an absolute value does."""
    for node in nodes:
        for part in tree.walk(node):
            if isinstance(part, tree.Relation) and any(sign not in ("=", "!=") for sign in part.signs):
                return True
            if isinstance(part, tree.Interval | tree.SetBuilder) or (isinstance(part, tree.Call) and part.function in _REAL_ONLY):
                return True
    return False


def built(node: tree.Node, other: tree.Node, scope: Scope) -> Statement:
    """The statement of a tree; a set says that the only unknown of the other tree belongs to it. Raises `BuildError`."""
    if sort_of(node) != "set":
        return statement(node, scope)
    unknowns = symbols_of(statement(other, scope)) if sort_of(other) != "set" else set()
    if len(unknowns) > 1:
        raise BuildError("type.set", "This set does not say which of the unknowns it is about; write an equation.")
    element = unknowns.pop() if unknowns else sympy.Dummy("x", real=True)
    return member(element, node, scope)


def compared(old: tree.Node, new: tree.Node, context: Context, clock: Clock, over_complex: bool) -> Passage:
    """What the statement of one tree loses and gains against that of another. Raises `BuildError`."""
    scope = context.scope()
    old, new = with_dependent_names(old, new)
    before, after = built(old, new, scope), built(new, old, scope)
    found = _with_a_constant(before, after, context, clock) or passage(
        before, after, context.domains, context.seed(old), clock, over_complex=over_complex
    )
    if (found.lost.nonreal or found.gained.nonreal) and _takes_real_roots(before, after, found):
        return SAME
    return found


def _with_a_constant(before: Statement, after: Statement, context: Context, clock: Clock) -> Passage | None:
    """Nothing lost or gained between an identity and the word true; otherwise `None`."""
    if after != Truth(True) or not isinstance(before, Atom):
        return None
    holds = everywhere(before, context.domains, repr(before.left), clock.part(ALGEBRA_SECONDS)) if before.sign != "=" else None
    identity = before.sign == "=" and _vanishes(before.difference)
    return SAME if identity or (holds is not None and holds.relation == "holds" and holds.certainty == "proved") else None


def _vanishes(difference: sympy.Expr) -> bool:
    """Whether an expression can be shown to be zero wherever it has a value: as a quotient of polynomials, or by simplifying."""
    quick = attempt(lambda: sympy.expand(sympy.together(difference).as_numer_denom()[0]), ALGEBRA_SECONDS)
    return bool(quick == 0 or attempt(lambda: sympy.simplify(difference), ALGEBRA_SECONDS) == 0)


def _takes_real_roots(before: Statement, after: Statement, found: Passage) -> bool:
    """Whether all that is lost (or gained) are the other complex roots of a pure power, as from `x^3 = 8` to `x = 2`.

    Where nothing is declared, an unknown may be complex; but nobody means those roots who writes the real one.
    """
    if isinstance(before, Truth) or isinstance(after, Truth):
        return False
    sides = [(found.lost, before), (found.gained, after)]
    return all(not change.happens or (change.nonreal and change.point and _is_pure(given)) for change, given in sides)


def _is_pure(given: Statement) -> bool:
    """Whether the statement is made of equations of pure powers, such as `x^4 = 2` or `(x^2-3)*(x^2+3) = 0`."""
    if isinstance(given, Compound):
        return given.connective == "or" and all(_is_pure(part) for part in given.parts)
    if not isinstance(given, Atom) or given.sign != "=":
        return False
    return all(_is_binomial(factor) for factor in sympy.Mul.make_args(given.difference))


def _is_binomial(factor: sympy.Expr) -> bool:
    constant, rest = factor.as_coeff_Add() if factor.is_Add else (sympy.S.Zero, factor)
    if factor.is_Add and not constant:
        numbers = [term for term in factor.args if term.is_number]
        rest = factor - sum(numbers)
    base = rest.as_independent(*rest.free_symbols)[1] if rest.free_symbols else rest
    base = base.base if base.is_Pow and base.exp.is_Integer else base
    return bool(base.is_Symbol or not base.free_symbols or sympy.Poly(base, *base.free_symbols).total_degree() == 1)


def judge_follow(step: Follow, context: Context, clock: Clock, *, over_complex: bool, may_gain: bool) -> tuple[Step, bool]:
    """The verdict on a statement after another, and whether it gained solutions that a later line has to give back.

    `may_gain` says that a statement may follow without being equivalent.
    """
    try:
        found = compared(step.old, step.new, context, clock, over_complex)
        by_rule = None if found.relation == "equal" else _by_rule(step, context, clock)
    except BuildError as error:
        return Step("undecided" if error.code == "unsupported" else "invalid", error.code, error.message), False
    if by_rule is not None:
        return by_rule, False
    may_gain = may_gain or step.arrow == "implies"
    if found.lost.happens is False and (may_gain or found.relation == "equal"):
        return right(found.certainty), bool(found.gained.happens)
    if found.lost.happens and (may_gain or found.relation == "different"):
        return Step("incorrect", "steps.line", _lost(found), point=found.lost.point), False
    if found.relation == "lost" or (found.lost.happens and found.gained.happens is None):
        return Step("incorrect", "steps.lost", _lost(found), point=found.lost.point), False
    if found.gained.happens and not may_gain:
        gained = Step("incorrect", "steps.gained", _gained(found), point=found.gained.point)
        return gained, step.arrow is None and found.lost.happens is False
    return undecided(), False


def _lost(found: Passage) -> str:
    if not found.lost.point:
        return "Over the complex numbers this loses solutions of the line before. Say so if the unknowns are real."
    complex_only = " Over the complex numbers a solution is lost." if found.lost.nonreal else ""
    return f"{at(found.lost.point)}the line before holds, but this one does not.{complex_only}"


def _gained(found: Passage) -> str:
    if not found.gained.point:
        return "Over the complex numbers this has solutions that the line before does not have."
    return f"{at(found.gained.point)}this line holds, but the one before does not: a solution is gained."


def _by_rule(step: Follow, context: Context, clock: Clock) -> Step | None:
    """A step that is no equivalence for each value of the symbols, but right as a statement about all of them."""
    scope = context.scope()
    old, new = with_dependent_names(step.old, step.new)
    before, after = built(old, new, scope), built(new, old, scope)
    found = attempt(partial(_derivative_of, before), ALGEBRA_SECONDS)
    if found is not None and isinstance(after, Atom):
        outcome = passage(found, after, context.domains, context.seed(step.old), clock)
        if outcome.relation == "equal":
            return right(outcome.certainty)
    for one, other in ((before, after), (after, before)):
        coefficients = attempt(partial(_coefficients_of, one, symbols_of(other), context), ALGEBRA_SECONDS)
        if coefficients is not None:
            outcome = passage(coefficients, other, context.domains, context.seed(step.old), clock)
            if outcome.relation == "equal":
                return replace(right(outcome.certainty), message="The coefficients are compared.")
    return None


def _derivative_of(given: Statement) -> Statement | None:
    """An equation between functions of one variable, differentiated on both sides."""
    if not isinstance(given, Atom) or given.sign != "=":
        return None
    applied = given.difference.atoms(AppliedUndef)
    variables = {argument for each in applied for argument in each.args}
    if len(variables) != 1 or not next(iter(variables)).is_Symbol:
        return None
    return Atom(sympy.diff(given.difference, variables.pop()), "=", sympy.S.Zero)


def _coefficients_of(given: Statement, others: set[sympy.Symbol], context: Context) -> Statement | None:
    """For an equation read as an identity in one free symbol that the other statement does not have: its coefficients are zero."""
    if not isinstance(given, Atom) or given.sign != "=":
        return None
    gone = given.difference.free_symbols - others
    if len(gone) != 1 or not others or others != given.difference.free_symbols - gone or next(iter(gone)).name in context.domains.declared:
        return None
    coefficients = [each for each in sympy.Poly(given.difference, gone.pop()).all_coeffs() if each != 0]
    if len(coefficients) < 2:
        return None
    return Compound("and", tuple(Atom(each, "=", sympy.S.Zero) for each in coefficients))
