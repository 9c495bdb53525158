from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from companion.curriculum.compile import Compiled, compile_pack
from companion.curriculum.model import Area, Prerequisite, Skill, Topic
from companion.curriculum.references import Known
from tests.curriculum.packs import PACK, Folder, line_of, topic


class Below(SimpleNamespace):
    """Content that a pack rests on."""

    def __init__(self) -> None:
        basics = Topic("basics", "Basics", "analysis", 2, (), "o", 45, (Skill("basics/count", "Count."),), (), (), False)
        more = Topic("more", "More", "analysis", 2, (Prerequisite("basics", "w"),), "o", 45, (), (), (), False)
        super().__init__(topics={"basics": basics, "more": more}, areas={"analysis": Area("analysis", "A", "")}, readings={"book": None})


def compiled(pack: Folder) -> Compiled:
    below: Known = Below()
    return compile_pack(pack.path, below)


def told(result: Compiled) -> list[tuple[str, int, str]]:
    return [(Path(problem.file).name, problem.line, problem.field) for problem in result.problems]


CHOICE = """
- id: pick
  skill: do-it
  difficulty: 1
  prompt: Pick.
  choices: [{id: a, text: $x$}, {id: b, text: B}]
  fields:
    - {id: one, kind: choice, answer: a}
    - {id: two, kind: choice, answer: [a, b], multiple: yes}
  mistakes:
    - {try: {one: b}, say: Not that one.}
"""
ORDER = """
- id: prove
  skill: do-it
  difficulty: 1
  prompt: Order.
  fields:
    - id: proof
      kind: order
      answer: [a, b, c]
      blocks: [{id: a, text: A}, {id: b, text: B, needs: [a]}, {id: c, text: C, needs: [a]}]
      distractors: [{id: x, text: X, why: It is false.}]
      accept: [[a, c, b]]
  mistakes:
    - {try: [a, b], when: {missing: c}, say: One is left.}
    - {try: [a, x, b, c], when: {distractor: x}, say: False.}
"""
PLAIN = """
- id: add
  skill: do-it
  uses: [do-it, basics/count]
  difficulty: 1
  prompt: Add.
  params: {p: [1, 2, 3], q: [1, 2]}
  where: p != q
  let: {r: p + q}
  fields:
    - {id: value, kind: expression, answer: '@{r}'}
  needs: [basics]
  follows: pick
"""


def test_a_good_pack_is_compiled_with_full_ids(pack: Folder) -> None:
    pack.topic("one")
    pack.topic("two", topic("two", needs=("one", "more"), level=2, exercises=CHOICE + ORDER + PLAIN))
    pack.write("readings.yaml", "readings: [{id: paper, title: P, authors: A, year: 2000, kind: article, free: yes, needs: [one, basics]}]")
    pack.write(
        "approaches.yaml",
        "approaches: [{id: way, title: W, question: Q, status: active, proved: P, open: O, areas: [things, analysis], "
        "topics: [two, 'core:basics'], readings: [paper, book]}]",
    )
    result = compiled(pack)
    assert result.problems == []
    two = result.topics["mine:two"]
    assert [p.id for p in two.prerequisites] == ["mine:one", "more"]
    assert two.skills[0].id == "mine:two/do-it"
    assert two.minutes == 60
    assert two.written
    assert not result.topics["mine:one"].written
    add = two.exercises[2]
    assert (add.id, add.skill, add.uses, add.variants) == ("mine:two/add", "mine:two/do-it", ("mine:two/do-it", "basics/count"), 4)
    body = result.bodies["mine:two"].exercises
    assert (body[2].follows, body[2].needs) == ("mine:two/pick", ("basics",))
    assert body[0].fields[1].answer == ("a", "b")
    assert [block.is_distractor for block in body[1].fields[0].blocks] == [False, False, False, True]
    assert body[0].mistakes[0].attempt == {"one": "b"}
    assert result.approaches["mine:way"].topics == ("mine:two", "basics")
    assert result.approaches["mine:way"].readings == ("mine:paper", "book")
    assert result.readings["mine:paper"].needs == ("mine:one", "basics")


