"""Guesses at the slip behind a wrong formula. A guess is offered only when it holds at every point that was tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import sympy

from companion.answers.judge.domains import Domains
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.showing import value_tex
from companion.answers.judge.values import NoValueError, Value, inexact
from companion.answers.protocol import Reply

POINTS = 5
LARGEST_FACTOR = 12
DIGITS = 40
ROUNDED = 1e-3
"""How near a decimal must be to be taken for a rounded right answer."""


def slip(answer: sympy.Expr, key: sympy.Expr, reply: Reply, domains: Domains, seed: str, has_decimals: bool) -> Reply:
    """The reply with a guess at the slip, in its code and message, when one is certain."""
    pairs = _values(answer, key, domains, seed)
    if not pairs:
        return reply
    with mpmath.workdps(DIGITS):
        if has_decimals and all(abs(left - right) <= ROUNDED * abs(right) for left, right in pairs):
            message = f"{reply.message} A rounded value is not enough here: give the exact one."
            return replace(reply, code="different.rounded", message=message)
        ratio = _constant(pairs, lambda left, right: left / right)
        if ratio == 1:
            return reply
        if ratio == -1:
            return replace(reply, code="different.sign", message=f"{reply.message} Check the sign of the whole answer.")
        if _constant(pairs, lambda left, right: left * right) == 1:
            return replace(reply, code="different.reciprocal", message=f"{reply.message} It is the reciprocal of what is asked for.")
        if not key.free_symbols or not answer.free_symbols:
            return reply
        if ratio is not None and max(abs(ratio.numerator), ratio.denominator) <= LARGEST_FACTOR:
            return replace(reply, code="different.factor", message=f"{reply.message} It is off by the factor ${value_tex(ratio)}$.")
        if _constant(pairs, lambda left, right: left - right) is not None:
            return replace(reply, code="different.constant", message=f"{reply.message} It is off by a constant.")
    return reply


def _values(answer: sympy.Expr, key: sympy.Expr, domains: Domains, seed: str) -> list[tuple[Value, Value]]:
    symbols = sorted(answer.free_symbols | key.free_symbols, key=lambda symbol: symbol.name)
    points: Any = domains.generic(symbols, seed + "|slip", 3 * POINTS) if symbols else [{}]
    pairs = []
    with mpmath.workdps(DIGITS):
        for point in points:
            try:
                pairs.append((inexact(Evaluator(point)(answer)), inexact(Evaluator(point)(key))))
            except NoValueError:
                continue
            if len(pairs) == POINTS:
                break
    return pairs if len(pairs) == POINTS or not symbols else []


def _constant(pairs: list[tuple[Value, Value]], combine: Callable[[Any, Any], Any]) -> Fraction | None:
    """The rational number that the combination is at every point, or `None`."""
    try:
        values = [combine(left, right) for left, right in pairs]
    except ZeroDivisionError:
        return None
    if any(isinstance(value, mpmath.mpc) for value in values):
        return None
    if not all(abs(value) < 10**9 for value in values):
        return None
    guess = Fraction(int(mpmath.nint(values[0] * 27720)), 27720)
    near = mpmath.mpf(10) ** (10 - DIGITS) * max(1, abs(values[0]))
    return guess if all(abs(value - mpmath.mpf(guess.numerator) / guess.denominator) <= near for value in values) else None
