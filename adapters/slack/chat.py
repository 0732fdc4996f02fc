"""One workspace of Slack's as a :class:`bot.ports.Chat`."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from adapters.slack.api import SlackApi
from adapters.slack.channels import Channels
from adapters.slack.drawing import Drawing, Shown
from adapters.slack.finding import Finding, Mark
from adapters.slack.posting import INVALID, Posting, Target, body
from adapters.slack.reading import text_at
from adapters.slack.render import Page
from adapters.slack.spots import PLATFORM, Person, Posted, Spot, read_address, spot_address, user_address
from bot.errors import ChatError, Doubtful, Gone, Refused
from bot.identity import Account, Address, Channel, WorkspaceId
from bot.messages.elements import Card, File
from bot.ports import Clock, Units
from bot.recent import Recent

# In a room of Slack's, beside the bot itself.
_MOST_PEOPLE = 8
_OWNERS, _GROWN, _LONG = 5_000, 500, timedelta(days=1)
_DIRECT = "D"

Touched = Callable[[WorkspaceId, str], None]


class SlackChat:
    """Posts, edits and finds the bot's messages. Errors are ChatError; their text is Slack's code.

    ``touched`` is called with a person after a card came or changed in the direct conversation with them.
    """

    def __init__(
        self,
        workspace: WorkspaceId,
        api: SlackApi,
        units: Units,
        clock: Clock,
        touched: Touched | None = None,
        public_url: str = "",
    ) -> None:
        self._workspace = workspace
        self._api = api
        self._touched = touched
        self._drawing = Drawing(workspace, api, units, clock, public_url)
        self._finding = Finding(workspace, api, clock)
        self._posting = Posting(workspace, api, self._drawing, self._finding, clock)
        self._channels = Channels(workspace, api)
        self._owners: Recent[str, str] = Recent(clock, _OWNERS, _LONG)
        self._grown: Recent[tuple[str, str], tuple[str, ...]] = Recent(clock, _GROWN, _LONG)

    @property
    def platform(self) -> str:
        """``slack``."""
        return PLATFORM

    async def direct(self, account: Account) -> Address:
        """The person's direct conversation; Slack is not asked. Raises Refused for an account of another platform."""
        if account.platform != PLATFORM:
            raise Refused("user_not_found")
        try:
            return user_address(account.user)
        except Gone:
            raise Refused("user_not_found") from None

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:  # noqa: ARG002 - the port's
        """The conversation of these people and the bot. Slack has one for the same people, without a title, whatever
        the key. Raises Refused("too_many_users") above eight."""
        users = list(dict.fromkeys(account.user for account in accounts if account.platform == PLATFORM))
        if len(users) > _MOST_PEOPLE:
            raise Refused("too_many_users")
        if not users:
            raise Refused("users_list_not_supplied")
        return spot_address(await self._posting.open(users))

    async def rename_room(self, room: Address, title: str) -> None:
        """Nothing: Slack names such a conversation by its people."""

    def room_link(self, room: Address) -> str:  # noqa: ARG002 - the port's
        """None: the conversation stands among the person's own, where Slack shows what is new."""
        return ""

    async def channel(self, typed: str, asker: Account) -> Channel:
        """The channel with this mention or name, where both the asker and the bot may be."""
        return await self._channels.find(typed, asker)

    async def readers(self, place: Address, among: Sequence[Account]) -> frozenset[Account]:
        """Those of these people who are in a conversation. Raises Gone where the bot does not see it."""
        there = read_address(place)
        if not isinstance(there, Spot):
            raise Gone("channel_not_found")
        return await self._channels.readers(there.channel, among)

    async def post(self, to: Address, card: Card, key: str) -> Address:
        """Posts a card. A long one goes on in the thread under its first message."""
        return await self._deliver(to, card, key, None)

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        """Posts a card and, in the thread under it, a file. The bytes are there before the card is: a process that dies
        in between leaves a card without its file, which :meth:`find` calls missing and the next try completes."""
        return await self._deliver(to, card, key, file)

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        """The message with this key. A card that did not come whole counts as not there: the next :meth:`post` with its
        key sends the rest. Raises TryLater until all pages were read, and Doubtful where the bot may not read there."""
        target = _target(to)
        try:
            spot = await self._spot(target)
            first = await self._finding.message(spot.channel, spot.thread, key, since)
            if first is None:
                return None
            begun = await self._posting.found(target, key, first, spot.channel, spot.thread)
        except (Refused, Gone) as error:
            raise Doubtful(str(error)) from None
        return begun.address() if begun else None

    async def edit(self, message: Address, card: Card) -> None:
        """Makes an earlier message say this, in fewer or more messages than before if need be."""
        place = read_address(message)
        if not isinstance(place, Posted):
            raise Gone("message_not_found")
        shown = await self._drawing.show(card)
        try:
            await self._rewrite(place, self._drawing.pages(shown), patient=bool(shown.files))
        except Refused as error:
            if str(error) != INVALID or not shown.files:
                raise
            await self._rewrite(place, self._drawing.pages(self._drawing.without_pictures(shown)), patient=False)
        await self._touch_conversation(place.channel)

    async def whisper(self, channel: str, user: str, card: Card, thread: str = "") -> None:
        """Says something in a conversation that only one person sees, and that is gone when they reload."""
        shown = await self._drawing.show(card)
        for page in self._drawing.pages(shown):
            said = partial(
                self._api.call,
                self._workspace,
                "chat.postEphemeral",
                channel=channel,
                user=user,
                thread_ts=thread or None,
                **body(page),
            )
            await self._posting.patiently(said, patient=bool(shown.files))

    async def draw(self, card: Card) -> tuple[Page, ...]:
        """A card's messages, with its mentions looked up and its pictures uploaded."""
        return self._drawing.pages(await self._drawing.show(card))

    async def show(self, card: Card) -> Shown:
        """What is needed to draw a card elsewhere than in a message."""
        return await self._drawing.show(card)

    async def _deliver(self, to: Address, card: Card, key: str, file: File | None) -> Address:
        target = _target(to)
        begun = await self._posting.deliver(target, card, key, file)
        if isinstance(target, Person):
            self._owners.put(begun.channel, target.user)
            self._touch(target.user)
        else:
            await self._touch_conversation(begun.channel)
        return begun.address()

    async def _spot(self, target: Target) -> Spot:
        return target if isinstance(target, Spot) else Spot(await self._posting.conversation(target.user))

    async def _rewrite(self, place: Posted, pages: Sequence[Page], *, patient: bool) -> None:
        known = (place.channel, place.stamp)
        grown = self._grown.get(known)
        further = list(place.more if grown is None else grown)
        if len(pages) - 1 > len(further):
            further += await self._added_before(place, further)
        await self._posting.patiently(lambda: self._update(place.channel, place.stamp, pages[0]), patient=patient)
        kept: list[str] = []
        for number, page in enumerate(pages[1:], start=1):
            stamp = further[number - 1] if number <= len(further) else ""
            kept.append(
                await self._posting.patiently(partial(self._continue, place, page, number, stamp), patient=patient)
            )
        for stamp in further[len(pages) - 1 :]:
            await self._remove(place.channel, stamp)
        if tuple(kept) != place.more:
            self._grown.put(known, tuple(kept))
        else:
            self._grown.forget(known)

    async def _continue(self, place: Posted, page: Page, number: int, stamp: str) -> str:
        if stamp:
            try:
                await self._update(place.channel, stamp, page)
            except Gone:
                pass  # an earlier edit was shorter, or somebody removed it
            else:
                return stamp
        mark = Mark("", part=number, of=place.stamp)
        _, posted = await self._posting.page(place.channel, place.under().thread, page, mark)
        return posted

    async def _added_before(self, place: Posted, known: Sequence[str]) -> list[str]:
        """Messages that an edit added before this process began, so that they are not added twice."""
        after = await self._finding.followers(place.channel, place.under().thread, place.stamp)
        return [one.stamp for one in after if one.mark.of == place.stamp and one.stamp not in known]

    async def _update(self, channel: str, stamp: str, page: Page) -> None:
        await self._api.call(self._workspace, "chat.update", channel=channel, ts=stamp, **body(page))

    async def _remove(self, channel: str, stamp: str) -> None:
        with suppress(Gone):
            await self._api.call(self._workspace, "chat.delete", channel=channel, ts=stamp)

    async def _touch_conversation(self, channel: str) -> None:
        if self._touched is None or not channel.startswith(_DIRECT):
            return
        owner = self._owners.get(channel)
        if owner is None:
            try:
                answer = await self._api.call(self._workspace, "conversations.info", channel=channel)
            except ChatError:
                return  # only the person's own page is a little older for it
            owner = text_at(answer, "channel", "user")
            self._owners.put(channel, owner)
        self._touch(owner)

    def _touch(self, user: str) -> None:
        if self._touched is not None and user:
            self._touched(self._workspace, user)


def _target(to: Address) -> Target:
    place = read_address(to)
    return place.under() if isinstance(place, Posted) else place
