"""Every formula of the shipped content: set without a warning, with every letter that stands in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from companion.curriculum.formulas import formulas_in
from companion.mathtext import render
from companion.mathtext.spoken import spoken

from .common import lost

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
            assert spoken(tex, pack), tex
