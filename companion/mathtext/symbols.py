"""What the commands of TeX stand for: the glyph, the atom class, the role on screen.

Plain tables. The classes are those of The TeXbook, chapter 17: ord, op, bin, rel,
open, close, punct, inner.
"""

from __future__ import annotations

from functools import cache

VARIABLE = "variable"
NUMBER = "number"
RELATION = "relation"
OPERATOR = "operator"
DELIMITER = "delimiter"
RULE = "rule"
TEXT = "text"
FUNCTION = "function"


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _pairs("""
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν
xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
Alpha Α Beta Β Epsilon Ε Zeta Ζ Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Rho Ρ Tau Τ Chi Χ
ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ daleth ℸ complement ∁ mho ℧ eth ð
infty ∞ emptyset ∅ varnothing ∅ Bbbk 𝕜 R ℝ N ℕ Z ℤ C ℂ Q ℚ reals ℝ Reals ℝ natnums ℕ Complex ℂ cnums ℂ Omicron Ο alef ℵ alefsym ℵ
real ℜ image ℑ weierp ℘ thetasym ϑ infin ∞ empty ∅ i ı j ȷ ae æ AE Æ oe œ OE Œ o ø O Ø ss ß aa å
""")

ORDINARY = _pairs("""
partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢ surd √ degree °
prime ′ backprime ‵ sharp ♯ flat ♭ natural ♮ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ checkmark ✓ maltese ✠ dag † ddag ‡
S § P ¶ copyright © pounds £ square □ Box □ blacksquare ■ qedsymbol ∎ Diamond ◇ lozenge ◊ blacklozenge ⧫ triangle △
blacktriangle ▲ blacktriangledown ▼ triangledown ▽ bigstar ★ backslash ∖ diagup ╱ diagdown ╲ AA Å Finv Ⅎ Game ⅁ circledR ® circledS Ⓢ
clubs ♣ diamonds ♢ hearts ♡ spades ♠ exist ∃ sect § mathsterling £ yen ¥ minuso ⦵ ldotp . textbackslash \\ textasciicircum ^
textasciitilde ~ textbar | textbardbl ‖ textbraceleft { textbraceright } textcopyright © textdagger † textdaggerdbl ‡ textdegree °
textdollar $ textemdash — textendash – textgreater > textless < textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’
textregistered ® textsterling £ textunderscore _
""")

BINARY = _pairs("""
pm ± mp ∓
times × div ÷ cdot · cdotp · centerdot · ast * star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ cap ∩ cup ∪ uplus ⊎
sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ dagger † ddagger ‡ bigcirc ◯ diamond ⋄
bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ lhd ◁ rhd ▷ unlhd ⊴ unrhd ⊵ barwedge ⊼ veebar ⊻ curlywedge ⋏
curlyvee ⋎ dotplus ∔ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ intercal ⊺ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡
circledast ⊛ circledcirc ⊚ circleddash ⊝ Cap ⋒ Cup ⋓ divideontimes ⋇ doublebarwedge ⩞ And & plusmn ± sdot · Dagger ‡ bull ∙
doublecap ⋒ doublecup ⋓
""")

