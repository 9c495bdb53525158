"""Keys of Rademacher complexity, confirmed by running through all signs and samples, by random trials and by counterexamples."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from mpmath import mp

import tests.keys.uniform_stability  # noqa: F401 (it confirms the keys about stability)
from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import holds
from tests.keys.signs import Array, all_signs, assert_ends_with, assert_only, complexity_of, samples_of_coins

TOPIC = "rademacher-complexity"


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


@confirms(f"{TOPIC}/order-symmetrization")
def order_symmetrization(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "ghost": ("", "ghost-sample"),
            "rewrite": ("ghost-sample", "risk-as-mean"),
            "jensen": ("risk-as-mean", "bound-by-difference"),
            "exchange": ("ghost-sample", "same-law"),
            "signs": ("same-law", "difference-with-signs"),
            "split": ("difference-with-signs", "two-suprema"),
            "law": ("two-suprema", "twice-complexity"),
            "conclude": ("bound-by-difference twice-complexity", "claim"),
            "interchange": ("supremum-and-mean-commute", "claim"),
            "union": ("finite-class", "claim"),
        },
        goal="claim",
    )


@confirms(f"{TOPIC}/complete-symmetrization")
def complete_symmetrization(key: Key) -> None:
    """One coin, repeated: the data are exchangeable, the class is finite and closed under complements."""

    def violated(number: int) -> bool:
        gap = np.mean([max(0.5 - z, 0.5 - (1 - z)) for z in (0, 1)])
        complexity = np.mean([complexity_of([[z] * number, [1 - z] * number]) for z in (0, 1)])
        return bool(gap > 2 * complexity + 1e-9)

    def holds_for_independent(number: int, p: float) -> bool:
        gap = complexity = 0.0
        for sample, weight in samples_of_coins(number, p):
            gap += weight * abs(p - float(np.mean(sample)))
            complexity += weight * complexity_of([sample, [1 - z for z in sample]])
        return bool(gap <= 2 * complexity + 1e-12)

    repeated = violated(9)
    independent = all(holds_for_independent(number, p) for number in (1, 2, 5) for p in (0.2, 0.5, 0.9))
    assert_only(
        key,
        "hypothesis",
        {"independent": independent, "exchangeable": not repeated, "complement": not repeated, "finite": not repeated},
    )


@confirms(f"{TOPIC}/both-sides")
def both_sides(key: Key) -> None:
    p = key.parameter("p")
    gap = complexity = 0.0
    for sample, weight in samples_of_coins(2, p):
        gap += weight * max(0.0, p - float(np.mean(sample)))
        complexity += weight * complexity_of([(0, 0), sample])
    assert [gap, complexity] == pytest.approx([float(entry) for entry in key.numbers("pair")])


@confirms(f"{TOPIC}/complete-uniform-bound")
def complete_uniform_bound(key: Key) -> None:
    """Classes of one function, whose complexity is 0, and one point: how often is the bound violated?"""

    def violated(law: dict[float, float], delta: float) -> bool:
        risk = sum(value * weight for value, weight in law.items())
        root = np.sqrt(np.log(1 / delta) / 2)
        return sum(weight for value, weight in law.items() if risk > value + root) > delta

    levels = [k / 25 for k in range(1, 25)]
    unit = any(violated({low: q, high: 1 - q}, d) for low in (0.0, 0.3) for high in (0.6, 1.0) for q in levels for d in levels)
    a, q = -1 / (2 * np.sqrt(0.02 * 0.98)), 0.02
    assert a * a * q * (1 - q) == pytest.approx(1 / 4)
    assert_only(
        key,
        "hypothesis",
        {
            "unit": not unit,
            "signed": not violated({-1.0: 0.5, 1.0: 0.5}, 0.2),
            "variance": not violated({a: q, 0.0: 1 - q}, 0.019),
            "finite": not violated({-100.0: 0.5, 100.0: 0.5}, 0.2),
        },
    )


@confirms(f"{TOPIC}/sample-size")
def sample_size(key: Key) -> None:
    c, q = key.parameter("c"), key.parameter("q")
    for delta in (0.5, 0.05, 1e-6):
        for answer in key.answers():
            n = answer.number("size", delta=delta)
            assert abs(2 * c / mp.sqrt(n) + mp.sqrt(mp.log(1 / mp.mpf(delta)) / (2 * n)) - 1 / mp.mpf(q)) < 1e-12


@confirms(f"{TOPIC}/which-confidence")
def which_confidence(key: Key) -> None:
    m, n, q = (key.parameter(name) for name in "mnq")
    squares = sum((m / n) ** 2 for _ in range(round(n)))
    lower, upper, has_lower, has_upper = key.interval("deltas")
    assert (upper, has_lower, has_upper) == (1, True, False)
    assert np.log(float(lower)) == pytest.approx(-2 * (1 / q) ** 2 / squares)


@confirms(f"{TOPIC}/complete-massart")
def complete_massart(key: Key) -> None:
    def violated(vectors: Array, r: float) -> bool:
        number = vectors.shape[1]
        return bool(complexity_of(vectors) > r * np.sqrt(2 * np.log(len(vectors))) / number + 1e-9)

    random = np.random.default_rng(3)
    euclidean = False
    for _ in range(300):
        size, number = random.integers(1, 12), random.integers(1, 7)
        vectors = random.normal(size=(size, number))
        euclidean |= violated(vectors, float(np.max(np.linalg.norm(vectors, axis=1))))
    centered = np.array([[100.0, 0.0], [-100.0, 0.0]])
    assert_only(
        key,
        "hypothesis",
        {
            "euclidean": not euclidean,
            "entries": not violated(all_signs(4), 1.0),
            "centered": not violated(centered, np.sqrt(2)),
            "orthogonal": not violated(100 * np.eye(3), 1.0),
        },
    )


@confirms(f"{TOPIC}/derive-the-exponential-bound")
def derive_the_exponential_bound(key: Key) -> None:
    random = np.random.default_rng(4)
    points = [{"u": u, "v": v} for u, v in random.uniform(-4, 4, (200, 2))]

    def mean(u: float, v: float) -> mp.mpf:
        return mp.fsum(mp.exp(e * u + f * v) for e in (-1, 1) for f in (-1, 1)) / 4

    for answer in key.answers():
        answer.assert_chain("derivation", mean, points)
        assert_ends_with("derivation", answer, lambda u, v: mp.exp((u * u + v * v) / 2), points)


@confirms(f"{TOPIC}/three-functions")
def three_functions(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    assert complexity_of([(0, 0), (a, b), (b, -a)]) == pytest.approx(float(key.number("value")))


@confirms(f"{TOPIC}/count-labelings")
def count_labelings(key: Key) -> None:
    n = round(key.parameter("n"))
    ends = np.arange(0, n + 1) + 0.5  # the points are 1, ..., n
    points = np.arange(1, n + 1)
    vectors = {tuple((s <= points) & (points <= t)) for s in ends for t in ends if s <= t}
    assert len(vectors) == round(float(key.number("number")))
    largest = max(np.sqrt(sum(vector)) for vector in vectors)
    assert largest == pytest.approx(np.sqrt(n))
    for answer in key.answers():
        assert largest * np.sqrt(2 * np.log(len(vectors))) / n == pytest.approx(float(answer.number("bound")))
    if n <= 12:
        assert complexity_of(vectors) <= float(key.number("bound"))


@confirms(f"{TOPIC}/threshold-walk")
def threshold_walk(key: Key) -> None:
    n, c = round(key.parameter("n")), key.parameter("c")
    vectors = [[c if point <= t else 0 for point in range(1, n + 1)] for t in np.arange(n + 1) + 0.5]
    assert complexity_of(vectors) == pytest.approx(float(key.number("value")))


@confirms(f"{TOPIC}/complete-contraction")
def complete_contraction(key: Key) -> None:
    def violated(maps: list[Callable[[Array], Array]], vectors: Array, rho: float) -> bool:
        images = np.stack([f(column) for f, column in zip(maps, vectors.T, strict=True)], axis=1)
        return complexity_of(images) > rho * complexity_of(vectors) + 1e-9

    random = np.random.default_rng(5)

    def steep(slopes: Array, shift: float) -> Callable[[Array], Array]:
        knots = np.linspace(-3, 3, len(slopes) + 1)
        values = np.concatenate([[0.0], np.cumsum(slopes * np.diff(knots))]) + shift
        return lambda t: np.interp(t, knots, values)

    lipschitz = False
    for _ in range(300):
        number = int(random.integers(1, 5))
        maps = [steep(random.uniform(-2, 2, 6), float(random.normal(scale=5))) for _ in range(number)]
        lipschitz |= violated(maps, random.uniform(-3, 3, (int(random.integers(1, 6)), number)), 2.0)
    pair = np.array([[1.0], [1.1]])
    assert_only(
        key,
        "hypothesis",
        {
            "lipschitz": not lipschitz,
            "growth": not violated([lambda t: np.where(t > 1.05, -t, t)], pair, 1.0),
            "bounded": not violated([lambda t: np.where(t > 1.05, -1.0, 1.0)], pair, 1.0),
            "convex": not violated([lambda t: 100 * np.abs(t)], pair, 1.0),
        },
    )


@confirms(f"{TOPIC}/complete-linear")
def complete_linear(key: Key) -> None:
    """The supremum over the extreme points of `W` that matter, against the bound, with B = 2."""
    bound = 2.0

    def violated(inputs: Array, supremum: Callable[[Array], float]) -> bool:
        number = len(inputs)
        left = np.mean([supremum(signs @ inputs) for signs in all_signs(number)]) / number
        return bool(left > bound / number * np.sqrt(np.sum(inputs**2)) + 1e-9)

    random = np.random.default_rng(6)
    inputs = [random.normal(size=(int(random.integers(1, 7)), 3)) for _ in range(100)]
    line = np.array([1.0, 0.0, 0.0])
    assert_only(
        key,
        "hypothesis",
        {
            "ball": not any(violated(x, lambda v: bound * float(np.linalg.norm(v))) for x in inputs),
            "coordinates": not violated(np.ones((1, 5)), lambda v: bound * float(np.abs(v).sum())),
            "inputs": not violated(line[None, :], lambda v: 1000 * float(np.linalg.norm(v))),
            "dimension": not violated(line[None, :], lambda v: 1000 * abs(float(v @ line))),
        },
    )


@confirms(f"{TOPIC}/derive-the-ball-bound")
def derive_the_ball_bound(key: Key) -> None:
    random = np.random.default_rng(7)
    points = [dict(zip(("B", "p", "q", "t"), point, strict=True)) for point in random.uniform((0.1, 0, 0, -1), (3, 2, 2, 1), (200, 4))]

    def complexity(p: float, q: float, t: float, **radius: float) -> mp.mpf:
        first, second = np.array([p, 0.0]), q * np.array([t, np.sqrt(1 - t * t)])
        return mp.mpf(radius["B"] / 2 * np.mean([np.linalg.norm(e * first + f * second) for e in (-1, 1) for f in (-1, 1)]))

    def bound(p: float, q: float, **others: float) -> mp.mpf:
        return mp.mpf(others["B"]) / 2 * mp.sqrt(mp.mpf(p) ** 2 + mp.mpf(q) ** 2)

    for answer in key.answers():
        answer.assert_chain("derivation", complexity, points)
        assert_ends_with("derivation", answer, bound, points)


@confirms(f"{TOPIC}/squared-loss")
def squared_loss(key: Key) -> None:
    norm, radius, label = key.parameter("B"), key.parameter("r"), key.parameter("b")
    u = np.linspace(-norm * radius, norm * radius, 401)
    slopes = [np.abs(np.diff((u - y) ** 2) / np.diff(u)).max() for y in np.linspace(-label, label, 41)]
    rho = float(key.number("constant"))
    assert max(slopes) <= rho + 1e-9
    assert max(slopes) == pytest.approx(rho, rel=1e-2)
    for n in (1, 2, 7, 100):
        largest = np.array([[radius, 0.0]] * n)
        assert rho * norm / n * np.sqrt(np.sum(largest**2)) == pytest.approx(float(key.number("bound", n=n)))


@confirms(f"{TOPIC}/norm-and-sample")
def norm_and_sample(key: Key) -> None:
    g, r, q = key.parameter("g"), key.parameter("r"), key.parameter("q")
    for answer in key.answers():
        condition = answer.formula("condition")
        assert isinstance(condition, tree.Relation)
        assert set(condition.signs) <= {"<=", ">="}  # equality is allowed
        for bound in (0.01, 0.1, 0.37, 1.0, 4.0):
            edge = (2 * q * r * bound / g) ** 2
            for n in {1, 2, 10, 500, *(max(1, int(edge) + shift) for shift in (-1, 0, 1, 2))}:
                complexity = bound / n * np.sqrt(n * r**2)
                if abs(n - edge) > 1e-6:
                    assert holds(condition, {"B": bound, "n": n}) == (2 * complexity / g <= 1 / q)


@confirms(f"{TOPIC}/match-operations")
def match_operations(key: Key) -> None:
    random = np.random.default_rng(8)
    changes: dict[str, list[float]] = {name: [] for name in ("hull", "shift", "absolute", "zero", "negative")}
    for _ in range(200):
        vectors = random.uniform(-1, 1, (int(random.integers(1, 4)), 3))
        mixtures = random.dirichlet(np.ones(len(vectors)), 20) @ vectors
        replaced = {
            "hull": np.vstack([vectors, mixtures]),
            "shift": vectors + random.normal(size=3),
            "absolute": np.abs(vectors),
            "zero": np.vstack([vectors, np.zeros(3)]),
            "negative": -vectors,
        }
        for name, others in replaced.items():
            changes[name].append(complexity_of(others) - complexity_of(vectors))
    for name, differences in changes.items():
        lowest, highest = min(differences), max(differences)
        same = highest - lowest < 1e-9 and abs(highest) < 1e-9
        found = "same" if same else "smaller" if highest < 1e-9 else "larger" if lowest > -1e-9 else "either"
        assert key.chosen(name) == found


@confirms(f"{TOPIC}/jensen-is-sharp")
def jensen_is_sharp(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    first = np.array([key.parameter("a"), key.parameter("b")])
    for answer in key.answers():
        second = np.array([float(entry) for entry in answer.numbers("second")])
        assert second.shape == (2,)
        assert np.abs(second).max() > 0
        mean = np.mean([np.linalg.norm(first + second), np.linalg.norm(first - second)])
        assert mean == pytest.approx(np.sqrt(first @ first + second @ second), abs=1e-12)
