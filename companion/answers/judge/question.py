"""Judging a question: every field, the verdict on the whole, and what to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from companion.answers.judge.domains import QuestionError
from companion.answers.judge.feedback import first_mistake
from companion.answers.judge.kinds import choice, formula, lists, objects, order, relation, sets, steps
from companion.answers.protocol import JUDGED, Certainty, Field, Given, Kind, Question, Reply, Verdict, is_asked
from companion.answers.reader import Vocabulary, families_in

JUDGES: Mapping[Kind, Callable[[Field, Given], Reply]] = {
    "expression": formula.judge,
    "set": sets.judge,
    "relation": relation.judge,
    "list": lists.judge,
    "choice": choice.judge,
    "order": order.judge,
    "steps": steps.judge,
}


def judge_field(field: Field, given: Given, question: Question | None = None, answers: Mapping[str, Given] | None = None) -> Reply:
    """Judge the answer to one field. An object may refer to the other fields of its question, so it is given their answers too."""
    if field.kind not in JUDGED:
        return Reply("invalid", "kind.unsupported", f"Answers of the kind “{field.kind}” cannot be judged yet.")
    if isinstance(given, str) and not given.strip() and field.expected != []:
        return Reply("invalid", "read.empty", "There is no answer yet.", position=0)
    try:
        field = _with_families(field, given)
        if field.kind == "object":
            return objects.judge(field, given, {other.id: other for other in question.fields} if question else {}, answers or {})
        return JUDGES[field.kind](field, given)
    except QuestionError as error:
        return Reply("undecided", "question", str(error))
    except (ArithmeticError, MemoryError, RecursionError):  # SymPy gives up in these ways on numbers that it cannot hold
        return Reply("undecided", "undecided.large", "The numbers in this are too large to compare, so I could not decide.")


def _with_families(field: Field, given: Given) -> Field:
    """The field with what key and answer tell of each other: where one sums `x_i` over i, `x_1` in the other is `x(1)`."""
    texts = [text for text in (field.expected, given) if isinstance(text, str) and "_" in text]
    if len(texts) < 1 or field.kind not in ("expression", "list", "relation", "set"):
        return field
    vocabulary = Vocabulary.of(field.options)
    found = {head: count for text in texts for head, count in families_in(text, vocabulary, field.kind).items()}
    return replace(field, options={**field.options, "families": found}) if found else field


def judge_question(question: Question, answers: Mapping[str, Given]) -> Reply:
    """Judge the answers to all fields of a question that are asked.

    The whole is correct when every field is, incorrect when any field is; otherwise it is invalid or undecided.
    With several fields, `parts` has the reply to each.
    """
    asked = [field for field in question.fields if is_asked(field, answers)]
    parts = {field.id: judge_field(field, answers.get(field.id, ""), question, answers) for field in asked}
    whole = next(iter(parts.values())) if len(parts) == 1 else _whole(parts)
    if whole.verdict != "incorrect":
        return whole
    try:
        mistake = first_mistake(question, answers, parts, judge_field)
    except QuestionError as error:
        return Reply("undecided", "question", str(error), parts=whole.parts)
    if mistake is None:
        return whole
    return replace(whole, mistake=mistake, message=question.mistakes[mistake].say)


_GRAVEST_FIRST: tuple[Verdict, ...] = ("incorrect", "invalid", "undecided")


def _whole(parts: dict[str, Reply]) -> Reply:
    for verdict in _GRAVEST_FIRST:
        chosen = next((reply for reply in parts.values() if reply.verdict == verdict), None)
        if chosen is not None:
            return _with_parts(chosen, parts)
    certainty: Certainty = "tested" if any(reply.certainty == "tested" for reply in parts.values()) else "proved"
    told = " ".join(reply.message.replace("Correct: ", "", 1) for reply in parts.values() if reply.message.startswith("Correct: "))
    return Reply("correct", "equal", f"Correct. {told}".strip(), certainty=certainty, parts=parts)


def _with_parts(chosen: Reply, parts: dict[str, Reply]) -> Reply:
    """The reply to the whole that `chosen` decides. An attempt that does not count tells of no part whether it is right."""
    if chosen.verdict == "invalid":
        shown = {name: reply for name, reply in parts.items() if reply.verdict in ("invalid", "undecided")}
        return replace(chosen, reading="", position=None, parts=shown)
    right = sum(reply.verdict == "correct" for reply in parts.values())
    message = f"{right} of {len(parts)} parts are right. {chosen.message}" if right and chosen.verdict == "incorrect" else chosen.message
    return replace(chosen, message=message, reading="", position=None, parts=parts)
