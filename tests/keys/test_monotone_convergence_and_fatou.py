"""Keys of monotone convergence and Fatou, confirmed by quadrature, by sums and by trying step functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import value
from tests.keys.step_sequences import ALL, EARLY, LATE, POSITIVE, StepSequence, mass_of, tend, value_at

TOPIC = "monotone-convergence-and-fatou"
Array = NDArray[np.floating[Any]]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


@pytest.mark.parametrize("name", ALL)
def test_the_limits_of_a_trial_sequence_are_as_stated(name: str) -> None:
    given = ALL[name]
    late = [given.term(n) for n in LATE]
    for x in (0.013, 0.3, 0.71, 1.4, 2.3, 4.7, 30.2):
        values = [value_at(steps, x) for steps in late]
        assert min(values) == pytest.approx(value_at(given.lower, x), abs=0.01)
        assert max(values) == pytest.approx(value_at(given.upper, x), abs=0.01)


def _assert_repairs(
    key: Key, claim: Callable[[StepSequence], bool], trials: Iterable[StepSequence], options: dict[str, Callable[[StepSequence], bool]]
) -> None:
    """The key is the one hypothesis under which no trial sequence contradicts the claim, and it is not empty."""
    trials = list(trials)
    assert set(options) == {option.id for option in key.variant.question.fields[0].choices}
    repairs = {name for name, added in options.items() if all(claim(given) for given in trials if added(given))}
    assert repairs == {key.chosen("hypothesis")}
    assert any(options[key.chosen("hypothesis")](given) for given in trials)


@confirms(f"{TOPIC}/truncated-power")
def truncated_power(key: Key) -> None:
    s, c = key.parameter("p") / key.parameter("q"), key.parameter("c")

    def integral(n: float) -> mp.mpf:
        corner = mp.mpf(c / n) ** (1 / s)
        return corner * n + mp.quad(lambda u: c * mp.exp(u * (1 - s)), [mp.log(corner), mp.log(corner) / 2, 0])

    found = [integral(10.0**power) for power in (20, 40, 60)]
    assert all(abs(one - key.number("value")) < abs(one) * 10 ** (-power) for one, power in zip(found, (2, 4, 6), strict=True))


@confirms(f"{TOPIC}/powers-to-exponential")
def powers_to_exponential(key: Key) -> None:
    p, c = key.parameter("p"), key.parameter("c")

    def integral(n: int) -> mp.mpf:
        ends = [end for end in mp.linspace(0, 200 / (1 - c), 41) if end < n]
        return mp.quad(lambda x: (1 - x / n) ** n * x**p * mp.exp(c * x), [*ends, n] if ends[-1] < 199 else ends)

    # The error has an expansion in 1/n; three values remove its first two terms.
    coarse, middle, fine = (integral(n) for n in (20000, 40000, 80000))
    assert abs((8 * fine - 6 * middle + coarse) / 3 / key.number("value") - 1) < 1e-5
    increasing = [(1 - 3 / n) ** n for n in range(3, 60)]
    assert increasing == sorted(increasing)


@confirms(f"{TOPIC}/order-monotone-convergence")
def order_monotone_convergence(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "bounded": ("", "limit-of-integrals upper-bound"),
            "simple": ("", "sets"),
            "exhaust": ("sets", "sets-exhaust"),
            "below": ("sets", "estimate"),
            "continuity": ("sets-exhaust", "integrals-over-sets-converge"),
            "combine": ("limit-of-integrals estimate integrals-over-sets-converge", "lower-bound-with-c"),
            "supremum": ("lower-bound-with-c upper-bound", "theorem"),
            "uniform": ("uniform-convergence", "estimate"),
            "attained": ("limit-attained", "sets-exhaust"),
        },
        goal="theorem",
    )


@confirms(f"{TOPIC}/complete-monotone-convergence")
def complete_monotone_convergence(key: Key) -> None:
    _assert_repairs(
        key,
        lambda given: tend(given.masses(), mass_of(given.lower)),
        (given for given in POSITIVE.values() if given.converges()),
        {
            "decreasing": lambda given: given.is_monotone(-1),
            "bounded": StepSequence.has_bounded_masses,
            "increasing": lambda given: given.is_monotone(1),
            "uniform": StepSequence.is_uniform,
        },
    )


@confirms(f"{TOPIC}/geometric-denominator")
def geometric_denominator(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    integral = mp.quad(lambda x: a * x / mp.expm1(b * x), [0, 1, 3, 10, 40])
    for answer in key.answers():
        assert abs(answer.number("value") - integral) < 1e-9


@confirms(f"{TOPIC}/chain-for-a-power-series")
def chain_for_a_power_series(key: Key) -> None:
    a = int(key.parameter("a"))
    integral = mp.quad(lambda x: 1 / (1 - x) ** 2, [0, mp.mpf(1) / a])
    for answer in key.answers():
        (first, series), *rest = answer.lines("chain")
        assert first == "="
        assert rest
        assert isinstance(series, tree.Bound)
        terms = [value(series.body, {"n": n}) for n in range(1, 120)]
        assert abs(mp.fsum(terms) - integral) < 1e-12
        for n in (1, 2, 5):
            assert abs(terms[n - 1] - mp.quad(lambda x, n=n: n * x ** (n - 1), [0, mp.mpf(1) / a])) < 1e-12
        assert all(sign == "=" and abs(value(line, {}) - integral) < 1e-12 for sign, line in rest)


@confirms(f"{TOPIC}/expected-floor")
def expected_floor(key: Key) -> None:
    a, c = key.parameter("a"), key.parameter("c")
    mean = mp.fsum(k * (mp.exp(-a * k / c) - mp.exp(-a * (k + 1) / c)) for k in range(1, 400))
    for answer in key.answers():
        assert abs(answer.number("mean") - mean) < 1e-10


@confirms(f"{TOPIC}/complete-series")
def complete_series(key: Key) -> None:
    _assert_repairs(
        key,
        lambda sums: tend(sums.masses(), mass_of(sums.lower)),
        (sums for sums in ALL.values() if sums.converges() and sums.is_integrable() and sums.has_bounded_masses()),
        {
            "uniform": StepSequence.is_uniform,
            "sum": lambda sums: all(height >= 0 for height, *_ in sums.lower),
            "bounded": lambda sums: sums.differences().is_bounded(),
            "terms": lambda sums: sums.differences().is_nonnegative(),
        },
    )


@confirms(f"{TOPIC}/order-fatou")
def order_fatou(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "define": ("", "infima"),
            "increase": ("infima", "increasing-to-liminf"),
            "monotone": ("increasing-to-liminf", "integrals-of-infima-converge"),
            "below": ("infima", "infima-below"),
            "integrate": ("infima-below", "integrals-below"),
            "conclude": ("integrals-of-infima-converge integrals-below", "fatou"),
            "exchange": ("infima integral-of-infimum-is-infimum", "integrals-below"),
            "sequence": ("sequence-increases", "fatou"),
            "subsequence": ("one-subsequence-for-all-points", "fatou"),
        },
        goal="fatou",
    )


@confirms(f"{TOPIC}/infimum-of-the-tail")
def infimum_of_the_tail(key: Key) -> None:
    a, c = key.parameter("a"), key.parameter("c")

    def infimum(n: int, x: Array) -> Array:
        values = [np.where((k < x) & (x < k + 1), c, 1.0) * np.exp(-a * x) for k in range(n, 21)]
        least: Array = np.min(values, axis=0)
        return least

    x = (np.arange(60000) + 0.5) / 3000
    for answer in key.answers():
        for n in (1, 2, 4):
            assert float(answer.number("integral", n=n)) == pytest.approx(np.sum(infimum(n, x)) / 3000, rel=1e-5)
        assert abs(answer.number("limit") - answer.number("integral", n=60)) < 1e-12


@confirms(f"{TOPIC}/complete-fatou")
def complete_fatou(key: Key) -> None:
    _assert_repairs(
        key,
        lambda given: mass_of(given.lower) <= min(given.masses()) + 0.01,
        (given for given in ALL.values() if given.is_integrable() and math.isfinite(mass_of(given.lower))),
        {
            "converge": StepSequence.converges,
            "nonnegative": StepSequence.is_nonnegative,
            "above": StepSequence.has_majorant,
            "bounded": StepSequence.is_bounded,
        },
    )


@confirms(f"{TOPIC}/fill-reverse-fatou")
def fill_reverse_fatou(key: Key) -> None:
    """The words are tried on values that oscillate: f below g, on two points of mass 1 and 2."""
    mass, g = np.array([1.0, 2.0]), np.array([5.0, 4.0])
    f = np.array([[1.0, 3.0] if n % 2 else [4.0, 0.5] for n in range(40)])
    auxiliary = {"difference": g - f, "sum": g + f, "opposite": f - g}
    inferior = {"lower": f.min(axis=0), "upper": f.max(axis=0)}
    numbers = {"lower": (f @ mass).min(), "upper": (f @ mass).max()}
    h = auxiliary[key.chosen("auxiliary")]
    assert np.min(h) >= 0
    assert h.min(axis=0) == pytest.approx(g - inferior[key.chosen("pointwise")])
    assert (h @ mass).min() == pytest.approx(g @ mass - numbers[key.chosen("integrals")])
    # The last step is safe for the sequences with a finite envelope; neither sign nor convergence saves it.
    words = {"sign": lambda given: True, "convergence": StepSequence.converges, "finite": StepSequence.has_majorant}
    safe = {
        word
        for word, added in words.items()
        if all(max(given.masses()) <= mass_of(given.upper) + 0.01 for given in POSITIVE.values() if added(given))
    }
    assert safe == {key.chosen("reason")}


@confirms(f"{TOPIC}/four-numbers")
def four_numbers(key: Key) -> None:
    a, b, c = (key.parameter(name) for name in "abc")
    x = (np.arange(3000) + 0.5) / 1000
    f = np.array([np.where(x < 1, c + a * (n % 2), c + b * (1 - n % 2)) for n in range(1, 21)])
    masses = f.sum(axis=1) / 1000
    expected = [f.min(axis=0).sum() / 1000, masses.min(), masses.max(), f.max(axis=0).sum() / 1000]
    assert [float(number) for number in key.numbers("numbers")] == pytest.approx(expected)


@confirms(f"{TOPIC}/continuous-gap")
def continuous_gap(key: Key) -> None:
    p, c = key.parameter("p"), key.parameter("c")
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        for n in (1, 2, 5):
            values = [f(n, mp.mpf(k) / 600) for k in range(601)]
            assert min(values) >= 0
            assert max(abs(after - before) for before, after in pairwise(values)) < (n + 2) ** 2 / 120
            assert abs(mp.quad(partial(f, n), mp.linspace(0, 1, 9)) - 1) < 1e-8
        assert all(abs(f(10**5, mp.mpf(x)) - c * mp.mpf(x) ** p) < 1e-9 for x in (0.01, 0.2, 0.5, 0.9, 0.99))


@confirms(f"{TOPIC}/complete-reverse-fatou")
def complete_reverse_fatou(key: Key) -> None:
    _assert_repairs(
        key,
        lambda given: max(given.masses()) <= mass_of(given.upper) + 0.01,
        POSITIVE.values(),
        {
            "measure": lambda given: all(right <= 3 for n in LATE for _, _, right in given.term(n)),
            "mass": StepSequence.has_bounded_masses,
            "decreasing": lambda given: given.is_monotone(-1),
            "majorant": StepSequence.has_majorant,
        },
    )


@confirms(f"{TOPIC}/complete-decreasing")
def complete_decreasing(key: Key) -> None:
    _assert_repairs(
        key,
        lambda given: tend(given.masses(), mass_of(given.lower)),
        (given for given in POSITIVE.values() if given.is_monotone(-1)),
        {
            "bounded": lambda given: max(value_at(given.term(1), x) for x in given.points([1])) <= 1,
            "some": lambda given: any(math.isfinite(mass) for mass in given.masses(EARLY)),
            "limit": lambda given: math.isfinite(mass_of(given.lower)),
            "uniform": StepSequence.is_uniform,
        },
    )


@confirms(f"{TOPIC}/decreasing-to-zero")
def decreasing_to_zero(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    points = [mp.mpf(10) ** power for power in (-6, -2, 0, 1, 2)]
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        for x in points:
            values = [f(n, x) for n in range(1, 40)]
            assert min(values) >= 0
            assert values == sorted(values, reverse=True)
            assert abs(f(10**8, x)) < 0.02
        for n in (1, 4, 9):
            shells = [mp.quad(partial(f, n), [mp.exp(k), mp.exp(k + 1)]) for k in range(10, 40, 5)]
            assert min(shells) > 0.05  # this much mass lies between e^k and e^(k+1), for every k


@confirms(f"{TOPIC}/receding-tails")
def receding_tails(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    lower, upper, has_lower, has_upper = key.interval("exponents")
    assert (upper, has_upper) == (mp.inf, False)
    assert lower > 0

    def agrees(alpha: float) -> bool:
        """Whether the mass beyond n is finite: then the mass from x to 2x shrinks by a fixed factor as x doubles."""
        near, far = (mp.quad(lambda x: x ** (p - q * alpha), [start, 2 * start]) for start in (mp.mpf(2) ** 20, mp.mpf(2) ** 40))
        return bool(far < 0.9 * near)

    edge = float(lower)
    assert agrees(edge + 0.05)
    assert not agrees(edge - 0.05)
    assert agrees(edge) == has_lower


@confirms(f"{TOPIC}/which-way")
def which_way(key: Key) -> None:
    """From values at points, and from masses on (0, R) with a large R in place of infinity."""
    end = 1e6
    sequences: dict[str, tuple[Callable[[float, float], float], Callable[[float], float], float]] = {
        # the function, its mass, and the mass of the limit
        "truncated": (lambda n, x: min(n, 1 / x), lambda n: 1 + math.log(n), math.inf),
        "tail": (lambda n, x: float(x > n), lambda n: end - n, 0),
        "exponential": (lambda n, x: float(mp.exp(-n * x)), lambda n: 1 / n, 0),
        "negative": (lambda n, x: -1 / n, lambda n: -end / n, 0),
    }
    points = (0.001, 0.02, 0.3, 0.9)
    for field, (f, mass, goal) in sequences.items():
        ends = [0, 1 / 3, 1] if field == "truncated" else [0, 1 / 3, 1, 3, 9, 30, 100, end]
        assert abs(mp.quad(partial(f, 3), ends) - mass(3)) < 1e-6
        rises = all(f(n, x) <= f(n + 1, x) for n in range(1, 50) for x in points)
        falls = all(f(n, x) >= f(n + 1, x) for n in range(1, 50) for x in points)
        positive = all(f(n, x) >= 0 for n in range(1, 50) for x in points)
        # Masses that grow without bound tend to infinity; 10**-3 of the window still counts as an infinite mass.
        fails = abs(mass(1000) - goal) > 100 if goal < math.inf else mass(1e300) < 100
        expected = "fails" if fails else "increasing" if rises and positive else "decreasing" if falls and mass(1) < 100 else None
        assert key.chosen(field) == expected, field


@confirms(f"{TOPIC}/four-claims")
def four_claims(key: Key) -> None:
    """The claims are tried on step functions, and for subsets on some intervals."""
    converging = [given for given in POSITIVE.values() if given.converges()]
    below = [
        given
        for given in converging
        if all(value_at(given.term(n), x) <= value_at(given.lower, x) for n in EARLY for x in given.points([n]))
    ]
    balanced = [given for given in converging if tend(given.masses(), mass_of(given.lower))]
    subsets = [(0.0, 0.5), (0.0, 1.0), (0.5, 5.0), (2.0, math.inf)]

    def holds_on_subsets(trials: Iterable[StepSequence]) -> bool:
        return all(tend([mass_of(given.term(n), part) for n in LATE], mass_of(given.lower, part)) for given in trials for part in subsets)

    vanishing = [given for given in POSITIVE.values() if tend(given.masses(), 0)]
    found = {
        "below": all(tend(given.masses(), mass_of(given.lower)) for given in below),
        "subsets": holds_on_subsets(balanced),
        "finite": holds_on_subsets(given for given in balanced if math.isfinite(mass_of(given.lower))),
        "converse": all(not given.upper for given in vanishing),
    }
    assert len(below) > 1
    assert len(vanishing) > 1
    assert {field: key.chosen(field) for field in found} == {field: "yes" if true else "no" for field, true in found.items()}
