"""The map, the topics, paths and works on the command line."""

from __future__ import annotations

from typing import Any

import pytest

from companion.curriculum.catalogue import Catalogue, open_catalogue
from companion.learner.events import Goal, Known
from companion.learner.store import open_store

from .conftest import Run

DCT = "dominated-convergence-theorem"
UAT = "universal-approximation-theorem"
RKHS = "reproducing-kernel-hilbert-spaces"


def test_topics_are_all_there_and_some_are_written(run: Run) -> None:
    done = run("topics", "--json")
    assert done.status == 0
    topics = {topic["id"]: topic for topic in done.json}
    assert len(topics) == len(done.json) == 199
    assert {name for name, topic in topics.items() if topic["written"]} >= {DCT, UAT, RKHS}
    assert sum(topic["written"] for topic in topics.values()) >= 13
    for topic in topics.values():
        assert set(topic) == {"id", "title", "area", "level", "prerequisites", "skills", "exercises", "written"}
        assert 1 <= topic["level"] <= 5
        assert 2 <= topic["skills"] <= 5
        assert set(topic["prerequisites"]) <= set(topics)
        assert bool(topic["exercises"]) == topic["written"]


def test_topics_are_found_by_words(run: Run) -> None:
    assert [topic["id"] for topic in run("topics", "reproducing kernel", "--json").json] == [RKHS]
    shown = run("topics", "measure-theory")
    assert shown.status == 0
    assert DCT in shown.out
    assert RKHS not in shown.out
    nothing = run("topics", "reproducing kernle")
    assert (nothing.status, nothing.out) == (2, "")
    assert "reproducing kernle" in nothing.err


def test_every_need_on_the_map_is_resolved(run: Run) -> None:
    catalogue = open_catalogue()
    done = run("map", "--json")
    assert done.status == 0
    approaches = done.json
    assert len(approaches) == len(catalogue.approaches) >= 20
    for approach in approaches:
        assert approach["status"] in ("mainstream", "active", "frontier")
        assert approach["question"]
        assert approach["proved"]
        assert approach["open"]
        assert approach["areas"]
        assert approach["topics"]
        for area in approach["areas"]:
            assert catalogue.areas[area["id"]].title == area["title"]
        for topic in approach["topics"]:
            known = catalogue.topics[topic["id"]]
            assert (known.title, known.area) == (topic["title"], topic["area"])
        for work in approach["readings"]:
            assert catalogue.readings[work["id"]].title == work["title"]


def test_the_map_is_drawn_with_every_approach_and_area(run: Run) -> None:
    catalogue = open_catalogue()
    done = run("map")
    assert done.status == 0
    for area in catalogue.areas.values():
        assert area.title in done.out
    for approach in catalogue.approaches:
        assert approach in done.out
    one = run("map", "density-theorems")
    assert "What is open" in one.out
    assert run("map", "density-theorem").status == 2


def test_every_path_has_what_is_needed_before_what_needs_it(run: Run) -> None:
    catalogue = open_catalogue()
    for goal in (UAT, *catalogue.readings, *(f"approach:{approach}" for approach in catalogue.approaches)):
        done = run("path", goal, "--json")
        assert done.status == 0
        check_path(catalogue, goal, done.json)


def check_path(catalogue: Catalogue, goal: str, path: Any) -> None:
    assert set(path) == {"goal", "minutes", "steps"}
    order = [step["id"] for step in path["steps"]]
    assert len(order) == len(set(order))
    assert path["minutes"] == sum(step["minutes"] for step in path["steps"])
    place = {topic: number for number, topic in enumerate(order)}
    for step in path["steps"]:
        assert step["status"] in ("known", "provisional", "ready", "locked", "unwritten")
        for need in catalogue.topics[step["id"]].prerequisites:
            assert place[need.id] < place[step["id"]]
        assert all(place[later] > place[step["id"]] for later in step["because"])
        assert all(step["id"] in {need.id for need in catalogue.topics[later].prerequisites} for later in step["because"])
    if goal == UAT:
        assert order[-1] == UAT
        assert all(step["because"] for step in path["steps"][:-1])


