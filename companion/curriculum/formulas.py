"""Finding the formulas in prose: Markdown with `$…$` and `$$…$$`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_SPAN = re.compile(
    r"""
    (?P<escaped>\\.)
  | ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n .*? (?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$ | \Z)
  | (?<!`)(?P<ticks>`+)(?!`) .*? (?<!`)(?P=ticks)(?!`)
  | \$\$ (?P<display>(?:\\.|[^$\\])*) \$\$
  | \$ (?P<inline>(?:\\.|[^$\\])+) \$
  | (?P<stray>\$)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text. `line` counts from 0; `mode` is `stray` for a dollar sign that opens nothing."""

    tex: str
    mode: Literal["inline", "display", "stray"]
    line: int


def formulas_in(text: str) -> Iterator[Formula]:
    """The formulas of a text, in order. Code, and dollar signs after a backslash, are passed over."""
    for found in _SPAN.finditer(text):
        line = text.count("\n", 0, found.start())
        if found["display"] is not None:
            yield Formula(found["display"].strip(), "display", line)
        elif found["inline"] is not None:
            yield Formula(found["inline"].strip(), "inline", line)
        elif found["stray"]:
            yield Formula("", "stray", line)
