"""Markdown with mathematics as text to be listened to: every formula in words, nothing drawn with characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .document import Document, typeset
from .macros import MacroTable
from .markdown import Block, Inline, blocks
from .references import References
from .rendering import ProfileName
from .spoken import spoken


def read_aloud(markdown: str, width: int, profile: ProfileName = "full", macros: MacroTable | None = None) -> Document:
    """`markdown` in lines of `width` cells with its mathematics in words, for `--plain` and screen readers. Never raises for any text.

    A table becomes a list, one item a row, each cell after the heading of its column. Nothing is underlined, and quotations have no bars.
    """
    warnings: list[str] = []
    content = blocks(markdown, warnings)
    references = References(content, macros, profile, warnings)
    return typeset(list(_blocks(content, references)), width, profile, references, warnings)


def _blocks(content: Iterable[Block], references: References) -> Iterable[Block]:
    for block in content:
        match block.kind:
            case "heading" | "paragraph":
                yield Block("paragraph", _inlines(block.inlines, references), tight=block.tight)
            case "formula":
                yield Block("paragraph", [Inline("text", _words(block.inlines[0].text, references))])
            case "quote":
                yield from _blocks(block.children, references)
            case "list" | "item":
                children = list(_blocks(block.children, references))
                yield Block(block.kind, children=children, marker=block.marker, tight=block.tight)
            case "table":
                yield _rows(block, references)
            case "code":
                yield block


def _rows(table: Block, references: References) -> Block:
    headings = table.rows[0] if table.rows else []
    items: list[Block] = []
    for row in table.rows[1:]:
        parts: list[Inline] = []
        for number, cell in enumerate(row):
            lead = [*headings[number], Inline("text", ": ")] if number < len(headings) and headings[number] else []
            parts += [Inline("text", "; ")] if number else []
            parts += [*lead, *cell]
        items.append(Block("item", children=[Block("paragraph", _inlines(parts, references), tight=True)], marker="•"))
    return Block("list", children=items, tight=True)


def _inlines(inlines: Sequence[Inline], references: References) -> list[Inline]:
    said: list[Inline] = []
    for part in inlines:
        if part.kind == "math":
            said.append(Inline("text", _words(part.text, references), part.role))
        elif part.kind == "display":
            said += [Inline("break", ""), Inline("text", _words(part.text, references), part.role), Inline("break", "")]
        else:
            said.append(part)
    return said


def _words(tex: str, references: References) -> str:
    return spoken(references.resolved(tex), references.macros)
