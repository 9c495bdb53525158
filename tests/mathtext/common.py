"""The formulas of this room's tests, and what every layout must satisfy."""

import re
import unicodedata
from pathlib import Path

from rich.cells import cell_len

from companion.mathtext import Layout

HERE = Path(__file__).parent


def read_formulas(name: str) -> list[tuple[str, str]]:
    """Topic and TeX of every line of a file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(topic, tex) for topic, tex in (line.split(" | ", 1) for line in lines if not line.startswith("#"))]


FORMULAS = read_formulas("formulas.txt")
TUNED = read_formulas("collection/tuned.txt")
HELD_OUT = read_formulas("collection/held_out.txt")
KEPT_BACK = read_formulas("collection/kept_back.txt")
COLLECTION = TUNED + HELD_OUT


def assert_sound(layout: Layout) -> None:
    """Rows as wide as the layout says, the baseline among them, nothing that a terminal would obey."""
    assert layout.rows
    assert 0 <= layout.baseline < len(layout.rows)
    assert {sum(cell_len(text) for text, _ in row) for row in layout.rows} == {layout.width}
    assert all(text and role for row in layout.rows for text, role in row)
    joined = "".join(text for row in layout.rows for text, _ in row)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or character in "\u202e\u200b\u2066" for character in joined)


# What follows needs no table of the engine: it reads the source as text.
_NOT_SHOWN = re.compile(
    r"\\(?:begin|end)\{\w+\*?\}(?:\[\w\])?(?:\{[lcr|:\d]+\})?|\\(?:hspace|label|color)\{[^{}]*\}|\\(?:kern|mkern|mskip|hskip)[\d.]+\w\w"
    r"|\\phantom\{[^{}]*\}|\\vphantom\{[^{}]*\}|\\\\\[[\d.]+\w\w\]|\\(?:re)?newcommand\{\\\w+\}(?:\[\d\])?\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\\def\\\w+(?:#\d)*\{(?:[^{}]|\{[^{}]*\})*\}|\\genfrac(?:\{.?\}|.){2}\{[^{}]*\}\{\d?\}|\\[a-zA-Z]+\*?"
)
_SCRIPT_LETTERS = dict(zip("ᵅᵝᵞᵟᵋᶿᶥᵠᵡᵦᵧᵨᵩᵪ", "αβγδεθιϕχβγρϕχ", strict=True))


def literals(tex: str) -> list[str]:
    """Letters and digits of `tex` that are no part of a command, an environment's name, its columns or a length."""
    return [character for character in _NOT_SHOWN.sub(" ", tex) if character.isalnum()]


def readable(text: str) -> str:
    """`text` with scripts, fractions and letters of special alphabets as plain letters and digits."""
    return unicodedata.normalize("NFKD", "".join(_SCRIPT_LETTERS.get(character, character) for character in text))


def lost(tex: str, text: str) -> list[str]:
    """The letters and digits of `tex` that occur less often in `text`."""
    seen, wanted = readable(text), literals(tex)
    return sorted(character for character in set(wanted) if seen.count(character) < wanted.count(character))
