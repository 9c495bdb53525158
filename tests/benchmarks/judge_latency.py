"""How long the judge takes, against the same reader deciding by `sympy.simplify(a - b) == 0`, in the same run.

Both are warm, read the same rows, and take turns, so that they meet the same machine. The rows are made here: a key of each family with
seeded numbers, a right answer in another form, and two wrong ones a slip away.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

ROUNDS = 6
DEADLINE = 2.0
PAUSE = 0.04
"""Seconds before each answer, as between the answers of a learner; so neither judge prepares for the next while the other is measured."""
FAMILIES = [  # key, right answer, two wrong ones; a, b, c are numbers
    ("({a}x+{b})^3", "{a}^3 x^3 + 3*{a}^2*{b} x^2 + 3*{a}*{b}^2 x + {b}^3", "{a}^3 x^3 + 3*{a}^2*{b} x^2 + {b}^3", "{a}x^3+{b}^3"),
    ("1/(x-{a}) - 1/(x+{b})", "({a}+{b})/((x-{a})(x+{b}))", "({a}-{b})/((x-{a})(x+{b}))", "1/((x-{a})(x+{b}))"),
    ("sin({a}x)cos({b}x)", "(sin(({a}+{b})x) + sin(({a}-{b})x))/2", "(sin(({a}+{b})x) - sin(({a}-{b})x))/2", "sin(({a}+{b})x)/2"),
    ("{a}*exp({a}x)cos({b}x) - {b}*exp({a}x)sin({b}x)", "exp({a}x)*({a}cos({b}x) - {b}sin({b}x))",
     "exp({a}x)*({a}cos({b}x) + {b}sin({b}x))", "exp({a}x)*(cos({b}x) - sin({b}x))"),
    ("{a}/(1+({a}x)^2)", "diff(atan({a}x), x)", "1/(1+({a}x)^2)", "{a}/(1-({a}x)^2)"),
    ("1/(1+e^(-{a}x))", "tanh({a}x/2)/2 + 1/2", "tanh({a}x)/2 + 1/2", "tanh({a}x/2)/2 - 1/2"),
    ("ln({a}+x^2) - ln({b}+y^2)", "ln(({a}+x^2)/({b}+y^2))", "ln(({b}+y^2)/({a}+x^2))", "ln({a}+x^2-{b}-y^2)"),
    ("sqrt({a}+x)/(sqrt({b}+x)+1)", "sqrt({a}+x)*(sqrt({b}+x)-1)/({b}+x-1)",
     "sqrt({a}+x)*(sqrt({b}+x)-1)/({b}+x+1)", "sqrt({a}+x)/sqrt({b}+x)"),
    ("x^({a}/{b})*y/x", "y*x^(({a}-{b})/{b})", "y*x^(({b}-{a})/{b})", "y*x^({a}/{b})"),
    ("max(x-{a}, 0) + max({a}-x, 0)", "|x-{a}|", "|x|-{a}", "|x+{a}|"),
    ("(x^{c}-1)/(x-1)", "sum(x^k, k, 0, {c}-1)", "sum(x^k, k, 0, {c})", "sum(x^k, k, 1, {c}-1)"),
    ("sqrt({a}+2*sqrt({b}))*sqrt({a}+2*sqrt({b}))", "{a}+sqrt(4*{b})", "{a}+sqrt(2*{b})", "{a}-2sqrt({b})"),
    ("asinh({a}x)", "ln({a}x + sqrt({a}^2*x^2+1))", "ln({a}x + sqrt({a}^2*x^2-1))", "ln(x + sqrt(x^2+{a}))"),
    ("cos({a}x)^4", "(3 + 4cos(2*{a}x) + cos(4*{a}x))/8", "(3 + 4cos(2*{a}x) - cos(4*{a}x))/8", "(3 + cos(4*{a}x))/4"),
    ("{a}^x*{b}^(2x)", "({a}*{b}^2)^x", "({a}*{b})^(2x)", "({a}+{b}^2)^x"),
    ("(x+y)^{c}/(x^2-y^2)", "(x+y)^({c}-1)/(x-y)", "(x+y)^({c}-1)/(x+y)", "(x+y)^{c}/(x-y)^2"),
    ("{a}x*exp(-x^2/{b}) * sin({c}x^2)", "sin({c}x^2)*{a}*x/exp(x^2/{b})",
     "sin({c}x)^2*{a}*x/exp(x^2/{b})", "{a}x*exp(-{b}x^2)*sin({c}x^2)"),
    ("({a}x^2+{b}x+{c})/(x+1)", "{a}x + ({b}-{a}) + ({c}-{b}+{a})/(x+1)", "{a}x + ({b}-{a}) + ({c}-{b})/(x+1)", "{a}x + {b} + {c}/(x+1)"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to judge."""

    key: str
    answer: str
    right: bool


