"""Processes that judge one request each: forked from the warm parent, ahead of time.

While one request is judged, the process for the next is forked; it judges a typical answer if there is a pause, so that forking and
the copying of memory pages that follows it do not make anybody wait. A worker has little memory, little time and no files.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from typing import NoReturn

from companion.answers.judge.budget import begin
from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Question
from companion.answers.wire import Request, reply_to_json, request_from_json, request_to_json

MEMORY = 1 << 30
MAX_REPLY = 1 << 20
RECURSION = 3000

_REHEARSAL = Question((Field("answer", "expression", "exp(2*x)*cos(x) + 1/(x+y) + sqrt(x)"),))

IDLE_SECONDS = 0.03
"""After this long without a request a worker uses the time to rehearse."""


class Worker:
    """A process that waits for a request, judges it and ends."""

    def __init__(self) -> None:
        request_in, self._request = os.pipe()
        self._reply, reply_out = os.pipe()
        self.is_used = False
        self.process = os.fork()
        if self.process == 0:
            os.close(self._request)
            os.close(self._reply)
            _work(request_in, reply_out)
        os.close(request_in)
        os.close(reply_out)

    def start(self, request: Request, deadline: float) -> bool:
        """Send the request; whether the worker was there to take it."""
        self.is_used = True
        try:
            _write(self._request, json.dumps(request_to_json(request) | {"deadline": deadline}).encode())
        except BrokenPipeError:
            return False
        finally:
            os.close(self._request)
        return True

    def result(self, end: float) -> bytes | None:
        """What the worker writes before it ends, or `None` when the time is up before that."""
        data = b""
        while len(data) < MAX_REPLY:
            ready, _, _ = select.select([self._reply], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return None
            chunk = os.read(self._reply, 1 << 16)
            if not chunk:
                break
            data += chunk
        return data

    def dismiss(self) -> None:
        """Stop the process, without waiting until the system has taken it down."""
        os.close(self._reply)
        self.kill()

    def is_gone(self) -> bool:
        """Whether a process that was dismissed has been taken down; asked once it is, it may not be asked again."""
        return os.waitpid(self.process, os.WNOHANG)[0] != 0

    def wait(self) -> None:
        """Wait until a process that was dismissed has been taken down."""
        os.waitpid(self.process, 0)

    def kill(self) -> None:
        """Stop the process at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)


def _write(target: int, data: bytes) -> None:
    while data:
        data = data[os.write(target, data) :]


def _work(source: int, out: int) -> NoReturn:
    """What the worker does; it never returns into the parent's code."""
    try:
        _confine()
        # In a stream of requests the next one is there at once; only a pause is used to rehearse.
        if not select.select([source], [], [], IDLE_SECONDS)[0]:
            judge_question(_REHEARSAL, {"answer": "exp(x)^2*cos(x) + 1/(x-y) + sqrt(x)"})
        data = b""
        while chunk := os.read(source, 1 << 16):
            data += chunk
        if data:
            request = request_from_json(json.loads(data))
            _limit_time(request.deadline or 0.0)
            if request.deadline:
                begin(request.deadline)
            _write(out, json.dumps(reply_to_json(judge_question(request.question, request.answers))).encode())
            os.close(out)  # the parent need not wait until this process has been taken down
    except BaseException:  # noqa: S110 - the process boundary: the parent reports a worker that says nothing as a crash
        pass
    finally:
        os._exit(0)


def _confine() -> None:
    """Take from this process what judging does not need: files, memory, core dumps, the parent's signals."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    _limit((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0))
    sys.setrecursionlimit(RECURSION)
    gc.disable()


def _limit_time(deadline: float) -> None:
    """A bound on the processor's time, for the case that the parent is not there to stop the worker."""
    _limit((resource.RLIMIT_CPU, int(time.process_time() + deadline) + 2))


def _limit(*limits: tuple[int, int]) -> None:
    for limit, size in limits:
        with contextlib.suppress(ValueError, OSError):  # some systems do not let all of these be set
            resource.setrlimit(limit, (size, size))
