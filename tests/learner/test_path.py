from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.learner.events import Goal
from companion.learner.path import UnknownGoalError, goal_title, goal_topics, plan, reasons, resolve_goal
from companion.learner.progress import Progress

from .curricula import Curricula, approach, curriculum, reading, topic

catalogue = curriculum(
    topic("sets"),
    topic("limits", ["sets"], minutes=60),
    topic("vectors", ["sets"], minutes=20),
    topic("integrals", ["limits"]),
    topic("spectra", ["vectors", "integrals"]),
    topic("aside", ["sets"]),
    readings=[reading("book", ["vectors"], {"one": ["limits"], "two": ["spectra", "limits"]})],
    approaches=[approach("kernels", ["spectra", "aside"]), approach("vectors", ["vectors"])],
)


@st.composite
def graphs(draw: st.DrawFn) -> Curricula:
    size = draw(st.integers(1, 14))
    topics = []
    for number in range(size):
        needs = draw(st.sets(st.integers(0, number - 1), max_size=4)) if number else set()
        minutes = draw(st.integers(1, 90))
        topics.append(topic(f"t{number}", [f"t{needed}" for needed in needs], skills=draw(st.integers(0, 1)), minutes=minutes))
    return curriculum(*draw(st.permutations(topics)))


@given(graphs(), st.data())
def test_a_path_is_in_order_and_has_nothing_to_spare(random_catalogue: Curricula, data: st.DataObject) -> None:
    names = sorted(random_catalogue.topics)
    known = frozenset(data.draw(st.sets(st.sampled_from(names))))
    goal = data.draw(st.sampled_from(names))
    path = plan(random_catalogue, Progress(ticked=known), Goal("topic", goal))
    steps = [step.id for step in path.steps]
    assert len(steps) == len(set(steps))
    assert known.isdisjoint(steps)
    assert (steps == []) == (goal in known)
    for place, step in enumerate(path.steps):
        needs = {edge.id for edge in random_catalogue.topics[step.id].prerequisites}
        # Sufficient: whatever a step needs is known, or comes before it.
        assert needs <= known | set(steps[:place])
        # Minimal: every step but the goal is needed by a later one, and says by which.
        assert set(step.because) == {later for later in steps[place + 1 :] if step.id in needs_of(random_catalogue, later)}
        assert step.because or step.id == goal
        assert step.status == expected_status(random_catalogue, step.id, known)
    assert path.minutes == sum(random_catalogue.topics[step].minutes for step in steps)


def needs_of(some: Curricula, name: str) -> set[str]:
    return {edge.id for edge in some.topics[name].prerequisites}


def expected_status(some: Curricula, name: str, known: frozenset[str]) -> str:
    if not some.topics[name].written:
        return "unwritten"
    return "ready" if needs_of(some, name) <= known else "locked"


def test_what_opens_most_per_minute_comes_first() -> None:
    steps = [step.id for step in plan(catalogue, Progress(), Goal("approach", "kernels")).steps]
    # vectors: 1 later step in 20 minutes; limits: 2 in 60; aside: none.
    assert steps == ["sets", "vectors", "limits", "integrals", "spectra", "aside"]


def test_a_long_chain() -> None:
    chain = curriculum(topic("t0"), *(topic(f"t{n}", [f"t{n - 1}"]) for n in range(1, 3000)))
    assert [step.id for step in plan(chain, Progress(), Goal("topic", "t2999")).steps] == [f"t{n}" for n in range(3000)]


def test_no_goal_is_no_path_and_one_that_is_gone_neither() -> None:
    for goal in (Goal(None), Goal("topic", "gone"), Goal("reading", "gone"), Goal("approach", "gone")):
        assert plan(catalogue, Progress(), goal).steps == ()
    assert goal_title(catalogue, Goal("reading", "gone")) == "gone"


def test_a_reading_needs_what_all_its_chapters_need_unless_one_is_chosen() -> None:
    assert goal_topics(catalogue, Goal("reading", "book")) == ("vectors", "limits", "spectra")
    assert goal_topics(catalogue, Goal("reading", "book/one")) == ("vectors", "limits")
    assert goal_title(catalogue, Goal("reading", "book/one")) == "Book · One"


def test_the_reasons_are_the_edges_to_later_steps() -> None:
    path = plan(catalogue, Progress(), Goal("topic", "spectra"))
    assert reasons(catalogue, path, "sets") == [("vectors", "vectors uses sets"), ("limits", "limits uses sets")]
    assert reasons(catalogue, path, "spectra") == []
    assert reasons(catalogue, path, "aside") == []


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("spectra", Goal("topic", "spectra")),
        (" Spectra ", Goal("topic", "spectra")),
        ("vectors", Goal("topic", "vectors")),
        ("approach:vectors", Goal("approach", "vectors")),
        ("book", Goal("reading", "book")),
        ("book/two", Goal("reading", "book/two")),
        ("reading:book", Goal("reading", "book")),
        ("kernels", Goal("approach", "kernels")),
        ("KERNELS", Goal("approach", "kernels")),
    ],
)
def test_a_goal_is_found_by_id_or_title(text: str, goal: Goal) -> None:
    assert resolve_goal(catalogue, text) == goal


@pytest.mark.parametrize(
    ("text", "near"), [("spectrum", "spectra"), ("book/ten", "book/two"), ("approach:kernel", "kernels"), ("Vektors", "vectors")]
)
def test_an_unknown_goal_names_the_nearest(text: str, near: str) -> None:
    with pytest.raises(UnknownGoalError) as raised:
        resolve_goal(catalogue, text)
    assert near in raised.value.nearest
    assert near in str(raised.value)


@pytest.mark.parametrize("text", ["", "   ", ":", "topic:", "zzzzzzzz"])
def test_nonsense_is_near_nothing(text: str) -> None:
    with pytest.raises(UnknownGoalError) as raised:
        resolve_goal(catalogue, text)
    assert raised.value.nearest == ()
