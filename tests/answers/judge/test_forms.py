"""The form that an answer must have."""

import pytest

from tests.answers.judge.asking import ask

TABLE = [
    ("factored", "x^2-1", ["(x-1)(x+1)", "-(1-x)(x+1)"], ["x^2-1"]),
    ("factored", "2x^2-6x", ["2x(x-3)", "x*2*(x-3)"], ["2(x^2-3x)", "x(2x-6)"]),
    ("factored", "x^2+1", ["x^2+1", "(x-i)(x+i)"], []),
    ("factored", "(x-1)^2", ["(1-x)^2", "(x-1)(x-1)"], ["x^2-2x+1"]),
    ("expanded", "(x+1)^2", ["x^2+2x+1", "1+x^2+x+x"], ["(x+1)^2", "x(x+2)+1"]),
    ("single-fraction", "1/a+1/b", ["(a+b)/(a*b)", "-(-a-b)/(a*b)"], ["1/a+1/b", "(1+a/b)/a"]),
    ("lowest-terms", "1/2", ["1/2", "0.5"], ["2/4", "3/6"]),
    ("partial-fractions", "2/(x^2-1)", ["1/(x-1)-1/(x+1)"], ["2/(x^2-1)", "2/((x-1)(x+1))"]),
    ("partial-fractions", "n^3/(n-1)", ["1+n+n^2+1/(n-1)"], ["n^3/(n-1)"]),
    ("completed-square", "x^2-2x+3", ["(x-1)^2+2", "2+(1-x)^2"], ["x^2-2x+3"]),
    ("closed", "integrate(2x, x, 0, 1)", ["1"], ["integrate(2x, x, 0, 1)", "diff(x, x)"]),
]


@pytest.mark.parametrize(("form", "key", "good", "bad"), TABLE)
def test_forms(form: str, key: str, good: list[str], bad: list[str]) -> None:
    for answer in good:
        assert ask("expression", key, answer, form=form).verdict == "correct", answer
    for answer in bad:
        reply = ask("expression", key, answer, form=form)
        assert (reply.verdict, reply.code) == ("incorrect", "form"), answer
        assert "The value is right" in reply.message


def test_a_wrong_value_is_wrong_before_its_form() -> None:
    assert ask("expression", "x^2-1", "(x-1)(x+2)", form="factored").code.startswith("different")
