"""Several answers side by side, where the key is several values, a finite set, a list, or a statement like `x = 1 or x = 2`.

Values without names are compared in any order, doubles not counted. A list is compared in its order. Where the key has different names
for its values, `a = 4, b = 5`, each name has its own; an answer without names is then taken in the order of the key, and is right only
if it is right in that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from companion.answers import tree
from companion.answers.grammar_trouble import DECIMAL_COMMA
from companion.answers.judge.alternatives import alternatives
from companion.answers.judge.context import DESCRIPTIONS, Context, sort_of, wrong_sort
from companion.answers.judge.kinds.anything import match as matching
from companion.answers.judge.kinds.lists import judge_list
from companion.answers.judge.labels import Labelled, given_names, labelled, names_in
from companion.answers.judge.showing import expression_tex
from companion.answers.printing import to_tex
from companion.answers.protocol import Certainty, Reply

WHICH_IS_WHICH = "Say which value is which, as in $x=1,\\; y=2$."


def judge_several(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare two trees, of which at least one is several values."""
    if isinstance(answer, tree.Several) and sort_of(_unnamed(key)) == "list":
        return judge_list(tree.Tuple(answer.values, span=answer.span), key, context)
    right = _values(key)
    if right is None or (len(right) == 1 and not isinstance(key, tree.FiniteSet | tree.Several)):
        return _not_several(answer, key) if isinstance(answer, tree.Several) else wrong_sort(sort_of(key), sort_of(answer))
    own = _values(answer, in_brackets=not any(isinstance(each.value, tree.Tuple) for each in right))
    if own is None or not {sort_of(each.value) for each in own} <= {sort_of(each.value) for each in right}:
        return Reply("invalid", f"type.{sort_of(answer)}", "Several values are asked for here; give only them, separated by commas.")
    asked, typed = _names(right), _names(own)
    if len(asked) < 2:
        return _of_one_name(own, right, asked, typed, context)
    if not typed:
        return _by_position(own, right, context)
    if set(typed) != set(asked):
        return Reply("invalid", "values.names", f"The names of the values should be {_shown(asked)}.")
    return _by_name(own, right, asked, context)


def _unnamed(key: tree.Node) -> tree.Node:
    return key.operands[1] if isinstance(key, tree.Relation) and key.signs == ("=",) else key


def _not_several(answer: tree.Several, key: tree.Node) -> Reply:
    """The reply to several values where one thing is asked for; what looks like a decimal comma gets a hint."""
    values = answer.values
    numbers = [value.operand if isinstance(value, tree.Negative) else value for value in values]
    if len(numbers) == 2 and all(isinstance(number, tree.Number) for number in numbers) and values[0].span[1] + 1 == values[1].span[0]:
        return Reply("invalid", "read.comma", DECIMAL_COMMA, position=values[0].span[0])
    message = f"This asks for {DESCRIPTIONS[sort_of(key)]}, but you gave several values."
    return Reply("invalid", "type.several", message, position=values[1].span[0])


def _values(node: tree.Node, *, in_brackets: bool = False) -> list[Labelled] | None:
    """The values of a tree; `None` if it is not made of values. Equations joined by `and` and `or` are the values they name.

    `in_brackets` takes a tuple for its entries.
    """
    parts: Sequence[tree.Node]
    match node:
        case tree.Several():
            parts = node.values
        case tree.Logic() if node.connective in ("and", "or"):
            parts = node.operands
        case tree.FiniteSet():
            parts = node.elements
        case tree.Tuple() if in_brackets:
            parts = node.entries
        case tree.Interval() | tree.SetBuilder() | tree.SetOperation() | tree.Logic():
            return None
        case _:
            parts = (node,)
    values = labelled(parts)
    if isinstance(node, tree.Logic) and any(sort_of(each.value) == "relation" for each in values):
        return None
    return [Labelled(each.label, choice) for each in values for choice in alternatives(each.value)]


def _plain(values: list[Labelled]) -> list[tree.Node]:
    return [each.value for each in values]


def _names(values: list[Labelled]) -> list[tree.Node]:
    """The different names of values, in their order."""
    return list(dict.fromkeys(each.label for each in values if each.label is not None))


def _letters(names: list[tree.Node]) -> set[str]:
    """The letters of names: `x_1` and `x_2` are both an `x`."""
    return {name.split("_")[0] for label in names for name in given_names(label)}


def _shown(names: list[tree.Node]) -> str:
    return ", ".join(map(expression_tex, names))


def _of_one_name(own: list[Labelled], right: list[Labelled], asked: list[tree.Node], typed: list[tree.Node], context: Context) -> Reply:
    """Compare with values that all have the same name, or none. What the learner calls them is no matter, unless it tells them apart."""
    letters = _letters(typed)
    if asked and not letters <= _letters(asked):
        return Reply("invalid", "values.names", f"The values of {_shown(asked)} are asked for.")
    if any(given_names(name) & names_in(each.value) for name in typed for each in right):
        return Reply("invalid", "type.relation", "Type only the values, without names.")
    if len(letters) > 1:
        return _by_position(own, right, context)
    return _unordered(_plain(own), _plain(right), context)


def _unordered(own: list[tree.Node], right: list[tree.Node], context: Context) -> Reply:
    outcome = matching(own, right, context)
    if outcome.doubtful is not None:
        return outcome.doubtful
    if outcome.extra is not None:
        message = f"{expression_tex(outcome.extra)} is not one of the values."
        return Reply("incorrect", "values.wrong", message, counterexample={"element": to_tex(outcome.extra)})
    if outcome.missing:
        lacking = "a value is" if len(outcome.missing) == 1 else f"{len(outcome.missing)} values are"
        message = f"What you gave is right, but {lacking} missing."
        return Reply("incorrect", "values.missing", message, counterexample={"missing": str(len(outcome.missing))})
    return Reply("correct", "equal", "Correct.", certainty=outcome.certainty)


def _by_position(own: list[Labelled], right: list[Labelled], context: Context) -> Reply:
    """Compare values of which only their order can tell which is which."""
    if len(own) == len(right):
        ordered = judge_list(tree.Tuple(tuple(_plain(own))), tree.Tuple(tuple(_plain(right))), context)
        if ordered.verdict == "correct":
            return ordered
    anyhow = _unordered(_plain(own), _plain(right), context)
    return anyhow if anyhow.verdict != "correct" else Reply("invalid", "values.names", WHICH_IS_WHICH)


def _by_name(own: list[Labelled], right: list[Labelled], names: list[tree.Node], context: Context) -> Reply:
    certainty: Certainty = "proved"
    for name in names:
        sides = [[each.value for each in side if each.label == name] for side in (own, right)]
        reply = _unordered(sides[0], sides[1], context)
        if reply.verdict != "correct":
            return replace(reply, message=f"{expression_tex(name)}: {reply.message}")
        certainty = "tested" if reply.certainty == "tested" else certainty
    return Reply("correct", "equal", "Correct.", certainty=certainty)
