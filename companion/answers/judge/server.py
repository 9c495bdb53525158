"""The judge's process: a single-threaded warm parent that forks one child for each request (`workers`).

It reads one JSON object a line from standard input and writes one a line to
standard output, in order. A child that hangs is killed, one that crashes is reported, and the next request is
served at once. Nothing that arrives on standard input ends the process.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import NoReturn, cast

from companion.answers.judge.question import judge_question
from companion.answers.judge.workers import Worker
from companion.answers.protocol import Field, Kind, Question, Reply, blank_fields, deadline_of
from companion.answers.wire import (
    MAX_LINE,
    Request,
    json_from_line,
    printable_reply,
    reply_from_json,
    reply_to_json,
    request_from_json,
    request_id,
)

TOO_LATE = Reply("undecided", "deadline", "Judging this took too long, so it is not decided. It does not count against you.")
CRASHED = Reply("undecided", "crash", "The judge could not cope with this, so it is not decided. It does not count against you.")


def main() -> int:
    """Serve standard input until it ends. Returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    warm_up()
    _make_spare()
    try:
        for line in _lines(sys.stdin.fileno()):
            if not line.strip():
                continue
            _write(answer_line(line))
            _clear_up()
    except BrokenPipeError:
        return 0
    finally:
        for worker in _workers:
            worker.dismiss()
        for worker in (*_workers, *_dismissed):
            worker.wait()
    return 0


_workers: list[Worker] = []
"""The worker that judges, if one does, and last the one that waits for the next request."""
_dismissed: list[Worker] = []
"""Workers that have been stopped and may still be there."""
MOST_DISMISSED = 4


def _make_spare() -> None:
    """Fork the worker for the next request, if none is waiting for it."""
    if not _workers or _workers[-1].is_used:
        _workers.append(Worker())


def _clear_up() -> None:
    """Dismiss the worker that has been used: after the reply is out, because ending a process takes time."""
    _dismiss([worker for worker in _workers if worker.is_used])
    if _LATER and _warm_up_while_idle():
        _dismiss(list(_workers))  # the next one knows more
    _make_spare()


def _dismiss(workers: list[Worker]) -> None:
    for worker in workers:
        _workers.remove(worker)
        worker.dismiss()
        _dismissed.append(worker)
    _dismissed[:] = [worker for worker in _dismissed if not worker.is_gone()]
    while len(_dismissed) > MOST_DISMISSED:
        _dismissed.pop(0).wait()


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    for worker in _workers:
        worker.kill()
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
        plain = json_from_line(line)
        request = request_from_json(plain)
    except ValueError as error:
        return _as_line(request_id(plain), Reply("invalid", "request", str(error)), start)
    return _as_line(request.id, answer(request), start)


def _as_line(name: str | int | None, reply: Reply, start: float) -> str:
    timed = replace(printable_reply(reply), ms=(time.monotonic() - start) * 1000)
    return json.dumps({"id": name, **reply_to_json(timed)})


def answer(request: Request) -> Reply:
    """Judge one request in a process of its own. Of several parts none is judged while one is empty: that would tell which are right."""
    blank = blank_fields(request.question, request.answers) if len(request.question.fields) > 1 else []
    if blank:
        return _incomplete(blank)
    deadline = request.deadline or deadline_of(request.question)
    end = time.monotonic() + deadline
    data = _started(request, deadline).result(end)
    if data is None:
        return TOO_LATE
    try:
        return reply_from_json(json.loads(data))
    except ValueError:
        return CRASHED


def _incomplete(blank: list[str]) -> Reply:
    named = ", ".join(f"“{identifier}”" for identifier in blank)
    parts = {identifier: Reply("invalid", "read.empty", "There is no answer yet.", position=0) for identifier in blank}
    return Reply("invalid", "read.empty", f"Not complete: {named} {'is' if len(blank) == 1 else 'are'} still empty.", parts=parts)


def _started(request: Request, deadline: float) -> Worker:
    """The worker that waited, or a new one, with the request; while it judges, the next one is forked."""
    for _ in range(2):
        _make_spare()
        worker = _workers[-1]
        if worker.start(request, deadline):
            break
        _dismiss([worker])
    _make_spare()
    return worker


_FIRST = (
    ("expression", "x^2 + 2*x + 1", "(x+1)^2"),
    ("expression", "sin(x)^2", "1 - cos(x)^2"),
    ("expression", "exp(2*x) + 1/x", "exp(x)^2 + x^(-1) + 1"),
    ("expression", "sqrt(8)/3 + pi", "2*sqrt(2)/3 + pi"),
)
_LATER = [
    ("set", "[0,1) union {2}", "[0,1] union {2}"),
    ("set", "{1,2}", "{2,1,3}"),
    ("relation", "y = 2*x + 1", "2*y - 4*x = 2"),
    ("relation", "x^2 < 4", "-2 < x and x < 2"),
    ("list", "[[1,x],[0,2/4]]", "[[1,x],[0,1/2]]"),
    ("expression", "ln(x^2) + abs(x)", "2*ln(abs(x)) + max(x,-x)"),
]
"""Typical answers that have not been judged yet."""


def warm_up() -> None:
    """Judge some typical answers, so that what SymPy builds at first use is there before the first fork."""
    for kind, key, given in _FIRST:
        _rehearse(kind, key, given)
    _warm_up_while_idle()


def _warm_up_while_idle() -> bool:
    """Judge more typical answers, until there is something to do. Returns whether any was judged."""
    before = len(_LATER)
    while _LATER and not select.select([sys.stdin.fileno()], [], [], 0)[0]:
        _rehearse(*_LATER.pop(0))
    gc.collect()
    gc.freeze()
    return len(_LATER) < before


def _rehearse(kind: str, key: str, given: str) -> None:
    judge_question(Question((Field("answer", cast(Kind, kind), key),)), {"answer": given})
