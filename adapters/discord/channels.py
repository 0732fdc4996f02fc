"""The channel of a guild that somebody means: by its mention, its id or its name; and whether the bot may write there.

Nobody learns here of a channel that they do not see themselves, and nothing is posted there for them.
"""

from collections.abc import Sequence

from adapters.discord.places import Guilds
from adapters.discord.spots import PLATFORM, spot_address
from bot.errors import Doubtful, Gone, Refused, TryLater
from bot.identity import Account, Channel, WorkspaceId
from bot.mentions import Meant, only_mention

_UNKNOWN = "unknown_channel"
# A question to Discord for each hundred of them.
_MOST_ASKED = 3_000


class Channels:
    """Knows channels from what the gateway tells; only a person's rights are asked for."""

    def __init__(self, workspace: WorkspaceId, guilds: Guilds) -> None:
        self._workspace = workspace
        self._guilds = guilds

    async def readers(self, channel: str, among: Sequence[Account]) -> frozenset[Account]:
        """Those of these people who see a channel. In one that is open to all nobody has to be asked about; else all are, some
        thousands at most. Raises Doubtful where Discord does not say, or there are more."""
        here = {one.user: one for one in among if one.platform == PLATFORM}
        if self._guilds.is_open(channel):
            return frozenset(here.values())
        seeing = await self._guilds.seeing(channel, list(here)) if len(here) <= _MOST_ASKED else None
        if seeing is None:
            raise Doubtful("rights_not_told")
        return frozenset(account for user, account in here.items() if user in seeing)

    async def find(self, typed: str, asker: Account) -> Channel:
        """Raises Gone("unknown_channel"), Refused("missing_permission"), and TryLater while the guild is not known."""
        guild = self._guilds.guild_of(self._workspace)
        if guild is None:
            raise TryLater("no_guild")
        mention = only_mention(typed)
        if mention is not None and mention.meant is not Meant.CHANNEL:
            raise Gone(_UNKNOWN)
        wanted = typed.strip().removeprefix("#").strip().casefold() if mention is None else mention.id
        every = self._guilds.channels(guild)
        found = next((one for one in every if one.id == wanted), None)
        found = found or next((one for one in every if one.name.casefold() == wanted), None)
        if found is None or asker.platform != PLATFORM:
            raise Gone(_UNKNOWN)
        sees = await self._guilds.sees(found.id, asker.user)
        if sees is None:
            raise TryLater("rights_not_told")
        if not sees:
            raise Gone(_UNKNOWN)
        if not found.usable:
            raise Refused("missing_permission")
        return Channel(spot_address(found.id), found.name)
