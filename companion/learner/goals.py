"""What a person can work towards: a topic, a reading or a chapter of it, an approach."""

from __future__ import annotations

from collections.abc import Iterable

from companion.curriculum.model import Reading
from companion.learner.events import Goal, GoalKind
from companion.learner.ports import Curriculum


class UnknownGoalError(LookupError):
    """Nothing has this id. `nearest` are ids that look like it, the likeliest first; the text is a sentence for the user."""

    def __init__(self, text: str, nearest: tuple[str, ...]) -> None:
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no topic, reading or approach “{text}”.{hint}")
        self.nearest = nearest


def resolve_goal(catalogue: Curriculum, text: str) -> Goal:
    """The goal that a person names by the id or the title of a topic, a reading or an approach, or by `reading/chapter`.

    An id that stands for several is the topic, else the reading; `reading:ID` and `approach:ID` say which.
    Raises UnknownGoalError.
    """
    wanted = text.strip()
    prefix, colon, rest = wanted.partition(":")
    kinds: dict[str, GoalKind] = {"topic": "topic", "reading": "reading", "approach": "approach"}
    said = colon and prefix in kinds
    candidates = [Goal(kinds[prefix], rest)] if said else [Goal(kind, wanted) for kind in kinds.values()]
    for candidate in candidates:
        if _exists(catalogue, candidate):
            return candidate
    titles = _titles(catalogue)
    named = next((goal for goal, title in titles.items() if title.casefold() == wanted.casefold()), None)
    if named is not None:
        return named
    raise UnknownGoalError(wanted, _nearest(rest if said else wanted, titles))


def goal_title(catalogue: Curriculum, goal: Goal) -> str:
    """What a goal is called; empty for none, the id where the catalogue no longer has it."""
    if goal.kind == "topic" and goal.id in catalogue.topics:
        return catalogue.topics[goal.id].title
    if goal.kind == "approach" and goal.id in catalogue.approaches:
        return catalogue.approaches[goal.id].title
    if goal.kind == "reading":
        work, _, chapter = goal.id.partition("/")
        reading = catalogue.readings.get(work)
        if reading is not None:
            return " · ".join([reading.title, *(part.title for part in reading.chapters if part.id == chapter)])
    return goal.id


def goal_topics(catalogue: Curriculum, goal: Goal) -> tuple[str, ...]:
    """The topics that must be known for a goal: a topic itself; what a reading (or one chapter of it) or an approach needs.

    Empty for no goal, and for one that the catalogue no longer has.
    """
    wanted: Iterable[str] = ()
    if goal.kind == "topic":
        wanted = (goal.id,)
    elif goal.kind == "approach" and goal.id in catalogue.approaches:
        wanted = catalogue.approaches[goal.id].topics
    elif goal.kind == "reading":
        work, _, chapter = goal.id.partition("/")
        reading = catalogue.readings.get(work)
        wanted = () if reading is None else _needs(reading, chapter)
    return tuple(topic for topic in dict.fromkeys(wanted) if topic in catalogue.topics)


def _needs(reading: Reading, chapter: str) -> list[str]:
    chosen = [part for part in reading.chapters if chapter in ("", part.id)]
    return [*reading.needs, *(topic for part in chosen for topic in part.needs)]


def _exists(catalogue: Curriculum, goal: Goal) -> bool:
    if goal.kind == "topic":
        return goal.id in catalogue.topics
    if goal.kind == "approach":
        return goal.id in catalogue.approaches
    work, slash, chapter = goal.id.partition("/")
    reading = catalogue.readings.get(work)
    return reading is not None and (not slash or any(part.id == chapter for part in reading.chapters))


def _titles(catalogue: Curriculum) -> dict[Goal, str]:
    titles = {Goal("topic", topic.id): topic.title for topic in catalogue.topics.values()}
    for reading in catalogue.readings.values():
        titles[Goal("reading", reading.id)] = reading.title
        titles.update({Goal("reading", f"{reading.id}/{part.id}"): part.title for part in reading.chapters})
    titles.update({Goal("approach", approach.id): approach.title for approach in catalogue.approaches.values()})
    return titles


def _nearest(text: str, titles: dict[Goal, str]) -> tuple[str, ...]:
    from difflib import get_close_matches  # only needed for a mistyped goal

    by_name: dict[str, str] = {}
    for goal, title in titles.items():
        by_name.setdefault(title.casefold(), goal.id)
    by_name.update({goal.id: goal.id for goal in titles})
    lowered = text.casefold()
    alike = [by_name[name] for name in get_close_matches(lowered, by_name, n=6, cutoff=0.5)]
    within = [goal.id for goal in titles if lowered and lowered in goal.id]
    return tuple(dict.fromkeys([*alike, *within]))[:5]
