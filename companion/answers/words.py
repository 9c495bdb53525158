"""Raw tokens → tokens with a meaning: what each run of letters is, given the declared names.

In this order: a declared name (the longest, with its index and primes); a word of the language; a Greek letter; a run
that divides into such pieces (`xy`, `sinx`, `2pix`), letter by letter where names are split; else, in an open
vocabulary, a name of its own. The differential that ends an integral and `d/dx` are found here too, because they
are made of letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from companion.answers import leibniz, names
from companion.answers.errors import ReadError
from companion.answers.splitting import divided, near_function, near_name
from companion.answers.tokens import Token
from companion.answers.tree import Span
from companion.answers.vocabulary import Vocabulary


def resolve(tokens: list[Token], vocabulary: Vocabulary, labels: Mapping[int, int] | None = None, *, tolerant: bool = False) -> list[Token]:
    """The tokens with every word given its meaning. Raises ReadError for a name that cannot be meant, unless `tolerant`.

    `labels` are the names that only label a value, by their places, with how many arguments each has: they need no declaration.
    """
    return Resolver(tokens, vocabulary, labels or {}, tolerant).run()


class Resolver:
    """Gives the tokens their meaning one after another; `at` is the place in the raw tokens, `out` what has been resolved."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary, labels: Mapping[int, int], tolerant: bool) -> None:
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.labels = labels
        self.tolerant = tolerant
        self.at = 0
        self.out: list[Token] = []
        self.integrals: list[tuple[int, int]] = []  # depth, and index in `out`, of each integral without its differential
        self.depth = 0
        self.after_word = -1  # how many tokens there were in `out` after the last unknown word of several letters

    def run(self) -> list[Token]:
        """All tokens, resolved."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.depth += (token.kind == "open") - (token.kind == "close")
            if token.kind in ("word", "letter", "text"):
                self._word(token)
            else:
                if token.kind == "sign" and token.text == "integral":
                    self.integrals.append((self.depth, len(self.out)))
                self.out.append(token)
                self.at += 1
        return self.out

    def peek(self, ahead: int = 1) -> Token:
        """A token further on; the stop if there are not so many."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def emit(self, kind: str, text: str, span: Span, token: Token) -> None:
        """Append what a raw token has turned out to be."""
        self.out.append(replace(token, kind=kind, text=text, span=span))

    # -- words ---------------------------------------------------------------

    def _word(self, token: Token) -> None:
        if token.kind == "word" and (leibniz.derivative(self, token) or leibniz.differential(self, token)):
            return
        if self._named(token, declared_only=True) or self._reserved(token):
            return
        if self._is_label(token) and self._named(token, declared_only=False):
            return
        if token.kind == "text" and len(self.tokens) > 2 and not self.tolerant:  # alone, it is an answer in a word
            raise ReadError("read.words", f"“{token.text}” cannot be read: units and words have no place in a formula.", token.span)
        if token.kind == "word" and len(token.text) > 1 and token.text not in names.GREEK and self._split(token):
            return
        self._refuse_unknown(token)
        is_word = len(token.text) > 1 and token.kind != "letter" and token.text not in names.GREEK
        if is_word and self.after_word == len(self.out) and not self.tolerant:
            raise ReadError("read.words", "Words cannot be read inside a formula. Write * between two names.", token.span)
        self._named(token, declared_only=False)
        self.after_word = len(self.out) if is_word else -1

    def _is_label(self, token: Token) -> bool:
        """Whether a word that is neither declared nor reserved labels a value: no product of known names, and no slip for a function."""
        if token.span[0] not in self.labels:
            return False
        if len(token.text) == 1 or token.text in names.GREEK:
            return True
        return divided(token.text, self.vocabulary) is None and not (self.labels[token.span[0]] and near_function(token.text))

    def _named(self, token: Token, declared_only: bool) -> bool:
        """Read a name with its index and primes. Returns whether that was done."""
        index, used, rest = self.index_after(token)
        name = names.canonical_name(f"{token.text}_{index}") if index else token.text
        primes = 0
        while not rest and self.peek(used + primes).is_op("'"):
            primes += 1
        declared = self.vocabulary.names
        if declared_only:
            candidates = [(name + "'" * primes, used + primes), (name, used)]
            found = next(((text, count) for text, count in candidates if text in declared), None)
            if found is None:
                return False
            name, used = found
        elif self._is_glued_number() and token.text == "pi" and not self.tolerant:
            hint = f" Did you mean {token.text}*{index} or {token.text}^{index}?"
            raise self._unknown(f"{token.text}{index}", (token.span[0], self.peek().span[1]), hint)
        last = self.tokens[self.at + used - 1]
        end = last.span[1] - len(rest)
        self.emit(self._kind_of(name, used), name, (token.span[0], end), token)
        self.at += used
        if rest:
            self.at -= 1
            self.tokens[self.at] = Token("word", rest, (end, last.span[1]))
        return True

    def _kind_of(self, name: str, used: int) -> str:
        if name in self.vocabulary.functions:
            return "apply"
        following = self.peek(used)
        arguments = self.labels.get(self.peek(0).span[0], 0)
        if arguments and (arguments > 1 or not self.vocabulary.open):
            return "apply"
        if self.vocabulary.open and name not in self.vocabulary.symbols and name.split("_")[0] in names.FUNCTION_LETTERS:
            opens = following.kind == "open" and following.text == "("
            return "apply" if opens or following.is_op("'") or self._is_raised_before_bracket(used) else "symbol"
        return "symbol"

    def _is_raised_before_bracket(self, used: int) -> bool:
        """Whether a power and a bracket follow, as in `f^2(x)`."""
        if not self.peek(used).is_op("^"):
            return False
        ahead = used + 1 + self.peek(used + 1).is_op("-")
        if self.peek(ahead).kind == "open":
            ahead = self._after_bracket(ahead) - 1
        following = self.peek(ahead + 1)
        return following.kind == "open" and following.text == "("

    def _after_bracket(self, ahead: int) -> int:
        """The place after the bracket that opens there."""
        depth = 0
        while (token := self.peek(ahead)).kind != "stop":
            depth += (token.kind == "open") - (token.kind == "close")
            ahead += 1
            if depth == 0:
                break
        return ahead

    def _is_glued_number(self) -> bool:
        """Whether a number follows without a space, as in `x2`; after a TeX command it is a number of its own."""
        token, following = self.peek(0), self.peek()
        if token.kind == "letter" and token.span[1] - token.span[0] > 1:
            return False
        return following.kind == "number" and not following.spaced and _belongs_to_index(following)

    def index_after(self, token: Token) -> tuple[str, int, str]:
        """The index after a name, how many tokens the name takes with it, and the letters that belong to what follows."""
        if self._is_glued_number():
            return self.peek().text, 2, ""
        if not self.peek().is_op("_"):
            return "", 1, ""
        following = self.peek(2)
        if following.kind == "open" and following.text in ("{", "("):
            return self._grouped_index("}" if following.text == "{" else ")")
        if following.kind == "number" and _belongs_to_index(following):
            return following.text, 3, ""
        if following.kind == "letter":
            return following.text, 3, ""
        if following.kind == "word":
            letters = following.text
            for length in range(len(letters), 0, -1):
                if names.canonical_name(f"{token.text}_{letters[:length]}") in self.vocabulary.names:
                    return letters[:length], 3, letters[length:]
            if self.peek(3).is_op("_") and len(letters) > 1:
                return letters[:-1], 3, letters[-1]
            if self.peek(3).is_op("_") and _belongs_to_index(self.peek(4)):
                return f"{letters}_{self.peek(4).text}", 5, ""
            return letters, 3, ""
        return "", 1, ""

    def _grouped_index(self, closing: str) -> tuple[str, int, str]:
        parts: list[str] = []
        ahead, inner = 3, 0
        while True:
            part = self.peek(ahead)
            if part.is_op("_") and parts:
                parts.append("_")
                if self.peek(ahead + 1).text == "{":
                    ahead, inner = ahead + 1, inner + 1
            elif inner and part.kind == "close" and part.text == "}":
                inner -= 1
            elif _belongs_to_index(part):
                parts.append("" if part.text == "," else part.text)
            else:
                break
            ahead += 1
        if not inner and self.peek(ahead).kind == "close" and self.peek(ahead).text == closing and any(parts):
            return "".join(parts), ahead + 1, ""
        return "", 1, ""

    def _reserved(self, token: Token) -> bool:
        """A word of the language: an operator, a constant, a function or a binder."""
        word, following = token.text, self.peek()
        before_bracket = following.kind == "open" and following.text in ("(", "{")
        kind = text = ""
        if word in names.KEYWORDS:
            kind, text = "op", names.KEYWORDS[word]
        elif token.kind == "letter" and word in names.SETS | {"infinity"}:
            kind, text = "constant", word
        elif word in names.CONSTANTS and not (word in "ei" and self._has_index()) and not (word == "inf" and following.is_op("_")):
            if word == "pi" and self._is_glued_number():
                return False
            kind, text = "constant", names.CONSTANTS[word]
        elif word == "I" and self.vocabulary.open and not self._has_index():
            kind, text = "constant", "i"
        elif word in names.BINDERS or (word == "inf" and following.is_op("_")):
            kind, text = "binder", names.BINDERS.get(word, "infimum")
            if text == "integral":
                self.integrals.append((self.depth, len(self.out)))
        elif (word in ("log", "atan", "arctan")) and self._is_glued_number() and self._numbered_function(token):
            return True
        elif names.function_named(word) and (before_bracket or word not in names.ONLY_BEFORE_BRACKET):
            if token.kind == "letter" and word not in ("Gamma", "Phi"):
                return False
            kind, text = "function", word
        elif word == "Gamma" and before_bracket:
            kind, text = "function", "gamma"
        if not kind:
            return False
        self.emit(kind, text, token.span, token)
        self.at += 1
        return True

    def _has_index(self) -> bool:
        return self._is_glued_number() or self.peek().is_op("_")

    def _numbered_function(self, token: Token) -> bool:
        """`log10(…)`, `log2(…)`, `atan2(…)`."""
        number, span = self.peek(), (token.span[0], self.peek().span[1])
        word = token.text + number.text
        if names.function_named(word) is None:
            return False
        if not (self.peek(2).kind == "open" and self.peek(2).text == "("):
            message = f"{word} could be {token.text}({number.text}) or {token.text} with base {number.text}. Please write brackets."
            raise ReadError("read.ambiguous", message, span)
        self.emit("function", word, span, token)
        self.at += 2
        return True

    # -- runs of letters -------------------------------------------------------

    def _split(self, token: Token) -> bool:
        """Divide a run of letters into known pieces. Returns whether that was done."""
        word, following = token.text, self.peek()
        pieces = divided(word, self.vocabulary)
        if pieces is None:
            return False
        if following.kind == "open" and following.text == "(":
            if all(len(piece) == 1 for piece in pieces) and (near := near_function(word)) and not self.tolerant:
                raise self._unknown(word, token.span, f" Did you mean {near}?")
            if self.vocabulary.open and not self.vocabulary.split_names and pieces[-1] not in names.SPLITTABLE:
                return False  # the bracket of an unknown function
        at = token.span[0]
        parts = []
        for piece in pieces:
            parts.append(Token("word", piece, (at, at + len(piece)), token.spaced and at == token.span[0]))
            at += len(piece)
        self.tokens[self.at : self.at + 1] = parts
        return True

    # -- trouble -----------------------------------------------------------------

    def _refuse_unknown(self, token: Token) -> None:
        word = token.text
        if token.kind != "word" or len(word) == 1 or word in names.GREEK or self.tolerant:
            return
        index, used, _ = self.index_after(token)
        following = self.peek(used)
        near = near_function(word)
        if following.kind == "open" and following.text in ("(", "[") and (near or not self.vocabulary.split_names):
            span = (token.span[0], self.peek(used - 1).span[1])
            hint = f" Did you mean {near}?" if near else f" If a product is meant, write {word}*(…)."
            raise ReadError("read.unknown-name", f"{word}{'_' * bool(index)}{index} is not a function known here.{hint}", span)
        if not self.vocabulary.open and not index:
            raise self._unknown(word, token.span, "")

    def _unknown(self, word: str, span: Span, hint: str) -> ReadError:
        if not hint:
            near = near_name(word, self.vocabulary) or near_function(word)
            hint = f" Did you mean {near}?" if near else " Did you forget a * ?"
        return ReadError("read.unknown-name", f"{word} is not a name used in this question.{hint}", span)


def _belongs_to_index(token: Token) -> bool:
    if token.kind == "number":
        return token.text.isascii() and token.text.isdigit()
    return token.kind in ("word", "letter", "text") or token.is_op(",")
