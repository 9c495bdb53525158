"""Formulas and values under each option: right, wrong, malformed, hostile, and beyond decision."""

from __future__ import annotations

import pytest

from companion.answers.protocol import Given
from tests.answers.judge.rows import Table, assert_harmless, assert_malformed, assert_never_wrong, assert_right, assert_wrong, cases, pairs

UNREADABLE = {
    "": "read.empty",
    "2*": "read.missing-operand",
    "(1+1": "read.bracket",
    "1<2": "type.relation",
    "(1,2)": "type.list",
    "{1}": "type.set",
}
VAST = "integrate(exp(-t^4*(1+x^2)), t, 0, oo)"


def formed(form: str, key: str, right: list[str], unformed: list[str], wrong: str, malformed: dict[str, str] | None = None) -> Table:
    """A field that asks for a form: a right value in another form is told apart from a wrong value."""
    refused = {**dict.fromkeys(unformed, "form"), wrong: "different"}
    return Table("expression", key, right, refused, malformed or UNREADABLE, options={"form": form})


TABLES = {
    "plain": Table(
        "expression", "sin(2x)/2",
        ["sin x cos x", "sin(2x)/2", "cos(x)*sin(x)", "tan(x) cos(x)^2", "(e^(2i x)-e^(-2i x))/(4i)",
        "sin(x)sqrt(1-sin(x)^2) sign(cos(x))"],
        {"sin x": "different", "-sin x cos x": "different.sign", "sin(2x)": "different.factor", "sin(2x)/2+1": "different.constant",
         "2/sin(2x)": "different.reciprocal", "x": "different", "7": "different", "sin(2x)/2+10^(-20)x": "different"},
        {**UNREADABLE, "sin": "read.missing-operand", "x ++": "read.missing-operand", "1/0": "value.undefined", "ln(0)": "value.undefined"},
        ["sin(x)cos(x) + limit(floor(n x)/n, n, oo) - x", "sin x cos x + integrate(t^t, t, x, x)"],
    ),
    "a number": Table(
        "expression", "sqrt(2)+sqrt(3)", ["sqrt(5+2sqrt(6))", "(3-2)/(sqrt 3-sqrt 2)", "2^(1/2)+3^(1/2)"],
        {"sqrt(5)": "different", "3.1462643699": "different.rounded", "-sqrt(2)-sqrt(3)": "different.sign",
         "1/(sqrt 2+sqrt 3)": "different.reciprocal", "sqrt(2)+sqrt(3)+10^(-40)": "different"},
        UNREADABLE, ["sqrt(2)+sqrt(3)+integrate(sin(t^3)*exp(-t), t, 2, 2)"],
    ),
    "infinite": Table("expression", "oo", ["infinity", "limit(n, n, oo)", "∞"], {"-oo": "different", "10^50": "different"}, UNREADABLE),
    "positive symbol": Table(
        "expression", "sqrt(a^2*b)", ["a sqrt(b)", "|a| sqrt(b)"], {"-a sqrt(b)": "different.sign", "a b": "different"}, UNREADABLE,
        options={"symbols": {"a": "positive", "b": "positive"}},
    ),
    "real symbol": Table("expression", "|x|", ["sqrt(x^2)", "max(x,-x)"], {"x": "different.domain", "-x": "different.domain"}, UNREADABLE),
    "integer symbol": Table(
        "expression", "(-1)^n", ["cos(n pi)", "(-1)^(n+2)", "(-1)^(-n)"], {"1": "different", "cos(n)": "different",
        "-cos(n pi)": "different.sign"},
        UNREADABLE, options={"symbols": {"n": "integer"}},
    ),
    "complex symbol": Table(
        "expression", "z*conj(z)", ["|z|^2", "re(z)^2+im(z)^2"], {"z^2": "different", "|z|": "different"}, UNREADABLE,
        options={"symbols": {"z": "complex"}},
    ),
    "symbol between bounds": Table(
        "expression", "atan(x/sqrt(1-x^2))", ["asin(x)"], {"acos(x)": "different", "asin(x)/2": "different.factor"}, UNREADABLE,
        options={"symbols": {"x": "-1 < x < 1"}},
    ),
    "unknown function": Table(
        "expression", "diff(f(x)^2, x)", ["2 f(x) f'(x)", "f'(x) f(x) + f(x) f'(x)"],
        {"2 f'(x)": "different.function", "2 f(x)": "different.function", "f'(x)^2": "different.function"},
        {**UNREADABLE, "f(x)^^": "read.missing-operand"}, options={"functions": ["f"]},
    ),
    "factored": formed(
        "factored", "x^2-5x+6", ["(x-2)(x-3)", "(x-3)(x-2)", "(2-x)(3-x)", "(3-x)*(2-x)"], ["x^2-5x+6", "x(x-5)+6"], "(x-2)(x+3)",
        {**UNREADABLE, "(x-2)(x-3": "read.bracket"},
    ),
    "expanded": formed("expanded", "(x+1)^2", ["x^2+2x+1", "1+2x+x^2"], ["(x+1)^2", "x(x+2)+1"], "x^2+1"),
    "partial fractions": formed(
        "partial-fractions", "1/(x^2-1)", ["1/(2(x-1)) - 1/(2(x+1))", "(1/2)/(x-1)-(1/2)/(x+1)"], ["1/(x^2-1)", "1/((x-1)(x+1))"],
        "1/(x-1)-1/(x+1)+x",
    ),
    "single fraction": formed(
        "single-fraction", "1/x+1/y", ["(x+y)/(x y)", "(y+x)/(y x)"], ["1/x+1/y", "(1+x/y)/x"], "(x+y)/(x+2y)",
    ),
    "lowest terms": formed("lowest-terms", "6/8", ["3/4", "0.75"], ["6/8", "9/12"], "5/7"),
    "completed square": formed("completed-square", "x^2+4x+7", ["(x+2)^2+3", "3+(x+2)^2"], ["x^2+4x+7", "x(x+4)+7"], "(x+4)^2+3"),
    "closed": formed("closed", "n(n+1)/2", ["n(n+1)/2", "(n^2+n)/2"], ["sum(k, k, 1, n)"], "n^2"),
    "relative tolerance": Table(
        "expression", "pi", ["3.14", "3.1416", "22/7", "pi"], {"3.2": "different", "3": "different", "-3.14": "different"}, UNREADABLE,
        options={"rtol": 0.001},
    ),
    "absolute tolerance": Table(
        "expression", "10", ["10.05", "9.95", "sqrt(100)"], {"10.2": "different", "9.8": "different", "100": "different"}, UNREADABLE,
        options={"atol": 0.1},
    ),
    "tolerance of a formula": Table(
        "expression", "x^2/3", ["0.3333 x^2", "x*x/3"], {"0.4 x^2": "different", "x^3/3": "different"}, UNREADABLE, options={"rtol": 0.001},
    ),
    "up to a constant, required": Table(
        "expression", "x^3/3 + C", ["x^3/3 + C", "x^3/3 + 5 + k", "(x^3+C)/3", "x^3/3 - C^3"],
        {"x^3/3": "constant.missing", "x^3/3+7": "constant.missing", "x^2/3 + C": "different.derivative",
        "x^3/3 + C x": "different.derivative", "x^3 + C": "different.derivative"},
        UNREADABLE, options={"up_to": "constant", "variable": "x", "constant": "required"},
    ),
    "up to a constant, optional": Table(
        "expression", "ln|x|", ["ln|x|", "ln|x|+C", "ln(3|x|)", "ln|x| - 1/2", "ln(x^2)/2"], {"ln(x)/x": "different.derivative",
        "1/x": "different.derivative", "x ln x": "different.derivative"},
        UNREADABLE, options={"up_to": "constant", "variable": "x", "constant": "optional"},
    ),
    "up to a factor": Table(
        "expression", "exp(-x^2/2)", ["3 exp(-x^2/2)", "-exp(-x^2/2)/sqrt(2 pi)", "C exp(-x^2/2)", "sqrt(exp(-x^2))"],
        {"exp(-x^2)": "different", "x exp(-x^2/2)": "different", "0": "different.zero", "exp(-x^2/2)+1": "different"}, UNREADABLE,
        options={"up_to": "factor", "variable": "x"},
    ),
    "up to the order": Table(
        "expression", "n log n", ["5 n log n + n", "n log(n^2)", "log(n!)", "n ln n"],
        {"n": "growth.lower", "n^2": "growth.higher", "n^(3/2)": "growth.higher", "0": "growth.lower", "2^n": "growth.higher"}, UNREADABLE,
        ["n log n (2+sin n)"], options={"up_to": "order", "variable": "n"},
    ),
    "points of the author": Table(
        "expression", "x/x", ["1", "x/x"], {"1 if x != 7 else 2": "different", "x": "different"}, UNREADABLE,
        options={"points": [{"x": "7"}]},
    ),
    "two values": Table(
        "expression", "1 ± sqrt(2)", ["1 ± sqrt(2)", "1 ± 2/sqrt(2)"], {"1 ± 2": "different", "1+sqrt(2)": "different.count",
        "2 ± sqrt(2)": "different"},
        UNREADABLE,
    ),
    "calculus in the key": Table(
        "expression", "diff(x^3 exp(x), x)", ["(3x^2+x^3)exp(x)", "x^2 e^x (x+3)"], {"3x^2 exp(x)": "different",
        "x^3 exp(x)": "different"}, UNREADABLE,
    ),
    "declared names": Table(
        "expression", "kappa*dx + ab", ["ab + dx kappa", "dx*kappa+ab"], {"ab": "different", "dx kappa": "different"},
        {"": "read.empty", "kappa+": "read.missing-operand"}, options={"names": ["kappa", "dx", "ab"]},
    ),
    "split names": Table(
        "expression", "x y z", ["xyz", "xy*z", "zyx"], {"xy": "different", "x+y+z": "different"}, {"": "read.empty",
        "xy*": "read.missing-operand"},
        options={"split_names": True},
    ),
}  # fmt: skip

