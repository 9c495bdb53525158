"""Derivations as students of analysis, probability and optimization type them: each right one, and the same with one mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from companion.answers.protocol import Reply
from tests.answers.judge.asking import ask

Symbols = Mapping[str, str]
N_X: Symbols = {"n": "positive integer", "x": "real"}
ABCD: Symbols = dict.fromkeys("abcd", "real")
XYZ: Symbols = dict.fromkeys("axyz", "real")
MOMENTS: Mapping[str, Any] = {"functions": ["E", "Var", "Cov"], "names": ["X", "Y", "m", "a", "b", "t"]}
NUMBERS: Mapping[str, Any] = {"functions": ["x", "y"]}


def failing(reply: Reply) -> list[str]:
    return [number for number, part in reply.parts.items() if part.verdict != "correct"]


RIGHT: list[tuple[Sequence[str], Mapping[str, Any]]] = [
    (["abs(sin(n*x)/(n*(1+x^2)))", "<= 1/(n*(1+x^2))", "<= 1/(1+x^2)"], {"symbols": N_X}),
    (["(1+x/n)^n", "<= e^x"], {"symbols": {"n": "positive integer", "x": "positive"}}),
    (["(a*c+b*d)^2", "<= a^2*c^2+a^2*d^2+b^2*c^2+b^2*d^2", "= (a^2+b^2)*(c^2+d^2)"], {"symbols": ABCD}),
    (["2*a*b", "<= t*a^2+b^2/t"], {"symbols": {"a": "real", "b": "real", "t": "positive"}}),
    (["integrate(x*exp(x), x, 0, 1)", "= 1*exp(1) - integrate(exp(x), x, 0, 1)", "= 1"], {}),
    (["lim(integrate(exp(-n*x), x, 0, oo), n, oo)", "= lim(1/n, n, oo)", "= 0"], {"symbols": {"n": "positive", "x": "real"}}),
    (["integrate(exp(-a*x^2),x,-oo,oo)", "= 1/sqrt(a)*integrate(exp(-u^2),u,-oo,oo)"], {"symbols": {"a": "positive"}, "names": ["x", "u"]}),
    (["diff(1/(1+exp(-x)),x)", "= exp(-x)/(1+exp(-x))^2", "<= 1/4"], {"symbols": {"x": "real"}}),
    (["[[x,y]]*[[2,1],[1,2]]*[[x],[y]]", "= 2*x^2+2*x*y+2*y^2", ">= x^2+y^2"], {"symbols": {"x": "real", "y": "real"}}),
    (["sum(1/k^2, k, 1, n)", "<= 1+sum(1/(k*(k-1)), k, 2, n)", "= 2-1/n", "<= 2"], {"symbols": {"n": "positive integer"}}),
    (["E[(X-m)^2]", "= E[X^2]-2*m*E[X]+m^2", "= Var(X)+(E[X]-m)^2", ">= Var(X)"], MOMENTS),
    (["Var(X+Y)", "= Var(X)+2*Cov(X,Y)+Var(Y)"], MOMENTS),
    (["E[X*Y]^2", "<= E[X^2]*E[Y^2]"], MOMENTS),
    (["E[exp(t*X)]", ">= exp(t*E[X])"], MOMENTS),
    (["sum((x(i)-m)^2,i,1,n)", "= sum(x(i)^2,i,1,n)-2*m*sum(x(i),i,1,n)+n*m^2"], NUMBERS),
    (["\\sum_{i=1}^n (x_i-m)^2", "= \\sum_{i=1}^n x_i^2 - 2m\\sum_{i=1}^n x_i+n m^2"], {}),
    (["sum(x_i, i, 1, 2)", "= x_1 + x_2"], {}),
    (["ln(product(x_k,k,1,n))", "= sum(ln(x_k),k,1,n)"], {}),
    (["sum(x(i),i,1,n)^2", "<= n*sum(x(i)^2,i,1,n)"], NUMBERS),
    (["sum(x(i)^2,i,1,n)/n-(sum(x(i),i,1,n)/n)^2", "= sum((x(i)-sum(x(j),j,1,n)/n)^2,i,1,n)/n"], NUMBERS),
    (["x^2+y^2 = 1 and y = x", "2*x^2 = 1 and y = x", "x = +-1/sqrt(2) and y = x"], {"symbols": XYZ}),
    (["x^2+y^2 = 0", "x = 0 and y = 0"], {"symbols": XYZ}),
    (["(x-1)^2+(y-2)^2 <= 0", "x = 1 and y = 2"], {"symbols": XYZ}),
    (["x^2+1 > 0", "true"], {"symbols": XYZ}),
    (["(x^2+y^2+1)*(z-5) = 0", "z = 5"], {"symbols": XYZ}),
    (["y^2 = 6*x", "2*y*dy/dx = 6", "dy/dx = 3/y"], {"symbols": {"x": "real", "y": "nonzero"}}),
    (["x*(x-1)/(x-1) = 0", "x = 0"], {"symbols": XYZ}),
    (["sqrt(x) = x-2", "=> x = (x-2)^2", "x^2-5*x+4 = 0", "x = 1 or x = 4"], {"symbols": XYZ}),
    (["ln(x)+ln(x-1) = ln(2)", "=> ln(x*(x-1)) = ln(2)", "=> x^2-x-2 = 0"], {"symbols": XYZ}),
    (["2*exp(-2*n*t^2) <= d", "n >= ln(2/d)/(2*t^2)"], {"symbols": {"n": "positive integer", "t": "positive", "d": "0 < d < 1"}}),
]

WRONG: list[tuple[Sequence[str], int, Mapping[str, Any]]] = [
    (["abs(sin(n*x)/(n*(1+x^2)))", "<= 1/(n*(1+x^2))", "<= 1/(n^2*(1+x^2))"], 3, {"symbols": N_X}),
    (["(1+x/n)^n", ">= e^x"], 2, {"symbols": {"n": "positive integer", "x": "positive"}}),
    (["(a*c+b*d)^2", "= a^2*c^2+b^2*d^2", "<= (a^2+b^2)*(c^2+d^2)"], 2, {"symbols": ABCD}),
    (["2*a*b", "<= t*a^2+b^2/(2*t)"], 2, {"symbols": {"a": "real", "b": "real", "t": "positive"}}),
    (["integrate(x*exp(x), x, 0, 1)", "= 1*exp(1) + integrate(exp(x), x, 0, 1)"], 2, {}),
    (["lim(integrate(exp(-n*x), x, 0, oo), n, oo)", "= lim(1/n, n, oo)", "= 1"], 3, {"symbols": {"n": "positive", "x": "real"}}),
    (["diff(1/(1+exp(-x)),x)", "= exp(-x)/(1+exp(-x))^2", "<= 1/5"], 3, {"symbols": {"x": "real"}}),
    (["[[x,y]]*[[2,1],[1,2]]*[[x],[y]]", "= 2*x^2+x*y+2*y^2"], 2, {"symbols": {"x": "real", "y": "real"}}),
    (["sum(1/k^2, k, 1, n)", "<= 1+sum(1/(k*(k-1)), k, 2, n)", "= 2-1/n", "<= 3/2"], 4, {"symbols": {"n": "positive integer"}}),
    (["E[(X-m)^2]", "= E[X^2]-2*m*E[X]+m^2", "= Var(X)-(E[X]-m)^2"], 3, MOMENTS),
    (["Var(X+Y)", "= Var(X)+Var(Y)"], 2, MOMENTS),
    (["E[X*Y]", "= E[X]*E[Y]"], 2, MOMENTS),
    (["E[X]^2", ">= E[X^2]"], 2, MOMENTS),
    (["sum((x(i)-m)^2,i,1,n)", "= sum(x(i)^2,i,1,n)-2*m*sum(x(i),i,1,n)+m^2"], 2, NUMBERS),
    (["\\sum_{i=1}^n (x_i-m)^2", "= \\sum_{i=1}^n x_i^2 - 2m\\sum_{i=1}^n x_i+n m"], 2, {}),
    (["ln(product(x_k,k,1,n))", "= -sum(ln(x_k),k,1,n)"], 2, {}),
    (["sum(x(i),i,1,n)^2", "<= sum(x(i)^2,i,1,n)"], 2, NUMBERS),
    (["sum(x(i)*y(i),i,1,n)", "= sum(x(i),i,1,n)*sum(y(i),i,1,n)"], 2, NUMBERS),
    (["x^2+y^2 = 1 and y = x", "2*x^2 = 1 and y = x", "x = 1/sqrt(2) and y = x"], 3, {"symbols": XYZ}),
    (["x^2+y^2 = 0", "x = 0 or y = 0"], 2, {"symbols": XYZ}),
    (["x^2+x > 0", "true"], 2, {"symbols": XYZ}),
    (["(x^2+y^2-1)*(z-5) = 0", "z = 5"], 2, {"symbols": XYZ}),
    (["(a-7/3)*x = (a-7/3)*y", "x = y"], 2, {"symbols": XYZ}),
    (["y^2 = 6*x", "2*y*dy/dx = 5"], 2, {}),
    (["dy/dx = 2*y", "dy/dx - 3*y = 0"], 2, {}),
    (["x*(x-1)/(x-1) = 0", "x*(x-1) = 0"], 2, {"symbols": XYZ}),
    (["x^2/x = 0", "x = 0"], 2, {"symbols": XYZ}),
    (["sqrt(x) = x-2", "x = (x-2)^2", "x^2-5*x+4 = 0"], 2, {"symbols": XYZ}),
    (["a*x < a*y", "x < y"], 2, {"symbols": XYZ}),
    (["ln(x^2) = 2", "2*ln(x) = 2"], 2, {"symbols": XYZ}),
    (["x/(y-1) = 2", "x = 2*(y-1)"], 2, {"symbols": XYZ}),
    (["2*exp(-2*n*t^2) <= d", "n >= ln(d/2)/(2*t^2)"], 2, {"symbols": {"n": "positive integer", "t": "positive", "d": "0 < d < 1"}}),
]


@pytest.mark.parametrize(("lines", "options"), RIGHT)
def test_a_right_derivation_is_accepted(lines: Sequence[str], options: Mapping[str, Any]) -> None:
    reply = ask("steps", None, list(lines), **options)
    assert reply.verdict == "correct", reply


@pytest.mark.parametrize(("lines", "line", "options"), WRONG)
def test_a_mistake_is_found_in_its_line_and_shown_at_a_point(lines: Sequence[str], line: int, options: Mapping[str, Any]) -> None:
    reply = ask("steps", None, list(lines), **options)
    assert (reply.verdict, failing(reply)[0]) == ("incorrect", str(line)), reply
    assert reply.message.startswith(f"Line {line}: ")
    assert reply.counterexample or "integrate" in lines[0]


def test_each_line_has_a_mark_of_its_own() -> None:
    reply = ask("steps", None, ["(x+1)^2", "= x^2+1", "= x^2+", "= x^2+2-1"])
    assert [(part.verdict, part.code) for part in reply.parts.values()] == [
        ("correct", "equal"),
        ("incorrect", "steps.line"),
        ("invalid", "read.missing-operand"),
        ("undecided", "steps.unreached"),
    ]
    assert reply.code == "steps.line"


def test_another_way_than_the_key_is_as_good() -> None:
    key = ["integrate(x^2*exp(-x), x, 0, oo)", "= 2*integrate(x*exp(-x), x, 0, oo)", "= 2"]
    assert ask("steps", key, ["integrate(x^2*exp(-x), x, 0, oo)", "= gamma(3)", "= 2!", "= 2"]).verdict == "correct"
    key = ["x^2-5*x+6 = 0", "(x-2)*(x-3) = 0", "x = 2 or x = 3"]
    assert ask("steps", key, ["x^2-5*x+6 = 0", "(x-5/2)^2 = 1/4", "x-5/2 = +-1/2", "x in {2,3}"]).verdict == "correct"


_SOURCE = """
import gc, json, sys
gc.disable()
from tests.answers.judge.asking import ask
verdicts = []
for lines, options in json.load(sys.stdin):
    reply = ask("steps", None, lines, **options)
    verdicts.append([reply.verdict, reply.code, reply.message, reply.counterexample, [part.code for part in reply.parts.values()]])
    gc.collect()
print(json.dumps(verdicts))
"""


def verdicts_under(seed: int, asked: Sequence[tuple[Sequence[str], Mapping[str, Any]]]) -> Any:
    """What a fresh process with this hash seed says."""
    done = subprocess.run(
        [sys.executable, "-c", _SOURCE], input=json.dumps(asked), capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    return json.loads(done.stdout)


QUICK = [(lines, options) for lines, options in RIGHT if "x^2+y^2" in lines[0]] + [(lines, options) for lines, _, options in WRONG[-8:-2]]


def test_the_hash_seed_changes_nothing() -> None:
    assert verdicts_under(1, QUICK) == verdicts_under(2, QUICK)


@pytest.mark.full
def test_many_hash_seeds_change_nothing() -> None:
    asked = [*RIGHT, *((lines, options) for lines, _, options in WRONG)]
    first = verdicts_under(0, asked)
    for seed in range(1, 20):
        assert verdicts_under(seed, asked) == first
