"""Finite probability spaces and standard laws, for whoever confirms keys about random variables."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

import numpy as np
from mpmath import mp

from companion.answers import tree
from companion.answers.reader import Vocabulary, read
from tests.keys.evaluation import Value, value


def moment(joint: Mapping[tuple[float, float], float], formula: Callable[[float, float], float]) -> float:
    """The expectation of a formula in two variables that have a finite joint law."""
    return sum(weight * formula(x, y) for (x, y), weight in joint.items())


def with_table_of_phi(text: str) -> Value:
    """The value of a formula in which the distribution function of the standard normal law occurs, found by quadrature."""

    def looked_up(found: re.Match[str]) -> str:
        z = value(read(found["z"], Vocabulary()), {})
        area = mp.quad(lambda x: mp.exp(-x * x / 2), [0, z]) / mp.sqrt(2 * mp.pi)
        return str(mp.nstr(mp.mpf("0.5") + area, 15))

    return value(read(re.sub(r"Phi(?P<z>\((?:[^()]|\([^()]*\))*\))", looked_up, text), Vocabulary()), {})


def with_outcomes(node: tree.Node, outcomes: list[dict[str, Value]], weights: list[Value], here: dict[str, Value] | None) -> Value:
    """The value of a formula with expectations on a finite probability space; random names have their values at the outcome `here`."""

    def of(part: tree.Node) -> Value:
        return with_outcomes(part, outcomes, weights, here)

    def mean(formula: Callable[[dict[str, Value]], Value]) -> Value:
        return mp.fsum(weight * formula(outcome) for weight, outcome in zip(weights, outcomes, strict=True))

    def at(part: tree.Node) -> Callable[[dict[str, Value]], Value]:
        return lambda outcome: with_outcomes(part, outcomes, weights, outcome)

    match node:
        case tree.Symbol():
            assert here is not None, "a random variable outside of an expectation"
            return here[node.name]
        case tree.Negative():
            return -of(node.operand)
        case tree.Sum():
            return mp.fsum(of(term) for term in node.terms)
        case tree.Product():
            return mp.fprod(of(factor) for factor in node.factors)
        case tree.Power():
            return of(node.base) ** of(node.exponent)
        case tree.Apply(function="E"):
            return mean(at(node.arguments[0]))
        case tree.Apply(function="Var" | "Cov"):
            one, other = at(node.arguments[0]), at(node.arguments[-1])
            centers = mean(one), mean(other)
            return mean(lambda outcome: (one(outcome) - centers[0]) * (other(outcome) - centers[1]))
        case _:
            return value(node, {})


def distribution_functions(tosses: int, p: float) -> dict[str, Callable[[float], float]]:
    """Binomial, geometric (`p`), Poisson (mean 3), exponential (rate 1), uniform on (0,1), normal (mean -1, variance 4)."""
    binomial = np.cumsum([math.comb(tosses, k) * p**k * (1 - p) ** (tosses - k) for k in range(tosses + 1)])
    poisson = np.cumsum([math.exp(-3) * 3**k / math.factorial(k) for k in range(60)])
    return {
        "binomial": lambda x: float(binomial[min(math.floor(x), tosses)]) if x >= 0 else 0.0,
        "geometric": lambda x: 1 - (1 - p) ** math.floor(x) if x >= 1 else 0.0,
        "poisson": lambda x: float(poisson[min(math.floor(x), 59)]) if x >= 0 else 0.0,
        "exponential": lambda x: 1 - math.exp(-x) if x > 0 else 0.0,
        "uniform": lambda x: min(max(x, 0.0), 1.0),
        "normal": lambda x: 0.5 * math.erfc(-(x + 1) / (2 * math.sqrt(2))),
    }


def continuous_densities() -> list[Callable[[float], float]]:
    """Normal, very narrow normal, Cauchy, and spikes at the positive whole numbers `k` with the areas `k 2^-k / 2`, which add up to 1."""

    def spikes(x: float) -> float:
        k = round(x)
        return 0.25 * k * max(0.0, 1 - abs(x - k) * 2**k) * 2 if k >= 1 else 0.0

    return [
        lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
        lambda x: 10 * math.exp(-((10 * x) ** 2) / 2) / math.sqrt(2 * math.pi),
        lambda x: 1 / (math.pi * (1 + x * x)),
        spikes,
    ]


def integral(f: Callable[[float], float], lower: float, upper: float) -> float:
    """The integral of a function by the rule of Gauss on forty pieces."""
    points, weights = np.polynomial.legendre.leggauss(30)
    ends = np.linspace(lower, upper, 41)
    half, middles = np.diff(ends)[:, None] / 2, (ends[1:] + ends[:-1])[:, None] / 2
    return float(np.sum(np.vectorize(f)(middles + half * points) * half * weights))
