"""The workspaces themselves: the one view above them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.errors import StorageError, Taken
from bot.homes import platform_of
from bot.identity import Account, MemberId, WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.ports import Workspace
from storage.calendar_keys import calendar_finder
from storage.calendar_rows import CalendarKeyRow
from storage.codes import finder_of
from storage.departures import StoredDepartures
from storage.installations import (
    add_home,
    has_home,
    has_home_left,
    its_home,
    make_workspace,
    note_claim,
    workspace_with,
    workspaces,
)
from storage.joining import has_history, move_in
from storage.place_rows import CodeRow, InstallationRow
from storage.rows import AccountRow, ScheduleRow, WorkspaceRow
from storage.statements import Statements, statements

LOCAL = "local"


class StoredDirectory(StoredDepartures):
    """Implements :class:`bot.ports.WorkspaceDirectory`."""

    async def find(self, external: str) -> Workspace | None:
        """The workspace of a team, a guild, or the local one, by any of its homes."""
        return await self._read(has_home(external))

    async def get(self, workspace: WorkspaceId) -> Workspace | None:
        """The workspace with this id."""
        return await self._read(WorkspaceRow.id == workspace)

    async def every(self) -> Sequence[Workspace]:
        """All workspaces, oldest first."""
        async with statements(self._database, reading=True) as run:
            return await workspaces(run, select(WorkspaceRow).order_by(WorkspaceRow.id))

    async def externals(self, workspace: WorkspaceId) -> Sequence[str]:
        """All homes of an academy, the first one first."""
        async with statements(self._database, reading=True) as run:
            homes = select(InstallationRow.external).where(its_home(workspace, ""))
            return await run.all(homes.order_by(InstallationRow.position))

    async def with_account(self, account: Account) -> Sequence[Workspace]:
        """Where this account is a member's, but for workspaces that are frozen or without a home on its platform."""
        theirs = select(AccountRow.workspace_id).where(
            AccountRow.platform == account.platform, AccountRow.user == account.user
        )
        there = select(InstallationRow.workspace_id).where(
            InstallationRow.platform == account.platform, InstallationRow.gone_at.is_(None)
        )
        found = and_(WorkspaceRow.id.in_(theirs), WorkspaceRow.id.in_(there), WorkspaceRow.frozen_at.is_(None))
        async with statements(self._database, reading=True) as run:
            return await workspaces(run, select(WorkspaceRow).where(found).order_by(WorkspaceRow.id))

    async def with_code(self, code: str) -> Workspace | None:
        """Where a code was given out that begins with this one's first half."""
        given = select(CodeRow.workspace_id).where(CodeRow.finder == finder_of(code, self._database.seal))
        return await self._read(WorkspaceRow.id.in_(given))

    async def with_calendar_key(self, key: str) -> tuple[WorkspaceId, MemberId] | None:
        """Whose calendar a key opens."""
        frozen = select(WorkspaceRow.id).where(WorkspaceRow.frozen_at.is_not(None))
        query = select(CalendarKeyRow.workspace_id, CalendarKeyRow.member_id).where(
            CalendarKeyRow.finder == calendar_finder(key), CalendarKeyRow.workspace_id.not_in(frozen)
        )
        async with statements(self._database, reading=True) as run:
            for workspace, member in await run.pairs(query):
                return WorkspaceId(workspace), MemberId(member)
        return None

    async def has_history(self, workspace: WorkspaceId) -> bool:
        """Whether introductions were made there."""
        async with statements(self._database, reading=True) as run:
            return bool(await run.first(select(has_history(workspace))))

    async def ensure(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        """The workspace with this external id, made with the domain's sectors and themes if it is new."""
        found = await self.find(external)
        if found is not None:
            return found
        async with statements(self._database) as run:
            fresh = await make_workspace(run, external, name, options)
            if fresh is not None:
                await run.commit()
                return fresh
        # Another process was faster.
        theirs = await self.find(external)
        if theirs is None:
            raise StorageError("a workspace was made and is gone again")
        return theirs

    async def claim(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        """The workspace of whoever runs this process: found, taken over, joined or made."""
        platform = platform_of(external)
        # Whoever claims waits for the others that do, so that two platforms that start at once find one academy.
        async with statements(self._database, UUID(int=0)) as run:
            found = await workspace_with(run, has_home(external))
            claimed = await run.first(select(WorkspaceRow).where(WorkspaceRow.claimed != "").order_by(WorkspaceRow.id))
            if found is None:
                found = await _taken_over(run, external, name) or await _joined(run, claimed, external, name)
            if found is None:
                found = await make_workspace(run, external, name, options)
            if found is None:
                raise StorageError("somebody made this workspace just now")
            if claimed is None or claimed.id == found.id:
                await note_claim(run, found.id, [platform])
            await run.commit()
        return found

    async def adopt(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        """Makes the ``local`` workspace a team's; Taken if the team has another one, or this one another team."""
        async with statements(self._database, workspace) as run:
            adopted = await workspace_with(run, WorkspaceRow.id == workspace)
            if adopted is None:
                raise StorageError("there is no such workspace")
            if adopted.external == LOCAL:
                adopted = await _renamed(run, workspace, external, name)
                await run.commit()
        if adopted.external != external:
            raise Taken("this workspace belongs to another team")
        return adopted

    async def join(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        """Gives an academy one more home; an academy without introductions that had it moves in."""
        other = await self.find(external)
        two = sorted({workspace, workspace if other is None else other.id})
        async with statements(self._database, two[0]) as run:
            await run.also_holding(two[-1])
            ours = await workspace_with(run, WorkspaceRow.id == workspace)
            theirs = await workspace_with(run, has_home(external))
            if ours is None:
                raise StorageError("there is no such workspace")
            if theirs is not None and theirs.id not in two:
                raise Taken("another workspace has this home since just now")
            if theirs is not None and theirs.id != workspace:
                await move_in(run, theirs, ours, self._database.seal)
            elif theirs is None:
                if ours.home_on(platform_of(external)) is not None:
                    raise Taken("the workspace has a home on this platform")
                await add_home(run, workspace, external, name)
            if await run.first(select(has_home_left(workspace))):
                await run.write(update(WorkspaceRow).where(WorkspaceRow.id == workspace).values(frozen_at=None))
            joined = await workspace_with(run, WorkspaceRow.id == workspace)
            await run.commit()
        if joined is None:
            raise StorageError("there is no such workspace")
        return joined

    async def with_due_schedules(self, now: datetime) -> Sequence[WorkspaceId]:
        """Workspaces that have a schedule with ``next_at`` at or before ``now`` and are not frozen."""
        async with statements(self._database, reading=True) as run:
            query = select(ScheduleRow.workspace_id).where(ScheduleRow.next_at <= now, _not_frozen()).distinct()
            found = await run.all(query.order_by(ScheduleRow.workspace_id))
            return [WorkspaceId(workspace) for workspace in found]

    async def next_schedule_at(self) -> datetime | None:
        """The earliest ``next_at`` of all workspaces that are not frozen."""
        async with statements(self._database, reading=True) as run:
            return await run.first(select(func.min(ScheduleRow.next_at)).where(_not_frozen()))

    async def _read(self, condition: ColumnElement[bool]) -> Workspace | None:
        async with statements(self._database, reading=True) as run:
            return await workspace_with(run, condition)


async def _taken_over(run: Statements, external: str, name: str) -> Workspace | None:
    local = await workspace_with(run, WorkspaceRow.external == LOCAL)
    return None if local is None else await _renamed(run, local.id, external, name)


async def _renamed(run: Statements, workspace: WorkspaceId, external: str, name: str) -> Workspace:
    values = {"external": external, "name": name}
    await run.write(update(WorkspaceRow).where(WorkspaceRow.id == workspace).values(values))
    home = update(InstallationRow).where(its_home(workspace, LOCAL))
    await run.write(home.values(values | {"platform": platform_of(external)}))
    renamed = await workspace_with(run, WorkspaceRow.id == workspace)
    if renamed is None:
        raise StorageError("there is no such workspace")
    return renamed


async def _joined(run: Statements, claimed: WorkspaceRow | None, external: str, name: str) -> Workspace | None:
    if claimed is None:
        return None
    platform, own = platform_of(external), await workspace_with(run, WorkspaceRow.id == claimed.id)
    # Once a platform: whoever comes there later is somebody else.
    if own is None or platform in claimed.claimed.split() or own.home_on(platform) is not None:
        return None
    await add_home(run, own.id, external, name)
    return await workspace_with(run, WorkspaceRow.id == own.id)


def _not_frozen() -> ColumnElement[bool]:
    return ScheduleRow.workspace_id.not_in(select(WorkspaceRow.id).where(WorkspaceRow.frozen_at.is_not(None)))
