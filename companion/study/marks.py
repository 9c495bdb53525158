"""How a topic stands, as a person sees it: one word, one glyph, one style name each.

Every mark has its own glyph, so that nothing depends on color. The ASCII
glyphs are for terminals and pipes that cannot show the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from companion.curriculum.catalogue import Catalogue
    from companion.learner.mastery import Standing
    from companion.learner.progress import Progress

Mark = Literal["known", "due", "provisional", "started", "ready", "locked", "unwritten"]

GLYPHS: dict[Mark, str] = {
    "known": "●",
    "due": "◆",
    "provisional": "◍",
    "started": "◐",
    "ready": "○",
    "locked": "◌",
    "unwritten": "·",
}

ASCII_GLYPHS: dict[Mark, str] = {
    "known": "#",
    "due": "!",
    "provisional": "%",
    "started": "+",
    "ready": "o",
    "locked": "-",
    "unwritten": ".",
}

MEANINGS: dict[Mark, str] = {
    "known": "known: you showed every skill that has exercises, or said that you know it",
    "due": "known, and a review is due",
    "provisional": "inferred, not yet shown",
    "started": "started: some skill was asked for, not all are shown",
    "ready": "ready: you know everything it needs",
    "locked": "not ready: a prerequisite is missing",
    "unwritten": "no notes and exercises yet: objective, skills and readings only",
}

KNOWN: frozenset[Mark] = frozenset({"known", "due"})
"""The marks of a topic that counts as known."""


def glyph(mark: Mark, ascii_only: bool = False) -> str:
    """The one-cell sign of a mark."""
    return (ASCII_GLYPHS if ascii_only else GLYPHS)[mark]


def signs(marked: Mapping[str, Mark], ascii_only: bool = False) -> dict[str, str]:
    """The sign of every topic, by id."""
    return {topic: glyph(mark, ascii_only) for topic, mark in marked.items()}


def marks(catalogue: Catalogue, progress: Progress, today: date) -> dict[str, Mark]:
    """The mark of every topic, by id."""
    from companion.learner.mastery import standings

    return {topic: _mark(standing) for topic, standing in standings(catalogue, progress, today).items()}


def _mark(standing: Standing) -> Mark:
    from companion.learner.mastery import TopicState

    if standing.known:
        return "due" if standing.fading else "known"
    if standing.state is TopicState.STARTED:
        return "started"
    return standing.status
