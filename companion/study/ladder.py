"""What is said when the same wrong answer comes again: never only "wrong" twice.

The rule. A refusal is a repetition when an earlier answer to the same question
(same exercise, same numbers, in this session) was refused and either was the
same answer, or was read the same, or got word for word the same feedback,
which is what an equivalent answer gets. A repetition shows the first of these
rungs that there is:

1. the next hint of the exercise that has not been shown; it counts as a hint;
2. the point where the answer and the right one differ, if the feedback did not name it;
3. the worked solution is offered; it is shown only to who asks for it.

The rung goes into the attempt, so it is on disk before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from companion.answers.protocol import Given, Reply

Rung = Literal["", "hint", "point", "solution"]
"""What a refusal shows beside its feedback; nothing, when it is no repetition."""

Answer: TypeAlias = Mapping[str, Given]

OFFER = "No hint is left. The worked solution shows the way; an answer after it counts as practice."
_INNER = ("block", "option", "value", "count", "length", "shape", "missing")
"""Names in a counterexample that are the judge's own: what they stand for is shown under another name."""
_NAMES = {"element": "`{1}`", "entry": "entry {1}", "line": "line {1}"}

SEEN = "Compare each step with the worked solution: the first that differs is the one to look at."


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that was judged wrong, what the judge said, and the rung that was shown with it."""

    answer: Answer
    reply: Reply
    rung: Rung = ""


def next_rung(earlier: Iterable[Refusal], answer: Answer, reply: Reply, hints_left: bool) -> Rung:
    """The rung for an answer just judged, after the earlier refusals of the same question."""
    before = tuple(earlier)
    if reply.verdict != "incorrect" or not any(_repeats(refusal, answer, reply) for refusal in before):
        return ""
    if hints_left:
        return "hint"
    point_shown = any(refusal.rung == "point" and refusal.reply.counterexample == reply.counterexample for refusal in before)
    return "point" if where(reply) and not point_shown else "solution"


def where(reply: Reply) -> str:
    """Where the answer and the right one differ, as a sentence; empty if the judge named no point, or its message did already."""
    if reply.mistake is None:  # only an author's words take the place of the judge's, which name the point
        return ""
    wrong = next(((name, part) for name, part in reply.parts.items() if part.verdict == "incorrect" and part.message), None)
    if wrong is not None:
        name, part = wrong
        return f"Line {name}: {part.message}" if name.isdecimal() and not part.message.startswith("Line ") else part.message
    point = {name: value for name, value in (reply.counterexample or {}).items() if name not in _INNER}
    named = ", ".join(_NAMES.get(name, "`{0} = {1}`").format(name, value) for name, value in point.items())
    return f"Look at {named}: there your answer and the right one differ." if named else ""


def said(rung: Rung, reply: Reply, solution_seen: bool) -> str:
    """The feedback that is shown: the judge's, and what the rung adds to it."""
    more = where(reply) if rung == "point" else "" if rung != "solution" else SEEN if solution_seen else OFFER
    return f"{reply.message}\n\n{more}".strip() if more else reply.message


def _repeats(refusal: Refusal, answer: Answer, reply: Reply) -> bool:
    if _tidied(refusal.answer) == _tidied(answer):
        return True
    if reply.reading and refusal.reply.reading == reply.reading:
        return True
    return bool(reply.message) and _feedback(refusal.reply) == _feedback(reply)


def _feedback(reply: Reply) -> tuple[str, dict[str, tuple[str, str]]]:
    """What a person is told: of several parts also the verdict and the words on each."""
    return reply.message, {name: (part.verdict, part.message) for name, part in reply.parts.items()}


def _tidied(answer: Answer) -> dict[str, tuple[str, ...]]:
    """An answer whatever its spaces."""
    texts = {name: [given] if isinstance(given, str) else given for name, given in answer.items()}
    return {name: tuple(" ".join(text.split()) for text in given) for name, given in texts.items()}
