"""One workspace of Discord's as a :class:`bot.ports.Chat`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from adapters.discord.api import DiscordApi
from adapters.discord.channels import Channels
from adapters.discord.drawing import Drawing, has_pictures, in_words
from adapters.discord.errors import NO_FILES
from adapters.discord.finding import Finding
from adapters.discord.gatherings import DiscordGatherings
from adapters.discord.kept import Kept
from adapters.discord.messages import Messages
from adapters.discord.nooks import Nooks, Reached
from adapters.discord.overhearing import Overhearing
from adapters.discord.page import Page
from adapters.discord.places import USUAL_FILE_LIMIT, Guilds
from adapters.discord.posting import Begun, Posting
from adapters.discord.revising import Revising
from adapters.discord.rooms import ROOM, Rooms
from adapters.discord.sheets import Sheet, sheets_of
from adapters.discord.spots import PLATFORM, Person, Posted, Spot, read_address, spot_address, user_address
from bot.camps.gathering import Gathering
from bot.errors import Doubtful, Gone, Refused
from bot.identity import Account, Address, Channel, WorkspaceId
from bot.messages.elements import Card, File
from bot.ports import Clock, Units
from bot.words import Languages

# In a room, beside the bot. Discord takes a thousand; an introduction is of three.
_MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be said under a key."""

    card: Card
    key: str
    file: File | None = None


