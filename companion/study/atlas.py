"""The map as rows of cells: approaches by area, and areas by level.

A cell is (column, glyph, role, key), a row is (key, label, role, cells): plain
data, so that the app, the command line and tests draw the same map.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from companion.study.marks import KNOWN, Mark, glyph
from companion.study.pages import STATUS

if TYPE_CHECKING:
    from companion.curriculum.catalogue import Catalogue

CellData: TypeAlias = tuple[int, str, str, str]
RowData: TypeAlias = tuple[str, str, str, list[CellData]]

LEVELS = range(1, 6)
GAP = 2
"""Empty columns between two levels."""


def area_codes(catalogue: Catalogue) -> list[str]:
    """One letter for each area, in order: A, B, C, …; the legend names them."""
    return [chr(ord("A") + number) for number in range(len(catalogue.areas))]


def approach_rows(catalogue: Catalogue, marks: Mapping[str, Mark], ascii_only: bool = False) -> list[RowData]:
    """One row for each approach under a heading for its status; a cell for each area.

    A needed area shows how the topics that the approach takes from it stand: known if all are, started if some are.
    """
    rows: list[RowData] = []
    for status, title in STATUS.items():
        rows.append((status, title, "section", []))
        for approach in catalogue.approaches.values():
            if approach.status == status:
                cells = [
                    (2 * column, *_need(catalogue, approach.id, area, marks, ascii_only), f"{approach.id} {area}")
                    for column, area in enumerate(catalogue.areas)
                ]
                rows.append((approach.id, approach.title, "label", cells))
    return rows


def _need(catalogue: Catalogue, approach: str, area: str, marks: Mapping[str, Mark], ascii_only: bool) -> tuple[str, str]:
    needed = catalogue.approaches[approach]
    if area not in needed.areas:
        return ".", "blank"
    topics = [topic for topic in needed.topics if catalogue.topics[topic].area == area]
    known = sum(marks[topic] in KNOWN for topic in topics)
    if topics and known == len(topics):
        return glyph("known", ascii_only), "known"
    return (glyph("started", ascii_only), "started") if known else (glyph("ready", ascii_only), "needed")


def area_rows(catalogue: Catalogue, marks: Mapping[str, Mark], ascii_only: bool = False) -> list[RowData]:
    """One row for each area; its topics stand below their level, each with its mark."""
    starts = _level_starts(catalogue)
    rows: list[RowData] = []
    for area in catalogue.areas.values():
        cells: list[CellData] = []
        for level in LEVELS:
            topics = [topic for topic in catalogue.topics.values() if topic.area == area.id and topic.level == level]
            for place, topic in enumerate(topics):
                mark = marks[topic.id]
                cells.append((starts[level] + place, glyph(mark, ascii_only), mark, topic.id))
        rows.append((area.id, area.title, "label", cells))
    return rows


def level_header(catalogue: Catalogue) -> tuple[tuple[int, str], ...]:
    """The levels over their columns."""
    starts = _level_starts(catalogue)
    return tuple((starts[level], str(level)) for level in LEVELS)


def _level_starts(catalogue: Catalogue) -> dict[int, int]:
    """The column at which each level begins: as far right as the fullest area needs."""
    starts, column = {}, 0
    for level in LEVELS:
        starts[level] = column
        counts = [sum(topic.area == area and topic.level == level for topic in catalogue.topics.values()) for area in catalogue.areas]
        column += max([1, *counts]) + GAP
    return starts
