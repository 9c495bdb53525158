from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.curriculum.graph import PrerequisiteGraph, cycle

Edges = dict[str, list[str]]


@st.composite
def acyclic(draw: st.DrawFn) -> Edges:
    """Random topics in a random order, each needing some of a lower number."""
    size = draw(st.integers(1, 9))
    edges = {f"t{n}": sorted(draw(st.sets(st.sampled_from([f"t{m}" for m in range(n)]), max_size=4))) if n else [] for n in range(size)}
    return dict(sorted(edges.items(), key=lambda item: draw(st.integers(0, 99))))


def needs(edges: Edges, topic: str, other: str) -> bool:
    """Whether a topic needs another, directly or not, by the definition."""
    return any(needed == other or needs(edges, needed, other) for needed in edges[topic])


@given(acyclic())
def test_ancestors_and_dependents_are_what_the_definition_says(edges: Edges) -> None:
    graph = PrerequisiteGraph(edges)
    for topic in edges:
        assert graph.ancestors(topic) == {other for other in edges if needs(edges, topic, other)}
        assert graph.dependents(topic) == {other for other in edges if needs(edges, other, topic)}
        assert set(graph.direct_dependents(topic)) == {other for other in edges if topic in edges[other]}


@given(acyclic(), st.permutations(range(9)))
def test_in_any_order_each_topic_stands_after_what_it_needs(edges: Edges, costs: list[int]) -> None:
    graph = PrerequisiteGraph(edges)
    for order in (graph.order(), graph.order(cost=lambda topic: costs[int(topic[1:])])):
        position = {topic: index for index, topic in enumerate(order)}
        assert set(order) == set(edges)
        assert all(position[needed] < position[topic] for topic in edges for needed in edges[topic])


@given(acyclic(), st.data())
def test_the_fringe_is_what_is_unknown_and_ready(edges: Edges, data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(edges))))
    graph = PrerequisiteGraph(edges)
    fringe = graph.outer_fringe(known)
    assert set(fringe) == {topic for topic in edges if topic not in known and set(edges[topic]) <= known}
    for topic in fringe:
        after = set(graph.outer_fringe({*known, topic}))
        assert set(graph.unlocks(topic, known)) == after - set(fringe)


@given(acyclic(), st.data())
def test_a_path_can_be_walked_and_nothing_on_it_can_be_spared(edges: Edges, data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(edges))))
    goals = data.draw(st.sets(st.sampled_from(sorted(edges)), min_size=1))
    graph = PrerequisiteGraph(edges)
    path = graph.path_to(goals, known)
    have = set(known)
    for step in path:
        assert step not in have
        assert set(edges[step]) <= have
        have.add(step)
    assert goals <= have
    for step in path:
        assert step in goals or graph.because(step, path)
        assert all(step in edges[reason] for reason in graph.because(step, path))


@given(acyclic())
def test_an_edge_is_redundant_exactly_if_it_can_be_removed_without_loss(edges: Edges) -> None:
    graph = PrerequisiteGraph(edges)
    found = {(topic, needed) for topic, needed, _ in graph.redundant()}
    for topic, direct in edges.items():
        for needed in direct:
            without = {**edges, topic: [other for other in direct if other != needed]}
            assert ((topic, needed) in found) == needs(without, topic, needed)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6))
def test_a_cycle_is_found_exactly_if_there_is_no_order(edges: Edges) -> None:
    circle = cycle(edges)
    graph = PrerequisiteGraph(edges)
    if circle is None:
        graph.order()
    else:
        assert circle[0] == circle[-1]
        assert all(second in edges[first] for first, second in pairwise(circle))
        with pytest.raises(ValueError, match="cycle"):
            graph.order()


def test_a_long_chain_needs_no_recursion() -> None:
    size = 20_000
    edges = {f"t{n}": [f"t{n - 1}"] if n else [] for n in range(size)}
    graph = PrerequisiteGraph(edges)
    last = f"t{size - 1}"
    assert len(graph.ancestors(last)) == size - 1
    assert graph.path_to([last])[0] == "t0"
    assert cycle(edges) is None
    assert cycle({**edges, "t0": [last]}) is not None


def test_what_is_needed_only_by_something_known_is_left_out() -> None:
    graph = PrerequisiteGraph({"goal": ["known", "new"], "known": ["forgotten"], "forgotten": [], "new": []})
    assert graph.path_to(["goal"], ["known"]) == ["new", "goal"]
    assert graph.because("new", ["new", "goal"]) == ["goal"]
