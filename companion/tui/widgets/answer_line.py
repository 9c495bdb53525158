"""A line of typed mathematics with all that belongs to it: its number, its reading, and the completion of words with a backslash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.timer import Timer
from textual.widgets import Input

from companion.study.completion import complete, completions, word_before
from companion.study.verdicts import ROLES, verdict_sign
from companion.tui.messages import AnswerChanged
from companion.tui.widgets.completions import CompletionMenu
from companion.tui.widgets.formula import formula_rows
from companion.tui.widgets.line_input import AnswerInput
from companion.tui.widgets.reading import READS, ReadingView
from companion.tui.widgets.setting import Mathematics, MathWidget

if TYPE_CHECKING:
    from textual.strip import Strip

    from companion.answers.protocol import Verdict
    from companion.answers.reader import Vocabulary
    from companion.study.reading import Reading
    from companion.study.symbols import Mark

Reader = Callable[[str], "Reading"]
"""How a text is read."""

LONG = 120
"""Characters from which a text is read beside the event loop, in a pause of typing, since that takes longer than a key may."""
PAUSE = 0.1
"""Seconds without a key after which a long text is read."""

OFFERED = 6
"""Completions named in the hint."""


class LineNumber(MathWidget):
    """The number of a line, and its mark."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._sign, self._role = 0, " ", "faint"

    def show(self, number: int) -> None:
        """Show this number."""
        self._number = number
        self.refresh()

    def mark(self, sign: str, role: str) -> None:
        """Show this mark behind it."""
        self._sign, self._role = sign, role
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Number and mark."""
        return self.strip_of(((f"{self._number:2} ", "faint"), (f"{self._sign} ", self._role)), self.size.width)


class AnswerLine(Vertical):
    """The line. `own_keys` is asked about keys that neither the menu nor the completion wants, and says whether it dealt with one."""

    def __init__(
        self,
        reader: Reader,
        vocabulary: Vocabulary,
        own_keys: Callable[[AnswerLine, str], bool],
        entry: AnswerInput,
        numbered: bool = False,
    ) -> None:
        super().__init__()
        self._reader, self.vocabulary, self._own_keys = reader, vocabulary, own_keys
        self.entry = entry
        self._menu = CompletionMenu()
        self._view = ReadingView(self._column_of)
        self._number = LineNumber() if numbered else None
        self._waiting: Timer | None = None
        entry.takes = self._takes

    def compose(self) -> ComposeResult:
        """Number and line, menu, reading."""
        if self._number is None:
            yield self.entry
        else:
            with Horizontal():
                yield self._number
                yield self.entry
        yield self._menu
        yield self._view

    def on_mount(self) -> None:
        """Keep the mark of the trouble below its character."""
        self.watch(self.entry, "scroll_x", self._scrolled, init=False)

    def _scrolled(self) -> None:
        self._view.draw_again()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.entry.value

    def put(self, text: str, cursor: int | None = None) -> None:
        """Type this in place of what stands there."""
        self.entry.put(text, len(text) if cursor is None else cursor)

    def insert(self, mark: Mark) -> None:
        """Put a mark where the cursor is, in place of the word with a backslash before it if there is one."""
        edit = complete(self.text, self.entry.cursor_position, mark, self._ascii_only)
        self.put(edit.text, edit.cursor)

    def show_number(self, number: int) -> None:
        """Show this number before the line."""
        if self._number is not None:
            self._number.show(number)

    def mark(self, verdict: Verdict | None, position: int | None = None, words: bool = True) -> None:
        """Show what the judge said, beside the number and in words below, and where the trouble starts; `None` takes all that away."""
        if self._number is not None:
            self._number.mark(*((verdict_sign(verdict, self._ascii_only), ROLES[verdict]) if verdict else (" ", "faint")))
        if words or verdict is None:
            self._view.mark(verdict)
        if position is not None:
            self._view.point_at(min(position, len(self.text)))
            self.entry.cursor_position = min(position, len(self.text))

    @property
    def _ascii_only(self) -> bool:
        return self._view.mathematics.profile == "ascii"

    def _column_of(self, position: int) -> int:
        """The column of the reading below a character of the line."""
        before = self.entry.region.x - self._view.region.x + self.entry.styles.gutter.left
        return before + cell_len(self.text[:position]) - int(self.entry.scroll_offset.x)

    # ------------------------------------------------------------------ keys

    def _takes(self, key: str) -> bool:
        if self._menu.is_open and self._menu_takes(key):
            return True
        if key == "tab" and self._completed():
            return True
        return self._own_keys(self, key)

    def _menu_takes(self, key: str) -> bool:
        match key:
            case "up" | "down":
                self._menu.move(-1 if key == "up" else 1)
            case "enter" | "tab":
                mark = self._menu.chosen.mark
                self._menu.close()
                self.insert(mark)
            case "escape":
                self._menu.close()
            case _:
                return False
        return True

    def _completed(self) -> bool:
        """Complete the word before the cursor, or offer its completions; whether there is such a word."""
        word = word_before(self.text, self.entry.cursor_position)
        if word is None:
            return False
        found = completions(word[1], self.vocabulary)
        if len(found) == 1:
            self.insert(found[0].mark)
        elif found:
            self._view.say("")
            self._menu.open(found)
        else:
            self._view.say(f"No command that can be read here begins with \\{word[1]}.")
        return True

    # ------------------------------------------------------------------ the reading

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read the line again."""
        event.stop()
        self.post_message(AnswerChanged())
        if self._number is not None:
            self._number.mark(" ", "faint")
        if self._menu.is_open:
            word = word_before(self.text, self.entry.cursor_position)
            self._menu.open(completions(word[1], self.vocabulary) if word else ())
        if self._waiting is not None:
            self._waiting.stop()
        if len(self.text) > LONG:
            self._waiting = self.set_timer(PAUSE, self._read_aside)
        else:
            self._show(self._reader(self.text))

    def _read_aside(self) -> None:
        self.run_worker(self._read_long(self.text, self._view.size.width, self._view.mathematics), exclusive=True, group="reading")

    async def _read_long(self, text: str, width: int, mathematics: Mathematics) -> None:
        def read() -> Reading:
            reading = self._reader(text)
            formula_rows(READS, reading.tex, width, mathematics)  # kept by the layout, so that showing it is quick
            return reading

        reading = await asyncio.to_thread(read)
        if text == self.text and self.is_attached:
            self._show(reading)

    def _show(self, reading: Reading) -> None:
        self.entry.unmatched = reading.unmatched
        self._view.show(reading, "" if reading.stage == "read" else self._hint())

    def _hint(self) -> str:
        """What Tab would make of the word before the cursor."""
        word = word_before(self.text, self.entry.cursor_position)
        found = completions(word[1], self.vocabulary) if word and word[1] else ()
        named = [f"\\{completion.command} {completion.mark.label(self._ascii_only)}" for completion in found[:OFFERED]]
        return f"Tab: {', '.join(named)}{' ...' if len(found) > OFFERED else ''}" if named else ""

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Keep room for what may be said."""
        self._view.keep_room(True)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Give the room back."""
        self._menu.close()
        self._view.keep_room(False)
