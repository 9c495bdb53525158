"""Brackets and bars: groups, tuples, matrices, intervals, finite sets, set builders, absolute values; and the operations on sets.

What `(1, 2)`, `[1, 2]` mean depends on what is expected: a tuple or, for a set, an interval. A tuple that turns out to stand
in a set operation or after `in` becomes an interval afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from companion.answers import grammar_evaluation, grammar_trouble
from companion.answers.binding import Binding
from companion.answers.names import NAMED_SETS, SETS
from companion.answers.tokens import Token
from companion.answers.tree import (
    Call,
    Constant,
    FiniteSet,
    Hole,
    Interval,
    Logic,
    Matrix,
    Membership,
    Negative,
    Node,
    SetBuilder,
    SetOperation,
    SetOperator,
    Symbol,
    Tuple,
)

if TYPE_CHECKING:
    from companion.answers.grammar import Parser

CLOSING: Final = {
    "(": ")", "[": "]", "{": "}", "\\{": "\\}", "abs(": "abs)", "norm(": "norm)", "floor(": "floor)", "ceil(": "ceil)", "group(": "group)",
    "value(": "value)",
}  # fmt: skip
"""The bracket that closes each; `group(` is the brace of a TeX command that carries no meaning."""
_SHOWN: Final = {"abs(": "|", "norm(": "‖", "floor(": "⌊", "ceil(": "⌈", "\\{": "{", "group(": "{", "value(": "\\left."}
_OPERATORS: Final[dict[str, SetOperator]] = {"union": "union", "intersection": "intersection", "setminus": "difference"}


def bracket(parser: Parser) -> Node:
    """Whatever begins with the bracket that is next."""
    opening = parser.token
    if opening.text in ("{", "\\{"):
        return _braces(parser)
    if opening.text == "group(":
        parser.take()
        with parser.nested():
            grouped = parser.listed()
        close(parser, opening, "group)")
        return grouped
    if opening.text == "value(":
        return _between_ends(parser)
    if opening.text in ("abs(", "norm(", "floor(", "ceil("):
        parser.take()
        with parser.nested("expression"):
            inner = parser.expression()
        close(parser, opening, CLOSING[opening.text])
        return _normed(parser, Call(opening.text[:-1], (inner,), span=parser.since(opening.span[0])))
    if opening.text == "]" and parser.expecting != "set":
        return parser.missing("Something is missing before this bracket.")
    parser.take()
    rows = _rows(parser)
    closing = _closing_of_tuple(parser, opening)
    return _bracketed(parser, rows, opening, closing)


def _between_ends(parser: Parser) -> Node:
    """`\\left.F\\right|_a^b`, whose opening is next."""
    opening = parser.take()
    with parser.nested("expression"):
        inner = parser.expression()
    close(parser, opening, "value)")
    if parser.token.is_op("_"):
        return grammar_evaluation.evaluated(parser, inner, opening.span[0])
    if parser.tolerant:
        return inner
    raise parser.fail("evaluation", "Write the ends after the bar, as in \\right|_{t=0}^{t=1}.")


def _rows(parser: Parser) -> list[list[Node]]:
    rows: list[list[Node]] = [[]]
    with parser.nested():
        while True:
            rows[-1].append(parser.expression())
            if parser.takes(";"):
                rows.append([])
            elif not parser.takes(","):
                return rows


def _closing_of_tuple(parser: Parser, opening: Token) -> str:
    token = parser.token
    if token.kind == "close" and token.text in (")", "]"):
        return parser.take().text
    if token.kind == "open" and token.text == "[" and parser.expecting == "set":
        parser.take()
        return "["
    close(parser, opening, ")" if opening.text == "(" else "]")
    return ")" if opening.text == "(" else "]"


def _bracketed(parser: Parser, rows: list[list[Node]], opening: Token, closing: str) -> Node:
    entries, start, kinds = rows[0], opening.span[0], opening.text + closing
    if len(rows) > 1:
        return matrix(parser, rows, start)
    if len(entries) == 1 and kinds in ("()", "[]"):
        only = entries[0]
        if takes_positive_part(parser):
            return Call("relu", (only,), span=parser.since(start))
        if kinds == "[]" and parser.token.is_op("_"):
            return grammar_evaluation.evaluated(parser, only, start)
        if kinds == "[]" and isinstance(only, Tuple) and parser.brackets.get(only.span) == "[]":
            return matrix(parser, [list(only.entries)], start)
        if kinds == "()" or parser.expecting != "list" or isinstance(only, Matrix):
            return only
        return tuple_of(parser, entries, start, kinds)
    if kinds != "()" and kinds != "[]" and len(entries) != 2:
        raise parser.fail("bracket", f"The bracket {opening.text} is closed with {closing}.", (start, parser.since(start)[1]))
    if kinds not in ("()", "[]") or (parser.expecting == "set" and len(entries) == 2):
        return _interval(parser, entries[0], entries[1], kinds, start)
    lists = [entry for entry in entries if isinstance(entry, Tuple) and parser.brackets.get(entry.span) == "[]"]
    if kinds == "[]" and len(lists) == len(entries):
        return matrix(parser, [list(entry.entries) for entry in lists], start)
    return tuple_of(parser, entries, start, kinds)


def takes_positive_part(parser: Parser) -> bool:
    """Pass the index `_+` or `_{+}` after brackets, which takes the positive part; whether there was one."""
    is_braced = parser.peek().kind == "open" and parser.peek().text == "{" and parser.peek(3).kind == "close"
    sign = parser.peek(1 + is_braced)
    is_two_signs = sign.is_op("+-") and sign.span[1] - sign.span[0] == 2 and not is_braced
    if not parser.token.is_op("_") or not (sign.is_op("+") or is_two_signs):
        return False
    if is_two_signs:  # of the `+-` in `(x)_+-3` the minus is left
        parser.at += 1
        parser.tokens[parser.at] = replace(sign, text="-", span=(sign.span[1] - 1, sign.span[1]))
    else:
        parser.at += 4 if is_braced else 2
    return True


def tuple_of(parser: Parser, entries: list[Node], start: int, kinds: str) -> Tuple:
    """A tuple whose brackets are remembered, in case it turns out to be an interval."""
    span = parser.since(start)
    parser.brackets[span] = kinds
    return Tuple(tuple(entries), span=span)


def matrix(parser: Parser, rows: list[list[Node]], start: int) -> Matrix:
    """A matrix; rows of different lengths are refused."""
    if len({len(row) for row in rows}) > 1:
        if not parser.tolerant:
            raise parser.fail("matrix", "The rows of this matrix have different lengths.", parser.since(start))
        width = max(map(len, rows))
        rows = [row + [Hole()] * (width - len(row)) for row in rows]
    return Matrix(tuple(map(tuple, rows)), span=parser.since(start))


def _interval(parser: Parser, lower: Node, upper: Node, kinds: str, start: int) -> Interval:
    return Interval(
        lower,
        upper,
        lower_closed=kinds[0] == "[" and not _is_infinite(lower),
        upper_closed=kinds[1] == "]" and not _is_infinite(upper),
        span=parser.since(start),
    )


def _is_infinite(node: Node) -> bool:
    return (node.operand if isinstance(node, Negative) else node) == Constant("infinity")


def close(parser: Parser, opening: Token, closing: str) -> None:
    """Pass the closing bracket, or say which bracket is left open."""
    token = parser.token
    if token.kind == "close" and token.text.lstrip("\\") == closing.lstrip("\\"):
        parser.take()
    elif token.kind == "stop" or (parser.tolerant and token.kind != "close"):
        if not parser.tolerant:
            raise parser.fail("bracket", f"The bracket {_SHOWN.get(opening.text, opening.text)} is never closed.", opening.span)
    elif token.kind == "close":
        shown = _SHOWN.get(opening.text, opening.text)
        raise parser.fail("bracket", f"The bracket {shown} is closed with {token.text.lstrip(chr(92))}.")
    else:
        raise grammar_trouble.unexpected(parser)


# -- braces --------------------------------------------------------------------


def _braces(parser: Parser) -> Node:
    opening = parser.take()
    start = opening.span[0]
    if parser.token.kind == "close" and parser.token.text in ("}", "\\}"):
        parser.take()
        return FiniteSet((), span=parser.since(start))
    with parser.nested("relation"):
        parser.colon_divides = False
        variable = _builder_variable(parser)
        node = _builder(parser, variable, start) if variable else None
        elements: list[Node] = []
        if node is None:
            elements = [parser.expression()]
            while parser.takes(",", ";"):
                elements.append(parser.expression())
    close(parser, opening, CLOSING[opening.text])
    span = parser.since(start)
    return replace(node, span=span) if node else FiniteSet(tuple(elements), span=span)


def _builder_variable(parser: Parser) -> Symbol | None:
    token, following = parser.token, parser.peek()
    if token.kind not in ("symbol", "apply") or not following.is_op(":", "|", "in"):
        return None
    if following.text == "in" and not any(parser.peek(ahead).is_op(":", "|") for ahead in range(3, 12)):
        return None
    parser.take()
    return Symbol(token.text, span=token.span)


def _builder(parser: Parser, variable: Symbol, start: int) -> SetBuilder:
    container: Node | None = None
    if parser.takes("in"):
        parser.bar_separates = True
        container = as_set(parser, parser.expression(Binding.IF))
        parser.bar_separates = False
    if not parser.takes(":", "|"):
        raise parser.fail("set", "A colon or a bar is missing: write {x : condition}.")
    conditions = [parser.expression()]
    while parser.takes(","):
        conditions.append(parser.expression())
    if container is not None and container != Constant("reals"):
        conditions.insert(0, Membership(variable, container, span=container.span))
    condition = conditions[0] if len(conditions) == 1 else Logic("and", tuple(conditions), span=parser.since(conditions[0].span[0]))
    return SetBuilder(variable, condition, span=parser.since(start))


# -- bars ------------------------------------------------------------------------


def bars(parser: Parser) -> Node:
    """An absolute value or a norm that begins with the bar that is next."""
    opening = parser.token
    is_norm = parser.is_norm_bar() and (opening.text == "‖" or _next_bar_is_double(parser))
    start = opening.span[0]
    parser.take()
    if is_norm and opening.text == "|":
        parser.take()
    parser.bars.append("norm" if is_norm else "abs")
    inner = parser.expression()
    parser.bars.pop()
    closed = parser.token.is_op("|", "‖") and (not is_norm or parser.is_norm_bar())
    if closed:
        double = parser.take().text == "|" and is_norm
        if double:
            parser.take()
    elif not parser.tolerant:
        message = "This bar has no partner. Bars stand in pairs: |x|; abs(x) says the same."
        raise parser.fail("bracket", message, opening.span)
    return _normed(parser, Call("norm" if is_norm else "abs", (inner,), span=parser.since(start)))


def _normed(parser: Parser, call: Call) -> Call:
    """A norm may carry an index: ‖f‖_2."""
    if call.function == "norm" and parser.takes("_"):
        return Call("norm", (*call.arguments, parser.script()), span=parser.since(call.span[0]))
    return call


def _next_bar_is_double(parser: Parser) -> bool:
    depth = 0
    for ahead in range(2, len(parser.tokens) - parser.at):
        token = parser.peek(ahead)
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return False
        if depth == 0 and token.is_op("|"):
            following = parser.peek(ahead + 1)
            return following.is_op("|") and not following.spaced
    return False


# -- operations on sets ------------------------------------------------------------


def is_set(parser: Parser, node: Node) -> bool:
    """Whether a node is a set, or a letter that is one where a set is expected."""
    if isinstance(node, Symbol):
        return parser.expecting == "set" and node.name in NAMED_SETS and node.name not in parser.vocabulary.names
    return isinstance(node, Interval | FiniteSet | SetBuilder | SetOperation) or (isinstance(node, Constant) and node.name in SETS)


def is_union_letter(parser: Parser, left: Node) -> bool:
    """Whether the letter U or u that is next stands for a union."""
    token = parser.token
    if token.kind != "symbol" or token.text not in ("U", "u") or token.text in parser.vocabulary.names:
        return False
    return is_set(parser, left) or isinstance(left, Tuple)


def as_set(parser: Parser, node: Node) -> Node:
    """A tuple as the interval, and a letter as the set, that it means where a set is expected."""
    if isinstance(node, Tuple) and len(node.entries) == 2 and node.span in parser.brackets:
        kinds = parser.brackets[node.span]
        return replace(_interval(parser, node.entries[0], node.entries[1], kinds, node.span[0]), span=node.span)
    if isinstance(node, Symbol) and node.name in NAMED_SETS and node.name not in parser.vocabulary.names:
        return Constant(NAMED_SETS[node.name], span=node.span)
    return node


def infix(parser: Parser, left: Node, chain: Node | None, start: int) -> Node:
    """A union, an intersection or a difference that continues what stands before it."""
    operator: SetOperator = "union"
    binding = Binding.UNION
    if parser.token.kind == "op":
        text = parser.take().text
        operator = _OPERATORS[text]
        binding = Binding.INTERSECTION if operator == "intersection" else Binding.UNION
    elif parser.token.text == "\\{":
        operator = "difference"
    else:
        parser.take()
    right = parser.expression(binding)
    joined = isinstance(left, SetOperation) and left is chain and left.operator == operator and operator != "difference"
    operands = (*left.operands, right) if joined and isinstance(left, SetOperation) else (left, right)
    return operation(parser, operator, operands, start)


def operation(parser: Parser, operator: SetOperator, operands: tuple[Node, ...], start: int) -> SetOperation:
    """The operation on the operands taken as sets."""
    return SetOperation(operator, tuple(as_set(parser, operand) for operand in operands), span=parser.since(start))


def prefix_operation(parser: Parser) -> Node:
    """`union(A, B)`, `intersection(A, B)`."""
    token = parser.take()
    opening = parser.take()
    with parser.nested("set"):
        operands = [parser.expression()]
        while parser.takes(","):
            operands.append(parser.expression())
        node = operation(parser, _OPERATORS[token.text], tuple(operands), token.span[0]) if len(operands) > 1 else operands[0]
    close(parser, opening, ")")
    return node
