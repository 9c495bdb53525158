"""What to do now: what is due, the next step towards the goal, what has been begun, what could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from companion.learner.mastery import TopicState, standings
from companion.learner.path import Path, Step, plan
from companion.learner.ports import Curriculum
from companion.learner.progress import Progress
from companion.learner.review import DueSkill, due_skills


@dataclass(frozen=True, slots=True)
class Today:
    """What the first screen says.

    `due` in the order of review; `path` towards the goal, None without one; `next_step` the step of it to study now;
    `begun` and `ready` the other written topics to go on with or to begin, in the catalogue's order.
    """

    due: tuple[DueSkill, ...]
    path: Path | None
    next_step: Step | None
    begun: tuple[str, ...]
    ready: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether there is a goal and nothing is missing for it."""
        return self.path is not None and not self.path.steps


def what_now(catalogue: Curriculum, progress: Progress, today: date) -> Today:
    """What a person should be offered on this day."""
    standing = standings(catalogue, progress, today)
    path = plan(catalogue, progress, progress.goal) if progress.goal.kind is not None else None
    step = None if path is None else next_step(path)
    other = [topic for topic in catalogue.topics.values() if topic.written and (step is None or topic.id != step.id)]
    return Today(
        due=tuple(due_skills(catalogue, progress, today)),
        path=path,
        next_step=step,
        begun=tuple(topic.id for topic in other if standing[topic.id].state is TopicState.STARTED and not standing[topic.id].known),
        ready=tuple(topic.id for topic in other if standing[topic.id].state is TopicState.READY and not standing[topic.id].known),
    )


def next_step(path: Path) -> Step | None:
    """The step to study now: the first that is ready; else, where what comes before is not written yet, the first that is written."""
    ready = (step for step in path.steps if step.status == "ready")
    written = (step for step in path.steps if step.status == "locked")
    return next(ready, None) or next(written, None)
