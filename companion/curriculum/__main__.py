"""`python -m companion.curriculum [--pack PATH]…`: compile the content, telling the progress as JSON lines.

Lines are `{"done": n, "of": m}`; the last is `{"index": path, "notice": sentence}`, or `{"problems": […]}` with exit status 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from companion.curriculum.index import build_index
from companion.curriculum.problems import ContentError


def main(arguments: list[str] | None = None) -> int:
    """Compile, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m companion.curriculum", description="Compile the content.")
    parser.add_argument("--pack", action="append", type=Path, default=[], help="a pack to compile with the shipped content")
    packs = parser.parse_args(arguments).pack
    try:
        path, notice = build_index(packs, lambda done, of: _tell({"done": done, "of": of}))
    except ContentError as error:
        _tell({"problems": [problem.as_json() for problem in error.problems]})
        return 1
    _tell({"index": str(path), "notice": notice})
    return 0


def _tell(report: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