class DiscordChat:
    """Posts, edits and finds the bot's messages. Errors are ChatError; their text is a short code.

    ``languages``: in which a card in a nook says who can read along; without them it does not.
    """

    def __init__(
        self,
        workspace: WorkspaceId,
        api: DiscordApi,
        guilds: Guilds,
        units: Units,
        clock: Clock,
        public_url: str = "",
        languages: Languages | None = None,
    ) -> None:
        self._workspace = workspace
        self._overhearing = None if languages is None else Overhearing(workspace, units, languages)
        self._guilds = guilds
        self._channels = Channels(workspace, guilds)
        messages = Messages(api)
        kept = Kept(workspace, units, clock)
        self._gatherings = DiscordGatherings(workspace, api, guilds, kept, clock)
        self._drawing = Drawing(workspace, units, clock, public_url)
        self._finding = Finding(api, messages, guilds, clock)
        self._posting = Posting(messages, clock)
        self._rooms = Rooms(workspace, api, messages, guilds, kept, clock)
        self._nooks = Nooks(messages, self._rooms, kept, clock)
        self._revising = Revising(messages, self._finding, kept)

    @property
    def platform(self) -> str:
        """``discord``."""
        return PLATFORM

    async def direct(self, account: Account) -> Address:
        """The person's direct conversation; Discord is not asked. Raises Refused for an account of another platform."""
        if account.platform != PLATFORM:
            raise Refused("unknown_user")
        try:
            return user_address(account.user)
        except Gone:
            raise Refused("unknown_user") from None

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
        """A private thread with these people, one for each key. Raises Refused("not_in_guild") where one of them has left,
        and TryLater("no_room_channel") as long as the bot may open threads nowhere."""
        users = list(dict.fromkeys(account.user for account in accounts if account.platform == PLATFORM))
        if not users or len(users) > _MOST_PEOPLE:
            raise Refused("wrong_number_of_people")
        return spot_address(await self._rooms.open(ROOM, key, users, title))

    async def rename_room(self, room: Address, title: str) -> None:
        """Makes a room go by another title; one that was put away stays so. Discord takes two names in ten minutes."""
        place = read_address(room)
        if not isinstance(place, Spot):
            raise Gone("unknown_thread")
        await self._rooms.rename(place.channel, title)

    def room_link(self, room: Address) -> str:
        """Where the room opens; empty before the guild is known."""
        place = read_address(room)
        return self._rooms.link(place.channel) if isinstance(place, Spot) else ""

    async def channel(self, typed: str, asker: Account) -> Channel:
        """The channel with this mention or name, where the asker sees it and the bot may write."""
        return await self._channels.find(typed, asker)

    async def readers(self, place: Address, among: Sequence[Account]) -> frozenset[Account]:
        """Those of these people who see a channel. Raises Doubtful where Discord does not say."""
        there = read_address(place)
        if not isinstance(there, Spot):
            raise Doubtful("rights_not_told")
        return await self._channels.readers(there.channel, among)

    async def post(self, to: Address, card: Card, key: str) -> Address:
        """Posts a card. A long one goes on in the messages after it. ``to`` may be a message: then it is its answer."""
        return await self._deliver(to, _Said(card, key))

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        """Posts a card with a file in its last message. Raises Refused("file_too_large")."""
        return await self._deliver(to, _Said(card, key, file))

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        """The message with this key. A card that did not come whole counts as not there: the next :meth:`post` with its
        key sends the rest. Raises TryLater until all was read, and Doubtful where the bot may not read there."""
        place = read_address(to)
        try:
            match place:
                case Person(user):
                    channels = [one.channel for one in await self._nooks.places(user)]
                case Spot(channel) | Posted(channel):
                    channels = [channel]
                case _:
                    assert_never(place)
            for channel in channels:
                begun = self._posting.found(channel, key, await self._finding.card(channel, key, since))
                if begun is not None:
                    await self._rooms.were_called(channel)
                    return begun.address()
        except (Refused, Gone) as error:
            raise Doubtful(str(error)) from None
        return None

    async def edit(self, message: Address, card: Card) -> None:
        """Makes an earlier message say this, in fewer or more messages than before if need be. Raises Gone where it is no
        longer there."""
        place = read_address(message)
        if not isinstance(place, Posted):
            raise Gone("unknown_message")
        try:
            await self._revising.revise(place, await self._drawing.pages(card))
        except Refused as error:
            if str(error) not in NO_FILES or not has_pictures(card):
                raise
            await self._revising.revise(place, await self._drawing.pages(in_words(card)))

    async def gather(self, gathering: Gathering) -> Address | None:
        """A camp among the guild's scheduled events."""
        return await self._gatherings.settle(gathering)

    async def draw(self, card: Card, key: str = "") -> tuple[Page, ...]:
        """A card's messages with its mentions looked up, to be sent in another way than by :meth:`post`. With a key they
        are marked, so that :meth:`find` finds them."""
        pages = await self._drawing.pages(card)
        if not key:
            return pages
        return tuple(replace(page, mark=sheet.mark) for page, sheet in zip(pages, sheets_of(pages, key), strict=True))

    async def _deliver(self, to: Address, said: _Said) -> Address:
        place = read_address(to)
        match place:
            case Person(user):

                async def send(there: Reached) -> Begun:
                    if not there.nook:
                        return await self._send(there.channel, said, USUAL_FILE_LIMIT)
                    told = (
                        said
                        if self._overhearing is None
                        else replace(said, card=await self._overhearing.told(user, said.card))
                    )
                    return await self._send(there.channel, told, USUAL_FILE_LIMIT, (user,))

                begun = await self._nooks.reach(user, send)
            case Spot(channel):
                new = await self._rooms.uncalled(channel)
                begun = await self._send(channel, said, self._file_limit(), new)
                if new:
                    await self._rooms.were_called(channel)
            case Posted(channel, answered):
                begun = await self._send(channel, said, self._file_limit(), reply_to=answered)
            case _:
                assert_never(place)
        return begun.address()

    async def _send(
        self, channel: str, said: _Said, limit: int, calling: Sequence[str] = (), *, reply_to: str = ""
    ) -> Begun:
        """``calling``: the people whom the first message finds by naming them."""
        begun = self._posting.whole(channel, said.key)
        if begun is not None:
            return begun
        try:
            sheets = await self._sheets(said, limit, calling)
            return await self._posting.deliver(channel, sheets, said.key, reply_to)
        except Refused as error:
            if str(error) not in NO_FILES or not has_pictures(said.card):
                raise
        self._posting.is_redrawn(channel, said.key)
        sheets = await self._sheets(replace(said, card=in_words(said.card)), limit, calling)
        return await self._posting.deliver(channel, sheets, said.key, reply_to)

    async def _sheets(self, said: _Said, limit: int, calling: Sequence[str]) -> tuple[Sheet, ...]:
        return sheets_of(await self._drawing.pages(said.card, calling), said.key, said.file, limit)

    def _file_limit(self) -> int:
        guild = self._guilds.guild_of(self._workspace)
        return USUAL_FILE_LIMIT if guild is None else self._guilds.file_limit(guild)
