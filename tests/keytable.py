"""`python -m tests.keytable`: writes the README's table of keys, and the authors' table of properties, from the lists in the program."""

from __future__ import annotations

import re
from pathlib import Path

from companion.answers.properties import PROPERTIES, PropertyWord
from companion.study.actions import ACTIONS, PLACES, key_label
from companion.study.manual import MOVING

README = Path(__file__).resolve().parent.parent / "README.md"
AUTHORS = README.parent / "content" / "README.md"
_TABLE = re.compile(r"(<!-- keys:[^>]*-->\n).*?(<!-- /keys -->)", re.DOTALL)
_PROPERTIES = re.compile(r"(<!-- properties:[^>]*-->\n).*?(<!-- /properties -->)", re.DOTALL)


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


def properties() -> str:
    """The words for properties as a Markdown table."""
    rows = ["| property | arguments | what it says |", "|---|---|---|"]
    rows += [f"| `{name}` | {_arguments(word)} | {word.about} |" for name, word in PROPERTIES.items()]
    return "\n".join(rows) + "\n"


def _arguments(word: PropertyWord) -> str:
    shown = {name: f"`{name}`" + (f" ({', '.join(argument.words)})" if argument.words else "") for name, argument in word.arguments.items()}
    needed = [shown[name] for name in word.required]
    one_of = [" or ".join(shown[name] for name in word.one_of)] if word.one_of else []
    others = [shown[name] for name in word.arguments if name not in (*word.required, *word.one_of)]
    return ", ".join([*needed, *one_of]) + (f"{'; ' if needed or one_of else ''}perhaps {', '.join(others)}" if others else "")


def with_properties(manual: str) -> str:
    """The authors' manual with the properties of today."""
    return _PROPERTIES.sub(lambda match: match[1] + properties() + match[2], manual)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    AUTHORS.write_text(with_properties(AUTHORS.read_text(encoding="utf-8")), encoding="utf-8")
