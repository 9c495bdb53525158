"""What the screens work with: the catalogue, the person's progress, the judge.

All disk work runs in one worker thread (so the store's connection is used by
one thread at a time) and the judge is another process: the event loop only
waits. Screens read `catalogue` and `progress`, which are immutable snapshots,
and never block.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from companion.study.recall import Recalls

if TYPE_CHECKING:
    from companion.answers.client import AsyncGrader
    from companion.answers.protocol import Given, Question, Reply
    from companion.curriculum.catalogue import Catalogue
    from companion.curriculum.model import Exercise, TopicBody
    from companion.learner.clock import Clock
    from companion.learner.events import Payload
    from companion.learner.progress import Progress
    from companion.learner.store import Store
    from companion.study.drafts import Drafts
    from companion.study.settings import Settings

T = TypeVar("T")

SOON = (
    "companion.tui.screens.map",
    "companion.tui.screens.topic",
    "companion.tui.screens.approach",
    "companion.tui.screens.quiz",
    "companion.tui.screens.result",
    "companion.tui.screens.path",
    "companion.tui.screens.reading",
    "companion.tui.screens.readings",
    "companion.tui.screens.progress",
    "companion.tui.screens.help",
    "companion.tui.screens.symbols",
    "companion.tui.finder",
    "companion.answers.printing",
    "companion.answers.reader",
    "companion.curriculum.variants",
    "companion.study.reading",
    "companion.learner.path",
    "companion.learner.review",
    "companion.learner.statistics",
    "companion.mathtext.document",
    "markdown_it",
    "mdit_py_plugins.dollarmath",
)
"""What the screens import when they are opened, the likeliest first."""


def _import_all(names: tuple[str, ...]) -> None:
    for name in names:
        import_module(name)


class Services:
    """The catalogue, the store and the judge, opened after the first frame. `troubles` are sentences to show."""

    def __init__(self, clock: Clock, settings: Settings, packs: tuple[Path, ...] = ()) -> None:
        self.clock = clock
        self.settings = settings
        self.troubles: list[str] = []
        self.recalls = Recalls()
        self._packs = packs
        self._catalogue: Catalogue | None = None
        self._progress: Progress | None = None
        self._store: Store | None = None
        self._drafts: Drafts | None = None
        self._grader: AsyncGrader | None = None
        self._thread = ThreadPoolExecutor(1, "companion-disk")

    @property
    def is_open(self) -> bool:
        """Whether the catalogue and the progress are loaded."""
        return self._catalogue is not None and self._progress is not None

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue; `LookupError` before it is loaded."""
        if self._catalogue is None:
            raise LookupError("the catalogue is not loaded yet")
        return self._catalogue

    @property
    def progress(self) -> Progress:
        """The person's progress as of the last event; `LookupError` before it is loaded."""
        if self._progress is None:
            raise LookupError("the progress is not loaded yet")
        return self._progress

    @property
    def drafts(self) -> Drafts:
        """What was typed and not submitted."""
        if self._drafts is None:
            raise LookupError("the progress is not loaded yet")
        return self._drafts

    async def in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        """Run blocking work in the disk thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    async def open(self, on_progress: Callable[[int, int], None]) -> None:
        """Open everything; compile the content first if it is new, in a child process."""
        compiled = None
        if not await self.in_thread(self._has_index):
            compiled = await self._compile(on_progress)
        await self.in_thread(self._open_files, compiled)

    async def prepare(self) -> None:
        """Load, in the disk thread, the code that the first keys will need: an import on the event loop would hold up a key."""
        await self.in_thread(_import_all, SOON)

    def _has_index(self) -> bool:
        from companion.curriculum.catalogue import index_is_ready

        return index_is_ready(self._packs) is not None

    async def _compile(self, on_progress: Callable[[int, int], None]) -> tuple[Path, str] | None:
        """Compile in a child process; where the index is, and what there is to say about that. `None` if it could not be made."""
        packs = [argument for pack in self._packs for argument in ("--pack", str(pack))]
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "companion.curriculum", *packs, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        if child.stdout is None:
            raise RuntimeError("the compiling process has no output")
        report: dict[str, Any] = {}
        async for line in child.stdout:
            report = json.loads(line)
            if "done" in report:
                on_progress(report["done"], report["of"])
        await child.wait()
        return (Path(report["index"]), report["notice"]) if "index" in report else None

    def _open_files(self, compiled: tuple[Path, str] | None) -> None:
        from companion.curriculum.catalogue import Catalogue, open_catalogue
        from companion.learner.store import Store, StoreError, open_store
        from companion.study.drafts import Drafts

        # Where the child could not compile, opening says why, with every problem.
        self._catalogue = Catalogue(compiled[0], self._packs, compiled[1]) if compiled else open_catalogue(self._packs)
        try:
            self._store = open_store(clock=self.clock)
            self._drafts = Drafts(self._store.path.parent if self._store.path else None)
        except StoreError as error:
            self._store = Store.in_memory(clock=self.clock)
            self._drafts = Drafts(None)
            self.troubles.append(f"{error} Until that is mended, nothing you do here is kept.")
        self.troubles += [self._catalogue.notice, *(str(problem) for problem in self._catalogue.problems)]
        self._progress = self._store.progress()

    async def start_grader(self) -> None:
        """Warm the judge up."""
        from companion.answers.client import AsyncGrader

        if self._grader is None:
            self._grader = AsyncGrader()
            await self._grader.start()

    async def judge(self, question: Question, answer: dict[str, Given]) -> Reply:
        """The verdict on an answer."""
        await self.start_grader()
        if self._grader is None:
            raise RuntimeError("the judge did not start")
        return await self._grader.ask(question, answer)

    async def record(self, event: Payload) -> str:
        """Write an event to disk; when this returns it is there. Raises `StoreError`."""
        identifier, self._progress = await self.in_thread(self._record, event)
        return identifier

    def _record(self, event: Payload) -> tuple[str, Progress]:
        if self._store is None:
            raise LookupError("the progress is not loaded yet")
        stored = self._store.record(event)
        return stored.id, self._store.progress()

    async def refresh(self) -> None:
        """Read what another running copy has written since."""
        self._progress = await self.in_thread(self._reload)

    def _reload(self) -> Progress:
        if self._store is None:
            raise LookupError("the progress is not loaded yet")
        return self._store.progress()

    async def body(self, topic: str) -> TopicBody:
        """A topic's notes and exercises."""
        return await self.in_thread(self.catalogue.body, topic)

    async def exercise(self, identifier: str) -> Exercise:
        """An exercise by its full id."""
        return await self.in_thread(self.catalogue.exercise, identifier)

    async def close(self) -> None:
        """Stop the judge and close the store."""
        if self._grader is not None:
            await self._grader.close()
        if self._store is not None:
            await self.in_thread(self._store.close)
        self._thread.shutdown(wait=True)
