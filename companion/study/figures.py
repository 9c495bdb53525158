"""Where a person stands, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.study.pages import hours

if TYPE_CHECKING:
    from companion.curriculum.catalogue import Catalogue
    from companion.learner.statistics import Statistics, WeakSkill

SECURE = 0.95
"""A skill that is likelier than this to be recalled is not called weak."""


def figures_page(catalogue: Catalogue, numbers: Statistics) -> str:
    """The numbers in words, as Markdown."""
    parts = [_totals(numbers), f"## Reviews\n\n{_reviews(numbers)}"]
    weak = [skill for skill in numbers.weakest if not skill.passed or skill.recall < SECURE]
    if weak:
        parts.append("## Weakest skills\n\n" + "\n".join(_weak(catalogue, skill) for skill in weak))
    parts.append(f"## Areas\n\n{_areas(numbers)}")
    return "\n\n".join(parts)


def _totals(numbers: Statistics) -> str:
    if not numbers.attempts:
        answered = "You have not answered a question yet."
    else:
        share = f", {numbers.share_correct:.0%} right" if numbers.share_correct is not None else ""
        days = "1 day" if numbers.days_active == 1 else f"{numbers.days_active} days"
        counted = "1 answer" if numbers.counted == 1 else f"{numbers.counted} answers"
        answered = f"{counted} counted{share}, in {hours(round(numbers.seconds / 60))} on {days}."
    return f"{answered}\n\n{numbers.known} of {numbers.topics} topics known, {numbers.started} begun."


def _reviews(numbers: Statistics) -> str:
    later = sum(numbers.forecast[1:])
    return f"Skills due today: {numbers.due}. In the {len(numbers.forecast) - 1} days after: {later}."


def _weak(catalogue: Catalogue, weak: WeakSkill) -> str:
    topic = catalogue.topics[weak.skill.partition("/")[0]]
    can = next((known.can for known in topic.skills if known.id == weak.skill), weak.skill)
    how = f"{weak.recall:.0%} likely to be recalled" if weak.passed else "not right at the last review"
    return f"- {topic.title}: {can} *({how})*"


def _areas(numbers: Statistics) -> str:
    rows = "\n".join(f"| {area.title} | {area.topics} | {area.written} | {area.started} | {area.known} |" for area in numbers.areas)
    return f"| area | topics | written | begun | known |\n|---|---|---|---|---|\n{rows}"
