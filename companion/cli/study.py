"""Studying from the command line: quiz, review, figures, export."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from companion.cli.failures import UsageError
from companion.cli.opening import Desk, open_desk
from companion.cli.start import open_app, what_is_missing
from companion.learner.export import export as export_events
from companion.learner.goals import UnknownGoalError, goal_title, resolve_goal
from companion.learner.review import Scope, choose_questions
from companion.learner.statistics import statistics
from companion.learner.today import what_now
from companion.study.figures import figures_page
from companion.study.plain import PlainQuiz
from companion.study.session import Planned


def quiz(arguments: argparse.Namespace) -> int:
    """`companion quiz [TOPIC|AREA|READING]`."""
    return _ask(arguments, arguments.scope, arguments.level)


def review(arguments: argparse.Namespace) -> int:
    """`companion review`."""
    return _ask(arguments, None, None, due=True)


def _ask(arguments: argparse.Namespace, wanted: str | None, level: int | None, due: bool = False) -> int:
    desk = open_desk(arguments, writing=True)
    with desk.store:
        return _ask_at(desk, arguments, wanted, level, due)


def _ask_at(desk: Desk, arguments: argparse.Namespace, wanted: str | None, level: int | None, due: bool) -> int:
    scope, title = (Scope("due"), "Review") if due else _scope(desk, wanted)
    questions = choose_questions(desk.catalogue, desk.progress, scope, desk.today, arguments.count, level)
    if not questions:
        desk.out.line("Nothing is due." if due else f"There is nothing to ask on {title}: no such exercise is written yet.")
        return 0
    planned = tuple(Planned(*question) for question in questions)
    if not arguments.plain and not what_is_missing():
        from companion.tui.app import QuizRequest

        desk.store.close()
        return open_app(tuple(arguments.pack), QuizRequest(planned, title))
    from companion.answers.client import Grader

    if sys.stdin is None:
        raise UsageError("There is nobody to ask: standard input is closed.")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text become a sign that the reader refuses
    with Grader() as grader:
        state = PlainQuiz(desk.catalogue, desk.store, grader, desk.out.set, sys.stdin, sys.stdout).run(planned, title)
    return 0 if state.is_over else 1


def _scope(desk: Desk, wanted: str | None) -> tuple[Scope, str]:
    catalogue = desk.catalogue
    if wanted is None:
        return _next_scope(desk)
    if wanted in catalogue.areas:
        return Scope("area", wanted), catalogue.areas[wanted].title
    try:
        goal = resolve_goal(catalogue, wanted)
    except UnknownGoalError as error:
        near = [*error.nearest, *(area for area in catalogue.areas if wanted.casefold() in area)]
        raise UsageError(f"There is no topic, area, work or approach “{wanted}”.{_hint(near)}") from error
    if goal.kind is None:
        raise UsageError(f"There is no topic, area or work “{wanted}”.")
    return Scope(goal.kind, goal.id), goal_title(catalogue, goal)


def _hint(near: list[str]) -> str:
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _next_scope(desk: Desk) -> tuple[Scope, str]:
    now = what_now(desk.catalogue, desk.progress, desk.today)
    candidates = [*([now.next_step.id] if now.next_step else []), *now.begun, *now.ready]
    written = [topic.id for topic in desk.catalogue.topics.values() if topic.written]
    for topic in [*candidates, *written]:
        return Scope("topic", topic), desk.catalogue.topics[topic].title
    raise UsageError("No topic has exercises yet.")


def stats(arguments: argparse.Namespace) -> int:
    """`companion stats`."""
    desk = open_desk(arguments)
    numbers = statistics(desk.catalogue, desk.progress, desk.today)
    if arguments.json:
        desk.out.json(asdict(numbers) | {"share_correct": numbers.share_correct})
    else:
        desk.out.page(figures_page(desk.catalogue, numbers))
    return 0


def export(arguments: argparse.Namespace) -> int:
    """`companion export [FILE]`."""
    desk = open_desk(arguments, writing=True)
    if arguments.file is None or arguments.file == "-":
        with desk.store:
            export_events(desk.store, sys.stdout)
        return 0
    with desk.store, Path(arguments.file).open("x", encoding="utf-8") as file:
        written = export_events(desk.store, file)
    desk.out.remark(f"{written} events written to {arguments.file}.")
    return 0
