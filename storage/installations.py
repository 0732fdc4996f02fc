"""Workspaces with their homes, read and written within a transaction that somebody else opened."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, update

from bot.homes import Installation, platform_of
from bot.identity import WorkspaceId, new_id
from bot.members.domain import SECTORS, THEMES, WorkspaceOptions
from bot.ports import Workspace
from storage import mapping
from storage.place_rows import InstallationRow
from storage.rows import SectorRow, ThemeRow, WorkspaceRow
from storage.statements import Statements, in_parts


async def workspaces(run: Statements, query: Select[WorkspaceRow]) -> list[Workspace]:
    """The workspaces of a query, with their homes."""
    rows = await run.all(query)
    homes: defaultdict[UUID, list[InstallationRow]] = defaultdict(list)
    for part in in_parts([row.id for row in rows]):
        theirs = select(InstallationRow).where(InstallationRow.workspace_id.in_(part))
        for home in await run.all(theirs.order_by(InstallationRow.position)):
            homes[home.workspace_id].append(home)
    return [mapping.workspace_from(row, homes[row.id]) for row in rows]


async def workspace_with(run: Statements, condition: ColumnElement[bool]) -> Workspace | None:
    """The one workspace of which this is true."""
    found = await workspaces(run, select(WorkspaceRow).where(condition))
    return found[0] if found else None


def has_home(external: str) -> ColumnElement[bool]:
    """That a workspace has this home."""
    return WorkspaceRow.id.in_(select(InstallationRow.workspace_id).where(InstallationRow.external == external))


def its_home(workspace: UUID, external: str) -> ColumnElement[bool]:
    """That a row is this home of this workspace; without ``external`` any of its homes."""
    here = InstallationRow.workspace_id == workspace
    return and_(here, InstallationRow.external == external) if external else here


def has_home_left(workspace: UUID) -> ColumnElement[bool]:
    """That a platform knows us in at least one home of this workspace."""
    return exists().where(its_home(workspace, ""), InstallationRow.gone_at.is_(None))


async def make_workspace(run: Statements, external: str, name: str, options: WorkspaceOptions) -> Workspace | None:
    """A new workspace with one home; None where somebody else has it already."""
    fresh = WorkspaceId(new_id())
    stored = mapping.options_values(options)
    made = await run.upsert(
        WorkspaceRow, [{"id": fresh, "name": name, "external": external, "options": stored}], renew=False
    )
    if not made or not await add_home(run, fresh, external, name):
        return None
    await run.insert(SectorRow, [mapping.word_values(fresh, sector) for sector in SECTORS])
    await run.insert(ThemeRow, [mapping.word_values(fresh, theme) for theme in THEMES])
    return Workspace(fresh, name, external, options, None, (Installation(external, name),))


async def add_home(run: Statements, workspace: UUID, external: str, name: str, gone_at: datetime | None = None) -> bool:
    """One more home at the end; False where it is somebody's already."""
    last = await run.first(select(func.max(InstallationRow.position)).where(its_home(workspace, "")))
    values = {
        "workspace_id": workspace,
        "external": external,
        "platform": platform_of(external),
        "name": name,
        "position": 0 if last is None else last + 1,
        "gone_at": gone_at,
    }
    return await run.upsert(InstallationRow, [values], renew=False) == 1


async def settle_first_home(run: Statements, workspace: UUID) -> None:
    """The workspace goes by the first home that it has now, after some of them went."""
    query = select(InstallationRow.external).where(its_home(workspace, "")).order_by(InstallationRow.position)
    first = await run.first(query.limit(1))
    if first is not None:
        await run.write(update(WorkspaceRow).where(WorkspaceRow.id == workspace).values(external=first))


async def note_claim(run: Statements, workspace: UUID, platforms: Sequence[str]) -> None:
    """Remembers on which platforms the workspace was taken as that of whoever runs this process."""
    mine = WorkspaceRow.id == workspace
    before = (await run.first(select(WorkspaceRow.claimed).where(mine)) or "").split()
    after = " ".join(dict.fromkeys((*before, *platforms)))
    await run.write(update(WorkspaceRow).where(mine).values(claimed=after))
