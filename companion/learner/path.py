"""The shortest way to a goal: what is still missing, in an order that works, with the reason for every step."""

from __future__ import annotations

from dataclasses import dataclass

from companion.curriculum.graph import PrerequisiteGraph
from companion.learner.events import Goal
from companion.learner.goals import UnknownGoalError, goal_title, goal_topics, resolve_goal
from companion.learner.mastery import Status, known_topics, topic_status
from companion.learner.ports import Curriculum
from companion.learner.progress import Progress

__all__ = ["Path", "Step", "UnknownGoalError", "goal_title", "goal_topics", "plan", "reasons", "resolve_goal"]


@dataclass(frozen=True, slots=True)
class Step:
    """A topic on the way. `because` are the later steps that need it directly; a step without any is a goal itself."""

    id: str
    title: str
    minutes: int
    status: Status
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """The way to a goal; without steps when nothing is missing."""

    goal: Goal
    title: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(step.minutes for step in self.steps)


def plan(catalogue: Curriculum, progress: Progress, goal: Goal) -> Path:
    """The fewest topics that lead to the goal, each after those it needs.

    Of the topics that could come next, the one comes first that the most of the remaining way rests on, per minute.
    """
    known = known_topics(catalogue, progress)
    graph = catalogue.graph
    missing = graph.path_to(goal_topics(catalogue, goal), known)
    resting = _resting_on(graph, missing)
    order = graph.order(missing, lambda topic: -resting[topic] / max(1, catalogue.topics[topic].minutes))
    return Path(goal, goal_title(catalogue, goal), tuple(_step(catalogue, graph, topic, order, known) for topic in order))


def reasons(catalogue: Curriculum, path: Path, topic: str) -> list[tuple[str, str]]:
    """Why a topic is on a path: each later step that needs it, and what that step uses of it. Empty for a goal."""
    needing = next((step.because for step in path.steps if step.id == topic), ())
    return [(later, edge.why) for later in needing for edge in catalogue.topics[later].prerequisites if edge.id == topic]


def _step(catalogue: Curriculum, graph: PrerequisiteGraph, topic: str, order: list[str], known: frozenset[str]) -> Step:
    summary = catalogue.topics[topic]
    return Step(topic, summary.title, summary.minutes, topic_status(summary, known), tuple(graph.because(topic, order)))


def _resting_on(graph: PrerequisiteGraph, path: list[str]) -> dict[str, int]:
    """For each topic of a path (prerequisites first), how many topics of the path need it, directly or not."""
    bits = {topic: 1 << place for place, topic in enumerate(path)}
    later = dict.fromkeys(path, 0)
    for topic in reversed(path):
        for needed in graph.prerequisites(topic):
            if needed in later:
                later[needed] |= later[topic] | bits[topic]
    return {topic: needing.bit_count() for topic, needing in later.items()}
