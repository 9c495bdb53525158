"""The plain front end, with a judge that says what the test wants, and with the real one for every kind of field."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import pytest

from companion.answers.client import Grader
from companion.answers.protocol import Given, Question, Reply
from companion.curriculum.catalogue import Catalogue, open_catalogue
from companion.curriculum.variants import AskedField, Variant, resolve
from companion.learner.errors import StoreError
from companion.learner.events import Attempt, Event, Payload
from companion.learner.store import Store
from companion.mathtext.aloud import read_aloud
from companion.study.plain import PlainQuiz
from companion.study.session import Planned, State

DCT = "dominated-convergence-theorem"
UAT = "universal-approximation-theorem"
TYPED = f"{DCT}/limit-of-integrals"

RIGHT = Reply("correct", "equal", "", certainty="proved")
TESTED = Reply("correct", "equal", "", certainty="tested")
WRONG = Reply("incorrect", "different", "That is half of it.")
UNREAD = Reply("invalid", "read.bracket", "A bracket is missing.", position=3)
UNDECIDED = Reply("undecided", "deadline", "That took too long.")


class Script:
    """A judge that reads its replies off a list, and remembers what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = iter(replies)
        self.answers: list[object] = []

    def ask(self, question: Question, answer: object, deadline: float | None = None) -> Reply:
        self.answers.append(answer)
        return next(self._replies)


class FullDisk(Store):
    """A store that can keep nothing."""

    def record(self, payload: Payload) -> Event:
        raise StoreError("full", "The disk is full.")


@pytest.fixture(scope="module")
def catalogue(compiled_cache: object) -> Iterator[Catalogue]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPANION_CACHE", str(compiled_cache))
        yield open_catalogue()


def ask(
    catalogue: Catalogue, judge: Script | Grader, lines: list[str], *exercises: str, store: Store | None = None
) -> tuple[str, State, list[Attempt]]:
    """What was written, the state at the end, and the attempts kept."""
    kept = store or Store.in_memory()
    out = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    quiz = PlainQuiz(catalogue, kept, judge, lambda markdown: markdown, typed, out)  # type: ignore[arg-type]
    state = quiz.run(tuple(Planned(exercise, 0) for exercise in exercises), "Quiz")
    attempts = [event.payload for event in kept.events() if isinstance(event.payload, Attempt)]
    kept.close()
    return out.getvalue(), state, attempts


def test_an_answer_is_judged_kept_and_told(catalogue: Catalogue) -> None:
    judge = Script(WRONG, RIGHT)
    text, state, attempts = ask(catalogue, judge, ["1", "2"], TYPED)
    assert judge.answers == [{"value": "1"}, {"value": "2"}]
    assert text.index("Not right.") < text.index("That is half of it.") < text.index("Right.")
    assert [attempt.verdict for attempt in attempts] == ["incorrect", "correct"]
    assert state.is_over
    assert state.score == (0, 1)


def test_a_verdict_that_was_only_tested_says_so(catalogue: Catalogue) -> None:
    text, _, _ = ask(catalogue, Script(TESTED), ["1"], TYPED)
    assert "not proved" in text


@pytest.mark.parametrize(("reply", "kept"), [(UNREAD, 0), (UNDECIDED, 1)])
def test_what_is_not_decided_does_not_count(catalogue: Catalogue, reply: Reply, kept: int) -> None:
    text, state, attempts = ask(catalogue, Script(reply), ["1", ":skip"], TYPED)
    assert "does not count" in text
    assert reply.message in text
    assert len(attempts) == kept
    assert state.score == (0, 0)


def test_enter_goes_on_only_after_a_verdict(catalogue: Catalogue) -> None:
    judge = Script(WRONG)
    text, state, _ = ask(catalogue, judge, ["", "", "1", ""], TYPED, f"{DCT}/which-exponents")
    assert "Question 2 of 2" in text
    assert not state.is_over
    assert "Left before the end." in text


def test_hints_come_one_at_a_time_and_stop_at_the_last(catalogue: Catalogue) -> None:
    hints = resolve(catalogue.exercise(TYPED), 0).hints
    text, _, _ = ask(catalogue, Script(), [":hint"] * (len(hints) + 1), TYPED)
    for number, hint in enumerate(hints, 1):
        assert text.count(f"Hint {number} of {len(hints)}: {hint}") >= 1
    assert f"Hint {len(hints) + 1}" not in text


def test_an_answer_that_cannot_be_kept_is_said_not_to_be(catalogue: Catalogue) -> None:
    store = FullDisk.in_memory()
    text, state, _ = ask(catalogue, Script(WRONG), ["1", ":dispute", ":quit"], TYPED, store=store)
    assert "The disk is full." in text
    assert "no verdict to dispute" in text
    assert state.attempt is None


