"""The map: which mathematical approaches exist and which areas each needs; and the areas, topic by topic."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from companion.study.actions import Place
from companion.study.atlas import approach_rows, area_codes, area_rows, level_header
from companion.study.pages import STATUS
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.grid import Cell, GlyphGrid, Row


def _rows(rows: list[tuple[str, str, str, list[tuple[int, str, str, str]]]]) -> tuple[Row, ...]:
    return tuple(Row(key, label, tuple(Cell(*cell) for cell in cells), role) for key, label, role, cells in rows)


class MapScreen(CompanionScreen):
    """Approaches by area: a filled cell means that the approach needs the area."""

    PLACE: ClassVar[Place] = "map"
    HEADING = "Map · approaches and the areas of mathematics they need"
    BINDINGS: ClassVar = bindings_for("map")

    def compose_body(self) -> ComposeResult:
        """The grid, and what is under the cursor."""
        yield GlyphGrid(id="grid")
        yield Static(id="under")

    def show_data(self) -> None:
        """The grid."""
        catalogue = self.services.catalogue
        rows = approach_rows(catalogue, self.companion.marks(), self.companion.is_ascii)
        header = tuple((2 * column, code) for column, code in enumerate(area_codes(catalogue)))
        self.query_one(GlyphGrid).show_rows(_rows(rows), header)

    @on(GlyphGrid.Moved)
    def _say_what(self, event: GlyphGrid.Moved) -> None:
        catalogue = self.services.catalogue
        approach = catalogue.approaches.get(event.row.key)
        if approach is None:
            self.query_one("#under", Static).update(Content(""))
            return
        area = event.cell.key.partition(" ")[2] if event.cell else ""
        needed = [catalogue.topics[topic].title for topic in approach.topics if catalogue.topics[topic].area == area]
        where = catalogue.areas[area].title if area else ""
        if area in approach.areas:
            where += f": needed{' (' + ', '.join(needed) + ')' if needed else ''}"
        elif area:
            where += ": not needed directly"
        lines = [f"{approach.title} · {STATUS[approach.status]}", where]
        self.query_one("#under", Static).update(Content(self.companion.drawable("\n".join(lines))))

    @on(GlyphGrid.Chosen)
    def _open(self, event: GlyphGrid.Chosen) -> None:
        if event.row.key in self.services.catalogue.approaches:
            self.companion.open_approach(event.row.key)

    def action_switch_map(self) -> None:
        """Show the areas by level instead."""
        self.companion.switch_screen(AreasScreen())


class AreasScreen(CompanionScreen):
    """Areas by level: every topic a cell, marked by how it stands."""

    PLACE: ClassVar[Place] = "areas"
    HEADING = "Map · areas by level; every sign is a topic"
    BINDINGS: ClassVar = bindings_for("areas")

    def compose_body(self) -> ComposeResult:
        """The grid, and what is under the cursor."""
        yield GlyphGrid(id="grid")
        yield Static(id="under")

    def show_data(self) -> None:
        """The grid."""
        catalogue = self.services.catalogue
        rows = area_rows(catalogue, self.companion.marks(), self.companion.is_ascii)
        self.query_one(GlyphGrid).show_rows(_rows(rows), level_header(catalogue))

    @on(GlyphGrid.Moved)
    def _say_what(self, event: GlyphGrid.Moved) -> None:
        if event.cell is None:
            return
        catalogue, grid = self.services.catalogue, self.query_one(GlyphGrid)
        topic = catalogue.topics[event.cell.key]
        needs = [catalogue.topics[need.id].title for need in topic.prerequisites]
        leads = catalogue.graph.direct_dependents(topic.id)
        grid.relate(frozenset([*(need.id for need in topic.prerequisites), *leads]))
        lines = [f"{topic.title} · level {topic.level}", f"needs {', '.join(needs)}" if needs else "needs nothing of this map"]
        self.query_one("#under", Static).update(Content(self.companion.drawable("\n".join(lines))))

    @on(GlyphGrid.Chosen)
    def _open(self, event: GlyphGrid.Chosen) -> None:
        if event.cell is not None:
            self.companion.open_topic(event.cell.key)

    def action_switch_map(self) -> None:
        """Show the approaches by area instead."""
        self.companion.switch_screen(MapScreen())
