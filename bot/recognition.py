"""Who asks: the member behind an account and what their academy chose, remembered from one interaction to the next.

Most people ask several things in a row, and nothing about them changes meanwhile. What is remembered is used only while it is
sure that nothing of the academy's members and options was written since: it is never older than the last commit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.identity import Account, WorkspaceId
from bot.interactions import Arrival
from bot.members.domain import Member, WorkspaceOptions
from bot.members.service import MemberService
from bot.ports import Clock, UnitOfWork, Units
from bot.recent import Recent

Mark: TypeAlias = tuple[int, int]

_PEOPLE, _LOOKED = 5_000, 10_000
# No platform repeats later than this what it was not answered to.
_REPEATS = timedelta(minutes=90)


class Changes(Protocol):
    """What was written of members and options, by whomever."""

    @property
    def lasts(self) -> timedelta:
        """For how long a mark is believed at most."""
        ...

    def mark(self, workspace: WorkspaceId) -> Mark | None:
        """The same as long as no member, account or option of the workspace was written; None where nobody could tell."""
        ...


class NeverSure:
    """Where nobody tells of changes, nothing is remembered."""

    lasts = timedelta(0)

    def mark(self, workspace: WorkspaceId) -> None:
        """None."""
        del workspace


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as they stood at the last commit."""

    member: Member
    options: WorkspaceOptions


@dataclass(frozen=True, slots=True)
class _Asks:
    """All of an arrival that may change what is known of a member."""

    workspace: WorkspaceId
    account: Account
    handle: str
    timezone: str
    organises: bool | None


class Recognition:
    """Recognises whoever asks, with as few ways to the database as that takes."""

    def __init__(self, members: MemberService, units: Units, clock: Clock, changes: Changes) -> None:
        self._members = members
        self._units = units
        self._changes = changes
        self._known: Recent[_Asks, tuple[Mark, Known]] = Recent(clock, _PEOPLE, changes.lasts)
        self._looked: Recent[tuple[WorkspaceId, str], bool] = Recent(clock, _LOOKED, _REPEATS)

    async def who_does(self, arrival: Arrival, now: datetime) -> Known | None:
        """Whoever asks for something to be done; None where it was asked before, which is written down."""
        async with self._units(arrival.workspace) as work:
            if not await work.arrivals.first_time(arrival.id, now):
                return None
            # Only here: whoever had to wait for another unit waited for what that wrote.
            mark, known = self._changes.mark(arrival.workspace), self._remembered(arrival)
            if known is None:
                known = await self._read(work, arrival)
            await work.commit()
        self._keep(arrival, mark, known)
        return known

    async def who_looks(self, arrival: Arrival) -> Known | None:
        """Whoever asks to be shown something. None where this process was asked before; another would show it again, which
        harms nobody."""
        key = (arrival.workspace, arrival.id)
        if self._looked.get(key):
            return None
        self._looked.put(key, value=True)
        try:
            return await self.who(arrival)
        except BaseException:
            self._looked.forget(key)  # nothing came of it, so it may come again
            raise

    async def who(self, arrival: Arrival) -> Known:
        """Whoever this is."""
        known = self._remembered(arrival)
        if known is not None:
            return known
        mark = self._changes.mark(arrival.workspace)
        async with self._units(arrival.workspace) as work:
            known = await self._read(work, arrival)
            await work.commit()
        self._keep(arrival, mark, known)
        return known

    async def _read(self, work: UnitOfWork, arrival: Arrival) -> Known:
        options = await work.vocabulary.options()
        return Known(await self._members.recognise(work, arrival), options)

    def _remembered(self, arrival: Arrival) -> Known | None:
        found = self._known.get(_asks(arrival))
        return found[1] if found is not None and found[0] == self._changes.mark(arrival.workspace) else None

    def _keep(self, arrival: Arrival, mark: Mark | None, known: Known) -> None:
        """Not where something was written since the mark, if only by the reading itself, that made a member of a stranger."""
        if mark is not None and mark == self._changes.mark(arrival.workspace):
            self._known.put(_asks(arrival), (mark, known))


def _asks(arrival: Arrival) -> _Asks:
    return _Asks(arrival.workspace, arrival.account, arrival.handle, arrival.timezone, arrival.organises)
