from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.curriculum.source import MAX_DEPTH, Source, Tree, dotted, read_source


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def source_of(folder: Path, text: str) -> Source:
    source, problems = read_source(written(folder, text))
    assert source is not None
    assert problems == []
    return source


@pytest.mark.parametrize("word", ["no", "yes", "1/2", "0.10", "12:30", "null", "~", "2026-01-01", "0x10", "1e3", "<<"])
def test_every_scalar_stays_the_text_it_is(tmp_path: Path, word: str) -> None:
    assert source_of(tmp_path, f"a: {word}\n{word}: b\n").tree == {"a": word, word: "b"}


def test_an_empty_scalar_is_the_empty_text(tmp_path: Path) -> None:
    assert source_of(tmp_path, "a:\nb: ''\nc:\n  -\n").tree == {"a": "", "b": "", "c": [""]}


def test_lines_of_keys_items_and_block_texts(tmp_path: Path) -> None:
    source = source_of(tmp_path, "a:\n  - x\n  - {b: 1,\n     c: 2}\nnotes: |\n  first\n\n  third\n")
    assert [source.line(place) for place in (("a",), ("a", 0), ("a", 1), ("a", 1, "c"), ("notes",))] == [1, 2, 3, 4, 5]
    assert source.line(("notes",), 0) == 6
    assert source.line(("notes",), 2) == 8
    assert source.line(("a", 1, "missing")) == 3


def test_places_are_written_with_dots() -> None:
    assert dotted(("exercises", 2, "fields", 0, "answer")) == "exercises[2].fields[0].answer"
    assert dotted(()) == ""


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "twice (first on line 1)"),
        ("a: &x 1\n", 1, "Anchors"),
        ("a: 1\nb: *x\n", 2, "Aliases"),
        ("a: !!python/object:os.system x\n", 1, "Tags"),
        ("a: !foo [1]\n", 1, "Tags"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\nb: [1,\n", 3, "not YAML"),
        ("? [a]\n: b\n", 1, "key must be plain text"),
        ("a: 1\n{x: 1}: b\n", 2, "key must be plain text"),
        ("a: 1\nb: \x07\n", 2, "control character"),
        ('a: 1\nb: "\\x1b[31m"\n', 2, "control character"),
        ("a: 1\nb: \t- x\n\t c: d\n", 2, "not YAML"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    _, problems = read_source(written(tmp_path, text))
    assert word in problems[0].message
    assert problems[0].line == line


def test_of_a_key_given_twice_the_first_value_stays_and_reading_goes_on(tmp_path: Path) -> None:
    source, problems = read_source(written(tmp_path, "a: 1\na: {b: [2]}\nc: 3\nc: 4\n"))
    assert source is not None
    assert source.tree == {"a": "1", "c": "3"}
    assert [problem.line for problem in problems] == [2, 4]


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    source, problems = read_source(written(tmp_path, b"a: 1\nb: \xff\n"))
    assert source is None
    assert (problems[0].line, "not UTF-8" in problems[0].message) == (2, True)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_deep_file_is_refused_without_recursion(tmp_path: Path, opening: str) -> None:
    source, problems = read_source(written(tmp_path, opening * 100_000))
    assert source is None
    assert len(problems) == 1
    assert "nested deeper" in problems[0].message or "key must be plain text" in problems[0].message


def test_the_greatest_depth_is_allowed(tmp_path: Path) -> None:
    assert source_of(tmp_path, "[" * MAX_DEPTH + "]" * MAX_DEPTH).tree


def test_an_alias_bomb_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    source, problems = read_source(written(tmp_path, "\n".join(lines)))
    assert source is None
    assert len(problems) <= 70
    assert {problem.line for problem in problems} >= {1, 2, 3}


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    source, problems = read_source(path)
    assert source is None
    assert "50.0 MB" in problems[0].message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yaml", Path("/dev/zero")):
        source, problems = read_source(path)
        assert source is None
        assert len(problems) == 1


TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text("abcé ", max_size=4), children, max_size=3),
    max_leaves=12,
)


def flow(tree: Tree) -> str:
    if isinstance(tree, str):
        return "'" + tree.replace("'", "''") + "'"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in tree.items()) + "}"


@given(TREES)
def test_a_tree_written_in_yaml_is_read_back(tmp_path_factory: pytest.TempPathFactory, tree: Tree) -> None:
    source, problems = read_source(written(tmp_path_factory.mktemp("tree"), flow(tree)))
    assert problems == []
    assert source is not None
    assert source.tree == tree


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"\n ,?#%@`"), max_size=40))
def test_any_text_gives_a_tree_or_a_problem(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    source, problems = read_source(written(tmp_path_factory.mktemp("any"), text))
    assert source is not None or problems
