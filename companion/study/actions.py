"""Every action of the companion, once.

Bindings, footer, palette, help page and the README's table of keys are made
from this list, so that a key that is shown is a key that works. An action
belongs to the screens named in `where`; `everywhere` means all of them.

In a text field only function keys and control letters are bound, since letters
are typed there; screens with an answer field therefore use those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Place = Literal[
    "everywhere",
    "today",
    "map",
    "areas",
    "approach",
    "topic",
    "formulas",
    "quiz",
    "symbols",
    "result",
    "path",
    "readings",
    "reading",
    "progress",
    "help",
]

PLACES: dict[Place, str] = {
    "everywhere": "Everywhere",
    "today": "Today",
    "map": "Map of approaches",
    "areas": "Map of areas",
    "approach": "Approach",
    "topic": "Topic",
    "formulas": "Formulas of a page",
    "quiz": "Question",
    "symbols": "Symbols",
    "result": "Result",
    "path": "Path",
    "readings": "Readings",
    "reading": "Work",
    "progress": "Progress",
    "help": "Help",
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do: `keys` in Textual's names, the first one is shown; `footer` says whether the footer lists it."""

    id: str
    title: str
    keys: tuple[str, ...]
    where: tuple[Place, ...]
    help: str
    footer: bool = True


_BROWSING: tuple[Place, ...] = tuple(place for place in PLACES if place not in ("everywhere", "quiz", "symbols"))

ACTIONS: tuple[Action, ...] = (
    Action("back", "Back", ("escape",), ("everywhere",), "Close this screen and return to the one before."),
    Action("palette", "Find", ("ctrl+p",), ("everywhere",), "Find a topic, an approach, a work or an action by a part of its name."),
    Action("help", "Keys", ("f1", "question_mark"), ("everywhere",), "List the keys of this screen and of all others."),
    Action("quit", "Quit", ("ctrl+q",), ("everywhere",), "Leave; everything is kept, also what is typed but not submitted.", footer=False),
    Action("leave", "Quit", ("q",), ("today",), "Leave; everything is kept."),
    Action("open_today", "Today", ("t",), _BROWSING, "Go to Today: what is due and what comes next.", footer=False),
    Action("open_map", "Map", ("m",), _BROWSING, "Go to the map: which approaches exist, and what each needs."),
    Action("open_path", "Path", ("p",), _BROWSING, "Go to the path to your goal."),
    Action("open_readings", "Readings", ("b",), _BROWSING, "Go to the works: books, notes and papers, and what each needs."),
    Action("open_progress", "Progress", ("s",), _BROWSING, "Go to the figures: what is known, due and weak."),
    Action("review", "Review", ("r",), ("today", "progress"), "Answer what is due."),
    Action("switch_map", "Areas/approaches", ("a",), ("map", "areas"), "Switch between approaches by area and areas by level."),
    Action("quiz", "Quiz", ("e",), ("topic", "reading", "path"), "Answer questions on this topic, this work, or this step."),
    Action("make_goal", "Make this my goal", ("g",), ("topic", "approach", "reading"), "Plan the path to this."),
    Action("clear_goal", "Drop the goal", ("x",), ("path",), "Forget the goal; nothing else is lost."),
    Action("mark_known", "I know this", ("i",), ("topic",), "Say that you know this topic, or take that back."),
    Action("unfold", "Unfold", ("o",), ("topic",), "Show the next step of a worked example."),
    Action("formulas", "TeX", ("f",), ("topic", "approach", "reading"), "Show the TeX of each formula on this page, and copy one."),
    Action("copy_tex", "Copy all TeX", ("y",), ("topic", "approach", "reading"), "Copy all formulas of this page as TeX.", footer=False),
    Action("submit", "Submit", ("enter",), ("quiz",), "Have the answer judged; after the verdict, go on to the next question."),
    Action("hint", "Hint", ("f2",), ("quiz",), "Show the next hint."),
    Action("solution", "Solution", ("f3",), ("quiz",), "Show the worked solution; the answer then does not count as known."),
    Action("variant", "Fresh", ("f4",), ("quiz",), "Ask the same with fresh numbers where the exercise has others."),
    Action("skip", "Skip", ("f5",), ("quiz",), "Go to the next question without an answer."),
    Action("dispute", "Dispute", ("f6",), ("quiz",), "Dispute the verdict: it stops counting, and a report is copied for you to send."),
    Action("symbols", "Symbols", ("f7",), ("quiz",), "Look a symbol up and put it where the cursor is."),
    Action("next_field", "Next field", ("tab",), ("quiz",), "Complete a word such as \\al; else go to the next field.", footer=False),
    Action("insert", "Insert", ("enter",), ("symbols",), "Put the symbol under the cursor into the answer."),
    Action("close", "Close", ("escape",), ("symbols",), "Go back to the answer."),
    Action("again", "Again, those not right", ("w",), ("result",), "Ask again what was not answered rightly, with fresh numbers."),
)


def actions_for(place: Place) -> Iterator[Action]:
    """The actions that a screen offers: its own first, then those that hold everywhere."""
    yield from (action for action in ACTIONS if place in action.where)
    yield from (action for action in ACTIONS if "everywhere" in action.where)


def action(identifier: str) -> Action:
    """The action with this id; `KeyError` if there is none."""
    for candidate in ACTIONS:
        if candidate.id == identifier:
            return candidate
    raise KeyError(identifier)


def key_label(key: str) -> str:
    """A key as a person reads it: `ctrl+p` → `Ctrl+P`, `question_mark` → `?`."""
    names = {"question_mark": "?", "escape": "Esc", "enter": "Enter", "tab": "Tab", "slash": "/"}
    if key in names:
        return names[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    return key.upper() if len(key) > 1 else key
