"""Comparing two trees of whatever sort, as the parts of sets and lists are, and several of them in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.answers import tree
from companion.answers.judge.context import Context, sort_of, wrong_sort
from companion.answers.judge.labels import without_labels
from companion.answers.protocol import Certainty, Reply


def judge_nodes(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare two trees by the rules of what the key is; trees of different sorts are different."""
    # The kinds need each other (a set may hold lists of sets), so they are looked up when they are needed.
    from companion.answers.judge.kinds import expression, lists, relation, sets

    if sort_of(answer) != sort_of(key):
        answer, key = without_labels(answer, key)
    sort = sort_of(key)
    if sort_of(answer) != sort:
        return Reply("incorrect", "different.sort", wrong_sort(sort, sort_of(answer)).message)
    if sort == "set":
        return sets.judge_set(answer, key, context)
    if sort == "list":
        return lists.judge_list(answer, key, context)
    if sort == "relation":
        return relation.judge_relation(answer, key, context)
    return expression.judge_expression(answer, key, context)


@dataclass(frozen=True, slots=True)
class Matching:
    """How several values fit several others in any order, doubles not counted.

    `doubtful` is the reply to a value of which it is not clear whether it belongs; `extra` is one that does not; `missing` are the places
    of the others that nothing fits.
    """

    doubtful: Reply | None = None
    extra: tree.Node | None = None
    missing: tuple[int, ...] = ()
    certainty: Certainty = "proved"


def match(own: Sequence[tree.Node], right: Sequence[tree.Node], context: Context) -> Matching:
    """Fit the values `own` to the values `right`."""
    certainty: Certainty = "proved"
    missing = list(range(len(right)))
    for value in own:
        replies = [judge_nodes(value, other, context) for other in right]
        matches = [place for place, reply in enumerate(replies) if reply.verdict == "correct"]
        if not matches:
            doubtful = next((reply for reply in replies if reply.verdict in ("undecided", "invalid")), None)
            return Matching(doubtful) if doubtful else Matching(extra=value)
        if any(replies[place].certainty == "tested" for place in matches):
            certainty = "tested"
        missing = [place for place in missing if place not in matches]
    return Matching(missing=tuple(missing), certainty=certainty)
