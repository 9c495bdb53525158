"""Typing an answer: completion, the menu of symbols, earlier answers, the reading, derivations line by line."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.events import Key, Paste
from textual.widgets import Input

from companion.answers.protocol import Reply
from companion.curriculum.catalogue import open_catalogue
from companion.study.settings import Settings
from companion.tui.widgets.line_input import AnswerInput
from companion.tui.widgets.reading import ReadingView

from .driving import CHOSEN, DCT, TWO_LINES, TYPED, WIDE, Driver, attempts, companion

WITH_NAME = f"{DCT}/derivative-of-expected-relu"


def derivation() -> str:
    """An exercise that asks for a derivation and nothing else."""
    catalogue = open_catalogue()
    exercises = (exercise for topic in catalogue.topics for exercise in catalogue.body(topic).exercises)
    return next(exercise.id for exercise in exercises if [field.kind for field in exercise.fields] == ["steps"])


RIGHT = Reply("correct", "equal", "", certainty="proved")
WRONG = Reply("incorrect", "different", "That is half of it.")


def styles(driver: Driver, place: int) -> Style:
    """The style of a character of the first line."""
    entry = driver.app.screen.query(AnswerInput).first()
    x = 0
    for segment in entry.render_line(0):
        if x <= place < x + len(segment.text):
            return segment.style or Style()
        x += len(segment.text)
    raise AssertionError(f"nothing is drawn at {place}")


def view(driver: Driver, number: int = 0) -> ReadingView:
    return list(driver.app.screen.query(ReadingView))[number]


async def typed(driver: Driver, text: str) -> None:
    """Wait until this stands in the first line."""
    await driver.until(lambda: driver.input().value == text)


async def judged(driver: Driver, number: int) -> None:
    """Wait until there are so many attempts, and the verdict on the last is shown."""
    await driver.until(lambda: len(attempts()) == number and "That is half of it." in driver.part("#feedback"))


async def burst(driver: Driver, *keys: str) -> None:
    """Send keys without waiting, as a fast hand does."""
    for key in keys:
        driver.app.post_message(Key(key, key if len(key) == 1 else None))
    await driver.wait()


@pytest.mark.parametrize(("glyphs", "text"), [("full", "2π"), ("ascii", "2pi")])
async def test_tab_completes_a_word_with_a_backslash(glyphs: str, text: str) -> None:
    async with companion(settings=Settings(glyphs="ascii" if glyphs == "ascii" else "full")) as driver:
        await driver.ask(TYPED)
        await driver.write(r"2\p")
        await driver.until("Tab:")
        await driver.write("i")
        await driver.press("tab")
        await driver.until(lambda: driver.input().value == text)
        assert driver.input().cursor_position == len(text)
        assert driver.app.focused is driver.input()


async def test_tab_offers_a_menu_where_several_fit() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write(r"\s")
        await driver.press("tab")
        await driver.until(lambda: r"\sec" in driver.part("CompletionMenu"))
        await driver.type("i")
        await driver.until(lambda: r"\sec" not in driver.part("CompletionMenu"))
        assert driver.part("CompletionMenu").startswith("> sin")
        await driver.press("down", "up", "up", "down", "down")
        await driver.until(lambda: "> sign" in driver.part("CompletionMenu"))
        await driver.press("enter")
        await driver.until(lambda: driver.input().value == "sign(")
        assert not driver.part("CompletionMenu")
        assert not attempts()


async def test_escape_closes_the_menu_first_and_then_leaves() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write(r"\s")
        await driver.press("tab")
        await driver.until(lambda: driver.part("CompletionMenu"))
        await driver.press("escape")
        await driver.until(lambda: not driver.part("CompletionMenu"))
        assert driver.place == "quiz"
        assert driver.input().value == r"\s"
        await driver.press("escape")
        await driver.at("today")


async def test_tab_without_such_a_word_goes_to_the_next_field() -> None:
    async with companion() as driver:
        await driver.ask(TWO_LINES)
        await driver.write("1/2")
        await driver.press("tab")
        await driver.until(lambda: driver.app.focused is driver.input(1))
        await driver.write(r"\qq")
        await driver.press("tab")
        await driver.until("begins with")
        assert driver.app.focused is driver.input(1)


@pytest.mark.parametrize("size", [(60, 20), WIDE], ids=["small", "wide"])
async def test_a_symbol_is_looked_up_and_put_where_the_cursor_is(size: tuple[int, int]) -> None:
    async with companion(size) as driver:
        await driver.ask(TYPED)
        await driver.write("2+1")
        await driver.press("left", "f7")
        await driver.until("Relations and logic")
        await driver.press("f1")
        await driver.press("pagedown", "pageup", "down", "up")
        await driver.type("square root")
        await driver.until(lambda: "Greek letters" not in driver.part("#symbols"))
        await driver.press("down", "up", "enter")
        await driver.until(lambda: driver.input().value == "2+√()1")
        assert driver.input().cursor_position == 4
        assert driver.app.focused is driver.input()


async def test_the_menu_of_symbols_is_closed_without_inserting_and_says_when_nothing_fits() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write("2")
        await driver.press("f7")
        await driver.type("qqq")
        await driver.until("Nothing is called so")
        await driver.press("enter", "escape")
        await driver.at("quiz")
        assert driver.input().value == "2"
        await driver.press("escape")
        await driver.at("today")


async def test_symbols_are_for_lines_that_are_typed_into() -> None:
    async with companion() as driver:
        await driver.ask(CHOSEN)
        assert "F7" not in driver.text
        await driver.press("f7")
        assert driver.place == "quiz"


async def test_up_and_down_bring_back_earlier_answers_and_the_draft(replies: list[Reply]) -> None:
    replies += [WRONG, WRONG]
    async with companion() as driver:
        await driver.ask(TYPED)
        for number, text in enumerate(("1", "2"), 1):
            driver.input().value = ""
            await driver.write(text)
            await driver.press("enter")
            await judged(driver, number)
        await driver.until("That is half of it.")
        driver.input().value = ""
        await driver.write("3/")
        for key, text in (("up", "2"), ("up", "1"), ("up", "1"), ("down", "2"), ("down", "3/"), ("down", "3/")):
            await driver.press(key)
            await typed(driver, text)
        await driver.press("escape")
        await driver.at("today")
        await driver.ask(TYPED)
        await driver.press("up")
        await driver.until(lambda: driver.input().value == "2")


async def test_keys_take_effect_in_the_order_in_which_they_are_pressed() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await burst(driver, "1", "2", "backspace", "3", "left", "4", "home", "5", "end", "6", "ctrl+w", "7")
        await driver.until(lambda: driver.input().value == "7")
        await burst(driver, "ctrl+u", "1", "2", "3", "left", "delete", "backspace", "9")
        await driver.until(lambda: driver.input().value == "19")


async def test_the_last_good_layout_stays_and_the_trouble_is_marked_below() -> None:
    async with companion() as driver:
        await driver.ask(WITH_NAME)
        await driver.write("1/2")
        await driver.until("reads as")
        height = view(driver).region.height
        await driver.type("+)")
        await driver.until("closes nothing")
        shown = driver.part("ReadingView").splitlines()
        assert shown[0].index("↑") == 1 + 4, "below the bracket, which stands behind the padding of the line"
        assert any("before" in line for line in shown)
        assert [line.strip() for line in shown if line.strip() in ("1", "2")] == ["1", "2"]
        assert view(driver).region.height >= height
        await driver.press("backspace", "backspace")
        await driver.until("reads as")
        assert "↑" not in driver.part("ReadingView")


async def test_nothing_below_moves_up_while_something_is_typed() -> None:
    async with companion() as driver:
        await driver.ask(WITH_NAME)
        empty = view(driver).region.height
        heights = []
        for key in "1/(1+t)":
            await driver.type(key)
            await driver.wait()
            heights.append(view(driver).region.height)
        assert heights[0] == empty, "the first letter moves nothing"
        assert heights == sorted(heights)
        tallest = heights[-1]
        for _ in range(5):
            await driver.press("backspace")
        await driver.until(lambda: driver.input().value == "1/")
        assert view(driver).region.height == tallest


async def test_a_hole_stands_where_something_is_missing() -> None:
    async with companion(settings=Settings(glyphs="full")) as driver:
        await driver.ask(TYPED)
        await driver.write("sqrt(")
        await driver.until("Something is missing")
        assert "reads as" in driver.part("ReadingView")
        assert "√" in driver.part("ReadingView") or "▁" in driver.part("ReadingView")


async def test_the_bracket_at_the_cursor_and_its_partner_are_shown_and_one_without_is_underlined() -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write("(1+2)*3")
        driver.input().cursor_position = 5
        await driver.wait()
        assert styles(driver, 0).reverse
        assert styles(driver, 4).reverse
        assert not styles(driver, 1).reverse
        driver.input().value = "((1+2)"
        await driver.until("never closed")
        await driver.wait()
        assert styles(driver, 0).underline
        assert not styles(driver, 1).underline
        assert styles(driver, 0).color != styles(driver, 2).color


async def test_a_long_text_is_read_too_and_an_end_too_far_is_refused() -> None:
    async with companion(WIDE) as driver:
        await driver.ask(TYPED)
        await driver.write("+".join(["sin(1)"] * 60))
        await driver.until("reads as")
        driver.input().value = "1+" * 999 + "1"
        driver.input().cursor_position = len(driver.input().value)
        await driver.until("more than 500 parts")
        await driver.type("12345")
        await driver.wait()
        assert len(driver.input().value) == 2000


async def test_a_derivation_is_typed_line_by_line_and_each_line_is_marked(replies: list[Reply]) -> None:
    parts = {"1": RIGHT, "2": WRONG, "3": Reply("undecided", "undecided.steps", "")}
    replies.append(Reply("incorrect", "steps.line", "Line 2 does not follow.", parts=parts))
    async with companion(WIDE) as driver:
        await driver.ask(derivation())
        assert "Submit" not in driver.part("Footer")
        await burst(driver, *"t+1")
        await burst(driver, "enter", *"2/t", "enter")
        await driver.until(lambda: len(list(driver.app.screen.query(Input))) == 3)
        await driver.until(lambda: driver.app.focused is driver.input(2))
        assert [entry.value for entry in driver.app.screen.query(Input)] == ["t+1", "2/t", ""]
        assert driver.part("ReadingView").count("reads as") == 2
        await driver.until(lambda: "Submit" in driver.part("Footer"))
        await driver.type("3")
        await driver.until(lambda: "Next line" in driver.part("Footer"))
        await driver.press("enter")
        await driver.until(lambda: driver.app.focused is driver.input(3))
        await driver.press("enter")
        await driver.until("Line 2 does not follow.")
        (attempt,) = attempts()
        assert list(attempt.answer.values()) == [["t+1", "2/t", "3"]]
        marks = [number.split()[1:] for number in driver.part("LineNumber").splitlines()]
        assert marks == [["✓"], ["✗"], ["?"], []]
        await driver.press("up", "up")
        await driver.until(lambda: driver.app.focused is driver.input(1))
        await driver.type("1")
        await driver.press("f2")
        await driver.wait()
        assert [number.split()[1:] for number in driver.part("LineNumber").splitlines()] == [["✓"], [], ["?"], []]


async def test_lines_are_split_joined_and_pasted() -> None:
    async with companion(WIDE) as driver:
        await driver.ask(derivation())
        driver.app.post_message(Paste("= a\n\n= b+c\r\n= d"))
        await driver.until(lambda: [entry.value for entry in driver.app.screen.query(Input)] == ["= a", "= b+c", "= d"])
        await driver.until(lambda: driver.app.focused is driver.input(2))
        await driver.press("up", "home", "right", "right", "right", "enter")
        await driver.until(lambda: [entry.value for entry in driver.app.screen.query(Input)] == ["= a", "= b", "+c", "= d"])
        await driver.until(lambda: driver.app.focused is driver.input(2))
        await driver.press("backspace")
        await driver.until(lambda: [entry.value for entry in driver.app.screen.query(Input)] == ["= a", "= b+c", "= d"])
        await driver.until(lambda: driver.app.focused is driver.input(1))
        assert driver.input(1).cursor_position == 3
        assert driver.part("LineNumber").split() == ["1", "2", "3"]
        await driver.press("down")
        await driver.until(lambda: driver.app.focused is driver.input(2))
        await driver.press("escape")
        await driver.at("today")
        await driver.ask(derivation())
        await driver.until(lambda: [entry.value for entry in driver.app.screen.query(Input)] == ["= a", "= b+c", "= d"])


async def test_a_blank_part_is_asked_for_and_nothing_is_told_of_the_others() -> None:
    async with companion(WIDE) as driver:
        await driver.ask(TWO_LINES)
        driver.input(1).focus()
        await driver.until(lambda: driver.app.focused is driver.input(1))
        await driver.write("1/3")
        await driver.press("enter")
        await driver.until(lambda: driver.app.focused is driver.input(0))
        await driver.until("still empty")
        assert "right" not in driver.part("#fields")
        assert "right" not in driver.part("#verdict") + driver.part("#feedback")
        assert not attempts()


async def test_skipping_while_a_question_is_fetched_skips_that_one() -> None:
    async with companion() as driver:
        await driver.ask(TYPED, WITH_NAME, CHOSEN)
        await burst(driver, "f5", "f5")
        await driver.asked(3)


async def test_the_verdict_offers_only_what_there_still_is(replies: list[Reply]) -> None:
    replies.append(WRONG)
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.press("f3")
        await driver.write("1")
        await driver.press("enter")
        await driver.until("F6: dispute")
        assert "F3: solution" not in driver.words
