"""The workspaces themselves: the one view above them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.errors import StorageError
from bot.identity import WorkspaceId, new_id
from bot.members.domain import SECTORS, THEMES, WorkspaceOptions
from bot.ports import Workspace
from storage import mapping
from storage.engine import Database
from storage.rows import ScheduleRow, SectorRow, ThemeRow, WorkspaceRow
from storage.statements import statements


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

    async def with_due_schedules(self, now: datetime) -> Sequence[WorkspaceId]:
        """Workspaces that have a schedule with ``next_at`` at or before ``now``."""
        async with statements(self._database, reading=True) as run:
            query = select(ScheduleRow.workspace_id).where(ScheduleRow.next_at <= now).distinct()
            found = await run.all(query.order_by(ScheduleRow.workspace_id))
            return [WorkspaceId(workspace) for workspace in found]

    async def next_schedule_at(self) -> datetime | None:
        """The earliest ``next_at`` of all workspaces."""
        async with statements(self._database, reading=True) as run:
            return await run.first(select(func.min(ScheduleRow.next_at)))
