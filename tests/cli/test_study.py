"""Questions in lines of text, figures and export on the command line."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve
from companion.learner import opening
from companion.learner.events import Attempt
from companion.learner.store import open_store

from .conftest import Run

DCT = "dominated-convergence-theorem"
FIRST = f"{DCT}/limit-of-integrals"


def right_answer() -> str:
    (key,) = resolve(open_catalogue().exercise(FIRST), 0).key.values()
    return str(key)


def attempts() -> list[Attempt]:
    with open_store() as store:
        return [event.payload for event in store.events() if isinstance(event.payload, Attempt)]


def test_a_quiz_through_a_pipe(run: Run) -> None:
    typed = "\n".join([":hint", ":hint", "0", ":solution", right_answer(), ":skip"]) + "\n"
    done = run("quiz", DCT, "--plain", "--count", "2", typed=typed)
    assert done.status == 0
    first = ["2 questions", "Question 1 of 2", "Hint 1 of", "Hint 2 of", "Not right."]
    places = [done.out.index(text) for text in (*first, "Solution:", "Right.", "Question 2 of 2", "0 of 1 right")]
    assert places == sorted(places)
    assert [(attempt.verdict, attempt.hints, attempt.solution_seen) for attempt in attempts()] == [
        ("incorrect", 2, False),
        ("correct", 2, True),
    ]


def test_a_right_answer_is_counted_and_the_next_question_follows(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed=f"{right_answer()}\n")
    assert done.status == 0
    assert "1 of 1 right at the first attempt." in done.out


@pytest.mark.parametrize("typed", ["", "0\n", ":hint\n", "0", ":quit\n"])
def test_the_input_may_end_anywhere(run: Run, typed: str) -> None:
    done = run("quiz", DCT, "--plain", typed=typed)
    assert done.status == 1
    assert "Left before the end." in done.out
    assert len(attempts()) == typed.count("0")


def test_the_same_wrong_answer_brings_a_hint_that_is_kept_with_the_attempt(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed=f"0\n0+0\n{right_answer()}\n")
    assert done.status == 0
    places = [done.out.index(text) for text in ("Not right.", "The same as before", "Hint 1 of", "Right.")]
    assert places == sorted(places)
    assert [(attempt.rung, attempt.hints) for attempt in attempts()] == [("", 0), ("hint", 0), ("", 1)]


def test_what_cannot_be_read_is_not_counted(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed="2*(3\n\x00\x1b[31m\n[/]\n:skip\n")
    assert done.status == 0
    assert "does not count" in done.out
    assert "\x1b" not in done.out
    assert not attempts()


def test_a_disputed_verdict_is_not_counted(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed=":dispute\n0\n:dispute\n\n")
    assert done.status == 0
    assert "no verdict to dispute" in done.out
    report = json.loads(re.search(r"^\{.*?^\}", done.out, re.DOTALL | re.MULTILINE)[0])  # type: ignore[index]
    assert (report["exercise"], report["answer"]) == (FIRST, {"value": "0"})
    assert "No answer was counted." in done.out
    with open_store() as store:
        assert len(store.progress().disputed) == 1


def test_fresh_numbers(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed=":fresh\n:skip\n")
    questions = done.out.split("Question 1 of 1")
    assert len(questions) == 3
    assert questions[1] != questions[2]


def test_an_unknown_scope_is_refused_with_the_nearest(run: Run) -> None:
    done = run("quiz", "dominated-convergence-theorm", "--plain")
    assert (done.status, done.out) == (2, "")
    assert DCT in done.err


@pytest.mark.parametrize("scope", ["measure-theory", "cybenko-superpositions", "approach:density-theorems", None])
def test_every_sort_of_scope_is_asked(run: Run, scope: str | None) -> None:
    done = run("quiz", *([scope] if scope else []), "--plain", "--count", "1", typed=":skip\n")
    assert done.status == 0
    assert "Question 1 of 1" in done.out


def test_a_scope_without_exercises_says_so(run: Run) -> None:
    done = run("quiz", "mercer-theorem", "--plain")
    assert done.status == 0
    assert "no such exercise" in done.out


@pytest.mark.parametrize("wrong", [("--count", "0"), ("--count", "x"), ("--level", "6")])
def test_numbers_out_of_range_are_refused(run: Run, wrong: tuple[str, str]) -> None:
    done = run("quiz", DCT, "--plain", *wrong)
    assert done.status == 2
    assert wrong[0] in done.err


def test_nothing_is_due_at_first_and_something_is_a_year_later(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nothing is due." in run("review").out
    run("quiz", DCT, "--plain", "--count", "1", typed=f"{right_answer()}\n")
    assert "Nothing is due." in run("review").out
    monkeypatch.setenv("COMPANION_NOW", "2027-03-02T09:00:00+00:00")
    done = run("review", "--plain", typed=":skip\n")
    assert "Question 1 of 1" in done.out


def test_figures_after_a_right_and_a_wrong_answer(run: Run) -> None:
    empty = run("stats", "--json").json
    assert (empty["attempts"], empty["share_correct"], empty["topics"]) == (0, None, 199)
    run("quiz", DCT, "--plain", "--count", "1", typed=f"0\n{right_answer()}\n")
    numbers = run("stats", "--json").json
    assert (numbers["attempts"], numbers["counted"], numbers["share_correct"]) == (2, 2, 0.5)
    shown = run("stats")
    assert shown.status == 0
    assert "50%" in shown.out


LOOKING = [("topics",), ("map",), ("path", DCT), ("stats",), ("why", "no-such")]


@pytest.mark.parametrize("arguments", [*LOOKING, ("review",), ("export",), ("recheck",), ("quiz", "no-such")])
def test_no_command_leaves_the_file_open(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    opened: list[sqlite3.Connection] = []
    connect = opening.connect

    def watched(path: Path) -> sqlite3.Connection:
        opened.append(connect(path))
        return opened[-1]

    monkeypatch.setattr(opening, "connect", watched)
    run(*arguments)
    (connection,) = opened
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_everything_is_exported_as_json_lines(run: Run, tmp_path: Path) -> None:
    run("quiz", DCT, "--plain", "--count", "1", typed="0\n:quit\n")
    done = run("export")
    head, event = done.lines
    assert (head["companion"], head["schema"], head["events"]) == ("events", 1, 1)
    assert (event["kind"], event["payload"]["exercise"], event["payload"]["answer"]) == ("attempt", FIRST, {"value": "0"})
    assert event["time"].startswith("2026-03-02T09:00")
    file = tmp_path / "mine.jsonl"
    written = run("export", str(file))
    assert (written.status, written.out) == (0, "")
    assert file.read_text(encoding="utf-8") == done.out
    again = run("export", str(file))
    assert again.status == 2
    assert str(file) in again.err
    assert file.read_text(encoding="utf-8") == done.out
