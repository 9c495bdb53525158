"""The closed vocabulary of properties in content files."""

from __future__ import annotations

import pytest

from companion.curriculum.compile import compile_pack
from companion.curriculum.places import content_folder
from tests.curriculum.packs import Folder, line_of, topic

EXERCISE = """
- id: make
  skill: do-it
  difficulty: 1
  symbols: {x: real}
  prompt: Give a convex function.
  fields:
    - id: f
      kind: object
      answer: x^2
      properties:
        - {id: shape, property: convex, over: 0 < x < 1}
"""


def test_a_known_property_with_its_arguments_is_all_right(pack: Folder) -> None:
    pack.topic("one", topic("one", exercises=EXERCISE))
    assert compile_pack(pack.path, compile_pack(content_folder())).problems == []


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("property: convex", "property: konvex", "expected one of"),
        ("over: 0 < x < 1", "on: 0 < x < 1", "has no argument `on`"),
        (", over: 0 < x < 1", "", "needs the argument `over`"),
        ("over: 0 < x < 1", "over: [0, 1]", "expected a text"),
        ("over: 0 < x < 1", "over: 0 < x < 1, holds: maybe", "yes, no"),
    ],
)
def test_what_is_not_in_the_vocabulary_is_told_with_its_line(pack: Folder, right: str, wrong: str, word: str) -> None:
    text = topic("one", exercises=EXERCISE.replace(right, wrong))
    pack.topic("one", text)
    (problem,) = compile_pack(pack.path, compile_pack(content_folder())).problems
    assert word in problem.message
    assert problem.line == line_of(text, "id: shape")
