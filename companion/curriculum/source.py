"""One YAML file → a tree of texts in which every node knows its line.

A file is read as events, so that depth, aliases and tags are refused before
anything is built from them, and nothing here recurses. Every scalar stays the
text that it looks like: `no`, `1/2`, `0.10` and `12:30` are texts, and an empty
scalar is the empty text.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, cast

import yaml

from companion.curriculum.problems import Problem, shown_name

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_PROBLEMS = 50
"""Problems listed for one file before reading it further stops being of use."""

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Place: TypeAlias = tuple[str | int, ...]
"""The way from the root to a node: keys and indices."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNQUOTED = ("mapping values are not allowed in this context", "found character that cannot start any token")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read. `lines` has the line of every node (of its key, in a mapping), counted from 1.

    `blocks` has the first line of the text of every literal block (`key: |`), so that a place inside a long text can be named.
    """

    path: Path
    tree: Tree
    lines: dict[Place, int]
    blocks: dict[Place, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name as it is shown to people."""
        return shown_name(self.path)

    def line(self, place: Place, text_line: int | None = None) -> int:
        """The line of a node, or of the nearest node above it that exists; `text_line` names one (from 0) of a literal block's text."""
        for length in range(len(place), -1, -1):
            known = self.lines.get(place[:length])
            if known is not None:
                start = self.blocks.get(place[:length])
                return known if start is None or text_line is None else start + text_line
        return 1

    def at(self, place: Place) -> Tree:
        """The node at a place, which must exist."""
        node: Any = self.tree
        for step in place:
            node = node[step]
        return cast(Tree, node)

    def problem(self, place: Place, message: str, *, text_line: int | None = None, warning: bool = False) -> Problem:
        """A problem with the node at a place."""
        return Problem(self.name, self.line(place, text_line), dotted(place), message, warning)


def dotted(place: Place) -> str:
    """A place as people write it: `exercises[2].fields[0].answer`."""
    words = ""
    for step in place:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else step
    return words


def read_source(path: Path) -> tuple[Source | None, list[Problem]]:
    """Read one file. The source is `None` when nothing can be built; problems may accompany a source (a key given twice)."""
    name = shown_name(path)
    try:
        text = _text_of(path)
    except _ReadingError as trouble:
        return None, [Problem(name, trouble.line, "", trouble.message)]
    builder = _Builder()
    problems = [Problem(name, line, dotted(place), message) for line, place, message in _consume(text, builder)]
    if builder.broken:
        return None, problems
    return Source(path, builder.root, builder.lines, builder.blocks), problems


class _ReadingError(Exception):
    def __init__(self, message: str, line: int = 1) -> None:
        self.message, self.line = message, line


