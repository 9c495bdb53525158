"""The judge's process: JSON lines in, JSON lines out, whatever happens."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ENDLESS = "diff(sin(x)^cos(x)^tan(x), x, 12)"
"""Takes far longer than any deadline below."""


class Server:
    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "companion.answers.judge"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, line: bytes) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        return reply

    def ask(self, **request: Any) -> dict[str, Any]:
        return self.send(json.dumps(request).encode())

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        status = self.process.wait()
        self.process.stdout.close()
        return status


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    assert running.close() == 0


def test_the_short_form(server: Server) -> None:
    reply = server.ask(id="q1", kind="expression", expected="x^2", answer="x*x", options={"symbols": {"x": "real"}})
    assert (reply["id"], reply["verdict"], reply["certainty"]) == ("q1", "correct", "proved")
    assert reply["ms"] > 0
    assert set(reply) == {
        *("id", "verdict", "code", "message", "reading", "position", "parts"),
        *("certainty", "mistake", "counterexample", "ms"),
    }


def test_a_whole_question(server: Server) -> None:
    fields = [{"id": "a", "kind": "expression", "expected": "2"}, {"id": "b", "kind": "set", "expected": "(0,1]"}]
    mistakes = [{"when": {"field": "b", "value": "[0,1]"}, "say": "Zero is not in it."}]
    reply = server.ask(id=7, question={"fields": fields, "mistakes": mistakes}, answer={"a": "2", "b": "[0,1]"})
    assert (reply["id"], reply["verdict"], reply["mistake"], reply["message"]) == (7, "incorrect", 0, "Zero is not in it.")
    assert reply["parts"]["a"]["verdict"] == "correct"


@pytest.mark.parametrize(
    "line",
    [
        b"garbage",
        b"[]",
        b"3",
        b'{"id": 1}',
        b'{"id": 1, "kind": "spell", "expected": "1", "answer": "1"}',
        b'{"id": 1, "kind": "expression", "expected": "1"}',
        b'{"id": 1, "kind": "expression", "expected": 1, "answer": "1"}',
        b'{"id": 1, "kind": "expression", "expected": "1", "answer": 1}',
        b'{"id": 1, "kind": "expression", "expected": "1", "answer": "1", "colour": "red"}',
        b'{"id": 1, "kind": "expression", "expected": "1", "answer": "1", "deadline": -1}',
        b'{"id": 1, "kind": "expression", "expected": "1", "answer": "1", "options": {"symbols": ["x"]}}',
        b'{"id": 1, "question": {"fields": []}, "answer": {}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"id": "' + b"x" * (2 << 20) + b'"}',
    ],
    ids=range(15),
)
def test_a_malformed_line_is_invalid(server: Server, line: bytes) -> None:
    reply = server.send(line)
    assert (reply["verdict"], reply["code"]) == ("invalid", "request")
    assert reply["message"].endswith(".")


def test_the_id_comes_back_with_a_malformed_request(server: Server) -> None:
    assert server.ask(id="here", kind="expression")["id"] == "here"


def test_a_child_that_hangs_is_killed_and_the_next_is_served(server: Server) -> None:
    late = server.ask(kind="expression", expected="x", answer=ENDLESS, deadline=0.2)
    assert (late["verdict"], late["code"]) == ("undecided", "deadline")
    assert server.ask(kind="expression", expected="x", answer="x")["verdict"] == "correct"


@given(st.binary(max_size=60).filter(lambda line: b"\n" not in line and line.strip()))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_survives_whatever_is_sent(server: Server, line: bytes) -> None:
    assert server.send(line)["verdict"] == "invalid"


HOSTILE = [
    "__import__('os').system('true')",
    "().__class__.__bases__[0]",
    "lambda: 0",
    "9^9^9^9",
    "(x+1)^(10^9)",
    "exp(exp(exp(exp(10))))",
    "1e999999999",
    "[/]",
    "\x1b[31mred",
    "x" * 5000,
    "(" * 2000,
    "sin(" * 40 + "x" + ")" * 40,
    "zeta(10**7)",
    "2**30**5",
    "product(n+x, n, 1, 10^4)",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["expression", "set"])
def test_hostile_answers_are_never_right_and_never_fatal(server: Server, kind: str, text: str) -> None:
    key = "x+1" if kind == "expression" else "(0,1)"
    assert server.ask(kind=kind, expected=key, answer=text, deadline=1)["verdict"] != "correct"


def test_it_leaves_quietly_on_request() -> None:
    running = Server()
    running.ask(kind="choice", expected="a", answer="a")
    running.process.send_signal(signal.SIGINT)
    assert running.ask(kind="choice", expected="a", answer="b")["verdict"] == "incorrect"
    running.process.terminate()
    assert running.close() == 0
