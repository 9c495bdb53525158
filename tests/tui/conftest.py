"""The judge starts only for tests that ask for it, since it loads SymPy; the others meet a scripted one or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from companion.answers.protocol import Given, Question, Reply
from companion.tui.services import Services

Script = Callable[..., None]


@pytest.fixture
def judge() -> None:
    """Ask for the real judge."""


@pytest.fixture(autouse=True)
def warm_judge_only_on_request(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "judge" not in request.fixturenames:

        async def start_nothing(services: Services) -> None:
            return

        monkeypatch.setattr(Services, "start_grader", start_nothing)


@pytest.fixture
def replies(monkeypatch: pytest.MonkeyPatch) -> list[Reply]:
    """What the judge will say, in this order; for what a test's own judge would take long to be made to say."""
    script: list[Reply] = []

    async def judge(services: Services, question: Question, answer: dict[str, Given]) -> Reply:
        return script.pop(0)

    monkeypatch.setattr(Services, "judge", judge)
    return script
