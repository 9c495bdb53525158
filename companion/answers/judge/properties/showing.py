"""Numbers and parameters in messages."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from companion.answers.judge.properties.numbers import value_at
from companion.answers.judge.showing import point_tex, point_text, value_tex
from companion.answers.judge.values import NoValueError

LONGEST = 60


def number_tex(number: sympy.Expr) -> str:
    """A number as TeX without dollars: exact if that is short, else a decimal; a formula as it is."""
    if number in (sympy.oo, -sympy.oo):
        return r"\infty" if number is sympy.oo else r"-\infty"
    if number.is_Rational:
        return value_tex(Fraction(int(number.p), int(number.q)))
    if not number.has(sympy.Float) and len(str(number)) <= LONGEST:
        return str(sympy.latex(number))
    try:
        return value_tex(value_at(number, {}))
    except NoValueError:
        return str(sympy.latex(number))


def parameters_tex(point: Mapping[Any, Any]) -> str:
    """Values of parameters as TeX with dollars."""
    return point_tex(point)


def at_text(point: Mapping[Any, Any]) -> dict[str, str]:
    """Values by name, as text."""
    return point_text(point)
