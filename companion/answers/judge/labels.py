"""Names in front of values: `x = 11` where 11 is asked for, `p = 3, q = 2` where two numbers are.

A field that asks for a value is often answered with its name; the name says nothing about the value, and does not count. It is taken
for a label only when it occurs nowhere else in answer and key, so that no equation is ever taken for a value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from companion.answers import tree
from companion.answers.judge.context import sort_of
from companion.answers.labelling import is_label

_EQUALS: Final[tree.RelationSign] = "="


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with the name it has been given, if any."""

    label: tree.Node | None
    value: tree.Node


def without_labels(answer: tree.Node, key: tree.Node) -> tuple[tree.Node, tree.Node]:
    """Answer and key without the labels of their values, where one has a label and the other is a value, or both have the same."""
    own, right = _labelled(answer), _labelled(key)
    if own and right and own[0] == right[0] and (sort_of(own[1]) == sort_of(right[1]) != "expression" or len(_sides(answer)) > 2):
        return own[1], right[1]
    if own and sort_of(own[1]) == sort_of(key) and not given_names(own[0]) & names_in(key):
        return own[1], key
    if own and isinstance(own[1], tree.Relation) and sort_of(key) == "expression" and not given_names(own[0]) & names_in(key):
        return own[1], key
    if right and sort_of(right[1]) == sort_of(answer) and not given_names(right[0]) & names_in(answer):
        return answer, right[1]
    quantity = _quantity(key)
    if quantity and sort_of(quantity[1]) == sort_of(answer) and not names_in(quantity[0]) & names_in(answer):
        return answer, quantity[1]
    return answer, key


def without_label(answer: tree.Node, declared: Collection[str]) -> tree.Node:
    """The value of an answer `f(x) = value` where there is no key to look at and f is not declared; any other answer as it is."""
    pair = _labelled(answer)
    if pair is None or given_names(pair[0]) & set(declared) or sort_of(pair[1]) not in ("expression", "list"):
        return answer
    return pair[1]


def labelled(nodes: Iterable[tree.Node]) -> list[Labelled]:
    """Each value with its label; a value without one shares that of the value before: in `x = 1, 2, y = 3` the 2 is an `x` too.
    `(p, q) = (3, 2)` gives two values their names.

    Where a label occurs in some value, what looks like labelled values is a system of equations, and nothing has a label.
    """
    given = list(nodes)
    found: list[Labelled] = []
    for node in given:
        pair = _labelled(node)
        if pair is None:
            found.append(Labelled(found[-1].label if found else None, node))
        elif isinstance(pair[0], tree.Tuple) and isinstance(pair[1], tree.Tuple) and len(pair[0].entries) == len(pair[1].entries):
            found += map(Labelled, pair[0].entries, pair[1].entries)
        else:
            found.append(Labelled(*pair))
    used = set().union(*(given_names(each.label) for each in found if each.label is not None))
    if any(used & names_in(each.value) for each in found):
        return [Labelled(None, node) for node in given]
    return found


def given_names(label: tree.Node) -> set[str]:
    """The names that a label gives to a value: of `f(x)` only `f`."""
    if isinstance(label, tree.Apply):
        return {label.function}
    if isinstance(label, tree.Derivative):
        return given_names(label.body)
    return names_in(label)


def names_in(node: tree.Node) -> set[str]:
    """The names of symbols and functions in a tree."""
    symbols = {part.name for part in tree.walk(node) if isinstance(part, tree.Symbol)}
    return symbols | {part.function for part in tree.walk(node) if isinstance(part, tree.Apply)}


def _sides(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.operands if isinstance(node, tree.Relation) and set(node.signs) == {"="} else ()


def _labelled(node: tree.Node) -> tuple[tree.Node, tree.Node] | None:
    """The label and the value of an equation `name = value`, `f(x) = value` or `(p, q) = (3, 2)`; the value may be a chain `3 = 6/2`."""
    sides = _sides(node)
    if not sides or not is_label(sides[0]):
        return None
    label, *values = sides
    if given_names(label) & set().union(*map(names_in, values)):
        return None
    if len(values) == 1:
        return label, values[0]
    return label, tree.Relation(tuple(values), tuple(_EQUALS for _ in values[1:]), span=node.span)


def _quantity(node: tree.Node) -> tuple[tree.Node, tree.Node] | None:
    """The two sides of a key `|AB| = value` or `a:b = value`, whose left side is made of names alone and none of the value's."""
    sides = _sides(node)
    if len(sides) != 2:
        return None
    quantity, value = sides
    is_size = isinstance(quantity, tree.Call) and quantity.function in ("abs", "norm")
    if not (is_size or isinstance(quantity, tree.Quotient)) or not all(isinstance(part, tree.Symbol) for part in tree.children(quantity)):
        return None
    return None if names_in(quantity) & names_in(value) else (quantity, value)
