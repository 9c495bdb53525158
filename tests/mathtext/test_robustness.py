"""Any input at all: no exception, no hang, rows of equal width, a bounded result."""

import random
import time

import pytest

from companion.mathtext import document, render
from companion.mathtext.rendering import Mode, ProfileName
from companion.mathtext.spoken import spoken
from companion.mathtext.tokens import MAX_SOURCE

from .common import COLLECTION, FORMULAS, assert_sound
from .test_parser import FRAGMENTS

MODES: tuple[Mode, ...] = ("display", "inline")
PROFILES: tuple[ProfileName, ...] = ("full", "safe", "ascii")
MAX_CELLS = 500_000
EXTRA = [
    r"\newcommand{\a}[1]{#1#1}", r"\def\b{\b\b}", r"\a", r"\b", r"\let\c=\frac", r"\c", r"\begin{CD}", r"\end{CD}", "@>", "@VV", "V",
    r"\tag{1}", r"\label{x}", r"\eqref{x}", r"\begin{align}", r"\end{align}", r"\begin{array}{|c|:c|}", r"\end{array}", r"\left\{",
    r"\middle|", r"\right.", r"\begin{multline}", r"\end{multline}", r"\above1pt", r"\verb|", r"\char\"", r"\text{", "}",
]


def check(tex: str, mode: Mode, width: int | None = None, profile: ProfileName = "full") -> None:
    layout = render(tex, mode, width, profile)
    assert_sound(layout)
    assert layout.width * len(layout.rows) <= MAX_CELLS
    assert profile != "ascii" or layout.to_text().isascii()
    assert all(warning.endswith(".") for warning in layout.warnings)


def check_prefixes(tex: str) -> None:
    for end in range(len(tex)):
        for mode in MODES:
            check(tex[:end], mode)


@pytest.mark.parametrize("number", range(5))
def test_every_prefix_of_some_formulas(number: int) -> None:
    for _, tex in COLLECTION[number * 7 :: 70]:
        check_prefixes(tex)


@pytest.mark.full
def test_every_prefix_of_every_formula() -> None:
    for _, tex in FORMULAS + COLLECTION:
        check_prefixes(tex)


def random_tokens(count: int, seed: int) -> None:
    choose = random.Random(seed)
    fragments = FRAGMENTS + EXTRA * 3
    for _ in range(count):
        tex = "".join(choose.choices(fragments, k=choose.randrange(1, 30)))
        check(tex, choose.choice(MODES), choose.choice((None, 20, 60)), choose.choice(PROFILES))
        spoken(tex)


def test_random_tokens() -> None:
    random_tokens(2_000, 1)


@pytest.mark.full
def test_many_random_tokens() -> None:
    random_tokens(100_000, 2)


HUGE = {
    "braces": "{" * 10_000,
    "fractions": r"\frac{" * 10_000,
    "roots": r"\sqrt" * 10_000 + "x",
    "scripts": "x" + "^{x" * 10_000,
    "brackets": r"\left(" * 10_000 + r"\right)" * 10_000,
    "matrices": r"\begin{pmatrix}" * 10_000,
    "texts": r"\text{$" * 10_000,
    "diagrams": r"\begin{CD}@>" * 10_000,
    "accents": r"\widehat{" * 10_000,
    "long": "x+" * 500_000,
    "long commands": r"\alpha" * 200_000,
    "columns": r"\begin{matrix}" + "a&" * 300_000,
    "rows": r"\begin{aligned}" + r"a\\" * 300_000,
    "letters of one command": "\\" + "a" * 1_000_000,
    "a macro that doubles": r"\def\a#1{#1#1}" + r"\a{" * 60 + "x" + "}" * 60,
    "a macro that calls itself": r"\def\a{\a\a}\a",
    "a macro that grows": r"\newcommand{\a}[1]{#1#1#1#1#1#1#1#1#1}" + r"\a{\a{\a{\a{\a{\a{\a{x}}}}}}}",
    "two macros": r"\def\a{\b\b}\def\b{\a\a}\a",
    "controls": "a\x1b[31mb\x00\x07\x9b2J" * 1000,
    "direction": "a\u202eb\u2066c\u2069\u200f" * 1000,
    "combining marks": "a" + "\u0301" * 10_000,
    "wide characters": "日本" * 5_000,
    "repeated columns": r"\begin{array}{*{999}{*{999}{c}}}a\end{array}",
    "tags": r"a\tag{1}\\" * 3000,
    "digits": "9" * 100_000,
    "colons": "x:" * 10_000,
    "bars": "a|" * 10_000,
    "open brackets": "f(" * 10_000,
    "arrows": r"\to" * 7_000,
    "spaces": r"\hspace{99999999999999999999em}\kern999999999999999999em" * 50,
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_and_hostile_input_is_cut_or_refused(name: str) -> None:
    tex = HUGE[name]
    for mode in MODES:
        check(tex, mode)
        check(tex, mode, 60, "ascii")
    if len(tex) > MAX_SOURCE:
        assert render(tex).warnings
    assert len(spoken(tex)) < 3_000_000
    document.layout(f"$${tex[:MAX_SOURCE]}$$", 60)


def test_what_is_cut_or_refused_is_fast() -> None:
    """Processor time, not the clock; the bound is generous: what it must catch is growth, not a slow machine."""
    start = time.process_time()
    for tex in HUGE.values():
        render(tex, "display", 79)
        spoken(tex)
    assert time.process_time() - start < 1.0 * len(HUGE)
