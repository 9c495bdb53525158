"""Typed text → raw tokens with their places: ASCII, TeX and Unicode mixed.

What a run of letters means depends on the declared names, and is decided afterwards (`words`). Positions are
characters of the text as it was typed: every normalization here is one character for one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from companion.answers import characters
from companion.answers.delimiters import bare_formula
from companion.answers.errors import ReadError
from companion.answers.grammar_trouble import DECIMAL_COMMA
from companion.answers.names import CONSTANTS, GREEK_OF_GLYPH, KEYWORDS, NAMED_SETS
from companion.answers.tree import Span

MAX_CHARACTERS: Final = 2000
MAX_DIGITS: Final = 60
MAX_DECIMAL_EXPONENT: Final = 300


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text.

    `kind` is `number`, `word` (a run of letters), `letter` (a name that is not split), `text` (a word in `\\text`), `op`, `open`, `close`,
    `sign` (∑, ∫, lim, …), `tex` (a command with arguments), `begin`, `end` (of an environment) or `stop`. `words` adds `symbol`,
    `function`, `apply`, `constant`, `binder`, `differential`, `derivative` and `quotient` (of differentials).
    """

    kind: str
    text: str
    span: Span
    spaced: bool = False
    value: Fraction = Fraction(0)

    def is_op(self, *texts: str) -> bool:
        """Whether the token is one of these operators."""
        return self.kind == "op" and self.text in texts


