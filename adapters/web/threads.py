"""Threads of the local workspace, read from its own tables. What only one person was shown is left out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from adapters.web.errors import as_chat_errors
from adapters.web.spots import PLATFORM, Spot, read_address
from bot.errors import Gone
from bot.identity import Account, Address, ConversationId, MemberId, MessageId, WorkspaceId, new_id
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.ports import UnitOfWork, Units
from bot.threads import Author, Progress, Said, Stretch

_PAGE = 500


class WebThreads:
    """Implements :class:`bot.threads.Threads` for one workspace."""

    def __init__(self, workspace: WorkspaceId, units: Units) -> None:
        self._workspace = workspace
        self._units = units

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        """The thread; of a message that nobody answered in one, what was said from there on, as people do where there are no
        threads."""
        with as_chat_errors():
            async with self._units(self._workspace, reading=True) as work:
                root = await _root(work, message)
                conversation = await _conversation(work, root.conversation)
                answers = await _page(work, conversation, root.id)
                after = (
                    [] if answers else [one for one in await _page(work, conversation) if _order(one) > _order(root)]
                )
                said = await _said(work, [root, *answers, *after])
        if progress is not None:
            await progress(len(said), 0.0)
        return said

    async def span(
        self,
        place: Address,
        since: datetime,
        until: datetime,
        progress: Progress | None = None,
        reader: Account | None = None,  # noqa: ARG002 - whoever is in a conversation may read its threads
    ) -> Stretch:
        """What was said in that time, with the answers in threads."""
        with as_chat_errors():
            async with self._units(self._workspace, reading=True) as work:
                conversation = await _conversation(work, await _place(work, place))
                found = await _page(work, conversation)
                for root in await work.playground.thread_sizes(conversation.id):
                    found += await _page(work, conversation, root)
                meant = sorted((one for one in found if since <= one.at < until), key=_order)
                said = await _said(work, meant)
        if progress is not None:
            await progress(len(said), 0.0)
        return Stretch(said)

    async def is_private(self, place: Address) -> bool | None:
        """Rooms and direct conversations are."""
        with as_chat_errors():
            async with self._units(self._workspace, reading=True) as work:
                conversation = await _conversation(work, await _place(work, place))
        return conversation.kind is not ConversationKind.CHANNEL

    async def links(self, place: Address, messages: Sequence[Said]) -> Mapping[str, str]:  # noqa: ARG002 - the port's
        """None: a window here is one person's, so that no address opens a message for everybody."""
        return {}

    async def permalink(self, message: Address) -> str:  # noqa: ARG002 - the port's
        """None, as with :meth:`links`."""
        return ""


async def _root(work: UnitOfWork, address: Address) -> Message:
    place = read_address(address)
    wanted = place.thread if isinstance(place, Spot) else place
    found = None if wanted is None else await work.playground.message(wanted)
    if found is not None and found.thread is not None:
        found = await work.playground.message(found.thread)
    if found is None or found.only_for is not None:
        raise Gone("no such thread")
    return found


async def _place(work: UnitOfWork, address: Address) -> ConversationId:
    place = read_address(address)
    if isinstance(place, Spot):
        return place.conversation
    found = await work.playground.message(place)
    if found is None:
        raise Gone("no such message")
    return found.conversation


async def _conversation(work: UnitOfWork, wanted: ConversationId) -> Conversation:
    found = await work.playground.conversation(wanted)
    if found is None:
        raise Gone("no such conversation")
    return found


async def _page(work: UnitOfWork, conversation: Conversation, thread: MessageId | None = None) -> list[Message]:
    """All that is for everybody there."""
    reader = next(iter(conversation.members), MemberId(new_id()))
    found: list[Message] = []
    before: MessageId | None = None
    while True:
        page = await work.playground.messages(conversation.id, reader, thread=thread, before=before, limit=_PAGE)
        found = [*page, *found]
        if len(page) < _PAGE:
            return [one for one in found if one.only_for is None]
        before = page[0].id


async def _said(work: UnitOfWork, messages: Sequence[Message]) -> list[Said]:
    authors = await work.members.many(list({one.author for one in messages if one.author is not None}))
    names = {str(own): member.name for own, member in authors.items()}
    return [_one(one, names.get(str(one.author), "")) for one in messages]


def _one(message: Message, name: str) -> Said:
    person = message.author is not None
    return Said(
        id=str(message.id),
        at=message.at,
        author=Author.PERSON if person else Author.OURSELVES,
        account=Account(PLATFORM, str(message.author)) if person else None,
        name=name,
        text=message.body if person else "",
        reply_to="" if message.thread is None else str(message.thread),
    )


def _order(message: Message) -> tuple[datetime, MessageId]:
    return message.at, message.id
