"""Who is at the door: finds the academy and the person behind a payload, or turns the payload away kindly."""

import logging
from dataclasses import dataclass

from adapters.slack.front import Acquaintances, Front
from adapters.slack.origin import Origin
from adapters.slack.parse import Sender
from adapters.slack.people import About
from adapters.slack.spots import PLATFORM
from adapters.slack.telling import named
from adapters.slack.text import escaped
from bot.errors import ChatError, StorageError
from bot.identity import Account, WorkspaceId
from bot.interactions import Arrival
from bot.words import Words

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Why somebody cannot be let in, in a sentence."""

    said: str


class Arriving:
    """Makes arrivals."""

    def __init__(self, front: Front, known: Acquaintances) -> None:
        self._front = front
        self._known = known

    async def workspace(self, sender: Sender) -> WorkspaceId | None:
        """The academy of an installation; None, with a line in the log, where there is none. Raises StorageError."""
        found = await self._front.installations.workspace_of(
            sender.team or None, sender.enterprise or None, sender.org_wide
        )
        if found is None:
            _log.warning("an unknown Slack workspace was turned away")
        return found

    async def unmet(self, sender: Sender, origin: Origin, own: str) -> Arrival | TurnedAway:
        """The arrival without what Slack would have to be asked for."""
        return await self._arrival(sender, origin, own, None)

    async def arrival(self, sender: Sender, origin: Origin, own: str) -> Arrival | TurnedAway:
        """The arrival with this id, or why there is none."""
        return await self._arrival(sender, origin, own, self._known)

    async def _arrival(
        self, sender: Sender, origin: Origin, own: str, known: Acquaintances | None
    ) -> Arrival | TurnedAway:
        words = self._front.house_words()
        try:
            workspace = await self.workspace(sender)
        except StorageError as error:
            _log.error("storage failed (%s)", named(error))
            return TurnedAway(_no_memory(words))
        if workspace is None:
            return TurnedAway(_unknown(words))
        about = About() if known is None else await known.meet(workspace, sender.user)
        return Arrival(
            id=own,
            workspace=workspace,
            account=Account(PLATFORM, sender.user),
            place=origin.place(sender.user),
            name=about.name or sender.name,
            language=about.language,
            timezone=about.timezone,
        )

    async def tell(self, origin: Origin, away: TurnedAway) -> None:
        """Says why, where the interaction left an address for that; nobody has a token for any other way."""
        if origin.may_respond(self._front.clock.now()):
            message = {"response_type": "ephemeral", "replace_original": False, "text": escaped(away.said)}
            try:
                await self._front.api.respond(origin.response_url, message)
            except ChatError as error:
                _log.warning("nobody could be told (%s)", named(error))


def _unknown(words: Words) -> str:
    return words.say("I am not set up in this workspace. Ask whoever manages your apps to install Brobygger again.")


def _no_memory(words: Words) -> str:
    return words.say("I can't reach my memory right now. Nothing was lost; please try again in a minute.")
