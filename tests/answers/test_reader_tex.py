"""TeX as it is copied from a page: fonts, boxes, accents, displays, sentences; and what of it is refused."""

from __future__ import annotations

import pytest

from companion.answers.printing import to_tex, to_text
from companion.answers.protocol import Kind
from companion.answers.reader import ReadError, Vocabulary, read
from companion.answers.tree import Constant, Power


def reading(text: str, kind: Kind = "expression", **options: object) -> str:
    return to_text(read(text, Vocabulary.of(options), kind))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (r"\boxed{\frac{t}{4}}", "t/4"),
        (r"\boxed{t+1}^2", "(t + 1)^2"),
        (r"$\boxed{7}$.", "7"),
        (r"\mathbf{3t}", "3*t"),
        (r"\cos\mathrm{t}", "cos(t)"),
        (r"t^\mathrm{n+1}", "t^(n + 1)"),
        (r"\text{12}", "12"),
        (r"\hat{y} + \bar z", "y_hat + z_bar"),
        (r"\tilde\theta", "theta_tilde"),
        (r"\overline{z+1}", "conj(z + 1)"),
        (r"\begin{align*} a &= b \end{align*}", "a = b"),
        (r"t \not= 3", "t != 3"),
        (r"t \not\in \{1\}", "t notin {1}"),
        (r"t \leqq 3", "t <= 3"),
        (r"60^\circ", "60*pi/180"),
        ("60°", "60*pi/180"),
        ("7 percent", "7/100"),
        (r"A^\top", "transpose(A)"),
        (r"\operatorname{atan2}(u, v)", "atan2(u, v)"),
        (r"\frac{\mathrm{d}y}{\mathrm{d}t}", "diff(y, t)"),
        ("(dy)/(dt)", "diff(y, t)"),
        ("(d^2 y)/(dt^2)", "diff(y, t, 2)"),
        ("(dy)/dt", "diff(y, t)"),
        ("f^2(t)", "f(t)^2"),
        ("f²(t)", "f(t)^2"),
        ("v_{n_k}", "v_n_k"),
        ("v_{n_{k}}", "v_n_k"),
        ("The value is $t+1$.", "t + 1"),
        (r"Answer: \( t \)", "t"),
        (r"3\frac{t}{4}", "3*(t/4)"),
        (r"3\cdot\frac{1}{4}", "3*(1/4)"),
        ("7:32", "7/32"),
        ("(t+1):2t", "(t + 1)/(2*t)"),
        ("$t$ or $u$", "t or u"),
        ("The roots are $1$ and $-2$.", "1, -2"),
        (r"\(1\), \(2\), and \[3\]", "1, 2, 3"),
        (r"\boxed{1} and \boxed{2}", "1, 2"),
        (r"\boxed{1}\boxed{t}", "1, t"),
        (r"By a sum-to-product formula, $t$", "t"),
        (r"\sint \cdotu", "sin(t)*u"),
        (r"\u2212t", "-t"),
    ],
)
def test_readings(typed: str, means: str) -> None:
    assert reading(typed) == means


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (r"3\frac{1}{4}", "ambiguous"),
        (r"3\frac14", "ambiguous"),
        ("3½", "ambiguous"),
        ("f^-1(t)", "ambiguous"),
        (r"f^{-1}(t)", "ambiguous"),
        (r"5\text{ m and more}", "words"),
        (r"5\text{meters}", "words"),
        (r"\hat{u+v}", "command"),
        ("t°", "degree"),
        ("It is not $t$.", "character"),
        ("$t$ not $u$", "character"),
        ("$t$ $u$", "character"),
        (r"$\(t\)$", "character"),
        ("non-zero $t$", "character"),
        (r"\u0074", "command"),
        (r"\inft", "command"),
        ("cos $t$", "character"),
        ("v + sum(v_i, i, 1, n)", "running-index"),
        ("sum(f_k(t), k, 1, 3)", "running-index"),
        ("v_a_b_c", "subscript"),
    ],
)
def test_refusals(typed: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        reading(typed)
    assert caught.value.code == f"read.{code}"


@pytest.mark.parametrize("typed", ["sum(v_1, i, 1, n)", "sum(v_max, a, 1, n)", "v_i + sum(i, i, 1, n)"])
def test_an_index_that_does_not_run(typed: str) -> None:
    assert reading(typed) == typed


def test_words_alone_that_name_the_solutions() -> None:
    assert read("all", expecting="relation") == Constant("true")
    assert read("None", expecting="set") == Constant("emptyset")
    assert reading("none") == "none"
    assert reading("all", "relation", variables="all") == "all"


def test_listed_names_keep_letters_together_and_constants_as_they_are() -> None:
    assert read("2pi", Vocabulary.of({"names": ["pi", "rho"], "split_names": True})) == read("2*pi")
    assert reading("rho x", names=["rho"], split_names=True) == "rho*x"


def test_an_index_of_an_index_is_set_as_one() -> None:
    assert to_tex(read("v_{n_k}^2")) == "v_{n_{k}}^{2}"
    assert isinstance(read(r"v_{n_{k}}^{2}"), Power)


def test_the_bracket_of_an_argument_is_no_derivative() -> None:
    assert reading("cos(dy)/(dt)", split_names=True) == "cos(d*y)/(d*t)"
