"""The grammar of typed mathematics: a Pratt parser over resolved tokens.

Binding, from loose to tight: `iff`, `implies`, `or`, `and`, `not`; relations and `in`; `if … else`; `union`, `setminus`,
`intersection`; the `:` of a ratio; `+ -`; `* /` and products without a sign; `^` (to the right); postfix `! % ° '`. Powers and postfix
operators stand in `grammar_postfix`, brackets and sets in `grammar_sets`, several answers in `grammar_several`, functions in
`grammar_functions`, TeX in `grammar_tex`, calculus in `grammar_calculus`.

Every recursion passes through `Parser.expression`, which counts its depth; so no text can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from companion.answers import (
    grammar_calculus,
    grammar_evaluation,
    grammar_functions,
    grammar_postfix,
    grammar_sets,
    grammar_several,
    grammar_tex,
    grammar_trouble,
)
from companion.answers.binding import BINDING, Binding
from companion.answers.errors import ReadError
from companion.answers.tokens import Token
from companion.answers.tree import (
    Conditional,
    Connective,
    Constant,
    Hole,
    Logic,
    Membership,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    RelationSign,
    Span,
    Sum,
    Symbol,
    Tuple,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from companion.answers.vocabulary import Vocabulary

MAX_NESTING: Final = 60
MAX_DEPTH: Final = 120
"""Calls of `expression` inside each other; each takes up to five frames of Python's stack."""

_SIGNS: Final = ("=", "!=", "<", "<=", ">", ">=")
_STARTING: Final = frozenset(
    {"number", "symbol", "constant", "function", "apply", "sign", "binder", "derivative", "quotient", "tex", "begin"}
)


