"""Glyph profiles: which characters a formula may be made of, and the style a node is laid out in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeAlias

from . import symbols
from .alphabets import (
    ALPHABET_START,
    ASCII_GLYPHS,
    COMBINING,
    COMMON_SUBSCRIPTS,
    COMMON_SUPERSCRIPTS,
    LETTERLIKE,
    SAFE_GLYPHS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)
from .boxes import Box
from .nodes import Node


class Profile(NamedTuple):
    """What a formula may be made of. `combining`: accents that may sit on their letter; the others go above it."""

    name: str
    superscripts: dict[str, str]
    subscripts: dict[str, str]
    combining: frozenset[str]
    ascii: bool = False


PROFILES = {
    "full": Profile("full", SUPERSCRIPTS, SUBSCRIPTS, frozenset(COMBINING) - {"underline"}),
    "safe": Profile("safe", COMMON_SUPERSCRIPTS, COMMON_SUBSCRIPTS, frozenset({"hat", "tilde", "bar", "dot", "ddot", "acute", "grave"})),
    "ascii": Profile("ascii", {"′": "'"}, {}, frozenset(), ascii=True),
}


class Style(NamedTuple):
    """How a node is laid out: in a display (limits above and below), as a script (no spaces), in one row if it can be, in a font."""

    profile: Profile
    display: bool = True
    linear: bool = False
    script: bool = False
    font: str = ""

    def as_text(self) -> Style:
        """The style inside a fraction or a root: no longer a display."""
        return self._replace(display=False) if self.display else self

    def as_script(self) -> Style:
        """The style of a script: no spaces."""
        return self if self.script and not self.display else self._replace(display=False, script=True)

    def as_linear(self) -> Style:
        """In one row if it can be."""
        return self if self.linear and not self.display else self._replace(linear=True, display=False)

    def in_font(self, font: str) -> Style:
        """In another font or, for the style commands, in another style."""
        if font == "display":
            return self._replace(display=not self.linear)
        if font in ("text", "script-size"):
            return self.as_text()
        return self._replace(font="" if font == "italic" else font)


Lay: TypeAlias = Callable[[Node, Style], Box]
"""Lays out a node in a style: what the functions for one construction call for its parts."""


@cache
def _ascii_names() -> dict[str, str]:
    """A name in ASCII for every glyph of the tables."""
    names: dict[str, str] = {}
    tables = symbols.LETTERS, symbols.ORDINARY, symbols.BINARY, symbols.RELATIONS, symbols.INNER, symbols.BIG_OPERATORS, symbols.INTEGRALS
    for table in tables:
        for name, glyph in table.items():
            names.setdefault(glyph, glyph if glyph.isascii() else name)
    for font, letters in LETTERLIKE.items():
        names.update((glyph, letter) for letter, glyph in letters.items() if font != "script" or glyph not in names)
    return names | ASCII_GLYPHS


def to_ascii(text: str) -> str:
    """`text` in ASCII: names for symbols, letters without their accents, `?` for what has neither."""
    if text.isascii():
        return text
    names = _ascii_names()
    if text in names:
        return names[text]
    return "".join(character if character.isascii() else names.get(character) or _without_marks(character) for character in text)


# Letters of names that Unicode does not take apart.
_STROKED = {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "ß": "ss", "Æ": "AE", "æ": "ae", "ı": "i"}


def _without_marks(character: str) -> str:
    import unicodedata

    plain = _STROKED.get(character) or "".join(part for part in unicodedata.normalize("NFKD", character) if part.isascii())
    return plain or ("" if unicodedata.combining(character) else "?")


def glyphs(text: str, style: Style) -> str:
    """`text` as the profile and the font of `style` write it."""
    if style.font in ALPHABET_START:
        text = "".join(_in_alphabet(character, style) for character in text)
    if style.profile.ascii:
        return to_ascii(text)
    if style.profile.name == "safe":
        return SAFE_GLYPHS.get(text, text)
    return text


def alphabet_mark(text: str, style: Style) -> str:
    """What tells a letter of a special alphabet from the plain one where the profile has no glyph for it: a modifier of its role."""
    if glyphs(text, style) != glyphs(text, style._replace(font="")) or not text.isalpha():
        return ""
    return ".bold" if style.font == "double" else ".emphasis"


def _in_alphabet(character: str, style: Style) -> str:
    special = LETTERLIKE[style.font].get(character)
    if special:
        return special
    if style.profile.name == "full" and character.isascii():
        upper, lower = ALPHABET_START[style.font]
        if character.isupper():
            return chr(upper + ord(character) - ord("A"))
        if character.islower():
            return chr(lower + ord(character) - ord("a"))
        if style.font == "double" and character.isdigit():
            return chr(0x1D7D8 + int(character))
    return character
