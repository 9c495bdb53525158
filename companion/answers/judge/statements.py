"""Statements about numbers: relations, memberships and sets, as truth functions of a point.

A set is the statement that a variable belongs to it, so sets and relations are
compared by the same machinery.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath
import sympy
from mpmath import mp

from companion.answers import tree
from companion.answers.judge.alternatives import alternatives
from companion.answers.judge.build import Scope, scalar
from companion.answers.judge.limits import BuildError
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.values import NoValueError, Value, inexact, is_real, real_part, subtract
from companion.answers.transform import replace_leaf


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison of two expressions."""

    left: sympy.Expr
    sign: str
    right: sympy.Expr
    is_complex: bool = False
    """Whether the imaginary unit was typed, so that values need not be real."""

    @property
    def difference(self) -> sympy.Expr:
        """Left minus right."""
        return self.left - self.right


@dataclass(frozen=True, slots=True)
class Proposition:
    """A statement that is only a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Always true, or always false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compound:
    """Statements joined by `and`, `or`, `not`, `implies` or `iff`."""

    connective: str
    parts: tuple[Statement, ...]


Statement: TypeAlias = Atom | Proposition | Truth | Compound


def statement(node: tree.Node, scope: Scope) -> Statement:
    """The statement that a tree makes. A lone name is a proposition. Raises `BuildError` for what states nothing."""
    (node,) = with_dependent_names(node)
    return _statement(node, scope)


def with_dependent_names(*nodes: tree.Node) -> tuple[tree.Node, ...]:
    """The trees with `y` read as `y(x)` in all of them when one differentiates it, as in `dy/dx = 2*y`: else that would be 0."""
    parts = [part for node in nodes for part in tree.walk(node)]
    variables: dict[tree.Symbol, set[str]] = {}
    for part in parts:
        if isinstance(part, tree.Derivative) and isinstance(part.body, tree.Symbol) and part.body != part.variable:
            variables.setdefault(part.body, set()).add(part.variable.name)
    bound = {part.variable for part in parts if isinstance(part, tree.Bound | tree.Limit | tree.SetBuilder | tree.Derivative)}
    for symbol in variables.keys() - bound:
        applied = tree.Apply(symbol.name, tuple(tree.Symbol(name) for name in sorted(variables[symbol])))
        nodes = tuple(replace_leaf(node, symbol, applied) for node in nodes)
    return nodes


def _statement(node: tree.Node, scope: Scope) -> Statement:
    choices = alternatives(node)
    if len(choices) > 1:
        return Compound("or", tuple(_statement(choice, scope) for choice in choices))
    match node:
        case tree.Relation():
            sides = [scalar(side, scope) for side in node.operands]
            links = [_atom(left, sign, right) for left, sign, right in zip(sides, node.signs, sides[1:], strict=False)]
            return _joined("and", [*links, *_canceled(node, sides, scope)])
        case tree.Membership():
            inside = member(scalar(node.element, scope), node.container, scope)
            return Compound("not", (inside,)) if node.negated else inside
        case tree.Logic():
            return Compound(node.connective, tuple(_statement(part, scope) for part in node.operands))
        case tree.Symbol():
            return Proposition(node.name)
        case tree.Constant(name="true" | "false"):
            return Truth(node.name == "true")
    raise BuildError("type.expression", "An equation, an inequality or a statement is asked for here.")


def _canceled(node: tree.Node, sides: Sequence[sympy.Expr], scope: Scope) -> list[Atom]:
    """That the divisors which SymPy has canceled have a reciprocal: `x^2/x` has no value at 0, though it becomes `x`."""
    kept = {power.base for side in sides for power in side.atoms(sympy.Pow) if power.exp.is_negative}
    divisors = {scalar(divisor, scope): None for divisor in _divisors(node)}
    return [Atom(1 / divisor, "!=", sympy.S.Zero) for divisor in divisors if not _is_kept(divisor, kept)]


def _divisors(node: tree.Node) -> Iterator[tree.Node]:
    """What is divided by in a tree, but not under an operator that binds a variable."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tree.Bound | tree.Limit | tree.SetBuilder | tree.Derivative):
            continue
        if isinstance(part, tree.Quotient):
            yield part.denominator
        waiting.extend(tree.children(part))


