"""Markdown with mathematics, laid out in lines for one widget or one pipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from .boxes import Segment
from .flow import Line, Span, flow
from .macros import MacroTable
from .markdown import Block, Inline, blocks
from .references import References
from .rendering import Layout, ProfileName, render, render_pieces

_DISPLAY_INDENT = 4
_MIN_WIDTH = 8
_MAX_NESTING = 12


@dataclass(frozen=True, slots=True)
class Document:
    """Lines of at most the width asked for, except where something could not be divided; and what could not be read as meant."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The lines as plain text."""
        return "\n".join(line.to_text() for line in self.lines)


def layout(markdown: str, width: int, profile: ProfileName = "full", macros: MacroTable | None = None) -> Document:
    """Lay out `markdown` in lines of `width` cells. `$…$` is set in the line, `$$…$$` on lines of its own. Never raises for any text.

    Roles of segments are those of formulas, and `heading`, `strong`, `emphasis`, `code`, `link`, `quote`, `marker`, `rule`, `text`;
    marks that are nested in one another follow as modifiers, as in `variable.heading`.

    A display with a `\\label` is numbered (or shows its `\\tag`); `\\ref` and `\\eqref`, in formulas and in text, say the number. What a
    formula defines with `\\newcommand` or `\\def` holds in the whole document.
    """
    warnings: list[str] = []
    content = blocks(markdown, warnings)
    return typeset(content, width, profile, References(content, macros, profile, warnings), warnings)


