"""The grader's client: it gets an answer, or says that there is none."""

import sys
from collections import deque

import psutil
import pytest

from companion.answers import client
from companion.answers.client import AsyncGrader, Grader
from companion.answers.protocol import Field, Question, Reply

QUESTION = Question((Field("answer", "choice", "a"),))
DYING = [sys.executable, "-c", "import sys; sys.stdin.readline()"]
SILENT = [sys.executable, "-c", "import time; time.sleep(600)"]
BABBLING = [sys.executable, "-c", "import sys\nfor line in sys.stdin: print('what', flush=True)"]


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader()


@pytest.fixture(autouse=True, scope="module")
def _closed(grader: Grader) -> object:
    yield
    grader.close()
    return None


def test_it_asks_and_is_answered(grader: Grader) -> None:
    assert grader.ask(QUESTION, "a").verdict == "correct"
    assert grader.ask(QUESTION, {"answer": "b"}).verdict == "incorrect"


def test_many_answers_come_in_order(grader: Grader) -> None:
    given = ["a", "b"] * 12
    verdicts = [reply.verdict for reply in grader.many((QUESTION, answer) for answer in given)]
    assert verdicts == ["correct", "incorrect"] * 12


def test_a_judge_that_was_killed_is_started_again(grader: Grader) -> None:
    grader.start()
    assert grader._process is not None
    grader._process.kill()
    grader._process.wait()
    assert grader.ask(QUESTION, "a").verdict == "correct"


def test_a_judge_that_dies_over_an_answer_leaves_it_undecided() -> None:
    with Grader(DYING) as dying:
        assert [reply.code for reply in dying.many([(QUESTION, "a")] * 3)] == ["crash"] * 3


def test_a_silent_judge_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "START_SECONDS", 0.0)
    monkeypatch.setattr(client, "GRACE_SECONDS", 0.0)
    with Grader(SILENT) as silent:
        assert silent.ask(QUESTION, "a", deadline=0.05).code == "deadline"


def test_babble_is_no_verdict() -> None:
    with Grader(BABBLING) as babbling:
        assert babbling.ask(QUESTION, "a").verdict == "undecided"


async def test_the_asynchronous_client_asks_and_restarts() -> None:
    grader = AsyncGrader()
    await grader.start()
    try:
        assert (await grader.ask(QUESTION, "a")).verdict == "correct"
        assert grader._process is not None
        grader._process.kill()
        await grader._process.wait()
        assert (await grader.ask(QUESTION, "b")).verdict == "incorrect"
    finally:
        await grader.close()


@pytest.mark.parametrize(("command", "code"), [(DYING, "crash"), (SILENT, "deadline"), (BABBLING, "crash")])
async def test_the_asynchronous_client_never_waits_for_ever(command: list[str], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "START_SECONDS", 0.5 if code == "deadline" else 30.0)
    monkeypatch.setattr(client, "GRACE_SECONDS", 0.0)
    grader = AsyncGrader(command)
    try:
        reply: Reply = await grader.ask(QUESTION, "a", deadline=0.05)
        assert reply.code == code
    finally:
        await grader.close()


def test_closing_ends_the_judge_and_whatever_it_works_on() -> None:
    endless = Question((Field("answer", "expression", "diff(sin(x)^cos(x)^tan(x), x, 12)"),))
    with Grader() as asking:
        asking.ask(QUESTION, "a")
        assert asking._process is not None
        judge = psutil.Process(asking._process.pid)
        asking._send(client._line(endless, "x", 30.0), deque())
        family = [judge, *judge.children(recursive=True)]
    assert len(family) > 1
    assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in psutil.wait_procs(family, timeout=10)[1])
