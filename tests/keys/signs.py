"""Complexities over all signs and samples, for the keys about Rademacher complexity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import product

import numpy as np
from mpmath import mp
from numpy.typing import NDArray

from tests.keys.confirmation import Key
from tests.keys.evaluation import value

Array = NDArray[np.float64]


@cache
def all_signs(number: int) -> Array:
    """All vectors of so many signs, one a row."""
    return np.array(list(product((-1.0, 1.0), repeat=number)))


def complexity_of(vectors: Iterable[Iterable[float]]) -> float:
    """The Rademacher complexity of a finite set of vectors, over all signs."""
    rows = np.array([list(vector) for vector in vectors], dtype=float)
    return float(np.mean(np.max(all_signs(rows.shape[1]) @ rows.T, axis=1)) / rows.shape[1])


def samples_of_coins(number: int, p: float) -> list[tuple[tuple[int, ...], float]]:
    """All samples of zeros and ones, with their probabilities."""
    return [(sample, p ** sum(sample) * (1 - p) ** (number - sum(sample))) for sample in product((0, 1), repeat=number)]


def assert_only(key: Key, field: str, survives: Mapping[str, bool]) -> None:
    """The chosen option is the only one without a counterexample."""
    assert [option for option, fine in survives.items() if fine] == [key.chosen(field)]


def assert_ends_with(field: str, key: Key, goal: Callable[..., mp.mpf], points: Iterable[dict[str, float]]) -> None:
    """The last line of a derivation is what was to be derived."""
    last = key.lines(field)[-1][1]
    for point in points:
        expected = goal(**point)
        assert abs(value(last, point) - expected) <= mp.mpf("1e-10") * (1 + abs(expected))
