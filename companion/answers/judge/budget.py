"""Time limits inside the judge.

The parent kills a judge that runs over its deadline; these limits are finer: an
algebraic attempt that takes too long is given up, and what is already known is used.
They count the processor's time of this process, so that a busy machine does not make
an attempt fail that succeeds elsewhere. Only shortly before the deadline, which is
wall time, everything is given up, so that there is time left to say what is known.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

AGAIN_SECONDS = 0.1
"""How long until a limit strikes again, for the case that it struck where Python throws exceptions away, as in a destructor."""


_times_out = 0


def never() -> bool:
    """What decides in earnest whether an attempt is given up before it begins: never."""
    return False


is_over: Callable[[], bool] = never
"""Asked at the beginning of every attempt whether it is given up at once, and by every clock whether its time is over.

What a busy machine does can be tried out by putting something else here.
"""


def times_out() -> int:
    """How often an attempt was given up for want of time, so far in this process.

    A verdict that rests on an attempt's failure may only be given when this has not grown: a busy machine must not change verdicts.
    """
    return _times_out


SHARE = 0.9
"""The part of the deadline after which every attempt is given up."""

_last_call = math.inf
_attempts = 0
"""How many limits are in force, one inside the other."""


def begin(deadline: float) -> None:
    """Judging begins, and has to be over after so many seconds of wall time."""
    global _last_call
    _last_call = time.monotonic() + SHARE * deadline
    signal.signal(signal.SIGALRM, _interrupt_attempt)
    signal.setitimer(signal.ITIMER_REAL, SHARE * deadline, AGAIN_SECONDS)


class Clock:
    """How much time is left for a piece of work."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    @property
    def left(self) -> float:
        """Seconds; negative when the time is up."""
        return -1.0 if is_over() else min(self._end - time.process_time(), _last_call - time.monotonic())

    @property
    def least(self) -> float:
        """Seconds that one more attempt may take: what is left, or a moment."""
        return max(self.left, 0.02)

    def part(self, seconds: float) -> Clock:
        """A clock for a part of the work, that ends no later than this one."""
        return Clock(min(seconds, self.left))

    def has_run_out(self) -> bool:
        """Whether the time is up; then it counts as an attempt that was given up."""
        global _times_out
        if self.left > 0:
            return False
        _times_out += 1
        return True


class BudgetSpent(BaseException):
    """A computation took longer than it was given.

    Not an `Exception`, because SymPy catches those in many places and would go on.
    """


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise BudgetSpent


def _interrupt_attempt(signum: int, frame: FrameType | None) -> None:
    if _attempts:
        raise BudgetSpent


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `BudgetSpent` in the block when it takes longer than `seconds` of the processor's time.

    An outer limit that would end sooner stays in force. Outside the main thread there is no limit.
    """
    global _attempts
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if time.monotonic() > _last_call:
        raise BudgetSpent
    remaining, _ = signal.getitimer(signal.ITIMER_PROF)
    if 0 < remaining <= seconds:
        yield
        return
    start = time.process_time()
    previous = signal.signal(signal.SIGPROF, _interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)
    _attempts += 1
    try:
        yield
    finally:
        _attempts -= 1
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
        if remaining:
            signal.setitimer(signal.ITIMER_PROF, max(remaining - (time.process_time() - start), 1e-3), AGAIN_SECONDS)


def attempt(action: Callable[[], T], seconds: float) -> T | None:
    """What the action returns, or `None` when it fails or takes longer than `seconds` of the processor's time.

    SymPy raises whatever it likes on inputs it cannot handle, so every `Exception` means "no result" here.
    """
    global _times_out
    try:
        if is_over():
            raise BudgetSpent
        with time_limit(seconds):
            return action()
    except BudgetSpent:
        _times_out += 1
        return None
    except Exception:  # SymPy's algorithms fail in many ways; a failed attempt is simply no result
        return None
