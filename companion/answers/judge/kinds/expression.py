"""Comparing a formula or a value with the right one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sympy

from companion.answers import tree
from companion.answers.judge.alternatives import alternatives
from companion.answers.judge.context import Context, InvalidError, built_answer, built_key, sort_of, wrong_sort
from companion.answers.judge.domains import QuestionError
from companion.answers.judge.equivalence import Comparison, compare
from companion.answers.judge.forms import FORMS, UndecidedFormError, form_fault
from companion.answers.judge.kinds.anything import judge_nodes
from companion.answers.judge.kinds.growth import compare_growth
from companion.answers.judge.labels import without_labels
from companion.answers.judge.showing import LONGEST_FRACTION, point_tex, point_text, value_tex, value_text
from companion.answers.judge.slips import slip
from companion.answers.judge.statements import with_dependent_names
from companion.answers.names import canonical_name
from companion.answers.printing import to_tex
from companion.answers.protocol import Reply

UP_TO = ("constant", "factor", "order")


def judge_expression(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare the tree of an answer with that of a key, under the options of the field."""
    answer, key = without_labels(answer, key)
    if sort_of(answer) != sort_of(key):
        return wrong_sort(sort_of(key), sort_of(answer))
    if sort_of(key) != "expression":
        return judge_nodes(answer, key, context)
    try:
        reply = _compared(answer, key, context)
        return _with_form(reply, answer, context) if reply.verdict == "correct" else reply
    except InvalidError as error:
        return error.reply


