"""The whole way in a real pseudo-terminal: keys go in, a screen comes out, and a killed program has lost nothing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve
from tests.terminal import Terminal

DCT = "dominated-convergence-theorem"
FIRST = f"{DCT}/limit-of-integrals"
SIZES = pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)], ids=["narrow", "wide"])


@pytest.fixture(scope="module", autouse=True)
def compiled(compiled_cache: object) -> Iterator[None]:
    """The content is compiled once, so that every start below is the start that a person knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPANION_CACHE", str(compiled_cache))
        open_catalogue()
        yield


def key_of(exercise: str, seed: int = 0) -> str:
    (key,) = resolve(open_catalogue().exercise(exercise), seed).key.values()
    return str(key)


def exported() -> list[dict[str, Any]]:
    """What `companion export` says was done."""
    done = subprocess.run([sys.executable, "-m", "companion", "export"], capture_output=True, text=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()[1:]]


def open_topic(terminal: Terminal, typed: str, title: str) -> None:
    """Choose a topic with the palette."""
    terminal.until("Written so far")
    terminal.press("ctrl+p")
    terminal.until("Search")
    terminal.press(typed)
    terminal.until(title)
    terminal.press("down", "up", "enter")


@SIZES
def test_from_the_map_to_a_right_answer_and_back_again(columns: int, lines: int) -> None:
    with Terminal(columns=columns, lines=lines) as terminal:
        terminal.until("Nothing is due")
        terminal.press("m")
        terminal.until("Classical statistical")
        terminal.press("down", "down", "down")
        terminal.until("Universal approximation · Mainstream")
        terminal.press("a")
        terminal.until("every sign is a topic")
        terminal.press("escape")
        open_topic(terminal, "dominated", "Dominated convergence theorem")
        terminal.until("Why you need it")
        terminal.press("e")
        terminal.until("question 1 of 10")
        terminal.until("lim")
        terminal.press("0")
        terminal.until("reads as 0")
        terminal.press("enter")
        terminal.until("Not right.")
        terminal.until("tends to")
        terminal.press("backspace")
        terminal.until("an exact number")
        terminal.press(key_of(FIRST))
        terminal.until(key_of(FIRST))
        terminal.press("enter")
        terminal.until("Right.")
        terminal.press("ctrl+q")
        assert terminal.ended() == 0
    with Terminal(columns=columns, lines=lines) as terminal:
        terminal.until("Begun")
        terminal.until("Dominated convergence theorem")
        terminal.press("s")
        terminal.until("2 answers counted, 50% right")
        terminal.press("escape")
        terminal.until("Begun")
        terminal.press("q")
        assert terminal.ended() == 0
    assert [event["payload"]["verdict"] for event in exported()] == ["incorrect", "correct"]


