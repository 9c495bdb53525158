"""How the subcommands print: data to standard output, remarks to standard error, nothing ever taken for markup."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from companion.mathtext.document import Document
    from companion.mathtext.rendering import ProfileName
    from companion.study.settings import Settings

ROLE_STYLES = {
    "heading": Style(bold=True),
    "strong": Style(bold=True),
    "emphasis": Style(italic=True),
    "variable": Style(italic=True),
    "code": Style(color="cyan"),
    "link": Style(color="cyan"),
    "marker": Style(color="cyan"),
    "quote": Style(dim=True),
    "rule": Style(dim=True),
    "error": Style(color="red"),
}

WIDEST = 100
"""Columns of running text; longer lines are hard to read."""


def is_spoken(arguments: argparse.Namespace, settings: Settings) -> bool:
    """Whether formulas are put into words: as the command line says, or else the settings."""
    chosen: bool | None = getattr(arguments, "spoken", None)
    return settings.mathematics == "spoken" if chosen is None else chosen


class Output:
    """Where a subcommand writes. `profile` is the glyph profile that this output can show; `spoken` puts formulas into words."""

    def __init__(self, profile: ProfileName = "full", macros: dict[str, str] | None = None, spoken: bool = False) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
        self.profile: ProfileName = profile if encoding.startswith("utf") else "ascii"
        if self.profile == "ascii" and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        self.macros = macros or {}
        self.spoken = spoken

    @property
    def is_ascii(self) -> bool:
        """Whether only ASCII can be shown."""
        return self.profile == "ascii"

    @property
    def width(self) -> int:
        """Columns for running text."""
        return min(WIDEST, self._console.width)

    def set(self, markdown: str, width: int | None = None) -> str:
        """Markdown with mathematics as plain text."""
        return self._laid_out(markdown, width).to_text()

    def page(self, markdown: str, width: int | None = None) -> None:
        """Print Markdown with mathematics, styled where the terminal can."""
        for line in self._laid_out(markdown, width).lines:
            self.segments(line.segments)

    def _laid_out(self, markdown: str, width: int | None) -> Document:
        if self.spoken:
            from companion.mathtext.aloud import read_aloud

            return read_aloud(markdown, width or self.width, profile=self.profile, macros=self.macros)
        from companion.mathtext.document import layout

        return layout(markdown, width or self.width, profile=self.profile, macros=self.macros)

    def segments(self, segments: Iterable[tuple[str, str]]) -> None:
        """Print one line of (text, role)."""
        line = Text()
        for text, role in segments:
            line.append(self._shown(text), Style.combine(ROLE_STYLES.get(part, Style()) for part in role.split(".")))
        line.rstrip()
        self._console.print(line)

    def line(self, text: str = "") -> None:
        """Print a line of plain text."""
        self._console.print(Text(self._shown(text)))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table of plain text."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in headings:
            # An id is there to be copied: it stays in one piece, and the other columns give way.
            table.add_column(Text(heading), overflow="fold", no_wrap=heading == "id", min_width=20 if heading == "title" else None)
        for row in rows:
            table.add_row(*(Text(self._shown(cell)) for cell in row))
        self._console.print(table, soft_wrap=False)

    def json(self, data: object) -> None:
        """Print data for a program, in ASCII."""
        sys.stdout.write(json.dumps(data) + "\n")

    def remark(self, text: str) -> None:
        """Say something beside the data, on standard error."""
        sys.stderr.write(self._shown(text) + "\n")

    def _shown(self, text: str) -> str:
        """The text in characters that this output has; names keep their letters without accents."""
        if not self.is_ascii or text.isascii():
            return text
        from companion.mathtext.profiles import to_ascii

        return to_ascii(text)
