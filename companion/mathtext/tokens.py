"""TeX source to tokens: cleaning, splitting, and the expansion of macros."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

MAX_SOURCE = 20_000
MAX_EXPANSIONS = 1_000

# C0 and C1 controls, soft hyphen, zero-width and direction marks, line and paragraph separators, variation selectors,
# fillers that look like nothing, lone surrogates, tags: none of these may reach a terminal.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_TOKEN = re.compile(r"\\(?:[a-zA-Z]+\*?|.)?|\d+|\s+|.", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_STARRED = frozenset({"\\operatorname*", "\\tag*", "\\DeclareMathOperator*", "\\hspace*", "\\vspace*"})


def clean(text: str, warnings: list[str]) -> str:
    """`text` without what a terminal must not see, and not longer than the limit; every removal adds a warning."""
    if len(text) > MAX_SOURCE:
        text = text[:MAX_SOURCE]
        warnings.append(f"The formula is longer than {MAX_SOURCE} characters; the rest is left out.")
    text = text.replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    cleaned = UNSAFE.sub("", text)
    if cleaned != text:
        warnings.append("Invisible or control characters were removed.")
    return cleaned


def tokenize(tex: str) -> list[str]:
    """Tokens in order: commands with their backslash, runs of digits, runs of blanks, single characters."""
    if "%" in tex:
        tex = _COMMENT.sub(r"\1", tex)
    tokens: list[str] = []
    for lexeme in _TOKEN.findall(tex):
        if len(lexeme) > 2 and lexeme[0] == "\\" and lexeme[-1] == "*" and lexeme not in _STARRED:
            tokens += (lexeme[:-1], "*")
        else:
            tokens.append(lexeme)
    return tokens


class Macros:
    """The macros of a pack: name to replacement text, `#1` to `#9` standing for arguments.

    Expansion is bounded: a macro that calls itself runs out of budget and is left out with a warning.
    """

    def __init__(self, definitions: Mapping[str, str]) -> None:
        self._bodies = {"\\" + name.lstrip("\\"): body for name, body in definitions.items()}
        self._budget = MAX_EXPANSIONS

    def __contains__(self, lexeme: str) -> bool:
        return lexeme in self._bodies

    def expand(self, tokens: list[str], index: int, warnings: list[str]) -> None:
        """Replace the macro at `tokens[index]`, and its arguments, by its body."""
        body = tokenize(self._bodies[tokens[index]])
        self._budget -= 1
        if self._budget < 0 or len(tokens) + len(body) > 2 * MAX_SOURCE:
            warnings.append(f"The macro {tokens[index][1:]} expands without end and was left out.")
            del tokens[index]
            return
        end, arguments = index + 1, []
        for _ in range(_arity(body)):
            argument, end = _argument(tokens, end)
            arguments.append(argument)
        tokens[index:end] = _substituted(body, arguments)


def _arity(body: list[str]) -> int:
    return max((int(after[0]) for sign, after in pairwise(body) if sign == "#" and after[0] in "123456789"), default=0)


def _argument(tokens: list[str], index: int) -> tuple[list[str], int]:
    while index < len(tokens) and tokens[index].isspace():
        index += 1
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


def _substituted(body: list[str], arguments: list[list[str]]) -> list[str]:
    result: list[str] = []
    position = 0
    while position < len(body):
        lexeme = body[position]
        after = body[position + 1] if position + 1 < len(body) else ""
        if lexeme == "#" and after and after[0] in "123456789" and int(after[0]) <= len(arguments):
            result += arguments[int(after[0]) - 1]
            if after[1:]:
                result.append(after[1:])
            position += 2
        else:
            result.append(lexeme)
            position += 1
    return result
