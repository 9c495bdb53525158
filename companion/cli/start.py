"""Opening the app, or saying why this terminal cannot show it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.tui.app import QuizRequest

NOT_HERE = """\
companion needs a terminal to draw on, and {why}.
Without one these work: companion map, companion topics, companion show TOPIC, companion path GOAL, companion quiz --plain."""


def open_app(packs: tuple[Path, ...] = (), quiz: QuizRequest | None = None) -> int:
    """Open the app; the exit status."""
    why = what_is_missing()
    if why:
        print(NOT_HERE.format(why=why), file=sys.stderr)  # noqa: T201 - this is the program's voice
        return 2
    speak_utf8()
    from companion.learner.clock import system_clock
    from companion.study.settings import load_settings
    from companion.tui.app import CompanionApp

    try:
        clock = system_clock()
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is the program's voice
        return 2
    app = CompanionApp(clock, load_settings(), packs, quiz)
    app.run()
    return app.return_code or 0


def what_is_missing() -> str:
    """Why no app can be shown here; empty if it can."""
    if sys.stdin is None or not sys.stdin.isatty():
        return "its input is not one"
    if sys.stdout is None or not sys.stdout.isatty() or not sys.__stderr__ or not sys.__stderr__.isatty():
        return "its output is not one"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return f"TERM is “{os.environ.get('TERM', '')}”"
    return ""


def speak_utf8() -> None:
    """Write UTF-8 to the terminal whatever the locale says: under LC_ALL=C Python would otherwise refuse every symbol."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        encoding = (getattr(stream, "encoding", "") or "").lower().replace("-", "")
        if stream is not None and encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
