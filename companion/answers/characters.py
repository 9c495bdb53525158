"""The characters and TeX commands of typed mathematics, and what each stands for."""

from __future__ import annotations

from typing import Final

from companion.answers.names import CONSTANTS, FUNCTIONS, GREEK, LOGARITHMS

SAME_CHARACTER: Final = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑‒﹣", "-"),
        **dict.fromkeys("×⋅·∙•∗\u2062", "*"),
        **dict.fromkeys("÷⁄∕", "/"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("\u200b\u2060\u2061\ufeff\r", " "),
        **dict.fromkeys("′’ʹ", "'"),
        **dict.fromkeys("∣❘", "|"),
        "ˆ": "^", "∶": ":", "∖": "∖",
    }
)  # fmt: skip
"""Characters that are another character in disguise, one for one, so that positions stay."""

OPERATOR_OF_GLYPH: Final[dict[str, str]] = {
    "±": "+-", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=",
    "∈": "in", "∉": "notin", "∪": "union", "∩": "intersection", "∖": "setminus",
    "∧": "and", "∨": "or", "¬": "not", "⇒": "implies", "⟹": "implies", "⇔": "iff", "⟺": "iff", "→": "->", "⟶": "->",
    "‖": "‖", "∥": "‖", "″": "''", "°": "degree", "∘": "circ",
}  # fmt: skip

BRACKET_OF_GLYPH: Final[dict[str, str]] = {"⌊": "floor(", "⌋": "floor)", "⌈": "ceil(", "⌉": "ceil)"}

ROOT_OF_GLYPH: Final[dict[str, str]] = {"√": "sqrt", "∛": "cbrt"}

SIGN_OF_GLYPH: Final[dict[str, str]] = {"∑": "sum", "Σ": "sum", "∏": "product", "∫": "integral"}

OPERATORS: Final = (
    "<==>", "<=>", "<->", "==>", "=/=", "==", "<=", ">=", "=>", "!=", "<>", "->", "**", "&&",
    "+", "-", "*", "/", "^", "!", "'", "%", "_", ",", ";", ":", "=", "<", ">", "|", "&",
)  # fmt: skip
"""Operators in ASCII, the longer ones first."""

SAME_OPERATOR: Final[dict[str, str]] = {
    "<==>": "iff", "<=>": "iff", "<->": "iff",
    "==>": "implies", "=>": "implies", "=/=": "!=", "<>": "!=", "==": "=", "**": "^", "&&": "and",
}  # fmt: skip

SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵏᵐᵃᵇᵈᵖᵗᵀ′", "0123456789+-()nixykmabdptT'")
SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₙᵢⱼₖₘₐₓₚₜ₊₋", "0123456789nijkmaxpt+-")
FRACTIONS: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"

TEX_OPERATORS: Final[dict[str, str]] = {
    "cdot": "*", "times": "*", "ast": "*", "cdotp": "*", "div": "/", "pm": "+-",
    "le": "<=", "leq": "<=", "leqslant": "<=", "leqq": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "geqq": ">=",
    "lt": "<", "gt": ">", "ne": "!=", "neq": "!=",
    "in": "in", "notin": "notin", "cup": "union", "cap": "intersection", "setminus": "setminus", "smallsetminus": "setminus",
    "backslash": "setminus", "land": "and", "wedge": "and", "lor": "or", "vee": "or", "lnot": "not", "neg": "not",
    "implies": "implies", "Rightarrow": "implies", "Longrightarrow": "implies",
    "iff": "iff", "Leftrightarrow": "iff", "Longleftrightarrow": "iff",
    "to": "->", "rightarrow": "->", "longrightarrow": "->", "mid": "|", "vert": "|", "colon": ":", "prime": "'",
    "|": "‖", "Vert": "‖", "%": "%", "_": "_", "cr": "row", "\\": "row",
    "degree": "degree", "circ": "circ", "top": "top", "intercal": "top",
    "lbrack": "[", "rbrack": "]",
}  # fmt: skip

TEX_BRACKETS: Final[dict[str, str]] = {
    "{": "\\{", "lbrace": "\\{", "}": "\\}", "rbrace": "\\}", "lvert": "abs(", "rvert": "abs)", "lVert": "norm(", "rVert": "norm)",
    "lfloor": "floor(", "rfloor": "floor)", "lceil": "ceil(", "rceil": "ceil)",
}  # fmt: skip

TEX_SIGNS: Final[dict[str, str]] = {
    "sum": "sum", "prod": "product", "int": "integral", "lim": "limit", "sup": "supremum", "inf": "infimum",
}  # fmt: skip

TEX_LETTERS: Final[dict[str, str]] = {
    **{name: name for name in GREEK}, "pi": "pi", "infty": "infinity", "emptyset": "emptyset", "varnothing": "emptyset",
    "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma", "varpi": "pi", "ell": "ell",
}  # fmt: skip

TEX_WORDS: Final = (
    frozenset(FUNCTIONS) | frozenset(LOGARITHMS) | {"arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc", "Re", "Im", "operatorname"}
) - frozenset(CONSTANTS)
"""Commands that are the word of the same spelling."""

TEX_SIZES: Final = frozenset(
    [size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")] + ["left", "right", "middle"]
)
"""Commands that only size a delimiter, which is read as itself."""

TEX_SPACES: Final = TEX_SIZES | {",", ";", ":", "!", "quad", "qquad", "space", "thinspace", "enspace", "displaystyle", "textstyle"} | {
    "limits", "nolimits", "mathstrut",
}  # fmt: skip
"""Commands that only space or size, and are passed over."""

TEX_TEXTS: Final = frozenset({"text", "textrm", "textit", "textbf", "textsf", "texttt", "mbox"})
"""Commands that set words, not mathematics."""

TEX_BOXES: Final = frozenset({"boxed", "fbox", "underline"})
"""Commands that mark what stands in their braces, which is read as itself."""
TEX_FRAMES: Final = frozenset({"boxed", "fbox"})
"""Those that mark an answer."""

TEX_FONTS: Final = TEX_TEXTS | TEX_BOXES | {"mathrm", "mathit", "mathbf", "boldsymbol", "bm", "pmb", "mathsf", "mathtt", "mathfrak"} | {
    "mathcal", "operatorname", "mathbb", "mathscr",
}  # fmt: skip

TEX_ACCENTS: Final = frozenset({"hat", "bar", "tilde", "widehat", "widetilde", "vec", "dot", "ddot", "check", "breve"})
"""Accents: a letter that carries one is another name, `\\hat{y}` the name `y_hat`."""

TEX_DISPLAYS: Final = frozenset({"equation", "align", "aligned", "gather", "gathered", "displaymath", "math", "split", "multline"})
"""Environments that only place a formula."""

CONFUSABLE: Final[dict[str, str]] = {
    **dict(zip("асеорхуіјѕһԁԛԝ", "aceopxyijshdqw", strict=True)),
    **dict(zip("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY", strict=True)),
    "ı": "i", "ȷ": "j", "ſ": "s", "∆": "Δ", "،": ",", "٫": ".",
}  # fmt: skip
"""Characters of other alphabets that look like one of ours."""

SIMPLE_GROUPS: Final = ("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "sqrt", "overline")

TEX_COMMANDS: Final = dict.fromkeys(
    sorted(
        {*TEX_LETTERS, *TEX_OPERATORS, *TEX_WORDS, *TEX_SIGNS, *SIMPLE_GROUPS, *TEX_SPACES, *TEX_FONTS, *TEX_ACCENTS, *TEX_BRACKETS}
        | {"begin", "end", "partial", "not"}
    )
)
"""Every command that can be read, in a fixed order."""
