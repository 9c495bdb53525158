"""`companion check`: whether content can be taught from.

Besides what the compiler finds: every formula is set without a warning; every
key and every other right answer is judged right, and every expected mistake
wrong, with its own message; for every combination of every template. What was
found right is remembered by content and by judge, so that the next check only
looks at what is new.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from companion.answers.client import Grader
from companion.answers.protocol import Given, Question, Reply
from companion.curriculum.catalogue import open_catalogue
from companion.curriculum.checkpoint import Checkpoint
from companion.curriculum.compile import Compiled, compile_file, compile_pack
from companion.curriculum.formulas import formulas_in
from companion.curriculum.judging import exercise_problems
from companion.curriculum.model import Exercise
from companion.curriculum.places import content_folder, pack_of
from companion.curriculum.problems import Problem, shown_name
from companion.curriculum.references import CORE
from companion.curriculum.source import Place, Source, read_source
from companion.curriculum.templates import TemplateError, has_expressions
from companion.curriculum.variants import count, prose_filler
from companion.mathtext import render

Progress = Callable[[int, int], None]
GRADERS = 2
DEADLINE = 10.0
"""Seconds for one verdict; more than a learner waits, since the machine may be busy with the other grader."""
MAX_SET = 24
"""Variants of an exercise whose formulas are set."""
WIDTH = 80


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and everything that is wrong, in the order of files and lines."""

    topics: int
    exercises: int
    formulas: int
    problems: tuple[Problem, ...]

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing but warnings."""
        return all(problem.warning for problem in self.problems)


def check(target: str | Path | None = None, on_progress: Progress | None = None) -> Report:
    """Check the shipped content (`None`), one of its topics (an id), a pack's folder, or one file.

    `on_progress` is called with the number of things looked at, and of how many.
    Raises `LookupError` with a sentence if there is no such target.
    """
    scope = _scope_of(target)
    with Checkpoint() as checkpoint, _Graders() as graders:
        return _Check(scope, checkpoint, graders, on_progress or (lambda _done, _of: None)).run()


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is to be checked: of a compiled pack, the files with these names (all, if `None`)."""

    compiled: Compiled
    macros: dict[str, str]
    only: str | None = None

    def covers(self, source: Source) -> bool:
        return self.only is None or source.name == self.only

    def topics(self) -> list[str]:
        return [topic for topic in self.compiled.topics if self.covers(self.compiled.sources[topic])]

    def files(self) -> list[Source]:
        return [source for source in self.compiled.files.values() if self.covers(source)]

    def problems(self) -> set[Problem]:
        return {problem for problem in self.compiled.problems if self.only is None or problem.file == self.only}


def _scope_of(target: str | Path | None) -> _Scope:
    if target is None:
        return _scope_of_folder(content_folder(), None)
    path = Path(target)
    if path.is_dir():
        return _scope_of_folder(path, None)
    if path.is_file():
        pack = pack_of(path)
        if pack is not None:
            return _scope_of_folder(pack, path)
        below = open_catalogue()
        return _Scope(compile_file(path, below), dict(below.macros))
    known = [file for file in (content_folder() / "topics").glob("*/*.yaml") if file.stem == str(target)]
    if known:
        return _scope_of_folder(content_folder(), known[0])
    close = open_catalogue().nearest(str(target))
    raise LookupError(f"There is no topic, file or folder `{target}`." + (f" Perhaps {' or '.join(close)}." if close else ""))


def _scope_of_folder(folder: Path, file: Path | None) -> _Scope:
    only = None if file is None else shown_name(file)
    if _is_core(folder):
        compiled = compile_pack(folder, keep_broken=True)
        return _Scope(compiled, compiled.macros, only)
    below = open_catalogue()
    compiled = compile_pack(folder, below, keep_broken=True)
    return _Scope(compiled, {**compiled.macros, **below.macros}, only)


def _is_core(folder: Path) -> bool:
    if folder.resolve() == content_folder().resolve():
        return True
    source, _ = read_source(folder / "pack.yaml")
    return source is not None and isinstance(source.tree, dict) and source.tree.get("id") == CORE


class _Graders:
    """One judge for each thread that asks."""

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all = ExitStack()
        self._lock = threading.Lock()

    def __enter__(self) -> _Graders:
        return self

    def __exit__(self, *_error: object) -> None:
        self._all.close()

    def ask(self, question: Question, answer: dict[str, Given]) -> Reply:
        """The verdict on an answer."""
        grader: Grader | None = getattr(self._mine, "grader", None)
        if grader is None:
            grader = self._mine.grader = Grader()
            with self._lock:
                self._all.callback(grader.close)
        return grader.ask(question, answer, DEADLINE)


