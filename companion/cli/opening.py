"""What subcommands open: the catalogue, the progress, the output that fits both."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date

from companion.cli.failures import UsageError
from companion.cli.output import Output, is_spoken
from companion.curriculum.catalogue import Catalogue, open_catalogue
from companion.learner.clock import Clock, system_clock, today
from companion.learner.errors import StoreError
from companion.learner.progress import Progress
from companion.learner.store import Store, open_store
from companion.study.marks import Mark, marks, signs
from companion.study.settings import load_settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a subcommand works with."""

    catalogue: Catalogue
    store: Store
    progress: Progress
    clock: Clock
    out: Output

    @property
    def today(self) -> date:
        """The learner's calendar day."""
        return today(self.clock)

    def marks(self) -> dict[str, Mark]:
        """The mark of every topic now."""
        return marks(self.catalogue, self.progress, self.today)

    def signs(self) -> dict[str, str]:
        """The sign of every topic, as this output can show it; a word where it is listened to."""
        if self.out.spoken:
            return {topic: f"{mark}:" for topic, mark in self.marks().items()}
        return signs(self.marks(), self.out.is_ascii)


def open_desk(arguments: argparse.Namespace, writing: bool = False) -> Desk:
    """Open everything. Where progress cannot be read, commands that only look go on without it and say so.

    For those the store is closed again as soon as the progress is read; `writing` commands close it themselves.
    Raises `StoreError` for `writing` commands, `ContentError`, and `UsageError` for a clock that cannot be read.
    """
    try:
        clock = system_clock()
    except ValueError as error:
        raise UsageError(str(error)) from error
    catalogue = open_catalogue(tuple(arguments.pack))
    settings = load_settings()
    out = Output(settings.glyphs, dict(catalogue.macros), is_spoken(arguments, settings))
    for remark in (catalogue.notice, *(str(problem) for problem in catalogue.problems if not problem.warning), *settings.problems):
        if remark:
            out.remark(remark)
    try:
        store = open_store(clock=clock)
    except StoreError as error:
        if writing:
            raise
        out.remark(f"{error} Shown without your progress.")
        store = Store.in_memory(clock)
    try:
        progress = store.progress()
    except BaseException:
        store.close()
        raise
    if not writing:
        store.close()
    return Desk(catalogue, store, progress, clock, out)
