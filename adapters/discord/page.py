"""One message, ready to be sent: what is in it, and what goes along with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

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

    def view(self) -> ui.LayoutView:
        """The message's components. The view is stopped: presses come by their custom ids, and nothing is kept of it."""
        view = ui.LayoutView(timeout=None)
        items = [item_of(piece, name) for piece, name in zip(self.items, self._names(), strict=True)]
        view.add_item(ui.Container[ui.LayoutView](*items, accent_colour=COLOURS[self.accent], id=self.mark))
        view.stop()
        return view

    def files(self) -> list[discord.File]:
        """The pictures, to be sent along; made anew, since a file is read once."""
        return [
            discord.File(BytesIO(piece.png), filename=name, description=piece.alternative or None)
            for piece, name in zip(self.items, self._names(), strict=True)
            if isinstance(piece, Picture)
        ]

    def _names(self) -> Iterator[str]:
        number = 0
        for piece in self.items:
            number += isinstance(piece, Picture)
            yield f"picture-{number}.png" if isinstance(piece, Picture) else ""