def rows(seed: int = 5) -> list[Row]:
    """Every family with other numbers in every round, mixed."""
    source = random.Random(seed)
    made = []
    for _ in range(ROUNDS):
        for family in FAMILIES:
            numbers = dict(zip("abc", source.sample(range(2, 9), 3), strict=True))
            key, *answers = (text.format(**numbers) for text in family)
            made += [Row(key, answer, number == 0) for number, answer in enumerate(answers)]
    source.shuffle(made)
    return made


class Child:
    """A process that answers a JSON line with a JSON line."""

    def __init__(self, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen([sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def ask(self, row: Row) -> tuple[str, float]:
        """The verdict and the milliseconds from sending to receiving."""
        request = {"id": 1, "kind": "expression", "expected": row.key, "answer": row.answer, "options": {}}
        start = time.perf_counter()
        _pipe(self.process.stdin).write(json.dumps(request).encode() + b"\n")
        _pipe(self.process.stdin).flush()
        reply = json.loads(_pipe(self.process.stdout).readline())
        return reply["verdict"], (time.perf_counter() - start) * 1000

    def close(self) -> None:
        """End the process."""
        _pipe(self.process.stdin).close()
        self.process.wait()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("no pipe")
    return pipe


def serve_simplify() -> None:
    """The other judge: same reader, same building, `simplify` for the verdict, stopped at the same deadline."""
    import sympy

    from companion.answers.judge.budget import attempt
    from companion.answers.judge.build import Scope, scalar
    from companion.answers.reader import read

    for line in sys.stdin:
        request = json.loads(line)
        scope = Scope()
        difference = scalar(read(request["answer"]), scope) - scalar(read(request["expected"]), scope)
        simplified = attempt(lambda value=difference: sympy.simplify(value), DEADLINE)  # type: ignore[misc]
        verdict = "undecided" if simplified is None else "correct" if simplified == 0 else "incorrect"
        sys.stdout.write(json.dumps({"verdict": verdict}) + "\n")
        sys.stdout.flush()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def first_answer() -> float:
    """Seconds from starting the judge to its first verdict."""
    start = time.perf_counter()
    child = Child("-m", "companion.answers.judge")
    child.ask(Row("x+1", "1+x", True))
    seconds = time.perf_counter() - start
    child.close()
    return seconds


def main() -> None:
    """Print the figures of both judges and their ratios."""
    first = statistics.median(first_answer() for _ in range(5))
    ours, theirs = Child("-m", "companion.answers.judge"), Child("-m", "tests.benchmarks.judge_latency", "--simplify")
    warm = Row("sin(x)^2", "1-cos(x)^2", True)
    for child in (ours, theirs):
        child.ask(warm)
    times: dict[str, list[float]] = {"ours": [], "theirs": [], "ours wrong": [], "theirs wrong": []}
    mistakes = {"ours": 0, "theirs": 0}
    for row in rows():
        for name, child in (("ours", ours), ("theirs", theirs)):
            time.sleep(PAUSE)
            verdict, ms = child.ask(row)
            times[name].append(ms)
            if not row.right:
                times[f"{name} wrong"].append(ms)
            mistakes[name] += verdict != ("correct" if row.right else "incorrect")
    for child in (ours, theirs):
        child.close()
    print(f"judge latency: {len(times['ours'])} answers, first after start {first:.2f} s; not decided rightly {mistakes}")
    for label, name, share in (("median", "", 0.5), ("p95", "", 0.95), ("p99", "", 0.99), ("median of wrong answers", " wrong", 0.5)):
        mine, other = percentile(times["ours" + name], share), percentile(times["theirs" + name], share)
        print(f"  {label}: {mine:.1f} ms, with simplify {other:.1f} ms, ratio {mine / other:.2f}")


if __name__ == "__main__":
    serve_simplify() if "--simplify" in sys.argv else main()
