"""The ports of the core, named for their intention. Adapters and storage implement them; the core knows no other way out.

A repository belongs to a unit of work, and a unit of work to one workspace: no method takes a workspace, so none can read
across. The only thing that stands above workspaces is :class:`WorkspaceDirectory`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.announcements.repository import Announcements
from bot.bank.repository import Bank
from bot.camps.gathering import Gathering
from bot.camps.handover.repository import HandOvers
from bot.camps.keys import CalendarKeys
from bot.camps.repository import Camps
from bot.camps.stations.repository import StationPlans
from bot.challenges.repository import Challenges
from bot.deliveries.repository import Deliveries
from bot.homes import Installation
from bot.identity import Account, Address, Channel, MemberId, WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.messages.elements import Card, File
from bot.notes.repository import Notes
from bot.polls.repository import Polls
from bot.repositories import (
    Arrivals,
    Codes,
    Drafts,
    Homes,
    Landmarks,
    Lines,
    Members,
    Playground,
    Rounds,
    Schedules,
    Vectors,
    Vocabulary,
)


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

    async def rename_room(self, room: Address, title: str) -> None:
        """Makes a room go by another title. Nothing happens where rooms have none."""
        ...

    def room_link(self, room: Address) -> str:
        """A link that opens a room on its platform; empty where there is none."""
        ...

    async def channel(self, typed: str, asker: Account) -> Channel:
        """The channel that was named or mentioned (``#general``, ``general``, or as the platform writes it). Raises Gone for
        one that is not there or that the asker may not see, and Refused where the bot may not write."""
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


@runtime_checkable
class Gatherings(Protocol):
    """What a chat may have besides: a calendar of events that everybody in the place sees. Errors are ChatError."""

    async def gather(self, gathering: Gathering) -> Address | None:
        """Makes the event of this key, once whatever happens, changes it to what it is now, or calls it off. None: there
        is none, and need not be. Raises Gone where somebody took it away, or it is over."""
        ...


@runtime_checkable
class Circles(Protocol):
    """What a chat may have besides: it can tell who reads along in a place. Where one cannot, everybody does."""

    async def readers(self, place: Address, among: Sequence[Account]) -> frozenset[Account]:
        """Those of these people who read along there. Raises ChatError where the platform does not say."""
        ...


class Chats(Protocol):
    """Which platforms there are for a workspace."""

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:
        """The workspace's chat on a platform; None where it has none."""
        ...


@dataclass(frozen=True, slots=True)
class Workspace:
    """One academy. It has one home, or one on each of several platforms; ``external`` is the first of them.

    ``frozen_at``: since when it has no home at all any more; until it has again nothing is sent and no schedule comes due
    there, and after a while the academy is erased.
    """

    id: WorkspaceId
    name: str
    external: str
    options: WorkspaceOptions
    frozen_at: datetime | None = None
    installations: tuple[Installation, ...] = ()

    def home_on(self, platform: str) -> Installation | None:
        """The academy's home on a platform, if it has one there; also one that is gone just now."""
        return next((home for home in self.installations if home.platform == platform), None)


class WorkspaceDirectory(Protocol):
    """The only view above workspaces: finds the one that a request belongs to."""

    async def find(self, external: str) -> Workspace | None:
        """The workspace that has this home, be it the first or another one."""
        ...

    async def get(self, workspace: WorkspaceId) -> Workspace | None: ...
    async def every(self) -> Sequence[Workspace]: ...
    async def externals(self, workspace: WorkspaceId) -> Sequence[str]:
        """All homes of an academy, the first one first; also those that are gone just now."""
        ...

    async def with_account(self, account: Account) -> Sequence[Workspace]:
        """Where this account is a member's, but for workspaces that are frozen or without a home on its platform."""
        ...

    async def ensure(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        """The workspace with this external id, made with the domain's sectors and themes if it is new."""
        ...

    async def claim(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        """The workspace of whoever runs this process, by one of its homes: a fixed token's team, the first guild.

        Known already: that one. Else the ``local`` one, which was filled before the first start, is taken over; else the
        academy that was claimed on another platform gets this home as well, once a platform; else a new one is made.
        """
        ...

    async def adopt(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        """Makes the ``local`` workspace a platform's: what was imported before the first start belongs to that team.

        Adopting it once more for the same team changes nothing. Raises Taken if another workspace has this external id
        already, or if this one belongs to another team; StorageError if there is no such workspace.
        """
        ...

    async def join(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        """Gives an academy one more home. Doing it twice changes nothing.

        If the home was another academy's without introductions so far, its members come along and that academy is gone.
        Raises Taken, and changes nothing, where the other one has a life of its own, or where both have a home on one
        platform; StorageError if there is no such workspace.
        """
        ...

    async def with_calendar_key(self, key: str) -> tuple[WorkspaceId, MemberId] | None:
        """Whose calendar a key opens, but for workspaces that are frozen."""
        ...

    async def has_history(self, workspace: WorkspaceId) -> bool:
        """Whether introductions were made or people asked to a camp there, so that it cannot move in with another academy."""
        ...

    async def with_code(self, code: str) -> Workspace | None:
        """Where a code was given out that begins with this one's first half."""
        ...

    async def freeze(self, workspace: WorkspaceId, at: datetime, external: str = "") -> bool:
        """A home is gone (``external``; without it all of them): nothing is tried there until :meth:`thaw`.

        With the last home the academy freezes: nothing is sent from it and no schedule comes due, and what waits to be
        sent is cancelled. False, and nothing changed, if it was gone before: the time of the first freezing counts.
        """
        ...

    async def thaw(self, workspace: WorkspaceId, external: str = "") -> bool:
        """A home is back (without ``external``: all of them). Where the academy was frozen, what came to wait meanwhile is
        cancelled too, so that nothing old is sent. False if it was not gone."""
        ...

    async def detach(self, workspace: WorkspaceId, *, gone_before: datetime) -> Sequence[str]:
        """Homes that have been gone since before then are the academy's no more, as long as it keeps another one; the
        accounts there go with them. Returns which."""
        ...

    async def erase(self, workspace: WorkspaceId, *, frozen_before: datetime | None = None) -> bool:
        """The workspace and everything in it goes, for good.

        With ``frozen_before`` only if it has been frozen since before then: somebody may be installing again just now.
        False if nothing was erased.
        """
        ...

    async def with_due_schedules(self, now: datetime) -> Sequence[WorkspaceId]:
        """Workspaces that have a schedule with ``next_at`` at or before ``now`` and are not frozen."""
        ...

    async def next_schedule_at(self) -> datetime | None:
        """The earliest ``next_at`` of all workspaces that are not frozen: when the clock has to wake."""
        ...


class Embedder(Protocol):
    """An embedding model: texts that mean about the same get vectors that point about the same way.

    Errors are :class:`bot.errors.ModelError` and nothing else; whoever asks can go on without an answer.
    """

    @property
    def model(self) -> str:
        """Names the model and how it is asked: vectors of another name are not comparable. At most 100 characters."""
        ...

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        """One vector a text, in their order. ``progress`` is told how many are done, now and then."""
        ...


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
    @property
    def vectors(self) -> Vectors: ...
    @property
    def homes(self) -> Homes: ...
    @property
    def landmarks(self) -> Landmarks: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def lines(self) -> Lines: ...
    @property
    def announcements(self) -> Announcements: ...
    @property
    def camps(self) -> Camps: ...
    @property
    def calendar_keys(self) -> CalendarKeys: ...
    @property
    def stations(self) -> StationPlans: ...
    @property
    def polls(self) -> Polls: ...
    @property
    def handovers(self) -> HandOvers: ...
    @property
    def bank(self) -> Bank: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def challenges(self) -> Challenges: ...
    async def commit(self) -> None: ...


class Units(Protocol):
    """Hands out units of work: ``async with units(workspace) as work: ...; await work.commit()``.

    Units of one workspace go one after the other, so that what is read can be changed and written without losing anybody
    else's change; opening one inside another waits for itself and ends in ``Unavailable``. With ``reading`` the unit sees
    the last committed state, waits for nobody, and cannot write.
    """

    def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]: ...


class Alarm(Protocol):
    """Wakes the loops that wait for work: within the process, and on PostgreSQL in every other one."""

    def ring(self) -> None:
        """Something was committed that may be due."""
        ...

    async def wait(self, at_most: float) -> None:
        """Returns at the next ring, or after ``at_most`` seconds."""
        ...
