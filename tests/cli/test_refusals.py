"""What a command cannot do it says in a sentence, with status 2 and without a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from companion.curriculum.catalogue import open_catalogue

from .conftest import ROOT, Run, run_apart

DCT = "dominated-convergence-theorem"


@pytest.mark.parametrize("wanted", ["universal-approximation-theorm", "Dominated convergance", "hilbert", "cybenko"])
def test_what_is_offered_instead_exists(run: Run, wanted: str) -> None:
    catalogue = open_catalogue()
    done = run("path", wanted, "--json")
    assert (done.status, done.out) == (2, "")
    offered = re.search(r"Did you mean (.*)\?", done.err)
    assert offered
    for name in offered[1].split(" or "):
        assert run("path", name, "--json").status == 0, name
    assert any(name in {*catalogue.topics, *catalogue.readings} for name in offered[1].split(" or "))


@pytest.mark.parametrize("name", ["[/]", "%s{0}", "x" * 300, "../../etc/passwd\n", "approach:", "reading:/"])
def test_strange_names_are_unknown_and_nothing_worse(run: Run, name: str) -> None:
    for command in ("show", "map", "readings", "check", "quiz"):
        done = run(command, name)
        assert (done.status, done.out) == (2, ""), command
        assert name.strip() in done.err


def test_a_name_that_is_no_text_is_unknown() -> None:
    done = run_apart("show", "\udcff")
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_a_file_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "latin.md"
    file.write_bytes(b"Fr\xe9chet $x^2$\n")
    done = run("render", str(file))
    assert (done.status, done.out) == (2, "")
    assert "latin.md" in done.err


@pytest.mark.parametrize("typed", ["a\0.md", f"{'x' * 900}.md", "nowhere/at/all.md"])
def test_a_file_that_cannot_be_is_refused(run: Run, typed: str) -> None:
    done = run("render", typed=typed)
    assert done.status in (1, 2)
    assert done.err


def test_a_folder_is_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    done = run("render", str(tmp_path / "folder.md"))
    assert (done.status, done.out) == (2, "")
    assert "folder.md" in done.err


@pytest.mark.parametrize("arguments", [("render", "--width", "abc", "x"), ("quiz", DCT, "--count", "abc")])
def test_a_number_that_is_none_is_named_in_words(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "abc" in done.err
    assert "_positive" not in done.err


def test_an_export_goes_to_a_place_that_exists(run: Run, tmp_path: Path) -> None:
    done = run("export", str(tmp_path / "no" / "where.jsonl"))
    assert (done.status, done.out) == (2, "")
    assert "where.jsonl" in done.err


@pytest.mark.parametrize("arguments", [("topics",), ("quiz", DCT, "--plain"), ("doctor", "--json"), ("export",), ("review",)])
def test_a_clock_that_cannot_be_read_stops_no_command_with_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COMPANION_NOW", "yesterday")
    done = run(*arguments)
    assert done.status in (1, 2)
    assert "yesterday" in done.out + done.err


def in_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does that has closed one of its streams."""
    script = ["/bin/sh", "-c", f'exec "$0" -m companion {command}', sys.executable]
    return subprocess.run(script, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


@pytest.mark.parametrize("command", ["", f"quiz {DCT} --plain", "grade", "render"])
def test_without_standard_input_there_is_a_sentence(command: str) -> None:
    done = in_shell(f"{command} <&-")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)


def test_without_standard_output_nothing_breaks() -> None:
    done = in_shell("topics >&-")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("topics", "polyak"), ("path", "compactness-and-completeness"), ("topics", "arzel")])
def test_names_with_accents_stay_readable_in_ascii(arguments: tuple[str, ...]) -> None:
    done = run_apart(*arguments, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C", PYTHONIOENCODING="")
    assert done.status == 0
    assert done.out.isascii()
    assert "?" not in done.out


IN_LINES = [("", 2, "companion quiz --plain"), (f"quiz {DCT} --count 1", 1, "Question 1 of 1")]


@pytest.mark.parametrize(("command", "status", "told"), IN_LINES)
def test_in_a_dumb_terminal_there_are_lines_or_a_sentence(command: str, status: int, told: str) -> None:
    environment = dict(os.environ) | {"TERM": "dumb", "LANG": "C.UTF-8"}
    child: pexpect.spawn[bytes] = pexpect.spawn(f"{sys.executable} -m companion {command}", cwd=str(ROOT), env=environment, timeout=60)
    child.expect_exact(told)
    text = child.before or b""
    child.send(":quit\n")
    child.expect(pexpect.EOF)
    text += child.before or b""
    child.close()
    assert child.exitstatus == status
    assert b"Traceback" not in text
    assert b"\x1b" not in text
