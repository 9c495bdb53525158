"""Fields that ask for a derivation: every line is judged against the one before it.

A line that begins with a relation sign, or is a formula after a formula, continues
a chain, and the comparison must hold for all values of the symbols. A statement
after a statement must have the same solutions. It may gain solutions when it begins
with `=>`, when the key's derivation does so too, or when a later line gives the
gained solutions back, as the check after squaring does. Each line has a mark of its
own: it follows, it does not, it cannot be decided, it cannot be read, or it was not
reached (`steps.unreached`), because the line before cannot be read. Symbols that are not
declared may be complex, unless the derivation speaks of order or absolute values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import mpmath

from companion.answers import tree
from companion.answers.errors import ReadError
from companion.answers.judge.budget import Clock, attempt, times_out
from companion.answers.judge.context import Context
from companion.answers.judge.domains import QuestionError
from companion.answers.judge.limits import BuildError
from companion.answers.judge.showing import point_text
from companion.answers.judge.steps.follows import compared, judge_follow, speaks_of_reals
from companion.answers.judge.steps.links import judge_link
from companion.answers.judge.steps.outcome import Step, right, undecided
from companion.answers.judge.steps.reading import MAX_LINES, Line, plain_context, read_lines, with_names
from companion.answers.judge.steps.structure import Move, ShapeError, State, advance, begin, beginning, is_one_chain
from companion.answers.judge.steps.target import Route, first_fault, key_route, last_fault
from companion.answers.protocol import Certainty, Field, Given, Reply
from companion.answers.reader import read

AFTER_GAP = "The line before could not be used, so I could not judge this one."
UNSURE_OF_END = "I could not decide whether the last line is what is asked for. It does not count against you."
SECONDS = 1.6
"""What all lines together may take; less than the deadline, so that the lines judged by then are not lost."""


def judge(field: Field, given: Given) -> Reply:
    """Judge a derivation; `parts` has the reply to each line, by its number. Raises `QuestionError` when the question is at fault."""
    texts = given.splitlines() if isinstance(given, str) else list(given)
    context = Context.of(replace(field, options=with_names(field.options, texts)))
    lines = read_lines(texts, context.vocabulary)
    if not lines:
        return Reply("invalid", "read.empty", "There is no line yet.", position=0)
    if len(lines) > MAX_LINES:
        return Reply("invalid", "steps.long", f"A derivation may have at most {MAX_LINES} lines.")
    clock = Clock(SECONDS)
    key = _Key.of(field, context)
    walk = _Walk(context, clock, lines, key)
    steps = walk.steps()
    parts = {str(number): _reply(step, lines[number]) for number, step in steps.items()}
    return replace(_whole(steps, walk, key, context), parts=parts)


@dataclass(frozen=True, slots=True)
class _Key:
    """What is known of the derivation asked for: what it sets out from, its ends, and how many lines it needs."""

    given: State | None
    route: Route | None
    min_lines: int
    nodes: tuple[tree.Node, ...]

    @property
    def start(self) -> tree.Node | None:
        """The formula that the derivation begins with, if it does with one and nothing is given."""
        return self.route.first.value if self.given is None and self.route is not None and self.route.first.claim is None else None

    @classmethod
    def of(cls, field: Field, context: Context) -> _Key:
        """The key of a field. Raises `QuestionError`."""
        start = field.options.get("given")
        given = None if start is None else State.of(_read_given(str(start), context))
        least = field.options.get("min_lines") or 0
        if not isinstance(least, int):
            raise QuestionError("The least number of lines of this question is not a whole number.")
        texts = field.expected.splitlines() if isinstance(field.expected, str) else field.expected or []
        lines = list(read_lines(texts, context.vocabulary).values())
        for line in lines:
            if isinstance(line, Reply):
                raise QuestionError(f"The key of this question cannot be read: {line.message}")
        good = [line for line in lines if isinstance(line, Line)]
        ends = key_route(good, given, is_chain=is_one_chain(good)) if good else None
        return cls(given, ends, least, tuple(line.node for line in good))


def _read_given(text: str, context: Context) -> tree.Node:
    try:
        return read(text, context.vocabulary, "steps")
    except ReadError as error:
        raise QuestionError(f"What this question gives cannot be read: {error.message}") from error


@dataclass(slots=True)
class _Walk:
    """One pass over the lines of a derivation."""

    context: Context
    clock: Clock
    lines: Mapping[int, Line | Reply]
    key: _Key
    plain: Context = field(init=False)
    over_complex: bool = field(init=False)
    state: State | None = field(init=False)
    first: State | None = None
    sure: tree.Node | None = None
    """The statement before the first that gained solutions which were not given back since."""
    gaining: dict[int, Step] = field(default_factory=dict)
    times_out_before: int = field(default_factory=times_out)

    def __post_init__(self) -> None:
        nodes = [line.node for line in self.lines.values() if isinstance(line, Line)]
        self.plain = plain_context(self.context)
        self.over_complex = not speaks_of_reals([*nodes, *self.key.nodes])
        self.state = self.key.given or self._continued_start()

    def _continued_start(self) -> State | None:
        """The formula that the key begins with, where the first line goes on from it with a sign."""
        first = next(iter(self.lines.values()))
        goes_on = isinstance(first, Line) and first.sign is not None
        return State(value=self.key.start) if goes_on and self.key.start is not None else None

    def steps(self) -> dict[int, Step]:
        """The verdict on each line."""
        may_gain = self._key_gains()
        readable = [line for line in self.lines.values() if isinstance(line, Line)]
        is_chain = len(readable) == len(self.lines) and is_one_chain(readable, self.key.start)
        continued = None if self.key.given is not None else self.state
        steps: dict[int, Step] = {}
        follows_gap = False
        for number, line in self.lines.items():
            move = _move(self.state, line, is_chain)
            if isinstance(move, Step):
                steps[number], self.state, follows_gap = move, None, True
                continue
            steps[number] = replace(undecided(AFTER_GAP), code="steps.unreached") if follows_gap else self._judge(number, move, may_gain)
            if not steps.keys() - {number} and isinstance(line, Line):
                self.first = continued or beginning(line, move, is_chain=is_chain and self.key.given is None)
                steps[number] = self._with_first(line, steps[number])
            self.state, follows_gap = move.state, False
        return {**steps, **{number: self.if_sure(step) for number, step in self.gaining.items()}}

    def if_sure(self, step: Step) -> Step:
        """The step, but undecided where a refusal may rest on algebra for which there was no time."""
        return undecided() if step.verdict == "incorrect" and times_out() > self.times_out_before else step

    def _judge(self, number: int, move: Move, may_gain: bool) -> Step:
        found = right()
        for link in move.links:
            judging = partial(judge_link, link.old, link.sign, link.new, self.plain, self.clock)
            step = attempt(judging, self.clock.least) or undecided()
            if step.verdict != "correct":
                return step
            found = step if step.certainty == "tested" else found
        if move.follow is None:
            return found
        before = times_out()
        following = partial(judge_follow, move.follow, self.plain, self.clock, over_complex=self.over_complex, may_gain=may_gain)
        step, gains = attempt(following, self.clock.least) or (undecided(), False)
        if step.verdict != "correct" and self.sure is not None and self._gives_back(move.follow.new):
            step, gains = right("tested"), False
        if gains and self.sure is None:
            self.sure = move.follow.old
        if gains and step.verdict == "incorrect":
            self.gaining[number] = step
            return right("tested")
        if step.verdict == "correct" and self.over_complex and times_out() > before:
            return undecided()  # only the real solutions may have been compared
        return self.if_sure(step)

    def _gives_back(self, claim: tree.Node) -> bool:
        """Whether the statement has just the solutions there were before some were gained; then the gain is forgiven."""
        if self.sure is None or self.clock.left <= 0:
            return False
        if not _equivalent(self.sure, claim, self.plain, self.clock, self.over_complex):
            return False
        self.sure = None
        self.gaining.clear()
        return True

    def _key_gains(self) -> bool:
        """Whether the key's own derivation ends in a weaker statement than it began with, so that each line need only follow."""
        ends = self.key.route
        if ends is None or ends.start.claim is None or ends.last.claim is None:
            return False
        return not _equivalent(ends.start.claim, ends.last.claim, self.plain, self.clock, self.over_complex)

    def _with_first(self, line: Line, step: Step) -> Step:
        """The verdict on the first line, when it also has to begin where the derivation begins."""
        if self.key.given is not None:
            restates = step.code == "steps.line" and line.sign is None and not line.is_statement
            return replace(step, code="steps.first") if restates else step
        if self.key.route is None or self.first is None or step.verdict != "correct":
            return step
        route = Route(None, self.first, self.first)
        found = attempt(partial(first_fault, route, self.key.route, self.plain, self.clock, self.over_complex), self.clock.least)
        return step if found is not None and found.verdict == "correct" else found or undecided()


