"""Names whose index is a variable that runs: `x_i` in a sum over i.

`x_i` is one name; under a sum over i a mathematician means the i-th of several numbers, and reading it as a constant would be wrong
without anybody noticing. So where names are free, or x is a declared function, it is read as `x(i)`, and with it every other `x_1` of
the same text; where x also stands alone, or names are not free, it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from companion.answers.errors import ReadError
from companion.answers.transform import with_children
from companion.answers.tree import Apply, Bound, Derivative, Limit, Node, Number, SetBuilder, Symbol, children, walk
from companion.answers.vocabulary import Vocabulary


def families(tree: Node, vocabulary: Vocabulary) -> dict[str, int]:
    """The letters that stand for several numbers, as the x of `x_i` under a sum over i, and how many indices each has."""
    found: dict[str, int] = {}
    for name, running in _running(tree):
        head, _, index = name.partition("_")
        found[head] = len(_parts(index, running))
    if not found:
        return {}
    taken = {part.variable.name for part in walk(tree) if isinstance(part, Bound | Limit | SetBuilder | Derivative)}
    taken |= {part.name for part in walk(tree) if isinstance(part, Symbol) and ("_" not in part.name or part.name in vocabulary.names)}
    heads = {name.partition("_")[0] for name in taken}
    free = vocabulary.functions if not vocabulary.open else found.keys() - vocabulary.symbols
    return {head: count for head, count in found.items() if head in free and head not in heads}


def with_indices_applied(tree: Node, known: Mapping[str, int]) -> Node:
    """The tree with `x_i` and `x_1` read as `x(i)` and `x(1)` for each letter of a family."""
    if not known:
        return tree
    if isinstance(tree, Symbol):
        head, _, index = tree.name.partition("_")
        if not index or head not in known:
            return tree
        parts = index.split("_")
        parts = list(index) if len(parts) == 1 and len(index) == known[head] else parts
        return Apply(head, tuple(_index(part, tree) for part in parts), span=tree.span)
    return with_children(tree, lambda child: with_indices_applied(child, known))


def _index(text: str, whole: Symbol) -> Node:
    return Number(Fraction(text), text, span=whole.span) if text.isdecimal() else Symbol(text, span=whole.span)


def refuse_running_indices(tree: Node) -> None:
    """Raise ReadError where a name is left that stands under a sum, an integral or a limit in a variable of its index."""
    for node, name, letter in _found(tree):
        head = name.partition("_")[0]
        message = f"{name} is one name, which does not change with {letter}. Where {head} is a function, write {head}({letter})."
        raise ReadError("read.running-index", message, node.span)


def _running(tree: Node) -> list[tuple[str, str]]:
    """The names of symbols with a running index, and the letter that runs."""
    return [(name, letter) for node, name, letter in _found(tree) if isinstance(node, Symbol)]


def _found(tree: Node) -> list[tuple[Node, str, str]]:
    found: list[tuple[Node, str, str]] = []
    waiting: list[tuple[Node, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        node, running = waiting.pop()
        name = node.name if isinstance(node, Symbol) else node.function if isinstance(node, Apply) else ""
        if running and "_" in name:
            letter = next((part for part in _possible(name.partition("_")[2]) if part in running), None)
            if letter is not None:
                found.append((node, name, letter))
        if isinstance(node, Bound | Limit):
            running |= {node.variable.name}
        waiting.extend((child, running) for child in children(node))
    return found


def _possible(index: str) -> list[str]:
    """What an index may be made of: its own parts, and the letters of a pair such as `ij`."""
    parts = index.split("_")
    return parts + [letter for part in parts if len(part) == 2 for letter in part]


def _parts(index: str, running: str) -> list[str]:
    """The indices of a name: `ij` is two if one of its letters runs."""
    return list(index) if len(index) == 2 and running in index else index.split("_")
