"""What a selection of set text stands for: the words as they are, and each formula it touches as its TeX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from textual.selection import Selection

    from companion.mathtext.flow import Line


def selected_text(lines: Sequence[Line], selection: Selection) -> str:
    """The selected part of some lines. A formula of several rows is copied once, where its first selected row stands."""
    rows: list[str] = []
    above: set[str] = set()
    for y, line in enumerate(lines):
        span = selection.get_span(y)
        if span is None:
            continue
        start, end = span
        row, above = _selected_row(line, start, line.width if end < 0 else end, above)
        if row is not None:
            rows.append(row)
    return "\n".join(rows)


def _selected_row(line: Line, start: int, end: int, above: set[str]) -> tuple[str | None, set[str]]:
    """One line's share, and the formulas that it touches. `None` for a line that only goes on with formulas already copied."""
    touched = [formula for formula in line.formulas if formula.start < end and formula.end > start]
    parts: list[str] = []
    position = start
    for formula in touched:
        parts.append(_cells(line, position, formula.start))
        if formula.source not in above:
            parts.append(f"${formula.source}$")
        position = formula.end
    parts.append(_cells(line, position, end))
    row = "".join(parts).rstrip()
    goes_on = bool(touched) and not row.strip()
    return (None if goes_on else row), {formula.source for formula in touched}


def _cells(line: Line, start: int, end: int) -> str:
    """The characters of a line that stand in these cells."""
    chosen, cell = [], 0
    for text, _ in line.segments:
        for character in text:
            if start <= cell < end:
                chosen.append(character)
            cell += cell_len(character)
    return "".join(chosen)