def _move(state: State | None, line: Line | Reply, is_chain: bool) -> Move | Step:
    """A line's place after what came before, or the verdict on a line that has none."""
    if isinstance(line, Reply):
        return Step("invalid", line.code, line.message)
    try:
        return begin(line, is_chain=is_chain) if state is None else advance(state, line)
    except ShapeError as error:
        return Step("invalid", "steps.shape", str(error))


def _equivalent(old: tree.Node, new: tree.Node, context: Context, clock: Clock, over_complex: bool) -> bool:
    try:
        return compared(old, new, context, clock, over_complex).relation == "equal"
    except BuildError:
        return False


def _reply(step: Step, line: Line | Reply) -> Reply:
    """The reply to one line."""
    if isinstance(line, Reply):
        return line
    return Reply(
        step.verdict,
        step.code,
        step.message or ("Correct." if step.verdict == "correct" else ""),
        reading=line.reading,
        certainty=step.certainty if step.verdict == "correct" else None,
        counterexample=_point(step),
    )


def _point(step: Step) -> dict[str, str] | None:
    point: Mapping[Any, Any] = step.point
    if not point:
        return None
    shown = {symbol: value for symbol, value in point.items() if not isinstance(value, str | mpmath.mpc)}
    as_text = {str(name): value for name, value in point.items() if isinstance(value, str)}
    return as_text | point_text(shown) | {str(name): _complex_text(value) for name, value in point.items() if isinstance(value, mpmath.mpc)}


