r"""What may stand around a typed formula: dollar signs, `\( … \)`, `\[ … \]`, a full stop, and a sentence.

`Thus $x > 5$ is the solution.` is read as its formula, and `The roots are $2$ and $3$.` as its formulas with what joins them. That is done
only for formulas between delimiters in plain words, none of which means anything in mathematics or turns the sentence into its opposite.
What is passed over becomes spaces, so that positions stay.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from companion.answers.names import is_reserved

_FORMULA: Final = re.compile(
    r"""(?<!\\)(?:
        (?P<double>\$\$)(?P<a>[^$]+)\$\$ | (?P<single>\$)(?P<b>[^$]+)\$ |
        (?P<round>\\\()(?P<c>[^$]+?)(?<!\\)\\\) | (?P<square>\\\[)(?P<d>[^$]+?)(?<!\\)\\\]
    )""",
    re.VERBOSE,
)
_ANY_DELIMITER: Final = re.compile(r"\$|(?<!\\)\\[()\[\]]")
_PROSE: Final = re.compile(r"(?:[A-Za-z\s.,:;'’]|(?<=[A-Za-z]{2})-(?=[A-Za-z]{2}))*")
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
_JOINING: Final = re.compile(r"\s*(?:[,;]\s*)?(?:and|or)?\s*", re.IGNORECASE)
_DENIALS: Final = frozenset(
    {"not", "no", "non", "never", "cannot", "nor", "neither", "none", "wrong", "false", "without", "except", "unless", "but"}
)


def bare_formula(text: str) -> str:
    """The text with what stands around its formulas replaced by spaces; the text itself where it is not sure what they are."""
    text = _without_full_stop(text)
    if not _ANY_DELIMITER.search(text):
        return text
    formulas = list(_FORMULA.finditer(text))
    if not formulas or any(map(_is_broken, formulas)):
        return text
    between = [text[left.end() : right.start()] for left, right in pairwise(formulas)]
    before, after = text[: formulas[0].start()], text[formulas[-1].end() :]
    if not (_is_prose(before) and _is_prose(after) and all(gap.strip() and _JOINING.fullmatch(gap) for gap in between)):
        return text
    shown = [" " * len(before)]
    for formula, gap in zip(formulas, [*between, " " * len(after)], strict=True):
        shown += [_inside(formula), gap.lower()]
    return "".join(shown)


def _inside(formula: re.Match[str]) -> str:
    """A formula with its delimiters replaced by spaces."""
    inner = next(filter(None, formula.group("a", "b", "c", "d")))
    width = 2 if formula["single"] is None else 1
    return " " * width + _without_full_stop(inner) + " " * width


def _is_broken(formula: re.Match[str]) -> bool:
    """Whether delimiters stand inside those of a formula, or nothing does."""
    inner = _inside(formula)
    return not inner.strip() or _ANY_DELIMITER.search(inner) is not None


def _without_full_stop(text: str) -> str:
    """A point at the end, except after a digit, only ends a sentence."""
    end = len(text.rstrip()) - 1
    if end > 0 and text[end] == "." and text[end - 1] not in "0123456789. \t\n":
        return text[:end] + " " + text[end + 1 :]
    return text


def _is_prose(text: str) -> bool:
    """Whether a text is made of plain words that leave the meaning of the formula alone."""
    return _PROSE.fullmatch(text) is not None and not any(map(_means_something, _WORD.findall(text.lower())))


def _means_something(word: str) -> bool:
    """Whether a word means something in mathematics, or denies; a word with a hyphen is never mathematics."""
    if "-" in word:
        return any(part in _DENIALS for part in word.split("-"))
    return is_reserved(word) or word in _DENIALS or (len(word) == 1 and word not in "as") or word == "t"
