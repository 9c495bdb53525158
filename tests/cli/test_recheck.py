"""Judging again what is disputed or undecided: what is said, what is kept, what is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from companion.answers.client import Grader
from companion.answers.protocol import JUDGE_VERSION, Reply, Verdict
from companion.cli.recheck import _LateBar
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import resolve
from companion.learner.events import Attempt, Dispute, Payload, Recheck
from companion.learner.store import open_store

from .conftest import Run

FIRST = "dominated-convergence-theorem/limit-of-integrals"
OLD = str(int(JUDGE_VERSION) - 1)
SEED = 3


@pytest.fixture(scope="module")
def right() -> Attempt:
    """A right answer, as an old judge might have recorded it."""
    exercise = open_catalogue().exercise(FIRST)
    key = resolve(exercise, SEED).key
    return Attempt(FIRST, exercise.hash, SEED, key, "correct", exercise.skill, judge=OLD)


def keep(*payloads: Payload) -> list[str]:
    with open_store() as store:
        return [event.id for event in store.record_all(payloads)]


def stored() -> list[Payload]:
    with open_store() as store:
        return [event.payload for event in store.events()]


def wrong(right: Attempt) -> Attempt:
    return replace(right, answer={"value": "17"})


def test_with_nothing_to_judge_it_says_so(run: Run, right: Attempt) -> None:
    keep(right)
    done = run("recheck")
    assert (done.status, done.out.strip(), done.err) == (0, "There is nothing to judge again.", "")
    assert run("recheck", "--json").json == {"judge": JUDGE_VERSION, "judged": 0, "results": []}


def test_a_disputed_and_an_undecided_answer_get_the_verdict_they_deserve(run: Run, right: Attempt) -> None:
    disputed, _ = keep(replace(right, verdict="incorrect"), replace(wrong(right), verdict="undecided"))
    keep(Dispute(disputed))
    done = run("recheck")
    assert done.status == 0
    first, second, summary = done.out.splitlines()
    assert first.startswith(f"{FIRST} (seed {SEED})")
    assert first.endswith("was not right, is right now.")
    assert second.endswith("“17”: was not decided, is not right now.")
    assert summary == "2 answers judged again: 2 changed, 0 as before."
    with open_store() as store:
        progress = store.progress()
        assert not progress.disputed
        assert (progress.tallies[FIRST].counted, progress.tallies[FIRST].correct) == (2, 1)
        assert progress.cards[right.skill].passed  # the first verdict of the day is the corrected one


def test_a_second_time_nothing_changes(run: Run, right: Attempt) -> None:
    refused = replace(right, verdict="incorrect")
    disputed, _, _ = keep(wrong(refused), replace(right, verdict="undecided"), refused)
    keep(Dispute(disputed))
    first = run("recheck", "--all", "--json").json
    assert [result["outcome"] for result in first["results"]] == ["same", "changed", "changed"]
    events = stored()
    again = run("recheck", "--all")
    assert stored() == events
    assert "0 changed, 1 as before" in again.out
    assert "still not right, still disputed" in again.out


def test_all_judges_again_what_an_older_judge_decided(run: Run, right: Attempt) -> None:
    accepted, _ = keep(wrong(right), replace(wrong(right), judge=JUDGE_VERSION))
    assert "nothing" in run("recheck").out
    (result,) = run("recheck", "--all", "--json").json["results"]
    assert (result["attempt"], result["was"], result["now"], result["outcome"]) == (accepted, "correct", "incorrect", "changed")
    assert (result["exercise"], result["seed"], result["answer"]) == (FIRST, SEED, {"value": "17"})
    assert isinstance(stored()[-1], Recheck)


def test_a_recheck_can_be_undone(run: Run, right: Attempt) -> None:
    keep(replace(right, verdict="undecided"))
    with open_store() as store:
        before = store.progress()
    run("recheck")
    with open_store() as store:
        assert store.progress() != before
        undone = store.undo()
        assert undone is not None
        assert isinstance(undone.payload, Recheck)
        assert store.progress() == before


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"hash": "other"}, "edited"),
        ({"exercise": "dominated-convergence-theorem/gone"}, "not there"),
        ({"exercise": "no-such-topic/gone"}, "not there"),
        ({"judge": "9999"}, "newer"),
    ],
)
def test_what_nobody_can_judge_fairly_is_left_alone(run: Run, right: Attempt, changed: dict[str, Any], why: str) -> None:
    keep(replace(right, verdict="undecided", **changed))
    done = run("recheck", "--all")
    assert done.status == 0
    assert "left as it is" in done.out
    assert why in done.out
    assert "0 answers judged again: 0 changed, 0 as before; 1 left alone." in done.out
    assert len(stored()) == 1


@pytest.mark.parametrize(("was", "events"), [("correct", 1), ("incorrect", 1), ("undecided", 2)])
def test_a_judge_that_cannot_decide_takes_nothing_back(
    run: Run, right: Attempt, monkeypatch: pytest.MonkeyPatch, was: Verdict, events: int
) -> None:
    monkeypatch.setattr(Grader, "ask", lambda *_: Reply("undecided", "deadline", "Too long."))
    keep(replace(right, verdict=was))
    done = run("recheck", "--all")
    assert "0 changed, 1 as before" in done.out
    assert len(stored()) == events
    with open_store() as store:
        assert store.progress().tallies[FIRST].counted == (was != "undecided")


def test_stopped_in_the_middle_it_keeps_what_it_has(run: Run, right: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(*[replace(right, verdict="undecided")] * 3)
    replies = iter([Reply("correct", "equal", "Correct.")])

    def ask(*_: object) -> Reply:
        reply = next(replies, None)
        if reply is None:
            raise KeyboardInterrupt
        return reply

    monkeypatch.setattr(Grader, "ask", ask)
    done = run("recheck")
    assert done.status == 130
    assert "kept" in done.err
    assert "1 answer judged again: 1 changed, 0 as before." in done.out
    with open_store() as store:
        assert store.progress().tallies[FIRST].counted == 1
        assert not store.faults()


def test_what_was_typed_cannot_steer_the_terminal(run: Run, right: Attempt) -> None:
    keep(replace(right, verdict="undecided", answer={"value": "\x1b[31m[/]" + "7" * 100}))
    done = run("recheck")
    assert "\x1b" not in done.out
    assert "…" in done.out
    assert "[/]" in done.out


def test_the_bar_comes_late(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.1, 0.7])
    begun: list[object] = []
    monkeypatch.setattr("companion.cli.recheck.time.monotonic", lambda: next(now, 0.7))
    monkeypatch.setattr("companion.cli.recheck.Progress.start", lambda _: begun.append(True))
    with _LateBar(3, shown=True) as bar:
        bar.advance()
        assert not begun
        bar.advance()
        bar.advance()
    assert len(begun) == 1
