"""What each screen looks like at two sizes, as text. `COMPANION_UPDATE_SNAPSHOTS=1` writes them anew; look at them before you keep them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.curriculum.catalogue import open_catalogue
from companion.learner.events import Goal, Known
from companion.learner.store import open_store
from tests.terminal import Terminal

pytestmark = pytest.mark.full


FOLDER = Path(__file__).parent / "snapshots"
UPDATE = bool(os.environ.get("COMPANION_UPDATE_SNAPSHOTS"))
DCT, UAT, RKHS = "dominated-convergence-theorem", "universal-approximation-theorem", "reproducing-kernel-hilbert-spaces"

Step = tuple[str, str]
"""What is pressed, and what the screen then shows."""

BROWSING: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("today", (("", "Nothing is due"),)),
    ("map", (("m", "Mainstream"), ("down", "Kernel machines and Gaussian process regression ·"))),
    ("areas", (("a", "every sign is a topic"), ("right", "Linear algebra"))),
    ("path", (("p", "Path to Dominated"), ("down", "for Riemann integration"))),
    ("topic", (("end", "what you are going for"), ("enter", "Why you need it"))),
    ("formulas", (("f", "Enter copies one"), ("", "∇ 𝔼 ℓ = 𝔼 ∇ℓ"))),
    ("readings", (("b", "how much of what each needs"),)),
    ("reading", (("enter", "For whom"),)),
    ("progress", (("s", "topics known"),)),
    ("help", (("?", "Moving"),)),
)

ASKING: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("question", (("", "an exact number"), ("0", "reads as 0"))),
    ("wrong", (("enter", "F6 Dispute"),)),
    ("hints", (("f2", "Hint 1 of"), ("f3", "Solution."), ("", "n→∞"))),
    ("result", (("enter", "right at the first attempt"),)),
)


@pytest.fixture(scope="module", autouse=True)
def compiled(compiled_cache: object) -> Iterator[None]:
    """The content is compiled once, before the first picture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPANION_CACHE", str(compiled_cache))
        open_catalogue()
        yield


def compare(name: str, shown: str, differ: list[str]) -> None:
    """Compare a screen with what it was, or keep it."""
    file = FOLDER / f"{name}.txt"
    shown = shown.rstrip() + "\n"
    if UPDATE:
        file.write_text(shown, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != shown:
        differ.append(f"{file.name} is not what is shown now:\n{shown}")


def has_footer(text: str) -> bool:
    """Whether the footer is drawn, which comes last."""
    return "F1 Keys" in text.splitlines()[-1]


def walk(terminal: Terminal, screens: tuple[tuple[str, tuple[Step, ...]], ...], size: str) -> None:
    """Press, wait, compare, screen by screen."""
    differ: list[str] = []
    for name, steps in screens:
        for keys, shows in steps:
            terminal.press(*([keys] if keys else []))
            terminal.until(shows)
        if name == "hints":
            terminal.until(lambda text: "F3" not in text.splitlines()[-1])
        compare(f"{name}-{size}", terminal.until(has_footer), differ)
    assert not differ, "\n\n".join(differ)


SIZES = pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)], ids=["narrow", "wide"])


@SIZES
def test_looking_around(columns: int, lines: int) -> None:
    with open_store() as store:
        store.record_all([Goal("topic", DCT), Known("vector-spaces-and-linear-maps"), Known("sequences-series-and-limits")])
    with Terminal(columns=columns, lines=lines) as terminal:
        walk(terminal, BROWSING, f"{columns}x{lines}")


@SIZES
def test_answering(columns: int, lines: int) -> None:
    with Terminal("quiz", DCT, "--count", "1", columns=columns, lines=lines) as terminal:
        walk(terminal, ASKING, f"{columns}x{lines}")


@SIZES
@pytest.mark.parametrize(
    ("name", "arguments", "sign"), [("choice", (RKHS,), "○ "), ("order", (DCT, "--level", "3"), "Your proof, in order")]
)
def test_other_fields(name: str, arguments: tuple[str, ...], sign: str, columns: int, lines: int) -> None:
    differ: list[str] = []
    with Terminal("quiz", *arguments, columns=columns, lines=lines) as terminal:
        number = 1
        while sign not in terminal.until(lambda text: f"question {number} of" in text and "F5 Skip" in text):  # noqa: B023
            terminal.press("f5")
            number += 1
        compare(f"{name}-{columns}x{lines}", terminal.until("F5 Skip"), differ)
    assert not differ, differ[0]
