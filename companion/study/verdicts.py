"""The verdict on a part of an answer, or on a line of it, as a person sees it: a sign and a word each."""

from __future__ import annotations

from typing import Final

from companion.answers.protocol import Verdict

SIGNS: Final[dict[Verdict, str]] = {"correct": "✓", "incorrect": "✗", "invalid": "…", "undecided": "?"}
ASCII_SIGNS: Final[dict[Verdict, str]] = {"correct": "+", "incorrect": "x", "invalid": "~", "undecided": "?"}
WORDS: Final[dict[Verdict, str]] = {
    "correct": "right",
    "incorrect": "not right",
    "invalid": "not read",
    "undecided": "not decided",
}
ROLES: Final[dict[Verdict, str]] = {"correct": "right", "incorrect": "wrong", "invalid": "error", "undecided": "error"}
"""The role in which each is drawn."""


def verdict_sign(verdict: Verdict, ascii_only: bool = False) -> str:
    """The one-cell sign of a verdict."""
    return (ASCII_SIGNS if ascii_only else SIGNS)[verdict]


def verdict_mark(verdict: Verdict, ascii_only: bool = False) -> str:
    """Sign and word."""
    return f"{verdict_sign(verdict, ascii_only)} {WORDS[verdict]}"
