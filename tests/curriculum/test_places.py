from __future__ import annotations

from pathlib import Path

import pytest

from companion.curriculum import places
from companion.curriculum.problems import ContentError, Problem, shown_name
from tests.curriculum.packs import Folder


def test_the_content_is_found_in_a_checkout_and_in_an_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (places.content_folder() / "pack.yaml").is_file()
    module = tmp_path / "companion" / "curriculum" / "places.py"
    monkeypatch.setattr(places, "__file__", str(module))
    assert places.content_folder() == tmp_path / "content"
    (tmp_path / "companion" / "content").mkdir(parents=True)
    assert places.content_folder() == tmp_path / "companion" / "content"


def test_packs_in_a_folder_are_those_with_a_pack_file(pack: Folder, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert places.packs_in(tmp_path) == (pack.path,)
    assert places.packs_in(tmp_path / "missing") == ()
    assert places.pack_of(pack.topic("one")) == pack.path
    assert places.pack_of(tmp_path / "other" / "x.yaml") is None


def test_the_cache_is_in_the_platforms_folder_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CACHE", "/elsewhere")
    assert places.cache_folder() == Path("/elsewhere")
    monkeypatch.delenv("COMPANION_CACHE")
    assert places.cache_folder().name == "companion"


def test_files_are_named_as_they_would_be_typed_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_name(tmp_path / "a" / "b.yaml") == "a/b.yaml"
    assert shown_name(Path("a/b.yaml")) == "a/b.yaml"
    assert shown_name(tmp_path.parent / "c.yaml") == str(tmp_path.parent / "c.yaml")


def test_an_error_names_the_first_problem_and_counts_the_others() -> None:
    second, first = Problem("b.yaml", 1, "", "No."), Problem("a.yaml", 3, "id", "expected an id")
    assert str(ContentError([second, first, first])) == "a.yaml:3: id: expected an id (and 1 more)"
    assert first.as_json() == {"file": "a.yaml", "line": 3, "field": "id", "message": "expected an id", "warning": False}
