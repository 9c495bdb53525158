from __future__ import annotations

from fractions import Fraction

import pytest

from companion.answers.reader import read
from companion.answers.tree import Negative, Node, Number
from companion.curriculum.templates import TemplateError, expressions, fill_answer, fill_prose

VALUES: dict[str, Node] = {
    "one": Number(Fraction(1)),
    "two": Number(Fraction(2)),
    "ten": Number(Fraction(10)),
    "half": Number(Fraction(1, 2)),
    "minus": Negative(Number(Fraction(3))),
    "less": Negative(Number(Fraction(1))),
    "sum": read("x + 1"),
    "x": read("x"),
}


def value_of(expression: str) -> Node:
    return VALUES[expression]


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("@{two}", "2"),
        ("2^@{two}", "2^2"),
        ("2^@{minus}", "2^(-3)"),
        ("@{minus}^2", "(-3)^2"),
        ("@{half}^2", "(1/2)^2"),
        ("1/(@{sum})", "1/(x+1)"),
        ("2*@{sum}", "2*(x+1)"),
        ("@{two}x", "2x"),
        ("x@{two}", "x(2)"),
        ("3@{two}", "3(2)"),
        ("[@{minus}, @{half})", "[-3, 1/2)"),
        ("x < @{minus}", "x < -3"),
        ("1 - @{minus}", "1 - (-3)"),
        ("f(@{sum}, @{x})", "f(x+1, x)"),
        ("plain", "plain"),
    ],
)
def test_a_value_in_an_answer_is_bracketed_where_it_could_be_misread(template: str, filled: str) -> None:
    assert fill_answer(template, value_of).replace("x + 1", "x+1") == filled


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("take @{two} of them", "take $2$ of them"),
        ("code `@{minus}` and $@{two}$", "code `-3` and $2$"),
        (r"a \$ sign, @{two}", r"a \$ sign, $2$"),
        ("$x^{@{ten}}$", "$x^{10}$"),
        ("$x^@{ten}$", "$x^{10}$"),
        ("$x_@{two}$", "$x_{2}$"),
        ("$x^{@{one}} + 1$", "$x + 1$"),
        ("$x^@{one}+1$", "$x+1$"),
        ("$x_{@{one}}$", "$x_{1}$"),
        ("$@{one}x$", "$x$"),
        ("$@{one} x$", "$ x$"),
        ("$@{less}x$", "$-x$"),
        (r"$@{one}\sin x$", r"$\sin x$"),
        (r"$@{one}\le x$", r"$1\le x$"),
        (r"$\int_0^1 @{one}\,dx$", r"$\int_0^1 1\,dx$"),
        (r"$\int_0^1 @{minus}x\,dx$", r"$\int_0^1 -3x\,dx$"),
        (r"$\int_0^1 @{sum}\,dx$", r"$\int_0^1 (x+1)\,dx$"),
        (r"$@{minus}\sum_k k$", r"$-3\sum_k k$"),
        (r"$x^2@{minus}$", r"$x^2(-3)$"),
        (r"$2 + @{one}(x+1)$", "$2 + (x+1)$"),
        (r"$\frac@{one}x$", r"$\frac{1}x$"),
        ("$x + @{minus}$", "$x - 3$"),
        ("$x+@{less}y$", "$x-y$"),
        ("$x - @{minus}y$", "$x + 3y$"),
        ("$x-@{minus}$", "$x+3$"),
        ("$(-@{minus})$", "$(3)$"),
        ("$x = -@{minus}$", "$x = 3$"),
        (r"$x \le -@{minus}$", r"$x \le 3$"),
        ("$x = @{minus}$", "$x = -3$"),
        (r"$2\cdot @{minus}$", r"$2\cdot (-3)$"),
        ("$2@{minus}$", "$2(-3)$"),
        ("$2@{two}$", r"$2\cdot 2$"),
        ("$@{two}@{ten}$", r"$2\cdot 10$"),
        ("$@{minus}^2$", "$(-3)^2$"),
        ("$@{two}^2$", "$2^2$"),
        ("$x + @{sum}$", "$x + x+1$"),
        ("$x - @{sum}$", "$x - (x+1)$"),
        ("$2@{sum}$", "$2(x+1)$"),
        ("$@{sum}y$", "$(x+1)y$"),
        (r"$\sin @{sum}$", r"$\sin (x+1)$"),
        ("$f(@{sum})$", "$f(x+1)$"),
        (r"$\int_0^{@{one}} x\,dx$", r"$\int_0^{1} x\,dx$"),
        (r"$x\to@{one}y$", r"$x\to y$"),
        (r"$\sum_{k=0}^@{one} k$", r"$\sum_{k=0}^{1} k$"),
        ("$$\n@{two}x\n$$ and @{two}", "$$\n2x\n$$ and $2$"),
    ],
)
def test_a_value_in_prose_is_set_as_tex_and_tidied(template: str, filled: str) -> None:
    assert fill_prose(template, value_of).replace("x + 1)", "x+1)").replace("+ x + 1$", "+ x+1$") == filled


def test_what_the_author_wrote_is_never_tidied() -> None:
    text = "$1x + -3 + x^1$, @{two}"
    assert fill_prose(text, value_of) == "$1x + -3 + x^1$, $2$"


def test_expressions_may_hold_braces() -> None:
    assert expressions("a @{ max{1, 2} } b @{p}") == ["max{1, 2}", "p"]


@pytest.mark.parametrize("text", ["@{", "a @{x", "@{}", "@{ }", "@{x{}"])
def test_an_expression_that_is_open_or_empty_is_refused(text: str) -> None:
    with pytest.raises(TemplateError) as caught:
        expressions(text)
    assert caught.value.template == text