class Parser:
    """Reads one list of resolved tokens. `tolerant` puts a `Hole` where something is missing and closes what is left open."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary, expecting: str, *, tolerant: bool = False) -> None:
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.expecting = expecting
        self.tolerant = tolerant
        self.at = 0
        self.depth = 0
        self.nesting = 0
        self.bars: list[str] = []
        self.bar_separates = False
        self.colon_divides = True
        self.has_several = False
        self.brackets: dict[Span, str] = {}
        """For each tuple read, the opening and the closing bracket; a tuple may turn out to be an interval."""

    # -- tokens ------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """The token that is next."""
        return self.tokens[self.at]

    def peek(self, ahead: int = 1) -> Token:
        """A token further on; the stop if there are not so many."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, passed."""
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def takes(self, *operators: str) -> bool:
        """Pass the next token if it is one of these operators; whether it was."""
        if self.token.is_op(*operators):
            self.take()
            return True
        return False

    def opens(self, *brackets: str) -> bool:
        """Whether one of these brackets is next."""
        return self.token.kind == "open" and self.token.text in brackets

    def since(self, start: int) -> Span:
        """The span from a position in the text to the last token passed."""
        return (start, max(start, self.tokens[max(self.at - 1, 0)].span[1]))

    def fail(self, code: str, message: str, span: Span | None = None) -> ReadError:
        """An error at the next token, or elsewhere."""
        return ReadError(f"read.{code}", message, span or self.token.span)

    def missing(self, message: str) -> Node:
        """A hole where something is missing, or the error that says so."""
        if self.tolerant:
            return Hole(span=(self.token.span[0], self.token.span[0]))
        raise self.fail("missing-operand", message)

    @contextmanager
    def nested(self, expecting: str | None = None) -> Iterator[None]:
        """Inside a bracket: bars pair afresh, and something else may be expected."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.fail("too-deep", f"This is nested more than {MAX_NESTING} brackets deep.")
        saved = self.bars, self.bar_separates, self.colon_divides, self.expecting
        self.bars, self.bar_separates, self.expecting = [], False, expecting or self.expecting
        yield
        self.bars, self.bar_separates, self.colon_divides, self.expecting = saved
        self.nesting -= 1

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One recursion deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail("too-deep", "This is nested too deeply.")
        yield
        self.depth -= 1

    # -- expressions -------------------------------------------------------------

    def whole(self) -> Node:
        """The tree of the whole text."""
        if self.expecting in grammar_several.LABELLED:
            self.takes("=")  # goes on from the `…` of the question
        tree = self.listed()
        if self.token.kind != "stop":
            raise grammar_trouble.unexpected(self)
        return grammar_sets.as_set(self, tree) if self.expecting == "set" else tree

    def listed(self) -> Node:
        """An expression, or several with commas between them: a list where one is expected, else answers side by side."""
        tree = self.expression()
        if self.expecting == "expression" and self.token.is_op(",", ";"):
            return grammar_several.side_by_side(self, tree)
        if not self.token.is_op(",") or self.expecting != "list":
            return tree
        entries = [tree]
        while self.takes(","):
            entries.append(self.expression())
        return grammar_sets.tuple_of(self, entries, entries[0].span[0], "()")

    def expression(self, minimum: int = 0) -> Node:
        """An expression of operators that bind tighter than `minimum`."""
        with self.deeper():
            start = self.token.span[0]
            left = self._operand(minimum)
            chain: Node | None = None  # the node that this very loop has built, and may lengthen
            while (binding := self._binding(left)) > minimum:
                left = chain = self._infix(left, chain, binding, start)
        return left

    def _binding(self, left: Node) -> int:
        """How tightly the next token binds to what stands before it; 0 if it does not continue the expression."""
        while self.token.is_op("gap") and not grammar_sets.is_set(self, left):
            self.take()
        token = self.token
        if token.kind == "op" and token.text not in "|‖":
            return BINDING.get(token.text, 0) if token.text != ":" or self.colon_divides else 0
        if grammar_sets.is_union_letter(self, left) or (token.text == "\\{" and grammar_sets.is_set(self, left)):
            return Binding.UNION
        return Binding.PRODUCT if self.starts_factor() else 0

    def starts_factor(self) -> bool:
        """Whether the next token can begin a factor of a product without a sign."""
        token = self.token
        if token.is_op("|", "‖"):
            return not self.closes_bar() and not self.bar_separates
        return token.kind in _STARTING or (token.kind == "open" and (token.text != "[" or grammar_evaluation.begins(self)))

    def closes_bar(self) -> bool:
        """Whether the bar that is next closes the innermost open one."""
        if not self.bars:
            return False
        if self.is_norm_bar():
            return self.bars[-1] == "norm" or self.token.text == "|"
        return self.bars[-1] == "abs"

    def is_norm_bar(self) -> bool:
        """Whether the next token is ‖ or the first of two bars without a space between."""
        return self.token.is_op("‖") or (self.token.is_op("|") and self.peek().is_op("|") and not self.peek().spaced)

    def _infix(self, left: Node, chain: Node | None, binding: int, start: int) -> Node:
        if binding in (Binding.UNION, Binding.INTERSECTION):
            return grammar_sets.infix(self, left, chain, start)
        operator = self.token.text if self.token.kind == "op" and self.token.text not in "|‖" else ""
        return _INFIX.get(operator, Parser._relation)(self, left, chain, start)

    def _sum(self, left: Node, chain: Node | None, start: int) -> Node:
        sign = self.take()
        if grammar_sets.is_set(self, left) and (not isinstance(left, Symbol) or self.opens("{", "\\{", "[")):
            if sign.text != "-":
                raise self.fail("set", "Sets are joined with union, and not with +.", sign.span)
            return grammar_sets.operation(self, "difference", (left, self.expression(Binding.SUM)), start)
        term = self.expression(Binding.SUM)
        span = self.since(sign.span[0])
        if sign.text == "-" or (sign.text == "+-" and self._plus_minus_is_two_signs(sign)):
            term = Negative(term, span=span)
        elif sign.text == "+-":
            term = PlusMinus(term, span=span)
        terms = (*left.terms, term) if isinstance(left, Sum) and left is chain else (left, term)
        return Sum(terms, span=self.since(start))

    def _plus_minus_is_two_signs(self, sign: Token) -> bool:
        """A formula has one value, so that `a+-b` in it is a sum with a negative term; only `±` means both signs there."""
        return self.expecting == "expression" and sign.span[1] - sign.span[0] == 2

    def _product(self, left: Node, chain: Node | None, start: int) -> Node:
        if self.takes("gap"):
            return grammar_sets.operation(self, "difference", (left, self.expression(Binding.UNION)), start)
        signed = self.takes("*")
        if not signed:
            grammar_trouble.refuse_two_numbers(self)
        factor = self.expression(Binding.PRODUCT)
        if not signed and isinstance(left, Symbol) and isinstance(factor, Tuple) and not self.tolerant:
            raise self.fail("unknown-name", f"{left.name} is not a function in this question.", left.span)
        factors = (*left.factors, factor) if isinstance(left, Product) and left is chain else (left, factor)
        if not signed and not self.tolerant:
            grammar_trouble.refuse_bare_function(self, factors[-2], factor)
        return Product(factors, span=self.since(start))

    def _quotient(self, left: Node, chain: Node | None, start: int) -> Node:
        self.take()
        return Quotient(left, self.expression(Binding.PRODUCT), span=self.since(start))

    def _ratio(self, left: Node, chain: Node | None, start: int) -> Node:
        colon = self.take()
        right = self.expression(Binding.SUM)
        if self.token.is_op("+", "-", "+-") or (isinstance(left, Sum) and left is chain):
            raise self.fail("ambiguous", "Write brackets around the sums of a ratio, as in (a+b):c.", colon.span)
        if self.token.is_op(":") or (isinstance(left, Quotient) and left is chain):
            raise self.fail("ambiguous", "A ratio that can be read has two sides, as in 2:3.", colon.span)
        return Quotient(left, right, span=self.since(start))

    def _power(self, left: Node, chain: Node | None, start: int) -> Node:
        return grammar_postfix.raised(self, left, start)

    def exponent(self) -> Node:
        """What stands after `^`: a group in braces, or an operand with its own powers."""
        if not self.opens("{"):
            return self.expression(Binding.POWER - 1)
        start = self.token.span[0]
        group = self.script()
        if not self.takes("^"):
            return group
        with self.deeper():
            return Power(group, self.exponent(), span=self.since(start))

    def script(self) -> Node:
        """One atom after `^` or `_` of a function or sign: a group, or a number, name or constant with its sign."""
        token = self.token
        if self.opens("{", "(", "group("):
            self.take()
            with self.nested("expression"):
                inner = self.expression()
            grammar_sets.close(self, token, grammar_sets.CLOSING[token.text])
            return inner
        if self.takes("-", "+"):
            with self.deeper():
                atom = self.script()
            return Negative(atom, span=self.since(token.span[0])) if token.text == "-" else atom
        if token.kind == "number":
            self.take()
            return Number(token.value, token.text, span=token.span)
        if token.kind == "constant":
            self.take()
            return Constant(token.text, span=token.span)
        if token.kind in ("symbol", "apply"):
            self.take()
            return Symbol(token.text, span=token.span)
        return self.missing("An exponent or an index is missing here.")

    def _postfix(self, left: Node, chain: Node | None, start: int) -> Node:
        return grammar_postfix.after(self, left, start)

    def _logic(self, left: Node, chain: Node | None, start: int) -> Node:
        operator = self.take().text
        if operator == "&" and grammar_sets.is_set(self, left):
            return grammar_sets.operation(self, "intersection", (left, self.expression(Binding.AND)), start)
        connective = cast(Connective, "and" if operator == "&" else operator)
        right = self.expression(Binding.IMPLIES - 1 if connective == "implies" else BINDING[connective])
        joined = isinstance(left, Logic) and left is chain and left.connective == connective and connective in ("and", "or")
        operands = (*left.operands, right) if joined and isinstance(left, Logic) else (left, right)
        return Logic(connective, operands, span=self.since(start))

    def _relation(self, left: Node, chain: Node | None, start: int) -> Node:
        if self.token.is_op("in", "notin"):
            negated = self.take().text == "notin"
            return Membership(left, grammar_sets.as_set(self, self.expression(Binding.RELATION)), negated, span=self.since(start))
        operands, signs = [left], []
        while self.token.is_op(*_SIGNS):
            sign = self.take()
            if sign.text == "=" and self.token.is_op("<", ">") and not self.token.spaced:
                raise self.fail("relation", f"Write {self.token.text}= and not ={self.token.text}.", (sign.span[0], self.token.span[1]))
            signs.append(cast(RelationSign, sign.text))
            operands.append(self.expression(Binding.RELATION))
        return Relation(tuple(operands), tuple(signs), span=self.since(start))

    def _conditional(self, left: Node, chain: Node | None, start: int) -> Node:
        branches, otherwise = [], None
        value: Node | None = left
        while value is not None:
            self.take()
            branches.append((value, self.expression()))
            value = None
            if self.takes("else"):
                otherwise = self.expression(Binding.IF)
                if self.token.is_op("if"):
                    value, otherwise = otherwise, None
        return Conditional(tuple(branches), otherwise, span=self.since(start))

    # -- operands ----------------------------------------------------------------

    def _operand(self, minimum: int) -> Node:
        while self.takes("gap"):
            continue
        token = self.token
        if token.kind == "op":
            return self._prefix(token, minimum)
        if token.kind == "open" or token.text == "]":
            return grammar_sets.bracket(self)
        if token.kind == "number":
            self.take()
            return Number(token.value, token.text, span=token.span)
        if token.kind == "constant":
            self.take()
            return Constant(token.text, span=token.span)
        if token.kind in ("symbol", "apply"):
            return grammar_functions.name(self)
        if token.kind == "function":
            return grammar_functions.call(self)
        if token.kind in ("sign", "binder", "derivative", "quotient"):
            return grammar_calculus.operator(self)
        if token.kind in ("tex", "begin"):
            return grammar_tex.command(self)
        if token.kind == "differential":
            raise self.fail("integral", f"The d{token.text} here ends no integral.")
        if token.kind in ("close", "end") and not self.tolerant and self.at and self.nesting == 0:
            raise grammar_trouble.unexpected(self)
        return self.missing(grammar_trouble.what_is_missing(self))

    def _prefix(self, token: Token, minimum: int) -> Node:
        start = token.span[0]
        if self.takes("-"):
            return Negative(self.expression(max(minimum, Binding.SUM)), span=self.since(start))
        if self.takes("+"):
            return self.expression(max(minimum, Binding.SUM))
        if self.takes("+-"):
            return PlusMinus(self.expression(max(minimum, Binding.SUM)), span=self.since(start))
        if token.text == "not" and minimum <= Binding.NOT:
            self.take()
            return Logic("not", (self.expression(Binding.NOT),), span=self.since(start))
        if token.text in ("|", "‖"):
            return grammar_sets.bars(self)
        if token.text in ("union", "intersection") and self.peek().text == "(":
            return grammar_sets.prefix_operation(self)
        return self.missing(grammar_trouble.what_is_missing(self))


_INFIX: Final[dict[str, Callable[[Parser, Node, Node | None, int], Node]]] = {
    **dict.fromkeys(("+", "-", "+-"), Parser._sum),
    **dict.fromkeys(("*", "gap", ""), Parser._product),
    **dict.fromkeys(("!", "%", "degree", "'"), Parser._postfix),
    **dict.fromkeys(("and", "or", "implies", "iff", "&"), Parser._logic),
    "/": Parser._quotient,
    ":": Parser._ratio,
    "^": Parser._power,
    "if": Parser._conditional,
}
