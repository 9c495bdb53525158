"""Which brackets of a typed text belong together.

Round and square brackets pair with each other, since `[0, 1)` is an interval; braces pair only with braces.
"""

from __future__ import annotations

from dataclasses import dataclass

_CLOSES = {")": "([", "]": "([", "}": "{"}
_OPENS = "([{"


@dataclass(frozen=True, slots=True)
class Brackets:
    """The places of the brackets of a text: the partner of each, both ways, and those without a partner."""

    partners: dict[int, int]
    unmatched: tuple[int, ...]

    def at(self, cursor: int) -> tuple[int, int] | None:
        """The pair of which the cursor stands on one, or behind it; where both could be meant, the closing one behind which it stands."""
        behind, here = self.partners.get(cursor - 1), self.partners.get(cursor)
        if behind is not None and (behind < cursor - 1 or here is None):
            return cursor - 1, behind
        return (cursor, here) if here is not None else None


def match(text: str) -> Brackets:
    """Pair the brackets of a text. A closing bracket of the wrong sort pairs with none, and neither does what it fails to close."""
    partners: dict[int, int] = {}
    unmatched: list[int] = []
    waiting: list[int] = []
    for place, character in enumerate(text):
        if character in _OPENS:
            waiting.append(place)
        elif character in _CLOSES:
            if waiting and text[waiting[-1]] in _CLOSES[character]:
                opening = waiting.pop()
                partners[opening], partners[place] = place, opening
            else:
                unmatched.append(place)
    return Brackets(partners, tuple(sorted([*unmatched, *waiting])))
