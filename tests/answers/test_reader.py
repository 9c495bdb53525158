"""Typed mathematics → tree: what is read as what."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from companion.answers.printing import to_text
from companion.answers.protocol import Kind
from companion.answers.reader import ReadError, Vocabulary, read
from companion.answers.tree import Number, Symbol, walk


def reading(text: str, kind: Kind = "expression", **options: object) -> str:
    return to_text(read(text, Vocabulary.of(options), kind))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        # products without a sign
        ("3y", "3*y"),
        ("a b", "a*b"),
        ("3(y+2)", "3*(y + 2)"),
        ("(y+2)(y-2)", "(y + 2)*(y - 2)"),
        ("t(t+4)", "t*(t + 4)"),
        ("1/3y", "1/3*y"),
        ("5/7 cos y", "5/7*cos(y)"),
        ("y|z|", "y*abs(z)"),
        # precedence
        ("-y^4", "-y^4"),
        ("(-y)^4", "(-y)^4"),
        ("p-q-r", "p - q - r"),
        ("p-(q-r)", "p - (q - r)"),
        ("p/q/r", "p/q/r"),
        ("p/(q/r)", "p/(q/r)"),
        ("p^q^r", "p^(q^r)"),
        ("3*-y", "3*(-y)"),
        ("3^-y", "3^(-y)"),
        ("y^-3z", "y^(-3)*z"),
        ("p**5", "p^5"),
        ("3^4!", "3^(4!)"),
        ("(n-1)!", "(n - 1)!"),
        ("+y", "y"),
        ("p--q", "p - (-q)"),
        ("p+-q", "p - q"),
        # numbers
        ("0.25", "0.25"),
        (".5y", ".5*y"),
        ("4e-3", "4e-3"),
        ("4E5", "4E5"),
        ("7%", "7/100"),
        # bars
        ("|y|", "abs(y)"),
        ("|y||z|", "abs(y)*abs(z)"),
        ("||y|-2|", "abs(abs(y) - 2)"),
        ("|2-|y||", "abs(2 - abs(y))"),
        ("||u||", "norm(u)"),
        ("‖u‖_3^2", "norm(u, 3)^2"),
        ("|y+|z||^2", "abs(y + abs(z))^2"),
        # constants and names
        ("e^(i pi)", "e^(i*pi)"),
        ("gamma zeta", "gamma*zeta"),
        ("gamma(z)", "gamma(z)"),
        ("N S Q E O", "N*S*Q*E*O"),
        ("w_12", "w_12"),
        ("w12", "w_12"),
        ("w_{i,j}", "w_ij"),
        ("speed", "speed"),
        # several answers
        ("1, t", "1, t"),
        ("-1;-2", "-1, -2"),
        ("1 or 2", "1, 2"),
        ("1, 2, and 3", "1, 2, 3"),
        ("t = 1 or 2", "t = 1, 2"),
        (r"t = \boxed{1, 2}", "t = 1, 2"),
        ("(1, 2) or (2, 1)", "(1, 2), (2, 1)"),
        ("t < 1 or t > 2", "t < 1 or t > 2"),
        ("p and q", "p and q"),
        ("= pi/5", "pi/5"),
    ],
)
def test_arithmetic(typed: str, means: str) -> None:
    assert reading(typed) == means


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("cos 3t", "cos(3*t)"),
        ("cos 3 pi t", "cos(3*pi*t)"),
        ("cos t/3", "cos(t)/3"),
        ("cos t + 3", "cos(t) + 3"),
        ("cos t sin t", "cos(t)*sin(t)"),
        ("cos t^2", "cos(t^2)"),
        ("cos(t)^2", "cos(t)^2"),
        ("cos^2 t", "cos(t)^2"),
        ("cos^2(t)", "cos(t)^2"),
        ("cos**2(t)", "cos(t)^2"),
        ("cos²t", "cos(t)^2"),
        ("cos^(-1)(t)", "acos(t)"),
        ("cos⁻¹ t", "acos(t)"),
        ("cos^-2(t)", "cos(t)^(-2)"),
        ("cos -t", "cos(-t)"),
        ("cos 3(t+1)", "cos(3*(t + 1))"),
        ("cos t(t+1)", "cos(t)*(t + 1)"),
        ("cos sin t", "cos(sin(t))"),
        ("arccos t", "acos(t)"),
        ("arcosh(t)", "acosh(t)"),
        ("log t", "ln(t)"),
        ("log_3 t", "log(t, 3)"),
        ("log_b(t)", "log(t, b)"),
        ("log10(t)", "log(t, 10)"),
        ("log2(t)", "log(t, 2)"),
        ("log(t, 3)", "log(t, 3)"),
        ("lg(t)", "log(t, 10)"),
        ("ln|t|", "ln(abs(t))"),
        ("sqrt t", "sqrt(t)"),
        ("√3t", "sqrt(3)*t"),
        ("∛(t+1)", "cbrt(t + 1)"),
        ("root(t, 5)", "root(t, 5)"),
        ("ceiling(t)", "ceil(t)"),
        ("nCr(n, k)", "binomial(n, k)"),
        ("max(p, q, r)", "max(p, q, r)"),
        ("ReLU(t)", "relu(t)"),
        ("re(2+i)", "re(2 + i)"),
    ],
)
def test_functions(typed: str, means: str) -> None:
    assert reading(typed) == means


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (r"\frac{p}{q}", "p/q"),
        (r"\frac35", "3/5"),
        (r"\dfrac\pi4", "pi/4"),
        (r"\sqrt[5]{t}", "root(t, 5)"),
        (r"\sqrt3", "sqrt(3)"),
        (r"f\left(t\right)", "f(t)"),
        ("sqrt[3](t)", "root(t, 3)"),
        (r"\left(\frac{p}{q}\right)^{3}", "(p/q)^3"),
        (r"2\cdot3\,\times 4", "2*3*4"),
        (r"\mathrm{e}^{-\alpha t}", "e^(-alpha*t)"),
        (r"\operatorname{relu}(t)", "relu(t)"),
        (r"\cos^{2}t", "cos(t)^2"),
        (r"\lvert t\rvert", "abs(t)"),
        (r"\left\|u\right\|_2", "norm(u, 2)"),
        (r"\lfloor t\rfloor+\lceil t\rceil", "floor(t) + ceil(t)"),
        (r"\binom{n}{k}", "binomial(n, k)"),
        (r"\boldsymbol{\theta}_{1}", "theta_1"),
        (r"\varepsilon", "epsilon"),
        (r"$\frac12$", "1/2"),
        (r"t\ +\ 1", "t + 1"),
        (r"\begin{pmatrix}p&q\\r&s\end{pmatrix}", "[[p, q], [r, s]]"),
        (r"\begin{cases} t & t>0 \\ 0 & \text{otherwise}\end{cases}", "t if t > 0 else 0"),
        # Unicode
        ("y²·z³", "y^2*z^3"),
        ("yⁿ⁺¹", "y^(n + 1)"),
        ("y₁−y₂", "y_1 - y_2"),
        ("¾t", "¾*t"),
        ("2×3÷4", "2*3/4"),
        ("λ+µ", "lambda + mu"),
        ("𝑥＋１", "x + 1"),
        ("∞", "infinity"),
    ],
)
def test_tex_and_unicode(typed: str, means: str) -> None:
    assert reading(typed) == means


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("diff(t^3, t)", "diff(t^3, t)"),
        ("diff(t^3, t, t)", "diff(t^3, t, 2)"),
        ("d/dt t^3", "diff(t^3, t)"),
        (r"\frac{d^2}{dt^2} t^3", "diff(t^3, t, 2)"),
        ("diff(u v, u, v)", "diff(diff(u*v, u), v)"),
        ("int(t, t)", "integrate(t, t)"),
        ("integrate(t, (t, 0, 2))", "integrate(t, t, 0, 2)"),
        ("∫_0^2 t dt", "integrate(t, t, 0, 2)"),
        ("∫₀² t+1 dt", "integrate(t + 1, t, 0, 2)"),
        (r"\int_{-\infty}^{\infty} e^{-t^2}\,dt", "integrate(e^(-t^2), t, -infinity, infinity)"),
        ("int_0^1 int_0^2 t s ds dt", "integrate(integrate(t*s, s, 0, 2), t, 0, 1)"),
        ("∫ds", "integrate(1, s)"),
        ("∫ e^θ dθ", "integrate(e^theta, theta)"),
        ("sum(k^2, k, 1, n)", "sum(k^2, k, 1, n)"),
        ("sum(k^2, k=1, n)", "sum(k^2, k, 1, n)"),
        ("sum_(k=1)^n k + 1", "sum(k, k, 1, n) + 1"),
        (r"\sum_{i=0}^{\infty} i^2", "sum(i^2, i, 0, infinity)"),
        ("prod(k, k, 1, n)", "product(k, k, 1, n)"),
        ("limit(1/t, t, 0, right)", "limit(1/t, t, 0, right)"),
        ("limit(1/t, t -> 0)", "limit(1/t, t, 0)"),
        ("lim_(t->0+) 1/t", "limit(1/t, t, 0, right)"),
        (r"\lim_{t\to 2^-} t", "limit(t, t, 2, left)"),
        (r"\lim_{t\to a-1} t", "limit(t, t, a - 1)"),
        (r"\sup_{t\in[0,1]} |t|", "sup_(t in [0, 1]) (abs(t))"),
        ("piecewise((t, t>0), (0, true))", "t if t > 0 else 0"),
        ("t if t>1 else -t if t<0 else 0", "t if t > 1 else -t if t < 0 else 0"),
    ],
)
def test_calculus(typed: str, means: str) -> None:
    assert reading(typed) == means


@pytest.mark.parametrize(
    ("typed", "kind", "means"),
    [
        ("(0, 3]", "expression", "(0, 3]"),
        ("(0, 3)", "set", "(0, 3)"),
        ("[0, oo]", "set", "[0, infinity)"),
        ("]0, 3[", "set", "(0, 3)"),
        ("(0,1] U {3}", "set", "(0, 1] union {3}"),
        ("(0,1) ∪ (2,3) ∩ R", "set", "(0, 1) union ((2, 3) intersection reals)"),
        (r"R\{0}", "set", "reals setminus {0}"),
        (r"\mathbb R \setminus \{0\}", "set", "reals setminus {0}"),
        ("[0,1]-{1/2}", "set", "[0, 1] setminus {1/2}"),
        ("{}", "set", "{}"),
        ("∅", "set", "emptyset"),
        ("{t : t^2<3}", "set", "{t : t^2 < 3}"),
        ("{t | 0<t<1}", "set", "{t : 0 < t < 1}"),
        (r"\{t\in\mathbb{R} \mid t>0\}", "set", "{t : t > 0}"),
        ("{(1,2), (3,4)}", "set", "{(1, 2), (3, 4)}"),
        ("0<t<=3", "relation", "0 < t <= 3"),
        ("t ≠ 3", "relation", "t != 3"),
        ("t=/=3 or t==4", "relation", "t != 3 or t = 4"),
        ("t=±3", "relation", "t = ±3"),
        ("t=+-3", "relation", "t = ±3"),
        ("t = a+-b", "relation", "t = a ± b"),
        ("t<-3", "relation", "t < -3"),
        ("t in (0,3]", "relation", "t in (0, 3]"),
        ("t ∉ [0,3]", "relation", "t notin [0, 3]"),
        ("A => B and not C", "relation", "A implies B and not C"),
        ("¬A ∨ B ⇔ C", "relation", "not A or B iff C"),
        ("5!=120", "relation", "5 != 120"),
        ("5! = 120", "relation", "5! = 120"),
        ("(1, 2)", "list", "(1, 2)"),
        ("[1, 2]", "list", "(1, 2)"),
        ("1, 2", "list", "(1, 2)"),
        ("[[1,2],[3,4]]", "list", "[[1, 2], [3, 4]]"),
        ("[1,2;3,4]", "list", "[[1, 2], [3, 4]]"),
        ("[[1,2],[3,4]]^T", "list", "transpose([[1, 2], [3, 4]])"),
    ],
)
def test_sets_relations_lists(typed: str, kind: Kind, means: str) -> None:
    assert reading(typed, kind) == means


@pytest.mark.parametrize(
    ("typed", "options", "means"),
    [
        ("pq", {"symbols": {"p": "real", "q": "real"}}, "p*q"),
        ("pq", {"symbols": {"p": "real", "q": "real", "pq": "real"}}, "pq"),
        ("3pq^2", {"split_names": True}, "3*p*q^2"),
        ("momega t", {"split_names": True}, "m*omega*t"),
        ("tcos(t)", {"split_names": True}, "t*cos(t)"),
        ("2pit", {"split_names": True}, "2*pi*t"),
        ("cost", {}, "cos(t)"),
        ("e + i", {"symbols": {"e": "real", "i": "integer"}}, "e + i"),
        ("u(t+1)", {"symbols": {"u": "function", "t": "real"}}, "u(t + 1)"),
        ("u(t+1)", {"symbols": {"u": "real", "t": "real"}}, "u*(t + 1)"),
        ("E[X]", {"functions": ["E"]}, "E(X)"),
        ("u''(t)", {"functions": "u, v"}, "u''(t)"),
        ("du/dt", {"symbols": {"u": "function", "t": "real"}}, "diff(u(t), t)"),
        ("W^T x", {"symbols": {"W": "real", "x": "real"}}, "transpose(W)*x"),
        ("u^2(t)", {"functions": "u, v"}, "u(t)^2"),
        ("f(t) + g(t)", {}, "f(t) + g(t)"),
        ("gamma(t+1)", {"symbols": {"gamma": "real", "t": "real"}}, "gamma*(t + 1)"),
        ("μ0 + mu_0", {"variables": "mu0"}, "mu_0 + mu_0"),
        ("a_nb_n", {"variables": ["a_n", "b_n"]}, "a_n*b_n"),
        ("sum(k, k, 1, n)", {"variables": ["n"]}, "sum(k, k, 1, n)"),
        ("t^2 + C", {"symbols": {"t": "real"}, "up_to": "constant"}, "t^2 + C"),
        ("I", {"symbols": {"I": "real"}}, "I"),
    ],
)
def test_declared_names(typed: str, options: dict[str, Any], means: str) -> None:
    assert reading(typed, **options) == means


def test_constants_are_symbols_when_declared() -> None:
    assert read("e", Vocabulary.of({"symbols": {"e": "real"}})) == Symbol("e")


def test_decimals_are_exact() -> None:
    assert read("0.1") == Number(Fraction(1, 10))
    assert read("1e-3") == Number(Fraction(1, 1000))


def test_spans_are_characters_of_the_text() -> None:
    text = " α + f(βx₁) "
    for node in walk(read(text)):
        if isinstance(node, Symbol):
            assert text[node.span[0] : node.span[1]] in ("α", "β", "x₁")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("y = 3*x", "expression"),
        ("F'(x) = 3*x^2", "expression"),
        ("y' = x", "expression"),
        ("k(x, y) = x", "expression"),
        ("speed = x", "expression"),
        ("alpha_1 = 4, alpha_2 = 5", "expression"),
        ("diff(y, x) = x", "expression"),
        ("(p, q) = (1, 2)", "list"),
        ("D = (0, 1)", "set"),
    ],
)
def test_a_label_need_not_be_declared(typed: str, kind: Kind) -> None:
    assert reading(typed, kind, variables="x") == typed


@pytest.mark.parametrize("typed", ["x = y", "y + 1 = x", "f(x + 1) = x", "f(y = 1)", "y < x", "sin(y) = x", "(y = 1) + x"])
def test_nothing_else_is_a_label(typed: str) -> None:
    with pytest.raises(ReadError):
        reading(typed, variables="x")
