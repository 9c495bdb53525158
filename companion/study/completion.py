r"""What Tab makes of a word that begins with a backslash: `\al` → α, and a choice where several begin like that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from companion.answers.vocabulary import Vocabulary
from companion.study.symbols import Mark, marks_for

_WORD: Final = re.compile(r"\\([A-Za-z]*)$")
_LETTERS: Final = ("Greek letters", "Names of this question")


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to complete a word: the TeX command it becomes, and what is put in its place."""

    command: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Edit:
    """A text, and where the cursor stands in it."""

    text: str
    cursor: int


def word_before(text: str, cursor: int) -> tuple[int, str] | None:
    r"""Where the word with a backslash begins that ends at the cursor, and its letters; `None` if there is none. `\\` begins none."""
    found = _WORD.search(text[:cursor])
    if found is None or text[: found.start()].endswith("\\"):
        return None
    return found.start(), found[1]


def completions(letters: str, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """The commands that begin with these letters, the one that is spelled so first, then by length; each thing to insert once."""
    found: dict[Mark, str] = {}
    for mark in marks_for(vocabulary):
        fitting = [command for command in mark.commands if command.startswith(letters)]
        if fitting:
            found[mark] = letters if letters in fitting else fitting[0]
    # Where a letter and a function share a command, as for \\Gamma, the letter is meant: before a bracket it is the function anyway.
    unique: dict[str, Completion] = {}
    for mark, command in sorted(found.items(), key=lambda item: item[0].group not in _LETTERS):
        unique.setdefault(command, Completion(command, mark))
    return tuple(sorted(unique.values(), key=lambda choice: (choice.command != letters, len(choice.command), choice.command.lower())))


def complete(text: str, cursor: int, mark: Mark, ascii_only: bool = False) -> Edit:
    """The text with a mark in place of the word before the cursor, if there is one; letters are kept apart from letters before them."""
    word = word_before(text, cursor)
    start = word[0] if word else cursor
    inserted, place = mark.inserted(ascii_only)
    before, after = text[:start], text[cursor:]
    if before and before[-1].isalpha() and inserted[:1].isalpha() and inserted[0].isascii():
        before += " "
    if before.endswith(" ") and inserted.startswith(" "):
        inserted, place = inserted[1:], place - 1
    return Edit(before + inserted + after, len(before) + place)


def search(query: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks whose name, command, glyph or meaning has the query in it, in the order of their groups; all for an empty query."""
    wanted = query.strip().lstrip("\\").lower()
    if not wanted:
        return marks
    return tuple(
        mark
        for mark in marks
        if wanted == mark.shown
        or wanted in mark.typed.lower()
        or wanted in mark.meaning.lower()
        or wanted in mark.group.lower()
        or any(command.lower().startswith(wanted) for command in mark.commands)
    )
