"""A question from typing to the next one: reading, verdict, hints, solution, fresh numbers, skipping, leaving."""

from __future__ import annotations

import pytest
from textual.events import Key, Paste

from companion.answers.protocol import Given, Reply
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import Variant, resolve
from companion.learner.events import Dispute

from .driving import CHOSEN, DCT, NARROW, TYPED, WIDE, Driver, attempts, companion, kept

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])

RIGHT = Reply("correct", "equal", "", certainty="proved")
WRONG = Reply("incorrect", "different", "That is half of it.")
UNREAD = Reply("invalid", "read.bracket", "A bracket is missing.", position=3)
UNDECIDED = Reply("undecided", "deadline", "That took too long.")


def variant_of(exercise: str, seed: int = 0) -> Variant:
    return resolve(open_catalogue().exercise(exercise), seed)


def key_of(exercise: str, seed: int = 0) -> Given:
    (key,) = variant_of(exercise, seed).key.values()
    return key


async def answer(driver: Driver, text: str) -> None:
    """Type an answer in place of what stands there, and submit it."""
    driver.input().value = ""
    await driver.write(text)
    await driver.press("enter")


@SIZES
async def test_the_reading_follows_what_is_typed(size: tuple[int, int]) -> None:
    async with companion(size) as driver:
        await driver.ask(TYPED)
        await driver.type("pi/3")
        assert driver.input().value == "pi/3"
        await driver.until("reads as")
        assert "π" in driver.text
        above, below = (next(y for y, line in enumerate(driver.text.splitlines()) if line.strip() == sign) for sign in "π3")
        assert below - above == 2, "a fraction is set in two dimensions"
        await driver.press("backspace", "backspace")
        await driver.until(lambda: "3" not in driver.part("FormulaView"))


async def test_what_cannot_be_read_yet_is_said_while_typing() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write("2+)")
        await driver.until(lambda: ")" in driver.part("FormulaView") and len(driver.part("FormulaView")) > 20)


async def test_a_verdict_is_on_disk_when_it_is_shown(judge: None) -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await answer(driver, "0")
        await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
        (attempt,) = attempts()
        assert (attempt.exercise, attempt.verdict, attempt.answer) == (TYPED, "incorrect", {"value": "0"})
        assert attempt.hash
        assert attempt.judge
        assert attempt.skill == f"{DCT}/compute-dominated-limit"
        await driver.until("tends to")  # what this mistake is told
        await answer(driver, str(key_of(TYPED)))
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        assert [attempt.verdict for attempt in attempts()] == ["incorrect", "correct"]
        assert not driver.part("#feedback").strip()


async def test_after_a_wrong_answer_enter_goes_on_unless_it_was_edited(replies: list[Reply]) -> None:
    replies += [WRONG, WRONG]
    async with companion() as driver:
        await driver.ask(TYPED, CHOSEN)
        await answer(driver, "1")
        await driver.until("That is half of it.")
        await answer(driver, "2")
        await driver.until(lambda: len(attempts()) == 2)
        await driver.until("That is half of it.")
        await driver.press("enter")
        await driver.asked(2)
        assert [attempt.answer for attempt in attempts()] == [{"value": "1"}, {"value": "2"}]


async def test_an_unread_answer_is_no_attempt_and_shows_the_place(replies: list[Reply]) -> None:
    replies.append(UNREAD)
    async with companion() as driver:
        await driver.ask(TYPED)
        await answer(driver, "2*(3")
        await driver.until("A bracket is missing.")
        assert "does not count" in driver.part("#verdict")
        await driver.until(lambda: driver.input().cursor_position == 3)
        assert driver.app.focused is driver.input()
        assert driver.input().value == "2*(3"
        assert not attempts()


