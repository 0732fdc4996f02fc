"""The workspaces themselves: the one view above them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, false, func, select, update

from bot.deliveries.domain import DeliveryState
from bot.errors import StorageError, Taken
from bot.identity import WorkspaceId, new_id
from bot.members.domain import SECTORS, THEMES, WorkspaceOptions
from bot.ports import Workspace
from storage import mapping
from storage.engine import Database
from storage.lanes import WAITING, hold_lanes
from storage.outbox_rows import DeliveryRow
from storage.rows import ScheduleRow, SectorRow, ThemeRow, WorkspaceRow
from storage.schema import TABLES
from storage.slack_rows import SlackBotRow, SlackInstallationRow
from storage.statements import Statements, in_parts, statements

LOCAL = "local"
FROZEN = "workspace_frozen"


class StoredDirectory:
    """Implements :class:`bot.ports.WorkspaceDirectory`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, external: str) -> Workspace | None:
        """The workspace of a team, a guild, or the local one."""
        async with statements(self._database, reading=True) as run:
            row = await run.first(select(WorkspaceRow).where(WorkspaceRow.external == external))
            return None if row is None else mapping.workspace_from(row)

    async def get(self, workspace: WorkspaceId) -> Workspace | None:
        """The workspace with this id."""
        async with statements(self._database, reading=True) as run:
            row = await run.first(select(WorkspaceRow).where(WorkspaceRow.id == workspace))
            return None if row is None else mapping.workspace_from(row)

    async def every(self) -> Sequence[Workspace]:
        """All workspaces, oldest first."""
        async with statements(self._database, reading=True) as run:
            rows = await run.all(select(WorkspaceRow).order_by(WorkspaceRow.id))
            return [mapping.workspace_from(row) for row in rows]

    async def ensure(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        """The workspace with this external id, made with the domain's sectors and themes if it is new."""
        found = await self.find(external)
        if found is not None:
            return found
        fresh = Workspace(WorkspaceId(new_id()), name, external, options)
        values = {
            "id": fresh.id,
            "name": name,
            "external": external,
            "options": mapping.options_values(options),
        }
        async with statements(self._database) as run:
            made = await run.upsert(WorkspaceRow, [values], renew=False)
            if made:
                await run.insert(SectorRow, [mapping.word_values(fresh.id, sector) for sector in SECTORS])
                await run.insert(ThemeRow, [mapping.word_values(fresh.id, theme) for theme in THEMES])
                await run.commit()
                return fresh
        # Another process was faster.
        theirs = await self.find(external)
        if theirs is None:
            raise StorageError("a workspace was made and is gone again")
        return theirs

    async def adopt(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        """Makes the ``local`` workspace a team's; Taken if the team has another one, or this one another team."""
        meant = WorkspaceRow.id == workspace
        async with statements(self._database, workspace) as run:
            ours = and_(meant, WorkspaceRow.external.in_((LOCAL, external)))
            if await run.write(update(WorkspaceRow).where(ours).values(external=external, name=name)):
                await run.commit()
            row = await run.first(select(WorkspaceRow).where(meant))
            adopted = None if row is None else mapping.workspace_from(row)
        if adopted is None:
            raise StorageError("there is no such workspace")
        if adopted.external != external:
            raise Taken("this workspace belongs to another team")
        return adopted

    async def freeze(self, workspace: WorkspaceId, at: datetime) -> bool:
        """Freezes the workspace and cancels what waits there, in one transaction; False if it was frozen before."""
        async with statements(self._database, workspace) as run:
            warm = and_(WorkspaceRow.id == workspace, WorkspaceRow.frozen_at.is_(None))
            if not await run.write(update(WorkspaceRow).where(warm).values(frozen_at=at)):
                return False
            await _cancel_waiting(run, workspace)
            await run.commit()
            return True

    async def thaw(self, workspace: WorkspaceId) -> bool:
        """Ends the freezing; what a try that was under way left waiting is cancelled. False if it was not frozen."""
        async with statements(self._database, workspace) as run:
            frozen = and_(WorkspaceRow.id == workspace, WorkspaceRow.frozen_at.is_not(None))
            if not await run.write(update(WorkspaceRow).where(frozen).values(frozen_at=None)):
                return False
            await _cancel_waiting(run, workspace)
            await run.commit()
            return True

    async def erase(self, workspace: WorkspaceId, *, frozen_before: datetime | None = None) -> bool:
        """Every row of the workspace in every table, and its Slack installations, in one transaction."""
        meant = select(WorkspaceRow).where(WorkspaceRow.id == workspace)
        if frozen_before is not None:
            meant = meant.where(WorkspaceRow.frozen_at < frozen_before)
        async with statements(self._database, workspace) as run:
            row = await run.first(meant)
            if row is None:
                return False
            for table in reversed(TABLES):
                if "workspace_id" in table.c:
                    await run.write(table.delete().where(table.c.workspace_id == workspace))
            for installed in (SlackBotRow, SlackInstallationRow):
                await run.write(delete(installed).where(_installed_as(installed, row.external)))
            await run.write(delete(WorkspaceRow).where(WorkspaceRow.id == workspace))
            await run.commit()
            return True

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


def _not_frozen() -> ColumnElement[bool]:
    return ScheduleRow.workspace_id.not_in(select(WorkspaceRow.id).where(WorkspaceRow.frozen_at.is_not(None)))


def _installed_as(row: type[SlackBotRow | SlackInstallationRow], external: str) -> ColumnElement[bool]:
    kind, _, id_ = external.partition(":")
    if kind == "enterprise":
        return and_(row.enterprise_id == id_, row.team_id.is_(None))
    return row.team_id == id_ if kind == "team" else false()


async def _cancel_waiting(run: Statements, workspace: WorkspaceId) -> None:
    waiting = and_(DeliveryRow.workspace_id == workspace, DeliveryRow.state == WAITING)
    lanes = await run.all(select(DeliveryRow.lane).where(waiting).distinct())
    await hold_lanes(run, workspace, lanes)
    cancelled = {"state": DeliveryState.CANCELLED.value, "error": FROZEN, "due_at": None}
    for part in in_parts(sorted(lanes)):
        # Nothing waits in these lanes then, so that there is nobody to settle.
        await run.write(update(DeliveryRow).where(waiting, DeliveryRow.lane.in_(part)).values(cancelled))
