"""Rebuilding trees: a tree is frozen, so that a change is a new tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final

from companion.answers.tree import Node, children

MAX_TREE_DEPTH: Final = 100
"""How many nodes may stand below each other, so that everybody may recurse over a tree."""


def depth(node: Node) -> int:
    """How many nodes stand below each other at most; needs no recursion."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(current))
    return deepest


def with_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` applied to every node directly below it; the same node if nothing changes."""
    changed: dict[str, Any] = {}
    for part in fields(node):
        value = getattr(node, part.name)
        if part.name != "span" and isinstance(value, Node | tuple):
            new = _changed(value, change)
            if new is not value:
                changed[part.name] = new
    return replace(node, **changed) if changed else node


def _changed(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        items = tuple(_changed(item, change) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def replace_leaf(node: Node, old: Node, new: Node) -> Node:
    """The tree with every node that equals `old` replaced by `new`."""
    if node == old:
        return new
    return with_children(node, lambda child: replace_leaf(child, old, new))
