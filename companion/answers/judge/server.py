"""The judge's process: a single-threaded warm parent that forks one child for each request.

It reads one JSON object a line from standard input and writes one a line to
standard output, in order. A child has little memory, little time and no files; a
child that hangs is killed, one that crashes is reported, and the next request is
served at once. Nothing that arrives on standard input ends the process.
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
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import NoReturn

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Question, Reply
from companion.answers.wire import Request, reply_from_json, reply_to_json, request_from_json, request_id

DEADLINE = 2.0
MEMORY = 1 << 30
MAX_LINE = 1 << 20
MAX_REPLY = 1 << 20
RECURSION = 3000

TOO_LATE = Reply("undecided", "deadline", "Judging this took too long, so it is not decided. It does not count against you.")
CRASHED = Reply("undecided", "crash", "The judge could not cope with this, so it is not decided. It does not count against you.")


def main() -> int:
    """Serve standard input until it ends. Returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    warm_up()
    try:
        for line in _lines(sys.stdin.fileno()):
            if not line.strip():
                continue
            _write(answer_line(line))
    except BrokenPipeError:
        return 0
    return 0


_children: set[int] = set()
"""The child at work, if there is one."""


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    for child in _children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os._exit(0)


def _write(text: str) -> None:
    data = (text + "\n").encode()
    while data:
        data = data[os.write(sys.stdout.fileno(), data) :]


def _lines(source: int) -> Iterator[bytes]:
    """The lines of a file descriptor; of a line that is too long only the beginning."""
    buffer, overlong = b"", False
    while chunk := os.read(source, 1 << 16):
        buffer += chunk
        *whole, buffer = buffer.split(b"\n")
        for line in whole:
            if not overlong:
                yield line
            overlong = False
        if len(buffer) > MAX_LINE:
            if not overlong:
                yield buffer
            buffer, overlong = b"", True
    if buffer and not overlong:
        yield buffer


def answer_line(line: bytes) -> str:
    """The reply to one line, as a line."""
    start = time.monotonic()
    plain: object = None
    try:
        if len(line) > MAX_LINE:
            raise ValueError("The request is too long.")
        plain = _parsed(line)
        request = request_from_json(plain)
    except ValueError as error:
        return _as_line(request_id(plain), Reply("invalid", "request", str(error)), start)
    return _as_line(request.id, answer(request), start)


def _parsed(line: bytes) -> object:
    try:
        value: object = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        raise ValueError("This line is not a JSON object.") from error
    return value


def _as_line(name: str | int | None, reply: Reply, start: float) -> str:
    timed = replace(reply, ms=(time.monotonic() - start) * 1000)
    return json.dumps({"id": name, **reply_to_json(timed)})


def answer(request: Request) -> Reply:
    """Judge one request in a child of its own."""
    deadline = request.deadline or DEADLINE
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _be_child(request, deadline, theirs)
    _children.add(child)
    os.close(theirs)
    try:
        data = _read_until(ours, time.monotonic() + deadline)
    finally:
        os.close(ours)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _children.discard(child)
    if data is None:
        return TOO_LATE
    try:
        return reply_from_json(json.loads(data))
    except ValueError:
        return CRASHED


def _read_until(source: int, end: float) -> bytes | None:
    """Everything that comes from a pipe, or `None` when the time is up before it ends."""
    data = b""
    while len(data) < MAX_REPLY:
        ready, _, _ = select.select([source], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return None
        chunk = os.read(source, 1 << 16)
        if not chunk:
            break
        data += chunk
    return data


def _be_child(request: Request, deadline: float, out: int) -> NoReturn:
    """What the child does; it never returns into the parent's code."""
    try:
        _confine(deadline)
        reply = judge_question(request.question, request.answers)
        data = json.dumps(reply_to_json(reply)).encode()
        while data:
            data = data[os.write(out, data) :]
    except BaseException:  # noqa: S110 - the process boundary: the parent reports a child that says nothing as a crash
        pass
    finally:
        os._exit(0)


def _confine(deadline: float) -> None:
    """Take from this process what judging does not need: files, memory, time, core dumps, the parent's signals."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    seconds = int(deadline) + 2
    limits = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0))
    for limit, size in limits:
        with contextlib.suppress(ValueError, OSError):  # some systems do not let all of these be set
            resource.setrlimit(limit, (size, size))
    sys.setrecursionlimit(RECURSION)
    gc.disable()


_TYPICAL = (
    ("expression", "x^2 + 2*x + 1", "(x+1)^2"),
    ("expression", "sin(x)^2", "1 - cos(x)^2"),
    ("expression", "exp(2*x) + 1/x", "exp(x)^2 + x^(-1) + 1"),
    ("expression", "sqrt(8)/3 + pi", "2*sqrt(2)/3 + pi"),
    ("expression", "ln(x^2) + abs(x)", "2*ln(abs(x)) + max(x,-x)"),
    ("set", "[0,1) union {2}", "[0,1] union {2}"),
    ("set", "{1,2}", "{2,1,3}"),
    ("relation", "y = 2*x + 1", "2*y - 4*x = 2"),
    ("relation", "x^2 < 4", "-2 < x and x < 2"),
    ("list", "[[1,x],[0,2/4]]", "[[1,x],[0,1/2]]"),
)


def warm_up() -> None:
    """Judge some typical answers, so that what SymPy builds at first use is there before the first fork."""
    for kind, key, given in _TYPICAL:
        judge_question(Question((Field("answer", kind, key),)), {"answer": given})  # type: ignore[arg-type]
    gc.collect()
    gc.freeze()
