"""Content that somebody else wrote: packs that add topics, and every way in which one can be broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.curriculum.packs import PACK, Folder, line_of, topic

from .conftest import Done, Run

POWER = """\
- id: power
  skill: do-it
  difficulty: 1
  params: {p: [3, 4]}
  prompt: Compute $2^{@{p}}$.
  fields:
    - {id: value, kind: expression, input: a number, answer: '2^@{p}'}
  hints: [Multiply.]
  solution: It is $@{2^p}$.
  mistakes:
    - {try: '2*@{p}', say: You multiplied by the exponent.}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "pack")


def test_a_pack_adds_topics_under_its_own_name(run: Run, pack: Folder) -> None:
    pack.topic("first", topic("first", needs=("hilbert-spaces",), exercises=POWER))
    pack.topic("second", topic("second", needs=("first",)))
    here = ("--pack", str(pack.path))
    alone = {found["id"] for found in run("topics", "--json").json}
    added = {found["id"]: found for found in run(*here, "topics", "--json").json if found["id"] not in alone}
    assert set(added) == {"mine:first", "mine:second"}
    assert added["mine:first"]["prerequisites"] == ["hilbert-spaces"]
    assert added["mine:second"]["prerequisites"] == ["mine:first"]
    order = [step["id"] for step in run(*here, "path", "mine:second", "--json").json["steps"]]
    assert order[-2:] == ["mine:first", "mine:second"]
    assert "hilbert-spaces" in order
    shown = run(*here, "show", "mine:first")
    assert shown.status == 0
    assert "mine:first/power" in shown.out
    without = run("show", "mine:first")
    assert (without.status, without.out) == (2, "")


def test_questions_of_a_pack_are_asked_judged_and_kept(run: Run, pack: Folder) -> None:
    pack.topic("first", topic("first", exercises=POWER))
    here = ("--pack", str(pack.path))
    request = {"id": "one", "exercise": "mine:first/power", "seed": 0, "answer": "1"}
    (reply,) = run(*here, "grade", typed=json.dumps(request) + "\n").lines
    assert (reply["id"], reply["verdict"]) == ("one", "incorrect")
    done = run(*here, "quiz", "mine:first", "--plain", "--count", "1", typed="1\n:quit\n")
    assert "Not right." in done.out
    kept = run("export").lines[1]
    assert kept["payload"]["exercise"] == "mine:first/power"
    assert run("stats", "--json").json["attempts"] == 1  # also without the pack


