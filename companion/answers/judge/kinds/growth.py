"""Formulas compared up to their order of growth."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any, Literal

import mpmath
import sympy

from companion.answers import tree
from companion.answers.judge.budget import attempt
from companion.answers.judge.domains import Domains, QuestionError
from companion.answers.judge.proof import is_tame
from companion.answers.printing import to_tex
from companion.answers.protocol import Reply

LIMIT_SECONDS = 0.8
_SAMPLES = (10**4, 10**6, 10**9, 10**12)


def compare_growth(answer: sympy.Expr, key: sympy.Expr, variable: str | None, domains: Domains) -> Reply:
    """Whether the answer is of the same order as the key when the variable goes to infinity: the ratio's limit is a nonzero number."""
    names = sorted(symbol.name for symbol in key.free_symbols)
    if variable is None:
        if len(names) != 1:
            raise QuestionError("This question does not say which variable goes to infinity.")
        variable = names[0]
    symbols = [symbol for symbol in answer.free_symbols | key.free_symbols if symbol.name == variable]
    if answer.is_zero:
        return Reply("incorrect", "growth.lower", "Zero grows more slowly than what is asked for.", counterexample={variable: "oo"})
    growing = sympy.Dummy(variable, positive=True)
    ratio = (answer / key).subs(dict.fromkeys(symbols, growing))
    if growing not in ratio.free_symbols:
        return Reply("correct", "equal", "Correct.", certainty="proved")
    limit = attempt(lambda: sympy.limit(_without_factorials(ratio), growing, sympy.oo), LIMIT_SECONDS) if is_tame(ratio) else None
    if limit is None or not (limit.is_finite or limit.is_infinite) or limit.has(sympy.AccumBounds, sympy.Limit):
        return _by_values(ratio, growing)
    if limit.is_zero:
        return _other_order("lower", ratio, growing)
    if limit.is_infinite:
        return _other_order("higher", ratio, growing)
    return Reply("correct", "equal", "Correct.", certainty="proved")


_SHOWN_AT = 10**6


def _other_order(order: Literal["lower", "higher"], ratio: sympy.Expr, growing: sympy.Symbol) -> Reply:
    """The refusal, with how far the two have grown apart at a large number."""
    how = "more slowly" if order == "lower" else "faster"
    message = f"Your answer grows {how} than what is asked for."
    size = attempt(partial(_log_size, ratio, growing, _SHOWN_AT), 0.1)
    if size is not None and mpmath.isfinite(size) and (size < 0) == (order == "lower"):
        power = size / mpmath.log(10)
        factor = str(int(power)) if abs(power) >= 10 else mpmath.nstr(power, 2, strip_zeros=True).removesuffix(".0")
        message += f" At ${to_tex(tree.Symbol(growing.name))}=10^6$ it is about $10^{{{factor}}}$ times as large."
    return Reply("incorrect", f"growth.{order}", message, counterexample={growing.name: "10^6"})


def _without_factorials(ratio: sympy.Expr) -> sympy.Expr:
    return sympy.gammasimp(ratio) if ratio.has(sympy.factorial, sympy.gamma, sympy.binomial) else ratio


def _by_values(ratio: sympy.Expr, growing: sympy.Symbol) -> Reply:
    """Decide from the logarithm of the ratio at large numbers; only what is beyond doubt."""
    logarithms = [attempt(partial(_log_size, ratio, growing, size), 0.1) for size in _SAMPLES]
    values = [value for value in logarithms if value is not None]
    if len(values) == len(_SAMPLES):
        steps = [after - before for before, after in itertools.pairwise(values)]
        if all(step > 2 for step in steps):
            return _other_order("higher", ratio, growing)
        if all(step < -2 for step in steps):
            return _other_order("lower", ratio, growing)
        if abs(steps[-1]) < 1e-4 and abs(steps[-1]) <= abs(steps[0]):
            return Reply("correct", "equal", "Correct.", certainty="tested")
    return Reply("undecided", "undecided.limit", "I could not compare how fast the two grow, so I could not decide.")


def _log_size(ratio: sympy.Expr, growing: sympy.Symbol, size: int) -> Any:
    """log |ratio| at a large number, factor by factor so that nothing overflows."""
    total = mpmath.mpf(0)
    with mpmath.workdps(40):
        for factor in sympy.Mul.make_args(ratio):
            base, exponent = factor.as_base_exp()
            power = mpmath.mpmathify(exponent.subs(growing, size).evalf(40))
            if isinstance(base, sympy.factorial | sympy.gamma):
                shift = 1 if isinstance(base, sympy.factorial) else 0
                total += power * mpmath.loggamma(mpmath.mpmathify(base.args[0].subs(growing, size).evalf(40)) + shift)
            elif base == sympy.E:
                total += power
            else:
                total += power * mpmath.log(abs(mpmath.mpmathify(base.subs(growing, size).evalf(40))))
        return total
