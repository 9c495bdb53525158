"""The formulas of this room's tests, and what every layout must satisfy."""

from pathlib import Path

from rich.cells import cell_len

from companion.mathtext import Layout

HERE = Path(__file__).parent
FORMULAS = [
    (line.split(" | ", 1)[0], line.split(" | ", 1)[1])
    for line in (HERE / "formulas.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def assert_sound(layout: Layout) -> None:
    """Rows as wide as the layout says, the baseline among them, nothing that a terminal would obey."""
    assert layout.rows
    assert 0 <= layout.baseline < len(layout.rows)
    assert {sum(cell_len(text) for text, _ in row) for row in layout.rows} == {layout.width}
    assert all(text and role for row in layout.rows for text, role in row)
    joined = "".join(text for row in layout.rows for text, _ in row)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or character in "\u202e\u200b\u2066" for character in joined)
