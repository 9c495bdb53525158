"""Whether a derivation begins and ends where its key does."""

from __future__ import annotations

from dataclasses import dataclass

from companion.answers import tree
from companion.answers.judge.budget import Clock
from companion.answers.judge.context import Context, sort_of
from companion.answers.judge.domains import QuestionError
from companion.answers.judge.forms import FORMS, UndecidedFormError, form_fault
from companion.answers.judge.limits import BuildError
from companion.answers.judge.steps.follows import compared
from companion.answers.judge.steps.links import judge_link
from companion.answers.judge.steps.outcome import Step, right, undecided
from companion.answers.judge.steps.reading import Line, is_truth
from companion.answers.judge.steps.structure import Bound, ShapeError, State, advance, begin, beginning, collapsed

UNFINISHED = "steps.unfinished"


@dataclass(frozen=True, slots=True)
class Route:
    """A derivation by its ends: what was given (if anything), the state after the first line, and the state after the last."""

    given: State | None
    first: State
    last: State

    @property
    def start(self) -> State:
        """Where it sets out from."""
        return self.given or self.first


def route(lines: list[Line], given: State | None, *, is_chain: bool) -> Route:
    """The ends of a derivation. Raises `ShapeError`."""
    move = begin(lines[0], is_chain=is_chain) if given is None else advance(given, lines[0])
    first, state = beginning(lines[0], move, is_chain=is_chain and given is None), move.state
    for line in lines[1:]:
        state = advance(state, line).state
    return Route(given, first, state)


def key_route(lines: list[Line], given: State | None, *, is_chain: bool) -> Route:
    """The ends of a key. Raises `QuestionError`."""
    try:
        return route(lines, given, is_chain=is_chain)
    except ShapeError as error:
        raise QuestionError(f"The key of this question cannot be used: {error}") from error


def same(old: State, new: State, context: Context, clock: Clock, over_complex: bool) -> Step:
    """Whether two states come to the same: equal formulas, or equivalent statements."""
    if old.claim is not None and new.claim is not None:
        return _same_claims(old.claim, new.claim, context, clock, over_complex)
    if old.value is None or new.value is None:
        return Step("incorrect", "steps.line", "This is not what is asked for.")
    return judge_link(old.value, "=", new.value, context, clock)


def _same_claims(old: tree.Node, new: tree.Node, context: Context, clock: Clock, over_complex: bool) -> Step:
    try:
        found = compared(old, new, context, clock, over_complex)
    except BuildError as error:
        return undecided(error.message)
    if found.relation == "equal":
        return right(found.certainty)
    return undecided() if found.relation == "undecided" else Step("incorrect", "steps.line", "This does not have the right solutions.")


def first_fault(answer: Route, key: Route, context: Context, clock: Clock, over_complex: bool) -> Step:
    """Whether the first line is one that the derivation can begin with."""
    outcome = same(key.first, answer.first, context, clock, over_complex)
    if outcome.verdict != "incorrect":
        return outcome
    return Step("incorrect", "steps.first", "The derivation should not begin with this.", point={})


def last_fault(answer: Route, key: Route, context: Context, clock: Clock, over_complex: bool) -> Step:
    """Whether the last line is what had to be derived, in a form that is no less worked out than the key's."""
    if key.last.claim is None and not _points_as(answer.last.bound, key.last.bound):
        return Step("incorrect", "steps.direction", _direction(answer.last.bound, key.last.bound))
    try:
        fault = _form_fault(answer, key, context)
    except UndecidedFormError:
        return undecided()
    if fault is not None:
        return Step("incorrect", UNFINISHED, fault)
    outcome = same(key.last, answer.last, context, clock, over_complex)
    chain = answer.last.claim
    if outcome.verdict == "incorrect" and isinstance(chain, tree.Relation) and len(chain.signs) > 1:
        shorter = collapsed(chain)
        outcome = same(key.last, State.of(shorter), context, clock, over_complex) if shorter is not None else outcome
    if outcome.verdict == "incorrect":
        return Step("incorrect", UNFINISHED, "The last line is not yet what is asked for.")
    return outcome


def _points_as(bound: Bound, wanted: Bound) -> bool:
    """Whether a chain with one bound shows what another bound asks for."""
    if bound == "mixed" or wanted == "mixed":
        return bound == wanted
    return bound == wanted or (wanted in ("<=", ">=") and bound in ("=", wanted[0]))


def _direction(bound: Bound, wanted: Bound) -> str:
    if bound == "mixed":
        return "The signs of this chain point both ways, so it says nothing about its ends."
    if bound[0] == wanted[0]:
        return "This shows less than is asked for: the inequality has to be strict."
    return f"This chain shows ${_SHOWN[bound]}$ between its ends, and ${_SHOWN[wanted]}$ is asked for."


_SHOWN = {"=": "=", "<": "<", "<=": "\\le", ">": ">", ">=": "\\ge", "mixed": "\\ne"}


def _form_fault(answer: Route, key: Route, context: Context) -> str | None:
    """What keeps the last line from being as worked out as the key's."""
    found, wanted = (state.claim if state.claim is not None else state.value for state in (answer.last, key.last))
    if found is None or wanted is None:
        return None
    if form_fault("closed", wanted, context.scope(), None) is None:
        fault = form_fault("closed", found, context.scope(), None)
        if fault is not None:
            return fault
    further = sorted(_names(found) - _names(wanted))
    if further:
        return f"The last line should not contain {', '.join(further)}."
    if _is_solved(wanted) and not _is_solved(found):
        return "The solutions still have to be written out."
    start = answer.start.claim if answer.start.claim is not None else answer.start.value
    if found == start and found != wanted:
        return "This is where the derivation began; go on."
    form = context.options.get("form")
    if not form or answer.last.value is None:
        return None
    if form not in FORMS:
        raise QuestionError(f"The judge does not know the form “{form}”.")
    return form_fault(form, answer.last.value, context.scope(), context.options.get("variable"))


def _names(node: tree.Node) -> set[str]:
    """The names in a tree that no operator binds."""
    found: set[str] = set()
    waiting: list[tuple[tree.Node, frozenset[str]]] = [(node, frozenset())]
    while waiting:
        part, bound = waiting.pop()
        if isinstance(part, tree.Symbol) and part.name not in bound:
            found.add(part.name)
        if isinstance(part, tree.Bound | tree.Limit | tree.SetBuilder):
            bound |= {part.variable.name}
        waiting.extend((child, bound) for child in tree.children(part))
    return found


def _is_solved(node: tree.Node) -> bool:
    """Whether a statement says outright what its unknown is: `x = 2 or x = -2`, `x < 3`, `0 < x <= 1`, a set."""
    if is_truth(node) or sort_of(node) == "set":
        return True
    if isinstance(node, tree.Logic):
        return node.connective in ("and", "or") and all(_is_solved(part) for part in node.operands)
    if isinstance(node, tree.Membership):
        return isinstance(node.element, tree.Symbol)
    if not isinstance(node, tree.Relation):
        return False
    return any(
        isinstance(side, tree.Symbol) and not any(side.name in _names(other) for other in node.operands if other is not side)
        for side in node.operands
    )
