"""What was typed and not submitted, kept over leaving and quitting.

A draft belongs to one question: an exercise and the seed of its variant. It is
no event and proves nothing about the learner, so it lives in a small file of
its own beside the progress; losing it costs a line of typing.
"""

from __future__ import annotations

import json
from pathlib import Path

from companion.answers.protocol import Given

LARGEST = 200
"""Drafts kept; the oldest are dropped first."""


class Drafts:
    """Drafts by exercise and seed, in a JSON file. Without a folder they live as long as the program."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "drafts.json" if folder else None
        self._drafts: dict[str, dict[str, Given]] = self._read()

    def _read(self) -> dict[str, dict[str, Given]]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def of(self, exercise: str, seed: int) -> dict[str, Given]:
        """What was typed for this question, by field; empty if nothing was."""
        return dict(self._drafts.get(_key(exercise, seed), {}))

    def keep(self, exercise: str, seed: int, answer: dict[str, Given]) -> None:
        """Keep what is typed; an empty answer drops the draft."""
        key = _key(exercise, seed)
        previous = self._drafts.pop(key, None)
        if any(answer.values()):
            self._drafts[key] = dict(answer)
        if self._drafts.get(key) != previous:
            self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        for oldest in list(self._drafts)[:-LARGEST]:
            del self._drafts[oldest]
        temporary = self._file.with_suffix(".part")
        try:
            temporary.write_text(json.dumps(self._drafts, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._file)
        except OSError:
            return  # a full disk must not stop a session over a draft; attempts have their own, louder, path


def _key(exercise: str, seed: int) -> str:
    return f"{exercise}#{seed}"
