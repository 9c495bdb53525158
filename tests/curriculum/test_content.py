"""The shipped content."""

from __future__ import annotations

import pytest

from companion.curriculum.catalogue import Catalogue, open_catalogue
from companion.curriculum.checks import check
from companion.curriculum.compile import compile_pack
from companion.curriculum.places import content_folder


@pytest.fixture(scope="module")
def catalogue(compiled_cache: object) -> Catalogue:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPANION_CACHE", str(compiled_cache))
        return open_catalogue()


def test_it_compiles_without_a_problem() -> None:
    assert [str(problem) for problem in compile_pack(content_folder()).problems] == []


def test_every_topic_of_the_map_is_there(catalogue: Catalogue) -> None:
    assert len(catalogue.topics) == 199
    assert len(catalogue.areas) == 21
    assert {topic.area for topic in catalogue.topics.values()} == set(catalogue.areas)


def test_every_topic_has_two_to_five_skills_and_a_reason_for_every_prerequisite(catalogue: Catalogue) -> None:
    for topic in catalogue.topics.values():
        assert 2 <= len(topic.skills) <= 5, topic.id
        assert all(len(prerequisite.why) > 10 for prerequisite in topic.prerequisites), topic.id


def test_levels_never_fall_along_the_graph(catalogue: Catalogue) -> None:
    for topic in catalogue.topics.values():
        assert all(catalogue.topics[needed.id].level <= topic.level for needed in topic.prerequisites), topic.id


def test_every_approach_and_every_work_leads_into_the_map(catalogue: Catalogue) -> None:
    assert catalogue.approaches
    assert catalogue.readings
    assert {approach.status for approach in catalogue.approaches.values()} == {"mainstream", "active", "frontier"}
    for approach in catalogue.approaches.values():
        assert approach.topics, approach.id
        assert set(approach.topics) <= set(catalogue.topics), approach.id
        assert set(approach.areas) <= set(catalogue.areas), approach.id
        assert set(approach.readings) <= set(catalogue.readings), approach.id
    for work in catalogue.readings.values():
        assert set(work.needs) <= set(catalogue.topics), work.id


def test_every_path_starts_from_nothing(catalogue: Catalogue) -> None:
    have: set[str] = set()
    for topic in catalogue.graph.order():
        assert have.issuperset(catalogue.graph.prerequisites(topic))
        have.add(topic)


@pytest.mark.full
def test_it_passes_its_own_check() -> None:
    report = check()
    assert [str(problem) for problem in report.problems] == []
    assert report.topics == 199
