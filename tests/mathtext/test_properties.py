import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from companion.mathtext import render

from .common import COLLECTION, FORMULAS, assert_sound, readable
from .test_parser import soup

# A group ends the reach of a switch; a tag and a row end belong to the whole.
_WHOLE = re.compile(r"\\(?:begin|bf|cal|it|rm|over|choose|displaystyle|textstyle|newcommand|def|tag)\b|&")
SOURCES = [tex for _, tex in FORMULAS + COLLECTION if not _WHOLE.search(tex)]
sources = st.sampled_from(SOURCES)


def characters(tex: str) -> list[str]:
    return sorted(character for character in readable(render(tex).to_text()) if character.isalnum())


@given(sources, sources)
def test_a_concatenation_keeps_the_characters_of_both_parts(first: str, second: str) -> None:
    assert characters(f"{{{first}}}\\quad{{{second}}}") == sorted(characters(f"{{{first}}}") + characters(f"{{{second}}}"))


@given(sources, sources)
def test_baselines_align(first: str, second: str) -> None:
    """What stands in the baseline row of the parts stands, in order, in that of the whole; the height is no larger than needed."""
    parts = [render(f"{{{tex}}}") for tex in (first, second)]
    whole = render(f"{{{first}}}\\quad{{{second}}}")
    assert whole.baseline == max(part.baseline for part in parts)
    assert len(whole.rows) == whole.baseline + 1 + max(len(part.rows) - 1 - part.baseline for part in parts)
    row = "".join(text for text, _ in whole.rows[whole.baseline])
    lefts = ["".join(text for text, _ in part.rows[part.baseline]).strip() for part in parts]
    assert row.strip().startswith(lefts[0])
    assert row.rstrip().endswith(lefts[1])


@given(sources, st.integers(10, 120), st.sampled_from(["full", "safe", "ascii"]))
def test_widths_are_what_is_claimed(tex: str, width: int, profile: str) -> None:
    layout = render(tex, width=width, profile="ascii" if profile == "ascii" else "safe" if profile == "safe" else "full")
    assert_sound(layout)
    assert max(cell_len(line) for line in layout.to_text().split("\n")) <= layout.width


@given(soup)
def test_grouping_does_not_change_what_is_shown(tex: str) -> None:
    assert_sound(render(f"{{{tex}}}"))
