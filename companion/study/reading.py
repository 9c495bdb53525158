"""How a line of typed mathematics is read while it is being typed, for whoever shows that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from companion.answers.beginnings import TEX, split_line
from companion.answers.errors import ReadError
from companion.answers.printing import to_tex
from companion.answers.protocol import Kind
from companion.answers.reader import Vocabulary, preview
from companion.answers.tree import Hole, Node, walk
from companion.study.brackets import match

Stage = Literal["empty", "read", "unfinished", "unread"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is read.

    `stage`: nothing is typed; all is read; the text is the beginning of something that can be read, and `tex` shows a hole for each
    part that is missing; or it cannot be read as it is, and `tex` is what stands before the trouble. `message` says what the trouble
    is and `position` where it starts; `unmatched` are the places of brackets without a partner, if that is among the trouble.
    """

    stage: Stage
    tex: str = ""
    message: str = ""
    position: int | None = None
    unmatched: tuple[int, ...] = ()


EMPTY = Reading("empty")


def read_answer(text: str, vocabulary: Vocabulary, kind: Kind) -> Reading:
    """How the text of a field of this kind is read."""
    if not text.strip():
        return EMPTY
    node, trouble = preview(text, vocabulary, kind)
    return _reading(text, node, trouble, "", 0)


def read_step(text: str, vocabulary: Vocabulary) -> Reading:
    """How a line of a derivation is read, with the sign or arrow that it begins with."""
    if not text.strip():
        return EMPTY
    sign, arrow, start = split_line(text)
    lead = " ".join(TEX[mark] for mark in (arrow, sign) if mark)
    node, trouble = preview(text[start:], vocabulary, "relation")
    return _reading(text, node, trouble, lead, start)


def _reading(text: str, node: Node, trouble: ReadError | None, lead: str, start: int) -> Reading:
    tex = f"{lead} {to_tex(node)}" if lead else to_tex(node)
    if trouble is None:
        return Reading("read", tex)
    message = "" if trouble.code == "read.empty" else trouble.message
    position = min(start + trouble.position, len(text))
    stage: Stage = "unfinished" if _is_unfinished(node, trouble, len(text.rstrip()) - start) else "unread"
    return Reading(stage, tex, message, position, match(text).unmatched)


def _is_unfinished(node: Node, trouble: ReadError, length: int) -> bool:
    """Whether the tree is that of the whole text, and only lacks parts or closing brackets."""
    if trouble.code == "read.empty":
        return True
    lacks = trouble.code == "read.bracket" or any(isinstance(part, Hole) for part in walk(node))
    return lacks and max(part.span[1] for part in walk(node)) >= length
