"""Which academy a guild is, and what sending has to know of guilds: kept in step with what the gateway tells.

An academy is made for each guild that the bot is added to, and its home there is gone when it is removed. What happened
while nobody listened is found out when a session begins; a guild that Discord cannot reach just now is still there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

import discord

from adapters.discord.client import ListeningClient
from adapters.discord.places import USUAL_FILE_LIMIT, OpenChannel, RoomChannel
from adapters.discord.spots import PLATFORM
from adapters.discord.telling import named
from bot.identity import WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.ports import Clock, Workspace, WorkspaceDirectory
from bot.recent import Recent
from bot.recognition import Changes, Mark, NeverSure

_log = logging.getLogger(__name__)

_GUILD = "guild:"
# A role with one of these names makes an organiser of who has it.
ORGANISERS = frozenset({"organiser", "organisers", "organizer", "organizers", "tovholder", "tovholdere"})
# The channel that rooms are opened in where nobody has chosen one.
ROOMS_ARE_IN = "brobygger"
# An academy may get another home, or move in with another one: it is asked about again so soon.
_MINUTE, _PATIENCE = timedelta(minutes=1), 1.0
_FRESH, _ASKED = timedelta(seconds=2), 10_000
# So many academies are made before others get a turn.
_AT_ONCE = 20
# So many people are asked about in one question.
_A_HUNDRED = 100
_LONGEST_NAME = 200

StillThere = Callable[[str], Awaitable[bool | None]]


class GuildBook:
    """Implements :class:`adapters.discord.places.Guilds`. ``still_there`` asks Discord whether the bot is in a guild; None
    where it does not say. ``changes``: tells whether academies were written."""

    def __init__(
        self,
        directory: WorkspaceDirectory,
        clock: Clock,
        options: WorkspaceOptions,
        still_there: StillThere,
        changes: Changes | None = None,
    ) -> None:
        self._directory = directory
        self._clock = clock
        self._options = options
        self._client: Callable[[], ListeningClient | None] = _nobody
        self._still_there = still_there
        self._academies: Recent[str, WorkspaceId] = Recent(clock, _ASKED, _FRESH)
        self._changes: Changes = changes or NeverSure()
        self._sure: Recent[str, tuple[Mark | None, WorkspaceId]] = Recent(clock, _ASKED, self._changes.lasts)
        self._guilds: dict[WorkspaceId, str] = {}
        self._organising: Recent[tuple[int, str], bool] = Recent(clock, _ASKED, _MINUTE)
        self._changing = asyncio.Lock()

    def follow(self, client: Callable[[], ListeningClient | None]) -> None:
        """From now on guilds are known from who listens."""
        self._client = client

    async def workspace_of(self, guild: str, name: str = "") -> WorkspaceId:
        """The academy of a guild in which somebody just did something: the bot is there, whatever was known before. Raises
        StorageError."""
        known = self._academies.get(guild) or self._surely(guild)
        if known is not None:
            return known
        before = self._sure.get(guild)
        mark = None if before is None else self._changes.mark(before[1])
        found = await self._directory.find(_external(guild))
        if found is None or _is_gone(found, guild):
            found = await self._arrived(guild, name)
        self._note(guild, found.id)
        # Sure from the second time on: only then it was known before the look which academy's changes count.
        self._sure.put(guild, (mark if before is not None and before[1] == found.id else None, found.id))
        return found.id

    def _surely(self, guild: str) -> WorkspaceId | None:
        """The guild's academy, as long as nothing was written of academies since it was looked up."""
        mark, workspace = self._sure.get(guild) or (None, None)
        return workspace if workspace and mark is not None and mark == self._changes.mark(workspace) else None

    async def organises(self, workspace: WorkspaceId, user: str) -> bool | None:
        """Whether somebody's rights in the academy's guild make an organiser of them just now; None where Discord does not
        say. Asked for what they do in a direct conversation, which tells nothing of their roles."""
        guild = self._guild(self._guilds.get(workspace) or "0")
        if guild is None:
            return None
        known = self._organising.get((guild.id, user))
        if known is None:
            try:
                async with asyncio.timeout(_PATIENCE):
                    known = may_organise(await guild.fetch_member(int(user)))
            except discord.NotFound:
                known = False
            except (discord.DiscordException, OSError, TimeoutError) as error:
                _log.warning("somebody's roles could not be looked up (%s)", named(error))
                return None
            self._organising.put((guild.id, user), known)
        return known

    def homes(self) -> Mapping[WorkspaceId, str]:
        """The guild of every academy that the bot is in, as it is just now."""
        return dict(self._guilds)

    def guild_of(self, workspace: WorkspaceId) -> str | None:
        """The academy's guild, where the bot is in it."""
        return self._guilds.get(workspace)

    def room_channels(self, guild: str) -> Sequence[RoomChannel]:
        """The channel that has the bot's name, the guild's own, and then the others as they stand there."""
        found = self._guild(guild)
        if found is None:
            return ()

        def rank(channel: discord.TextChannel) -> tuple[int, int, int]:
            system = found.system_channel
            first = 0 if channel.name.casefold() == ROOMS_ARE_IN else 1 if channel == system else 2
            return first, channel.position, channel.id

        channels = sorted(found.text_channels, key=rank)
        return tuple(RoomChannel(str(channel.id), _holds_rooms(channel, found.me)) for channel in channels)

    def channels(self, guild: str) -> Sequence[OpenChannel]:
        """All text channels."""
        found = self._guild(guild)
        every = () if found is None else sorted(found.text_channels, key=lambda one: (one.position, one.id))
        return tuple(OpenChannel(str(one.id), one.name, _takes_messages(one, one.guild.me)) for one in every)

    async def sees(self, channel: str, user: str) -> bool | None:
        """Asks for somebody's roles; who is not in the guild sees nothing there."""
        client = self._client()
        found = None if client is None else client.get_channel(int(channel))
        if not isinstance(found, discord.abc.GuildChannel):
            return None
        try:
            async with asyncio.timeout(_PATIENCE):
                return found.permissions_for(await found.guild.fetch_member(int(user))).view_channel
        except discord.NotFound:
            return False
        except (discord.DiscordException, OSError, TimeoutError) as error:
            _log.warning("somebody's rights could not be looked up (%s)", named(error))
            return None

    async def seeing(self, channel: str, users: Sequence[str]) -> frozenset[str] | None:
        """Asks over the gateway, which answers for a hundred at once; who is not in the guild sees nothing there."""
        client = self._client()
        found = None if client is None else client.get_channel(int(channel))
        if not isinstance(found, discord.abc.GuildChannel):
            return None
        wanted = [int(user) for user in users]
        seeing: set[str] = set()
        try:
            for start in range(0, len(wanted), _A_HUNDRED):
                part = wanted[start : start + _A_HUNDRED]
                async with asyncio.timeout(_PATIENCE * 3):
                    members = await found.guild.query_members(user_ids=part, limit=_A_HUNDRED, cache=False)
                seeing |= {str(member.id) for member in members if found.permissions_for(member).view_channel}
        except (discord.DiscordException, OSError, RuntimeError, TimeoutError) as error:
            _log.warning("who sees a channel could not be looked up (%s)", named(error))
            return None
        return frozenset(seeing)

    def is_open(self, channel: str) -> bool:
        """Whether a role is needed to see it."""
        client = self._client()
        found = None if client is None else client.get_channel(int(channel))
        return (
            isinstance(found, discord.abc.GuildChannel) and found.permissions_for(found.guild.default_role).view_channel
        )

    def file_limit(self, guild: str) -> int:
        """What the guild's boosts allow."""
        found = self._guild(guild)
        return USUAL_FILE_LIMIT if found is None else found.filesize_limit

    def may_read(self, channel: str) -> bool | None:
        """Whether the bot may look back in a channel or thread."""
        client = self._client()
        found = None if client is None else client.get_channel(int(channel))
        if not isinstance(found, discord.abc.GuildChannel | discord.Thread) or found.guild.me is None:  # pyright: ignore[reportUnnecessaryComparison] - a guild that has not come yet has no members
            return None
        allowed = found.permissions_for(found.guild.me)
        return allowed.view_channel and allowed.read_message_history

    async def joined(self, guild: discord.Guild) -> None:
        """The bot was added. Raises StorageError."""
        found = await self._arrived(str(guild.id), guild.name)
        self._note(str(guild.id), found.id)

    async def removed(self, guild: str) -> None:
        """The bot is there no more. Raises StorageError."""
        async with self._changing:
            self._academies.forget(guild)
            self._sure.forget(guild)
            found = await self._directory.find(_external(guild))
            if found is None:
                return
            self._guilds.pop(found.id, None)
            if await self._directory.freeze(found.id, self._clock.now(), _external(guild)):
                _log.info("the bot was removed from a guild; its academy %s waits there no more", found.id)

    async def reconciled(self, shard: int, shards: int, there: Mapping[int, str]) -> None:
        """The guilds of a shard by their ids, with their names, when its session began. Raises StorageError."""
        present = {str(guild): name for guild, name in there.items()}
        homes: dict[str, Workspace] = {}
        for workspace in await self._directory.every():
            for home in workspace.installations:
                guild = home.external.removeprefix(_GUILD)
                if home.platform == PLATFORM and _shard(guild, shards) == shard:
                    homes[guild] = workspace
        for place, (guild, name) in enumerate(present.items()):
            known = homes.get(guild)
            if known is None or _is_gone(known, guild):
                known = await self._arrived(guild, name)
            self._note(guild, known.id)
            if place % _AT_ONCE == 0:
                await asyncio.sleep(0)
        for guild, workspace in homes.items():
            gone = guild not in present and not _is_gone(workspace, guild)
            if gone and await self._still_there(guild) is False:
                await self.removed(guild)

    async def _arrived(self, guild: str, name: str) -> Workspace:
        """The academy of a guild that is new, or known again."""
        external = _external(guild)
        async with self._changing:
            found = await self._directory.find(external)
            if found is None:
                found = await self._directory.claim(external, self._name(guild, name), self._options)
                _log.info("an academy has a home on Discord now: %s", found.id)
            elif _is_gone(found, guild):
                await self._directory.thaw(found.id, external)
            return found

    def _note(self, guild: str, workspace: WorkspaceId) -> None:
        self._academies.put(guild, workspace)
        self._guilds[workspace] = guild

    def _name(self, guild: str, name: str) -> str:
        known = self._guild(guild)
        return (name or (known.name if known else "") or _external(guild))[:_LONGEST_NAME]

    def _guild(self, guild: str) -> discord.Guild | None:
        client = self._client()
        return None if client is None else client.get_guild(int(guild))


