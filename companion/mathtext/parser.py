"""TeX to a tree. The parser never raises: what it does not know becomes a warning and the best that can be shown.

A prefix of a formula parses as well as the whole: that is what a live preview needs. Arguments that are missing at
the end of the source become holes.
"""

from __future__ import annotations

from typing import Final

from . import symbols
from .commands import command, skip_length
from .environments import Rows, split_rows, with_empty_starts
from .macros import Macro, Macros, MacroTable
from .nodes import Atom, Delimited, Fence, Fraction, Grid, Hole, Node, Operator, Row, Scripts, Styled, Text
from .tokens import clean, tokenize

MAX_DEPTH = 60
_INFIX = {
    "\\above": (True, "", ""), "\\over": (True, "", ""),
    "\\atop": (False, "", ""), "\\choose": (False, "(", ")"), "\\brace": (False, "{", "}"),
    "\\brack": (False, "[", "]"),
}
_SPECIAL = frozenset({*_INFIX, *("\\" + name for name in symbols.SWITCHES), "}", "&", "\\\\", "\\cr", "\\right", "\\end"})
_SCRIPT_SIGNS = frozenset({"^", "_", "'"})
_AFTER_NUCLEUS = frozenset({"^", "_", "'", "\\limits", "\\nolimits", "\\displaylimits"})
_END = ""
_GROUP_END: Final = frozenset({"}"})
_BRACKET_END: Final = frozenset({"]"})
_LEFT_END: Final = frozenset({"\\right"})


def parse(tex: str, macros: MacroTable | None = None) -> tuple[Node, tuple[str, ...]]:
    """The tree of `tex`, and warnings (sentences) about what could not be read as meant. Never raises."""
    warnings: list[str] = []
    parser = Parser(tokenize(clean(tex, warnings)), Macros(macros) if macros else None, warnings)
    return parser.formula(), tuple(dict.fromkeys(warnings))


def definitions(tex: str, macros: MacroTable | None = None) -> dict[str, Macro]:
    """The macros that `tex` defines, by name. Never raises."""
    warnings: list[str] = []
    parser = Parser(tokenize(clean(tex, warnings)), Macros(macros), warnings)
    parser.formula()
    return parser.macros.defined if parser.macros is not None else {}


