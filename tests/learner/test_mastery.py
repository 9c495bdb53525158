from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.answers.protocol import Verdict
from companion.learner.mastery import SkillState, TopicState, known_topics, skill_state, standings
from companion.learner.memory import Answer, remember
from companion.learner.progress import Progress

from .curricula import Curricula, curriculum, topic
from .hand_clock import FIRST_DAY

catalogue = curriculum(
    topic("sets", skills=2),
    topic("limits", ["sets"]),
    topic("series", ["limits"]),
    topic("unwritten", skills=0),
    topic("beyond", ["unwritten"]),
)


def progress(ticked: set[str] | None = None, **verdicts: Verdict) -> Progress:
    """Verdicts of the first day by skill, `sets_0` for `sets/s0`."""
    cards = {}
    for name, verdict in verdicts.items():
        skill = name.replace("_", "/s")
        card = remember(skill, [Answer(FIRST_DAY, verdict, 0, False)])
        assert card is not None
        cards[skill] = card
    return Progress(cards=cards, ticked=frozenset(ticked or ()))


def test_a_skill_is_new_learning_shown_or_fading() -> None:
    now = progress(sets_0="correct", sets_1="incorrect")
    assert skill_state(now, "limits/s0", FIRST_DAY) is SkillState.NEW
    assert skill_state(now, "sets/s1", FIRST_DAY) is SkillState.LEARNING
    assert skill_state(now, "sets/s0", FIRST_DAY) is SkillState.SHOWN
    assert skill_state(now, "sets/s0", now.cards["sets/s0"].due - timedelta(days=1)) is SkillState.SHOWN
    assert skill_state(now, "sets/s0", now.cards["sets/s0"].due) is SkillState.FADING


@pytest.mark.parametrize(
    ("what", "now", "state", "status"),
    [
        ("sets", progress(), TopicState.READY, "ready"),
        ("sets", progress(sets_0="correct"), TopicState.STARTED, "ready"),
        ("sets", progress(sets_0="correct", sets_1="incorrect"), TopicState.STARTED, "ready"),
        ("sets", progress(sets_0="correct", sets_1="correct"), TopicState.MASTERED, "known"),
        ("sets", progress({"sets"}), TopicState.READY, "known"),
        ("limits", progress(), TopicState.LOCKED, "locked"),
        ("limits", progress(sets_0="correct", sets_1="correct"), TopicState.READY, "ready"),
        ("limits", progress({"sets"}), TopicState.READY, "ready"),
        ("limits", progress(limits_0="incorrect"), TopicState.STARTED, "locked"),
        ("series", progress({"sets"}), TopicState.LOCKED, "locked"),
        ("unwritten", progress(), TopicState.UNWRITTEN, "unwritten"),
        ("unwritten", progress({"unwritten"}), TopicState.UNWRITTEN, "known"),
        ("beyond", progress(), TopicState.LOCKED, "locked"),
        ("beyond", progress({"unwritten"}), TopicState.READY, "ready"),
    ],
)
def test_the_rule(what: str, now: Progress, state: TopicState, status: str) -> None:
    standing = standings(catalogue, now, FIRST_DAY)[what]
    assert (standing.state, standing.status) == (state, status)
    assert standing.known == (status == "known") == (what in known_topics(catalogue, now))


def test_what_is_fading_is_still_mastered() -> None:
    now = progress(sets_0="correct", sets_1="correct")
    later = standings(catalogue, now, FIRST_DAY + timedelta(days=1000))["sets"]
    assert later.state is TopicState.MASTERED
    assert (later.shown, later.fading) == (2, 2)


def test_a_skill_without_exercises_does_not_stand_in_the_way() -> None:
    both = topic("sets", skills=2)
    first_only = Curricula({"sets": replace(both, exercises=both.exercises[:1])})
    assert standings(first_only, progress(sets_0="correct"), FIRST_DAY)["sets"].state is TopicState.MASTERED


def test_a_tick_on_a_topic_that_is_gone_is_ignored() -> None:
    assert known_topics(catalogue, progress({"gone"})) == frozenset()


def test_before_the_first_review_nothing_is_due() -> None:
    assert skill_state(progress(sets_0="correct"), "sets/s0", date(1999, 1, 1)) is SkillState.SHOWN
