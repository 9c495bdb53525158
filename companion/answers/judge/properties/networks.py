"""Networks with one hidden layer, as they are written, and weights that annihilate functions."""

from __future__ import annotations

import sympy

from companion.answers import tree
from companion.answers.judge.build import Scope, scalar
from companion.answers.judge.equivalence import compare
from companion.answers.judge.limits import BuildError
from companion.answers.judge.properties.finding import PROVED, Finding, fails, undecided
from companion.answers.judge.properties.showing import number_tex
from companion.answers.judge.properties.subject import Subject
from companion.answers.names import canonical_name
from companion.answers.printing import to_tex


class _NotANetworkError(ValueError):
    """Some part is not a constant times a unit; carries the part."""

    def __init__(self, part: tree.Node, why: str) -> None:
        super().__init__(why)
        self.part = part
        self.why = why


def one_layer_network(subject: Subject) -> Finding:
    """Written as a sum of constants times an activation of affine functions; a constant alone is a bias of the output."""
    activation = subject.word("activation")
    names = [canonical_name(name) for name in subject.word("variable").split(",")]
    try:
        units = _units(subject.thing.node, activation, names, subject.scope)
    except _NotANetworkError as error:
        return fails(f"It is not a network with one hidden layer: ${to_tex(error.part)}$ {error.why}.")
    if subject.has("units") and units > subject.whole("units"):
        return fails(f"It has {units} units, and at most {subject.whole('units')} are allowed.")
    return PROVED


def _units(node: tree.Node, activation: str, names: list[str], scope: Scope) -> int:
    """How many units a sum of units has. Raises `_NotANetworkError`."""
    if _is_constant(node, names):
        return 0
    match node:
        case tree.Sum():
            return sum(_units(term, activation, names, scope) for term in node.terms)
        case tree.Negative():
            return _units(node.operand, activation, names, scope)
        case tree.Quotient() if _is_constant(node.denominator, names):
            return _units(node.numerator, activation, names, scope)
        case tree.Product():
            moving = [factor for factor in node.factors if not _is_constant(factor, names)]
            if len(moving) == 1:
                return _units(moving[0], activation, names, scope)
            raise _NotANetworkError(node, "is a product of functions")
        case tree.Call() if _argument(node, activation) is not None:
            inner = _argument(node, activation)
            assert inner is not None  # noqa: S101 - the guard above says so
            if not _is_affine(inner, names, scope):
                raise _NotANetworkError(inner, "is not affine")
            return 1
    raise _NotANetworkError(node, "is not a constant times a unit")


def _argument(node: tree.Call, activation: str) -> tree.Node | None:
    """What a unit is applied to; `max(t, 0)` is another way to write relu."""
    if node.function == activation and len(node.arguments) == 1:
        return node.arguments[0]
    if activation == "relu" and node.function == "max" and len(node.arguments) == 2:
        rest = [argument for argument in node.arguments if not (isinstance(argument, tree.Number) and argument.value == 0)]
        return rest[0] if len(rest) == 1 else None
    return None


def _is_constant(node: tree.Node, names: list[str]) -> bool:
    return not any(isinstance(part, tree.Symbol) and part.name in names for part in tree.walk(node))


def _is_affine(node: tree.Node, names: list[str], scope: Scope) -> bool:
    try:
        inner = scalar(node, scope)
    except BuildError:
        return False
    symbols = [scope.symbol(name) for name in names]
    return bool(inner.is_polynomial(*symbols) and sympy.Poly(inner, *symbols).total_degree() <= 1)


def annihilates(subject: Subject) -> Finding:
    """Weights whose sum against every one of some functions over the points is zero."""
    weights, points, variable = subject.entries(), subject.formulas("points"), subject.variable()
    if len(weights) != len(points):
        return fails(f"There are {len(points)} points, and your list has {len(weights)} entries.")
    for function in subject.formulas("functions"):
        values = [function.subs(variable, point) for point in points]
        total = sympy.Add(*(weight * value for weight, value in zip(weights, values, strict=True)))
        outcome = compare(total, sympy.S.Zero, subject.domains, subject.seed)
        if outcome.relation == "undecided":
            return undecided("I could not tell whether this sum is zero.")
        if outcome.relation == "different":
            return fails(f"For the function ${sympy.latex(function)}$ the sum is ${number_tex(total)}$, and not 0.")
    return PROVED
