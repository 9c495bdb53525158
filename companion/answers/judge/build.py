"""Trees become SymPy objects.

Numbers are exact, symbols carry the assumptions of their domains (an undeclared
symbol is real), and what would be too large is refused before it is built.
Nothing but constructors is called: no text ever reaches SymPy.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy

from companion.answers import tree
from companion.answers.judge.limits import MAX_ORDER, BuildError, guard_binomial, guard_count, guard_factorial, guard_number, guard_power
from companion.answers.judge.rules import CALLS, OF_MATRICES, real_odd_power

CONSTANTS: dict[str, sympy.Expr] = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "infinity": sympy.oo}

_RELATIONS: dict[str, Any] = {"=": sympy.Eq, "!=": sympy.Ne, "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}


@dataclass(slots=True)
class Scope:
    """What the names of a question mean: symbols with the assumptions of their domains.

    Names that are not declared become real symbols at first use, the same ones for answer and key.
    With `real_roots`, the odd root of a negative number is the real one: `(-8)^(1/3)` is -2.
    """

    symbols: dict[str, sympy.Symbol] = field(default_factory=dict)
    real_roots: bool = False

    def symbol(self, name: str) -> sympy.Symbol:
        """The symbol of that name."""
        if name not in self.symbols:
            self.symbols[name] = sympy.Symbol(name, real=True)
        return self.symbols[name]

    def with_bound(self, name: str, symbol: sympy.Symbol) -> Scope:
        """The scope inside an operator that binds a name. Undeclared names met inside are not lost."""
        return Scope(_Layered(self.symbols, name, symbol), self.real_roots)


class _Layered(dict[str, sympy.Symbol]):
    """A mapping with one name shadowed; everything else is read from and written to the mapping below."""

    def __init__(self, below: dict[str, sympy.Symbol], name: str, symbol: sympy.Symbol) -> None:
        super().__init__({name: symbol})
        self._below = below

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._below

    def __getitem__(self, name: str) -> sympy.Symbol:
        return super().__getitem__(name) if super().__contains__(name) else self._below[name]

    def __setitem__(self, name: str, symbol: sympy.Symbol) -> None:
        self._below[name] = symbol


def build(node: tree.Node, scope: Scope) -> Any:
    """The SymPy expression (or matrix) of a tree.

    Integrals, sums and limits stay unevaluated; derivatives are taken. Raises `BuildError` for what has no value, is too
    large, or is not an expression.
    """
    builder = _BUILDERS.get(type(node))
    if builder is None:
        raise BuildError("type", f"{_NAMES.get(type(node), 'This')} cannot stand inside an expression.")
    try:
        value = builder(node, scope)
    except BuildError:
        raise
    except (TypeError, ValueError, AttributeError, NotImplementedError) as error:  # so SymPy refuses an order of complex numbers, for one
        raise BuildError("type", "A part of this has no meaning, such as an order of numbers that are not real.") from error
    return guard_number(value) if _is_scalar(value) else value


def _is_scalar(value: Any) -> bool:
    """Whether a value is a number or a formula, and no matrix: SymPy's matrices are expressions, too."""
    return isinstance(value, sympy.Expr) and not isinstance(value, sympy.MatrixBase)


def scalar(node: tree.Node, scope: Scope) -> sympy.Expr:
    """The SymPy expression of a tree that must not be a matrix."""
    value = build(node, scope)
    if not _is_scalar(value):
        raise BuildError("type.list", "A single value is asked for here, not a list or a matrix.")
    formula: sympy.Expr = value
    return formula


_NAMES: Mapping[type[tree.Node], str] = {
    tree.Relation: "An equation or inequality",
    tree.Membership: "A membership",
    tree.Logic: "A statement",
    tree.Interval: "An interval",
    tree.FiniteSet: "A set",
    tree.SetBuilder: "A set",
    tree.SetOperation: "A set",
    tree.Hole: "A gap",
}


def _number(node: tree.Number, scope: Scope) -> sympy.Expr:
    return sympy.Rational(node.value.numerator, node.value.denominator)


def _named(node: tree.Constant, scope: Scope) -> sympy.Expr:
    if node.name not in CONSTANTS:
        raise BuildError("type", "A truth value or a set cannot stand inside an expression.")
    return CONSTANTS[node.name]


