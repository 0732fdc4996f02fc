"""The local workspace as a :class:`bot.ports.Chat`: conversations are rows, and every change is told to the open windows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.web.bodies import write_body
from adapters.web.errors import as_chat_errors
from adapters.web.hub import Hub, Opened, Said, may_enter
from adapters.web.spots import PLATFORM, Spot, message_address, read_address
from bot.errors import Gone, Refused
from bot.identity import Account, Address, Channel, ConversationId, MemberId, MessageId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.messages.elements import Card, File
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.ports import Clock, UnitOfWork, Units

GENERAL_KEY = "channel:general"


class WebChat:
    """Posts, edits and finds messages of the bot, and keeps what people write to each other. One workspace's."""

    def __init__(self, workspace: WorkspaceId, units: Units, clock: Clock, hub: Hub) -> None:
        self._workspace = workspace
        self._units = units
        self._clock = clock
        self._hub = hub

    @property
    def platform(self) -> str:
        """``web``."""
        return PLATFORM

    async def direct(self, account: Account) -> Address:
        """The member's conversation with the bot. Raises Refused for somebody who is not here."""
        with as_chat_errors():
            async with self._units(self._workspace) as work:
                member = await _present(work, account)
                conversation = await self._direct(work, member)
                await work.commit()
        return Spot(conversation.id).address()

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
        """A room with these members; the same key is the same room, whatever the title."""
        with as_chat_errors():
            async with self._units(self._workspace) as work:
                members = tuple(dict.fromkeys([await _present(work, account) for account in accounts]))
                wanted = self._conversation(ConversationKind.ROOM, title, f"room:{key}", members)
                room = await work.playground.ensure(wanted)
                await work.commit()
        if room.id == wanted.id:
            self._hub.announce(Opened(room))
        return Spot(room.id).address()

    async def rename_room(self, room: Address, title: str) -> None:
        """Nothing: here a room is called as it was when it opened."""

    def room_link(self, room: Address) -> str:  # noqa: ARG002 - the port's
        """None: every room stands at the side of the page."""
        return ""

    async def channel(self, typed: str, asker: Account) -> Channel:
        """The channel with this title; here everybody is in all of them."""
        wanted = typed.strip().removeprefix("#").strip().casefold()
        with as_chat_errors():
            async with self._units(self._workspace, reading=True) as work:
                every = await work.playground.conversations_of(await _present(work, asker))
        for one in every:
            if one.kind is ConversationKind.CHANNEL and one.title.casefold() == wanted:
                return Channel(Spot(one.id).address(), one.title)
        raise Gone("no such channel")

    async def post(self, to: Address, card: Card, key: str) -> Address:
        """Posts a card; a key that is there already gives the message that has it."""
        return await self._post(to, write_body(card), key, None)

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        """Posts a file under a card."""
        return await self._post(to, write_body(card, file), key, None)

    async def whisper(self, to: Address, card: Card, key: str, only_for: MemberId, file: File | None = None) -> Address:
        """Posts what only one member sees, in the place where it was asked for."""
        return await self._post(to, write_body(card, file), key, only_for)

    async def edit(self, message: Address, card: Card) -> None:
        """Makes an earlier message of the bot say this."""
        wanted = read_address(message)
        if isinstance(wanted, Spot):
            raise Gone("not a message")
        with as_chat_errors():
            async with self._units(self._workspace) as work:
                found = await work.playground.message(wanted)
                conversation = await work.playground.conversation(found.conversation) if found else None
                if found is None or conversation is None:
                    raise Gone("no such message")
                if found.author is not None:
                    raise Refused("a person's message")
                changed = replace(found, body=write_body(card), edited_at=self._clock.now())
                if changed.body == found.body:
                    return
                await work.playground.put(changed)
                sizes = await work.playground.thread_sizes(conversation.id)
                await work.commit()
        self._hub.announce(Said(conversation, changed, None, sizes.get(changed.id, 0), edited=True))

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        """The message with this key at or after ``since``. Always certain: it is our own table."""
        with as_chat_errors():
            async with self._units(self._workspace, reading=True) as work:
                spot = await _spot(work, to)
                found = await work.playground.by_key(spot.conversation, key)
        return message_address(found.id) if found is not None and found.at >= since else None

    async def say(self, author: Member, to: Spot, text: str, key: str) -> MessageId:
        """Keeps what a person wrote. Raises Gone where this member may not write."""
        with as_chat_errors():
            async with self._units(self._workspace) as work:
                conversation = await work.playground.conversation(to.conversation)
                if conversation is None or not may_enter(author.id, conversation):
                    raise Gone("no such conversation")
                await _check_thread(work, to)
                message = self._message(to, text, key, author=author.id)
                return await self._write(work, conversation, message, author)

    async def arrive(self, member: MemberId, general: str) -> None:
        """Makes sure that the common channel (titled ``general`` when it is new) and the member's own conversation
        with the bot are there."""
        with as_chat_errors():
            async with self._units(self._workspace, reading=True) as work:
                known = {conversation.key for conversation in await work.playground.conversations_of(member)}
            if {GENERAL_KEY, _direct_key(member)} <= known:
                return
            async with self._units(self._workspace) as work:
                await work.playground.ensure(self._conversation(ConversationKind.CHANNEL, general, GENERAL_KEY, ()))
                await self._direct(work, member)
                await work.commit()

    async def _direct(self, work: UnitOfWork, member: MemberId) -> Conversation:
        key = _direct_key(member)
        return await work.playground.ensure(self._conversation(ConversationKind.DIRECT, "", key, (member,)))

    async def _post(self, to: Address, body: str, key: str, only_for: MemberId | None) -> Address:
        with as_chat_errors():
            async with self._units(self._workspace) as work:
                spot = await _spot(work, to)
                conversation = await work.playground.conversation(spot.conversation)
                if conversation is None:
                    raise Gone("no such conversation")
                message = self._message(spot, body, key, only_for=only_for)
                return message_address(await self._write(work, conversation, message, None))

    async def _write(
        self, work: UnitOfWork, conversation: Conversation, message: Message, author: Member | None
    ) -> MessageId:
        if not await work.playground.add(message):
            already = await work.playground.by_key(conversation.id, message.key)
            if already is None:
                raise Gone("the message with this key")
            return already.id
        replies = 0
        if message.thread is not None:
            replies = (await work.playground.thread_sizes(conversation.id)).get(message.thread, 0)
        await work.commit()
        self._hub.announce(Said(conversation, message, author, replies))
        return message.id

    def _message(
        self, spot: Spot, body: str, key: str, *, author: MemberId | None = None, only_for: MemberId | None = None
    ) -> Message:
        return Message(
            id=MessageId(new_id()),
            conversation=spot.conversation,
            author=author,
            body=body,
            at=self._clock.now(),
            key=key,
            thread=spot.thread,
            only_for=only_for,
        )

    def _conversation(
        self, kind: ConversationKind, title: str, key: str, members: tuple[MemberId, ...]
    ) -> Conversation:
        return Conversation(ConversationId(new_id()), kind, title, key, members, self._clock.now())


def _direct_key(member: MemberId) -> str:
    return f"direct:{member}"


async def _present(work: UnitOfWork, account: Account) -> MemberId:
    try:
        wanted = MemberId(UUID(account.user)) if account.platform == PLATFORM else None
    except ValueError:
        wanted = None
    member = await work.members.get(wanted) if wanted else None
    if member is None or member.erased_at is not None:
        raise Refused("nobody here has this account")
    return member.id


async def _spot(work: UnitOfWork, to: Address) -> Spot:
    place = read_address(to)
    if isinstance(place, Spot):
        await _check_thread(work, place)
        return place
    message = await work.playground.message(place)
    if message is None:
        raise Gone("no such message")
    return Spot(message.conversation, message.thread or message.id)


async def _check_thread(work: UnitOfWork, spot: Spot) -> None:
    if spot.thread is None:
        return
    root = await work.playground.message(spot.thread)
    if root is None or root.conversation != spot.conversation or root.thread is not None:
        raise Gone("no such thread")
