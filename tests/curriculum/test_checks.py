from __future__ import annotations

from pathlib import Path

import pytest

from companion.curriculum import checks
from companion.curriculum.checks import Report, check
from tests.curriculum.packs import AREAS, PACK, Folder, line_of, topic

GOOD = r"""
- id: power
  skill: do-it
  difficulty: 2
  symbols: {x: real}
  params: {p: [2, 3]}
  prompt: Differentiate $x^{@{p}}$ in $\R$.
  fields:
    - {id: value, kind: expression, answer: '@{p}*x^(@{p}-1)', accept: ['@{p} x^@{p}/x']}
  hints: ['The exponent is $@{p}$.']
  solution: $@{p}x^{@{p-1}}$.
  mistakes:
    - {try: 'x^(@{p}-1)', say: 'The factor $@{p}$ is missing.'}
    - {try: '@{p}*x^@{p}', say: The exponent falls by one.}
- id: pick
  skill: do-it
  difficulty: 1
  prompt: Which is even?
  choices: [{id: two, text: $2$}, {id: three, text: $3$}]
  fields:
    - {id: even, kind: choice, answer: two}
  mistakes:
    - {try: three, say: $3=2+1$.}
"""


def write(pack: Folder, exercises: str) -> str:
    """The shipped content is not needed for these tests: the pack stands for it."""
    pack.write("pack.yaml", PACK.replace("id: mine", "id: core"))
    text = topic("one", exercises=exercises)
    pack.topic("one", text)
    return text


def places(report: Report) -> list[tuple[str, int, str]]:
    return [(Path(problem.file).name, problem.line, problem.field) for problem in report.problems]


def test_good_content_has_no_problem_and_everything_is_counted(pack: Folder) -> None:
    write(pack, GOOD)
    progress: list[tuple[int, int]] = []
    report = check(pack.path, lambda done, of: progress.append((done, of)))
    assert report.problems == ()
    assert report.is_clean
    assert (report.topics, report.exercises) == (1, 2)
    assert report.formulas > 10
    assert progress[-1] == (3, 3)
    again = check(pack.path)
    assert again == report


KEY = "answer: '@{p}*x^(@{p}-1)'"
FIRST, SECOND = "exercises[0]", "exercises[1]"


