"""The ports of the core, named for their intention. Adapters and storage implement them; the core knows no other way out.

A repository belongs to a unit of work, and a unit of work to one workspace: no method takes a workspace, so none can read
across. The only thing that stands above workspaces is :class:`WorkspaceDirectory`.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.deliveries.domain import Delivery, DeliveryState
from bot.identity import (
    Account,
    Address,
    ConversationId,
    DeliveryId,
    IntroId,
    MemberId,
    MessageId,
    RoundId,
    ScheduleId,
    WorkspaceId,
)
from bot.introductions.domain import Intro, IntroState, Round
from bot.members.domain import Block, Member, Sector, Theme, WorkspaceOptions
from bot.messages.elements import Card, File
from bot.playground.domain import Conversation, Message
from bot.schedules.domain import Occurrence, Schedule


class Clock(Protocol):
    """Where all time comes from."""

    def now(self) -> datetime:
        """The present, in UTC, with its offset."""
        ...


class Chat(Protocol):
    """One workspace's conversations on one platform. Errors are :class:`bot.errors.ChatError` and nothing else."""

    @property
    def platform(self) -> str:
        """``slack``, ``discord`` or ``web``."""
        ...

    async def direct(self, account: Account) -> Address:
        """The direct conversation with one person; the same one every time."""
        ...

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
        """A room with these people and the bot. The same ``key`` gives the same room where the platform can tell."""
        ...

    async def post(self, to: Address, card: Card, key: str) -> Address:
        """Posts a card once and returns the message's address. ``key`` is at most 36 characters and marks the message."""
        ...

    async def edit(self, message: Address, card: Card) -> None:
        """Makes an earlier message say this. Doing it twice is harmless."""
        ...

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        """The message posted with this key at or after ``since``; None if it is surely not there. Raises Doubtful if
        the platform cannot tell."""
        ...

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        """Posts a file under a card."""
        ...


class Chats(Protocol):
    """Which platforms there are for a workspace."""

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:
        """The workspace's chat on a platform; None where it has none."""
        ...


@dataclass(frozen=True, slots=True)
class Workspace:
    """One academy in one installation. ``external``: ``team:T024BE7LH``, ``guild:1234`` or ``local``."""

    id: WorkspaceId
    name: str
    external: str
    options: WorkspaceOptions


