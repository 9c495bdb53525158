"""Every key of every action at every place, written down by hand: pressed, it does what stands here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.binding import Binding

from companion.curriculum.catalogue import open_catalogue
from companion.learner.events import Goal, Known
from companion.study.actions import ACTIONS, Place, actions_for, key_label
from companion.study.manual import keys_page
from companion.tui.bindings import bindings_for
from companion.tui.widgets.listing import Listing
from tests.keytable import README, with_table

from .driving import CHOSEN, DCT, TWO_LINES, TYPED, Driver, companion, kept

Check = Callable[[Driver], bool]

WORK = "cybenko-superpositions"
APPROACH = "density-theorems"


def is_at(place: str) -> Check:
    return lambda driver: driver.place == place


def says(text: str) -> Check:
    return lambda driver: text in driver.words


def tells(text: str) -> Check:
    return lambda driver: text in driver.part("Toast")


def has_goal(kind: str | None, identifier: str = "") -> Check:
    return lambda driver: any(event.payload == Goal(kind, identifier) for event in kept())  # type: ignore[arg-type]


def copied(driver: Driver) -> bool:
    return "\\" in driver.app.clipboard


EVERYWHERE: dict[str, Check] = {"escape": is_at("today"), "ctrl+p": is_at("Palette"), "f1": is_at("help"), "?": is_at("help")}
BROWSING: dict[str, Check] = {
    "t": is_at("today"),
    "m": is_at("map"),
    "p": is_at("path"),
    "b": is_at("readings"),
    "s": is_at("progress"),
}
EFFECTS: dict[Place, dict[str, Check]] = {
    "today": {**EVERYWHERE, **BROWSING, "r": tells("Nothing is due")},
    "map": {**EVERYWHERE, **BROWSING, "a": is_at("areas")},
    "areas": {**EVERYWHERE, **BROWSING, "a": is_at("map")},
    "approach": {**EVERYWHERE, **BROWSING, "g": has_goal("approach", APPROACH), "f": is_at("formulas"), "y": copied},
    "topic": {
        **EVERYWHERE,
        **BROWSING,
        "e": is_at("quiz"),
        "g": has_goal("topic", DCT),
        "i": lambda driver: any(event.payload == Known(DCT) for event in kept()),
        "o": says("For fixed"),  # the first step of its example
        "f": is_at("formulas"),
        "y": copied,
    },
    "formulas": {**EVERYWHERE, **BROWSING, "escape": is_at("topic")},
    "quiz": {
        **{key: effect for key, effect in EVERYWHERE.items() if key != "?"},
        "enter": says("still empty"),
        "f2": says("Hint 1 of"),
        "f3": says("Solution."),
        "f4": lambda driver: driver.part("#prompt") != FIRST["prompt"],
        "f5": is_at("result"),
        "f7": is_at("SymbolScreen"),
        "tab": lambda driver: driver.app.focused is driver.input(1),
        "?": lambda driver: driver.input().value == "?",  # a character like any other where one types
    },
    "result": {**EVERYWHERE, **BROWSING, "w": is_at("quiz")},
    "path": {**EVERYWHERE, **BROWSING, "e": says("no exercise"), "x": has_goal(None)},
    "readings": {**EVERYWHERE, **BROWSING},
    "reading": {
        **EVERYWHERE,
        **BROWSING,
        "e": is_at("quiz"),
        "g": has_goal("reading", WORK),
        "f": tells("no formula"),
        "y": tells("no formula"),
    },
    "progress": {**EVERYWHERE, **BROWSING, "r": tells("Nothing is due")},
    "help": {**EVERYWHERE, **BROWSING, "f1": is_at("help"), "?": is_at("help")},
}
FRESH = {"tab", "enter", "?"}
"""Keys that are to be pressed on a screen where nothing was done before."""

ELSEWHERE = {("quiz", "f6")}
"""Has its own test: there has to be a verdict first. So have the keys that leave the app."""

FIRST: dict[str, str] = {}


async def go(driver: Driver, place: Place) -> None:
    """Come to a place from Today."""
    app = driver.app
    app.copy_to_clipboard("")
    while app.screen.focused is None and driver.depth > 1:
        await driver.wait()
    await app.run_action("app.open_today")
    await driver.at("today")
    ways: dict[Place, Callable[[], Awaitable[None]]] = {
        "today": driver.wait,
        "map": lambda: driver.press("m"),
        "areas": lambda: driver.press("m", "a"),
        "path": lambda: driver.press("p"),
        "readings": lambda: driver.press("b"),
        "progress": lambda: driver.press("s"),
        "help": lambda: driver.press("f1"),
        "quiz": lambda: driver.ask(TWO_LINES),
    }
    opens: dict[Place, Callable[[], None]] = {
        "approach": lambda: app.open_approach(APPROACH),
        "topic": lambda: app.open_topic(DCT),
        "reading": lambda: app.open_reading(WORK),
    }
    if place in ways:
        await ways[place]()
    elif place in opens:
        opens[place]()
    elif place == "formulas":
        app.open_topic(DCT)
        await driver.until("Why you need it")
        await driver.press("f")
    else:
        await driver.ask(TYPED)
        await driver.press("f5")
    await driver.at(place)
    await driver.until(lambda: driver.heading.strip())
    if place == "topic":
        await driver.until("Why you need it")
    FIRST["prompt"] = driver.part("#prompt")


@pytest.mark.parametrize("place", EFFECTS)
async def test_every_key_does_what_it_says(place: Place) -> None:
    problems = []
    async with companion() as driver:
        if place == "path":
            driver.app.open_topic("hilbert-spaces")
            await driver.at("topic")
            await driver.press("g")
            await driver.until("your goal")
        for key, effect in EFFECTS[place].items():
            if key in FRESH or driver.place != place:
                await go(driver, place)
            before = driver.depth
            problems += [f"{shown} is in the footer and does nothing" for shown in keys_in_footer(driver) - keys_of(place)]
            await driver.pilot.press(key)
            if not await driver.comes_true(lambda: effect(driver)):  # noqa: B023 - called at once
                problems.append(f"{key} does not do what it says, but:\n{driver.text}")
            if driver.place == place and driver.depth > before:
                problems.append(f"{key} opens the same screen once more")
            while driver.depth > before:
                depth = driver.depth
                await driver.press("escape")
                await driver.until(lambda: driver.depth < depth)  # noqa: B023 - called at once
    assert not set(problems), "\n".join(sorted(set(problems)))


def keys_in_footer(driver: Driver) -> set[str]:
    spelled = {"question_mark": "?"}
    bindings = driver.app.screen.active_bindings.values()
    return {spelled.get(binding.key, binding.key) for _, binding, enabled, _ in bindings if binding.show and enabled}


def keys_of(place: Place) -> set[str]:
    """The keys that do something there; on Today there is nothing to go back to."""
    return {*EFFECTS[place], "q", "ctrl+q"} - ({"escape"} if place == "today" else set())


@pytest.mark.parametrize("place", EFFECTS)
def test_the_table_above_is_the_list_of_actions(place: Place) -> None:
    spelled = {"?": "question_mark"}
    listed = {key for action in actions_for(place) for key in action.keys} - {"ctrl+q", "q"}
    tried = {spelled.get(key, key) for key in EFFECTS[place]} | {key for where, key in ELSEWHERE if where == place}
    assert tried == listed


@pytest.mark.parametrize(("place", "key"), [("today", "q"), *((place, "ctrl+q") for place in ("today", "quiz", "topic", "map"))])
async def test_leaving(place: Place, key: str) -> None:
    async with companion() as driver:
        await go(driver, place)
        await driver.press(key)
        await driver.until(lambda: not driver.app.is_running)
        assert driver.app.return_code == 0


@pytest.mark.parametrize("place", EFFECTS)
def test_the_help_page_names_every_action_of_a_place(place: Place) -> None:
    page = keys_page(place)
    for action in actions_for(place):
        assert action.title in page
        assert action.help in page
        for key in action.keys:
            assert f"| {key_label(key)}" in page or f", {key_label(key)}" in page


async def test_the_help_screen_lists_every_action_there_is() -> None:
    async with companion((120, 40)) as driver:
        await driver.press("f1")
        await driver.until("Again, those not right")
        for action in ACTIONS:
            assert action.title in driver.words, action.id


def test_every_action_has_its_own_keys_at_each_place() -> None:
    for place in EFFECTS:
        keys = [key for action in actions_for(place) for key in action.keys]
        assert len(keys) == len(set(keys)), place
        assert all(isinstance(binding, Binding) for binding in bindings_for(place))


def test_the_table_of_keys_in_the_readme_is_that_of_the_actions() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_table(readme) == readme
    for action in ACTIONS:
        assert action.help in readme
        assert f"`{key_label(action.keys[0])}`" in readme


async def test_enter_copies_the_formula_under_the_cursor() -> None:
    async with companion() as driver:
        await go(driver, "formulas")
        await driver.press("down")
        wanted = driver.app.screen.query_one(Listing).highlighted_option
        assert wanted is not None
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard == str(wanted.prompt))


def test_where_text_is_typed_only_keys_that_type_nothing_are_bound() -> None:
    types = {"question_mark"}  # bound everywhere; in a line it is a character
    for action in actions_for("quiz"):
        for key in action.keys:
            assert len(key) > 1 or key in types
            assert not (key.startswith("ctrl+") and key[5:] in "hijmsz"), "these are other keys in a terminal"


def test_the_goals_and_questions_used_here_exist() -> None:
    catalogue = open_catalogue()
    assert WORK in catalogue.readings
    assert APPROACH in catalogue.approaches
    assert catalogue.exercise(CHOSEN).fields