def _compared(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    answers, keys = alternatives(answer), alternatives(key)
    if len(answers) > 1 or len(keys) > 1:
        return _judge_two_values(answers, keys, context)
    up_to = context.options.get("up_to")
    if up_to is not None and up_to not in UP_TO:
        raise QuestionError(f"The judge does not know “up to {up_to}”.")
    answer, key = with_dependent_names(answer, key)
    scope = context.scope()
    left, right = built_answer(answer, scope), built_key(key, scope)
    if left.has(sympy.nan, sympy.zoo):
        return Reply("invalid", "value.undefined", "This expression has no value.")
    if up_to == "constant":
        return _up_to_constant(left, right, context, key)
    if up_to == "factor":
        return _up_to_factor(left, right, context, key)
    if up_to == "order":
        return compare_growth(left, right, _variable(context), context.domains)
    outcome = compare(left, right, context.domains, context.seed(key), context.tolerance)
    if outcome.relation == "different" and (_has_odd_root(answer) or _has_odd_root(key)):
        second = _with_real_roots(answer, key, context)
        outcome = second if second.relation == "equal" else outcome
    reply = reply_to(outcome, answer)
    if reply.code == "different" and context.tolerance is None:
        return slip(left, right, reply, context.domains, context.seed(key), _has_decimals(answer))
    return reply


def reply_to(outcome: Comparison, answer: tree.Node | None = None) -> Reply:
    """The reply that a comparison amounts to; values are shown as decimals where the answer was typed with decimals."""
    if outcome.relation == "equal":
        return Reply("correct", "equal", "Correct.", certainty=outcome.certainty)
    if outcome.relation == "undecided":
        return Reply("undecided", f"undecided.{outcome.reason or 'proof'}", _UNDECIDED.get(outcome.reason, _UNDECIDED[""]))
    if outcome.reason == "function":
        return _for_some_functions(outcome)
    counterexample = point_text(outcome.point) or _own_value(outcome)
    at = f"At {point_tex(outcome.point)} your" if outcome.point else "Your"
    value = _decimal(outcome.value) if answer is not None and _has_decimals(answer) else None
    shown = value or value_tex(outcome.value) if outcome.value is not None else ""
    message = f"{at} answer is ${shown}$, and the right value is another." if shown else ""
    if outcome.only_where is not None:
        name, sign = outcome.only_where
        condition = f"${to_tex(tree.Symbol(name))}{sign}0$"
        return Reply("incorrect", "different.domain", f"This is right only for {condition}. {message}", counterexample=counterexample)
    return Reply("incorrect", "different", message or "This is not the right value.", counterexample=counterexample)


def _own_value(outcome: Comparison) -> dict[str, str] | None:
    """What shows that two constants differ: the value of the answer."""
    return None if outcome.value is None else {"value": value_text(outcome.value)}


def _for_some_functions(outcome: Comparison) -> Reply:
    """The refusal where unknown functions take part: with simple functions and a point, when some were found that show it."""
    if outcome.value is None or not outcome.functions:
        return Reply("incorrect", "different.function", "For some functions your answer differs from the right one.")
    chosen = " and ".join(f"${_head_tex(head)}={text}$" for head, text in outcome.functions.items())
    at = f" at {point_tex(outcome.point)}" if outcome.point else ""
    message = f"For {chosen}, your answer is ${value_tex(outcome.value)}${at}, and the right value is another."
    where = {**outcome.functions, **point_text(outcome.point)}
    return Reply("incorrect", "different.function", message, counterexample=where)


def _head_tex(head: str) -> str:
    """`f(u)` as TeX."""
    name, _, arguments = head.partition("(")
    return f"{to_tex(tree.Symbol(name))}({arguments}"


_UNDECIDED = {
    "": "I could not decide whether this is right. It does not count against you.",
    "points": "I found too few points where both your answer and the right one have a value, so I could not decide.",
    "operator": "I could not work out an integral, a limit or a sum in this, so I could not decide.",
    "undefined": "This mixes infinities in a way that I could not decide.",
}


def _judge_two_values(answers: tuple[tree.Node, ...], keys: tuple[tree.Node, ...], context: Context) -> Reply:
    """Compare answers with ±: as many values, and each the value of some key."""
    if len(answers) != len(keys):
        count = "two values" if len(keys) == 2 else "one value"
        return Reply("incorrect", "different.count", f"This asks for {count}.", counterexample={"count": str(len(answers))})
    replies = [[_compared(answer, key, context) for key in keys] for answer in answers]
    for order in ((0, 1), (1, 0)):
        matched = [replies[place][target] for place, target in enumerate(order)]
        if all(reply.verdict == "correct" for reply in matched):
            return next((reply for reply in matched if reply.certainty == "tested"), matched[0])
    undecided = [reply for row in replies for reply in row if reply.verdict == "undecided"]
    if undecided:
        return undecided[0]
    return replies[0][0] if replies[0][0].verdict == "incorrect" else replies[1][1]


def _has_odd_root(node: tree.Node) -> bool:
    return any(
        (isinstance(part, tree.Power) and _odd_denominator(part.exponent))
        or (isinstance(part, tree.Call) and part.function in ("cbrt", "root"))
        for part in tree.walk(node)
    ) and not any(isinstance(part, tree.Constant) and part.name == "i" for part in tree.walk(node))


def _odd_denominator(exponent: tree.Node) -> bool:
    if isinstance(exponent, tree.Negative):
        return _odd_denominator(exponent.operand)
    if isinstance(exponent, tree.Quotient) and isinstance(exponent.denominator, tree.Number):
        return exponent.denominator.value % 2 == 1
    return isinstance(exponent, tree.Number) and exponent.value.denominator > 1 and exponent.value.denominator % 2 == 1


def _with_real_roots(answer: tree.Node, key: tree.Node, context: Context) -> Comparison:
    """The comparison when odd roots of negative numbers are real: both conventions are in use, so either will do."""
    scope = context.scope(real_roots=True)
    return compare(built_answer(answer, scope), built_key(key, scope), context.domains, context.seed(key), context.tolerance)


def _has_decimals(node: tree.Node) -> bool:
    return any(isinstance(part, tree.Number) and "." in part.text for part in tree.walk(node))


def _decimal(value: Any) -> str | None:
    """A fraction as the decimal that it is exactly, if it is a short one."""
    if not isinstance(value, Fraction):
        return None
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text if len(text) <= LONGEST_FRACTION and Fraction(text) == value else None


def _variable(context: Context) -> str | None:
    name = context.options.get("variable")
    return canonical_name(name) if isinstance(name, str) else None


def _up_to_constant(answer: Any, key: Any, context: Context, key_node: tree.Node) -> Reply:
    """Compare antiderivatives: by their derivatives, and by whether there is a constant."""
    scope_names = {symbol.name: symbol for symbol in answer.free_symbols | key.free_symbols}
    name = _variable(context)
    if name is None:
        declared = [symbol for symbol in scope_names if symbol in context.domains.declared]
        candidates = declared or sorted(symbol.name for symbol in key.free_symbols)
        if not candidates:
            raise QuestionError("This question does not say in which variable a constant is free.")
        name = candidates[0]
    variable = scope_names.get(name, context.scope().symbol(name))
    outcome = compare(sympy.diff(answer, variable), sympy.diff(key, variable), context.domains, context.seed(key_node), context.tolerance)
    if outcome.relation == "different":
        at = f"At {point_tex(outcome.point)} the derivative" if outcome.point else "The derivative"
        message = f"{at} of your answer is ${value_tex(outcome.value)}$, and it should be another." if outcome.value is not None else ""
        message = message or "The derivative of your answer is not the right one."
        return Reply("incorrect", "different.derivative", message, counterexample=point_text(outcome.point) or None)
    if outcome.relation == "equal" and context.options.get("constant") == "required" and not _has_free_constant(answer, variable, context):
        return Reply("incorrect", "constant.missing", "Your function has the right derivative, but the constant of integration is missing.")
    if outcome.relation == "equal" and context.options.get("constant") == "required" and not _has_every_shift(answer, variable, context):
        return Reply("invalid", "constant.range", "Add the constant itself, as in … + C, so that it can be any number.")
    return reply_to(outcome)


def _has_free_constant(answer: Any, variable: Any, context: Context) -> bool:
    """Whether some undeclared symbol shifts the answer by an amount that does not depend on the variable."""
    return any(slope != 0 for slope in _shifts(answer, variable, context).values())


def _has_every_shift(answer: Any, variable: Any, context: Context) -> bool:
    """Whether some constant shifts the answer as far as one likes both ways: `C^2` or `e^C` would leave out half of the functions."""
    return any(slope != 0 and _reaches_far(answer, symbol) for symbol, slope in _shifts(answer, variable, context).items())


def _reaches_far(answer: Any, constant: Any) -> bool:
    values = [sign * sympy.Integer(10) ** power for sign in (1, -1) for power in (30, 1, -30)]
    shifts = [sympy.expand(answer.subs(constant, value) - answer.subs(constant, 1)) for value in values]
    known = [shift.evalf() for shift in shifts if shift.is_number and shift.is_extended_real]
    return any(shift > _FAR for shift in known) and any(shift < -_FAR for shift in known)


_FAR = 20


def _shifts(answer: Any, variable: Any, context: Context) -> dict[Any, Any]:
    """The derivatives of the answer by its undeclared symbols, as far as they do not depend on the variable."""
    declared = context.domains.declared
    symbols = [symbol for symbol in answer.free_symbols - {variable} if symbol.name not in declared or symbol.name in ("C", "c", "k")]
    slopes = {symbol: sympy.simplify(sympy.diff(answer, symbol)) for symbol in symbols}
    return {symbol: slope for symbol, slope in slopes.items() if sympy.simplify(sympy.diff(slope, variable)) == 0}


def _up_to_factor(answer: Any, key: Any, context: Context, key_node: tree.Node) -> Reply:
    """Compare up to a constant factor other than zero: f(x) g(y) = f(y) g(x) for all x and y."""
    if answer.is_zero:
        message = "Zero is not a multiple of the right answer by a factor other than zero."
        return Reply("incorrect", "different.zero", message, counterexample={"value": "0"})
    name = _variable(context)
    moving = [symbol for symbol in key.free_symbols if name is None or symbol.name == name]
    domains = context.domains
    second = {symbol: sympy.Symbol(f"{symbol.name}'", **symbol.assumptions0) for symbol in moving}
    doubled = replace(domains, declared={**domains.declared, **{f"{symbol.name}'": domains.domain(symbol) for symbol in moving}})
    outcome = compare(answer * key.subs(second), answer.subs(second) * key, doubled, context.seed(key_node))
    if outcome.relation == "different":
        point = {symbol: value for symbol, value in outcome.point.items() if symbol in answer.free_symbols | key.free_symbols}
        message = "Your answer is not a constant multiple of the right one"
        near = f": the ratio changes near {point_tex(point)}." if point else "."
        return Reply("incorrect", "different", message + near, counterexample=point_text(point) or None)
    return reply_to(outcome)


def _with_form(reply: Reply, answer: tree.Node, context: Context) -> Reply:
    form = context.options.get("form")
    if not form:
        return reply
    if form not in FORMS:
        raise QuestionError(f"The judge does not know the form “{form}”.")
    try:
        fault = form_fault(form, answer, context.scope(), _variable(context))
    except UndecidedFormError:
        return Reply("undecided", "undecided.form", "The value is right, but I could not decide whether it has the form asked for.")
    if fault is None:
        return reply
    return Reply("incorrect", "form", f"The value is right, but not in the form asked for. {fault}")