class WorkspaceDirectory(Protocol):
    """The only view above workspaces: finds the one that a request belongs to."""

    async def find(self, external: str) -> Workspace | None: ...
    async def get(self, workspace: WorkspaceId) -> Workspace | None: ...
    async def every(self) -> Sequence[Workspace]: ...
    async def ensure(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        """The workspace with this external id, made with the domain's sectors and themes if it is new."""
        ...

    async def with_due_schedules(self, now: datetime) -> Sequence[WorkspaceId]:
        """Workspaces that have a schedule with ``next_at`` at or before ``now``."""
        ...

    async def next_schedule_at(self) -> datetime | None:
        """The earliest ``next_at`` of all workspaces: when the clock has to wake."""
        ...


class Members(Protocol):
    """The members of the workspace. Erased ones are nameless rows that only :meth:`get` returns."""

    async def get(self, member: MemberId) -> Member | None: ...
    async def many(self, members: Sequence[MemberId]) -> Mapping[MemberId, Member]: ...
    async def by_account(self, account: Account) -> Member | None: ...
    async def everybody(self) -> Sequence[Member]:
        """All who are not erased, in the order of their ids."""
        ...

    async def put(self, member: Member) -> None:
        """Writes the member and exactly these accounts. Raises Taken if an account or roster id is another member's."""
        ...

    async def put_all(self, members: Sequence[Member]) -> None:
        """The same for many at once, fast."""
        ...

    async def organiser_count(self) -> int: ...
    async def block(self, block: Block) -> None:
        """Writes a block; the same one again changes nothing."""
        ...

    async def unblock(self, member: MemberId, other: MemberId) -> None: ...
    async def blocks(self) -> Sequence[Block]: ...
    async def blocks_by(self, member: MemberId) -> Sequence[Block]: ...
    async def forget(self, member: MemberId, at: datetime) -> None:
        """Leaves a nameless row with ``erased_at``: name, organisation, tags, e-mail, roster id, accounts and blocks go."""
        ...


class Vocabulary(Protocol):
    """The workspace's sectors, themes and options: data that organisers may change."""

    async def options(self) -> WorkspaceOptions: ...
    async def set_options(self, options: WorkspaceOptions) -> None: ...
    async def sectors(self) -> Sequence[Sector]: ...
    async def put_sector(self, sector: Sector) -> None: ...
    async def themes(self) -> Sequence[Theme]: ...
    async def put_theme(self, theme: Theme) -> None: ...


class Rounds(Protocol):
    """Rounds and their introductions."""

    async def add(self, round_: Round) -> None: ...
    async def put(self, round_: Round) -> None: ...
    async def get(self, round_: RoundId) -> Round | None: ...
    async def latest(self, limit: int = 20) -> Sequence[Round]:
        """Newest first, dropped ones too."""
        ...

    async def add_intros(self, intros: Sequence[Intro]) -> None: ...
    async def remove_planned(self, round_: RoundId) -> None:
        """Takes away the introductions of a draft that is drawn anew."""
        ...

    async def put_intro(self, intro: Intro) -> None: ...
    async def intro(self, intro: IntroId, *, for_change: bool = False) -> Intro | None:
        """``for_change`` locks the row until the unit of work ends, so that two presses at once go one after the other."""
        ...

    async def intros_of(self, round_: RoundId) -> Sequence[Intro]: ...
    async def intros_with(self, member: MemberId, limit: int = 50) -> Sequence[Intro]:
        """Newest first."""
        ...

    async def intros_since(self, since: datetime) -> Sequence[Intro]: ...
    async def intros_in(self, states: Sequence[IntroState]) -> Sequence[Intro]: ...


class Schedules(Protocol):
    """Schedules and what became of each occurrence."""

    async def put(self, schedule: Schedule) -> None: ...
    async def get(self, schedule: ScheduleId) -> Schedule | None: ...
    async def remove(self, schedule: ScheduleId) -> None: ...
    async def every(self) -> Sequence[Schedule]: ...
    async def due(self, now: datetime, limit: int = 100) -> Sequence[Schedule]:
        """Those with ``next_at`` at or before ``now``, locked for this unit of work; others skip locked ones."""
        ...

    async def next_at(self) -> datetime | None: ...
    async def add_occurrence(self, occurrence: Occurrence) -> bool:
        """False if this schedule's nominal time was there already."""
        ...

    async def occurrences(self, schedule: ScheduleId, limit: int = 20) -> Sequence[Occurrence]: ...


class Deliveries(Protocol):
    """The outbox's rows within one workspace. Claiming goes across workspaces and is the :class:`Outbox`'s."""

    async def add(self, deliveries: Sequence[Delivery]) -> int:
        """Writes those whose key is new in the workspace and returns how many there were."""
        ...

    async def get(self, delivery: DeliveryId) -> Delivery | None: ...
    async def by_key(self, key: str) -> Delivery | None: ...
    async def cancel(self, keys: Sequence[str]) -> int:
        """Those still waiting become ``CANCELLED``; returns how many."""
        ...

    async def in_states(self, states: Sequence[DeliveryState], limit: int = 100) -> Sequence[Delivery]: ...
    async def count_by_state(self) -> Mapping[DeliveryState, int]: ...


class Playground(Protocol):
    """The local workspace's conversations."""

    async def ensure(self, conversation: Conversation) -> Conversation:
        """The conversation with this one's key, written if it is new."""
        ...

    async def conversation(self, conversation: ConversationId) -> Conversation | None: ...
    async def conversations_of(self, member: MemberId) -> Sequence[Conversation]:
        """Channels, the member's direct conversation and rooms, oldest first."""
        ...

    async def add(self, message: Message) -> bool:
        """False if the conversation has a message with this (not empty) key already."""
        ...

    async def put(self, message: Message) -> None: ...
    async def message(self, message: MessageId) -> Message | None: ...
    async def by_key(self, conversation: ConversationId, key: str) -> Message | None: ...
    async def messages(
        self,
        conversation: ConversationId,
        reader: MemberId,
        *,
        thread: MessageId | None = None,
        before: MessageId | None = None,
        limit: int = 100,
    ) -> Sequence[Message]:
        """What this reader may see of the conversation (or one thread), oldest first, the newest ``limit``."""
        ...

    async def thread_sizes(self, conversation: ConversationId) -> Mapping[MessageId, int]: ...
    async def mark_read(self, member: MemberId, conversation: ConversationId, message: MessageId) -> None: ...
    async def unread(self, member: MemberId) -> Mapping[ConversationId, int]: ...
    async def forget_author(self, member: MemberId) -> None:
        """The member's own messages go, and so does every message that only they saw."""
        ...


class Arrivals(Protocol):
    """Which interactions were handled already."""

    async def first_time(self, arrival: str, at: datetime) -> bool:
        """True once for each id; shared by all replicas."""
        ...

    async def forget_before(self, at: datetime) -> int: ...


class UnitOfWork(Protocol):
    """One use case's reads and writes in one workspace; nothing is kept without :meth:`commit`. Never lives across a
    network call."""

    @property
    def workspace(self) -> WorkspaceId: ...
    @property
    def members(self) -> Members: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def playground(self) -> Playground: ...
    @property
    def arrivals(self) -> Arrivals: ...
    async def commit(self) -> None: ...


class Units(Protocol):
    """Hands out units of work: ``async with units(workspace) as work: ...; await work.commit()``.

    Units of one workspace go one after the other, so that what is read can be changed and written without losing anybody
    else's change; opening one inside another waits for itself and ends in ``Unavailable``. With ``reading`` the unit sees
    the last committed state, waits for nobody, and cannot write.
    """

    def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]: ...


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process may send until ``lease_until``. ``seen_before``: an earlier try ended in doubt."""

    workspace: WorkspaceId
    delivery: Delivery
    owner: str
    lease_until: datetime
    seen_before: bool


class Outbox(Protocol):
    """The outbox's engine room, across workspaces: each method is one short transaction."""

    async def claim(self, owner: str, now: datetime, lease: timedelta, limit: int) -> Sequence[Claim]:
        """Takes the oldest unfinished delivery of each free lane that is due; two processes never get the same one."""
        ...

    async def still_mine(self, claim: Claim, now: datetime) -> bool:
        """Whether the lease still holds; asked just before posting."""
        ...

    async def sent(self, claim: Claim, message: Address | None, now: datetime, lane_rests: timedelta) -> None: ...
    async def later(
        self,
        claim: Claim,
        at: datetime,
        error: str,
        *,
        lane_rests_until: datetime | None = None,
        doubt: bool = False,
    ) -> None:
        """Back to ``WAITING`` until ``at``. ``doubt``: it may have arrived; the next claim says ``seen_before``."""
        ...

    async def ended(self, claim: Claim, state: DeliveryState, error: str, now: datetime) -> None:
        """``FAILED``, ``DOUBTFUL`` or ``CANCELLED``, with a short reason that names no person."""
        ...

    async def sweep(self, now: datetime) -> int:
        """Brings back what a crash left ``SENDING`` past its lease (to be asked about first), and ends what is past
        ``not_after``. Returns how many rows changed."""
        ...

    async def next_due(self) -> datetime | None:
        """When the earliest claimable delivery is due."""
        ...


class Alarm(Protocol):
    """Wakes the loops that wait for work: within the process, and on PostgreSQL in every other one."""

    def ring(self) -> None:
        """Something was committed that may be due."""
        ...

    async def wait(self, at_most: float) -> None:
        """Returns at the next ring, or after ``at_most`` seconds."""
        ...
