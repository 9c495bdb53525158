from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.learner.store import Store

from .hand_clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(clock: HandClock) -> Iterator[Store]:
    with Store.in_memory(clock) as opened:
        yield opened
