"""What a session says, in one voice, for every front end."""

from __future__ import annotations

import json

from companion import __version__
from companion.answers.protocol import JUDGE_VERSION
from companion.study.ladder import Rung
from companion.study.session import State

VERDICTS = {
    "correct": "Right.",
    "incorrect": "Not right.",
    "invalid": "Not read yet: this does not count.",
    "undecided": "Not decided: this does not count.",
}

RUNGS: dict[Rung, str] = {
    "": "",
    "hint": " The same as before, so here is a hint.",
    "point": " The same as before, so here is where it goes wrong.",
    "solution": " The same as before.",
}
"""What follows the verdict on a wrong answer that came again."""

GOING_ON = "Enter: next question. Edit and Enter: try again."


def verdict_words(state: State) -> str:
    """The line that says the verdict, and what can be done now."""
    reply = state.reply
    if reply is None:
        return ""
    if state.disputed:
        return "Disputed: this does not count. Enter: next question."
    if reply.code == "read.empty":
        return ""
    words = VERDICTS[reply.verdict]
    if reply.verdict == "correct":
        how = " Tested at many points, not proved." if reply.certainty == "tested" else ""
        return f"{words}{how} Enter: next question."
    if reply.verdict == "invalid":
        return words
    if reply.verdict == "incorrect":
        words += RUNGS[state.rung]
    return " ".join([words, GOING_ON, *_offers(state), *([state.trouble] if state.trouble else [])])


def _offers(state: State) -> list[str]:
    """The keys that still have something to give."""
    hints_left = state.asked is not None and state.hints < len(state.asked.variant.hints)
    offers = {"F2: hint.": hints_left, "F3: solution.": not state.solution, "F6: dispute.": state.attempt is not None}
    return [offer for offer, holds in offers.items() if holds]


def report_of(state: State) -> str:
    """Everything somebody needs who looks into a disputed verdict, as JSON. Empty if nothing was judged."""
    if state.asked is None or state.reply is None:
        return ""
    report = {
        "exercise": state.asked.exercise.id,
        "hash": state.asked.exercise.hash,
        "seed": state.asked.variant.seed,
        "answer": state.answer,
        "reading": state.reply.reading,
        "verdict": state.reply.verdict,
        "code": state.reply.code,
        "companion": __version__,
        "judge": JUDGE_VERSION,
    }
    return json.dumps(report, ensure_ascii=False, indent=1)
