from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.curriculum.formulas import Formula, formulas_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no formula", []),
        ("$a$ and\n$b + \\$c$", [Formula("a", "inline", 0), Formula("b + \\$c", "inline", 1)]),
        ("$$\na = b\n$$\n\nthen $$c$$", [Formula("a = b", "display", 0), Formula("c", "display", 4)]),
        ("costs \\$5 and `$code$` and ``$a`$``", []),
        ("text\n```\n$not$ this\n```\n$this$", [Formula("this", "inline", 4)]),
        ("a $ alone", [Formula("", "stray", 0)]),
        ("$a$ and $", [Formula("a", "inline", 0), Formula("", "stray", 0)]),
        ("a ` alone, $x$", [Formula("x", "inline", 0)]),
    ],
)
def test_formulas_are_found_with_their_lines(text: str, found: list[Formula]) -> None:
    assert list(formulas_in(text)) == found


@given(st.lists(st.sampled_from(["$", "$$", "\\$", "`", "```\n", "\n", "x", " "]), max_size=20).map("".join))
def test_any_text_is_read_to_its_end(text: str) -> None:
    for formula in formulas_in(text):
        assert 0 <= formula.line <= text.count("\n")
        assert "$" not in formula.tex.replace("\\$", "")
