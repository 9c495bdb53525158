"""Answers a second through `companion grade`, warm: right and wrong ones of several kinds."""

from __future__ import annotations

import json
import subprocess
import sys
import time

ANSWERS = [
    ("expression", "2*sin(x)*cos(x)", "sin(2x)"),
    ("expression", "(x+1)^2", "x^2+2x+1"),
    ("expression", "pi/2", "pi/3"),
    ("expression", "exp(-x)", "-exp(-x)"),
    ("expression", "1/(1+x^2)", "1/(x^2+1)"),
    ("set", "(0, 2)", "(0, 2]"),
    ("set", "{1, 2, 3}", "{3, 2, 1}"),
    ("list", "(4, -2, 4)", "(4, -2, 2)"),
    ("relation", "x < 2", "2 > x"),
    ("expression", "x*(x+1)", "x^2+x"),
]
ROUNDS = 40


def main() -> None:
    """Print how many answers a second are judged once the judge is warm."""
    requests = [
        json.dumps({"id": f"{turn}-{number}", "kind": kind, "expected": expected, "answer": answer, "options": {}})
        for turn in range(ROUNDS)
        for number, (kind, expected, answer) in enumerate(ANSWERS)
    ]
    child = subprocess.Popen([sys.executable, "-m", "companion", "grade"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("no pipe")
    child.stdin.write(requests[0] + "\n")
    child.stdin.flush()
    child.stdout.readline()
    start = time.perf_counter()
    child.stdin.write("\n".join(requests) + "\n")
    child.stdin.close()
    replies = [json.loads(child.stdout.readline()) for _ in requests]
    seconds = time.perf_counter() - start
    child.wait()
    decided = sum(reply["verdict"] in ("correct", "incorrect") for reply in replies)
    print(f"judging: {len(replies) / seconds:.0f} answers a second warm ({decided} of {len(replies)} decided)")


if __name__ == "__main__":
    main()
