"""The grader's client: asks the judge, which runs in a process of its own.

`Grader` waits for its answers, `AsyncGrader` is for an event loop. Both start the
judge again when it has died or does not answer, so that an answer is never lost:
at worst it is undecided.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, TypeAlias

from companion.answers.protocol import OBJECT_DEADLINE, Given, Question, Reply
from companion.answers.wire import Request, reply_from_json, request_to_json

if TYPE_CHECKING:
    import asyncio

COMMAND = (sys.executable, "-m", "companion.answers.judge")
START_SECONDS = 30.0
"""How much longer the first answer may take, while the judge starts."""
GRACE_SECONDS = 3.0
"""How much longer than its deadline the judge may take to say so."""
LEAVE_SECONDS = 0.5
"""How long the judge may take to leave before it is made to."""
WINDOW = 8
"""How many questions are on their way at once in `Grader.many`."""

Answer: TypeAlias = Given | Mapping[str, Given]

LOST = Reply("undecided", "crash", "The judge stopped while it worked on this, so it is not decided. It does not count against you.")
SILENT = Reply("undecided", "deadline", "Judging this took too long, so it is not decided. It does not count against you.")


def _environment() -> dict[str, str]:
    """The environment of the judge: SymPy's results depend on the order of sets, so that order is the same in every run."""
    return {**os.environ, "PYTHONHASHSEED": "0"}


def _line(question: Question, answer: Answer, deadline: float | None) -> bytes:
    answers = dict(answer) if isinstance(answer, Mapping) else {question.fields[0].id: answer}
    return json.dumps(request_to_json(Request(None, question, answers, deadline))).encode() + b"\n"


def _reply(line: bytes) -> Reply:
    try:
        return reply_from_json(json.loads(line))
    except ValueError:
        return LOST


class Grader:
    """Asks the judge and waits. Usable as a context manager; not for several threads at once."""

    def __init__(self, command: Iterable[str] = COMMAND) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._answered = False

    def __enter__(self) -> Grader:
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the judge if it does not run. Returns at once; the first answer waits until the judge is ready."""
        if self._process is not None and self._process.poll() is None:
            return
        self._stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, started by the interpreter that runs us
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True, env=_environment()
        )

    def ask(self, question: Question, answer: Answer, deadline: float | None = None) -> Reply:
        """The reply to one answer. Never raises for what the judge does; at worst the reply is undecided."""
        return next(self.many([(question, answer)], deadline))

    def many(self, pairs: Iterable[tuple[Question, Answer]], deadline: float | None = None) -> Iterator[Reply]:
        """The replies to many answers, in order; the next questions are sent while the judge still works."""
        waiting: deque[bytes] = deque()
        for question, answer in pairs:
            line = _line(question, answer, deadline)
            self._send(line, waiting)
            waiting.append(line)
            if len(waiting) >= WINDOW:
                yield self._receive(waiting, deadline)
        while waiting:
            yield self._receive(waiting, deadline)

    def close(self) -> None:
        """Stop the judge. It may be started again."""
        self._stop()

    def _send(self, line: bytes, waiting: deque[bytes]) -> None:
        """Send a line; when the judge has died, start it and send again what it had not answered."""
        for attempt in range(2):
            self.start()
            try:
                self._stream("stdin").write(line)
                self._stream("stdin").flush()
            except OSError:
                self._stop()
                if attempt == 0:
                    self._resend(waiting)
                continue
            return

    def _resend(self, waiting: Iterable[bytes]) -> None:
        self.start()
        with contextlib.suppress(OSError):
            for line in waiting:
                self._stream("stdin").write(line)
            self._stream("stdin").flush()

    def _receive(self, waiting: deque[bytes], deadline: float | None) -> Reply:
        allowed = (deadline or OBJECT_DEADLINE) + GRACE_SECONDS + (0 if self._answered else START_SECONDS)
        line = self._read_line(time.monotonic() + allowed)
        waiting.popleft()
        if line:
            self._answered = True
            return _reply(line)
        self._stop()
        self._resend(waiting)
        return SILENT if line is None else LOST

    def _read_line(self, end: float) -> bytes | None:
        """The next line, `b""` when the judge has died, `None` when the time is up."""
        if self._process is None:
            return b""
        source = self._stream("stdout").fileno()
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([source], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return None
            chunk = os.read(source, 1 << 16)
            if not chunk:
                return b""
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _stream(self, name: str) -> IO[bytes]:
        stream = getattr(self._process, name)
        if stream is None:
            raise BrokenPipeError
        result: IO[bytes] = stream
        return result

    def _stop(self) -> None:
        process, self._process, self._buffer, self._answered = self._process, None, b"", False
        if process is None:
            return
        process.terminate()  # so that it ends its worker too, which would go on until its time is up
        try:
            process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


class AsyncGrader:
    """Asks the judge from an event loop, one question after the other."""

    def __init__(self, command: Iterable[str] = COMMAND) -> None:
        self._command = list(command)
        self._process: asyncio.subprocess.Process | None = None
        self._lock: asyncio.Lock | None = None
        self._answered = False

    async def start(self) -> None:
        """Start the judge if it does not run. Returns as soon as the process exists; it warms up by itself."""
        import asyncio

        if self._process is not None and self._process.returncode is None:
            return
        await self._stop()
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 22,
            env=_environment(),
            close_fds=True,
        )

    async def ask(self, question: Question, answer: Answer, deadline: float | None = None) -> Reply:
        """The reply to one answer. Never raises for what the judge does; at worst the reply is undecided."""
        import asyncio

        self._lock = self._lock or asyncio.Lock()
        async with self._lock:
            allowed = (deadline or OBJECT_DEADLINE) + GRACE_SECONDS + (0 if self._answered else START_SECONDS)
            try:
                line = await asyncio.wait_for(self._exchange(_line(question, answer, deadline)), allowed)
            except TimeoutError:
                await self._stop()
                return SILENT
            except (OSError, ValueError, asyncio.CancelledError) as error:
                # Whatever interrupted the exchange, the next question must not meet this one's reply.
                await self._stop()
                if isinstance(error, asyncio.CancelledError):
                    raise
                return LOST
            if not line:
                await self._stop()
                return LOST
            self._answered = True
            return _reply(line)

    async def close(self) -> None:
        """Stop the judge. It may be started again."""
        await self._stop()

    async def _exchange(self, line: bytes) -> bytes:
        await self.start()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return b""
        process.stdin.write(line)
        await process.stdin.drain()
        return await process.stdout.readline()

    async def _stop(self) -> None:
        import asyncio

        process, self._process, self._answered = self._process, None, False
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()  # so that it ends its worker too, which would go on until its time is up
            try:
                await asyncio.wait_for(process.wait(), LEAVE_SECONDS)
            except TimeoutError:
                process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
