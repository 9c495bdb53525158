"""What is wrong with a piece of content, and where: one sentence for its author."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem: the file, the line (from 1), the dotted field (empty for the file as a whole), and what was expected.

    A `warning` is worth a look, and stops nothing.
    """

    file: str
    line: int
    field: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        field = f" {self.field}:" if self.field else ""
        return f"{self.file}:{self.line}:{field} {self.message}"

    def as_json(self) -> dict[str, str | int | bool]:
        """The problem as `check --json` prints it."""
        return asdict(self)


class ContentError(Exception):
    """Content that cannot be opened. `problems` holds every reason, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        first = str(self.problems[0]) if self.problems else "The content cannot be opened."
        others = len(self.problems) - 1
        super().__init__(first + (f" (and {others} more)" if others > 0 else ""))


def shown_name(path: Path) -> str:
    """A file's name as a person in the current folder would type it."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)
