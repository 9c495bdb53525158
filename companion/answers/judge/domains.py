"""Domains of symbols: what a declaration means, and points in it.

A declaration is one of the words below, or a relation in the symbol (`0 < x < 1`).
Symbols without a declaration are real. Points are seeded: the same question and
answer always meet the same points.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal

import mpmath
import sympy

from companion.answers import tree
from companion.answers.errors import ReadError
from companion.answers.judge.build import Scope, condition, scalar
from companion.answers.judge.limits import BuildError
from companion.answers.judge.numeric import Evaluator
from companion.answers.judge.values import Coordinate, Gaussian, NoValueError, Point, real_part
from companion.answers.names import canonical_name
from companion.answers.reader import Vocabulary, read

Number = Literal["real", "integer", "complex"]


class QuestionError(ValueError):
    """The question itself is at fault (a key that cannot be read, an unknown domain); the message says how."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Where one symbol lives: a kind of number between two bounds, with a further condition if there is one."""

    number: Number = "real"
    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_closed: bool = False
    upper_closed: bool = False
    nonzero: bool = False
    condition: tree.Node | None = None

    def symbol(self, name: str) -> sympy.Symbol:
        """The symbol with the assumptions that the domain implies."""
        assumptions: dict[str, bool] = {"complex": True} if self.number == "complex" else {"real": True}
        if self.number == "integer":
            assumptions = {"integer": True}
        if self.lower is not None and self.lower >= 0:
            assumptions["positive" if self.lower > 0 or not self.lower_closed else "nonnegative"] = True
        elif self.upper is not None and self.upper <= 0:
            assumptions["negative" if self.upper < 0 or not self.upper_closed else "nonpositive"] = True
        elif self.nonzero:
            assumptions["nonzero" if self.number != "complex" else "zero"] = self.number != "complex"
        return sympy.Symbol(name, **assumptions)

    def contains(self, value: Coordinate) -> bool:
        """Whether the number satisfies kind and bounds (the further condition is not looked at)."""
        if isinstance(value, Gaussian):
            return self.number == "complex"
        if self.number == "integer" and value.denominator != 1:
            return False
        if self.nonzero and value == 0:
            return False
        above = self.lower is None or value > self.lower or (self.lower_closed and value == self.lower)
        return above and (self.upper is None or value < self.upper or (self.upper_closed and value == self.upper))


WORDS: Mapping[str, Domain] = {
    "": Domain(),
    "real": Domain(),
    "positive": Domain(lower=Fraction(0)),
    "nonnegative": Domain(lower=Fraction(0), lower_closed=True),
    "negative": Domain(upper=Fraction(0)),
    "nonzero": Domain(nonzero=True),
    "integer": Domain("integer"),
    "positive integer": Domain("integer", lower=Fraction(1), lower_closed=True),
    "nonnegative integer": Domain("integer", lower=Fraction(0), lower_closed=True),
    "complex": Domain("complex"),
}

_PRIMES = (7, 11, 13, 17, 19, 23)
_REACH: Mapping[str, tuple[int, int]] = {"positive": (1, 4), "unit": (0, 1), "any": (-4, 4), "negative": (-4, 0), "large": (4, 15)}
_PATTERN = ("positive", "unit", "any", "negative", "any", "large", "positive", "any", "negative", "any", "unit", "any")
ELSEWHERE = ("unit", "large")
"""Where formulas that are real almost nowhere may be real: between 0 and 1, as entropies are, and far out."""
_SPECIAL = (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(-2), Fraction(1, 2), Fraction(3))


@dataclass(slots=True)
class Domains:
    """The domains of a question's symbols and the points at which formulas in them are compared."""

    declared: dict[str, Domain] = field(default_factory=dict)
    given_points: tuple[Mapping[str, Fraction], ...] = ()

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Domains:
        """The domains that a field's options declare. Raises `QuestionError` for a word or relation it does not know."""
        declared = {
            canonical_name(name): parse_domain(canonical_name(name), str(text), Vocabulary.of(options))
            for name, text in (options.get("symbols") or {}).items()
            if text != "function"
        }
        points = tuple(
            {canonical_name(str(name)): _constant(str(value)) for name, value in point.items()} for point in options.get("points") or ()
        )
        return cls(declared, points)

    def scope(self) -> Scope:
        """A scope in which every declared symbol has its assumptions."""
        return Scope({name: domain.symbol(name) for name, domain in self.declared.items()})

    def domain(self, symbol: sympy.Symbol) -> Domain:
        """The domain of a symbol; integers and complex numbers keep their kind even when the name was not declared."""
        known = self.declared.get(symbol.name)
        if known is not None:
            return known
        return WORDS["integer"] if symbol.is_integer else WORDS["real"]

    def generic(self, symbols: Sequence[sympy.Symbol], seed: str, count: int, patterns: Sequence[str] = _PATTERN) -> Iterator[Point]:
        """At most `count` points in general position, the same for the same seed; `patterns` are names of reaches, taken in turn."""
        source = random.Random(int.from_bytes(hashlib.sha256(f"{seed}|1".encode()).digest()[:8], "big"))  # noqa: S311
        for attempt in range(4 * count):
            pattern = patterns[attempt % len(patterns)]
            point = {symbol: _draw(self.domain(symbol), source, pattern) for symbol in symbols}
            if self.allows(point):
                yield point
                count -= 1
                if not count:
                    return

    def exceptional(self, symbols: Sequence[sympy.Symbol], seed: str, kinks: Mapping[sympy.Symbol, Sequence[Fraction]]) -> Iterator[Point]:
        """Points where formulas that agree elsewhere may differ: the author's, small integers, ends of the domain, kinks."""
        by_name = {symbol.name: symbol for symbol in symbols}
        base = next(self.generic(symbols, seed + "|special", 1), None)
        if base is None:
            return
        for given in self.given_points:
            point = {**base, **{by_name[name]: value for name, value in given.items() if name in by_name}}
            if self.allows(point):
                yield point
        for symbol in symbols:
            domain = self.domain(symbol)
            ends = [end for end in (domain.lower, domain.upper) if end is not None]
            for value in dict.fromkeys((*_SPECIAL, *ends, *kinks.get(symbol, ()))):
                point = {**base, symbol: value}
                if domain.contains(value) and self.allows(point):
                    yield point
        if len(symbols) > 1:
            for value in _SPECIAL[:3]:
                point = dict.fromkeys(symbols, value)
                if all(self.domain(symbol).contains(value) for symbol in symbols) and self.allows(point):
                    yield point

    def allows(self, point: Point) -> bool:
        """Whether the further conditions of all declared symbols hold at the point."""
        scope = None
        for symbol in point:
            domain = self.declared.get(symbol.name)
            if domain is None or domain.condition is None:
                continue
            scope = scope or Scope({known.name: known for known in point})
            try:
                if not Evaluator(point).truth(condition(domain.condition, scope)):
                    return False
            except (NoValueError, BuildError):
                return False
        return True


