"""Keys about uniform stability, confirmed by running through all samples and all their neighbors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pytest
from mpmath import mp

from tests.keys.confirmation import Key, confirms
from tests.keys.signs import assert_ends_with, assert_only, samples_of_coins

TOPIC = "rademacher-complexity"


@confirms(f"{TOPIC}/order-stability")
def order_stability(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "ghost": ("", "new-points"),
            "risk": ("new-points", "risk-formula"),
            "swap": ("new-points", "training-formula"),
            "average": ("risk-formula training-formula", "difference"),
            "stable": ("difference", "bounded-brackets"),
            "conclude": ("bounded-brackets", "claim"),
            "independent": ("output-independent-of-sample", "training-formula"),
            "uniform": ("bounded-class", "claim"),
        },
        goal="claim",
    )


@confirms(f"{TOPIC}/complete-stability")
def complete_stability(key: Key) -> None:
    """The mean of data in [0, 1], with the distance as its loss: stable with 1/n, whatever the law of the sample."""
    number = 4

    def gap(law: Mapping[tuple[int, ...], float], p: float) -> float:
        total = 0.0
        for sample, weight in law.items():
            output = float(np.mean(sample))
            risk = p * (1 - output) + (1 - p) * output
            total += weight * (risk - float(np.mean(np.abs(np.array(sample) - output))))
        return abs(total)

    def fine(law: Mapping[tuple[int, ...], float], p: float) -> bool:
        return gap(law, p) <= 1 / number + 1e-12

    repeated = {(0,) * number: 0.5, (1,) * number: 0.5}
    assert_only(
        key,
        "hypothesis",
        {
            "iid": all(fine(dict(samples_of_coins(number, p)), p) for p in (0.1, 0.5, 0.7)),
            "identical": fine(repeated, 0.5),
            "independent": fine({(0,) * number: 1.0}, 1.0),
            "symmetric": fine(repeated, 0.5),
        },
    )


def _shrunk_mean(sample: Iterable[float], penalty: float) -> float:
    """The minimizer of the penalized squares, as the least-squares solution of a larger system."""
    data = np.array(list(sample), dtype=float)
    design = np.concatenate([np.ones(len(data)), [np.sqrt(penalty * len(data))]])
    return float(np.linalg.lstsq(design[:, None], np.concatenate([data, [0.0]]), rcond=None)[0][0])


@confirms(f"{TOPIC}/stability-of-shrinkage")
def stability_of_shrinkage(key: Key) -> None:
    m, penalty = key.parameter("m"), key.parameter("h")
    grid = [0.0, m / 2, m]
    for n in (1, 2, 3):
        largest = 0.0
        for sample in product(grid, repeat=n):
            for position, entry in product(range(n), grid):
                other = (*sample[:position], entry, *sample[position + 1 :])
                left, right = _shrunk_mean(sample, penalty), _shrunk_mean(other, penalty)
                largest = max(largest, *(abs(abs(left - z) - abs(right - z)) for z in grid))
        assert largest == pytest.approx(float(key.number("beta", n=n)))


@confirms(f"{TOPIC}/gap-of-shrinkage")
def gap_of_shrinkage(key: Key) -> None:
    p, penalty = key.parameter("p"), key.parameter("h")
    for n in (1, 2, 4):
        gap = 0.0
        for sample, weight in samples_of_coins(n, p):
            output = _shrunk_mean(sample, penalty)
            risk = p * (1 - output) ** 2 + (1 - p) * output**2
            gap += weight * (risk - float(np.mean((output - np.array(sample)) ** 2)))
        assert gap == pytest.approx(float(key.number("gap", n=n)))


@confirms(f"{TOPIC}/derive-the-gap-differences")
def derive_the_gap_differences(key: Key) -> None:
    random = np.random.default_rng(9)
    points = [{"beta": float(random.uniform(0, 2)), "n": int(random.integers(1, 50))} for _ in range(200)]

    def changes(beta: float, n: int) -> mp.mpf:
        return mp.mpf(beta) + (mp.fsum([mp.mpf(beta)] * (n - 1)) + 1) / n

    for answer in key.answers():
        answer.assert_chain("derivation", changes, points)
        assert_ends_with("derivation", answer, lambda beta, n: 2 * mp.mpf(beta) + 1 / mp.mpf(n), points)
        for point, delta in ((points[0], 0.1), (points[1], 0.9), (points[2], 1e-4)):
            t = answer.number("deviation", delta=delta, **point)
            squares = point["n"] * (2 * mp.mpf(point["beta"]) + 1 / mp.mpf(point["n"])) ** 2
            assert abs(mp.exp(-2 * t * t / squares) - delta) < 1e-10
