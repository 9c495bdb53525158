"""The lines of a derivation: a sign that continues the line before, or an arrow, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from companion.answers import tree
from companion.answers.beginnings import TEX, Arrow, split_line
from companion.answers.errors import ReadError
from companion.answers.judge.context import Context
from companion.answers.printing import to_tex
from companion.answers.protocol import Reply
from companion.answers.reader import Vocabulary, read

MAX_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that could be read.

    `sign` is the relation with which it continues the line before, `arrow` how it follows from it; at most one of them is there.
    """

    number: int
    node: tree.Node
    sign: tree.RelationSign | None = None
    arrow: Arrow | None = None

    @property
    def reading(self) -> str:
        """The line as TeX."""
        return TEX.get(self.sign or self.arrow or "", "") + to_tex(self.node)

    @property
    def is_statement(self) -> bool:
        """Whether the line states something by itself."""
        return self.sign is None and states(self.node)

    def links(self) -> list[tuple[tree.RelationSign, tree.Node]]:
        """What the line adds to a chain: `<= b = c` adds `<= b` and `= c`."""
        first = self.sign or "="
        if isinstance(self.node, tree.Relation):
            return list(zip((first, *self.node.signs), self.node.operands, strict=True))
        return [(first, self.node)]


def states(node: tree.Node) -> bool:
    """Whether a tree is a statement by itself."""
    return isinstance(node, tree.Relation | tree.Membership | tree.Logic) or is_truth(node)


def is_truth(node: tree.Node) -> bool:
    """Whether the tree is one of the words true and false."""
    return isinstance(node, tree.Constant) and node.name in ("true", "false")


def read_line(number: int, text: str, vocabulary: Vocabulary, known: Collection[str] = ()) -> Line | Reply:
    """The line of a text, or the reply to one that cannot be read; its position counts in the text as typed.

    `known` are the letters whose index runs.
    """
    sign, arrow, start = split_line(text)
    try:
        node = read(with_indices_applied(text[start:], known), vocabulary, "steps")
    except ReadError as error:
        return Reply("invalid", error.code, error.message, position=start + error.position)
    line = Line(number, node, sign, arrow)
    if sign is not None and isinstance(node, tree.Logic | tree.Membership):
        return Reply("invalid", "steps.sign", "A line that begins with a relation sign goes on with a formula.", position=start)
    return line


def read_lines(texts: Sequence[str], vocabulary: Vocabulary) -> dict[int, Line | Reply]:
    """The lines by their number, from 1; empty ones are left out."""
    known = families(texts) if vocabulary.open else set()
    return {number: read_line(number, text, vocabulary, known) for number, text in enumerate(texts, start=1) if text.strip()}


_CALLED_I = re.compile(r"\s*I\s*=")
_DIFFERENTIATED = re.compile(r"\bdiff\(\s*([A-Za-z]\w*)\(")
_RUNNING = re.compile(r",\s*([a-z])\s*,|_\{?\s*([a-z])\s*=")
"""The letter of a sum, as in `sum(..., i, 1, n)` or `\\sum_{i=1}^n`."""
_INDEXED = re.compile(r"(?<![A-Za-z\\_])([A-Za-z])_(?:\{([^{}]{1,12})\}|([A-Za-z]|\d+))(?![\w({])")


def with_names(options: Mapping[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    """The options of a field with the names that the lines introduce, if names are free.

    What a line differentiates as `diff(y(x), x)`, or indexes as `x_i` under a sum over i, is a function; `I`, where a line
    begins with `I =`, names an integral.
    """
    if not Vocabulary.of(options).open:
        return dict(options)
    functions = sorted({name for text in texts for name in _DIFFERENTIATED.findall(text)} | families(texts))
    names = ["I"] if any(_CALLED_I.match(text) for text in texts) else []
    return {**options, "functions": _with(options.get("functions"), functions), "names": _with(options.get("names"), names)}


def families(texts: Sequence[str]) -> set[str]:
    """The letters that some line indexes by the letter of a sum, and that never stand alone."""
    found: set[str] = set()
    for text in texts:
        running = {letter for pair in _RUNNING.findall(text) for letter in pair if letter}
        found |= {head for head, *index in _INDEXED.findall(text) if running & set("".join(index))}
    return {head for head in found if not any(re.search(rf"(?<![A-Za-z\\_]){head}(?![\w({{])", text) for text in texts)}


def with_indices_applied(text: str, known: Collection[str]) -> str:
    """The text with `x_i` written `x(i)` where x is such a letter."""

    def applied(match: re.Match[str]) -> str:
        return f"{match[1]}({match[2] or match[3]})" if match[1] in known else match[0]

    return _INDEXED.sub(applied, text) if known else text


def _with(listed: object, further: list[str]) -> list[str]:
    """A list of names, given as a list or as one text with commas, and further ones."""
    known = listed.split(",") if isinstance(listed, str) else listed if isinstance(listed, list) else []
    return [*known, *further]


ONLY_LAST = ("form", "up_to", "constant", "variable", "rtol", "atol", "given", "min_lines")
"""Options that are about an answer's end, or not about formulas."""


def plain_context(context: Context) -> Context:
    """The context in which two lines are compared: without the options that are about the answer as a whole."""
    return replace(context, options={name: value for name, value in context.options.items() if name not in ONLY_LAST}, tolerance=None)
