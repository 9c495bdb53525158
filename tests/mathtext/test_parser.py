from hypothesis import given
from hypothesis import strategies as st

from companion.mathtext import commands, parse
from companion.mathtext.nodes import Atom, Delimited, Fraction, Hole, Operator, Row, Scripts
from companion.mathtext.parser import MAX_DEPTH
from companion.mathtext.tokens import MAX_SOURCE

from .common import FORMULAS


def items(tex: str) -> tuple[object, ...]:
    node, warnings = parse(tex)
    assert warnings == ()
    assert isinstance(node, Row)
    return node.items


def test_arguments_without_braces_are_single_characters_or_commands() -> None:
    (half,) = items(r"\frac12")
    assert half == Fraction(Atom("1", "ord", "number"), Atom("2", "ord", "number"))
    (power, rest) = items("x^23")
    assert isinstance(power, Scripts)
    assert power.sup == Atom("2", "ord", "number")
    assert rest == Atom("3", "ord", "number")
    (fraction,) = items(r"\tfrac\pi2")
    assert isinstance(fraction, Fraction)
    assert fraction.upper == Atom("π")


def test_numbers_are_one_atom() -> None:
    assert [item.text for item in items("10x+0.25") if isinstance(item, Atom)] == ["10", "x", "+", "0.25"]


def test_primes_and_a_superscript_share_one_base() -> None:
    (node,) = items("f''^2")
    assert isinstance(node, Scripts)
    assert (node.primes, node.sup) == (2, Atom("2", "ord", "number"))


def test_big_delimiters_pair_up_and_keep_their_scripts() -> None:
    (node,) = items(r"\bigl(a\bigr)^2")
    assert isinstance(node, Scripts)
    assert isinstance(node.base, Delimited)
    assert (node.base.left, node.base.right) == ("(", ")")


def test_an_interval_may_begin_a_row_of_cases() -> None:
    _, warnings = parse(r"\begin{cases}a&b\\ [-1,1]&c\\[2pt] d&e\end{cases}")
    assert warnings == ()
    node, _ = parse(r"\begin{cases}a\\ [-1,1]\end{cases}")
    assert "Atom(text='[', kind='open', role='delimiter')" in repr(node)


def test_an_unknown_command_is_its_name_with_a_warning() -> None:
    node, warnings = parse(r"\frobenius x")
    assert isinstance(node, Row)
    assert node.items[0] == Operator("frobenius")
    assert warnings == ("The command frobenius is not known.",)


def test_a_missing_argument_is_a_hole() -> None:
    node, warnings = parse(r"\frac{1}")
    assert isinstance(node, Row)
    assert node.items == (Fraction(Atom("1", "ord", "number"), Hole()),)
    assert warnings


def test_macros_take_arguments_and_may_use_one_another() -> None:
    macros = {"R": r"\mathbb R", r"\norm": r"\left\lVert#1\right\rVert", "pair": r"\langle#1,#2\rangle", "sq": r"\norm{#1}^2"}
    assert parse(r"\sq{x}\in\R", macros) == parse(r"\left\lVert x\right\rVert^2\in\mathbb R")
    assert parse(r"\pair ab", macros) == parse(r"\langle a,b\rangle")


def test_a_macro_that_calls_itself_ends_with_a_warning() -> None:
    _, warnings = parse(r"\loop", {"loop": r"\loop\loop x"})
    assert warnings == ("The macro loop expands without end and was left out.",)


def test_limits_on_depth_and_length() -> None:
    for deep in ("{" * 500, r"\sqrt" * 500, r"x^{" * 500, r"\left(" * 500, r"\begin{matrix}" * 300, r"\text{$" * 300):
        _, warnings = parse(deep)
        assert any(f"{MAX_DEPTH} levels" in warning or "missing" in warning for warning in warnings)
    _, warnings = parse("x" * (MAX_SOURCE + 1))
    assert any("longer than" in warning for warning in warnings)


def test_characters_that_a_terminal_obeys_are_removed_with_a_warning() -> None:
    node, warnings = parse("a\x1b[31mb\u202ec")
    assert "\x1b" not in repr(node)
    assert warnings == ("Invisible or control characters were removed.",)


def test_the_formulas_need_no_warning() -> None:
    assert {name: parse(tex)[1] for name, tex in FORMULAS if parse(tex)[1]} == {}


# Every command that the tables know, with the fragments that make formulas of them.
FRAGMENTS = [
    *("\\" + name for name in (*commands._NODES, *commands._READERS)),
    r"\begin{cases}", r"\end{cases}", r"\begin{array}{l|r}", r"\begin{aligned}",
    r"\end{aligned}", r"\right)", r"\left(", r"\over", r"\choose", r"\\", "&", r"\hline", r"\limits", r"\displaystyle", r"\unknown", "\\",
    *"abcxyz0123456789+-=<>()[]{}{}{}^^__'|,;:!&$#%~ ./*", "é", "日", "👍", "\u0301", "α", "≤", "∑", "\x1b", "\u202e", "\t",
]
soup = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


@given(soup)
def test_any_sequence_of_commands_parses(tex: str) -> None:
    _, warnings = parse(tex)
    assert all(warning.endswith(".") and "\\" not in warning for warning in warnings)


@given(st.text(max_size=60))
def test_any_text_parses(tex: str) -> None:
    parse(tex)
