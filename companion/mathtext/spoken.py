"""A formula in words, in the order in which it is read: for pipes, screen readers and plain text.

What begins is said to begin and what ends is said to end, unless it is a single thing: the reading of `\\frac{a+b}{c}` is never that
of `a+\\frac bc`. Letters are read as they are written; where a formula uses one letter large and small, the large one is "capital".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .linear import is_parenthesized
from .macros import MacroTable
from .nodes import (
    Accent,
    Arrow,
    Atom,
    Boxed,
    Brace,
    Choice,
    Classed,
    Delimited,
    Fence,
    Fraction,
    Grid,
    Hole,
    Negated,
    Node,
    Operator,
    Phantom,
    Root,
    Row,
    Scripts,
    Sided,
    Space,
    Stack,
    Struck,
    Styled,
    Text,
)
from .parser import parse
from .spoken_grids import say_grid
from .spoken_names import ACCENTS, ALPHABETS, FUNCTIONS, OPERATORS, PARTS, SUPERSCRIPTS, TRANSPOSES, glyph_name
from .spoken_rows import (
    BARS,
    after_space,
    argument,
    bar,
    based,
    core,
    in_parens,
    is_atom,
    is_in_braces,
    is_inverse,
    is_list,
    is_of_a_map,
    is_one,
    items_of,
    letters,
    sides,
    visible,
    word_in,
)

_PAIRS = {("|", "|"): "absolute value", ("‖", "‖"): "norm", ("⌊", "⌋"): "floor", ("⌈", "⌉"): "ceiling"}
_APPROACHING = ("the limit", "the limit superior", "the limit inferior")
_SPACES_OF_POWERS = ("L", "ℓ")
"""Letters whose superscript is the name of a space, not a power."""


def spoken(tex: str, macros: MacroTable | None = None) -> str:
    """`tex` in words: "the integral from 0 to 1 of f d x". Nothing of the formula is left out; never raises for any text."""
    node, _ = parse(tex, macros)
    try:
        return _tidied(_Speaker(set(letters(node))).say(node))
    except RecursionError:
        return "a formula nested too deeply to be read"


def _tidied(words: str) -> str:
    """One blank between words, none before a comma, a semicolon or a full stop, no comma after another mark."""
    result: list[str] = []
    for word in words.split():
        if word in (",", ";", ".") and result:
            result[-1] = result[-1].rstrip(",;") + word
        elif word not in (",", ";"):
            result.append(word)
    return " ".join(result).rstrip(",;")


class _Speaker:
    """Says nodes. `letters` are those of the formula: one that occurs large and small must be told apart by ear."""

    def __init__(self, letters: set[str]) -> None:
        self._both = {letter for letter in letters if letter.isupper() and letter.lower() in letters}
        self._drawing = 0
        self._fractions = 0

    def say(self, node: Node, font: str = "") -> str:
        """Any node in words."""
        return _SAYERS[type(node)](self, node, font)

    def group(self, node: Node, font: str, name: str) -> str:
        """A body, with an end said if it is more than one thing."""
        words = self.say(node, font)
        return words if is_one(node) or not words.strip() else f"{words} end {name}"

    # -- rows -------------------------------------------------------------------------------------------------------

    def row(self, node: Row, font: str) -> str:
        """The items of a row."""
        return self.items(node.items, font)

    def items(self, items: Sequence[Node], font: str, within: str = "") -> str:
        """The items of a row one after another; bars and brackets are said as what they mean. `within` is the bracket around all."""
        nodes = visible(items)
        apart = after_space(items)
        pairs = sides(nodes)
        words: list[str] = []
        said = 0
        for index, node in enumerate(nodes):
            if index < said:
                continue
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            kind = pairs[index][0]
            glyph = bar(node)
            if index and (applied := argument(nodes, index, apart[index]))[0]:
                _, lone, count = applied
                words += ["of", self.say(node if lone is None else lone, font)]
                said = index + (count if lone is not None else 1)
            elif glyph:
                words.append(self._bar(node, kind, font, "{" if is_in_braces(nodes, index) else within))
            elif is_atom(node, "−") and kind == "unary":
                words.append("minus")
            elif is_atom(node, ":") and following is not None and is_atom(following, "="):
                words.append("is defined as")
                said = index + 2
            elif is_atom(node, "=") and following is not None and is_atom(following, ":"):
                words.append("defines")
                said = index + 2
            elif is_atom(node, ":") and (is_in_braces(nodes, index) or within == "{"):
                words.append("such that")
            elif (is_atom(node, "→") or is_atom(node, "⟶")) and not is_of_a_map(nodes, index):
                words.append("goes to")
            elif is_atom(node, "∼") and self._is_law(following):
                words.append("is distributed as")
            elif isinstance(node, Operator) and node.text == "arg" and following is not None and self._is_extremum(following):
                words.append("the arg " + self.say(following, font).removeprefix("the ").replace("imum", "", 1))
                said = index + 2
            else:
                at_end = following is None or pairs[index + 1][0] in ("rel", "punct", "close")
                said_words = self.say(node, font)
                words.append(self._unapplied(node, said_words) if at_end else said_words)
        return " ".join(words)

    def _bar(self, node: Node, kind: str, font: str, within: str) -> str:
        """A bar: one of a pair, or the beginning of a condition, or where something is evaluated."""
        glyph = bar(node)
        if kind == "open":
            return f"the {BARS[glyph]} of"
        if kind == "close":
            return f"end {BARS[glyph]}" + (self._scripts_of(node, font) if isinstance(node, Scripts) else "")
        if isinstance(node, Scripts):
            return self._evaluated(node)
        if glyph == "‖":
            return "double bar"
        return "such that" if within == "{" else "given"

    def _evaluated(self, node: Scripts) -> str:
        """The scripts of a single bar."""
        low = self.say(node.sub) if node.sub is not None else ""
        high = self.say(node.sup) if node.sup is not None else ""
        if low and high:
            return f"evaluated from {low} to {high} end evaluated"
        is_value = not low or any(is_atom(item, sign) for item in visible(items_of(node.sub)) for sign in "=→↓↑")
        words = f"{'evaluated at' if is_value else 'restricted to'} {low}{high}"
        return words if node.sub is not None and is_one(node.sub) else f"{words} end {'evaluated' if is_value else 'restricted'}"

    def _is_law(self, following: Node | None) -> bool:
        """Whether `∼` before this says that a variable has a law: script letters and words do, and so do subscripts of an expectation."""
        node = core(based(following)) if following is not None else None
        return self._drawing > 0 or isinstance(node, Text | Operator) or (isinstance(node, Styled) and node.style in ("script", "roman"))

    def _is_extremum(self, node: Node) -> bool:
        node = core(based(node))
        return isinstance(node, Operator) and node.text in ("max", "min")

    def _unapplied(self, node: Node, words: str) -> str:
        """An operator after which there is nothing that it could be applied to."""
        if isinstance(node, Operator) and node.text in OPERATORS and not node.symbol:
            return node.text
        return words.removesuffix(" of") if isinstance(core(based(node)), Operator) else words

    # -- leaves -----------------------------------------------------------------------------------------------------

    def atom(self, node: Atom, font: str) -> str:
        """A letter, a number, a sign."""
        name = glyph_name(node.text) if node.text != "/" or not self._fractions else "divided by"
        if node.text in self._both and font not in ("double", "script", "roman"):
            name = name if name.startswith("capital") else f"capital {name}"
        return f"{ALPHABETS[font]} {name}" if font in ALPHABETS and node.text.isalnum() else name

    def operator(self, node: Operator, font: str) -> str:
        """A named function, or an operator that applies to what follows."""
        name = OPERATORS.get(node.text)
        return f"{name} of" if name else FUNCTIONS.get(node.text, node.text if node.text.isascii() else glyph_name(node.text))

    def text(self, node: Text, font: str) -> str:
        """Words, with formulas among them."""
        return "".join(part if isinstance(part, str) else f" {self.say(part)} " for part in node.parts)

    def styled(self, node: Styled, font: str) -> str:
        """Everything in another font; a word in an upright font is a word, not a product."""
        word = word_in(node)
        if word:
            return f"bold {word}" if node.style == "bold" else FUNCTIONS.get(word, word)
        return self.say(node.body, node.style if node.style in ALPHABETS or node.style == "roman" else font)

    # -- scripts ----------------------------------------------------------------------------------------------------

    def scripts(self, node: Scripts, font: str) -> str:
        """A base with what stands at its corners, or above and below it."""
        base = core(node.base)
        if isinstance(base, Operator) and base.text in OPERATORS:
            return self._with_range(OPERATORS[base.text], node)
        if isinstance(base, Brace):
            label = node.sub if node.sub is not None else node.sup
            return self.say(base, font) + (f" labeled {self.group(label, '', 'label')}" if label is not None else "")
        if isinstance(base, Delimited) and not base.left and base.right in BARS:
            return f"{self.say(base.body, font)} {self._evaluated(node)}"
        if isinstance(base, Fence) and base.glyph in BARS:
            return self._evaluated(node)
        words = self.say(node.base, font)
        if isinstance(base, Fraction | Row) and not is_one(node.base) and words.strip():
            words = f"the group {words} end group"
        drawing = isinstance(base, Styled) and base.style == "double" and isinstance(inner := core(base.body), Atom) and inner.text in "EP"
        self._drawing += drawing
        words += self._scripts_of(node, font)
        self._drawing -= drawing
        return words

    def _with_range(self, name: str, node: Scripts) -> str:
        """An operator with its limits: from … to …, over …, as … ."""
        words = [name]
        low, high = node.sub, node.sup
        if low is not None and high is not None:
            words += ["from", self.say(low), "to", self.group(high, "", "upper limit")]
        elif low is not None:
            words += ["as", self.say(low)] if name in _APPROACHING else ["over", self.say(low)]
        elif high is not None:
            words += ["to the power" if name == "the determinant" else "up to", self.group(high, "", "upper limit")]
        return " ".join(words) + _primes(node.primes) + " of"

    def _scripts_of(self, node: Scripts, font: str) -> str:
        """What is said after the base: subscript, primes, superscript."""
        words = _primes(node.primes)
        if node.sub is not None and (sub := self.group(node.sub, "", "sub")).strip():
            words += f" sub {sub}"
        return words + (self._superscript(node.sup, core(node.base)) if node.sup is not None else "")

    def _superscript(self, sup: Node, base: Node) -> str:
        inner = core(sup)
        is_power = not (isinstance(base, Atom) and base.text in _SPACES_OF_POWERS)
        if isinstance(inner, Styled) and inner.style == "roman" and is_atom(core(inner.body), "T"):
            return " transpose"
        if isinstance(inner, Atom) and inner.text in TRANSPOSES:
            return " transpose"
        if isinstance(inner, Atom) and inner.text in SUPERSCRIPTS and (is_power or not inner.text.isdigit()):
            return f" {SUPERSCRIPTS[inner.text]}"
        if is_inverse(sup):
            return " inverse"
        held = in_parens(sup)
        if held is not None:
            return f" superscript {self.say(held)} in parens"
        listed = is_list(visible(items_of(sup)))
        if listed or not is_power or is_parenthesized(sup) or isinstance(inner, Text) or word_in(sup):
            words = self.group(sup, "", "superscript")
            return f" superscript {words}" if words.strip() else ""
        words = self.group(sup, "", "power")
        return f" to the power {words}" if words.strip() else ""

    # -- constructions ----------------------------------------------------------------------------------------------

    def fraction(self, node: Fraction, font: str) -> str:
        """A fraction or a binomial, in its delimiters if it has any."""
        self._fractions += node.rule
        upper, lower = self.say(node.upper, font), self.say(node.lower, font)
        self._fractions -= node.rule
        if not node.rule:
            words = f"{upper} {'choose' if node.left == '(' else 'above'} {lower}"
            if not is_one(node.upper) or not is_one(node.lower):
                words = f"the pair {words} end pair"
            return words if node.left in ("", "(") else self._in_delimiters(node.left, words, node.right)
        if upper.isdigit() and lower in PARTS:
            words = f"{upper} {PARTS[lower][upper != '1']}"
        else:
            words = f"the fraction {upper} over {lower} end fraction"
        return self._in_delimiters(node.left, words, node.right)

    def _in_delimiters(self, left: str, words: str, right: str) -> str:
        if (left, right) in _PAIRS:
            return f"the {_PAIRS[left, right]} of {words} end {_PAIRS[left, right]}"
        opening, closing = ("bar" if glyph == "|" else glyph_name(glyph) if glyph else "" for glyph in (left, right))
        return f"{opening} {words} {closing}"

    def delimited(self, node: Delimited, font: str) -> str:
        """What stands between delimiters; a `\\middle` bar in it begins a condition."""
        return self._in_delimiters(node.left, self.items(node.body.items, font, node.left), node.right)

    def fence(self, node: Fence, font: str) -> str:
        """A delimiter by itself."""
        return glyph_name(node.glyph) if node.glyph else ""

    def root(self, node: Root, font: str) -> str:
        """A root, with its order."""
        index = core(node.index) if node.index is not None else None
        order = index.text if isinstance(index, Atom) else ""
        names = {"3": "the cube root of", "4": "the fourth root of"}
        named = names.get(order) or (f"the root of order {self.group(index, font, 'order')} of" if index is not None else "")
        return f"{named or 'the square root of'} {self.group(node.body, font, 'root')}"

    def accent(self, node: Accent, font: str) -> str:
        """A letter with a mark, or a mark on something longer."""
        body, name = self.say(node.body, font), ACCENTS[node.mark]
        return f"{body} {name}" if is_one(node.body) else f"{name} on {body} end {name}"

    def brace(self, node: Brace, font: str) -> str:
        """Something with a brace above or below it."""
        name = f"{'over' if node.over else 'under'}{node.shape}"
        return f"{name} {self.say(node.body, font)} end {name}"

    def stack(self, node: Stack, font: str) -> str:
        """Something with labels above and below it; under an operator that is its range."""
        base = core(node.base)
        if isinstance(base, Operator) and base.text in OPERATORS and node.over is None:
            return self._with_range(OPERATORS[base.text], Scripts(base, node.under))
        labels = [f"{self.group(label, '', 'label')} {where}" for label, where in ((node.over, "above"), (node.under, "below")) if label]
        if isinstance(base, Atom) and base.kind == "rel":
            arrow = base.text in "→⟶"
            return f"{'arrow' if arrow else self.say(base, font)} labeled {self._labels(node.over, node.under)} ,{' to' if arrow else ''}"
        return f"{self.say(node.base, font)} with {' and '.join(labels)}" if labels else self.say(node.base, font)

    def arrow(self, node: Arrow, font: str) -> str:
        """An arrow, its labels before its head: "arrow labeled d, to"."""
        left, shaft, right = node.glyphs
        labels = self._labels(node.over, node.under)
        head = "equals" if shaft == "═" == right else "" if left and right else "to" if right else "from"
        if not labels:
            return head or "double arrow"
        return f"equals labeled {labels} ," if head == "equals" else f"{'arrow' if head else 'double arrow'} labeled {labels} , {head}"

    def _labels(self, over: Node | None, under: Node | None) -> str:
        above = self.group(over, "", "label").strip() if over is not None else ""
        below = self.group(under, "", "label").strip() if under is not None else ""
        return f"{above} above and {below} below" if above and below else f"{below} below" if below else above

    def grid(self, node: Grid, font: str) -> str:
        """A matrix, cases, the lines of an alignment."""
        return say_grid(node, lambda cell: self.say(cell, font))

    def negated(self, node: Negated, font: str) -> str:
        """A relation that does not hold."""
        words = self.say(node.body, font)
        return f"is not {words.removeprefix('is ')}" if words.startswith("is ") else f"not {words}"

    def sided(self, node: Sided, font: str) -> str:
        """An operator with scripts at its left and its right."""
        return f"{self.say(node.base, font)} with {self.say(node.left, font)} at its left and {self.say(node.right, font)} at its right"


def _primes(count: int) -> str:
    return "" if not count else " " + {1: "prime", 2: "double prime", 3: "triple prime"}.get(count, f"{count} primes")


_SAYERS: dict[type[Node], Callable[..., str]] = {
    Atom: _Speaker.atom,
    Row: _Speaker.row,
    Operator: _Speaker.operator,
    Scripts: _Speaker.scripts,
    Fraction: _Speaker.fraction,
    Root: _Speaker.root,
    Delimited: _Speaker.delimited,
    Accent: _Speaker.accent,
    Brace: _Speaker.brace,
    Stack: _Speaker.stack,
    Arrow: _Speaker.arrow,
    Grid: _Speaker.grid,
    Text: _Speaker.text,
    Styled: _Speaker.styled,
    Fence: _Speaker.fence,
    Negated: _Speaker.negated,
    Sided: _Speaker.sided,
    Hole: lambda speaker, node, font: "blank",
    Space: lambda speaker, node, font: "",
    Phantom: lambda speaker, node, font: "",
    Classed: lambda speaker, node, font: speaker.say(node.body, font),
    Boxed: lambda speaker, node, font: f"boxed {speaker.group(node.body, font, 'box')}",
    Choice: lambda speaker, node, font: speaker.say(node.display, font),
    Struck: lambda speaker, node, font: f"struck out {speaker.group(node.body, font, 'strike')}",
}
