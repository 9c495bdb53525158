"""Where things are: the shipped content, packs, the cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

TOP_FILES = ("pack.yaml", "areas.yaml", "approaches.yaml", "readings.yaml")
MAX_FILES = 5000
"""Topic files of a pack that are looked at."""


def content_folder() -> Path:
    """The shipped content: inside the package where it is installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "content"
    return installed if installed.is_dir() else package.parent / "content"


def cache_folder() -> Path:
    """Where what can be made again is kept: `COMPANION_CACHE` if it is set, else the platform's folder. It need not exist yet."""
    chosen = os.environ.get("COMPANION_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("companion", appauthor=False)


def packs_in(folder: Path) -> tuple[Path, ...]:
    """The packs in a folder of packs, by name; none if there is no such folder."""
    return tuple(sorted(path.parent for path in folder.glob("*/pack.yaml"))) if folder.is_dir() else ()


def pack_of(file: Path) -> Path | None:
    """The pack that a file belongs to: the nearest folder above it that holds a `pack.yaml`."""
    return next((folder for folder in file.absolute().parents if (folder / "pack.yaml").is_file()), None)


def pack_files(folder: Path) -> list[Path]:
    """The content files of a pack: those at its top that exist, then the topics, by name. Links to folders are not followed."""
    top = [folder / name for name in TOP_FILES if (folder / name).exists()]
    return [*top, *topic_files(folder)]


def topic_files(folder: Path) -> list[Path]:
    """Everything under `topics/` that looks like YAML, by name."""
    return sorted(_yaml_below(folder / "topics"))


def _yaml_below(folder: Path) -> Iterator[Path]:
    found = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".yaml", ".yml")):
                yield Path(parent, name)
                found += 1
                if found >= MAX_FILES:
                    return
