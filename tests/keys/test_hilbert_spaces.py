"""Keys of Hilbert spaces, confirmed by quadrature, by linear algebra on grids and by search for counterexamples."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
import pytest
from mpmath import mp
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

from companion.answers.reader import Vocabulary, read
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import Value, value

TOPIC = "hilbert-spaces"
Array = NDArray[np.float64]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _quadrature(lower: float, upper: float) -> tuple[Array, Array]:
    """Nodes and weights that integrate smooth functions over an interval to rounding."""
    nodes, weights = leggauss(60)
    half = (upper - lower) / 2
    return lower + half * (nodes + 1), half * weights


def _sampled(function: Callable[..., Value], points: Array) -> Array:
    return np.array([float(function(float(point))) for point in points])


@confirms(f"{TOPIC}/order-projection-theorem")
def order_projection_theorem(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "infimum": ("", "minimizing-sequence"),
            "midpoint": ("minimizing-sequence", "midpoint-bound"),
            "parallelogram": ("minimizing-sequence", "identity"),
            "cauchy": ("midpoint-bound identity", "cauchy-sequence"),
            "limit": ("cauchy-sequence", "limit-in-H"),
            "member": ("limit-in-H", "limit-in-C"),
            "attained": ("limit-in-H", "least-distance"),
            "existence": ("limit-in-C least-distance", "nearest-point"),
            "unique": ("nearest-point", "exactly-one"),
            "subsequence": ("compactness", "limit-of-subsequence"),
            "perpendicular": ("subspace", "nearest-by-pythagoras"),
        },
        goal="exactly-one",
    )


def _distances_of_truncations() -> list[float]:
    """How far (1, 1/2, 1/3, ...) is from sequences with 10, 100, 1000, ... entries; the distance is never 0."""
    return [float(mp.sqrt(mp.zeta(2, 10**k + 1))) for k in range(1, 6)]


def _is_approached_only(distances: list[float], least: float) -> bool:
    """Whether distances of points of a set decrease to a value that none of them has."""
    return all(before > after > least for before, after in pairwise(distances)) and distances[-1] < least + 0.01


@confirms(f"{TOPIC}/complete-projection")
def complete_projection(key: Key) -> None:
    inside = [1 - 10.0**-k for k in range(1, 6)]
    bounded_or_separable = _is_approached_only([2 - y for y in inside], 1)  # the interval (0, 1) and the point 2
    fails = {
        "bounded": bounded_or_separable,
        "separable": bounded_or_separable,
        "subspace": _is_approached_only(_distances_of_truncations(), 0),
        "closed": False,
    }
    assert [option for option, refuted in fails.items() if not refuted] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/cauchy-by-parallelogram")
def cauchy_by_parallelogram(key: Key) -> None:
    random = np.random.default_rng(0)
    points = [dict(zip("drst", map(float, point), strict=True)) for point in random.uniform(0, 3, (200, 4))]

    def start(d: float, r: float, s: float, t: float) -> float:
        return 2 * (d * d + s) + 2 * (d * d + t) - 4 * (d * d + r)

    for answer in key.answers():
        answer.assert_chain("derivation", start, points)
        last = answer.lines("derivation")[-1][1]
        assert all(abs(value(last, point) - 2 * point["s"] - 2 * point["t"]) < 1e-10 for point in points)
        for number in (1, 4, 50):
            largest = max(2 * key.parameter("k") / m + 2 * key.parameter("k") / n for m, n in product(range(number, number + 20), repeat=2))
            assert float(answer.number("bound", N=number)) == pytest.approx(largest**0.5)


@confirms(f"{TOPIC}/largest-spread")
def largest_spread(key: Key) -> None:
    """In the plane of x, y, z, with x at the origin, try all angles at which the segment from y to z keeps the distance."""
    d, a, b = (key.parameter(name) for name in "dst")
    a, b = np.hypot(d, a), np.hypot(d, b)
    angles = np.linspace(0, np.pi, 400_001)
    apart = np.stack([b * np.cos(angles) - a, b * np.sin(angles)])
    spread = np.hypot(*apart)
    along = np.clip(-a * apart[0] / spread**2, 0, 1)
    distance = np.hypot(a + along * apart[0], along * apart[1])
    assert float(key.number("largest")) == pytest.approx(spread[distance >= d].max(), abs=1e-3)


@confirms(f"{TOPIC}/which-sets")
def which_sets(key: Key) -> None:
    """Nearest points in spaces of finite dimension, found by search, and distances that are only approached."""
    random = np.random.default_rng(1)
    size = 4

    def nearest_points(members: Array, x: Array) -> int:
        """How many points of a large sample, not close to each other, have very nearly the least distance."""
        distances = np.linalg.norm(members - x, axis=1)
        near = members[distances < distances.min() + 1e-9]
        return len({tuple(np.round(point, 2)) for point in near})

    sphere = random.normal(size=(1000, size))
    sphere /= np.linalg.norm(sphere, axis=1)[:, None]
    found = {}
    found["sphere"] = "several" if nearest_points(sphere, np.zeros(size)) > 1 else "one"
    found["finite"] = "none" if _is_approached_only(_distances_of_truncations(), 0) else "one"
    found["stretched"] = "none" if _is_approached_only([1 + 10.0**-k for k in range(1, 6)], 1) else "several"
    for field, project in (("half-space", lambda y: np.array([max(y[0], 1), *y[1:]])), ("cone", lambda y: np.maximum(y, 0))):
        members = np.array([project(y) for y in random.normal(size=(2000, size)) * 2])
        alike = True
        for x in random.normal(size=(40, size)) * 2:
            p = project(x)
            # x - p makes no acute angle with any direction into the set, which characterizes the only nearest point.
            alike &= bool(((members - p) @ (x - p) <= 1e-12).all())
        found[field] = "one" if alike else "several"
    assert found == {field: key.chosen(field) for field in found}


@confirms(f"{TOPIC}/even-part")
def even_part(key: Key) -> None:
    a, c = key.parameter("a"), key.parameter("c")
    x, w = _quadrature(-1, 1)
    f = c * np.exp(a * x)
    basis = np.stack([np.sqrt(2 * k + 0.5) * np.polynomial.Legendre.basis(2 * k)(x) for k in range(20)])  # the even polynomials
    nearest = (basis @ (w * f)) @ basis
    assert _sampled(key.function("nearest", "x"), x) == pytest.approx(nearest)
    assert float(key.number("square")) == pytest.approx(float(w @ (f - nearest) ** 2))


@confirms(f"{TOPIC}/project-onto-half-space")
def project_onto_half_space(key: Key) -> None:
    q, w = key.parameter("q"), key.parameter("w")
    t, weights = _quadrature(0, 1)
    edge = (q + 1) * w
    for answer in key.answers():
        for c in (edge - 3, edge - 0.5, edge, edge + 0.5, edge + 4, -edge):
            multiplier, distance = float(answer.number("multiplier", c=c)), float(answer.number("distance", c=c))
            moved = c + multiplier * t**q
            assert weights @ (t**q * moved) >= w - 1e-12
            assert distance == pytest.approx(float(np.sqrt(weights @ (moved - c) ** 2)), abs=1e-12)
            # No shorter move along the normal will do, and other directions do not help.
            shorter = c + 0.999 * multiplier * t**q
            assert multiplier == 0 or (multiplier > 0 and weights @ (t**q * shorter) < w)


@confirms(f"{TOPIC}/complete-decomposition")
def complete_decomposition(key: Key) -> None:
    """The finitely supported sequences are dense in the separable space l^2, orthogonal to nothing but 0, and not everything."""
    witness = _is_approached_only(_distances_of_truncations(), 0)
    fails = {"separable": witness, "dense": witness, "complement": witness, "closed": False}
    assert [option for option, refuted in fails.items() if not refuted] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/project-onto-quadratics")
def project_onto_quadratics(key: Key) -> None:
    x, w = _quadrature(-1, 1)
    root = np.sqrt(w)
    f = key.parameter("a") * x**3 + key.parameter("b") * x**4
    fitted = np.linalg.lstsq(root[:, None] * np.stack([x**0, x, x**2], axis=1), root * f, rcond=None)[0]
    assert [float(entry) for entry in key.numbers("coefficients")] == pytest.approx(fitted.tolist(), abs=1e-10)


@confirms(f"{TOPIC}/orthogonal-to-two")
def orthogonal_to_two(key: Key) -> None:
    x, w = _quadrature(-1, 1)
    for answer in key.answers():
        function = answer.function("function", "x")
        f = _sampled(function, x)
        assert [w @ f, w @ (x ** key.parameter("p") * f)] == pytest.approx([0, 0], abs=1e-9)
        assert w @ f**2 == pytest.approx(key.parameter("c"))
        assert np.abs(np.diff(_sampled(function, np.linspace(-1, 1, 2001)))).max() < 0.05  # no jump


@confirms(f"{TOPIC}/gram-schmidt-powers")
def gram_schmidt_powers(key: Key) -> None:
    a, p = key.parameter("a"), key.parameter("p")
    x, w = _quadrature(0, a)
    root = np.sqrt(w)
    q, r = np.linalg.qr(root[:, None] * np.stack([x**0, x**p], axis=1))
    expected = (q * np.sign(np.diag(r))).T / root
    for answer in key.answers():
        formula = answer.formula("functions")
        found = [[float(value(entry, {"x": float(point)})) for point in x] for entry in formula.entries]  # type: ignore[attr-defined]
        assert np.array(found) == pytest.approx(expected, abs=1e-8)


@confirms(f"{TOPIC}/parseval-of-indicator")
def parseval_of_indicator(key: Key) -> None:
    z = key.parameter("p") / key.parameter("q")
    for answer in key.answers():
        for n in (1, 2, 5, 11):
            coefficient = mp.quad(lambda x, n=n: mp.expjpi(-2 * n * x), np.linspace(0, z, 2 * n + 2).tolist())
            assert abs(abs(coefficient) ** 2 - answer.number("coefficient", n=n)) < 1e-12
        numbers = np.arange(1, 400_001)
        assert float(answer.number("sum")) == pytest.approx(float(np.sum(np.sin(z * np.pi * numbers) ** 2 / numbers**2)), abs=5e-6)


@confirms(f"{TOPIC}/bessel-for-orthogonal")
def bessel_for_orthogonal(key: Key) -> None:
    """Every line is at most the one before, in a plane where u and v are perpendicular, and the last is the least squared distance."""
    p, q = key.parameter("p"), key.parameter("q")
    random = np.random.default_rng(2)
    points = [dict(zip("Nabst", map(float, point), strict=True)) for point in random.normal(size=(200, 5)) * 3]

    def start(N: float, a: float, b: float, s: float, t: float) -> float:  # noqa: N803 (the names are those of the exercise)
        return N - 2 * s * a - 2 * t * b + p * s * s + q * t * t

    for answer in key.answers():
        lines = answer.variant.key["derivation"]
        assert isinstance(lines, list)
        parted = [(line[:2].strip(), read(line[2:], Vocabulary(), "steps")) for line in lines]
        assert len(parted) >= 2
        assert {sign for sign, _ in parted} <= {"=", ">="}
        for point in points:
            values = [start(**point), *(float(value(formula, point)) for _, formula in parted)]
            for (sign, _), before, after in zip(parted, values, values[1:], strict=False):
                assert before >= after - 1e-9
                assert sign == ">=" or before == pytest.approx(after, abs=1e-9)
            u, v = np.array([p**0.5, 0, 0]), np.array([0, q**0.5, 0])
            x = np.array([point["a"] / p**0.5, point["b"] / q**0.5, 1.0])
            foot, residual, *_ = np.linalg.lstsq(np.stack([u, v], axis=1), x, rcond=None)
            assert values[-1] - point["N"] == pytest.approx(float(residual[0]) - x @ x, abs=1e-9)
            entries = answer.formula("minimizer").entries  # type: ignore[attr-defined]
            assert [float(value(entry, point)) for entry in entries] == pytest.approx(foot.tolist(), abs=1e-9)


@confirms(f"{TOPIC}/complete-basis")
def complete_basis(key: Key) -> None:
    """The sequence e_2, e_3, ... in l^2 and the vector e_1: coefficients, their sum of squares and the sum of the series are 0."""
    size = 50
    basis, x = np.eye(size)[1:], np.eye(size)[0]
    coefficients = basis @ x
    witness = bool(coefficients @ coefficients <= x @ x and np.linalg.norm(coefficients @ basis - x) > 0.5)
    fails = {"separable": witness, "bessel": witness, "converges": witness, "total": bool((coefficients != 0).any())}
    assert [option for option, refuted in fails.items() if not refuted] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/weak-is-not-strong")
def weak_is_not_strong(key: Key) -> None:
    """The statement is false because there is a counterexample: the products are those of orthonormal functions."""
    assert key.chosen("verdict") == "no"
    x = (np.arange(840) + 0.5) / 840  # no midpoint at 1/2, 1/3, ..., 1/7, where pieces may end
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        values = np.array([[float(f(n, float(point))) for point in x] for n in range(1, 7)])
        assert values @ values.T / len(x) == pytest.approx(np.eye(6), abs=1e-9)


@confirms(f"{TOPIC}/complex-representer")
def complex_representer(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    text = key.chosen("representer").replace("i", "w")  # the key is affine in i, read here as a symbol
    formula = read(text, Vocabulary())
    t, w = _quadrature(0, 1)
    real, one, two = (np.array([float(value(formula, {"t": float(point), "w": at})) for point in t]) for at in (0.0, 1.0, 2.0))
    assert two - one == pytest.approx(one - real)
    u = real + 1j * (one - real)
    for f in (t**0, t, 1j * t**2, np.exp(3j * t)):
        assert w @ (f * np.conj(u)) == pytest.approx(w @ ((a + 1j * b * t) * f))
    for answer in key.answers():
        norm = float(answer.number("norm"))
        assert norm == pytest.approx(float(np.sqrt(w @ np.abs(a + 1j * b * t) ** 2)))


@confirms(f"{TOPIC}/value-of-affine-function")
def value_of_affine_function(key: Key) -> None:
    b = key.parameter("b")
    z = b * key.parameter("c")
    gram = np.array([[b, b**2 / 2], [b**2 / 2, b**3 / 3]])
    at = np.array([1, z])
    weights = np.linalg.solve(gram, at)
    for answer in key.answers():
        r = answer.function("representer", "x")
        assert [float(r(x)) for x in (-1.0, 0.5, 4.0)] == pytest.approx([weights @ [1, x] for x in (-1.0, 0.5, 4.0)], abs=1e-12)
        assert float(answer.number("square")) == pytest.approx(at @ weights)


@confirms(f"{TOPIC}/complete-riesz")
def complete_riesz(key: Key) -> None:
    """On the span of unit vectors e_n (a subspace that a Hamel basis continues) let L(e_n) = n: it is unbounded on a separable space.

    It is surjective, and its kernel is dense, as every e_n is a limit of the vectors e_n - (n/m) e_m in it.
    """
    unbounded = all(n / 1.0 > 100 for n in range(101, 200))
    approached = _is_approached_only([3 / 10**m for m in range(1, 6)], 0)  # distances of e_3 from vectors in the kernel
    fails = {"separable": unbounded, "surjective": unbounded, "dense": unbounded and approached, "continuous": False}
    assert [option for option, refuted in fails.items() if not refuted] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/which-functionals")
def which_functionals(key: Key) -> None:
    """The largest value of each functional on the unit ball of step functions with ever smaller steps, and the jumps of the maximizer."""

    def weights(field: str, number: int) -> Array:
        """The values of the functional on the indicator functions of the steps."""
        edges = np.linspace(0, 1, number + 1)
        primitives: dict[str, Callable[[Array], Array]] = {
            "value": lambda x: (x > 0.5).astype(float),
            "half": lambda x: np.minimum(x, 0.5),
            "root": lambda x: x**2,  # f(sqrt x) is 1 for x between the squares of the edges
            "square": lambda x: x**0.5,
            "singular": lambda x: x**0.75 / 0.75,
        }
        return np.diff(primitives[field](edges))

    for field in ("value", "half", "root", "square", "singular"):
        norms = [float(np.linalg.norm(weights(field, number)) * number**0.5) for number in (10**3, 10**4, 10**5, 10**6)]
        growth = [after**2 - before**2 for before, after in pairwise(norms)]
        if growth[-1] > 0.2:  # the squares grow at least like a logarithm
            found = "unbounded"
        else:
            representer = weights(field, 10**5) * 10**5
            found = "inside" if np.abs(np.diff(representer)).max() < 0.01 else "completion"
        assert found == key.chosen(field), (field, norms)


@confirms(f"{TOPIC}/spikes")
def spikes(key: Key) -> None:
    b, v = key.parameter("b"), key.parameter("v")
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        assert [float(f(n, 0.0)) for n in (1, 2, 7, 50)] == pytest.approx([v] * 4)
        norms = []
        for n in (1, 10, 100, 1000):
            pieces = [0, 1 / n, 2 / n, 5 / n, 20 / n]
            ends = sorted({min(end, b) for end in pieces} | {b})
            norms.append(float(mp.quad(lambda x, n=n, f=f: f(n, x) ** 2, ends)) ** 0.5)
        assert all(before > after for before, after in pairwise(norms))
        assert norms[-1] < norms[0] / 10
        steps = np.abs(np.diff(_sampled(lambda x, f=f: f(3, x), np.linspace(0, b, 3001))))
        assert steps.max() < 0.05  # no jump


@confirms(f"{TOPIC}/complete-completeness")
def complete_completeness(key: Key) -> None:
    """On C[0, 1] integration over [0, 1/2] is bounded, but on continuous functions of norm 1 its norm is only approached."""
    x = (np.arange(200_000) + 0.5) / 200_000
    shortfalls = []
    for slope in (4, 16, 64, 256, 1024, 4096):
        f = np.clip((0.5 - x) * slope + 0.5, 0, 1)
        shortfalls.append(float(0.5**0.5 - f[x < 0.5].mean() / 2 / np.sqrt(np.mean(f**2))))
    witness = _is_approached_only(shortfalls, 0)
    fails = {"separable": witness, "kernel": witness, "dense": witness, "complete": False}
    assert [option for option, refuted in fails.items() if not refuted] == [key.chosen("hypothesis")]
