"""A validated file → the frozen data that the rest of the companion works with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

from companion.answers.protocol import Block, Given, Option
from companion.curriculum import model
from companion.curriculum.problems import Problem
from companion.curriculum.references import Names
from companion.curriculum.rules import options_of
from companion.curriculum.schema import (
    ApproachEntry,
    ChoiceField,
    ExerciseEntry,
    FieldEntry,
    MistakeEntry,
    NotationEntry,
    ObjectField,
    OptionEntry,
    OrderField,
    PackFile,
    ReadingEntry,
    TopicFile,
)
from companion.curriculum.source import Source, Tree
from companion.curriculum.templates import TemplateError
from companion.curriculum.variants import check_expressions, count

_BOOKKEEPING = ("reviewed", "retired", "minutes", "source")
_FIELD_OPTIONS = (
    *("names", "functions", "split_names", "form", "rtol", "atol", "up_to", "variable", "constant", "points"),
    *("min_lines", "given", "inputs", "asked_if"),
)


def default_minutes(level: int) -> int:
    """How long a topic takes where nobody has estimated it."""
    return 30 + 15 * level


def pack(entry: PackFile) -> model.Pack:
    """A pack."""
    return model.Pack(entry.id, entry.version, entry.title, tuple(entry.authors), entry.license, entry.language)


def notation(entry: NotationEntry, names: Names) -> model.Notation:
    """A sign and its meaning."""
    return model.Notation(entry.symbol, entry.meaning, names.topic(entry.topic))


def approach(entry: ApproachEntry, names: Names) -> model.Approach:
    """An approach."""
    return model.Approach(
        id=names.own(entry.id),
        title=entry.title,
        question=entry.question,
        status=entry.status,  # type: ignore[arg-type] # the schema admits the three words only
        proved=entry.proved,
        open=entry.open,
        corrected=entry.corrected,
        areas=tuple(map(names.area, entry.areas)),
        topics=tuple(map(names.topic, entry.topics)),
        readings=tuple(map(names.work, entry.readings)),
    )


def reading(entry: ReadingEntry, names: Names) -> model.Reading:
    """A work."""
    return model.Reading(
        id=names.own(entry.id),
        title=entry.title,
        authors=entry.authors,
        year=entry.year,
        kind=entry.kind,
        free=entry.free,
        chosen=entry.chosen,
        audience=entry.audience,
        about=entry.about,
        checked=entry.checked,
        needs=tuple(map(names.topic, entry.needs)),
        chapters=tuple(
            model.Chapter(chapter.id, chapter.title, tuple(map(names.topic, chapter.needs)), chapter.confirmed)
            for chapter in entry.chapters
        ),
        links={name: link for name in ("doi", "arxiv", "url") if (link := getattr(entry, name)) is not None},
    )


def topic_body(entry: TopicFile, source: Source, names: Names) -> model.TopicBody:
    """What is read when a topic is opened."""
    return model.TopicBody(
        notes=entry.notes,
        theorems=tuple(
            model.Theorem(t.id, t.name, tuple(model.Hypothesis(h.id, h.text) for h in t.hypotheses), t.conclusion) for t in entry.theorems
        ),
        examples=tuple(model.Example(e.id, e.problem, tuple(e.steps)) for e in entry.examples),
        exercises=tuple(
            exercise(e, names.own(entry.id), _hash_of(entry, source, index), names) for index, e in enumerate(entry.exercises)
        ),
    )


def topic_summary(entry: TopicFile, body: model.TopicBody, variants: dict[str, int], names: Names) -> model.Topic:
    """What is held of every topic. `variants` has the number of variants of each exercise."""
    identifier = names.own(entry.id)
    active = tuple(exercise for exercise in body.exercises if not exercise.retired)
    return model.Topic(
        id=identifier,
        title=entry.title,
        area=names.area(entry.area),
        level=entry.level,
        prerequisites=tuple(model.Prerequisite(names.topic(p.id), p.why) for p in entry.prerequisites),
        objective=entry.objective,
        minutes=entry.minutes or default_minutes(entry.level),
        skills=tuple(
            model.Skill(
                f"{identifier}/{s.id}",
                s.can,
                tuple(names.skill(old, identifier) for old in s.formerly),
                tuple(names.skill(old, identifier) for old in s.replaces),
            )
            for s in entry.skills
        ),
        readings=tuple(model.Citation(names.work(c.work), c.where, c.confirmed) for c in entry.readings),
        exercises=tuple(
            model.ExerciseSummary(e.id, e.skill, e.uses, e.difficulty, e.minutes, e.quick, variants.get(e.id, 1), e.hash) for e in active
        ),
        written=bool(entry.notes.strip() and active),
        formerly=tuple(map(names.own, entry.formerly)),
    )


def exercise(entry: ExerciseEntry, topic_id: str, content_hash: str, names: Names) -> model.Exercise:
    """An exercise with full ids."""
    return model.Exercise(
        id=f"{topic_id}/{entry.id}",
        skill=f"{topic_id}/{entry.skill}",
        uses=tuple(names.skill(used, topic_id) for used in entry.uses),
        difficulty=entry.difficulty,
        minutes=entry.minutes,
        quick=entry.quick,
        arrangement=entry.arrangement,  # type: ignore[arg-type] # the schema admits these words only
        symbols=dict(entry.symbols),
        params={name: tuple(values) for name, values in entry.params.items()},
        where=entry.where,
        let=dict(entry.let),
        prompt=entry.prompt,
        fields=tuple(_field(field, entry) for field in entry.fields),
        hints=tuple(entry.hints),
        solution=entry.solution,
        mistakes=tuple(_mistake(mistake, entry.fields[0].id) for mistake in entry.mistakes),
        hash=content_hash,
        accept=tuple(_answers(given) for given in entry.accept),
        theorem=entry.theorem,
        needs=tuple(map(names.topic, entry.needs)),
        follows=None if entry.follows is None else f"{topic_id}/{entry.follows}",
        source=entry.source,
        retired=entry.retired,
    )


def template_problem(built: model.Exercise, source: Source, index: int) -> tuple[int, Problem | None]:
    """The number of variants of an exercise, and what is wrong with its expressions."""
    try:
        check_expressions(built)
        number = count(built)
        if not number:
            return 1, source.problem(("exercises", index, "where"), "expected values for which `where` holds, and there are none")
    except TemplateError as error:
        return 1, locate(error, source, index)
    return number, None


def locate(error: TemplateError, source: Source, index: int) -> Problem:
    """A problem at the text of an exercise in which an expression failed."""
    root = ("exercises", index)
    for place in source.lines:
        if place[:2] == root and error.template and source.at(place) == error.template:
            return source.problem(place, error.message)
    return source.problem((*root, "params") if (*root, "params") in source.lines else root, error.message)


def _field(entry: FieldEntry, owner: ExerciseEntry) -> model.FieldTemplate:
    options: dict[str, Any] = {
        name: value for name in _FIELD_OPTIONS if (value := getattr(entry, name, None)) not in (None, [], {}, "")
    }
    if isinstance(entry, ObjectField):
        options["properties"] = [item.model_dump() for item in entry.properties]
    multiple = isinstance(entry, ChoiceField) and entry.multiple
    answer = [entry.answer] if multiple and isinstance(entry.answer, str) else entry.answer
    return model.FieldTemplate(
        id=entry.id,
        kind=entry.kind,
        label=entry.label,
        input=entry.input,
        answer=tuple(answer) if isinstance(answer, list) else answer,
        accept=tuple(tuple(given) if isinstance(given, list) else given for given in entry.accept),
        options=options,
        blocks=_blocks(entry) if isinstance(entry, OrderField) else (),
        choices=_choices(options_of(entry, owner)) if isinstance(entry, ChoiceField) else (),
        multiple=multiple,
    )


def _blocks(entry: OrderField) -> tuple[Block, ...]:
    proof = (Block(block.id, block.text, tuple(block.needs)) for block in entry.blocks)
    return (*proof, *(Block(block.id, block.text, (), block.why) for block in entry.distractors))


def _choices(options: list[OptionEntry]) -> tuple[Option, ...]:
    return tuple(Option(option.id, option.text, option.why) for option in options)


def _mistake(entry: MistakeEntry, only_field: str) -> model.MistakeTemplate:
    attempt = entry.attempt if isinstance(entry.attempt, dict) else {only_field: entry.attempt}
    return model.MistakeTemplate(
        attempt=_answers(attempt),
        when=None if entry.when is None else {test: str(given) for test, given in entry.when.model_dump(exclude_none=True).items()},
        say=entry.say,
    )


def _answers(given: Mapping[str, Given]) -> dict[str, str | tuple[str, ...]]:
    return {name: tuple(answer) if isinstance(answer, list) else answer for name, answer in given.items()}


def _hash_of(topic: TopicFile, source: Source, index: int) -> str:
    """Identifies an exercise's content: its source text under the topic's id, but for what only its keepers need."""
    tree = cast(dict[str, Tree], source.at(("exercises", index)))
    kept = {key: value for key, value in tree.items() if key not in _BOOKKEEPING}
    text = json.dumps({"topic": topic.id, "exercise": kept}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]
