r"""What may stand around a typed formula: dollar signs, `\( … \)`, `\[ … \]`, a full stop, and a sentence.

`Thus $x > 5$ is the solution.` is read as its formula. That is done only for a single formula between delimiters in plain words, none of
which means anything in mathematics or turns the sentence into its opposite. What is passed over becomes spaces, so that positions stay.
"""

from __future__ import annotations

import re
from typing import Final

from companion.answers.names import is_reserved

_DELIMITERS: Final = ((r"\$\$", r"\$\$"), (r"\$", r"\$"), (r"\\\(", r"\\\)"), (r"\\\[", r"\\\]"))
_FORMULAS: Final = tuple(re.compile(rf"([^$\\]*)({left})(.*\S.*)({right})([^$\\]*)", re.DOTALL) for left, right in _DELIMITERS)
_ANY_DELIMITER: Final = re.compile(r"\$|\\[()\[\]]")
_PROSE: Final = re.compile(r"[A-Za-z\s.,:;'’]*")
_DENIALS: Final = frozenset(
    {"not", "no", "never", "cannot", "nor", "neither", "none", "wrong", "false", "without", "except", "unless", "but"}
)


def bare_formula(text: str) -> str:
    """The text with what stands around its formula replaced by spaces; the text itself where it is not sure what the formula is."""
    text = _without_full_stop(text)
    for pattern in _FORMULAS:
        match = pattern.fullmatch(text)
        if match and not _ANY_DELIMITER.search(match[3]) and all(map(_is_prose, (match[1], match[5]))):
            before, after = (" " * (len(match[a]) + len(match[b])) for a, b in ((1, 2), (4, 5)))
            return before + _without_full_stop(match[3]) + after
    return text


def _without_full_stop(text: str) -> str:
    """A point at the end, except after a digit, only ends a sentence."""
    end = len(text.rstrip()) - 1
    if end > 0 and text[end] == "." and text[end - 1] not in "0123456789. \t\n":
        return text[:end] + " " + text[end + 1 :]
    return text


def _is_prose(text: str) -> bool:
    """Whether a text is made of plain words that leave the meaning of the formula alone."""
    if not _PROSE.fullmatch(text):
        return False
    words = re.findall(r"[a-z]+", text.lower())
    return not any(is_reserved(word) or word in _DENIALS or (len(word) == 1 and word not in "as") or word == "t" for word in words)
