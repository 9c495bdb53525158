from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.curriculum import index
from companion.curriculum.catalogue import Catalogue, Found, index_is_ready, open_catalogue
from companion.curriculum.problems import ContentError
from tests.curriculum.packs import PACK, Folder, topic
from tests.curriculum.test_compile import CHOICE, ORDER, PLAIN


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A small content in the place of the shipped one, and an empty cache."""
    folder = Folder(tmp_path / "content")
    folder.write("pack.yaml", PACK.replace("id: mine", "id: core"))
    basics = topic("basics", more="formerly: [foundations]")
    folder.topic("basics", basics.replace("can: Do it.", "can: Do it., formerly: [basics/make-it]"))
    exercises = CHOICE + ORDER + PLAIN.replace("basics/count", "basics/do-it")
    folder.topic("more", topic("more", needs=("basics",), level=2, exercises=exercises))
    book = "{id: book, title: The Book of More, authors: A. Author, year: 2000, kind: book, free: no, url: u}"
    folder.write("readings.yaml", f"readings: [{book}]")
    way = "{id: way, title: The way, question: Q, status: active, proved: P, open: O, topics: [more]}"
    folder.write("approaches.yaml", f"approaches: [{way}]")
    monkeypatch.setattr(index, "content_folder", lambda: folder.path)
    monkeypatch.setenv("COMPANION_CACHE", str(tmp_path / "cache"))
    return folder


def test_what_was_compiled_is_read_back_as_it_was(shipped: Folder) -> None:
    from companion.curriculum.compile import compile_pack

    compiled = compile_pack(shipped.path)
    assert compiled.problems == []
    assert index_is_ready() is None
    catalogue = open_catalogue()
    assert index_is_ready() is not None
    assert catalogue.topics == compiled.topics
    assert catalogue.approaches == compiled.approaches
    assert catalogue.readings == compiled.readings
    assert catalogue.areas == compiled.areas
    assert catalogue.macros == compiled.macros
    assert catalogue.notation == compiled.notation
    assert {topic: catalogue.body(topic) for topic in catalogue.topics} == compiled.bodies
    assert catalogue.problems == ()


def test_exercises_and_skills_are_found_under_former_names(shipped: Folder) -> None:
    catalogue = open_catalogue()
    assert catalogue.exercise("more/pick").prompt == "Pick."
    for name in ("basics/do-it", "basics/make-it", "foundations/do-it"):
        assert catalogue.skill(name).id == "basics/do-it"
    for missing in ("more/nothing", "nothing/pick", "pick", ""):
        with pytest.raises(KeyError):
            catalogue.exercise(missing)
    with pytest.raises(KeyError):
        catalogue.body("nothing")


def test_search_finds_by_the_beginnings_of_words(shipped: Folder) -> None:
    catalogue = open_catalogue()
    assert catalogue.search("more") == [Found("topic", "more", "The topic more"), Found("reading", "book", "The Book of More")]
    assert catalogue.search("the WAY") == [Found("approach", "way", "The way")]
    assert [found.id for found in catalogue.search("topic bas")] == ["basics"]
    assert [found.id for found in catalogue.search("author")] == ["book"]
    assert len(catalogue.search("the", limit=2)) == 2
    assert catalogue.search(" ") == []
    assert catalogue.search("more nothing") == []
    assert catalogue.nearest("basic")[0] == "basics"


def test_a_changed_file_makes_another_index(shipped: Folder) -> None:
    catalogue = open_catalogue()
    assert catalogue.is_current()
    shipped.topic("third")
    assert not catalogue.is_current()
    assert index_is_ready() is None
    assert "third" in open_catalogue().topics


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 100])
def test_a_damaged_index_is_made_again(shipped: Folder, content: bytes) -> None:
    open_catalogue()
    path = index_is_ready()
    assert path is not None
    path.write_bytes(content)
    assert index_is_ready() is None
    assert set(open_catalogue().topics) == {"basics", "more"}


@pytest.mark.usefixtures("shipped")
def test_without_a_writable_cache_the_index_goes_elsewhere_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMPANION_CACHE", str(tmp_path / "file" / "cache"))
    catalogue = open_catalogue()
    assert "cannot be written" in catalogue.notice
    assert set(catalogue.topics) == {"basics", "more"}
    assert catalogue.body("more").exercises


def test_of_a_broken_pack_the_sound_topics_are_there_and_the_problems_told(shipped: Folder, pack: Folder) -> None:
    pack.topic("good", topic("good", needs=("bad", "more"), level=2))
    pack.topic("bad", topic("bad").replace("level: 1", "level: 8"))
    catalogue = open_catalogue([pack.path])
    assert set(catalogue.topics) == {"basics", "more", "mine:good"}
    assert [p.id for p in catalogue.topics["mine:good"].prerequisites] == ["more"]
    assert [(Path(problem.file).name, problem.line) for problem in catalogue.problems] == [("bad.yaml", 5)]
    assert [entry.id for entry in catalogue.packs] == ["core", "mine"]
    assert catalogue.graph.ancestors("mine:good") == {"more", "basics"}


def test_content_without_a_usable_topic_cannot_be_opened(shipped: Folder) -> None:
    for name in ("basics", "more"):
        shipped.topic(name, "nothing")
    with pytest.raises(ContentError) as caught:
        open_catalogue()
    assert {Path(problem.file).name for problem in caught.value.problems} >= {"basics.yaml", "more.yaml"}


def test_a_child_process_compiles_and_tells_its_progress(tmp_path: Path, pack: Folder) -> None:
    pack.topic("good")
    environment = {**os.environ, "COMPANION_CACHE": str(tmp_path / "child")}
    command = [sys.executable, "-m", "companion.curriculum", "--pack", str(pack.path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert reports[0]["done"] == 0
    assert reports[0]["of"] > 100
    assert "mine:good" in Catalogue(Path(reports[-1]["index"])).topics


def test_opening_needs_neither_yaml_nor_pydantic_nor_sympy(shipped: Folder) -> None:
    open_catalogue()
    path = index_is_ready()
    program = (
        "import sys; from pathlib import Path; from companion.curriculum.catalogue import Catalogue; import companion.curriculum.variants\n"
        f"catalogue = Catalogue(Path({str(path)!r})); catalogue.body('more'); catalogue.search('x'); catalogue.graph\n"
        "print(sorted({'yaml', 'pydantic', 'sympy', 'platformdirs', 'asyncio', 'textual', 'importlib.resources'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
