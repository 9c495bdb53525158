"""The values that `±` stands for."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from companion.answers import tree


def alternatives(node: tree.Node) -> tuple[tree.Node, ...]:
    """The trees that a tree with `±` stands for: all upper signs, then all lower signs. A tree without `±` stands for itself."""
    if not any(isinstance(part, tree.PlusMinus) for part in tree.walk(node)):
        return (node,)
    return _signed(node, True), _signed(node, False)


def _signed(node: Any, upper: bool) -> Any:
    if isinstance(node, tuple):
        return tuple(_signed(part, upper) for part in node)
    if isinstance(node, tree.PlusMinus):
        operand = _signed(node.operand, upper)
        return operand if upper else tree.Negative(operand, span=node.span)
    if not isinstance(node, tree.Node):
        return node
    return replace(node, **{part.name: _signed(getattr(node, part.name), upper) for part in fields(node) if part.name != "span"})
