"""The signs, names and functions of typed mathematics as a person looks for them: by group, with what to type and what it means.

Everything here is made from the reader's own tables, so that what is offered can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from companion.answers.characters import TEX_LETTERS
from companion.answers.names import FUNCTIONS, GREEK
from companion.answers.protocol import Kind
from companion.answers.vocabulary import Vocabulary

Group: TypeAlias = Literal[
    "Names of this question",
    "Relations and logic",
    "Sets",
    "Operations",
    "Sums, limits, integrals",
    "Constants",
    "Functions",
    "Greek letters",
]

_HERE: Final = "Names of this question"

_CALCULUS: Final = "Sums, limits, integrals"

GAP: Final = "□"
"""Where an argument belongs in what is inserted; it is left out, and the cursor goes to the first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to insert: `text` in full glyphs, `plain` in ASCII, each with gaps for arguments.

    `typed` is the shortest way to type it, `commands` are the TeX commands that mean it, the usual one first; `sample` is a text in which
    it can be read (`{}` stands for it), as an answer of `kind`. `word` is the name it uses, which a question may have declared otherwise.
    """

    group: Group
    shown: str
    text: str
    plain: str
    typed: str
    meaning: str
    commands: tuple[str, ...] = ()
    sample: str = "{}"
    kind: Kind = "expression"
    word: str = ""

    def label(self, ascii_only: bool) -> str:
        """How it is listed."""
        return self.typed if ascii_only and not self.shown.isascii() else self.shown

    def inserted(self, ascii_only: bool) -> tuple[str, int]:
        """What to insert, and how many characters of it stand before the cursor afterwards."""
        text = self.plain if ascii_only else self.text
        place = text.find(GAP)
        bare = text.replace(GAP, "")
        return bare, len(bare) if place < 0 else place

    def example(self, ascii_only: bool = False) -> str:
        """A text that contains it."""
        return self.sample.format((self.plain if ascii_only else self.text).replace(GAP, "1"))


_FUNCTION_MEANINGS: Final[Mapping[str, str]] = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant", "csc": "cosecant",
    "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine", "tanh": "hyperbolic tangent", "coth": "hyperbolic cotangent",
    "sech": "hyperbolic secant", "csch": "hyperbolic cosecant",
    "asin": "inverse sine", "acos": "inverse cosine", "atan": "inverse tangent", "acot": "inverse cotangent", "asec": "inverse secant",
    "acsc": "inverse cosecant", "asinh": "inverse hyperbolic sine", "acosh": "inverse hyperbolic cosine",
    "atanh": "inverse hyperbolic tangent", "acoth": "inverse hyperbolic cotangent", "asech": "inverse hyperbolic secant",
    "acsch": "inverse hyperbolic cosecant",
    "exp": "exponential function", "ln": "natural logarithm", "log": "natural logarithm; log_2(x) has the base 2",
    "sqrt": "square root", "cbrt": "cube root", "root": "root(x, n) is the n-th root", "abs": "absolute value",
    "floor": "greatest integer below", "ceil": "least integer above", "sign": "sign", "factorial": "factorial",
    "gamma": "Gamma function", "erf": "error function", "Phi": "distribution function of the standard normal law",
    "relu": "max(0, x)", "sigmoid": "1/(1+e^-x)", "softplus": "ln(1+e^x)", "heaviside": "0 below 0, 1 above", "sinc": "sin(x)/x",
    "re": "real part", "im": "imaginary part", "conj": "complex conjugate", "arg": "argument of a complex number",
    "det": "determinant", "tr": "trace", "transpose": "transpose", "inv": "inverse matrix", "rank": "rank of a matrix",
    "binomial": "binomial(n, k), n over k", "mod": "mod(a, b), the remainder", "atan2": "atan2(y, x), the angle of a point",
    "max": "greatest of several", "min": "least of several", "gcd": "greatest common divisor", "lcm": "least common multiple",
    "norm": "norm; norm(f, 2) is the 2-norm",
}  # fmt: skip

_MATRIX_FUNCTIONS: Final = ("det", "tr", "transpose", "inv", "rank")

_FURTHER_COMMANDS: Final[Mapping[str, str]] = {"re": "Re", "im": "Im", "asin": "arcsin", "acos": "arccos", "atan": "arctan"}
"""The TeX command of a function that is spelled otherwise."""

_SIGNS: Final[tuple[Mark, ...]] = (
    *(
        Mark("Relations and logic", glyph, glyph, f" {plain} ", plain, meaning, commands, "1{}2", "relation")
        for glyph, plain, meaning, commands in (
            ("≤", "<=", "less than or equal", ("le", "leq", "leqslant", "leqq")),
            ("≥", ">=", "greater than or equal", ("ge", "geq", "geqslant", "geqq")),
            ("≠", "!=", "not equal", ("ne", "neq")),
            ("<", "<", "less than", ("lt",)),
            (">", ">", "greater than", ("gt",)),
        )
    ),
    *(
        Mark("Relations and logic", glyph, f" {glyph} ", f" {plain} ", plain, meaning, commands, "(1=1){}(2=2)", "relation")
        for glyph, plain, meaning, commands in (
            ("∧", "and", "and", ("land", "wedge")),
            ("∨", "or", "or", ("lor", "vee")),
            ("⇒", "=>", "implies", ("implies", "Rightarrow", "Longrightarrow")),
            ("⇔", "<=>", "if and only if", ("iff", "Leftrightarrow", "Longleftrightarrow")),
        )
    ),
    Mark("Relations and logic", "¬", "¬", "not ", "not", "not", ("lnot", "neg"), "{}(1=1)", "relation"),
    Mark("Relations and logic", "if", " if □ else ", " if □ else ", "f if x<1 else g", "by cases", ("if", "cases"), "1{}2"),
    *(
        Mark("Sets", glyph, f" {glyph} ", f" {plain} ", plain, meaning, commands, "{{1}}{}{{2}}", "set")
        for glyph, plain, meaning, commands in (
            ("∪", "union", "union", ("cup",)),
            ("∩", "intersect", "intersection", ("cap",)),
            ("∖", "setminus", "without", ("setminus", "smallsetminus", "backslash")),
        )
    ),
    Mark("Sets", "∈", " ∈ ", " in ", "in", "is an element of", ("in",), "1{}{{1}}", "relation"),
    Mark("Sets", "∉", " ∉ ", " notin ", "notin", "is not an element of", ("notin",), "1{}{{1}}", "relation"),
    Mark("Sets", "{ }", "{□}", "{□}", "{1, 2}", "finite set", ("lbrace", "set"), kind="set"),
    Mark("Sets", "[ )", "[□, □)", "[□, □)", "[0, 1)", "interval: [ and ] contain their end, ( and ) do not", ("lbrack", "interval"),
         kind="set"),
    Mark("Operations", "·", "·", "*", "*", "times", ("cdot", "times", "ast"), "1{}2"),
    Mark("Operations", "÷", "/", "/", "/", "divided by", ("div",), "1{}2"),
    Mark("Operations", "±", "±", "+-", "+-", "plus or minus", ("pm",), "1{}2"),
    Mark("Operations", "a/b", r"\frac{□}{□}", "(□)/(□)", "a/b", "fraction", ("frac", "dfrac", "tfrac", "cfrac")),
    Mark("Operations", "√", "√(□)", "sqrt(□)", "sqrt(x)", "square root", ("sqrt",)),
    Mark("Operations", "∛", "∛(□)", "cbrt(□)", "cbrt(x)", "cube root", ("cbrt",)),
    Mark("Operations", "²", "²", "^2", "^2", "squared", ("squared",), "3{}"),
    Mark("Operations", "| |", "|□|", "|□|", "|x|", "absolute value", ("abs", "vert", "lvert", "mid")),
    Mark("Operations", "‖ ‖", "‖□‖", "norm(□)", "norm(f)", "norm", ("norm", "Vert", "lVert")),
    Mark("Operations", "⌊ ⌋", "⌊□⌋", "floor(□)", "floor(x)", "greatest integer below", ("lfloor", "floor")),
    Mark("Operations", "⌈ ⌉", "⌈□⌉", "ceil(□)", "ceil(x)", "least integer above", ("lceil", "ceil")),
    Mark("Operations", "n!", "!", "!", "!", "factorial", ("factorial",), "3{}"),
    Mark("Operations", "(n k)", r"\binom{□}{□}", "binomial(□, □)", "binomial(n, k)", "binomial coefficient", ("binom", "dbinom", "tbinom")),
    Mark("Operations", "°", "°", r"\degree", r"\degree", "degree, pi/180", ("degree",), "90{}"),
    Mark("Operations", "%", "%", "%", "%", "percent", (), "50{}"),
    Mark("Operations", "[[ ]]", "[[□, □], [□, □]]", "[[□, □], [□, □]]", "[[1, 2], [3, 4]]", "matrix by rows", ("matrix", "pmatrix"),
         kind="list"),
    Mark("Operations", "conj", r"\overline{□}", "conj(□)", "conj(z)", "complex conjugate", ("overline", "conj")),
    Mark("Sums, limits, integrals", "∫", "∫", "int ", "int_0^1 t dt", "integral", ("int",), "{}_0^1 t dt"),
    Mark("Sums, limits, integrals", "∑", "∑", "sum", "sum_(k=1)^n k", "sum", ("sum",), "{}_(k=1)^3 k"),
    Mark("Sums, limits, integrals", "∏", "∏", "prod", "prod_(k=1)^n k", "product", ("prod",), "{}_(k=1)^3 k"),
    Mark("Sums, limits, integrals", "lim", "lim", "lim", "lim_(n->oo) 1/n", "limit", ("lim",), "{}_(t->0) t"),
    Mark("Sums, limits, integrals", "→", "→", "->", "->", "tends to", ("to", "rightarrow", "longrightarrow"), "lim_(t{}0) t"),
    Mark("Sums, limits, integrals", "sup", "sup", "sup", "sup_(t in [0, 1]) t", "supremum", ("sup",), "{}_(t in [0, 1]) t"),
    Mark("Sums, limits, integrals", "inf", "inf", "inf", "inf_(t in [0, 1]) t", "infimum", ("inf",), "{}_(t in [0, 1]) t"),
    *(
        Mark("Constants", glyph, glyph, plain, plain, meaning, commands, word=plain)
        for glyph, plain, meaning, commands in (
            ("π", "pi", "3.14159...", ("pi", "varpi")),
            ("e", "e", "2.71828...", ()),
            ("i", "i", "imaginary unit", ()),
            ("∞", "oo", "infinity", ("infty",)),
            ("∅", "emptyset", "empty set", ("emptyset", "varnothing")),
            ("ℝ", "reals", "real numbers", ("reals", "mathbb{R}")),
            ("ℤ", "integers", "integers", ("integers", "mathbb{Z}")),
            ("ℕ", "naturals", "natural numbers", ("naturals", "mathbb{N}")),
            ("ℚ", "rationals", "rational numbers", ("rationals", "mathbb{Q}")),
            ("ℂ", "complexes", "complex numbers", ("complexes", "mathbb{C}")),
        )
    ),
)  # fmt: skip

_LIKE_LATIN: Final = frozenset(
    ("Alpha", "Beta", "Epsilon", "Zeta", "Eta", "Iota", "Kappa", "Mu", "Nu", "Omicron", "Rho", "Tau", "Chi", "omicron")
)
"""Greek letters that look like Latin ones: read, but not offered."""


def marks_for(vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """What can be inserted where these names are declared, in groups. A word that is declared otherwise is not offered."""
    marks = (
        *_derivative(vocabulary),
        *_declared(vocabulary),
        *(mark for mark in _SIGNS if mark.word not in vocabulary.names),
        *(mark for mark in _FUNCTION_MARKS if mark.word not in vocabulary.names),
        *(mark for mark in _GREEK_MARKS if vocabulary.open or mark.word in vocabulary.names),
    )
    groups = get_args(Group)
    return tuple(sorted(marks, key=lambda mark: groups.index(mark.group)))


def _declared(vocabulary: Vocabulary) -> Iterator[Mark]:
    for name in sorted(vocabulary.symbols - GREEK.keys()):
        yield Mark(_HERE, name, name, name, name, "a name of this question")
    for name in sorted(vocabulary.functions):
        yield Mark(_HERE, name, f"{name}(", f"{name}(", f"{name}(", "a function of this question", sample="{}1)")


def _derivative(vocabulary: Vocabulary) -> Iterator[Mark]:
    """By a name that may be used: a derivative binds none."""
    letters = ["x", *sorted(name for name in vocabulary.symbols if len(name) == 1)]
    name = next((letter for letter in letters if vocabulary.open or letter in vocabulary.symbols), None)
    if name is not None and "d" not in vocabulary.names:
        quotient = f"d/d{name}"
        text = f"{quotient} "
        yield Mark(_CALCULUS, quotient, text, text, f"{quotient} {name}^2", "derivative", ("derivative",), f"{{}}{name}^2")


def _functions() -> tuple[Mark, ...]:
    marks = []
    for name, (least, _) in FUNCTIONS.items():
        arguments = "[[1, 2], [3, 4]]" if name in _MATRIX_FUNCTIONS else ", ".join("12"[:least])
        commands = (name, _FURTHER_COMMANDS[name]) if name in _FURTHER_COMMANDS else (name,)
        sample = f"{{}}{arguments})"
        call = f"{name}("
        marks.append(Mark("Functions", name, call, call, call, _FUNCTION_MEANINGS[name], commands, sample, word=name))
    return tuple(marks)


def _greek() -> tuple[Mark, ...]:
    aliases = {name: [tex for tex, letter in TEX_LETTERS.items() if letter == name and tex != name] for name in GREEK}
    return tuple(
        Mark("Greek letters", glyph, glyph, f"{name} ", name, name, (name, *aliases[name]), word=name)
        for name, glyph in GREEK.items()
        if name not in _LIKE_LATIN
    )


_FUNCTION_MARKS: Final = _functions()
_GREEK_MARKS: Final = _greek()
