"""The lines of a derivation: a sign that continues the line before, or an arrow, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def read_line(number: int, text: str, vocabulary: Vocabulary) -> Line | Reply:
    """The line of a text, or the reply to one that cannot be read; its position counts in the text as typed."""
    sign, arrow, start = split_line(text)
    try:
        node = read(text[start:], vocabulary, "steps")
    except ReadError as error:
        return Reply("invalid", error.code, error.message, position=start + error.position)
    line = Line(number, node, sign, arrow)
    if sign is not None and isinstance(node, tree.Logic | tree.Membership):
        return Reply("invalid", "steps.sign", "A line that begins with a relation sign goes on with a formula.", position=start)
    return line


def read_lines(texts: Sequence[str], vocabulary: Vocabulary) -> dict[int, Line | Reply]:
    """The lines by their number, from 1; empty ones are left out."""
    return {number: read_line(number, text, vocabulary) for number, text in enumerate(texts, start=1) if text.strip()}


_CALLED_I = re.compile(r"\s*I\s*=")
_DIFFERENTIATED = re.compile(r"\bdiff\(\s*([A-Za-z]\w*)\(")


def with_names(options: Mapping[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    """The options of a field with the names that the lines introduce, if names are free.

    What a line differentiates as `diff(y(x), x)` is a function; `I`, where a line begins with `I =`, names an integral.
    """
    if not Vocabulary.of(options).open:
        return dict(options)
    functions = sorted({name for text in texts for name in _DIFFERENTIATED.findall(text)})
    names = ["I"] if any(_CALLED_I.match(text) for text in texts) else []
    return {**options, "functions": _with(options.get("functions"), functions), "names": _with(options.get("names"), names)}


def _with(listed: object, further: list[str]) -> list[str]:
    """A list of names, given as a list or as one text with commas, and further ones."""
    known = listed.split(",") if isinstance(listed, str) else listed if isinstance(listed, list) else []
    return [*known, *further]


ONLY_LAST = ("form", "up_to", "constant", "variable", "rtol", "atol", "given", "min_lines")
"""Options that are about an answer's end, or not about formulas."""


def plain_context(context: Context) -> Context:
    """The context in which two lines are compared: without the options that are about the answer as a whole."""
    return replace(context, options={name: value for name, value in context.options.items() if name not in ONLY_LAST}, tolerance=None)