def opening(markdown: str, width: int, rows: int, profile: ProfileName = "full", macros: MacroTable | None = None) -> Document:
    """The first lines of `layout`, at least `rows` of them if there are so many: what a screen shows while the rest is being set.

    Only the beginning is read, so a reference to an equation further on may still be without its number.
    """
    end = max(rows * width // 2, _MIN_WIDTH)
    while (end := _between_blocks(markdown, end)) < len(markdown):
        beginning = layout(markdown[:end], width, profile, macros)
        if len(beginning.lines) >= rows:
            return beginning
        end *= 2
    return layout(markdown, width, profile, macros)


def _between_blocks(markdown: str, start: int) -> int:
    """The first blank line from `start` on that is in no display and in no block of code; without one, the end."""
    while (end := markdown.find("\n\n", start)) >= 0:
        if markdown.count("$$", 0, end) % 2 == 0 and markdown.count("```", 0, end) % 2 == 0:
            return end
        start = end + 1
    return len(markdown)


def typeset(content: Sequence[Block], width: int, profile: ProfileName, references: References, warnings: list[str]) -> Document:
    """Blocks in lines of `width` cells; `warnings` are those so far."""
    setter = _Typesetter(profile, references, warnings)
    lines = setter.blocks(content, max(width, _MIN_WIDTH), 0)
    return Document(tuple(lines), tuple(dict.fromkeys(setter.warnings)))


def plain(markdown: str, width: int, profile: ProfileName = "full", macros: MacroTable | None = None) -> str:
    """`markdown` as plain text of `width` cells, for pipes."""
    return layout(markdown, width, profile, macros).to_text()


class _Typesetter:
    """Blocks to lines, in one profile, with the warnings of all formulas."""

    def __init__(self, profile: ProfileName, references: References, warnings: list[str]) -> None:
        self.warnings = warnings
        self._references = references
        self._profile = profile
        self._macros = references.macros
        self._ascii = profile == "ascii"

    def blocks(self, content: Sequence[Block], width: int, depth: int, tight: bool = False) -> list[Line]:
        """Blocks one after another, a blank line between them unless they are `tight`."""
        lines: list[Line] = []
        for block in content:
            set_block = self._block(block, max(width, _MIN_WIDTH), depth)
            if lines and set_block and not (tight and block.kind in ("paragraph", "list", "item")):
                lines.append(Line())
            lines += set_block
        return lines

    def _block(self, block: Block, width: int, depth: int) -> list[Line]:
        match block.kind:
            case "paragraph":
                return self._paragraph(block.inlines, width)
            case "heading":
                return self._heading(block, width)
            case "list" if depth < _MAX_NESTING:
                return self._list(block, width, depth)
            case "quote" if depth < _MAX_NESTING:
                bar = (("| " if self._ascii else "│ "), "quote")
                return [line.shifted([bar]) for line in self.blocks(block.children, width - 2, depth + 1)]
            case "list" | "quote" | "item":
                return self.blocks(block.children, width, depth, tight=True)
            case "code":
                lines = block.inlines[0].text.expandtabs(4).split("\n")
                return [Line((("  " + part, "code"),)) for line in lines for part in _cut(line, width - 2)]
            case "rule":
                return [Line(((("-" if self._ascii else "─") * width, "rule"),))]
            case "formula":
                return self._display(block.inlines[0].text, width)
            case _:
                return self._table(block, width)

    def _heading(self, block: Block, width: int) -> list[Line]:
        lines = self._paragraph(block.inlines, width)
        if block.level == 1:
            longest = max((line.width for line in lines), default=0)
            lines.append(Line(((("=" if self._ascii else "═") * longest, "heading"),)))
        return lines

    def _paragraph(self, inlines: Sequence[Inline], width: int) -> list[Line]:
        """Text, with displays on lines of their own, set off by blank lines."""
        lines: list[Line] = []
        text: list[Inline] = []
        for part in inlines:
            if part.kind != "display":
                text.append(part)
                continue
            lines += self._flow(text, width)
            text = []
            display = self._display(part.text, width)
            if display:
                lines += [*([Line()] if lines and lines[-1].segments else []), *display, Line()]
        rest = self._flow(text, width)
        if not rest and lines and not lines[-1].segments:
            lines.pop()
        return lines + rest

    def _flow(self, inlines: Sequence[Inline], width: int) -> list[Line]:
        resolved = [part if part.kind != "text" or "code" in part.role else replace(part, text=self._references.in_text(part.text))
                    for part in inlines]
        return flow(resolved, width, self._set, self._pieces, self._ascii)

    def _set(self, tex: str, mode: str) -> Layout:
        result = render(self._references.resolved(tex), "display" if mode == "display" else "inline", None, self._profile, self._macros)
        self.warnings += result.warnings
        return result

    def _pieces(self, tex: str, width: int) -> Sequence[Layout]:
        return render_pieces(self._references.resolved(tex), width, self._profile, self._macros)

    def _display(self, tex: str, width: int) -> list[Line]:
        """A display, indented; broken if it is wider than the line."""
        numbered = self._references.resolved(tex)
        formula = render(numbered, "display", width, self._profile, self._macros)
        self.warnings += formula.warnings
        if not formula.width:
            return []
        indent = max(0, min(_DISPLAY_INDENT, width - formula.width))
        if formula.width + _DISPLAY_INDENT > width and formula.width <= width:
            narrower = render(numbered, "display", width - _DISPLAY_INDENT, self._profile, self._macros)
            if len(narrower.rows) == len(formula.rows):
                formula, indent = narrower, _DISPLAY_INDENT
        prefix: list[Segment] = [(" " * indent, "space")] if indent else []
        return [Line(tuple(row), (Span(0, formula.width, tex),)).shifted(prefix) for row in formula.rows]

    def _list(self, block: Block, width: int, depth: int) -> list[Line]:
        lines: list[Line] = []
        room = max((cell_len(item.marker) for item in block.children), default=1) + 1
        for number, item in enumerate(block.children):
            if number and not block.tight:
                lines.append(Line())
            marker = "*" if self._ascii and item.marker == "•" else item.marker
            body = self.blocks(item.children, width - room, depth + 1, block.tight) or [Line()]
            first = _baseline_line(body, item.children)
            for position, line in enumerate(body):
                prefix = (marker.rjust(room - 1) + " ", "marker") if position == first else (" " * room, "space")
                lines.append(line.shifted([prefix]))
        return lines

    def _table(self, block: Block, width: int) -> list[Line]:
        count = max((len(row) for row in block.rows), default=0)
        if not count:
            return []
        rows = [[*row, *([[]] * (count - len(row)))] for row in block.rows]
        widths = self._column_widths(rows, count, width)
        bar, cross, line = (" | ", "-+-", "-") if self._ascii else (" │ ", "─┼─", "─")
        lines: list[Line] = []
        for number, row in enumerate(rows):
            cells = [self._flow(cell, cell_width) for cell, cell_width in zip(row, widths, strict=True)]
            height = max((len(cell) for cell in cells), default=1) or 1
            for position in range(height):
                parts = [cell[position] if position < len(cell) else Line() for cell in cells]
                lines.append(_beside(parts, widths, block.alignments, bar))
            if number == 0:
                lines.append(Line(((cross.join(line * cell_width for cell_width in widths), "rule"),)))
        return lines

    def _column_widths(self, rows: Sequence[Sequence[Sequence[Inline]]], count: int, width: int) -> list[int]:
        """Natural widths; the widest columns give way until the table fits, as far as their longest word allows."""
        natural = [1] * count
        for row in rows:
            for number, cell in enumerate(row):
                natural[number] = max(natural[number], *(line.width for line in self._flow(cell, 10_000)), 1)
        room = max(width - 3 * (count - 1), count)
        widths = list(natural)
        while sum(widths) > room and max(widths) > 3:
            widths[widths.index(max(widths))] -= 1
        for number in range(count):
            longest = max((line.width for row in rows for line in self._flow(row[number], widths[number])), default=1)
            widths[number] = max(widths[number], longest)
        return widths


def _baseline_line(lines: Sequence[Line], children: Sequence[Block]) -> int:
    """The line of an item that its marker stands on: the first, or the baseline of a first line made taller by a formula."""
    if not children or children[0].kind != "paragraph":
        return 0
    for number, line in enumerate(lines):
        if line.segments and line.segments[0][1] != "space":
            return number if number <= _MAX_NESTING else 0
    return 0


def _beside(cells: Sequence[Line], widths: Sequence[int], alignments: Sequence[str], bar: str) -> Line:
    segments: list[Segment] = []
    spans: list[Span] = []
    position = 0
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if number:
            segments.append((bar, "rule"))
            position += cell_len(bar)
        space = max(0, width - cell.width)
        side = alignments[number] if number < len(alignments) else "l"
        left = 0 if side == "l" else space if side == "r" else space // 2
        segments += [(" " * left, "space")] if left else []
        segments += cell.segments
        segments += [(" " * (space - left), "space")] if space > left and number < len(cells) - 1 else []
        spans += [replace(span, start=span.start + position + left, end=span.end + position + left) for span in cell.formulas]
        position += max(width, cell.width)
    return Line(tuple(segments), tuple(spans))


def _cut(line: str, width: int) -> list[str]:
    """A line of code in parts that fit."""
    parts, used = [""], 0
    for character in line:
        cells = cell_len(character)
        if used + cells > max(width, 1):
            parts.append("")
            used = 0
        parts[-1] += character
        used += cells
    return parts
