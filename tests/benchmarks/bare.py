"""What first paint is measured against: an empty Textual app with a header, two lists and a footer."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, OptionList


class Bare(App[None]):
    """Nothing but what comes with Textual."""

    def compose(self) -> ComposeResult:
        """A header, two lists, a footer."""
        yield Header()
        yield OptionList("first list", "one", "two")
        yield OptionList("second list", "three", "four")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
