"""The help page, made from the list of actions and the list of marks."""

from __future__ import annotations

from companion.study.actions import ACTIONS, PLACES, Action, Place, key_label
from companion.study.marks import GLYPHS, MEANINGS, glyph
from companion.study.verdicts import WORDS, verdict_mark

TYPING = """\
Type mathematics as you would on one line: `2x e^(-x)`, `sqrt(2)/2`, `x^2/(1+x)`, `|x|`, `alpha`, `oo`. TeX (`\\frac{1}{2}`) and
symbols (`x²`, `½`, `≤`, `∪`) may be mixed in. Sets are `(0, 2]`, `{1, 2}`, `(0, 1) U {2}` or a condition such as `0 < a <= 2`;
lists are `(4, -2, 4)` and `[[1, 2], [3, 4]]`. Under the line stands how it is read: that is what is judged. `log` is the natural
logarithm, `sin x/y` is `sin(x)/y`, `1/2x` is `(1/2) x`, `x^2!` is `x^(2!)`, and a decimal is exact: `0.1` is one tenth, so round only
where you are asked to. Write numbers without spaces and commas, without units, and a mixed number as a sum: `2 + 1/2`.

An arrow marks where a text cannot be read, a bracket without its partner is underlined, and what was read before stays, faint. `\\al` and
Tab makes α; F7 lists all that can be typed.

What cannot be read, or not be decided, never counts as wrong. A wrong answer that comes again, also in another form, brings more than
the first time: the next hint, then where it goes wrong, then the offer of the worked solution."""


MOVING = (
    ("Up, Down, j, k", "move in a list or a map; scroll a page"),
    ("Left, Right, h, l", "move in a map; choose among options that stand in one line"),
    ("Page Up, Page Down, Home, End", "move further"),
    ("Enter", "open what is under the cursor"),
    ("Tab, Shift+Tab", "go to the next or the previous part of a screen"),
    ("Tab after \\al", "complete a word with a backslash in an answer; where several fit, Up, Down and Enter choose, Esc closes"),
    ("Up, Down in an answer", "bring back what you answered before in this field; Down returns to what you were typing"),
    ("Enter, Up, Down, Backspace in a derivation", "begin a line (on an empty last line: submit); change lines; join two lines"),
    ("Space, 1 to 9", "choose an option; use a line of a proof or leave it out"),
    ("Shift+Up, Shift+Down", "carry a line of a proof"),
)
"""Keys that lists, maps and fields have of themselves."""


def keys_page(place: Place, ascii_only: bool = False) -> str:
    """The keys of a place first, then those that hold everywhere, the signs, how to type an answer, the other places; as Markdown."""
    parts = [f"## {PLACES[place]}\n\n{_table(place)}"]
    moving = "\n".join(f"| {keys} | {what} |" for keys, what in MOVING)
    parts.append(f"## Moving\n\n| keys | what they do |\n|---|---|\n{moving}")
    parts.append(f"## Everywhere\n\n{_table('everywhere')}")
    parts.append(f"## Everywhere but in a question\n\n{_rows(_BROWSING)}")
    glyphs = "\n".join(f"| {glyph(mark, ascii_only)} | {MEANINGS[mark]} |" for mark in GLYPHS)
    parts.append(f"## Signs\n\n| sign | meaning of it at a topic |\n|---|---|\n{glyphs}")
    needs = [(glyph("ready", ascii_only), "needed"), (glyph("started", ascii_only), "needed, some of it known")]
    needs += [(glyph("known", ascii_only), "needed, all of it known"), (".", "not needed")]
    areas = "\n".join(f"| {sign} | {what} |" for sign, what in needs)
    parts.append(f"On the map of approaches, where a column is an area:\n\n| sign | meaning of it at an area |\n|---|---|\n{areas}")
    verdicts = ", ".join(verdict_mark(verdict, ascii_only) for verdict in WORDS)
    parts.append(f"## Typing an answer\n\n{TYPING}\n\nA part or a line that was judged has a sign: {verdicts}.")
    others = [other for other in PLACES if other not in (place, "everywhere") and any(other in action.where for action in ACTIONS)]
    parts += [f"## {PLACES[other]}\n\n{_table(other)}" for other in others]
    return "\n\n".join(parts)


_BROWSING = [action for action in ACTIONS if action.id.startswith("open_")]


def _table(place: Place) -> str:
    return _rows([action for action in ACTIONS if place in action.where and action not in _BROWSING])


def _rows(own: list[Action]) -> str:
    rows = "\n".join(f"| {', '.join(key_label(key) for key in action.keys)} | {action.title} | {action.help} |" for action in own)
    return f"| key | action | what it does |\n|---|---|---|\n{rows}"
