import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.mathtext.spoken import spoken

from .common import COLLECTION, FORMULAS, literals
from .test_parser import soup

# What is said as another word: powers, roots, names of functions.
SAID_OTHERWISE = {
    "squared": "2", "cubed": "3", "cube root": "3", "fourth root": "4", "covariance": "Cov", "variance": "Var", "trace": "Trtr",
}


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\int_0^1 f\,dx", "the integral from 0 to 1 of f d x"),
        (r"\sup_{x\in K}|f(x)|", "the supremum over x in K of the absolute value of f of x end absolute value"),
        (r"\lim_{n\to\infty}a_n=0", "the limit as n goes to infinity of a sub n equals 0"),
        (r"\sum_{i=1}^n i^2", "the sum from i equals 1 to n of i squared"),
        (r"\|f+g\|_p\le\|f\|_p", "the norm of f plus g end norm sub p is at most the norm of f end norm sub p"),
        (r"\frac{a+b}{c}", "the fraction a plus b over c end fraction"),
        (r"\frac12", "1 over 2"),
        (r"\sqrt{x+1}", "the square root of x plus 1 end root"),
        (r"\sqrt[3]x", "the cube root of x"),
        (r"\binom nk", "n choose k"),
        (r"f:X\to Y", "f colon X to Y"),
        (r"\{x:x>0\}", "open brace x such that x is greater than 0 close brace"),
        (r"P(A\mid B)", "P open paren A given B close paren"),
        (r"A^\top x^{-1}", "A transpose x to the power minus 1 end power"),
        (r"\hat\theta_n", "theta hat sub n"),
        (r"f''(x)", "f double prime of x"),
        (r"\mathbf x\in\mathbb R^d", "bold x in blackboard R to the power d"),
        (r"X\xrightarrow{d}Y", "X arrow to labeled d, Y"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "the 2 by 2 matrix: row 1: a, b; row 2: c, d; end matrix"),
        (r"\begin{cases}0&x<0\\1&\text{otherwise}\end{cases}", "cases: 0, x is less than 0; 1, otherwise; end cases"),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "lines: line 1: a, equals b; line 2: equals c; end lines"),
        (r"\underbrace{a+b}_{c}", "a plus b with a brace below labeled c"),
        (r"a=b\tag{1}", "a equals b, tagged (1)"),
        ("", ""),
    ],
)
def test_readings(tex: str, words: str) -> None:
    assert spoken(tex) == words


def test_nothing_is_left_out() -> None:
    for name, tex in FORMULAS + COLLECTION:
        if "genfrac" in tex or "phantom" in tex or "newcommand" in tex or "\\def" in tex:
            continue
        words = spoken(tex)
        for said_as, meant in SAID_OTHERWISE.items():
            words = words.replace(said_as, f"{said_as} {meant}")
        for character in set(literals(tex)):
            assert words.count(character) >= literals(tex).count(character) or not character.isascii(), (name, character, words)


def test_no_raw_tex_is_said() -> None:
    for _, tex in FORMULAS + COLLECTION:
        assert not set("\\{}^") & set(spoken(tex)), tex


@given(st.one_of(soup, st.text(max_size=30)))
def test_any_text_has_a_reading(tex: str) -> None:
    assert "\x1b" not in spoken(tex)
