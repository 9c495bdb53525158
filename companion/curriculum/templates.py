"""Texts with `@{expression}` in them: finding the expressions, and putting values in so that they read right.

Prose is TeX where it stands between dollar signs; there a value is set as TeX
and the signs around it are tidied (`+ -3` becomes `- 3`, `1x` becomes `x`,
`x^{1}` becomes `x`). Only what touches a value is ever changed: what the author
wrote stays as it is. In an answer a value is text, in parentheses wherever
leaving them out could change what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from companion.answers.printing import to_tex, to_text
from companion.answers.tree import Node, Number, PlusMinus, Sum, Symbol

ValueOf = Callable[[str], Node]
"""Reads and evaluates an expression."""

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
    "phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell partial nabla"
)
_FUNCTIONS = "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp ln log max min sup inf det"
_BRACES = "frac dfrac tfrac sqrt binom operatorname mathrm mathbf mathbb mathcal left bigl Bigl lfloor lceil langle lvert lVert"
_FACTORS = frozenset(f"{_GREEK} {_FUNCTIONS} {_BRACES}".split())
_OPERATORS = frozenset({"int", "iint", "oint", "sum", "prod", "lim", "limsup", "liminf"})
_TIMES = frozenset({"cdot", "times", "div"})
_TAKES_ARGUMENT = frozenset({"frac", "dfrac", "tfrac", "sqrt", "binom", "hat", "tilde", "bar", "vec"})
_LAST_COMMAND = re.compile(r"\\([A-Za-z]+)\s*\Z")
_OPERATOR_AT_END = re.compile(
    rf"\\(?:{'|'.join(sorted(_OPERATORS))})(?:\s*[_^]\s*(?:\{{[^{{}}]*\}}|\\[A-Za-z]+|\w))*\s*\Z"
)
_FIRST_COMMAND = re.compile(r"\s*\\([A-Za-z]+)")


class TemplateError(ValueError):
    """A template that cannot be used. `template` is the text as the author wrote it, so that its line can be found."""

    def __init__(self, message: str, template: str) -> None:
        super().__init__(message)
        self.message = message
        self.template = template


def has_expressions(text: str) -> bool:
    """Whether there is anything to substitute."""
    return "@{" in text


def expressions(text: str) -> list[str]:
    """The expressions of a template, in order. Raises `TemplateError` if one is not closed or empty."""
    return [piece for is_expression, piece in _pieces(text) if is_expression]


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    position = 0
    while (start := text.find("@{", position)) >= 0:
        if start > position:
            yield False, text[position:start]
        end = _closing_brace(text, start + 2)
        expression = text[start + 2 : end].strip()
        if not expression:
            raise TemplateError("expected an expression between `@{` and `}`", text)
        yield True, expression
        position = end + 1
    if position < len(text):
        yield False, text[position:]


def _closing_brace(text: str, start: int) -> int:
    depth = 1
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if not depth:
            return index
    raise TemplateError("expected a `}` that closes `@{`", text)


def fill_answer(text: str, value_of: ValueOf) -> str:
    """A template in the learners' language, with values as text. Raises what `value_of` raises."""
    if not has_expressions(text):
        return text
    pieces = list(_pieces(text))
    written = ""
    for index, (is_expression, piece) in enumerate(pieces):
        if is_expression:
            value = value_of(piece)
            following = pieces[index + 1][1] if index + 1 < len(pieces) else ""
            written += _as_text(value, written.rstrip()[-1:], following.lstrip()[:1])
        else:
            written += piece
    return written


def fill_plain(text: str, value_of: ValueOf) -> str:
    """A text that is shown as it is, with values as text. Raises what `value_of` raises."""
    return "".join(to_text(value_of(piece)) if is_expression else piece for is_expression, piece in _pieces(text))


def _as_text(value: Node, before: str, after: str) -> str:
    text = to_text(value)
    stands_alone = before in ("", *"([{,;=<>:|") and after in ("", *")]},;=<>:|")
    is_plain = isinstance(value, Symbol) or (isinstance(value, Number) and text.isdigit())
    if stands_alone or (is_plain and not before.isalnum()):
        return text
    return f"({text})"


def fill_prose(text: str, value_of: ValueOf) -> str:
    """Markdown with TeX between dollar signs, with values set as TeX and tidied. Raises what `value_of` raises."""
    if not has_expressions(text):
        return text
    return _Prose(text, value_of).filled()