def test_a_program_killed_after_a_verdict_has_lost_nothing() -> None:
    with Terminal("quiz", DCT) as terminal:
        terminal.until("question 1 of")
        terminal.until("lim")
        terminal.press("0")
        terminal.until("reads as 0")
        terminal.press("enter")
        terminal.until("Not right.")
        terminal.child.kill(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    (event,) = exported()
    assert (event["payload"]["exercise"], event["payload"]["answer"]) == (FIRST, {"value": "0"})
    with Terminal() as terminal:
        terminal.until("Begun")


def test_an_answer_typed_ahead_is_judged_whole() -> None:
    """A fast hand, or a paste: what was typed before Enter is in the answer."""
    with Terminal("quiz", DCT) as terminal:
        terminal.until("question 1 of")
        terminal.until("lim")
        terminal.press(f"{key_of(FIRST)}\r")
        terminal.until(lambda text: "Right." in text or "Not right." in text or "empty" in text)
        terminal.press("ctrl+q")
        terminal.ended()
    assert [(event["payload"]["verdict"], event["payload"]["answer"]) for event in exported()] == [("correct", {"value": key_of(FIRST)})]


@pytest.mark.parametrize("keys", [["q"], ["m", "ctrl+q"], ["m\x11"]])
def test_the_terminal_is_given_back_as_it_was(keys: list[str]) -> None:
    with Terminal() as terminal:
        terminal.until("Written so far")
        terminal.press(*keys)
        assert terminal.ended() == 0
        assert terminal.written.rindex(b"\x1b[?1049l") > terminal.written.rindex(b"\x1b[?1049h")
        assert terminal.written.rindex(b"\x1b[?25h") > terminal.written.rindex(b"\x1b[?25l")
        for mode in (b"1000", b"1003", b"1006", b"2004"):  # mouse, bracketed paste
            if b"\x1b[?" + mode + b"h" in terminal.written:
                assert terminal.written.rindex(b"\x1b[?" + mode + b"l") > terminal.written.rindex(b"\x1b[?" + mode + b"h")
        after = terminal.written[terminal.written.rindex(b"\x1b[?1049l") :].decode(errors="replace")
        assert "Traceback" not in after
        assert not re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[=>]", "", after).strip()


def test_the_judge_ends_with_the_program() -> None:
    with Terminal("quiz", DCT) as terminal:
        terminal.until("question 1 of")
        terminal.until("lim")
        terminal.press("0")
        terminal.until("reads as 0")
        terminal.press("enter")
        terminal.until("Not right.")
        children = psutil.Process(terminal.child.pid).children(recursive=True)
        assert children
        terminal.child.kill(signal.SIGKILL)
        terminal.ended()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive, "a judge whose app is gone ends by itself"


def test_in_the_c_locale_the_app_still_draws_its_signs() -> None:
    environment = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "LANG": "C"}
    with Terminal(environment=environment) as terminal:
        terminal.until("Written so far")
        open_topic(terminal, "dominated", "Dominated convergence theorem")
        terminal.until("Why you need it")
        terminal.until("∇")
        terminal.press("ctrl+q")
        assert terminal.ended() == 0


def test_without_a_data_folder_the_app_opens_and_says_that_nothing_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "occupied"
    file.write_text("mine", encoding="utf-8")
    with Terminal(environment={"COMPANION_DATA": str(file)}) as terminal:
        terminal.until(lambda text: "nothing you do here is kept" in " ".join(text.replace("▌", " ").split()))
        terminal.until("Nothing is due")
        terminal.press("q")
        assert terminal.ended() == 0


def test_a_dumb_terminal_is_told_what_works() -> None:
    with Terminal(environment={"TERM": "dumb"}) as terminal:
        terminal.until("quiz --plain")
        assert terminal.ended() == 2


def test_without_colors_everything_is_still_told_apart() -> None:
    with Terminal(environment={"NO_COLOR": "1"}) as terminal:
        terminal.until("Written so far")
        terminal.press("m")
        terminal.until("Classical statistical")
        terminal.press("q", "escape")
        terminal.until("Written so far")
        terminal.press("q")
        assert terminal.ended() == 0


def test_a_first_start_says_what_it_is_doing(tmp_path: Path) -> None:
    with Terminal(environment={"COMPANION_CACHE": str(tmp_path / "new-cache")}) as terminal:
        terminal.until("Look around")
        terminal.until("Written so far")
        assert "Preparing the content" in terminal.written.decode(errors="replace")
        terminal.press("q")
        assert terminal.ended() == 0


def test_two_copies_show_what_the_other_did() -> None:
    with Terminal() as first, Terminal() as second:
        for terminal in (first, second):
            terminal.until("Written so far")
        open_topic(first, "dominated", "Dominated convergence theorem")
        first.until("Why you need it")
        first.press("g")
        first.until("your goal")
        second.press("p")
        second.until("Path to Dominated convergence theorem")
        second.press("enter")
        second.until("Leads to")
        second.press("i")
        second.until("Marked as known")
        for terminal in (first, second):
            terminal.press("ctrl+q")
            assert terminal.ended() == 0
    assert [event["kind"] for event in exported()] == ["goal", "known"]
