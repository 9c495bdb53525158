"""Comparing two trees of whatever sort, as the parts of sets and lists are."""

from __future__ import annotations

from companion.answers import tree
from companion.answers.judge.context import Context, sort_of, wrong_sort
from companion.answers.protocol import Reply


def judge_nodes(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare two trees by the rules of what the key is; trees of different sorts are different."""
    # The kinds need each other (a set may hold lists of sets), so they are looked up when they are needed.
    from companion.answers.judge.kinds import expression, lists, relation, sets

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