class Parser:
    """Recursive descent over tokens. `tokens` may grow while macros are expanded."""

    def __init__(self, tokens: list[str], macros: Macros | None, warnings: list[str]) -> None:
        self.tokens = tokens
        self.index = 0
        self.macros = macros
        self.warnings = warnings
        self.depth = 0
        self.tag: Node | None = None

    # -- tokens -----------------------------------------------------------------------------------------------------

    def peek(self) -> str:
        """The next lexeme that is not blank, macros expanded; `""` at the end."""
        tokens, macros, index = self.tokens, self.macros, self.index
        while index < len(tokens):
            lexeme = tokens[index]
            if lexeme == " ":
                index += 1
            elif macros is not None and lexeme in macros:
                macros.expand(tokens, index, self.warnings)
            else:
                self.index = index
                return lexeme
        self.index = index
        return _END

    def take(self) -> str:
        """The next lexeme, consumed."""
        lexeme = self.peek()
        self.index += 1
        return lexeme

    def accept(self, lexeme: str) -> bool:
        """Consume `lexeme` if it is next."""
        if self.peek() != lexeme:
            return False
        self.index += 1
        return True

    def raw_is_left(self) -> bool:
        """Whether anything but blanks is left."""
        while self.index < len(self.tokens) and self.tokens[self.index] == " ":
            self.index += 1
        return self.index < len(self.tokens)

    def peek_raw(self) -> str:
        """The next lexeme that is not blank, as it stands; `""` at the end."""
        return self.tokens[self.index] if self.raw_is_left() else _END

    def take_raw(self) -> str:
        """The next lexeme as it stands, consumed."""
        lexeme = self.peek_raw()
        self.index += 1
        return lexeme

    def accept_raw(self, lexeme: str) -> bool:
        """Consume `lexeme` if it is next as it stands."""
        if self.peek_raw() != lexeme:
            return False
        self.index += 1
        return True

    def warn(self, message: str) -> None:
        """Note a problem, as a sentence."""
        self.warnings.append(message)

    def raw_group(self) -> list[str]:
        """The tokens of a braced argument as they stand (or the one lexeme that is not braced)."""
        first = self.take()
        if first == _END:
            return []
        if first != "{":
            return [first]
        depth, start = 1, self.index
        while self.index < len(self.tokens):
            lexeme = self.tokens[self.index]
            self.index += 1
            depth += (lexeme == "{") - (lexeme == "}")
            if depth == 0:
                return self.tokens[start : self.index - 1]
        self.warn("A closing brace is missing.")
        return self.tokens[start:]

    def raw_optional(self) -> str:
        """The text of `[…]` if it is next, else nothing."""
        if self.peek() != "[" or "]" not in self.tokens[self.index :]:
            return ""
        end = self.tokens.index("]", self.index)
        text = "".join(self.tokens[self.index + 1 : end])
        self.index = end + 1
        return text

    # -- rows -------------------------------------------------------------------------------------------------------

    def formula(self) -> Node:
        """Everything there is. `\\\\` and `&` outside an environment make an alignment."""
        rows = Rows()
        cells = split_rows(self, frozenset(), rows)
        tags = rows.tags(len(cells))
        if len(cells) == 1 and len(cells[0]) == 1:
            return Row((Grid("gather", ((cells[0][0],),), tags=tags),)) if tags else cells[0][0]
        return Row((Grid("aligned", tuple(tuple(with_empty_starts(row)) for row in cells), tags=tags),))

    def row(self, stop: frozenset[str]) -> Row:
        """Nodes up to a lexeme in `stop` (left where it is) or the end."""
        items: list[Node] = []
        while True:
            lexeme = self.peek()
            if lexeme == _END or lexeme in stop:
                break
            if lexeme not in _SPECIAL:
                node = self.scripted(lexeme)
                if node is not None:
                    items.append(node)
                continue
            if lexeme in _INFIX:
                self.index += 1
                rule, left, right = _INFIX[lexeme]
                if lexeme == "\\above":
                    skip_length(self)
                return Row((Fraction(Row(_paired(items)), self.nested_row(stop), rule, left, right),))
            if lexeme[1:] in symbols.SWITCHES:
                self.index += 1
                items.append(Styled(symbols.SWITCHES[lexeme[1:]], self.nested_row(stop)))
                break
            if lexeme == "}":
                self.index += 1
                self.warn("A closing brace has no opening brace.")
                continue
            self.index += 1
            if lexeme == "\\end":
                self.raw_group()
            elif lexeme == "\\right":
                self.delimiter()
            self.warn(f"{lexeme.strip(chr(92)) or 'A line break'} stands where it means nothing.")
        return Row(_paired(items))

    def nested_row(self, stop: frozenset[str]) -> Row:
        """A row one level deeper; beyond the limit the source is skipped."""
        if self.depth >= MAX_DEPTH:
            self.warn(f"The formula is nested more than {MAX_DEPTH} levels deep; what lies deeper is left out.")
            level = 0
            while (lexeme := self.peek()) != _END and (level or lexeme not in stop):
                level += (lexeme in ("{", "\\left", "\\begin")) - (level > 0 and lexeme in ("}", "\\right", "\\end"))
                self.index += 1
            return Row((Atom("…", "inner", symbols.TEXT),))
        self.depth += 1
        try:
            return self.row(stop)
        finally:
            self.depth -= 1

    def scripted(self, lexeme: str) -> Node | None:
        """One nucleus, which begins with the next lexeme, and its scripts; nothing for commands that leave nothing behind."""
        base: Node | None
        if lexeme in _SCRIPT_SIGNS:
            base = Row()
        else:
            self.index += 1
            base = self.nucleus(lexeme)
        if self.peek() not in _AFTER_NUCLEUS:
            return base
        sub: Node | None = None
        sup: Node | None = None
        primes = 0
        limits: bool | None = None
        while True:
            lexeme = self.peek()
            if lexeme == "'":
                self.index += 1
                primes += 1
            elif lexeme in ("^", "_"):
                self.index += 1
                script = self.script()
                if lexeme == "_":
                    sub = self.joined(sub, script)
                elif (count := _primes(script)) and sup is None:
                    primes += count
                else:
                    sup = self.joined(sup, script)
            elif lexeme in ("\\limits", "\\nolimits", "\\displaylimits"):
                self.index += 1
                limits = {"\\limits": True, "\\nolimits": False}.get(lexeme)
            else:
                break
        if sub is None and sup is None and not primes:
            return base
        return Scripts(base if base is not None else Row(), sub, sup, primes, limits)

    def script(self) -> Node:
        """The argument of `^` or `_`."""
        if self.peek() in _SCRIPT_SIGNS:
            return Hole()
        return self.argument()

    def joined(self, first: Node | None, second: Node) -> Node:
        """Two scripts in the same place, which TeX forbids, side by side."""
        if first is None:
            return second
        self.warn("Two scripts stand in the same place; braces are missing.")
        return Row((first, second))

    def argument(self) -> Node:
        """One argument: a group, a command with its own arguments, or a single character."""
        lexeme = self.peek()
        if lexeme in (_END, "}", "&", "\\\\", "\\right", "\\end"):
            self.warn("An argument is missing.")
            return Hole()
        if lexeme[0].isdigit():
            if len(lexeme) > 1:
                self.tokens[self.index : self.index + 1] = [lexeme[0], lexeme[1:]]
            self.index += 1
            return Atom(lexeme[0], "ord", symbols.NUMBER)
        self.index += 1
        return self.nucleus(lexeme) or Row()

    def optional(self) -> Node | None:
        """A `[…]` argument, if there is one."""
        if not self.accept("["):
            return None
        body = self.nested_row(_BRACKET_END)
        if not self.accept("]"):
            self.warn("A closing bracket is missing.")
        return body

    def nucleus(self, lexeme: str) -> Node | None:
        """One group, command or character that begins with `lexeme`, which has been consumed."""
        if lexeme == "{":
            body = self.nested_row(_GROUP_END)
            if not self.accept("}"):
                self.warn("A closing brace is missing.")
            return body.items[0] if len(body.items) == 1 and _is_plain(body.items[0]) else body
        if lexeme[0] == "\\":
            if self.depth >= MAX_DEPTH:
                self.warn(f"The formula is nested more than {MAX_DEPTH} levels deep; what lies deeper is left out.")
                return Atom("…", "inner", symbols.TEXT)
            self.depth += 1
            try:
                return command(self, lexeme[1:])
            finally:
                self.depth -= 1
        return self.character(lexeme)

    def character(self, lexeme: str) -> Node | None:
        """A character that stands for itself."""
        if lexeme[0].isdigit():
            if self.index + 1 < len(self.tokens) and self.tokens[self.index] == "." and self.tokens[self.index + 1].isdigit():
                lexeme += "." + self.tokens[self.index + 1]
                self.index += 2
            return Atom(lexeme, "ord", symbols.NUMBER)
        if lexeme in "$}#":
            self.warn(f"{lexeme} stands where it means nothing.")
            return None
        return _CHARACTERS.get(lexeme) or _CHARACTERS.setdefault(lexeme, _character(lexeme))

    # -- delimiters -------------------------------------------------------------------------------------------------

    def delimiter(self) -> str:
        """The glyph of the delimiter that is next; nothing for `.` or when there is none."""
        lexeme = self.peek()
        if lexeme in symbols.DELIMITERS:
            self.index += 1
            return symbols.DELIMITERS[lexeme]
        self.warn("A delimiter is missing after \\left, \\right, \\middle or \\big.".replace("\\", ""))
        return ""

    def left_right(self) -> Node:
        """What follows `\\left`."""
        left = self.delimiter()
        body = self.nested_row(_LEFT_END)
        if self.accept("\\right"):
            return Delimited(left, body, self.delimiter())
        self.warn("A left has no right.")
        return Delimited(left, body, "")