def _text_of(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _ReadingError("This is not a regular file.")
        if status.st_size > MAX_BYTES:
            raise _ReadingError(f"The file has {status.st_size / 1e6:.1f} MB; at most 1 MB can be read. Divide it.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _ReadingError(f"The file cannot be read: {error.strerror or 'unknown reason'}.") from error
    if len(data) > MAX_BYTES:
        raise _ReadingError("The file has more than 1 MB. Divide it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _ReadingError(f"The file is not UTF-8: byte 0x{data[error.start]:02x} is out of place.", line) from None


_Finding: TypeAlias = tuple[int, Place, str]


def _consume(text: str, builder: _Builder) -> list[_Finding]:
    """Feed the events of a text to the builder; every finding once, and no more of them than help."""
    found: dict[_Finding, None] = {}
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            for finding in builder.take(event):
                found[finding] = None
            if builder.stopped or len(found) >= MAX_PROBLEMS:
                builder.broken = True
                break
    except yaml.MarkedYAMLError as error:
        builder.broken = True
        line = _line_of(error.problem_mark or error.context_mark)
        found[(line, (), f"This is not YAML: {error.problem or error.context or 'it cannot be read'}.{_hint(error)}")] = None
    except yaml.reader.ReaderError as error:
        builder.broken = True
        line = text.count("\n", 0, error.position) + 1
        found[(line, (), "The file holds a control character or another character that YAML does not allow.")] = None
    return list(found)


def _hint(error: yaml.MarkedYAMLError) -> str:
    if "flow" in (error.context or ""):
        return " Between { } or [ ], a text with a bracket or a comma stands in quotes."
    if error.problem == "found unknown escape character":
        return " In double quotes a backslash begins an escape; TeX stands in single quotes, or on lines of its own after |."
    return " A text with `: ` in it, or one that begins with a sign such as @ or `, stands in quotes." if error.problem in _UNQUOTED else ""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen."""

    node: list[Tree] | dict[str, Tree]
    place: Place
    key: str | None = None
    key_line: int = 0
    doubled: bool = False


class _Builder:
    """Puts a tree together from events, one at a time."""

    def __init__(self) -> None:
        self.root: Tree = ""
        self.lines: dict[Place, int] = {(): 1}
        self.blocks: dict[Place, int] = {}
        self.broken = False
        self.stopped = False
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> Iterator[_Finding]:
        """Add what an event brings; yields what is wrong with it."""
        line = _line_of(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.stopped = True
                yield line, (), "A second document starts here; a file holds one."
        elif isinstance(event, yaml.AliasEvent):
            self.broken = True
            yield line, self._place(), "Aliases (`*name`) are not allowed; write the value out."
            self._add("", line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            yield from self._node(event, line)

    def _node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> Iterator[_Finding]:
        if event.anchor is not None:
            yield line, self._place(), "Anchors (`&name`) are not allowed."
        if event.tag is not None:
            yield line, self._place(), "Tags (`!name`) are not allowed; every value is plain text, a list or a mapping."
        if isinstance(event, yaml.ScalarEvent):
            yield from self._scalar(event, line)
            return
        if self._awaits_key():
            self.stopped = True
            yield line, self._place(), "A key must be plain text."
        elif len(self._open) >= MAX_DEPTH:
            self.stopped = True
            yield line, (), f"The file is nested deeper than {MAX_DEPTH} levels."
        else:
            node: list[Tree] | dict[str, Tree] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            self._open.append(_Open(node, self._add(node, line)))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Iterator[_Finding]:
        text = event.value
        if not _is_printable(text):
            self.broken = True
            yield line, self._place(), "The text holds a control character."
        if self._awaits_key():
            parent = self._open[-1]
            parent.key, parent.key_line, parent.doubled = text, line, text in parent.node
            if parent.doubled:
                first = self.lines[(*parent.place, text)]
                yield line, (*parent.place, text), f"The key `{text}` is given twice (first on line {first})."
            return
        place = self._add(text, line)
        if event.style == "|" and place in self.lines:
            self.blocks.setdefault(place, line + 1)

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].node, dict) and self._open[-1].key is None

    def _place(self) -> Place:
        """The place of the node that comes next."""
        if not self._open:
            return ()
        parent = self._open[-1]
        if isinstance(parent.node, list):
            return (*parent.place, len(parent.node))
        return parent.place if parent.key is None else (*parent.place, parent.key)

    def _add(self, node: Tree, line: int) -> Place:
        """Put a node where the next one belongs; of a key that is given twice the first value stays."""
        place = self._place()
        if not self._open:
            self.root = node
            self.lines[place] = line
            return place
        parent = self._open[-1]
        if isinstance(parent.node, list):
            parent.node.append(node)
            self.lines[place] = line
        elif parent.doubled:
            place = (*place, "(again)")
            parent.key = None
        elif parent.key is not None:
            parent.node[parent.key] = node
            self.lines[place] = parent.key_line
            parent.key = None
        return place


def _line_of(mark: Any) -> int:
    """The line (from 1) of a mark of either loader, whose classes have no common type."""
    return int(mark.line) + 1 if mark is not None else 1


def _is_printable(text: str) -> bool:
    return _UNPRINTABLE.search(text) is None
