"""A platform in memory that can fail in every way in which a real one does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import ChatError, Doubtful, Gone
from bot.identity import Account, Address, Channel, WorkspaceId
from bot.messages.elements import Card, File
from bot.ports import Clock


@dataclass(frozen=True, slots=True)
class Fault:
    """The next call of ``verb`` (any, if empty) raises ``error``; with ``after_storing`` only once it has happened."""

    error: ChatError
    after_storing: bool = False
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands in the platform now."""

    address: Address
    to: Address
    card: Card
    key: str
    at: datetime
    file: File | None = None
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """A room that was opened."""

    address: Address
    accounts: tuple[Account, ...]
    title: str
    key: str


@dataclass(slots=True)
class FakeChat:
    """Implements :class:`bot.ports.Chat`.

    ``posts`` is what people see; ``tries`` has every call as ``(verb, key)``. ``doubles``: a platform that does not know a
    key again and posts twice. ``blind``: one that cannot tell whether a message arrived. ``closed``: where nothing exists.
    ``channels``: the names of those that are open to all.
    """

    clock: Clock
    platform: str = "web"
    doubles: bool = False
    blind: bool = False
    closed: set[Address] = field(default_factory=set[Address])
    faults: list[Fault] = field(default_factory=list[Fault])
    posts: list[Posted] = field(default_factory=list[Posted])
    rooms: list[Room] = field(default_factory=list[Room])
    tries: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    channels: list[str] = field(default_factory=list[str])

    def fail(self, error: ChatError, *, after_storing: bool = False, verb: str = "", times: int = 1) -> None:
        """Queues faults for the next calls."""
        self.faults.extend([Fault(error, after_storing, verb)] * times)

    def said_to(self, account: Account) -> list[Card]:
        """The cards in somebody's direct conversation, oldest first."""
        return self.said_in(self._direct(account))

    def said_in(self, place: Address) -> list[Card]:
        """The cards in a place, oldest first."""
        return [post.card for post in self.posts if post.to == place]

    def copies(self, key: str) -> int:
        """How many messages with this key people see."""
        return sum(post.key == key for post in self.posts)

    async def direct(self, account: Account) -> Address:
        fault = self._begin("direct", account.user)
        self._end(fault)
        return self._direct(account)

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
        fault = self._begin("open_room", key)
        there = next((room for room in self.rooms if room.key == key), None)
        if there is None or self.doubles:
            there = Room(Address(self.platform, f"room:{len(self.rooms) + 1}"), tuple(accounts), title, key)
            self.rooms.append(there)
        self._end(fault)
        return there.address

    async def rename_room(self, room: Address, title: str) -> None:
        fault = self._begin("rename_room", room.value)
        self.rooms = [replace(one, title=title) if one.address == room else one for one in self.rooms]
        self._end(fault)

    def room_link(self, room: Address) -> str:
        return f"https://chat.example/{room.value}"

    async def channel(self, typed: str, asker: Account) -> Channel:  # noqa: ARG002 - the port's
        name = typed.strip().lstrip("#").casefold()
        fault = self._begin("channel", name)
        if name not in self.channels:
            raise Gone("channel")
        self._end(fault)
        return Channel(Address(self.platform, f"channel:{name}"), name)

    async def post(self, to: Address, card: Card, key: str) -> Address:
        return self._store("post", to, card, key, None)

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        return self._store("hand", to, card, key, file)

    async def edit(self, message: Address, card: Card) -> None:
        fault = self._begin("edit", message.value)
        index = next((index for index, post in enumerate(self.posts) if post.address == message), None)
        if index is None:
            raise Gone("message")
        self.posts[index] = replace(self.posts[index], card=card, edits=self.posts[index].edits + 1)
        self._end(fault)

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        fault = self._begin("find", key)
        self._end(fault)
        if self.blind:
            raise Doubtful("cannot tell")
        found = (post.address for post in self.posts if post.to == to and post.key == key and post.at >= since)
        return next(found, None)

    def _store(self, verb: str, to: Address, card: Card, key: str, file: File | None) -> Address:
        fault = self._begin(verb, key)
        if to in self.closed:
            raise Gone("place")
        there = next((post for post in self.posts if post.key == key and post.to == to), None)
        if there is None or self.doubles:
            address = Address(self.platform, f"message:{len(self.posts) + 1}")
            there = Posted(address, to, card, key, self.clock.now(), file)
            self.posts.append(there)
        self._end(fault)
        return there.address

    def _direct(self, account: Account) -> Address:
        return Address(self.platform, f"direct:{account.user}")

    def _begin(self, verb: str, key: str) -> Fault | None:
        self.tries.append((verb, key))
        fault = next((fault for fault in self.faults if fault.verb in ("", verb)), None)
        if fault is None:
            return None
        self.faults.remove(fault)
        if not fault.after_storing:
            raise fault.error
        return fault

    def _end(self, fault: Fault | None) -> None:
        if fault is not None:
            raise fault.error


class FakeChats:
    """Implements :class:`bot.ports.Chats`: one chat a workspace and platform, made at the first question unless
    ``platforms`` does not have it."""

    def __init__(self, clock: Clock, platforms: Sequence[str] = ("web",)) -> None:
        self._clock = clock
        self._platforms = tuple(platforms)
        self._chats: dict[tuple[WorkspaceId, str], FakeChat] = {}

    def on(self, workspace: WorkspaceId, platform: str) -> FakeChat | None:
        if platform not in self._platforms:
            return None
        return self._chats.setdefault((workspace, platform), FakeChat(self._clock, platform))

    def add(self, workspace: WorkspaceId, chat: FakeChat) -> None:
        """From now on the workspace has this chat."""
        self._platforms = (*self._platforms, chat.platform)
        self._chats[workspace, chat.platform] = chat

    def of(self, workspace: WorkspaceId, platform: str = "web") -> FakeChat:
        """The same, for tests that know it is there."""
        chat = self.on(workspace, platform)
        assert chat is not None
        return chat
