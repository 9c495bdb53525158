r"""Derivatives as TeX marks them: `f^{\prime}(x)`, `f^\prime(x)` and, where f is a declared function, `\dot f(x)` are `f'(x)`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from companion.answers.names import canonical_name
from companion.answers.tokens import Token
from companion.answers.vocabulary import Vocabulary

_DOTS: Final = {"dot": 1, "ddot": 2}


def with_primes(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """The raw tokens with the marks of derivatives as primes; a name that is declared with its dot stays itself."""
    if not any(token.text == "'" or token.text in _DOTS for token in tokens):
        return tokens
    changed: list[Token] = []
    at = 0
    while at < len(tokens):
        primes, used = _raised(tokens, at) or _dots(tokens, at, vocabulary) or ([], 0)
        if not used:
            changed.append(tokens[at])
        changed += primes
        at += used or 1
    return changed


def _raised(tokens: list[Token], at: int) -> tuple[list[Token], int] | None:
    """The primes of `^{''}` or `^'`, and how many tokens they take; `None` if something else is raised."""
    if not tokens[at].is_op("^"):
        return None
    grouped = tokens[at + 1].kind == "open" and tokens[at + 1].text == "{"
    end = first = at + 1 + grouped
    while tokens[end].is_op("'"):
        end += 1
    if end == first or (grouped and tokens[end].kind != "close"):
        return None
    return tokens[first:end], end + grouped - at


def _dots(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[list[Token], int] | None:
    """A prime for each dot over a declared function, in the tokens of an accent: `_`, `{`, `dot`, `}` after the letter."""
    mark = tokens[at + 2].text if at and tokens[at].is_op("_") and at + 2 < len(tokens) else ""
    if mark not in _DOTS or tokens[at].span[0] != tokens[at].span[1]:
        return None
    name = tokens[at - 1].text
    if name not in vocabulary.functions or canonical_name(f"{name}_{mark}") in vocabulary.names:
        return None
    return [replace(tokens[at], kind="op", text="'")] * _DOTS[mark], 4
