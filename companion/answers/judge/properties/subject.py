"""The object under test, and the arguments of the property it is tested for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from companion.answers import tree
from companion.answers.errors import ReadError
from companion.answers.judge.build import Scope, build, scalar
from companion.answers.judge.domains import Domains, QuestionError, parse_domain
from companion.answers.judge.limits import BuildError
from companion.answers.judge.properties.finding import NotDecidedError, WrongSortError
from companion.answers.judge.properties.regions import Region, parameter_points, region_of
from companion.answers.names import canonical_name
from companion.answers.protocol import Kind
from companion.answers.reader import Vocabulary, read
from companion.answers.transform import with_children


@dataclass(frozen=True, slots=True)
class Thing:
    """An answer as an object: its tree, what it is in SymPy (a formula or a matrix; a list is a column), and the names it depends on."""

    node: tree.Node
    value: Any
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One object and one property's arguments. `field` finds the answer to another field; it raises `NotDecidedError`."""

    thing: Thing
    name: str
    arguments: Mapping[str, Any]
    domains: Domains
    vocabulary: Vocabulary
    scope: Scope
    field: Callable[[str], Thing]
    field_names: tuple[str, ...] = ()

    @property
    def seed(self) -> str:
        """The seed of everything random in this test."""
        return f"{self.arguments.get('property')}|{self.arguments.get('id')}"

    def has(self, argument: str) -> bool:
        """Whether the argument is given."""
        return argument in self.arguments

    def word(self, argument: str) -> str:
        """An argument that is one of some words."""
        return str(self.arguments[argument])

    def is_set(self, argument: str) -> bool:
        """Whether an argument says yes."""
        return self.arguments.get(argument) == "yes"

    def formula_given(self) -> sympy.Expr:
        """The object as a formula. Raises `WrongSortError` for a list."""
        if isinstance(self.thing.value, sympy.MatrixBase):
            raise WrongSortError("A single formula is asked for here, not a list.", "list")
        return self.thing.value

    def entries(self) -> list[sympy.Expr]:
        """The entries of the object: of a matrix row by row, of a number itself."""
        value = self.thing.value
        return [value] if not isinstance(value, sympy.MatrixBase) else list(value)

    def others(self) -> list[sympy.Expr]:
        """The entries of the list that the object is held against: of `vector`, or of the answer in another field."""
        if not self.has("of"):
            return self.formulas("vector")
        value = self.field(self.word("of")).value
        return [value] if not isinstance(value, sympy.MatrixBase) else list(value)

    def matrix(self) -> Any:
        """The object as a matrix. Raises `WrongSortError` for a formula."""
        if not isinstance(self.thing.value, sympy.MatrixBase):
            raise WrongSortError("A matrix is asked for here, not a single formula.", "expression")
        return self.thing.value

    def formula(self, argument: str) -> sympy.Expr:
        """An argument that is a formula."""
        return self.read_formula(self.arguments[argument])

    def formulas(self, argument: str) -> list[sympy.Expr]:
        """An argument that is a list of formulas."""
        return [self.read_formula(text) for text in self.arguments[argument]]

    def read_formula(self, text: str, vocabulary: Vocabulary | None = None, scope: Scope | None = None) -> sympy.Expr:
        """The formula that an author wrote. Raises `QuestionError`."""
        try:
            return scalar(self.tree_of(text, "expression", vocabulary), scope or self.scope)
        except BuildError as error:
            raise self.fault(error.message) from error

    def tree_of(self, text: str, expecting: Kind, vocabulary: Vocabulary | None = None) -> tree.Node:
        """The tree of what an author wrote. Raises `QuestionError`."""
        try:
            return read(str(text), vocabulary or self.vocabulary, expecting)
        except ReadError as error:
            raise self.fault(error.message) from error

    def fault(self, message: str) -> QuestionError:
        """An error in this property's arguments."""
        return QuestionError(f"The property “{self.arguments.get('id')}” of this question cannot be used: {message}")

    def whole(self, argument: str) -> int:
        """An argument that is a whole number from 0."""
        text = str(self.arguments[argument]).strip()
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise self.fault(f"{argument} is not a whole number.")
        return int(text)

    def variable(self, argument: str = "variable") -> sympy.Symbol:
        """An argument that names a variable."""
        return self.scope.symbol(canonical_name(str(self.arguments[argument])))

    def variables(self, argument: str = "variables") -> list[sympy.Symbol]:
        """An argument that names several variables."""
        return [self.scope.symbol(canonical_name(str(name))) for name in self.arguments[argument]]

    def region(self, argument: str = "over") -> Region:
        """An argument that is a region of one variable."""
        return region_of(self.tree_of(self.arguments[argument], "relation"), self.scope)

    def place(self, argument: str = "at") -> dict[sympy.Symbol, sympy.Expr]:
        """An argument that is a point."""
        return {self.scope.symbol(canonical_name(name)): self.read_formula(text) for name, text in self.arguments[argument].items()}

    def other(self, function: str = "function", of: str = "of") -> sympy.Expr:
        """The function that the object is held against: a formula, or the answer in another field."""
        return _as_formula(self.field(self.word(of))) if self.has(of) else self.formula(function)

    def parameters(
        self, *expressions: sympy.Expr, without: Iterable[sympy.Symbol] = (), far: bool = True
    ) -> list[dict[sympy.Symbol, Fraction]]:
        """Values for every symbol of the expressions but those of `without`. Raises `NotDecidedError` if there are none."""
        symbols = set().union(*(expression.free_symbols for expression in expressions)) - set(without)
        points = parameter_points(symbols, self.domains, self.seed, far)
        if not points:
            raise NotDecidedError("I found no values of the parameters to try.")
        return points

    def statement_parts(self, *texts: str) -> tuple[list[tree.Node], Scope, Vocabulary, Domains]:
        """Trees of an author's statement about the fields' names, and where its own names (`for`) live."""
        extra = {canonical_name(name): str(text) for name, text in (self.arguments.get("for") or {}).items()}
        known = replace(self.vocabulary, symbols=self.vocabulary.symbols | frozenset(extra))
        own = {name: parse_domain(name, text, known) for name, text in extra.items()}
        names = frozenset(canonical_name(name) for name in self.field_names)
        called = frozenset(name for name in names if any(_is_called(name, text) for text in texts))
        vocabulary = Vocabulary(
            symbols=(self.vocabulary.symbols | frozenset(own) | names) - called,
            functions=self.vocabulary.functions | called,
            split_names=self.vocabulary.split_names,
            open=self.vocabulary.open,
        )
        domains = Domains({**self.domains.declared, **own}, self.domains.given_points)
        scope = scope_of(domains)
        return [self._with_moving_fields(self.tree_of(text, "relation", vocabulary)) for text in texts], scope, vocabulary, domains

    def _with_moving_fields(self, node: tree.Node, moves: bool = False) -> tree.Node:
        """The statement with the answers in place of the fields' bare names where an operator moves their variable: in `diff(f, x)`."""
        if isinstance(node, tree.Symbol) and moves:
            name = next((name for name in self.field_names if canonical_name(name) == node.name), None)
            if name is None or node.name in self.domains.declared:
                return node
            return (self.thing if name == self.name else self.field(name)).node
        moves = moves or isinstance(node, tree.Derivative | tree.Bound | tree.Limit)
        return with_children(node, lambda child: self._with_moving_fields(child, moves))

    def with_fields(self, expression: Any, scope: Scope) -> Any:
        """The expression with the fields' names replaced by their answers."""
        for name in self.field_names:
            canonical = canonical_name(name)
            symbol = scope.symbols.get(canonical) if canonical in scope.symbols else None
            applied = [part for part in expression.atoms(AppliedUndef) if part.func.__name__ == canonical]
            if applied:
                thing = self.thing if name == self.name else self.field(name)
                expression = _applied(expression, canonical, thing, scope)
            elif symbol is not None and symbol in expression.free_symbols and canonical not in self.domains.declared:
                thing = self.thing if name == self.name else self.field(name)
                expression = expression.subs(symbol, _as_formula(thing))
        return expression.doit() if expression.has(sympy.Derivative, sympy.Subs) else expression


