"""A page that scrolls, with the keys of lists."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll


class PageScroll(VerticalScroll):
    """Scrolls with the arrows, with j and k, and with Page Up and Page Down."""

    BINDINGS: ClassVar = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]
