"""Keys of dominated convergence, confirmed by quadrature, finite differences and brute force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from tests.keys.confirmation import Key, confirm, confirms, variants_of

TOPIC = "dominated-convergence-theorem"
Array = NDArray[np.floating[Any]]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _gauss(f: Callable[[Array], Array], breakpoints: Array, nodes: int = 20) -> float:
    """The integral of a function over adjoining pieces, by the rule of Gauss on each."""
    points, weights = np.polynomial.legendre.leggauss(nodes)
    half = np.diff(breakpoints)[:, None] / 2
    middle = (breakpoints[1:] + breakpoints[:-1])[:, None] / 2
    return float(np.sum(f(middle + half * points) * half * weights))


def _trapezoid(values: Array, points: Array) -> float:
    """The integral of a function that is given by values at points."""
    return float(np.sum((values[1:] + values[:-1]) / 2 * np.diff(points)))


@confirms(f"{TOPIC}/limit-of-integrals")
def limit_of_integrals(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")

    def integral(n: int) -> float:
        return _gauss(lambda x: n * np.sin(a * x / n) / (x * (b * b + x * x)), np.linspace(0, 2e5, 20001))

    # The error is of order 1/n; two values remove its first term.
    extrapolated = 2 * integral(4000) - integral(2000)
    assert extrapolated == pytest.approx(float(key.number("value")), rel=2e-4)


@confirms(f"{TOPIC}/which-exponents")
def which_exponents(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    lower, upper, has_lower, has_upper = key.interval("exponents")
    assert (lower, has_lower, has_upper) == (0, False, False)  # only positive exponents are asked about
    assert upper < mp.inf
    n = np.arange(1.0, 8001.0)[:, None]

    def envelope_mass(alpha: float, start: float, end: float) -> float:
        x = np.geomspace(start, end, 300)
        envelope = np.exp(np.max(alpha * np.log(n) + p * np.log(x) - n**q * x, axis=0))
        return _trapezoid(envelope, x)

    def growth(alpha: float) -> float:
        """How much more mass the envelope has nearer to 0; it is integrable if this is less than 1."""
        return envelope_mass(alpha, 10 ** (-3 * q), 10 ** (-2 * q)) / envelope_mass(alpha, 10 ** (-2 * q), 10 ** (-q))

    edge = float(upper)
    assert growth(0.9 * edge) < 0.75
    assert growth(1.1 * edge) > 1.3
    # At the edge itself all integrals are equal, while the functions tend to 0 at every point.
    masses = [mp.quad(lambda x, k=k: mp.mpf(k) ** edge * x**p * mp.exp(-(k**q) * x), mp.linspace(0, 60 / k**q, 9)) for k in (1, 2, 5)]
    assert all(abs(mass / masses[0] - 1) < 1e-9 for mass in masses)


@confirms(f"{TOPIC}/order-the-proof")
def order_the_proof(key: Key) -> None:
    key.assert_orders(
        "proof",
        {
            "bound": "",
            "positive": "bound",
            "fatou": "positive",
            "liminf": "positive",
            "combine": "fatou liminf",
            "subtract": "combine",
            "conclude": "subtract",
        },
    )


@confirms(f"{TOPIC}/which-hypothesis-fails")
def which_hypothesis_fails(key: Key) -> None:
    # The sequence, a right end of its domain, and a step fine enough for the first 300 of them.
    sequences: dict[str, tuple[Callable[[float, Array], Array], float]] = {
        "concentrating": (lambda n, x: n * (x < 1 / n), 1.0),
        "oscillating": (lambda n, x: np.sin(n * x), 2 * np.pi),
        "traveling": (lambda n, x: 1.0 * ((n < x) & (x < n + 1)), 400.0),
        "power": (lambda n, x: x**n, 1.0),
    }
    for field, (f, end) in sequences.items():
        points = end * np.linspace(0.013, 0.977, 40)
        late = np.array([f(n, points) for n in range(3000, 3060)])
        converges = np.mean(np.ptp(late, axis=0) < 1e-3) == 1
        grid = np.linspace(0, end, 40001)[1:-1]
        envelopes = np.maximum.accumulate([np.abs(f(n, grid)) for n in range(1, 301)], axis=0)
        grown = _trapezoid(envelopes[-1], grid) / _trapezoid(envelopes[29], grid)
        expected = "convergence" if not converges else "majorant" if grown > 1.3 else "none"
        assert key.chosen(field) == expected, (field, converges, grown)


@confirms(f"{TOPIC}/derivative-of-expected-relu")
def derivative_of_expected_relu(key: Key) -> None:
    rate, c = key.parameter("rate"), key.parameter("c")

    def expectation(t: float) -> mp.mpf:
        return mp.quad(lambda x: (c * x - t) * rate * mp.exp(-rate * x), [t / c, t / c + 1, t / c + 5, mp.inf])

    for t in (0.4, 1.7):
        slope = (expectation(t + 1e-4) - expectation(t - 1e-4)) / 2e-4
        assert abs(slope - key.number("derivative", t=t)) < 1e-6


@confirms(f"{TOPIC}/predict-slopes")
def predict_slopes(key: Key) -> None:
    p = key.parameter("p")
    alpha = p + key.parameter("m") / key.parameter("k")
    numbers = 2.0 ** np.arange(4, 11)
    x = np.linspace(0, 4, 400001)
    sups, integrals = [], []
    for n in numbers:
        f = n**alpha * x**p * np.exp(-n * x)
        sups.append(f.max())
        integrals.append(_trapezoid(f, x))
    for field, measured in (("sup", sups), ("integral", integrals)):
        slope = np.polyfit(np.log(numbers), np.log(measured), 1)[0]
        assert slope == pytest.approx(float(key.number(field)), abs=0.01)
