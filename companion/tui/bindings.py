"""The list of actions as Textual bindings."""

from __future__ import annotations

from typing import TypeAlias

from textual.binding import Binding

from companion.study.actions import Action, Place, actions_for, key_label

Bindings: TypeAlias = list[Binding | tuple[str, str] | tuple[str, str, str]]


def bindings_for(place: Place) -> Bindings:
    """The bindings of a screen: its own actions only, since those that hold everywhere are bound by the app."""
    return [_binding(action, place) for action in actions_for(place) if place in action.where]


def _binding(action: Action, place: Place) -> Binding:
    # The ways to other screens are listed on the first one; elsewhere the footer has room for what the screen itself does.
    shown = action.footer and (place == "today" or not action.id.startswith("open_"))
    return Binding(
        ",".join(action.keys),
        f"app.{action.id}" if action.id.startswith("open_") else action.id,
        action.title,
        show=shown,
        key_display=key_label(action.keys[0]),
        tooltip=action.help,
        id=action.id,
        priority=action.id == "quit",
    )
