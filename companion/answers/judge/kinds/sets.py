"""Fields that ask for a set: intervals, unions, finite sets, or a condition."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import sympy

from companion.answers import tree
from companion.answers.judge.alternatives import alternatives
from companion.answers.judge.context import DESCRIPTIONS, Context, InvalidError, read_answer, read_key, sort_of, wrong_sort
from companion.answers.judge.domains import Domain, Domains, QuestionError
from companion.answers.judge.kinds.anything import match
from companion.answers.judge.labels import without_labels
from companion.answers.judge.limits import BuildError
from companion.answers.judge.lines import Difference, LineComparison, compare_along
from companion.answers.judge.relations import symbols_of, without_functions
from companion.answers.judge.showing import expression_tex, point_text, value_tex
from companion.answers.judge.statements import Statement, member
from companion.answers.printing import to_tex
from companion.answers.protocol import Field, Given, Reply


def judge(field: Field, given: Given) -> Reply:
    """Judge the answer to a field of this kind. Raises `QuestionError` when the question is at fault."""
    context = Context.of(field)
    try:
        answer = read_answer(given, context, "set")
    except InvalidError as error:
        return error.reply
    key = read_key(field.expected, context, "set")
    return replace(judge_set(answer, key, context), reading=to_tex(answer))


def judge_set(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare two sets given by trees. A relation in one variable, or a membership, stands for the set it describes."""
    answer, key = without_labels(answer, key)
    key_set, answer_set = as_set(key, context.domains), as_set(answer, context.domains)
    if key_set is None:
        raise QuestionError("The key of this question is not a set.")
    if answer_set is None:
        if sort_of(answer) == "relation":
            return Reply("invalid", "type.relation", f"This asks for {DESCRIPTIONS['set']}; write it with brackets, for example $[0,1)$.")
        return wrong_sort("set", sort_of(answer))
    if answer_set == key_set:
        return Reply("correct", "equal", "Correct.", certainty="proved")
    own, right = _elements(answer_set), _elements(key_set)
    if own is not None and right is not None:
        return _compare_finite(own, right, context)
    try:
        return _compare_on_line(answer_set, key_set, context)
    except BuildError as error:
        verdict = "undecided" if error.code == "unsupported" else "invalid"
        return Reply("undecided" if verdict == "undecided" else "invalid", error.code, error.message)


def as_set(node: tree.Node, domains: Domains) -> tree.Node | None:
    """The set that a tree stands for, or `None`. A relation in one variable describes what satisfies it in that variable's domain."""
    if sort_of(node) == "set":
        return node
    if isinstance(node, tree.Membership) and isinstance(node.element, tree.Symbol) and not node.negated:
        return node.container
    if isinstance(node, tree.Logic) and node.connective == "or" and all(sort_of(part) == "set" for part in node.operands):
        return tree.SetOperation("union", node.operands)
    if isinstance(node, tree.Relation) or (_is_condition(node) and _names(node) <= domains.declared.keys()):
        return described_by(node, domains)
    return None  # of joined conditions only those on a name of the question say which set is meant


def _is_condition(node: tree.Node) -> bool:
    """Whether a tree joins relations by `and` and `or`: `-3 < t and t < 3`."""
    if isinstance(node, tree.Logic):
        return node.connective in ("and", "or") and all(map(_is_condition, node.operands))
    return isinstance(node, tree.Relation) or (isinstance(node, tree.Membership) and isinstance(node.element, tree.Symbol))


def _names(node: tree.Node) -> set[str]:
    return {part.name for part in tree.walk(node) if isinstance(part, tree.Symbol)}


def described_by(statement: tree.Node, domains: Domains) -> tree.Node | None:
    """The set of what satisfies a statement about one variable in that variable's domain; `None` if it is about more."""
    names = _names(statement)
    if len(names) != 1:
        return None
    variable = tree.Symbol(names.pop())
    return tree.SetBuilder(variable, _within(domains.declared.get(variable.name), variable, statement))


def _within(domain: Domain | None, variable: tree.Symbol, condition: tree.Node) -> tree.Node:
    """A condition together with what the declaration says of the variable: with `a` positive, `a < 4` means `0 < a < 4`."""
    if domain is None:
        return condition
    parts = [condition]
    if domain.lower is not None:
        parts.append(tree.Relation((variable, tree.Number(domain.lower)), (">=" if domain.lower_closed else ">",)))
    if domain.upper is not None:
        parts.append(tree.Relation((variable, tree.Number(domain.upper)), ("<=" if domain.upper_closed else "<",)))
    if domain.nonzero:
        parts.append(tree.Relation((variable, tree.Number(Fraction(0))), ("!=",)))
    return parts[0] if len(parts) == 1 else tree.Logic("and", tuple(parts))


