"""One message, ready to be sent: what is in it, and what goes along with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any, TypeAlias

import discord
from discord import ui

from adapters.discord.pieces import Picture, Piece, item_of
from bot.messages.elements import Accent, Confirm

COLOURS: Mapping[Accent, int] = {
    Accent.CALM: 0x2F8F87,
    Accent.GOOD: 0x3BA55D,
    Accent.ASK: 0xE0A13A,
    Accent.WARN: 0xD9534F,
}


# As the library writes them.
Components: TypeAlias = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One message: at most 40 components and 4,000 characters. A view is built anew each time, for each time it is sent.

    ``users``: the Discord users that it mentions. ``confirms``: the questions that its buttons ask first, by digest;
    to be kept before it is sent. ``mark``: the component id by which it is found again.
    """

    items: tuple[Piece, ...]
    accent: Accent = Accent.CALM
    users: frozenset[str] = frozenset()
    confirms: Mapping[str, Confirm] = field(default_factory=dict[str, Confirm])
    mark: int | None = None
    _made: list[Components] = field(default_factory=list[Components], init=False, repr=False, compare=False)

    def view(self) -> ui.LayoutView:
        """The message's components. The view is stopped: presses come by their custom ids, and nothing is kept of it."""
        view = ui.LayoutView(timeout=None)
        pictures = count()
        items = [item_of(one, _name(next(pictures)) if isinstance(one, Picture) else "") for one in self.items]
        view.add_item(ui.Container[ui.LayoutView](*items, accent_colour=COLOURS[self.accent], id=self.mark))
        view.stop()
        return view

    def components(self, mark: int) -> Components:
        """What the message's components are on the wire, made once: a page that is kept is sent again. ``mark``: its id."""
        if not self._made:
            self._made.append([dict(item.to_component_dict()) for item in self.view().children])
        (container,) = self._made[0]
        return [{**container, "id": mark}]

    def files(self) -> list[discord.File]:
        """The pictures, to be sent along; made anew, since a file is read once."""
        pictures = [piece for piece in self.items if isinstance(piece, Picture)]
        return [
            discord.File(BytesIO(piece.png), filename=_name(number), description=piece.alternative or None)
            for number, piece in enumerate(pictures)
        ]


def _name(number: int) -> str:
    """Of the file of a page's picture, from 0."""
    return f"picture-{number + 1}.png"
