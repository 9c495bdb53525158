"""For authors: checking content, the schema for editors, a topic to start from."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from companion.cli.failures import UsageError
from companion.cli.output import Output


def check(arguments: argparse.Namespace) -> int:
    """`companion check [PATH|TOPIC]`."""
    from companion.curriculum.checks import check as check_content

    out = Output()
    with _Bar(shown=sys.stderr.isatty() and not arguments.json) as bar:
        try:
            report = check_content(arguments.what, bar.report)
        except LookupError as error:
            raise UsageError(str(error.args[0])) from error
    errors = [problem for problem in report.problems if not problem.warning]
    if arguments.json:
        out.json(
            {
                "topics": report.topics,
                "exercises": report.exercises,
                "formulas": report.formulas,
                "problems": [problem.as_json() for problem in report.problems],
            }
        )
    else:
        for problem in report.problems:
            out.line(f"{problem}{' (warning)' if problem.warning else ''}")
        verdict = _counted(len(report.problems), "problem") if report.problems else "no problem"
        looked = [_counted(report.topics, "topic"), _counted(report.exercises, "exercise"), _counted(report.formulas, "formula")]
        out.line(f"{', '.join(looked)}: {verdict}.")
    return 1 if errors else 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


class _Bar:
    """A progress bar on standard error, where somebody can see it."""

    def __init__(self, shown: bool) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True, disable=not shown)
        self._task = self._progress.add_task("Checking", total=None)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *details: object) -> None:
        self._progress.stop()

    def report(self, done: int, of: int) -> None:
        """So much is done."""
        self._progress.update(self._task, completed=done, total=of)


def schema(arguments: argparse.Namespace) -> int:
    """`companion schema`."""
    from companion.curriculum.schema import json_schema

    sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")
    return 0


def new(arguments: argparse.Namespace) -> int:
    """`companion new topic ID`: writes `topics/AREA/ID.yaml` in a pack, filled in to start from."""
    from companion.curriculum.starter import starter_topic

    try:
        text = starter_topic(arguments.id, arguments.area)
    except ValueError as error:
        raise UsageError(str(error)) from error
    folder = Path(arguments.into)
    if not (folder / "pack.yaml").is_file():
        raise UsageError(f"{folder / 'pack.yaml'} is not there: name the pack's folder with --into, or create the pack first.")
    known = _areas(folder)
    if arguments.area not in known:
        choice = f"Name one with --area: {', '.join(known)}; or add it to {folder / 'areas.yaml'}."
        raise UsageError(f"There is no area “{arguments.area}”. {choice}")
    path = folder / "topics" / arguments.area / f"{arguments.id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    Output().line(f"{path} is written. Check it with: companion check {path}")
    return 0


def _areas(pack: Path) -> list[str]:
    """The areas that a topic of this pack can be in: the pack's own, then those of the shipped content."""
    from companion.curriculum.catalogue import open_catalogue
    from companion.curriculum.schema import AreasFile
    from companion.curriculum.source import read_source
    from companion.curriculum.validation import validate

    own: list[str] = []
    if (pack / "areas.yaml").exists():
        source, problems = read_source(pack / "areas.yaml")
        entry, more = validate(source, AreasFile) if source else (None, [])
        if entry is None:
            raise UsageError("\n".join(map(str, [*problems, *more])))
        own = [area.id for area in entry.areas]
    return list(dict.fromkeys([*own, *open_catalogue().areas]))
