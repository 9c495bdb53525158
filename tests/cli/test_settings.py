"""The settings file: what cannot be used is said, and nobody is kept from studying."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from companion.study.settings import load_settings, remember_glyphs

from .conftest import Run

FRACTION = r"\frac12"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    return path


@pytest.mark.parametrize(("profile", "bar"), [("full", "─"), ("safe", "─"), ("ascii", "-")])
def test_the_glyphs_chosen_are_used_unless_the_command_says_otherwise(run: Run, file: Path, profile: str, bar: str) -> None:
    file.write_text(f'glyphs = "{profile}"\n', encoding="utf-8")
    assert run("render", FRACTION).out.splitlines()[1] == bar
    assert run("render", "--profile", "ascii", FRACTION).out.isascii()
    if profile == "ascii":
        for arguments in (("map",), ("show", "pagerank"), ("stats",)):
            assert run(*arguments).out.isascii(), arguments


UNUSABLE = {
    "bad TOML": (b'glyphs = "safe', "TOML"),
    "unknown setting": (b'glyph = "safe"\n', "glyph"),
    "unknown value": (b'glyphs = "fancy"\n', "fancy"),
    "wrong type": (b'glyphs = ["safe"]\ntheme = 3\n', "theme"),
    "no text": (b"\xff\xfe", "read"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_said_and_the_defaults_are_taken(run: Run, file: Path, name: str) -> None:
    content, word = UNUSABLE[name]
    file.write_bytes(content)
    problems = load_settings().problems
    assert any(word in problem and str(file) in problem for problem in problems)
    assert all(problem.endswith(".") for problem in problems)
    done = run("render", FRACTION)
    assert done.status == 0
    assert done.out.splitlines() == ["1", "─", "2"]


def test_a_typing_error_in_the_settings_is_said_where_it_matters(run: Run, file: Path) -> None:
    file.write_text('glyps = "ascii"\n', encoding="utf-8")
    done = run("show", "pagerank")
    assert done.status == 0
    assert "glyps" in done.err


def test_a_folder_in_the_place_of_the_settings_is_said(run: Run, file: Path) -> None:
    file.mkdir()
    assert run("topics", "--json").status == 0
    found = [finding for finding in run("doctor", "--json").json if finding["what"] == "settings"]
    assert [finding["ok"] for finding in found] == [False]
    assert str(file) in found[0]["found"]


def test_the_choice_of_glyphs_is_remembered_and_every_other_line_kept(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    assert remember_glyphs("safe", file) == file
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"glyphs": "safe"}
    file.write_text('# mine\ntheme = "nord"  # blue\nglyphs = "full"\n\n# end\n', encoding="utf-8")
    remember_glyphs("ascii", file)
    assert file.read_text(encoding="utf-8") == '# mine\ntheme = "nord"  # blue\nglyphs = "ascii"\n\n# end\n'
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    "before",
    ['theme = "nord"\n', '[later]\nglyphs = "of something else"\n', '# glyphs = "safe"\ntheme = "nord"\n', "[later]\nx = 1\n", ""],
)
def test_wherever_the_choice_is_written_it_is_read_again(tmp_path: Path, before: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(before, encoding="utf-8")
    remember_glyphs("safe", file)
    after = tomllib.loads(file.read_text(encoding="utf-8"))
    assert after == {**tomllib.loads(before), "glyphs": "safe"}