def test_what_is_known_is_not_on_the_path(run: Run) -> None:
    before = [step["id"] for step in run("path", UAT, "--json").json["steps"]]
    with open_store() as store:
        store.record(Known("hahn-banach-theorem"))
    after = [step["id"] for step in run("path", UAT, "--json").json["steps"]]
    assert "hahn-banach-theorem" in before
    assert "hahn-banach-theorem" not in after
    assert len(after) < len(before)


def test_an_unknown_goal_is_refused_with_the_nearest(run: Run) -> None:
    done = run("path", "universal-aproximation-theorem", "--json")
    assert (done.status, done.out) == (2, "")
    assert UAT in done.err
    nowhere = run("path", "zzzzqqqq")
    assert nowhere.status == 2
    assert "zzzzqqqq" in nowhere.err


def test_without_a_goal_the_path_says_how_to_choose_one(run: Run) -> None:
    done = run("path")
    assert (done.status, done.out) == (2, "")
    assert "goal" in done.err
    with open_store() as store:
        store.record(Goal("topic", DCT))
    assert run("path", "--json").json["goal"] == DCT
    assert "Dominated convergence" in run("path").out


def test_why_a_topic_is_on_the_path(run: Run) -> None:
    done = run("why", "hahn-banach-theorem", "--goal", UAT)
    assert done.status == 0
    assert "Universal approximation" in done.out
    off = run("why", "markov-decision-processes", "--goal", UAT)
    assert off.status == 0
    assert "not on the path" in off.out
    data = run("why", "hahn-banach-theorem", "--goal", UAT, "--json").json
    assert data["on_path"]
    assert UAT in {reason["id"] for reason in data["because"]}
    assert run("why", "no-such-topic", "--goal", UAT).status == 2


@pytest.mark.parametrize("topic", [DCT, UAT, RKHS])
def test_a_written_topic_is_shown_with_notes_that_are_set(run: Run, topic: str) -> None:
    done = run("show", topic)
    assert done.status == 0
    for shown in ("Skills", "What it needs", "Why it matters for deep learning", "Where to read", "Exercises"):
        assert shown in done.out
    assert "\\int" not in done.out
    assert "$" not in done.out


def test_a_topic_without_notes_says_so(run: Run) -> None:
    done = run("show", "mercer-theorem")
    assert done.status == 0
    assert "no notes" in " ".join(done.out.split())
    assert "Skills" in done.out
    unknown = run("show", "mercer-theore")
    assert unknown.status == 2
    assert "mercer-theorem" in unknown.err


@pytest.mark.parametrize("every", [17, pytest.param(1, marks=pytest.mark.full)])
def test_every_topic_approach_and_work_can_be_shown(run: Run, every: int) -> None:
    catalogue = open_catalogue()
    shown = [*catalogue.topics, *catalogue.readings, *(f"approach:{approach}" for approach in catalogue.approaches)]
    for what in shown[::every]:
        done = run("show", what)
        assert (done.status, done.err) == (0, ""), what


def test_works_and_what_they_need(run: Run) -> None:
    catalogue = open_catalogue()
    works = run("readings", "--json").json
    assert {work["id"] for work in works} == set(catalogue.readings)
    for work in works:
        assert set(work["needs"]) <= set(catalogue.topics)
        assert 0 <= work["known"] <= len(work["needs"])
    assert "Cybenko" in run("readings", "cybenko").out
    unknown = run("readings", "cybenkko-superposition")
    assert unknown.status == 2
    assert "cybenko" in unknown.err


def test_a_title_serves_as_well_as_an_id(run: Run) -> None:
    assert run("show", "Dominated convergence theorem").out == run("show", DCT).out
    assert run("path", "Dominated convergence theorem", "--json").json["goal"] == DCT
