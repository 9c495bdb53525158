"""A quiz as a pure function: `advance(state, event)` gives the next state and the effects to carry out.

The front ends (the app and the plain one) turn what a person does into events
and carry out the effects: ask the judge, write to disk, fetch a question. The
order of things is decided here and nowhere else; above all that a verdict is
*shown* (`phase == "judged"`) only after the attempt is on disk.

    asking ─Submitted→ judging ─Judged→ recording ─Recorded→ judged ─Continued→ asking … finished

A wrong answer that comes again is answered with more than before: see `study.ladder`. What it adds is in the state when the
verdict is shown: one more of the `hints`, or words in the reply's message; `rung` names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from companion.answers.protocol import JUDGE_VERSION, Given, Reply, blank_fields, is_asked
from companion.curriculum.model import Exercise
from companion.curriculum.variants import AskedField, Variant, to_answer
from companion.learner.events import Attempt
from companion.study.ladder import Refusal, Rung, next_rung, said

Phase = Literal["loading", "asking", "judging", "recording", "judged", "finished"]
Answer: TypeAlias = dict[str, Given]


@dataclass(frozen=True, slots=True)
class Planned:
    """A question that will be asked: the exercise's full id and the seed of its variant."""

    exercise: str
    seed: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is on the screen."""

    exercise: Exercise
    variant: Variant


@dataclass(frozen=True, slots=True)
class Result:
    """One question that was answered, skipped, or read the solution of. `attempt` is the id of the attempt on disk."""

    planned: Planned
    asked: Asked
    answer: Answer
    reply: Reply | None
    attempt: str | None = None
    disputed: bool = False

    @property
    def is_right(self) -> bool:
        """Whether the answer was judged correct."""
        return self.reply is not None and self.reply.verdict == "correct"

    @property
    def counts(self) -> bool:
        """Whether the verdict is one of the two that count, and nobody disputed it."""
        return self.reply is not None and self.reply.verdict in ("correct", "incorrect") and not self.disputed


@dataclass(frozen=True, slots=True)
class State:
    """Everything about a session. `position` counts questions from 0; `results` has every result so far, in order.

    `hints` counts those shown; `rung` is what the verdict brought beside its feedback; `refusals` are the wrong answers to this question.
    """

    planned: tuple[Planned, ...]
    position: int = 0
    phase: Phase = "loading"
    asked: Asked | None = None
    since: datetime | None = None
    answer: Answer = field(default_factory=dict)
    reply: Reply | None = None
    attempt: str | None = None
    disputed: bool = False
    hints: int = 0
    solution: bool = False
    trouble: str = ""
    rung: Rung = ""
    refusals: tuple[Refusal, ...] = ()
    results: tuple[Result, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether no question is left."""
        return self.phase == "finished"

    @property
    def outcomes(self) -> tuple[Result, ...]:
        """One result for each question asked: the first that counts, since what follows a wrong answer is practice; else the last."""
        chosen: dict[Planned, Result] = {}
        for result in self.results:
            if result.planned not in chosen or not chosen[result.planned].counts:
                chosen[result.planned] = result
        return tuple(chosen.values())

    @property
    def score(self) -> tuple[int, int]:
        """Questions answered rightly at the first attempt, and questions whose verdict counts."""
        counted = [result for result in self.outcomes if result.counts]
        return sum(result.is_right for result in counted), len(counted)


# Events: what a person or the machinery did.


@dataclass(frozen=True, slots=True)
class Loaded:
    """The question that was asked for is here."""

    asked: Asked
    now: datetime


@dataclass(frozen=True, slots=True)
class Submitted:
    """The person wants this answer judged: field id → what was typed or chosen."""

    answer: Answer
    now: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """The judge has replied."""

    reply: Reply
    now: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """The attempt is on disk under this id (`None`: it could not be kept, and `trouble` says why)."""

    attempt: str | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class HintAsked:
    """One more hint."""


@dataclass(frozen=True, slots=True)
class SolutionAsked:
    """The worked solution."""


@dataclass(frozen=True, slots=True)
class VariantAsked:
    """The same exercise with fresh numbers."""


@dataclass(frozen=True, slots=True)
class Retried:
    """The same question again, after a wrong, unread or undecided answer."""


@dataclass(frozen=True, slots=True)
class Continued:
    """The next question; before a verdict this skips the present one."""


@dataclass(frozen=True, slots=True)
class DisputeAsked:
    """The verdict shown is disputed."""


Event: TypeAlias = (
    Loaded | Submitted | Judged | Recorded | HintAsked | SolutionAsked | VariantAsked | Retried | Continued | DisputeAsked
)


# Effects: what the front end has to do.


@dataclass(frozen=True, slots=True)
class Load:
    """Fetch the question and answer with `Loaded`."""

    planned: Planned


@dataclass(frozen=True, slots=True)
class Judge:
    """Have the answer judged and answer with `Judged`."""

    variant: Variant
    answer: Answer


@dataclass(frozen=True, slots=True)
class Record:
    """Write the attempt to disk and answer with `Recorded`."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class RecordDispute:
    """Write to disk that this attempt's verdict is disputed."""

    attempt: str


Effect: TypeAlias = Load | Judge | Record | RecordDispute


def begin(planned: tuple[Planned, ...]) -> tuple[State, tuple[Effect, ...]]:
    """A new session over these questions; with none it is over at once."""
    if not planned:
        return State(planned, phase="finished"), ()
    return State(planned), (Load(planned[0]),)