def test_two_packs_may_be_open(run: Run, pack: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    other.write("pack.yaml", PACK.replace("id: mine", "id: yours"))
    pack.topic("first")
    other.topic("first")
    found = run("--pack", str(pack.path), "--pack", str(other.path), "topics", "first", "--json").json
    assert {"mine:first", "yours:first"} <= {topic["id"] for topic in found}


def test_what_is_left_out_of_a_pack_is_said(run: Run, pack: Folder) -> None:
    pack.topic("sound")
    pack.topic("broken", topic("broken").replace("objective:", "objektive:"))
    done = run("--pack", str(pack.path), "topics", "--json")
    assert done.status == 0
    ids = {found["id"] for found in done.json}
    assert "mine:sound" in ids
    assert "mine:broken" not in ids
    assert "broken.yaml" in done.err


@pytest.mark.parametrize("place", ["nowhere", "empty", "file"])
def test_only_a_folder_with_a_pack_is_opened(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("schema: 1\n", encoding="utf-8")
    done = run("--pack", str(tmp_path / place), "topics", "--json")
    assert (done.status, done.out) == (2, "")
    assert "pack.yaml" in done.err


# ------------------------------------------------------------------ broken packs, one thing at a time

GOOD = topic("first", exercises=POWER)


def broken(name: str) -> tuple[bytes, int]:
    """The text of `first.yaml` with one thing wrong, and the line on which that is."""
    texts: dict[str, tuple[str, str]] = {
        "unknown field": (GOOD.replace("objective:", "objektive:"), "objektive"),
        "missing field": (GOOD.replace("objective: You can do it.\n", ""), "schema"),
        "wrong type": (GOOD.replace("level: 1", "level: low"), "level: low"),
        "unknown prerequisite": (topic("first", needs=("nowhere",)), "nowhere"),
        "its own prerequisite": (topic("first", needs=("first",)), "prerequisites"),
        "unknown skill": (GOOD.replace("skill: do-it", "skill: undo"), "skill: undo"),
        "wrong key": (GOOD.replace("answer: '2^@{p}'", "answer: '2*@{p}'"), "try:"),
        "unreadable key": (GOOD.replace("answer: '2^@{p}'", "answer: '2^('"), "answer:"),
        "bad template": (GOOD.replace("$2^{@{p}}$", "$2^{@{p +}}$"), "prompt:"),
        "bad formula": (GOOD.replace("It is $@{2^p}$", "It is $\\nosuch$"), "solution:"),
        "duplicate key": (GOOD + "level: 2\n", "level: 2"),
        "no YAML": (GOOD + "more: [1, 2\n", "more:"),
        "alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "a: &a"),
        "tag": (GOOD + "more: !!python/object/apply:os.system [echo]\n", "more:"),
        "deep list": ("[" * 100_000, "["),
    }
    text, piece = texts[name]
    return text.encode(), line_of(text, piece)


@pytest.mark.parametrize(
    "name",
    [
        "unknown field",
        "missing field",
        "wrong type",
        "unknown prerequisite",
        "its own prerequisite",
        "unknown skill",
        "wrong key",
        "unreadable key",
        "bad template",
        "bad formula",
        "duplicate key",
        "no YAML",
        "alias bomb",
        "tag",
        "deep list",
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_line(run: Run, pack: Folder, name: str) -> None:
    text, line = broken(name)
    pack.topic("first", text)
    done = run("check", str(pack.path), "--json")
    assert done.status == 1
    errors = [problem for problem in done.json["problems"] if not problem["warning"]]
    assert errors
    where = {(Path(problem["file"]).name, problem["line"]) for problem in errors}
    near = {line, line + 1} if name == "no YAML" else {line}  # where a list is not closed shows only at the end
    assert where & {("first.yaml", number) for number in near}, where
    assert all(problem["message"] and "Traceback" not in problem["message"] for problem in errors)


def test_bytes_that_are_no_text_and_files_too_large_are_named(run: Run, pack: Folder) -> None:
    text = topic("latin").replace("do it", "d\xf6 it")
    pack.topic("latin", text.encode("latin-1"))
    with pack.topic("large").open("r+b") as file:
        file.truncate(50_000_000)
    done = run("check", str(pack.path))
    assert done.status == 1
    assert f"latin.yaml:{line_of(text, 'objective')}:" in done.out
    assert "large.yaml:1:" in done.out


def test_a_circle_is_named(run: Run, pack: Folder) -> None:
    for name, needed in (("hen", "egg"), ("egg", "chick"), ("chick", "hen")):
        pack.topic(name, topic(name, needs=(needed,)))
    done = run("check", str(pack.path), "--json")
    assert done.status == 1
    (circle,) = [problem for problem in done.json["problems"] if "circle" in problem["message"]]
    assert all(name in circle["message"] for name in ("hen", "egg", "chick"))
    assert circle["line"] == line_of(topic("hen", needs=("egg",)), "prerequisites")


def test_the_id_twice_and_a_file_in_the_wrong_place_are_named(run: Run, pack: Folder) -> None:
    pack.topic("first")
    pack.write("topics/other/first.yaml", topic("first"))
    pack.write("topics/loose.yaml", topic("loose"))
    done = run("check", str(pack.path), "--json")
    assert done.status == 1
    named = {Path(problem["file"]).name for problem in done.json["problems"] if not problem["warning"]}
    assert {"first.yaml", "loose.yaml"} <= named


def test_a_pack_file_that_is_not_sound_is_named(run: Run, pack: Folder) -> None:
    pack.topic("first")
    pack.write("pack.yaml", PACK.replace("title: A pack", "title: [A, pack]"))
    done = run("check", str(pack.path))
    assert done.status == 1
    assert "pack.yaml:4:" in done.out


def check_of(run: Run, pack: Folder, text: str) -> Done:
    pack.topic("first", text)
    return run("check", str(pack.path))


def test_what_is_only_worth_a_look_is_no_failure(run: Run, pack: Folder) -> None:
    pack.topic("high", topic("high", level=3))
    done = check_of(run, pack, topic("first", needs=("high",), level=1))
    assert done.status == 0
    assert "(warning)" in done.out


def test_one_problem_is_one_problem(run: Run, pack: Folder) -> None:
    done = check_of(run, pack, topic("first").replace("level: 1", "level: 9"))
    assert done.status == 1
    assert len(done.out.splitlines()) == 2
    assert "1 problem." in done.out
