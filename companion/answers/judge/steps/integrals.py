"""Integrals and sums that are equal because what stands inside them is: without working any of them out."""

from __future__ import annotations

import sympy

from companion.answers.judge.budget import attempt
from companion.answers.judge.proof import is_tame, proves_zero

_OPERATORS = (sympy.Integral, sympy.Sum)
_BOUND = {
    sympy.Integral: [sympy.Dummy(f"u{level}", real=True) for level in range(6)],
    sympy.Sum: [sympy.Dummy(f"k{level}", integer=True) for level in range(6)],
}
SECONDS = 0.15


def are_termwise_equal(left: sympy.Expr, right: sympy.Expr) -> bool:
    """Whether the two are equal because the integrands (or terms) over each range are. False says nothing."""
    if not (left.has(*_OPERATORS) or right.has(*_OPERATORS)):
        return False
    return attempt(lambda: _cancels(_unified(left) - _unified(right)), 2 * SECONDS) is True


def _unified(expression: sympy.Expr) -> sympy.Expr:
    """The expression with the bound variables of its operators named by their depth."""
    if not expression.args or not expression.has(*_OPERATORS):
        return expression
    inner = expression.func(*(_unified(part) if isinstance(part, sympy.Expr) else part for part in expression.args))
    if isinstance(inner, _OPERATORS) and len(inner.limits) == 1 and len(inner.limits[0]) == 3:
        level = sum(1 for part in sympy.preorder_traversal(inner.function) if isinstance(part, _OPERATORS))
        if level < len(_BOUND[inner.func]):
            variable, lower, upper = inner.limits[0]
            fresh = _BOUND[inner.func][level]
            return inner.func(inner.function.xreplace({variable: fresh}), (fresh, lower, upper))
    return inner


def _cancels(difference: sympy.Expr) -> bool:
    """Whether the difference is zero once its operators over the same range are joined."""
    inside: dict[tuple[object, ...], sympy.Expr] = {}
    for term in sympy.Add.make_args(difference):
        outer, rest = term.as_independent(*_OPERATORS, as_Add=False)
        key: tuple[object, ...] = ()
        if isinstance(rest, _OPERATORS):
            key, term = (rest.func, rest.limits), outer * rest.function
        inside[key] = inside.get(key, sympy.S.Zero) + term
    return all(is_tame(whole) and not whole.has(*_OPERATORS) and proves_zero(whole, SECONDS) for whole in inside.values())
