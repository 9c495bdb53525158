"""`python -m tests.keytable`: writes the README's table of keys from the list of actions."""

from __future__ import annotations

import re
from pathlib import Path

from companion.study.actions import ACTIONS, PLACES, key_label
from companion.study.manual import MOVING

README = Path(__file__).resolve().parent.parent / "README.md"
_TABLE = re.compile(r"(<!-- keys:[^>]*-->\n).*?(<!-- /keys -->)", re.DOTALL)


def table() -> str:
    """The keys as a Markdown table."""
    rows = ["| keys | what they do in lists, maps and fields |", "|---|---|"]
    rows += [f"| {keys} | {what} |" for keys, what in MOVING]
    rows += ["", "| key | action | where | what it does |", "|---|---|---|---|"]
    for action in ACTIONS:
        keys = ", ".join(f"`{key_label(key)}`" for key in action.keys)
        where = "all but a question" if len(action.where) > 5 else ", ".join(PLACES[place].lower() for place in action.where)
        rows.append(f"| {keys} | {action.title} | {where} | {action.help} |")
    return "\n".join(rows) + "\n"


def with_table(readme: str) -> str:
    """The README with the table of today."""
    return _TABLE.sub(lambda match: match[1] + table() + match[2], readme)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