def test_what_was_found_right_is_not_judged_again(pack: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CACHE", str(tmp_path / "cache"))
    text = write(pack, GOOD)
    first = check(pack.path)
    monkeypatch.setattr(checks._Graders, "ask", lambda *_: pytest.fail("the judge was asked"))
    assert check(pack.path) == first
    pack.topic("one", text.replace("The exponent falls by one.", "Subtract one."))
    with pytest.raises(pytest.fail.Exception):
        check(pack.path)


def test_a_check_does_without_a_writable_cache(pack: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMPANION_CACHE", str(tmp_path / "file" / "cache"))
    write(pack, "".join(GOOD.partition("- id: pick")[1:]))
    assert check(pack.path).problems == ()


@pytest.mark.parametrize(
    ("right", "wrong", "piece", "field", "word"),
    [
        (KEY, "answer: '@{p}*x^@{p}'", KEY[:16], f"{FIRST}.fields[0].accept[0]", "expected a right answer"),
        (KEY, "answer: '@{p}*x^('", KEY[:16], f"{FIRST}.fields[0].answer", "the key is judged"),
        (KEY, "answer: '@{p}*x^(@{p}-1)/(@{p}-@{p})'", KEY[:16], f"{FIRST}.fields[0].answer", "the key is judged"),
        ("try: 'x^(@{p}-1)'", f"try: {KEY[8:]}", f"try: {KEY[8:]}", f"{FIRST}.mistakes[0].try", "it is judged right"),
        ("try: '@{p}*x^@{p}'", "try: 'x^(@{p}-1)'", "say: The exponent", f"{FIRST}.mistakes[1].try", "message of mistake 1"),
        ("say: The exp", "when: {code: read}, say: The exp", "code: read", f"{FIRST}.mistakes[1].try", "`when` does not hold"),
        ("$@{p}x^{@{p-1}}$", "$@{p}x^{@{p-1}}\\nosuch$", "solution", f"{FIRST}.solution", "not set cleanly"),
        ("hints: ['The exponent is $@{p}$.']", "hints: ['$@{1/(p-2)}$']", "hints", f"{FIRST}.hints[0]", "no value"),
        ("skill: do-it", "skill: undo", "skill: undo", f"{FIRST}.skill", "no skill"),
        ("Which is even?", "Which is $even?", "Which is", f"{SECOND}.prompt", "dollar sign"),
        ("try: three", "try: four", "try: four", f"{SECOND}.mistakes[0].try", "judged invalid"),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(pack: Folder, right: str, wrong: str, piece: str, field: str, word: str) -> None:
    assert right in GOOD
    text = write(pack, GOOD.replace(right, wrong, 1))
    report = check(pack.path)
    assert not report.is_clean
    found = [problem for problem in report.problems if problem.field == field]
    assert found, report.problems
    assert word in found[0].message
    assert found[0].line == line_of(text, piece)


def test_a_kind_that_cannot_be_judged_yet_is_told(pack: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.curriculum.judging.JUDGED", ("expression",))
    exercise = "- {id: derive, skill: do-it, difficulty: 1, prompt: Derive., fields: [{id: a, kind: steps, answer: [x, x]}]}\n"
    write(pack, exercise)
    report = check(pack.path)
    assert [problem.field for problem in report.problems] == ["exercises[0].fields[0].kind"]
    assert "cannot be judged yet" in report.problems[0].message


def test_a_formula_in_the_notes_is_named_with_its_own_line(pack: Folder) -> None:
    text = write(pack, GOOD).replace("notes: Some $x$.", "notes: |\n  First.\n\n  Then $\\nosuch$, `$\\code$`.\n")
    pack.topic("one", text)
    report = check(pack.path)
    assert places(report) == [("one.yaml", line_of(text, "Then"), "notes")]


def test_every_way_to_break_a_pack_is_told_at_once_with_file_and_line(pack: Folder) -> None:
    good = write(pack, GOOD)
    pack.write("areas.yaml", AREAS)
    pack.topic("wrong-field", topic("wrong-field").replace("objective:", "objektive:"))
    pack.topic("unknown", topic("unknown", needs=("nowhere",)))
    pack.topic("chicken", topic("chicken", needs=("egg",)))
    pack.topic("egg", topic("egg", needs=("chicken",)))
    pack.topic("wrong-key", good.replace("id: one", "id: wrong-key").replace("answer: two", "answer: three"))
    pack.topic("double", topic("double") + "level: 2\n")
    pack.topic("bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    pack.topic("deep", "[" * 100_000)
    pack.topic("latin", topic("latin").replace("do it", "d\xf6 it").encode("latin-1"))
    with pack.topic("large").open("r+b") as file:
        file.truncate(50_000_000)
    pack.topic("template", good.replace("id: one", "id: template").replace("$x^{@{p}}$", "$x^{@{p +}}$"))
    report = check(pack.path)
    told = {(Path(problem.file).stem, problem.line) for problem in report.problems if not problem.warning}
    assert {
        ("wrong-field", 7),
        ("unknown", 6),
        ("wrong-key", line_of(good, "try: three")),
        ("double", 9),
        ("bomb", 1),
        ("bomb", 2),
        ("bomb", 3),
        ("deep", 1),
        ("latin", 7),
        ("large", 1),
        ("template", line_of(good, "prompt: Differ")),
    } <= told
    assert ("chicken", 6) in told or ("egg", 6) in told
    assert list(report.problems) == sorted(report.problems)


def test_one_file_of_a_pack_is_checked_alone(pack: Folder) -> None:
    write(pack, GOOD)
    pack.topic("two", topic("two").replace("level: 1", "level: 7"))
    assert check(pack.path / "topics/things/one.yaml").problems == ()
    assert places(check(pack.path / "topics/things/two.yaml")) == [("two.yaml", 5, "level")]


def test_a_file_outside_of_any_pack_is_checked_against_the_shipped_content(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    text = topic("draft", needs=("nowhere",), exercises=GOOD.replace(r"\R", r"\mathbb{R}"))
    path.write_text(text.replace("area: things", "area: real-analysis"))
    report = check(path)
    assert places(report) == [("draft.yaml", 6, "prerequisites[0].id")]
    assert report.exercises == 2


def test_a_pack_beside_the_shipped_one_may_use_its_topics(pack: Folder) -> None:
    pack.topic("one", topic("one", needs=("vector-spaces-and-linear-maps",), exercises=GOOD))
    assert check(pack.path).problems == ()


def test_what_is_not_there_is_told_with_what_may_be_meant() -> None:
    with pytest.raises(LookupError, match="Perhaps pagerank"):
        check("page-rank")


def test_derivations_are_judged_and_their_mistakes_known_by_line(pack: Folder) -> None:
    exercise = (
        "- id: derive\n  skill: do-it\n  difficulty: 1\n  symbols: {x: real}\n  prompt: Derive.\n"
        "  fields: [{id: a, kind: steps, min_lines: 2, answer: ['(x+1)^2', = x^2+2*x+1], accept: [['(x+1)^2', x^2+x+x+1]]}]\n"
        "  mistakes:\n"
        "    - {try: ['(x+1)^2', x^2+1], when: {line: 2}, say: The middle term is missing.}\n"
        "    - {try: [x^2+2*x+1], when: {code: steps.short}, say: Show how.}\n"
        "    - {try: ['(x-1)^2', x^2-2*x+1], say: Not this one.}\n"
    )
    write(pack, exercise)
    assert check(pack.path).problems == ()


def test_a_derivation_without_a_key_is_judged_by_itself(pack: Folder) -> None:
    exercise = (
        "- id: derive\n  skill: do-it\n  difficulty: 1\n  symbols: {x: real}\n  prompt: Derive.\n"
        "  fields: [{id: a, kind: steps, answer: null, accept: [[x^2 = 1, x = 1 or x = -1]]}]\n"
        "  mistakes: [{try: [x^2 = 1, x = 1], when: {code: steps.lost}, say: And the other one?}]\n"
    )
    write(pack, exercise)
    assert check(pack.path).problems == ()
