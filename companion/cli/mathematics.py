"""Mathematics for pipes: judging answers and setting formulas."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.answers.client import Grader
from companion.answers.wire import MAX_LINE
from companion.cli.failures import UsageError
from companion.cli.grading import Grading
from companion.cli.output import Output, is_spoken
from companion.study.settings import load_settings

if TYPE_CHECKING:
    from companion.mathtext.rendering import ProfileName


def grade(arguments: argparse.Namespace) -> int:
    """`companion grade`: one request a line on standard input, one reply a line on standard output, in order."""
    if sys.stdout is None:
        raise UsageError("There is nowhere to write: standard output is closed.")
    with Grader() as grader:
        for reply in Grading(grader, tuple(arguments.pack)).replies(_lines()):
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.stdout.flush()
    return 0


def _lines() -> Iterator[bytes]:
    if sys.stdin is None:
        raise UsageError("There is nothing to read: standard input is closed.")
    while line := sys.stdin.buffer.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):  # too long to be a request: the rest of it is passed over
            rest = sys.stdin.buffer.readline(MAX_LINE + 1)
        if line.strip():
            yield line


def render(arguments: argparse.Namespace) -> int:
    """`companion render TEX|FILE`."""
    settings = load_settings()
    if arguments.jsonl:
        for line in _lines():
            sys.stdout.write(json.dumps(_rendered(line, arguments, settings.glyphs)) + "\n")
            sys.stdout.flush()
        return 0
    out = Output(arguments.profile or settings.glyphs, spoken=is_spoken(arguments, settings))
    source = arguments.source if arguments.source is not None else _standard_input()
    path = Path(source) if len(source) < 1000 and not any(character in source for character in "\n\0") else None
    if path is not None and path.suffix in (".md", ".markdown", ".txt"):
        out.page(_text_of(path), arguments.width)
        return 0
    return _render_formula(source, arguments, out)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text: byte {error.start} cannot be read.") from error


def _standard_input() -> str:
    if sys.stdin is None:
        raise UsageError("There is nothing to read: standard input is closed.")
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _render_formula(source: str, arguments: argparse.Namespace, out: Output) -> int:
    from companion.mathtext import render as set_formula

    tex = source.strip().removeprefix("$$").removesuffix("$$").strip("$").strip()
    layout = set_formula(tex, "inline" if arguments.inline else "display", width=arguments.width or out.width, profile=out.profile)
    if out.spoken:
        from companion.mathtext.spoken import spoken

        out.line(spoken(tex))
    else:
        for row in layout.rows:
            out.segments(row)
    for warning in layout.warnings:
        out.remark(warning)
    return 1 if layout.warnings else 0


def _rendered(line: bytes, arguments: argparse.Namespace, profile: ProfileName) -> dict[str, Any]:
    """The reply to one line of `render --jsonl`; a line that cannot be read gets an empty layout and the reason."""
    from companion.mathtext import render as set_formula
    from companion.mathtext.spoken import spoken

    identifier: Any = None
    try:
        request = json.loads(line)
        identifier = request.get("id")
        tex, mode = request["tex"], request.get("mode", "display")
        if not isinstance(tex, str) or mode not in ("display", "inline"):
            raise TypeError("`tex` must be text and `mode` display or inline")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        unread = {"id": identifier, "rows": [], "width": 0, "baseline": 0, "warnings": [f"the request cannot be read: {error}"]}
        return unread | ({"spoken": ""} if arguments.spoken else {})
    layout = set_formula(tex, mode, width=arguments.width, profile=arguments.profile or profile)
    rows = ["".join(text for text, _ in row) for row in layout.rows]
    reply = {"id": identifier, "rows": rows, "width": layout.width, "baseline": layout.baseline, "warnings": list(layout.warnings)}
    return reply | ({"spoken": spoken(tex)} if arguments.spoken else {})
