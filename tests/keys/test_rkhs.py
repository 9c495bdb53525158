"""Keys of reproducing kernel Hilbert spaces, confirmed by linear algebra on grids and by quadrature."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import holds

TOPIC = "reproducing-kernel-hilbert-spaces"
Array = NDArray[np.float64]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _lowest_eigenvalue(kernel: Callable[[Array, Array], Array], points: Array) -> float:
    """The lowest eigenvalue of a Gram matrix, relative to the largest in size."""
    eigenvalues = np.linalg.eigvalsh(kernel(points[:, None], points[None, :]))
    return float(eigenvalues[0] / np.abs(eigenvalues).max())


@confirms(f"{TOPIC}/which-are-kernels")
def which_are_kernels(key: Key) -> None:
    kernels: dict[str, tuple[Callable[[Array, Array], Array], float]] = {
        "minimum": (np.minimum, 0.0),
        "distance": (lambda s, t: np.abs(s - t), -2.5),
        "cosine": (lambda s, t: np.cos(s - t), -2.5),
        "parabola": (lambda s, t: 1 - (s - t) ** 2 / 2, -2.5),
        "exponential": (lambda s, t: np.exp(s * t), -2.5),
    }
    random = np.random.default_rng(0)
    for field, (kernel, start) in kernels.items():
        lowest = min(_lowest_eigenvalue(kernel, random.uniform(start, 2.5, 6)) for _ in range(300))
        assert key.chosen(field) == ("yes" if lowest > -1e-9 else "no"), (field, lowest)


@confirms(f"{TOPIC}/norm-of-sine")
def norm_of_sine(key: Key) -> None:
    c, m = key.parameter("c"), key.parameter("m")

    def of_interpolant(number: int) -> float:
        t = np.arange(1, number + 1) / number
        y = c * np.sin(m * np.pi * t / 2)
        return float(y @ np.linalg.solve(np.minimum.outer(t, t), y))

    coarse, fine = of_interpolant(100), of_interpolant(400)
    expected = float(key.number("square"))
    assert coarse < fine < expected  # interpolants of least norm approach from below
    assert fine == pytest.approx(expected, rel=1e-3)


@confirms(f"{TOPIC}/kernel-of-features")
def kernel_of_features(key: Key) -> None:
    a, c = key.parameter("a"), key.parameter("c")

    def features(x: float) -> Array:
        return np.array([c, np.sqrt(2 * a * c) * x, a * x * x])

    for x, y in np.random.default_rng(1).normal(size=(10, 2)):
        assert float(features(x) @ features(y)) == pytest.approx(float(key.number("kernel", x=float(x), y=float(y))))


@confirms(f"{TOPIC}/constrained-evaluation")
def constrained_evaluation(key: Key) -> None:
    # On a grid, f is the sum of its increments; f(1) = 0 says that they add up to 0.
    point = key.parameter("m") / key.parameter("q")
    number = 400 * round(key.parameter("q"))
    functional = (np.arange(number) < point * number - 0.5).astype(float)
    functional -= functional.mean()
    assert np.linalg.norm(functional) / np.sqrt(number) == pytest.approx(float(key.number("value")), abs=1e-12)


@confirms(f"{TOPIC}/order-moore-aronszajn")
def order_moore_aronszajn(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "form": ("", "formula"),
            "well-defined": ("formula", "form-on-functions"),
            "reproducing": ("form-on-functions", "reproduces"),
            "semidefinite": ("form-on-functions", "cauchy-schwarz"),
            "definite": ("reproduces cauchy-schwarz", "bound-at-points"),
            "pointwise": ("bound-at-points", "pointwise-limits"),
            "norm-zero": ("cauchy-schwarz", "limits-tell-apart"),
            "completion": ("pointwise-limits limits-tell-apart", "space-of-functions"),
            "unique": ("space-of-functions", "only-one"),
            "mercer": ("compact-space", "expansion"),
            "continuous": ("topology", "continuous-functions"),
        },
        goal="only-one",
    )


@confirms(f"{TOPIC}/interpolate-two-nodes")
def interpolate_two_nodes(key: Key) -> None:
    z, w = key.parameter("z"), key.parameter("w")
    alpha = np.linalg.solve([[z, z], [z, 1.0]], [w, 0.0])
    energy = (w / z) ** 2 * z + (w / (1 - z)) ** 2 * (1 - z)  # the interpolant is piecewise linear
    assert [*alpha, energy] == pytest.approx([float(entry) for entry in key.numbers("triple")])


@confirms(f"{TOPIC}/which-shifts")
def which_shifts(key: Key) -> None:
    a, m = key.parameter("a"), key.parameter("m")
    lower, upper, has_lower, _ = key.interval("shifts")
    assert (upper, has_lower) == (mp.inf, True)
    points = np.linspace(-2, 2, 9)

    def lowest(c: float) -> float:
        return _lowest_eigenvalue(lambda x, y: (a * x * y + c + m) ** 2, points)

    assert all(lowest(float(lower) + offset) > -1e-9 for offset in (0.0, 0.01, 0.5, 3.0))
    assert all(lowest(float(lower) - offset) < -1e-6 for offset in (0.01, 0.5, 3.0, 20.0))


@confirms(f"{TOPIC}/distance-of-mean-embeddings")
def distance_of_mean_embeddings(key: Key) -> None:
    v, w = key.parameter("v"), key.parameter("w")

    def mean_of_kernel(shift: float) -> mp.mpf:
        return mp.quad(
            lambda z: mp.exp(-z * z / (2 * v)) * mp.npdf(z, shift, mp.sqrt(2 * w)), [-mp.inf, shift - 3, shift, shift + 3, mp.inf]
        )

    for m in (0.5, 1.7):
        assert abs(2 * mean_of_kernel(0) - 2 * mean_of_kernel(m) - key.number("square", m=m)) < 1e-10


@confirms(f"{TOPIC}/modulus-of-continuity")
def modulus_of_continuity(key: Key) -> None:
    for u, v in np.random.default_rng(2).normal(size=(5, 2, 3)):
        expected = key.number("square", kxx=float(u @ u), kxy=float(u @ v), kyy=float(v @ v))
        assert float((u - v) @ (u - v)) == pytest.approx(float(expected))
    grid = (np.arange(20000) + 0.5) / 10000
    for s, t in ((0.1, 0.7), (1.9, 0.2), (0.5, 0.5)):
        difference = (grid < s).astype(float) - (grid < t)  # features of min(s, t)
        norm = np.sqrt(key.parameter("c") * np.sum(difference**2) / 10000)
        assert norm == pytest.approx(float(key.number("distance", s=s, t=t)), abs=1e-3)


@cache
def _spectrum() -> tuple[Array, Array]:
    """Eigenvalues, largest first, and eigenvectors of the operator with the kernel min(s, t) on a grid of midpoints."""
    number = 600
    grid = (np.arange(number) + 0.5) / number
    eigenvalues, vectors = np.linalg.eigh(np.minimum.outer(grid, grid) / number)
    return eigenvalues[::-1], vectors[:, ::-1] * np.sqrt(number)


@confirms(f"{TOPIC}/eigenvalue-decay")
def eigenvalue_decay(key: Key) -> None:
    eigenvalues, functions = _spectrum()
    assert eigenvalues[round(key.parameter("j")) - 1] == pytest.approx(float(key.number("eigenvalue")), rel=1e-3)
    numbers = np.arange(3, 31)
    energies = np.sum(np.diff(functions, axis=0) ** 2, axis=0) * len(functions)
    slope = np.polyfit(np.log(numbers - 0.5), np.log(energies[numbers - 1]), 1)[0]
    assert slope == pytest.approx(float(key.number("slope")), abs=0.02)


@confirms(f"{TOPIC}/representer-of-the-integral")
def representer_of_the_integral(key: Key) -> None:
    p, c, number = key.parameter("p"), key.parameter("c"), 1000
    t = (np.arange(number) + 0.5) / number
    kernel, weights = np.minimum.outer(t, t), c * t**p / number
    for answer in key.answers():
        r = answer.function("representer", "t")
        assert kernel[::50] @ weights == pytest.approx([float(r(float(point))) for point in t[::50]], abs=1e-5 * c)
    assert weights @ kernel @ weights == pytest.approx(float(key.number("square")), rel=1e-5)


def _mean_square(f: Callable[[mp.mpf], mp.mpf], points: list[mp.mpf]) -> mp.mpf:
    return mp.quad(lambda x: f(x) ** 2, points)


@confirms(f"{TOPIC}/evaluation-in-l2")
def evaluation_in_l2(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        for n in (1, 2, 3, 8):
            assert abs(_mean_square(partial(f, n), [0, 1 - mp.mpf(1) / n, 1] if n > 1 else [0, 1]) - 1) < 1e-8
        assert f(100, mp.mpf(1)) < f(10**4, mp.mpf(1)) / 5
        assert f(10**4, mp.mpf(1)) > 50
        values = [f(3, mp.mpf(k) / 2000) for k in range(2001)]
        assert max(abs(after - before) for before, after in pairwise(values)) < 0.02  # no jump


@confirms(f"{TOPIC}/derive-the-diagonal-bound")
def derive_the_diagonal_bound(key: Key) -> None:
    random = np.random.default_rng(5)
    points = [dict(zip("abc", point, strict=True)) for point in random.uniform((0, -2, 0), (2, 2, 2), (800, 3))]
    for answer in key.answers():
        lines = [line for _, line in answer.lines("derivation")]
        assert len(lines) >= 2
        for point in points:
            true = [point["b"] ** 2 <= point["a"] * point["c"], *(holds(line, point) for line in lines)]
            assert all(after or not before for before, after in pairwise(true))
            assert true[-1] == (point["b"] <= (point["a"] + point["c"]) / 2)


@confirms(f"{TOPIC}/diagonal-is-not-enough")
def diagonal_is_not_enough(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        gram = answer.matrix("gram")
        assert gram.shape == (3, 3)
        assert np.array_equal(gram, gram.T)
        assert np.array_equal(np.diag(gram), np.ones(3))
        assert np.abs(gram).max() <= 1
        assert np.linalg.eigvalsh(gram)[0] < -1e-6


@confirms(f"{TOPIC}/order-kernel-is-positive")
def order_kernel_is_positive(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "riesz": ("", "representers"),
            "define": ("representers", "kernel"),
            "symmetric": ("kernel", "symmetry"),
            "quadratic": ("kernel", "nonnegative-form"),
            "conclude": ("symmetry nonnegative-form", "positive-definite"),
            "nonnegative": ("nonnegative-values", "inequality"),
            "finite-sums": ("span-is-closed", "finite-sums"),
        },
        goal="positive-definite",
    )
