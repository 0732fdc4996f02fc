"""Who is at the door: finds the academy and the person behind an interaction, or turns it away kindly.

In a guild the academy is the guild's. In a direct conversation a button says by its mark which academy it belongs to, and
for a command it is the one that the person is a member of; somebody who is in several is asked.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from adapters.discord.front import Front
from adapters.discord.guilds import ORGANISERS
from adapters.discord.ids import tag_of
from adapters.discord.origin import Origin
from adapters.discord.parse import Asked, Sender
from adapters.discord.spots import PLATFORM
from adapters.discord.telling import named
from bot.errors import StorageError
from bot.identity import Account, WorkspaceId
from bot.interactions import Arrival
from bot.members.domain import Sector
from bot.ports import Workspace
from bot.recent import Recent

_log = logging.getLogger(__name__)

_SECTORS, _FRESH = 5_000, timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Why somebody cannot be let in, in a sentence."""

    said: str


@dataclass(frozen=True, slots=True)
class Several:
    """Somebody in a direct conversation is in more than one academy."""

    workspaces: Sequence[Workspace]


class Arriving:
    """Makes arrivals."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._sectors: Recent[WorkspaceId, Sequence[Sector]] = Recent(front.clock, _SECTORS, _FRESH)

    async def arrival(self, asked: Asked, tag: str = "") -> Arrival | TurnedAway | Several:
        """The arrival, or why there is none. ``tag``: the academy's mark, where the interaction carries one."""
        try:
            return await self._arrival(asked, tag)
        except StorageError as error:
            _log.error("storage failed (%s)", named(error))
            words = self._front.house_words(asked.sender.language)
            return TurnedAway(
                words.say("I can't reach my memory right now. Nothing was lost; please try again in a minute.")
            )

    async def is_ours(self, asked: Asked, found: Arrival | TurnedAway | Several) -> bool:
        """Discord tells every process that listens: the first to write it down answers, and the others say nothing. Where
        nothing can be written, whoever is first with Discord answers."""
        if self._front.first_to_hear is None or isinstance(found, TurnedAway):
            return True
        where = found.workspace if isinstance(found, Arrival) else min(one.id for one in found.workspaces)
        try:
            return await self._front.first_to_hear(where, asked.id())
        except StorageError as error:
            _log.error("storage failed (%s)", named(error))
            return True

    def at(self, workspace: WorkspaceId, asked: Asked, sector: str = "") -> Arrival:
        """The arrival at this academy."""
        sender, origin = asked.sender, asked.origin
        return Arrival(
            id=asked.id(),
            workspace=workspace,
            account=Account(PLATFORM, sender.user),
            place=origin.place(sender.user),
            name=sender.name,
            language=sender.language,
            handle=sender.handle,
            organises=organises(sender, origin),
            sector=sector,
        )

    async def _arrival(self, asked: Asked, tag: str) -> Arrival | TurnedAway | Several:
        sender, origin = asked.sender, asked.origin
        if origin.guild:
            workspace = await self._front.academies.workspace_of(origin.guild)
            return self.at(workspace, asked, await self._sector(workspace, sender))
        theirs = await self._front.with_account(Account(PLATFORM, sender.user))
        meant = [one for one in theirs if not tag or tag_of(one.id) == tag]
        if len(meant) > 1:
            return Several(meant)
        if meant:
            rights = await self._front.academies.organises(meant[0].id, sender.user)
            return replace(self.at(meant[0].id, asked), organises=rights)
        words = self._front.house_words(asked.sender.language)
        if theirs:
            return TurnedAway(
                words.say("That belongs to an academy that you are no longer in, so it does nothing any more.")
            )
        return TurnedAway(
            words.say(
                "I am in no server just now where you are a member. Type a command in one where I am, and then I can"
                " help you here as well."
            )
        )

    async def _sector(self, workspace: WorkspaceId, sender: Sender) -> str:
        """The sector that one of the person's roles is called after."""
        roles = {role.casefold() for role in sender.roles} - ORGANISERS
        if not roles:
            return ""
        sectors = self._sectors.get(workspace)
        if sectors is None:
            async with self._front.units(workspace, reading=True) as work:
                sectors = tuple(await work.vocabulary.sectors())
            self._sectors.put(workspace, sectors)
        called = [one.key for one in sectors if roles & {one.key.casefold(), *map(str.casefold, one.names.values())}]
        return called[0] if len(called) == 1 else ""


def organises(sender: Sender, origin: Origin) -> bool | None:
    """Whether the person's rights in the guild make an organiser of them; None where there is no guild."""
    if not origin.guild:
        return None
    return sender.manages or any(role.casefold() in ORGANISERS for role in sender.roles)