async def test_an_undecided_answer_is_kept_and_does_not_count(replies: list[Reply]) -> None:
    replies.append(UNDECIDED)
    async with companion() as driver:
        await driver.ask(TYPED)
        await answer(driver, "7")
        await driver.until("That took too long.")
        assert "does not count" in driver.part("#verdict")
        assert [attempt.verdict for attempt in attempts()] == ["undecided"]
        tally = driver.app.services.progress.tallies[TYPED]
        assert (tally.attempts, tally.counted) == (1, 0)
        await driver.press("enter")
        await driver.at("result")
        await driver.until("No answer was counted.")


async def test_an_empty_answer_is_not_judged() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.press("enter")
        await driver.until("still empty")
        await driver.write("   ")
        await driver.press("enter")
        await driver.until("still empty")
        assert not kept()


async def test_hints_come_one_at_a_time_and_are_remembered(replies: list[Reply]) -> None:
    replies.append(RIGHT)
    hints = variant_of(TYPED).hints
    async with companion() as driver:
        await driver.ask(TYPED)
        assert not driver.part("#hints").strip()
        for number in range(1, len(hints) + 1):
            await driver.press("f2")
            await driver.until(f"Hint {number} of {len(hints)}.")
            assert f"Hint {number + 1} of" not in driver.text
        await driver.press("f2")
        await driver.wait()
        await answer(driver, "1")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        assert attempts()[0].hints == len(hints)


async def test_the_solution_is_shown_and_remembered(replies: list[Reply]) -> None:
    replies.append(RIGHT)
    async with companion() as driver:
        await driver.ask(TYPED)
        assert "Solution." not in driver.text
        await driver.press("f3")
        await driver.until("Solution.")
        await answer(driver, "1")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        assert attempts()[0].solution_seen


async def test_a_fresh_variant_has_other_numbers_and_nothing_of_the_old_one(replies: list[Reply]) -> None:
    replies.append(WRONG)
    async with companion() as driver:
        await driver.ask(TYPED)
        before = driver.part("#prompt")
        await answer(driver, "1")
        await driver.until("That is half of it.")
        await driver.press("f2", "f3")
        await driver.until("Solution.")
        await driver.press("f4")
        await driver.until(lambda: driver.part("#prompt") not in ("", before))
        await driver.until(lambda: driver.input().value == "")
        for part in ("#verdict", "#feedback", "#hints", "#solution"):
            assert not driver.part(part).strip(), part
        assert "question 1 of 1" in driver.heading


async def test_skipping_goes_to_the_next_question_without_an_attempt() -> None:
    async with companion() as driver:
        await driver.ask(TYPED, CHOSEN)
        await driver.write("12")
        await driver.press("f5")
        await driver.asked(2)
        await driver.press("f5")
        await driver.at("result")
        await driver.until("You did not answer this one.")
        assert not kept()


@pytest.mark.parametrize("way", ["escape", "f5"])
async def test_what_is_typed_is_there_again_after_leaving(way: str) -> None:
    async with companion() as driver:
        await driver.ask(TYPED, CHOSEN)
        await driver.write("2*pi/7")
        await driver.press(way)
        if way == "f5":
            await driver.asked(2)
            await driver.press("escape")
        await driver.at("today")
        await driver.ask(TYPED)
        await driver.until(lambda: driver.input().value == "2*pi/7")
        await driver.until("reads as")


async def test_what_is_typed_is_there_again_after_quitting() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write("2*pi/7")
        await driver.press("ctrl+q")
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.until(lambda: driver.input().value == "2*pi/7")


async def test_a_submitted_answer_leaves_no_draft(replies: list[Reply]) -> None:
    replies.append(RIGHT)
    async with companion() as driver:
        await driver.ask(TYPED)
        await answer(driver, "5")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        await driver.press("escape")
        await driver.at("today")
        await driver.ask(TYPED)
        assert driver.input().value == ""


async def test_leaving_while_the_judge_works_loses_nothing_typed(judge: None) -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await answer(driver, "2*pi/7")
        await driver.press("escape")
        await driver.at("today")
        await driver.ask(TYPED)
        if not attempts():
            assert driver.input().value == "2*pi/7"
        await answer(driver, str(key_of(TYPED)))
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))


