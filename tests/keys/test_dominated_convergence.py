"""Keys of dominated convergence, confirmed by quadrature, finite differences and brute force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import value

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
    key.assert_proof(
        "proof",
        {
            "bound": ("", "f-integrable differences-below-2g"),
            "positive": ("differences-below-2g", "h-nonnegative"),
            "fatou": ("h-nonnegative", "fatou-for-h"),
            "liminf": ("h-nonnegative", "liminf-of-h"),  # it speaks of h, which that line defines
            "combine": ("fatou-for-h liminf-of-h", "inequality-with-2g"),
            "subtract": ("inequality-with-2g", "distance-to-0"),
            "conclude": ("distance-to-0", "integrals-converge"),
            "monotone": ("sequence-increases", "integrals-converge"),
            "egorov": ("finite-measure", "integrals-converge"),
        },
        goal="integrals-converge",
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


@confirms(f"{TOPIC}/find-majorant")
def find_majorant(key: Key) -> None:
    k, b = key.parameter("k"), key.parameter("b")
    for answer in key.answers():
        g = answer.function("majorant", "x")
        for x in np.logspace(-9, -1e-9, 60):
            numbers = {*range(1, 30), *(10**power for power in range(2, 12)), max(1, int(b / x)), int(b / x) + 1}
            envelope = max(n * x ** (1 / k) / (b * b + (n * x) ** 2) for n in numbers)
            assert envelope <= g(x) * (1 + 1e-12)
        near, far = (mp.quad(g, mp.linspace(mp.mpf(10) ** (power - 3), mp.mpf(10) ** power, 40)) for power in (-6, -3))
        assert near < far / 2  # nearer to 0 there is less and less mass


@confirms(f"{TOPIC}/derive-the-majorant")
def derive_the_majorant(key: Key) -> None:
    c = key.parameter("a") ** 2
    points = [{"x": x, "n": n} for x in (0.0, 0.03, 0.2, 0.5, 1.0, 2.7, 30.0) for n in (1, 2, 3, 7, 50, 3000)]
    for answer in key.answers():
        answer.assert_chain("bound", lambda x, n: (1 + c * mp.mpf(x) ** 2 / n) ** (-n), points)
        _, last = answer.lines("bound")[-1]
        assert all(abs(value(last, point) - 1 / (1 + c * point["x"] ** 2)) < 1e-12 for point in points)

    def integral(n: int) -> mp.mpf:
        return mp.quad(lambda x: (1 + c * x * x / n) ** (-n), [*mp.linspace(0, 4, 17), mp.inf])

    # The error is of order 1/n; two values remove its first term.
    assert abs(2 * integral(400) - integral(200) - key.number("limit")) < 1e-5


@confirms(f"{TOPIC}/escaping-mass")
def escaping_mass(key: Key) -> None:
    b, c = key.parameter("b"), key.parameter("c")
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        for n in (1, 2, 3, 6, 20):
            mass = mp.quad(partial(f, n), [0, mp.mpf(1) / n, b / 2, b * 0.9, b] if n > 1 else [0, 1, b])
            assert abs(mass - c) < 1e-9
        assert all(abs(f(10**5, mp.mpf(x))) < 1e-9 for x in (0, b / 1000, b / 97, b / 2, 0.99 * b, b))


@confirms(f"{TOPIC}/power-over-logarithm")
def power_over_logarithm(key: Key) -> None:
    a = key.parameter("a")

    def integral(t: mp.mpf) -> mp.mpf:
        return mp.quad(lambda x: x**a * (x**t - 1) / mp.log(x), mp.linspace(0, 1, 5))

    for t in (mp.mpf("0.8"), mp.mpf("2.3")):
        slope = (integral(t + mp.mpf("1e-4")) - integral(t - mp.mpf("1e-4"))) / mp.mpf("2e-4")
        for answer in key.answers():
            lines = answer.lines("derivation")
            assert len(lines) >= 2
            assert any(isinstance(part, tree.Bound) for part in tree.walk(lines[0][1]))
            assert not any(isinstance(part, tree.Bound) for part in tree.walk(lines[-1][1]))
            assert all(sign == "=" and abs(value(line, {"t": t}) - slope) < 1e-6 for sign, line in lines)
            assert abs(answer.number("value", t=t) - integral(t)) < 1e-9


@confirms(f"{TOPIC}/not-necessary")
def not_necessary(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        f, mass = answer.function("bumps", "n", "x"), answer.function("mass", "n")
        for n in range(1, 8):
            ends = sorted({mp.mpf(0), mp.mpf(2) ** -n, mp.mpf(2) ** (1 - n), mp.mpf(1) / (n + 1), mp.mpf(1) / n, mp.mpf(1)})
            assert abs(mp.quad(partial(f, n), ends) - mass(n)) < 1e-9
        for x in np.random.default_rng(4).uniform(0, 1, 60):
            values = [f(n, float(x)) for n in range(1, 200)]
            assert min(values) >= 0
            assert sum(value > 0 for value in values) <= 1
        assert abs(mass(10**6)) < 1e-4
        early, late = (mp.fsum(mass(n) for n in range(start, 2 * start)) for start in (32, 1024))
        assert late > early / 2  # the sums from n to 2n do not tend to 0


@confirms(f"{TOPIC}/uniform-on-the-half-line")
def uniform_on_the_half_line(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        for n in (1, 2, 7):
            assert abs(mp.quad(partial(f, n), [0, n, 2 * n, 10 * n, 40 * n]) - 1) < 1e-8
        largest = [max(f(n, float(x)) for x in np.linspace(0, 3 * n, 6 * n + 1)) for n in (2, 20, 200)]
        assert largest[1] < largest[0] / 5
        assert largest[2] < 0.02
        assert min(f(7, float(x)) for x in np.linspace(0, 50, 101)) >= 0


@confirms(f"{TOPIC}/order-the-derivative")
def order_the_derivative(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "quotient": ("", "quotients"),
            "pointwise": ("quotients", "limit-of-quotients"),
            "dominated": ("quotients", "majorant"),
            "apply": ("limit-of-quotients majorant", "derivative-along-sequence"),
            "conclude": ("derivative-along-sequence", "derivative"),
            "mean-value": ("quotients differentiable-in-between", "intermediate-value"),
            "eventually": ("limit-of-quotients uniform-in-x", "majorant"),
        },
        goal="derivative",
    )
