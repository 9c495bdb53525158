"""The file: durable, append-only, shared, and clear about what is wrong with it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from companion.learner import opening
from companion.learner.events import Known, Unknown
from companion.learner.store import Store, StoreError, open_store

from .curricula import attempt
from .derived_state import derived_state
from .hand_clock import HandClock

WRITER = """
import sys
from pathlib import Path
from companion.learner.events import Attempt
from companion.learner.store import open_store
store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
if len(sys.argv) > 2:
    sys.stdin.readline()
count = int(sys.argv[2]) if len(sys.argv) > 2 else 10**9
for number in range(count):
    skill = f"sets/s{number % 7}"
    event = store.record(Attempt("sets/e0-0", "h", number, {"value": "1/2"}, "correct", skill))
    print(event.id, flush=True)
"""


def writer(path: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def killed_writer(path: Path, after: int) -> list[str]:
    """Let a process record events until it has told `after` of them, kill it, and return all that it told."""
    with writer(path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        told = [process.stdout.readline() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    return [line.strip() for line in told if line.endswith("\n")]


def check_durability(path: Path, kills: int) -> None:
    chance = random.Random(6)
    told: list[str] = []
    for _ in range(kills):
        told += killed_writer(path, chance.randrange(1, 40))
    with open_store(path) as store:
        assert set(told) <= {row.id for row in store.rows()}
        assert store.faults() == []
        recorded = derived_state(store)
        store.rebuild()
        assert derived_state(store) == recorded


def test_what_was_told_survives_a_killed_process(tmp_path: Path) -> None:
    check_durability(tmp_path / "progress.db", 20)


@pytest.mark.full
def test_what_was_told_survives_a_thousand_killed_processes(tmp_path: Path) -> None:
    check_durability(tmp_path / "progress.db", 1000)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    told: list[str] = []
    with writer(path, "60") as one, writer(path, "60") as two:  # both begin with a file that is not there
        for process in (one, two):
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "ready\n"
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in (one, two):
            assert process.stdout is not None
            told += process.stdout.read().split()
    assert (one.returncode, two.returncode) == (0, 0)
    with open_store(path) as store:
        assert sorted(told) == [row.id for row in store.rows()]
        assert len(told) == 120
        recorded = derived_state(store)
        store.rebuild()
        assert derived_state(store) == recorded


def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "progress.db"
    barrier = threading.Barrier(6)
    devices: list[str] = []

    def open_it() -> None:
        barrier.wait()
        with open_store(path) as store:
            devices.append(store.device)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(devices) == 6
    assert len(set(devices)) == 1


def test_each_copy_sees_what_the_other_records(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with open_store(path) as one, open_store(path) as two:
        seen = two.progress()
        assert two.progress() is seen
        one.record(Known("sets"))
        assert two.progress().ticked == {"sets"}
        two.record(Known("limits"))
        assert one.progress().ticked == {"sets", "limits"}


def test_what_was_recorded_is_there_after_reopening(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "deep" / "folder" / "progress.db"
    with open_store(path, clock) as store:
        event = store.record(attempt("sets/s0"))
        progress, device = store.progress(), store.device
        assert store.keeps
    with open_store(path, clock) as store:
        assert list(store.events()) == [event]
        assert store.progress() == progress
        assert store.device == device
        assert store.record(Known("sets")).id > event.id  # though the clock stands still


def test_a_store_may_be_used_in_another_thread_than_it_was_made_in(store: Store) -> None:
    thread = threading.Thread(target=store.record, args=[Known("sets")])
    thread.start()
    thread.join()
    assert store.progress().ticked == {"sets"}
    assert not store.keeps


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'undo'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT id, 'me', at, offset, kind, payload FROM event",
    ],
)
def test_events_can_neither_be_changed_nor_deleted(store: Store, statement: str) -> None:
    store.record(Known("sets"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store._connection.execute(statement)


def test_several_are_recorded_or_none(store: Store) -> None:
    with pytest.raises(ValueError, match="out of range"):
        store.record_all([Known("sets"), Known("\ud800")])
    assert store.count() == 0


def test_events_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with open_store(path) as store:
        store.record(Unknown("mood", {"words": ["fine"]}))
    with open_store(path) as store:
        store.rebuild()
        assert [event.payload for event in store.events()] == [Unknown("mood", {"words": ["fine"]})]


def test_an_older_derivation_is_derived_again(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with open_store(path) as store:
        store.record(attempt("sets/s0"))
        recorded = derived_state(store)
        store._connection.execute("UPDATE derived SET version = 0")
        store._connection.execute("DROP TABLE card")
    with open_store(path) as store:
        assert derived_state(store) == recorded


def test_the_data_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_DATA", str(tmp_path / "mine"))
    with open_store() as store:
        assert store.path == tmp_path / "mine" / "progress.db"
    assert opening.data_folder({}).is_absolute()


def refusal(path: Path) -> StoreError:
    with pytest.raises(StoreError) as raised:
        open_store(path)
    assert str(raised.value).endswith(".")
    return raised.value


def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    error = refusal(tmp_path / "file" / "progress.db")
    assert error.reason == "unwritable"
    assert "Progress cannot be kept" in str(error)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_or_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o500)
    assert refusal(folder / "progress.db").reason == "unwritable"
    with open_store(tmp_path / "progress.db") as store:
        store.record(Known("sets"))
    (tmp_path / "progress.db").chmod(0o400)
    assert refusal(tmp_path / "progress.db").reason == "unwritable"


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "progress.db").mkdir()
    assert refusal(tmp_path / "progress.db").reason == "unwritable"


def test_a_file_that_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    path.write_bytes(b"not a database, " * 100)
    error = refusal(path)
    assert error.reason == "corrupt"
    assert str(path) in str(error)
    assert path.read_bytes() == b"not a database, " * 100


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with open_store(path) as store:
        store.record_all([attempt("sets/s0", seed=seed) for seed in range(300)])
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(len(whole) - 12288) + whole[-4096:])
    with pytest.raises(StoreError) as raised, open_store(path) as store:
        store.rebuild()
    assert raised.value.reason == "corrupt"


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmark (url)")
    other.close()
    before = path.read_bytes()
    assert refusal(path).reason == "foreign"
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with open_store(path) as store:
        store._connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    error = refusal(path)
    assert error.reason == "newer"
    assert "99" in str(error)
    assert path.read_bytes() == before


def test_another_program_does_not_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "progress.db"
    monkeypatch.setattr(opening, "PATIENCE", 0.0)
    with open_store(path) as holder, open_store(path) as other:
        holder._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as raised:
            other.record(Known("sets"))
        assert raised.value.reason == "locked"
        assert refusal(path).reason == "locked"
        holder._connection.execute("ROLLBACK")
        other.record(Known("sets"))
        assert other.count() == 1


def test_a_full_disk_loses_only_what_was_not_acknowledged(tmp_path: Path) -> None:
    with open_store(tmp_path / "progress.db") as store:
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        told: list[str] = []

        def fill() -> None:
            while True:
                told.append(store.record(attempt("sets/s0", seed=len(told))).id)

        with pytest.raises(StoreError) as raised:
            fill()
        assert raised.value.reason == "full"
        assert [row.id for row in store.rows()] == told
        store._connection.execute("PRAGMA max_page_count = 10000")
        told.append(store.record(Known("sets")).id)
        assert [row.id for row in store.rows()] == told
