"""Having the judge confirm what an author claims: right answers right, mistakes wrong and told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from companion.answers.protocol import JUDGED, Given, Question, Reply
from companion.curriculum.build import locate
from companion.curriculum.model import Exercise
from companion.curriculum.problems import Problem
from companion.curriculum.source import Place, Source
from companion.curriculum.templates import TemplateError
from companion.curriculum.variants import Variant, count, resolve

Ask = Callable[[Question, dict[str, Given]], Reply]
"""Gives a question and an answer to the judge."""


def exercise_problems(exercise: Exercise, source: Source, index: int, ask: Ask) -> list[Problem]:
    """What the judge holds against an exercise, in any of its variants. `index` is its position in the file."""
    root: Place = ("exercises", index)
    unjudged = [number for number, entry in enumerate(exercise.fields) if entry.kind not in JUDGED]
    if unjudged:
        places = [(*root, "fields", number, "kind") for number in unjudged]
        return [source.problem(place, f"a field of kind `{source.at(place)}` cannot be judged yet") for place in places]
    found: dict[tuple[Place, str], tuple[str, Variant]] = {}
    try:
        for seed in range(count(exercise)):
            variant = resolve(exercise, seed)
            for place, code, message in _findings(variant, exercise, ask):
                found.setdefault((place, code), (message, variant))
    except TemplateError as error:
        return [locate(error, source, index)]
    return [source.problem((*root, *place), message + _condition(variant)) for (place, _), (message, variant) in found.items()]


def _condition(variant: Variant) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in variant.values.items())
    return f" (with {values})" if values else ""


def _findings(variant: Variant, exercise: Exercise, ask: Ask) -> Iterator[tuple[Place, str, str]]:
    """Place below the exercise, a word for the sort of trouble, and a sentence."""
    has_key = all(entry.expected is not None for entry in variant.question.fields)
    reply = ask(variant.question, variant.key) if has_key else None
    if reply is not None and reply.verdict != "correct":
        number = _failing_field(variant, reply)
        yield ("fields", number, "answer"), reply.code, f"the key is judged {reply.verdict}: {reply.message}"
    elif reply is not None and reply.mistake is not None:
        yield ("mistakes", reply.mistake), "key", "this message is shown for the key"
    fields = enumerate(exercise.fields)
    places: list[Place] = [("fields", number, "accept", nth) for number, entry in fields for nth in range(len(entry.accept))]
    places += [("accept", nth) for nth in range(len(exercise.accept))]
    for place, answer in zip(places, variant.accepted, strict=True):
        reply = ask(variant.question, answer)
        if reply.verdict != "correct":
            yield place, reply.code, f"expected a right answer; it is judged {reply.verdict}: {reply.message}"
    for number, answer in enumerate(variant.tries):
        trouble = _trouble_with_try(ask(variant.question, answer), number)
        if trouble:
            yield ("mistakes", number, "try"), trouble, trouble


def _failing_field(variant: Variant, reply: Reply) -> int:
    for number, entry in enumerate(variant.question.fields):
        part = reply.parts.get(entry.id)
        if part is not None and part.verdict != "correct":
            return number
    return 0


def _trouble_with_try(reply: Reply, number: int) -> str:
    """Why an answer does not prove the mistake of this number, or nothing."""
    if reply.verdict == "correct":
        return "expected a wrong answer; it is judged right"
    if reply.verdict != "incorrect":
        return f"expected an answer that is judged wrong; it is judged {reply.verdict}: {reply.message}"
    if reply.mistake == number:
        return ""
    if reply.mistake is None:
        return f"this answer does not get this message: `when` does not hold (the judge's code is `{reply.code}`)"
    return f"this answer gets the message of mistake {reply.mistake + 1}, which comes earlier, and not this one"
