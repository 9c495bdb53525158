"""How a quiz in lines of text ends, and what is true about it afterwards."""

from __future__ import annotations

import io
import json
import sys

import pytest

from companion.cli import main
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve

from .conftest import Run

DCT = "dominated-convergence-theorem"
FIRST = f"{DCT}/limit-of-integrals"


def key(seed: int = 0) -> str:
    return str(resolve(open_catalogue().exercise(FIRST), seed).key["value"])


def test_a_wrong_answer_counts_also_when_one_leaves_after_it(run: Run) -> None:
    done = run("quiz", DCT, "--plain", typed="0\n")
    assert "Not right." in done.out
    assert run("stats", "--json").json["counted"] == 1
    assert "0 of 1 right at the first attempt." in done.out
    assert "No answer was counted." not in done.out


def test_what_was_not_right_is_asked_again_if_one_likes(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed=f"0\n\ny\n{key(1)}\n")
    ending = done.out.partition("0 of 1 right at the first attempt.")[2]
    assert ending.index("Solution.") < ending.index("Question 1 of 1") < ending.index("1 of 1 right at the first attempt.")
    kept = [event["payload"] for event in run("export").lines[1:]]
    assert [(attempt["seed"], attempt["verdict"]) for attempt in kept] == [(0, "incorrect"), (1, "correct")]
    enough = run("quiz", DCT, "--plain", "--count", "1", typed="0\n\nn\n")
    assert enough.out.count("Question 1 of 1") == 1


def test_each_wrong_answer_is_shown_with_its_correction(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "2", typed="0\n\n:skip\n")
    assert done.status == 0
    ending = done.out.partition("0 of 1 right at the first attempt.")[2]
    assert "You answered: 0" in ending
    assert "You did not answer this one." in ending
    assert ending.count("Solution.") == 2


def test_fresh_numbers_have_another_key(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed=f":fresh\n{key(1)}\n")
    assert done.status == 0
    assert "1 of 1 right at the first attempt." in done.out
    (kept,) = run("export").lines[1:]
    assert (kept["payload"]["seed"], kept["payload"]["verdict"]) == (1, "correct")


def test_a_dispute_is_in_the_export(run: Run) -> None:
    run("quiz", DCT, "--plain", "--count", "1", typed="0\n:dispute\n:dispute\n:quit\n")
    attempt, *disputes = run("export").lines[1:]
    assert attempt["payload"]["verdict"] == "incorrect"
    assert [(event["kind"], event["payload"]["attempt"]) for event in disputes] == [("dispute", attempt["id"])]
    assert run("stats", "--json").json["counted"] == 0


def test_only_questions_of_the_level_are_asked(run: Run) -> None:
    of_level = {exercise.id: exercise.difficulty for exercise in open_catalogue().topics[DCT].exercises}
    run("quiz", DCT, "--plain", "--level", "2", typed="0\n:skip\n" * len(of_level))
    asked = {line["payload"]["exercise"] for line in run("export").lines[1:] if line["kind"] == "attempt"}
    assert {of_level[exercise] for exercise in asked} == {2}
    unused = min({1, 2, 3, 4, 5} - set(of_level.values()))
    assert run("quiz", DCT, "--plain", "--level", str(unused)).out.startswith("There is nothing to ask")


HOSTILE = ["[red]x[/red]", "__import__('os')", "\x1b[2J", "9" * 5000, "(" * 2000, "\\input{/etc/passwd}", "²³¼½", "9^9^9^9^9"]


def test_hostile_answers_end_nothing(run: Run) -> None:
    done = run("quiz", DCT, "--plain", "--count", "1", typed="\n".join([*HOSTILE, ":skip"]) + "\n")
    assert done.status == 0
    assert "\x1b" not in done.out
    assert done.out.count("does not count") + done.out.count("Not right.") == len(HOSTILE)


def test_an_unknown_word_in_a_request_is_named_in_either_form(run: Run) -> None:
    short = {"id": 1, "kind": "expression", "expected": "1", "answer": "1", "sede": 3}
    named = {"id": 2, "exercise": FIRST, "answer": "1", "sede": 3}
    replies = run("grade", typed=f"{json.dumps(short)}\n{json.dumps(named)}\n").lines
    assert [(reply["id"], reply["verdict"]) for reply in replies] == [(1, "invalid"), (2, "invalid")]
    assert all("sede" in reply["message"] for reply in replies)


@pytest.mark.parametrize("line", [b'\xff\xfe{"id": 1}', b'{"id": 1, "answer": ' + b"9" * 5000 + b"}"])
def test_the_reason_is_a_sentence_for_people(monkeypatch: pytest.MonkeyPatch, line: bytes) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line + b"\n")))
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["grade"]) == 0
    reply = json.loads(out.getvalue())
    assert reply["verdict"] == "invalid"
    assert not any(word in reply["message"] for word in ("codec", "sys.", "limit ("))
