"""Our own messages found again in what a channel holds: by the nonce where Discord still knows it, else by the mark.

"Not there" is said only when everything since then was read. Discord answers with an empty page where the bot may not read
what was written before, so an empty answer alone proves nothing. A search that has to wait goes on from there the next time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import discord

from adapters.discord.api import DiscordApi
from adapters.discord.marks import MOST_PAGES, Part, nonce_of, part_of, parts_by_mark
from adapters.discord.messages import PAGE, Messages
from adapters.discord.places import Guilds
from bot.errors import Doubtful
from bot.ports import Clock
from bot.recent import Recent

_SEARCHES, _WHILE = 500, timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Found:
    """The messages of a card from its first on, up to the first that is missing. ``whole``: its last one came, so that all
    did; those that somebody removed since are not among them."""

    messages: tuple[str, ...] = ()
    whole: bool = False


@dataclass(slots=True)
class _Search:
    """How far a search came. ``after``: all up to this message are read."""

    after: int
    seen: bool = False
    parts: dict[int, tuple[str, bool]] = field(default_factory=dict[int, tuple[str, bool]])

    def found(self) -> Found:
        end = min((page for page, (_, last) in self.parts.items() if last), default=None)
        if end is not None:
            return Found(tuple(self.parts[page][0] for page in sorted(self.parts) if page <= end), whole=True)
        row: list[str] = []
        while (there := self.parts.get(len(row))) is not None:
            row.append(there[0])
        return Found(tuple(row))


class Finding:
    """Searches with one client. Raises TryLater where a page cannot be had now, and Doubtful where the bot is blind."""

    def __init__(self, api: DiscordApi, messages: Messages, guilds: Guilds, clock: Clock) -> None:
        self._api = api
        self._messages = messages
        self._guilds = guilds
        self._searches: Recent[tuple[str, str, int], _Search] = Recent(clock, _SEARCHES, _WHILE)

    async def card(self, channel: str, key: str, since: datetime) -> Found:
        """What stands in a channel of the card with this key since then. Raises what reading there raises."""
        return (await self._read(channel, key, first_id_at(since) - 1)).found()

    async def parts(self, channel: str, key: str, first: str) -> Mapping[int, str]:
        """The messages by their page that stand in a channel from one on and carry this key."""
        search = await self._read(channel, key, int(first) - 1)
        return {page: message for page, (message, _) in search.parts.items()}

    async def _read(self, channel: str, key: str, message: int) -> _Search:
        name = (channel, key, message)
        search = self._searches.get(name) or _Search(message)
        self._searches.put(name, search)
        marks = parts_by_mark(key)
        nonces = {nonce_of(key, channel, page): page for page in range(MOST_PAGES)}
        ended = False
        while not (ended or search.found().whole):
            page = await self._messages.page(channel, search.after)
            for one in page:
                self._look(one, marks, nonces, search)
            ended = len(page) < PAGE
        self._searches.forget(name)
        if not search.seen:
            await self._see(channel, message)
        return search

    def _look(
        self, message: discord.Message, marks: Mapping[int, Part], nonces: Mapping[str, int], search: _Search
    ) -> None:
        search.seen = True
        search.after = max(search.after, message.id)
        if message.author.id != self._api.own_id:
            return
        part = part_of(mark_in(message), marks)
        if part is None and (page := nonces.get(str(message.nonce))) is not None:
            # Somebody has changed it by now, without its mark: so it was whole.
            part = Part(page, last=True)
        if part is not None:
            search.parts.setdefault(part.page, (str(message.id), part.last))

    async def _see(self, channel: str, message: int) -> None:
        """Raises Doubtful unless an empty answer means that nothing is there."""
        may = self._guilds.may_read(channel)
        if may is None:
            # Whoever cannot read sees nothing older either, although there is something.
            place = await self._messages.channel(channel)
            last = getattr(place, "last_message_id", None)
            may = not isinstance(last, int) or last <= message or await self._messages.newest(channel) is not None
        if not may:
            raise Doubtful("cannot_read_history")


def first_id_at(at: datetime) -> int:
    """No message of that time or later has a smaller id."""
    return max(1, discord.utils.time_snowflake(at))


def mark_in(message: discord.Message) -> int:
    """The mark of a message, which is the id of the first component; 0 where there is none."""
    first: object = next((getattr(component, "id", None) for component in message.components), None)
    return first if isinstance(first, int) else 0
