"""The tree that TeX is parsed into. Nodes are frozen and compare by structure."""

from __future__ import annotations

from typing import ClassVar, Literal, dataclass_transform


@dataclass_transform(frozen_default=True)
class Node:
    """Any node: a frozen record of the fields that its class declares.

    Like `dataclasses.dataclass`, which would spend 10 ms at import to generate the methods of twenty such classes.
    """

    fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.fields = tuple(cls.__annotations__)

    def __init__(self, *values: object, **named: object) -> None:
        self.__dict__.update(zip(self.fields, values, strict=False), **named)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"


class Atom(Node):
    """A glyph, a number or a name: what it looks like, how it is spaced, what it is."""

    text: str
    kind: str = "ord"
    role: str = "variable"


class Hole(Node):
    """An argument that has not been typed yet."""


class Row(Node):
    """A list of nodes. As an item of another row it is a braced group, spaced as an ord."""

    items: tuple[Node, ...] = ()


class Space(Node):
    """Explicit space, in cells; two or more are a `\\quad`, where a formula may be broken."""

    cells: int


class Text(Node):
    """Upright text with formulas in it."""

    parts: tuple[str | Node, ...]
    font: str = "roman"


class Operator(Node):
    """`sin`, `lim`, `∑`, `∫`: a name or a symbol; `limits` if scripts go above and below in a display."""

    text: str
    limits: bool = False
    symbol: bool = False


class Scripts(Node):
    """A base with a subscript, a superscript or both. `limits` overrides what the base would do."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    primes: int = 0
    limits: bool | None = None


class Fraction(Node):
    """Two rows, with a rule between them or not, in delimiters or not. `small` is `\\tfrac`: one line where that is possible."""

    upper: Node
    lower: Node
    rule: bool = True
    left: str = ""
    right: str = ""
    small: bool = False
    large: bool = False


class Root(Node):
    """A root, with its index."""

    body: Node
    index: Node | None = None


class Delimited(Node):
    """`\\left … \\right` and `\\bigl … \\bigr`: delimiters as tall as what they hold."""

    left: str
    body: Row
    right: str


class Fence(Node):
    """A delimiter that stretches by itself: `\\middle`, or a `\\big` without a partner."""

    glyph: str
    side: Literal["open", "close", "middle", "ord"]


class Accent(Node):
    """A mark above or below (`hat`, `bar`, `vec`, `underline`, …)."""

    mark: str
    body: Node
    wide: bool = False


class Brace(Node):
    """`\\overbrace`, `\\underbrace` and their relatives (`shape`: brace or bracket); the label comes as a script."""

    body: Node
    over: bool
    shape: str = "brace"


class Stack(Node):
    """Something with small things set above and below it: `\\overset`, `\\underset`, `\\stackrel`."""

    base: Node
    over: Node | None = None
    under: Node | None = None


class Arrow(Node):
    """An arrow as long as its labels: left end, shaft, right end."""

    glyphs: tuple[str, str, str]
    over: Node | None = None
    under: Node | None = None


class Grid(Node):
    """Rows of cells: matrices, cases, alignments. `columns` is a string of `l`, `c`, `r`, `|`, `:`; `rules` and `dashed` are
    the numbers of the rows above which a line is drawn; `tags` has one entry a row, or none at all.
    """

    environment: str
    rows: tuple[tuple[Node, ...], ...]
    columns: str = ""
    left: str = ""
    right: str = ""
    rules: frozenset[int] = frozenset()
    dashed: frozenset[int] = frozenset()
    tags: tuple[Node | None, ...] = ()


class Styled(Node):
    """A font or a style, for everything in `body`."""

    style: str
    body: Node


class Classed(Node):
    """`\\mathbin{…}` and its like: a group spaced as another class."""

    kind: str
    body: Node


class Negated(Node):
    """`\\not` before something that has no negated glyph."""

    body: Node


class Phantom(Node):
    """Space as large as `body`."""

    body: Node


class Boxed(Node):
    """A frame around `body`."""

    body: Node


class Choice(Node):
    """`\\mathchoice`: one body for a display, one for text, one for scripts."""

    display: Node
    text: Node
    script: Node


class Sided(Node):
    """`\\sideset`: an operator with scripts at its four corners; limits may come as well."""

    base: Node
    left: Node
    right: Node


class Struck(Node):
    """`\\cancel` and its relatives: `body` with a combining mark over every character."""

    body: Node
    mark: str = "\u0338"
