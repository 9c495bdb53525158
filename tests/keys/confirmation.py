"""The shipped keys, and who confirms them.

A test module confirms an exercise with a function that is given the key of one
variant and computes the right answer in another way. The judge has no part in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import TypeAlias

import numpy as np
import pytest
from _pytest.mark.structures import ParameterSet
from mpmath import mp
from numpy.typing import NDArray

from companion.answers import tree
from companion.answers.protocol import Field
from companion.answers.reader import Vocabulary, read
from companion.curriculum.compile import compile_pack
from companion.curriculum.model import Exercise
from companion.curriculum.places import content_folder
from companion.curriculum.variants import Variant, count, resolve
from tests.keys.evaluation import Value, symbols_of, value

SAMPLED = 3
"""Variants of an exercise that are confirmed by default; the long run confirms all."""

SAMPLING_SEED = 2026

_LINE = re.compile(r"\s*(?P<sign><=|=|)\s*(?P<rest>.*)")


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

    def matrix(self, field: str) -> NDArray[np.float64]:
        """The entries of a matrix."""
        formula = self.formula(field)
        assert isinstance(formula, tree.Matrix)
        return np.array([[float(value(entry, {})) for entry in row] for row in formula.rows])

    def function(self, field: str, *inputs: str) -> Callable[..., Value]:
        """The key of a field as a function of its inputs; fails if it depends on anything else."""
        formula = self.formula(field)
        assert symbols_of(formula) <= set(inputs)
        return lambda *points: value(formula, dict(zip(inputs, points, strict=True)))

    def lines(self, field: str) -> list[tuple[str, tree.Node]]:
        """The lines of a derivation: the sign a line begins with (none: `=`), and what stands after it."""
        texts, vocabulary = self.variant.key[field], Vocabulary.of(self._field(field).options)
        assert isinstance(texts, list)
        found = [_LINE.fullmatch(text) for text in texts]
        return [(line["sign"] or "=", read(line["rest"], vocabulary, "steps")) for line in found if line]

    def assert_chain(self, field: str, start: Callable[..., Value], points: Iterable[dict[str, float]]) -> None:
        """Every line of a derivation is equal to the one before, or at least as large, at every point; the first comes after `start`."""
        lines = self.lines(field)
        assert len(lines) >= 2
        for point in points:
            before = start(**point)
            for sign, formula in lines:
                after = value(formula, point)
                slack = mp.mpf("1e-10") * (1 + abs(after))
                assert sign in ("=", "<=")
                assert before <= after + slack
                assert sign == "<=" or before >= after - slack
                before = after

    def answers(self) -> Iterator[Key]:
        """This key, and one for every other answer that the content accepts."""
        yield self
        yield from (Key(replace(self.variant, key=answer, accepted=())) for answer in self.variant.accepted)

    def vector(self, field: str) -> NDArray[np.float64]:
        """The entries of a tuple of real numbers."""
        return np.array([float(entry) for entry in self.numbers(field)])

    def assert_proof(self, field: str, lines: dict[str, tuple[str, str]], goal: str) -> None:
        """The right orders are those in which every line finds what it uses, and all of them are needed for the goal.

        `lines` says of each line, distractors included, which facts it uses and which it gives (words with blanks between).
        Whoever confirms takes these from the text of the lines, not from the dependencies in the content.
        A distractor uses what no line gives.
        """
        entry = self._field(field)
        facts = {line: (set(uses.split()), set(gives.split())) for line, (uses, gives) in lines.items()}
        assert set(facts) == {block.id for block in entry.blocks}
        supplied = set().union(*(gives for _, gives in facts.values()))
        left_out = {line for line, (uses, _) in facts.items() if not uses <= supplied}
        assert left_out == {block.id for block in entry.blocks if block.is_distractor}
        own = {line: known for line, known in facts.items() if line not in left_out}
        used = set(goal.split()).union(*(uses for uses, _ in own.values()))
        assert all(gives & used for _, gives in own.values())
        right = set(_orders(own, set()))
        content = {block.id: (set(block.needs), {block.id}) for block in entry.blocks if not block.is_distractor}
        assert right == set(_orders(content, set()))
        assert all(order[-1] in [line for line, (_, gives) in own.items() if set(goal.split()) & gives] for order in right)
        accepted = [answers[field] for answers in (self.variant.key, *self.variant.accepted)]
        assert {tuple(order) for order in accepted} <= right

    def _field(self, field: str) -> Field:
        return next(entry for entry in self.variant.question.fields if entry.id == field)


def _orders(lines: Mapping[str, tuple[set[str], set[str]]], known: set[str]) -> Iterator[tuple[str, ...]]:
    """The orders in which every line finds the facts that it uses among those given before it."""
    if not lines:
        yield ()
    for line, (uses, gives) in lines.items():
        if uses <= known:
            rest = {other: facts for other, facts in lines.items() if other != line}
            yield from ((line, *order) for order in _orders(rest, known | gives))


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
