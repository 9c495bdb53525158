"""Topics, approaches and works as pages of Markdown, for the app and for the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.curriculum.catalogue import Catalogue
    from companion.curriculum.model import Approach, Chapter, Example, Reading, Theorem, Topic, TopicBody

Signs = Mapping[str, str]
"""The sign of each topic, in glyphs that can be shown."""

NOT_WRITTEN = (
    "This topic has no notes and no exercises yet. What it is for, its skills, what it needs and where to read about it stand here."
)

STATUS = {
    "mainstream": "Mainstream",
    "active": "Active research",
    "frontier": "Frontier",
}


def topic_page(catalogue: Catalogue, topic: Topic, body: TopicBody, signs: Signs, unfolded: Mapping[str, int] | None = None) -> str:
    """A topic: objective, notes, skills, what it needs, what needs it, where to read.

    `unfolded` says how many steps of each example are shown; without it all are.
    """
    parts = [f"*Level {topic.level} · {catalogue.areas[topic.area].title} · about {topic.minutes} minutes*", topic.objective]
    if body.notes:
        parts.append(body.notes)
    else:
        parts.append(f"> {NOT_WRITTEN}")
    parts += [_theorem(theorem) for theorem in body.theorems]
    for number, example in enumerate(body.examples, 1):
        shown = len(example.steps) if unfolded is None else unfolded.get(example.id, 0)
        parts.append(f"### Example {number}\n\n{_example(example, shown)}")
    parts.append("## Skills\n\n" + "\n".join(f"- {skill.can}" for skill in topic.skills))
    if topic.prerequisites:
        needs = [f"- {_named(catalogue, need.id, signs)}: {need.why}" for need in topic.prerequisites]
        parts.append("## What it needs\n\n" + "\n".join(needs))
    dependents = catalogue.graph.direct_dependents(topic.id)
    if dependents:
        parts.append("## What it leads to\n\n" + "\n".join(f"- {_named(catalogue, other, signs)}" for other in dependents))
    if topic.readings:
        cited = [
            f"- {catalogue.readings[citation.work].title}: {citation.where}{'' if citation.confirmed else ' (not checked)'}"
            for citation in topic.readings
        ]
        parts.append("## Where to read\n\n" + "\n".join(cited))
    if topic.exercises:
        variants = sum(exercise.variants for exercise in topic.exercises)
        listed = "\n".join(f"- `{entry.id}` (difficulty {entry.difficulty}, {_questions(entry.variants)})" for entry in topic.exercises)
        parts.append(f"## Exercises\n\n{len(topic.exercises)} exercises, {variants} different questions.\n\n{listed}")
    return "\n\n".join(parts)


def _questions(variants: int) -> str:
    return "1 question" if variants == 1 else f"{variants} questions"


def _example(example: Example, shown: int) -> str:
    parts = [example.problem, *(f"*Step {number}.* {step}" for number, step in enumerate(example.steps[:shown], 1))]
    folded = len(example.steps) - min(shown, len(example.steps))
    if folded:
        parts.append(f"*{folded} more {'step' if folded == 1 else 'steps'}: o shows the next.*")
    return "\n\n".join(parts)


def next_to_unfold(body: TopicBody, unfolded: Mapping[str, int]) -> str | None:
    """The example whose next step is shown next: the first that has been begun and not finished, else the first that has steps left."""
    left = [example.id for example in body.examples if unfolded.get(example.id, 0) < len(example.steps)]
    return next((example for example in left if unfolded.get(example)), left[0] if left else None)


def _theorem(theorem: Theorem) -> str:
    hypotheses = "\n".join(f"- ({hypothesis.id}) {hypothesis.text}" for hypothesis in theorem.hypotheses)
    return f"### {theorem.name}\n\nHypotheses:\n\n{hypotheses}\n\nConclusion: {theorem.conclusion}"


def _named(catalogue: Catalogue, topic: str, signs: Signs) -> str:
    return f"{signs[topic]} {catalogue.topics[topic].title}"


def approach_page(catalogue: Catalogue, approach: Approach, signs: Signs) -> str:
    """An approach: its question, what is proved, what is open, what it needs."""
    parts = [f"*{STATUS[approach.status]}*", f"**The question.** {approach.question}", f"## What is proved\n\n{approach.proved}"]
    parts.append(f"## What is open\n\n{approach.open}")
    if approach.corrected:
        parts.append(f"## Often said, and wrong\n\n{approach.corrected}")
    areas = ", ".join(catalogue.areas[area].title for area in approach.areas)
    parts.append(f"## Mathematics it needs\n\n{areas}.")
    parts.append("## Topics\n\n" + "\n".join(f"- {_named(catalogue, topic, signs)}" for topic in approach.topics))
    if approach.readings:
        parts.append("## Works\n\n" + "\n".join(f"- {_cited(catalogue.readings[work])}" for work in approach.readings))
    return "\n\n".join(parts)


def _cited(reading: Reading) -> str:
    return f"{reading.title} ({reading.authors}, {reading.year})"


def reading_page(catalogue: Catalogue, reading: Reading, signs: Signs) -> str:
    """A work: what it is, for whom, what it needs, what of this was checked."""
    chosen = " · our choice: the question behind the map names no work here" if reading.chosen else ""
    parts = [f"*{reading.authors} · {reading.year} · {reading.kind}{' · free to read' if reading.free else ''}{chosen}*", reading.about]
    parts.append(f"**For whom.** {reading.audience}")
    if reading.links:
        parts.append("**Links.** " + ", ".join(f"{kind} {target}" for kind, target in reading.links.items()))
    if reading.needs:
        parts.append("## What it needs\n\n" + "\n".join(f"- {_named(catalogue, topic, signs)}" for topic in reading.needs))
    else:
        parts.append("## What it needs\n\nNothing of this map.")
    if reading.chapters:
        parts.append("## Chapters\n\n" + "\n".join(_chapter(catalogue, chapter) for chapter in reading.chapters))
    parts.append(f"**Checked.** {reading.checked}")
    return "\n\n".join(parts)


def _chapter(catalogue: Catalogue, chapter: Chapter) -> str:
    needs = ", ".join(catalogue.topics[topic].title for topic in chapter.needs)
    unchecked = "" if chapter.confirmed else " (not checked)"
    return f"- **{chapter.id}** {chapter.title}{unchecked}{': needs ' + needs if needs else ''}"


def hours(minutes: int) -> str:
    """A time in words: `45 minutes`, `7 hours`."""
    if minutes < 1:
        return "less than a minute"
    if minutes < 90:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{round(minutes / 60)} hours"


def short_authors(authors: str) -> str:
    """Authors for a list: all of two, the first of more."""
    names = authors.split(", ")
    return authors if len(names) <= 2 else f"{names[0]} et al."
