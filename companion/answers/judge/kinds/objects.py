"""Fields that ask for something with required properties: any object that has them is right, whatever the key looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import sympy

from companion.answers import tree
from companion.answers.judge.budget import attempt
from companion.answers.judge.build import build
from companion.answers.judge.context import Context, InvalidError, read_answer, sort_of, wrong_sort
from companion.answers.judge.domains import QuestionError
from companion.answers.judge.labels import without_label
from companion.answers.judge.limits import BuildError
from companion.answers.judge.proof import is_tame
from companion.answers.judge.properties.finding import Finding, NotDecidedError, WrongSortError, opposite, undecided
from companion.answers.judge.properties.register import TESTS
from companion.answers.judge.properties.subject import Subject, Thing, scope_of
from companion.answers.names import canonical_name
from companion.answers.printing import to_tex
from companion.answers.properties import fault_in
from companion.answers.protocol import Field, Given, Reply
from companion.answers.vocabulary import Vocabulary

WORK_SECONDS = 1.0
READABLE = ("object", "expression", "list")
"""The kinds of fields that a property may refer to."""


def judge(field: Field, given: Given, fields: Mapping[str, Field], answers: Mapping[str, Given]) -> Reply:
    """Judge an object by its properties, in their order; the first that fails is told. Raises `QuestionError`.

    `fields` and `answers` are those of the whole question: a property may refer to another field.
    The parts of the reply are the properties by their ids.
    """
    entries = _entries(field)
    try:
        thing = read_thing(field, given)
    except InvalidError as error:
        return error.reply
    reading = to_tex(thing.node)
    if _has_no_value(thing.value):
        return Reply("invalid", "value.undefined", "This expression has no value.", reading=reading)
    context, parts = Context.of(field), {}
    for entry in entries:
        subject = Subject(
            thing=thing,
            name=field.id,
            arguments=entry,
            domains=context.domains,
            vocabulary=_vocabulary(context.vocabulary, entry),
            scope=scope_of(context.domains),
            field=_finder(fields, answers),
            field_names=tuple(name for name, other in fields.items() if other.kind in READABLE and "-" not in name),
        )
        try:
            parts[str(entry["id"])] = _reply(_tested(subject), str(entry["id"]))
        except WrongSortError as error:
            return Reply("invalid", f"type.{error.sort}", str(error), reading=reading)
        if parts[str(entry["id"])].verdict == "incorrect":
            break
    return replace(_whole(parts), reading=reading, parts=parts)


def _entries(field: Field) -> list[dict[str, Any]]:
    given = field.options.get("properties")
    entries = [entry for entry in given if isinstance(entry, dict) and isinstance(entry.get("id"), str)] if isinstance(given, list) else []
    if not entries or len(entries) != len(given or ()):
        raise QuestionError("This question names no properties.")
    for entry in entries:
        fault = fault_in(entry)
        if fault is not None:
            raise QuestionError(f"The property “{entry['id']}” of this question cannot be used: {fault}.")
    return entries


def read_thing(field: Field, given: Given) -> Thing:
    """The object that an answer gives. A list of texts is the list of its entries. Raises `InvalidError`."""
    context = Context.of(field)
    if isinstance(given, str):
        node = read_answer(given, context, "list" if field.kind == "list" or _wants_a_list(field) else "expression")
    else:
        node = tree.Tuple(tuple(read_answer(entry, context, "expression") for entry in given))
    node = _without_labels(node, _never_labels(field, context.vocabulary))
    if isinstance(node, tree.Several):
        raise InvalidError(Reply("invalid", "type.list", "This asks for a single value or formula, but you gave several."))
    if sort_of(node) not in ("expression", "list"):
        raise InvalidError(wrong_sort("expression", sort_of(node)))
    try:
        value = _worked_out(build(node, scope_of(context.domains)))
    except BuildError as error:
        raise InvalidError(Reply("invalid", error.code, error.message)) from error
    inputs = field.options.get("inputs") or ()
    return Thing(node, value, tuple(str(name) for name in inputs))


_OF_LISTS = ("rank", "shape", "length", "entries", "total", "annihilates")
_OF_MATRICES_OR_KERNELS = ("symmetric", "psd", "positive-definite")


def _wants_a_list(field: Field) -> bool:
    """Whether a property is one of lists or matrices only, whose outer brackets may then be left out."""
    return any(
        entry.get("property") in _OF_LISTS
        or (entry.get("property") in _OF_MATRICES_OR_KERNELS and "variables" not in entry)
        or (entry.get("property") == "orthogonal" and ("vector" in entry or "over" not in entry))
        for entry in field.options.get("properties") or ()
        if isinstance(entry, Mapping)
    )


def _never_labels(field: Field, known: Vocabulary) -> frozenset[str]:
    """The names that are no labels in front of a value: what it depends on, and what its properties speak of."""
    if field.kind != "object":
        return known.names
    texts = [str(field.options.get("inputs") or "")]
    texts += [str(value) for entry in field.options.get("properties") or () if isinstance(entry, Mapping) for value in entry.values()]
    return known.names & {canonical_name(name) for text in texts for name in _NAME.findall(text)}


_NAME = re.compile(r"[^\W\d]\w*")


def _without_labels(node: tree.Node, declared: frozenset[str]) -> tree.Node:
    """The object without its label, and where it is a list, without those of its entries."""
    node = without_label(node, declared)
    if isinstance(node, tree.Tuple):
        return replace(node, entries=tuple(without_label(entry, declared) for entry in node.entries))
    return node


def _worked_out(value: Any) -> Any:
    """The value with its integrals, sums and limits in closed form, where they have one."""
    if not value.has(sympy.Integral, sympy.Sum, sympy.Product, sympy.Limit):
        return value
    done = attempt(value.doit, WORK_SECONDS)
    return value if done is None else done


def _vocabulary(known: Vocabulary, entry: Mapping[str, Any]) -> Vocabulary:
    """The names that a property's arguments may use: the question's, and the variables that the property itself names."""
    own = [str(name) for argument in ("variable", "index", "as") if argument in entry for name in str(entry[argument]).split(",")]
    own += [str(name) for name in entry.get("variables", ())]
    return replace(known, symbols=known.symbols | {canonical_name(name) for name in own})


def _has_no_value(value: Any) -> bool:
    return bool(value.has(sympy.nan, sympy.zoo))


def _finder(fields: Mapping[str, Field], answers: Mapping[str, Given]) -> Callable[[str], Thing]:
    def find(name: str) -> Thing:
        other = fields.get(name)
        if other is None or other.kind not in READABLE:
            raise QuestionError(f"There is no field “{name}” of this question that a property can refer to.")
        given = answers.get(name, "")
        if not given or (isinstance(given, str) and not given.strip()):
            raise NotDecidedError("This depends on another field, which has no answer yet.")
        try:
            thing = read_thing(other, given)
        except InvalidError as error:
            raise NotDecidedError("This depends on another field, whose answer cannot be read.") from error
        if _has_no_value(thing.value):
            raise NotDecidedError("This depends on another field, whose answer has no value.")
        return thing

    return find


_FAILURES = (ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError, sympy.PolynomialError)
"""How SymPy fails on what it cannot handle. No failure is ever a property that holds."""


def _tested(subject: Subject) -> Finding:
    """The outcome for one property, or for its opposite."""
    try:
        if not all(map(is_tame, subject.entries())):
            raise NotDecidedError("The powers in this are too large to work with.")
        finding = TESTS[subject.word("property")](subject)
    except (QuestionError, WrongSortError):
        raise
    except NotDecidedError as error:
        finding = undecided(str(error))
    except _FAILURES:
        finding = undecided("I could not work this out.")
    return opposite(finding) if subject.arguments.get("holds") == "no" else finding


def _reply(finding: Finding, name: str) -> Reply:
    if finding.state == "holds":
        how = (
            "proved"
            if finding.certainty == "proved"
            else f"tested at {finding.points} points"
            if finding.points > 1
            else "tested numerically"
        )
        return Reply("correct", "equal", f"It holds ({how}).", certainty=finding.certainty)
    if finding.state == "fails":
        return Reply(
            "incorrect", f"property.{name}", finding.message, certainty=finding.certainty, counterexample=dict(finding.where) or None
        )
    message = f"{finding.message} So I could not decide whether this is right. It does not count against you."
    return Reply("undecided", "undecided.property", message)


def _whole(parts: Mapping[str, Reply]) -> Reply:
    for verdict in ("incorrect", "undecided"):
        for part in parts.values():
            if part.verdict == verdict:
                return part
    loose = [name for name, part in parts.items() if part.certainty == "tested"]
    if not loose:
        return Reply("correct", "equal", "Correct: every property is proved.", certainty="proved")
    told = "; ".join(f"“{name}” was {parts[name].message.removeprefix('It holds (').removesuffix(').')}" for name in loose)
    rest = ", the rest is proved" if len(loose) < len(parts) else ""
    return Reply("correct", "equal", f"Correct: {told}{rest}.", certainty="tested")
