"""Private threads with certain people: the room of an introduction, and the nook of a person who takes no direct messages.

A thread is opened once for its key. That it is being opened is written down first, and that it belongs to the key as soon as
it is there, before anybody comes in. So whoever comes after a crash knows that there may be one, and looks for it among the
bot's own private threads: the same name, since then, and nobody else's. One that belongs to nobody may be somebody's who is
just writing that down, so it is left alone for a minute: two keys must never share a thread.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal

import discord

from adapters.discord.api import DiscordApi
from adapters.discord.finding import first_id_at
from adapters.discord.kept import Kept
from adapters.discord.messages import Messages
from adapters.discord.places import ROOM_CHANNEL, SITE, Guilds
from bot.errors import Gone, Refused, TryLater
from bot.identity import WorkspaceId
from bot.ports import Clock

ROOM, NOOK = "room", "nook"
# Threads that belong to a key by now.
_CLAIMED = "thread"
# Who is in a room where nothing was said yet, by its thread.
_UNCALLED = "uncalled"
_OPENING = re.compile(r"opening (\d+) (\d+)", re.ASCII)
_NAME = 100  # characters of a thread's name
# Minutes without a word after which a thread leaves the list; the longest that there is.
_WEEK: Literal[10080] = 10_080
# The platform's clock may go a little behind ours.
_CLOCKS_DIFFER = timedelta(minutes=1)
# Whoever opened a thread has written down whose it is after this, or never will: a call may take twelve seconds.
_SETTLES = timedelta(minutes=1)
_NOT_THERE = frozenset({"unknown_member", "unknown_user"})
# Seconds until it is looked again whether there is a channel for threads by now.
_MENDING = 300.0
# Seconds until it is looked again whether the guild is known by now.
_COMING = 10.0
NOT_IN_GUILD = "not_in_guild"
NO_ROOM_CHANNEL = "no_room_channel"


@dataclass(frozen=True, slots=True)
class _Opening:
    """A thread is being opened under a channel, since then."""

    channel: str
    at: datetime


class Rooms:
    """Opens the private threads of one workspace. Raises ChatError and nothing else."""

    def __init__(
        self, workspace: WorkspaceId, api: DiscordApi, messages: Messages, guilds: Guilds, kept: Kept, clock: Clock
    ) -> None:
        self._workspace = workspace
        self._api = api
        self._messages = messages
        self._guilds = guilds
        self._kept = kept
        self._clock = clock
        self._under_way: dict[tuple[str, str], asyncio.Lock] = {}

    async def known(self, kind: str, key: str) -> str | None:
        """The thread that was opened for a key."""
        kept = await self._kept.get(kind, key)
        return None if kept is None or _OPENING.fullmatch(kept) else kept

    async def open(self, kind: str, key: str, users: Sequence[str], title: str) -> str:
        """The thread for a key, with these people in it.

        Raises Refused("not_in_guild") where one of them is not in the guild, and TryLater("no_room_channel") as long as the
        bot may open threads nowhere.
        """
        async with self._alone(kind, key):
            kept = await self._kept.get(kind, key)
            opening = _read_opening(kept)
            if kept is not None and opening is None:
                return kept
            name = _name(title)
            parent = await self._parent()
            # Before a thread stands there without them.
            for user in users:
                await self._must_be_in(parent, user)
            owner = _owner(kind, key)
            thread = await self._left_behind(opening, parent, name, users, owner) if opening else None
            if thread is None:
                thread = await self._new(kind, key, parent, name)
                await self._kept.put((_CLAIMED, str(thread.id), owner))
            for user in users:
                await self._add(thread, user)
            known = (kind, key, str(thread.id))
            uncalled = [(_UNCALLED, str(thread.id), " ".join(users))] if kind == ROOM else []
            await self._kept.put(known, *uncalled)
            return str(thread.id)

    async def uncalled(self, thread: str) -> tuple[str, ...]:
        """Who is in a new room: nothing but their names in its first message tells them of it."""
        return tuple((await self._kept.get(_UNCALLED, thread) or "").split())

    async def were_called(self, thread: str) -> None:
        """The first message is there. Where that cannot be written down, the next one calls as well."""
        with suppress(TryLater):
            await self._kept.forget(_UNCALLED, thread)

    async def rename(self, thread: str, title: str) -> None:
        """Makes a thread go by another title. Raises Gone where it is no longer there."""
        await self._messages.rename(thread, _name(title))

    def link(self, channel: str) -> str:
        """Where a channel or thread opens; empty before the guild is known."""
        guild = self._guilds.guild_of(self._workspace)
        return "" if guild is None else f"{SITE}/{guild}/{channel}"

    async def must_be_in(self, user: str) -> None:
        """Raises Refused("not_in_guild") where somebody has left: nothing that is said in a thread reaches them."""
        await self._must_be_in(await self._parent(), user)

    async def forget(self, kind: str, key: str) -> None:
        """The thread is gone: the next :meth:`open` makes another."""
        await self._kept.forget(kind, key)

    async def _parent(self) -> discord.TextChannel:
        """What an organiser chose, as long as the bot may open threads there; else the best there is."""
        guild = self._guilds.guild_of(self._workspace)
        if guild is None:
            # The gateway tells of the guilds a moment after the start; if the bot was removed, the workspace is frozen.
            raise TryLater("no_guild", _COMING)
        usable = [channel.id for channel in self._guilds.room_channels(guild) if channel.usable]
        chosen = await self._kept.get(ROOM_CHANNEL, guild)
        if chosen not in usable:
            if not usable:
                # An organiser can mend it, and then what waits goes out.
                raise TryLater(NO_ROOM_CHANNEL, _MENDING)
            chosen = usable[0]
        found = await self._messages.channel(chosen)
        if not isinstance(found, discord.TextChannel) or found.is_news():
            raise Refused("wrong_channel_type")
        return found

    async def _new(self, kind: str, key: str, parent: discord.TextChannel, name: str) -> discord.Thread:
        await self._kept.put((kind, key, f"opening {parent.id} {int(self._clock.now().timestamp())}"))
        return await self._api.write(
            f"thread in {parent.id}",
            lambda: parent.create_thread(
                name=name, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=_WEEK
            ),
        )

    async def _left_behind(
        self, opening: _Opening, parent: discord.TextChannel, name: str, users: Sequence[str], owner: str
    ) -> discord.Thread | None:
        """The thread that an earlier try opened. Raises TryLater while there is one that may still be another's."""
        if opening.channel != str(parent.id):
            # Another channel was chosen since.
            try:
                found = await self._messages.channel(opening.channel)
            except Gone:
                return None
            if not isinstance(found, discord.TextChannel) or found.is_news():
                return None
            parent = found
        since = first_id_at(opening.at - _CLOCKS_DIFFER)
        threads = [one for one in await self._own_threads(parent) if one.id >= since and one.name == name]
        for thread in threads:
            if await self._kept.get(_CLAIMED, str(thread.id)) == owner:
                return thread
        for thread in threads:
            if await self._kept.get(_CLAIMED, str(thread.id)) is not None or not await self._is_free(thread, users):
                continue
            age = self._clock.now() - discord.utils.snowflake_time(thread.id)
            if age < _SETTLES:
                raise TryLater("room_unsettled", (_SETTLES - age).total_seconds())
            if await self._kept.claim(_CLAIMED, str(thread.id), owner) == owner:
                return thread
        return None

    async def _own_threads(self, parent: discord.TextChannel) -> list[discord.Thread]:
        active = await self._api.read(f"threads of {parent.guild.id}", parent.guild.active_threads)

        async def archived() -> list[discord.Thread]:
            return [thread async for thread in parent.archived_threads(private=True, joined=True)]

        found = [*active, *await self._api.read(f"threads in {parent.id}", archived)]
        own = self._api.own_id
        return [one for one in found if one.owner_id == own and one.parent_id == parent.id and one.is_private()]

    async def _is_free(self, thread: discord.Thread, users: Sequence[str]) -> bool:
        """Whether nobody is in it but the bot and these people."""
        there = [await self._is_in(thread, user) for user in users]
        return thread.member_count <= 1 + sum(there)

    async def _is_in(self, thread: discord.Thread, user: str) -> bool:
        try:
            await self._api.read(f"people of {thread.id}", lambda: thread.fetch_member(int(user)))
        except (Refused, Gone) as error:
            if str(error) in _NOT_THERE:
                return False
            raise
        return True

    async def _must_be_in(self, parent: discord.TextChannel, user: str) -> None:
        guild = parent.guild
        try:
            await self._api.read(f"members of {guild.id}", lambda: guild.fetch_member(int(user)))
        except Refused as error:
            raise _named(error) from None

    async def _add(self, thread: discord.Thread, user: str) -> None:
        if thread.archived:
            await self._messages.wake(str(thread.id))
        try:
            await self._api.read(f"people of {thread.id}", lambda: thread.add_user(discord.Object(int(user))))
        except Refused as error:
            raise _named(error) from None

    @asynccontextmanager
    async def _alone(self, kind: str, key: str) -> AsyncGenerator[None, None]:
        """One at a time for a key."""
        lock = self._under_way.setdefault((kind, key), asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._under_way.pop((kind, key), None)


def _named(error: Refused) -> Refused:
    """Discord says of somebody who left that it does not know them; whoever reads that is told where."""
    return Refused(NOT_IN_GUILD) if str(error) in _NOT_THERE else error


def _name(title: str) -> str:
    return " ".join(title.split())[:_NAME] or "Brobygger"


def _owner(kind: str, key: str) -> str:
    """Whose a thread is, in a form that names nobody."""
    return sha256(f"{kind} {key}".encode()).hexdigest()[:20]


def _read_opening(kept: str | None) -> _Opening | None:
    found = _OPENING.fullmatch(kept or "")
    return _Opening(found[1], datetime.fromtimestamp(int(found[2]), UTC)) if found else None
