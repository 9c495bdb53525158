"""Completing a word with a backslash, looking symbols up, and that everything offered can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.answers.names import FUNCTIONS, GREEK
from companion.answers.reader import Vocabulary, read
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve
from companion.study.completion import Edit, complete, completions, search, word_before
from companion.study.symbols import Mark, marks_for

OPEN = Vocabulary()
CLOSED = Vocabulary(symbols=frozenset({"x", "alpha", "e"}), functions=frozenset({"f", "sin"}), open=False)


def only(letters: str) -> Mark:
    (found,) = completions(letters, OPEN)
    return found.mark


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("vocabulary", [OPEN, CLOSED], ids=["open", "closed"])
def test_everything_offered_is_read(vocabulary: Vocabulary, ascii_only: bool) -> None:
    for mark in marks_for(vocabulary):
        read(mark.example(ascii_only), vocabulary, mark.kind)
        inserted, place = mark.inserted(ascii_only)
        assert 0 <= place <= len(inserted)
        if ascii_only:
            assert (inserted + mark.label(True) + mark.meaning).isascii()


def test_everything_offered_at_the_shipped_exercises_is_read() -> None:
    catalogue = open_catalogue()
    vocabularies = {
        Vocabulary.of(field.options)
        for topic in catalogue.topics
        for exercise in catalogue.body(topic).exercises
        for field in resolve(exercise, 0).question.fields
    }
    assert vocabularies
    for vocabulary in vocabularies:
        for mark in marks_for(vocabulary):
            read(mark.example(), vocabulary, mark.kind)


def test_functions_letters_and_declared_names_are_offered() -> None:
    words = {mark.word for mark in marks_for(OPEN)}
    assert set(FUNCTIONS) <= words
    assert {"alpha", "Omega", "pi"} <= words
    offered = {mark.shown: mark for mark in marks_for(CLOSED)}
    assert {"x", "f", "α"} <= offered.keys()
    assert "β" not in offered, "a Greek letter that is not declared cannot be read here"
    assert offered["sin"].meaning.startswith("a function of this question")


@pytest.mark.parametrize(
    ("text", "cursor", "word"),
    [
        (r"\al", 3, (0, "al")),
        (r"2\al", 4, (1, "al")),
        (r"2\al+1", 4, (1, "al")),
        ("\\", 1, (0, "")),
        (r"\al ", 4, None),
        ("al", 2, None),
        (r"\\al", 4, None),
        (r"\alpha1", 7, None),
        ("", 0, None),
    ],
)
def test_the_word_before_the_cursor(text: str, cursor: int, word: tuple[int, str] | None) -> None:
    assert word_before(text, cursor) == word


@pytest.mark.parametrize(
    ("letters", "text"), [("al", "α"), ("alpha", "α"), ("leq", "≤"), ("cup", " ∪ "), ("infty", "∞"), ("fr", r"\frac{}{}"), ("Ga", "Γ")]
)
def test_a_word_that_can_only_mean_one_thing(letters: str, text: str) -> None:
    assert only(letters).inserted(ascii_only=False)[0] == text


def test_where_several_fit_the_one_spelled_so_comes_first_and_each_comes_once() -> None:
    found = [choice.command for choice in completions("in", OPEN)]
    assert found[0] == "in"
    assert {"int", "infty", "inf"} <= set(found)
    assert len(found) == len(set(found))
    assert not completions("xyz", OPEN)
    assert len(completions("", OPEN)) > len(GREEK)


def test_a_completion_stands_where_the_word_stood() -> None:
    assert complete(r"2\al+1", 4, only("al")) == Edit("2α+1", 2)
    assert complete(r"2\al+1", 4, only("al"), ascii_only=True) == Edit("2alpha +1", 7)
    assert complete(r"1 \le", 5, only("leq")) == Edit("1 ≤", 3)
    assert complete(r"\frac", 5, only("frac")) == Edit(r"\frac{}{}", 6)
    assert complete("x", 1, only("arcsi")) == Edit("x asin(", 7)


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 10_000), st.booleans())
def test_completing_changes_nothing_but_the_word(text: str, cursor: int, choice: int, ascii_only: bool) -> None:
    cursor = min(cursor, len(text))
    marks = marks_for(OPEN)
    mark = marks[choice % len(marks)]
    word = word_before(text, cursor)
    edit = complete(text, cursor, mark, ascii_only)
    assert edit.text.startswith(text[: word[0] if word else cursor])
    assert edit.text.endswith(text[cursor:])
    assert 0 <= edit.cursor <= len(edit.text) - len(text[cursor:])


def test_symbols_are_found_by_name_command_glyph_and_meaning() -> None:
    marks = marks_for(OPEN)
    for query, shown in (("alpha", "α"), ("union", "∪"), (r"\cup", "∪"), ("≤", "≤"), ("inverse sine", "asin"), ("SQUARE ROOT", "√")):
        assert shown in [mark.shown for mark in search(query, marks)], query
    assert search(" ", marks) == marks
    assert not search("nothing of the kind", marks)
