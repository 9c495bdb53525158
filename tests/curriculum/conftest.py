from __future__ import annotations

from pathlib import Path

import pytest

from tests.curriculum.packs import Folder


@pytest.fixture
def pack(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "pack")
