"""Commands that a formula defines, and equations that have numbers."""

import pytest

from companion.mathtext import document, parse, render


def shown(tex: str) -> str:
    layout = render(tex, "inline")
    assert layout.warnings == ()
    return layout.to_text()


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\newcommand{\n}[1]{\|#1\|}\n{x}+\n y", "‖x‖ + ‖y‖"),
        (r"\newcommand\n[2][p]{\|#2\|_#1}\n x+\n[q]{y}", "‖x‖ₚ + ‖y‖_q"),
        (r"\newcommand*{\a}{\alpha}\renewcommand{\a}{\beta}\a", "β"),
        (r"\providecommand{\foo}{x}\providecommand{\foo}{y}\foo", "x"),
        (r"\def\E#1{\mathbb E[#1]}\E{X}", "𝔼[X]"),
        (r"\let\eps=\varepsilon\eps", "ε"),
        (r"\DeclareMathOperator{\rank}{rank}\rank A", "rank A"),
        (r"\DeclareMathOperator*{\esssup}{ess\,sup}\esssup_x f", "ess supₓ f"),
    ],
)
def test_a_formula_may_define_commands(tex: str, expected: str) -> None:
    assert shown(tex) == expected


def test_definitions_are_bounded() -> None:
    _, warnings = parse(r"\def\a#1{#1#1#1#1#1#1#1#1#1}" + r"\a{" * 12 + "x" + "}" * 12)
    assert any("without end" in warning for warning in warnings)
    _, warnings = parse("".join(rf"\def\x{chr(97 + number // 26)}{chr(97 + number % 26)}{{y}}" for number in range(300)))
    assert "The formula defines too many commands; the rest are left out." in warnings


def test_a_definition_that_cannot_be_read_is_a_warning() -> None:
    assert parse(r"\def\a#1to#2{x}")[1] == ("The definition after def cannot be read.",)
    assert parse(r"\newcommand{x}{y}")[1] == ("The definition after newcommand cannot be read.",)


def test_a_definition_holds_in_the_whole_document() -> None:
    result = document.layout("$$\\newcommand{\\R}{\\mathbb R}$$\n\nIn $\\R^n$.", 40)
    assert result.to_text() == "In ℝⁿ."
    assert result.warnings == ()


def test_labeled_equations_are_numbered_and_referred_to() -> None:
    markdown = (
        "See \\eqref{one}, $\\eqref{star}$ and \\ref{two}.\n\n$$\\label{one}a=b$$\n\n"
        "$$\\begin{align}c&=d\\label{two}\\\\e&=f\\tag{$*$}\\label{star}\\\\g&=h\\end{align}$$"
    )
    result = document.layout(markdown, 40)
    assert result.to_text().splitlines() == [
        "See (1), (*) and 2.", "", "    a = b    (1)", "", "    c = d    (2)", "    e = f    (*)", "    g = h",
    ]
    assert result.warnings == ()
    assert result.lines[2].formulas[0].source == r"\label{one}a=b"


def test_a_reference_to_nothing_is_said() -> None:
    result = document.layout("See \\eqref{nowhere} and `\\eqref{code}`.", 60)
    assert result.to_text() == "See (??) and \\eqref{code}."
    assert result.warnings == ("There is no equation with the label nowhere.",)


def test_a_tag_stands_at_the_right_of_the_last_line_or_on_its_own() -> None:
    assert render(r"a+b=c+d+e\tag{1}", width=14).to_text().splitlines() == ["a + b = c + d", "  + e      (1)"]
    assert render(r"a+b=c+d+e\tag{1}", width=18).to_text().splitlines() == ["a + b = c + d + e", "               (1)"]


@pytest.mark.parametrize(
    ("tex", "lines"),
    [
        (r"\begin{array}{|c|r|}\hline a&b\\\hline cc&d\\\hline\end{array}",
         ["┌────┬───┐", "│ a  │ b │", "├────┼───┤", "│ cc │ d │", "└────┴───┘"]),
        (r"\begin{CD}A@>f>>B\\@VgVV@VVhV\\C@>>k>D\end{CD}",
         ["f", "A    ──→    B", "g ↓           ↓ h", "C    ──→    D", "k"]),
        (r"\begin{multline}a+b\\+c\\+d\end{multline}", ["a + b", " + c", "  + d"]),
        (r"\prod_i\frac{\dfrac ab}{\dfrac cd}", ["a", "┬──┬  ─", "│  │  b", "│  │ ───", "│  │  c", "┴  ┴  ─", "i    d"]),
        (r"\sideset{}{'}\sum_{n}x", ["∑′ x", "n"]),
        (r"\operatorname{Rad}_n+x,\ \lim_n-x", ["Radₙ + x, lim −x", "           n"]),
        (r"\min_x\quad f", ["min  f", " x"]),
    ],
)
def test_two_dimensional_constructions(tex: str, lines: list[str]) -> None:
    layout = render(tex)
    assert layout.warnings == ()
    assert [line.strip() for line in layout.to_text().splitlines()] == [line.strip() for line in lines]


def test_brackets_too_long_for_a_line_are_broken_inside() -> None:
    tex = r"x=\left(\frac ab+\frac cd+\frac ef+\frac gh\right)"
    layout = render(tex, width=16)
    assert layout.width <= 16
    assert layout.to_text().count("⎛") == layout.to_text().count("⎞") == 1


def test_alphabets_without_glyphs_keep_their_letter_and_a_mark() -> None:
    (row,) = render(r"\mathcal A\mathbb E A", "inline", profile="ascii").rows
    assert [segment for segment in row if segment[1] != "space"] == [
        ("A", "variable.emphasis"), ("E", "variable.bold"), ("A", "variable"),
    ]
