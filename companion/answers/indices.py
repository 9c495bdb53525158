"""Names whose index is a variable that runs: `x_i` in a sum over i.

`x_i` is one name; under a sum over i a mathematician means the i-th of several numbers, and reading it as a constant would be wrong
without anybody noticing. So it is refused, and a function of the index, `x(i)`, says what is meant.
"""

from __future__ import annotations

from companion.answers.errors import ReadError
from companion.answers.tree import Apply, Bound, Limit, Node, Symbol, children


def refuse_running_indices(tree: Node) -> None:
    """Raise ReadError where a name stands under a sum, a product, an integral, a supremum or a limit in a variable of its index."""
    waiting: list[tuple[Node, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        node, running = waiting.pop()
        name = node.name if isinstance(node, Symbol) else node.function if isinstance(node, Apply) else ""
        if running and "_" in name:
            head, _, index = name.partition("_")
            letter = next((part for part in _parts(index) if part in running), None)
            if letter is not None:
                message = f"{name} is one name, which does not change with {letter}. Where {head} is a function, write {head}({letter})."
                raise ReadError("read.running-index", message, node.span)
        if isinstance(node, Bound | Limit):
            running |= {node.variable.name}
        waiting.extend((child, running) for child in children(node))


def _parts(index: str) -> list[str]:
    """What an index may be made of: its own parts, and the letters of a pair such as `ij`."""
    parts = index.split("_")
    return parts + [letter for part in parts if len(part) == 2 for letter in part]
