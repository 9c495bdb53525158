"""Small packs for the tests to break."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

PACK = """\
schema: 1
id: mine
version: 1
title: A pack
macros: {R: '\\mathbb{R}'}
"""
AREAS = """\
areas:
  - {id: things, title: Things}
"""
SKILL = "skills: [{id: do-it, can: Do it.}]"


def topic(name: str, *, needs: tuple[str, ...] = (), level: int = 1, exercises: str = "", more: str = "") -> str:
    """A topic's file. The exercises are YAML list items without indentation."""
    lines = [
        "schema: 1",
        f"id: {name}",
        f"title: The topic {name}",
        "area: things",
        f"level: {level}",
        "prerequisites: [" + ", ".join(f"{{id: {needed}, why: It is used.}}" for needed in needs) + "]",
        "objective: You can do it.",
        SKILL,
    ]
    if more:
        lines.append(dedent(more).strip("\n"))
    if exercises:
        lines += ["notes: Some $x$.", "exercises:", indent(dedent(exercises).strip("\n"), "  ")]
    return "\n".join(lines) + "\n"


class Folder:
    """A pack on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("pack.yaml", PACK)
        self.write("areas.yaml", AREAS)

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def topic(self, name: str, text: str | bytes | None = None) -> Path:
        return self.write(f"topics/things/{name}.yaml", topic(name) if text is None else text)


def line_of(text: str, piece: str) -> int:
    """The line (from 1) on which a piece of a text stands for the first time."""
    return text[: text.index(piece)].count("\n") + 1
