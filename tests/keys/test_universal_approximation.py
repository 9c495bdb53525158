"""Keys of universal approximation, confirmed by least squares, interpolation on grids and exact search."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import count as integers_from

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import value

TOPIC = "universal-approximation-theorem"
Array = NDArray[np.float64]
Activation = Callable[[Array], Array]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _interpolation_error(f: Callable[[Array], Array], end: float, pieces: int, points: int = 64) -> float:
    """The largest error of linear interpolation on equal pieces of [0, end], on a grid that holds the midpoints."""
    x = np.linspace(0, end, points * pieces + 1)
    nodes = np.linspace(0, end, pieces + 1)
    return float(np.max(np.abs(np.interp(x, nodes, f(nodes)) - f(x))))


def _fit_error(activation: Activation, x: Array, target: Array, biases: bool = True, units: int = 200) -> float:
    """The largest error of the least squares fit with random units."""
    random = np.random.default_rng(0)
    weights = random.normal(size=units) * 3
    offsets = random.uniform(-3, 3, units) * biases
    features = activation(np.outer(x, weights) + offsets)
    return float(np.max(np.abs(features @ np.linalg.lstsq(features, target, rcond=None)[0] - target)))


def _relu(t: Array) -> Array:
    return np.maximum(t, 0)


@confirms(f"{TOPIC}/interpolation-error")
def interpolation_error(key: Key) -> None:
    c, b = key.parameter("c"), key.parameter("b")
    for pieces in (1, 3, 8):
        measured = _interpolation_error(lambda x: c * x * x, b, pieces)
        assert measured == pytest.approx(float(key.number("error", N=pieces)), rel=1e-9)


@confirms(f"{TOPIC}/which-activations")
def which_activations(key: Key) -> None:
    activations: dict[str, Activation] = {
        "tanh": np.tanh,
        "cube": lambda t: t**3,
        "sine": np.sin,
        "relu": _relu,
        "quadratic": lambda t: t + t * t,
        "exponential": np.exp,
        "modulus": np.abs,
    }
    x = np.linspace(-1, 1, 400)
    for field, activation in activations.items():
        error = _fit_error(activation, x, np.cos(3 * x))
        assert key.chosen(field) == ("yes" if error < 0.1 else "no"), (field, error)


@confirms(f"{TOPIC}/derivative-trick")
def derivative_trick(key: Key) -> None:
    base = mp.mpf(1) / 3
    with mp.workdps(30):
        for k in (1, 2, 3, 5):
            for x in (mp.mpf("0.7"), mp.mpf("-1.3")):
                measured = mp.diff(lambda w, x=x: mp.tanh(w * x + base), 0, k)
                expected = key.number("derivative", x=x, k=k, s=mp.diff(mp.tanh, base, k), w=2)
                assert abs(measured - expected) < 1e-8
        c, h = key.parameter("c"), mp.mpf("1e-7")
        for x in (mp.mpf("0.7"), mp.mpf("-1.3")):
            quotient = (mp.exp(c * h * x) - 2 + mp.exp(-c * h * x)) / h**2
            assert abs(quotient - key.number("limit", x=x)) < 1e-8


@confirms(f"{TOPIC}/order-smooth-case")
def order_smooth_case(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "base-point": ("", "nonzero-derivatives"),
            "derivatives": ("", "derivatives-in-closure"),
            "multiples": ("derivatives-in-closure", "multiples-in-closure"),
            "monomials": ("nonzero-derivatives multiples-in-closure", "monomials-in-closure"),
            "polynomials": ("monomials-in-closure", "polynomials-in-closure"),
            "weierstrass": ("", "polynomials-dense"),
            "dense": ("polynomials-in-closure polynomials-dense", "closure-is-all"),
            "algebra": ("products-of-units", "closure-is-all"),
            "steps": ("sigmoidal-shape", "steps"),
        },
        goal="closure-is-all",
    )


@confirms(f"{TOPIC}/distance-on-the-line")
def distance_on_the_line(key: Key) -> None:
    a, b, d = key.parameter("a"), key.parameter("b"), key.parameter("d")
    # Far to the right a network is affine; the best affine function on long intervals is found by search.
    x = np.linspace(0, 400 * np.pi, 60001)
    target = a * np.sin(b * x) + d
    slopes = np.linspace(-0.01, 0.01, 21)
    best = min(float(np.ptp(target - slope * x)) / 2 for slope in slopes)  # with the best constant
    assert best == pytest.approx(float(key.number("distance")), rel=1e-3)


@confirms(f"{TOPIC}/duality-bound")
def duality_bound(key: Key) -> None:
    c, q, h = key.parameter("c"), key.parameter("q"), key.parameter("h")
    points, weights = h * np.arange(4.0), np.array([1.0, -3.0, 3.0, -1.0])
    assert np.allclose([weights @ points**j for j in range(3)], 0)
    bound = abs(weights @ (c * points**3 + q * points**2)) / np.abs(weights).sum()
    assert bound == pytest.approx(float(key.number("bound")))
    # A bound it is: even the best quadratic on the four points alone misses by this much.
    residual = c * points**3 - np.polyval(np.polyfit(points, c * points**3, 2), points)
    assert np.max(np.abs(residual)) >= bound - 1e-9


@confirms(f"{TOPIC}/predict-rates")
def predict_rates(key: Key) -> None:
    exponent = key.parameter("m") / key.parameter("k")
    functions: dict[str, Callable[[Array], Array]] = {
        "smooth": lambda x: np.exp(key.parameter("b") * x),
        "root": lambda x: x**exponent,
    }
    pieces = 2 ** np.arange(5, 11)
    for field, f in functions.items():
        errors = [_interpolation_error(f, 1.0, int(number), 128) for number in pieces]
        slope = np.polyfit(np.log(pieces), np.log(errors), 1)[0]
        assert slope == pytest.approx(float(key.number(field)), abs=0.02)


@confirms(f"{TOPIC}/which-assumption-fails")
def which_assumption_fails(key: Key) -> None:
    """Each approximation fails, and succeeds once the assumption that the key names is repaired (and nothing else)."""
    unit, both = np.linspace(0, 1, 401), np.linspace(-1, 1, 401)
    far = np.linspace(1000, 1100, 4001)  # to the right of all kinks a network is affine
    affine = np.polyval(np.polyfit(far, np.sin(far), 1), far)
    jump = (unit >= 0.5).astype(float)
    failures = {
        "quadratic": _fit_error(lambda t: t * t, unit, unit**3),
        "line": float(np.max(np.abs(affine - np.sin(far)))),
        "jump": _fit_error(np.tanh, unit, jump),
        "origin": _fit_error(_relu, both, np.ones_like(both), biases=False),
    }
    repaired = {
        ("quadratic", "polynomial"): _fit_error(np.tanh, unit, unit**3),
        ("line", "compact"): _fit_error(_relu, both, np.sin(both)),
        ("jump", "continuous"): _fit_error(np.tanh, unit, np.clip(3 * unit - 1, 0, 1)),
        ("origin", "biases"): _fit_error(_relu, both, np.ones_like(both)),
    }
    for (field, assumption), error in repaired.items():
        assert failures[field] > 0.01
        assert error < 0.005 or error < failures[field] / 5
        assert key.chosen(field) == assumption


@confirms(f"{TOPIC}/how-many-pieces")
def how_many_pieces(key: Key) -> None:
    b = Fraction(round(key.parameter("b")))
    for lipschitz, tolerance in ((4, Fraction(1, 2)), (3, Fraction(1, 4)), (2, Fraction(1)), (1, Fraction(3, 7)), (7, Fraction(5, 3))):
        # The zigzag that is 0 at the nodes has its largest error at the midpoints.
        least = next(n for n in integers_from(1) if lipschitz * (b / n) / 2 <= tolerance)
        symbols = {"L": lipschitz, "epsilon": mp.mpf(tolerance.numerator) / tolerance.denominator}
        assert key.number("pieces", **symbols) == least
    # No function with Lipschitz constant 1 does worse than the zigzag.
    random = np.random.default_rng(3)
    x = np.linspace(0, float(b), 6001)
    for pieces in (1, 2, 3, 5, 10):
        for _ in range(20):
            path = np.concatenate([[0.0], np.cumsum(random.choice([-1.0, 1.0], 6000))]) * float(b) / 6000
            step = 6000 // pieces
            assert np.max(np.abs(np.interp(x, x[::step], path[::step]) - path)) <= float(b) / (2 * pieces) + 1e-9


@confirms(f"{TOPIC}/hat-network")
def hat_network(key: Key) -> None:
    m, w, c = (key.parameter(name) for name in "mwc")
    x = np.linspace(-3, m + w + 5, 161)
    hat = np.interp(x, [0, m, m + w], [0, c, 0])
    for answer in key.answers():
        network = answer.function("network", "x")
        assert [float(network(float(point))) for point in x] == pytest.approx(hat, abs=1e-12)
        units = [part for part in tree.walk(answer.formula("network")) if isinstance(part, tree.Call)]
        assert {unit.function for unit in units} == {"relu"}
        assert not any(isinstance(part, tree.Call) for unit in units for part in tree.walk(unit.arguments[0]))


@confirms(f"{TOPIC}/without-biases")
def without_biases(key: Key) -> None:
    """The statement is false because there is a counterexample: on each side of 0 the span holds the multiples of x only."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        f, distance = answer.function("target", "x"), float(answer.number("distance"))
        assert distance > 0
        sides = [
            min(max(abs(f(sign * t) - slope * t) for t in np.linspace(0, 1, 41)) for slope in np.linspace(-4, 4, 161)) for sign in (-1, 1)
        ]
        assert distance <= max(sides) + 1e-9