SLOW = {
    "an integral of parameters": Table(
        "expression", VAST, ["integrate(exp(-s^4*(x^2+1)), s, 0, oo)"], {"0": "different", "gamma(5/4)": "different"}, UNREADABLE,
        ["gamma(5/4)/(1+x^2)^(1/4)", "integrate(exp(-t^4), t, 0, oo)/(1+x^2)^(1/4)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "right"))
def test_right(table: Table, answer: Given, code: str) -> None:
    assert_right(table, answer, code)


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "wrong"))
def test_wrong(table: Table, answer: Given, code: str) -> None:
    assert_wrong(table, answer, code)


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "malformed"))
def test_malformed(table: Table, answer: Given, code: str) -> None:
    assert_malformed(table, answer, code)


@pytest.mark.parametrize(("table", "answer", "code"), cases(TABLES, "open"))
def test_true_but_out_of_reach(table: Table, answer: Given, code: str) -> None:
    assert_never_wrong(table, answer)


@pytest.mark.full
@pytest.mark.parametrize("table", SLOW.values(), ids=list(SLOW))
def test_what_takes_long(table: Table) -> None:
    for answer in table.right:
        assert_right(table, answer, "equal")
    for answer, code in pairs(table.wrong):
        assert_wrong(table, answer, code)
    for answer in table.open_answers:
        assert_never_wrong(table, answer)


@pytest.mark.full
@pytest.mark.parametrize(("table", "answer", "code"), cases({**TABLES, **SLOW}, "hostile"))
def test_hostile(table: Table, answer: Given, code: str) -> None:
    assert_harmless(table, answer)