RELATIONS = _pairs("""
le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙ ne ≠ neq ≠ equiv ≡ sim ∼ thicksim ∼
nsim ≁ simeq ≃ approx ≈ thickapprox ≈ approxeq ≊ cong ≅ ncong ≇ doteq ≐ Doteq ≑ doteqdot ≑ asymp ≍ propto ∝ varpropto ∝
prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ nprec ⊀ nsucc ⊁ npreceq ⋠ nsucceq ⋡ precsim ≾ succsim ≿
subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subseteqq ⫅ supseteqq ⫆ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉ Subset ⋐ Supset ⋑
sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ isin ∈ notin ∉ ni ∋ owns ∋ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ Vvdash ⊪
nvdash ⊬ nvDash ⊭ perp ⊥ mid | nmid ∤ parallel ∥ nparallel ∦ shortmid ∣ shortparallel ∥ smile ⌣ frown ⌢ bowtie ⋈ Join ⋈ therefore ∴
because ∵ between ≬ pitchfork ⋔ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ lessapprox ⪅ gtrapprox ⪆ lneq ⪇
gneq ⪈ lneqq ≨ gneqq ≩ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ nleqslant ≰ ngeqslant ≱ triangleq ≜ circeq ≗ eqcirc ≖ bumpeq ≏ Bumpeq ≎
vartriangle △ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲ vartriangleright ⊳ ntriangleleft ⋪ ntriangleright ⋫
coloneqq ≔ coloneq ≔ eqqcolon ≕ eqcolon ≕ Coloneqq ⩴ defeq ≔ risingdotseq ≓ fallingdotseq ≒ backsim ∽ backsimeq ⋍ multimap ⊸ vcentcolon :
ratio : dblcolon ∷
to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ uparrow ↑ downarrow ↓ updownarrow ↕ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼ mapsfrom ↤ hookrightarrow ↪ hookleftarrow ↩
twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼
leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightsquigarrow ⇝ leadsto ⇝
leftrightsquigarrow ↭ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮ nLeftrightarrow ⇎ rightrightarrows ⇉
leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊ rightleftarrows ⇄ leftrightarrows ⇆ Lleftarrow ⇚ Rrightarrow ⇛ dashrightarrow ⇢
dashleftarrow ⇠ curvearrowright ↷ curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺ looparrowright ↬ looparrowleft ↫ rarr → larr ←
rArr ⇒ lArr ⇐ hArr ⇔ lrarr ↔ upharpoonright ↾ restriction ↾ upharpoonleft ↿ Lsh ↰ Rsh ↱
downharpoonleft ⇃ downharpoonright ⇂ Darr ⇓ dArr ⇓ darr ↓ Uarr ⇑ uArr ⇑ uarr ↑ Harr ⇔ harr ↔ lrArr ⇔ Lrarr ⇔ Larr ⇐ Rarr ⇒
Colonapprox ∷≈ Coloneq ∷− Colonsim ∷∼ Eqcolon −∷ Eqqcolon =∷ approxcolon ≈: approxcoloncolon ≈∷ colonapprox :≈ coloncolon ∷
coloncolonapprox ∷≈ coloncolonequals ∷= coloncolonminus ∷− coloncolonsim ∷∼ colonequals ≔ colonminus :− colonsim :∼ equalscolon ≕
equalscoloncolon =∷ minuscolon −: minuscoloncolon −∷ simcolon ∼: simcoloncolon ∼∷ ordinarycolon : backepsilon ∍ blacktriangleleft ◀
blacktriangleright ▶ curlyeqprec ⋞ curlyeqsucc ⋟ eqsim ≂ eqslantgtr ⪖ eqslantless ⪕ gggtr ⋙ llless ⋘ gnapprox ⪊ lnapprox ⪉ gnsim ⋧
lnsim ⋦ gtrdot ⋗ lessdot ⋖ gtreqqless ⪌ lesseqqgtr ⪋ gvertneqq ≩ lvertneqq ≨ imageof ⊷ origof ⊶ nVDash ⊯ nVdash ⊮ ngeqq ≱ nleqq ≰
notni ∌ nshortmid ∤ nshortparallel ∦ nsubseteqq ⊈ nsupseteqq ⊉ ntrianglelefteq ⋬ ntrianglerighteq ⋭ precapprox ⪷ succapprox ⪸
precnapprox ⪹ succnapprox ⪺ precneqq ⪵ succneqq ⪶ precnsim ⋨ succnsim ⋩ smallfrown ⌢ smallsmile ⌣ sub ⊂ sube ⊆ supe ⊇ subsetneqq ⫋
supsetneqq ⫌ varsubsetneq ⊊ varsupsetneq ⊋ varsubsetneqq ⫋ varsupsetneqq ⫌
""")

INNER = _pairs("""
dots … ldots … dotsc … dotso … dotsx … varvdots ⋮ cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ hdots …
mathellipsis … textellipsis …
""")

BIG_OPERATORS = _pairs("""
sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆ bigtimes ⨉
""")

INTEGRALS = _pairs("int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ oiiint ∰ smallint ∫ intop ∫ fint ⨍")

FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "arctg", "arcctg", "arg", "ch", "cos", "cosec", "cosh", "cot", "cotg", "coth", "csc", "ctg", "cth",
    "deg", "dim", "exp", "hom", "ker", "lg", "ln", "log", "sec", "sh", "sin", "sinh", "tan", "tanh", "tg", "th",
})

