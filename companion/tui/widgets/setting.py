"""What every widget that shows mathematics shares: roles to styles, and how this app sets mathematics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from companion.mathtext.flow import Line
    from companion.mathtext.rendering import ProfileName

ROLES = (
    "variable",
    "number",
    "relation",
    "operator",
    "delimiter",
    "rule",
    "text",
    "function",
    "heading",
    "emphasis",
    "strong",
    "code",
    "quote",
    "link",
    "marker",
    "error",
    "chosen",
    "cursor",
    "right",
    "wrong",
    "faint",
)


NOTHING = Style()
MODIFIERS = {"bold": Style(bold=True), "strong": Style(bold=True), "emphasis": Style(italic=True)}


@dataclass(frozen=True, slots=True)
class Mathematics:
    """How mathematics is set: the glyph profile and the pack's macros."""

    profile: ProfileName = "full"
    macros: dict[str, str] = field(default_factory=dict)


class SetsMathematics(Protocol):
    """An app that says how mathematics is set."""

    mathematics: Mathematics


class MathWidget(Widget):
    """Draws lines of (text, role); a role is styled by the component class `math--role`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"math--{role}" for role in ROLES}

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._styles: dict[str, Style] = {}

    @property
    def mathematics(self) -> Mathematics:
        """How the app sets mathematics."""
        return cast("SetsMathematics", self.app).mathematics

    def lines_of(self, markdown: str, width: int) -> tuple[Line, ...]:
        """Markdown with mathematics as lines of at most this width."""
        if not markdown.strip():
            return ()
        from companion.mathtext.document import layout

        return layout(markdown, max(1, width), profile=self.mathematics.profile, macros=self.mathematics.macros).lines

    def first_lines_of(self, markdown: str, width: int, rows: int) -> tuple[Line, ...]:
        """The first lines of `lines_of`, as many as a screen shows."""
        from companion.mathtext.document import opening

        return opening(markdown, max(1, width), rows, profile=self.mathematics.profile, macros=self.mathematics.macros).lines

    def notify_style_update(self) -> None:
        """Forget the styles of the theme that was left."""
        super().notify_style_update()
        self._styles.clear()

    def style_of(self, role: str) -> Style:
        """The style of a role such as `variable` or `variable.bold.heading` in the present theme."""
        if role not in self._styles:
            main, *modifiers = role.split(".")
            style = self.get_component_rich_style(f"math--{main if main in ROLES else 'text'}")
            for modifier in modifiers:
                style += MODIFIERS.get(modifier) or self._emphasis(modifier)
            self._styles[role] = style
        return self._styles[role]

    def _emphasis(self, role: str) -> Style:
        """What a heading, a link and the like add to the mathematics in them."""
        return self.get_component_rich_style(f"math--{role}", partial=True) if role in ROLES else NOTHING

    def strip_of(self, segments: Iterable[tuple[str, str]], width: int, over: str = "") -> Strip:
        """A line as wide as the widget; `over` is a role whose style lies over the whole line."""
        extra = self.style_of(over) if over else None
        drawn = [Segment(text, self.style_of(role) + extra if extra else self.style_of(role)) for text, role in segments]
        return Strip(drawn).adjust_cell_length(width, self.rich_style)
