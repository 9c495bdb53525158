"""What glyphs are called when a formula is read aloud."""

from __future__ import annotations

import unicodedata
from functools import cache

from . import symbols

_NAMES = {
    "+": "plus", "−": "minus", "±": "plus or minus", "∓": "minus or plus", "×": "times", "·": "dot", "*": "star", "⋆": "star",
    "∘": "composed with", "/": "over", "÷": "divided by", "⊕": "circled plus", "⊗": "tensor", "⊙": "circled dot", "∩": "intersection",
    "∪": "union", "∖": "without", "∧": "and", "∨": "or", "=": "equals", "≠": "is not equal to", "<": "is less than",
    ">": "is greater than", "≤": "is at most", "≥": "is at least", "⩽": "is at most", "⩾": "is at least", "≪": "is much less than",
    "≫": "is much greater than", "≡": "is equivalent to", "∼": "is similar to", "≃": "is equivalent to",
    "≈": "is approximately", "≅": "is isomorphic to", "∝": "is proportional to", "≲": "is at most, up to a constant,",
    "≳": "is at least, up to a constant,", "≔": "is defined as", "≕": "defines", "≺": "precedes", "≻": "succeeds",
    "⪯": "precedes or equals", "⪰": "succeeds or equals", "∈": "in", "∉": "not in", "∋": "contains", "⊂": "subset of",
    "⊆": "subset or equal to", "⊊": "proper subset of", "⊄": "not a subset of", "⊈": "not a subset of", "⊃": "superset of",
    "⊇": "superset or equal to", "⊥": "perpendicular to", "∥": "parallel to", "|": "given", "∣": "divides", "∤": "does not divide",
    "→": "to", "⟶": "to", "←": "from", "↦": "maps to", "⟼": "maps to", "↪": "embeds in", "↠": "onto", "⇀": "converges weakly to",
    "⇒": "implies", "⟹": "implies", "⇐": "is implied by", "⟸": "is implied by", "⇔": "if and only if", "⟺": "if and only if",
    "↔": "corresponds to", "↗": "increases to", "↘": "decreases to", "↓": "down to", "↑": "up to", "⇝": "leads to", "⊢": "proves",
    "⊨": "models", "∴": "therefore", "∵": "because", ":": "colon", "∷": "double colon", ",": ",", ";": ";", "(": "open paren",
    ")": "close paren", "[": "open bracket", "]": "close bracket", "{": "open brace", "}": "close brace", "⟨": "open angle",
    "⟩": "close angle", "⌊": "open floor", "⌋": "close floor", "⌈": "open ceiling", "⌉": "close ceiling", "⟦": "open double bracket",
    "⟧": "close double bracket", "‖": "double bar", "!": "factorial", "∀": "for all", "∃": "there exists", "∄": "there exists no",
    "¬": "not", "∂": "partial", "∇": "nabla", "∞": "infinity", "∅": "the empty set", "⊤": "top", "…": "and so on", "⋯": "and so on",
    "⋮": "and so on", "⋱": "and so on", "′": "prime", "ℓ": "ell", "ℏ": "h bar", "ı": "i", "ȷ": "j", "℘": "Weierstrass p",
    "ℜ": "real part", "ℑ": "imaginary part", "ℵ": "aleph", "√": "root", "ℝ": "blackboard R", "ℕ": "blackboard N", "ℤ": "blackboard Z",
    "ℂ": "blackboard C", "ℚ": "blackboard Q", "□": "box", "∎": "end of proof", "%": "percent", "&": "and", "#": "number sign",
    "$": "dollars", "_": "underscore", "§": "section", "∠": "angle", "°": "degrees", "†": "dagger", "‡": "double dagger", "△": "triangle",
    "≰": "is not at most", "≱": "is not at least", "≮": "is not less than", "≯": "is not greater than", "≁": "is not similar to",
    "≼": "precedes or equals", "≽": "succeeds or equals", "⊔": "disjoint union", "⊎": "disjoint union",
    "•": "bullet", "∙": "bullet", "∗": "star",
    "≍": "is of the order of", "≜": "is defined as", "≐": "is defined as", "⊞": "box plus", "‰": "per mille",
}
OPERATORS = {
    "∑": "the sum", "∏": "the product", "∐": "the coproduct", "⋃": "the union", "⋂": "the intersection", "⨁": "the circled sum",
    "⨂": "the tensor product", "⋁": "the join", "⋀": "the meet", "⨆": "the disjoint union", "⨄": "the disjoint union",
    "∫": "the integral", "∬": "the double integral", "∭": "the triple integral", "∮": "the contour integral", "∯": "the surface integral",
    "∰": "the volume integral", "lim": "the limit", "lim sup": "the limit superior", "lim inf": "the limit inferior",
    "sup": "the supremum", "inf": "the infimum", "max": "the maximum", "min": "the minimum", "arg max": "the arg max",
    "arg min": "the arg min", "argmax": "the arg max", "argmin": "the arg min", "ess sup": "the essential supremum",
    "ess inf": "the essential infimum", "det": "the determinant", "gcd": "the greatest common divisor", "Pr": "the probability",
    "lim→": "the direct limit", "lim←": "the inverse limit", "inj lim": "the direct limit", "proj lim": "the inverse limit",
}
FUNCTIONS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "exp": "exp", "log": "log", "ln": "natural log", "dim": "dimension",
    "ker": "kernel", "tr": "trace", "Tr": "trace", "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine", "tanh": "hyperbolic tangent",
    "deg": "degree", "Var": "variance", "Cov": "covariance", "sgn": "sign", "diag": "diagonal", "mod": "modulo", "arctan": "arc tangent",
    "arcsin": "arc sine", "arccos": "arc cosine",
}
ACCENTS = {
    "hat": "hat", "check": "check", "tilde": "tilde", "bar": "bar", "acute": "acute", "grave": "grave", "breve": "breve", "dot": "dot",
    "ddot": "double dot", "dddot": "triple dot", "ddddot": "fourfold dot", "ring": "ring", "vec": "vector", "leftvec": "left arrow",
    "bothvec": "double arrow", "underline": "underlined", "harpoon": "harpoon", "leftharpoon": "left harpoon",
    "doublevec": "double arrow", "group": "grouped", "segment": "segment", "undervec": "arrow below", "underleftvec": "left arrow below",
    "underbothvec": "double arrow below", "undertilde": "tilde below", "undergroup": "grouped below", "undersegment": "segment below",
}
ALPHABETS = {"double": "blackboard", "script": "script", "fraktur": "fraktur", "bold": "bold"}
SUPERSCRIPTS = {
    "2": "squared", "3": "cubed", "*": "star", "⋆": "star", "∗": "star", "†": "dagger", "∘": "interior", "⊥": "perp",
    "+": "superscript plus", "−": "superscript minus", "±": "superscript plus or minus", "′": "prime", "×": "superscript times",
    "∞": "superscript infinity", "♯": "sharp",
}