LIMIT_FUNCTIONS = {name: name for name in ["det", "gcd", "inf", "lim", "max", "min", "Pr", "sup", "argmax", "argmin", "plim"]} | {
    "liminf": "lim inf",
    "limsup": "lim sup",
    "varliminf": "lim inf",
    "varlimsup": "lim sup",
    "injlim": "inj lim",
    "projlim": "proj lim",
    "varinjlim": "lim→",
    "varprojlim": "lim←",
}
LIMIT_FUNCTIONS["argmax"] = "arg max"
LIMIT_FUNCTIONS["argmin"] = "arg min"

OPENING = _pairs("""
lbrace { { { lbrack [ lparen ( langle ⟨ lang ⟨ lvert | lVert ‖ lfloor ⌊
lceil ⌈ llbracket ⟦ lBrack ⟦ lBrace ⦃ lgroup ( lmoustache ⎰ ulcorner ⌜ llcorner ⌞
""")
CLOSING = _pairs("""
rbrace } } } rbrack ] rparen ) rangle ⟩ rang ⟩ rvert | rVert ‖ rfloor ⌋
rceil ⌉ rrbracket ⟧ rBrack ⟧ rBrace ⦄ rgroup ) rmoustache ⎱ urcorner ⌝ lrcorner ⌟
""")
BARS = _pairs("vert | | ‖ Vert ‖")

DELIMITERS = (
    {"\\" + name: glyph for table in (OPENING, CLOSING, BARS) for name, glyph in table.items()}
    | {character: character for character in "()[]|/"}
    | {"<": "⟨", ">": "⟩", ".": "", "\\backslash": "∖", "‖": "‖", "⟨": "⟨", "⟩": "⟩"}
    | {"\\uparrow": "↑", "\\downarrow": "↓", "\\Uparrow": "⇑", "\\Downarrow": "⇓", "\\updownarrow": "↕"}
)

ROLE_OF_CLASS = {
    "bin": OPERATOR, "rel": RELATION, "op": OPERATOR, "open": DELIMITER, "close": DELIMITER, "punct": DELIMITER, "inner": OPERATOR,
}
_ASCII_CLASSES = (
    dict.fromkeys("+*-−", "bin") | dict.fromkeys("=<>:", "rel") | dict.fromkeys("([", "open") | dict.fromkeys(")]!?", "close")
    | dict.fromkeys(",;", "punct")
)


@cache
def character_classes() -> dict[str, str]:
    """The atom class of every character that may be typed as itself and is not an ord."""
    classes = {}
    for table, kind in ((BINARY, "bin"), (RELATIONS, "rel"), (INNER, "inner"), (OPENING, "open"), (CLOSING, "close")):
        classes.update(dict.fromkeys(table.values(), kind))
    classes.update(dict.fromkeys([*BIG_OPERATORS.values(), *INTEGRALS.values()], "op"))
    return {glyph: kind for glyph, kind in classes.items() if glyph not in "|‖"} | _ASCII_CLASSES


NEGATED = dict(zip("=∈∋⊂⊃⊆⊇<>≤≥∼≃≅≈≡∣∥|→⇒↔⇔⊢⊨∃≺≻⪯⪰⊑⊒⊲⊳≲≳", "≠∉∌⊄⊅⊈⊉≮≯≰≱≁≄≇≉≢∤∦∤↛⇏↮⇎⊬⊭∄⊀⊁⋠⋡⋢⋣⋪⋫≴≵", strict=True))

# Commands that set a style for their argument: the font and nothing else.
FONTS = _pairs("""
mathbf bold boldsymbol bold bm bold pmb bold symbf bold textbf bold mathrm roman mathup roman symrm roman mathit italic mathnormal italic
mathsf roman mathtt roman mathsfit roman bold bold
mathbb double mathbbm double mathds double Bbb double mathcal script mathscr script mathfrak fraktur frak fraktur
""")
SWITCHES = _pairs("bf bold rm roman it italic cal script sf roman tt roman boldmath bold displaystyle display textstyle text "
                  "scriptstyle script-size scriptscriptstyle script-size")
TEXT_COMMANDS = _pairs("""
text roman textrm roman textnormal roman textit italic textsl roman textsf roman texttt roman textbf bold textmd roman textup roman
mbox roman hbox roman emph italic intertext roman
""")