def may_organise(member: discord.Member) -> bool:
    """Whether somebody may manage the guild, or has a role that is called so."""
    named_so = any(role.name.casefold() in ORGANISERS for role in member.roles)
    return named_so or member.guild_permissions.manage_guild


def _nobody() -> None:
    """Nobody listens yet."""


def _external(guild: str) -> str:
    return f"{_GUILD}{guild}"


def _is_gone(workspace: Workspace, guild: str) -> bool:
    homes = [home for home in workspace.installations if home.external == _external(guild)]
    return workspace.frozen_at is not None or any(home.gone_at is not None for home in homes)


def _shard(guild: str, shards: int) -> int:
    """Which shard hears of a guild, as Discord divides them."""
    return (int(guild) >> 22) % shards if guild.isdecimal() else -1


def _holds_rooms(channel: discord.TextChannel, own: discord.Member | None) -> bool:
    if own is None:
        return False
    allowed = channel.permissions_for(own)
    return (
        allowed.view_channel
        and allowed.create_private_threads
        and allowed.send_messages_in_threads
        and allowed.read_message_history
    )


def _takes_messages(channel: discord.TextChannel, own: discord.Member | None) -> bool:
    if own is None:
        return False
    allowed = channel.permissions_for(own)
    return allowed.view_channel and allowed.send_messages and allowed.read_message_history


async def asked_whether_there(speaking: discord.Client, guild: str) -> bool | None:
    """Asks Discord whether the bot is in a guild."""
    if speaking.user is None:
        return None
    try:
        await speaking.fetch_guild(int(guild), with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return False
    except (discord.DiscordException, OSError, TimeoutError) as error:
        _log.warning("it is not known whether the bot is still in a guild (%s)", named(error))
        return None
    return True
