"""Looking around: the map, topics, paths, works."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping

from companion.cli.failures import UsageError
from companion.cli.opening import Desk, open_desk
from companion.learner.events import Goal
from companion.learner.goals import goal_title, resolve_goal
from companion.learner.path import Path, plan, reasons
from companion.study.atlas import approach_rows, area_codes
from companion.study.marks import KNOWN, Mark, glyph
from companion.study.pages import approach_page, hours, reading_page, topic_page


def show_map(arguments: argparse.Namespace) -> int:
    """`companion map [APPROACH]`."""
    desk = open_desk(arguments)
    catalogue, out = desk.catalogue, desk.out
    if arguments.approach:
        approach = catalogue.approaches.get(arguments.approach)
        if approach is None:
            raise UsageError(_unknown("approach", arguments.approach, catalogue.nearest(arguments.approach)))
    else:
        approach = None
    if arguments.json:
        chosen = [approach] if approach else list(catalogue.approaches.values())
        out.json([_approach_json(desk, entry.id) for entry in chosen])
    elif approach:
        out.page(f"# {approach.title}\n\n{approach_page(catalogue, approach, desk.signs())}")
    else:
        _draw_map(desk)
    return 0


def _approach_json(desk: Desk, identifier: str) -> dict[str, object]:
    approach = desk.catalogue.approaches[identifier]
    areas, topics, works = desk.catalogue.areas, desk.catalogue.topics, desk.catalogue.readings
    return {
        "id": approach.id,
        "title": approach.title,
        "status": approach.status,
        "question": approach.question,
        "proved": approach.proved,
        "open": approach.open,
        "corrected": approach.corrected or None,
        "areas": [{"id": area, "title": areas[area].title} for area in approach.areas],
        "topics": [{"id": topic, "title": topics[topic].title, "area": topics[topic].area} for topic in approach.topics],
        "readings": [{"id": work, "title": works[work].title} for work in approach.readings],
    }


def _draw_map(desk: Desk) -> None:
    catalogue, out = desk.catalogue, desk.out
    rows = approach_rows(catalogue, desk.marks(), out.is_ascii)
    width = min(48, max(28, out.width - 2 * len(catalogue.areas) - 1))
    out.segments([(" " * (width + 1) + " ".join(area_codes(catalogue)), "heading")])
    for _, label, role, cells in rows:
        shown = label if len(label) <= width else label[: width - (3 if out.is_ascii else 1)] + ("..." if out.is_ascii else "…")
        line = " ".join(sign for _, sign, _, _ in cells)
        out.segments([(shown.ljust(width + 1), "heading" if role == "section" else "text"), (line, "text")])
    out.line()
    for code, area in zip(area_codes(catalogue), catalogue.areas.values(), strict=True):
        out.line(f"{code}  {area.title}")
    out.line(
        f"\n{glyph('ready', out.is_ascii)} needed   {glyph('started', out.is_ascii)} some of it known   "
        f"{glyph('known', out.is_ascii)} all of it known.   companion map APPROACH shows one in full."
    )
    out.line(" ".join(catalogue.approaches))


def list_topics(arguments: argparse.Namespace) -> int:
    """`companion topics [QUERY]`."""
    desk = open_desk(arguments)
    wanted = (arguments.query or "").casefold().split()
    topics = [
        topic
        for topic in desk.catalogue.topics.values()
        if all(word in f"{topic.id} {topic.title} {topic.area} {desk.catalogue.areas[topic.area].title}".casefold() for word in wanted)
    ]
    if arguments.json:
        desk.out.json(
            [
                {
                    "id": topic.id,
                    "title": topic.title,
                    "area": topic.area,
                    "level": topic.level,
                    "prerequisites": [need.id for need in topic.prerequisites],
                    "skills": len(topic.skills),
                    "exercises": len(topic.exercises),
                    "written": topic.written,
                }
                for topic in topics
            ]
        )
        return 0
    if not topics:
        raise UsageError(_unknown("topic", arguments.query, desk.catalogue.nearest(arguments.query)))
    marks = desk.marks()
    rows = [(glyph(marks[topic.id], desk.out.is_ascii), str(topic.level), topic.id, topic.title) for topic in topics]
    desk.out.table(("", "level", "id", "title"), rows)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """`companion show WHAT`: a topic, an approach or a work, by its id or its title."""
    desk = open_desk(arguments)
    catalogue = desk.catalogue
    found = resolve_goal(catalogue, arguments.what)
    identifier = found.id.partition("/")[0]
    if found.kind == "topic":
        page = topic_page(catalogue, catalogue.topics[identifier], catalogue.body(identifier), desk.signs())
    elif found.kind == "approach":
        page = approach_page(catalogue, catalogue.approaches[identifier], desk.signs())
    else:
        page = reading_page(catalogue, catalogue.readings[identifier], desk.signs())
    desk.out.page(f"# {goal_title(catalogue, Goal(found.kind, identifier))}\n\n{page}")
    return 0


def show_path(arguments: argparse.Namespace) -> int:
    """`companion path GOAL`."""
    desk = open_desk(arguments)
    path = _path(desk, arguments.goal)
    if arguments.json:
        desk.out.json(
            {
                "goal": path.goal.id,
                "minutes": path.minutes,
                "steps": [
                    {"id": step.id, "title": step.title, "minutes": step.minutes, "status": step.status, "because": list(step.because)}
                    for step in path.steps
                ],
            }
        )
        return 0
    if not path.steps:
        desk.out.line(f"You know everything that {path.title} needs.")
        return 0
    desk.out.segments([(f"{path.title}: {len(path.steps)} topics, about {hours(path.minutes)}", "heading")])
    marks = desk.marks()
    rows = [
        (str(number), glyph(marks[step.id], desk.out.is_ascii), step.title, f"{step.minutes} min", ", ".join(step.because))
        for number, step in enumerate(path.steps, 1)
    ]
    desk.out.table(("", "", "topic", "time", "because of"), rows)
    return 0


def _path(desk: Desk, goal: str | None) -> Path:
    chosen = resolve_goal(desk.catalogue, goal) if goal else desk.progress.goal
    if chosen.kind is None:
        raise UsageError("You have no goal yet. Name one: companion path GOAL, or press g on a topic, a work or an approach in the app.")
    return plan(desk.catalogue, desk.progress, chosen)


def show_why(arguments: argparse.Namespace) -> int:
    """`companion why TOPIC`."""
    desk = open_desk(arguments)
    topic = desk.catalogue.topics.get(arguments.topic)
    if topic is None:
        raise UsageError(_unknown("topic", arguments.topic, desk.catalogue.nearest(arguments.topic)))
    path = _path(desk, arguments.goal)
    if arguments.json:
        on_path = any(step.id == topic.id for step in path.steps)
        given = [{"id": later, "why": why} for later, why in reasons(desk.catalogue, path, topic.id)]
        desk.out.json({"topic": topic.id, "goal": path.goal.id, "on_path": on_path, "because": given})
        return 0
    if all(step.id != topic.id for step in path.steps):
        known = desk.marks()[topic.id] in KNOWN
        why = "you know it already" if known else "nothing on that path needs it"
        desk.out.line(f"{topic.title} is not on the path to {path.title}: {why}.")
        return 0
    found = reasons(desk.catalogue, path, topic.id)
    if not found:
        desk.out.line(f"{topic.title} is what you are going for.")
    for later, why in found:
        desk.out.page(f"**{desk.catalogue.topics[later].title}** needs it: {why}")
    return 0


def list_readings(arguments: argparse.Namespace) -> int:
    """`companion readings [QUERY]`."""
    desk = open_desk(arguments)
    catalogue, marks = desk.catalogue, desk.marks()
    wanted = (arguments.query or "").casefold().split()
    works = [
        work for work in catalogue.readings.values() if all(word in f"{work.id} {work.title} {work.authors}".casefold() for word in wanted)
    ]
    if arguments.json:
        desk.out.json(
            [
                {
                    "id": work.id,
                    "title": work.title,
                    "authors": work.authors,
                    "year": work.year,
                    "kind": work.kind,
                    "chosen": work.chosen,
                    "needs": list(work.needs),
                    "known": _known(work.needs, marks),
                    "chapters": [chapter.id for chapter in work.chapters],
                    "links": work.links,
                }
                for work in works
            ]
        )
    elif not works:
        raise UsageError(_unknown("work", arguments.query, catalogue.nearest(arguments.query)))
    elif len(works) == 1:
        desk.out.page(f"# {works[0].title}\n\n{reading_page(catalogue, works[0], desk.signs())}")
    else:
        rows = [(work.id, work.title, work.authors, str(work.year), f"{_known(work.needs, marks)}/{len(work.needs)}") for work in works]
        desk.out.table(("id", "title", "authors", "year", "known"), rows)
    return 0


def _known(topics: Iterable[str], marks: Mapping[str, Mark]) -> int:
    return sum(marks[topic] in KNOWN for topic in topics)


def _unknown(kind: str, text: str, nearest: Iterable[str]) -> str:
    near = list(nearest)
    return f"There is no {kind} “{text}”.{' Did you mean ' + ' or '.join(near) + '?' if near else ''}"
