"""What can go wrong around the app, and keys that nobody would press in this order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key

from companion.answers.protocol import Reply
from companion.learner.clock import system_clock
from companion.learner.errors import StoreError
from companion.learner.events import Attempt, Goal, Known
from companion.learner.store import open_store
from companion.study.settings import Settings
from companion.tui.app import CompanionApp
from companion.tui.services import Services
from companion.tui.widgets.listing import Listing
from tests.curriculum.packs import Folder, topic

from .driving import CHOSEN, DCT, NARROW, ORDERED, TYPED, WIDE, Driver, attempts, companion, kept

HOSTILE = ["[/]", "[bold]x[/bold]", "f[x]", "[", "]", "[link=http://x]y[/link]", "[@click=app.quit]z[/]", "$x^2$", "**b**", "\\", "`"]


async def test_without_a_data_folder_the_app_works_and_says_that_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replies: list[Reply]
) -> None:
    file = tmp_path / "occupied"
    file.write_text("mine", encoding="utf-8")
    monkeypatch.setenv("COMPANION_DATA", str(file))
    replies.append(Reply("incorrect", "different", "That is half of it."))
    async with companion() as driver:
        await driver.until("nothing you do here is kept")
        await driver.ask(TYPED)
        await driver.write("1")
        await driver.press("enter")
        await driver.until("That is half of it.")
        await driver.press("escape")
        await driver.until("Begun")
    assert file.read_text(encoding="utf-8") == "mine"


async def test_an_answer_that_cannot_be_kept_is_said_not_to_be(monkeypatch: pytest.MonkeyPatch, replies: list[Reply]) -> None:
    async def fail(services: Services, event: object) -> str:
        raise StoreError("full", "The disk is full.")

    monkeypatch.setattr(Services, "record", fail)
    replies.append(Reply("incorrect", "different", "That is half of it."))
    async with companion() as driver:
        await driver.ask(TYPED)
        await driver.write("1")
        await driver.press("enter")
        await driver.until("That is half of it.")
        await driver.until("The disk is full.")
        await driver.until("could not be kept")
        driver.app.screen.set_focus(None)
        await driver.press("enter")
        await driver.at("result")


async def test_what_another_copy_did_is_seen_when_a_screen_is_opened() -> None:
    async with companion() as driver:
        with open_store() as other:
            other.record(Goal("topic", DCT))
            other.record(Known("hilbert-spaces"))
        await driver.press("p")
        await driver.until("Path to Dominated convergence theorem")
        await driver.press("escape")
        await driver.until("Next on your path")
        driver.app.open_topic("hilbert-spaces")
        await driver.until(lambda: "●" in driver.heading)


async def test_settings_that_cannot_be_used_are_named() -> None:
    settings = Settings(theme="no-such-theme", problems=("settings.toml is not valid [/] TOML.",))
    async with companion(settings=settings) as driver:
        await driver.until("settings.toml is not valid [/] TOML.")


async def test_what_is_typed_is_never_taken_for_markup(replies: list[Reply]) -> None:
    async with companion() as driver:
        for number, typed in enumerate(HOSTILE, 1):
            replies.append(Reply("incorrect", "different", f"You said {typed}."))
            await driver.ask(TYPED)
            await driver.write(typed)
            assert driver.input().value == typed
            await driver.press("enter")
            await driver.until(lambda number=number: len(attempts()) == number)  # type: ignore[misc]
            assert attempts()[-1].answer == {"value": typed}
            await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
            await driver.press("f6")
            await driver.until("Disputed")
            await driver.press("enter")
            await driver.at("result")
            shown = typed.replace("`", "'")
            await driver.until(f"You answered: {shown}")
            await driver.press("escape")
            await driver.at("today")


async def test_what_is_looked_for_is_never_taken_for_markup() -> None:
    async with companion() as driver:
        await driver.press("ctrl+p")
        await driver.until(lambda: driver.place == "Palette")
        for typed in HOSTILE:
            driver.input().value = ""
            await driver.write(typed)
            await driver.pilot.pause()
            assert driver.place == "Palette"


async def test_titles_and_texts_of_a_strangers_pack_are_never_taken_for_markup(tmp_path: Path) -> None:
    pack = Folder(tmp_path / "pack")
    text = topic("odd").replace("title: The topic odd", "title: 'Zorn [/] and f[x] [bold]'").replace("Do it.", "'Do [/] f[x].'")
    pack.topic("odd", text)
    async with companion(WIDE, packs=(pack.path,)) as driver:
        identifier = next(name for name in driver.app.services.catalogue.topics if name.endswith("odd"))
        driver.app.open_topic(identifier)
        await driver.until(lambda: "Zorn [/] and f[x] [bold]" in driver.heading)
        await driver.until("Do [/] f[x].")
        await driver.press("g")
        await driver.until("your goal")
        await driver.press("p")
        await driver.until(lambda: "Path to Zorn [/] and f[x] [bold]" in driver.heading)
        await driver.press("ctrl+p")
        await driver.until(lambda: driver.place == "Palette")
        await driver.write("Zorn")
        await driver.until(lambda: "Zorn [/] and f[x] [bold]" in driver.words)


async def test_a_broken_pack_is_named_and_the_rest_works(tmp_path: Path) -> None:
    pack = Folder(tmp_path / "pack")
    pack.topic("broken", "schema: 1\nid: broken\ntitle: [\n")
    async with companion(WIDE, packs=(pack.path,)) as driver:
        await driver.until("broken.yaml")
        assert len(driver.app.services.catalogue.topics) == 199


KEYS = [
    *"abefghijklmnopqrstuwxy0123456789?/[]^*+-",
    *("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "space", "backspace", "home", "end", "pageup", "pagedown"),
    *("f1", "f2", "f3", "f4", "f5", "f6", "f7", "shift+up", "shift+down", "delete", "\\", "ctrl+p"),
]


@pytest.fixture
def patient_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that finds everything undecided."""

    async def judge(services: Services, question: object, answer: object) -> Reply:
        return Reply("undecided", "deadline", "That took too long.")

    monkeypatch.setattr(Services, "judge", judge)


