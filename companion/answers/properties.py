"""The closed vocabulary of properties that an object may be asked to have: each word and its arguments.

Data only. A content file is checked against it before anything is judged, and the judge knows exactly these words.

Arguments are written in the language of answers. `over` is a region of one variable (`0 < x < 1`, `x >= 0`, `-oo < x < oo`), `at` a point
(`{x: 0}`), `of` another field of the question, `for` gives names of the statement a domain (`{j: positive integer}`). Whatever
symbol is left over (an index `n`, a parameter) stands for every value of its domain. `holds: no` asks for the opposite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Form = Literal["text", "list", "mapping", "word"]


@dataclass(frozen=True, slots=True)
class Argument:
    """What an argument looks like: a text, a list of texts, a mapping of texts, or one of some words."""

    form: Form = "text"
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyWord:
    """A property: what it says, its arguments, those that must be there, and those of which exactly one must be."""

    about: str
    arguments: Mapping[str, Argument]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


_TEXT: Final = Argument()
_LIST: Final = Argument("list")
_MAPPING: Final = Argument("mapping")
_YES_NO: Final = Argument("word", ("yes", "no"))
_DEFINITENESS: Final = Argument("word", ("psd", "positive-definite"))

ALWAYS: Final[Mapping[str, Argument]] = {"id": _TEXT, "property": _TEXT, "holds": _YES_NO}
"""What every entry may have."""


def _word(about: str, *required: str, one_of: tuple[str, ...] = (), **arguments: Argument) -> PropertyWord:
    """A property whose required arguments are texts unless `arguments` says otherwise."""
    texts = dict.fromkeys((*required, *one_of), _TEXT)
    return PropertyWord(
        about, {**texts, **{name.rstrip("_").replace("_", "-"): form for name, form in arguments.items()}}, required, one_of
    )


PROPERTIES: Final[Mapping[str, PropertyWord]] = {
    "integral": _word(
        "its integral over the region is `equals`, is finite or infinite; with `of`, it is the integral of that field",
        *("over",),
        one_of=("equals", "of", "is"),
        is_=Argument("word", ("finite", "infinite")),
    ),
    "integrable": _word("its absolute value has a finite integral over the region", "over"),
    "norm": _word(
        "its norm on the region is `equals`, is at most a bound, or tends to `limit` as the index `as` grows",
        *("space", "over"),
        one_of=("equals", "at-most", "limit"),
        space=Argument("word", ("L1", "L2", "Lp", "sup")),
        p=_TEXT,
        as_=_TEXT,
    ),
    "limit": _word(
        "it tends to `equals` as the variable goes to `to`, at one point (`at`) or at every point of a region (`over`)",
        *("variable", "to", "equals"),
        at=_MAPPING,
        over=_TEXT,
        side=Argument("word", ("left", "right")),
    ),
    "dominates": _word("it is at least the absolute value of a function", "over", one_of=("function", "of")),
    "dominated-by": _word("its absolute value is at most a function", "over", one_of=("function", "of")),
    "independent-of": _word("it does not depend on a variable", "variable"),
    "positive": _word("it is positive (every entry, of a list)", over=_TEXT),
    "nonnegative": _word("it is not negative (no entry, of a list)", over=_TEXT),
    "nonzero": _word("it is zero nowhere; a list is not zero altogether", over=_TEXT),
    "inequality": _word("a relation between formulas in the fields' names holds", "relation", for_=_MAPPING),
    "identity": _word("two formulas in the fields' names are equal", "left", "right", for_=_MAPPING),
    "convex": _word("it is convex", "over"),
    "concave": _word("it is concave", "over"),
    "increasing": _word("it is increasing", "over", strictly=_YES_NO),
    "decreasing": _word("it is decreasing", "over", strictly=_YES_NO),
    "continuous": _word("it is continuous", "over"),
    "lipschitz": _word("it is Lipschitz continuous, with the given constant if there is one", "over", constant=_TEXT),
    "disjoint-supports": _word("for different values of the index it is nonzero on disjoint sets, up to common ends", "index", "over"),
    "orthogonal": _word(
        "its product with a function, a field, a vector, or with itself at another index, integrates (sums) to zero",
        *(),
        one_of=("function", "of", "vector", "index"),
        over=_TEXT,
        weight=_TEXT,
        vector=_LIST,
    ),
    "vanishes-at": _word("it (or its derivative of that order) is zero at a point", "at", at=_MAPPING, order=_TEXT, variable=_TEXT),
    "equals-at": _word("it (or a derivative) has a value at a point", "at", "equals", at=_MAPPING, order=_TEXT, variable=_TEXT),
    "equals-on": _word("it equals a function on a region", "over", one_of=("function", "of")),
    "parity": _word("it is even or odd", "variable", "is", is_=Argument("word", ("even", "odd"))),
    "symmetric": _word("a matrix is symmetric; a kernel in the two variables is", variables=_LIST),
    "psd": _word("a matrix, or the Gram matrix of a kernel, is positive semidefinite", variables=_LIST, points=_LIST, of=_TEXT),
    "positive-definite": _word("a matrix, or a Gram matrix, is positive definite", variables=_LIST, points=_LIST, of=_TEXT),
    "hessian": _word("the matrix of its second derivatives at a point is", "at", "is", at=_MAPPING, is_=_DEFINITENESS),
    "rank": _word("a matrix has a rank", "equals"),
    "shape": _word("a matrix has so many rows and columns", rows=_TEXT, columns=_TEXT),
    "length": _word("a list has so many entries", "equals"),
    "entries": _word(
        "entries of a list or matrix have a value or lie in a set",
        *(),
        one_of=("equals", "within"),
        where=Argument("word", ("all", "diagonal", "off-diagonal")),
    ),
    "total": _word("the entries of a list add up to a value", "equals"),
    "annihilates": _word(
        "weights: the sum of weight times function over the points is zero for every function",
        *("functions", "points", "variable"),
        functions=_LIST,
        points=_LIST,
    ),
    "series-converges": _word("the series of its values converges", "variable", from_=_TEXT),
    "series-diverges": _word("the series of its values diverges", "variable", from_=_TEXT),
    "density": _word("it is a probability density on the region", "over"),
    "one-layer-network": _word(
        "it is written as a sum of constants times an activation of affine functions",
        *("activation", "variable"),
        activation=Argument("word", ("relu", "abs", "tanh", "sigmoid", "softplus", "sin", "cos", "exp", "heaviside")),
        units=_TEXT,
    ),
    "bounded-away": _word(
        "a number: the field `of` is at least this far, in the supremum norm, from the span",
        *("of", "span", "over"),
        span=_LIST,
    ),
}
"""Every property by its word."""


def fault_in(entry: Mapping[str, Any]) -> str | None:
    """What is wrong with the word or the arguments of a property as it was written, or `None`. Formulas are not read."""
    word = PROPERTIES.get(str(entry.get("property")))
    if word is None:
        return f"there is no property `{entry.get('property')}`; expected one of {', '.join(sorted(PROPERTIES))}"
    name = entry["property"]
    for argument, value in entry.items():
        known = word.arguments.get(argument) or ALWAYS.get(argument)
        if known is None:
            allowed = ", ".join((*word.arguments, "holds"))
            return f"the property `{name}` has no argument `{argument}`; expected some of {allowed}"
        fault = _misshapen(argument, value, known)
        if fault is not None:
            return fault
    missing = [argument for argument in word.required if argument not in entry]
    if missing:
        return f"the property `{name}` needs the argument `{missing[0]}`"
    given = [argument for argument in word.one_of if argument in entry]
    if word.one_of and len(given) != 1:
        return f"the property `{name}` needs exactly one of {', '.join(word.one_of)}"
    return None


def _misshapen(argument: str, value: object, known: Argument) -> str | None:
    if known.form == "list":
        good = isinstance(value, list) and bool(value) and all(isinstance(item, str) and item.strip() for item in value)
        return None if good else f"expected a list of formulas for `{argument}`"
    if known.form == "mapping":
        good = isinstance(value, Mapping) and bool(value) and all(isinstance(text, str) and text.strip() for text in value.values())
        return None if good else f"expected a mapping from names to formulas for `{argument}`"
    if known.form == "word":
        return None if value in known.words else f"expected one of {', '.join(known.words)} for `{argument}`"
    return None if isinstance(value, str) and value.strip() else f"expected a text for `{argument}`"
