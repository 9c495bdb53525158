"""Simpler forms of two statements before they are compared: sums of squares taken apart, and a common equation used up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import sympy

from companion.answers.judge.relations import solved_for
from companion.answers.judge.statements import Atom, Compound, Statement, Truth

MAX_BRANCHES = 12
Branch: TypeAlias = tuple[Statement, ...]


def without_square_sums(given: Statement) -> Statement:
    """The statement with `p^2 + q^2 = 0`, for real p and q, replaced by `p = 0 and q = 0`, and so on for the other signs."""
    if isinstance(given, Compound):
        return Compound(given.connective, tuple(map(without_square_sums, given.parts)))
    return _taken_apart(given) if isinstance(given, Atom) and not given.is_complex else given


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _taken_apart(atom: Atom) -> Statement:
    difference, sign = atom.difference, atom.sign
    if not difference.is_Add or not _is_entire(difference):
        return atom
    if all(term.is_nonpositive for term in difference.args):
        difference, sign = -difference, _TURNED.get(sign, sign)
    if not all(term.is_nonnegative for term in difference.args):
        return atom
    if sign in ("<", ">="):
        return Truth(sign == ">=")
    vanishes = sign in ("=", "<=")
    if any(term.is_positive for term in difference.args):
        return Truth(not vanishes)
    sign = "=" if vanishes else "!="
    return Compound("and" if vanishes else "or", tuple(Atom(_base(term), sign, sympy.S.Zero) for term in difference.args))


def _base(term: sympy.Expr) -> sympy.Expr:
    """What vanishes where a term such as `2*|p|` or `p^2` does."""
    _, rest = term.as_coeff_Mul()
    if rest.is_Pow and rest.exp.is_positive:
        return _base(rest.base)
    return rest.args[0] if isinstance(rest, sympy.Abs) else rest


def _is_entire(expression: sympy.Expr) -> bool:
    """Whether the expression has a value everywhere."""
    return all(
        part.is_Add or part.is_Mul or part.is_Symbol or part.is_Number or part.is_NumberSymbol or isinstance(part, sympy.Abs)
        or (part.is_Pow and part.exp.is_Integer and part.exp > 0) or (part.is_Pow and part.is_number)
        for part in sympy.preorder_traversal(expression)
    )  # fmt: skip


def without_common_equation(old: Statement, new: Statement) -> tuple[Statement, Statement, sympy.Symbol, sympy.Expr] | None:
    """Two statements with an equation `v = e` that stands in every case of both used up, and that equation; `None` if there is none."""
    before, after = _branches(old), _branches(new)
    if not before or not after:
        return None
    for atom in before[0]:
        if not isinstance(atom, Atom) or atom.sign != "=":
            continue
        for symbol in sorted(atom.difference.free_symbols, key=lambda symbol: symbol.name):
            value = solved_for(atom.difference, symbol)
            if value is None or not _is_entire(value):
                continue
            one, other = _reduced(before, symbol, value), _reduced(after, symbol, value)
            if one is not None and other is not None:
                return one, other, symbol, value
    return None


def _branches(given: Statement) -> Sequence[Branch] | None:
    """The cases of a statement that is made with `and` and `or`, each a list of parts that hold together; `None` if there are too many."""
    if not isinstance(given, Compound) or given.connective not in ("and", "or"):
        return [(given,)]
    parts = [_branches(part) for part in given.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if given.connective == "or":
        cases: list[Branch] = list(chain.from_iterable(known))
    else:
        cases = [()]
        for part in known:
            cases = [(*before, *after) for before in cases for after in part][: MAX_BRANCHES + 1]
    return cases if len(cases) <= MAX_BRANCHES else None


def _reduced(cases: Sequence[Branch], symbol: sympy.Symbol, value: sympy.Expr) -> Statement | None:
    """The cases with the symbol's value put in and its equation left out; `None` where a case does not have that equation."""
    parts: list[Statement] = []
    for case in cases:
        equation = next((atom for atom in case if _says(atom, symbol, value)), None)
        if equation is None:
            return None
        rest = tuple(_with_value(part, symbol, value) for part in case if part is not equation)
        parts.append(Compound("and", rest) if rest else Truth(True))
    return parts[0] if len(parts) == 1 else Compound("or", tuple(parts))


def _says(given: Statement, symbol: sympy.Symbol, value: sympy.Expr) -> bool:
    if not isinstance(given, Atom) or given.sign != "=" or symbol not in given.difference.free_symbols:
        return False
    own = solved_for(given.difference, symbol)
    return own is not None and bool(sympy.expand(own - value) == 0)


def _with_value(given: Statement, symbol: sympy.Symbol, value: sympy.Expr) -> Statement:
    if isinstance(given, Compound):
        return Compound(given.connective, tuple(_with_value(part, symbol, value) for part in given.parts))
    if isinstance(given, Atom):
        return Atom(given.left.subs(symbol, value), given.sign, given.right.subs(symbol, value), given.is_complex)
    return given
