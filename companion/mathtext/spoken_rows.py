"""What the neighbors in a row mean for its reading: which bars are a pair, which brackets hold an argument, what is one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .linear import content, is_single
from .nodes import Accent, Arrow, Atom, Delimited, Fence, Node, Operator, Row, Scripts, Space, Styled
from .spacing import classes, resolved
from .spoken_names import ALPHABETS, OPERATORS

BARS = {"|": "absolute value", "‖": "norm"}
_FUNCTIONS = frozenset("fghFGHuvVJLRTWφϕψΦΨσρπκμνρΘΓ")
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_RELATED = ("rel", "punct")
_MEASURES = frozenset("μνκρ")
_FAR = 200
"""Items of a row beyond which no bracket is looked for: the time for a row must not grow with its square."""
_ALWAYS = frozenset("fghFGHφϕψ")
_SEPARATING = frozenset({",", ";", "|", "∣", "‖"})


def visible(nodes: Sequence[Node]) -> list[Node]:
    """What is not mere space."""
    return [node for node in nodes if not isinstance(node, Space)]


def items_of(node: Node | None) -> Sequence[Node]:
    """The items of a row; of anything else, itself."""
    return node.items if isinstance(node, Row) else () if node is None else (node,)


def after_space(items: Sequence[Node]) -> list[bool]:
    """For each visible item, whether explicit space stands before it."""
    result: list[bool] = []
    space = False
    for item in items:
        if isinstance(item, Space):
            space = space or item.cells > 0
        else:
            result.append(space)
            space = False
    return result


def is_list(items: Sequence[Node]) -> bool:
    """Whether there are commas or relations outside of brackets: no power, but indices."""
    depth = 0
    for item in items:
        if isinstance(item, Atom):
            depth += (item.kind == "open") - (item.kind == "close")
            if depth == 0 and item.kind in _RELATED:
                return True
    return False


def core(node: Node) -> Node:
    """What a group of one holds, space aside."""
    node = content(node)
    while isinstance(node, Row) and len(shown := visible(node.items)) == 1:
        node = content(shown[0])
    return node


def based(node: Node) -> Node:
    """What the scripts of `node` belong to, or `node` if it has none."""
    return node.base if isinstance(node, Scripts) else node


def word_in(node: Node) -> str:
    """A word set in an upright or bold font, such as `KL`; nothing if `node` is anything else."""
    while isinstance(node, Row) and len(shown := visible(node.items)) == 1:
        node = shown[0]
    letters = node.body.items if isinstance(node, Styled) and node.style in ("roman", "bold") and isinstance(node.body, Row) else ()
    word = "".join(letter.text if isinstance(letter, Atom) and letter.text.isalpha() else " " for letter in letters)
    shortest = 3 if isinstance(node, Styled) and node.style == "bold" else 2  # two bold letters are a product of vectors
    return word if len(word) >= shortest and " " not in word else ""


def is_one(node: Node) -> bool:
    """Whether `node` is heard as one thing, so that its end need not be said."""
    return is_single(core(node)) or bool(word_in(node))


def sides(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """The classes of the items of a row, every bar that is one of a pair being `open` or `close`."""
    pairs = [classes(node) for node in nodes]
    resolved(nodes, pairs)
    for glyph in BARS:
        fences = [index for index, node in enumerate(nodes) if isinstance(fence := based(node), Fence) and fence.glyph == glyph]
        loose = [index for index in fences if pairs[index][0] not in ("open", "close")]
        if len(loose) % 2 == 0:
            for number, index in enumerate(loose):
                pairs[index] = ("close", "close") if number % 2 else ("open", "open")
    return pairs


def bar(node: Node) -> str:
    """The bar that `node` is, with scripts or without; nothing if it is none."""
    node = based(node)
    glyph = node.text if isinstance(node, Atom) else node.glyph if isinstance(node, Fence) else ""
    return glyph if glyph in BARS else ""


def is_atom(node: Node, text: str) -> bool:
    """Whether `node` is this glyph."""
    return isinstance(node, Atom) and node.text == text


def is_in_braces(nodes: Sequence[Node], index: int) -> bool:
    """Whether a brace is open before the item at `index`, so that a colon or a bar there begins a condition."""
    return sum(is_atom(node, "{") - is_atom(based(node), "}") for node in nodes[max(0, index - _FAR) : index]) > 0


def is_of_a_map(nodes: Sequence[Node], index: int) -> bool:
    """Whether the arrow at `index` is that of a map: after a name and a colon, or before a space of which the alphabet tells."""
    following = core(based(nodes[index + 1])) if index + 1 < len(nodes) else None
    named = any(is_atom(node, ":") for node in nodes[max(0, index - _FAR) : index])
    return named or (isinstance(following, Styled) and following.style in ("double", "script"))


def argument(nodes: Sequence[Node], start: int, apart: bool) -> tuple[bool, Node | None, int]:
    """Whether the bracket that opens at `start` holds the argument of what stands before it; if that is one thing, what it is;
    and how many items the bracket and what it holds then take. `apart` says that there is space before the bracket.

    What stands before is applied, not multiplied, if it is the name of a function or an operator, any letter before a single thing
    or before several things with commas, as in `K(s,t)`, or a letter that is used for functions; `2p(1-p)` is a product.
    """
    held = _held(nodes, start)
    if held is None:
        return False, None, 1
    items = visible(held)
    lone = items[0] if len(items) == 1 and _is_lone(items[0]) else None
    opening = based(nodes[start])
    is_round = is_atom(opening, "(") or (isinstance(opening, Delimited) and opening.left == "(")
    applied = _is_applied(nodes[start - 1], items, lone is not None, is_round, apart)
    if lone is None or not applied or isinstance(nodes[start], Scripts):
        return applied, None, 1
    whole = 1 if isinstance(opening, Delimited) else len(held) + 2
    return applied, None if isinstance(nodes[start + whole - 1], Scripts) else lone, whole


def _is_applied(before: Node, items: Sequence[Node], is_lone: bool, is_round: bool, apart: bool) -> bool:
    base = based(before)
    if word_in(base):
        return True
    if is_lone and is_round and (is_atom(base, ")") or is_atom(base, "]") or isinstance(base, Delimited)):
        return not isinstance(before, Scripts)
    letter = core(base)
    while isinstance(letter, Accent | Styled):
        if isinstance(letter, Styled) and letter.style == "double" and not apart:
            return True
        letter = core(letter.body)
    if isinstance(letter, Operator):
        return not letter.symbol and letter.text not in OPERATORS
    if isinstance(letter, Atom) and letter.text in ("E", "P") and not is_round and not apart:
        return True
    if not isinstance(letter, Atom) or not letter.text.isalpha() or not is_round or apart or is_transposed(before):
        return False
    if is_lone or any(_glyph(item) in _SEPARATING for item in items):
        return True
    return letter.text in _FUNCTIONS and not _has_power(before) and not _is_factor(letter.text, items)


def _has_power(node: Node) -> bool:
    """Whether a superscript makes a factor of a letter: anything but an inverse, a single letter or a number in brackets."""
    sup = node.sup if isinstance(node, Scripts) else None
    if sup is None or in_parens(sup) is not None or is_inverse(sup):
        return False
    inner = core(sup)
    return not isinstance(inner, Atom) or inner.text.isdigit()


def _is_factor(letter: str, items: Sequence[Node]) -> bool:
    """Whether a letter that is used for functions is a factor of a sum: a constant of `f-f*`, anything of `1-p`."""
    signed = any(is_atom(item, sign) for item in items for sign in "+−")
    first = items[0] if items else None
    begins_with_number = isinstance(first, Atom) and first.text.isdigit()
    return signed and (letter in _MEASURES or (letter not in _ALWAYS and begins_with_number))


def is_inverse(sup: Node) -> bool:
    """Whether a superscript is -1."""
    items = visible(sup.items) if isinstance(sup, Row) else []
    return len(items) == 2 and is_atom(items[0], "−") and is_atom(items[1], "1")


def is_transposed(node: Node) -> bool:
    """Whether a transpose, a star or a number that is a power stands at `node`, so that a bracket after it is a factor."""
    sup = core(node.sup) if isinstance(node, Scripts) and node.sup is not None else None
    if isinstance(sup, Styled):
        sup = core(sup.body)
    return isinstance(sup, Atom) and sup.text in ("⊤", "⊺", "T")


def in_parens(node: Node) -> Node | None:
    """The one thing that stands between round brackets if these are all of `node`, as in `a^{(n)}`."""
    items = visible(node.items) if isinstance(node, Row) else [node]
    held = _held(items, 0) if items else None
    whole = held is not None and (len(items) == 1 or len(held) + 2 == len(items))
    shown = visible(held) if held is not None and whole else []
    return shown[0] if len(shown) == 1 and is_one(shown[0]) and not is_atom(based(items[0]), "[") else None


def _glyph(node: Node) -> str:
    return node.text if isinstance(node, Atom) else node.glyph if isinstance(node, Fence) else ""


def _held(nodes: Sequence[Node], start: int) -> Sequence[Node] | None:
    """What stands between the bracket at `start` and the one that closes it; nothing if that is no bracket of use here."""
    opening = based(nodes[start])
    if isinstance(opening, Delimited):
        return opening.body.items if opening.left in _OPENING and opening.right else None
    if not isinstance(opening, Atom) or opening.text not in _OPENING:
        return None
    depth = 0
    for index in range(start, min(len(nodes), start + _FAR)):
        glyph = based(nodes[index])
        if isinstance(glyph, Atom):
            depth += (glyph.text in _OPENING) - (glyph.text in _CLOSING)
        if depth == 0:
            return nodes[start + 1 : index]
    return None


def _is_lone(node: Node) -> bool:
    """One thing, with subscripts and primes at most: `f of x sub 1` cannot be misheard, `f of x squared` can."""
    if isinstance(node, Scripts):
        return node.sup is None and is_one(node.base)
    return is_one(node) and not isinstance(node, Operator | Arrow)


def letters(node: Node, font: str = "") -> Iterator[str]:
    """The variables of one letter in a formula, except those whose alphabet is said."""
    if isinstance(node, Atom):
        if len(node.text) == 1 and node.text.isalpha() and font not in ("double", "script", "roman"):
            yield node.text
        return
    inner = node.style if isinstance(node, Styled) and (node.style in ALPHABETS or node.style == "roman") else font
    for value in node.__dict__.values():
        for part in value if isinstance(value, tuple) else (value,):
            for deeper in part if isinstance(part, tuple) else (part,):
                if isinstance(deeper, Node):
                    yield from letters(deeper, inner)
