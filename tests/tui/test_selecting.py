"""Copying from a page gives words as they are and formulas as TeX."""

from __future__ import annotations

from textual.geometry import Offset
from textual.selection import Selection

from companion.mathtext.document import layout
from companion.tui.widgets.selecting import selected_text


def test_an_inline_formula_is_copied_as_tex() -> None:
    lines = layout(r"Let $x_n\to x$ in $X$.", 60).lines
    assert selected_text(lines, Selection(None, None)) == r"Let $x_n\to x$ in $X$."


def test_a_selection_that_touches_a_formula_takes_all_of_it() -> None:
    lines = layout(r"Let $x_n\to x$ in $X$.", 60).lines
    assert selected_text(lines, Selection(Offset(2, 0), Offset(6, 0))) == r"t $x_n\to x$"


def test_words_alone_are_copied_as_they_stand() -> None:
    lines = layout("plain words only", 60).lines
    assert selected_text(lines, Selection(Offset(6, 0), Offset(11, 0))) == "words"


def test_a_formula_of_several_rows_is_copied_once() -> None:
    lines = layout("Before.\n\n$$\\frac{a+b}{c+d}=\\int_0^1 f\\,dx$$\n\nAfter.", 60).lines
    copied = selected_text(lines, Selection(None, None))
    assert copied.count(r"\frac{a+b}{c+d}") == 1
    assert copied.startswith("Before.")
    assert copied.endswith("After.")
