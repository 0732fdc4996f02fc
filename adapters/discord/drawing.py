"""What a card needs before it can be drawn: who is mentioned in it goes by which Discord user, and the questions that its
buttons ask first are kept, since a button of Discord's holds too little for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from adapters.discord.ids import keep_confirm, tag_of
from adapters.discord.kept import Kept
from adapters.discord.page import Page
from adapters.discord.render import render_card
from adapters.discord.spots import PLATFORM
from bot.errors import StorageError, TryLater
from bot.identity import MemberId, WorkspaceId
from bot.messages.cutting import mentioned
from bot.messages.elements import Card, Confirm, Footnote, Image
from bot.messages.text import plain
from bot.ports import Clock, Units
from bot.recent import Recent

# How a question is kept, by the digest in the button.
CONFIRM = "confirm"
# Each card is in there twice.
_CARDS, _LASTS = 40, timedelta(hours=1)
_QUESTIONS, _DAY = 1_000, timedelta(days=1)


class Drawing:
    """Draws the cards of one workspace. Raises TryLater and nothing else."""

    def __init__(self, workspace: WorkspaceId, units: Units, clock: Clock, public_url: str) -> None:
        self._workspace = workspace
        self._units = units
        self._kept = Kept(workspace, units, clock)
        self._public_url = public_url
        self._tag = tag_of(workspace)
        self._known: Recent[str, bool] = Recent(clock, _QUESTIONS, _DAY)
        self._drawn: Recent[int, tuple[Card, tuple[Page, ...]]] = Recent(clock, _CARDS, _LASTS)

    async def pages(self, card: Card, calling: Sequence[str] = ()) -> tuple[Page, ...]:
        """The card's messages. ``calling``: users who are called to look, above the card."""
        drawn = None if calling else self._drawn_before(card)
        if drawn is not None:
            return drawn
        members = mentioned(card)
        people = await self._people(members)
        pages = render_card(card, self._tag, people, self._public_url, calling=calling)
        await self._keep({digest: one for page in pages for digest, one in page.confirms.items()})
        if not members and not calling and not has_pictures(card):
            # Many see the same card, such as what the bot can do. Pictures are large, and drawn already.
            self._drawn.put(id(card), (card, pages))
            self._drawn.put(hash(card), (card, pages))
        return pages

    def _drawn_before(self, card: Card) -> tuple[Page, ...] | None:
        """The same card's pages, or those of one that says the same. A card is a tree of values: to hash it is work."""
        drawn = self._drawn.get(id(card))
        if drawn is not None and drawn[0] is card:
            return drawn[1]
        drawn = self._drawn.get(hash(card))
        return drawn[1] if drawn is not None and drawn[0] == card else None

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

    async def _keep(self, questions: Mapping[str, Confirm]) -> None:
        fresh = {digest: question for digest, question in questions.items() if self._known.get(digest) is None}
        if not fresh:
            return
        await self._kept.put(*((CONFIRM, digest, keep_confirm(question)) for digest, question in fresh.items()))
        for digest in fresh:
            self._known.put(digest, True)  # noqa: FBT003 - a set with an age


def in_words(card: Card) -> Card:
    """The card with what its pictures say in the place of its pictures."""
    return replace(
        card,
        elements=tuple(
            Footnote(plain(element.alternative)) if isinstance(element, Image) else element for element in card.elements
        ),
    )


def has_pictures(card: Card) -> bool:
    """Whether there is anything to say in words instead."""
    return any(isinstance(element, Image) for element in card.elements)
