"""Runs of letters divided into known pieces, and known words that are near an unknown one."""

from __future__ import annotations

from typing import Final

from companion.answers import names
from companion.answers.vocabulary import Vocabulary

_LONGEST_WORD: Final = max(map(len, [*names.SPLITTABLE, *names.GREEK]))
_LONGEST_TYPO: Final = 20


def divided(word: str, vocabulary: Vocabulary) -> list[str] | None:
    """The pieces of a run of letters that is no name of its own, or `None` if it is not to be divided.

    Pieces are declared names, functions, Greek letters and constants, as few as possible; single letters too where names are split.
    In an open vocabulary without split names, a function and one letter are told apart as well (`sinx`).
    """
    pieces = _fewest_pieces(word, vocabulary)
    if pieces is None or len(pieces) < 2:
        return None
    if vocabulary.split_names or all(_is_known(piece, vocabulary) for piece in pieces):
        return pieces
    return pieces if len(pieces) == 2 and any(piece in names.SPLITTABLE for piece in pieces) else None


def _fewest_pieces(word: str, vocabulary: Vocabulary) -> list[str] | None:
    letters = vocabulary.split_names or vocabulary.open
    longest = max([_LONGEST_WORD, *map(len, vocabulary.names)])
    costs: list[int | None] = [0] + [None] * len(word)
    starts = [0] * (len(word) + 1)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - longest), end):
            before, current, piece = costs[start], costs[end], word[start:end]
            if before is None or (current is not None and current <= before + 1):
                continue
            if _is_known(piece, vocabulary) or (letters and len(piece) == 1):
                costs[end], starts[end] = before + 1, start
    if costs[-1] is None:
        return None
    pieces, end = [], len(word)
    while end:
        pieces.append(word[starts[end] : end])
        end = starts[end]
    return pieces[::-1]


def _is_known(piece: str, vocabulary: Vocabulary) -> bool:
    return piece in vocabulary.names or piece in names.SPLITTABLE or piece in names.GREEK or piece in ("pi", "e", "i")


def near_name(word: str, vocabulary: Vocabulary) -> str | None:
    """The declared name that a word was probably meant to be."""
    return _near(word, sorted(vocabulary.names))


def near_function(word: str) -> str | None:
    """The function that a word was probably meant to be."""
    if len(word) < 3:
        return None
    known = [*names.FUNCTIONS, *names.ALIASES, *names.LOGARITHMS, *names.BINDERS]
    transposed = next((name for name in known if len(name) == len(word) and sorted(name) == sorted(word.lower())), None)
    return transposed or _near(word, known)


def _near(word: str, known: list[str]) -> str | None:
    if len(word) > _LONGEST_TYPO:
        return None
    from difflib import get_close_matches  # only when something is wrong

    found = get_close_matches(word, known, 1, 0.7)
    return found[0] if found else None
