"""What sending has to know about guilds and does not ask Discord for: whoever listens keeps it from what the gateway tells.

All but a person's rights is answered at once, from memory. Where the gateway has said nothing of a place yet, the answer is
None, and whoever asked finds out in another way or waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.identity import WorkspaceId

# Where a browser and every app of Discord's open a channel: guild, channel and message follow.
SITE = "https://discord.com/channels"

# Bytes: what Discord takes in a message of a guild without boosts, and in direct messages.
USUAL_FILE_LIMIT = 10 * 1024 * 1024

# How the organiser's choice is kept, by guild: the id of the channel where rooms are opened.
ROOM_CHANNEL = "room_channel"


@dataclass(frozen=True, slots=True)
class RoomChannel:
    """A text channel where private threads may stand. ``usable``: the bot may see it, open private threads in it, write in
    them and read what was written there."""

    id: str
    usable: bool


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A text channel of a guild. ``usable``: the bot may see it, write in it and find there what it wrote."""

    id: str
    name: str
    usable: bool


class Guilds(Protocol):
    """The guilds that the bot is in."""

    def guild_of(self, workspace: WorkspaceId) -> str | None:
        """The id of the workspace's guild; None while it has none that the bot is in."""
        ...

    def room_channels(self, guild: str) -> Sequence[RoomChannel]:
        """Where rooms can be opened, the best first: a channel called "brobygger", the guild's system channel, and then the
        others in their order. What an organiser chose comes from the landmarks and is looked up in here by its id."""
        ...

    def channels(self, guild: str) -> Sequence[OpenChannel]:
        """All text channels, those for news too, as they stand there."""
        ...

    async def sees(self, channel: str, user: str) -> bool | None:
        """Whether somebody may see a channel; None where Discord does not say. This one is asked for."""
        ...

    async def seeing(self, channel: str, users: Sequence[str]) -> frozenset[str] | None:
        """Those of these people who may see a channel; None where Discord does not say. A hundred are asked for at a time."""
        ...

    def is_open(self, channel: str) -> bool:
        """Whether everybody in the guild sees a channel."""
        ...

    def file_limit(self, guild: str) -> int:
        """How many bytes a file may have there."""
        ...

    def may_read(self, channel: str) -> bool | None:
        """Whether the bot may read what was written in a channel or thread before; None where that is not known."""
        ...
