"""The palette: topics, approaches, works and actions by a part of their name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from companion.study.actions import Action, actions_for, key_label

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        return (action for action in actions_for(place) if action.id not in ("palette", "submit", "next_field"))

    async def discover(self) -> Hits:
        """The actions of the screen, before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(action.title, partial(self._run, action), help=f"{key_label(action.keys[0])} · {action.help}")

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