@pytest.mark.parametrize(
    ("wrong", "field", "word"),
    [
        (CHOICE.replace("skill: do-it", "skill: undo"), "skill", "no skill of this topic `undo`"),
        (CHOICE.replace("answer: a}", "answer: z}"), "fields[0].answer", "no option `z`"),
        (CHOICE.replace(", multiple: yes", ""), "fields[1].answer", "`multiple: yes`"),
        (CHOICE.replace("text: B}", "text: B}, {id: a, text: C}"), "choices[2].id", "given twice"),
        (CHOICE.replace("try: {one: b}", "try: b"), "mistakes[0].try", "mapping from fields"),
        (CHOICE.replace("try: {one: b}", "try: {three: b}"), "mistakes[0].try.three", "no field `three`"),
        (CHOICE.replace("id: two", "id: one"), "fields[1].id", "given twice"),
        (ORDER.replace("answer: [a, b, c]", "answer: [b, a, c]"), "fields[0].answer", "before `a`"),
        (ORDER.replace("answer: [a, b, c]", "answer: [a, b]"), "fields[0].answer", "`c` is missing"),
        (ORDER.replace("[[a, c, b]]", "[[a, x, c, b]]"), "fields[0].accept[0]", "no block `x`"),
        (ORDER.replace("{id: a, text: A}", "{id: a, text: A, needs: [b]}"), "fields[0].blocks", "in a circle"),
        (ORDER.replace("missing: c", "missing: d"), "mistakes[0].when.missing", "no block `d`"),
        (ORDER.replace("distractor: x", "block: b"), "mistakes[1].when", "`block` and `needs`"),
        (PLAIN.replace("follows: pick", "follows: add"), "follows", "no other exercise"),
        (PLAIN.replace("basics/count", "basics/sum"), "uses[1]", "no skill `basics/sum`"),
        (PLAIN.replace("needs: [basics]", "needs: [basic]"), "needs[0]", "no topic `basic`; `basics`, perhaps"),
        (PLAIN.replace("params: {p: [1, 2, 3], q: [1, 2]}", "symbols: {p: real, q: real}"), "where", "expected `params`"),
        (PLAIN.replace("let: {r: p + q", "let: {r: p + q, p: p"), "let.p", "a parameter already"),
        (PLAIN.replace("p != q", "p = 7"), "where", "there are none"),
        (PLAIN.replace("answer: '@{r}'", "answer: '@{r'"), "fields[0].answer", "expected a `}`"),
        (PLAIN.replace("answer: '@{r}'", "answer: '@{s}'"), "fields[0].answer", "`s` cannot be read"),
        (PLAIN.replace("prompt: Add.", "prompt: 'Add @{p +}.'"), "prompt", "`p +` cannot be read"),
        (PLAIN.replace("r: p + q", "r: p/(q-q)"), "let.r", "no value"),
        (PLAIN.replace("[1, 2, 3]", f"[{', '.join(map(str, range(600)))}]"), "params", "at most 1000"),
        (PLAIN.replace("follows: pick", "theorem: fatou"), "theorem", "no theorem"),
    ],
)
def test_what_does_not_fit_inside_a_topic_is_named_with_its_line(pack: Folder, wrong: str, field: str, word: str) -> None:
    index = next(n for n, (good, piece) in enumerate(((CHOICE, "pick"), (ORDER, "prove"), (PLAIN, "add"))) if f"id: {piece}" in wrong)
    exercises = [CHOICE, ORDER, PLAIN]
    exercises[index] = wrong
    text = topic("one", exercises="".join(exercises))
    pack.topic("one", text)
    result = compiled(pack)
    assert [problem.field for problem in result.problems] == [f"exercises[{index}].{field}"]
    assert word in result.problems[0].message
    start = line_of(text, f"id: {('pick', 'prove', 'add')[index]}")
    assert start <= result.problems[0].line <= start + wrong.count("\n")
    assert "mine:one" not in result.topics


def test_names_that_lead_nowhere_are_told_with_their_lines(pack: Folder) -> None:
    text = topic("one", needs=("twoo", "basics"), more="readings: [{work: boook, where: p. 1, confirmed: no}]", level=2)
    pack.topic("one", text.replace("area: things", "area: thing"))
    pack.topic("two")
    pack.write("readings.yaml", "readings:\n  - {id: p, title: P, authors: A, year: 2000, kind: article, free: yes, needs: [gone]}")
    result = compiled(pack)
    assert told(result) == [
        ("readings.yaml", 2, "readings[0].needs[0]"),
        ("one.yaml", 4, "area"),
        ("one.yaml", 4, "area"),
        ("one.yaml", 6, "prerequisites[0].id"),
        ("one.yaml", line_of(text, "readings:"), "readings[0].work"),
    ]
    assert "`two`, perhaps" in result.problems[3].message


