"""What a person reads in a terminal: pages that say everything they should, in columns that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.curriculum.catalogue import open_catalogue

from .conftest import Run

UAT = "universal-approximation-theorem"


def flat(text: str) -> str:
    """A page without its line breaks."""
    return " ".join(text.split())


def test_a_topic_without_notes_shows_all_there_is(run: Run) -> None:
    catalogue = open_catalogue()
    topic = catalogue.topics["spectral-clustering"]
    assert not topic.written
    page = flat(run("show", "spectral-clustering").out)
    assert "no notes and no exercises yet" in page
    assert flat(topic.objective).split("$")[0].strip() in page
    assert page.count("•") >= len(topic.skills) + len(topic.prerequisites) + len(topic.readings)
    for need in topic.prerequisites:
        assert catalogue.topics[need.id].title in page
    for citation in topic.readings:
        assert catalogue.readings[citation.work].title in page


def test_an_approach_shows_question_claims_and_needs(run: Run) -> None:
    catalogue = open_catalogue()
    for approach in list(catalogue.approaches.values())[::8]:
        page = flat(run("map", approach.id).out)
        for heading in ("The question.", "What is proved", "What is open", "Mathematics it needs", "Topics"):
            assert heading in page
        assert ("Often said, and wrong" in page) == bool(approach.corrected)
        for topic in approach.topics:
            assert flat(catalogue.topics[topic].title) in page
    one = next(iter(catalogue.approaches.values()))
    assert run("show", one.title).out == run("show", f"approach:{one.id}").out == run("map", one.id).out


def test_one_approach_as_data_is_the_same_as_among_all(run: Run) -> None:
    every = {approach["id"]: approach for approach in run("map", "--json").json}
    for name in ("density-theorems", "tropical-view"):
        assert run("map", name, "--json").json == [every[name]]


def test_a_work_and_a_chapter_of_it(run: Run) -> None:
    catalogue = open_catalogue()
    work = next(work for work in catalogue.readings.values() if work.chapters and any(chapter.needs for chapter in work.chapters))
    chapter = next(chapter for chapter in work.chapters if chapter.needs)
    page = run("show", f"reading:{work.id}").out
    assert run("readings", work.id).out == page
    assert run("show", f"{work.id}/{chapter.id}").out == page
    part = [step["id"] for step in run("path", f"{work.id}/{chapter.id}", "--json").json["steps"]]
    whole = [step["id"] for step in run("path", f"reading:{work.id}", "--json").json["steps"]]
    assert set(chapter.needs) <= set(part) <= set(whole)


def test_a_reason_is_that_of_the_topic_that_needs_it(run: Run) -> None:
    catalogue = open_catalogue()
    path = run("path", UAT, "--json").json
    for step in path["steps"][::6]:
        told = run("why", step["id"], "--goal", UAT, "--json").json
        assert (told["topic"], told["goal"], told["on_path"]) == (step["id"], UAT, True)
        assert [reason["id"] for reason in told["because"]] == step["because"]
        for reason in told["because"]:
            assert any(need.id == step["id"] and need.why == reason["why"] for need in catalogue.topics[reason["id"]].prerequisites)
    off = run("why", "pagerank", "--goal", UAT, "--json").json
    assert (off["on_path"], off["because"]) == (False, [])


@pytest.mark.parametrize("columns", ["60", "120"])
@pytest.mark.parametrize("arguments", [("readings",), ("topics",), ("path", UAT), ("stats",), ("show", UAT)])
def test_no_line_is_wider_than_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str, arguments: tuple[str, ...]) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = run(*arguments)
    assert done.status == 0
    assert max(len(line) for line in done.out.splitlines()) <= int(columns)


def test_no_word_of_a_title_is_torn_at_eighty_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    words = set(run("readings").out.split())
    torn = {word for work in open_catalogue().readings.values() for word in work.title.split() if word not in words}
    assert not torn


def test_a_file_is_set_in_the_width_asked_for(run: Run, tmp_path: Path) -> None:
    text = "One two three four five six seven eight nine ten eleven twelve.\n"
    page = run("render", "--width", "30", write(tmp_path, text)).out
    assert max(len(line) for line in page.splitlines()) <= 30
    assert flat(page) == flat(text)


def test_a_file_in_ascii_is_ascii(run: Run, tmp_path: Path) -> None:
    page = "# Fréchet – “Łojasiewicz”\n\n> $\\alpha \\in \\mathbb R$\n\n- één ∞ …\n\n---\n\n`λ`\n"
    done = run("render", "--profile", "ascii", write(tmp_path, page))
    assert done.status == 0
    assert done.out.isascii()
    assert "Frechet" in done.out


def write(folder: Path, text: str) -> str:
    """A Markdown file with this text."""
    file = folder / "page.md"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_formulas_by_the_line_take_width_and_profile(run: Run) -> None:
    line = '{"id": "f", "tex": "\\\\alpha\\\\le\\\\frac{1}{2}"}\n'
    (plain,) = run("render", "--jsonl", "--profile", "ascii", typed=line).lines
    assert "".join(plain["rows"]).isascii()
    (full,) = run("render", "--jsonl", typed=line).lines
    assert full["width"] == max(map(len, full["rows"]))
    assert 0 <= full["baseline"] < len(full["rows"])
    assert full["warnings"] == []


COLOR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|38)(?:;\d+)*m")


def test_colors_are_there_unless_they_are_not_wanted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert COLOR.search(run("show", "pagerank").out)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOR.search(run("show", "pagerank").out)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not COLOR.search(run("show", "pagerank").out)


def test_formulas_are_put_into_words_where_that_is_asked_for(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "the fraction a plus b over c end fraction is at most 1 half"
    tex = r"\frac{a+b}c\le\frac12"
    assert run("render", "--spoken", tex).out == words + "\n"
    file = write(tmp_path, f"# On ${tex}$\n\nAnd $${tex}$$\n")
    assert run("render", "--spoken", file).out.count(words) == 2
    (reply,) = run("render", "--jsonl", "--spoken", typed='{"tex": "x^2"}\n').lines
    assert (reply["spoken"], reply["rows"]) == ("x squared", ["x²"])
    config = tmp_path / "config"
    config.mkdir()
    (config / "settings.toml").write_text('mathematics = "spoken"\n', encoding="utf-8")
    monkeypatch.setenv("COMPANION_CONFIG", str(config))
    assert run("render", tex).out == words + "\n"
    assert "─" in run("render", "--no-spoken", tex).out


@pytest.mark.parametrize("arguments", [("show", UAT), ("why", "pagerank", "--goal", UAT), ("stats",), ("map", "density-theorems")])
def test_what_is_listened_to_has_nothing_drawn(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--spoken")
    assert done.status == 0
    assert not set("$\\─═│⎛⌠∫≤∑√ₙ²○●◐◌·") & set(done.out.replace(" · ", " "))
