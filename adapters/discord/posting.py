"""One card into one channel, message after message, so that a try which broke off is taken up where it ended.

Each message has a nonce and a mark of its own, made of the delivery's key. Once the first stands there, an error is a doubt:
whoever tries again looks first, finds how far it came, and only the rest is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from adapters.discord.finding import Found
from adapters.discord.marks import nonce_of
from adapters.discord.messages import Messages
from adapters.discord.sheets import Sheet
from adapters.discord.spots import message_address
from bot.errors import Doubtful, TryLater
from bot.identity import Address
from bot.ports import Clock
from bot.recent import Recent

_MOMENTS, _MOMENT = 2_000, timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a card came: the messages that stand there. ``whole``: nothing is missing. ``fresh``: they say what the card
    says; those that were found may be of an earlier try, when it said something else."""

    channel: str
    messages: tuple[str, ...]
    whole: bool = False
    fresh: bool = True

    def address(self) -> Address:
        """The first message, with those that it goes on in."""
        return message_address(self.channel, self.messages[0], self.messages[1:])


class Posting:
    """Posts, and knows for a while what it posted. Raises ChatError and nothing else."""

    def __init__(self, messages: Messages, clock: Clock) -> None:
        self._messages = messages
        self._begun: Recent[tuple[str, str], Begun] = Recent(clock, _MOMENTS, _MOMENT)

    def whole(self, channel: str, key: str) -> Begun | None:
        """The card with this key, where it came whole a moment ago."""
        begun = self._begun.get((channel, key))
        return begun if begun is not None and begun.whole else None

    async def deliver(self, channel: str, sheets: Sequence[Sheet], key: str, reply_to: str = "") -> Begun:
        """Brings the card there. What stood there already under this key is not posted again."""
        begun = self._begun.get((channel, key)) or Begun(channel, ())
        if begun.whole:
            return begun
        if not begun.fresh:
            begun = await self._refreshed(begun, sheets)
        for number in range(len(begun.messages), len(sheets)):
            message = await self._next(begun, sheets[number], nonce_of(key, channel, number), reply_to)
            begun = replace(begun, messages=(*begun.messages, message))
            self._begun.put((channel, key), begun)
        begun = replace(begun, whole=True)
        self._begun.put((channel, key), begun)
        return begun

    def is_redrawn(self, channel: str, key: str) -> None:
        """The card is to be shown in another way than what may stand there of it."""
        begun = self._begun.get((channel, key))
        if begun is not None:
            self._begun.put((channel, key), replace(begun, fresh=False))

    def found(self, channel: str, key: str, found: Found) -> Begun | None:
        """What became of a card that was looked for: None where some of it is missing, which the next :meth:`deliver` with
        its key then sends."""
        if not found.messages:
            self._begun.forget((channel, key))
            return None
        begun = Begun(channel, found.messages, found.whole, fresh=False)
        self._begun.put((channel, key), begun)
        return begun if begun.whole else None

    async def _next(self, begun: Begun, sheet: Sheet, nonce: str, reply_to: str) -> str:
        if not begun.messages:
            return await self._messages.send(begun.channel, sheet, nonce, reply_to)
        try:
            return await self._messages.send(begun.channel, sheet, nonce)
        except TryLater as error:
            # "Nothing was stored" would not be true of the card.
            raise Doubtful(str(error)) from None

    async def _refreshed(self, begun: Begun, sheets: Sequence[Sheet]) -> Begun:
        """The messages of an earlier try say what the card says now, and none is too many."""
        kept = begun.messages[: len(sheets)]
        for message, sheet in zip(kept, sheets, strict=False):
            await self._messages.edit(begun.channel, message, sheet)
        for message in begun.messages[len(sheets) :]:
            await self._messages.remove(begun.channel, message)
        return replace(begun, messages=kept, fresh=True)
