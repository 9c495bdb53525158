"""The plain front end: a quiz in lines of text, for pipes, dumb terminals and screen readers.

The same session as in the app (`study.session`), driven by lines that are read
and lines that are written; nothing depends on the size or the abilities of a
terminal. A line that begins with a colon is a command.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from companion.answers.protocol import Given
from companion.learner.errors import StoreError
from companion.learner.events import Dispute
from companion.study import session
from companion.study.outcome import outcome_page, score_line
from companion.study.session import Asked, Effect, Event, Planned, State, wrong_ones
from companion.study.words import RUNGS, VERDICTS, report_of

if TYPE_CHECKING:
    from companion.answers.client import Grader
    from companion.curriculum.catalogue import Catalogue
    from companion.curriculum.variants import AskedField
    from companion.learner.store import Store

HELP = """\
Type an answer and Enter. Commands: :hint, :solution, :fresh (other numbers), :skip, :dispute, :quit, :help."""


class Quit(Exception):  # noqa: N818 - not an error: the person has had enough
    """The person leaves the session, or the input ends."""


class PlainQuiz:
    """A session over lines of text. `setting` turns Markdown with mathematics into text."""

    def __init__(
        self, catalogue: Catalogue, store: Store, grader: Grader, setting: Callable[[str], str], lines: TextIO, out: TextIO
    ) -> None:
        self._catalogue, self._store, self._grader = catalogue, store, grader
        self._setting, self._lines, self._out = setting, lines, out
        self._state, self._waiting = session.begin(())

    def run(self, planned: tuple[Planned, ...], title: str) -> State:
        """Ask the questions, and those not answered rightly again as often as wanted; the state in which the last round ended."""
        while planned:
            self._round(planned, title)
            planned = wrong_ones(self._state) if self._state.is_over else ()
            if planned and not self._wants("Again, those not right? y or n: "):
                break
        return self._state

    def _round(self, planned: tuple[Planned, ...], title: str) -> None:
        self._state, self._waiting = session.begin(planned)
        questions = "1 question" if len(planned) == 1 else f"{len(planned)} questions"
        self._say(f"{title}: {questions}. {HELP}")
        try:
            self._work()
            while not self._state.is_over:
                self._one_turn()
        except Quit:
            self._state = session.left(self._state)
            self._say(f"Left before the end. {score_line(self._state)}")
        else:
            self._say(self._setting(outcome_page(self._state)))

    def _wants(self, question: str) -> bool:
        """Whether the person says yes; the end of the input is a no."""
        self._say(question, end="")
        return self._lines.readline().strip().lower() in ("y", "yes")

    # ------------------------------------------------------------------ the session

    def _send(self, event: Event) -> None:
        self._state, effects = session.advance(self._state, event)
        self._waiting = effects
        self._work()

    def _work(self) -> None:
        while self._waiting:
            effects, self._waiting = self._waiting, ()
            for effect in effects:
                self._carry_out(effect)

    def _carry_out(self, effect: Effect) -> None:
        from companion.curriculum.variants import resolve, to_answer

        now = self._store.clock.now
        match effect:
            case session.Load():
                exercise = self._catalogue.exercise(effect.planned.exercise)
                asked = Asked(exercise, resolve(exercise, effect.planned.seed))
                self._send(session.Loaded(asked, now()))
                self._say_question(asked)
            case session.Judge():
                reply = self._grader.ask(effect.variant.question, to_answer(effect.variant, effect.answer))
                self._send(session.Judged(reply, now()))
            case session.Record():
                self._send(self._recorded(effect))
            case session.RecordDispute():
                self._store.record(Dispute(effect.attempt))

    def _recorded(self, effect: session.Record) -> session.Recorded:
        try:
            return session.Recorded(self._store.record(effect.attempt).id)
        except StoreError as error:
            return session.Recorded(None, str(error))

    # ------------------------------------------------------------------ the person

    def _one_turn(self) -> None:
        asked = self._state.asked
        if asked is None:
            raise ValueError("a turn without a question")
        answer: dict[str, Given] = {}
        for field in asked.variant.fields:
            if field not in session.asked_fields(asked, answer):
                continue
            given = self._ask_field(field, len(asked.variant.fields) > 1)
            if given is None:  # a command has changed what is asked
                return
            answer[field.id] = given
        if self._state.phase == "judged":
            self._send(session.Retried())
        self._send(session.Submitted(answer, self._store.clock.now()))
        self._say_verdict(asked)

    def _ask_lines(self, first: str) -> Given:
        """A derivation: the lines up to an empty one."""
        lines = [first]
        while line := self._lines.readline().strip():
            lines.append(line)
        return lines

    def _ask_field(self, field: AskedField, named: bool) -> Given | None:
        while True:
            if named and field.label:
                self._say(self._setting(field.label).rstrip())
            self._say("> ", end="")
            line = self._lines.readline()
            if not line:
                raise Quit
            typed = line.strip()
            if typed.startswith(":"):
                if self._command(typed[1:].strip().lower()):
                    return None
            elif typed:
                return self._ask_lines(typed) if field.kind == "steps" else typed
            elif self._state.phase == "judged":
                self._send(session.Continued())
                return None

    def _command(self, word: str) -> bool:
        """Carry out a command; whether the question on the table is another one now."""
        asked, state = self._state.asked, self._state
        if word in ("quit", "q"):
            raise Quit
        if word in ("hint", "h") and asked is not None:
            self._send(session.HintAsked())
            self._say_hint(asked)
        elif word in ("solution", "s") and asked is not None:
            self._send(session.SolutionAsked())
            self._say(self._setting(f"Solution: {asked.variant.solution}"))
        elif word in ("skip", "next", "n"):
            self._send(session.Continued())
            return True
        elif word in ("fresh", "f"):
            self._send(session.VariantAsked())
            return True
        elif word in ("dispute", "d") and state.phase == "judged" and state.attempt is not None:
            self._send(session.DisputeAsked())
            self._say("The verdict does not count any more. A report to send:\n" + report_of(self._state))
        elif word in ("dispute", "d"):
            self._say("There is no verdict to dispute.")
        else:
            self._say(HELP)
        return False

    # ------------------------------------------------------------------ what is said

    def _say(self, text: str, end: str = "\n") -> None:
        self._out.write(text + end)
        self._out.flush()

    def _say_question(self, asked: Asked) -> None:
        number = self._state.position + 1
        self._say(f"\nQuestion {number} of {len(self._state.planned)}\n{self._setting(asked.variant.prompt)}")
        for field in asked.variant.fields:
            if field is asked.variant.fields[0] or field.choices != asked.variant.fields[0].choices:
                for count, option in enumerate(field.choices, 1):
                    self._say_item(f"{count}. ", option.text)
            for block in field.blocks:
                self._say_item(f"{block.id}. ", block.text)
            if field.kind == "order":
                self._say("Type the letters in order, leaving out what does not belong.")
            elif field.kind == "steps":
                self._say("Type one line below the other; an empty line ends the derivation.")
            elif field.input:
                self._say(f"({self._setting(field.input) if '$' in field.input else field.input})")

    def _say_item(self, lead: str, text: str) -> None:
        """An option or a line of a proof, as many rows as it needs, below each other."""
        for number, row in enumerate(self._setting(text).rstrip().split("\n")):
            self._say(f"  {lead if number == 0 else ' ' * len(lead)}{row}")

    def _say_hint(self, asked: Asked) -> None:
        hints = asked.variant.hints[: self._state.hints]
        self._say(self._setting(f"Hint {len(hints)} of {len(asked.variant.hints)}: {hints[-1]}") if hints else "There is no hint.")

    def _say_verdict(self, asked: Asked) -> None:
        state = self._state
        reply = state.reply
        if reply is None:
            return
        tested = " Tested at many points, not proved." if reply.verdict == "correct" and reply.certainty == "tested" else ""
        repeated = RUNGS[state.rung] if reply.verdict == "incorrect" else ""
        self._say(VERDICTS[reply.verdict] + tested + repeated)
        if reply.reading and reply.verdict != "correct":
            self._say_item("Read as: ", f"${reply.reading}$")
        if reply.message and reply.verdict != "correct":
            self._say(self._setting(reply.message))
        if state.rung == "hint":
            self._say_hint(asked)
        for field in asked.variant.fields:
            part = reply.parts.get(field.id)
            if part is not None and field.label:
                self._say_item(f"{VERDICTS[part.verdict]} ", field.label)
        if state.trouble:
            self._say(state.trouble)
        if state.phase == "judged" and reply.verdict == "correct":
            self._send(session.Continued())
        elif state.phase == "judged":
            self._say("Answer again, or Enter for the next question. :hint, :solution and :dispute help.")
