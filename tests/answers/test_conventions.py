"""Every row of the table of conventions in the reader's README holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

import companion.answers
from companion.answers.printing import to_text
from companion.answers.protocol import Kind
from companion.answers.reader import ReadError, Vocabulary, read

README = Path(companion.answers.__file__).with_name("README.md")
CELLS = re.compile(r"(?<!\\)\|")
CODE = re.compile(r"`([^`]+)`")


def rows() -> list[list[str]]:
    """The cells of the table of conventions, without its head."""
    section = README.read_text("utf-8").split("## Conventions")[1].split("\n###")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("\\|", "|") for cell in CELLS.split(line)[1:-1]] for line in lines[2:]]


def vocabulary(declared: str) -> Vocabulary:
    names = [name.strip() for name in declared.split(",") if declared != "–"]
    functions = [name.removesuffix("()") for name in names if name.endswith("()")]
    symbols = [name for name in names if name != "split" and not name.endswith("()")]
    return Vocabulary.of({"functions": functions, "variables": symbols, "split_names": "split" in names})


def test_the_table_is_found() -> None:
    assert len(rows()) > 60
    assert {len(row) for row in rows()} == {5}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} {row[1]} {row[2]}")
def test_conventions(row: list[str]) -> None:
    typed, kind, declared, outcome, reason = row
    text, reading = CODE.findall(typed)[0], CODE.findall(outcome)[0]
    assert reason
    if not reading.startswith("read."):
        assert to_text(read(text, vocabulary(declared), cast(Kind, kind))) == reading
        return
    with pytest.raises(ReadError) as caught:
        read(text, vocabulary(declared), cast(Kind, kind))
    assert caught.value.code == reading
    assert caught.value.message.startswith(outcome.partition(": ")[2])
