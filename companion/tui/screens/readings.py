"""The works, and how far one is from being able to read each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from companion.study.actions import Place
from companion.study.pages import short_authors
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.listing import Listing, entry, heading

if TYPE_CHECKING:
    from textual.widgets.option_list import Option


class ReadingsScreen(CompanionScreen):
    """All works."""

    PLACE: ClassVar[Place] = "readings"
    HEADING = "Readings · how much of what each needs you know"
    BINDINGS: ClassVar = bindings_for("readings")

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield Listing(id="works")

    def show_data(self) -> None:
        """The works with what is known of their needs."""
        self.query_one("#works", Listing).fill(self._entries())

    def _entries(self) -> Iterator[Option]:
        readings = self.services.catalogue.readings.values()
        marks = self.companion.marks()
        for chosen, title in ((False, "Named in the public discussion that this map answers"), (True, "Our choice")):
            yield heading(title)
            for reading in readings:
                if reading.chosen is chosen:
                    known = sum(marks[topic] in ("known", "due", "provisional") for topic in reading.needs)
                    share = f"{known}/{len(reading.needs)}"
                    yield entry(reading.id, f"{share:>5}  {reading.title}", f"{short_authors(reading.authors)} {reading.year}")

    @on(OptionList.OptionSelected, "#works")
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.companion.open_reading(event.option_id or "")
