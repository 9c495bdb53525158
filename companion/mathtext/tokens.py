"""TeX source to tokens: cleaning and splitting."""

from __future__ import annotations

import re

MAX_SOURCE = 20_000

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
    """Tokens in order: commands with their backslash, runs of digits, runs of blanks (as one), single characters."""
    if "%" in tex:
        tex = _COMMENT.sub(r"\1", tex)
    tokens: list[str] = []
    for lexeme in _TOKEN.findall(tex):
        if len(lexeme) == 1 and " " < lexeme <= "~":
            tokens.append(lexeme)
        elif len(lexeme) > 2 and lexeme[0] == "\\" and lexeme[-1] == "*" and lexeme not in _STARRED:
            tokens += (lexeme[:-1], "*")
        else:
            tokens.append(" " if lexeme <= " " or lexeme.isspace() else "\\ " if len(lexeme) == 2 and lexeme[1].isspace() else lexeme)
    return tokens