def _complex_text(value: Any) -> str:
    """A complex number as text that can be read again."""
    return f"{mpmath.nstr(value.real, 12)}+({mpmath.nstr(value.imag, 12)})*i"


def _whole(steps: Mapping[int, Step], walk: _Walk, key: _Key, context: Context) -> Reply:
    """The verdict on the whole derivation, from those on its lines and from where it ends."""
    order: Sequence[int] = sorted(steps)
    for number in order:
        step = steps[number]
        if step.verdict in ("incorrect", "invalid"):
            return Reply(step.verdict, step.code, f"Line {number}: {step.message}", counterexample=_point(step))
    if len(steps) < key.min_lines:
        return Reply("incorrect", "steps.short", f"Show at least {key.min_lines} lines.")
    unknown = [number for number in order if steps[number].verdict == "undecided"]
    end = _end(walk, key, context)
    if end.verdict == "incorrect":
        return Reply("incorrect", end.code, end.message)
    if unknown:
        return Reply("undecided", "undecided.steps", f"Line {unknown[0]}: {steps[unknown[0]].message}")
    if end.verdict != "correct":
        return Reply("undecided", "undecided.steps", UNSURE_OF_END)
    certainty: Certainty = "tested" if any(step.certainty == "tested" for step in (*steps.values(), end)) else "proved"
    return Reply("correct", "equal", "Correct.", certainty=certainty)


def _end(walk: _Walk, key: _Key, context: Context) -> Step:
    if key.route is None:
        return right()
    if walk.first is None or walk.state is None:
        return undecided()
    ends = Route(key.given, walk.first, walk.state)
    whole = replace(walk.plain, options=context.options)
    found = attempt(partial(last_fault, ends, key.route, whole, walk.clock, walk.over_complex), walk.clock.least) or undecided()
    return walk.if_sure(found)
