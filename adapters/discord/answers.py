"""Gives what a handler replied: seen by one, seen by all, in the card's place, in a form, or handed over as a file.

Each way of answering that Discord closes (a token that is too old, an interaction it has forgotten) leads to the next one,
and an answer that is lost after all is told.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar, assert_never

from adapters.discord.asker import Asker
from adapters.discord.dialogs import Dialogs
from adapters.discord.front import Front
from adapters.discord.page import Page
from adapters.discord.places import USUAL_FILE_LIMIT
from adapters.discord.sheets import Sheet, sheets_of
from adapters.discord.spots import spot_address, user_address
from adapters.discord.telling import named
from adapters.discord.together import Together, Topics
from bot.errors import BrobyggerError, Gone, Refused, TryLater
from bot.interactions import PlaceKind
from bot.messages.elements import Accent, Card, File, Paragraph
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace, Replies, Reply
from bot.messages.text import plain

_log = logging.getLogger(__name__)

T = TypeVar("T")

# A try again waits as long as Discord asks, so many seconds at most: somebody sits and waits.
_TRIES, _PAUSE = 3, 20.0


class Answers:
    """Gives replies in their order, but what has to be a first answer goes first."""

    def __init__(self, front: Front, dialogs: Dialogs) -> None:
        self._front = front
        self._dialogs = dialogs
        self._together = Together(front.clock)
        self._topics = Topics(front.clock)

    async def give(self, replies: Replies, asker: Asker) -> None:
        """Gives them, and ends what was shown until they came."""
        for place, reply in sorted(enumerate(replies), key=_rank):
            await self._or_told(asker, partial(self._one, reply, asker, asker.key(place)))
        await self._or_told(asker, partial(self._end, replies, asker))

    async def whisper(self, asker: Asker, card: Card, key: str, topic: str = "") -> None:
        """Only this person sees it: beside what they did, else in their direct conversation. Raises ChatError."""
        chat = self._front.chats(asker.workspace)
        try:
            said = await self._say(asker, sheets_of(await chat.draw(card), key))
        except (Gone, Refused):
            await self._again(lambda: chat.post(user_address(asker.user), card, key))
            return
        if topic:
            await self._topics.said((asker.user, asker.origin.channel, topic), [(asker.waiting, one) for one in said])

    async def show(self, asker: Asker, page: Page) -> None:
        """One small card of this adapter's own, which only this person sees. Raises ChatError."""
        try:
            await self._say(asker, sheets_of((page,), asker.key(0)))
        except (Gone, Refused):
            words = await self._dialogs.words(asker)
            said = words.say(
                "Discord gave me too little time. What you wrote is kept; type the command again to go on."
            )
            await self.whisper(asker, self.sentence(said, Accent.ASK), asker.key(1))

    async def _say(self, asker: Asker, sheets: Sequence[Sheet]) -> Sequence[int]:
        """What is only passing becomes the answer. Returns the new messages, as far as Discord says which they are."""
        said: list[int | None] = []
        for sheet in sheets:
            if asker.origin.passing and not asker.waiting.is_rewritten:
                await asker.waiting.change(sheet)
            else:
                said.append(await asker.waiting.say(sheet))
        told = [one for one in said if one is not None]
        self._together.came([(asker.waiting, one) for one in told])
        return told

    @staticmethod
    def sentence(said: str, accent: Accent = Accent.CALM) -> Card:
        """A card of one sentence."""
        return Card(said, (Paragraph(plain(said)),), accent)

    async def _or_told(self, asker: Asker, give: Callable[[], Awaitable[None]]) -> None:
        try:
            await give()
        except (BrobyggerError, ValueError) as error:
            _log.error("an answer was lost (%s)", named(error))
            await self._tell_lost(asker)

    async def _end(self, replies: Replies, asker: Asker) -> None:
        if not replies:
            await asker.waiting.nothing()
        elif asker.origin.passing and not asker.waiting.is_rewritten and not _opens_form(replies):
            await asker.waiting.remove()
        elif asker.waiting.is_new:
            await asker.waiting.defer()
        await asker.waiting.done()

    async def _one(self, reply: Reply, asker: Asker, key: str) -> None:
        match reply:
            case Private(card, topic=topic):
                await self.whisper(asker, card, key, topic)
            case Public(card):
                await self._public(asker, card, key)
            case Replace(card):
                await self._replace(asker, card, key)
            case OpenForm(form):
                instead = await self._dialogs.open(form, asker)
                if instead is not None:
                    await self.show(asker, instead)
            case Correct(problems):
                await self.whisper(asker, self.sentence(" ".join(problems.values()), Accent.ASK), key)
            case Hand(card, file):
                await self._hand(asker, card, file, key)
            case _:
                assert_never(reply)

    async def _public(self, asker: Asker, card: Card, key: str) -> None:
        chat, origin = self._front.chats(asker.workspace), asker.origin
        try:
            for sheet in sheets_of(await chat.draw(card), key):
                await asker.waiting.say(sheet, public=True)
        except (Gone, Refused):
            direct = origin.kind is PlaceKind.DIRECT
            to = user_address(asker.user) if direct else spot_address(origin.channel)
            await self._again(lambda: chat.post(to, card, key))

    async def _replace(self, asker: Asker, card: Card, key: str) -> None:
        """The message itself, by its token while that is good; what one person sees can be changed in no other way."""
        chat, origin, message = self._front.chats(asker.workspace), asker.origin, asker.arrival.place.message
        if origin.nook and not origin.ephemeral and message is not None:
            await self._replace_in_nook(asker, card, key)
            return
        sheets = sheets_of(await chat.draw(card), key)
        if origin.message and not origin.about:
            # By its token, which changes also what only one person sees.
            try:
                # A delivery that is looked for is found by the mark of its message.
                await asker.waiting.change(sheets[0].instead_of(origin.mark))
                await self._together.alone(int(origin.message))
                said = [await asker.waiting.say(sheet, public=not origin.ephemeral) for sheet in sheets[1:]]
                own = (asker.waiting, int(origin.message))
                self._together.came([own, *((asker.waiting, one) for one in said if one is not None)])
            except (Gone, Refused):
                pass
            else:
                return
        if message is not None and not origin.target:
            if asker.waiting.is_new:
                await asker.waiting.defer()
            try:
                await self._again(lambda: chat.edit(message, card))
            except (Gone, Refused):
                pass
            else:
                return
        await self.whisper(asker, card, key)

    async def _replace_in_nook(self, asker: Asker, card: Card, key: str) -> None:
        """Whoever looks after the server reads along in the thread: what came of it is for this person alone, and the card
        looks the same whatever they answered."""
        chat, message = self._front.chats(asker.workspace), asker.arrival.place.message
        await self.whisper(asker, card, key)
        words = await self._dialogs.words(asker)
        said = words.say("Answered. What I said to that only you have seen.")
        if message is not None:
            await self._again(lambda: chat.edit(message, self.sentence(said)))

    async def _hand(self, asker: Asker, card: Card, file: File, key: str) -> None:
        chat = self._front.chats(asker.workspace)
        try:
            limit = max(asker.waiting.file_limit, USUAL_FILE_LIMIT)
            await self._say(asker, sheets_of(await chat.draw(card), key, file, limit))
        except (Gone, Refused):
            await self._again(lambda: chat.hand(user_address(asker.user), card, file, key))

    async def _again(self, do: Callable[[], Awaitable[T]]) -> T:
        """Does it, again where Discord says "later"."""
        for _ in range(_TRIES - 1):
            try:
                return await do()
            except TryLater as error:
                if (error.after or 1.0) > _PAUSE:
                    raise
                await self._front.pause(error.after or 1.0)
        return await do()

    async def _tell_lost(self, asker: Asker) -> None:
        words = await self._dialogs.words(asker)
        said = words.say("That worked, but my answer got lost. Ask me once more to see how things stand.")
        try:
            await self.whisper(asker, self.sentence(said, Accent.WARN), asker.key(99))
        except BrobyggerError as error:
            _log.error("nobody could be told (%s)", named(error))


def _opens_form(replies: Replies) -> bool:
    return any(isinstance(reply, OpenForm) for reply in replies)


def _rank(placed: tuple[int, Reply]) -> int:
    """A form and a changed card can only be a first answer."""
    match placed[1]:
        case OpenForm():
            return 0
        case Replace():
            return 1
        case _:
            return 2