def _is_called(name: str, text: str) -> bool:
    return re.search(rf"(?<![^\W\d_]){re.escape(name)}['′’]*\s*\(", text) is not None


def _applied(expression: Any, name: str, thing: Thing, scope: Scope) -> Any:
    body = _as_formula(thing)
    inputs = [scope.symbol(canonical_name(own)) for own in thing.inputs]

    def value(part: AppliedUndef) -> sympy.Expr:
        if len(part.args) != len(inputs):
            raise QuestionError(f"The field {name} is applied to another number of arguments than its inputs.")
        return body.subs(dict(zip(inputs, part.args, strict=True)), simultaneous=True)

    return expression.replace(lambda part: isinstance(part, AppliedUndef) and part.func.__name__ == name, value)


def _as_formula(thing: Thing) -> sympy.Expr:
    if isinstance(thing.value, sympy.MatrixBase):
        raise NotDecidedError("A single formula is asked for here, not a list.")
    return thing.value


def scope_of(domains: Domains) -> Scope:
    """The declared symbols as real ones (whole numbers keep their signs): a region may be larger than the domain of a symbol."""
    symbols = {}
    for name, domain in domains.declared.items():
        is_plain = domain.number == "real"
        symbols[name] = sympy.Symbol(name, real=True) if is_plain else domain.symbol(name)
    return Scope(symbols)


def built(node: tree.Node, scope: Scope) -> Any:
    """What a tree is in SymPy. Raises `BuildError`."""
    return build(node, scope)
