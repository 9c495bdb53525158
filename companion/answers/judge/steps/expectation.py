"""Expectations in a chain of formulas: `E[(X-m)^2] = E[X^2] - 2*m*E[X] + m^2`.

A declared function `E` whose argument has a random name (a letter from U to Z, also
with an index) is the expectation, and `Var` and `Cov` are made of it. Formulas with
them are compared on a space with three outcomes of different weight, where each
random name has three unknown values. What holds there for all values uses linearity
and convexity only; independence would have to be given as an equation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from companion.answers.judge.domains import Domains

WEIGHTS = (sympy.Rational(1, 2), sympy.Rational(1, 3), sympy.Rational(1, 6))
_RANDOM = re.compile(r"[U-Z](?:_?\w{1,3})?'*")
_ARGUMENTS = {"E": 1, "Var": 1, "Cov": 2}


def with_outcomes(left: sympy.Expr, right: sympy.Expr, domains: Domains) -> tuple[sympy.Expr, sympy.Expr, Domains]:
    """Both sides with their expectations written out as sums over three outcomes; unchanged where there are none.

    A random name outside of an expectation has its value at the first outcome. The domains are those of all the values.
    """
    sides = (left, right)
    operators = [each for side in sides for each in side.atoms(AppliedUndef) if _is_operator(each)]
    random = sorted(set().union(*map(_random_in, operators)), key=str)
    if not random:
        return left, right, domains
    values = {name: [sympy.Symbol(f"{name.name}_{place}", **name.assumptions0) for place in range(1, len(WEIGHTS) + 1)] for name in random}
    known = {
        value.name: replace(domains.declared[name.name], condition=None)
        for name, places in values.items()
        if name.name in domains.declared
        for value in places
    }
    first = {name: places[0] for name, places in values.items()}
    new_left, new_right = (side.replace(_is_operator, lambda each: _written_out(each, values)).subs(first) for side in sides)
    return new_left, new_right, replace(domains, declared={**domains.declared, **known})


def _is_operator(part: Any) -> bool:
    return isinstance(part, AppliedUndef) and _ARGUMENTS.get(part.func.__name__) == len(part.args)


def _random_in(applied: AppliedUndef) -> set[sympy.Symbol]:
    return {symbol for symbol in applied.free_symbols if _RANDOM.fullmatch(symbol.name)}


def _written_out(applied: AppliedUndef, values: dict[sympy.Symbol, list[sympy.Symbol]]) -> sympy.Expr:
    def mean(body: sympy.Expr) -> sympy.Expr:
        outcomes = [{name: places[place] for name, places in values.items()} for place in range(len(WEIGHTS))]
        return sympy.Add(*(weight * body.subs(outcome) for weight, outcome in zip(WEIGHTS, outcomes, strict=True)))

    if applied.func.__name__ == "E":
        return mean(applied.args[0])
    one, other = applied.args[0], applied.args[-1]
    return mean(one * other) - mean(one) * mean(other)
