"""A file that was read → its schema's model, or every problem with its line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from companion.answers.protocol import KINDS
from companion.curriculum.problems import Problem
from companion.curriculum.source import Place, Source, Tree

ModelT = TypeVar("ModelT", bound=BaseModel)


def validate(source: Source, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Check a tree against a model. Exactly one of the two results is there."""
    try:
        return model.model_validate(source.tree), []
    except ValidationError as error:
        found = [_problem(source, detail) for detail in error.errors(include_url=False, include_input=False)]
        return None, sorted(set(found))


def _problem(source: Source, detail: Any) -> Problem:
    place = _place_in(source.tree, detail["loc"])
    return source.problem(place, _message(detail, place, source.tree))


def _place_in(tree: Tree, loc: tuple[str | int, ...]) -> Place:
    """Where an error stands in the file: pydantic's location without the names of the union's members."""
    place: list[str | int] = []
    node: Tree | None = tree
    for index, step in enumerate(loc):
        is_last = index == len(loc) - 1
        if step == "[key]":
            continue
        if isinstance(node, dict) and isinstance(step, str):
            if step not in node and not is_last and step == node.get("kind"):
                continue
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            node = node[step]
        else:
            node = None
        place.append(step)
    return tuple(place)


def _message(detail: Any, place: Place, tree: Tree) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "content":
        return str(context["message"])
    if kind == "missing":
        return "expected this field, and it is missing"
    if kind == "extra_forbidden":
        return _unknown_field(str(place[-1]), place, tree)
    if kind in {"list_type", "tuple_type"}:
        return "expected a list"
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return "expected a mapping (key: value)"
    if kind == "too_short":
        return f"expected at least {context['min_length']} of these"
    if kind == "too_long":
        return f"expected at most {context['max_length']} of these"
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return f"expected `kind`, one of {', '.join(KINDS)}"
    return f"expected something else ({detail['msg']})"


def _unknown_field(name: str, place: Place, tree: Tree) -> str:
    similar = get_close_matches(name, _KNOWN_FIELDS - _keys_beside(place, tree), n=1)
    return f"unknown field `{name}`" + (f"; expected `{similar[0]}`, perhaps" if similar else "")


def _keys_beside(place: Place, tree: Tree) -> set[str]:
    node: Any = tree
    for step in place[:-1]:
        node = node[step]
    return set(node)


def _all_fields(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def _known_fields() -> set[str]:
    from companion.curriculum import schema

    models = [value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, BaseModel)]
    return set().union(*(_all_fields(model) for model in models))


_KNOWN_FIELDS = _known_fields()