def tokenize(text: str, scientific: str = "eE") -> list[Token]:
    """The raw tokens of a text, ending with a `stop`.

    `scientific` are the letters that may introduce a decimal exponent, as in `1e-3`: a declared `e` does not.
    Raises ReadError for characters and numbers that cannot be read, for an empty text and for one that is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadError("read.too-long", f"The answer is longer than {MAX_CHARACTERS} characters.", (MAX_CHARACTERS, len(text)))
    if not text.strip():
        raise ReadError("read.empty", "Nothing has been typed yet.", (0, len(text)))
    lexer = _Lexer(bare_formula(_normalized(text)), scientific)
    lexer.run()
    return [*lexer.tokens, Token("stop", "", (len(text), len(text)))]


def _normalized(text: str) -> str:
    text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) + "     ", text)
    return "".join(_normal_character(character, place) for place, character in enumerate(text.translate(characters.SAME_CHARACTER)))


def _normal_character(character: str, place: int) -> str:
    if character < "\x7f" and (character >= " " or character in "\t\n"):
        return character
    if character in CONSTANTS:
        return character
    if "！" <= character <= "～" or "\u2100" <= character <= "\u214f" or "\U0001d400" <= character <= "\U0001d7ff":
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1:
            return plain
    category, span = unicodedata.category(character), (place, place + 1)
    if category.startswith("C"):
        raise ReadError("read.character", "There is an invisible control character here. Please type the answer afresh.", span)
    if category.startswith("M"):
        raise ReadError("read.character", "There is a combining accent here, which has no meaning in a formula.", span)
    return character


_ESCAPE: Final = re.compile(r"\\u(?!00[0-7])([0-9A-Fa-f]{4})")
"""A character beyond ASCII as JSON and Python write it, `\\u2212`: six characters, of which the last five become spaces."""
_NUMBER: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_EXPONENT: Final = re.compile(r"([eE])([+-]?[0-9]+)")
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_SIGNS: Final = re.compile(r"[+\-]+")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_GROUP: Final = re.compile(r"\s*\{")
_WORDS: Final = re.compile(r"[^{}]*[A-Za-z]{2,}[^{}]*[A-Za-z]{2,}")
_NEGATED: Final = re.compile(r"\\not\s*(=|\\in(?![A-Za-z])|∈)")
_GROUPED_LETTERS: Final = re.compile(r"\s*\{\s*(\\?[A-Za-z]+)\s*\}")
_NUMBERED_NAME: Final = re.compile(r"\s*\{\s*(\\?[A-Za-z]+[0-9]*)\s*\}")
_DELIMITER: Final = re.compile(r"\s*(\\[A-Za-z]+|\\?.)")
_BARS: Final = ("|", r"\vert", r"\rvert")
_BARE_LETTER: Final = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z])")
_ENVIRONMENT: Final = re.compile(r"\s*\{\s*([A-Za-z]+)\*?\s*\}")
_ARRAY_COLUMNS: Final = re.compile(r"\s*\{[lcr|\s]*\}")


class _Lexer:
    def __init__(self, text: str, scientific: str) -> None:
        self.text = text
        self.scientific = scientific
        self.at = 0
        self.spaced = False
        self.tokens: list[Token] = []
        self.braces: list[str] = []
        """For each open brace, what closes it."""
        self.environments: list[str] = []
        self.lefts: list[str] = []
        """For each `\\left`, what follows it."""
        self.box_end = -1
        """How many tokens there were when the last box ended."""

    def run(self) -> None:
        while self.at < len(self.text):
            character = self.text[self.at]
            if character.isspace():
                self.at += 1
                self.spaced = True
            else:
                self._step(character)

    def _add(self, kind: str, text: str, length: int, value: Fraction = Fraction(0)) -> None:
        self.tokens.append(Token(kind, text, (self.at, self.at + length), self.spaced, value))
        self.at += length
        self.spaced = False

    def _step(self, character: str) -> None:
        if number := _NUMBER.match(self.text, self.at):
            self._number(number)
        elif letters := _LETTERS.match(self.text, self.at):
            self._add("word", letters[0], len(letters[0]))
        elif character in "([{":
            self.braces += ["}"] * (character == "{")
            self._add("open", character, 1)
        elif character in ")]}":
            self._close(character)
        elif character == "&" and self.environments and self.environments[-1] in characters.TEX_DISPLAYS:
            self.at += 1  # an alignment
        elif character == "\\":
            self._command()
        elif character in "+-":
            self._signs()
        elif operator := next((o for o in characters.OPERATORS if self.text.startswith(o, self.at)), None):
            self._add("op", characters.SAME_OPERATOR.get(operator, operator), len(operator))
        else:
            self._glyph(character)

    def _close(self, character: str) -> None:
        closing = self.braces.pop() if character == "}" and self.braces else character
        self._add("close", "group)" if closing == "box)" else closing, 1)
        if closing == "box)":
            self.box_end = len(self.tokens)

    def _signs(self) -> None:
        run = _SIGNS.match(self.text, self.at)
        if run and run[0] == "+-":
            self._add("op", "+-", 2)
        elif self.text.startswith("->", self.at):
            self._add("op", "->", 2)
        else:
            self._add("op", self.text[self.at], 1)
            while self.at < len(self.text) and self.text[self.at] in "+-" and not self.text.startswith("->", self.at):
                self._add("op", self.text[self.at], 1)

    def _number(self, match: re.Match[str]) -> None:
        digits = match[0]
        length = len(digits)
        exponent = _EXPONENT.match(self.text, match.end())
        if exponent and exponent[1] not in self.scientific:
            exponent = None
        if exponent:
            length += len(exponent[0])
        span = (self.at, self.at + length)
        if sum(character.isdigit() for character in digits) > MAX_DIGITS:
            raise ReadError("read.number", f"A number may have at most {MAX_DIGITS} digits.", span)
        if exponent and (len(exponent[2]) > 5 or abs(int(exponent[2])) > MAX_DECIMAL_EXPONENT):
            raise ReadError("read.number", f"The exponent of a decimal number may be at most {MAX_DECIMAL_EXPONENT}.", span)
        if self.text.startswith("{,}", span[1]):
            raise ReadError("read.comma", DECIMAL_COMMA, (span[0], span[1] + 3))
        following = self.text[span[1] : span[1] + 1]
        if following == "." or (digits.endswith(".") and exponent):
            raise ReadError("read.number", "This number has more than one decimal point.", (span[0], span[1] + 1))
        if following == "_":
            raise ReadError("read.number", "An underscore cannot stand in a number.", (span[1], span[1] + 1))
        value = Fraction(digits) * Fraction(10) ** (int(exponent[2]) if exponent else 0)
        self._add("number", self.text[span[0] : span[1]].rstrip("."), length, value)

    def _glyph(self, character: str) -> None:
        if character in GREEK_OF_GLYPH and character not in characters.SIGN_OF_GLYPH:
            self._add("letter", GREEK_OF_GLYPH[character], 1)
        elif character in CONSTANTS:
            self._add("letter", CONSTANTS[character], 1)
        elif character in characters.OPERATOR_OF_GLYPH:
            operator = characters.OPERATOR_OF_GLYPH[character]
            if operator == "''":
                self.tokens.append(Token("op", "'", (self.at, self.at + 1)))
                operator = "'"
            self._add("op", operator, 1)
        elif character in characters.BRACKET_OF_GLYPH:
            bracket = characters.BRACKET_OF_GLYPH[character]
            self._add("open" if bracket.endswith("(") else "close", bracket, 1)
        elif character in characters.ROOT_OF_GLYPH:
            self._add("tex", characters.ROOT_OF_GLYPH[character], 1)
        elif character in characters.SIGN_OF_GLYPH:
            self._add_sum_or_sigma(character)
        elif character in characters.FRACTIONS:
            numerator, denominator = unicodedata.normalize("NFKC", character).split("⁄")
            self._add("number", character, 1, Fraction(int(numerator), int(denominator)))
        elif ord(character) in characters.SUPERSCRIPTS:
            self._script("^", characters.SUPERSCRIPTS)
        elif ord(character) in characters.SUBSCRIPTS:
            self._script("_", characters.SUBSCRIPTS)
        elif character == "∂":
            self._add("word", "d", 1)
        else:
            raise _strange(character, self.at)

    def _add_sum_or_sigma(self, character: str) -> None:
        """`Σ` is a sum when limits follow it, and the letter otherwise."""
        if character == "Σ" and self.text[self.at + 1 : self.at + 2] != "_":
            self._add("letter", "Sigma", 1)
        else:
            self._add("sign", characters.SIGN_OF_GLYPH[character], 1)

    def _script(self, operator: str, table: dict[int, int]) -> None:
        """A run of raised or lowered characters is a group after `^` or `_`."""
        start = end = self.at
        while end < len(self.text) and ord(self.text[end]) in table:
            end += 1
        inner = _Lexer(self.text[start:end].translate(table), "")
        inner.run()
        self.tokens.append(Token("op", operator, (start, start), self.spaced))
        self.tokens.append(Token("open", "{", (start, start)))
        self.tokens.extend(replace(token, span=(token.span[0] + start, token.span[1] + start)) for token in inner.tokens)
        self.tokens.append(Token("close", "}", (end, end)))
        self.at, self.spaced = end, False

    def _command(self) -> None:
        match = _COMMAND.match(self.text, self.at)
        if match is None:
            raise ReadError("read.character", "A backslash at the end says nothing.", (self.at, self.at + 1))
        name = match[1] if match[1] in characters.TEX_COMMANDS else _without_glued_letter(match[1])
        length = len(name) + 1
        end = self.at + length
        if name in characters.TEX_FONTS:
            self._font(name, length)
        elif name in characters.TEX_ACCENTS:
            self._accent(name, end)
        elif name == "not" and (negated := _NEGATED.match(self.text, self.at)):
            self._add("op", "!=" if negated[1] == "=" else "notin", len(negated[0]))
        elif name in ("left", "right") and self._is_bar_of_values(name, end):
            return
        elif name in characters.TEX_SPACES:
            self.at += length
            self.spaced = self.spaced or name not in characters.TEX_SIZES
        elif name.isspace():
            self._add("op", "gap", length)
        elif name in characters.TEX_OPERATORS:
            operator = characters.TEX_OPERATORS[name]
            self._add("op" if operator not in "[]" else "open" if operator == "[" else "close", operator, length)
        elif name in characters.TEX_BRACKETS:
            bracket = characters.TEX_BRACKETS[name]
            self._add("open" if bracket.endswith(("(", "{")) else "close", bracket, length)
        elif name in characters.TEX_SIGNS:
            self._add("sign", characters.TEX_SIGNS[name], length)
        elif name in characters.TEX_LETTERS:
            self._add("letter", characters.TEX_LETTERS[name], length)
        elif name in characters.SIMPLE_GROUPS:
            self._add("tex", name.lstrip("dtc"), length)
        elif name in ("begin", "end"):
            self._environment(name, end)
        elif name in characters.TEX_WORDS:
            self._add("word", name, length)
        elif name == "partial":
            self._add("word", "d", length)
        else:
            raise _unknown_command(name, (self.at, end))

    def _is_bar_of_values(self, name: str, end: int) -> bool:
        """Read `\\left.` and the `\\right|` that belongs to it, around what is evaluated between two ends; whether it was one of them."""
        delimiter = _DELIMITER.match(self.text, end)
        shown = delimiter[1] if delimiter else ""
        opening = self.lefts.pop() if name == "right" and self.lefts else shown
        if name == "left":
            self.lefts.append(shown)
        if delimiter is None or opening != "." or shown not in ((".",) if name == "left" else _BARS):
            return False
        self._add(*(("open", "value(") if name == "left" else ("close", "value)")), delimiter.end() - self.at)
        return True

    def _font(self, name: str, length: int) -> None:
        """Fonts carry no meaning, except that `\\mathbb` names a set and `\\text{or}` may be an operator."""
        is_box = name in characters.TEX_FRAMES
        if is_box and self.box_end == len(self.tokens):
            self.tokens.append(Token("op", ",", (self.at, self.at)))  # two boxes side by side are two answers
        group = (_NUMBERED_NAME if name == "operatorname" else _GROUPED_LETTERS).match(self.text, self.at + length)
        word = group[1] if group else ""
        if name == "mathbb" and not group:
            letter = re.compile(r"\s*([A-Z])").match(self.text, self.at + length)
            group, word = letter, letter[1] if letter else ""
        if not group:
            self._font_over_more(name, self.at + length)
        elif word.startswith("\\"):
            self.at = group.start(1)
            self._command()
            self.at, self.spaced = group.end(), False
        elif name == "mathbb" and word in NAMED_SETS:
            self._add("letter", NAMED_SETS[word], group.end() - self.at)
        elif word in KEYWORDS or len(word) == 1 or name in ("operatorname", "mathrm"):
            self._add("word", word, group.end() - self.at)
        elif name in characters.TEX_TEXTS:
            self._add("text", word, group.end() - self.at)
        else:
            self._add("letter", word, group.end() - self.at)
        if is_box and group:
            self.box_end = len(self.tokens)

    def _font_over_more(self, name: str, end: int) -> None:
        """A font over more than a word: its braces hold a group together and mean nothing else."""
        brace = _GROUP.match(self.text, end)
        if brace is None:
            self.at, self.spaced = end, True
        elif name in characters.TEX_TEXTS and _WORDS.match(self.text, brace.end()):
            raise ReadError("read.words", "Words cannot be read inside a formula.", (self.at, brace.end()))
        else:
            self.braces.append("box)" if name in characters.TEX_FRAMES else "group)")
            self._add("open", "group(", brace.end() - self.at)

    def _accent(self, name: str, end: int) -> None:
        """A letter with an accent is a name of its own: the letter with the accent for an index."""
        letter = _GROUPED_LETTERS.match(self.text, end) or _BARE_LETTER.match(self.text, end)
        if letter is None or (letter[1].startswith("\\") and letter[1][1:] not in characters.TEX_LETTERS):
            raise ReadError("read.command", f"\\{name} can stand only over a letter.", (self.at, end))
        start, stop, word = self.at, letter.end(), letter[1]
        kind, text = ("letter", characters.TEX_LETTERS[word[1:]]) if word.startswith("\\") else ("word", word)
        self._add(kind, text, stop - start)
        for mark_kind, mark in (("op", "_"), ("open", "{"), ("word", name), ("close", "}")):
            self.tokens.append(Token(mark_kind, mark, (stop, stop)))

    def _environment(self, name: str, end: int) -> None:
        match = _ENVIRONMENT.match(self.text, end)
        if match is None:
            raise ReadError("read.command", f"\\{name} needs the name of an environment in braces.", (self.at, end))
        stop = match.end()
        if name == "begin" and match[1] == "array":
            columns = _ARRAY_COLUMNS.match(self.text, stop)
            stop = columns.end() if columns else stop
        if name == "begin":
            self.environments.append(match[1])
        elif self.environments and self.environments[-1] == match[1]:
            self.environments.pop()
        self._add(name, match[1], stop - self.at)


def _strange(character: str, place: int) -> ReadError:
    span = (place, place + 1)
    name = unicodedata.name(character, "unnamed").lower()
    if character in characters.CONFUSABLE:
        meant = characters.CONFUSABLE[character]
        return ReadError("read.character", f"“{character}” here is not what it looks like ({name}). Did you mean {meant}?", span)
    hints = {
        **dict.fromkeys('"“”„«»‘`´', "Quotation marks have no meaning in a formula."),
        **dict.fromkeys("⟨⟩〈〉", "Write lists with round brackets, as in (1, 2)."),
        "≈": "≈ cannot be read. Give the exact value.",
        "∓": "∓ cannot be read. Write the two cases with or.",
        "~": "~ cannot be read. Write not for a negation.",
        "@": "@ cannot be read. Write * for a product.",
        "$": "A dollar sign can only enclose the whole answer.",
        "?": "There is a question mark here. What belongs in its place?",
        ".": "A point can only stand in a number. Did you mean * ?",
    }
    return ReadError("read.character", hints.get(character, f"“{character}” ({name}) has no meaning in a formula."), span)


def _without_glued_letter(name: str) -> str:
    r"""The command in `\sinx`, where the space before one letter is missing and no other command is as near; else the name itself."""
    shorter = name[:-1]
    return shorter if shorter in characters.TEX_COMMANDS and _nearest_command(name) == shorter else name


def _nearest_command(name: str) -> str | None:
    from difflib import get_close_matches  # only when something is wrong

    near = get_close_matches(name, characters.TEX_COMMANDS, 1, 0.6)
    return near[0] if near else None


def _unknown_command(name: str, span: Span) -> ReadError:
    near = _nearest_command(name)
    hint = f" Did you mean \\{near}?" if near else ""
    return ReadError("read.command", f"\\{name} is not a command that can be read here.{hint}", span)
