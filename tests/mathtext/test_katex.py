"""How much of what KaTeX supports is laid out: the list of its commands, each with TeX that uses it."""

from companion.mathtext import render

from .common import HERE, readable

# Other glyphs for the same thing, and capitals that look like Latin ones.
SAME = {
    "⋅": "·", "∥": "‖", "∣": "|", "⊲": "◁", "⊳": "▷", "◃": "◁", "▹": "▷", "∗": "*", "⟮": "(", "⟯": ")", "◊": "◇", "≆": "≇", "∷=": "⩴",
    "\\": "∖", ":−": "≔", "A˚": "Å", "a˚": "å", "∹": "−:",
}
LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX")


def is_laid_out(tex: str, glyph: str) -> bool:
    for layout in (render(tex, "display"), render(tex, "inline")):
        text = layout.to_text()
        if layout.warnings or not layout.width:
            return False
        if glyph and glyph not in readable(text).translate(LATIN) and glyph not in text and SAME.get(glyph, "none") not in text:
            return False
    return True


def test_most_commands_are_laid_out() -> None:
    lines = [line.split(" | ") for line in (HERE / "katex_commands.txt").read_text(encoding="utf-8").splitlines()[1:]]
    commands = {line[0]: (line[1].removesuffix(" |"), "".join(line[2:]).strip()) for line in lines}
    missing = [name for name, (tex, glyph) in commands.items() if not is_laid_out(tex, glyph)]
    assert len(commands) >= 900
    assert 1 - len(missing) / len(commands) >= 0.99, missing
