"""A formula as rows of segments, ready to be drawn: the one call that the other rooms make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from .boxes import Box, Segment, TooLargeError, merged, word
from .breaking import fitted, pieces
from .macros import Macro, MacroTable
from .nodes import Node
from .parser import parse
from .profiles import PROFILES, Style
from .symbols import TEXT

Mode: TypeAlias = Literal["display", "inline"]
ProfileName: TypeAlias = Literal["full", "safe", "ascii"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A formula laid out. Every row is `width` cells wide; `baseline` is the number of the row that aligns with text."""

    rows: tuple[tuple[Segment, ...], ...]
    baseline: int
    width: int
    source: str
    warnings: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The rows as plain text, without blanks at their ends."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self.rows)


def render(
    tex: str, mode: Mode = "display", width: int | None = None, profile: ProfileName = "full", macros: MacroTable | None = None
) -> Layout:
    """Lay out `tex`, without its dollar signs.

    `display` sets it in two dimensions; `inline` in one row where that is honest. With a `width` in cells it is broken
    into lines where it can be; what cannot be broken stays wider. Never raises for any text; what could not be read as
    meant is said in `warnings`.
    """
    return _render(tex, mode, width, profile, tuple(sorted(macros.items())) if macros else ())


def render_pieces(
    tex: str, width: int, profile: ProfileName = "full", macros: MacroTable | None = None
) -> tuple[Layout, ...]:
    """An inline formula in the parts between which a line of `width` cells may end. Their order is that of the formula."""
    node, warnings = parse(tex, macros)
    try:
        boxes = pieces(node, _style("inline", profile), width)
    except (TooLargeError, RecursionError):
        return (render(tex, "inline", None, profile, macros),)
    return tuple(_layout(box, tex, warnings) for box in boxes)


@lru_cache(maxsize=2048)
def _render(tex: str, mode: Mode, width: int | None, profile: ProfileName, macros: tuple[tuple[str, str | Macro], ...]) -> Layout:
    warnings: tuple[str, ...] = ()
    try:
        node, warnings = parse(tex, dict(macros))
        box = _fitted(node, mode, profile, width)
    except (TooLargeError, RecursionError):
        box = word("..." if profile == "ascii" else "…", TEXT)
        warnings += ("The formula is too large to be shown.",)
    return _layout(box, tex, warnings)


def _fitted(node: Node, mode: Mode, profile: ProfileName, width: int | None) -> Box:
    return fitted(node, _style(mode, profile), max(width, 1) if width is not None else None)


def _style(mode: Mode, profile: ProfileName) -> Style:
    return Style(PROFILES[profile], display=mode == "display", linear=mode == "inline")


def _layout(box: Box, tex: str, warnings: tuple[str, ...]) -> Layout:
    return Layout(tuple(merged(row) for row in box.rows), box.baseline, box.width, tex, warnings)
