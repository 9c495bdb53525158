"""What is refused before SymPy sees it: numbers and constructions that would take for ever to build."""

from __future__ import annotations

import sympy

MAX_BITS = 40_000
"""The longest integer that may come into being, about 12,000 digits."""
MAX_FACTORIAL = 1000
MAX_EXTREMES = 12
"""The most arguments of a maximum: SymPy compares each with each."""
MAX_ORDER = 12
MAX_EXPONENT = 10**60
"""The largest exponent that is kept as it is."""


class BuildError(ValueError):
    """A tree that cannot become a SymPy object. `code` is a dotted word, `message` a sentence for the learner."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def too_large(what: str) -> BuildError:
    """The refusal of something too large to compute with."""
    return BuildError("value.large", f"{what} is too large to compute with.")


def guard_power(base: sympy.Expr, exponent: sympy.Expr) -> None:
    """Raise `BuildError` when the power would be expanded into a giant number."""
    if not exponent.is_Rational:
        return
    size = abs(exponent)
    if size > MAX_EXPONENT:
        raise too_large("This exponent")
    if size <= 64 or base in (sympy.E, sympy.pi, sympy.I, sympy.S.One, sympy.S.NegativeOne, sympy.S.Zero):
        return
    if _rational_bits(base) * size > MAX_BITS:
        raise too_large("This power")


def _bits(number: sympy.Rational) -> int:
    return max(int(number.p).bit_length(), int(number.q).bit_length())


def _rational_bits(base: sympy.Expr) -> int:
    """How many bits a power with exponent one gains from the numbers in the base that SymPy would raise at once."""
    if base.is_Rational:
        return _bits(base) if abs(base) != 1 else 0
    if base.is_Mul:
        return sum(_rational_bits(factor) for factor in base.args)
    if base.is_Pow and base.exp.is_Rational:
        return _rational_bits(base.base)
    if base.is_Add and base.is_number:
        return sum(_rational_bits(term) for term in base.args)
    return 0


def guard_factorial(argument: sympy.Expr) -> None:
    """Raise `BuildError` for the factorial of a large number."""
    if argument.is_number and (argument.is_Rational or argument.is_comparable) and abs(argument) > MAX_FACTORIAL:
        raise too_large("This factorial")


def guard_binomial(upper: sympy.Expr, lower: sympy.Expr) -> None:
    """Raise `BuildError` for a binomial coefficient that would be a giant number or a giant product."""
    for argument in (upper, lower):
        if argument.is_Rational and abs(argument) > 100 * MAX_FACTORIAL:
            raise too_large("This binomial coefficient")
    if lower.is_Integer and abs(lower) > MAX_FACTORIAL and (upper - lower).is_Integer and abs(upper - lower) > MAX_FACTORIAL:
        raise too_large("This binomial coefficient")


def guard_count(arguments: int) -> None:
    """Raise `BuildError` for a maximum or minimum of too many arguments."""
    if arguments > MAX_EXTREMES:
        raise BuildError("value.large", f"A maximum or minimum may have at most {MAX_EXTREMES} arguments here.")


def guard_number(value: sympy.Expr) -> sympy.Expr:
    """The value itself; raises `BuildError` for a number with too many digits."""
    if value.is_Rational and _bits(value) > MAX_BITS:
        raise too_large("This number")
    return value
