"""`companion grade` survives whatever comes on its standard input, and tells nothing that it should not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.answers.client import Grader
from companion.answers.protocol import KINDS
from companion.answers.wire import MAX_LINE, MAX_NESTING
from companion.cli.grading import Grading
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve

from .conftest import ROOT, Run

GOOD = {"id": "good", "kind": "expression", "expected": "x+x", "answer": "2x"}
PLAIN = {"kind": "expression", "expected": "1", "answer": "2"}


@pytest.fixture(scope="module")
def grading() -> Iterator[Grading]:
    with Grader() as grader:
        yield Grading(grader)


def answered(grading: Grading, *lines: bytes) -> list[dict[str, Any]]:
    """The replies, after making sure that each can be shown and that a good request after each line is judged."""
    good = json.dumps(GOOD).encode()
    replies = list(grading.replies(line for bad in lines for line in (bad, good)))
    assert len(replies) == 2 * len(lines)
    for reply in replies:
        assert json.dumps(reply).isprintable()
        assert all(text.replace("\n", "").isprintable() for text in texts(reply))
    assert all((reply["id"], reply["verdict"]) == ("good", "correct") for reply in replies[1::2])
    return replies[::2]


def texts(reply: dict[str, Any]) -> Iterator[str]:
    yield from (reply["code"], reply["message"], reply["reading"])
    for part in reply["parts"].values():
        yield from texts(part)
    for name, value in (reply["counterexample"] or {}).items():
        yield from (name, value)


def asked(**more: Any) -> bytes:
    return json.dumps(PLAIN | more).encode()


HOSTILE = [
    b"[" * 100_000 + b"]" * 100_000,
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    b'{"options":' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"options":' + b"[" * MAX_NESTING + b"]" * MAX_NESTING + b"}",
    asked(options={"rtol": float("nan")}),
    asked(options={"rtol": float("inf")}),
    asked().replace(b"}", b', "deadline": 1e999}'),
    asked(id=10**400),
    asked(**{"\x1b[31mcolour": 1}),
    asked(exercise="\x1b]0;title\x07", kind=None),
    asked(kind=[]),
    asked(answer=None),
    asked(answer={"answer": 3}),
    asked(expected=True),
    asked(deadline="soon"),
    b"\xff\xfe\x00",
    b'{"exercise": "a/b", "seed": true, "answer": "1"}',
    b"x" * (MAX_LINE + 1),
]


def test_what_is_no_request_is_refused_and_the_next_one_judged(grading: Grading) -> None:
    for reply in answered(grading, *HOSTILE):
        assert (reply["verdict"], reply["code"]) == ("invalid", "request")
        assert reply["message"].endswith((".", "”."))


def test_requests_of_the_same_id_are_answered_each(grading: Grading) -> None:
    replies = answered(grading, asked(id=7), asked(id=7, answer="1"))
    assert [(reply["id"], reply["verdict"]) for reply in replies] == [(7, "incorrect"), (7, "correct")]


TEXTS = st.text(max_size=8) | st.sampled_from([*KINDS, "x", "(0,1)", "\x1b[2J", "\ud800"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=5)
NAMES = st.sampled_from(["id", "kind", "expected", "answer", "options", "blocks", "choices", "deadline", "question", "exercise", "seed"])
REQUESTS = st.dictionaries(NAMES, VALUES, max_size=6).map(lambda changed: asked(**changed))


@given(st.lists(st.one_of(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b" ")), REQUESTS), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_keeps_it_from_judging_the_next(grading: Grading, lines: list[bytes]) -> None:
    answered(grading, *lines)


def test_an_answer_with_an_empty_part_is_not_complete_and_tells_nothing_about_the_others(grading: Grading) -> None:
    fields = [{"id": name, "kind": "expression", "expected": value} for name, value in (("a", "2"), ("b", "3"), ("c", "4"))]
    given_answers = [{"a": "2", "b": " ", "c": "5"}, {"a": "5", "b": "", "c": "5"}, {"a": "2"}, {"b": "3", "c": "", "a": []}]
    lines = [json.dumps({"question": {"fields": fields}, "answer": answer}).encode() for answer in given_answers]
    replies = answered(grading, *lines)
    named = [["b"], ["b"], ["b", "c"], ["a", "c"]]
    assert [list(reply["parts"]) for reply in replies] == named
    for reply, blank in zip(replies, named, strict=True):
        assert (reply["verdict"], reply["code"]) == ("invalid", "read.empty")
        listed = ", ".join(f"“{name}”" for name in blank)
        assert reply["message"] == f"Not complete: {listed} {'is' if len(blank) == 1 else 'are'} still empty."
    assert replies[0]["message"] == replies[1]["message"]  # whether the others are right or wrong


def test_an_exercise_with_an_empty_part_is_not_complete(grading: Grading) -> None:
    exercise = "dominated-convergence-theorem/which-hypothesis-fails"
    key = resolve(open_catalogue().exercise(exercise), 0).key
    first = next(iter(key))
    (reply,) = answered(grading, json.dumps({"exercise": exercise, "answer": key | {first: ""}}).encode())
    assert (reply["verdict"], list(reply["parts"])) == ("invalid", [first])


def test_a_line_too_long_gets_one_reply(run: Run) -> None:
    done = run("grade", typed="\n".join(["y" * (3 * MAX_LINE), json.dumps(GOOD), "z" * (MAX_LINE + 1)]))
    assert [reply["verdict"] for reply in done.lines] == ["invalid", "correct", "invalid"]


def test_it_streams_and_leaves_quietly_when_interrupted_or_when_nobody_listens() -> None:
    line = json.dumps(GOOD).encode() + b"\n"
    for leave in ("interrupt", "close"):
        command = [sys.executable, "-m", "companion", "grade"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["verdict"] == "correct"  # while the input is still open
            if leave == "interrupt":
                process.send_signal(signal.SIGINT)
            else:
                process.stdout.close()
                process.stdin.write(line)
                process.stdin.flush()
            assert process.stderr.read() == b""
            assert process.wait() == (130 if leave == "interrupt" else 0)
