"""Looking around: Today, the maps, an approach, a topic, the works, the palette."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from companion.curriculum.catalogue import open_catalogue
from companion.study.atlas import area_rows
from companion.tui.widgets.grid import GlyphGrid
from companion.tui.widgets.listing import Listing

from .driving import DCT, NARROW, RKHS, UAT, UNWRITTEN, WIDE, Driver, companion

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


@SIZES
async def test_today_names_what_is_written_and_the_ways_into_the_rest(size: tuple[int, int]) -> None:
    async with companion(size) as driver:
        assert driver.place == "today"
        for shown in ("Nothing is due", "No goal yet", "Dominated convergence theorem", "The map", "Readings", "Progress"):
            assert shown in driver.text


async def test_every_entry_of_today_opens_something() -> None:
    async with companion() as driver:
        listing = driver.app.screen.query_one(Listing)
        chosen = [option.id for option in listing.options if not option.disabled]
        assert len(chosen) > 5
        seen = []
        for _ in chosen:
            before = listing.highlighted
            await driver.press("enter")
            await driver.until(lambda: driver.depth == 2)
            await driver.wait()
            seen.append(driver.place)
            await driver.press("escape")
            await driver.until(lambda: driver.depth == 1)
            assert listing.highlighted == before, "the cursor stays where it was"
            await driver.press("down")
        assert {"topic", "map", "readings", "path", "progress"} <= set(seen)


@SIZES
async def test_from_the_map_to_an_approach_to_a_topic_and_back(size: tuple[int, int]) -> None:
    catalogue = open_catalogue()
    approach = catalogue.approaches["density-theorems"]
    async with companion(size) as driver:
        await driver.press("m")
        await driver.at("map")
        await until_row(driver, approach.id)
        assert approach.title in driver.part("#under")
        await driver.press("enter")
        await driver.at("approach")
        assert approach.title in driver.heading
        for part in ("The question", "What is proved", "What is open", "Mathematics it needs"):
            assert part in driver.text
        await driver.press("tab")
        await driver.until(lambda: isinstance(driver.app.focused, Listing))
        await driver.press("enter")
        await driver.at("topic")
        await driver.until(catalogue.topics[approach.topics[0]].title)
        await driver.press("escape")
        await driver.at("approach")
        await driver.press("escape")
        await driver.at("map")
        grid = driver.app.screen.query_one(GlyphGrid)
        assert grid.row is not None
        assert grid.row.key == approach.id


async def until_row(driver: Driver, key: str) -> None:
    """Go down the map to this row."""
    grid = driver.app.screen.query_one(GlyphGrid)
    for _ in range(60):
        if grid.row is not None and grid.row.key == key:
            return
        await driver.press("down")
    raise AssertionError(f"{key} is nowhere on the map")


async def test_the_map_says_of_each_area_whether_it_is_needed() -> None:
    catalogue = open_catalogue()
    approach = next(iter(catalogue.approaches.values()))
    async with companion() as driver:
        await driver.press("m")
        await driver.at("map")
        for area in catalogue.areas.values():
            under = driver.part("#under")
            assert area.title[:40] in under
            assert ("not needed" not in under) == (area.id in approach.areas)
            await driver.press("right")


async def test_sections_of_the_map_are_passed_over() -> None:
    catalogue = open_catalogue()
    async with companion() as driver:
        await driver.press("m")
        await driver.at("map")
        grid = driver.app.screen.query_one(GlyphGrid)
        seen = []
        for _ in catalogue.approaches:
            assert grid.row is not None
            assert grid.cell is not None, "the cursor never stands on a title"
            seen.append(grid.row.key)
            grid.action_move(1, 0)
        assert sorted(seen) == sorted(catalogue.approaches)


@SIZES
async def test_on_the_map_of_areas_every_sign_is_a_topic_and_moving_is_spatial(size: tuple[int, int]) -> None:
    catalogue = open_catalogue()
    async with companion(size) as driver:
        await driver.press("m")
        await driver.at("map")
        await driver.press("a")
        await driver.at("areas")
        grid = driver.app.screen.query_one(GlyphGrid)
        visited = set()
        for area in catalogue.areas:
            grid.action_ends(-1)
            assert grid.row is not None
            assert grid.row.key == area
            for _ in grid.row.cells:
                assert grid.cell is not None
                visited.add(grid.cell.key)
                assert catalogue.topics[grid.cell.key].area == area
                grid.action_move(0, 1)
            grid.action_move(1, 0)
        assert visited == set(catalogue.topics)


async def test_up_and_down_on_the_map_of_areas_go_to_the_nearest_sign() -> None:
    async with companion() as driver:
        await driver.press("m", "a")
        await driver.at("areas")
        grid = driver.app.screen.query_one(GlyphGrid)
        await driver.press("right", "right", "right", "right", "right")
        for key in ["down"] * 12 + ["up"] * 12:
            assert grid.cell is not None
            before = grid.cell.column
            grid.action_move(1 if key == "down" else -1, 0)
            assert grid.row is not None
            assert grid.cell is not None
            assert abs(grid.cell.column - before) == min(abs(cell.column - before) for cell in grid.row.cells)


async def test_what_a_topic_needs_and_leads_to_lights_up() -> None:
    catalogue = open_catalogue()
    async with companion(WIDE) as driver:
        await driver.press("m", "a")
        await driver.at("areas")
        grid = driver.app.screen.query_one(GlyphGrid)
        assert grid.put_cursor(RKHS)
        await driver.until(catalogue.topics[RKHS].title)
        needs = {need.id for need in catalogue.topics[RKHS].prerequisites}
        leads = set(catalogue.graph.direct_dependents(RKHS))
        assert needs
        rows = area_rows(catalogue, driver.app.marks())
        assert {key for y, row in enumerate(rows, 1) for column, _, _, key in row[3] if is_underlined(grid, column, y)} == needs | leads
        for need in needs:
            assert catalogue.topics[need].title in driver.part("#under")


def is_underlined(grid: GlyphGrid, column: int, y: int) -> bool:
    """Whether the grid underlines the sign in this column of cells and this line."""
    header, line = grid.render_line(0), grid.render_line(y)
    x = header.text.index("1") + column
    style = next(iter(line.crop(x, x + 1))).style
    return style is not None and bool(style.underline)


async def test_the_work_list_says_how_much_of_each_is_known() -> None:
    catalogue = open_catalogue()
    async with companion(WIDE) as driver:
        await driver.press("b")
        await driver.at("readings")
        for work in catalogue.readings.values():
            shown = str(driver.app.screen.query_one(Listing).get_option(work.id).prompt)
            assert f"0/{len(work.needs)}  {work.title}" in shown
        await driver.press("enter")
        await driver.at("reading")
        first = next(work for work in catalogue.readings.values() if not work.chosen)
        assert first.title in driver.heading
        for shown in ("For whom", "What it needs", "Checked"):
            assert shown in driver.text


@SIZES
async def test_a_written_topic_shows_its_notes_set_in_two_dimensions(size: tuple[int, int]) -> None:
    async with companion(size) as driver:
        driver.app.open_topic(DCT)
        await driver.until("Why you need it")
        for shown in ("Statement", "Pitfalls", "Skills", "Where to read", "exercises", "∫", "μ"):
            await driver.until(shown)
        for typed in ("\\int", "\\mu", "$", "**", "##"):
            assert typed not in driver.text
        assert all(len(line) <= size[0] for line in driver.text.splitlines())


async def test_a_topic_without_notes_says_so_and_shows_what_there_is() -> None:
    topic = open_catalogue().topics[UNWRITTEN]
    async with companion(WIDE) as driver:
        driver.app.open_topic(UNWRITTEN)
        await driver.until("no notes and no")
        page = " ".join(driver.part("#note").split())
        for title in ("Skills", "What it needs", "What it leads to", "Where to read"):
            assert title in page
        assert topic.objective.split("$")[0].strip() in page
        await driver.press("e")
        await driver.until("has no exercises yet")
        assert driver.place == "topic"


async def test_from_a_topic_one_goes_on_to_what_it_needs() -> None:
    catalogue = open_catalogue()
    first = catalogue.topics[RKHS].prerequisites[0].id
    async with companion() as driver:
        driver.app.open_topic(RKHS)
        await driver.until("Moore")
        driver.app.screen.query_one("#links", Listing).focus()
        await driver.press("enter")
        await driver.until(lambda: driver.place == "topic" and catalogue.topics[first].title in driver.heading)


@pytest.mark.parametrize(
    ("typed", "place", "title"),
    [
        ("reproducing kernel", "topic", "Reproducing kernel Hilbert spaces"),
        ("neural tangent", "approach", "The kernel regime and the neural tangent kernel"),
        ("cybenko", "reading", "superpositions"),
    ],
)
async def test_the_palette_finds_topics_approaches_and_works(typed: str, place: str, title: str) -> None:
    async with companion(WIDE) as driver:
        await driver.press("ctrl+p")
        await driver.until(lambda: driver.place == "Palette")
        await driver.type(typed)
        await driver.until(lambda: place in driver.text and title.casefold()[:30] in driver.text.casefold())
        found = [str(option.prompt).casefold() for option in driver.app.screen.query_one("CommandList", OptionList).options]
        wanted = next(index for index, prompt in enumerate(found) if title.casefold() in prompt and place in prompt)
        await driver.press(*["down"] * wanted, "enter")
        await driver.until(lambda: driver.place == place and title.casefold() in driver.heading.casefold())


async def test_the_palette_carries_out_an_action_of_the_screen() -> None:
    async with companion() as driver:
        driver.app.open_topic(UAT)
        await driver.at("topic")
        await driver.press("ctrl+p")
        await driver.until(lambda: driver.place == "Palette")
        await driver.type("make this my goal")
        await driver.until("Plan the path")
        await driver.press("enter")
        await driver.until(lambda: driver.place == "topic" and "your goal" in driver.heading)


@pytest.mark.parametrize("place", ["topic", "map", "areas", "readings"])
async def test_another_size_is_drawn_anew_and_the_cursor_stays(place: str) -> None:
    async with companion(WIDE) as driver:
        await open_place(driver, place)
        focused = driver.app.focused
        assert focused is not None
        await driver.press("down", "down")
        before = driver.part("#under"), getattr(focused, "highlighted", None), driver.heading
        for size in (NARROW, (60, 20), (200, 60), (20, 5), WIDE):
            await driver.pilot.resize_terminal(*size)
            await driver.wait()
            assert driver.place == place
        assert (driver.part("#under"), getattr(focused, "highlighted", None), driver.heading) == before


async def open_place(driver: Driver, place: str) -> None:
    if place == "topic":
        driver.app.open_topic(DCT)
        await driver.until("Why you need it")
    else:
        await driver.press(*{"map": ["m"], "areas": ["m", "a"], "readings": ["b"]}[place])
    await driver.at(place)
