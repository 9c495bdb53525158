"""The shipped keys, and who confirms them.

A test module confirms an exercise with a function that is given the key of one
variant and computes the right answer in another way. The judge has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from random import Random
from typing import TypeAlias

import pytest
from _pytest.mark.structures import ParameterSet

from companion.answers import tree
from companion.answers.protocol import Field
from companion.answers.reader import Vocabulary, read
from companion.curriculum.compile import compile_pack
from companion.curriculum.model import Exercise
from companion.curriculum.places import content_folder
from companion.curriculum.variants import Variant, count, resolve
from tests.keys.evaluation import Value, value

SAMPLED = 3
"""Variants of an exercise that are confirmed by default; the long run confirms all."""

SAMPLING_SEED = 2026


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one variant, field by field, and the parameters it was made with."""

    variant: Variant

    def parameter(self, name: str) -> float:
        """A parameter, as a number."""
        return float(value(read(self.variant.values[name], Vocabulary()), {}))

    def chosen(self, field: str) -> str:
        """The option that is right."""
        answer = self.variant.key[field]
        assert isinstance(answer, str)
        return answer

    def formula(self, field: str) -> tree.Node:
        """The key of a field as a tree."""
        entry = self._field(field)
        return read(self.chosen(field), Vocabulary.of(entry.options), entry.kind)

    def number(self, field: str, **symbols: Value) -> Value:
        """The value of an expression for given values of its symbols."""
        return value(self.formula(field), symbols)

    def interval(self, field: str) -> tuple[Value, Value, bool, bool]:
        """The ends of an interval, and whether each belongs to it."""
        formula = self.formula(field)
        assert isinstance(formula, tree.Interval)
        return value(formula.lower, {}), value(formula.upper, {}), formula.lower_closed, formula.upper_closed

    def numbers(self, field: str) -> list[Value]:
        """The entries of a tuple."""
        formula = self.formula(field)
        assert isinstance(formula, tree.Tuple)
        return [value(entry, {}) for entry in formula.entries]

    def assert_orders(self, field: str, needs: dict[str, str]) -> None:
        """The right orders of a proof are exactly those of `needs` (block → the blocks before it, with blanks between).

        The table is written down by whoever confirms, so that it is compared with the dependencies in the content.
        """
        entry = self._field(field)
        content = {block.id: set(block.needs) for block in entry.blocks if not block.is_distractor}
        own = {block: set(before.split()) for block, before in needs.items()}
        right = set(_orders(own))
        assert right == set(_orders(content))
        accepted = [answers[field] for answers in (self.variant.key, *self.variant.accepted)]
        assert {tuple(order) for order in accepted} <= right

    def _field(self, field: str) -> Field:
        return next(entry for entry in self.variant.question.fields if entry.id == field)


def _orders(needs: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    for order in permutations(needs):
        seen: set[str] = set()
        for block in order:
            if not needs[block] <= seen:
                break
            seen.add(block)
        else:
            yield order


Confirmation: TypeAlias = Callable[[Key], None]
CONFIRMATIONS: dict[str, Confirmation] = {}


def confirms(exercise: str) -> Callable[[Confirmation], Confirmation]:
    """Marks a function that confirms the key of an exercise (`topic/exercise`), or fails."""

    def register(confirmation: Confirmation) -> Confirmation:
        assert exercise not in CONFIRMATIONS, exercise
        CONFIRMATIONS[exercise] = confirmation
        return confirmation

    return register


@cache
def shipped() -> dict[str, Exercise]:
    """Every shipped exercise that is asked, by full id."""
    bodies = compile_pack(content_folder()).bodies
    return {exercise.id: exercise for body in bodies.values() for exercise in body.exercises if not exercise.retired}


def variants_of(topic: str) -> list[ParameterSet]:
    """What a module's test is to be run with: a few variants of each exercise of a topic, and in the long run all of them."""
    exercises = [exercise for exercise in shipped().values() if exercise.id.startswith(f"{topic}/")]
    cases = [(exercise.id, seed) for exercise in exercises for seed in range(count(exercise))]
    sampled = [(exercise.id, seed) for exercise in exercises for seed in _sampled(exercise)]
    full = [pytest.param(*case, marks=pytest.mark.full, id=f"all-{case[0]}-{case[1]}") for case in cases]
    return [*(pytest.param(*case, id=f"{case[0]}-{case[1]}") for case in sampled), *full]


def _sampled(exercise: Exercise) -> list[int]:
    number = count(exercise)
    return sorted(Random(f"{SAMPLING_SEED} {exercise.id}").sample(range(number), min(SAMPLED, number)))


def confirm(exercise: str, seed: int) -> None:
    """Confirm the key of one variant; fails if nobody confirms this exercise."""
    assert exercise in CONFIRMATIONS, f"no function in tests/keys confirms {exercise}"
    CONFIRMATIONS[exercise](Key(resolve(shipped()[exercise], seed)))


def wrong_keys(exercise: str) -> list[Key]:
    """What a key would be if its author had made one of the expected mistakes."""
    variant = resolve(shipped()[exercise], 0)
    return [Key(replace(variant, key=attempt)) for attempt in variant.tries]
