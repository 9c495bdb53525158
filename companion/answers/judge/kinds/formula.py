"""Fields that ask for a formula or a value. The key says what is asked for: its form decides how the answer is judged.

Mostly the key is one formula. Where it is several values, a finite set, a list, an interval or a statement, the answer is judged as such,
and may be given in another form that means the same: `1 or 2` for `{1, 2}`, `(0, 1)` for `0 < x < 1`, `2, 3` for `(2, 3)`.
"""

from __future__ import annotations

from dataclasses import replace

from companion.answers import tree
from companion.answers.judge.alternatives import alternatives
from companion.answers.judge.context import Context, InvalidError, read_answer, read_key, sort_of, wrong_sort
from companion.answers.judge.kinds.expression import judge_expression
from companion.answers.judge.kinds.sets import as_set, described_by, judge_set
from companion.answers.judge.kinds.several import judge_several
from companion.answers.judge.labels import without_labels
from companion.answers.printing import to_tex
from companion.answers.protocol import Certainty, Field, Given, Reply


def judge(field: Field, given: Given) -> Reply:
    """Judge the answer to a field of this kind. Raises `QuestionError` when the question is at fault."""
    context = Context.of(field)
    try:
        answer = read_answer(given, context, "expression")
        key = read_key(field.expected, context, "expression")
        as_sets = isinstance(answer, tree.Tuple) or isinstance(key, tree.Tuple)
        answer_set = read_answer(given, context, "set") if as_sets and _is_interval(answer, beside=key) else answer
        key_set = read_key(field.expected, context, "set") if as_sets and _is_interval(key, beside=answer) else key
    except InvalidError as error:
        return error.reply
    reply = _judge_by_form(answer_set, key_set, context)
    if reply.verdict == "correct" and isinstance(answer_set, tree.Tuple) and isinstance(key_set, tree.Tuple):
        reply = _with_brackets(reply, read_answer(given, context, "set"), read_key(field.expected, context, "set"))
    return replace(reply, reading=to_tex(answer_set))


def _is_interval(node: tree.Node, *, beside: tree.Node) -> bool:
    """Whether a pair such as `(0, 1)` means an interval, as it does beside a range or a set of numbers."""
    if not isinstance(node, tree.Tuple) or len(node.entries) != 2:
        return False
    return _is_range(beside) or (sort_of(beside) == "set" and not isinstance(beside, tree.FiniteSet))


def _is_range(node: tree.Node) -> bool:
    """Whether a tree says in which range something is: `0 < x < 1`, `x in (0, 1)`, `x < 0 or x > 1`."""
    if isinstance(node, tree.Logic):
        return all(map(_is_range, node.operands))
    return isinstance(node, tree.Membership) or (isinstance(node, tree.Relation) and "=" not in node.signs)


def _with_brackets(reply: Reply, answer: tree.Node, key: tree.Node) -> Reply:
    """A pair in square brackets may be an interval, which one in round brackets is not; only a field for sets or lists could tell."""
    if not (isinstance(answer, tree.Interval) and isinstance(key, tree.Interval)):
        return reply
    if (answer.lower_closed, answer.upper_closed) == (key.lower_closed, key.upper_closed):
        return reply
    message = "The entries are right, but not the brackets. Where an interval is meant, they say which ends belong to it."
    return Reply("undecided", "undecided.brackets", message)


def _judge_by_form(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    if isinstance(answer, tree.Several) or isinstance(key, tree.Several):
        return judge_several(answer, key, context)
    answer, key = without_labels(answer, key)
    sorts = sort_of(answer), sort_of(key)
    if sorts[0] == sorts[1]:
        return judge_expression(answer, key, context)
    if sorts == ("relation", "expression"):
        return _judge_statement(answer, key, context)
    if isinstance(answer, tree.Logic) and sorts[1] == "list":
        return judge_several(tree.Several(answer.operands, span=answer.span), key, context)
    if _are_values(answer, key) or (sorts != ("set", "expression") and _are_values(key, answer)):
        return judge_several(answer, key, context)
    if set(sorts) == {"set", "relation"}:
        own, right = (_described(side, context) for side in (answer, key))
        if own is not None and right is not None:
            return judge_set(own, right, context)
    return wrong_sort(sorts[1], sorts[0])


def _described(node: tree.Node, context: Context) -> tree.Node | None:
    """The set that a tree is or describes."""
    return described_by(node, context.domains) if isinstance(node, tree.Logic) else as_set(node, context.domains)


def _are_values(node: tree.Node, other: tree.Node) -> bool:
    """Whether a tree is `x = 1 or x = 2` or `±1`, and the other the finite set of such values or again `x = 1 or x = 2`."""
    if isinstance(node, tree.Logic) and not _is_range(node):
        return isinstance(other, tree.FiniteSet)
    return len(alternatives(node)) > 1 and isinstance(other, tree.FiniteSet | tree.Logic)


def _judge_statement(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Judge a statement where a value is asked for: a chain `5/6 = 10/12` is right if each side is. Else no side is clearly the answer."""
    if not isinstance(answer, tree.Relation) or set(answer.signs) != {"="}:
        return wrong_sort("expression", "relation")
    replies = [judge_expression(side, key, context) for side in answer.operands]
    if all(reply.verdict == "correct" or reply.code == "form" for reply in replies):
        certainty: Certainty = "tested" if any(reply.certainty == "tested" for reply in replies) else "proved"
        return replies[-1] if replies[-1].code == "form" else replace(replies[-1], certainty=certainty)
    message = "This asks for a single value or formula. Type only what stands right of the last = sign."
    return Reply("invalid", "type.relation", message, position=answer.operands[-1].span[0])
