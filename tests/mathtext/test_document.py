import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.mathtext import document, render
from companion.mathtext.flow import Line

from .test_parser import soup


def text(markdown: str, width: int = 60) -> str:
    return document.plain(markdown, width)


def check(lines: tuple[Line, ...]) -> None:
    for line in lines:
        joined = "".join(part for part, _ in line.segments)
        assert "\n" not in joined
        assert not any(ord(character) < 32 for character in joined)
        assert all(0 <= span.start < span.end <= max(line.width, span.end) for span in line.formulas)


pieces = st.sampled_from([
    "# ", "- ", "1. ", "> ", "| a | $|x|$ |\n|---|:-:|\n| ", "$", "$$", "\n", "\n\n", "**", "*", "`", "```\n", "[x](y)", "a b",
    "    ", "\\", "---\n",
])


@given(st.lists(st.one_of(pieces, soup, st.text(max_size=8)), max_size=12).map("".join), st.integers(1, 90))
def test_any_markdown_lays_out(markdown: str, width: int) -> None:
    check(document.layout(markdown, width).lines)


def test_words_and_formulas_flow_within_the_width() -> None:
    markdown = r"Let $f_n\to f$ almost everywhere and $|f_n|\le g$ with $g\in L^1(\mu)$; then $\int f_n\,d\mu\to\int f\,d\mu$, and more."
    for width in range(20, 90, 7):
        lines = document.layout(markdown, width).lines
        assert all(line.width <= width for line in lines)
        assert " ".join(line.to_text() for line in lines) == text(markdown, 1000)


def test_punctuation_stays_with_its_formula() -> None:
    assert text("aaaa $x$, ($y$) bbbb", 8) == "aaaa x,\n(y) bbbb"


def test_money_is_no_formula() -> None:
    assert text("It costs $5 and $6 today.") == "It costs $5 and $6 today."


def test_a_tall_formula_makes_room_on_the_common_baseline() -> None:
    assert text(r"Let $A=\begin{pmatrix}1&2\\3&4\end{pmatrix}$ be given.") == "Let A = ⎛1  2⎞ be given.\n        ⎝3  4⎠"


def test_displays_stand_on_their_own_lines() -> None:
    assert text("Then\n$$x=\\frac12$$\nholds.") == "Then\n\n        1\n    x = ─\n        2\n\nholds."
    assert text("$$\na=b\n$$") == "    a = b"


def test_markdown_does_not_touch_mathematics() -> None:
    assert text(r"$\|f\|_p$ and $a*b*c$ and $x\,y$, $\{1\}$") == "‖f‖ₚ and a * b * c and x y, {1}"


def test_blocks() -> None:
    assert text("# Title\n\n- one\n- two $x^2$\n    1. deep\n\n> quoted\n\n---\n\n```\ncode  here\n```", 20).splitlines() == [
        "Title", "═════", "", "• one", "• two x²", "  1. deep", "", "│ quoted", "", "─" * 20, "", "  code  here",
    ]


def test_bars_in_a_table_do_not_end_a_cell() -> None:
    markdown = "| norm | set |\n|---|---|\n| $|x|$ | $\\|f\\|_p$ |"
    assert text(markdown) == "norm │ set\n─────┼─────\n|x|  │ ‖f‖ₚ"


def test_a_wide_table_wraps_its_cells() -> None:
    lines = document.layout("| a | b |\n|---|---|\n| some words that are long | other words that are long |", 30).lines
    assert max(line.width for line in lines) <= 30
    assert len(lines) > 3


def test_roles() -> None:
    (line,) = document.layout("plain **strong $x$** *soft* `code`", 60).lines
    assert [segment for segment in line.segments if segment[1] != "space"] == [
        ("plain", "text"), ("strong", "strong"), ("x", "variable.strong"), ("soft", "emphasis"), ("code", "code"),
    ]


def test_a_line_knows_the_formulas_it_shows() -> None:
    (line,) = document.layout(r"Let $x\in X$ be", 60).lines
    ((start, end, source),) = [(span.start, span.end, span.source) for span in line.formulas]
    assert line.to_text()[start:end] == "x ∈ X"
    assert source == r"x\in X"
    display = document.layout("$$\\frac ab$$", 60).lines
    assert {span.source for line in display for span in line.formulas} == {r"\frac ab"}


def test_a_formula_in_a_list_keeps_its_place() -> None:
    lines = document.layout(r"- see $\int_0^1x\,dx$", 40).lines
    span = lines[0].formulas[0]
    assert lines[0].to_text()[span.start : span.end] == render(r"\int_0^1x\,dx", "inline").to_text()


def test_warnings_are_collected_once() -> None:
    assert document.layout(r"$\foo$ and $\foo$", 40).warnings == ("The command foo is not known.",)


def test_control_characters_do_not_reach_the_lines() -> None:
    result = document.layout("a\x1b[31m b\u202e `c\x07`", 40)
    assert result.warnings == ("Invisible or control characters were removed.",)
    check(result.lines)


def test_macros_reach_the_formulas() -> None:
    assert document.plain(r"In $\R$.", 40, macros={"R": r"\mathbb R"}) == "In ℝ."


@pytest.mark.parametrize("markdown", ["[f](x) [/] [b]", "f[x] A[i] [n]"])
def test_nothing_is_taken_for_markup(markdown: str) -> None:
    assert text(markdown).replace(" (x)", "").replace("f", "") != ""
    assert "[/]" in text("[/]")


def test_importing_the_room_loads_no_markdown_parser() -> None:
    code = "import sys, companion.mathtext; print([m for m in ('markdown_it', 'textual', 'sympy', 'yaml') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize("rows", [1, 5, 40, 400])
def test_the_opening_is_how_the_page_begins(rows: int) -> None:
    text = "\n\n".join(f"Paragraph {number} with $x_{{{number}}}^2$ in it.\n\n$$\nx =\n\n{number}\n$$" for number in range(60))
    whole = document.layout(text, 50).lines
    first = document.opening(text, 50, rows).lines
    assert len(first) >= min(rows, len(whole))
    assert whole[: len(first)] == first
    assert rows > 100 or len(first) < len(whole)
