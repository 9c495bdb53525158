"""`companion recheck`: judges disputed and undecided answers again, and says what changed.

Nothing is rewritten: what the judge says now is a further event, from which
everything else follows again, and which can be undone like any other. Each is
on disk before the next answer is judged, so it may be stopped at any time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Literal

from rich.console import Console
from rich.progress import Progress

from companion.answers.client import Grader
from companion.answers.protocol import JUDGE_VERSION, Given, Question, Reply, Verdict, older
from companion.cli.opening import Desk, open_desk
from companion.curriculum.catalogue import Catalogue
from companion.curriculum.templates import TemplateError
from companion.curriculum.variants import resolve
from companion.learner.events import Attempt, Recheck
from companion.learner.store import Judgement, Store

Outcome = Literal["changed", "same", "kept", "left"]
"""Another verdict; the same; still the old one, as the judge cannot decide now; not judged again."""

PATIENCE = 0.5
"""Seconds after which a bar shows how far it is."""
LONGEST = 40
"""Characters of an answer that are shown."""

WORDS: dict[Verdict, str] = {"correct": "right", "incorrect": "not right", "invalid": "not readable", "undecided": "not decided"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one attempt. `now` is the verdict that holds from now on; `why` says in a sentence why it was left alone or kept."""

    attempt: str
    exercise: str
    seed: int
    answer: dict[str, Given]
    was: Verdict
    now: Verdict
    outcome: Outcome
    disputed: bool
    code: str = ""
    why: str = ""

    @property
    def line(self) -> str:
        """What is said about it, in one line."""
        about = f"{self.exercise} (seed {self.seed}), {_shown(self.answer)}"
        if self.outcome == "changed":
            return f"{about}: was {WORDS[self.was]}, is {WORDS[self.now]} now."
        return f"{about}: {self.why}" if self.why else f"{about}: still {WORDS[self.now]}{', still disputed' if self.disputed else ''}."


def recheck(arguments: argparse.Namespace) -> int:
    """`companion recheck`."""
    desk = open_desk(arguments, writing=True)
    findings: list[Finding] = []
    with desk.store, closing(Grader()) as grader:  # started by the first question, if there is one
        waiting = desk.store.to_judge_again(arguments.all)
        bar = _LateBar(len(waiting), shown=sys.stderr.isatty())
        try:
            with bar:
                for finding in judged_again(waiting, desk.catalogue, desk.store, grader):
                    findings.append(finding)
                    bar.advance()
        except KeyboardInterrupt:
            desk.out.remark("Stopped. What was judged so far is kept.")
            _report(desk, findings, arguments.json)
            return 130
    _report(desk, findings, arguments.json)
    return 0


def judged_again(waiting: list[Judgement], catalogue: Catalogue, store: Store, grader: Grader) -> Iterator[Finding]:
    """Judge each attempt again, and record what is new; what became of each, in order, when it is on disk."""
    for before in waiting:
        question = _question(before, catalogue)
        if isinstance(question, str):
            yield _finding(before, before.verdict, "left", why=question)
            continue
        yield _settled(before, grader.ask(question, dict(before.attempt.answer)), store)


def _question(before: Judgement, catalogue: Catalogue) -> Question | str:
    """The question as it was asked, or why it cannot be asked again.

    Of an exercise that was edited since, nobody knows what exactly was asked: its seed may give other numbers now, so that
    neither verdict would mean anything.
    """
    if before.judge.isdecimal() and int(before.judge) > int(JUDGE_VERSION):
        return "left as it is: a newer companion judged it."
    try:
        exercise = catalogue.exercise(before.attempt.exercise)
        if (exercise.id, exercise.hash) != (before.attempt.exercise, before.attempt.hash):
            return "left as it is: the exercise was edited or renamed since."
        return resolve(exercise, before.attempt.seed).question
    except LookupError:
        return "left as it is: the exercise is not there any more."
    except TemplateError as error:
        return f"left as it is: the exercise cannot be asked any more ({error})."


def _settled(before: Judgement, reply: Reply, store: Store) -> Finding:
    """Record the reply, if it says anything new. A judge that cannot decide takes no decision back."""
    decided = reply.verdict in ("correct", "incorrect")
    if not decided and before.verdict in ("correct", "incorrect"):
        why = f"still {WORDS[before.verdict]}, though the judge could not decide it this time."
        return _finding(before, before.verdict, "kept", reply.code, why)
    if reply.verdict != before.verdict or older(before.judge):
        store.record(Recheck(before.id, reply.verdict, JUDGE_VERSION, reply.code, reply.reading, reply.mistake))
    return _finding(before, reply.verdict, "same" if reply.verdict == before.verdict else "changed", reply.code)


def _finding(before: Judgement, now: Verdict, outcome: Outcome, code: str = "", why: str = "") -> Finding:
    made: Attempt = before.attempt
    answer = dict(made.answer)
    return Finding(before.id, made.exercise, made.seed, answer, before.verdict, now, outcome, before.disputed, code, why)


def _report(desk: Desk, findings: list[Finding], as_json: bool) -> None:
    if as_json:
        desk.out.json({"judge": JUDGE_VERSION, "judged": _count_judged(findings), "results": [asdict(finding) for finding in findings]})
        return
    for finding in findings:
        if finding.outcome != "same" or finding.disputed:
            desk.out.line(finding.line)
    desk.out.line(_summary(findings))


def _count_judged(findings: list[Finding]) -> int:
    return sum(finding.outcome != "left" for finding in findings)


def _summary(findings: list[Finding]) -> str:
    if not findings:
        return "There is nothing to judge again."
    many = Counter(finding.outcome for finding in findings)
    judged = _count_judged(findings)
    words = f"{judged} answer{'' if judged == 1 else 's'} judged again: {many['changed']} changed, {many['same'] + many['kept']} as before"
    return f"{words}; {many['left']} left alone." if many["left"] else f"{words}."


def _shown(answer: dict[str, Given]) -> str:
    """An answer in a few printable characters."""
    text = "; ".join(given if isinstance(given, str) else " ".join(given) for given in answer.values())
    plain = "".join(character if character.isprintable() else " " for character in text).strip()
    return f"“{plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + '…'}”"


class _LateBar:
    """A progress bar on standard error that appears only when the work takes a while, and only where somebody can see it."""

    def __init__(self, total: int, shown: bool) -> None:
        self._progress = Progress(console=Console(stderr=True), transient=True, disable=not shown)
        self._task = self._progress.add_task("Judging again", total=total)
        self._begun = time.monotonic()
        self._started = False

    def __enter__(self) -> _LateBar:
        return self

    def __exit__(self, *details: object) -> None:
        if self._started:
            self._progress.stop()

    def advance(self) -> None:
        """One more is done."""
        self._progress.advance(self._task)
        if not self._started and time.monotonic() - self._begun > PATIENCE:
            self._started = True
            self._progress.start()
