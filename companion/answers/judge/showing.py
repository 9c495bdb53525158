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
MORE_DIGITS = (12, 20)
"""Tried when fewer digits would show a number as a whole one that it is not."""
TEXT_DIGITS = 12
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
    if imaginary in ("1", "-1"):
        unit = imaginary.replace("1", "i")
        return unit if real == "0" else f"{real}{'' if unit.startswith('-') else '+'}{unit}"
    joined = f"{imaginary}\\,i" if imaginary.startswith("-") else f"+{imaginary}\\,i"
    return f"{real}{joined}" if real != "0" else joined.removeprefix("+")


def _decimal(value: Any) -> str:
    if mpmath.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    text = _fixed(value, SHOWN_DIGITS)
    if text.lstrip("-").isdigit() and not mpmath.isint(value):
        text = next((longer for longer in (_fixed(value, digits) for digits in MORE_DIGITS) if not longer.lstrip("-").isdigit()), text)
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa.removesuffix('.0')}\\cdot 10^{{{int(exponent)}}}"
    return text


def _fixed(value: Any, digits: int) -> str:
    text: str = mpmath.nstr(value, digits, strip_zeros=True, min_fixed=-4, max_fixed=9)
    return text.removesuffix(".0")


def value_text(value: Value) -> str:
    """A value as plain text that the reader can read again."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Gaussian):
        return f"{value.real}+({value.imaginary})*i"
    if isinstance(value, mpmath.mpc):
        return f"{_digits(value.real)}+({_digits(value.imag)})*i"
    return _digits(value)


def _digits(value: Any) -> str:
    """A real number in twelve digits, with the power of ten as the reader writes it."""
    mantissa, _, exponent = mpmath.nstr(value, TEXT_DIGITS, strip_zeros=True).removesuffix(".0").partition("e")
    return f"{mantissa.removesuffix('.0')}*10^({int(exponent)})" if exponent else mantissa


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