TRANSPOSES = ("⊤", "⊺")
PARTS = {
    "2": ("half", "halves"), "3": ("third", "thirds"), "4": ("quarter", "quarters"), "5": ("fifth", "fifths"), "6": ("sixth", "sixths"),
    "7": ("seventh", "sevenths"), "8": ("eighth", "eighths"), "9": ("ninth", "ninths"), "10": ("tenth", "tenths"),
    "12": ("twelfth", "twelfths"), "16": ("sixteenth", "sixteenths"), "100": ("hundredth", "hundredths"),
}
"""What a fraction of two numbers is called by its denominator: one of them, several of them."""


def glyph_name(glyph: str) -> str:
    """A glyph in words: itself if it is a letter or a number that can be said."""
    if glyph in _NAMES:
        return _NAMES[glyph]
    name = _letter_names().get(glyph)
    if name:
        return name
    if glyph.isascii() or glyph.isalpha():
        return glyph
    return " ".join(unicodedata.name(character, "a symbol").lower() for character in glyph)


@cache
def _letter_names() -> dict[str, str]:
    """Greek letters by the names of their commands; other glyphs by the names that Unicode gives them."""
    names: dict[str, str] = {}
    for name, glyph in symbols.LETTERS.items():
        if "Ͱ" <= glyph <= "Ͽ":
            names.setdefault(glyph, name.removeprefix("var") if not name[0].isupper() else f"capital {name.lower()}")
    return names
