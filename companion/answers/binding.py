"""How tightly the operators bind, from loose to tight."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Binding(IntEnum):
    """Levels of the grammar; an operand of a level is made of what binds tighter."""

    NOTHING = 0
    IFF = 1
    IMPLIES = 2
    OR = 3
    AND = 4
    NOT = 5
    RELATION = 8
    IF = 9
    UNION = 10
    INTERSECTION = 11
    RATIO = 15
    SUM = 20
    PRODUCT = 30
    POWER = 40
    POSTFIX = 50


BINDING: Final[dict[str, Binding]] = {
    "iff": Binding.IFF,
    "implies": Binding.IMPLIES,
    "or": Binding.OR,
    **dict.fromkeys(("and", "&"), Binding.AND),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "in", "notin"), Binding.RELATION),
    "if": Binding.IF,
    **dict.fromkeys(("union", "setminus"), Binding.UNION),
    "intersection": Binding.INTERSECTION,
    ":": Binding.RATIO,
    **dict.fromkeys(("+", "-", "+-"), Binding.SUM),
    **dict.fromkeys(("*", "/", "gap"), Binding.PRODUCT),
    "^": Binding.POWER,
    **dict.fromkeys(("!", "%", "degree", "'"), Binding.POSTFIX),
}
"""The level of each infix and postfix operator."""
