"""Raw tokens → tokens with a meaning: what each run of letters is, given the declared names.

In this order: a declared name (the longest, with its index and primes); a word of the language; a Greek letter; a run
that divides into such pieces (`xy`, `sinx`, `2pix`), letter by letter where names are split; else, in an open
vocabulary, a name of its own. The differential that ends an integral and `d/dx` are found here too, because they
are made of letters.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from companion.answers import names
from companion.answers.errors import ReadError
from companion.answers.tokens import Token
from companion.answers.tree import Span
from companion.answers.vocabulary import Vocabulary

_LONGEST_WORD: Final = max(map(len, [*names.SPLITTABLE, *names.GREEK]))


def resolve(tokens: list[Token], vocabulary: Vocabulary, *, tolerant: bool = False) -> list[Token]:
    """The tokens with every word given its meaning. Raises ReadError for a name that cannot be meant, unless `tolerant`."""
    return _Resolver(tokens, vocabulary, tolerant).run()


class _Resolver:
    def __init__(self, tokens: list[Token], vocabulary: Vocabulary, tolerant: bool) -> None:
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.tolerant = tolerant
        self.at = 0
        self.out: list[Token] = []
        self.integrals: list[tuple[int, int]] = []  # depth, and index in `out`, of each integral without its differential
        self.depth = 0
        self.longest = max([_LONGEST_WORD, *map(len, vocabulary.names)])

    def run(self) -> list[Token]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.depth += (token.kind == "open") - (token.kind == "close")
            if token.kind in ("word", "letter"):
                self._word(token)
            else:
                if token.kind == "sign" and token.text == "integral":
                    self.integrals.append((self.depth, len(self.out)))
                self.out.append(token)
                self.at += 1
        return self.out

    def _peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def _emit(self, kind: str, text: str, span: Span, token: Token) -> None:
        self.out.append(replace(token, kind=kind, text=text, span=span))

    # -- words ---------------------------------------------------------------

    def _word(self, token: Token) -> None:
        if self._derivative(token) or self._differential(token):
            return
        if self._named(token, declared_only=True) or self._reserved(token):
            return
        if token.kind == "word" and len(token.text) > 1 and token.text not in names.GREEK and self._split(token):
            return
        self._refuse_unknown(token)
        self._named(token, declared_only=False)

    def _named(self, token: Token, declared_only: bool) -> bool:
        """Read a name with its index and primes. Returns whether that was done."""
        index, used, rest = self._index(token)
        name = names.canonical_name(f"{token.text}_{index}") if index else token.text
        primes = 0
        while not rest and self._peek(used + primes).is_op("'"):
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
            raise self._unknown(f"{token.text}{index}", (token.span[0], self._peek().span[1]), hint)
        last = self.tokens[self.at + used - 1]
        end = last.span[1] - len(rest)
        self._emit(self._kind_of(name, used), name, (token.span[0], end), token)
        self.at += used
        if rest:
            self.at -= 1
            self.tokens[self.at] = Token("word", rest, (end, last.span[1]))
        return True

    def _kind_of(self, name: str, used: int) -> str:
        if name in self.vocabulary.functions:
            return "apply"
        following = self._peek(used)
        if self.vocabulary.open and name not in self.vocabulary.symbols and name.split("_")[0] in names.FUNCTION_LETTERS:
            opens = following.kind == "open" and following.text == "(" and not following.spaced
            return "apply" if opens or following.is_op("'") else "symbol"
        return "symbol"

    def _is_glued_number(self) -> bool:
        """Whether a number follows without a space, as in `x2`; after a TeX command it is a number of its own."""
        token, following = self._peek(0), self._peek()
        if token.kind == "letter" and token.span[1] - token.span[0] > 1:
            return False
        return following.kind == "number" and not following.spaced and following.text.isascii() and following.text.isdigit()

    def _index(self, token: Token) -> tuple[str, int, str]:
        """The index after a name, how many tokens the name takes with it, and the letters that belong to what follows."""
        if self._is_glued_number():
            return self._peek().text, 2, ""
        if not self._peek().is_op("_"):
            return "", 1, ""
        following = self._peek(2)
        if following.kind == "open" and following.text in ("{", "("):
            return self._grouped_index("}" if following.text == "{" else ")")
        if following.kind == "number" and following.text.isdigit():
            return following.text, 3, ""
        if following.kind == "letter":
            return following.text, 3, ""
        if following.kind == "word":
            letters = following.text
            for length in range(len(letters), 0, -1):
                if names.canonical_name(f"{token.text}_{letters[:length]}") in self.vocabulary.names:
                    return letters[:length], 3, letters[length:]
            if self._peek(3).is_op("_") and len(letters) > 1:
                return letters[:-1], 3, letters[-1]
            return letters, 3, ""
        return "", 1, ""

    def _grouped_index(self, closing: str) -> tuple[str, int, str]:
        parts, ahead = [], 3
        while self._peek(ahead).kind in ("number", "word", "letter") or self._peek(ahead).is_op(","):
            parts.append("" if self._peek(ahead).text == "," else self._peek(ahead).text)
            ahead += 1
        if self._peek(ahead).kind == "close" and self._peek(ahead).text == closing and any(parts):
            return "".join(parts), ahead + 1, ""
        return "", 1, ""

    def _reserved(self, token: Token) -> bool:
        """A word of the language: an operator, a constant, a function or a binder."""
        word, following = token.text, self._peek()
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
        self._emit(kind, text, token.span, token)
        self.at += 1
        return True

    def _has_index(self) -> bool:
        return self._is_glued_number() or self._peek().is_op("_")

    def _numbered_function(self, token: Token) -> bool:
        """`log10(…)`, `log2(…)`, `atan2(…)`."""
        number, span = self._peek(), (token.span[0], self._peek().span[1])
        word = token.text + number.text
        if names.function_named(word) is None:
            return False
        if not (self._peek(2).kind == "open" and self._peek(2).text == "("):
            message = f"{word} could be {token.text}({number.text}) or {token.text} with base {number.text}. Please write brackets."
            raise ReadError("read.ambiguous", message, span)
        self._emit("function", word, span, token)
        self.at += 2
        return True

    # -- runs of letters -------------------------------------------------------

    def _split(self, token: Token) -> bool:
        """Divide a run of letters into known pieces. Returns whether that was done."""
        word = token.text
        followed_by_bracket = self._peek().kind == "open" and self._peek().text == "("
        letters = self.vocabulary.split_names or self.vocabulary.open
        pieces = self._pieces(word, letters)
        if pieces is None:
            return False
        if not self.vocabulary.split_names:
            functions = [piece for piece in pieces if piece in names.SPLITTABLE]
            declared = all(piece in self.vocabulary.names or names.is_reserved(piece) or piece in names.GREEK for piece in pieces)
            if not declared and not (functions and len(pieces) <= 2):
                return False
        elif followed_by_bracket and all(len(piece) == 1 for piece in pieces) and (near := _near_function(word)):
            raise self._unknown(word, token.span, f" Did you mean {near}?")
        if followed_by_bracket and not declared_or_split(pieces, self.vocabulary):
            return False
        at = token.span[0]
        parts = []
        for piece in pieces:
            parts.append(Token("word", piece, (at, at + len(piece)), token.spaced and at == token.span[0]))
            at += len(piece)
        self.tokens[self.at : self.at + 1] = parts
        return True

    def _pieces(self, word: str, letters: bool) -> list[str] | None:
        """The division of a word into the fewest known pieces; single letters count as known only if `letters`."""
        costs: list[int | None] = [0] + [None] * len(word)
        starts = [0] * (len(word) + 1)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - self.longest), end):
                before = costs[start]
                if before is None or not self._is_piece(word[start:end], letters):
                    continue
                cost, current = before + 1, costs[end]
                if current is None or cost < current:
                    costs[end], starts[end] = cost, start
        if costs[-1] is None:
            return None
        pieces, end = [], len(word)
        while end:
            pieces.append(word[starts[end] : end])
            end = starts[end]
        return pieces[::-1]

    def _is_piece(self, text: str, letters: bool) -> bool:
        if text in self.vocabulary.names or text in names.SPLITTABLE or text in names.GREEK or text in ("pi", "e", "i"):
            return True
        return letters and len(text) == 1

    # -- calculus made of letters ----------------------------------------------

    def _differential(self, token: Token) -> bool:
        """The `dx` that ends the innermost open integral at this depth, alone or at the end of a run (`xdx`)."""
        while self.integrals and self.integrals[-1][0] > self.depth:
            self.integrals.pop()
        if not self.integrals or self.integrals[-1][0] != self.depth or token.text in self.vocabulary.names or token.kind == "letter":
            return False
        word, following = token.text, self._peek()
        if word == "d" and "d" not in self.vocabulary.names and following.kind in ("letter", "word"):
            start, variable, before = token.span[0], following.text, ""
            if following.kind == "word" and len(variable) > 1 and variable not in self.vocabulary.names and variable not in names.GREEK:
                return False
        else:
            place = word.rfind("d")
            variable, before = word[place + 1 :], word[: max(place, 0)]
            if place < 0 or not variable or not (len(variable) == 1 or variable in self.vocabulary.names or variable in names.GREEK):
                return False
            if before and (names.function_named(word) or word in names.CONSTANTS):
                return False
            start = token.span[0] + place
        if before:
            self.tokens[self.at] = Token("word", "d" + variable, (start, token.span[1]))
            self.tokens.insert(self.at, Token("word", before, (token.span[0], start), token.spaced))
            return True
        if word == "d":
            self.at += 1
        name, used = self._variable_at(self.at, variable)
        self._emit("differential", name, (start, self.tokens[self.at + used - 1].span[1]), token)
        self.at += used
        self._close_integral()
        return True

    def _variable_at(self, place: int, letters: str) -> tuple[str, int]:
        """The name of a variable that begins with a token, with its index, and how many tokens it takes."""
        saved, self.at = self.at, place
        index, used, rest = self._index(replace(self.tokens[place], text=letters))
        self.at = saved
        return (names.canonical_name(f"{letters}_{index}"), used) if index and not rest else (letters, 1)

    def _close_integral(self) -> None:
        _, index = self.integrals.pop()
        if self.out[index].kind == "binder":
            self.out[index] = replace(self.out[index], kind="sign")

    def _derivative(self, token: Token) -> bool:
        r"""`d/dx`, `d^2/dx^2`, `\frac{d}{dx}`: an operator. The word is the upper `d`."""
        if token.text != "d" or "d" in self.vocabulary.names or token.kind != "word":
            return False
        before = self.tokens[max(self.at - 2, 0) : self.at]
        fraction = [(part.kind, part.text) for part in before] == [("tex", "frac"), ("open", "{")]
        order, ahead = self._order(1)
        separators = ("}", "{") if fraction else ("/",)
        for separator in separators:
            if self._peek(ahead).text != separator:
                return False
            ahead += 1
        lower = self._peek(ahead)
        if lower.kind != "word" or not lower.text.startswith("d"):
            return False
        variable = lower.text[1:]
        if not variable:
            ahead += 1
            if self._peek(ahead).kind not in ("word", "letter"):
                return False
            variable = self._peek(ahead).text
        if len(variable) > 1 and variable not in self.vocabulary.names and variable not in names.GREEK:
            return False
        variable, used = self._variable_at(min(self.at + ahead, len(self.tokens) - 1), variable)
        lower_order, ahead = self._order(ahead + used)
        if lower_order != order or order < 1 or (fraction and self._peek(ahead).text != "}"):
            return False
        if fraction:
            del self.out[-2:]
            self.depth -= 1
            ahead += 1
        span = (token.span[0], self._peek(ahead - 1).span[1])
        self.out.append(Token("derivative", variable, span, token.spaced, token.value + order))
        self.at += ahead
        return True

    def _order(self, ahead: int) -> tuple[int, int]:
        """The exponent of a `d` and the place after it; order 1 if there is none."""
        if not self._peek(ahead).is_op("^"):
            return 1, ahead
        grouped = self._peek(ahead + 1).text == "{"
        number = self._peek(ahead + 1 + grouped)
        if number.kind != "number" or not number.text.isdigit() or len(number.text) > 2:
            return 0, ahead
        return int(number.text), ahead + 2 + 2 * grouped

    # -- trouble -----------------------------------------------------------------

    def _refuse_unknown(self, token: Token) -> None:
        word = token.text
        if token.kind != "word" or len(word) == 1 or word in names.GREEK or self.tolerant:
            return
        index, used, _ = self._index(token)
        following = self._peek(used)
        near = _near_function(word)
        if following.kind == "open" and following.text in ("(", "[") and (near or not self.vocabulary.split_names):
            span = (token.span[0], self._peek(used - 1).span[1])
            hint = f" Did you mean {near}?" if near else f" If a product is meant, write {word}*(…)."
            raise ReadError("read.unknown-name", f"{word}{'_' * bool(index)}{index} is not a function known here.{hint}", span)
        if not self.vocabulary.open and not index:
            raise self._unknown(word, token.span, "")

    def _unknown(self, word: str, span: Span, hint: str) -> ReadError:
        if not hint:
            near = _near(word, sorted(self.vocabulary.names)) or _near_function(word)
            hint = f" Did you mean {near}?" if near else " Did you forget a * ?"
        return ReadError("read.unknown-name", f"{word} is not a name used in this question.{hint}", span)


def declared_or_split(pieces: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a bracket after the last piece is an argument or a factor, and not the bracket of an unknown function."""
    return vocabulary.split_names or pieces[-1] in names.SPLITTABLE or not vocabulary.open


def _near(word: str, known: list[str]) -> str | None:
    from difflib import get_close_matches  # only when something is wrong

    found = get_close_matches(word, known, 1, 0.7)
    return found[0] if found else None


def _near_function(word: str) -> str | None:
    if len(word) < 3:
        return None
    known = [*names.FUNCTIONS, *names.ALIASES, *names.LOGARITHMS, *names.BINDERS]
    transposed = next((name for name in known if len(name) == len(word) and sorted(name) == sorted(word.lower())), None)
    return transposed or _near(word, known)
