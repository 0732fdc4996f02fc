"""Threads and channels on Discord, read page by page from a message on.

A message that begins a thread is read with it. One in a thread stands for the whole thread. One in a channel without a thread
begins what was said there from then on: on Discord much is said without threads. A time of a channel is read with its threads;
Discord tells which there are, also those that were put away.

Discord keeps back what people wrote from an application without the switch "Message Content Intent". It does not say so: the
messages come, and are empty. Then nothing is read at all, since half a conversation would mislead.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias, TypeVar

import discord
import discord.utils

from adapters.discord.api import DiscordApi
from adapters.discord.messages import PAGE, Messages
from adapters.discord.people import People
from adapters.discord.places import SITE, Guilds
from adapters.discord.plain import is_hidden, words_of
from adapters.discord.spots import PLATFORM, Person, Posted, Spot, read_address
from bot.errors import Gone, Refused, TryLater
from bot.identity import Account, Address, WorkspaceId
from bot.threads import MOST_MESSAGES, TOO_LONG, Author, Progress, Said, Stretch

# Seconds, where Discord does not say how long.
_UNNAMED = 5.0
# A page that was refused so often, one rest after the other, is not to be had.
_TRIES = 20
NO_CONTENT = "no_message_content"
_NOT_IN_IT = frozenset({"unknown_member", "missing_access"})
# Where threads can be under.
_Parent: TypeAlias = discord.TextChannel | discord.ForumChannel
# Of a forum, where a thread's first message is in the thread.
_NO_MESSAGES = frozenset({"forum_channel", "not_a_text_channel", "wrong_channel_type"})
_SAYING = frozenset(
    {
        discord.MessageType.default,
        discord.MessageType.reply,
        discord.MessageType.chat_input_command,
        discord.MessageType.context_menu_command,
    }
)
T = TypeVar("T")


class DiscordThreads:
    """Implements :class:`bot.threads.Threads` for one workspace."""

    def __init__(
        self,
        workspace: WorkspaceId,
        api: DiscordApi,
        people: People,
        guilds: Guilds,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._workspace = workspace
        self._api = api
        self._messages = Messages(api)
        self._people = people
        self._guilds = guilds
        self._rest = rest

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        """All of it, oldest first. Raises Refused("no_message_content") where Discord keeps back what people wrote, and
        Refused("missing_access") where the bot may not read there."""
        waiting = _Waiting(self._rest, progress)
        found: list[discord.Message] = []
        channel, after = await self._begin(message, found, waiting)
        await self._follow(channel, after, None, found, waiting)
        first = found[0].id if found else 0
        return [await self._said(one, first) for one in found]

    async def span(
        self,
        place: Address,
        since: datetime,
        until: datetime,
        progress: Progress | None = None,
        reader: Account | None = None,
    ) -> Stretch:
        """What was said in a channel and its threads in that time; of a thread, its own. Private threads only where ``reader``
        is in them. Raises as :meth:`read` does."""
        where = read_address(place)
        if isinstance(where, Person):
            raise Gone("unknown_channel")
        waiting = _Waiting(self._rest, progress)
        channel = await waiting.until(lambda: self._messages.channel(where.channel), 0)
        # The first id that a message of that time can have is one more than this.
        after = max(0, discord.utils.time_snowflake(since) - 1)
        found: list[discord.Message] = []
        roots: dict[int, int] = {}
        closed = 0
        if not isinstance(channel, discord.ForumChannel):
            await self._follow(where.channel, after, until, found, waiting)
        if isinstance(channel, _Parent):
            for thread in await self._threads(channel, since, until, waiting):
                if thread.is_private() and not await self._is_in(thread, reader, waiting):
                    continue
                start = len(found)
                try:
                    await self._follow(str(thread.id), after, until, found, waiting)
                except (Refused, Gone) as error:
                    if str(error) in {NO_CONTENT, TOO_LONG}:
                        raise
                    closed += 1
                # A thread has the id of the message above it that it was begun from.
                roots |= {one.id: thread.id for one in found[start:]}
        every = sorted({one.id: one for one in found}.values(), key=lambda one: one.id)
        said = [await self._said(one, roots.get(one.id, one.id), str(roots.get(one.id, ""))) for one in every]
        return Stretch(said, None, closed)

    async def is_private(self, place: Address) -> bool | None:
        """Whether one needs a role to see the channel, or has to be taken into the thread. Where the gateway has not told of a
        channel yet, it is taken for private."""
        where = read_address(place)
        if isinstance(where, Person):
            return True
        channel = await self._messages.channel(where.channel)
        if isinstance(channel, discord.Thread):
            if channel.is_private():
                return True
            return not self._guilds.is_open(str(channel.parent_id))
        return not self._guilds.is_open(str(channel.id))

    async def links(self, place: Address, messages: Sequence[Said]) -> Mapping[str, str]:
        """Links that open these messages, by their id."""
        where = read_address(place)
        if isinstance(where, Person) or not messages:
            return {}
        channel = await self._messages.channel(where.channel)
        guild = getattr(channel, "guild", None)
        server = str(guild.id) if isinstance(guild, discord.Guild) else "@me"
        # A thread has the id of the message above it that it was begun from.
        above, below = where.channel, where.channel
        if isinstance(channel, discord.Thread):
            above = str(channel.parent_id)
        elif isinstance(where, Posted) and (await self._messages.one(where.channel, where.message)).flags.has_thread:
            below = where.message
        spots = {one.id: one.within or (above if one.id == below else below) for one in messages}
        return {one.id: f"{SITE}/{server}/{spots[one.id]}/{one.id}" for one in messages}

    async def permalink(self, message: Address) -> str:
        """A link that opens the message in Discord."""
        place = read_address(message)
        if not isinstance(place, Posted):
            raise Gone("unknown_message")
        channel = await self._messages.channel(place.channel)
        guild = getattr(channel, "guild", None)
        where = str(guild.id) if isinstance(guild, discord.Guild) else "@me"
        return f"{SITE}/{where}/{place.channel}/{place.message}"

    async def _begin(self, message: Address, found: list[discord.Message], waiting: "_Waiting") -> tuple[str, int]:
        """The channel to read, after which message; a message that stands above its thread is in ``found``."""
        place = read_address(message)
        if isinstance(place, Person):
            raise Gone("unknown_message")
        channel = place.channel
        where = await waiting.until(lambda: self._messages.channel(channel), 0)
        if isinstance(where, discord.Thread):
            if not where.is_private():
                # A public thread has the id of the message that it was begun from.
                await self._above(str(where.parent_id), channel, found, waiting)
            return channel, 0
        if isinstance(place, Spot):
            raise Gone("unknown_thread")
        begins = await self._above(channel, place.message, found, waiting)
        if begins is None:
            raise Gone("unknown_message")
        return (place.message, 0) if begins.flags.has_thread else (channel, begins.id)

    async def _follow(
        self, channel: str, after: int, until: datetime | None, found: list[discord.Message], waiting: "_Waiting"
    ) -> None:
        """Adds what was said after a message, page by page."""
        while True:
            page = await waiting.until(lambda: self._messages.page(channel, after), len(found))  # noqa: B023 - at once
            said = [one for one in page if one.type in _SAYING and not one.flags.loading]
            said = [one for one in said if until is None or one.created_at < until]
            if any(map(self._is_kept_back, said)):
                raise Refused(NO_CONTENT)
            found += said
            if len(found) > MOST_MESSAGES:
                raise Refused(TOO_LONG)
            after = max([after, *(one.id for one in page)])
            if len(page) < PAGE or (until is not None and page[-1].created_at >= until):
                break
            await waiting.tell(len(found))
        await waiting.tell(len(found))

    async def _threads(
        self, channel: _Parent, since: datetime, until: datetime, waiting: "_Waiting"
    ) -> list[discord.Thread]:
        """Those of the channel in which something of that time may stand, those that were put away as well."""

        async def public() -> list[discord.Thread]:
            found: list[discord.Thread] = []
            async for one in channel.archived_threads(limit=None):
                # By when they were put away. Whoever writes in one brings it back.
                if one.archive_timestamp < since:
                    break
                found.append(one)
            return found

        async def private() -> list[discord.Thread]:
            if isinstance(channel, discord.ForumChannel):
                return []
            return [one async for one in channel.archived_threads(private=True, joined=True, limit=None)]

        every: dict[int, discord.Thread] = {}
        for ask in (channel.guild.active_threads, public, private):
            asked = partial(self._api.read, f"threads in {channel.id}", ask)
            every |= {one.id: one for one in await waiting.until(asked, 0) if one.parent_id == channel.id}
        first = discord.utils.time_snowflake(since)
        return [
            one
            for _, one in sorted(every.items())
            if discord.utils.snowflake_time(one.id) < until and (one.last_message_id or first) >= first
        ]

    async def _is_in(self, thread: discord.Thread, reader: Account | None, waiting: "_Waiting") -> bool:
        if reader is None:
            return False
        ask = partial(self._api.read, f"people of {thread.id}", lambda: thread.fetch_member(int(reader.user)))
        try:
            await waiting.until(ask, 0)
        except (Refused, Gone) as error:
            if str(error) in _NOT_IN_IT:
                return False
            raise
        return True

    async def _above(
        self, channel: str, message: str, found: list[discord.Message], waiting: "_Waiting"
    ) -> discord.Message | None:
        try:
            one = await waiting.until(lambda: self._messages.one(channel, message), 0)
        except Gone:
            return None
        except Refused as error:
            if str(error) not in _NO_MESSAGES:
                raise
            return None
        if self._is_kept_back(one):
            raise Refused(NO_CONTENT)
        found.append(one)
        return one

    def _is_kept_back(self, message: discord.Message) -> bool:
        return message.author.id != self._api.own_id and is_hidden(message)

    async def _said(self, message: discord.Message, first: int, within: str = "") -> Said:
        author = message.author
        ours = author.id == self._api.own_id
        kind = Author.OURSELVES if ours else Author.PROGRAM if author.bot or message.webhook_id else Author.PERSON
        person = kind is Author.PERSON
        reference = message.reference
        answered = reference.message_id if reference is not None and message.type is discord.MessageType.reply else None
        return Said(
            id=str(message.id),
            at=message.created_at,
            author=kind,
            account=Account(PLATFORM, str(author.id)) if person else None,
            name=(await self._name(str(author.id)) if person else "") or author.display_name,
            text=await words_of(message, self._name),
            reply_to="" if message.id == first else str(answered or first),
            files=tuple(file.filename for file in message.attachments),
            within=within,
        )

    async def _name(self, user: str) -> str:
        return (await self._people.about(self._workspace, user)).name


class _Waiting:
    """Waits where Discord says so, and tells whoever asked."""

    def __init__(self, rest: Callable[[float], Awaitable[None]], progress: Progress | None) -> None:
        self._rest = rest
        self._progress = progress

    async def tell(self, done: int, rest: float = 0.0) -> None:
        if self._progress is not None:
            await self._progress(done, rest)

    async def until(self, ask: Callable[[], Awaitable[T]], done: int) -> T:
        """The answer, after as many rests as it takes."""
        for _ in range(_TRIES):
            try:
                return await ask()
            except TryLater as error:
                rest = _UNNAMED if error.after is None else error.after
                await self.tell(done, rest)
                await self._rest(rest)
        raise TryLater("rate_limited")
