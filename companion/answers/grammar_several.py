"""Several answers side by side where a formula is expected: `2, 3`, `x = 2 or x = 3`, `2; 3`, `x = 2, y = 3`.

A comma separates values and never stands inside a number, so what could be one number with a comma is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from companion.answers.errors import ReadError
from companion.answers.grammar_trouble import DECIMAL_COMMA
from companion.answers.tree import Constant, Logic, Membership, Node, Relation, Several, Symbol, walk

if TYPE_CHECKING:
    from companion.answers.grammar import Parser

LABELLED: Final = ("expression", "list", "set")
"""Where a value is expected, which may be typed with its name in front, or after the `=` of the question."""

_BEFORE_THOUSANDS: Final = re.compile(r"[0-9]{1,3}")
_THOUSANDS: Final = re.compile(r"[0-9]{3}(\.[0-9]*)?")


def side_by_side(parser: Parser, first: Node) -> Several:
    """The values that a comma or a semicolon separates, of which the first has been read."""
    parser.has_several = True
    separator = parser.token.text
    values = [first]
    while parser.token.is_op(",", ";"):
        if parser.token.text != separator:
            raise parser.fail("comma", "Separate the values by commas only or by semicolons only, and write decimals with a point.")
        _refuse_thousands(parser)
        parser.take()
        parser.takes("and", "or")
        values.append(parser.expression())
    return Several(tuple(values), span=parser.since(first.span[0]))


def _refuse_thousands(parser: Parser) -> None:
    """`1,000` could be one number or two."""
    before, comma, after = parser.tokens[parser.at - 1], parser.token, parser.peek()
    if comma.spaced or after.spaced or not before.kind == after.kind == "number":
        return
    if _BEFORE_THOUSANDS.fullmatch(before.text) and _THOUSANDS.fullmatch(after.text):
        raise parser.fail("comma", f"{DECIMAL_COMMA} Put a space after a comma between two values.", (before.span[0], after.span[1]))


def gathered(tree: Node) -> Node:
    """A tree read where a formula is expected, with its answers side by side gathered at the root.

    `1 or 2` and `x = 1 or 2` are several values; `x < 1 or x > 2` and `p or q` are statements and stay what they are.
    Raises ReadError where several values stand inside a formula.
    """
    values = list(_members(tree, inside=False))
    for value in values:
        misplaced = next((part for part in walk(value) if isinstance(part, Several)), None)
        if misplaced is not None:
            raise ReadError("read.comma", "Several values cannot stand inside a formula.", misplaced.span)
    return values[0] if len(values) == 1 else Several(tuple(values), span=tree.span)


def _members(node: Node, *, inside: bool) -> Iterator[Node]:
    """The values that a tree consists of; `inside` others, `and` and `or` join values whatever these are."""
    parts: tuple[Node, ...]
    if isinstance(node, Several):
        parts = node.values
    elif isinstance(node, Logic) and node.connective in ("and", "or") and (inside or not _is_statement(node)):
        parts = node.operands
    elif isinstance(node, Relation) and node.signs == ("=",) and isinstance(several := node.operands[1], Several):
        label, (first, *others) = node.operands[0], several.values
        parts = (Relation((label, first), ("=",), span=(node.span[0], first.span[1])), *others)
    else:
        yield node
        return
    for part in parts:
        yield from _members(part, inside=True)


def _is_statement(node: Node) -> bool:
    if isinstance(node, Logic):
        return all(map(_is_statement, node.operands))
    return isinstance(node, Relation | Membership | Symbol) or node in (Constant("true"), Constant("false"))
