"""Macros: those of a pack and those that a formula defines itself, expanded within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from .tokens import MAX_SOURCE, tokenize

MAX_EXPANSIONS = 1_000
MAX_DEFINITIONS = 200
_MAX_TOKENS = 2 * MAX_SOURCE
_DIGITS = "123456789"


class Macro(NamedTuple):
    """A macro that says how many arguments it takes, and what the first one is where it is left out."""

    body: str
    arity: int
    default: str | None = None


MacroTable: TypeAlias = Mapping[str, str | Macro]
"""Name (with or without backslash) to replacement text, in which `#1` to `#9` stand for arguments."""


class Macros:
    """Macros by name. Expansion is bounded: a macro that calls itself runs out of budget and is left out with a warning."""

    def __init__(self, definitions: MacroTable | None = None) -> None:
        self._table = {"\\" + name.lstrip("\\"): macro for name, macro in (definitions or {}).items()}
        self._budget = MAX_EXPANSIONS
        self.defined: dict[str, Macro] = {}

    def __contains__(self, lexeme: str) -> bool:
        return lexeme in self._table

    def define(self, name: str, macro: Macro) -> bool:
        """Add a macro, or replace it. False if there are too many."""
        if len(self.defined) >= MAX_DEFINITIONS:
            return False
        self._table[name] = self.defined[name] = macro
        return True

    def expand(self, tokens: list[str], index: int, warnings: list[str]) -> None:
        """Replace the macro at `tokens[index]`, and its arguments, by its body."""
        macro = self._table[tokens[index]]
        if isinstance(macro, str):
            macro = Macro(macro, -1)
        body = tokenize(macro.body)
        arity = _arity(body) if macro.arity < 0 else macro.arity
        self._budget -= 1
        result: list[str] | None = None
        end = index + 1
        if self._budget >= 0:
            arguments = []
            if macro.default is not None and arity:
                argument, end = _optional(tokens, end, macro.default)
                arguments.append(argument)
            while len(arguments) < arity:
                argument, end = _argument(tokens, end)
                arguments.append(argument)
            result = _substituted(body, arguments, _MAX_TOKENS - len(tokens))
        if result is None:
            warnings.append(f"The macro {tokens[index][1:]} expands without end and was left out.")
            result, end = [], index + 1
        tokens[index:end] = result


def _arity(body: list[str]) -> int:
    return max((int(after[0]) for sign, after in pairwise(body) if sign == "#" and after[0] in _DIGITS), default=0)


def _after_blanks(tokens: list[str], index: int) -> int:
    while index < len(tokens) and tokens[index].isspace():
        index += 1
    return index


def _optional(tokens: list[str], index: int, default: str) -> tuple[list[str], int]:
    start = _after_blanks(tokens, index)
    if start < len(tokens) and tokens[start] == "[" and "]" in tokens[start:]:
        end = tokens.index("]", start)
        return tokens[start + 1 : end], end + 1
    return tokenize(default), index


def _argument(tokens: list[str], index: int) -> tuple[list[str], int]:
    index = _after_blanks(tokens, index)
    if index >= len(tokens):
        return [], index
    if tokens[index] != "{":
        if tokens[index].isdigit() and len(tokens[index]) > 1:
            tokens[index : index + 1] = [tokens[index][0], tokens[index][1:]]
        return [tokens[index]], index + 1
    depth, start = 0, index + 1
    while index < len(tokens):
        depth += (tokens[index] == "{") - (tokens[index] == "}")
        index += 1
        if depth == 0:
            return tokens[start : index - 1], index
    return tokens[start:], index


def _substituted(body: list[str], arguments: list[list[str]], room: int) -> list[str] | None:
    """The body with its arguments; nothing if it has more than `room` tokens."""
    result: list[str] = []
    position = 0
    while position < len(body):
        lexeme = body[position]
        after = body[position + 1] if position + 1 < len(body) else ""
        if lexeme == "#" and after and after[0] in _DIGITS and int(after[0]) <= len(arguments):
            result += arguments[int(after[0]) - 1]
            if after[1:]:
                result.append(after[1:])
            position += 2
        else:
            result.append(lexeme)
            position += 1
        if len(result) > room:
            return None
    return result
