"""What this terminal and this machine can do, and how mathematics looks here."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from importlib.metadata import version
from pathlib import Path

from companion import __version__
from companion.answers.client import Grader
from companion.answers.protocol import Field, Question
from companion.cli.output import Output
from companion.cli.start import what_is_missing
from companion.curriculum.places import cache_folder, content_folder
from companion.learner.errors import StoreError
from companion.learner.opening import data_folder
from companion.learner.store import open_store
from companion.study.settings import PROFILES, load_settings, remember_glyphs, settings_file

LIBRARIES = ("textual", "rich", "sympy", "numpy", "fsrs", "pydantic", "pyyaml", "markdown-it-py")

CARD = (
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\|f+g\|_p \le \|f\|_p + \|g\|_p",
    r"\hat\theta_n \xrightarrow{d} \mathcal N\bigl(0, I(\theta)^{-1}\bigr)",
)

Finding = tuple[str, bool, str]
"""What was looked at, whether it is well, and what was found."""


def examine(arguments: argparse.Namespace) -> int:
    """`companion doctor`."""
    settings = load_settings()
    out = Output(settings.glyphs)
    findings = [*_machine(), *_terminal(out), *_folders(), _progress(), _judge()]
    findings += [("settings", False, problem) for problem in settings.problems]
    if arguments.json:
        out.json([{"what": what, "ok": ok, "found": found} for what, ok, found in findings])
    else:
        for what, ok, found in findings:
            out.line(f"{'ok ' if ok else 'BAD'} {what}: {found}")
        _test_card(out)
        _choose_profile(out)
    return 0 if all(ok for _, ok, _ in findings) else 1


def _machine() -> list[Finding]:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        ("companion", True, __version__),
        ("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        ("libraries", True, libraries),
    ]


def _terminal(out: Output) -> list[Finding]:
    size = shutil.get_terminal_size()
    missing = what_is_missing()
    # A pipe is no fault of the machine: only where somebody sits at a terminal must the app be able to open.
    opens = not (missing and _is_at_a_terminal())
    colors = "none (NO_COLOR is set)" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM", "as TERM says")
    return [
        ("terminal", opens, f"TERM={os.environ.get('TERM', '')}{f', no app: {missing}' if missing else ''}"),
        ("size", size.columns >= 60 and size.lines >= 20, f"{size.columns} columns, {size.lines} lines (60 by 20 is the least)"),
        ("colors", True, colors),
        ("encoding", not out.is_ascii, f"{sys.stdout.encoding}; mathematics is set with the profile {out.profile}"),
        ("in lines", True, f"formulas are {load_settings().mathematics} (setting: mathematics, drawn or spoken; or --spoken)"),
    ]


def _is_at_a_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.__stderr__))


def _folders() -> list[Finding]:
    found = [("content", content_folder().is_dir(), str(content_folder()))]
    for what, folder in (("data folder", data_folder()), ("cache folder", cache_folder())):
        found.append((what, _writable(folder), f"{folder}{'' if _writable(folder) else ' cannot be written'}"))
    absent = "" if settings_file().exists() else " (not there; the defaults are used)"
    return [*found, ("settings file", True, f"{settings_file()}{absent}")]


def _writable(folder: Path) -> bool:
    existing = next((parent for parent in (folder, *folder.parents) if parent.exists()), folder)
    return os.access(existing, os.W_OK | os.X_OK)


def _progress() -> Finding:
    try:
        with open_store() as store:
            faults = store.faults()
            return ("progress", not faults, "; ".join(faults) or f"{store.count()} events, sound")
    except (StoreError, ValueError) as error:  # a ValueError is about COMPANION_NOW
        return ("progress", False, str(error))


def _judge() -> Finding:
    question = Question((Field("value", "expression", "2*x", {"symbols": {"x": "real"}}),))
    started = time.monotonic()
    with Grader() as grader:
        first = grader.ask(question, {"value": "x+x"})
        warm = time.monotonic()
        second = grader.ask(question, {"value": "x+x+1"})
        done = time.monotonic()
    well = first.verdict == "correct" and second.verdict == "incorrect"
    found = f"started and answered in {1000 * (warm - started):.0f} ms, then {1000 * (done - warm):.0f} ms an answer"
    return ("judge", well, found if well else f"x+x = 2x was judged {first.verdict}, x+x+1 = 2x {second.verdict}")


def _choose_profile(out: Output) -> None:
    """Ask which card looks right, where somebody can answer, and remember it."""
    names = ", ".join(f"{number} {profile}" for number, profile in enumerate(PROFILES, 1))
    if not _is_at_a_terminal():
        out.line(f"Run companion doctor in a terminal to choose, or write glyphs = \"safe\" into {settings_file()}.")
        return
    sys.stdout.write(f"Which is the first that looks right? {names}; Enter keeps {load_settings().glyphs}: ")
    sys.stdout.flush()
    answer = sys.stdin.readline().strip()
    if answer in ("1", "2", "3"):
        out.line(f"Remembered in {remember_glyphs(PROFILES[int(answer) - 1])}.")


def _test_card(out: Output) -> None:
    from companion.mathtext import render

    out.line("\nThe same three formulas with each set of glyphs. A sign that shows as a box, or columns that do not line up,")
    out.line("mean that the font of this terminal lacks something.")
    for number, profile in enumerate(PROFILES, 1):
        if out.is_ascii and profile != "ascii":
            continue
        out.line(f"\n{number}. {profile}:")
        for formula in CARD:
            for row in render(formula, "display", width=out.width, profile=profile).rows:
                out.segments((("  ", "text"), *row))
            out.line()
