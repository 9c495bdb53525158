"""Lists whose entries are plain text: nothing in them is ever taken for markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Listing(OptionList):
    """An option list that also moves with j and k, and keeps its cursor on the same entry when it is filled again."""

    BINDINGS: ClassVar = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def fill(self, entries: Iterable[Option], keep_cursor: bool = True) -> None:
        """Show these entries; the cursor stays on its entry, or goes to the first."""
        highlighted = self.highlighted_option.id if self.highlighted_option and keep_cursor else None
        options = list(entries)
        self.set_options(options)
        wanted = next((index for index, option in enumerate(options) if option.id and option.id == highlighted), None)
        if wanted is None:
            wanted = next((index for index, option in enumerate(options) if not option.disabled), None)
        self.highlighted = wanted


def heading(text: str) -> Option:
    """An entry that cannot be chosen."""
    return Option(Content.styled(text, "bold $foreground-muted"), disabled=True)


def entry(identifier: str, text: str, detail: str = "") -> Option:
    """An entry that can be chosen, with a fainter detail after it."""
    shown = Content(text)
    return Option(Content.assemble(shown, Content.styled("  " + detail, "$foreground-muted")) if detail else shown, id=identifier)


def remark(text: str) -> Option:
    """A sentence in a list."""
    return Option(Content.styled(text, "$foreground-muted"), disabled=True)
