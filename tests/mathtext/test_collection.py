"""Formulas as lecture notes have them, in two halves of which one was never looked at while the engine was changed; and as papers have
them, written when the engine was finished."""

import os
import re

import pytest

from companion.mathtext import render

from .common import COLLECTION, HELD_OUT, HERE, KEPT_BACK, TUNED, lost

HALVES = {"tuned": TUNED, "held_out": HELD_OUT, "kept_back": KEPT_BACK}


def test_the_collection_is_large_and_its_halves_are_apart() -> None:
    assert len(COLLECTION) >= 300
    assert abs(len(TUNED) - len(HELD_OUT)) <= 1
    assert not {tex for _, tex in TUNED} & {tex for _, tex in HELD_OUT}
    assert not {tex for _, tex in COLLECTION} & {tex for _, tex in KEPT_BACK}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("mode", ["display", "inline"])
def test_no_warning_and_no_raw_tex(half: str, mode: str) -> None:
    layouts = {name: render(tex, "display" if mode == "display" else "inline") for name, tex in HALVES[half]}
    assert {name: layout.warnings for name, layout in layouts.items() if layout.warnings} == {}
    assert [name for name, layout in layouts.items() if "\\" in layout.to_text()] == []


@pytest.mark.parametrize("half", HALVES)
def test_no_letter_and_no_digit_is_lost(half: str) -> None:
    for mode in ("display", "inline"):
        shown = {name: (tex, render(tex, "display" if mode == "display" else "inline").to_text()) for name, tex in HALVES[half]}
        assert {name: missing for name, (tex, text) in shown.items() if (missing := lost(tex, text))} == {}


def test_norm_bars_are_kept() -> None:
    for name, tex in COLLECTION:
        bars = len(re.findall(r"\\\||\\[lr]?Vert", tex))
        text = render(tex, "inline").to_text()
        assert text.count("‖") + 9 * text.count("║") >= bars or "newcommand" in tex, name


@pytest.mark.parametrize(("width", "share"), [(80, 0.995), (60, 0.98)])
def test_displays_fit_common_widths(width: int, share: float) -> None:
    for formulas in HALVES.values():
        fitting = sum(render(tex, width=width).width <= width for _, tex in formulas)
        assert fitting >= share * len(formulas)


@pytest.mark.parametrize("half", HALVES)
def test_the_collection_looks_as_it_did(half: str) -> None:
    path = HERE / "golden" / f"collection_{half}.txt"
    snapshot = "\n".join(f"## {name}\n{tex}\n\n{render(tex, width=100).to_text()}\n" for name, tex in HALVES[half])
    if os.environ.get("COMPANION_UPDATE_SNAPSHOTS"):
        path.write_text(snapshot, encoding="utf-8")
    assert snapshot == path.read_text(encoding="utf-8")
