"""Unknown functions, replaced by known ones: an identity must hold for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import sympy
from sympy.core.function import AppliedUndef


def with_concrete_functions(answer: sympy.Expr, key: sympy.Expr) -> Iterator[tuple[sympy.Expr, sympy.Expr]]:
    """The two expressions with functions in general position for the unknown ones; as they are, when there are none."""
    names = _names(answer, key)
    if not names:
        yield answer, key
        return
    for variant in (0, 1):
        yield _concrete(answer, names, variant), _concrete(key, names, variant)


SIMPLE = ((1, 0), (2, 0), (3, 1), (2, 1), (1, 2))
"""Pairs of a power and what is added to it, taken in turn for the functions."""


def with_simple_functions(answer: sympy.Expr, key: sympy.Expr) -> Iterator[tuple[Mapping[str, str], sympy.Expr, sympy.Expr]]:
    """The two expressions with functions that are easy to check by hand, as `u^2` or `u^3+1`; and each of them as text, under `f(u)`."""
    names = _names(answer, key)
    places = {applied.func.__name__: len(applied.args) for side in (answer, key) for applied in side.atoms(AppliedUndef)}
    for first in range(3):
        chosen = {name: SIMPLE[(first + place) % len(SIMPLE)] for place, name in enumerate(names)}
        told = dict(_told(name, places[name], *pair) for name, pair in chosen.items())
        yield told, _simple(answer, chosen), _simple(key, chosen)


def _told(name: str, places: int, power: int, added: int) -> tuple[str, str]:
    """A chosen function as it is shown: `f(u)` and `u^2`, or `f(u,v)` and `(u+2v)^2`."""
    letters = "uvwrst"[:places]
    mixed = "+".join(f"{place}{letter}" if place > 1 else letter for place, letter in enumerate(letters, start=1))
    base = f"({mixed})" if len(letters) > 1 and power > 1 else mixed
    return f"{name}({','.join(letters)})", (base if power == 1 else f"{base}^{power}") + (f"+{added}" if added else "")


def _names(*sides: sympy.Expr) -> list[str]:
    return sorted({applied.func.__name__ for side in sides for applied in side.atoms(AppliedUndef)})


def _concrete(expression: sympy.Expr, names: list[str], variant: int) -> sympy.Expr:
    def stand_in(applied: AppliedUndef) -> sympy.Expr:
        number, mixed = names.index(applied.func.__name__), _mixed(applied)
        if variant:
            return sympy.sin((number + 2) * mixed) * 2 + mixed / (number + 3)
        return mixed**2 / (number + 7) + sympy.cos(mixed + number) / 3 + 2 + number

    return _replaced(expression, stand_in)


def _simple(expression: sympy.Expr, chosen: Mapping[str, tuple[int, int]]) -> sympy.Expr:
    def stand_in(applied: AppliedUndef) -> sympy.Expr:
        power, added = chosen[applied.func.__name__]
        return _mixed(applied) ** power + added

    return _replaced(expression, stand_in)


def _mixed(applied: AppliedUndef) -> sympy.Expr:
    """One number from the arguments that tells them apart: `u + 2v + 3w`."""
    return sympy.Add(*(argument * (place + 1) for place, argument in enumerate(applied.args)))


def _replaced(expression: sympy.Expr, stand_in: Callable[[AppliedUndef], sympy.Expr]) -> sympy.Expr:
    replaced = expression.replace(lambda part: isinstance(part, AppliedUndef), stand_in)
    return replaced.doit() if replaced.has(sympy.Derivative, sympy.Subs) else replaced
