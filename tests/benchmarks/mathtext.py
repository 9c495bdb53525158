"""Setting formulas: milliseconds each, and how many times longer other renderers take on the same formulas in the same run."""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable

from companion.mathtext import document, rendering
from tests.mathtext.common import COLLECTION, FORMULAS

ROUNDS = 5
NOTE_KILOBYTES = 60


def _render(tex: str) -> object:
    """Without the cache."""
    return rendering._render.__wrapped__(tex, "display", None, "full", ())


def _texicode() -> Callable[[str], object] | None:
    if not importlib.util.find_spec("texicode"):
        return None
    pipeline = importlib.import_module("texicode.pipeline")

    def run(tex: str) -> object:
        return pipeline.render_tex_web(tex, True)

    return run


def _pylatexenc() -> Callable[[str], object] | None:
    if not importlib.util.find_spec("pylatexenc"):
        return None
    convert = importlib.import_module("pylatexenc.latex2text").LatexNodes2Text(math_mode="text").latex_to_text

    def run(tex: str) -> object:
        return convert(tex)

    return run


def milliseconds(function: Callable[[str], object], formulas: list[str]) -> list[float]:
    """The best of several rounds for every formula."""
    best = [float("inf")] * len(formulas)
    for _ in range(ROUNDS):
        for number, tex in enumerate(formulas):
            start = time.perf_counter()
            function(tex)
            best[number] = min(best[number], (time.perf_counter() - start) * 1000)
    return best


def is_set(function: Callable[[str], object], tex: str) -> bool:
    """Whether a renderer ends without an error of its own, in whatever way it says so."""
    try:
        result = str(function(tex))
    except Exception:  # other people's code: whatever it raises is a failure
        return False
    return not result.startswith("TeXicode:") and "?" not in result


def _note() -> str:
    """Prose with every formula of the collection, as long as a long note."""
    parts = [f"Let us look at {name}, where $x\\in X$ and $f_n\\to f$ hold.\n\n$${tex}$$\n" for name, tex in COLLECTION]
    text = "\n".join(parts)
    while len(text) < NOTE_KILOBYTES * 1024:
        text += text
    return text[: text.rindex("$$\n", 0, NOTE_KILOBYTES * 1024) + 3]


def main() -> None:
    """Print the figures."""
    formulas = [tex for _, tex in FORMULAS + COLLECTION]
    ours = sorted(milliseconds(_render, formulas))
    print(f"mathematics: {len(formulas)} formulas, mean {statistics.mean(ours):.2f} ms, p99 {ours[int(0.99 * len(ours))]:.2f} ms")
    for name, run in (("TeXicode", _texicode()), ("pylatexenc", _pylatexenc())):
        if run is None:
            print(f"mathematics: {name} is not installed and is not measured")
            continue
        read = [tex for tex in formulas if is_set(run, tex)]
        theirs, own = statistics.mean(milliseconds(run, read)), statistics.mean(milliseconds(_render, read))
        print(f"mathematics: {name} sets {len(read)} of them, in {theirs:.2f} ms each, {theirs / own:.2f} times as long as ours")
    start = time.perf_counter()
    note = _note()
    document.layout(note, 80)
    print(f"mathematics: a note of {len(note) / 1024:.0f} KB is laid out in {(time.perf_counter() - start) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
