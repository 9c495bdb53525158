"""The symbols that can be typed, in a list over the question: look one up, and it is put where the cursor is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList

from companion.study.actions import Place
from companion.study.completion import search
from companion.study.symbols import Mark
from companion.tui.bindings import bindings_for
from companion.tui.widgets.line_input import LineInput
from companion.tui.widgets.listing import Listing, entry, heading, remark

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from companion.tui.app import CompanionApp

MOVES = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}
"""Keys that move in the list while the focus is in the line above it."""


class SymbolScreen(ModalScreen["Mark | None"]):
    """Gives the symbol that was chosen, or nothing."""

    PLACE: ClassVar[Place] = "symbols"
    BINDINGS: ClassVar = bindings_for("symbols")

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        super().__init__()
        self._marks = marks
        self._shown = marks

    def compose(self) -> ComposeResult:
        """A line to type into, the list, the keys."""
        line = LineInput(placeholder="Type a part of a name, a meaning or a command.", select_on_focus=False)
        line.takes = self._takes
        with Vertical(id="popup"):
            yield line
            yield Listing(id="symbols")
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show all."""
        self._fill("")

    def _fill(self, query: str) -> None:
        self._shown = search(query, self._marks)
        self.query_one(Listing).fill(self._entries(), keep_cursor=False)

    def _entries(self) -> list[Option]:
        ascii_only = cast("CompanionApp", self.app).is_ascii
        entries: list[Option] = []
        group = ""
        for number, mark in enumerate(self._shown):
            if mark.group != group:
                group = mark.group
                entries.append(heading(group))
            label = mark.label(ascii_only)
            entries.append(entry(str(number), f"{label}{' ' * (10 - cell_len(label))} {mark.typed:18}", mark.meaning))
        return entries or [remark("Nothing is called so. Delete a letter.")]

    def _takes(self, key: str) -> bool:
        if key not in MOVES:
            return False
        getattr(self.query_one(Listing), f"action_{MOVES[key]}")()
        return True

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def action_insert(self) -> None:
        """Give the symbol under the cursor."""
        chosen = self.query_one(Listing).highlighted_option
        if chosen is not None and chosen.id is not None:
            self.dismiss(self._shown[int(chosen.id)])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[int(event.option_id or 0)])

    def action_close(self) -> None:
        """Give nothing."""
        self.dismiss(None)