def _elements(node: tree.Node) -> list[tree.Node] | None:
    """The elements of a finite set or of a union of finite sets; `None` for anything else."""
    if isinstance(node, tree.FiniteSet):
        return [choice for element in node.elements for choice in alternatives(element)]
    if isinstance(node, tree.Constant) and node.name == "emptyset":
        return []
    if isinstance(node, tree.SetOperation) and node.operator == "union":
        parts = [_elements(operand) for operand in node.operands]
        known = [part for part in parts if part is not None]
        return [element for part in known for element in part] if len(known) == len(parts) else None
    return None


def _compare_finite(own: list[tree.Node], right: list[tree.Node], context: Context) -> Reply:
    """Compare two finite sets element by element; doubles do not count."""
    outcome = match(own, right, context)
    if outcome.doubtful is not None:
        return outcome.doubtful
    if outcome.extra is not None:
        message = f"The element {expression_tex(outcome.extra)} does not belong to the set."
        return Reply("incorrect", "set.extra", message, counterexample={"element": to_tex(outcome.extra)})
    if outcome.missing:
        lacking = "an element is" if len(outcome.missing) == 1 else f"{len(outcome.missing)} elements are"
        start = "All that you gave belongs to the set, but" if own else "The set is not empty:"
        return Reply("incorrect", "set.missing", f"{start} {lacking} missing.", counterexample={"missing": str(len(outcome.missing))})
    return Reply("correct", "equal", "Correct.", certainty=outcome.certainty)


def _compare_on_line(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    element = sympy.Dummy("x", real=True)
    statements = _statements(answer, key, element, context)
    others = sorted((symbols_of(statements[0]) | symbols_of(statements[1])) - {element}, key=lambda symbol: symbol.name)
    outcome = compare_along(statements[0], statements[1], element, others, context.domains, context.seed(key))
    if outcome.relation == "equal":
        return Reply("correct", "equal", "Correct.", certainty=outcome.certainty)
    if outcome.relation == "undecided":
        return Reply("undecided", "undecided.set", "I could not decide whether these sets are the same. It does not count against you.")
    return _difference(outcome, answer, element, _swapped(answer, key, element, others, context))


def _statements(answer: tree.Node, key: tree.Node, element: sympy.Symbol, context: Context) -> tuple[Statement, ...]:
    scope = context.scope()
    own = member(element, answer, scope)
    try:
        right = member(element, key, scope)
    except BuildError as error:
        raise QuestionError(f"The key of this question cannot be used: {error.message}") from error
    return without_functions((own, right))


def _difference(outcome: LineComparison, answer: tree.Node, element: sympy.Symbol, swapped: bool) -> Reply:
    """The reply for sets that differ: an end if only ends differ, else a point that is too much or missing."""
    gaps = [difference for difference in outcome.differences if not difference.place.critical]
    chosen: Difference = gaps[0] if gaps else outcome.differences[0]
    value = value_tex(chosen.place.value)
    parameters = {symbol: number for symbol, number in chosen.point.items() if symbol != element}
    where = {"element": point_text({"element": chosen.place.value})["element"], **point_text(parameters)}
    if swapped:
        return Reply("incorrect", "set.swapped", "The ends of your interval are the wrong way round.", counterexample=where)
    if not gaps and _is_end(answer, outcome):
        wanted = "belongs to the set, and your answer leaves it out" if chosen.in_key else "does not belong to the set"
        return Reply("incorrect", "set.endpoint", f"Look at the ends again: ${value}$ {wanted}.", counterexample=where)
    if chosen.in_key:
        return Reply("incorrect", "set.missing", f"Something is missing: ${value}$ belongs to the set, too.", counterexample=where)
    return Reply("incorrect", "set.extra", f"Your set is too large: ${value}$ does not belong to it.", counterexample=where)


def _is_end(answer: tree.Node, outcome: LineComparison) -> bool:
    has_ends = any(
        isinstance(part, tree.Interval) or (isinstance(part, tree.Relation) and set(part.signs) != {"="}) for part in tree.walk(answer)
    )
    return has_ends and bool(outcome.differences)


def _swapped(answer: tree.Node, key: tree.Node, element: sympy.Symbol, others: list[sympy.Symbol], context: Context) -> bool:
    """Whether an interval with its ends exchanged would have been right."""
    if not isinstance(answer, tree.Interval):
        return False
    turned = replace(answer, lower=answer.upper, upper=answer.lower, lower_closed=answer.upper_closed, upper_closed=answer.lower_closed)
    statements = _statements(turned, key, element, context)
    return compare_along(statements[0], statements[1], element, others, context.domains, context.seed(key)).relation == "equal"
