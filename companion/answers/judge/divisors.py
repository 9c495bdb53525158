"""Greatest common divisors and least common multiples, of whole numbers and of symbols that stand for them.

SymPy's own `gcd` takes symbols for polynomials: its `gcd(m, n)` is 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import sympy


class _Divisor(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    """A symmetric function of whole numbers, worked out as soon as all are known."""

    @classmethod
    def eval(cls, *arguments: sympy.Expr) -> sympy.Expr | None:
        """The value for numbers, the ordered form for symbols; raises `NotImplementedError` for a number that is not whole."""
        if any(argument.is_number and not argument.is_Integer for argument in arguments):
            raise NotImplementedError
        if all(argument.is_Integer for argument in arguments):
            return sympy.Integer(WHOLE[cls](*(int(argument) for argument in arguments)))
        ordered = sorted(arguments, key=sympy.default_sort_key)
        return None if ordered == list(arguments) else cls(*ordered)


class Gcd(_Divisor):
    """The greatest common divisor."""


class Lcm(_Divisor):
    """The least common multiple."""


WHOLE: dict[Any, Callable[..., int]] = {Gcd: math.gcd, Lcm: math.lcm}
