"""An exercise and a seed → the question that is asked.

An exercise is its own template: its parameters list values, and each
combination that satisfies `where` is one variant. Seeds go through all of them
in a fixed shuffled order, so that `n` and `n + 1` ask with other numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import product
from math import prod
from string import ascii_uppercase
from typing import Any

from companion.answers.errors import ReadError
from companion.answers.evaluate import evaluate, truth
from companion.answers.names import canonical_name
from companion.answers.printing import to_text
from companion.answers.protocol import Block, Field, Given, Kind, Mistake, Option, Question
from companion.answers.reader import read
from companion.answers.tree import Node
from companion.answers.vocabulary import Vocabulary
from companion.curriculum.model import Exercise, FieldTemplate, MistakeTemplate
from companion.curriculum.templates import TemplateError, ValueOf, expressions, fill_answer, fill_plain, fill_prose

MAX_COMBINATIONS = 1000
"""Combinations of parameter values an exercise may have, before `where` excludes any."""

Values = dict[str, Node]


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field as it is shown. The blocks of an order stand shuffled, with `A`, `B`, `C`, … for ids."""

    id: str
    kind: Kind
    label: str
    input: str
    choices: tuple[Option, ...] = ()
    blocks: tuple[Block, ...] = ()
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """An exercise with its numbers chosen.

    `number` counts the exercise's combinations from 0; `values` are the parameters as text. `key`, `accepted` and `tries` are full answers
    (field → answer) in the judge's terms: right, right, and wrong in the way of the mistake with the same index. A derivation without a key
    has no entry in `key`. `labels` maps the letters shown in an order to block ids.
    """

    exercise: str
    seed: int
    number: int
    values: dict[str, str]
    prompt: str
    fields: tuple[AskedField, ...]
    hints: tuple[str, ...]
    solution: str
    question: Question
    key: dict[str, Given]
    accepted: tuple[dict[str, Given], ...]
    tries: tuple[dict[str, Given], ...]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def count(exercise: Exercise) -> int:
    """How many variants an exercise has; 1 without parameters. Raises `TemplateError`."""
    return len(_combinations(exercise)) if exercise.params else 1


def resolve(exercise: Exercise, seed: int) -> Variant:
    """The variant that a seed picks. Raises `TemplateError` if an expression cannot be read or has no value."""
    return _resolution(exercise, seed).variant()


def prose_filler(exercise: Exercise, seed: int) -> Callable[[str], str]:
    """What fills the exercise's prose with the values that a seed picks. It, and this function, raise `TemplateError`."""
    return _resolution(exercise, seed).prose


def _resolution(exercise: Exercise, seed: int) -> _Resolution:
    combinations = _combinations(exercise)
    if not combinations:
        raise TemplateError("expected values for which `where` holds, and there are none", exercise.where or "")
    order = sorted(range(len(combinations)), key=lambda index: _mixed(exercise.id, index))
    number = order[seed % len(order)]
    return _Resolution(exercise, seed, number, combinations[number])


def to_answer(variant: Variant, typed: Mapping[str, Given]) -> dict[str, Given]:
    """What was typed or arranged, in the judge's terms: letters become block ids, numbers of options their ids, lines a list.

    A typed order may use small letters; in a list only capital ones are labels, since ids of blocks are small.
    """
    given = [asked for asked in variant.fields if asked.id in typed]
    return {asked.id: _judged_form(asked, typed[asked.id], variant.labels.get(asked.id, {})) for asked in given}


def accepted_forms(exercise: Exercise) -> list[dict[str, str | tuple[str, ...]]]:
    """The other right answers: of one field each, in the order of the fields, then of several fields together."""
    return [*({entry.id: answer} for entry in exercise.fields for answer in entry.accept), *exercise.accept]


def check_expressions(exercise: Exercise) -> None:
    """Read every expression of an exercise, without giving it values. Raises `TemplateError` at the first that cannot be read."""
    vocabulary = _vocabulary(exercise)
    for text in _texts(exercise):
        for expression in expressions(text) if "@{" in text else ():
            _read(expression, vocabulary, "expression", text)


def _judged_form(asked: AskedField, typed: Given, labels: Mapping[str, str]) -> Given:
    if asked.kind == "order":
        if isinstance(typed, str):
            return [labels.get(word.upper(), word) for word in typed.replace(",", " ").split()]
        return [labels.get(word, word) for word in typed]
    if asked.kind == "choice":
        if not asked.multiple:
            return _option(asked, typed if isinstance(typed, str) else " ".join(typed))
        return [_option(asked, word) for word in (typed.replace(",", " ").split() if isinstance(typed, str) else typed)]
    if asked.kind == "steps" and isinstance(typed, str):
        return [line for line in typed.splitlines() if line.strip()]
    return typed


