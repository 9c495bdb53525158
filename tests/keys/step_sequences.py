"""Sequences of step functions with known limits, on which statements about all sequences are tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Steps = Sequence[tuple[float, float, float]]
"""Heights on intervals from left to right ends; where intervals overlap the heights add, elsewhere the function is 0."""

EARLY, LATE = range(1, 64), range(256, 512)


def value_at(steps: Steps, x: float) -> float:
    return sum(height for height, left, right in steps if left < x < right)


def mass_of(steps: Steps, within: tuple[float, float] = (-math.inf, math.inf)) -> float:
    """The integral, perhaps infinite."""
    parts = ((height, max(left, within[0]), min(right, within[1])) for height, left, right in steps)
    return sum(height * (right - left) for height, left, right in parts if height and left < right)


def _middles(*functions: Steps) -> list[float]:
    """A point in each interval on which all these functions are constant."""
    ends = sorted({end for steps in functions for _, left, right in steps for end in (left, right)} | {0.0, 1.0, 5.0})
    finite = [end for end in ends if math.isfinite(end)]
    return [finite[0] - 1, *((left + right) / 2 for left, right in pairwise(finite)), finite[-1] + 1]


@dataclass(frozen=True)
class StepSequence:
    """Step functions for n = 1, 2, ..., with their lower and upper limits."""

    term: Callable[[int], Steps]
    lower: Steps = ()
    upper: Steps = ()

    def points(self, numbers: Iterable[int]) -> list[float]:
        return sorted({x for n in numbers for x in _middles(self.term(n), self.lower, self.upper)})

    def masses(self, numbers: Iterable[int] = LATE) -> list[float]:
        return [mass_of(self.term(n)) for n in numbers]

    def differences(self) -> StepSequence:
        """The terms of the series with these partial sums."""
        return StepSequence(
            lambda n: [*self.term(n), *((-height, left, right) for height, left, right in (self.term(n - 1) if n > 1 else []))]
        )

    def is_integrable(self) -> bool:
        return all(math.isfinite(mass_of([(abs(height), left, right)])) for n in EARLY for height, left, right in self.term(n))

    def converges(self) -> bool:
        return all(value_at(self.lower, x) == value_at(self.upper, x) for x in _middles(self.lower, self.upper))

    def is_nonnegative(self) -> bool:
        return all(value_at(self.term(n), x) >= 0 for n in EARLY for x in self.points([n]))

    def is_bounded(self, bound: float = 1) -> bool:
        return all(abs(value_at(self.term(n), x)) <= bound for n in EARLY for x in self.points([n]))

    def is_monotone(self, sign: int) -> bool:
        pairs = ((self.term(n), self.term(n + 1)) for n in EARLY)
        return all(sign * (value_at(after, x) - value_at(before, x)) >= 0 for before, after in pairs for x in _middles(before, after))

    def has_bounded_masses(self) -> bool:
        return max(abs(mass) for mass in self.masses()) < 10

    def is_uniform(self) -> bool:
        return self.converges() and all(
            abs(value_at(self.term(n), x) - value_at(self.lower, x)) < 0.01 for n in (300, 500) for x in self.points([n])
        )

    def has_majorant(self) -> bool:
        """Whether the largest of the functions (and 0) has an integral that settles."""

        def envelope(last: int) -> float:
            functions = [self.term(n) for n in range(1, last)]
            ends = sorted({end for steps in functions for _, left, right in steps for end in (left, right)})
            if not ends:
                return 0.0
            return sum(
                max(0.0, *(value_at(steps, left + 1 if right == math.inf else (left + right) / 2) for steps in functions)) * (right - left)
                for left, right in pairwise(ends)
                if any(value_at(steps, left + 1 if right == math.inf else (left + right) / 2) > 0 for steps in functions)
            )

        first, second = envelope(12), envelope(60)
        return math.isfinite(second) and second <= 1.2 * first


def _sweeping(n: int) -> Steps:
    """Intervals of length 1/2, 1/2, 1/4, ... that sweep over (0, 1)."""
    level = n.bit_length() - 1
    place = n - 2**level
    return [(1.0, place / 2**level, (place + 1) / 2**level)]


ZERO: Steps = ()
POSITIVE = {
    "concentrating": StepSequence(lambda n: [(n, 0, 1 / n)]),
    "spreading": StepSequence(lambda n: [(1 / n, 0, n)]),
    "traveling": StepSequence(lambda n: [(1, n, n + 1)]),
    "fading": StepSequence(lambda n: [(1 / n, 0, math.inf)]),
    "receding": StepSequence(lambda n: [(1, n, math.inf)]),
    "growing": StepSequence(lambda n: [(1, 0, n)], [(1, 0, math.inf)], [(1, 0, math.inf)]),
    "rising": StepSequence(lambda n: [(1 - 1 / n, 0, 1)], [(1, 0, 1)], [(1, 0, 1)]),
    "shrinking": StepSequence(lambda n: [(1, 0, 1 / n)]),
    "once-infinite": StepSequence(lambda n: [(1, 0, math.inf if n == 1 else 1 / n)]),
    "alternating": StepSequence(lambda n: [(1, 0, 1)] if n % 2 else [(1, 1, 3)], (), [(1, 0, 3)]),
    "still": StepSequence(lambda _: [(1, 0, 2)], [(1, 0, 2)], [(1, 0, 2)]),
    "gaining": StepSequence(lambda n: [(1, 1, math.inf), (n, 0, 1 / n)], [(1, 1, math.inf)], [(1, 1, math.inf)]),
    "gaining-finite": StepSequence(lambda n: [(1, 1, 2), (n, 0, 1 / n)], [(1, 1, 2)], [(1, 1, 2)]),
    "sweeping": StepSequence(_sweeping, (), [(1, 0, 1)]),
}


def _negative(given: StepSequence) -> StepSequence:
    def turned(steps: Steps) -> Steps:
        return [(-height, left, right) for height, left, right in steps]

    return StepSequence(lambda n: turned(given.term(n)), turned(given.upper), turned(given.lower))


ALL = {**POSITIVE, **{f"minus-{name}": _negative(given) for name, given in POSITIVE.items()}}


def _near(left: float, right: float) -> bool:
    return left == right or abs(left - right) < 0.02


def tend(numbers: Sequence[float], goal: float) -> bool:
    """Whether late numbers are near a goal; numbers that grow with n are near infinity."""
    return all(_near(number, goal) or (goal == math.inf and number > 200) for number in numbers)