def parse_domain(name: str, text: str, vocabulary: Vocabulary) -> Domain:
    """The domain that a word or a relation in the symbol declares. Raises `QuestionError`."""
    word = " ".join(text.split()).lower()
    if word in WORDS:
        return WORDS[word]
    try:
        node = read(text, vocabulary, "relation")
        domain = Domain(condition=node)
        for relation in _conjuncts(node):
            for left, sign, right in zip(relation.operands, relation.signs, relation.operands[1:], strict=False):
                domain = _bounded(domain, name, left, sign, right)
    except (ReadError, BuildError, NoValueError) as error:
        raise QuestionError(f"The domain “{text}” of {name} cannot be understood.") from error
    return domain


def _conjuncts(node: tree.Node) -> Iterator[tree.Relation]:
    if isinstance(node, tree.Relation):
        yield node
    elif isinstance(node, tree.Logic) and node.connective == "and":
        for operand in node.operands:
            yield from _conjuncts(operand)
    else:
        raise BuildError("type", "not a relation")


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def _bounded(domain: Domain, name: str, left: tree.Node, sign: str, right: tree.Node) -> Domain:
    """The domain cut down by one comparison, when that is a constant bound of the symbol itself."""
    if not (isinstance(left, tree.Symbol) and left.name == name):
        left, sign, right = right, _MIRRORED[sign], left
    if not (isinstance(left, tree.Symbol) and left.name == name) or any(isinstance(part, tree.Symbol) for part in tree.walk(right)):
        return domain
    value = scalar(right, Scope())
    if value in (sympy.oo, -sympy.oo):
        return domain
    bound = _rational(real_part(Evaluator({})(value)))
    if sign == "!=":
        return replace(domain, nonzero=domain.nonzero or bound == 0)
    if sign in (">", ">=") and (domain.lower is None or bound >= domain.lower):
        return replace(domain, lower=bound, lower_closed=sign == ">=")
    if sign in ("<", "<=") and (domain.upper is None or bound <= domain.upper):
        return replace(domain, upper=bound, upper_closed=sign == "<=")
    return domain


def _rational(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    scale = 10**12
    return Fraction(int(mpmath.nint(value * scale)), scale)


def _constant(text: str) -> Fraction:
    try:
        return _rational(real_part(Evaluator({})(scalar(read(text, Vocabulary(), "expression"), Scope()))))
    except (ReadError, BuildError, NoValueError) as error:
        raise QuestionError(f"The value “{text}” of a point cannot be understood.") from error


def _draw(domain: Domain, source: random.Random, pattern: str) -> Coordinate:
    low, high = _REACH[pattern]
    if domain.number == "integer":
        return Fraction(_whole(domain, source, high))
    if domain.number == "complex" and pattern not in ("positive", "unit"):
        return Gaussian(_between(Fraction(-3), Fraction(3), source), _between(Fraction(-3), Fraction(3), source))
    if domain.lower is None and domain.upper is None:
        return _between(Fraction(low), Fraction(high), source)
    lower, upper = domain.lower, domain.upper
    if lower is None:
        assert upper is not None  # noqa: S101 - the case without bounds was left above
        return upper - _between(Fraction(0), Fraction(1 if pattern == "unit" else abs(high) + 2), source)
    if upper is None:
        return lower + _between(Fraction(0), Fraction(1 if pattern == "unit" else abs(high) + 2), source)
    return lower + (upper - lower) * _between(Fraction(0), Fraction(1), source)


def _whole(domain: Domain, source: random.Random, high: int) -> int:
    lower = -6 if domain.lower is None else -(-domain.lower.numerator // domain.lower.denominator)
    upper = lower + 8 + abs(high) if domain.upper is None else domain.upper.numerator // domain.upper.denominator
    value = source.randint(lower, max(lower, upper))
    return value if domain.contains(Fraction(value)) else value + 1


def _between(low: Fraction, high: Fraction, source: random.Random) -> Fraction:
    """A fraction strictly between the two, with an unusual denominator, so that it is rarely special."""
    prime = source.choice(_PRIMES)
    return low + (high - low) * Fraction(source.randrange(1, prime * 5), prime * 5)
