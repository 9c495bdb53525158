"""Every shipped key is confirmed by somebody, and nobody confirms what is not there."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.keys.confirmation import CONFIRMATIONS, shipped, wrong_keys

for _module in sorted(Path(__file__).parent.glob("test_*.py")):
    importlib.import_module(f"tests.keys.{_module.stem}")


def test_every_shipped_exercise_has_a_confirmation() -> None:
    assert sorted(set(shipped()) - set(CONFIRMATIONS)) == []
    assert sorted(set(CONFIRMATIONS) - set(shipped())) == []


@pytest.mark.full
@pytest.mark.parametrize("exercise", sorted(CONFIRMATIONS))
def test_a_wrong_key_is_not_confirmed(exercise: str) -> None:
    for key in wrong_keys(exercise):
        with pytest.raises(AssertionError):
            CONFIRMATIONS[exercise](key)
