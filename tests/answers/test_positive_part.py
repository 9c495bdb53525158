"""A plus as the index of brackets takes the positive part."""

from __future__ import annotations

import pytest

from companion.answers.reader import ReadError, preview, read


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("(x-1)_+", "relu(x-1)"),
        ("(x-1)_{+}", "relu(x-1)"),
        ("[x-1]_+", "relu(x-1)"),
        ("\\left(x-1\\right)_+", "relu(x-1)"),
        ("2(1-|x|)_+^2", "2*relu(1-|x|)^2"),
        ("(x-1)_+ + (x+1)_+", "relu(x-1) + relu(x+1)"),
        ("(x-1)_+-3", "relu(x-1) - 3"),
        ("(x-1)_+(x+1)_+", "relu(x-1)*relu(x+1)"),
    ],
)
def test_the_positive_part_is_read(typed: str, same: str) -> None:
    assert read(typed) == read(same)


@pytest.mark.parametrize("typed", ["(x-1)_", "(x-1)_1", "(x, 1)_+", "(x-1)_±3", "(x-1)_{+"])
def test_other_indices_of_brackets_are_refused(typed: str) -> None:
    with pytest.raises(ReadError):
        read(typed)
    preview(typed)
