"""The names that a text may use, as an author declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from companion.answers.names import CONSTANTS, canonical_name

CONSTANTS_OF_INTEGRATION = ("C", "c", "k")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a text may use, each in canonical form (`names.canonical_name`).

    `symbols` and `functions` are declared; a declared name always wins over a meaning the language has for it.
    With `split_names`, an undeclared run of letters is a product. An `open` vocabulary accepts undeclared names as symbols:
    that is so when the author declares neither `symbols` (which may be declared to be none) nor `variables`.
    """

    symbols: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    split_names: bool = False
    open: bool = True
    families: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Letters whose index is an argument, as another text of the same question shows, and how many indices each has."""
    names: frozenset[str] = field(init=False, compare=False)
    """Every declared name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.symbols | self.functions)

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Vocabulary:
        """The vocabulary that the options of a field declare (`protocol.Field.options`).

        `symbols` maps names to domains, of which `function` declares a function; `variables`, `names` and `functions` are lists of
        names, or one text with commas. `names` only says which letters belong together: `pi` there stays the number, which `symbols`
        or `variables` would make a symbol. Where an answer is asked up to a constant, `C`, `c` and `k` are names too.
        """
        domains = options.get("symbols") or {}
        typed = domains.items() if isinstance(domains, Mapping) else [(name, "") for name in _listed(domains)]
        functions = {canonical_name(name) for name, domain in typed if domain == "function"} | _listed(options.get("functions"))
        variables = _listed(options.get("variables"))
        symbols = {canonical_name(name) for name, _ in typed} | variables | _without_constants(_listed(options.get("names")))
        if symbols and (options.get("up_to") == "constant" or options.get("constant")):
            symbols.update(CONSTANTS_OF_INTEGRATION)
        return cls(
            symbols=frozenset(symbols - functions),
            functions=frozenset(functions),
            split_names=bool(options.get("split_names")),
            open="symbols" not in options and not variables,
            families=options.get("families") or {},
        )


def _without_constants(listed: set[str]) -> set[str]:
    """The names without the constants that are words of several letters."""
    return {name for name in listed if len(name) == 1 or name not in CONSTANTS}


def _listed(value: object) -> set[str]:
    if isinstance(value, str):
        return {canonical_name(name) for name in value.split(",") if name.strip()}
    if isinstance(value, Iterable):
        return {canonical_name(name) for name in value if isinstance(name, str) and name.strip()}
    return set()
