import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.mathtext.aloud import read_aloud
from companion.mathtext.spoken import spoken

from .common import COLLECTION, FORMULAS, KEPT_BACK, literals
from .test_parser import soup

SOURCES = FORMULAS + COLLECTION + KEPT_BACK

# What is said as another word: powers, roots, parts, names of functions.
SAID_OTHERWISE = {
    "squared": "2", "cubed": "3", "cube root": "3", "fourth root": "4", "covariance": "Cov", "variance": "Var", "trace": "Trtr",
    "transpose": "T", "inverse": "1", "half": "2", "halves": "2", "third": "3", "quarter": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "twelfth": "12",
    "maximum": "max", "minimum": "min", "modulo": "mod", "diagonal": "diag",
}
# TeX of an operator and what must be said at least as often.
_PARTS = r"\d (?:half|halves|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?)"
OPERATORS = {
    r"\+": "plus", "=": "equals|defines|is defined as", r"\\le(?:q|qslant)?": "is at most", r"\\ge(?:q|qslant)?": "is at least",
    "<": "is less than", ">": "is greater than", r"\\in": r"\bin\b", r"\\sum": "the sum", r"\\prod": "the product", "!": "factorial",
    r"\\int": "the integral", r"\\nabla": "nabla", r"\\partial": "partial", r"\\infty": "infinity", r"\\times": "times",
    r"\\[dt]?frac": rf"the fraction|{_PARTS}", r"\\sqrt": "root", r"\\sup": r"the supremum|\bsup\b", r"\\inf": r"the infimum|\binf\b",
    r"\\cup": "union", r"\\cap": "intersection", r"\\otimes": "tensor", r"\\circ": "composed with|interior|degrees", r"\\forall": "for all",
    r"\\ll": "is much less than", r"\\binom|\\choose": "choose", r"\\hat": "hat", r"\\mapsto": "maps to", r"\\pm": "plus or minus",
}
_READ_OTHERWISE = re.compile(r"\\(?:not|xrightarrow|genfrac|begin\{CD|mathrel|hspace|phantom|lim|operatorname|newcommand|def)")


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\int_0^1 f\,dx", "the integral from 0 to 1 of f d x"),
        (r"\sup_{x\in K}|f(x)|", "the supremum over x in K of the absolute value of f of x end absolute value"),
        (r"\lim_{n\to\infty}a_n=0", "the limit as n goes to infinity of a sub n equals 0"),
        (r"\sum_{i=1}^n i^2", "the sum from i equals 1 to n of i squared"),
        (r"\|f+g\|_p\le\|f\|_p", "the norm of f plus g end norm sub p is at most the norm of f end norm sub p"),
        (r"\lVert x\rVert=\Big\|y\Big\|^2", "the norm of x end norm equals the norm of y end norm squared"),
        (r"\frac{a+b}{c}", "the fraction a plus b over c end fraction"),
        (r"\tfrac12x+\frac{3}{4}", "1 half x plus 3 quarters"),
        (r"\frac{1/2}{x}", "the fraction 1 divided by 2 over x end fraction"),
        (r"\sqrt{x+1}", "the square root of x plus 1 end root"),
        (r"\sqrt[3]x", "the cube root of x"),
        (r"\binom nk", "n choose k"),
        (r"f:X\to Y", "f colon X to Y"),
        (r"f_n\to f", "f sub n goes to f"),
        (r"\{x:x>0\}", "open brace x such that x is greater than 0 close brace"),
        (r"\{x\mid x>0\}", "open brace x such that x is greater than 0 close brace"),
        (r"P(A\mid B)", "P of open paren A given B close paren"),
        (r"A^\top x^{-1}", "A transpose x inverse"),
        (r"v^\top(z-x)", "v transpose open paren z minus x close paren"),
        (r"2p(1-p)", "2 p open paren 1 minus p close paren"),
        (r"K(s,t)", "K of open paren s, t close paren"),
        (r"P(X\le x)", "P open paren capital X is at most x close paren"),
        (r"\hat\theta_n", "theta hat sub n"),
        (r"\widehat{f*g}", "hat on f star g end hat"),
        (r"f''(x)", "f double prime of x"),
        (r"L^2", "L superscript 2"),
        (r"a^{(n)}", "a superscript n in parens"),
        (r"\mathrm{KL}(p\|q)", "KL of open paren p double bar q close paren"),
        (r"\mathbf x\in\mathbb R^d", "bold x in blackboard R to the power d"),
        (r"\mathbb E[X]", "blackboard E of X"),
        (r"X\sim\mathcal N", "X is distributed as script N"),
        (r"T|_Z,\ g|_{s=0}", "T restricted to Z, g evaluated at s equals 0 end evaluated"),
        (r"x_{\max}", "x sub max"),
        (r"\arg\min_xf(x)", "the arg min over x of f of x"),
        (r"x:=3", "x is defined as 3"),
        (r"X\xrightarrow{d}Y", "X arrow labeled d, to Y"),
        (r"Z\overset P\to Y\stackrel{d}=W", "Z arrow labeled P, to Y equals labeled d, W"),
        (r"\sum_{\substack{i\\j}}x", "the sum over i, j of x"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "the 2 by 2 matrix: row 1: a, b; row 2: c, d; end matrix"),
        (r"\begin{cases}0&x<0\\1&\text{otherwise}\end{cases}", "cases: 0, x is less than 0; 1, otherwise; end cases"),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "lines: line 1: a equals b; line 2: equals c; end lines"),
        (r"\underbrace{a+b}_{c}", "underbrace a plus b end underbrace labeled c"),
        (r"a=b\tag{1}", "a equals b, tagged (1)"),
        (r"a+b.", "a plus b."),
        ("", ""),
    ],
)
def test_readings(tex: str, words: str) -> None:
    assert spoken(tex) == words


