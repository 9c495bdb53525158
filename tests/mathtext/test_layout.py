import os
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.mathtext import render
from companion.mathtext.rendering import Mode, ProfileName

from .common import FORMULAS, HERE, assert_sound, lost
from .test_parser import soup

MODES = get_args(Mode)
PROFILES = get_args(ProfileName)


def shown(tex: str, mode: Mode = "display", profile: ProfileName = "full") -> str:
    layout = render(tex, mode, profile=profile)
    assert_sound(layout)
    return layout.to_text()


@given(soup, st.sampled_from(MODES), st.sampled_from(PROFILES), st.none() | st.integers(1, 90))
def test_any_sequence_of_commands_lays_out(tex: str, mode: Mode, profile: ProfileName, width: int | None) -> None:
    layout = render(tex, mode, width, profile)
    assert_sound(layout)
    assert profile != "ascii" or layout.to_text().isascii()


@given(st.text(max_size=40), st.sampled_from(MODES))
def test_any_text_lays_out(tex: str, mode: Mode) -> None:
    assert_sound(render(tex, mode))


@pytest.mark.parametrize("number", range(0, len(FORMULAS), 3))
def test_every_prefix_lays_out(number: int) -> None:
    name, tex = FORMULAS[number]
    for end in range(len(tex)):
        for mode in MODES:
            layout = render(tex[:end], mode)
            assert_sound(layout)
            assert layout.warnings or "\\" not in layout.to_text(), name


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("mode", MODES)
def test_the_formulas_are_sound_in_every_profile(mode: Mode, profile: ProfileName) -> None:
    for _, tex in FORMULAS:
        layout = render(tex, mode, profile=profile)
        assert_sound(layout)
        if profile == "ascii":
            assert layout.to_text().isascii()
        else:
            assert "\\" not in layout.to_text()


@pytest.mark.parametrize("mode", MODES)
def test_no_letter_and_no_digit_is_lost(mode: Mode) -> None:
    assert {name: missing for name, tex in FORMULAS if (missing := lost(tex, shown(tex, mode)))} == {}


def test_no_norm_bar_is_lost() -> None:
    for name, tex in FORMULAS:
        bars = len(re.findall(r"\\\||\\[lr]Vert", tex)) - len(re.findall(r"\\(?:left|right)\s*\\\|", tex))
        assert shown(tex, "inline").count("‖") + 99 * shown(tex, "inline").count("║") >= bars, name


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("f(x)", "f(x)"),
        ("-x", "−x"),
        ("a-b", "a − b"),
        ("a=-b", "a = −b"),
        ("f(x,y)", "f(x, y)"),
        (r"\sin(-x)+\log y", "sin(−x) + log y"),
        (r"|-x|+|y|", "|−x| + |y|"),
        (r"|x||y|", "|x| |y|"),
        (r"P(A|B)", "P(A|B)"),
        (r"P(A\mid B)", "P(A | B)"),
        (r"\|f\|_p\le\|g\|_p", "‖f‖ₚ ≤ ‖g‖ₚ"),
        (r"\langle\cdot\,,x\rangle", "⟨· , x⟩"),
        (r"\int f\,dx", "∫ f dx"),
        (r"\int|f|^pd\mu", "∫ |f|ᵖ dμ"),
        (r"f\colon X\to Y", "f: X → Y"),
        (r"x:=3", "x := 3"),
        (r"\{x: x>0\}", "{x : x > 0}"),
        (r"1,\dots,n", "1, …, n"),
        (r"A^\top B^{-1}", "AᵀB⁻¹"),
        (r"x^{\odot i}", "x^(⊙i)"),
        (r"h^{(\ell)}", "h⁽ˡ⁾"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac1n\sum_{i=1}^nx_i", "(1/n) ∑ᵢ₌₁ⁿ xᵢ"),
        (r"\frac{\partial f}{\partial x}", "∂f/∂x"),
        (r"\frac1{2\pi}", "1/(2π)"),
        (r"\sqrt{x+1}\,\sqrt2", "√(x + 1) √2"),
        (r"\sqrt2x", "√2 x"),
        (r"{x^2}^3", "(x²)³"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"\lim_{n\to\infty}a_n", "lim_(n→∞) aₙ"),
        (r"\not\in", "∉"),
        (r"\operatorname*{ess\,sup}_{x\in X}f", "ess sup_(x∈X) f"),
        (r"X\xrightarrow{d}Y", "X ─d→ Y"),
        (r"10\,000", "10 000"),
    ],
)
def test_one_row_forms(tex: str, expected: str) -> None:
    assert shown(tex, "inline") == expected


