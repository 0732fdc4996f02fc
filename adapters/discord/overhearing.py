"""What a card says below where others can read along: whoever looks after a server sees its private threads, too."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from adapters.discord.spots import PLATFORM
from bot.errors import StorageError, TryLater
from bot.identity import Account, WorkspaceId
from bot.messages.elements import Card, Footnote
from bot.messages.text import plain
from bot.ports import Units
from bot.words import Languages

# No time is said in it.
_ZONE = "UTC"


class Overhearing:
    """Adds it in the reader's language. Raises TryLater and nothing else."""

    def __init__(self, workspace: WorkspaceId, units: Units, languages: Languages) -> None:
        self._workspace = workspace
        self._units = units
        self._languages = languages

    async def told(self, user: str, card: Card) -> Card:
        """The card, and below it who can read along there, and what to do about it."""
        try:
            async with self._units(self._workspace, reading=True) as work:
                member = await work.members.by_account(Account(PLATFORM, user))
                language = member.language if member is not None else (await work.vocabulary.options()).language
        except StorageError as error:
            raise TryLater(type(error).__name__) from None
        words = self._languages.words(language, ZoneInfo(_ZONE))
        said = words.say(
            "Whoever looks after this server can read along here. Allow direct messages from its members in Discord's"
            " privacy settings, and I write to you alone."
        )
        return replace(card, elements=(*card.elements, Footnote(plain(said))))
