"""Typed mathematics → tree. The public face of the reader; the grammar stands in `grammar`.

What is accepted: ASCII, TeX and Unicode, mixed. Where mathematicians disagree, one convention holds, and the reading shows it; what could
be read in two ways that matter is refused with the reason. The README beside this module lists all conventions, and a test checks each.
The most important ones:

* products without a sign bind like `*`, from left to right: `1/2x` is (1/2)·x; `-x^2` is −(x²), `a^b^c` is a^(b^c);
* `sin 2x` is sin(2x), `sin x/y` is sin(x)/y, `sin^2 x` is (sin x)², `sin^(-1)(x)` is arcsin(x); `log` is the natural logarithm;
* `e`, `i`, `pi` are constants unless declared; every other name belongs to the learner (`I` is i where nothing is declared);
* `x1`, `x_1`, `x₁` are one name; a run of letters is a declared name, else a product of known names (`2pix`), else, in an open vocabulary,
  a name of its own, or with `split_names` a product of letters;
* in an open vocabulary `f(…)`, `g(…)`, `h(…)` are functions, and a bracket after any other letter is a factor;
* where a formula is expected, `4, 5` and `1 or 2` are several answers; what stands left of the first `=` may be an undeclared label;
* braces make a set, except where TeX needs them; after a font, a box or `\\text` they only group;
* a sentence around formulas in dollar signs is passed over, unless it could mean something (`not`), and so is its full stop.
"""

from __future__ import annotations

from typing import Final

from companion.answers.errors import ReadError
from companion.answers.grammar import Parser
from companion.answers.grammar_several import LABELLED, gathered
from companion.answers.indices import families, refuse_running_indices, with_indices_applied
from companion.answers.labelling import label_heads, unlabelled
from companion.answers.names import WHOLE_ANSWERS, canonical_name
from companion.answers.primes import with_primes
from companion.answers.protocol import Kind
from companion.answers.tokens import MAX_CHARACTERS, tokenize
from companion.answers.transform import MAX_TREE_DEPTH, depth
from companion.answers.tree import (
    Bound,
    Constant,
    Hole,
    Limit,
    Logic,
    Node,
    SetBuilder,
    Symbol,
    children,
    walk,
)
from companion.answers.vocabulary import Vocabulary
from companion.answers.words import resolve

__all__ = ["MAX_CHARACTERS", "MAX_NODES", "ReadError", "Vocabulary", "canonical_name", "preview", "read"]

MAX_NODES: Final = 500

_EXPECTED: Final[dict[str, str]] = {"steps": "relation", "choice": "expression", "order": "expression"}
"""What a text of a kind without a grammar of its own is read as."""


def read(text: str, vocabulary: Vocabulary | None = None, expecting: Kind = "expression") -> Node:
    """The tree of a typed text.

    `expecting` decides what brackets mean: for a `set` `(1, 2)` is an interval, otherwise a tuple. Only for an `expression` the root may be
    `Several`; for an `expression`, a `list` or a `set` a value may have an undeclared label, and is then a `Relation` with `=`.
    Raises ReadError, with a code, a sentence, and the place, for whatever cannot be read or exceeds the budgets:
    2000 characters, 60 nested brackets, 500 nodes, 60 digits in a number, decimal exponents up to 300.
    """
    known = vocabulary or Vocabulary()
    expecting = "expression" if expecting == "object" else expecting
    tree = _parse(text, known, expecting, tolerant=False)
    tree = with_indices_applied(tree, {**families(tree, known), **known.families})
    for part in unlabelled(tree) if expecting in LABELLED else [tree]:
        _refuse_undeclared(part, known)
    refuse_running_indices(tree)
    return tree


def families_in(text: str, vocabulary: Vocabulary, expecting: Kind) -> dict[str, int]:
    """The letters that stand for several numbers in a text, as the x of `x_i` under a sum over i, with their numbers of indices."""
    try:
        return families(_parse(text, vocabulary, expecting, tolerant=False), vocabulary)
    except ReadError:
        return {}


def preview(text: str, vocabulary: Vocabulary | None = None, expecting: Kind = "expression") -> tuple[Node, ReadError | None]:
    """What can be read of an unfinished text, with a `Hole` for each missing part, and why it cannot be read as it is.

    Never raises: for the live reading at every key.
    """
    known = vocabulary or Vocabulary()
    expecting = "expression" if expecting == "object" else expecting
    try:
        return read(text, known, expecting), None
    except ReadError as error:
        return _readable_part(text, known, expecting, error.position), error


def _readable_part(text: str, vocabulary: Vocabulary, expecting: Kind, position: int) -> Node:
    """The tree of the text with holes; if that fails too, of what stands before the trouble."""
    for end in (len(text), position):
        try:
            return _parse(text[:end], vocabulary, expecting, tolerant=True)
        except ReadError:
            continue
    return Hole()


def _parse(text: str, vocabulary: Vocabulary, expecting: Kind, *, tolerant: bool) -> Node:
    word = WHOLE_ANSWERS.get(expecting, {}).get(text.strip().lower())
    if word is not None and text.strip() not in vocabulary.names:
        return Constant(word, span=(0, len(text)))
    scientific = "".join(letter for letter in "eE" if letter not in vocabulary.names)
    raw = with_primes(tokenize(text, scientific), vocabulary)
    labels = label_heads(raw) if expecting in LABELLED else {}
    tokens = resolve(raw, vocabulary, labels, tolerant=tolerant)
    parser = Parser(tokens, vocabulary, _EXPECTED.get(expecting, expecting), tolerant=tolerant)
    tree = parser.whole()
    if parser.has_several or (expecting == "expression" and isinstance(tree, Logic)):
        tree = gathered(tree)
    if depth(tree) > MAX_TREE_DEPTH:
        raise ReadError("read.too-deep", "This is nested too deeply.", (0, len(text)))
    if sum(1 for _ in walk(tree)) > MAX_NODES:
        raise ReadError("read.too-long", f"This has more than {MAX_NODES} parts.", (0, len(text)))
    return tree


def _refuse_undeclared(tree: Node, vocabulary: Vocabulary) -> None:
    """In a closed vocabulary, a name must be declared or bound by an integral, a sum, a limit or a set."""
    if vocabulary.open:
        return
    unknown: list[Symbol] = []
    waiting: list[tuple[Node, frozenset[str]]] = [(tree, vocabulary.names)]
    while waiting:
        node, known = waiting.pop()
        if isinstance(node, Symbol) and node.name not in known:
            unknown.append(node)
        if isinstance(node, Bound | Limit | SetBuilder):
            known |= {node.variable.name}
        waiting.extend((child, known) for child in children(node))
    if unknown:
        raise _undeclared(min(unknown, key=lambda symbol: symbol.span), vocabulary)


def _undeclared(symbol: Symbol, vocabulary: Vocabulary) -> ReadError:
    name, known = symbol.name, sorted(vocabulary.names)
    other_case = [other for other in known if other.lower() == name.lower()]
    hint = ""
    if other_case:
        hint = f" Did you mean {other_case[0]}?"
    elif "_" in name and name.split("_")[0] in known:
        letter, index = name.split("_", 1)
        hint = f" Did you mean {letter}*{index} or {letter}^{index}?"
    names = f" The names here are {', '.join(known)}." if 0 < len(known) <= 8 else ""
    return ReadError("read.unknown-name", f"{name} is not a name used in this question.{hint or names}", symbol.span)
