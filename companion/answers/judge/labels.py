"""Names in front of a value: `x = 11` where 11 is asked for.

A field that asks for a value is often answered with its name; the name says nothing about the value, and does not count. It is taken
for a label only when it occurs nowhere else in answer and key, so that no equation is ever taken for a value.
"""

from __future__ import annotations

from companion.answers import tree
from companion.answers.judge.context import sort_of


def without_labels(answer: tree.Node, key: tree.Node) -> tuple[tree.Node, tree.Node]:
    """Answer and key without the labels of their values, where one has a label and the other is a value, or both have the same."""
    own, right = _labelled(answer), _labelled(key)
    if own and right and own[0] == right[0] and sort_of(own[1]) == sort_of(right[1]) != "expression":
        return own[1], right[1]
    if own and sort_of(own[1]) == sort_of(key) and not _labels(own[0]) & _names(key):
        return own[1], key
    if right and sort_of(right[1]) == sort_of(answer) and not _labels(right[0]) & _names(answer):
        return answer, right[1]
    return answer, key


def _labelled(node: tree.Node) -> tuple[tree.Node, tree.Node] | None:
    """The label and the value of an equation `name = value`, `f(x) = value` or `(p, q) = (3, 2)`."""
    if not isinstance(node, tree.Relation) or node.signs != ("=",):
        return None
    label, value = node.operands
    names = _labels(label)
    return (label, value) if names and not names & _names(value) else None


def _labels(node: tree.Node) -> set[str]:
    """The names that a label gives to a value; empty for what is no label."""
    if isinstance(node, tree.Symbol):
        return {node.name}
    if isinstance(node, tree.Apply):
        return {node.function}
    if isinstance(node, tree.Tuple) and all(isinstance(entry, tree.Symbol) for entry in node.entries):
        return _names(node)
    return set()


def _names(node: tree.Node) -> set[str]:
    symbols = {part.name for part in tree.walk(node) if isinstance(part, tree.Symbol)}
    return symbols | {part.function for part in tree.walk(node) if isinstance(part, tree.Apply)}
