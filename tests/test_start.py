"""What has been imported when the first frame is on the screen, and what never is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST_MODULES = 60
LATE = {"sympy", "numpy", "yaml", "pydantic", "fsrs", "networkx", "markdown_it"}

FIRST_FRAME = """
import asyncio, json, sys

{make}

seen = []

def look():
    seen.extend(sorted(sys.modules))

def on_mount(self):
    # What the app itself puts off until after the first frame comes after this.
    self.call_after_refresh(look)
    if theirs is not None:
        theirs(self)

theirs = App.__dict__.get("on_mount")
App.on_mount = on_mount

async def main():
    app = make()
    async with app.run_test(size=(120, 40)) as pilot:
        while not seen:
            await pilot.pause(0.01)

asyncio.run(main())
print(json.dumps(seen))
"""

BARE = """
from tests.benchmarks.bare import Bare as App
make = App
"""

COMPANION = """
from companion.cli import main as command  # as the command does
from companion.cli.start import speak_utf8
from companion.learner.clock import system_clock
from companion.study.settings import load_settings
from companion.tui.app import CompanionApp as App
make = lambda: App(system_clock(), load_settings())
"""

JUDGING = """
import asyncio, json, sys
from companion.learner.clock import system_clock
from companion.study.session import Planned
from companion.study.settings import load_settings
from companion.tui.app import CompanionApp, QuizRequest
from textual.widgets import Input, Static

async def main():
    planned = (Planned("dominated-convergence-theorem/limit-of-integrals", 0),)
    app = CompanionApp(system_clock(), load_settings(), quiz=QuizRequest(planned, "Quiz"))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.screen.query(Input):
            await pilot.pause(0.02)
        app.screen.query_one(Input).value = "0"
        app.screen.query_one(Input).focus()
        await pilot.pause()
        await pilot.press("enter")
        while app.screen.query_one("#verdict", Static).has_class("-incorrect") is False:
            await pilot.pause(0.02)

asyncio.run(main())
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(script: str) -> set[str]:
    """The modules that a Python process of its own has imported when the script says so."""
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def bare() -> set[str]:
    return modules_after(FIRST_FRAME.replace("{make}", BARE))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("content", ["compiled", "new"])
def test_little_more_than_textual_is_imported_before_the_first_frame(
    bare: set[str], content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content == "new":
        monkeypatch.setenv("COMPANION_CACHE", str(tmp_path / "cache"))
    ours = modules_after(FIRST_FRAME.replace("{make}", COMPANION))
    assert "companion.tui.screens.today" in ours
    assert not packages(ours) & LATE
    more = sorted(ours - bare)
    assert len(more) <= MOST_MODULES, more


def test_the_process_of_the_app_never_imports_sympy_not_even_after_judging() -> None:
    modules = modules_after(JUDGING)
    assert "companion.tui.screens.quiz" in modules
    assert not packages(modules) & {"sympy", "mpmath", "numpy", "yaml", "pydantic"}
