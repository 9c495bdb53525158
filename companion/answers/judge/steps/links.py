"""One link of a chain of formulas: `= b`, `<= b`, `> b` after a formula."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import mpmath
import sympy

from companion.answers import tree
from companion.answers.judge.alternatives import alternatives
from companion.answers.judge.budget import Clock, attempt
from companion.answers.judge.build import build, scalar
from companion.answers.judge.context import Context, sort_of
from companion.answers.judge.domains import WORDS, Domains
from companion.answers.judge.equivalence import Comparison, compare
from companion.answers.judge.kinds.anything import judge_nodes
from companion.answers.judge.limits import BuildError
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.showing import value_tex
from companion.answers.judge.sight import DIGITS, at_point
from companion.answers.judge.statements import Atom
from companion.answers.judge.steps.everywhere import everywhere
from companion.answers.judge.steps.expectation import with_outcomes
from companion.answers.judge.steps.integrals import are_termwise_equal
from companion.answers.judge.steps.lengths import needs_lengths, with_numbers, written_out
from companion.answers.judge.steps.outcome import Step, at, right, undecided
from companion.answers.judge.values import NoValueError, Value
from companion.answers.printing import to_tex

SECONDS = 0.6
OPERATOR_SECONDS = 0.3
"""How long a closed form of an integral or a sum may be searched for."""
_OPERATORS = (sympy.Integral, sympy.Sum)
_INNER = (*_OPERATORS, sympy.Product, sympy.Limit, sympy.Derivative, sympy.Subs)
"""Within these the value of an unknown function is not one number."""
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDS = {"<": "less than", "<=": "at most", ">": "greater than", ">=": "at least"}


def judge_link(old: tree.Node, sign: str, new: tree.Node, context: Context, clock: Clock) -> Step:
    """Judge whether `old sign new` holds for all values of the symbols. The context has no options about the whole answer."""
    single = len(alternatives(old)) == len(alternatives(new)) == 1
    plain = sort_of(old) == sort_of(new) == "expression" and single
    try:
        values = _built(old, new, context) if plain or (single and "list" in (sort_of(old), sort_of(new))) else None
    except BuildError as error:
        return Step("undecided" if error.code == "unsupported" else "invalid", error.code, error.message)
    if values is None:
        return _of_any_sort(old, new, context) if sign == "=" else _wrong("Only single values can be compared by size.")
    left, right_side = map(_with_closed_forms_in_limits, values)
    left, right_side, domains = with_outcomes(left, right_side, context.domains)
    context = replace(context, domains=domains)
    if right_side.has(sympy.nan, sympy.zoo):
        return Step("invalid", "value.undefined", "This expression has no value.")
    if old == new and sign in ("=", "<=", ">="):
        return right()
    if needs_lengths(left, right_side):
        return _at_small_lengths(left, sign, right_side, context, clock)
    if sign == "=":
        return _equal(old, new, left, right_side, context)
    if not (left.has(*_INNER) or right_side.has(*_INNER)):
        left, right_side = with_numbers(left, right_side)
    return _ordered(Atom(left, sign, right_side), context, clock)


def _at_small_lengths(left: Any, sign: str, right_side: Any, context: Context, clock: Clock) -> Step:
    """The link between sums of unknown length, judged at each of some small lengths."""
    if are_termwise_equal(left, right_side) and sign in ("=", "<=", ">="):
        return right()
    seen = False
    for lengths, one, other in written_out(left, right_side, context.domains):
        under_logarithms = {symbol for symbol in one.free_symbols | other.free_symbols if symbol.is_positive}
        known = {symbol.name: WORDS["positive"] for symbol in under_logarithms}
        domains = replace(context.domains, declared={**known, **context.domains.declared})
        if sign == "=":
            outcome = compare(other, one, domains, repr(left))
            step = _unequal(outcome, one) if outcome.relation == "different" else undecided()
            step = right("tested") if outcome.relation == "equal" else step
        else:
            step = _ordered(Atom(one, sign, other), replace(context, domains=domains), clock)
        if step.verdict != "correct":
            where = at(lengths).replace("At", "For", 1).rstrip()
            return replace(step, message=f"{where}: {step.message}" if step.point else step.message, point={**lengths, **step.point})
        seen = True
    return right("tested") if seen else undecided()


def _built(old: tree.Node, new: tree.Node, context: Context) -> tuple[Any, Any] | None:
    """Both formulas as numbers; `None` where they are not. A matrix with one entry is one. Raises `BuildError`."""
    scope = context.scope()
    if sort_of(old) == sort_of(new) == "expression":
        return scalar(old, scope), scalar(new, scope)
    if any(sort_of(node) not in ("list", "expression") or isinstance(node, tree.Tuple) for node in (old, new)):
        return None
    values = [build(node, scope) for node in (old, new)]
    single = [value[0, 0] if isinstance(value, sympy.MatrixBase) and value.shape == (1, 1) else value for value in values]
    return (single[0], single[1]) if all(isinstance(value, sympy.Expr) for value in single) else None


def _with_closed_forms_in_limits(expression: Any) -> Any:
    """The expression with the integrals and sums inside its limits worked out, as far as they can be."""
    for limit in expression.atoms(sympy.Limit):
        body, variable, point, direction = limit.args
        if body.has(*_OPERATORS):
            fresh = sympy.Dummy(variable.name, real=True, positive=True if point == sympy.oo else None)
            done = attempt(partial(body.xreplace({variable: fresh}).doit), OPERATOR_SECONDS)
            if done is not None and not done.has(*_OPERATORS):
                expression = expression.xreplace({limit: sympy.Limit(done, fresh, point, str(direction))})
    return expression


def _wrong(message: str) -> Step:
    return Step("incorrect", "steps.line", message)


def _of_any_sort(old: tree.Node, new: tree.Node, context: Context) -> Step:
    """The link between lists, sets and formulas with ±."""
    reply = judge_nodes(new, old, context)
    if reply.verdict == "correct":
        return right(reply.certainty)
    if reply.verdict == "incorrect":
        return Step("incorrect", "steps.line", "This is not equal to the line before.", point=reply.counterexample or {})
    return Step(reply.verdict, reply.code, reply.message) if reply.verdict == "invalid" else undecided()


def _equal(old: tree.Node, new: tree.Node, left: Any, right_side: Any, context: Context) -> Step:
    indefinite = {name for side in (old, new) for part in tree.walk(side) for name in _antiderivative_in(part)}
    if len(indefinite) == 1:
        variable = context.scope().symbol(indefinite.pop())
        left, right_side = sympy.diff(left, variable), sympy.diff(right_side, variable)
    if are_termwise_equal(left, right_side):
        return right()
    domains, seed = context.domains, context.seed(old)
    outcome = _by_closed_forms(right_side, left, domains, seed) or _refuted_at_once(right_side, left, domains, seed, 2)
    outcome = outcome or compare(right_side, left, domains, seed)
    if outcome.relation == "different":
        scope = context.scope(real_roots=True)
        plain = sort_of(old) == sort_of(new) == "expression"
        second = compare(scalar(new, scope), scalar(old, scope), domains, seed) if plain and _has_powers(old, new) else outcome
        outcome = second if second.relation == "equal" else outcome
    if outcome.relation == "equal":
        return right(outcome.certainty)
    if outcome.relation == "undecided":
        return undecided()
    return _unequal(outcome, left)


def _refuted_at_once(new: Any, old: Any, domains: Domains, seed: str, points: int) -> Comparison | None:
    """A point at which formulas with integrals differ: one is enough, and each costs a quadrature."""
    symbols = sorted(old.free_symbols | new.free_symbols, key=lambda symbol: symbol.name)
    if not (old.has(sympy.Integral) or new.has(sympy.Integral)) or not symbols:
        return None
    for point in domains.generic(symbols, seed, points):
        sight = at_point(new, old, point)
        if sight.verdict == "different" and sight.key_is_real:
            return Comparison("different", point=point, value=sight.value)
    return None


def _by_closed_forms(new: Any, old: Any, domains: Domains, seed: str) -> Comparison | None:
    """That formulas with integrals or sums are equal: their closed forms are, and one point agrees. Many points would take too long."""
    if not (old.has(*_OPERATORS) or new.has(*_OPERATORS)):
        return None
    done = [attempt(side.doit, OPERATOR_SECONDS) for side in (new, old)]
    if any(side is None or side.has(*_OPERATORS, sympy.Piecewise) for side in done):
        return None
    outcome = compare(done[0], done[1], domains, seed)
    return outcome if outcome.relation == "equal" and _refuted_at_once(new, old, domains, seed, 1) is None else None


def _antiderivative_in(node: tree.Node) -> set[str]:
    """The variable of an integral without bounds."""
    return {node.variable.name} if isinstance(node, tree.Bound) and node.operator == "integral" and node.lower is None else set()


def _has_powers(*nodes: tree.Node) -> bool:
    return any(
        (isinstance(part, tree.Power) and isinstance(part.exponent, tree.Quotient))
        or (isinstance(part, tree.Call) and part.function in ("cbrt", "root"))
        for node in nodes
        for part in tree.walk(node)
    )


def _unequal(outcome: Comparison, old: Any) -> Step:
    known = _value(old, outcome.point)
    if outcome.reason == "function":
        return _wrong("For some functions this is not equal to the line before.")
    if known is None or outcome.value is None:
        return Step("incorrect", "steps.line", "This is not equal to the line before.", point=outcome.point)
    values = f"the line before is ${value_tex(known)}$, and this is ${value_tex(outcome.value)}$."
    message = at(outcome.point) + values if outcome.point else values[0].upper() + values[1:]
    if outcome.only_where is not None:
        name, half = outcome.only_where
        message = f"This step is right only for ${to_tex(tree.Symbol(name))}{half}0$. {message}"
    return Step("incorrect", "steps.line", message, point=outcome.point)


def _value(expression: Any, point: Any) -> Value | None:
    with mpmath.workdps(DIGITS):
        try:
            return Evaluator(point)(expression)
        except NoValueError:
            return None


def _ordered(atom: Atom, context: Context, clock: Clock) -> Step:
    if atom.is_complex:
        return undecided()
    seed = f"{atom.left!r}"
    found = everywhere(atom, context.domains, seed, clock.part(min(SECONDS, clock.left / 2)))
    if found.relation == "holds":
        return right(found.certainty)
    if found.relation == "undecided":
        return undecided()
    message = f"This is not {_WORDS[atom.sign]}: "
    if found.values is not None:
        left, right_side = (value_tex(value) for value in found.values)
        where = at(found.point)
        message = f"{where or 'Here '}the line before is ${left}$, and this is ${right_side}$."
    turned = everywhere(Atom(atom.left, _TURNED[atom.sign], atom.right), context.domains, seed, clock.part(min(SECONDS, clock.left / 2)))
    if turned.relation == "holds":
        message += " The sign should be the other way round."
    return Step("incorrect", "steps.line", message, point=found.point)
