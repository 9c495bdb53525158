"""Fields that ask for a list: tuples, vectors, matrices, pairs. They are compared entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import sympy

from companion.answers import tree
from companion.answers.judge.build import Scope, as_matrix, build
from companion.answers.judge.context import Context, InvalidError, read_answer, read_key, sort_of, wrong_sort
from companion.answers.judge.domains import QuestionError
from companion.answers.judge.equivalence import compare
from companion.answers.judge.kinds.anything import Matching, judge_nodes, match
from companion.answers.judge.kinds.expression import reply_to
from companion.answers.judge.labels import given_names, labelled, names_in, without_labels
from companion.answers.judge.limits import BuildError
from companion.answers.judge.showing import expression_tex
from companion.answers.printing import to_tex
from companion.answers.protocol import Field, Given, Reply

Entry: TypeAlias = "tree.Node | sympy.Expr"
Rows: TypeAlias = list[list[Entry]]


def judge(field: Field, given: Given) -> Reply:
    """Judge the answer to a field of this kind; a list of texts is the list of its entries. Raises `QuestionError`."""
    context = Context.of(field)
    try:
        answer = _read_given(given, context)
    except InvalidError as error:
        return error.reply
    if isinstance(field.expected, list):
        key: tree.Node = tree.Tuple(tuple(read_key(entry, context, "expression") for entry in field.expected))
    else:
        key = read_key(field.expected, context, "list")
    return replace(judge_list(answer, key, context), reading=to_tex(answer))


def _read_given(given: Given, context: Context) -> tree.Node:
    if isinstance(given, str):
        return read_answer(given, context, "list")
    return tree.Tuple(tuple(read_answer(entry, context, "expression") for entry in given))


def judge_list(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare two lists, vectors or matrices given by trees."""
    if (entries := _named_entries(answer)) is not None:
        return _judge_named(entries, key, context)
    answer, key = without_labels(answer, key)
    if sort_of(answer) != "list":
        return wrong_sort("list", sort_of(answer))
    answer = (as_matrix(answer) if not isinstance(key, tree.Tuple) else None) or answer
    key = (as_matrix(key) if not isinstance(answer, tree.Tuple) else None) or key
    scope = context.scope()
    try:
        own = _rows(answer, scope)
    except BuildError as error:
        return Reply("invalid", error.code, error.message)
    try:
        right = _rows(key, scope)
    except BuildError as error:
        raise QuestionError(f"The key of this question cannot be used: {error.message}") from error
    own, right = _flattened(own, answer, key), _flattened(right, key, answer)
    if (fault := _shape_fault(own, right)) is not None:
        return fault
    reply = _compare_entries(own, right, scope, context)
    if reply.code == "list.entry" and len(own) > 1 and len(own) == len(own[0]):
        turned = [list(row) for row in zip(*own, strict=True)]
        if _compare_entries(turned, right, scope, context).verdict == "correct":
            return replace(reply, code="list.transposed", message="This is the transpose of the matrix that is asked for.")
    return reply


def _named_entries(node: tree.Node) -> dict[tree.Node, tree.Node] | None:
    """The entries of a list `(a = 4, b = 5)` by their names; `None` where not every entry has a name of its own."""
    if not isinstance(node, tree.Tuple):
        return None
    named = {each.label: each.value for each in labelled(node.entries) if each.label is not None}
    return named if len(named) == len(node.entries) else None


def _judge_named(entries: dict[tree.Node, tree.Node], key: tree.Node, context: Context) -> Reply:
    """Judge a list whose entries have names: by the names of the key if it has any, else in order if the order is right."""
    names, value = _named_key(key)
    if names is not None:
        if set(names) != set(entries):
            listed = ", ".join(expression_tex(name) for name in names)
            return Reply("invalid", "values.names", f"The names of the entries should be {listed}.")
        return judge_list(tree.Tuple(tuple(entries[name] for name in names)), value, context)
    if any(given_names(name) & names_in(key) for name in entries):
        return Reply("invalid", "type.relation", "Type only the entries, without names.")
    values = tuple(entries.values())
    reply = judge_list(tree.Tuple(values), key, context)
    if reply.verdict == "incorrect" and isinstance(key, tree.Tuple) and len(values) == len(key.entries):
        in_any_order = match(values, key.entries, context)
        if in_any_order == Matching(certainty=in_any_order.certainty):
            return Reply("invalid", "values.names", "Give the entries in the order that is asked for, without names.")
    return reply


