"""An approach: its question, what is proved, what is open, and what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from companion.learner.events import GoalKind
from companion.study.actions import Place
from companion.study.pages import approach_page
from companion.tui.bindings import bindings_for
from companion.tui.screens.page import PageScreen

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from companion.curriculum.model import Approach


class ApproachScreen(PageScreen):
    """One approach."""

    PLACE: ClassVar[Place] = "approach"
    KIND: ClassVar[GoalKind] = "approach"
    BINDINGS: ClassVar = bindings_for("approach")

    @property
    def _approach(self) -> Approach:
        return self.services.catalogue.approaches[self.identifier]

    def page_title(self) -> str:
        """The approach."""
        return self._approach.title

    def show_data(self) -> None:
        """The page and the links."""
        self.show_page(approach_page(self.services.catalogue, self._approach, self.companion.signs()))

    def links(self) -> Iterator[Option]:
        """Its topics and works."""
        yield from self.topics("Topics", self._approach.topics)
        yield from self.works("Works", self._approach.readings)
