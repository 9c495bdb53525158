"""The same verdict every time: in every run, whatever the order of hashes, and with answer and key exchanged."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Kind, Question, Reply
from tests.answers.judge.asking import ask

EQUAL = [
    ("sin(x+y)", "sin x cos y + cos x sin y"), ("cos(x)^2", "(1+cos(2x))/2"), ("tan(x/2)", "sin(x)/(1+cos(x))"),
    ("sinh(x+y)", "sinh x cosh y + cosh x sinh y"), ("cosh(x)^2 - sinh(x)^2", "1"), ("tanh(x)", "1 - 2/(1+e^(2x))"),
    ("1/(1+e^(-x))", "(1+tanh(x/2))/2"), ("ln(1+e^x)", "x + ln(1+e^(-x))"), ("asinh(x)", "ln(x+sqrt(x^2+1))"),
    ("|x|", "sqrt(x^2)"), ("max(x,y)", "(x+y+|x-y|)/2"), ("min(x,y)", "(x+y-|x-y|)/2"), ("max(x,0)-max(-x,0)", "x"),
    ("relu(x)+relu(-x)", "|x|"), ("relu(x)-relu(x-1)", "min(max(x,0),1)"), ("sign(x)|x|", "x"), ("x^3-1", "(x-1)(x^2+x+1)"),
    ("(x+y)^4", "x^4+4x^3y+6x^2y^2+4x y^3+y^4"), ("1/(x(x+1))", "1/x-1/(x+1)"), ("(x^n-1)/(x-1)*(x-1)", "x^n-1"), ("e^(x ln 2)", "2^x"),
    ("x^x", "e^(x ln x)"), ("diff(atan(x), x)", "1/(1+x^2)"), ("diff(x^x, x)", "x^x(1+ln x)"), ("diff(ln(sin x), x)", "cot x"),
    ("diff(e^(-x^2/2), x)", "-x e^(-x^2/2)"), ("diff(sin(x)/x, x)", "(x cos x - sin x)/x^2"), ("integrate(t^2, t, 0, x)", "x^3/3"),
    ("integrate(e^(-t), t, 0, oo)", "1"), ("integrate(1/(1+t^2), t, -oo, oo)", "pi"), ("integrate(sin t, t, 0, pi)", "2"),
    ("integrate(ln t, t, 0, 1)", "-1"), ("integrate(e^(-t^2/2), t, -oo, oo)", "sqrt(2 pi)"), ("sum(k, k, 1, n)", "n(n+1)/2"),
    ("sum(k^2, k, 1, n)", "n(n+1)(2n+1)/6"), ("sum(1/2^k, k, 0, oo)", "2"), ("sum(x^k, k, 0, 4)", "1+x+x^2+x^3+x^4"),
    ("sum(2k-1, k, 1, n)", "n^2"),
    ("limit(sin(t)/t, t, 0)", "1"), ("limit((1+x/n)^n, n, oo)", "e^x"), ("limit((e^t-1)/t, t, 0)", "1"), ("n!/(n-1)!", "n"),
    ("binomial(n,2)", "n(n-1)/2"),
    ("binomial(n,k)", "binomial(n,n-k)"), ("gamma(n+1)", "n!"), ("gamma(1/2)", "sqrt(pi)"), ("(n+1)!/(n+1)", "n!"),
    ("p(1-p)", "p-p^2"), ("E2-mu^2", "E2-mu*mu"), ("exp(mu t + s^2 t^2/2)", "exp(mu t) exp(s^2 t^2/2)"), ("1-(1-p)^3", "3p-3p^2+p^3"),
    ("exp(-lambda) lambda^3/6", "lambda^3/(3! e^lambda)"), ("(1/sqrt(2pi))e^(-x^2/2)", "e^(-x^2/2)/sqrt(2pi)"), ("Phi(x)+Phi(-x)", "1"),
    ("1/(s sqrt(2 pi)) exp(-((x-m)/s)^2/2)", "exp(-(x-m)^2/(2 s^2))/(s sqrt(2 pi))"), ("-p ln p - (1-p) ln(1-p)",
    "ln(1/p) p + (1-p) ln(1/(1-p))"),
    ("p ln(p/q) + (1-p) ln((1-p)/(1-q))", "p(ln p - ln q) + (1-p)(ln(1-p)-ln(1-q))"), ("a/(a+b)", "1-b/(a+b)"),
    ("a b/((a+b)^2 (a+b+1))", "a b/(a+b)^2/(1+b+a)"),
    ("(a-b)/2 + (a+b)/2", "a"), ("sqrt(a^2+2 a b+b^2)", "|a+b|"), ("det([[a,b],[c,d]])", "a d-b c"), ("det([[1,x],[x,1]])", "(1-x)(1+x)"),
    ("tr([[a,b],[c,d]])", "a+d"), ("norm((3,4))", "5"), ("norm((a,b))^2", "a^2+b^2"), ("det([[a,0,0],[0,b,0],[0,0,c]])", "a b c"),
    ("det([[cos t, -sin t],[sin t, cos t]])", "1"), ("rank([[1,2],[2,4]])", "1"), ("(a+d)^2-4(a d-b c)", "(a-d)^2+4 b c"), ("e^(i pi)",
    "-1"),
    ("e^(i x)", "cos x + i sin x"), ("|e^(i x)|", "1"), ("(1+i)^4", "-4"), ("i^i", "e^(-pi/2)"), ("re((1+i x)^2)", "1-x^2"),
    ("sqrt(-4)", "2i"),
    ("sqrt(2)/2", "1/sqrt(2)"), ("sqrt(3+2sqrt 2)", "1+sqrt 2"), ("(1+sqrt 5)/2", "2/(sqrt 5-1)"), ("cos(pi/5)", "(1+sqrt 5)/4"),
    ("sin(pi/12)", "(sqrt 6-sqrt 2)/4"),
    ("atan(1)", "pi/4"), ("4atan(1/5)-atan(1/239)", "pi/4"), ("ln 8/ln 2", "3"), ("log_2(8)", "3"), ("0.1+0.2", "0.3"), ("2^0.5",
    "sqrt 2"), ("8^(1/3)", "2"),
    ("floor(x)+1", "floor(x+1)"), ("ceil(x)", "-floor(-x)"), ("x if x>0 else -x", "|x|"), ("heaviside(x)-heaviside(x-1)",
    "1 if 0<x<1 else 0"),
]  # fmt: skip
DIFFERENT = [
    ("sin(x+y)", "sin x + sin y"), ("cos(2x)", "2cos x"), ("tan(x)", "sin(x)cos(x)"), ("sinh(x)", "sin(x)"), ("tanh(x)", "1/(1+e^(-x))"),
    ("ln(x+y)", "ln x + ln y"), ("e^(x+y)", "e^x+e^y"), ("(x+y)^2", "x^2+y^2"), ("sqrt(x^2+y^2)", "x+y"), ("|x+y|", "|x|+|y|"),
    ("sqrt(x^2)", "x"),
    ("max(x,0)", "x"), ("relu(x)", "|x|/2"), ("x^3-1", "(x-1)^3"), ("1/(x+y)", "1/x+1/y"), ("x^-1", "-x"), ("2^x", "x^2"), ("x^x", "x e^x"),
    ("diff(x^3, x)", "3x"), ("diff(sin(2x), x)", "cos(2x)"), ("diff(x e^x, x)", "e^x"), ("integrate(t^2, t, 0, x)", "x^2/2"),
    ("integrate(e^(-t), t, 0, 1)", "1/e"),
    ("integrate(1/t, t, 1, 2)", "ln 3"), ("sum(k, k, 1, n)", "n^2/2"), ("sum(1/2^k, k, 1, oo)", "2"), ("sum(k^2, k, 1, n)", "n^3/3"),
    ("limit((1+1/n)^n, n, oo)", "1"),
    ("limit(sin(2t)/t, t, 0)", "1"), ("n!", "n^n"), ("(2n)!", "2 n!"), ("binomial(n,2)", "n^2/2"), ("gamma(n)", "n!"), ("p(1-p)",
    "p^2"), ("n p (1-p)", "n p"),
    ("exp(-lambda)lambda^3/6", "exp(-lambda)lambda^3/3"), ("Phi(x)", "1-Phi(x)"), ("e^(-x^2)", "e^(-x^2/2)"), ("1/(s sqrt(2pi))",
    "1/(s^2 sqrt(2pi))"),
    ("a/(a+b)", "b/(a+b)"), ("p ln p", "-p ln p"), ("a d-b c", "a d+b c"), ("det([[a,b],[c,d]])", "a c-b d"), ("norm((a,b))", "a+b"),
    ("norm((a,b),1)", "norm((a,b))"),
    ("tr([[a,b],[c,d]])", "a d"), ("rank([[1,2],[2,4]])", "2"), ("det([[2,0],[0,2]])", "2"), ("e^(i x)", "cos x - i sin x"), ("(1+i)^2",
    "2"), ("conj(1+i x)", "1+i x"),
    ("sqrt(2)", "1.41421356"), ("pi", "22/7"), ("1/3", "0.333"), ("e", "2.71828"), ("2^(1/2)", "2^(1/3)"), ("cos(pi/5)", "sin(pi/5)"),
    ("ln 2", "log_2(e)"),
    ("floor(x)+1", "ceil(x)"), ("x/|x|", "x"), ("x+10^(-20)", "x"), ("sin x + 10^(-40)", "sin(x+2pi)"), ("(x+10^(-9))^2", "x^2"),
    ("x if x!=3 else 0", "x"),
]  # fmt: skip
PAIRS = [(left, right, "correct") for left, right in EQUAL] + [(left, right, "incorrect") for left, right in DIFFERENT]
IDS = [f"{left} ~ {right}" for left, right, _ in PAIRS]
OTHERS: list[tuple[Kind, str, str]] = [
    ("set", "(0, 1]", "[0, 1]"), ("set", "{1, 2, 3}", "{3, 2, 1}"), ("set", "{x : x^2 < 4}", "(-2, 2)"), ("set", "(-oo,-1) U (1,oo)",
    "{x : |x| >= 1}"),
    ("relation", "x + y = 2", "2x + 2y = 4"), ("relation", "x^2 < 4", "x < 2"), ("relation", "p implies q", "not p or q"), ("relation",
    "p and q", "p or q"),
    ("list", "(a, b, c)", "(a, c, b)"), ("list", "[[1,x],[0,1]]", "[[1,0],[x,1]]"), ("list", "(1/2, sqrt 8)", "(0.5, 2 sqrt 2)"),
    ("steps", "x = 3", "2x + 4 = 10\n2x = 6\nx = 3"), ("steps", "x = 3", "2x + 4 = 10\n2x = 5\nx = 3"), ("choice", "a", "b"), ("order",
    "a b c", "a c b"),
    ("expression", "f(x) g(y)", "f(y) g(x)"), ("expression", "1 ± sqrt 2", "1 ± 2"), ("expression", "x +", "x"), ("expression", "x",
    "x +* y"),
]  # fmt: skip


def asked() -> list[tuple[Kind, str, str]]:
    """Everything that is asked in a run: kind, key and answer."""
    return [("expression", left, right) for left, right, _ in PAIRS] + OTHERS


def digest(reply: Reply) -> tuple[object, ...]:
    """What of a reply must be the same every time."""
    return reply.verdict, reply.code, reply.message, reply.counterexample, reply.certainty


@pytest.mark.parametrize(("left", "right", "verdict"), PAIRS, ids=IDS)
def test_answer_and_key_exchanged(left: str, right: str, verdict: str) -> None:
    assert (ask("expression", left, right).verdict, ask("expression", right, left).verdict) == (verdict, verdict)


# Whether there was time for a proof may depend on how busy the machine is; so the certainty is not compared between processes.
SCRIPT = """
import gc, json, sys
gc.disable()
from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Question
for kind, key, answer in json.load(sys.stdin):
    reply = judge_question(Question((Field("answer", kind, key),)), {"answer": answer})
    print(json.dumps([reply.verdict, reply.code, reply.message, reply.counterexample]))
"""


def run(rows: list[tuple[Kind, str, str]], seed: str) -> str:
    """What a fresh process with this seed of hashes says to all rows."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=json.dumps(rows), capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout


def test_whatever_the_order_of_hashes() -> None:
    rows = asked()[::7] + OTHERS
    assert run(rows, "1") == run(rows, "29")


@pytest.mark.full
def test_twenty_runs() -> None:
    rows = asked()
    first = run(rows, "0")
    assert first.count("\n") == len(rows)
    for seed in range(1, 20):
        assert run(rows, str(seed)) == first, seed


@pytest.mark.full
def test_twenty_times_in_one_process_in_any_order() -> None:
    def replies(rows: list[tuple[Kind, str, str]]) -> dict[tuple[Kind, str, str], tuple[object, ...]]:
        return {row: digest(judge_question(Question((Field("answer", row[0], row[1]),)), {"answer": row[2]})) for row in rows}

    first = replies(asked())
    for turn in range(19):
        rows = asked()
        assert replies(rows[turn * 7 :] + rows[: turn * 7]) == first
