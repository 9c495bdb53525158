"""Nothing that is typed runs code, hangs, prints control characters or passes for right."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.answers.protocol import KINDS
from tests.answers.judge.asking import ask

LINES: list[str] = [json.loads(line) for line in (Path(__file__).parent.parent / "hostile.txt").read_text("utf-8").splitlines()]
KEYS = {
    "expression": "x",
    "set": "(0, x)",
    "list": "(x, 2)",
    "relation": "x = 1",
    "steps": "x = 1",
    "object": "x",
    "choice": "b",
    "order": "p q",
}
PROPERTIES = [
    {"id": "smooth", "property": "continuous", "over": "0 < x < 1"},
    {"id": "mass", "property": "integral", "over": "0 < x < 1", "equals": "1/7"},
]
OPTIONS: dict[str, dict[str, Any]] = {"object": {"inputs": ["x"], "symbols": {"x": "real"}, "properties": PROPERTIES}}
DEADLINE = 1.0
SLACK = 0.5


def requests(lines: list[str], kinds: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{kind} {number}",
            "kind": kind,
            "expected": KEYS[kind],
            "answer": line,
            "options": OPTIONS.get(kind, {}),
            "deadline": DEADLINE,
        }
        for number, line in enumerate(lines)
        for kind in kinds
    ]


def replies(asked: list[dict[str, Any]], folder: Path) -> dict[str, dict[str, Any]]:
    """What `companion grade` says to all of them, run in an empty folder."""
    text = "".join(json.dumps(request) + "\n" for request in asked)
    done = subprocess.run([sys.executable, "-m", "companion", "grade"], input=text, capture_output=True, text=True, cwd=folder, check=True)
    assert done.stderr == ""
    return {reply["id"]: reply for reply in map(json.loads, done.stdout.splitlines())}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts(name)
            yield from texts(part)


def assert_harmless(reply: dict[str, Any]) -> None:
    assert reply["verdict"] != "correct"
    assert reply["code"] != "crash"
    assert reply["ms"] <= (DEADLINE + SLACK) * 1000
    assert not [text for text in texts(reply) if any(unicodedata.category(letter).startswith("C") for letter in text)]


def check(lines: list[str], kinds: list[str], folder: Path) -> None:
    asked = requests(lines, kinds)
    answered = replies(asked, folder)
    for request in asked:
        assert_harmless(answered[request["id"]])
    assert list(folder.iterdir()) == []


def test_there_are_enough_of_them() -> None:
    assert len(set(LINES)) >= 200


def test_hostile_answers(tmp_path: Path) -> None:
    check(random.Random(1).sample(LINES, 80), ["expression"], tmp_path)


def test_there_is_every_sort_of_them() -> None:
    sorts = {
        "code": ("__", "import", "eval", "lambda"), "giant numbers": ("^7^7", "!", "1e300"), "depth": ("((((", "[[[[", "sqrt sqrt"),
        "TeX": ("\\def", "\\input"),
        "markup": ("[/", "[red]", "<script"), "controls": ("\x1b", "\x00", "\x07"), "directions": ("\u202e", "\u2066"),
        "invisible": ("\u200d", "\ufeff"),
        "look-alikes": ("\u0445", "\uff58"), "marks": ("\u0301",), "broken text": ("\ud800",), "calculus": ("integrate", "limit(",
        "sum(", "diff("),
        "matrices": ("pmatrix", "det("), "sets": ("union", "{{"), "statements": ("not not", "x=x=x"), "lists": ("x, x, x",),
    }  # fmt: skip
    for sort, signs in sorts.items():
        assert all(any(sign in line for line in LINES) for sign in signs), sort
    assert max(map(len, LINES)) > 2000


@pytest.mark.full
@pytest.mark.parametrize("kind", list(KEYS))
def test_every_hostile_answer_in_every_kind(kind: str, tmp_path: Path) -> None:
    check(LINES, [kind], tmp_path)


BOMBS = [  # refused, given up or stopped; each would need more than a gigabyte, or for ever, if it were worked out
    "(x+y+z+a+b+c+d+f)^60", "[[x,1,2,3],[4,x,5,6],[7,8,x,9],[1,2,3,x]]^20", "product(x+k, k, 1, 1000)",
    "sum(x^k*y^(1000-k), k, 0, 1000)", "diff(exp(sin(x)^cos(x)^x), x, 12)",
    "integrate(1/(x^24+x+1), x)", "(1+sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11))^64", "binomial(1000,500)^60",
    "x^12000*y^12000 - (x+1)^12000", "limit((x^50+1)^(n^n)/n!, n, oo)",
]  # fmt: skip
MOST_MEMORY = 1 << 30


@pytest.mark.full
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_child_stays_small_and_the_next_answer_is_judged_at_once(bomb: str, tmp_path: Path) -> None:
    """The largest of all children of a judge that meets a bomb and then an ordinary answer."""
    script = (
        "import json, resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'companion', 'grade'], input=sys.stdin.read(), capture_output=True, text=True)\n"
        "size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)\n"
        "print(json.dumps([size, *map(json.loads, done.stdout.splitlines())]))\n"
    )
    asked = [{**request, "deadline": 2.0} for line in (bomb, "2") for request in requests([line], ["expression"])]
    text = "".join(json.dumps({**request, "id": number}) + "\n" for number, request in enumerate(asked))
    done = subprocess.run([sys.executable, "-c", script], input=text, capture_output=True, text=True, cwd=tmp_path, check=True)
    size, first, second = json.loads(done.stdout)
    assert first["verdict"] != "correct"
    assert size < MOST_MEMORY
    assert (second["verdict"], second["code"]) == ("incorrect", "different")
    assert second["ms"] < 1000


ATOMS = ["x", "y", "2", "0", "1/3", "0.5", "pi", "e", "i", "oo", "f(x)", "x_1", "(1,2)", "{1,2}", "[0,1)", "x=1", "x<2", "true", "∅", "½"]
WRAPPERS = [
    "({})", "-{}", "sin {}", "sqrt({})", "|{}|", "ln({})", "1/({})", "({})^2", "2^({})", "({})!", "floor({})", "abs({})", "d/dx ({})",
    "∫ {} dx", "sum({}, k, 1, 3)", "limit({}, x, 0)", "{{{}}}", "not {}", "\\frac{{{}}}{{3}}", "{} if x>0 else 0", "conj({})", "({})'",
]  # fmt: skip
JOINS = ["{}+{}", "{}-{}", "{}*{}", "{}/{}", "{}^{}", "{} {}", "{}={}", "{}<{}", "{} and {}", "{} => {}", "{} U {}", "{}, {}", "{} in {}"]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.builds(lambda wrapper, text: wrapper.format(text), st.sampled_from(WRAPPERS), inner)
    return wrapped | st.builds(lambda join, left, right: join.format(left, right), st.sampled_from(JOINS), inner, inner)


TYPED = st.recursive(st.sampled_from(ATOMS), _grown, max_leaves=6)


def assert_answered(kind: Any, key: str, text: str) -> None:
    reply = ask(kind, key, text)
    assert reply.verdict in ("correct", "incorrect", "invalid", "undecided")
    assert reply.message
    assert all(character.isprintable() for character in reply.message + reply.reading)


@settings(max_examples=60, deadline=None)
@given(text=TYPED | st.text(max_size=20), kind=st.sampled_from(["expression", "set", "list", "relation"]))
def test_whatever_is_typed_gets_an_answer(text: str, kind: Any) -> None:
    assert_answered(kind, KEYS[kind], text)


@pytest.mark.full
@settings(max_examples=1500, deadline=None)
@given(text=TYPED | st.text(max_size=40), key=TYPED, kind=st.sampled_from([kind for kind in KINDS if kind in KEYS]))
def test_whatever_is_typed_gets_an_answer_at_length(text: str, key: str, kind: Any) -> None:
    """The key may be anything, too: a pack may come from a stranger."""
    assert_answered(kind, key, text)
