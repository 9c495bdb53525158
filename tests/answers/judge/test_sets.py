"""Sets: intervals, unions, finite sets and conditions."""

from typing import Any

import pytest

from tests.answers.judge.asking import ask


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("(0,1]", "(0,1]"),
        ("(0,1]", "(0,1/2] union (1/2,1]"),
        ("(0,1/5)", "(0,0.2)"),
        ("(0,1]", "0<a<=1"),
        ("(0,1]", "a in (0,1]"),
        ("(1,oo)", "x>1"),
        ("[-2,2]", "x^2<=4"),
        ("(-2,2)", "abs(x)<2"),
        ("(-oo,-1) union (1,oo)", "reals setminus [-1,1]"),
        ("(-oo,oo)", "reals"),
        ("{}", "emptyset"),
        ("{1,2}", "{2,1,1+1}"),
        ("{1,2}", "{1} union {2}"),
        ("{sqrt(2),-sqrt(2)}", "{+-sqrt(2)}"),
        ("{-sqrt(2)/sqrt(3)}", "{-2/sqrt(6)}"),
        ("{x : x^2 = 4}", "{2,-2}"),
        ("{2,-2}", "{x : x^2 - 4 = 0}"),
        ("[1,1]", "{1}"),
        ("(0,oo) intersect (-1,2)", "(0,2)"),
        ("[2x,y^2)", "[x+x,y*y)"),
        ("[0,sqrt(2)]", "[0,2^(1/2)]"),
        ("[0,sqrt(2)]", "{x : x >= 0 and x^2 <= 2}"),
        ("{(1,2),(3,4)}", "{(3,4),(1,2)}"),
        ("{x : (x-1)(x-2)(x-3) > 0}", "(1,2) union (3,oo)"),
        ("{x : 1/x > 0}", "(0,oo)"),
        ("{x : sqrt(x) > 1}", "(1,oo)"),
        ("{x : sqrt(x) < 1}", "[0,1)"),
        ("{x : ln(x) < 0}", "(0,1)"),
        ("{x : e^x > 1}", "(0,oo)"),
        ("{5/4*e^(i*pi/6)}", "{5*sqrt(3)/8+5/8*i}"),
    ],
)
def test_equal_sets(key: str, answer: str) -> None:
    assert ask("set", key, answer).verdict == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "code", "element"),
    [
        ("(0,1]", "(0,1)", "set.endpoint", "1"),
        ("(0,1]", "[0,1]", "set.endpoint", "0"),
        ("(0,1]", "0<x<1", "set.endpoint", "1"),
        ("(0,1]", "(0,2]", "set.extra", "3/2"),
        ("(0,2]", "(0,1]", "set.missing", "3/2"),
        ("(0,1]", "[1,0)", "set.swapped", None),
        ("(0,1)", "(0,1/2) union (1/2,1)", "set.endpoint", "1/2"),
        ("{1,2}", "{1,2,3}", "set.extra", "3"),
        ("{1,2,3}", "{1,2}", "set.missing", None),
        ("{1,2,3}", "{}", "set.missing", None),
        ("{}", "{0}", "set.extra", "0"),
        ("{1,2}", "[1,2]", "set.extra", "3/2"),
        ("[0,oo)", "(0,oo)", "set.endpoint", "0"),
        ("{x : 1/x > 0}", "[0,oo)", "set.endpoint", "0"),
        ("[0,sqrt(2)]", "[0,1.4142135623]", "set.missing", None),
    ],
)
def test_sets_that_differ_name_the_place(key: str, answer: str, code: str, element: str | None) -> None:
    reply = ask("set", key, answer)
    assert (reply.verdict, reply.code) == ("incorrect", code)
    if element is not None:
        assert reply.counterexample is not None
        assert reply.counterexample["element"] == element


@pytest.mark.parametrize(
    ("answer", "code"), [("3", "type.expression"), ("(0,", "read."), ("1<=x and x<2", "type.relation"), ("", "read.empty")]
)
def test_what_is_no_set_is_invalid(answer: str, code: str) -> None:
    reply = ask("set", "[1,2)", answer)
    assert reply.verdict == "invalid"
    assert reply.code.startswith(code)


def test_parameters_are_sampled() -> None:
    options: dict[str, Any] = {"symbols": {"a": "positive", "x": "real"}}
    assert ask("set", "(-a,a)", "(-a,2a-a)", **options).verdict == "correct"
    assert ask("set", "(-a,a)", "(-a,a^2)", **options).verdict == "incorrect"
    assert ask("set", "(-a,a)", "[-a,a)", **options).code == "set.endpoint"


def test_a_missing_element_is_not_given_away() -> None:
    assert "37" not in ask("set", "{5,37}", "{5}").message


@pytest.mark.parametrize(
    ("domain", "key", "answer", "verdict"),
    [
        ("positive", "(0,4)", "a < 4", "correct"),
        ("positive", "(0,4)", "a <= 4", "incorrect"),
        ("nonnegative", "[0,4)", "a < 4", "correct"),
        ("nonzero", "(-1,0) union (0,1)", "|a| < 1", "correct"),
        ("0 < a < 1", "[1/2,1)", "a >= 1/2", "correct"),
        ("real", "(0,4)", "a < 4", "incorrect"),
    ],
)
def test_a_condition_is_meant_within_the_declared_domain(domain: str, key: str, answer: str, verdict: str) -> None:
    assert ask("set", key, answer, symbols={"a": domain}).verdict == verdict


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("(-3,3)", "-3 < t and t < 3; t > -3 and 3 > t; t in (-3,4) and t < 3", "-3 < t or t < 3; -3 <= t and t < 3"),
        ("(0,1/4)", "eta > 0 and eta < 1/4", "eta > 0 and eta < 1/2"),
        ("{0,1}", "s = 0 or s = 1; s*(s-1) = 0; s(s-1) = 0; {0} or {1}", "s = 0; s = 0 or s = 2; s = 0 or s = 1 or s = 2"),
        ("(-3,0) union (0,3)", "(-3,0) or (0,3); (-3,0) u (0,3); -3 < t < 0 or 0 < t < 3", "(-3,0) or (0,4); -3 < t < 3"),
        ("[0,1] union [2,3]", "[0,1] u [2,3]; [0,1]u[2,3]; [0,1] U [2,3]", "[0,1] u [2,4]"),
        ("(-oo,0) union (1,oo)", "t<0 or t>1", "t<0 and t>1; t<0 or t>=1"),
    ],
)
def test_conditions_and_joined_sets_describe_sets(key: str, right: str, wrong: str) -> None:
    symbols = {"t": "real", "s": "real", "eta": "real"}
    for answers, verdict in ((right, "correct"), (wrong, "incorrect")):
        for answer in answers.split("; "):
            assert ask("set", key, answer, symbols=symbols).verdict == verdict, answer


def test_a_value_that_is_missing_is_no_end() -> None:
    assert ask("set", "{0,1}", "s = 0", symbols={"s": "real"}).code == "set.missing"


def test_a_declared_u_is_no_union() -> None:
    assert ask("set", "[0,1] union [2,3]", "[0,1] u [2,3]", symbols={"u": "real"}).verdict == "invalid"
