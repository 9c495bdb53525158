"""Answers that are chosen, put in order, or given in several lines."""

from __future__ import annotations

import pytest

from companion.answers.protocol import Reply
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.variants import Variant, resolve
from companion.study.settings import Settings

from .driving import CHOSEN, NARROW, ORDERED, TWO_LINES, WIDE, Driver, attempts, companion

RIGHT = Reply("correct", "equal", "", certainty="proved")
PARTLY = Reply("incorrect", "part", "One part is not right.")


def variant_of(exercise: str) -> Variant:
    return resolve(open_catalogue().exercise(exercise), 0)


async def choose_all(driver: Driver, numbers: list[int]) -> None:
    """Choose the option with this number in each field, from the first field on."""
    for place, number in enumerate(numbers):
        if place:
            await driver.press("tab")
        await driver.press(str(number))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_options_are_chosen_by_digits_and_the_right_ones_are_right(judge: None, size: tuple[int, int]) -> None:
    variant = variant_of(CHOSEN)
    numbers = [[option.id for option in field.choices].index(str(variant.key[field.id])) + 1 for field in variant.fields]
    async with companion(size) as driver:
        await driver.ask(CHOSEN)
        await choose_all(driver, numbers)
        await driver.until(lambda: driver.part("#fields").count("●") == len(numbers))
        await driver.press("enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        assert attempts()[0].answer == variant.key


async def test_options_are_chosen_by_arrows_letters_and_space(replies: list[Reply]) -> None:
    replies.append(RIGHT)
    variant = variant_of(CHOSEN)
    ids = [option.id for option in variant.fields[0].choices]
    async with companion() as driver:
        await driver.ask(CHOSEN)
        await driver.press("down", "down")
        await driver.until(lambda: "●" in driver.part("#fields"))
        await driver.press("k", "j", "space", "tab", "l", "tab", "space", "tab", "3", "enter")
        await driver.until(lambda: attempts())
        given = attempts()[0].answer
        assert set(given) == {field.id for field in variant.fields}
        assert all(answer in ids for answer in given.values())
        assert list(given.values())[3] == ids[2]


async def test_an_option_not_chosen_is_asked_for(replies: list[Reply]) -> None:
    async with companion() as driver:
        await driver.ask(CHOSEN)
        fields = list(driver.app.screen.query("#fields > *"))
        await driver.press("1", "enter")
        await driver.until(lambda: driver.app.focused is fields[1])
        await driver.press("enter")
        await driver.until("still empty")
        assert not attempts()


async def test_each_part_says_whether_it_was_right(judge: None) -> None:
    variant = variant_of(CHOSEN)
    numbers = [[option.id for option in field.choices].index(str(variant.key[field.id])) + 1 for field in variant.fields]
    wrong = [numbers[0] % 3 + 1, *numbers[1:]]
    async with companion(WIDE) as driver:
        await driver.ask(CHOSEN)
        await choose_all(driver, wrong)
        await driver.press("enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
        await driver.until(lambda: driver.part("#fields").count("not right") == 1)
        await driver.until(lambda: driver.part("#fields").replace("not right", "").count("right") == len(numbers) - 1)
        texts = [option.text for option in variant.fields[0].choices]
        # Every option is still in sight.
        await driver.until(lambda: all(driver.part("#fields").count(text) == len(numbers) for text in texts))
        await driver.until(lambda: bool(driver.part("#feedback").strip()))


async def test_who_denies_that_there_is_a_counterexample_is_not_asked_for_one(judge: None) -> None:
    async with companion() as driver:
        await driver.ask("dominated-convergence-theorem/not-necessary")
        await driver.press("1", "enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
        assert [(kept.verdict, kept.answer["verdict"]) for kept in attempts()] == [("incorrect", "yes")]


async def test_who_says_it_is_false_is_led_to_the_counterexample(replies: list[Reply]) -> None:
    async with companion() as driver:
        await driver.ask("dominated-convergence-theorem/not-necessary")
        await driver.press("2", "enter", "1", "enter", "enter")
        await driver.until("still empty")
        assert attempts() == []


async def test_choices_are_there_again_after_leaving() -> None:
    async with companion() as driver:
        await driver.ask(CHOSEN)
        await driver.press("2")
        await driver.until(lambda: "●" in driver.part("#fields"))
        before = driver.part("#fields")
        await driver.press("escape")
        await driver.at("today")
        await driver.ask(CHOSEN)
        await driver.until(lambda: driver.part("#fields") == before)


async def test_a_proof_is_put_in_order_by_keys(judge: None) -> None:
    """Space takes the lines in the order of the proof; Shift and arrows mend a line put too early."""
    variant = variant_of(ORDERED)
    (field,) = variant.fields
    labels = {block: label for label, block in variant.labels[field.id].items()}
    letters = [block.id for block in field.blocks]
    proof = [labels[str(block)] for block in variant.key[field.id]]
    used: list[str] = []
    cursor = 0
    async with companion(WIDE) as driver:
        await driver.ask(ORDERED)
        for label in [proof[1], proof[0], *proof[2:]]:
            rest = [letter for letter in letters if letter not in used]
            target = len(used) + rest.index(label)
            await driver.press(*(["down"] * (target - cursor) if target > cursor else ["up"] * (cursor - target)), "space")
            used.append(label)
            cursor = min(len(used), len(letters) - 1)
        await driver.press(*["up"] * cursor, "shift+down")
        await driver.press("enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        assert attempts()[0].answer == variant.key


async def test_a_line_is_left_out_again_and_a_wrong_proof_is_told_where(judge: None) -> None:
    async with companion(WIDE) as driver:
        await driver.ask(ORDERED)
        await driver.press("space", "space")
        await driver.press("up", "up", "space")
        await driver.press("enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
        await driver.until(lambda: bool(driver.part("#feedback").strip()))
        assert len(attempts()[0].answer["proof"]) == 1


async def test_an_unordered_proof_is_asked_for() -> None:
    async with companion() as driver:
        await driver.ask(ORDERED)
        await driver.press("enter")
        await driver.until("still empty")


async def test_several_lines_are_filled_in_one_after_the_other(judge: None) -> None:
    variant = variant_of(TWO_LINES)
    first, second = (str(variant.key[field.id]) for field in variant.fields)
    async with companion() as driver:
        await driver.ask(TWO_LINES)
        await driver.write(first)
        await driver.press("enter")
        await driver.until(lambda: driver.app.focused is driver.input(1))
        await driver.write("77")
        await driver.press("enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
        await driver.until(lambda: driver.part("#fields").count("not right") == 1)
        driver.input(1).value = ""
        driver.input(1).focus()
        await driver.until(lambda: driver.app.focused is driver.input(1))
        await driver.write(second)
        await driver.press("enter")
        await driver.until(lambda: driver.part("#verdict").startswith("Right"))
        assert [attempt.verdict for attempt in attempts()] == ["incorrect", "correct"]


async def test_in_ascii_nothing_else_is_drawn() -> None:
    async with companion(settings=Settings(glyphs="ascii")) as driver:
        for exercise in (CHOSEN, ORDERED, TWO_LINES):
            await driver.ask(exercise)
            await driver.press("1")
            shown = [part for part in ("#prompt", "#fields") if not driver.part(part).isascii()]
            assert not shown, [driver.part(part) for part in shown]
            await driver.press("escape")
            await driver.at("today")
