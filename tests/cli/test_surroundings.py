"""Poor terminals, odd locales, folders that cannot be written: a sentence or a way around, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, Done, Run, run_apart

DCT = "dominated-convergence-theorem"
C_LOCALE = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": ""}
MARK = re.compile(r"(?<![\w)“”])\?(?![\w])")
"""A question mark that ends no word: what becomes of a character that cannot be encoded."""

COLOR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:[349][0-8]|10[0-7])[;m]")


def is_told(done: Done, status: int) -> bool:
    """Whether it ended with this status, and in sentences."""
    return done.status == status and "Traceback" not in done.err + done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("map",),
        ("map", "density-theorems"),
        ("topics",),
        ("show", DCT),
        ("path", "cybenko-superpositions"),
        ("readings",),
        ("render", r"\int_0^\infty \frac{\alpha}{2}\,dx \le \hat f"),
        ("stats",),
        ("help",),
    ],
)
def test_in_the_c_locale_everything_is_printed_in_ascii(arguments: tuple[str, ...]) -> None:
    done = run_apart(*(["--help"] if arguments == ("help",) else arguments), environment=C_LOCALE)
    assert is_told(done, 0), done.err
    assert done.out.isascii()
    assert len(done.out) > 10
    lost = [line for line in done.out.splitlines() if MARK.search(line)]
    assert not lost, "\n".join(lost)


def test_in_the_c_locale_a_quiz_runs_through_a_pipe() -> None:
    done = run_apart("quiz", DCT, "--plain", "--count", "1", typed="π/2\n0\n:skip\n".encode(), environment=C_LOCALE)
    assert is_told(done, 0), done.err
    assert "Not right." in done.out


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict", "latin-1:strict"])
def test_bytes_that_are_no_text_end_no_quiz(encoding: str) -> None:
    done = run_apart("quiz", DCT, "--plain", "--count", "1", typed=b"\xff\xfe\n0\n:skip\n", environment={"PYTHONIOENCODING": encoding})
    assert is_told(done, 0), done.err
    assert "Not right." in done.out


def test_an_error_in_the_c_locale_is_a_sentence() -> None:
    done = run_apart("path", "universal-aproximation-theorem", environment=C_LOCALE)
    assert is_told(done, 2)
    assert "universal-approximation-theorem" in done.err
    assert "\\u" not in done.err


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": ""}, {"NO_COLOR": "1"}])
def test_where_there_is_no_terminal_the_app_says_what_works(environment: dict[str, str]) -> None:
    done = run_apart(environment=environment)
    assert is_told(done, 2)
    assert "terminal" in done.err
    assert "companion quiz --plain" in done.err
    assert not done.out


def test_without_a_terminal_a_quiz_is_asked_in_lines() -> None:
    done = run_apart("quiz", DCT, "--count", "1", typed=b":skip\n", environment={"TERM": "dumb"})
    assert is_told(done, 0)
    assert "Question 1 of 1" in done.out


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb", "FORCE_COLOR": ""}])
def test_no_color_means_none(environment: dict[str, str]) -> None:
    done = run_apart("show", DCT, environment=environment)
    assert is_told(done, 0)
    assert not COLOR.search(done.out)


def test_output_that_nobody_reads_ends_quietly() -> None:
    shell = f"{sys.executable} -m companion topics | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, timeout=60, cwd=ROOT, env=dict(os.environ), check=False)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert not done.stderr


@pytest.fixture
def no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that cannot be: a file stands in its place."""
    file = tmp_path / "occupied"
    file.write_text("mine", encoding="utf-8")
    monkeypatch.setenv("COMPANION_DATA", str(file))
    return file


@pytest.mark.parametrize("arguments", [("map",), ("topics", "--json"), ("show", DCT), ("path", DCT), ("readings",), ("stats",)])
def test_without_a_data_folder_one_can_look_around(run: Run, no_data: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.status == 0
    assert str(no_data) in done.err
    assert done.out
    assert no_data.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("arguments", [("quiz", DCT, "--plain"), ("review", "--plain"), ("export",)])
def test_without_a_data_folder_nothing_is_asked_that_would_be_lost(run: Run, no_data: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, typed="0\n")
    assert (done.status, done.out) == (2, "")
    assert str(no_data) in done.err


def test_without_a_cache_folder_the_content_is_still_read(tmp_path: Path) -> None:
    file = tmp_path / "occupied"
    file.write_text("", encoding="utf-8")
    done = run_apart("topics", "--json", environment={"COMPANION_CACHE": str(file)})
    assert is_told(done, 0), done.err
    assert len(done.json) == 199


def test_a_progress_file_that_is_none_is_left_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "data" / "progress.db"
    file.parent.mkdir()
    file.write_text("my shopping list", encoding="utf-8")
    done = run("quiz", DCT, "--plain", typed="0\n")
    assert done.status == 2
    assert str(file) in done.err
    assert file.read_text(encoding="utf-8") == "my shopping list"


def test_a_clock_that_cannot_be_read_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_NOW", "yesterday")
    done = run("stats")
    assert (done.status, done.out) == (2, "")
    assert "yesterday" in done.err


def test_settings_that_cannot_be_used_keep_nobody_from_looking(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("glyphs = [broken", encoding="utf-8")
    assert run("topics", "--json").status == 0


def test_the_doctor_says_what_there_is(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--json")
    findings = {finding["what"]: finding for finding in done.json}
    assert done.status == 0  # though the app cannot open in a pipe: that is no fault of the machine
    for what in ("companion", "python", "libraries", "terminal", "encoding", "data folder", "cache folder", "progress", "judge"):
        assert findings[what]["found"]
    for what in ("python", "data folder", "cache folder", "progress", "judge"):
        assert findings[what]["ok"], findings[what]
    assert findings["data folder"]["found"].startswith(str(tmp_path))


def test_the_doctor_names_what_is_ill(run: Run, no_data: Path) -> None:
    done = run("doctor")
    assert done.status == 1
    ill = [line for line in done.out.splitlines() if line.startswith("BAD")]
    assert any("progress" in line and str(no_data) in line for line in ill)


@pytest.mark.parametrize("arguments", [("frobnicate",), ("show",), ("map", "--jsonn"), ("render", "--width", "0", "x"), ("new", "poem")])
def test_a_command_that_is_none_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "usage" in done.err


def test_every_command_of_the_readme_is_there_and_says_what_it_does(run: Run) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `companion ([a-z]+)", readme, re.MULTILINE))
    listed = run("--help").out
    for command in named:
        assert re.search(rf"^\s+{command}\s", listed, re.MULTILINE), command
    in_help = set(re.findall(r"^    ([a-z]+)  ", listed, re.MULTILINE))
    assert named == in_help
    assert run("--version").out.startswith("companion ")