def _sum(node: tree.Sum, scope: Scope) -> Any:
    terms = [build(term, scope) for term in node.terms]
    if all(map(_is_scalar, terms)):
        return sympy.Add(*terms)
    if all(isinstance(term, sympy.MatrixBase) for term in terms) and len({term.shape for term in terms}) == 1:
        return functools.reduce(operator.add, terms)
    raise BuildError("list.shape", "Only matrices and vectors of the same size can be added.")


def _product(node: tree.Product, scope: Scope) -> Any:
    factors = [build(factor, scope) for factor in node.factors]
    if all(map(_is_scalar, factors)):
        return sympy.Mul(*factors)
    value = functools.reduce(_times, factors)
    is_single = isinstance(value, sympy.MatrixBase) and value.shape == (1, 1)
    return value[0, 0] if is_single and any(getattr(factor, "shape", (1, 1)) != (1, 1) for factor in factors) else value


def _times(left: Any, right: Any) -> Any:
    matrices = isinstance(left, sympy.MatrixBase) and isinstance(right, sympy.MatrixBase)
    if matrices and left.shape[1] != right.shape[0]:
        raise BuildError("list.shape", "The sizes of these matrices do not allow the product.")
    return left * right


def _quotient(node: tree.Quotient, scope: Scope) -> Any:
    numerator, denominator = build(node.numerator, scope), scalar(node.denominator, scope)
    if denominator == 0:
        raise BuildError("value.undefined", "Division by zero has no value.")
    return numerator / denominator


def _power(node: tree.Power, scope: Scope) -> Any:
    base, exponent = build(node.base, scope), scalar(node.exponent, scope)
    if isinstance(base, sympy.MatrixBase):
        if not (exponent.is_Integer and abs(exponent) <= 20 and base.shape[0] == base.shape[1]):
            raise BuildError("list.shape", "Only square matrices can be raised to whole powers up to 20 here.")
        if exponent < 0 and base.det() == 0:
            raise BuildError("value.undefined", "This matrix has no inverse.")
        return base ** int(exponent)
    guard_power(base, exponent)
    if scope.real_roots and exponent.is_Rational and exponent.q % 2 == 1 and exponent.q > 1:
        return real_odd_power(base, exponent)
    return sympy.Pow(base, exponent)


def _call(node: tree.Call, scope: Scope) -> Any:
    rule = CALLS.get(node.function)
    if rule is None:
        raise BuildError("unsupported", f"The function {node.function} cannot be judged.")
    arguments = [build(argument, scope) for argument in node.arguments]
    if node.function not in OF_MATRICES and not all(map(_is_scalar, arguments)):
        raise BuildError("type.list", f"The function {node.function} takes single values, not lists or matrices.")
    if node.function in ("factorial", "gamma"):
        guard_factorial(arguments[0])
    elif node.function == "binomial":
        guard_binomial(*arguments)
    elif node.function in ("max", "min", "gcd", "lcm"):
        guard_count(len(arguments))
    elif node.function == "norm" and len(arguments) > 1:
        for entry in arguments[0] if isinstance(arguments[0], sympy.MatrixBase) else ():
            guard_power(entry, arguments[1])
    elif node.function in ("root", "cbrt"):
        guard_power(arguments[0], 1 / arguments[1] if len(arguments) > 1 and arguments[1] != 0 else sympy.S.One)
    try:
        return rule(*arguments)
    except (TypeError, ValueError, AttributeError, NotImplementedError, sympy.matrices.exceptions.MatrixError) as error:
        raise BuildError("type", f"The function {node.function} cannot be applied to this.") from error


def _apply(node: tree.Apply, scope: Scope) -> sympy.Expr:
    arguments = [scalar(argument, scope) for argument in node.arguments]
    function = sympy.Function(node.function, real=True)
    if not node.primes:
        return function(*arguments)
    if node.primes > MAX_ORDER or len(arguments) != 1:
        raise BuildError("unsupported", f"At most {MAX_ORDER} primes, on a function of one argument, can be judged.")
    slot = sympy.Dummy("u", real=True)
    derivative = sympy.Derivative(function(slot), (slot, node.primes))
    return sympy.Subs(derivative, slot, arguments[0]).doit()


def _derivative(node: tree.Derivative, scope: Scope) -> sympy.Expr:
    if node.order > MAX_ORDER:
        raise too_many_derivatives()
    return sympy.diff(scalar(node.body, scope), scope.symbol(node.variable.name), node.order)


def too_many_derivatives() -> BuildError:
    """The refusal of a derivative of high order."""
    return BuildError("value.large", f"Derivatives of order above {MAX_ORDER} cannot be judged.")


