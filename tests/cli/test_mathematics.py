"""Judging answers and setting formulas for programs."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve

from .conftest import Run

DCT = "dominated-convergence-theorem"
POEM = '{"id": 1, "kind": "poem", "expected": "1", "answer": "1"}'
GARBAGE = ["not json", "[]", "null", "3", '"x"', "{}", '{"id": "g"}', POEM, "[" * 3000, "{" * 3000]
PARTS = {"id", "verdict", "code", "message", "reading", "position", "parts", "certainty", "mistake", "counterexample", "ms"}


def grade(run: Run, *requests: Any) -> list[dict[str, Any]]:
    """The replies to requests; a text is sent as it stands."""
    lines = [request if isinstance(request, str) else json.dumps(request) for request in requests]
    done = run("grade", typed="\n".join(lines) + "\n")
    assert done.status == 0
    assert not done.err
    replies: list[dict[str, Any]] = done.lines
    return replies


def test_every_kind_is_judged_in_order(run: Run) -> None:
    cases = [
        ("expression", "2*sin(x)*cos(x)", "sin(2x)", "correct"),
        ("expression", "pi/2", "pi/3", "incorrect"),
        ("set", "(0, 2)", "(0, 2]", "incorrect"),
        ("relation", "x < 2", "2 > x", "correct"),
        ("list", "(4, -2, 4)", "(4, -2, 4)", "correct"),
        ("expression", "1", "2*(3", "invalid"),
    ]
    requests = [
        {"id": number, "kind": kind, "expected": expected, "answer": answer} for number, (kind, expected, answer, _) in enumerate(cases)
    ]
    replies = grade(run, *requests)
    assert [reply["id"] for reply in replies] == list(range(len(cases)))
    assert [reply["verdict"] for reply in replies] == [verdict for *_, verdict in cases]
    for reply in replies:
        assert set(reply) >= PARTS
    assert replies[5]["position"] is not None
    assert replies[0]["certainty"] in ("proved", "tested")


def test_an_exercise_is_judged_by_its_id_and_seed(run: Run) -> None:
    exercise = f"{DCT}/limit-of-integrals"
    keys = [str(next(iter(resolve(open_catalogue().exercise(exercise), seed).key.values()))) for seed in range(3)]
    requests = [{"id": f"{seed}", "exercise": exercise, "seed": seed, "answer": key} for seed, key in enumerate(keys)]
    wrong = {"id": "w", "exercise": exercise, "seed": 0, "answer": "0"}
    several = f"{DCT}/which-hypothesis-fails"
    fields = {"id": "f", "exercise": several, "answer": resolve(open_catalogue().exercise(several), 0).key}
    replies = grade(run, *requests, wrong, fields)
    assert [reply["verdict"] for reply in replies] == ["correct"] * 3 + ["incorrect", "correct"]
    assert replies[3]["mistake"] == 0
    assert replies[3]["message"]
    assert {part["verdict"] for part in replies[4]["parts"].values()} == {"correct"}


def test_a_line_that_cannot_be_understood_is_answered_and_the_next_one_judged(run: Run) -> None:
    good = {"id": "good", "kind": "expression", "expected": "x+x", "answer": "2x"}
    requests = [line for garbage in GARBAGE for line in (garbage, good)]
    replies = grade(run, *requests)
    assert len(replies) == len(requests)
    for bad, well in zip(replies[::2], replies[1::2], strict=True):
        assert bad["verdict"] == "invalid"
        assert bad["message"]
        assert (well["id"], well["verdict"]) == ("good", "correct")
    below = {"id": 2, "exercise": f"{DCT}/limit-of-integrals", "seed": -3, "answer": "1"}
    unknown = grade(run, {"id": 1, "exercise": "no/such", "answer": "1"}, below)
    assert "no/such" in unknown[0]["message"]
    assert unknown[1]["verdict"] in ("incorrect", "invalid")


def test_bytes_that_are_no_text_are_answered_too(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    done = run("grade", typed="")
    assert (done.status, done.out) == (0, "")
    broken = io.TextIOWrapper(io.BytesIO(b'\xff\xfe{"id": 1}\n\n{"id": 2, "kind": "expression", "expected": "1", "answer": "1"}\n'))
    monkeypatch.setattr(sys, "stdin", broken)
    assert main(["grade"]) == 0
    replies = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [reply["verdict"] for reply in replies] == ["invalid", "correct"]


FRACTION = r"\frac{a+b}{c}\le\int_0^1 x^2\,dx"


def test_a_formula_is_set(run: Run) -> None:
    done = run("render", FRACTION)
    assert done.status == 0
    assert len(done.out.splitlines()) >= 3
    assert "─" in done.out
    flat = run("render", "--inline", FRACTION)
    assert len(flat.out.splitlines()) == 1
    assert "≤" in flat.out
    assert run("render", f"$${FRACTION}$$").out == done.out
    assert run("render", typed=FRACTION).out == done.out


def test_in_ascii_nothing_else_is_printed(run: Run) -> None:
    for tex in (FRACTION, r"\alpha\to\infty,\ \hat f\in\mathcal H,\ \|x\|_2,\ \sqrt{x}, \begin{pmatrix}1&2\\3&4\end{pmatrix}"):
        done = run("render", "--profile", "ascii", tex)
        assert done.status == 0
        assert done.out.isascii()
        assert done.out.strip()


def test_a_file_is_set_as_a_page(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_text("# A title\n\nLet $x_n\\to x$. Then\n\n$$\\frac12$$\n\n[bold]not markup[/bold] [/]\n", encoding="utf-8")
    done = run("render", str(file))
    assert done.status == 0
    assert "xₙ → x" in done.out
    assert "[bold]not markup[/bold] [/]" in done.out
    missing = run("render", str(tmp_path / "gone.md"))
    assert (missing.status, missing.out) == (2, "")
    assert "gone.md" in missing.err


def test_what_cannot_be_set_is_shown_as_it_stands_with_a_remark(run: Run) -> None:
    done = run("render", r"\nosuchcommand{x}")
    assert done.status == 1
    assert "nosuchcommand" in done.out + done.err
    assert done.err


def test_formulas_by_the_line(run: Run) -> None:
    good = {"id": 7, "tex": r"\frac12", "mode": "display"}
    sideways = {**good, "mode": "sideways"}
    lines = [json.dumps(good), "garbage", "[]", '{"id": 1}', '{"id": 2, "tex": 3}', json.dumps(sideways), json.dumps({"tex": "x"})]
    done = run("render", "--jsonl", typed="\n".join(lines) + "\n")
    assert done.status == 0
    replies = done.lines
    assert len(replies) == len(lines)
    assert all(set(reply) == {"id", "rows", "width", "baseline", "warnings"} for reply in replies)
    first = replies[0]
    assert (first["id"], len(first["rows"]), first["baseline"]) == (7, 3, 1)
    assert all(len(row) <= first["width"] for row in first["rows"])
    assert all(reply["warnings"] and not reply["rows"] for reply in replies[1:6])
    assert replies[6]["rows"] == ["x"]