def advance(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """The state after the event, and what has to be done. An event that does not fit the phase changes nothing."""
    match event, state.phase:
        case Loaded(), "loading":
            return replace(state, phase="asking", asked=event.asked, since=event.now), ()
        case Submitted(), "asking" if state.asked is not None and (empty := _empty_fields(state.asked, event.answer)):
            return replace(state, answer=event.answer, reply=_unanswered(state.asked, empty)), ()
        case Submitted(), "asking" if state.asked is not None:
            return replace(state, phase="judging", answer=event.answer, reply=None), (Judge(state.asked.variant, event.answer),)
        case Judged(), "judging":
            return _judged(state, event)
        case Recorded(), "recording":
            return _shown(replace(state, phase="judged", attempt=event.attempt, trouble=event.trouble)), ()
        case HintAsked(), "asking" | "judged" if state.asked is not None:
            return replace(state, hints=min(state.hints + 1, len(state.asked.variant.hints))), ()
        case SolutionAsked(), "asking" | "judged":
            return replace(state, solution=True), ()
        case Retried(), "judged" if not (state.reply and state.reply.verdict == "correct"):
            return replace(state, phase="asking", reply=None, attempt=None, disputed=False, rung="", results=_left_behind(state)), ()
        case VariantAsked(), "asking" | "judged":
            return _fresh_variant(state)
        case Continued(), "asking" | "judged":
            return _next_question(state)
        case DisputeAsked(), "judged" if state.attempt is not None and not state.disputed:
            return replace(state, disputed=True), (RecordDispute(state.attempt),)
    return state, ()


def asked_fields(asked: Asked, answer: Answer) -> list[AskedField]:
    """The fields that are part of the question, as things are chosen in `answer`."""
    given = to_answer(asked.variant, answer)
    judged = {field.id: field for field in asked.variant.question.fields}
    return [field for field in asked.variant.fields if is_asked(judged[field.id], given)]


def _empty_fields(asked: Asked, answer: Answer) -> list[str]:
    """The fields that are not answered. Of several options none may be the answer; whether it is, the judge says."""
    multiple = {field.id for field in asked.variant.fields if field.multiple}
    blank = blank_fields(asked.variant.question, to_answer(asked.variant, answer))
    return [identifier for identifier in blank if identifier not in multiple]


def _unanswered(asked: Asked, empty: list[str]) -> Reply:
    fields = asked.variant.fields
    if len(fields) == 1:
        return Reply("invalid", "read.empty", "The answer is still empty: give one, then press Enter.")
    names = [field.label or f"part {number}" for number, field in enumerate(fields, 1) if field.id in empty]
    listed = "\n".join(f"- {name}" for name in names)
    return Reply("invalid", "read.empty", f"Not complete: answer every part, then press Enter. These are still empty:\n\n{listed}")


def _judged(state: State, event: Judged) -> tuple[State, tuple[Effect, ...]]:
    judged = replace(state, reply=event.reply)
    if event.reply.verdict == "invalid":  # unread is not an attempt: the person mends it and nothing is recorded
        return replace(judged, phase="asking"), ()
    hints_left = state.asked is not None and state.hints < len(state.asked.variant.hints)
    judged = replace(judged, phase="recording", rung=next_rung(state.refusals, state.answer, event.reply, hints_left))
    return judged, (Record(_attempt(judged, event)),)


def _shown(state: State) -> State:
    """The state in which the verdict, which is on disk now, is shown with what its rung adds."""
    if state.reply is None or state.reply.verdict != "incorrect":
        return state
    refusals = (*state.refusals, Refusal(state.answer, state.reply, state.rung))
    reply = replace(state.reply, message=said(state.rung, state.reply, state.solution))
    return replace(state, reply=reply, refusals=refusals, hints=state.hints + (state.rung == "hint"))


def _attempt(state: State, event: Judged) -> Attempt:
    if state.asked is None or state.since is None:
        raise ValueError("an answer was judged although no question was asked")
    exercise, reply = state.asked.exercise, event.reply
    return Attempt(
        exercise=exercise.id,
        hash=exercise.hash,
        seed=state.asked.variant.seed,
        answer=to_answer(state.asked.variant, state.answer),
        reading=reply.reading,
        verdict=reply.verdict,
        code=reply.code,
        judge=JUDGE_VERSION,
        hints=state.hints,
        seconds=max(0.0, (event.now - state.since).total_seconds()),
        solution_seen=state.solution,
        skill=exercise.skill,
        uses=exercise.uses,
        mistake=reply.mistake,
        rung=state.rung,
    )


def _left_behind(state: State) -> tuple[Result, ...]:
    """The results with the present question's added."""
    if state.asked is None or (state.reply is None and any(result.planned == state.planned[state.position] for result in state.results)):
        return state.results
    result = Result(state.planned[state.position], state.asked, state.answer, state.reply, state.attempt, state.disputed)
    return (*state.results, result)


def _next_question(state: State) -> tuple[State, tuple[Effect, ...]]:
    results = _left_behind(state)
    position = state.position + 1
    if position >= len(state.planned):
        return State(state.planned, position, "finished", results=results), ()
    return State(state.planned, position, results=results), (Load(state.planned[position]),)


def _fresh_variant(state: State) -> tuple[State, tuple[Effect, ...]]:
    here = state.planned[state.position]
    fresh = Planned(here.exercise, here.seed + 1)
    planned = (*state.planned[: state.position], fresh, *state.planned[state.position + 1 :])
    results = _left_behind(state) if state.reply is not None else state.results
    return State(planned, state.position, results=results), (Load(fresh),)


def left(state: State) -> State:
    """The state when the person leaves now: what was answered on the way counts."""
    return replace(state, results=_left_behind(state)) if state.phase == "judged" else state


def wrong_ones(state: State) -> tuple[Planned, ...]:
    """What "again, only the wrong ones" asks: every question that was not answered rightly at first, with fresh numbers."""
    return tuple(Planned(result.planned.exercise, result.planned.seed + 1) for result in state.outcomes if not result.is_right)
