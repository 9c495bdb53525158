"""The compiled index: one SQLite file in the cache folder, made again whenever the content is another.

An index is named after what it was made of: the product's version, the schema,
and the name, size and time of every file. Finding it takes a `stat` of each
file and no reading. It is written aside and put in place in one step, so that
two starting copies cannot disturb each other.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from companion import __version__
from companion.curriculum.places import cache_folder, content_folder, pack_files
from companion.curriculum.problems import ContentError, Problem, shown_name

FORMAT = 2
"""Raised whenever the layout of the index or the data in it changes."""

CATALOGUE = "catalogue"
KEPT = 8
"""Older indices of the same cache folder that are kept, newest first."""


def packs_of(pack_paths: Iterable[Path]) -> tuple[Path, ...]:
    """The folders an index is made of: the shipped content, then each pack once."""
    return (content_folder(), *dict.fromkeys(Path(path).absolute() for path in pack_paths))


def fingerprint(folders: Iterable[Path]) -> str:
    """What an index of these folders is named after."""
    digest = sha256(f"{__version__}\n{FORMAT}\n".encode())
    for folder in folders:
        digest.update(f"{folder}\n".encode("utf-8", "surrogateescape"))
        for path in pack_files(folder):
            try:
                status = path.stat()
            except OSError:
                continue
            digest.update(f"{path.relative_to(folder)}\n{status.st_size}\n{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:24]


def index_path(folders: Iterable[Path]) -> Path:
    """Where the index of these folders belongs."""
    return cache_folder() / f"index-{fingerprint(folders)}.sqlite"


def is_index(path: Path) -> bool:
    """Whether a file is an index that holds a catalogue."""
    try:
        return path.is_file() and _select(path, "1", CATALOGUE) == 1
    except (OSError, LookupError):
        return False


def read_part(path: Path, key: str) -> Any:
    """One part of an index. Raises `LookupError` if it is not there or the file is no index."""
    try:
        return json.loads(_select(path, "json", key))
    except ValueError as error:
        raise LookupError(f"the index is damaged: {error}") from error


def _select(path: Path, column: Literal["1", "json"], key: str) -> Any:
    query = {"1": "SELECT 1 FROM part WHERE key = ?", "json": "SELECT json FROM part WHERE key = ?"}[column]
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute(query, (key,)).fetchone()
    except sqlite3.Error as error:
        raise LookupError(f"the index cannot be read: {error}") from error
    if row is None:
        raise LookupError(f"the index has no {key}")
    return row[0]


def write_index(parts: Mapping[str, Any], path: Path) -> tuple[Path, str]:
    """Write an index in one step.

    Returns where it is, and a sentence if that is not where it belongs: an unwritable cache folder is replaced by a temporary one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _put_in_place(path) as aside:
            _fill(aside, parts)
        _forget_older(path)
        return path, ""
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
    spare = Path(tempfile.mkdtemp(prefix="companion-")) / path.name
    with _put_in_place(spare) as aside:
        _fill(aside, parts)
    return spare, f"The cache folder {path.parent} cannot be written ({reason}), so the content is compiled again at every start."


@contextmanager
def _put_in_place(path: Path) -> Iterator[Path]:
    """A new file beside a path, which takes its place if all goes well, and goes away if not."""
    handle, name = tempfile.mkstemp(prefix=".index-", dir=path.parent)
    os.close(handle)
    aside = Path(name)
    try:
        yield aside
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _fill(path: Path, parts: Mapping[str, Any]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE part (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID")
        rows = ((key, json.dumps(value, ensure_ascii=False, separators=(",", ":"))) for key, value in parts.items())
        connection.executemany("INSERT INTO part VALUES (?, ?)", rows)


def _forget_older(path: Path) -> None:
    others = sorted((other for other in path.parent.glob("index-*.sqlite") if other != path), key=_time_of, reverse=True)
    for other in others[KEPT:]:
        other.unlink(missing_ok=True)


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def build_index(pack_paths: Iterable[Path] = (), on_progress: Callable[[int, int], None] | None = None) -> tuple[Path, str]:
    """Compile the shipped content and the packs into an index; see `write_index` for what is returned.

    Raises `ContentError` if the shipped content has no usable topic. Of a pack, what is broken is left out and told in the catalogue.
    """
    from companion.curriculum import codec
    from companion.curriculum.compile import Compiled, compile_pack

    folders = packs_of(pack_paths)
    path = index_path(folders)
    core = compile_pack(folders[0], None, on_progress)
    if not core.topics:
        raise ContentError(core.errors or [Problem(shown_name(folders[0]), 1, "", "The content holds no topics.")])
    everything = Compiled(pack=core.pack, macros={}, notation=())
    packs = []
    problems: list[Problem] = []
    for compiled in (core, *(compile_pack(folder, core, on_progress) for folder in folders[1:])):
        everything.areas |= compiled.areas
        everything.approaches |= compiled.approaches
        everything.readings |= compiled.readings
        everything.topics |= compiled.topics
        everything.bodies |= compiled.bodies
        everything.macros = {**compiled.macros, **everything.macros}
        everything.notation += compiled.notation
        packs += [codec.encode(compiled.pack)] if compiled.pack else []
        problems += compiled.errors
    catalogue = {
        "packs": packs,
        "macros": everything.macros,
        "notation": [codec.encode(entry) for entry in everything.notation],
        "areas": [codec.encode(area) for area in everything.areas.values()],
        "approaches": [codec.encode(approach) for approach in everything.approaches.values()],
        "readings": [codec.encode(reading) for reading in everything.readings.values()],
        "topics": [codec.encode(topic) for topic in everything.topics.values()],
        "problems": [problem.as_json() for problem in problems],
    }
    bodies = {identifier: codec.encode(body) for identifier, body in everything.bodies.items()}
    return write_index({CATALOGUE: catalogue, **bodies}, path)
