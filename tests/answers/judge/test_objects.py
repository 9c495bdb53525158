"""Objects with required properties: for each property objects that have it, that lack it, and that leave it open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from companion.answers.judge.properties.register import TESTS
from companion.answers.judge.question import judge_question
from companion.answers.properties import PROPERTIES, fault_in
from companion.answers.protocol import DEADLINE, OBJECT_DEADLINE, Field, Given, Mistake, Question, Reply, deadline_of

REAL = {"x": "real", "y": "real"}
FAMILY = {"x": "0 <= x <= 1", "n": "positive integer"}
KERNEL = {"variables": ["x", "y"]}


def entry(word: str, **arguments: Any) -> dict[str, Any]:
    """A property; `to_` and the like stand for words of Python, `at_most` for `at-most`."""
    return {"id": word, "property": word, **{name.rstrip("_").replace("_", "-"): value for name, value in arguments.items()}}


def ask(answer: Given, *properties: dict[str, Any], symbols: Mapping[str, str] = REAL, **options: Any) -> Reply:
    field = Field("f", "object", None, {"symbols": dict(symbols), "properties": list(properties), **options})
    return judge_question(Question((field,)), {"f": answer})


Case = tuple[dict[str, Any], Mapping[str, str], str, str, str]
"""The property, the symbols, and objects that have it, lack it, and leave it open, each list separated by semicolons."""

CASES: list[Case] = [
    (
        entry("integral", over="0 < x < 1", equals="1"), REAL,
        "2*x; 1; 1/(2*sqrt(x)); 3 if 0 < x < 1/3 else 0; -ln(x); 2*abs(2*x-1)",
        "x; 1/x; exp(-x^2); sin(x)^2/x; x^x; 1/(x-1/2); 1/(x-1/2)^2; 3 if 0 < x < 1/2 else 0; 1.000001",
        "exp(x^2)*floor(1/x)",
    ),
    (entry("integral", over="0 < x < 1", equals="1"), FAMILY, "n*x^(n-1); n if 0 < x < 1/n else 0", "n*x^n; n if 0 < x < 1/2 else 0", ""),
    (entry("integral", over="-oo < x < oo", equals="sqrt(pi)"), REAL, "exp(-x^2)", "exp(-abs(x)); 1; exp(-x)", ""),
    (entry("integral", over="0 < x < 1", is_="infinite"), REAL, "1/x; 1/x^2", "1/sqrt(x); x; 1/(x*ln(x/2)^2)", "sin(1/x)/x"),
    (entry("integrable", over="x >= 1"), REAL, "1/x^2; exp(-x); -1/x^(3/2)", "1/x; 1; exp(x); -x", "sin(x)/x^2"),
    (entry("norm", space="L2", over="0 < x < 1", equals="1"), FAMILY, "sqrt(2*n+1)*x^n; 1; -sqrt(3)*x; sqrt(2)*sin(n*pi*x)", "x; x^n", ""),
    (entry("norm", space="L1", over="0 < x < 1", equals="1"), REAL, "-2*x; 4*abs(x-1/2)", "2*x-1", ""),
    (entry("norm", space="Lp", p="3", over="0 < x < 1", at_most="1"), REAL, "x; -1", "2; 1/x", ""),
    (entry("norm", space="sup", over="0 <= x <= 1", equals="1/4"), REAL, "x*(1-x); -x/4; abs(x-1/2)/2", "x; sin(x); 2*x*(1-x); 1/x", ""),
    (entry("norm", space="sup", over="-oo < x < oo", at_most="1"), REAL, "sin(x); 1/(1+x^2)", "2*sin(x); x", ""),
    (entry("norm", space="sup", over="0 <= x <= 1", as_="n", limit="0"), FAMILY, "x/n; x*exp(-n*x)", "x^n; n*x*exp(-n*x); x", ""),
    (
        entry("limit", variable="n", to="oo", equals="0", over="0 <= x < 1"), FAMILY,
        "n^2*x^n; n if 0 < x < 1/n else 0; 1/ln(n+1)", "1; (-1)^n*x; cos(n*x); n if x < 1/n else 0; x", "",
    ),
    (entry("limit", variable="n", to="oo", equals="oo", at={"x": "1"}), FAMILY, "sqrt(2*n+1)*x^n; n", "x^n; sin(n*pi*x); -n; (-1)^n*n", ""),
    (entry("limit", variable="x", to="0", equals="1", side="right"), REAL, "sin(x)/x; abs(x)/x; x^x", "x; 1/x; sin(1/x)", ""),
    (entry("dominates", function="x^n", over="0 <= x <= 1"), FAMILY, "1; x; 2-x", "x^2; 1/x; -1; 0.999", ""),
    (entry("dominates", function="n*sqrt(x)/(1+n^2*x^2)", over="0 < x < 1"), FAMILY, "1/(2*sqrt(x)); 1/x", "1/2; x; 0.4999/sqrt(x)", ""),
    (entry("dominated-by", function="1/(1+x^2)", over="x >= 0"), REAL, "exp(-x^2); -exp(-x^2); 1/(2+x^2)", "1/(1+x); 2; cos(x)", ""),
    (entry("independent-of", variable="y"), REAL, "x; 1; x+y-y; sin(y)^2+cos(y)^2", "y; x*y", ""),
    (entry("positive", over="0 < x <= 1"), REAL, "x; 1/x; x^2-x+1", "x-1/2; -x; x^2-x+6/25; 1-x; ln(x)", ""),
    (entry("positive"), REAL, "pi-3; (1, 2); 10^-30", "0; -1; (1, 0); 22/7-pi-1/10", "i"),
    (entry("nonnegative", over="0 <= x <= 1"), REAL, "x; 0; (x-1/3)^2", "x-1/1000; -x; (x-1/3)^2-1/10^6", ""),
    (entry("nonzero"), REAL, "(0, 1); 1", "(0, 0); 0; (1-1, 0)", ""),
    (entry("nonzero", over="-1 <= x <= 1"), REAL, "x^2+1; exp(x); -2", "x; 0; x^2", "3*x-1"),
    (
        entry("convex", over="-1 < x < 2"), REAL,
        "x^2; abs(x); max(x, 1-x); exp(x); 1; x^4", "x^3; -x^2; x^4-x^2/100; floor(x); sqrt(x)", "",
    ),
    (entry("concave", over="0 <= x <= 5"), REAL, "ln(x+1); min(x, 2); -x^2", "x^2; abs(x-1); max(x,1)", ""),
    (entry("increasing", over="0 <= x <= 3"), REAL, "x^2; floor(x); 1; x+sin(x)", "sin(x); -x; (x-1)^2; x^3-3*x^2+2.999*x", ""),
    (entry("increasing", over="-oo < x < oo", strictly="yes"), REAL, "x^3; atan(x)", "1; x^2; max(x,0)", ""),
    (entry("decreasing", over="n >= 1"), FAMILY, "1/n; -n", "n; n*(20-n); (-1)^n", ""),
    (
        entry("continuous", over="-1 <= x <= 1"), REAL,
        "1; abs(x); x if x < 0 else x^2; cos(x)+exp(x)/(2+x)", "1/x; sign(x); sqrt(x); x if x < 0 else x+1; 1/(3*x-1); ln(x+1)",
        "floor(exp(x))",
    ),
    (entry("lipschitz", over="0 <= x <= 1", constant="1"), REAL, "x; sin(x); abs(x-1/2)", "x^2; sqrt(x); 1.001*x; sign(x-1/2)", ""),
    (entry("lipschitz", over="0 <= x <= 1"), REAL, "x^2; 7*abs(x-1/3)", "sqrt(x); 1 if x < 1/2 else 0", ""),
    (
        entry("disjoint-supports", index="n", over="0 < x < 1"), FAMILY,
        "n if 1/(n+1) < x < 1/n else 0; 1 if 1/(n+1) <= x <= 1/n else 0", "n if 0 < x < 1/n else 0; 0; x^n; max(0, 1-abs(x-1/n))", "",
    ),
    (entry("orthogonal", over="-1 <= x <= 1", function="x"), REAL, "x^2; 1; 5*x^3-3*x", "x^3; x; exp(x)", ""),
    (entry("orthogonal", over="0 < x < 1", index="n"), FAMILY, "sin(n*pi*x)", "x^n", ""),
    (entry("orthogonal", vector=["1", "1", "1"]), REAL, "(1, -1, 0); 1, -1, 0", "(1, -1, 1); (1, -1); (0, 1, 0)", ""),
    (entry("vanishes-at", at={"x": "0"}), REAL, "x; sin(x); 0; x*y", "1; cos(x); 1/x; x+y", ""),
    (entry("vanishes-at", at={"x": "0"}, order="1", variable="x"), REAL, "x^2; 3; cos(x)", "x; x^2+x", ""),
    (entry("equals-at", at={"x": "2"}, equals="4"), REAL, "x^2; 2*x; 4", "x; x^2+10^(-9)", ""),
    (
        entry("equals-on", over="0 <= x <= 1", function="min(2*x, 2-2*x)"), REAL,
        "2*relu(x)-4*relu(x-1/2); 1-abs(2*x-1)", "2*x; 2*relu(x)-4*relu(x-0.51)", "",
    ),
    (entry("parity", variable="x", is_="even"), REAL, "x^2; cos(x); 1; abs(x)", "x; exp(x); x^2+x/1000", ""),
    (entry("parity", variable="x", is_="odd"), REAL, "x^3; sin(x); 0", "x+1; cos(x)", ""),
    (entry("symmetric"), REAL, "[[1,2],[2,1]]", "[[1,2],[3,1]]; [[1,2,3],[2,1,4]]", "5"),
    (entry("symmetric", **KERNEL), REAL, "x*y; abs(x-y); 1", "x-y; x", ""),
    (entry("psd"), REAL, "[[1,1],[1,1]]; [[2,1],[1,2]]; [[0,0],[0,0]]", "[[1,2],[2,1]]; [[1,0],[0,-1]]; [[1,2],[3,1]]", "[[1,x],[x,1]]; 5"),
    (entry("psd", **KERNEL, points=["0", "1", "2"]), REAL, "x*y; exp(-(x-y)^2); min(x,y)", "abs(x-y); -x*y; x-y", ""),
    (entry("positive-definite"), REAL, "[[2,1],[1,2]]", "[[1,1],[1,1]]; [[1,2],[2,1]]", ""),
    (entry("hessian", at={"x": "0", "y": "0"}, is_="psd"), REAL, "x^2-y^4; x^2+y^2; 0", "x^2-y^2; x*y", "abs(x)*1/y"),
    (entry("rank", equals="1"), REAL, "[[1,1],[1,1]]", "[[1,0],[0,1]]; [[0,0],[0,0]]", "[[x,1],[1,x]]"),
    (entry("shape", rows="2", columns="3"), REAL, "[[1,2,3],[4,5,6]]", "[[1,2],[3,4]]", "7"),
    (entry("length", equals="3"), REAL, "(1, 2, 3)", "(1, 2)", ""),
    (entry("entries", where="diagonal", equals="1"), REAL, "[[1,5],[6,1]]", "[[1,5],[6,2]]", ""),
    (entry("entries", within="[-1, 1]"), REAL, "(1, -1, 1/2); [[0,1],[1,0]]", "(1, 2); 1.0000001", "(x, 1)"),
    (entry("total", equals="1"), REAL, "(1/2, 1/4, 1/4); (x, 1-x)", "(1, 1); (x, x)", ""),
    (
        entry("annihilates", points=["0", "1", "2", "3"], functions=["1", "x", "x^2"], variable="x"), REAL,
        "(1, -3, 3, -1); (-2, 6, -6, 2); (0, 0, 0, 0)", "(1, -2, 1, 0); (1, -3, 3)", "",
    ),
    (
        entry("series-converges", variable="n"), FAMILY,
        "1/n^2; (1/2)^n; 1/n!; (-1)^n/n; n^5/3^n; 1/(n*ln(n+1)^2)", "1/n; 1; n; (-1)^n; 2^n/n", "1/n if n < 9 else 0",
    ),
    (
        entry("series-diverges", variable="n"), FAMILY,
        "1/n; 1/(n+1); 1/sqrt(n); ln(n)/n; 1/ln(n+1); n!/2^n", "1/n^2; 1/(n*(n+1)); exp(-n)", "x/n",
    ),
    (
        entry("density", over="-oo < x < oo"), REAL,
        "1/(2*sqrt(x)) if 0 < x < 1 else 0; exp(-x^2/2)/sqrt(2*pi); 3/2-x if 0 < x < 1 else 0",
        "1/(2*sqrt(x)); 5/2-3*x if 0 < x < 1 else 0; exp(-x); 2 if 0 < x < 1 else 0", "",
    ),
    (
        entry("one-layer-network", activation="relu", variable="x"), REAL,
        "relu(x); 2*relu(x)-4*relu(x-1/2)+1; (relu(x)-relu(x-1))*2/3; max(x, 0); -relu(-x)",
        "x; abs(x); relu(relu(x)); relu(x^2); relu(x)^2; relu(x)*relu(x); x*relu(x); min(x, 0)", "",
    ),
    (entry("one-layer-network", activation="relu", variable="x", units="1"), REAL, "relu(x)", "relu(x)-relu(x-1)", ""),
    (entry("inequality", relation="f(x) <= 1 + x^2"), {"x": "real"}, "1; x; 2*x", "3; x^2+2; 3*x", ""),
    (entry("identity", left="f(2*x)", right="4*f(x)"), {"x": "real"}, "x^2; 0; abs(x)*x", "x; x^2+1", ""),
    (
        entry("identity", for_={"j": "positive integer"}, right="1/(j+1)", left="integrate(diff(f(x), x)*j*x^(j-1), x, 0, 1)"),
        {"x": "real"},
        "x-x^2/2; x*(2-x)/2", "x; x^2/2; x-x^2", "",
    ),
]  # fmt: skip


def _listed(texts: str) -> list[str]:
    return [text.strip() for text in texts.split(";") if text.strip()]


def _rows(place: int) -> list[Any]:
    rows = [(case[0], case[1], case[2:][place]) for case in CASES]
    return [pytest.param(prop, symbols, text, id=f"{prop['id']}-{text}") for prop, symbols, texts in rows for text in _listed(texts)]


OPTIONS: dict[str, Any] = {"inputs": ["x"]}


@pytest.mark.parametrize(("prop", "symbols", "answer"), _rows(0))
def test_it_holds(prop: dict[str, Any], symbols: dict[str, str], answer: str) -> None:
    reply = ask(answer, prop, symbols=symbols, **OPTIONS)
    assert (reply.verdict, reply.code) == ("correct", "equal"), reply.message
    assert reply.certainty in ("proved", "tested")
    assert ("tested at" in reply.message) == (reply.certainty == "tested")


@pytest.mark.parametrize(("prop", "symbols", "answer"), _rows(1))
def test_it_fails_and_is_named(prop: dict[str, Any], symbols: dict[str, str], answer: str) -> None:
    reply = ask(answer, prop, symbols=symbols, **OPTIONS)
    assert (reply.verdict, reply.code) == ("incorrect", f"property.{prop['id']}"), reply.message
    assert reply.message.endswith(".")


@pytest.mark.parametrize(("prop", "symbols", "answer"), _rows(2))
def test_what_cannot_be_decided_is_not_right(prop: dict[str, Any], symbols: dict[str, str], answer: str) -> None:
    reply = ask(answer, prop, symbols=symbols, **OPTIONS)
    assert reply.verdict in ("undecided", "invalid"), reply.message


def test_every_word_has_a_test_and_every_test_is_tried() -> None:
    assert set(TESTS) == set(PROPERTIES)
    assert {case[0]["property"] for case in CASES} | {"bounded-away"} == set(PROPERTIES)


@pytest.mark.parametrize("answer", ["", "2*", "(x", "x = 1", "1/0", "x and y", "{1, 2}", "z"])
def test_what_cannot_be_read_is_invalid(answer: str) -> None:
    assert ask(answer, entry("continuous", over="0 <= x <= 1")).verdict == "invalid"


NEAR_MISSES: list[tuple[dict[str, Any], str]] = [
    (entry("norm", space="sup", over="0 <= x <= 1", as_="n", limit="0"), "exp(-10000*(x-1/2-1/n)^2*n^4)"),
    (entry("integral", over="0 < x < 1", equals="1"), "1+10^(-9)*sin(pi*x)"),
    (entry("limit", variable="n", to="oo", equals="0"), "sin(n)^2/n+10^(-7)"),
    (entry("nonnegative", over="0 < x < 1"), "(x-pi/4)^2-10^(-12)"),
    (entry("positive", over="0 < x < 1"), "1-exp(-10^6*(x-1/3-1/1000)^2)*1.001"),
    (entry("increasing", over="0 < x < 3"), "x+sin(50*x)/49"),
    (entry("convex", over="0 <= x <= 1"), "x^2 if x != 1/3 else 5"),
    (entry("continuous", over="0 <= x <= 1"), "x^2 if x != 1/3 else 5"),
    (entry("equals-on", over="0 <= x <= 1", function="x"), "x if x != 1/3 else 5"),
    (entry("equals-on", over="-1 <= x <= 1", function="cos(x)"), "1-x^2/2+x^4/24-x^6/720+x^8/40320"),
    (entry("decreasing", over="n >= 1"), "1/n if n != 50 else 5"),
    (entry("psd"), "[[1,1],[1,1-10^(-30)]]"),
    (entry("total", equals="1"), "(1/2, 1/3, 1/6+10^(-20))"),
]


@pytest.mark.parametrize(("prop", "answer"), NEAR_MISSES, ids=lambda value: value if isinstance(value, str) else str(value["id"]))
def test_what_nearly_has_a_property_lacks_it(prop: dict[str, Any], answer: str) -> None:
    assert ask(answer, prop, symbols=FAMILY).verdict == "incorrect"


@pytest.mark.parametrize("answer", ["1/(x-1/2)", "exp(x^2)*floor(1/x)", "1/(x*ln(x/2))", "tan(2*x)"])
def test_an_integral_that_does_not_exist_has_no_value(answer: str) -> None:
    assert ask(answer, entry("integral", over="0 < x < 1", equals="0")).verdict != "correct"


HOSTILE = ["9^9^9^9", "x^(10^9)", "x^100000", "(x+1)^5000", "exp(exp(exp(exp(x))))", "sin(10^40*x)", "__import__('os')", "[/red]"]


@pytest.mark.parametrize("answer", HOSTILE)
@pytest.mark.parametrize(
    "prop",
    [
        entry("integral", over="0 < x < 1", equals="1/7"),
        entry("norm", space="sup", over="0 <= x <= 1", equals="1/7"),
        entry("limit", variable="x", to="oo", equals="1/7"),
        entry("series-converges", variable="x"),
    ],
    ids=lambda prop: str(prop["id"]),
)
def test_hostile_objects_are_never_right_for_nothing(prop: dict[str, Any], answer: str) -> None:
    assert ask(answer, prop).verdict != "correct"


def test_the_first_property_that_fails_speaks_and_the_parts_tell_the_rest() -> None:
    reply = ask("x^2", entry("positive", over="0 < x <= 1"), entry("integral", over="0 < x < 1", equals="1"), entry("length", equals="2"))
    assert reply.code == "property.integral"
    assert {name: part.verdict for name, part in reply.parts.items()} == {"positive": "correct", "integral": "incorrect"}
    assert r"\frac{1}{3}" in reply.message


def test_the_index_and_the_point_are_named() -> None:
    reply = ask("n*x", entry("integral", over="0 < x < 1", equals="1/2"), symbols=FAMILY)
    assert reply.counterexample == {"n": "2"}
    reply = ask("x-1/2", entry("nonnegative", over="0 < x < 1/4"))
    assert reply.counterexample is not None
    assert set(reply.counterexample) == {"x"}


@pytest.mark.parametrize(("answer", "verdict"), [("x", "correct"), ("x^2", "incorrect")])
def test_the_opposite_of_a_property(answer: str, verdict: str) -> None:
    reply = ask(answer, entry("parity", variable="x", is_="even", holds="no"))
    assert reply.verdict == verdict


def test_the_opposite_of_what_is_open_is_open() -> None:
    assert ask("floor(exp(x))", entry("continuous", over="-1 <= x <= 1", holds="no")).verdict == "undecided"


def two(**answers: Given) -> Reply:
    integral = {"symbols": FAMILY, "inputs": ["n"], "properties": [entry("integral", of="bumps", over="0 < x < 1")]}
    bumps = {"symbols": FAMILY, "inputs": ["n", "x"], "properties": [entry("nonnegative", over="0 <= x <= 1")]}
    fields = (Field("bumps", "object", None, bumps), Field("mass", "object", None, integral))
    return judge_question(Question(fields), answers)


@pytest.mark.parametrize(("bumps", "mass", "verdict"), [("x^n", "1/(n+1)", "correct"), ("n", "n", "correct"), ("x^n", "1/n", "incorrect")])
def test_one_field_is_held_against_another(bumps: str, mass: str, verdict: str) -> None:
    assert two(bumps=bumps, mass=mass).parts["mass"].verdict == verdict


@pytest.mark.parametrize("bumps", ["", "x^(", "1/0"])
def test_a_field_that_depends_on_an_unreadable_one_is_open(bumps: str) -> None:
    reply = two(bumps=bumps, mass="1")
    assert (reply.verdict, reply.parts["mass"].verdict) == ("invalid", "undecided")


@pytest.mark.parametrize(
    ("target", "distance", "verdict"),
    [
        ("1", "1", "correct"),
        ("cos(x)", "1/2", "correct"),
        ("x^2", "1/8", "correct"),
        ("1", "2", "incorrect"),
        ("x", "1/10", "incorrect"),
        ("x^2", "1/2", "incorrect"),
        ("cos(x)", "2", "incorrect"),
        ("exp(x)", "2", "incorrect"),
        ("sin(x)", "1/2", "incorrect"),
    ],
)
def test_a_distance_from_a_span(target: str, distance: str, verdict: str) -> None:
    away = entry("bounded-away", of="target", span=["relu(x)", "relu(-x)"], over="-1 <= x <= 1")
    fields = (
        Field("target", "object", None, {"symbols": REAL, "properties": [entry("continuous", over="-1 <= x <= 1")]}),
        Field("distance", "object", None, {"symbols": REAL, "properties": [away]}),
    )
    reply = judge_question(Question(fields), {"target": target, "distance": distance})
    assert (reply.verdict, reply.parts["distance"].verdict) == (verdict, verdict)


def test_a_witness_in_another_field() -> None:
    kernel = {"symbols": REAL, "inputs": ["x", "y"], "properties": [entry("psd", variables=["x", "y"], of="points", holds="no")]}
    fields = (Field("kernel", "object", None, kernel), Field("points", "object", None, {"properties": [entry("length", equals="2")]}))
    assert judge_question(Question(fields), {"kernel": "abs(x-y)", "points": "(0, 1)"}).verdict == "correct"
    assert judge_question(Question(fields), {"kernel": "abs(x-y)", "points": "(2, 2)"}).verdict == "incorrect"


def test_mistakes_are_known_by_the_failed_property_and_by_value() -> None:
    field = Field("f", "object", None, {"symbols": REAL, "properties": [entry("vanishes-at", at={"x": "0"})]})
    mistakes = (Mistake({"value": "cos(x)"}, "That is the derivative."), Mistake({"code": "property.vanishes-at"}, "It must be 0 at 0."))
    asked = Question((field,), mistakes)
    assert [judge_question(asked, {"f": text}).mistake for text in ("sin(x+pi/2)", "1", "sin(x)")] == [0, 1, None]


@pytest.mark.parametrize(
    ("prop", "message"),
    [
        ({"id": "a", "property": "nice"}, "no property"),
        ({"id": "a", "property": "convex"}, "needs the argument"),
        ({"id": "a", "property": "convex", "over": "0 < x < 1", "variable": "x"}, "no argument"),
        ({"id": "a", "property": "integral", "over": "0 < x < 1"}, "exactly one of"),
        ({"id": "a", "property": "integral", "over": "0 < x < 1", "equals": "1", "is": "finite"}, "exactly one of"),
        ({"id": "a", "property": "norm", "over": "0 < x < 1", "equals": "1", "space": "L3"}, "one of L1"),
        ({"id": "a", "property": "annihilates", "functions": "x", "points": ["0"], "variable": "x"}, "list of formulas"),
        ({"id": "a", "property": "vanishes-at", "at": "0"}, "mapping"),
        ({"id": "a", "property": "psd", "holds": "perhaps"}, "yes, no"),
        ({"id": "a", "property": "convex", "over": ["0 < x < 1"]}, "text"),
    ],
)
def test_a_fault_in_the_question_is_told_and_decides_nothing(prop: dict[str, Any], message: str) -> None:
    fault = fault_in(prop)
    assert fault is not None
    assert message in fault
    reply = ask("x", prop)
    assert (reply.verdict, reply.code) == ("undecided", "question")


@pytest.mark.parametrize(
    "prop",
    [
        entry("convex", over="0 < x < 1 < y"),
        entry("convex", over="1 < 2"),
        entry("convex", over="x < x + 1"),
        entry("integral", over="0 < x < 1", equals="1/"),
        entry("length", equals="three"),
        entry("integral", over="0 < x < 1", of="nothing"),
        entry("norm", space="Lp", over="0 < x < 1", equals="1"),
    ],
)
def test_arguments_that_cannot_be_used_are_the_questions_fault(prop: dict[str, Any]) -> None:
    reply = ask("x", prop)
    assert (reply.verdict, reply.code) == ("undecided", "question")


def test_the_learner_is_told_what_was_proved_and_what_was_tested() -> None:
    assert ask("x^2", entry("convex", over="0 < x < 1")).message == "Correct: every property is proved."
    to_zero = entry("limit", variable="n", to="oo", equals="0", over="0 <= x < 1")
    reply = ask("x^n", to_zero, entry("independent-of", variable="n", holds="no"), symbols=FAMILY)
    assert reply.certainty == "tested"
    assert "“limit” was tested at 19 points" in reply.message


def test_objects_have_more_time() -> None:
    assert deadline_of(Question((Field("a", "expression", "1"), Field("b", "object", None)))) == OBJECT_DEADLINE
    assert deadline_of(Question((Field("a", "expression", "1"),))) == DEADLINE


@pytest.mark.parametrize(
    ("answer", "order", "verdict"),
    [
        ("x^2+x*abs(x)/4", "2", "incorrect"),
        ("x^2+x^2*abs(x)/4", "2", "correct"),
        ("x^2 if x > 0 else 3*x", "1", "incorrect"),
        ("x^2 if x > 0 else -x^2", "1", "correct"),
    ],
)
def test_a_derivative_that_jumps_has_no_value(answer: str, order: str, verdict: str) -> None:
    wanted = entry("equals-at", at={"x": "0"}, order=order, equals={"1": "0", "2": "2"}[order])
    assert ask(answer, wanted, inputs=["x"]).verdict == verdict
