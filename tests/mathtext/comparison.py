"""`python -m tests.mathtext.comparison`: 24 formulas set by this engine and by others, as Markdown; `--write` puts it into the README.

TeXicode and pylatexenc take part if they are installed. SymPy prints what is built here as a SymPy expression: it is given no text.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import sympy

from companion.mathtext import render
from companion.mathtext.spoken import spoken

README = Path(__file__).parents[2] / "companion" / "mathtext" / "README.md"
START, END = "<!-- comparison: begin -->", "<!-- comparison: end -->"

FORMULAS = {
    "norm": r"\|f+g\|_p\le\|f\|_p+\|g\|_p",
    "fraction": r"\frac{a+b}{c}+\frac12",
    "root": r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    "integral": r"\int_0^1\frac{x^2}{1+x}\,dx",
    "Gaussian integral": r"\int_{-\infty}^\infty e^{-x^2}\,dx=\sqrt\pi",
    "sum": r"\sum_{n=1}^\infty\frac1{n^2}=\frac{\pi^2}6",
    "limit": r"\lim_{n\to\infty}\left(1+\frac1n\right)^n=e",
    "matrix": r"A=\begin{pmatrix}a&b\\c&d\end{pmatrix}",
    "cases": r"|x|=\begin{cases}x&\text{if }x\ge0\\-x&\text{otherwise}\end{cases}",
    "supremum": r"\|T\|=\sup_{x\ne0}\frac{\|Tx\|}{\|x\|}",
    "expectation": r"\mathbb E[X\mid\mathcal G]",
    "conditional bound": r"\mathbb P\left(\left|\bar X_n-\mu\right|\ge t\right)\le2e^{-2nt^2}",
    "arg min": r"\hat\theta=\operatorname*{arg\,min}_{\theta\in\Theta}\frac1n\sum_{i=1}^n\ell(\theta,x_i)",
    "convergence": r"\sqrt n\,(\hat\theta_n-\theta)\xrightarrow{d}\mathcal N(0,I(\theta)^{-1})",
    "underbrace": r"\underbrace{R(\hat f)-R^*}_{\text{excess risk}}\le\varepsilon",
    "aligned": r"\begin{aligned}x_{k+1}&=x_k-\eta\nabla f(x_k)\\y_k&=x_k\end{aligned}",
    "binomial": r"\binom nk=\frac{n!}{k!\,(n-k)!}",
    "continued fraction": r"\phi=1+\cfrac1{1+\cfrac1{1+\ddots}}",
    "nested scripts": r"x_{i_j}^{2^n}+e^{-\frac{x^2}2}",
    "partial derivatives": r"\frac{\partial u}{\partial t}=\alpha\,\frac{\partial^2u}{\partial x^2}",
    "set": r"\left\{x\in\mathbb R^n\,\middle|\,\|x\|_2\le1\right\}",
    "attention": r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
    "substack": r"\sum_{\substack{1\le i,j\le n\\i\ne j}}a_{ij}",
    "weak convergence": r"x_n\rightharpoonup x\iff\langle y,x_n\rangle\to\langle y,x\rangle\ \forall y\in H",
}


def _sympy_expressions() -> dict[str, object]:
    """The formulas that SymPy has objects for."""
    a, b, c, d, n, k, t, x = sympy.symbols("a b c d n k t x")
    u = sympy.Function("u")(t, x)
    keep = {"evaluate": False}
    return {
        "fraction": sympy.Add(sympy.Mul(a + b, 1 / c), sympy.Rational(1, 2), **keep),
        "root": (-b + sympy.sqrt(b**2 - 4 * a * c)) / (2 * a),
        "integral": sympy.Integral(x**2 / (1 + x), (x, 0, 1)),
        "Gaussian integral": sympy.Eq(sympy.Integral(sympy.exp(-(x**2)), (x, -sympy.oo, sympy.oo)), sympy.sqrt(sympy.pi), **keep),
        "sum": sympy.Eq(sympy.Sum(1 / n**2, (n, 1, sympy.oo)), sympy.pi**2 / 6, **keep),
        "limit": sympy.Eq(sympy.Limit((1 + 1 / n) ** n, n, sympy.oo), sympy.E, **keep),
        "matrix": sympy.Eq(sympy.MatrixSymbol("A", 2, 2), sympy.Matrix([[a, b], [c, d]]), **keep),
        "cases": sympy.Eq(sympy.Abs(x), sympy.Piecewise((x, x >= 0), (-x, True)), **keep),
        "binomial": sympy.Eq(sympy.binomial(n, k), sympy.factorial(n) / (sympy.factorial(k) * sympy.factorial(n - k)), **keep),
        "nested scripts": sympy.Add(sympy.Symbol("x_i_j") ** (2**n), sympy.exp(-(x**2) / 2)),
        "partial derivatives": sympy.Eq(u.diff(t), sympy.Symbol("alpha") * u.diff(x, 2), **keep),
    }


def _with_texicode(tex: str) -> str:
    pipeline = importlib.import_module("texicode.pipeline")
    return str(pipeline.render_tex_web(tex, True))


def _with_pylatexenc(tex: str) -> str:
    latex2text = importlib.import_module("pylatexenc.latex2text")
    return str(latex2text.LatexNodes2Text(math_mode="text").latex_to_text(tex))


OTHERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "TeXicode": ("texicode", _with_texicode),
    "pylatexenc": ("pylatexenc", _with_pylatexenc),
}


def outcome(function: Callable[[str], str], tex: str) -> str:
    """What another renderer makes of `tex`, or the error that it ends with."""
    try:
        return function(tex)
    except Exception as error:  # other people's code: whatever it raises is its result
        return f"{type(error).__name__}: {error}"[:100]


def comparison() -> str:
    """The comparison as Markdown."""
    installed = {name: function for name, (module, function) in OTHERS.items() if importlib.util.find_spec(module)}
    expressions = _sympy_expressions()
    parts = [f"{name} is not installed and does not take part.\n" for name in OTHERS if name not in installed]
    for number, (name, tex) in enumerate(FORMULAS.items(), 1):
        parts.append(f"**{number}. {name}**: `{tex}`; read aloud: {spoken(tex)}.\n\n```text")
        shown = {"this engine": render(tex).to_text()} | {other: outcome(function, tex) for other, function in installed.items()}
        shown["SymPy"] = sympy.pretty(expressions[name], use_unicode=True) if name in expressions else "(has no object for it)"
        for other, text in shown.items():
            lines = text.strip("\n").split("\n")
            parts.append("\n".join(f"{other if position == 0 else '':<13}{line}".rstrip() for position, line in enumerate(lines)))
        parts.append("```\n")
    return "\n".join(parts)


def main() -> None:
    """Print the comparison, or put it between the two marks of the README."""
    text = comparison()
    if "--write" not in sys.argv:
        print(text)
        return
    before, _, rest = README.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{START}\n\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
