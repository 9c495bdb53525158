"""The words of the language: functions, constants, Greek letters, keywords, and how a name is written canonically.

Only tables and three small functions; nothing here depends on a text.
"""

from __future__ import annotations

from typing import Final

MANY: Final = 64
"""More arguments than any function takes: the upper arity of `max` and its like."""

FUNCTIONS: Final[dict[str, tuple[int, int]]] = {
    **dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"), (1, 1)),
    **dict.fromkeys(("asin", "acos", "atan", "acot", "asec", "acsc", "asinh", "acosh", "atanh", "acoth", "asech", "acsch"), (1, 1)),
    **dict.fromkeys(("exp", "ln", "sqrt", "cbrt", "abs", "floor", "ceil", "sign", "factorial"), (1, 1)),
    **dict.fromkeys(("gamma", "erf", "Phi", "relu", "sigmoid", "softplus", "heaviside", "sinc"), (1, 1)),
    **dict.fromkeys(("re", "im", "conj", "arg", "det", "tr", "transpose", "inv", "rank"), (1, 1)),
    **dict.fromkeys(("log", "root", "binomial", "mod", "atan2"), (2, 2)),
    **dict.fromkeys(("max", "min", "gcd", "lcm"), (1, MANY)),
    "norm": (1, 2),
}
"""Every function of the language under its canonical name, with the least and the greatest number of arguments.

`log(x, b)` has the base second; `Phi` is the distribution function of the standard normal law; `norm(f, p)` has the index second.
"""

ALIASES: Final[dict[str, str]] = {
    **{f"arc{name[1:]}": name for name in FUNCTIONS if name[0] == "a" and name[1:] in FUNCTIONS},
    **{f"ar{name[1:]}": name for name in ("asinh", "acosh", "atanh", "acoth", "asech", "acsch")},
    "cosec": "csc", "cosech": "csch", "tg": "tan", "ctg": "cot", "arctg": "atan", "arccosec": "acsc", "arctan2": "atan2",
    "Abs": "abs", "Max": "max", "Min": "min", "Re": "re", "Im": "im", "real": "re", "imag": "im", "conjugate": "conj", "Arg": "arg",
    "ceiling": "ceil", "sgn": "sign", "signum": "sign", "ReLU": "relu", "Heaviside": "heaviside", "logistic": "sigmoid",
    "fact": "factorial", "binom": "binomial", "choose": "binomial", "nCr": "binomial", "gcf": "gcd", "nthroot": "root",
    "trace": "tr", "Tr": "tr", "determinant": "det", "inverse": "inv", "Det": "det", "normcdf": "Phi", "Exp": "exp",
}  # fmt: skip
"""Other spellings of the functions."""

LOGARITHMS: Final[dict[str, int | None]] = {"ln": None, "log": None, "lg": 10, "lb": 2, "log10": 10, "log2": 2}
"""The logarithms and the bases they imply; `None` is the natural logarithm, which `log` is here."""

INVERSES: Final[dict[str, str]] = {name[1:]: name for name in FUNCTIONS if name[0] == "a" and name[1:] in FUNCTIONS}
"""What `sin^(-1)` means."""

ONLY_BEFORE_BRACKET: Final = frozenset(
    {"gamma", "Gamma", "Phi", "re", "im", "real", "imag", "tr", "arg", "inv", "rank", "mod", "fact", "inverse", "choose"}
)
"""Words that name a function only when a round bracket follows; otherwise they are names like any other."""

GREEK: Final[dict[str, str]] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Alpha": "Α", "Beta": "Β", "Gamma": "Γ", "Delta": "Δ", "Epsilon": "Ε", "Zeta": "Ζ", "Eta": "Η", "Theta": "Θ", "Iota": "Ι",
    "Kappa": "Κ", "Lambda": "Λ", "Mu": "Μ", "Nu": "Ν", "Xi": "Ξ", "Omicron": "Ο", "Pi": "Π", "Rho": "Ρ", "Sigma": "Σ", "Tau": "Τ",
    "Upsilon": "Υ", "Phi": "Φ", "Chi": "Χ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""Greek letters that a learner may use as names (`pi` is a constant)."""

GREEK_OF_GLYPH: Final[dict[str, str]] = {
    **{glyph: name for name, glyph in GREEK.items()},
    "ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "ς": "sigma", "ϰ": "kappa", "µ": "mu", "π": "pi", "ℼ": "pi", "ϖ": "pi",
    "ℓ": "ell", "Ω": "Omega",
}  # fmt: skip

