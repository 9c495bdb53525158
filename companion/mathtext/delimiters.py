"""Delimiters exactly as tall as what they hold."""

from __future__ import annotations

from .boxes import EMPTY, Box, beside, column, word
from .profiles import Style, glyphs
from .symbols import DELIMITER

# One row; then top, middle, bottom, extension. The middle stands for the brace's point.
_PIECES = {
    "(": "⎛⎜⎝⎜", ")": "⎞⎟⎠⎟", "[": "⎡⎢⎣⎢", "]": "⎤⎥⎦⎥", "{": "⎧⎨⎩⎪", "}": "⎫⎬⎭⎪", "|": "││││", "‖": "║║║║", "⌊": "⎢⎢⎣⎢", "⌋": "⎥⎥⎦⎥",
    "⌈": "⎡⎢⎢⎢", "⌉": "⎤⎥⎥⎥", "⟦": "╓║╙║", "⟧": "╖║╜║", "↑": "↑│││", "↓": "││↓│", "⇑": "⇑║║║", "⇓": "║║⇓║", "↕": "↑│↓│", "⎰": "⎰⎪⎭⎪",
    "⎱": "⎱⎪⎩⎪", "⌜": "⌜   ", "⌝": "⌝   ", "⌞": "  ⌞ ", "⌟": "  ⌟ ",
}
_ASCII_PIECES = {
    "(": "/|\\|", ")": "\\|/|", "[": "[[[[", "]": "]]]]", "{": "/<\\|", "}": "\\>/|", "|": "||||", "⌊": "||L|", "⌋": "||J|", "⌈": "r|||",
    "⌉": "7|||", "⟦": "[[[[", "⟧": "]]]]",
}
_ASCII_ROW = {
    "‖": "||", "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "⟦": "[[", "⟧": "]]", "∖": "\\", "⎰": "{", "⎱": "}",
}
_MAX_SLOPE = 4


def delimiter(glyph: str, above: int, below: int, ascii_only: bool = False) -> Box:
    """`glyph` with so many rows above and below the baseline; nothing for the empty delimiter."""
    if not glyph:
        return EMPTY
    height = above + 1 + below
    if height == 1:
        return word(_ASCII_ROW.get(glyph, glyph if glyph.isascii() else "|") if ascii_only else glyph, DELIMITER)
    if glyph in "⟨⟩/∖":
        return _slanted(glyph, height, above, ascii_only)
    if ascii_only and glyph == "‖":
        return column(["||"] * height, DELIMITER, above)
    top, middle, bottom, extension = list(_ASCII_PIECES.get(glyph, "||||") if ascii_only else _PIECES.get(glyph, glyph * 4))
    if height == 2 and glyph in "{}" and not ascii_only:
        return column("⎰⎱" if glyph == "{" else "⎱⎰", DELIMITER, above)
    lines = [top] + [extension] * (height - 2) + [bottom]
    if glyph in "{}" and height > 2:
        lines[min(max(above, 1), height - 2)] = middle
    return column(lines, DELIMITER, above)


def enclosed(left: str, body: Box, right: str, style: Style) -> Box:
    """`body` between two delimiters as tall as it."""
    ascii_only = style.profile.ascii
    if style.profile.name == "safe" and body.height == 1:
        left, right = glyphs(left, style), glyphs(right, style)
    sides = [delimiter(glyph, body.baseline, body.below, ascii_only) for glyph in (left, right)]
    return beside([sides[0], body, sides[1]])


def _slanted(glyph: str, height: int, above: int, ascii_only: bool) -> Box:
    rising, falling = ("/", "\\") if ascii_only else ("╱", "╲")
    if glyph in "/∖":
        stroke = rising if glyph == "/" else falling
        lines = [(" " * (height - 1 - row) if glyph == "/" else " " * row) + stroke for row in range(height)]
        return column(lines, DELIMITER, above) if height <= 2 * _MAX_SLOPE else column([glyph] * height, DELIMITER, above)
    half = height // 2
    slope = min(half, _MAX_SLOPE)
    point = ("<" if glyph == "⟨" else ">") if ascii_only else glyph
    # Offsets from the point outwards; what is taller than the slope goes on upright.
    offsets = [min(step, slope) for step in range(1 if height % 2 else 0, half + (height % 2))]
    width = slope + (height % 2)
    upper = [(rising if glyph == "⟨" else falling) if step < slope or step == position + height % 2 else "│"
             for position, step in enumerate(offsets)]
    lower = [(falling if glyph == "⟨" else rising) if piece in (rising, falling) else piece for piece in upper]
    if ascii_only:
        upper, lower = [piece.replace("│", "|") for piece in upper], [piece.replace("│", "|") for piece in lower]

    def line(piece: str, step: int) -> str:
        column_number = min(step, width - 1)
        return " " * (column_number if glyph == "⟨" else width - 1 - column_number) + piece

    top = [line(piece, step) for piece, step in zip(upper, offsets, strict=True)][::-1]
    bottom = [line(piece, step) for piece, step in zip(lower, offsets, strict=True)]
    return column(top + ([line(point, 0)] if height % 2 else []) + bottom, DELIMITER, above)
