"""How a line of a derivation may begin: with a relation sign that continues the line before, or with an arrow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Sign = Literal["=", "<", "<=", ">", ">="]
Arrow = Literal["implies", "iff"]

_ARROWS: Final[Mapping[str, Arrow]] = {
    **dict.fromkeys(("<==>", "<=>", "⇔", "⟺", "\\iff", "\\Leftrightarrow", "iff"), "iff"),
    **dict.fromkeys(("==>", "=>", "⇒", "⟹", "\\implies", "\\Rightarrow", "implies"), "implies"),
}
_SIGNS: Final[Mapping[str, Sign]] = {
    **dict.fromkeys(("\\leq", "\\le", "\\leqslant", "<=", "≤", "⩽"), "<="),
    **dict.fromkeys(("\\geq", "\\ge", "\\geqslant", ">=", "≥", "⩾"), ">="),
    **dict.fromkeys(("==", "="), "="),
    **dict.fromkeys(("<", "\\lt"), "<"),
    **dict.fromkeys((">", "\\gt"), ">"),
}
TEX: Final[Mapping[str, str]] = {
    "=": "= ",
    "<": "< ",
    "<=": "\\le ",
    ">": "> ",
    ">=": "\\ge ",
    "implies": "\\Rightarrow ",
    "iff": "\\Leftrightarrow ",
}
"""Each sign and each arrow as TeX, to stand before the line's own."""


def _pattern(words: Mapping[str, object]) -> str:
    """A pattern for one of the words, longest first; one that ends in a letter must not go on with another."""
    return "|".join(re.escape(word) + ("(?![A-Za-z])" if word[-1].isalpha() else "") for word in sorted(words, key=len, reverse=True))


_BEGINNING = re.compile(rf"[\s&]*(?:(?P<arrow>{_pattern(_ARROWS)})|(?P<sign>{_pattern(_SIGNS)}))?[\s&]*")


def split_line(text: str) -> tuple[Sign | None, Arrow | None, int]:
    """The sign or the arrow with which a line begins, if it has one, and where what follows it begins."""
    found = _BEGINNING.match(text)
    if found is None:
        return None, None, 0
    return _SIGNS.get(found["sign"] or ""), _ARROWS.get(found["arrow"] or ""), found.end()
