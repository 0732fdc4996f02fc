"""Gives what a handler replied: seen by one, seen by all, in the card's place, in a modal, or handed over as a file.

Each way of answering that Slack closes (an address that is too old, a conversation without the bot) leads to the next one,
and an answer that is lost after all is told.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar, assert_never

from adapters.slack.asker import Asker, Opened
from adapters.slack.chat import SlackChat
from adapters.slack.dialogs import Dialogs, together
from adapters.slack.front import Front
from adapters.slack.posting import body
from adapters.slack.render import Page
from adapters.slack.spots import Posted, read_address, spot_address, user_address
from adapters.slack.telling import named
from bot.errors import BrobyggerError, ChatError, Doubtful, Gone, Refused, TryLater
from bot.identity import Address
from bot.messages.elements import Accent, Card, File, Paragraph
from bot.messages.forms import Form
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace, Replies, Reply
from bot.messages.text import Code, flat, plain

_log = logging.getLogger(__name__)

T = TypeVar("T")

# A try again waits as long as Slack asks, so many seconds at most: somebody sits and waits.
_TRIES, _PAUSE = 3, 20.0


class Answers:
    """Gives replies in their order."""

    def __init__(self, front: Front, dialogs: Dialogs) -> None:
        self._front = front
        self._dialogs = dialogs

    async def give(self, replies: Replies, asker: Asker, opened: Opened | None = None) -> None:
        """Gives them. ``opened``: the waiting view that stands open and has to become the answer."""
        shown = self._shown(replies, asker, opened)
        if shown or (opened is not None and not _form_in(replies)):
            await self._or_told(asker, lambda: self._in_view(shown, asker, opened))
        for place, reply in enumerate(replies):
            if any(reply is one for one in shown):
                continue
            await self._or_told(asker, partial(self._one, reply, asker, asker.key(place), opened))

    async def whisper(self, asker: Asker, card: Card, key: str) -> None:
        """Only this person sees it: beside what they did, else in their direct conversation. Raises ChatError."""
        chat = self._front.chats(asker.workspace)
        for page in await chat.draw(card):
            if not await self._beside(asker, page):
                await self._posted(chat, user_address(asker.user), card, key)
                return

    def _shown(self, replies: Replies, asker: Asker, opened: Opened | None) -> list[Reply]:
        """Those that a modal shows: all where the button stands in one, else the first where a waiting view is open."""
        if _form_in(replies):
            return []
        if asker.origin.in_view():
            return [reply for reply in replies if isinstance(reply, Private | Replace)]
        privates: list[Reply] = [reply for reply in replies if isinstance(reply, Private)]
        return privates[:1] if opened else []

    async def _in_view(self, shown: Sequence[Reply], asker: Asker, opened: Opened | None) -> None:
        cards = [reply.card for reply in shown if isinstance(reply, Private | Replace)]
        card = together(cards) if cards else await self.done(asker)
        here = asker.origin.view if any(isinstance(reply, Replace) for reply in shown) else ""
        view = await self._dialogs.card_view(card, asker)
        try:
            if opened is not None:
                await self._dialogs.change(asker, opened, view)
            elif here:
                await self._dialogs.change(asker, Opened(here), view)
            else:
                await self._dialogs.open(asker, view)
        except ChatError:
            if cards:
                await self.whisper(asker, card, asker.key(0))

    async def done(self, asker: Asker) -> Card:
        """What a view says that has nothing more to say, since it cannot be closed from here."""
        words = await self._dialogs.words(asker)
        return self.sentence(words.say("Done. You may close this."))

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

    async def _one(self, reply: Reply, asker: Asker, key: str, opened: Opened | None) -> None:
        match reply:
            case Private(card):
                await self.whisper(asker, card, key)
            case Public(card):
                await self._public(asker, card, key)
            case Replace(card):
                await self._replace(asker, card, key)
            case OpenForm(form):
                await self.form(form, asker, opened)
            case Correct(problems):
                said = " ".join(problems.values())
                await self.whisper(asker, Card(said, (Paragraph(plain(said)),), Accent.ASK), key)
            case Hand(card, file):
                await self._hand(asker, card, file, key)
            case _:
                assert_never(reply)

    async def form(self, form: Form, asker: Asker, opened: Opened | None) -> None:
        """Opens a form, in the waiting view where there is one; a card with a button where Slack opens nothing any more."""
        view = await self._dialogs.form_view(form, asker)
        try:
            if opened is not None:
                await self._dialogs.change(asker, opened, view)
            else:
                await self._dialogs.open(asker, view)
        except (Gone, Refused, TryLater, Doubtful):
            await self.whisper(asker, await self._dialogs.too_late(form, asker), asker.key(0))

    async def _public(self, asker: Asker, card: Card, key: str) -> None:
        chat, origin = self._front.chats(asker.workspace), asker.origin
        to = spot_address(origin.channel, origin.thread) if origin.channel else user_address(asker.user)
        try:
            await self._posted(chat, to, card, key)
        except (Gone, Refused) as error:
            pages = await chat.draw(card)
            for place, page in enumerate(pages):
                if not await self._responded(asker, page, response_type="in_channel"):
                    if place:
                        raise error
                    await self.whisper(asker, await self._invite(asker), key)
                    return

    async def _replace(self, asker: Asker, card: Card, key: str) -> None:
        chat, origin = self._front.chats(asker.workspace), asker.origin
        if origin.view:
            await self._dialogs.change(asker, Opened(origin.view), await self._dialogs.card_view(card, asker))
            return
        message = asker.arrival.place.message
        if message is not None:
            try:
                await self._edited(lambda: chat.edit(message, card), lambda: self._rewritten(asker, chat, card))
            except (Gone, Refused):
                pass
            else:
                return
        if origin.message and await self._replaced(asker, await chat.draw(card)):
            return
        await self.whisper(asker, card, key)

    async def _replaced(self, asker: Asker, pages: Sequence[Page]) -> bool:
        """An ephemeral message, or one where the bot is not: only the address of this press can change it."""
        if len(pages) > asker.left or not await self._responded(asker, pages[0], replace_original=True):
            return False
        for page in pages[1:]:
            await self._beside(asker, page)
        return True

    async def _hand(self, asker: Asker, card: Card, file: File, key: str) -> None:
        chat = self._front.chats(asker.workspace)
        there = await self._again(lambda: chat.hand(user_address(asker.user), card, file, key))
        place = read_address(there)
        if isinstance(place, Posted) and place.channel == asker.origin.channel:
            return
        words = await self._dialogs.words(asker)
        said = words.say("I have sent you the file {name} in our direct conversation.", name=file.name)
        found = Card(said, (Paragraph(plain(said)),))
        if asker.trigger and asker.origin.in_view():
            await self._in_view([Private(found)], asker, None)
        elif not asker.origin.in_view():
            await self.whisper(asker, found, f"{key[:34]}.w")

    async def _beside(self, asker: Asker, page: Page) -> bool:
        """Whether the person could be shown this beside what they did."""
        if await self._responded(asker, page, response_type="ephemeral", replace_original=False):
            return True
        origin = asker.origin
        if not origin.channel:
            return False
        thread = {"thread_ts": origin.thread} if origin.thread else {}
        try:
            await self._front.api.call(
                asker.workspace,
                "chat.postEphemeral",
                channel=origin.channel,
                user=asker.user,
                **body(page),
                **thread,
            )
        except ChatError:
            return False
        return True

    async def _responded(self, asker: Asker, page: Page, **how: object) -> bool:
        """Whether Slack took it at the address of this interaction."""
        if asker.left <= 0 or not asker.origin.may_respond(self._front.clock.now()):
            return False
        asker.left -= 1
        message: Mapping[str, object] = {"text": page.text, "blocks": list(page.blocks), **how}
        if asker.origin.thread and not how.get("replace_original"):
            message = {**message, "thread_ts": asker.origin.thread}
        try:
            await self._front.api.respond(asker.origin.response_url, message)
        except Gone:
            asker.left = 0
            return False
        except ChatError:
            return False
        return True

    async def _posted(self, chat: SlackChat, to: Address, card: Card, key: str) -> None:
        """Posted once: after a doubtful answer Slack is asked first."""
        since = self._front.clock.now()
        try:
            await self._again(lambda: chat.post(to, card, key))
        except Doubtful:
            if await chat.find(to, key, since) is None:
                await chat.post(to, card, key)

    async def _again(self, do: Callable[[], Awaitable[T]]) -> T:
        """Does it, again where Slack says "later"."""
        for _ in range(_TRIES - 1):
            try:
                return await do()
            except TryLater as error:
                if (error.after or 1.0) > _PAUSE:
                    raise
                await self._front.pause(error.after or 1.0)
        return await do()

    async def _edited(self, edit: Callable[[], Awaitable[None]], instead: Callable[[], Awaitable[bool]]) -> None:
        """An edit may be done twice, so a doubtful one simply is. Where a crowd presses and edits have to wait, the address
        of the press does not."""
        try:
            await edit()
        except TryLater:
            if await instead():
                return
        except Doubtful:
            pass
        else:
            return
        try:
            await self._again(edit)
        except Doubtful:
            await self._again(edit)

    async def _rewritten(self, asker: Asker, chat: SlackChat, card: Card) -> bool:
        """Only a card of one message: what others see must not go on in what one person sees."""
        pages = await chat.draw(card)
        return len(pages) == 1 and await self._replaced(asker, pages)

    async def _invite(self, asker: Asker) -> Card:
        words = await self._dialogs.words(asker)
        said = words.text(
            "I am not in this conversation, so I can't post here. Invite me with {invite}, then type the command again.",
            invite=Code("/invite @Brobygger"),
        )
        return Card(flat(said), (Paragraph(said),), Accent.ASK)

    async def _tell_lost(self, asker: Asker) -> None:
        words = await self._dialogs.words(asker)
        said = words.say("That worked, but my answer got lost. Ask me once more to see how things stand.")
        try:
            await self.whisper(asker, Card(said, (Paragraph(plain(said)),), Accent.WARN), asker.key(99))
        except BrobyggerError as error:
            _log.error("nobody could be told (%s)", named(error))


def _form_in(replies: Replies) -> bool:
    return any(isinstance(reply, OpenForm) for reply in replies)
