"""In the judge's processes there is no garbage collection, whose callbacks would throw a time limit's exception away; nor is there here."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def without_garbage_collection() -> Iterator[None]:
    """Collect between the tests, not in them."""
    gc.disable()
    yield
    gc.enable()