def _option(asked: AskedField, typed: str) -> str:
    word = typed.strip()
    if any(option.id == word for option in asked.choices):
        return word
    return asked.choices[int(word) - 1].id if word.isdecimal() and 1 <= int(word) <= len(asked.choices) else word


def _mixed(*parts: object) -> bytes:
    """A number that looks random and is the same everywhere."""
    return sha256("\n".join(map(str, parts)).encode()).digest()


def _vocabulary(exercise: Exercise) -> Vocabulary:
    names = {**exercise.symbols, **dict.fromkeys([*exercise.params, *exercise.let], "real")}
    options = {"symbols": names, "functions": [name for entry in exercise.fields for name in entry.options.get("functions", ())]}
    return Vocabulary.of(options) if names else Vocabulary(open=False)


def _read(text: str, vocabulary: Vocabulary, expecting: Kind, template: str) -> Node:
    try:
        return read(text, vocabulary, expecting)
    except ReadError as first:
        if expecting == "expression":
            try:
                return read(text, vocabulary, "relation")
            except ReadError:
                pass
        raise TemplateError(f"`{text}` cannot be read: {first.message}", template) from first


def _evaluated(node: Node, values: Values, template: str) -> Node:
    try:
        return evaluate(node, values)
    except ReadError as error:
        raise TemplateError(f"`{to_text(node)}` has no value: {error.message}", template) from error


def _combinations(exercise: Exercise) -> tuple[Values, ...]:
    """The values of every variant, those of `let` included, in the order of the lists."""
    total = prod(len(texts) for texts in exercise.params.values())
    if total > MAX_COMBINATIONS:
        raise TemplateError(f"expected at most {MAX_COMBINATIONS} combinations of parameters, and there are {total}", "")
    return _all_values(tuple(exercise.params.items()), exercise.where or "", tuple(exercise.let.items()), _vocabulary(exercise))


@lru_cache(maxsize=32)
def _all_values(
    params: tuple[tuple[str, tuple[str, ...]], ...], where: str, let: tuple[tuple[str, str], ...], vocabulary: Vocabulary
) -> tuple[Values, ...]:
    lists = [[_evaluated(_read(text, vocabulary, "expression", text), {}, text) for text in texts] for _, texts in params]
    condition = _read(where, vocabulary, "relation", where) if where else None
    derived = [(canonical_name(name), _read(text, vocabulary, "expression", text), text) for name, text in let]
    names = [canonical_name(name) for name, _ in params]
    found = []
    for chosen in product(*lists):
        values = dict(zip(names, chosen, strict=True))
        for name, node, text in derived:
            values[name] = _evaluated(node, values, text)
        if condition is None or _holds(condition, values, where):
            found.append(values)
    return tuple(found)


def _holds(where: Node, values: Values, template: str) -> bool:
    try:
        return truth(evaluate(where, values))
    except ReadError as error:
        raise TemplateError(f"`where` cannot be decided: {error.message}", template) from error


def _texts(exercise: Exercise) -> Iterator[str]:
    yield from (exercise.prompt, exercise.solution, *exercise.hints, *exercise.symbols.values())
    for entry in exercise.fields:
        yield from (entry.label, entry.input, *_flat(entry.answer), *(text for given in entry.accept for text in _flat(given)))
        yield from (text for block in entry.blocks for text in (block.text, block.why or ""))
        yield from (text for option in entry.choices for text in (option.text, option.why))
        yield from (text for point in entry.options.get("points", ()) for text in point.values())
    yield from (text for together in exercise.accept for given in together.values() for text in _flat(given))
    for mistake in exercise.mistakes:
        yield from (mistake.say, *(text for given in mistake.attempt.values() for text in _flat(given)), *(mistake.when or {}).values())