def test_help_is_given_for_a_command_that_is_none(catalogue: Catalogue) -> None:
    text, _, _ = ask(catalogue, Script(), [":frobnicate", ":help"], TYPED)
    assert text.count(":dispute") >= 3


def test_with_several_fields_a_command_may_come_in_between(catalogue: Catalogue) -> None:
    judge = Script(RIGHT)
    text, _, _ = ask(catalogue, judge, ["1", ":hint", "2"], f"{DCT}/predict-slopes")
    assert "Hint 1 of" in text
    assert judge.answers == [{"sup": "1", "integral": "2"}]


def typed_for(variant: Variant, field: AskedField, answer: Given) -> str:
    """A key as a person would type it: the number of an option, the letters of lines."""
    if field.kind == "choice":
        ids = [option.id for option in field.choices]
        return " ".join(str(ids.index(one) + 1) for one in ([answer] if isinstance(answer, str) else answer))
    if field.kind == "order":
        letters = {block: letter for letter, block in variant.labels[field.id].items()}
        return " ".join(letters[block] for block in answer)
    if field.kind == "steps":
        return "\n".join([*answer, ""])
    return str(answer)


@pytest.mark.parametrize("topics", [(DCT, UAT), pytest.param((), marks=pytest.mark.full)], ids=["two topics", "all"])
def test_every_question_of_the_written_topics_can_be_answered_in_lines(catalogue: Catalogue, topics: tuple[str, ...]) -> None:
    exercises = [exercise.id for topic in catalogue.topics.values() if not topics or topic.id in topics for exercise in topic.exercises]
    lines = []
    for identifier in exercises:
        variant = resolve(catalogue.exercise(identifier), 0)
        lines += [typed_for(variant, field, variant.key[field.id]) for field in variant.fields]
    with Grader() as judge:
        text, state, attempts = ask(catalogue, judge, lines, *exercises)
    assert state.is_over, text[-500:]
    assert state.score == (len(exercises), len(exercises))
    assert len(attempts) == len(exercises) == text.count("> Right.")
    for identifier in exercises:
        for option in (option for field in resolve(catalogue.exercise(identifier), 0).fields for option in field.choices):
            assert option.text in text


def test_a_wrong_answer_is_told_with_how_it_was_read(catalogue: Catalogue) -> None:
    read = Reply("incorrect", "different", "That is half of it.", reading=r"\frac{x}{2}")
    text, _, _ = ask(catalogue, Script(read), ["x/2", ":quit"], TYPED)
    assert r"Read as: $\frac{x}{2}$" in text


def test_the_same_wrong_answer_again_brings_a_hint(catalogue: Catalogue) -> None:
    first = resolve(catalogue.exercise(TYPED), 0).hints[0]
    text, state, _ = ask(catalogue, Script(WRONG, WRONG), ["1", "1", ":quit"], TYPED)
    assert text.count("Not right.") == 2
    assert f"Hint 1 of {len(resolve(catalogue.exercise(TYPED), 0).hints)}: {first}" in text
    assert state.hints == 1


def test_a_whole_quiz_can_be_listened_to(catalogue: Catalogue) -> None:
    """Question, choices, hints, feedback and the corrections at the end: no TeX, nothing drawn."""
    out = io.StringIO()
    choices = next(exercise.id for topic in catalogue.topics.values() for exercise in topic.exercises
                   if any(field.choices for field in resolve(catalogue.exercise(exercise.id), 0).fields))
    fields = len(resolve(catalogue.exercise(choices), 0).fields)
    wrong = Reply("incorrect", "different", r"$\int_0^1f\,dx\le1$ fails.", reading=r"\frac{x^2}{2}")
    typed = io.StringIO("1\n:hint\n:solution\n\n" + "1\n" * fields + "\nn\n")
    store = Store.in_memory()
    spoken = partial(read_aloud, width=80, macros=dict(catalogue.macros))
    quiz = PlainQuiz(catalogue, store, Script(wrong, wrong), lambda text: spoken(text).to_text(), typed, out)  # type: ignore[arg-type]
    quiz.run((Planned(TYPED, 0), Planned(choices, 0)), "Quiz")
    store.close()
    text = out.getvalue()
    assert "Read as: the fraction x squared over 2 end fraction" in text
    assert "the integral from 0 to 1 of f d x is at most 1 fails." in text
    assert "0 of 2 right" in text
    assert not set("$\\─│⎛⌠∫≤∑√ₙ²") & set(text)
