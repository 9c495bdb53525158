r"""Tree → TeX, exactly as it was read: nothing is simplified, and what is a product looks like one.

`to_tex` uses the commands that the companion's own layout knows: `\frac`, `\sqrt`, `\left … \right`, `cases`, `pmatrix`, `\operatorname`.
`to_text`, the way back to typed notation, is offered here too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from companion.answers.binding import Binding
from companion.answers.levels import level, sign_and_rest
from companion.answers.names import FUNCTION_LETTERS, GREEK
from companion.answers.plain import to_text
from companion.answers.tree import (
    Apply,
    Bound,
    Call,
    Conditional,
    Constant,
    Derivative,
    FiniteSet,
    Hole,
    Interval,
    Limit,
    Logic,
    Matrix,
    Membership,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    SetBuilder,
    SetOperation,
    Several,
    Sum,
    Symbol,
    Tuple,
)

__all__ = ["to_tex", "to_text"]

_CONSTANTS: Final = {
    "pi": r"\pi", "e": "e", "i": "i", "infinity": r"\infty", "true": r"\text{true}", "false": r"\text{false}", "emptyset": r"\emptyset",
    "reals": r"\mathbb{R}", "integers": r"\mathbb{Z}", "naturals": r"\mathbb{N}", "rationals": r"\mathbb{Q}", "complexes": r"\mathbb{C}",
}  # fmt: skip
_OPERATORS: Final = {
    **{name: f"\\{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "exp", "ln", "log")},
    **{name: f"\\{name}" for name in ("max", "min", "gcd", "det", "arg")},
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "gamma": r"\Gamma", "Phi": r"\Phi",
    **{f"a{name}": f"\\operatorname{{arc{name}}}" for name in ("cot", "sec", "csc")},
    **{f"a{name}": f"\\operatorname{{ar{name}}}" for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    "re": r"\operatorname{Re}", "im": r"\operatorname{Im}", "tr": r"\operatorname{tr}", "relu": r"\operatorname{ReLU}",
    "sign": r"\operatorname{sgn}",
}  # fmt: skip
_FENCES: Final = {
    "abs": (r"\left|", r"\right|"), "norm": (r"\left\|", r"\right\|"),
    "floor": (r"\left\lfloor ", r"\right\rfloor "), "ceil": (r"\left\lceil ", r"\right\rceil "),
}  # fmt: skip
_SIGNS: Final = {"=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
_CONNECTIVES: Final = {"and": r"\;\text{and}\;", "or": r"\;\text{or}\;", "implies": r"\Rightarrow ", "iff": r"\Leftrightarrow "}
_SET_SIGNS: Final = {"union": r"\cup ", "intersection": r"\cap ", "difference": r"\setminus "}
_BIG: Final = {"integral": r"\int", "sum": r"\sum", "product": r"\prod", "supremum": r"\sup", "infimum": r"\inf"}
_LATIN_CAPITALS: Final = {
    "Alpha": "A", "Beta": "B", "Epsilon": "E", "Zeta": "Z", "Eta": "H", "Iota": "I", "Kappa": "K", "Mu": "M", "Nu": "N", "Omicron": "O",
    "Rho": "P", "Tau": "T", "Chi": "X",
}  # fmt: skip


def to_tex(node: Node) -> str:
    r"""The tree as TeX for mathematics mode; a hole is `\square`."""
    return _PRINTERS[type(node)](node)


def _bracketed(tex: str) -> str:
    return rf"\left({tex}\right)"


def _above(node: Node, least: int) -> str:
    """The TeX, in brackets unless the node binds tighter than `least`."""
    tex = to_tex(node)
    return tex if level(node) > least else _bracketed(tex)


def name_to_tex(name: str) -> str:
    r"""A canonical name as TeX: `alpha_1` → `\alpha_{1}`, `speed` → `\mathrm{speed}`."""
    base = name.rstrip("'")
    primes, (head, _, index) = name[len(base) :], base.partition("_")
    return _letters(head) + (f"_{{{name_to_tex(index)}}}" if index else "") + primes


def _letters(text: str) -> str:
    if text in _LATIN_CAPITALS:
        return rf"\mathrm{{{_LATIN_CAPITALS[text]}}}"
    if text == "omicron":
        return "o"
    if text in GREEK or text == "ell":
        return f"\\{text}"
    return text if len(text) <= 1 or text.isdigit() else rf"\mathrm{{{text}}}"


def _number(node: Number) -> str:
    value, text = node.value, node.text
    mantissa, mark, exponent = text.lower().partition("e")
    if mark:
        return rf"{mantissa}\cdot 10^{{{int(exponent)}}}"
    if text and text.isascii():
        return text
    if value.denominator == 1:
        return str(value.numerator)
    fraction = rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    return fraction if value > 0 else f"-{fraction}"


def _sum(node: Sum) -> str:
    parts = []
    for index, term in enumerate(node.terms):
        sign, rest = sign_and_rest(term)
        tex = _above(rest, Binding.SUM)
        shown = {"+": "+", "-": "-", "±": r"\pm "}[sign]
        parts.append(tex if index == 0 and sign == "+" else shown + tex)
    return "".join(parts)


def _product(node: Product) -> str:
    parts = [_factor(factor, last=index == len(node.factors) - 1) for index, factor in enumerate(node.factors)]
    tex = parts[0]
    for left, right, part in zip(node.factors, node.factors[1:], parts[1:], strict=False):
        tex += _between(left, right, part) + part
    return tex


def _factor(node: Node, *, last: bool) -> str:
    if isinstance(node, Quotient) or (last and isinstance(node, Bound | Derivative | Limit)):
        return to_tex(node)
    if isinstance(node, Number) and "e" in node.text.lower():
        return _bracketed(to_tex(node))
    return _above(node, Binding.PRODUCT) if not (isinstance(node, Number) and node.value > 0) else to_tex(node)


def _between(left: Node, right: Node, tex: str) -> str:
    """A dot where the factors could be misread side by side, else a thin space or nothing."""
    leading = right
    while isinstance(leading, Power):
        leading = leading.base
    if tex[:1].isdigit() or tex[:1] == "." or (isinstance(left, Number | Quotient) and isinstance(right, Number | Quotient)):
        return r"\cdot "
    if isinstance(left, Symbol) and tex.startswith(r"\left("):
        return r"\cdot " if left.name[0] in FUNCTION_LETTERS or len(left.name) > 1 else ""
    long_names = [side for side in (left, leading) if isinstance(side, Symbol) and "mathrm" in name_to_tex(side.name)]
    return r"\," if long_names or not isinstance(left, Number | Symbol | Constant) else " "


def _quotient(node: Quotient) -> str:
    return rf"\frac{{{to_tex(node.numerator)}}}{{{to_tex(node.denominator)}}}"


def _power(node: Power) -> str:
    base, exponent = node.base, to_tex(node.exponent)
    negative = exponent.startswith("-")
    if isinstance(base, Call) and base.function in _OPERATORS and len(base.arguments) == 1 and not negative:
        return rf"{_OPERATORS[base.function]}^{{{exponent}}}{_bracketed(to_tex(base.arguments[0]))}"
    plain_call = isinstance(base, Call) and base.function in (*_FENCES, "binomial")
    simple = isinstance(base, Symbol | Constant | Hole | Tuple | Matrix | FiniteSet | Apply) or plain_call
    if isinstance(base, Number):
        simple = base.value >= 0 and (base.value.denominator == 1 or "." in base.text) and "e" not in base.text.lower()
    return rf"{to_tex(base) if simple else _bracketed(to_tex(base))}^{{{exponent}}}"


def _listed(nodes: tuple[Node, ...]) -> str:
    return ", ".join(map(to_tex, nodes))


def _call(node: Call) -> str:
    function, arguments = node.function, node.arguments
    if function in _SPECIAL_CALLS:
        return _SPECIAL_CALLS[function](*arguments)
    if function in _FENCES:
        left, right = _FENCES[function]
        index = f"_{{{to_tex(arguments[1])}}}" if len(arguments) > 1 else ""
        return f"{left}{to_tex(arguments[0])}{right}{index}"
    return _OPERATORS.get(function, rf"\operatorname{{{function}}}") + _bracketed(_listed(arguments))


_SPECIAL_CALLS: Final[dict[str, Callable[..., str]]] = {
    "sqrt": lambda radicand: rf"\sqrt{{{to_tex(radicand)}}}",
    "cbrt": lambda radicand: rf"\sqrt[3]{{{to_tex(radicand)}}}",
    "root": lambda radicand, index: rf"\sqrt[{to_tex(index)}]{{{to_tex(radicand)}}}",
    "log": lambda argument, base: rf"\log_{{{to_tex(base)}}}{_bracketed(to_tex(argument))}",
    "factorial": lambda argument: f"{_above(argument, Binding.POSTFIX)}!",
    "binomial": lambda upper, lower: rf"\binom{{{to_tex(upper)}}}{{{to_tex(lower)}}}",
    "conj": lambda argument: rf"\overline{{{to_tex(argument)}}}",
    "transpose": lambda argument: rf"{_above(argument, Binding.POSTFIX)}^{{\top}}",
    "inv": lambda argument: rf"{_above(argument, Binding.POSTFIX)}^{{-1}}",
}


def _apply(node: Apply) -> str:
    return name_to_tex(node.function) + "'" * node.primes + _bracketed(_listed(node.arguments))


def _bound(node: Bound) -> str:
    sign, variable = _BIG[node.operator], to_tex(node.variable)
    limits = ""
    if node.condition is not None:
        limits = f"_{{{to_tex(node.condition)}}}"
    elif node.lower is not None and node.upper is not None:
        start = "" if node.operator == "integral" else f"{variable}="
        limits = f"_{{{start}{to_tex(node.lower)}}}^{{{to_tex(node.upper)}}}"
    elif node.operator != "integral":
        limits = f"_{{{variable}}}"
    if node.operator == "integral":
        return rf"{sign}{limits} {_above(node.body, Binding.IF)}\,d{variable}"
    return f"{sign}{limits} {_above(node.body, Binding.SUM)}"


def _derivative(node: Derivative) -> str:
    order = f"^{{{node.order}}}" if node.order > 1 else ""
    body = _above(node.body, Binding.POSTFIX)
    return rf"\frac{{d{order}}}{{d{to_tex(node.variable)}{order}}}{body}"


def _limit(node: Limit) -> str:
    side = {"both": "", "left": "^{-}", "right": "^{+}"}[node.side]
    point = _above(node.point, Binding.POWER) + side if side else to_tex(node.point)
    return rf"\lim_{{{to_tex(node.variable)}\to {point}}} {_above(node.body, Binding.SUM)}"


def _conditional(node: Conditional) -> str:
    rows = [rf"{to_tex(value)} & \text{{if }} {to_tex(condition)}" for value, condition in node.branches]
    if node.otherwise is not None:
        rows.append(rf"{to_tex(node.otherwise)} & \text{{otherwise}}")
    return r"\begin{cases}" + r" \\ ".join(rows) + r"\end{cases}"


def _relation(node: Relation) -> str:
    tex = _above(node.operands[0], Binding.RELATION)
    for sign, operand in zip(node.signs, node.operands[1:], strict=True):
        tex += f" {_SIGNS[sign]} {_above(operand, Binding.RELATION)}"
    return tex


def _membership(node: Membership) -> str:
    sign = r"\notin" if node.negated else r"\in"
    return f"{_above(node.element, Binding.RELATION)} {sign} {_above(node.container, Binding.RELATION)}"


def _logic(node: Logic) -> str:
    if node.connective == "not":
        return rf"\lnot {_above(node.operands[0], Binding.RELATION)}"
    return _CONNECTIVES[node.connective].join(_above(operand, level(node)) for operand in node.operands)


def _interval(node: Interval) -> str:
    left, right = "[" if node.lower_closed else "(", "]" if node.upper_closed else ")"
    return rf"\left{left}{_listed((node.lower, node.upper))}\right{right}"


def _set_operation(node: SetOperation) -> str:
    return _SET_SIGNS[node.operator].join(_above(operand, Binding.INTERSECTION) for operand in node.operands)


def _matrix(node: Matrix) -> str:
    rows = r" \\ ".join(" & ".join(map(to_tex, row)) for row in node.rows)
    return rf"\begin{{pmatrix}}{rows}\end{{pmatrix}}"


_PRINTERS: Final[dict[type[Node], Callable[[Any], str]]] = {
    Number: _number,
    Constant: lambda node: _CONSTANTS[node.name],
    Symbol: lambda node: name_to_tex(node.name),
    Hole: lambda node: r"\square ",
    Negative: lambda node: f"-{_above(node.operand, Binding.SUM)}",
    PlusMinus: lambda node: rf"\pm {_above(node.operand, Binding.SUM)}",
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Call: _call,
    Apply: _apply,
    Bound: _bound,
    Derivative: _derivative,
    Limit: _limit,
    Conditional: _conditional,
    Relation: _relation,
    Membership: _membership,
    Logic: _logic,
    Interval: _interval,
    FiniteSet: lambda node: rf"\left\{{{_listed(node.elements)}\right\}}",
    SetBuilder: lambda node: rf"\left\{{{name_to_tex(node.variable.name)} : {to_tex(node.condition)}\right\}}",
    SetOperation: _set_operation,
    Tuple: lambda node: _bracketed(_listed(node.entries)),
    Several: lambda node: r",\quad ".join(map(to_tex, node.values)),
    Matrix: _matrix,
}
