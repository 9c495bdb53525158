"""Characters for scripts, accents and alphabets, and what replaces a glyph in the plainer profiles."""

from __future__ import annotations

SUPERSCRIPTS = dict(zip(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιϕφχℓ*⋆†⊤⊺′°∘",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵠᵡˡ*⋆†ᵀᵀ′°°", strict=True))
SUBSCRIPTS = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρϕφχℓ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪₗ", strict=True))
COMMON_SUPERSCRIPTS = {key: value for key, value in SUPERSCRIPTS.items() if key in "0123456789*′°"} | {"⋆": "*"}
COMMON_SUBSCRIPTS = {key: value for key, value in SUBSCRIPTS.items() if key in "0123456789"}

COMBINING = {
    "hat": "\u0302", "check": "\u030c", "tilde": "\u0303", "bar": "\u0304", "acute": "\u0301", "grave": "\u0300", "breve": "\u0306",
    "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db", "ddddot": "\u20dc", "ring": "\u030a", "vec": "\u20d7", "underline": "\u0332",
}

SAFE_GLYPHS = {
    "⟶": "→", "⟵": "←", "⟷": "↔", "⟹": "⇒", "⟸": "⇐", "⟺": "⇔", "⟼": "↦", "⋆": "*", "⩽": "≤", "⩾": "≥", "ϵ": "ε", "ϕ": "φ", "≔": ":=",
    "≕": "=:", "⨁": "⊕", "⨂": "⊗", "⨀": "⊙", "⨄": "⊎", "⨆": "⊔", "⋃": "∪", "⋂": "∩", "⋁": "∨", "⋀": "∧", "⪯": "≼", "⪰": "≽", "⟦": "[[",
    "⟧": "]]",
}

ASCII_GLYPHS = {
    "−": "-", "·": ".", "×": "x", "÷": "/", "∘": "o", "⋆": "*", "±": "+-", "∓": "-+", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->",
    "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "⟶": "-->", "⟵": "<--", "⟷": "<-->", "⟹": "==>", "⟸": "<==", "⟺": "<=>",
    "↦": "|->", "⟼": "|-->", "↪": "c->", "↩": "<-c", "↠": "->>", "⇀": "-^", "⇝": "~>", "∈": "in", "∉": "not in", "∋": "contains",
    "∌": "contains not", "⊂": "subset", "⊆": "subseteq", "⊃": "supset", "⊇": "supseteq", "⊄": "not subset", "⊈": "not subseteq", "∪": "U",
    "∩": "n", "∖": "\\", "∅": "empty", "∞": "oo", "≡": "==", "≈": "~~", "∼": "~", "≃": "~=", "≅": "~=", "≪": "<<", "≫": ">>", "≔": ":=",
    "≕": "=:", "∀": "for all", "∃": "exists", "∄": "exists no", "¬": "not", "∧": "and", "∨": "or", "⊕": "(+)", "⊖": "(-)", "⊗": "(x)",
    "⊙": "(.)", "∑": "sum", "∏": "prod", "∐": "coprod", "⋃": "union", "⋂": "intersection", "⨁": "(+)", "⨂": "(x)", "⨀": "(.)", "⋁": "or",
    "⋀": "and", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "√": "sqrt", "…": "...", "⋯": "...", "⋮": ":", "⋱": "...", "⊤": "T",
    "⊥": "_|_", "∥": "||", "‖": "||", "′": "'", "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "†": "+", "‡": "++",
    "°": "deg", "ℓ": "l", "□": "[]", "∣": "|", "∤": "not |", "⊢": "|-", "⊨": "|=", "≺": "-<", "≻": ">-", "⪯": "-<=", "⪰": ">-=",
    "≼": "-<=", "≽": ">-=", "≰": "not <=", "≱": "not >=", "≮": "not <", "≯": "not >", "∎": "[]", "•": "*", "∙": ".", "⋄": "<>",
    "∝": "prop to", "∇": "nabla", "∂": "d", "ℏ": "hbar", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "--", "⟦": "[[",
    "⟧": "]]", "─": "-", "═": "=", "├": "|", "╰": "c", "╯": "c", "⊊": "subsetneq",
}

LETTERLIKE = {
    "double": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
ALPHABET_START = {"double": (0x1D538, 0x1D552), "script": (0x1D49C, 0x1D4B6), "fraktur": (0x1D504, 0x1D51E)}
