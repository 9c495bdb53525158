"""What the reader refuses, where and why; the preview of unfinished text; and that nothing else can happen, whatever is typed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.answers.printing import to_tex, to_text
from companion.answers.protocol import Kind
from companion.answers.reader import MAX_NODES, ReadError, Vocabulary, preview, read
from companion.answers.transform import MAX_TREE_DEPTH, depth
from companion.answers.tree import Hole, walk

KINDS: tuple[Kind, ...] = ("expression", "set", "relation", "list", "steps")


def refusal(text: str, kind: Kind = "expression", **options: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(text, Vocabulary.of(options), kind)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "kind", "code", "position"),
    [
        ("", "expression", "empty", 0),
        ("  ", "expression", "empty", 0),
        ("t+", "expression", "missing-operand", 2),
        ("t+*2", "expression", "missing-operand", 2),
        ("*t", "expression", "missing-operand", 0),
        ("()", "expression", "missing-operand", 1),
        ("cos", "expression", "missing-operand", 3),
        ("max 2", "expression", "missing-operand", 0),
        ("2(t+1", "expression", "bracket", 1),
        ("t+1)", "expression", "bracket", 3),
        ("(t+[2)", "expression", "bracket", 3),
        ("|t", "expression", "bracket", 0),
        ("{1, 2", "set", "bracket", 0),
        ("cos[t]", "expression", "bracket", 3),
        ("P[t]", "expression", "bracket", 1),
        ("2 1/2", "expression", "ambiguous", 0),
        ("1 000", "expression", "ambiguous", 0),
        ("n!!", "expression", "ambiguous", 2),
        ("log2t", "expression", "ambiguous", 0),
        ("cos2(t)", "expression", "ambiguous", 0),
        ("exp^(-1)(t)", "expression", "ambiguous", 0),
        (r"\frac123", "expression", "ambiguous", 0),
        ("1,500", "expression", "comma", 0),
        ("12,500.75", "expression", "comma", 0),
        ("1{,}5", "expression", "comma", 0),
        ("1,5; 2", "expression", "comma", 3),
        ("cos(1, 2)", "expression", "arity", 0),
        (r"\cos(\boxed{1, 2})", "expression", "comma", 12),
        ("t, ", "expression", "missing-operand", 3),
        ("t+1:2", "expression", "ambiguous", 3),
        ("1:2+t", "expression", "ambiguous", 1),
        ("1:2:3", "expression", "ambiguous", 1),
        ("the answer is 4", "expression", "words", 4),
        ("1, 2", "set", "comma", 1),
        ("x=1, y=2", "relation", "comma", 3),
        ("tna(t)", "expression", "unknown-name", 0),
        ("1+Cos(t)", "expression", "unknown-name", 2),
        ("foo(t)", "expression", "unknown-name", 0),
        ("u(s, t)", "expression", "unknown-name", 0),
        ("1.2.3", "expression", "number", 0),
        ("1_000", "expression", "number", 1),
        ("1e999", "expression", "number", 0),
        ("9" * 61, "expression", "number", 0),
        ("х+1", "expression", "character", 0),
        ("t\x00", "expression", "character", 1),
        ("t\u202e", "expression", "character", 1),
        ("t\u0301", "expression", "character", 1),
        ("'t'", "expression", "missing-operand", 0),
        ('"t"', "expression", "character", 0),
        (r"\foo", "expression", "command", 0),
        ("abs(1, 2)", "expression", "arity", 0),
        ("∫ t", "expression", "integral", 0),
        ("diff(t)", "expression", "calculus", 0),
        ("sum_k k", "expression", "calculus", 0),
        ("[[1,2],[3]]", "list", "matrix", 0),
        ("t =< 3", "relation", "relation", 2),
        ("x" * 2001, "expression", "too-long", 2000),
        ("(" * 61 + "t" + ")" * 61, "expression", "too-deep", 61),
        ("+".join(["t"] * 600), "expression", "too-long", 0),
        ("/".join(["t"] * 200), "expression", "too-deep", 0),
    ],
)
def test_refusals(typed: str, kind: Kind, code: str, position: int) -> None:
    error = refusal(typed, kind)
    assert (error.code, error.position) == (f"read.{code}", position)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("tna(t)", "tan"),
        ("Cos(t)", "cos"),
        ("arctn(t)", "arctan"),
        (r"\alhpa", r"\alpha"),
        ("х", "cyrillic small letter ha"),
        ("1,500", "1.5"),
        ("“t”", "Quotation marks"),
        ("⟨1, 2⟩", "(1, 2)"),
        ("≈3", "exact"),
        ("f^(-1)(t)", "1/f"),
    ],
)
def test_refusals_say_what_could_be_meant(typed: str, hint: str) -> None:
    assert hint in refusal(typed, functions=["f"]).message


@pytest.mark.parametrize("typed", ["y", "xy", "Y + x", "x_2", "sin(y)", "x2", "2x3"])
def test_undeclared_names_are_refused_in_a_closed_vocabulary(typed: str) -> None:
    assert refusal(typed, symbols={"x": "real"}).code == "read.unknown-name"


@pytest.mark.parametrize(
    ("typed", "tex"),
    [
        ("2t + ", r"2 t+\square "),
        ("sqrt(", r"\sqrt{\square }"),
        ("1/", r"\frac{1}{\square }"),
        ("t^", r"t^{\square }"),
        ("cos", r"\cos\left(\square \right)"),
        ("|t", r"\left|t\right|"),
        ("(1, ", r"\left(1, \square \right)"),
        ("foo(t", None),
        ("\\fra", None),
        (")", None),
        ("", None),
    ],
)
def test_preview_of_unfinished_text(typed: str, tex: str | None) -> None:
    tree, error = preview(typed)
    assert error is not None
    assert tex is None or to_tex(tree) == tex


def test_preview_of_a_finished_text_is_its_reading() -> None:
    assert preview("t^2") == (read("t^2"), None)
    assert isinstance(preview("")[0], Hole)


PIECES = [
    "x", "y", "xy", "f(", "g", "n", "2", "0.5", "1e3", "(", ")", "[", "]", "{", "}", "\\{", "\\}", "|", "||", "‖", "+", "-", "+-",
    "*", "/", "^", "^{", "_", "_{", "!", "'", ",", ";", ":", "=", "<", "<=", "!=", "->", "=>", "and", "or", "not", "in", "if", "else",
    "U", "union", "sin", "cos", "log", "log_", "sqrt", "max(", "∫", "int_", "int(", "dx", "dt", "d/dx", "sum(", "sum_(", "\\sum_{",
    "lim_(", "\\lim_{", "\\to", "\\frac", "\\sqrt", "\\begin{cases}", "\\end{cases}", "\\begin{pmatrix}", "\\end{pmatrix}", "&",
    "\\\\", "\\left", "\\right", "\\text{or}", "piecewise(", "sup_{", "diff(", "½", "²", "₁", "√", "π", "∞", "∅", "ℝ", "∈", ".", "%",
    "\\", "$", "e", "i", "pi", "α",
]  # fmt: skip
CHARACTERS = "xyf12()[]{}|+-*/^_!',=<>∫√²₁ \\e"
SOUP = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(CHARACTERS, max_size=30)


@settings(max_examples=400)
@given(text=SOUP | st.text(max_size=40), kind=st.sampled_from(KINDS), split=st.booleans(), closed=st.booleans())
def test_any_text_is_read_or_refused(text: str, kind: Kind, split: bool, closed: bool) -> None:
    vocabulary = Vocabulary.of({"split_names": split, **({"symbols": {"x": "real", "y": "real"}} if closed else {})})
    shown, error = preview(text, vocabulary, kind)
    assert to_tex(shown)
    if error is not None:
        assert error.code.startswith("read.")
        assert error.message.endswith((".", "?"))
        assert 0 <= error.span[0] <= error.span[1] <= max(len(text), 1)
        return
    tree = read(text, vocabulary, kind)
    assert not any(isinstance(node, Hole) for node in walk(tree))
    assert depth(tree) <= MAX_TREE_DEPTH
    assert sum(1 for _ in walk(tree)) <= MAX_NODES
    assert read(to_text(tree), vocabulary, kind) == tree


@pytest.mark.parametrize(
    "part",
    [
        "(", "((", "|", "||", "-", "+", "not ", "2^", "x^{1}^", "sin ", "sin -", "√", "\\frac", "\\frac{1}", "[", "{", "f(",
        "sin(", "1/", "∫", "sum(", "x!", "1+2*3^(", "x if ", "∫ x dx ", "lim_(", "\\sqrt[", "{x|", "d/dx ", "x'", "x_", "&",
        "\\begin{cases}", "a;", ",", "sin^-", "x U ", "xdx", "e-", "|-", "$",
    ],
)  # fmt: skip
def test_repetition_cannot_exhaust_the_stack(part: str) -> None:
    for text in (part * (2000 // len(part)), (part * 300)[:1999] + "x"):
        for kind in ("expression", "set"):
            preview(text, Vocabulary(split_names=True), kind)


def test_reading_needs_nothing_heavy() -> None:
    """The app imports the reader before its first frame."""
    code = (
        "import sys; import companion.answers.reader, companion.answers.printing, companion.answers.evaluate;"
        "print([name for name in ('sympy','numpy','yaml','pydantic','textual','rich','asyncio','difflib') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