def _named_key(key: tree.Node) -> tuple[Sequence[tree.Node] | None, tree.Node]:
    """The names that a key has for its entries, as in `(p, q) = (3, 2)` or `(p = 3, q = 2)`, and the list itself."""
    if (entries := _named_entries(key)) is not None:
        return list(entries), tree.Tuple(tuple(entries.values()))
    if isinstance(key, tree.Relation) and len(key.operands) == 2 and isinstance(key.operands[0], tree.Tuple):
        return key.operands[0].entries, key.operands[1]
    return None, key


def _rows(node: tree.Node, scope: Scope) -> Rows:
    """The entries in rows; a tuple is one row. Matrix arithmetic is carried out."""
    if isinstance(node, tree.Tuple):
        return [list(node.entries)]
    if isinstance(node, tree.Matrix):
        return [list(row) for row in node.rows]
    value = build(node, scope)
    if not isinstance(value, sympy.MatrixBase):
        raise BuildError("type.expression", "A list, a vector or a matrix is asked for here.")
    rows = [list(value.row(place)) for place in range(value.rows)]
    return [[row[0] for row in rows]] if value.cols == 1 and not any(isinstance(part, tree.Matrix) for part in tree.walk(node)) else rows


def _flattened(rows: Rows, node: tree.Node, other: tree.Node) -> Rows:
    """A single column as one row, where the other side is a plain list: vectors are typed either way."""
    plain = any(isinstance(side, tree.Tuple) for side in (node, other))
    return [[row[0] for row in rows]] if plain and len(rows) > 1 and all(len(row) == 1 for row in rows) else rows


def _shape_fault(own: Rows, right: Rows) -> Reply | None:
    if len(own) == 1 and len(right) == 1:
        if len(own[0]) != len(right[0]):
            message = f"Your list has {_counted(len(own[0]), 'entry', 'entries')}; another number is right."
            return Reply("incorrect", "list.length", message, counterexample={"length": str(len(own[0]))})
        return None
    if len(own) != len(right) or len(own[0]) != len(right[0]):
        message = f"Your answer has the shape ${len(own)}\\times {len(own[0])}$; another shape is right."
        return Reply("incorrect", "list.shape", message, counterexample={"shape": f"{len(own)},{len(own[0])}"})
    return None


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _compare_entries(own: Rows, right: Rows, scope: Scope, context: Context) -> Reply:
    certainty = "proved"
    doubtful: Reply | None = None
    for index, name, left, key in _pairs(own, right):
        reply = _compare_entry(left, key, scope, context)
        if reply.code == "different.sort":
            return replace(reply, verdict="invalid", code="type.entry", message=f"{name}: {reply.message}")
        if reply.verdict == "incorrect":
            where = {"entry": index, **(reply.counterexample or {})}
            fault = f"{name} has the wrong sign." if reply.code == "different.sign" else f"{name} is wrong. {reply.message}"
            return replace(reply, code="list.entry", message=fault, counterexample=where)
        if reply.verdict != "correct":
            doubtful = doubtful or replace(reply, message=f"{name}: {reply.message}")
        elif reply.certainty == "tested":
            certainty = "tested"
    return doubtful or Reply("correct", "equal", "Correct.", certainty="proved" if certainty == "proved" else "tested")


def _pairs(own: Rows, right: Rows) -> Iterator[tuple[str, str, Entry, Entry]]:
    for row, (left, key) in enumerate(zip(own, right, strict=True), start=1):
        for column, (mine, its) in enumerate(zip(left, key, strict=True), start=1):
            if len(own) == 1:
                yield str(column), f"Entry {column}", mine, its
            else:
                yield f"{row},{column}", f"The entry in row {row}, column {column}", mine, its


def _compare_entry(left: Entry, key: Entry, scope: Scope, context: Context) -> Reply:
    if isinstance(left, tree.Node) and isinstance(key, tree.Node):
        return judge_nodes(left, key, context)
    try:
        sides: list[Any] = [build(side, scope) if isinstance(side, tree.Node) else side for side in (left, key)]
    except BuildError as error:
        return Reply("invalid", error.code, error.message)
    return reply_to(compare(sides[0], sides[1], context.domains, str(key), context.tolerance))