def test_a_cycle_is_named_and_its_topics_are_left_out(pack: Folder) -> None:
    pack.topic("one", topic("one", needs=("two",)))
    pack.topic("two", topic("two", needs=("three",)))
    pack.topic("three", topic("three", needs=("one",)))
    pack.topic("four", topic("four", needs=("one",)))
    result = compiled(pack)
    assert len(result.problems) == 1
    assert "mine:one → mine:two → mine:three → mine:one" in result.problems[0].message
    assert result.problems[0].line == 6
    assert set(result.topics) == {"mine:four"}
    assert result.topics["mine:four"].prerequisites == ()


def test_a_falling_level_and_a_redundant_edge_are_warnings(pack: Folder) -> None:
    pack.topic("one", topic("one", level=3))
    pack.topic("two", topic("two", needs=("one",), level=2))
    pack.topic("three", topic("three", needs=("two", "one"), level=3))
    result = compiled(pack)
    assert [(problem.field, problem.warning) for problem in result.problems] == [
        ("prerequisites[1].id", True),
        ("prerequisites[0].id", True),
    ]
    assert "`mine:two` needs `mine:one` already" in result.problems[0].message
    assert "level 3, above this topic's level 2" in result.problems[1].message
    assert len(result.topics) == 3
    assert result.errors == []


def test_a_file_must_be_where_its_id_and_area_say(pack: Folder) -> None:
    pack.write("topics/things/other.yaml", topic("one"))
    pack.write("topics/elsewhere/two.yaml", topic("two"))
    pack.write("topics/stray.yaml", topic("stray"))
    pack.write("topics/things/deep/er.yaml", topic("er"))
    pack.write("topics/things/three.yml", topic("three"))
    pack.write("topics/things/one.yaml", topic("one"))
    problems = compiled(pack).problems
    assert {(Path(p.file).name, p.field) for p in problems} == {
        ("other.yaml", "id"),
        ("two.yaml", "area"),
        ("stray.yaml", ""),
        ("er.yaml", ""),
        ("three.yml", ""),
    }


def test_a_broken_file_is_not_also_reported_as_missing(pack: Folder) -> None:
    pack.topic("one", "schema: [\n")
    pack.topic("two", topic("two", needs=("one",), exercises=PLAIN.replace("basics/count", "one/do-it").replace("  follows: pick\n", "")))
    result = compiled(pack)
    assert told(result) == [("one.yaml", 2, "")]


def test_a_pack_may_not_take_the_place_of_the_shipped_one(pack: Folder) -> None:
    pack.write("pack.yaml", PACK.replace("id: mine", "id: core"))
    pack.topic("one")
    assert [problem.field for problem in compiled(pack).problems] == ["id"]
    assert compile_pack(pack.path).problems == []


def test_a_folder_without_a_pack_file_is_told(tmp_path: Path) -> None:
    assert "pack.yaml" in compile_pack(tmp_path).problems[0].file
    assert "no such folder" in compile_pack(tmp_path / "missing").problems[0].message


def test_the_hash_of_an_exercise_follows_its_content_and_not_its_keeping(pack: Folder) -> None:
    def hash_of(exercises: str) -> str:
        pack.topic("one", topic("one", exercises=exercises))
        result = compiled(pack)
        assert result.problems == []
        return result.bodies["mine:one"].exercises[0].hash

    first = hash_of(CHOICE)
    assert len(first) == 16
    assert hash_of(CHOICE + "  minutes: 9\n  reviewed: by A\n") == first
    assert hash_of("\n".join(["- skill: do-it", "  id: pick", *CHOICE.split("\n")[3:]])) == first
    assert hash_of(CHOICE.replace("Pick.", "Choose.")) != first


def test_a_retired_exercise_can_be_read_and_is_not_offered(pack: Folder) -> None:
    pack.topic("one", topic("one", exercises=CHOICE + "  retired: yes\n"))
    result = compiled(pack)
    assert result.topics["mine:one"].exercises == ()
    assert not result.topics["mine:one"].written
    assert result.bodies["mine:one"].exercises[0].retired


def test_a_linked_folder_is_not_followed(pack: Folder) -> None:
    pack.topic("one")
    (pack.path / "topics" / "loop").symlink_to(pack.path)
    assert set(compiled(pack).topics) == {"mine:one"}
