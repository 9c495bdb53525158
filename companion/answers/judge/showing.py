"""Values and points as TeX and as text, for messages."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath

from companion.answers import tree
from companion.answers.judge.values import Gaussian, Value
from companion.answers.printing import to_tex

SHOWN_DIGITS = 6
LONGEST_FRACTION = 12


def value_tex(value: Value) -> str:
    """A value as TeX without dollars: an exact short fraction, or a decimal of six digits."""
    if isinstance(value, Fraction):
        if value.denominator == 1 and len(str(abs(value.numerator))) <= LONGEST_FRACTION:
            return str(value.numerator)
        if len(str(value.numerator)) + len(str(value.denominator)) <= LONGEST_FRACTION:
            return f"{'-' if value < 0 else ''}\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
        value = mpmath.mpf(value.numerator) / value.denominator
    if isinstance(value, Gaussian):
        return _complex_tex(value_tex(value.real), value_tex(value.imaginary))
    if isinstance(value, mpmath.mpc):
        if value.imag == 0:
            return _decimal(value.real)
        return _complex_tex(_decimal(value.real), _decimal(value.imag))
    return _decimal(value)


def _complex_tex(real: str, imaginary: str) -> str:
    joined = f"{imaginary}\\,i" if imaginary.startswith("-") else f"+{imaginary}\\,i"
    return f"{real}{joined}" if real != "0" else joined.removeprefix("+")


def _decimal(value: Any) -> str:
    text: str = mpmath.nstr(value, SHOWN_DIGITS, strip_zeros=True, min_fixed=-4, max_fixed=9).removesuffix(".0")
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa.removesuffix('.0')}\\cdot 10^{{{int(exponent)}}}"
    return text


def value_text(value: Value) -> str:
    """A value as plain text that the reader can read again."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Gaussian):
        return f"{value.real}+({value.imaginary})*i"
    return str(mpmath.nstr(value, 12)).replace(" ", "")


def point_tex(point: Mapping[Any, Value]) -> str:
    """A point as TeX with dollars: `$x=2$, $y=-1$`. Symbols are SymPy symbols or names."""
    return ", ".join(f"${to_tex(tree.Symbol(_name(symbol)))}={value_tex(value)}$" for symbol, value in _ordered(point))


def point_text(point: Mapping[Any, Value]) -> dict[str, str]:
    """A point as names and values in text."""
    return {_name(symbol): value_text(value) for symbol, value in _ordered(point)}


def _ordered(point: Mapping[Any, Value]) -> list[tuple[Any, Value]]:
    return sorted(point.items(), key=lambda pair: _name(pair[0]))


def _name(symbol: Any) -> str:
    return symbol if isinstance(symbol, str) else str(symbol.name)


def expression_tex(node: tree.Node) -> str:
    """A tree as TeX with dollars."""
    return f"${to_tex(node)}$"
