"""How tightly the outermost operator of a tree binds: what both printers need to know where brackets belong."""

from __future__ import annotations

from typing import Final

from companion.answers.binding import Binding
from companion.answers.tree import (
    Bound,
    Call,
    Conditional,
    Derivative,
    Limit,
    Logic,
    Membership,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    SetOperation,
    Several,
    Sum,
)

ATOM: Final = 100

_LOGIC: Final = {"iff": Binding.IFF, "implies": Binding.IMPLIES, "or": Binding.OR, "and": Binding.AND, "not": Binding.NOT}
_LEVELS: Final[dict[type[Node], int]] = {
    Several: Binding.NOTHING,
    Relation: Binding.RELATION,
    Membership: Binding.RELATION,
    Conditional: Binding.IF,
    SetOperation: Binding.UNION,
    **dict.fromkeys((Sum, Negative, PlusMinus), Binding.SUM),
    **dict.fromkeys((Product, Quotient, Bound, Derivative, Limit), Binding.PRODUCT),
    Power: Binding.POWER,
}


def level(node: Node) -> int:
    """The binding of the outermost operator; `ATOM` for what needs no brackets anywhere."""
    if isinstance(node, Number):
        return Binding.SUM if node.value < 0 else ATOM if node.text or node.value.denominator == 1 else Binding.PRODUCT
    if isinstance(node, Logic):
        return _LOGIC[node.connective]
    if isinstance(node, Call):
        return Binding.POSTFIX if node.function == "factorial" else ATOM
    return _LEVELS.get(type(node), ATOM)


def sign_and_rest(node: Node) -> tuple[str, Node]:
    """A term of a sum as its sign (`+`, `-`, `±`) and what follows the sign."""
    if isinstance(node, Negative):
        return "-", node.operand
    if isinstance(node, PlusMinus):
        return "±", node.operand
    if isinstance(node, Number) and node.value < 0:
        return "-", Number(-node.value)
    return "+", node