def _is_kept(divisor: sympy.Expr, kept: set[sympy.Expr]) -> bool:
    """Whether a divisor has no zeros, or what it divides still shows them."""
    factors = {factor.base if factor.is_Pow and factor.exp.is_positive else factor for factor in sympy.Mul.make_args(divisor)}
    return all(not factor.free_symbols or factor.is_zero is False or factor in kept for factor in factors)


def member(element: sympy.Expr, container: tree.Node, scope: Scope) -> Statement:
    """The statement that a number belongs to the set of a tree. Raises `BuildError` for what is not a set of numbers."""
    match container:
        case tree.Interval():
            return _in_interval(element, container, scope)
        case tree.FiniteSet():
            elements = [scalar(choice, scope) for entry in container.elements for choice in alternatives(entry)]
            return _joined("or", [_atom(element, "=", entry) for entry in elements]) if elements else Truth(False)
        case tree.SetOperation():
            parts = [member(element, operand, scope) for operand in container.operands]
            if container.operator == "difference":
                return Compound("and", (parts[0], *(Compound("not", (part,)) for part in parts[1:])))
            return Compound("or" if container.operator == "union" else "and", tuple(parts))
        case tree.SetBuilder():
            variable = sympy.Dummy(container.variable.name, real=True)
            return substituted(statement(container.condition, scope.with_bound(container.variable.name, variable)), {variable: element})
        case tree.Constant(name="reals"):
            return Truth(True)
        case tree.Constant(name="emptyset"):
            return Truth(False)
        case tree.Constant(name="integers"):
            return Atom(element, "=", sympy.floor(element))
        case tree.Constant(name="naturals" | "rationals" | "complexes"):
            raise BuildError("unsupported", "This named set cannot be compared with other sets.")
    raise BuildError("type.expression", "A set is asked for here.")


def _in_interval(element: sympy.Expr, interval: tree.Interval, scope: Scope) -> Statement:
    lower, upper = scalar(interval.lower, scope), scalar(interval.upper, scope)
    parts: list[Statement] = []
    if lower is sympy.oo or upper == -sympy.oo:
        return Truth(False)
    if lower != -sympy.oo:
        parts.append(Atom(lower, "<=" if interval.lower_closed else "<", element))
    if upper is not sympy.oo:
        parts.append(Atom(element, "<=" if interval.upper_closed else "<", upper))
    return _joined("and", parts) if parts else Truth(True)


def _atom(left: sympy.Expr, sign: str, right: sympy.Expr) -> Statement:
    """The comparison; when its sides differ by a rational number or by infinity, what it comes to."""
    given = Atom(left, sign, right, left.has(sympy.I) or right.has(sympy.I))
    difference = given.difference
    if difference.is_Rational or difference in (sympy.oo, -sympy.oo):
        return Truth(bool(SIGNS[sign](int(bool(difference > 0)) - int(bool(difference < 0)))))
    return given


def _joined(connective: str, parts: list[Any]) -> Statement:
    only: Statement = parts[0]
    return only if len(parts) == 1 else Compound(connective, tuple(parts))


def atoms(given: Statement) -> Iterator[Atom]:
    """The comparisons in a statement."""
    if isinstance(given, Atom):
        yield given
    elif isinstance(given, Compound):
        for part in given.parts:
            yield from atoms(part)


def propositions(given: Statement) -> set[str]:
    """The names in a statement that stand for statements."""
    if isinstance(given, Proposition):
        return {given.name}
    return set().union(*map(propositions, given.parts)) if isinstance(given, Compound) else set()