@confirms(f"{TOPIC}/annihilator")
def annihilator(key: Key) -> None:
    points = np.array([0.0, 1.0, 2.0, key.parameter("q")])
    for answer in key.answers():
        weights = np.array([float(entry) for entry in answer.numbers("weights")])
        assert weights.shape == (4,)
        assert np.abs(weights).max() > 0
        for w, b in np.random.default_rng(6).normal(size=(10, 2)):
            assert weights @ (w * points + b) ** 2 == pytest.approx(0, abs=1e-9 * np.abs(weights).sum() * points[-1] ** 2)


@confirms(f"{TOPIC}/derive-the-lipschitz-bound")
def derive_the_lipschitz_bound(key: Key) -> None:
    points = [{"L": lipschitz, "h": h, "u": u} for lipschitz in (0.5, 3.0) for h in (0.1, 2.0) for u in np.linspace(0, 1, 21).tolist()]
    for answer in key.answers():
        answer.assert_chain("derivation", lambda L, h, u: (1 - u) * L * u * h + u * L * (1 - u) * h, points)  # noqa: N803
        _, last = answer.lines("derivation")[-1]
        assert all(abs(value(last, point) - point["L"] * point["h"] / 2) < 1e-12 for point in points)


@confirms(f"{TOPIC}/cosine-without-biases")
def cosine_without_biases(key: Key) -> None:
    """The statement is false because there is a counterexample: a continuous function that cosines do not fit."""
    assert key.chosen("verdict") == "no"
    x = np.linspace(-1, 1, 401)
    for answer in key.answers():
        f = answer.function("target", "x")
        values = np.array([float(f(float(point))) for point in x])
        assert np.abs(np.diff(values)).max() < 0.05  # no jump
        assert _fit_error(np.cos, x, values, biases=False) > 0.1
        assert _fit_error(np.cos, x, (values + values[::-1]) / 2, biases=False) < 0.02  # its even part they do fit


@confirms(f"{TOPIC}/order-sigmoidal-measure")
def order_sigmoidal_measure(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "setup": ("", "steep-units"),
            "limit": ("steep-units", "pointwise-limit"),
            "bounded": ("steep-units", "majorant"),
            "dct": ("pointwise-limit majorant", "equation-with-s"),
            "send-s": ("equation-with-s", "this-half-space"),
            "conclude": ("this-half-space", "all-half-spaces"),
            "monotone": ("monotone-activation", "equation-with-s"),
            "uniform": ("continuous-limit", "equation-with-s"),
        },
        goal="all-half-spaces",
    )
