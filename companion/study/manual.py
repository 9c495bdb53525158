"""The help page, made from the list of actions and the list of marks."""

from __future__ import annotations

from companion.study.actions import ACTIONS, PLACES, Place, actions_for, key_label
from companion.study.marks import GLYPHS, MEANINGS, glyph

TYPING = """\
Type mathematics as you would on one line: `2x e^(-x)`, `sqrt(2)/2`, `x^2/(1+x)`, `|x|`, `alpha`, `oo`. TeX (`\\frac{1}{2}`) and
symbols (`x²`, `½`, `≤`, `∪`) may be mixed in. Sets are `(0, 2]`, `{1, 2}`, `(0, 1) U {2}` or a condition such as `0 < a <= 2`;
lists are `(4, -2, 4)` and `[[1, 2], [3, 4]]`. Under the line stands how it is read: that is what is judged. `log` is the natural
logarithm, and a decimal is exact: `0.1` is one tenth.

What cannot be read, or not be decided, never counts as wrong."""


def keys_page(place: Place, ascii_only: bool = False) -> str:
    """The keys of a place first, then of the other places, then the signs, then how to type an answer; as Markdown."""
    parts = [f"## {PLACES[place]}\n\n{_table(place)}"]
    parts.append(f"## Everywhere\n\n{_table('everywhere')}")
    glyphs = "\n".join(f"| {glyph(mark, ascii_only)} | {MEANINGS[mark]} |" for mark in GLYPHS)
    parts.append(f"## Signs\n\n| sign | meaning |\n|---|---|\n{glyphs}")
    parts.append(f"## Typing an answer\n\n{TYPING}")
    others = [other for other in PLACES if other not in (place, "everywhere") and any(other in action.where for action in ACTIONS)]
    parts += [f"## {PLACES[other]}\n\n{_table(other)}" for other in others]
    return "\n\n".join(parts)


def _table(place: Place) -> str:
    own = [action for action in actions_for(place) if place in action.where]
    rows = "\n".join(f"| {', '.join(key_label(key) for key in action.keys)} | {action.title} | {action.help} |" for action in own)
    return f"| key | action | what it does |\n|---|---|---|\n{rows}"
