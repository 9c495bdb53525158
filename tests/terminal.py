"""The companion in a real pseudo-terminal: what is sent are keys, what is read is the screen."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType

import pexpect
import pyte

PATIENCE = 20.0
"""Seconds until a condition must hold; a bound for a hang, not a measure of anything."""

QUIET = 0.04
"""Seconds without a character after which a frame counts as drawn."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
}

# Private modes and queries that pyte does not know and would print.
_UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\")


class Terminal:
    """A program in a terminal of the given size."""

    def __init__(self, *arguments: str, columns: int = 80, lines: int = 24, environment: Mapping[str, str] | None = None) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(environment or {})}
        for name in ("COLUMNS", "LINES"):  # the size is that of the pseudo-terminal
            variables.pop(name, None)
        command = ["-m", "companion", *arguments]
        size = (lines, columns)
        self.child: pexpect.spawn[bytes] = pexpect.spawn(sys.executable, command, dimensions=size, env=variables, timeout=PATIENCE)
        self.child.delaybeforesend = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, *keys: str) -> None:
        """Send keys by name, or text as it stands."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program has written; whether it is still there."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += data
        self._stream.feed(_UNKNOWN.sub(b"", data))
        return True

    def until(self, condition: str | Callable[[str], bool]) -> str:
        """Read until the screen shows this text, or satisfies this condition; the screen."""
        holds = condition if callable(condition) else lambda text: str(condition) in text
        deadline = time.monotonic() + PATIENCE
        while not (holds(self.text) and self._is_drawn()):
            if not self.read() and not holds(self.text):
                raise AssertionError(f"the program ended, and the screen was\n{self.text}")
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {condition!r}, and the screen was\n{self.text}")
        return self.text

    def _is_drawn(self) -> bool:
        """Whether nothing more is being written: half a frame shows parts of two screens."""
        before = len(self.written)
        self.read(QUIET)
        return len(self.written) == before

    def ended(self) -> int:
        """Wait for the program to end; its exit status."""
        deadline = time.monotonic() + PATIENCE
        while self.read():
            if time.monotonic() > deadline:
                raise AssertionError(f"the program did not end, and the screen was\n{self.text}")
        self.child.wait()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0))
