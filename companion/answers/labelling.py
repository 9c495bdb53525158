"""Labels in the tokens of a text: the `y` of `y = 3x`, the `f'(t)` of `f'(t) = 3t^2`, the `(p, q)` of `(p, q) = (1, 2)`.

Where a value is asked for, its name may stand in front of it. The name is the learner's own, so it need not be declared.
"""

from __future__ import annotations

from companion.answers.tokens import Token
from companion.answers.tree import Apply, Derivative, Logic, Node, Relation, Several, Symbol, Tuple


def label_heads(tokens: list[Token]) -> dict[int, int]:
    """For each name that is a label, or part of one: where it begins in the text, and how many arguments it has."""
    heads: dict[int, int] = {}
    if not any(token.text == "=" for token in tokens):
        return heads
    for at in range(len(tokens) - 1):
        if _may_begin_a_value(tokens, at):
            found: dict[int, int] = {}
            end = _quantities(tokens, at, found)
            if end is not None and tokens[end].is_op("="):
                heads.update(found)
    return heads


def unlabelled(tree: Node) -> list[Node]:
    """The parts of a tree that are no labels."""
    if isinstance(tree, Relation) and set(tree.signs) == {"="} and is_label(tree.operands[0]):
        return list(tree.operands[1:])
    if isinstance(tree, Several):
        return [part for value in tree.values for part in unlabelled(value)]
    if isinstance(tree, Tuple):
        return [part for entry in tree.entries for part in unlabelled(entry)]
    if isinstance(tree, Logic) and tree.connective in ("and", "or"):
        return [part for operand in tree.operands for part in unlabelled(operand)]
    return [tree]


def is_label(node: Node) -> bool:
    """Whether a tree names a quantity: `y`, `f(t)`, `(p, q)`, `dy/dt`."""
    if isinstance(node, Derivative):
        return isinstance(node.body, Symbol | Apply)
    if isinstance(node, Tuple):
        return all(isinstance(entry, Symbol) for entry in node.entries)
    return isinstance(node, Symbol | Apply)


def _may_begin_a_value(tokens: list[Token], at: int) -> bool:
    if at == 0:
        return True
    before = tokens[at - 1]
    return before.is_op(",", ";", "=") or before.kind == "open" or (before.kind in ("word", "text") and before.text in ("and", "or"))


def _quantities(tokens: list[Token], at: int, found: dict[int, int]) -> int | None:
    """The place after a name, or after a bracket with names; `None` if there is neither."""
    if not (tokens[at].kind == "open" and tokens[at].text == "("):
        return _quantity(tokens, at, found)
    end: int | None = at
    while end is not None and (tokens[end].text == "(" if end == at else tokens[end].is_op(",")):
        end = _quantity(tokens, end + 1, found)
    return end + 1 if end is not None and tokens[end].text == ")" else None


def _quantity(tokens: list[Token], at: int, found: dict[int, int]) -> int | None:
    """The place after a name with its index, its primes and its arguments."""
    if tokens[at].kind not in ("word", "letter"):
        return None
    head, name, arguments = tokens[at].span[0], tokens[at].text, 0
    at += 1
    if tokens[at].kind == "number" and not tokens[at].spaced:
        at += 1
    elif tokens[at].is_op("_"):
        at = _after_index(tokens, at + 1)
    while tokens[at].is_op("'"):
        at += 1
    if tokens[at].kind == "open" and tokens[at].text == "(":
        arguments, at = 1, at + 1
        while tokens[at].kind in ("word", "letter", "number") or tokens[at].is_op(",", "-"):
            if tokens[at].text == name:
                return None  # x(x-1) is a product
            arguments += tokens[at].is_op(",")
            at += 1
        if tokens[at].text != ")":
            return None
        at += 1
    found[head] = arguments
    return at


def _after_index(tokens: list[Token], at: int) -> int:
    if tokens[at].kind == "open":
        while tokens[at].kind not in ("close", "stop"):
            at += 1
    return min(at + 1, len(tokens) - 1)
