"""Whether a right answer has the form that was asked for. Forms are looked for in the tree as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from math import gcd

import sympy

from companion.answers import tree
from companion.answers.judge.budget import attempt
from companion.answers.judge.build import Scope, scalar
from companion.answers.judge.proof import is_tame

FACTOR_SECONDS = 0.4


class UndecidedFormError(Exception):
    """It could not be found out whether a right answer has the form that was asked for."""


def form_fault(form: str, node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    """What keeps the tree from having the form, as a sentence; `None` when it has it.

    Raises `KeyError` for an unknown form and `UndecidedFormError` when the factors could not be found.
    """
    return FORMS[form](node, scope, variable)


def _factored(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    for factor in _factors(node):
        if not any(isinstance(part, tree.Symbol) for part in tree.walk(factor)):
            continue
        expression = scalar(factor, scope)
        if not is_tame(expression):
            continue
        listed = attempt(partial(sympy.factor_list, expression), FACTOR_SECONDS)
        if listed is None:
            raise UndecidedFormError
        content, parts = listed
        if len(parts) > 1 or any(multiplicity > 1 for _, multiplicity in parts):
            return "One of the factors can still be factored."
        if isinstance(factor, tree.Sum) and content.is_Integer and abs(content) > 1:
            return "A common factor can still be taken out."
    return None


def _factors(node: tree.Node) -> Iterator[tree.Node]:
    """The factors of a tree, bases of powers included, quotients taken apart."""
    match node:
        case tree.Product():
            for factor in node.factors:
                yield from _factors(factor)
        case tree.Negative():
            yield from _factors(node.operand)
        case tree.Quotient():
            yield from _factors(node.numerator)
            yield from _factors(node.denominator)
        case tree.Power() if isinstance(node.exponent, tree.Number):
            yield from _factors(node.base)
        case _:
            yield node


def _expanded(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    for part in tree.walk(node):
        if isinstance(part, tree.Product) and any(isinstance(factor, tree.Sum) for factor in part.factors):
            return "A product of brackets can still be multiplied out."
        if isinstance(part, tree.Power) and isinstance(part.base, tree.Sum) and _whole(part.exponent) > 1:
            return "A power of a bracket can still be multiplied out."
    return None


def _whole(node: tree.Node) -> int:
    return int(node.value) if isinstance(node, tree.Number) and node.value.denominator == 1 else 0


def _partial_fractions(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    seen: set[tuple[sympy.Expr, int]] = set()
    for term in _terms(node):
        expression = scalar(term, scope)
        symbol = _main_symbol(expression, scope, variable)
        if symbol is None or not is_tame(expression):
            continue
        numerator, denominator = sympy.fraction(sympy.together(expression))
        if not (numerator.is_polynomial(symbol) and denominator.is_polynomial(symbol)):
            return "Every term must be a polynomial or a quotient of polynomials."
        if symbol not in denominator.free_symbols:
            if any(isinstance(part, tree.Quotient) and _mentions(part.denominator, symbol.name) for part in tree.walk(term)):
                return "One of the terms can still be simplified."
            continue
        factors = [(base, power) for base, power in sympy.factor_list(denominator)[1] if symbol in base.free_symbols]
        if len(factors) != 1:
            return "One of the denominators can still be split."
        base, power = factors[0]
        if sympy.degree(numerator, symbol) >= sympy.degree(base, symbol):
            return "The degree of a numerator is too high."
        if (base, power) in seen:
            return "Terms with the same denominator can still be joined."
        seen.add((base, power))
    return None


def _terms(node: tree.Node) -> Iterator[tree.Node]:
    if isinstance(node, tree.Sum):
        for term in node.terms:
            yield from _terms(term)
    elif isinstance(node, tree.Negative):
        yield from _terms(node.operand)
    else:
        yield node


def _main_symbol(expression: sympy.Expr, scope: Scope, variable: str | None) -> sympy.Symbol | None:
    if variable is not None:
        return scope.symbol(variable)
    names = sorted(expression.free_symbols, key=lambda symbol: symbol.name)
    return names[0] if names else None


def _mentions(node: tree.Node, name: str) -> bool:
    return any(isinstance(part, tree.Symbol) and part.name == name for part in tree.walk(node))


def _single_fraction(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    core = node
    while isinstance(core, tree.Negative):
        core = core.operand
    factors = core.factors if isinstance(core, tree.Product) else (core,)
    fractions = [factor for factor in factors if _has_fraction(factor)]
    if len(fractions) > 1:
        return "This is a product of fractions; write one fraction."
    for factor in fractions:
        if not isinstance(factor, tree.Quotient):
            return "Write everything over one denominator."
        if _has_fraction(factor.numerator) or _has_fraction(factor.denominator):
            return "There is still a fraction inside the fraction."
    return None


def _has_fraction(node: tree.Node) -> bool:
    """Whether the tree has a quotient outside exponents and arguments of functions."""
    match node:
        case tree.Quotient():
            return True
        case tree.Power():
            return _has_fraction(node.base)
        case tree.Sum() | tree.Product() | tree.Negative():
            return any(_has_fraction(part) for part in tree.children(node))
    return False


def _lowest_terms(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    for part in tree.walk(node):
        if not isinstance(part, tree.Quotient):
            continue
        top, bottom = _integer(part.numerator), _integer(part.denominator)
        if top is not None and bottom is not None:
            if gcd(top, bottom) > 1 or (abs(bottom) == 1 and top != 0) or (top < 0 and bottom < 0):
                return "A fraction can still be reduced."
        elif _has_surd(part.denominator):
            return "There is still a root in a denominator."
    return None


def _integer(node: tree.Node) -> int | None:
    if isinstance(node, tree.Negative):
        inner = _integer(node.operand)
        return None if inner is None else -inner
    return int(node.value) if isinstance(node, tree.Number) and node.value.denominator == 1 else None


def _has_surd(node: tree.Node) -> bool:
    if any(isinstance(part, tree.Symbol) for part in tree.walk(node)):
        return False
    for part in tree.walk(node):
        if isinstance(part, tree.Call) and part.function in ("sqrt", "cbrt", "root"):
            return True
        if isinstance(part, tree.Power) and isinstance(part.exponent, tree.Quotient):
            return True
        if isinstance(part, tree.Power) and isinstance(part.exponent, tree.Number) and part.exponent.value.denominator != 1:
            return True
    return False


def _completed_square(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    symbol = _main_symbol(scalar(node, scope), scope, variable)
    if symbol is None:
        return None
    places = sum(1 for part in tree.walk(node) if isinstance(part, tree.Symbol) and part.name == symbol.name)
    if places > 1:
        return f"The variable {symbol.name} should appear only once, inside the square."
    for part in tree.walk(node):
        if isinstance(part, tree.Power) and _mentions(part.base, symbol.name) and _exponent(part.exponent) != 2:
            return "A square is asked for, not another power."
    return None


def _exponent(node: tree.Node) -> Fraction | None:
    return node.value if isinstance(node, tree.Number) else None


def _closed(node: tree.Node, scope: Scope, variable: str | None) -> str | None:
    if any(isinstance(part, tree.Bound | tree.Limit | tree.Derivative) for part in tree.walk(node)):
        return "Work out the integral, sum, limit or derivative."
    return None


FORMS: Mapping[str, Callable[[tree.Node, Scope, str | None], str | None]] = {
    "factored": _factored,
    "expanded": _expanded,
    "partial-fractions": _partial_fractions,
    "single-fraction": _single_fraction,
    "lowest-terms": _lowest_terms,
    "completed-square": _completed_square,
    "closed": _closed,
}
"""Every form that a field can ask for; each returns the fault or `None`."""
