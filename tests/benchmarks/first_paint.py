"""From the start of the process to the first frame that shows the app's own words, in a real pseudo-terminal.

The companion against an empty Textual app with a header, two lists and a
footer, taken in turn so that both meet the same machine.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from fcntl import ioctl

ROUNDS = 15
BARE = (["-m", "tests.benchmarks.bare"], b"second list")
COMPANION = (["-m", "companion"], b"Look around")


def seconds_until(arguments: list[str], marker: bytes, environment: dict[str, str]) -> float:
    """Start a program in a terminal of 120 by 40, and wait until it has written the marker."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(sys.executable, [sys.executable, *arguments], environment)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while marker not in seen:
            if not select.select([terminal], [], [], 20)[0]:
                raise TimeoutError(f"{arguments} never showed {marker!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - start
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def main() -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment |= {f"COMPANION_{name}": f"{folder}/{name.lower()}" for name in ("DATA", "CACHE", "CONFIG")}
        os.system(f"COMPANION_CACHE={folder}/cache {sys.executable} -m companion.curriculum > /dev/null")
        times: dict[str, list[float]] = {"bare": [], "companion": []}
        for _ in range(ROUNDS):
            times["bare"].append(seconds_until(*BARE, environment))
            times["companion"].append(seconds_until(*COMPANION, environment))
    bare, ours = (statistics.median(times[name]) for name in ("bare", "companion"))
    ratios = sorted(b / a for a, b in zip(times["bare"], times["companion"], strict=True))
    print(f"first paint: bare {1000 * bare:.0f} ms, companion {1000 * ours:.0f} ms, ratio {ours / bare:.2f}", end=" ")
    print(f"(pairwise {ratios[len(ratios) // 4]:.2f} to {ratios[3 * len(ratios) // 4]:.2f}, {ROUNDS} rounds)")


if __name__ == "__main__":
    main()