ACCENTS = _pairs("""
hat hat widehat hat check check widecheck check tilde tilde widetilde tilde bar bar overline bar acute acute grave grave breve breve
dot dot ddot ddot dddot dddot ddddot ddddot mathring ring vec vec overrightarrow vec overleftarrow leftvec overleftrightarrow bothvec
underline underline underbar underline widebar bar
overrightharpoon harpoon overleftharpoon leftharpoon Overrightarrow doublevec overgroup group overlinesegment segment
underrightarrow undervec underleftarrow underleftvec underleftrightarrow underbothvec utilde undertilde undergroup undergroup
underlinesegment undersegment
""")

# In text, an accent and the letter it takes: `\\'e`.
TEXT_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c",
    "H": "\u030b", "r": "\u030a", "c": "\u0327", "d": "\u0323", "b": "\u0331", "t": "\u0361",
}

SPACES = {
    ",": 1, ":": 1, ";": 1, ">": 1, " ": 1, "~": 1, "thinspace": 1, "medspace": 1, "thickspace": 1, "space": 1, "nobreakspace": 1,
    "enspace": 1, "enskip": 1, "quad": 2, "qquad": 4, "!": 0, "negthinspace": 0, "negmedspace": 0, "negthickspace": 0,
}

ARROWS = {
    "xrightarrow": ("", "─", "→"), "xleftarrow": ("←", "─", ""), "xleftrightarrow": ("←", "─", "→"), "xRightarrow": ("", "═", "⇒"),
    "xLeftarrow": ("⇐", "═", ""), "xLeftrightarrow": ("⇐", "═", "⇒"), "xmapsto": ("├", "─", "→"), "xhookrightarrow": ("╰", "─", "→"),
    "xhookleftarrow": ("←", "─", "╯"), "xtwoheadrightarrow": ("", "─", "↠"), "xrightharpoonup": ("", "─", "⇀"),
    "xlongequal": ("", "═", "═"), "xtwoheadleftarrow": ("↞", "─", ""), "xtofrom": ("←", "─", "→"), "xleftharpoonup": ("↼", "─", ""),
    "xleftharpoondown": ("↽", "─", ""), "xrightharpoondown": ("", "─", "⇁"), "xrightleftharpoons": ("↽", "─", "⇀"),
    "xleftrightharpoons": ("↼", "─", "⇁"), "xrightleftarrows": ("←", "─", "→"), "xrightequilibrium": ("↽", "─", "⇀"),
    "xleftequilibrium": ("↼", "─", "⇁"),
}

# Commands that leave nothing behind: (number of arguments that go with them).
SILENT = {
    "label": 1, "nonumber": 0, "notag": 0, "mathstrut": 0, "strut": 0, "relax": 0, "vphantom": 1, "hfill": 0, "hfil": 0, "null": 0,
    "color": 1, "allowbreak": 0, "nobreak": 0, "noindent": 0, "vspace": 1, "hline": 0, "protect": 0, "limits": 0, "nolimits": 0,
    "displaylimits": 0, "arraystretch": 0, "scriptsize": 0, "footnotesize": 0, "small": 0, "normalsize": 0, "large": 0, "Large": 0,
    "tiny": 0, "itshape": 0, "bfseries": 0, "centering": 0, "/": 0, "-": 0, "unboldmath": 0,
    "Huge": 0, "huge": 0, "LARGE": 0, "sixptsize": 0, "Tiny": 0, "DOTSB": 0, "DOTSI": 0, "DOTSX": 0, "message": 1, "errmessage": 1,
    "hdashline": 0, "begingroup": 0, "endgroup": 0, "noexpand": 0, "bgroup": 0, "egroup": 0, "long": 0, "global": 0,
}

ESCAPED = {"%": "%", "#": "#", "$": "$", "&": "&", "_": "_"}

ENVIRONMENTS = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"),
    "smallmatrix": ("", ""), "array": ("", ""), "subarray": ("", ""), "cases": ("{", ""), "dcases": ("{", ""), "rcases": ("", "}"),
    "drcases": ("", "}"), "aligned": ("", ""), "align": ("", ""), "alignedat": ("", ""), "alignat": ("", ""), "split": ("", ""),
    "eqnarray": ("", ""), "gathered": ("", ""), "gather": ("", ""), "multline": ("", ""), "equation": ("", ""), "displaymath": ("", ""),
    "math": ("", ""), "flalign": ("", ""), "darray": ("", ""), "CD": ("", ""),
}