def test_what_cannot_be_one_row_is_a_box_on_the_baseline() -> None:
    layout = render(r"A=\begin{pmatrix}1&0\\0&1\end{pmatrix}", "inline")
    assert layout.to_text() == "A = ⎛1  0⎞\n    ⎝0  1⎠"
    assert layout.baseline == 0
    # Parentheses for grouping stand around those of the interval, which would be taken for them.
    assert shown(r"1_{(0,1)}", "inline") == "1_((0,1))"


def test_limits_stand_above_and_below_in_a_display_only() -> None:
    assert shown(r"\sum_{i=1}^n i") == " n\n ∑  i\ni=1"
    assert shown(r"\sum_{i=1}^n i", "inline") == "∑ᵢ₌₁ⁿ i"
    assert shown(r"\frac{1}{\sum_{i=1}^n i}") == "   1\n───────\n∑ᵢ₌₁ⁿ i"
    assert shown(r"\int_0^1 x") == "⌠1\n⎮  x\n⌡0"
    assert shown(r"\int\limits_0^1 x").splitlines()[0].strip() == "1"


def test_delimiters_are_as_tall_as_what_they_hold() -> None:
    assert shown(r"\left(\frac ab\right)^2") == "⎛a⎞2\n⎜─⎟\n⎝b⎠"
    assert shown(r"\left.\frac ab\right|_{x=0}") == "a│\n─│\nb│x=0"
    assert shown(r"\left\langle\frac ab\right\rangle") == " ╱a╲\n⟨ ─ ⟩\n ╲b╱"
    assert shown(r"\left\{x\,\middle|\,y\right\}") == "{x | y}"


def test_roles_are_kept_apart() -> None:
    layout = render(r"\mathbf r=2\sin x", "inline")
    assert [segment for segment in layout.rows[0] if segment[1] != "space"] == [
        ("r", "variable.bold"), ("=", "relation"), ("2", "number"), ("sin", "function"), ("x", "variable"),
    ]


def test_profiles() -> None:
    assert shown("x_i^2", "inline", "full") == "xᵢ²"
    assert shown("x_i^2", "inline", "ascii") == "x_i^2"
    assert shown("x_i", "display", "safe") == "x\n i"
    assert shown(r"\alpha\beta\le\infty", "inline", "ascii") == "alpha beta <= oo"
    assert shown(r"\hat x", "inline", "ascii") == "hat(x)"


def test_what_is_too_large_is_said_and_not_drawn() -> None:
    cell = "x" * 900
    layout = render(r"\begin{matrix}" + r"\\".join([cell + r"^{\frac12}"] * 15 + ["a"] * 350) + r"\end{matrix}")
    assert layout.to_text() == "…"
    assert layout.warnings[-1] == "The formula is too large to be shown."
    for amplified in ("&" * 5000, r"a\\" * 5000, "|" * 5000, r"\int dx" * 1000, r"\frac12" * 2000):
        assert_sound(render(amplified))


def snapshot(mode: Mode) -> str:
    parts = []
    for name, tex in FORMULAS:
        parts.append(f"## {name}\n{tex}\n\n{render(tex, mode).to_text()}\n")
    return "\n".join(parts)


@pytest.mark.parametrize("mode", MODES)
def test_the_formulas_look_as_they_did(mode: Mode) -> None:
    path: Path = HERE / "golden" / f"{mode}.txt"
    if os.environ.get("COMPANION_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(snapshot(mode), encoding="utf-8")
    assert snapshot(mode) == path.read_text(encoding="utf-8")