async def monkey(driver: Driver, seed: int, count: int) -> None:
    """Press keys at random, but not the one that leaves."""
    chance = random.Random(seed)
    for _ in range(count):
        key = chance.choice(KEYS)
        if key == "q" and driver.place == "today":
            continue
        await driver.press(key)


@pytest.mark.full
@pytest.mark.usefixtures("patient_judge")
@pytest.mark.parametrize(("size", "seed"), [(NARROW, 1), (WIDE, 2), ((40, 10), 3)])
async def test_no_order_of_keys_ends_the_app(size: tuple[int, int], seed: int) -> None:
    async with companion(size) as driver:
        await monkey(driver, seed, 80)
        for question in (TYPED, CHOSEN, ORDERED):
            await driver.app.run_action("app.open_today")
            while driver.place != "today":
                await driver.press("escape")
            await driver.ask(question)
            await monkey(driver, seed, 30)
        assert driver.app.is_running


@pytest.mark.full
@pytest.mark.parametrize("seed", range(10))
async def test_no_long_order_of_keys_ends_the_app(judge: None, seed: int) -> None:
    async with companion() as driver:
        await driver.ask(TYPED)
        await monkey(driver, seed, 400)
        assert driver.app.is_running


def open_late(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Hold back the content and the progress until the event is set."""
    go_on = asyncio.Event()
    really_open = Services.open

    async def wait_and_open(services: Services, on_progress: Callable[[int, int], None]) -> None:
        await go_on.wait()
        await really_open(services, on_progress)

    monkeypatch.setattr(Services, "open", wait_and_open)
    return go_on


async def test_keys_before_everything_is_open_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a first start the content is compiled for a second or two, and nobody waits for that."""
    go_on = open_late(monkeypatch)
    app = CompanionApp(system_clock(), Settings())
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        driver = Driver(app, pilot)
        for key in (
            "r",
            *"maa",
            "down",
            "enter",
            "escape",
            *"pex",
            "down",
            "enter",
            "escape",
            *"b",
            "enter",
            "escape",
            *"sr",
            "f1",
            "escape",
        ):
            await driver.press(key)
        go_on.set()
        await driver.until(lambda: app.services.is_open)
        for _ in range(12):
            await driver.press("escape")
        await driver.until("Nothing is due")
        assert driver.place == "today"
        assert app.screen.query_one(Listing).option_count > 5


@pytest.mark.parametrize("place", ["m", "b", "p", "s"])
async def test_a_screen_opened_too_early_is_filled_when_everything_is_open(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = open_late(monkeypatch)
    app = CompanionApp(system_clock(), Settings())
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.press(place)
        go_on.set()
        await driver.until({"m": "Universal approximation", "b": "Wikipedia", "p": "no goal yet", "s": "of 199 topics"}[place])


async def test_known_and_back() -> None:
    async with companion() as driver:
        driver.app.open_topic(DCT)
        await driver.until("Why you need it")
        await driver.press("i")
        await driver.until(lambda: "●" in driver.heading)
        await driver.press("i")
        await driver.until(lambda: "●" not in driver.heading and driver.heading.strip())
        assert [event.payload for event in kept()] == [Known(DCT, True), Known(DCT, False)]


async def test_a_goal_makes_a_path_that_can_be_followed_and_dropped() -> None:
    async with companion(WIDE) as driver:
        driver.app.open_topic(DCT)
        await driver.until("Why you need it")
        await driver.press("g")
        await driver.until("your goal")
        await driver.press("p")
        await driver.until("Path to Dominated convergence theorem")
        order = [str(option.id) for option in driver.app.screen.query_one(Listing).options]
        catalogue = driver.app.services.catalogue
        for number, identifier in enumerate(order):
            for need in catalogue.topics[identifier].prerequisites:
                assert need.id in order[:number]
        assert order[-1] == DCT
        await driver.press("end")
        await driver.until("what you are going for")
        await driver.press("e")
        await driver.asked(1)
        await driver.press("escape")
        await driver.at("path")
        await driver.press("x")
        await driver.until("You have no goal yet.")
        assert not any(isinstance(event.payload, Attempt) for event in kept())


async def test_a_disk_that_vanishes_while_one_looks_around_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with companion() as driver:

        async def fail(services: Services) -> None:
            raise StoreError("full", "The disk is gone.")

        monkeypatch.setattr(Services, "refresh", fail)
        await driver.press("m")
        await driver.at("map")
        await driver.press("escape")
        await driver.at("today")
        await driver.until("The disk is gone.")


async def test_what_is_read_again_too_late_for_its_screen_does_no_harm(monkeypatch: pytest.MonkeyPatch, replies: list[Reply]) -> None:
    """Another copy writes while screens open and close faster than the progress is read."""
    replies += [Reply("incorrect", "different", "That is half of it.")] * 4
    async with companion() as driver:
        for number in range(4):
            with open_store() as other:
                other.record(Known("hilbert-spaces", number % 2 == 0))
            await driver.ask(TYPED)
            await driver.write(str(number + 1))
            await driver.press("enter")
            await driver.until(lambda: driver.part("#verdict").startswith("Not right"))
            driver.app.post_message(Key("enter", "\r"))
            driver.app.post_message(Key("escape", None))
            driver.app.post_message(Key("p", "p"))
            driver.app.post_message(Key("escape", None))
            await driver.wait()
            await driver.app.run_action("app.open_today")
            await driver.at("today")
        assert driver.app.is_running