async def test_a_disputed_verdict_does_not_count_and_the_report_is_on_the_clipboard(replies: list[Reply]) -> None:
    replies.append(WRONG)
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.press("f6")  # nothing to dispute yet
        await answer(driver, "11/7")
        await driver.until("That is half of it.")
        await driver.press("f6")
        await driver.until("Disputed")
        await driver.until(lambda: any(isinstance(event.payload, Dispute) for event in kept()))
        for told in (TYPED, "11/7", "incorrect", variant_of(TYPED).exercise):
            assert told in driver.app.clipboard
        await driver.until(lambda: driver.app.services.progress.tallies[TYPED].counted == 0)
        assert driver.app.services.progress.tallies[TYPED].attempts == 1
        await driver.press("f6")
        await driver.press("enter")
        await driver.at("result")
        await driver.until("No answer was counted.")
        assert sum(isinstance(event.payload, Dispute) for event in kept()) == 1


async def test_the_result_shows_each_wrong_answer_with_its_correction_and_asks_only_those_again(replies: list[Reply]) -> None:
    replies += [WRONG, RIGHT]
    async with companion() as driver:
        await driver.ask(TYPED, f"{DCT}/derivative-of-expected-relu")
        await answer(driver, "17")
        await driver.until("That is half of it.")
        await driver.press("enter")
        await driver.asked(2)
        await answer(driver, "t")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        await driver.press("enter")
        await driver.at("result")
        await driver.until("1 of 2 right")
        for shown in ("17", "That is half of it.", "Solution."):
            assert shown in driver.words
        assert driver.words.count("Solution.") == 1, "what was right needs no correction"
        await driver.press("w")
        await driver.asked(1)
        assert "question 1 of 1" in driver.heading
        assert variant_of(TYPED, 1).prompt != variant_of(TYPED).prompt
        assert driver.input().value == ""
        await driver.press("escape")
        await driver.at("today")


async def test_when_all_was_right_there_is_nothing_to_repeat(replies: list[Reply]) -> None:
    replies.append(RIGHT)
    async with companion() as driver:
        await driver.ask(TYPED)
        await answer(driver, "1")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        await driver.press("enter")
        await driver.at("result")
        await driver.until("1 of 1 right")
        await driver.press("w")
        await driver.until("no wrong answer")
        assert driver.place == "result"


async def test_after_a_right_answer_enter_goes_on_even_if_the_line_was_touched(replies: list[Reply]) -> None:
    replies.append(RIGHT)
    async with companion() as driver:
        await driver.ask(TYPED, CHOSEN)
        await answer(driver, "1")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        driver.input().value = "12"
        await driver.wait()
        await driver.press("enter")
        await driver.asked(2)


async def test_typing_and_enter_in_one_go_is_one_answer(replies: list[Reply]) -> None:
    """As a fast hand or a terminal that pastes does: Enter arrives before the reading is set."""
    replies.append(RIGHT)
    async with companion() as driver:
        await driver.ask(TYPED, CHOSEN)
        driver.app.post_message(Paste("pi/7"))
        driver.app.post_message(Key("enter", "\r"))
        await driver.until(lambda: attempts())
        assert attempts()[0].answer == {"value": "pi/7"}
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        await driver.wait()
        await driver.press("enter")
        await driver.asked(2)


async def test_a_whole_topic_is_asked_to_its_end(replies: list[Reply]) -> None:
    async with companion() as driver:
        driver.app.open_topic(DCT)
        await driver.until("Why you need it")
        await driver.press("e")
        await driver.asked(1)
        assert "question 1 of 10" in driver.heading
        for number in range(2, 11):
            await driver.press("f5")
            await driver.asked(number)
        await driver.press("f5")
        await driver.at("result")
        await driver.until(lambda: driver.part("Note").count("Solution.") == 10)
        await driver.press("escape")
        await driver.at("topic")
