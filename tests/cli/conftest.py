"""Commands run in this process, as the console script runs them; a process of its own only where the environment matters."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from companion.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command: `run("topics", "--json")`, with `typed` on its standard input."""

    def command(*arguments: str, typed: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
        try:
            status = main(list(arguments))
        except SystemExit as ended:  # as argparse ends
            status = ended.code if isinstance(ended.code, int) else 2
        printed = capsys.readouterr()
        return Done(status, printed.out, printed.err)

    return command


def run_apart(*arguments: str, typed: bytes = b"", environment: Mapping[str, str] | None = None, **more: str) -> Done:
    """Run a command in a process of its own, with these variables; empty ones are taken away."""
    changed = {**(environment or {}), **more}
    variables = {name: value for name, value in {**os.environ, **changed}.items() if value or name not in changed}
    command = [sys.executable, "-m", "companion", *arguments]
    done = subprocess.run(command, input=typed, capture_output=True, timeout=60, env=variables, cwd=ROOT, check=False)
    return Done(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="surrogateescape"))
