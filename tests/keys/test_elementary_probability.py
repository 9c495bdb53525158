"""Keys of elementary probability, confirmed by enumeration, quadrature and simulation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import Value
from tests.keys.random_variables import continuous_densities, distribution_functions, integral, moment, with_outcomes, with_table_of_phi

TOPIC = "elementary-probability"
Array = NDArray[np.floating[Any]]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _near(left: Value, right: Value, error: float = 1e-9) -> bool:
    return bool(abs(left - right) <= error)


def _assert_only_repair(key: Key, cases: Mapping[str, Sequence[Any]], holds: Callable[[Any], bool]) -> None:
    """The key is the one option whose cases all satisfy the statement. Each case satisfies the option it stands under."""
    assert [option for option, found in cases.items() if all(map(holds, found))] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/spam-filter")
def spam_filter(key: Key) -> None:
    """Counts messages in a population in which all frequencies are whole numbers."""
    k, s, f = (int(key.parameter(name)) for name in "ksf")
    messages = k * s * f
    spam = messages // k
    flagged_spam = spam - spam // s
    flagged_proper = (messages - spam) // f
    for answer in key.answers():
        assert _near(answer.number("posterior"), mp.mpf(flagged_spam) / (flagged_spam + flagged_proper))


@confirms(f"{TOPIC}/noisy-relay")
def noisy_relay(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    kernel = np.array([[1 - 1 / b, 1 / b], [1 / a, 1 - 1 / a]])
    stationary = np.linalg.matrix_power(kernel, 200)[0, 1]

    def start(p: float) -> float:
        return float((np.array([1 - p, p]) @ kernel)[1] - stationary)

    for answer in key.answers():
        answer.assert_chain("derivation", start, [{"p": p} for p in (0.1, 0.37, 0.5, 0.92)])


@confirms(f"{TOPIC}/order-bayes")
def order_bayes(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "cover": ("", "union"),
            "additive": ("", "sum-of-intersections"),
            "multiply": ("", "products"),
            "total": ("union sum-of-intersections products", "total"),
            "quotient": ("", "quotient"),
            "bayes": ("products total quotient", "bayes"),
            "independent": ("independence", "products"),
            "symmetric": ("equal-denominators", "bayes"),
        },
        goal="bayes",
    )


@confirms(f"{TOPIC}/complete-total-probability")
def complete_total_probability(key: Key) -> None:
    """Partial partitions of the faces of a die; the statement is tried on all events."""
    faces = range(6)
    events = [set(chosen) for size in range(7) for chosen in itertools.combinations(faces, size)]

    def holds(parts: list[set[int]]) -> bool:
        def total(event: set[int]) -> Fraction:
            return sum((Fraction(len(event & part), len(part)) * Fraction(len(part), 6) for part in parts), Fraction(0))

        return all(total(event) == Fraction(len(event), 6) for event in events)

    cases = {
        "cover": [[{0}, {1, 2}, {3, 4, 5}], [{0, 1, 2}, {3, 4, 5}], [{0, 5}, {1, 2, 3, 4}], [{face} for face in faces]],
        "equal": [[{0}, {1}], [{0, 1}, {2, 3}, {4, 5}]],
        "outside": [[{0}, {1}]],
        "half": [[{0}, {1}], [{0, 1, 2}, {3, 4, 5}]],
    }
    _assert_only_repair(key, cases, holds)


@confirms(f"{TOPIC}/two-ways-to-condition")
def two_ways_to_condition(key: Key) -> None:
    """Areas of the thin sets in the unit square, by the midpoint rule."""
    t, epsilon = key.parameter("k") / key.parameter("m"), 1e-4
    x = (np.arange(200_000) + 0.5) / 200_000
    widths = {"u": np.full_like(x, epsilon), "v": epsilon * x}
    for name, width in widths.items():
        lengths = np.minimum(x + width, 1) - np.maximum(x - width, 0)
        assert _near(float(key.number(name)), lengths[x <= t].sum() / lengths.sum(), 2e-3)


@confirms(f"{TOPIC}/table-and-product")
def table_and_product(key: Key) -> None:
    table = np.array([[key.parameter("a"), key.parameter("b")], [key.parameter("c"), 1]])
    table /= table.sum()
    rows, columns = table @ np.ones(2), np.ones(2) @ table
    assert np.allclose([float(entry) for entry in key.numbers("rows")], rows)
    assert np.allclose([float(entry) for entry in key.numbers("columns")], columns)
    assert np.allclose(key.matrix("product"), np.outer(rows, columns))
    assert not np.allclose(np.outer(rows, columns), table)  # the solution says that the variables are dependent


@confirms(f"{TOPIC}/pairwise-not-mutual")
def pairwise_not_mutual(key: Key) -> None:
    words = list(itertools.product((0, 1), repeat=3))
    for answer in key.answers():
        weights = dict(zip(words, answer.numbers("weights"), strict=True))
        assert all(weight >= 0 for weight in weights.values())

        def probability(pattern: dict[int, int], of: dict[tuple[int, ...], Value] = weights) -> Value:
            return mp.fsum(weight for word, weight in of.items() if all(word[place] == bit for place, bit in pattern.items()))

        assert all(_near(probability({place: 1}), 0.5) for place in range(3))
        assert _near(probability({}), 1)
        for (one, other), bits in itertools.product(itertools.combinations(range(3), 2), itertools.product((0, 1), repeat=2)):
            assert _near(probability({one: bits[0], other: bits[1]}), 0.25)
        assert not _near(weights[1, 1, 1], 0.125)


@confirms(f"{TOPIC}/independent-of-itself")
def independent_of_itself(key: Key) -> None:
    """Among the events of a fair die: which are independent of themselves?"""
    found = {Fraction(size, 6) for size in range(7) if Fraction(size, 6) == Fraction(size, 6) ** 2}
    assert (key.chosen("verdict") == "yes") == (found == {0})
    assert found - {0} == {Fraction(int(key.number("value") * 6), 6)}


@confirms(f"{TOPIC}/complete-product")
def complete_product(key: Key) -> None:
    first, second = {1.0: 0.2, 3.0: 0.5, -2.0: 0.3}, {0.5: 0.6, 4.0: 0.4}
    sign = {(1.0, 1.0): 0.5, (-1.0, -1.0): 0.5}
    marginals = ((first, second), (first, first), (second, first))
    independent = [{(x, y): p * q for x, p in one.items() for y, q in other.items()} for one, other in marginals]

    def holds(joint: Mapping[tuple[float, float], float]) -> bool:
        means = moment(joint, lambda x, y: x) * moment(joint, lambda x, y: y)
        return _near(moment(joint, lambda x, y: x * y), means)

    _assert_only_repair(key, {"squares": [sign], "centered": [sign], "independent": independent, "identical": [sign]}, holds)


@confirms(f"{TOPIC}/which-moments")
def which_moments(key: Key) -> None:
    """A power has a finite integral at an end exactly if the integrals over geometric blocks shrink there."""
    a, b = key.parameter("a"), key.parameter("b")

    def density(x: Value) -> Value:
        return a * b / (a + b) * (x ** (a - 1) if x < 1 else x ** (-b - 1))

    assert _near(mp.quad(density, [0, 1, 2, 8, mp.inf]), 1, 1e-6)

    def is_finite(power: Value) -> bool:
        def block(lower: Value) -> Value:
            return mp.quad(lambda x: x**power * density(x), [lower, 2 * lower])

        small, large = block(mp.mpf(2) ** -9) / block(mp.mpf(2) ** -8), block(mp.mpf(2) ** 9) / block(mp.mpf(2) ** 8)
        return bool(small < 1 - 1e-6 and large < 1 - 1e-6)

    for answer in key.answers():
        for field, factor in (("mean", 1), ("variance", 2)):
            if not isinstance(answer.formula(field), tree.Interval):
                continue  # the same set as an inequality
            lower, upper, has_lower, has_upper = answer.interval(field)
            assert mp.isfinite(lower)
            assert mp.isfinite(upper)
            assert (is_finite(factor * lower), is_finite(factor * upper)) == (has_lower, has_upper)
            assert is_finite(factor * (lower + 0.02))
            assert is_finite(factor * (upper - 0.02))
            assert not is_finite(factor * (lower - 0.02))
            assert not is_finite(factor * (upper + 0.02))


@confirms(f"{TOPIC}/rectified-uniform")
def rectified_uniform(key: Key) -> None:
    """An evenly spread sample of X, sent through the ReLU."""
    a, b = key.parameter("a"), key.parameter("b")
    sample = np.maximum(0.0, -a + (a + b) * (np.arange(400_000) + 0.5) / 400_000)
    for answer in key.answers():
        for y in (-a - 1, -a / 2, -1e-3, 0.0, b / 3, 0.9 * b, b, b + 1):
            assert _near(float(answer.function("cdf", "y")(y)), np.mean(sample <= y), 1e-5)
        assert _near(float(answer.number("mean")), sample.mean(), 1e-6)
        assert _near(float(answer.number("variance")), sample.var(), 1e-6)


@confirms(f"{TOPIC}/complete-linearity")
def complete_linearity(key: Key) -> None:
    """A case is a pair of laws: a finite joint law, or the word for two Cauchy variables, of which the statement needs the mean."""

    def cauchy_block(lower: float) -> Value:
        return mp.quad(lambda x: 2 * x / (mp.pi * (1 + x * x)), [lower, 2 * lower])

    cauchy_has_mean = bool(cauchy_block(2.0**12) < 0.9 * cauchy_block(2.0**11))
    finite = [{(1.0, 2.0): 0.3, (-4.0, 1.0): 0.2, (0.5, -7.0): 0.5}, {(1.0, 1.0): 0.5, (-1.0, -1.0): 0.5}]

    def holds(case: Mapping[tuple[float, float], float] | str) -> bool:
        if isinstance(case, str):
            return cauchy_has_mean
        parts = [moment(case, formula) for formula in (lambda x, y: x + y, lambda x, y: x, lambda x, y: y)]
        return _near(parts[0], parts[1] + parts[2])

    cases: dict[str, Sequence[Any]] = {
        "independent": ["two independent"],
        "sum": ["opposite"],
        "finite": finite,
        "symmetric": ["two independent"],
    }
    _assert_only_repair(key, cases, holds)


@confirms(f"{TOPIC}/shuffled-labels")
def shuffled_labels(key: Key) -> None:
    """All orders of up to six labels."""
    for n in range(2, 7):
        fixed = np.array([[place == label for place, label in enumerate(order)] for order in itertools.permutations(range(n))], dtype=float)
        count = fixed.sum(axis=1)
        wanted = {
            "single": fixed[:, 0].mean(),
            "mean": count.mean(),
            "pair": (fixed[:, 0] * fixed[:, 1]).mean(),
            "covariance": np.cov(fixed[:, 0], fixed[:, 1], bias=True)[0, 1],
            "variance": count.var(),
        }
        for answer in key.answers():
            assert all(_near(float(answer.function(name, "n")(n)), number) for name, number in wanted.items())


@confirms(f"{TOPIC}/normal-tail")
def normal_tail(key: Key) -> None:
    """The density of the time itself, integrated from the threshold on."""
    mean, deviation = key.parameter("m"), key.parameter("s")
    threshold = mean + deviation * key.parameter("h") / 2

    def density(x: Value) -> Value:
        return mp.exp(-((x - mean) ** 2) / (2 * deviation**2)) / mp.sqrt(2 * mp.pi * deviation**2)

    tail = mp.quad(density, [threshold, threshold + 4 * deviation, threshold + 12 * deviation])
    assert abs(with_table_of_phi(key.chosen("tail")) / tail - 1) < 1e-6


@confirms(f"{TOPIC}/which-distribution")
def which_distribution(key: Key) -> None:
    """Simulated variables, each compared with six laws of fitting parameters; the nearest distribution function decides."""
    size, p, tosses = 20_000, 0.3, 10
    random = np.random.default_rng(2026)
    samples = {
        "heads": (random.random((size, tosses)) < p).sum(axis=1),
        "first": np.argmax(random.random((size, 200)) < p, axis=1) + 1,
        "logarithm": -np.log(1 - random.random(size)),
        "sum": random.poisson(1.2, size) + random.poisson(1.8, size),
        "affine": 2 * random.standard_normal(size) - 1,
    }
    laws = distribution_functions(tosses, p)
    for field, sample in samples.items():
        grid = np.concatenate([np.linspace(-5, 15, 81), np.linspace(-5, 15, 81) + 1e-6])
        distance = {name: max(abs(np.mean(sample <= x) - law(float(x))) for x in grid) for name, law in laws.items()}
        nearest = min(distance, key=lambda name: distance[name])
        assert distance[nearest] < 0.02
        assert key.chosen(field) == nearest


@confirms(f"{TOPIC}/inverted-dropout")
def inverted_dropout(key: Key) -> None:
    """All masks, each with its probability."""
    n, kept = int(key.parameter("n")), 1 - 1 / key.parameter("k")
    masks = np.array(list(itertools.product((0, 1), repeat=n)))
    weights = np.prod(np.where(masks == 1, kept, 1 - kept), axis=1)
    sums = masks.sum(axis=1) / kept
    mean = weights @ sums
    wanted = {"none": weights[0], "mean": mean, "variance": weights @ (sums - mean) ** 2}
    for answer in key.answers():
        assert all(abs(float(answer.number(name)) / number - 1) < 1e-9 for name, number in wanted.items())


@confirms(f"{TOPIC}/claims-about-densities")
def claims_about_densities(key: Key) -> None:
    """Each claim is tried on four continuous densities; those that none refutes are right."""

    densities = continuous_densities()
    inside = (0.3, 0.9, 1.7, 2.1)
    tests: dict[str, Callable[[Callable[[float], float]], bool]] = {
        "points": lambda f: all(integral(f, x - 1e-9, x + 1e-9) < 1e-7 for x in inside),
        "bounded": lambda f: all(f(x) <= 1 for x in np.linspace(-3, 3, 601)),
        "ends": lambda f: all(_near(integral(f, x, x + 0.2), integral(f, x + 1e-9, x + 0.2 - 1e-9), 1e-7) for x in inside),
        "value": lambda f: all(_near(f(x), integral(f, x - 1e-9, x + 1e-9), 1e-6) for x in (0.0, *inside)),
        "derivative": lambda f: all(_near(integral(f, x, x + 1e-6) / 1e-6, f(x), 1e-3) for x in (0.0, 1.0, *inside)),
        "decay": lambda f: max(f(float(k)) for k in range(20, 40)) < 0.01,
        "mean": lambda f: integral(lambda x: x * f(x), 400, 800) < 0.05,
    }
    right = {claim for claim, test in tests.items() if all(map(test, densities))}
    assert set(key.variant.key["claims"]) == right


@confirms(f"{TOPIC}/variance-of-combination")
def variance_of_combination(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    pairs = [(1, 2), (-3, 0.5), (2, 2), (0, -1), (5, 4)]
    weights = [mp.mpf(w) / 20 for w in (3, 5, 2, 6, 4)]
    outcomes = [{"X": mp.mpf(x), "Y": mp.mpf(y)} for x, y in pairs]
    combined = [a * x - b * y for x, y in pairs]
    mean = mp.fsum(w * c for w, c in zip(weights, combined, strict=True))
    variance = mp.fsum(w * (c - mean) ** 2 for w, c in zip(weights, combined, strict=True))
    for answer in key.answers():
        lines = answer.lines("derivation")
        assert len(lines) >= 3
        for sign, line in lines:
            sides = line.operands if isinstance(line, tree.Relation) else (line,)
            assert sign == "="
            assert all(_near(with_outcomes(side, outcomes, weights, None), variance) for side in sides)
        last = {part.function for part in tree.walk(lines[-1][1]) if isinstance(part, tree.Apply)}
        assert last == {"Var", "Cov"}


@confirms(f"{TOPIC}/variance-of-difference")
def variance_of_difference(key: Key) -> None:
    """A pair of variables with just these moments, made from independent signs."""
    a, b, c = (key.parameter(name) for name in "abc")
    root = np.linalg.cholesky(np.array([[a, c], [c, b]]))
    outcomes = np.array(list(itertools.product((-1, 1), repeat=2))) @ root.T
    assert np.allclose(np.cov(outcomes.T, bias=True), [[a, c], [c, b]])
    assert _near(float(key.number("variance")), (2 * outcomes[:, 0] - outcomes[:, 1]).var())


@confirms(f"{TOPIC}/uncorrelated-but-dependent")
def uncorrelated_but_dependent(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    a = key.parameter("a")
    x = a * (np.arange(4000) + 0.5) / 4000
    for answer in key.answers():
        g = answer.function("g", "x")
        y = np.array([float(g(point)) for point in x])
        assert abs(np.cov(x, y, bias=True)[0, 1]) < 1e-6 * a * (1 + y.max() - y.min())
        assert y.max() - y.min() > 0.1
        upper, middle = y > y.mean(), abs(x - a / 2) < a / 4
        assert abs(np.mean(upper & middle) - np.mean(upper) * np.mean(middle)) > 0.01


@confirms(f"{TOPIC}/order-variance-of-sum")
def order_variance_of_sum(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "center": ("", "centered"),
            "variance": ("centered", "second-moment"),
            "expand": ("centered", "expansion"),
            "finite": ("centered", "finite-products"),
            "linear": ("second-moment expansion finite-products", "expectation-of-square"),
            "zero": ("centered", "no-mixed-terms"),
            "conclude": ("expectation-of-square no-mixed-terms", "result"),
            "product": ("centered independence", "no-mixed-terms"),
            "disjoint": ("centered products-vanish", "no-mixed-terms"),
        },
        goal="result",
    )


@confirms(f"{TOPIC}/complete-variance")
def complete_variance(key: Key) -> None:
    """Three variables as functions on equally probable outcomes, one row each."""
    bits = np.array(list(itertools.product((-1, 1), repeat=3)), dtype=float).T
    parity = np.array([bits[0], bits[1], bits[0] * bits[1]])
    cases: dict[str, list[Array]] = {
        "neighbors": [np.array([bits[0], bits[1], bits[0]])],
        "centered": [np.array([bits[0]] * 3)],
        "pairwise": [bits, parity, 2 * parity + 1],
        "identical": [np.array([bits[0]] * 3)],
    }
    _assert_only_repair(key, cases, lambda rows: _near(rows.sum(axis=0).var(), rows.var(axis=1).sum()))