def _flat(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given or ()


class _Resolution:
    """One exercise with one combination of values."""

    def __init__(self, exercise: Exercise, seed: int, number: int, values: Values) -> None:
        self._exercise, self._seed, self._number, self._values = exercise, seed, number, values
        self._vocabulary = _vocabulary(exercise)
        self._labels: dict[str, dict[str, str]] = {}

    def variant(self) -> Variant:
        """Everything that is asked, shown and judged."""
        exercise = self._exercise
        fields = tuple(self._field(entry) for entry in exercise.fields)
        key = {entry.id: entry.expected for entry in fields if entry.expected is not None}
        tries = tuple({**key, **{name: self._given(answer) for name, answer in mistake.attempt.items()}} for mistake in exercise.mistakes)
        mistakes = tuple(self._mistake(mistake) for mistake in exercise.mistakes)
        return Variant(
            exercise=exercise.id,
            seed=self._seed,
            number=self._number,
            values={name: to_text(value) for name, value in self._values.items()},
            prompt=self.prose(exercise.prompt),
            fields=tuple(self._asked(template, entry) for template, entry in zip(exercise.fields, fields, strict=True)),
            hints=tuple(map(self.prose, exercise.hints)),
            solution=self.prose(exercise.solution),
            question=Question(fields, mistakes),
            key=key,
            accepted=tuple({**key, **{name: self._given(answer) for name, answer in given.items()}} for given in accepted_forms(exercise)),
            tries=tries,
            labels=self._labels,
        )

    def _value_of(self, template: str) -> ValueOf:
        return lambda text: _evaluated(_read(text, self._vocabulary, "expression", template), self._values, template)

    def prose(self, text: str) -> str:
        """A text of the exercise with its values."""
        return fill_prose(text, self._value_of(text))

    def _answer(self, text: str) -> str:
        return fill_answer(text, self._value_of(text))

    def _given(self, answer: str | tuple[str, ...]) -> Given:
        return self._answer(answer) if isinstance(answer, str) else [self._answer(text) for text in answer]

    def _field(self, entry: FieldTemplate) -> Field:
        options = dict(entry.options)
        # Also where there are none: a number is asked for then, and a mistyped name must not be taken for a variable.
        options["symbols"] = {name: self._answer(domain) for name, domain in self._exercise.symbols.items()}
        if "points" in options:
            options["points"] = [{name: self._answer(text) for name, text in point.items()} for point in options["points"]]
        if "given" in options:
            options["given"] = self._answer(options["given"])
        if "properties" in options:
            options["properties"] = [self._filled(entry) for entry in options["properties"]]
        return Field(
            id=entry.id,
            kind=entry.kind,
            expected=None if entry.answer is None else self._given(entry.answer),
            options=options,
            blocks=tuple(replace(block, text=self.prose(block.text), why=block.why and self.prose(block.why)) for block in entry.blocks),
            choices=tuple(Option(option.id, self.prose(option.text), self.prose(option.why)) for option in entry.choices),
        )

    def _filled(self, value: Any) -> Any:
        """The arguments of a property with their expressions filled in, however deep they lie."""
        if isinstance(value, str):
            return self._answer(value)
        if isinstance(value, Mapping):
            return {name: self._filled(part) for name, part in value.items()}
        return [self._filled(part) for part in value] if isinstance(value, list | tuple) else value

    def _asked(self, template: FieldTemplate, entry: Field) -> AskedField:
        shown = self._shuffled(entry)
        self._labels.update({entry.id: {letter: block.id for letter, block in shown.items()}} if shown else {})
        return AskedField(
            id=entry.id,
            kind=entry.kind,
            label=self.prose(template.label),
            input=fill_plain(template.input, self._value_of(template.input)),
            choices=entry.choices,
            blocks=tuple(Block(letter, block.text) for letter, block in shown.items()),
            multiple=template.multiple,
        )

    def _shuffled(self, entry: Field) -> dict[str, Block]:
        """The blocks under the letters that show them; never in the order of the key."""
        blocks = sorted(entry.blocks, key=lambda block: _mixed(self._exercise.id, entry.id, self._seed, block.id))
        right = entry.expected if isinstance(entry.expected, list) else []
        if [block.id for block in blocks if block.id in right] == right:
            blocks.reverse()
        return dict(zip(ascii_uppercase, blocks, strict=False))

    def _mistake(self, mistake: MistakeTemplate) -> Mistake:
        """Without tests of its own a mistake is known by its attempt: every field named there has that answer."""
        if mistake.when is not None:
            when = {test: self._answer(text) for test, text in mistake.when.items()}
        else:
            when = {f"value.{name}": self._value_text(name, self._given(answer)) for name, answer in mistake.attempt.items()}
        return Mistake(when, self.prose(mistake.say))

    def _value_text(self, name: str, given: Given) -> str:
        if isinstance(given, str):
            return given
        kind = next((entry.kind for entry in self._exercise.fields if entry.id == name), None)
        return f"({', '.join(given)})" if kind == "list" else " ".join(given)
