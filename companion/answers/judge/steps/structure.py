"""How the lines of a derivation hang together: what each one says about the line before.

A derivation is either a chain of formulas (`= b`, `<= c`) or a sequence of
statements (equations, inequalities, logic). Nothing is judged here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from companion.answers import tree
from companion.answers.beginnings import Arrow
from companion.answers.judge.context import sort_of
from companion.answers.judge.steps.reading import Line, states

Bound: TypeAlias = Literal["=", "<", "<=", ">", ">=", "mixed"]
"""How the end of a chain compares with its beginning."""


@dataclass(frozen=True, slots=True)
class Link:
    """The claim that a comparison of two formulas holds for all values of their symbols."""

    old: tree.Node
    sign: tree.RelationSign
    new: tree.Node


@dataclass(frozen=True, slots=True)
class Follow:
    """The claim that a statement (or a set, for the solutions) follows from another, or is equivalent to it."""

    old: tree.Node
    new: tree.Node
    arrow: Arrow | None


class ShapeError(ValueError):
    """A line that cannot follow the one before; the message says why."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a derivation stands: the formula a next line would continue, the statement made last, and the chain's bound so far."""

    value: tree.Node | None = None
    claim: tree.Node | None = None
    bound: Bound = "="

    @classmethod
    def of(cls, node: tree.Node) -> State:
        """The state after a line that consists of this tree."""
        if not states(node):
            return cls(value=node)
        return cls(value=node.operands[-1] if isinstance(node, tree.Relation) else None, claim=node)


@dataclass(frozen=True, slots=True)
class Move:
    """A line's place in the derivation: the state after it, and what it claims."""

    state: State
    links: tuple[Link, ...] = field(default=())
    follow: Follow | None = None


def begin(line: Line, *, is_chain: bool) -> Move:
    """The first line, when nothing is given. In a chain an equation there claims to hold for all values of its symbols."""
    if line.sign is not None:
        (_, first), *rest = line.links()
        return _continued(State(value=first), rest) if rest else begin(replace(line, sign=None), is_chain=False)
    if is_chain and isinstance(line.node, tree.Relation):
        return _continued(State(value=line.node.operands[0]), _links_of(line.node))
    state = State.of(line.node)
    # Nothing is claimed yet, but a formula that has no value, or is too large, is noticed at its own line.
    if state.claim is not None:
        return Move(state, follow=Follow(line.node, line.node, None))
    return Move(state, (Link(line.node, "=", line.node),))


def _links_of(node: tree.Node) -> list[tuple[tree.RelationSign, tree.Node]]:
    return list(zip(node.signs, node.operands[1:], strict=True)) if isinstance(node, tree.Relation) else []


def advance(state: State, line: Line) -> Move:
    """What a line says after what came before. Raises `ShapeError`."""
    if line.sign is not None:
        if state.value is None:
            raise ShapeError("There is no formula in the line before that this sign could continue.")
        return _continued(state, line.links())
    if state.claim is not None:
        if not line.is_statement and not _may_state(line.node, state.claim):
            raise ShapeError("The line before is a statement. Begin this line with a sign such as =, or make it a statement too.")
        return Move(State.of(line.node) if line.is_statement else State(claim=line.node), follow=Follow(state.claim, line.node, line.arrow))
    if line.arrow is not None:
        raise ShapeError("An arrow stands between two statements, and the line before is a formula.")
    if isinstance(line.node, tree.Relation):
        # `a = b` after a formula says that the formula is a, and that a is b.
        return _continued(state, [("=", line.node.operands[0]), *_links_of(line.node)])
    if line.is_statement:
        raise ShapeError("The line before is a formula. Begin this line with a sign such as =.")
    return _continued(state, [("=", line.node)])


def _may_state(node: tree.Node, before: tree.Node) -> bool:
    """Whether a tree that is no relation says something after a statement: a set is its solutions, a name a proposition."""
    if sort_of(node) == "set":
        return True
    return isinstance(node, tree.Symbol) and not any(isinstance(part, tree.Relation | tree.Membership) for part in tree.walk(before))


def _continued(state: State, links: list[tuple[tree.RelationSign, tree.Node]]) -> Move:
    """The state after further links, and the claims they make."""
    claims = []
    for sign, new in links:
        if state.value is None:
            raise ShapeError("There is no formula in the line before that this sign could continue.")
        claims.append(Link(state.value, sign, new))
        state = replace(state, value=new, claim=_extended(state.claim, sign, new), bound=joined(state.bound, sign))
    return Move(state, tuple(claims))


def _extended(claim: tree.Node | None, sign: tree.RelationSign, new: tree.Node) -> tree.Node | None:
    """The statement whose last formula was continued: what it says of its first one."""
    if not isinstance(claim, tree.Relation):
        return claim
    longer = tree.Relation((*claim.operands, new), (*claim.signs, sign))
    return collapsed(longer) or longer


def collapsed(chain: tree.Relation) -> tree.Relation | None:
    """`a = b < c` as `a < c`; `None` when the signs do not all point one way."""
    bound: Bound = "="
    for sign in chain.signs:
        bound = joined(bound, sign)
    return None if bound == "mixed" else tree.Relation((chain.operands[0], chain.operands[-1]), (bound,))


def joined(bound: Bound, sign: tree.RelationSign) -> Bound:
    """The bound that a chain has after one more sign."""
    if sign == "!=" or bound == "mixed":
        return "mixed"
    if bound == "=":
        return sign
    if sign == "=" or sign == bound:
        return bound
    if bound[0] != sign[0]:
        return "mixed"
    return "<" if bound[0] == "<" else ">"


def beginning(line: Line, move: Move, *, is_chain: bool) -> State:
    """Where a derivation begins whose first line makes this move: with the first formula of a chain, however long the line goes on."""
    if is_chain and line.sign is None and isinstance(line.node, tree.Relation):
        return State(value=line.node.operands[0])
    return move.state


def is_one_chain(lines: list[Line], start: tree.Node | None = None) -> bool:
    """Whether a first line that is an equation begins a chain of formulas: every later line continues it with a sign.

    An equation that gives a name to something (`y = x^2 + 1`) is no such claim. Where the derivation is to begin with the formula
    `start`, the first line may also be the whole chain, and later ones may repeat the formula before.
    """
    first, rest = lines[0], lines[1:]
    if not isinstance(first.node, tree.Relation) or first.arrow is not None:
        return False
    if start is None and (not rest or any(line.sign is None for line in rest)):
        return False
    if any(line.arrow is not None or isinstance(line.node, tree.Logic | tree.Membership) for line in rest):
        return False
    named = first.node.operands[0]
    return named == start or not isinstance(named, tree.Symbol | tree.Apply) or named in list(tree.walk(first.node.operands[-1]))
