"""The prerequisite graph, on ids alone.

Edges go from a topic to what it needs directly. Nothing here recurses, so that
the length of a chain is no matter; where an order is free, it is the order in
which the topics were given, so that results are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush


class PrerequisiteGraph:
    """Topics and what each needs directly.

    `prerequisites` maps every topic to the topics it needs directly; a topic that only occurs as a prerequisite counts as one without any.
    The graph may have cycles: only `order` and `path_to` need it to be acyclic, and raise `ValueError` otherwise.
    """

    def __init__(self, prerequisites: Mapping[str, Iterable[str]]) -> None:
        self._needs: dict[str, tuple[str, ...]] = {topic: tuple(dict.fromkeys(needed)) for topic, needed in prerequisites.items()}
        for needed in tuple(self._needs.values()):
            for topic in needed:
                self._needs.setdefault(topic, ())
        self._rank = {topic: rank for rank, topic in enumerate(self._needs)}
        self._needed_by: dict[str, list[str]] = {topic: [] for topic in self._needs}
        for topic, needed in self._needs.items():
            for prerequisite in needed:
                self._needed_by[prerequisite].append(topic)

    def __contains__(self, topic: object) -> bool:
        return topic in self._needs

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, in the order given."""
        return tuple(self._needs)

    def prerequisites(self, topic: str) -> tuple[str, ...]:
        """What a topic needs directly."""
        return self._needs[topic]

    def direct_dependents(self, topic: str) -> tuple[str, ...]:
        """The topics that need this one directly."""
        return tuple(self._needed_by[topic])

    def ancestors(self, topic: str) -> frozenset[str]:
        """Everything a topic needs, directly or not; the topic itself is not among it (unless it lies on a cycle)."""
        return frozenset(_reached(self._needs[topic], self._needs.__getitem__))

    def dependents(self, topic: str) -> frozenset[str]:
        """Everything that needs a topic, directly or not."""
        return frozenset(_reached(self._needed_by[topic], self._needed_by.__getitem__))

    def outer_fringe(self, known: Iterable[str]) -> list[str]:
        """What can be learned next: topics that are not known and whose direct prerequisites all are."""
        have = set(known)
        return [topic for topic, needed in self._needs.items() if topic not in have and have.issuperset(needed)]

    def unlocks(self, topic: str, known: Iterable[str]) -> list[str]:
        """The topics that become ready as soon as this one is known too."""
        have = {*known, topic}
        return [later for later in self._needed_by[topic] if later not in have and have.issuperset(self._needs[later])]

    def order(self, topics: Iterable[str] | None = None, cost: Callable[[str], float] | None = None) -> list[str]:
        """Topics (all, or those given) so that each stands after those it needs among them.

        Of the topics that could come next the one of least `cost` comes first; equal ones come in the order given to the graph.
        Kahn's algorithm (Communications of the ACM 5, 1962). Raises `ValueError` if there is a cycle.
        """
        chosen = set(self._needs if topics is None else topics)
        missing = {topic: sum(needed in chosen for needed in self._needs[topic]) for topic in chosen}
        ready: list[tuple[float, int, str]] = []
        for topic in chosen:
            if not missing[topic]:
                heappush(ready, self._entry(topic, cost))
        ordered: list[str] = []
        while ready:
            _, _, topic = heappop(ready)
            ordered.append(topic)
            for later in self._needed_by[topic]:
                if later in chosen:
                    missing[later] -= 1
                    if not missing[later]:
                        heappush(ready, self._entry(later, cost))
        if len(ordered) < len(chosen):
            raise ValueError("the prerequisites have a cycle")
        return ordered

    def _entry(self, topic: str, cost: Callable[[str], float] | None) -> tuple[float, int, str]:
        return (cost(topic) if cost else 0.0, self._rank[topic], topic)

    def path_to(self, goals: Iterable[str], known: Iterable[str] = (), cost: Callable[[str], float] | None = None) -> list[str]:
        """The fewest topics that lead from what is known to the goals, each after those it needs.

        What is needed only by topics that are known is left out; goals that are known are left out too.
        """
        have = set(known)
        wanted = _reached([goal for goal in goals if goal not in have], lambda topic: [t for t in self._needs[topic] if t not in have])
        return self.order(wanted, cost)

    def because(self, topic: str, path: Iterable[str]) -> list[str]:
        """Why a topic is on a path: the topics of the path that need it directly."""
        needing = set(self._needed_by[topic])
        return [step for step in path if step in needing]

    def redundant(self) -> list[tuple[str, str, str]]:
        """Edges that others imply: `(topic, prerequisite, through)`, where `through` is a direct prerequisite that needs it already."""
        found = []
        for topic, needed in self._needs.items():
            if len(needed) < 2:
                continue
            above = {other: self.ancestors(other) for other in needed}
            for prerequisite in needed:
                through = next((other for other in needed if other != prerequisite and prerequisite in above[other]), None)
                if through is not None:
                    found.append((topic, prerequisite, through))
        return found


def _reached(start: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        topic = waiting.pop()
        if topic not in seen:
            seen.add(topic)
            waiting.extend(following(topic))
    return seen


def cycle(edges: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Some cycle `[a, b, …, a]` in which each needs the next, or `None`. Depth-first search with a stack of its own."""
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        trail: dict[str, None] = {start: None}
        stack = [(start, iter(edges.get(start, ())))]
        while stack:
            topic, rest = stack[-1]
            needed = next(rest, None)
            if needed is None:
                stack.pop()
                trail.pop(topic)
                done.add(topic)
            elif needed in trail:
                names = list(trail)
                return [*names[names.index(needed) :], needed]
            elif needed not in done:
                trail[needed] = None
                stack.append((needed, iter(edges.get(needed, ()))))
    return None
