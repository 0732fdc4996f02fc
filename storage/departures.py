"""Homes that an academy loses and finds again, and academies that lost the last one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, false, select, update

from bot.deliveries.domain import DeliveryState
from bot.identity import WorkspaceId
from storage.bank_merging import owe_merging
from storage.engine import Database
from storage.installations import has_home_left, its_home, settle_first_home
from storage.lanes import WAITING, hold_lanes
from storage.outbox_rows import DeliveryRow
from storage.place_rows import InstallationRow, LandmarkRow
from storage.rows import AccountRow, HomeRow, WorkspaceRow
from storage.schema import TABLES
from storage.slack_rows import SlackBotRow, SlackInstallationRow
from storage.statements import Statements, in_parts, statements

FROZEN = "workspace_frozen"


class StoredDepartures:
    """The half of :class:`storage.directory.StoredDirectory` that is about leaving."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def freeze(self, workspace: WorkspaceId, at: datetime, external: str = "") -> bool:
        """Notes that a home is gone. With the last one the workspace freezes, and what waits there is cancelled, in one
        transaction. False if it was gone before."""
        async with statements(self._database, workspace) as run:
            there = and_(its_home(workspace, external), InstallationRow.gone_at.is_(None))
            gone = await run.write(update(InstallationRow).where(there).values(gone_at=at))
            frozen = False
            if not await run.first(select(has_home_left(workspace))):
                warm = and_(WorkspaceRow.id == workspace, WorkspaceRow.frozen_at.is_(None))
                frozen = await run.write(update(WorkspaceRow).where(warm).values(frozen_at=at)) == 1
            if not gone and not frozen:
                return False
            if frozen:
                await _cancel_waiting(run, workspace)
            await run.commit()
            return True

    async def thaw(self, workspace: WorkspaceId, external: str = "") -> bool:
        """Notes that a home is back. Where the workspace was frozen, what a try that was under way left waiting is
        cancelled. False if it was not gone."""
        async with statements(self._database, workspace) as run:
            gone = and_(its_home(workspace, external), InstallationRow.gone_at.is_not(None))
            back = await run.write(update(InstallationRow).where(gone).values(gone_at=None))
            frozen = and_(WorkspaceRow.id == workspace, WorkspaceRow.frozen_at.is_not(None))
            thawed = 0
            if await run.first(select(has_home_left(workspace))):
                thawed = await run.write(update(WorkspaceRow).where(frozen).values(frozen_at=None))
            if not back and not thawed:
                return False
            if thawed:
                await _cancel_waiting(run, workspace)
            await run.commit()
            return True

    async def detach(self, workspace: WorkspaceId, *, gone_before: datetime) -> Sequence[str]:
        """Homes that were gone too long go, with the accounts there, as long as another home is left."""
        async with statements(self._database, workspace) as run:
            if not await run.first(select(has_home_left(workspace))):
                return ()
            old = and_(its_home(workspace, ""), InstallationRow.gone_at < gone_before)
            lost = await run.pairs(select(InstallationRow.external, InstallationRow.platform).where(old))
            for external, platform in lost:
                await run.write(delete(InstallationRow).where(its_home(workspace, external)))
                await remove_slack(run, external)
                for row in (AccountRow, HomeRow, LandmarkRow):
                    mine = and_(row.workspace_id == workspace, row.platform == platform)
                    await run.write(delete(row).where(mine))
            if lost:
                await settle_first_home(run, workspace)
                await run.commit()
            return tuple(external for external, _ in lost)

    async def erase(self, workspace: WorkspaceId, *, frozen_before: datetime | None = None) -> bool:
        """Every row of the workspace in every table, and its Slack installations, in one transaction."""
        meant = select(WorkspaceRow).where(WorkspaceRow.id == workspace)
        if frozen_before is not None:
            meant = meant.where(WorkspaceRow.frozen_at < frozen_before)
        async with statements(self._database, workspace) as run:
            if await run.first(meant) is None:
                return False
            for external in await run.all(select(InstallationRow.external).where(its_home(workspace, ""))):
                await remove_slack(run, external)
            await remove_workspace(run, workspace)
            await run.commit()
        self._database.traces.soon()
        return True


async def remove_workspace(run: Statements, workspace: UUID) -> None:
    """Every row of the workspace in every table."""
    await owe_merging(run)
    for table in reversed(TABLES):
        if "workspace_id" in table.c:
            await run.write(table.delete().where(table.c.workspace_id == workspace))
    await run.write(delete(WorkspaceRow).where(WorkspaceRow.id == workspace))


async def remove_slack(run: Statements, external: str) -> None:
    """The tokens of a team."""
    for installed in (SlackBotRow, SlackInstallationRow):
        await run.write(delete(installed).where(_installed_as(installed, external)))


def _installed_as(row: type[SlackBotRow | SlackInstallationRow], external: str) -> ColumnElement[bool]:
    kind, _, id_ = external.partition(":")
    if kind == "enterprise":
        return and_(row.enterprise_id == id_, row.team_id.is_(None))
    return row.team_id == id_ if kind == "team" else false()


async def _cancel_waiting(run: Statements, workspace: UUID) -> None:
    waiting = and_(DeliveryRow.workspace_id == workspace, DeliveryRow.state == WAITING)
    lanes = await run.all(select(DeliveryRow.lane).where(waiting).distinct())
    await hold_lanes(run, workspace, lanes)
    cancelled = {"state": DeliveryState.CANCELLED.value, "error": FROZEN, "due_at": None}
    for part in in_parts(sorted(lanes)):
        # Nothing waits in these lanes then, so that there is nobody to settle.
        await run.write(update(DeliveryRow).where(waiting, DeliveryRow.lane.in_(part)).values(cancelled))
