"""Numbers of equations in a document: `\\label` gives one, `\\tag` names it, `\\ref` and `\\eqref` say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .definitions import DEFINING
from .macros import MAX_DEFINITIONS, Macro, MacroTable
from .markdown import Block, Inline
from .parser import definitions
from .rendering import ProfileName, render

_LABEL = re.compile(r"\\label\s*\{([^{}$\\]*)\}")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}$\\]*)\}")
_ROW_END = re.compile(r"(\\\\)")


class References:
    """The labels of a document and what its formulas define, collected before anything is set."""

    def __init__(self, blocks: Sequence[Block], macros: MacroTable | None, profile: ProfileName, warnings: list[str]) -> None:
        self.macros = macros
        self._profile = profile
        self._warnings = warnings
        self._shown: dict[str, str] = {}
        self._parenthesized: set[str] = set()
        defined: dict[str, str | Macro] = {}
        for part in _formulas(blocks):
            if part.kind == "display" and "\\label" in part.text:
                self._collect(part.text)
            if "\\" in part.text and DEFINING.search(part.text) and len(defined) < MAX_DEFINITIONS:
                defined |= definitions(part.text, {**(macros or {}), **defined})
        if defined:
            self.macros = {**(macros or {}), **defined}

    def _collect(self, tex: str) -> None:
        for row in _ROW_END.split(tex):
            tag = _TAG.search(row)
            for label in _LABEL.findall(row):
                if label in self._shown:
                    self._warnings.append(f"The label {_printable(label)} is given twice.")
                    continue
                if tag is None:
                    self._shown[label] = str(1 + sum(number.isdigit() for number in self._shown.values()))
                else:
                    self._shown[label] = tag[2]
                if tag is None or not tag[1]:
                    self._parenthesized.add(label)

    def resolved(self, tex: str) -> str:
        """A formula with the numbers of its rows as tags, and what its references refer to."""
        if "\\label" in tex:
            pieces = _ROW_END.split(tex)
            tex = "".join(piece if _TAG.search(piece) else _LABEL.sub(self._tag, piece, count=1) for piece in pieces)
        return _REFERENCE.sub(lambda found: f"\\text{{{self._reference(found)}}}", tex) if "ref" in tex else tex

    def in_text(self, text: str) -> str:
        """Prose with what its references refer to."""
        return _REFERENCE.sub(self._reference_in_text, text) if "ref{" in text or "ref {" in text else text

    def _tag(self, found: re.Match[str]) -> str:
        return f"\\tag{{{self._shown[found[1]]}}}" if found[1] in self._shown else found[0]

    def _reference_in_text(self, found: re.Match[str]) -> str:
        shown = self._reference(found)
        return render(f"\\text{{{shown}}}", "inline", None, self._profile).to_text() if "$" in shown or "\\" in shown else shown

    def _reference(self, found: re.Match[str]) -> str:
        shown = self._shown.get(found[2])
        if shown is None:
            self._warnings.append(f"There is no equation with the label {_printable(found[2])}.")
            shown = "??"
        return f"({shown})" if found[1] and (found[2] in self._parenthesized or shown == "??") else shown


def _printable(label: str) -> str:
    return "".join(character for character in label if character.isprintable())[:40]


def _formulas(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Every formula of the blocks, in the order of the document."""
    for block in blocks:
        yield from (part for part in block.inlines if part.kind in ("math", "display"))
        yield from (part for row in block.rows for cell in row for part in cell if part.kind in ("math", "display"))
        yield from _formulas(block.children)
