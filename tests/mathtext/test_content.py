"""Every formula of the shipped content: set without a warning, with every letter that stands in it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from companion.curriculum.formulas import formulas_in
from companion.mathtext import render
from companion.mathtext.spoken import spoken

from .common import HERE, lost

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(CONTENT.rglob("*.yaml"))
_PLACEHOLDER = re.compile(r"@\{[^{}]*\}")


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def load(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def macros() -> dict[str, str]:
    pack = load(CONTENT / "pack.yaml")
    assert isinstance(pack, dict)
    return {str(name): str(body) for name, body in pack["macros"].items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_formulas_are_set_without_a_warning_and_nothing_is_lost(path: Path) -> None:
    pack = macros()
    for text in texts(load(path)):
        for formula in formulas_in(text):
            tex = _PLACEHOLDER.sub("2", formula.tex)
            if formula.mode == "stray":
                continue
            layout = render(tex, formula.mode, macros=pack)
            assert not layout.warnings, tex
            assert "\\" not in layout.to_text(), tex
            assert not lost(tex, layout.to_text()), tex
            words = spoken(tex, pack)
            assert words, tex
            assert not set("\\{}^&$") & set(words), tex


GOLDEN = HERE / "golden" / "content.txt"


def shown(mode: str, tex: str, pack: dict[str, str]) -> str:
    """A formula as it stands in the golden file: its mode, its TeX on one line, how it is set at 80 columns."""
    layout = render(tex, "display" if mode == "display" else "inline", 80 if mode == "display" else None, macros=pack)
    return f"## {mode}\n{' '.join(tex.split())}\n\n{layout.to_text()}\n"


def formulas_of_the_content() -> list[tuple[str, str]]:
    """Every display, and every inline formula that is more than a symbol with a script, in the order of the content."""
    found: dict[tuple[str, str], None] = {}
    for path in FILES:
        for text in texts(load(path)):
            for formula in formulas_in(text):
                tex = " ".join(_PLACEHOLDER.sub("2", formula.tex).split())
                if formula.mode == "display" or (formula.mode == "inline" and len(tex) > 4):
                    found[formula.mode, tex] = None
    return list(found)


def test_the_formulas_of_the_content_look_as_they_did() -> None:
    """Those in the golden file, whether they still stand in the content or not: editing a topic breaks no test of the engine."""
    pack = macros()
    if os.environ.get("COMPANION_UPDATE_SNAPSHOTS"):
        GOLDEN.write_text("\n".join(shown(mode, tex, pack) for mode, tex in formulas_of_the_content()), encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8").removeprefix("## ").split("\n## ")
    assert len(golden) > 1000
    for entry in golden:
        mode, tex, _ = entry.split("\n", 2)
        assert shown(mode, tex, pack).removeprefix("## ").rstrip("\n") == entry.rstrip("\n")


@pytest.mark.full
def test_every_formula_of_the_content_is_in_the_golden_file() -> None:
    golden = GOLDEN.read_text(encoding="utf-8")
    missing = [tex for mode, tex in formulas_of_the_content() if f"## {mode}\n{tex}\n" not in golden]
    assert missing == []