def _bound(node: tree.Bound, scope: Scope) -> sympy.Expr:
    if node.operator in ("supremum", "infimum") or node.condition is not None:
        raise BuildError("unsupported", "A supremum or infimum cannot be judged inside an expression.")
    name = node.variable.name
    if node.lower is None or node.upper is None:
        if node.operator != "integral":
            raise BuildError("unsupported", "A sum or product needs its bounds.")
        return sympy.Integral(scalar(node.body, scope), scope.symbol(name))
    lower, upper = scalar(node.lower, scope), scalar(node.upper, scope)
    variable = sympy.Dummy(name, real=True) if node.operator == "integral" else sympy.Dummy(name, integer=True)
    body = scalar(node.body, scope.with_bound(name, variable))
    wrapper = {"integral": sympy.Integral, "sum": sympy.Sum, "product": sympy.Product}[node.operator]
    return wrapper(body, (variable, lower, upper))


def _limit(node: tree.Limit, scope: Scope) -> sympy.Expr:
    variable = sympy.Dummy(node.variable.name, real=True)
    body = scalar(node.body, scope.with_bound(node.variable.name, variable))
    direction = {"both": "+-", "left": "-", "right": "+"}[node.side]
    return sympy.Limit(body, variable, scalar(node.point, scope), direction)


def _conditional(node: tree.Conditional, scope: Scope) -> sympy.Expr:
    branches = [(scalar(value, scope), condition(test, scope)) for value, test in node.branches]
    if node.otherwise is not None:
        branches.append((scalar(node.otherwise, scope), sympy.true))
    return sympy.Piecewise(*branches)


def condition(node: tree.Node, scope: Scope) -> Any:
    """The SymPy condition of a relation or of relations joined by connectives; raises `BuildError` for anything else."""
    if isinstance(node, tree.Relation):
        sides = [scalar(side, scope) for side in node.operands]
        return sympy.And(*(_RELATIONS[sign](left, right) for sign, left, right in zip(node.signs, sides, sides[1:], strict=False)))
    if isinstance(node, tree.Logic) and node.connective in ("and", "or", "not"):
        join = {"and": sympy.And, "or": sympy.Or, "not": sympy.Not}[node.connective]
        return join(*(condition(part, scope) for part in node.operands))
    if isinstance(node, tree.Constant) and node.name in ("true", "false"):
        return sympy.true if node.name == "true" else sympy.false
    raise BuildError("unsupported", "Only comparisons joined by and, or, not can be conditions.")


def _tuple(node: tree.Tuple, scope: Scope) -> Any:
    matrix = as_matrix(node)
    if matrix is not None:
        return _matrix(matrix, scope)
    return sympy.ImmutableDenseMatrix([scalar(entry, scope) for entry in node.entries])


def as_matrix(node: tree.Node) -> tree.Matrix | None:
    """The matrix that a list of equally long lists stands for, as in `((1,2),(2,4))`; `None` for anything else."""
    if not isinstance(node, tree.Tuple):
        return None
    rows = [entry.entries for entry in node.entries if isinstance(entry, tree.Tuple)]
    is_full = len(rows) == len(node.entries) and len(set(map(len, rows))) == 1
    return tree.Matrix(tuple(rows), span=node.span) if is_full else None


def _matrix(node: tree.Matrix, scope: Scope) -> Any:
    return sympy.ImmutableDenseMatrix([[scalar(entry, scope) for entry in row] for row in node.rows])


def _plus_minus(node: tree.PlusMinus, scope: Scope) -> sympy.Expr:
    raise BuildError("type.two-values", "The sign ± stands for two values; one value is asked for here.")


_BUILDERS: dict[type[tree.Node], Callable[[Any, Scope], Any]] = {
    tree.Number: _number,
    tree.Constant: _named,
    tree.Symbol: lambda node, scope: scope.symbol(node.name),
    tree.Negative: lambda node, scope: -build(node.operand, scope),
    tree.PlusMinus: _plus_minus,
    tree.Sum: _sum,
    tree.Product: _product,
    tree.Quotient: _quotient,
    tree.Power: _power,
    tree.Call: _call,
    tree.Apply: _apply,
    tree.Bound: _bound,
    tree.Derivative: _derivative,
    tree.Limit: _limit,
    tree.Conditional: _conditional,
    tree.Tuple: _tuple,
    tree.Matrix: _matrix,
}
