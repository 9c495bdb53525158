"""What is known about a field while an answer to it is judged."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from companion.answers import tree
from companion.answers.errors import ReadError
from companion.answers.judge.build import Scope, scalar
from companion.answers.judge.domains import Domains, QuestionError
from companion.answers.judge.limits import BuildError
from companion.answers.judge.sight import Tolerance
from companion.answers.protocol import Field, Given, Kind, Reply
from companion.answers.reader import Vocabulary, read


class InvalidError(ValueError):
    """The answer cannot be judged for what it is; carries the reply that says so."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.message)
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Context:
    """The options of a field, understood."""

    options: dict[str, Any]
    vocabulary: Vocabulary
    domains: Domains
    tolerance: Tolerance | None

    @classmethod
    def of(cls, field: Field) -> Context:
        """The context of a field. Raises `QuestionError` when its options cannot be understood."""
        try:
            tolerance = Tolerance(float(field.options.get("rtol") or 0), float(field.options.get("atol") or 0))
        except (TypeError, ValueError) as error:
            raise QuestionError("The tolerance of this question is not a number.") from error
        return cls(
            options=field.options,
            vocabulary=Vocabulary.of(field.options),
            domains=Domains.of(field.options),
            tolerance=tolerance if tolerance.relative or tolerance.absolute else None,
        )

    def seed(self, key: tree.Node) -> str:
        """The seed of everything random in a comparison with this key. Answers do not enter: all meet the same points."""
        return repr(key)

    def scope(self, *, real_roots: bool = False) -> Scope:
        """A fresh scope with the declared symbols."""
        scope = self.domains.scope()
        scope.real_roots = real_roots
        return scope


def read_answer(text: Given, context: Context, expecting: Kind) -> tree.Node:
    """The tree of an answer; raises `InvalidError` with the reply for one that cannot be read."""
    if not isinstance(text, str):
        raise InvalidError(Reply("invalid", "type", "A single text is asked for here."))
    try:
        return read(text, context.vocabulary, expecting)
    except ReadError as error:
        raise InvalidError(Reply("invalid", error.code, error.message, position=error.position)) from error


def read_key(text: Given | None, context: Context, expecting: Kind) -> tree.Node:
    """The tree of a key; raises `QuestionError` when it cannot be read."""
    if not isinstance(text, str):
        raise QuestionError("The key of this question is not a text.")
    try:
        return read(text, context.vocabulary, expecting)
    except ReadError as error:
        raise QuestionError(f"The key of this question cannot be read: {error.message}") from error


def built_answer(node: tree.Node, scope: Scope) -> Any:
    """The SymPy expression of an answer; raises `InvalidError` when there is none."""
    try:
        return scalar(node, scope)
    except BuildError as error:
        raise InvalidError(Reply("invalid", error.code, error.message)) from error


def built_key(node: tree.Node, scope: Scope) -> Any:
    """The SymPy expression of a key; raises `QuestionError` when there is none."""
    try:
        return scalar(node, scope)
    except BuildError as error:
        raise QuestionError(f"The key of this question cannot be used: {error.message}") from error


_SORTS: dict[type[tree.Node], str] = {
    tree.Relation: "relation",
    tree.Membership: "relation",
    tree.Logic: "relation",
    tree.Interval: "set",
    tree.FiniteSet: "set",
    tree.SetBuilder: "set",
    tree.SetOperation: "set",
    tree.Tuple: "list",
    tree.Matrix: "list",
}

DESCRIPTIONS = {
    "expression": "a single value or formula",
    "relation": "an equation, an inequality or a statement",
    "set": "a set or an interval",
    "list": "a list, a vector or a matrix",
}


def sort_of(node: tree.Node) -> str:
    """What sort of thing a tree is: `expression`, `relation`, `set` or `list`."""
    if isinstance(node, tree.Constant):
        if node.name in ("true", "false"):
            return "relation"
        return "expression" if node.name in ("pi", "e", "i", "infinity") else "set"
    if isinstance(node, tree.Sum | tree.Product | tree.Negative | tree.Quotient | tree.Power | tree.Call):
        if isinstance(node, tree.Call) and node.function not in ("transpose", "inv"):
            return "expression"
        if any(sort_of(part) == "list" for part in tree.children(node)):
            return "expression" if isinstance(node, tree.Product) and _shape(node) == (1, 1) else "list"
    return _SORTS.get(type(node), "expression")


def _shape(node: tree.Node) -> tuple[int, int] | None:
    """How many rows and columns a tree has that is a vector, a matrix, or a product of such; `None` for anything else."""
    match node:
        case tree.Tuple():
            return len(node.entries), 1
        case tree.Matrix():
            return len(node.rows), len(node.rows[0])
        case tree.Call(function="transpose"):
            shape = _shape(node.arguments[0])
            return shape and (shape[1], shape[0])
        case tree.Negative():
            return _shape(node.operand)
        case tree.Product():
            shapes = [_shape(factor) for factor in node.factors if sort_of(factor) == "list"]
            known = [shape for shape in shapes if shape is not None]
            fits = all(left[1] == right[0] for left, right in itertools.pairwise(known))
            return (known[0][0], known[-1][1]) if known and len(known) == len(shapes) and fits else None
    return None


def wrong_sort(asked: str, given: str) -> Reply:
    """The reply to an answer of the wrong sort: invalid, because it is a slip of form, not of mathematics."""
    return Reply("invalid", f"type.{given}", f"This asks for {DESCRIPTIONS[asked]}, but you gave {DESCRIPTIONS[given]}.")
