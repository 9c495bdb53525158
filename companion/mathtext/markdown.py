"""Markdown to blocks: the one place that knows the Markdown parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from .tokens import UNSAFE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_MARKDOWN = 500_000
_BAR = re.compile(r"\\?\|")
_TABLE_FORMULA = re.compile(r"(?<!\\)\$([^$\n]*)(?<!\\)\$")


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch of inline content: `text` in a role, a formula (`math`, or `display` if it has a line of its own), or a line `break`."""

    kind: str
    text: str
    role: str = "text"


@dataclass(slots=True)
class Block:
    """A block: paragraph, heading, list, item, quote, code, rule, table, formula."""

    kind: str
    inlines: list[Inline] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)
    level: int = 0
    marker: str = ""
    tight: bool = False
    rows: list[list[list[Inline]]] = field(default_factory=list)
    alignments: list[str] = field(default_factory=list)


def blocks(markdown: str, warnings: list[str]) -> list[Block]:
    """The blocks of `markdown`. Raw HTML is text. Control characters and what goes beyond the size limit are removed with a warning."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_MARKDOWN:
        text = text[:MAX_MARKDOWN]
        warnings.append(f"The text is longer than {MAX_MARKDOWN} characters; the rest is left out.")
    cleaned = UNSAFE.sub("", text)
    if cleaned != text:
        warnings.append("Invisible or control characters were removed.")
    lines = [_with_safe_bars(line) if line.lstrip(" >").startswith("|") else line for line in cleaned.split("\n")]
    return _Reader(_parser().parse("\n".join(lines))).blocks("")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)


def _with_safe_bars(line: str) -> str:
    """In a table, bars inside a formula would end the cell: they are written as commands."""
    return _TABLE_FORMULA.sub(lambda found: _BAR.sub(_bar_command, found[0]), line)


def _bar_command(found: re.Match[str]) -> str:
    following = found.string[found.end() : found.end() + 1]
    return ("\\Vert" if found[0] == "\\|" else "\\vert") + (" " if following.isalpha() else "")


class _Reader:
    """Nested blocks from the flat list of the Markdown parser."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._index = 0

    def blocks(self, end: str) -> list[Block]:
        """Blocks up to the token type `end`, which is consumed."""
        result: list[Block] = []
        while self._index < len(self._tokens):
            item = self._tokens[self._index]
            self._index += 1
            if item.type == end:
                break
            block = self._block(item)
            if block is not None:
                result.append(block)
        return result

    def _block(self, item: Token) -> Block | None:
        match item.type:
            case "paragraph_open" | "heading_open":
                inlines = inline(self._tokens[self._index].children or [])
                self._index += 2
                if item.type == "heading_open":
                    return Block("heading", _within(inlines, "heading"), level=int(item.tag[1]))
                return Block("paragraph", inlines, tight=item.hidden)
            case "bullet_list_open":
                return Block("list", children=self._items("bullet_list_close", None), tight=self._is_tight())
            case "ordered_list_open":
                start = item.attrGet("start")
                return Block("list", children=self._items("ordered_list_close", 1 if start is None else int(start)), tight=self._is_tight())
            case "blockquote_open":
                return Block("quote", children=self.blocks("blockquote_close"))
            case "fence" | "code_block":
                return Block("code", [Inline("text", item.content.rstrip("\n"), "code")])
            case "hr":
                return Block("rule")
            case "math_block" | "math_block_label":
                return Block("formula", [Inline("display", item.content.strip())])
            case "table_open":
                return self._table()
            case _:
                return None

    def _is_tight(self) -> bool:
        """Whether the list that has just been read is tight (the parser hides the paragraphs of a tight list)."""
        level = self._tokens[self._index - 1].level
        for item in reversed(self._tokens[: self._index - 1]):
            if item.type in ("bullet_list_open", "ordered_list_open") and item.level == level:
                break
            if item.type == "paragraph_open" and item.level == level + 2:
                return item.hidden
        return True

    def _items(self, end: str, number: int | None) -> list[Block]:
        items: list[Block] = []
        while self._index < len(self._tokens):
            item = self._tokens[self._index]
            self._index += 1
            if item.type == end:
                break
            if item.type == "list_item_open":
                marker = "•" if number is None else f"{number + len(items)}."
                items.append(Block("item", children=self.blocks("list_item_close"), marker=marker))
        return items

    def _table(self) -> Block:
        table = Block("table")
        while self._index < len(self._tokens):
            item = self._tokens[self._index]
            self._index += 1
            if item.type == "table_close":
                break
            if item.type == "tr_open":
                table.rows.append([])
            elif item.type in ("th_open", "td_open"):
                style = str(item.attrGet("style") or "")
                if len(table.rows) == 1:
                    table.alignments.append("r" if "right" in style else "c" if "center" in style else "l")
                parts = inline(self._tokens[self._index].children or [])
                table.rows[-1].append(_within(parts, "strong") if item.type == "th_open" else parts)
        return table


_MARKS = {"em": "emphasis", "strong": "strong", "link": "link", "s": "emphasis"}


def inline(tokens: Sequence[Token]) -> list[Inline]:
    """Inline content with the role that the innermost mark gives it, and the others as modifiers."""
    result: list[Inline] = []
    marks: list[str] = []
    targets: list[str] = []
    for item in tokens:
        role = ".".join(reversed(marks)) or "text"
        name = item.type.removesuffix("_open").removesuffix("_close")
        if name in _MARKS and item.nesting == 1:
            marks.append(_MARKS[name])
            if name == "link":
                targets.append(str(item.attrGet("href") or ""))
        elif name in _MARKS and item.nesting == -1:
            marks.remove(_MARKS[name])
            if name == "link":
                _append_target(result, targets.pop())
        elif item.type == "text":
            result.append(Inline("text", item.content, role))
        elif item.type == "code_inline":
            result.append(Inline("text", item.content, _deeper(role, "code") if role == "text" else "code." + role))
        elif item.type == "math_inline":
            result.append(Inline("math", item.content, role))
        elif item.type == "math_inline_double":
            result.append(Inline("display", item.content, role))
        elif item.type == "softbreak":
            result.append(Inline("text", " ", role))
        elif item.type == "hardbreak":
            result.append(Inline("break", ""))
        elif item.type == "image":
            result.append(Inline("text", item.content, _deeper(role, "emphasis")))
        elif item.content:
            result.append(Inline("text", item.content, role))
    return result


def _append_target(result: list[Inline], target: str) -> None:
    """A terminal shows no target: it follows the text, unless the text is the target."""
    if target and (not result or target.removeprefix("mailto:") != result[-1].text):
        result.append(Inline("text", f" ({target})", "link"))


def _within(inlines: Sequence[Inline], mark: str) -> list[Inline]:
    return [Inline(part.kind, part.text, _deeper(part.role, mark)) for part in inlines]


def _deeper(role: str, mark: str) -> str:
    return mark if role == "text" else f"{role}.{mark}"
