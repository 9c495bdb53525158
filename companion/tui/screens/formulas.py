"""The formulas of a page with their TeX: look one up, copy it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from companion.study.actions import Place
from companion.tui.bindings import bindings_for
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.formula import FormulaView
from companion.tui.widgets.listing import Listing, entry


class FormulasScreen(CompanionScreen):
    """A list of TeX; the formula under the cursor is set below it."""

    PLACE: ClassVar[Place] = "formulas"
    HEADING = "TeX of the formulas on this page · Enter copies one"
    BINDINGS: ClassVar = bindings_for("formulas")

    def __init__(self, formulas: list[str]) -> None:
        super().__init__()
        self._formulas = list(dict.fromkeys(formulas))

    def compose_body(self) -> ComposeResult:
        """The list, and the formula under the cursor."""
        yield Listing(id="tex")
        yield FormulaView(id="under")

    def on_mount(self) -> None:
        """Fill the list."""
        listing = self.query_one("#tex", Listing)
        listing.fill(entry(str(number), " ".join(tex.split())) for number, tex in enumerate(self._formulas))
        listing.focus()

    @on(OptionList.OptionHighlighted, "#tex")
    def _set(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one(FormulaView).show_tex(self._formulas[int(event.option_id or 0)])

    @on(OptionList.OptionSelected, "#tex")
    def _copy(self, event: OptionList.OptionSelected) -> None:
        self.app.copy_to_clipboard(self._formulas[int(event.option_id or 0)])
        self.companion.say("Copied as TeX.")
