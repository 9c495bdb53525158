"""Every test runs in folders of its own, at a fixed time, without animations."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Textual reads this once, when it is imported.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

NOW = "2026-03-02T09:00:00+00:00"


@pytest.fixture(scope="session")
def compiled_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for all tests and all workers, so that the content is compiled once."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "companion-cache"
    shared.mkdir(exist_ok=True)
    return shared


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, compiled_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the folders of whoever runs the tests."""
    monkeypatch.setenv("COMPANION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMPANION_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("COMPANION_CACHE", str(compiled_cache))
    monkeypatch.setenv("COMPANION_NOW", NOW)
    monkeypatch.delenv("NO_COLOR", raising=False)