_CHARACTERS: dict[str, Node] = {}


def _character(lexeme: str) -> Node:
    if lexeme == "-":
        return Atom("−", "bin", symbols.OPERATOR)
    if lexeme == "~":
        return Atom(" ", "ord", symbols.TEXT)
    if lexeme in "|‖":
        return Atom(lexeme, "ord", symbols.DELIMITER)
    kind = symbols.character_classes().get(lexeme, "ord")
    if kind == "op":
        return Operator(lexeme, limits=lexeme not in symbols.INTEGRALS.values(), symbol=True)
    return Atom(lexeme, kind, symbols.ROLE_OF_CLASS.get(kind, symbols.VARIABLE) if kind != "ord" or lexeme.isalnum() else symbols.OPERATOR)


def _is_plain(node: Node) -> bool:
    """Whether braces around `node` make no difference."""
    return (isinstance(node, Atom) and node.kind == "ord") or isinstance(node, Text | Styled | Delimited | Grid)


def _primes(node: Node) -> int:
    items = node.items if isinstance(node, Row) else (node,)
    return len(items) if items and all(isinstance(item, Atom) and item.text == "′" for item in items) else 0


def _paired(items: list[Node]) -> tuple[Node, ...]:
    """`\\bigl … \\bigr` made one, the scripts of the closing one going to the pair."""
    for item in items:
        if type(item) is Fence or (type(item) is Scripts and type(item.base) is Fence):
            break
    else:
        return tuple(items)
    result: list[Node] = []
    opened: list[int] = []
    for item in items:
        fence = _fence(item)
        if fence is not None and fence.side == "close" and opened:
            start = opened.pop()
            left = result[start]
            body = Row(tuple(result[start + 1 :]))
            pair = Delimited(left.glyph if isinstance(left, Fence) else "", body, fence.glyph)
            del result[start:]
            result.append(Scripts(pair, item.sub, item.sup, item.primes) if isinstance(item, Scripts) else pair)
            continue
        if isinstance(item, Fence) and item.side == "open":
            opened.append(len(result))
        result.append(item)
    return tuple(result)


def _fence(node: Node) -> Fence | None:
    core = node.base if isinstance(node, Scripts) else node
    return core if isinstance(core, Fence) else None