CONSTANTS: Final[dict[str, str]] = {
    "pi": "pi", "e": "e", "i": "i",
    "oo": "infinity", "inf": "infinity", "infty": "infinity", "infinity": "infinity", "Infinity": "infinity", "∞": "infinity",
    "true": "true", "True": "true", "false": "false", "False": "false",
    "reals": "reals", "integers": "integers", "naturals": "naturals", "rationals": "rationals", "complexes": "complexes",
    "emptyset": "emptyset", "varnothing": "emptyset", "∅": "emptyset", "⦰": "emptyset",
    "ℝ": "reals", "ℤ": "integers", "ℕ": "naturals", "ℚ": "rationals", "ℂ": "complexes",
}  # fmt: skip
"""Words for the constants, and the constant each stands for."""

WHOLE_ANSWERS: Final[dict[str, dict[str, str]]] = {
    "relation": {"all": "true", "always": "true", "none": "false", "never": "false"},
    "set": {"all": "reals", "none": "emptyset"},
}
"""Words that answer a question for solutions when nothing else is typed."""

NAMED_SETS: Final[dict[str, str]] = {"R": "reals", "Z": "integers", "N": "naturals", "Q": "rationals", "C": "complexes"}
"""Letters that stand for a set where a set is expected and the letter is not declared."""

SETS: Final = frozenset({"reals", "integers", "naturals", "rationals", "complexes", "emptyset"})

KEYWORDS: Final[dict[str, str]] = {
    "and": "and", "or": "or", "not": "not", "implies": "implies", "iff": "iff", "in": "in", "notin": "notin",
    "if": "if", "else": "else", "otherwise": "else", "union": "union", "intersect": "intersection", "intersection": "intersection",
    "setminus": "setminus", "percent": "%",
}  # fmt: skip
"""Words that are operators."""

BINDERS: Final[dict[str, str]] = {
    "sum": "sum", "Sum": "sum", "summation": "sum", "prod": "product", "product": "product", "Product": "product",
    "int": "integral", "integral": "integral", "integrate": "integral", "Integral": "integral",
    "sup": "supremum", "supremum": "supremum", "infimum": "infimum", "lim": "limit", "limit": "limit", "Limit": "limit",
    "diff": "derivative", "derivative": "derivative", "Derivative": "derivative", "piecewise": "piecewise", "Piecewise": "piecewise",
}  # fmt: skip
"""Words that bind a variable (and `piecewise`, which shares their bracketed form)."""

SPLITTABLE: Final = frozenset(
    [name for name, arity in FUNCTIONS.items() if arity == (1, 1) and name not in ONLY_BEFORE_BRACKET and len(name) < 6]
    + [name for name in ALIASES if name.startswith("arc")]
    + ["log", "sqrt"]
) - {"sign", "floor", "ceil", "norm", "det", "abs", "conj"}
"""Functions that are recognized inside a run of letters, as in `sinx` or `bsin(t)`, when names are not split anyway."""

FUNCTION_LETTERS: Final = frozenset("fghFGH")
"""Letters that are functions when a bracket follows, if the author has declared nothing."""

_WORDS_OF_DIGITS: Final = frozenset({"log10", "log2", "atan2", "arctan2"})


def function_named(word: str) -> str | None:
    """The canonical function that a word names (`arcsin` → `asin`), or `None`. Logarithms are `log`."""
    if word in LOGARITHMS:
        return "log"
    if word in FUNCTIONS:
        return word
    return ALIASES.get(word)


def is_reserved(word: str) -> bool:
    """Whether a word has a meaning of its own, so that it is not a free name."""
    return function_named(word) is not None or word in CONSTANTS or word in KEYWORDS or word in BINDERS


def canonical_name(text: str) -> str:
    r"""The canonical form of a declared name: `μ`, `\mu` → `mu`; `x1`, `x₁`, `x_{1}` → `x_1`; `x_{i,j}` → `x_ij`; `x_{n_k}` → `x_n_k`.

    Names are looked up in this form, so that a declaration and an answer agree however each was typed.
    """
    name, primes = text.strip().replace("\\", ""), ""
    while name.endswith(("'", "′")):
        name, primes = name[:-1], primes + "'"
    for glyph, letter in GREEK_OF_GLYPH.items():
        name = name.replace(glyph, letter)
    name = name.translate(_SUBSCRIPT_DIGITS)
    head, mark, index = name.partition("_")
    if not mark:
        if head in _WORDS_OF_DIGITS:
            return head + primes
        letters = head.rstrip("0123456789")
        head, index = letters, head[len(letters) :]
    index = "_".join(filter(None, ("".join(filter(str.isalnum, part)) for part in index.split("_"))))
    return (f"{head}_{index}" if index else head) + primes


_SUBSCRIPT_DIGITS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