def test_formulas_that_differ_in_grouping_are_read_differently() -> None:
    for one, other in [
        (r"\frac{a+b}{c}", r"a+\frac bc"), (r"x^{a+b}", r"x^a+b"), (r"\sqrt{a+b}", r"\sqrt a+b"), (r"x_{n_k}", r"x_n{}_k"),
        (r"\sum_{i=1}^{n+1}i", r"\sum_{i=1}^ni+1"), (r"\frac1{2n}", r"\frac12n"), (r"\overline{a+b}", r"\bar a+b"), (r"f(x^2)", r"f(x)^2"),
        (r"|a|-|b|", r"||a|-b|"), (r"\sqrt{x^2}", r"\sqrt x^2"), (r"P(X=x)", r"P(x=X)"), (r"\frac{a/b}{c}", r"\frac a{b/c}"),
        (r"\widehat{fg}", r"f\hat g"), (r"x^{y_z}", r"{x^y}_z"),
    ]:
        assert spoken(one) != spoken(other)


def test_no_letter_and_no_digit_is_left_out() -> None:
    for name, tex in SOURCES:
        if "genfrac" in tex or "phantom" in tex or "newcommand" in tex or "\\def" in tex:
            continue
        words = spoken(tex)
        for said_as, meant in SAID_OTHERWISE.items():
            words = words.replace(said_as, f"{said_as} {meant}")
        wanted = literals(tex)
        for character in set(wanted):
            assert words.count(character) >= wanted.count(character) or not character.isascii(), (name, character, words)


def test_no_operator_is_left_out() -> None:
    for name, tex in SOURCES:
        words = spoken(tex)
        for source, said in OPERATORS.items() if not _READ_OTHERWISE.search(tex) else ():
            count = len(re.findall(rf"(?<!\\)(?:{source})(?![a-z])" if source[0] == "\\" else rf"(?<!\\){source}", tex))
            assert len(re.findall(said, words)) >= count, (name, source, tex, words)


def test_what_is_said_is_plain() -> None:
    for _, tex in SOURCES:
        assert not set("\\{}^&$") & set(spoken(tex)), tex
        assert not any(0x2200 <= ord(character) < 0x2C00 for character in spoken(tex)), tex


@given(st.one_of(soup, st.text(max_size=30)))
def test_any_text_has_a_reading(tex: str) -> None:
    assert "\x1b" not in spoken(tex)


NOTE = """# The space $L^2$

> Let $x\\in X$ and

$$\\frac ab\\label{q}$$

see \\eqref{q}.

| name | value |
|---|---|
| root | $\\sqrt x$ |

1. first $\\alpha$
2. second
"""


def test_a_page_is_read_without_anything_drawn() -> None:
    text = read_aloud(NOTE, 60).to_text()
    assert text == (
        "The space L superscript 2\n\nLet x in capital X and\n\nthe fraction a over b end fraction, tagged (1)\n\nsee (1).\n\n"
        "• name: root; value: the square root of x\n\n1. first alpha\n2. second"
    )


def test_a_page_keeps_its_width_and_takes_any_text() -> None:
    for width in (20, 80):
        assert all(line.width <= width for line in read_aloud(NOTE, width).lines)
    for text in ("", "$$", "|", "| a |\n|---|\n| b | c | d |", "$\\frac{$", ">" * 50, "- " * 50, "# $"):
        read_aloud(text, 40)
