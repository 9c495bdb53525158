"""What must hold inside one topic file beyond its shape: ids are given once, and what is named is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from companion.curriculum.graph import cycle
from companion.curriculum.problems import Problem
from companion.curriculum.schema import (
    ChoiceField,
    ExerciseEntry,
    FieldEntry,
    MistakeEntry,
    OptionEntry,
    OrderField,
    TopicFile,
)
from companion.curriculum.source import Place, Source
from companion.curriculum.templates import has_expressions


def topic_problems(topic: TopicFile, source: Source) -> Iterator[Problem]:
    """Everything in a topic that contradicts itself."""
    if "$" in topic.title or "\\" in topic.title:
        yield source.problem(("title",), "expected plain text without TeX")
    for name in ("skills", "theorems", "examples", "exercises", "prerequisites"):
        yield from _doubles(source, (name,), [entry.id for entry in getattr(topic, name)])
    for index, theorem in enumerate(topic.theorems):
        yield from _doubles(source, ("theorems", index, "hypotheses"), [entry.id for entry in theorem.hypotheses])
    for index, exercise in enumerate(topic.exercises):
        yield from _exercise_problems(exercise, topic, source, ("exercises", index))


def _doubles(source: Source, place: Place, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, identifier in enumerate(ids):
        if identifier in seen:
            yield source.problem((*place, index, "id"), f"the id `{identifier}` is given twice")
        seen.add(identifier)


def _absent(source: Source, place: Place, name: str, known: Iterable[str], what: str) -> Iterator[Problem]:
    """A problem if a name is not among those known; a name that a template makes is not looked up."""
    known = list(known)
    if name not in known and not has_expressions(name):
        listed = f" (there are: {', '.join(known)})" if known else ""
        yield source.problem(place, f"there is no {what} `{name}`{listed}")


def _exercise_problems(exercise: ExerciseEntry, topic: TopicFile, source: Source, place: Place) -> Iterator[Problem]:
    skills = [skill.id for skill in topic.skills]
    yield from _absent(source, (*place, "skill"), exercise.skill, skills, "skill of this topic")
    for index, used in enumerate(exercise.uses):
        if "/" not in used:
            yield from _absent(source, (*place, "uses", index), used, skills, "skill of this topic")
    if exercise.theorem is not None:
        theorems = [theorem.id for theorem in topic.theorems]
        yield from _absent(source, (*place, "theorem"), exercise.theorem, theorems, "theorem of this topic")
    if exercise.follows is not None:
        others = [other.id for other in topic.exercises if other.id != exercise.id]
        yield from _absent(source, (*place, "follows"), exercise.follows, others, "other exercise of this topic")
    yield from _parameter_problems(exercise, source, place)
    yield from _doubles(source, (*place, "fields"), [entry.id for entry in exercise.fields])
    yield from _doubles(source, (*place, "choices"), [option.id for option in exercise.choices])
    if exercise.choices and not any(isinstance(entry, ChoiceField) and not entry.options for entry in exercise.fields):
        yield source.problem((*place, "choices"), "no field uses these choices")
    for index, entry in enumerate(exercise.fields):
        yield from _field_problems(entry, exercise, source, (*place, "fields", index))
        yield from _condition_problems(entry, exercise.fields[:index], exercise, source, (*place, "fields", index, "asked_if"))
    names = [entry.id for entry in exercise.fields]
    for index, given in enumerate(exercise.accept):
        for name in given:
            yield from _absent(source, (*place, "accept", index, name), name, names, "field")
    for index, mistake in enumerate(exercise.mistakes):
        yield from _mistake_problems(mistake, exercise, source, (*place, "mistakes", index))


def _parameter_problems(exercise: ExerciseEntry, source: Source, place: Place) -> Iterator[Problem]:
    if exercise.where is not None and not exercise.params:
        yield source.problem((*place, "where"), "expected `params` for `where` to choose among")
    for name in exercise.let:
        if name in exercise.params:
            yield source.problem((*place, "let", name), f"`{name}` is a parameter already")
    for name in exercise.symbols:
        if name in exercise.params or name in exercise.let:
            yield source.problem((*place, "symbols", name), f"`{name}` is a parameter too; a symbol needs another name")


def options_of(entry: ChoiceField, exercise: ExerciseEntry) -> list[OptionEntry]:
    """The options of a choice: its own, or those its exercise shares."""
    return entry.options or exercise.choices


def _field_problems(entry: FieldEntry, exercise: ExerciseEntry, source: Source, place: Place) -> Iterator[Problem]:
    if isinstance(entry, ChoiceField):
        yield from _choice_problems(entry, exercise, source, place)
    elif isinstance(entry, OrderField):
        yield from _order_problems(entry, source, place)


def _condition_problems(
    entry: FieldEntry, earlier: list[FieldEntry], exercise: ExerciseEntry, source: Source, place: Place
) -> Iterator[Problem]:
    """A field can hang on the right option of single choices that stand before it."""
    choices = {other.id: other for other in earlier if isinstance(other, ChoiceField) and not other.multiple}
    for name, option in entry.asked_if.items():
        yield from _absent(source, (*place, name), name, choices, "choice of one option before this field")
        choice = choices.get(name)
        if choice is None:
            continue
        yield from _absent(source, (*place, name), option, [known.id for known in options_of(choice, exercise)], "option")
        if option != choice.answer and not has_expressions(str(choice.answer)):
            yield source.problem((*place, name), f"expected the right option, `{choice.answer}`, so that a right answer needs this field")


def _choice_problems(entry: ChoiceField, exercise: ExerciseEntry, source: Source, place: Place) -> Iterator[Problem]:
    options = [option.id for option in options_of(entry, exercise)]
    yield from _doubles(source, (*place, "options"), [option.id for option in entry.options])
    if len(options) < 2:
        yield source.problem((*place, "options"), "expected at least two options, here or as the exercise's `choices`")
        return
    if isinstance(entry.answer, list) and not entry.multiple:
        yield source.problem((*place, "answer"), "expected one option's id, or `multiple: yes`")
    for name, given in chain([(("answer",), entry.answer)], ((("accept", n), g) for n, g in enumerate(entry.accept))):
        for option in [given] if isinstance(given, str) else given:
            yield from _absent(source, (*place, *name), option, options, "option")


def _order_problems(entry: OrderField, source: Source, place: Place) -> Iterator[Problem]:
    blocks = [block.id for block in entry.blocks]
    yield from _doubles(source, (*place, "blocks"), blocks)
    names = [*blocks, *(distractor.id for distractor in entry.distractors)]
    if len(set(names)) < len(names) and len(set(blocks)) == len(blocks):
        yield source.problem((*place, "distractors"), "expected ids that no other block has")
    if len(names) > 26:
        yield source.problem((*place, "blocks"), "expected at most 26 blocks and distractors together")
    for index, block in enumerate(entry.blocks):
        for number, needed in enumerate(block.needs):
            yield from _absent(source, (*place, "blocks", index, "needs", number), needed, blocks, "block")
    circle = cycle({block.id: block.needs for block in entry.blocks})
    if circle:
        yield source.problem((*place, "blocks"), f"the blocks need each other in a circle: {' → '.join(circle)}")
        return
    for name, order in chain([(("answer",), entry.answer)], ((("accept", n), o) for n, o in enumerate(entry.accept))):
        trouble = _trouble_in_order(order, entry)
        if trouble:
            yield source.problem((*place, *name), trouble)


def _trouble_in_order(order: list[str], entry: OrderField) -> str:
    """Why an order is not a right one, or nothing."""
    needs = {block.id: block.needs for block in entry.blocks}
    seen: set[str] = set()
    for block in order:
        if block not in needs:
            return f"there is no block `{block}` that belongs to the proof"
        if block in seen:
            return f"the block `{block}` stands twice"
        missing = [needed for needed in needs[block] if needed not in seen]
        if missing:
            return f"the block `{block}` stands before `{missing[0]}`, which it needs"
        seen.add(block)
    left = [block for block in needs if block not in seen]
    return f"expected all blocks; `{left[0]}` is missing" if left else ""


def _mistake_problems(mistake: MistakeEntry, exercise: ExerciseEntry, source: Source, place: Place) -> Iterator[Problem]:
    fields = {entry.id: entry for entry in exercise.fields}
    if isinstance(mistake.attempt, dict):
        for name in mistake.attempt:
            yield from _absent(source, (*place, "try", name), name, fields, "field")
    elif len(fields) > 1:
        yield source.problem((*place, "try"), f"expected a mapping from fields to answers (the fields are {', '.join(fields)})")
    if mistake.when is None:
        return
    tests = mistake.when.model_dump(exclude_none=True)
    if not set(tests) - {"field"}:
        yield source.problem((*place, "when"), "expected at least one test, such as value, code or otherwise")
    if mistake.when.field is not None:
        yield from _absent(source, (*place, "when", "field"), mistake.when.field, fields, "field")
    if (mistake.when.block is None) != (mistake.when.needs is None):
        yield source.problem((*place, "when"), "expected `block` and `needs` together")
    orders = [entry for entry in fields.values() if isinstance(entry, OrderField)]
    blocks = [block.id for entry in orders for block in entry.blocks]
    distractors = [block.id for entry in orders for block in entry.distractors]
    for test in ("block", "needs", "missing", "distractor"):
        if test in tests:
            known, what = (distractors, test) if test == "distractor" else (blocks, "block")
            yield from _absent(source, (*place, "when", test), tests[test], known, what)
