import pytest

from companion.mathtext import render
from companion.mathtext.rendering import render_pieces

from .common import FORMULAS, assert_sound


@pytest.mark.parametrize("width", [30, 60, 80])
def test_broken_formulas_keep_every_character(width: int) -> None:
    def characters(text: str) -> list[str]:
        return sorted(character for character in text if character.isalnum())

    for name, tex in FORMULAS:
        whole, broken = render(tex), render(tex, width=width)
        assert_sound(broken)
        assert characters(broken.to_text()) == characters(whole.to_text()), name


@pytest.mark.parametrize("width", [60, 80])
def test_the_formulas_fit_common_widths(width: int) -> None:
    assert [name for name, tex in FORMULAS if render(tex, width=width).width > width] == []


def test_nothing_is_broken_that_fits() -> None:
    for _, tex in FORMULAS:
        whole = render(tex)
        assert render(tex, width=whole.width).rows == whole.rows


def test_continuation_lines_stand_under_the_first_relation() -> None:
    assert render("abc=defg+h=ijklm+n=opq", width=14).to_text() == "abc = defg + h\n    = ijklm\n      + n\n    = opq"
    assert render("abc=defg+h=ijklm+n=opq", width=16).to_text() == "abc = defg + h\n    = ijklm + n\n    = opq"


def test_quads_are_broken_first() -> None:
    assert render(r"a=b+c,\qquad d=e+f", width=12).to_text() == "a = b + c,\nd = e + f"


def test_brackets_are_broken_last() -> None:
    assert render("f(a+b)+g(c+d)", width=12).to_text() == "f(a + b)\n  + g(c + d)"


def test_alignments_are_broken_row_by_row() -> None:
    text = render(r"\begin{aligned}ab&=cdefg=hijkl\\ a&=m\end{aligned}", width=13).to_text()
    assert text == "ab = cdefg\n   = hijkl\n a = m"


def test_tall_lines_do_not_touch() -> None:
    lines = render(r"x=\frac ab+\frac cd=\frac ef+\frac gh", width=12).to_text().splitlines()
    assert "" in lines
    assert len(lines) == 7


def test_an_inline_formula_may_end_a_line_after_a_relation() -> None:
    assert [piece.to_text() for piece in render_pieces("a=b+c", 40)] == ["a =", "b +", "c"]
    assert [piece.to_text() for piece in render_pieces("f(a+b)", 40)] == ["f(a + b)"]


def test_what_is_broken_inside_brackets_goes_on_inside_them() -> None:
    text = render(r"f\left(aaaa+bbbb+cccc\right)=d", width=14).to_text()
    assert text == "f(aaaa + bbbb\n  + cccc) = d"
    assert render(r"P\left(aaaaa\,\middle|\,bbbbb\right)", width=10).to_text() == "P(aaaaa\n  | bbbbb)"


def test_a_fraction_and_a_root_that_are_too_wide_are_set_in_one_row_and_broken() -> None:
    assert render(r"\frac{aaa+bbb+ccc}{ddd+eee}", width=12).to_text() == "(aaa + bbb\n + ccc)/(ddd\n + eee)"
    assert render(r"\sqrt{aaa+bbb+ccc}", width=12).to_text() == "√(aaa + bbb\n  + ccc)"
    assert "─" in render(r"\frac{aaa+bbb+ccc}{ddd+eee}", width=20).to_text()
