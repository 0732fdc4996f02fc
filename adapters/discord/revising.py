"""An earlier card made to say something else: each of its messages is set anew, and it gets or loses some if need be.

An address is written down once and never learns of messages that an edit added. So those are kept as a landmark of the first
one; each has a nonce and a mark made of it, so that an edit that broke off adds none twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.discord.finding import Finding, mark_in
from adapters.discord.kept import Kept
from adapters.discord.marks import nonce_of
from adapters.discord.messages import Messages
from adapters.discord.page import Page
from adapters.discord.sheets import Sheet, sheets_of
from adapters.discord.spots import Posted
from bot.errors import Gone, Refused

# The messages that a card goes on in since an edit, by its first.
_GROWN = "grown"
_WRITTEN = re.compile(r"(\d{1,9}) ((?:\+\d{1,20})*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Grown:
    """What a card goes on in. ``times``: how often that changed."""

    times: int
    messages: tuple[str, ...]

    def written(self) -> str:
        return f"{self.times} {''.join(f'+{one}' for one in self.messages)}"


class Revising:
    """Edits cards. Raises ChatError and nothing else."""

    def __init__(self, messages: Messages, finding: Finding, kept: Kept) -> None:
        self._messages = messages
        self._finding = finding
        self._kept = kept

    async def revise(self, place: Posted, pages: Sequence[Page]) -> None:
        """Makes a card say this. Raises Gone where its first message is no longer there."""
        key = f"{place.channel} {place.message}"
        sheets = sheets_of(pages, key)
        grown = _read(await self._kept.get(_GROWN, place.message)) or _Grown(0, place.more)
        await self._messages.edit(place.channel, place.message, sheets[0].instead_of(await self._mark_of(place)))
        further = dict(enumerate(grown.messages, start=1))
        if len(sheets) > len(further) + 1:
            # Perhaps an edit that broke off has added some.
            further = {**await self._finding.parts(place.channel, key, place.message), **further}
        kept: list[str] = []
        for number, sheet in enumerate(sheets[1:], start=1):
            # Discord refuses for a while what has the nonce of a message that was removed.
            nonce = nonce_of(f"{key} {grown.times}", place.channel, number)
            kept.append(await self._continued(place.channel, further.get(number, ""), sheet, nonce))
        for number in sorted(further):
            if number >= len(sheets):
                await self._messages.remove(place.channel, further[number])
        if tuple(kept) != grown.messages:
            await self._kept.put((_GROWN, place.message, _Grown(grown.times + 1, tuple(kept)).written()))

    async def _mark_of(self, place: Posted) -> int:
        try:
            return mark_in(await self._messages.one(place.channel, place.message))
        except Refused:
            # What the bot may not read it cannot look for either.
            return 0

    async def _continued(self, channel: str, message: str, sheet: Sheet, nonce: str) -> str:
        if message:
            try:
                await self._messages.edit(channel, message, sheet)
            except Gone:
                pass  # somebody removed it
            else:
                return message
        return await self._messages.send(channel, sheet, nonce)


def _read(kept: str | None) -> _Grown | None:
    found = _WRITTEN.fullmatch(kept or "")
    return _Grown(int(found[1]), tuple(found[2].split("+")[1:])) if found else None