class _Prose:
    def __init__(self, text: str, value_of: ValueOf) -> None:
        self._pieces = list(_pieces(text))
        self._value_of = value_of
        self._written = ""
        self._mode = ""

    def filled(self) -> str:
        for index, (is_expression, piece) in enumerate(self._pieces):
            if is_expression:
                self._put(self._value_of(piece), index)
            else:
                self._follow(piece)
                self._written += piece
        return self._written

    def _follow(self, text: str) -> None:
        """Keep track of whether a formula (`$`, `$$`) or code (a backtick) is open."""
        for mark in re.findall(r"\\.|\$\$|\$|`+", text, re.DOTALL):
            if mark[0] == "\\" or (self._mode and mark != self._mode):
                continue
            self._mode = "" if self._mode else mark

    def _put(self, value: Node, index: int) -> None:
        if self._mode.startswith("$"):
            following = self._pieces[index + 1][1] if index + 1 < len(self._pieces) and not self._pieces[index + 1][0] else ""
            self._set(value, following, index)
        elif self._mode:
            self._written += to_text(value)
        else:
            self._written += f"${to_tex(value)}$"

    def _set(self, value: Node, following: str, index: int) -> None:
        """Append a value inside a formula, and mend what stands directly before and after it."""
        tex = to_tex(value)
        before = self._written.rstrip()
        after = following.lstrip()
        if before.endswith(("^{", "_{")) and after.startswith("}"):
            if tex == "1" and _ends_with_exponent(before[:-1]):
                self._written = before[:-2]
                self._pieces[index + 1] = (False, after[1:])
            else:
                self._written += tex
        elif before.endswith(("^", "_")):
            self._written = before[:-1] if tex == "1" and _ends_with_exponent(before) else f"{before}{{{tex}}}"
        elif _command_at_end(before) in _TAKES_ARGUMENT:
            self._written += f"{{{tex}}}"
        else:
            self._write(_Neighbors(before, after), tex, _is_sum(value))

    def _write(self, beside: _Neighbors, tex: str, is_sum: bool) -> None:
        negative = tex.startswith("-")
        is_atom = re.fullmatch(r"\d+|[A-Za-z]|\\[A-Za-z]+", tex) is not None
        sum_is_part = is_sum and (beside.follows_operator or beside.follows_minus or beside.precedes_factor)
        if (beside.is_base and not is_atom) or sum_is_part or (beside.follows_factor and (negative or is_sum)):
            self._written += _bracketed(tex)
        elif negative and beside.before.endswith("+"):
            self._replace_sign("- " if self._written.endswith(" ") else "-", beside.shorten(tex[1:].lstrip()))
        elif negative and beside.follows_minus:
            plus = "" if beside.minus_is_unary else "+ " if self._written.endswith(" ") else "+"
            self._replace_sign(plus, beside.shorten(tex[1:].lstrip()))
        elif negative:
            self._written += "-" + beside.shorten(tex[1:].lstrip())
        elif tex[:1].isdigit() and beside.before[-1:].isdigit() and beside.follows_factor:
            self._written += rf"\cdot {tex}"
        else:
            short = beside.shorten(tex)
            needs_blank = not short and _command_at_end(self._written) and beside.follows_letter
            self._written += " " if needs_blank and not self._written.endswith(" ") else short

    def _replace_sign(self, sign: str, tex: str) -> None:
        self._written = self._written.rstrip()[:-1] + sign + tex


class _Neighbors:
    """What stands directly before and after a value in a formula."""

    def __init__(self, before: str, after: str) -> None:
        self.before, self._after = before, after

    @property
    def is_base(self) -> bool:
        """Whether the value is raised to a power, or a factorial is taken of it."""
        return self._after.startswith(("^", "!"))

    @property
    def follows_operator(self) -> bool:
        """Whether the value is what an integral, a sum, a limit is taken of."""
        return _OPERATOR_AT_END.search(self.before) is not None

    @property
    def follows_factor(self) -> bool:
        """Whether the value would be read as multiplied by (or as the argument of) what stands before it."""
        if self.follows_operator:
            return False
        command = _command_at_end(self.before)
        if command:
            return command in _FACTORS or command in _TIMES
        return self.before[-1:].isalnum() or self.before.endswith((")", "}", "]", "/", "!", "*"))

    @property
    def precedes_factor(self) -> bool:
        """Whether what stands after the value would be read as multiplied by it."""
        command = _FIRST_COMMAND.match(self._after)
        if command:
            return command[1] in _FACTORS or command[1] in _TIMES or command[1] in _OPERATORS
        return self._after[:1].isalnum() or self._after.startswith(("(", "/", "["))

    @property
    def follows_minus(self) -> bool:
        """Whether the value is subtracted or negated."""
        return self.before.endswith("-")

    @property
    def minus_is_unary(self) -> bool:
        """Whether nothing stands before the minus sign that something could be subtracted from."""
        rest = self.before[:-1].rstrip()
        command = _command_at_end(rest)
        opens = rest.endswith(("$", "(", "[", "{", "=", "<", ">", ",", ";", ":", "&", "|"))
        return not rest or opens or bool(command and command not in _FACTORS)

    @property
    def follows_letter(self) -> bool:
        """Whether a letter comes next, which a command before it would swallow."""
        return self._after[:1].isalpha()

    def shorten(self, tex: str) -> str:
        """The value, left out if it is a 1 that only multiplies what follows."""
        command = _FIRST_COMMAND.match(self._after)
        has_factor = command[1] in _FACTORS | _OPERATORS if command else self._after[:1].isalpha() or self._after.startswith("(")
        return "" if tex == "1" and has_factor and not self.follows_factor else tex


def _ends_with_exponent(text: str) -> bool:
    """Whether what follows is an exponent, and not the upper limit of an integral or a sum."""
    return text.endswith("^") and _OPERATOR_AT_END.search(text[:-1]) is None


def _command_at_end(text: str) -> str:
    match = _LAST_COMMAND.search(text)
    return match[1] if match else ""


def _is_sum(value: Node) -> bool:
    return isinstance(value, Sum | PlusMinus)


def _bracketed(tex: str) -> str:
    return rf"\left({tex}\right)" if "\\" in tex else f"({tex})"