@dataclass(slots=True)
class _Check:
    """One run over a scope."""

    scope: _Scope
    checkpoint: Checkpoint
    graders: _Graders
    on_progress: Progress
    problems: set[Problem] = field(default_factory=set)
    formulas: int = 0

    def run(self) -> Report:
        """Judge in the background, set formulas meanwhile, and gather."""
        scope = self.scope
        self.problems |= scope.problems()
        topics = scope.topics()
        exercises = [(topic, index) for topic in topics for index in range(len(scope.compiled.bodies[topic].exercises))]
        total = len(topics) + len(exercises)
        with ThreadPoolExecutor(GRADERS) as pool:
            judged = [pool.submit(self._judge, topic, index) for topic, index in exercises]
            try:
                for source in scope.files():
                    self._set_texts(source, ())
                for done, topic in enumerate(topics):
                    self._set_topic(topic)
                    self.on_progress(done + 1, total)
                self._gather(judged, len(topics), total)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return Report(len(topics), len(exercises), self.formulas, tuple(sorted(self.problems)))

    def _gather(self, judged: list[Future[list[Problem]]], before: int, total: int) -> None:
        for done, future in enumerate(judged, before + 1):
            self.problems.update(future.result())
            self.on_progress(done, total)

    def _judge(self, topic: str, index: int) -> list[Problem]:
        exercise = self.scope.compiled.bodies[topic].exercises[index]
        parts = ("judged", exercise.id, exercise.hash)
        if self.checkpoint.known(parts) is not None:
            return []
        problems = exercise_problems(exercise, self.scope.compiled.sources[topic], index, self.graders.ask)
        if not problems:
            self.checkpoint.keep(parts)
        return problems

    def _set_topic(self, topic: str) -> None:
        source = self.scope.compiled.sources[topic]
        self._set_texts(source, ("exercises",))
        for index, exercise in enumerate(self.scope.compiled.bodies[topic].exercises):
            self._set_exercise(source, index, exercise)

    def _set_texts(self, source: Source, without: tuple[str, ...]) -> None:
        """The formulas of a whole file, but for the parts under some keys."""
        texts = [(place, text) for place, text in _prose(source, ()) if not place or place[0] not in without]
        self._set(source, [text for _, text in texts], lambda: texts)

    def _set_exercise(self, source: Source, index: int, exercise: Exercise) -> None:
        """The formulas of an exercise, in several of its variants."""
        texts = list(_prose(source, ("exercises", index)))

        def filled() -> list[tuple[Place, str]]:
            if not any(has_expressions(text) for _, text in texts):
                return texts
            fills = [prose_filler(exercise, seed) for seed in range(min(count(exercise), MAX_SET))]
            return list(dict.fromkeys((place, fill(text)) for fill in fills for place, text in texts))

        with suppress(TemplateError):  # told by whoever has the answers judged
            self._set(source, [exercise.id, exercise.hash], filled)

    def _set(self, source: Source, parts: list[str], texts: Callable[[], list[tuple[Place, str]]]) -> None:
        """Set every formula of some texts, unless that was done before; `parts` say which texts they are."""
        name = ("set", json.dumps(self.scope.macros, sort_keys=True), *parts)
        known = self.checkpoint.known(name)
        if known is not None:
            self.formulas += known
            return
        number, problems = 0, []
        for place, text in texts():
            for formula in formulas_in(text):
                number += 1
                for warning in self._warnings(formula.tex, formula.mode):
                    problems.append(source.problem(place, warning, text_line=formula.line))
        self.formulas += number
        self.problems.update(problems)
        if not problems:
            self.checkpoint.keep(name, number)

    def _warnings(self, tex: str, mode: str) -> Iterator[str]:
        if mode == "stray":
            yield "a dollar sign opens a formula that is not closed; write \\$ for the sign itself"
            return
        layout = render(tex, "display" if mode == "display" else "inline", width=WIDTH, profile="full", macros=self.scope.macros)
        short = tex if len(tex) <= 40 else tex[:37] + "…"
        for warning in layout.warnings:
            yield f"the formula `{short}` is not set cleanly: {warning}"


def _prose(source: Source, root: Place) -> Iterator[tuple[Place, str]]:
    """The texts below a place that hold formulas; no other kind of value holds a dollar sign."""
    for place in source.lines:
        if place[: len(root)] == root and "(again)" not in place:
            node = source.at(place)
            if isinstance(node, str) and "$" in node:
                yield place, node
