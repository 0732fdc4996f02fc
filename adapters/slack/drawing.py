"""What a card needs before it can be drawn: who is mentioned in it goes by which Slack user, and where its pictures are."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.slack.api import SlackApi
from adapters.slack.files import Files, in_words
from adapters.slack.render import Page, pictures, render_card
from adapters.slack.spots import PLATFORM
from bot.errors import Doubtful, Gone, Refused, StorageError, TryLater
from bot.identity import MemberId, WorkspaceId
from bot.messages.cutting import mentioned
from bot.messages.elements import Card
from bot.ports import Clock, Units

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A card ready to be drawn. ``card`` says its pictures in words where Slack takes none; ``people``: Slack user ids;
    ``files``: one for each picture that is left."""

    card: Card
    people: Mapping[MemberId, str]
    files: tuple[str, ...]


class Drawing:
    """Looks up and uploads what the cards of one workspace need. Raises TryLater and nothing else."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi, units: Units, clock: Clock, public_url: str) -> None:
        self._workspace = workspace
        self._units = units
        self._public_url = public_url
        self._files = Files(workspace, api, clock)
        self._told = False

    @property
    def files(self) -> Files:
        """The uploads of this workspace."""
        return self._files

    async def show(self, card: Card) -> Shown:
        """The card with all that is needed to draw it."""
        people = await self._people(mentioned(card))
        try:
            files = [await self._files.picture(image) for image in pictures(card)]
        except (Refused, Gone, Doubtful) as error:
            self._tell(str(error))
            return Shown(in_words(card), people, ())
        return Shown(card, people, tuple(files))

    def pages(self, shown: Shown) -> tuple[Page, ...]:
        """Its messages."""
        return render_card(shown.card, shown.people, shown.files, self._public_url)

    def without_pictures(self, shown: Shown) -> Shown:
        """The same card in words: Slack did not show a picture that it has taken. The next card gets it anew."""
        for image in pictures(shown.card):
            self._files.forget(image)
        return Shown(in_words(shown.card), shown.people, ())

    async def _people(self, members: frozenset[MemberId]) -> Mapping[MemberId, str]:
        if not members:
            return {}
        try:
            async with self._units(self._workspace, reading=True) as work:
                found = await work.members.many(tuple(members))
        except StorageError as error:
            raise TryLater(type(error).__name__) from None
        accounts = {identity: member.account_on(PLATFORM) for identity, member in found.items()}
        return {identity: account.user for identity, account in accounts.items() if account is not None}

    def _tell(self, code: str) -> None:
        if not self._told:
            self._told = True
            _log.warning("Slack takes no pictures (%s); cards say them in words", code)
