"""Derivations line by line."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.answers.judge.feedback import first_mistake
from companion.answers.judge.question import judge_field, judge_question
from companion.answers.protocol import Mistake, Reply
from tests.answers.judge.asking import ask, question

REAL = dict.fromkeys(("a", "b", "c", "x", "y"), "real")


def chain(*lines: str, **options: Any) -> Reply:
    return ask("steps", None, list(lines), **options)


def failing(reply: Reply) -> list[str]:
    return [number for number, part in reply.parts.items() if part.verdict != "correct"]


@pytest.mark.parametrize(
    "lines",
    [
        ("(x+1)^2", "x^2+2*x+1"),
        ("(x+1)^2", "= (x+1)*(x+1)", "= x^2+2x+1"),
        ("(x-1)^2 = (x-1)*(x-1)", "= x^2-2*x+1"),
        ("y = x^2+2*x+1", "= (x+1)^2"),
        ("I = integrate(x, x, 0, 1)", "= 1/2"),
        ("integrate(x^2, x, 0, 1)", "= 1/3"),
        ("integrate(2*x, x)", "= x^2 + C"),
        ("lim(sin(x)/x, x, 0)", "= 1"),
        ("integrate(exp(-x^2)*cos(x)^2, x, 0, 1)", "= integrate(exp(-x^2)*(1+cos(2x))/2, x, 0, 1)"),
        ("2*a*b", "<= a^2+b^2", "= (a+b)^2-2*a*b"),
        ("a", "≤ a+1", "\\le a+2", "< a+3"),
        ("x/(x^2+1)", "<= 1/2", "< 1"),
        ("0", "<= (x-pi)^2+(y-e)^2"),
        ("[[1,2],[3,4]]*[[1],[1]]", "= [[3],[7]]"),
        ("{1,2} union {3}", "= {3,2,1}"),
        ("f(x)+f(x)", "= 2*f(x)"),
        ("sqrt(x^2)", "= |x|"),
    ],
)
def test_right_chains(lines: Sequence[str]) -> None:
    reply = chain(*lines)
    assert reply.verdict == "correct", reply
    assert list(reply.parts) == [str(number) for number in range(1, len(lines) + 1)]


@pytest.mark.parametrize(
    ("lines", "line", "counterexample"),
    [
        (("(x+1)^2", "x^2+1", "x^2+2-1"), "2", {"x": "2"}),
        (("(x-1)^2 = (x-1)*(x+1)", "= x^2-1"), "1", {"x": "2"}),
        (("y = x^2", "= x*x", "= 2*x+1"), "3", {"x": "2"}),
        (("sqrt(x^2)", "= x"), "2", {"x": "-1"}),
        (("a^2+b^2", "<= 2*a*b"), "2", None),
        (("2*sqrt(2)*x", "< x^2+2"), "2", {"x": "1.41421356237"}),
        (("0", "<= (x-pi)^2+(y-e)^2-1/10^6"), "2", None),
        (("a*b+b*c+c*a", "<= a^2+b^2+c^2-1/100000"), "2", {"a": "0", "b": "0", "c": "0"}),
        (("lim(sin(x)/x, x, 0)", "= 0"), "2", None),
        (("integrate(x^2, x, 0, 1)", "= 1/3", "= 3"), "3", None),
        (("[[1,2],[3,4]]*[[1],[1]]", "= [[3],[6]]"), "2", {"entry": "2", "value": "6"}),
        (("f(x)^2", "= f(x^2)"), "2", None),
        (("1/(a-b)-1/(b-a)", "= 1/(a-b)+1/(b-a)"), "2", None),
    ],
)
def test_wrong_chains_fail_at_their_line(lines: Sequence[str], line: str, counterexample: dict[str, str] | None) -> None:
    reply = chain(*lines)
    assert (reply.verdict, reply.code, failing(reply)) == ("incorrect", "steps.line", [line])
    assert reply.message.startswith(f"Line {line}: ")
    if counterexample is not None:
        assert reply.counterexample == counterexample


@pytest.mark.parametrize(
    "lines",
    [
        ("x^2 = 4", "x = 2 or x = -2"),
        ("x^2 = 4", "x = +-2", "<=> x in {2, -2}"),
        ("x^2-6*x+9 = 0", "(x-3)^2 = 0", "x = 3"),
        ("a^2 = 9 and a > 0", "a = 3"),
        ("|x| < 2", "-2 < x < 2", "x in (-2, 2)"),
        ("1/x < 1", "x > 1 or x < 0"),
        ("-2*x < 4", "x > -2"),
        ("x+y = 3 and x-y = 1", "2*x = 4 and x-y = 1", "x = 2 and y = 1"),
        ("a*x = a*b", "x = b or a = 0"),
        ("e^x = 3", "x = ln(3)"),
        ("cos(x) = 1/2", "cos(x) - 1/2 = 0"),
        ("0 = 3", "{}"),
        ("1/(x^2+1) = 1/((x+i)*(x-i))", "true"),
        ("p implies q", "not p or q", "not q implies not p"),
        ("x < 3", "=> x <= 3"),
        ("x^2 = 4", "⇔ x = 2 or x = -2", "⇒ x < 3"),
        ("x = 2", "\\implies x^2 = 4"),
        ("f(x) = 2*y", "f(x)/2 = y"),
    ],
)
def test_right_statements(lines: Sequence[str]) -> None:
    assert chain(*lines).verdict == "correct"


@pytest.mark.parametrize(
    ("lines", "code", "line", "counterexample"),
    [
        (("x^2 = 4", "x = 2"), "steps.lost", "2", {"x": "-2"}),
        (("x*(x-1) = 0", "x-1 = 0", "x = 1"), "steps.lost", "2", {"x": "0"}),
        (("a*x = a*b", "x = b"), "steps.lost", "2", None),
        (("x*y = x", "y = 1"), "steps.lost", "2", {"x": "0", "y": "0"}),
        (("1/x < 1", "x > 1"), "steps.lost", "2", {"x": "-1"}),
        (("a = b", "sqrt(a) = sqrt(b)"), "steps.lost", "2", None),
        (("x = 2", "x^2 = 4"), "steps.gained", "2", {"x": "-2"}),
        (("x = 2", "<=> x^2 = 4"), "steps.gained", "2", {"x": "-2"}),
        (("(x^2-4)/(x-2) = 0", "x^2-4 = 0"), "steps.gained", "2", {"x": "2"}),
        (("x < 3", "x <= 3"), "steps.gained", "2", {"x": "3"}),
        (("x+y = 3 and x-y = 1", "x = 2"), "steps.gained", "2", None),
        (("x^2 = 4", "x = 3"), "steps.line", "2", {"x": "-2"}),
        (("x^2 = 4", "=> x = 2"), "steps.line", "2", {"x": "-2"}),
        (("-2*x < 4", "x < -2"), "steps.line", "2", None),
        (("p implies q", "q implies p"), "steps.line", "2", {"p": "false", "q": "true"}),
        (("x = 1", "X = 1"), "steps.line", "2", None),
        (("x^2 = 4", "x = 2 and x = -2"), "steps.lost", "2", None),
    ],
)
def test_wrong_statements(lines: Sequence[str], code: str, line: str, counterexample: dict[str, str] | None) -> None:
    reply = chain(*lines)
    assert (reply.verdict, reply.code, failing(reply)[0]) == ("incorrect", code, line)
    if counterexample is not None:
        assert reply.counterexample == counterexample


def test_solutions_gained_by_squaring_may_be_given_back() -> None:
    lines = ["sqrt(x+3) = x+1", "x+3 = (x+1)^2", "x^2+x-2 = 0", "x = 1 or x = -2"]
    assert chain(*lines, symbols=REAL).code == "steps.gained"
    assert failing(chain(*lines, symbols=REAL)) == ["2"]
    assert chain(*lines, "x = 1", symbols=REAL).verdict == "correct"
    assert chain(*lines, "x = -2", symbols=REAL).verdict == "incorrect"


def test_unknowns_that_are_not_declared_may_be_complex() -> None:
    cubic = ("x^3-1 = 0", "(x-1)*(x^2+x+1) = 0", "x = 1")
    reply = chain(*cubic)
    assert (reply.code, failing(reply)) == ("steps.lost", ["3"])
    assert reply.counterexample == {"x": "-0.5+(0.866025403784)*i"}
    assert chain(*cubic, symbols=REAL).verdict == "correct"
    assert chain("x^2+1 = 0", "x = i or x = -i").verdict == "correct"
    assert chain("x^2+1 = 0", "{}").code == "steps.lost"
    assert chain("x^2+1 = 0", "{}", symbols=REAL).verdict == "correct"
    assert chain("(a-b)*(a^2+a*b+b^2) = 0", "a = b").code == "steps.lost"


def test_the_real_root_of_a_pure_power_is_enough() -> None:
    assert chain("x^3 = 8", "x = 2", "x^3 = 8").verdict == "correct"
    assert chain("x^4 = 16", "x = 2").code == "steps.lost"


def test_equations_between_functions_may_be_differentiated() -> None:
    assert chain("y(x)^2 = 6*x", "2*y(x)*diff(y(x), x) = 6").verdict == "correct"
    assert chain("y(x)^2 = 6*x", "2*y(x)*diff(y(x), x) = 5").verdict == "incorrect"
    assert chain("x^2 = 4", "2*x = 0").verdict == "incorrect"


def test_coefficients_may_be_compared() -> None:
    assert chain("a*x^2+b*x+c = 0", "a = 0 and b = 0 and c = 0").verdict == "correct"
    assert chain("a*x^2+b*x+c = 0", "a = 0 and b = 0 and c = 1").verdict == "incorrect"
    assert chain("a*x+b = 0", "a = 0 and b = 0", symbols=REAL).verdict == "incorrect"


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (("x+", "= 2"), "read.missing-operand", "1"),
        (("x^2 = 4", "5"), "steps.shape", "2"),
        (("x", "=> x = 1"), "steps.shape", "2"),
        (("x", "x = 1 and x = 2"), "steps.shape", "2"),
        (("x = 1 or x = 2", "= 3"), "steps.shape", "2"),
        (("x/0", "= 1"), "value.undefined", "1"),
        (("9^9^9^9", "= 1"), "value.large", "1"),
        (("1", "= 9^9^9^9"), "value.large", "2"),
        (("x", "= x or y"), "steps.sign", "2"),
    ],
)
def test_lines_that_cannot_be_used_are_invalid(lines: Sequence[str], code: str, line: str) -> None:
    reply = chain(*lines)
    assert (reply.verdict, reply.code, failing(reply)[0]) == ("invalid", code, line)


def test_the_place_of_trouble_counts_from_the_sign() -> None:
    reply = chain("x", "  = x+*2")
    assert reply.parts["2"].position == 6


def test_no_lines_and_too_many() -> None:
    assert chain().code == "read.empty"
    assert chain("", "  ").code == "read.empty"
    assert chain(*["x"] * 41).code == "steps.long"


def test_empty_lines_keep_their_numbers() -> None:
    reply = chain("x", "", "= x+1")
    assert list(reply.parts) == ["1", "3"]
    assert reply.message.startswith("Line 3")


def test_a_text_is_taken_line_by_line() -> None:
    reply = ask("steps", None, "x^2 = 4\nx = 2 or x = -2")
    assert (reply.verdict, len(reply.parts)) == ("correct", 2)


@pytest.mark.parametrize(
    "lines",
    [
        ("sin(x) = 0", "=> sin(2*x) = 0"),
        ("integrate(exp(-x^2)*sin(x^3), x, 0, oo)", "= integrate(exp(-x)/x, x, 1, oo)"),
        ("erf(x) = x^3+cos(x)", "erf(x)^3 = (x^3+cos(x))^3"),
    ],
)
def test_what_cannot_be_decided_is_never_right(lines: Sequence[str]) -> None:
    assert chain(*lines).verdict in ("undecided", "invalid", "incorrect")


@pytest.mark.parametrize(
    "line",
    [
        "__import__('os')", "9^9^9^9", "x" + "^9" * 200,
        "((((9!)!)!)!)", "= " * 50, "<= <=", "\x1b[31mx", "[/]", "x" * 3000, "= {", "=> => x",
    ],
)
def test_hostile_lines(line: str) -> None:
    for lines in ([line], ["x", line], ["x = 1", line, "x = 1"]):
        reply = ask("steps", None, lines)
        assert reply.verdict != "correct"
        assert "\x1b" not in reply.message


SOLVING = ["x^2-5*x+6 = 0", "(x-2)*(x-3) = 0", "x = 2 or x = 3"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (SOLVING, "equal"),
        (["x^2-5*x+6 = 0", "x in {2, 3}"], "equal"),
        (["(x-2)*(x-3) = 0", "{3, 2}"], "equal"),
        (SOLVING[:2], "steps.unfinished"),
        (["x^2-5*x+7 = 0", "x = 2 or x = 3"], "steps.first"),
        (["x^2-5*x+6 = 0", "x = 2 or x = -3"], "steps.line"),
        (["x^2-5*x+6 = 0", "x = 2"], "steps.lost"),
        (["x = 2 or x = 3"], "steps.short"),
    ],
)
def test_a_key_of_statements(lines: list[str], code: str) -> None:
    assert ask("steps", SOLVING, lines, symbols=REAL, min_lines=2).code == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["<= x/(2*x)", "= 1/2"], "equal"),
        (["x/(1+x^2)", "<= 1/2"], "equal"),
        (["x/(1+x^2) <= 1/2"], "equal"),
        (["<= 1"], "steps.unfinished"),
        (["<= 1/x"], "steps.unfinished"),
        (["<= 1/4"], "steps.line"),
        (["x/(1+x)", "<= 1/2"], "steps.first"),
        ([">= 0"], "steps.direction"),
        ([">= 0", "<= 1/2"], "steps.direction"),
    ],
)
def test_a_key_with_a_given_bound(lines: list[str], code: str) -> None:
    assert ask("steps", ["<= 1/2"], lines, given="x/(1+x^2)", symbols={"x": "positive"}).code == code


def test_a_strict_bound_needs_a_strict_step() -> None:
    options: dict[str, Any] = {"given": "x/(1+x)", "symbols": {"x": "positive"}}
    assert ask("steps", ["< 1"], ["= 1-1/(1+x)", "< 1"], **options).verdict == "correct"
    assert ask("steps", ["< 1"], ["<= 1"], **options).code == "steps.direction"
    assert ask("steps", ["<= 1"], ["< 1"], **options).verdict == "correct"


def test_the_last_line_has_to_be_worked_out() -> None:
    key = ["integrate(x^2, x, 0, 1)", "1/3"]
    assert ask("steps", key, key).verdict == "correct"
    assert ask("steps", key, [key[0], key[0]]).code == "steps.unfinished"
    assert ask("steps", ["(x+1)^2", "x^2+2*x+1"], ["(x+1)^2", "= (x+1)^2"]).code == "steps.unfinished"


def test_where_the_key_weakens_a_line_need_only_follow() -> None:
    options: dict[str, Any] = {"given": "b^2 <= a*c", "symbols": {"a": "nonnegative", "b": "real", "c": "nonnegative"}}
    key = ["b <= sqrt(a*c)", "b <= (a+c)/2"]
    assert ask("steps", key, ["b^2 <= (a+c)^2/4", "|b| <= (a+c)/2", "b <= (a+c)/2"], **options).verdict == "correct"
    assert ask("steps", key, ["b <= sqrt(a*c)", "<= (a+c)/2"], **options).verdict == "correct"
    assert ask("steps", key, ["b <= sqrt(a*c)", "b <= min(a, c)"], **options).code == "steps.line"
    assert ask("steps", key, ["b <= sqrt(a*c)"], **options).code == "steps.unfinished"


def test_a_question_at_fault_decides_nothing() -> None:
    assert ask("steps", ["x+"], ["x"]).code == "question"
    assert ask("steps", ["x"], ["x"], given="x+").code == "question"
    assert ask("steps", ["x"], ["x"], min_lines="two").code == "question"


def test_mistakes_are_known_by_line_by_code_and_as_typed() -> None:
    lines = ["(x+1)^2", "= x^2+1"]
    asked = question("steps", ["(x+1)^2", "x^2+2*x+1"], Mistake({"line": "1"}, "one"), Mistake({"line": "2"}, "two"))
    assert judge_question(asked, {"answer": lines}).message == "two"
    for when in ({"code": "steps.line"}, {"value": "(x+1)^2 =x^2+1"}, {"line": "2", "code": "steps"}):
        asked = question("steps", ["(x+1)^2", "x^2+2*x+1"], Mistake(when, "yes"))
        assert judge_question(asked, {"answer": lines}).mistake == 0
    asked = question("steps", ["(x+1)^2", "x^2+2*x+1"], Mistake({"line": "2"}, "two"))
    parts = {"answer": judge_field(asked.fields[0], ["(x+1)^2"])}
    assert first_mistake(asked, {"answer": ["(x+1)^2"]}, parts, judge_field) is None


terms = st.sampled_from(["x", "2", "x^2", "sin(x)", "1/(x^2+1)", "exp(-x)", "y", "x*y"])
sums = st.lists(terms, min_size=2, max_size=4)
rewritings = st.sampled_from(["{0} + 0", "({0})*1", "2*({0}) - ({0})", "({0}) + 1 - 1", "({0})*(sin(x)^2+cos(x)^2)", "(({0})^2)/({0})"])


@settings(max_examples=25, deadline=None)
@given(sums, st.lists(rewritings, min_size=1, max_size=3), st.integers(0, 9), st.sampled_from(["+ x", "- 1", "+ x*y", "+ 1/1000"]))
def test_rewritten_lines_are_right_and_one_altered_line_is_found(start: list[str], rewriting: list[str], place: int, change: str) -> None:
    lines = [" + ".join(start)]
    for pattern in rewriting:
        lines.append(pattern.format(lines[0]))
    assert chain(lines[0], *(f"= {line}" for line in lines[1:])).verdict == "correct"
    altered = place % (len(lines) - 1) + 1
    lines = [*lines[:altered], *(f"({line}) {change}" for line in lines[altered:])]
    reply = chain(lines[0], *(f"= {line}" for line in lines[1:]))
    assert (reply.verdict, failing(reply)) == ("incorrect", [str(altered + 1)])


@settings(max_examples=20, deadline=None)
@given(st.integers(-6, 6), st.integers(-6, 6), st.booleans())
def test_solving_a_quadratic(first: int, second: int, loses: bool) -> None:
    lines = [f"x^2 - ({first + second})*x + ({first * second}) = 0", f"(x-({first}))*(x-({second})) = 0", f"x = {first} or x = {second}"]
    assert chain(*lines).verdict == "correct"
    if loses and first != second:
        reply = chain(*lines[:2], f"x = {first}")
        assert (reply.code, reply.counterexample) == ("steps.lost", {"x": str(second)})
