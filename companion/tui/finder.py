"""The palette: topics, approaches, works and actions by a part of their name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from companion.study.actions import Action, actions_for, key_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.worker import Worker

    from companion.tui.app import CompanionApp

MOST = 12
"""Topics, approaches and works shown at once."""


class Finder(Provider):
    """What can be found from a screen."""

    @property
    def _companion(self) -> CompanionApp:
        return cast("CompanionApp", self.app)

    def _actions(self) -> Iterator[Action]:
        from companion.tui.screens.base import CompanionScreen

        place = self.screen.PLACE if isinstance(self.screen, CompanionScreen) else "today"
        return (action for action in actions_for(place) if action.id not in ("palette", "submit", "next_field", "close"))

    async def discover(self) -> Hits:
        """The actions of the screen, before anything is typed."""
        for action in self._actions():
            told = self._companion.drawable(f"{key_label(action.keys[0])} · {action.help}")
            yield DiscoveryHit(action.title, partial(self._run, action), help=told)

    async def search(self, query: str) -> Hits:
        """Actions, topics, approaches and works that match."""
        matcher = self.matcher(query)
        for action in self._actions():
            score = matcher.match(action.title)
            if score > 0:
                yield Hit(score, Content(action.title), partial(self._run, action), text=action.title, help=action.help)
        if not self._companion.services.is_open:
            return
        for rank, found in enumerate(self._companion.services.catalogue.search(query, MOST)):
            # The catalogue's own ranking decides among what it found; it stands above loose matches of action titles.
            # A title is never taken for markup, so that the letters that match cannot be highlighted in it.
            score = 1.0 - rank / (2 * MOST)
            link = f"{found.kind} {found.id}"
            yield Hit(score, Content(found.title), partial(self._companion.follow, link), text=found.title, help=found.kind)

    async def _run(self, action: Action) -> None:
        where = "app" if "everywhere" in action.where or action.id.startswith("open_") else "screen"
        await self.app.run_action(f"{where}.{action.id}", default_namespace=self.screen)


class Palette(CommandPalette):
    """Textual's palette; one that is being closed does not take the app with it."""

    def run_worker(self, *arguments: Any, **options: Any) -> Worker[Any]:
        """Start gathering. In Textual 8.2.8 that may still begin, and fail, while the palette is being closed; then nobody waits for it."""
        if not self.is_current:
            options["exit_on_error"] = False
        return super().run_worker(*arguments, **options)