def substituted(given: Statement, replacements: Mapping[sympy.Expr, sympy.Expr]) -> Statement:
    """The statement with expressions replaced."""
    if isinstance(given, Atom):
        return replace(given, left=given.left.subs(replacements), right=given.right.subs(replacements))
    if isinstance(given, Compound):
        return Compound(given.connective, tuple(substituted(part, replacements) for part in given.parts))
    return given


def among_complex(given: Statement) -> Statement:
    """The statement with its equations read as equations between complex numbers, which hold also where the sides are not real."""
    if isinstance(given, Atom):
        return replace(given, is_complex=True)
    if isinstance(given, Compound):
        return Compound(given.connective, tuple(map(among_complex, given.parts)))
    return given


def combine(connective: str, values: list[bool | None]) -> bool | None:
    """The truth value of joined statements; `None` is unknown, and stays so unless the others decide."""
    if connective == "not":
        return None if values[0] is None else not values[0]
    if connective == "implies":
        connective, values = "or", [None if values[0] is None else not values[0], values[1]]
    if connective == "iff":
        return None if None in values else values[0] == values[1]
    decisive = connective == "or"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def truth(given: Statement, point: Mapping[sympy.Symbol, Value]) -> bool | None:
    """Whether the statement holds at the point; `None` where that cannot be told, as at a pole of an equation.

    A comparison of numbers that are not real does not hold, and neither does an inequality at a pole.
    """
    with mpmath.workdps(WORKING_DIGITS):
        return _truth(given, Evaluator(point))


def holds(given: Statement, point: Mapping[sympy.Symbol, Value]) -> bool | None:
    """Whether the statement holds at the point, as `truth`, but what has no value there does not hold."""
    if isinstance(given, Compound):
        return combine(given.connective, [holds(part, point) for part in given.parts])
    value = truth(given, point)
    return False if value is None and isinstance(given, Atom) and _is_undefined(given, point) else value


_UNDEFINED = ("division by zero", "the logarithm of zero")


def _is_undefined(atom: Atom, point: Mapping[sympy.Symbol, Value]) -> bool:
    if _is_broken(atom):
        return True
    try:
        evaluate = Evaluator(point)
        evaluate(atom.left), evaluate(atom.right)
    except NoValueError as error:
        return str(error) in _UNDEFINED
    return False


def _is_broken(atom: Atom) -> bool:
    """Whether a division by zero was left behind when numbers were put in."""
    return bool(atom.left.has(sympy.zoo, sympy.nan) or atom.right.has(sympy.zoo, sympy.nan))


WORKING_DIGITS = 50
_ZERO, _NEARLY_ZERO = -28, -15


def _truth(given: Statement, evaluate: Evaluator) -> bool | None:
    if isinstance(given, Truth):
        return given.value
    if isinstance(given, Compound):
        return combine(given.connective, [_truth(part, evaluate) for part in given.parts])
    if isinstance(given, Proposition):
        return None
    if _is_broken(given):
        return None if given.sign in ("=", "!=") else False
    try:
        left, right = evaluate(given.left), evaluate(given.right)
    except NoValueError:
        return None if given.sign in ("=", "!=") else False
    if not (is_real(left) and is_real(right)) and not given.is_complex:
        return False
    order = _order(left, right)
    return None if order is None else SIGNS[given.sign](order)


SIGNS = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _order(left: Value, right: Value) -> int | None:
    """The sign of left minus right, with what is only rounding taken for zero, and what may be either for unknown."""
    difference = subtract(left, right)
    if isinstance(difference, Fraction):
        return (difference > 0) - (difference < 0)
    scale = max(abs(inexact(left)), abs(inexact(right)), mpmath.mpf(10) ** (-mp.dps // 4))
    if abs(difference) <= scale * mpmath.mpf(10) ** _ZERO:
        return 0
    if abs(difference) <= scale * mpmath.mpf(10) ** _NEARLY_ZERO:
        return None
    if not is_real(difference):
        return 1
    return 1 if real_part(difference) > 0 else -1
