"""Formulas and values: what is accepted, refused, and said."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.answers.judge.asking import ask

EQUAL: list[tuple[str, str, dict[str, Any]]] = [
    ("2/3", "0.6666666666/0.9999999999", {}),
    ("1/10", "0.1", {}),
    ("x^2+2x+1", "(x+1)^2", {}),
    ("(x^2-1)/(x-1)", "x+1", {}),
    ("sin(2x)", "2 sin(x) cos(x)", {}),
    ("1/(1+e^(-2x))", "tanh(x)/2+1/2", {}),
    ("x^ln(y)", "y^ln(x)", {"symbols": {"x": "positive", "y": "positive"}}),
    ("pi/2", "atan(x)+atan(1/x)", {"symbols": {"x": "positive"}}),
    ("asinh(x)", "ln(x+sqrt(x^2+1))", {}),
    ("x", "max(x,0)-max(-x,0)", {}),
    ("relu(x)", "(x+abs(x))/2", {}),
    ("relu(x)", "max(x,0)", {}),
    ("abs(x)", "sqrt(x^2)", {}),
    ("x", "sqrt(x^2)", {"symbols": {"x": "x >= 0"}}),
    ("ln(a)+ln(b)", "ln(a*b)", {"symbols": {"a": "positive", "b": "positive"}}),
    ("ln(a)+ln(b)", "ln(a*b)", {}),
    ("sqrt(x)*sqrt(y)", "sqrt(x*y)", {}),
    ("(-1)^(2n)", "1", {"symbols": {"n": "integer"}}),
    ("n!", "n*(n-1)!", {"symbols": {"n": "positive integer"}}),
    ("binomial(n,2)", "n(n-1)/2", {"symbols": {"n": "positive integer"}}),
    ("cos(pi/7)-cos(2pi/7)+cos(3pi/7)", "1/2", {}),
    ("sqrt(11+6sqrt(2))", "3+sqrt(2)", {}),
    ("-2", "(-8)^(1/3)", {}),
    ("-2", "cbrt(-8)", {}),
    ("x^(1/3)", "cbrt(x)", {}),
    ("2", "(1+i)(1-i)", {}),
    ("e^(i*x)", "cos(x)+i*sin(x)", {}),
    ("z*conj(z)", "abs(z)^2", {"symbols": {"z": "complex"}}),
    ("gamma(n+1)", "n!", {"symbols": {"n": "positive integer"}}),
    ("sqrt(pi)/2", "integrate(e^(-x^2), x, 0, oo)", {}),
    ("pi^2/6", "sum(1/n^2, n, 1, oo)", {}),
    ("n(n+1)/2", "sum(k, k, 1, n)", {"symbols": {"n": "positive integer"}}),
    ("e", "limit((1+1/n)^n, n, oo)", {}),
    ("2x", "diff(x^2, x)", {}),
    ("f'(x)+g'(x)", "g'(x)+f'(x)", {"symbols": {"f": "function", "g": "function", "x": "real"}}),
    ("diff(f(x)*g(x), x)", "f'(x)*g(x)+f(x)*g'(x)", {"symbols": {"f": "function", "g": "function", "x": "real"}}),
    ("f(2x)", "f(x+x)", {"symbols": {"f": "function", "x": "real"}}),
    ("infinity", "infinity", {}),
    ("-infinity", "-infinity", {}),
    ("sigmoid(x)", "1/(1+exp(-x))", {}),
    ("1-sigmoid(x)", "sigmoid(-x)", {}),
    ("softplus(x)-softplus(-x)", "x", {}),
    ("Phi(x)", "1-Phi(-x)", {}),
    ("sqrt(x)+-1", "x^(1/2)+-1", {}),
    ("infinity", "integrate(1/x, x, 1, oo)", {}),
    ("pi/2", "integrate(sin(x)/x, x, 0, oo)", {}),
    ("e^x", "sum(x^n/n!, n, 0, oo)", {}),
    ("floor(x+1)", "floor(x)+1", {}),
    ("det([[1,2],[3,4]])", "-2", {}),
    ("log(8,2)", "3", {}),
    ("10^40+1", "10^40+1", {}),
    ("(19601-13860*sqrt(2))^(7/4)", "(5*sqrt(2)-7)^7", {}),
    ("2^(2^10)", "4^(2^9)", {}),
    ("1/(x-1)-1/(x+1)", "2/(x^2-1)", {}),
    ("x^0", "1", {}),
]

DIFFERENT: list[tuple[str, str, dict[str, Any]]] = [
    ("x", "sqrt(x^2)", {}),
    ("ln(x^2)", "2*ln(x)", {}),
    ("floor(x)+1", "ceil(x)", {}),
    ("x+1/10^8", "x+2/10^8", {}),
    ("asin(x)+1", "asin(x)", {}),
    ("10^40", "10^40+1", {}),
    ("e^(-300)", "e^(-301)", {}),
    ("e^(-300)", "0", {}),
    ("pi", "3.14159265358979", {}),
    ("pi", "355/113", {}),
    ("infinity", "pi/2", {}),
    ("infinity", "-infinity", {}),
    ("pi/2", "infinity", {}),
    ("1", "x/x+1/10^30", {}),
    ("x", "X", {}),
    ("sin(x)^2+cos(x)^2", "0", {}),
    ("heaviside(x)", "1", {}),
    ("abs(x)/x", "1", {}),
    ("f(x)", "g(x)", {"symbols": {"f": "function", "g": "function", "x": "real"}}),
    ("f(x)^2", "f(x^2)", {"symbols": {"f": "function", "x": "real"}}),
    ("f(x)", "sqrt(f(x)^2)", {"symbols": {"f": "function", "x": "real"}}),
    ("f'(x)", "f(x)", {"symbols": {"f": "function", "x": "real"}}),
    ("(-1)^n", "1", {"symbols": {"n": "integer"}}),
    ("sum(1/n^2, n, 1, oo)", "1.6449340668", {}),
    ("e^(163^(1/2)*pi)", "262537412640768744", {}),
    ("relu(x)", "x", {}),
    ("relu(x)", "x", {"symbols": {"x": "nonzero"}}),
    ("1", "1+-2", {}),
]


@pytest.mark.parametrize(("key", "answer", "options"), EQUAL)
def test_equal_formulas_are_right_both_ways(key: str, answer: str, options: dict[str, Any]) -> None:
    assert ask("expression", key, answer, **options).verdict == "correct"
    if "ln(a)" not in key and "sqrt(x)*" not in key and "^(1/3)" not in key:
        assert ask("expression", answer, key, **options).verdict == "correct"


@pytest.mark.parametrize(("key", "answer", "options"), DIFFERENT)
def test_different_formulas_are_refused_with_a_point_or_a_value(key: str, answer: str, options: dict[str, Any]) -> None:
    reply = ask("expression", key, answer, **options)
    assert reply.verdict == "incorrect"
    assert reply.message.startswith(
        ("At ", "Your answer is", "This is right only", "This is not the right value", "This asks for", "For $")
    )


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("3", "2*", "read."),
        ("3", "", "read.empty"),
        ("3", "(1,2)", "type.list"),
        ("3", "{1}", "type.set"),
        ("x+1", "x=3", "type.relation"),
        ("3", "1/0", "value.undefined"),
        ("3", "tan(pi/2)", "value.undefined"),
        ("3", "ln(0)", "value.undefined"),
        ("3", "9^9^9^9", "value.large"),
        ("3", "1000000!", "value.large"),
        ("3", "((((9!)!)!)!)", "value.large"),
        ("3", "binomial(10^9,5*10^8)", "value.large"),
        ("3", "sqrt(2)^(10^9)", "value.large"),
        ("3", "(1/3)**(10**9)", "value.large"),
        ("x", "(2x)^(10^9)", "value.large"),
        ("3", "max(a,b,c,d,f,g,h,j,k,l,m,n,o,p)", "value.large"),
        ("x", "diff(sin(x), x, 100)", ""),
    ],
)
def test_what_is_not_a_value_is_invalid_and_costs_nothing(key: str, answer: str, code: str) -> None:
    reply = ask("expression", key, answer)
    assert reply.verdict == "invalid"
    assert reply.code.startswith(code)
    assert reply.message.endswith((".", "?"))


def test_a_formula_right_on_a_part_of_the_domain_is_told_so() -> None:
    reply = ask("expression", "abs(x)", "x")
    assert reply.code == "different.domain"
    assert "$x>0$" in reply.message
    assert reply.counterexample == {"x": "-1"}


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("x-1", "1-x", "different.sign"),
        ("x^2", "3x^2", "different.factor"),
        ("x/(x+1)", "(x+1)/x", "different.reciprocal"),
        ("x^2+1", "x^2+3", "different.constant"),
        ("2/3", "3/2", "different.reciprocal"),
        ("sqrt(2)", "1.41421", "different.rounded"),
        ("x^2", "x^3", "different"),
        ("5", "7", "different"),
    ],
)
def test_certain_slips_are_named(key: str, answer: str, code: str) -> None:
    assert ask("expression", key, answer).code == code


def test_the_key_is_not_given_away() -> None:
    reply = ask("expression", "17*x+23", "5*x")
    assert "17" not in reply.message
    assert "23" not in reply.message


@pytest.mark.parametrize(
    ("key", "answer", "options", "verdict"),
    [
        ("pi", "3.14", {"rtol": 0.01}, "correct"),
        ("pi", "3.2", {"rtol": 0.01}, "incorrect"),
        ("0", "0.001", {"atol": 0.01}, "correct"),
        ("0", "0.1", {"atol": 0.01}, "incorrect"),
        ("pi*x", "3.1416*x", {"rtol": 0.001}, "correct"),
        ("pi*x", "3.1416*x+1", {"rtol": 0.001}, "incorrect"),
        ("10", "9.9", {"rtol": 0.01}, "correct"),
        ("{0,1}", "{0.001,1}", {"atol": 0.01}, "correct"),
    ],
)
def test_tolerances(key: str, answer: str, options: dict[str, Any], verdict: str) -> None:
    assert ask("expression", key, answer, **options).verdict == verdict


@pytest.mark.parametrize(
    ("key", "answer", "options", "code"),
    [
        ("x^3/3", "x^3/3+C", {"constant": "required"}, "equal"),
        ("x^3/3", "x^3/3", {"constant": "required"}, "constant.missing"),
        ("x^3/3", "x^3/3+1", {"constant": "required"}, "constant.missing"),
        ("x^3/3", "x^3/3+1", {}, "equal"),
        ("x^3/3", "x^3/3*C", {}, "different.derivative"),
        ("ln(abs(x))", "ln(abs(k*x))", {"constant": "required"}, "equal"),
        ("ln(abs(x))", "ln(x)", {}, "equal"),
        ("x^3/3", "x^2", {}, "different.derivative"),
        ("sin(x)^2", "-cos(x)^2+C", {"constant": "required"}, "equal"),
    ],
)
def test_antiderivatives(key: str, answer: str, options: dict[str, Any], code: str) -> None:
    reply = ask("expression", key, answer, up_to="constant", variable="x", **options)
    assert reply.code == code


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("e^x", "3*e^x", "correct"),
        ("e^x", "C*e^x", "correct"),
        ("e^x", "x*e^x", "incorrect"),
        ("e^x", "0", "incorrect"),
        ("e^x", "e^(x+1)", "correct"),
    ],
)
def test_up_to_a_factor(key: str, answer: str, verdict: str) -> None:
    assert ask("expression", key, answer, up_to="factor", variable="x").verdict == verdict


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("n^2", "3n^2+n", "equal"),
        ("n^2", "n^2*ln(n)", "growth.higher"),
        ("n*ln(n)", "n", "growth.lower"),
        ("n*ln(n)", "n*log(n,2)", "equal"),
        ("n!", "n^n", "growth.higher"),
        ("2^n", "2^(n+3)", "equal"),
        ("2^n", "3^n", "growth.higher"),
        ("ln(n!)", "n*ln(n)", "equal"),
        ("n^2", "0", "growth.lower"),
    ],
)
def test_up_to_the_order_of_growth(key: str, answer: str, code: str) -> None:
    assert ask("expression", key, answer, up_to="order", variable="n").code == code


def test_points_of_the_author_are_tried() -> None:
    options: dict[str, Any] = {"symbols": {"x": "real"}, "points": [{"x": "17"}]}
    spike = "piecewise((1, x = 17), (x, true))"
    assert ask("expression", "x", spike, **options).verdict == "incorrect"


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("x+", {}),
        ("x", {"symbols": {"x": "imaginary"}}),
        ("x", {"form": "pretty"}),
        ("x", {"up_to": "taste"}),
        ("x", {"points": [{"x": "y"}]}),
    ],
)
def test_a_broken_question_is_never_the_learners_fault(key: str, options: dict[str, Any]) -> None:
    reply = ask("expression", key, "x", **options)
    assert reply.verdict == "undecided"
    assert reply.code == "question"


FORMULAS = st.sampled_from(
    ["x^2+1", "sin(x)*y", "sqrt(x^2+1)/y", "exp(-x)+y^3", "abs(x-y)", "ln(x^2+1)", "1/(x^2+y^2+1)", "max(x,y)", "3/7", "pi*x"]
)
NOTHING = st.sampled_from(
    ["({})+0", "1*({})", "0+1*({})", "({})/1", "-(-({}))", "({})+y-y", "({})*2/2", "2*({})-({})", "({})+sin(x)-sin(x)"]
)


@given(FORMULAS, NOTHING)
@settings(max_examples=25, deadline=None)
def test_doing_nothing_changes_no_verdict(formula: str, nothing: str) -> None:
    assert ask("expression", formula, nothing.replace("{}", formula)).verdict == "correct"


@given(FORMULAS, st.sampled_from(["1", "1/1000", "10^(-12)", "pi", "e^(-40)"]), st.sampled_from("+-"))
@settings(max_examples=25, deadline=None)
def test_adding_a_constant_always_makes_a_difference(formula: str, constant: str, sign: str) -> None:
    assert ask("expression", formula, f"({formula}){sign}{constant}").verdict == "incorrect"


@given(st.permutations(["x^2", "sin(y)", "3", "-x*y", "1/(x^2+1)"]))
@settings(max_examples=15, deadline=None)
def test_the_order_of_terms_does_not_matter(terms: list[str]) -> None:
    assert ask("expression", "x^2+sin(y)+3-x*y+1/(x^2+1)", "+".join(f"({term})" for term in terms)).verdict == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("exp(exp(exp(2)))", "exp(exp(exp(2)))+1", "incorrect"),
        ("exp(exp(exp(2)))", "exp(exp(exp(2)))+x", "incorrect"),
        ("(exp(200)+1)^2", "exp(400)+2exp(200)+2", "incorrect"),
        ("(exp(200)+1)^2", "exp(400)+2exp(200)+1", "correct"),
        ("(x+10^30)^2", "x^2+2*10^30*x+10^60+1", "incorrect"),
        ("(x+10^30)^2", "x^2+2*10^30*x+10^60", "correct"),
        ("x^100", "(x^50)^2", "correct"),
    ],
)
def test_huge_terms_hide_no_difference(key: str, answer: str, verdict: str) -> None:
    assert ask("expression", key, answer).verdict == verdict


@pytest.mark.parametrize(
    ("constant", "code"), [("C", "equal"), ("2C", "equal"), ("-C", "equal"), ("C^2", "constant.range"), ("|C|", "constant.range")]
)
def test_a_constant_that_cannot_be_every_number_is_asked_back(constant: str, code: str) -> None:
    reply = ask("expression", "x^3/3+C", f"x^3/3+{constant}", up_to="constant", variable="x", constant="required", names=["C"])
    assert reply.code == code


def test_a_declared_function_without_brackets_is_no_factor() -> None:
    reply = ask("expression", "4*Var(X)", "4 Var X", symbols={"Var": "function", "X": "real"})
    assert (reply.verdict, reply.code) == ("invalid", "read.function")
