"""Announcements, kept in rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from bot.announcements.audience import audience_from
from bot.announcements.domain import Announcement, AnnouncementState, plan_from
from bot.announcements.quiet import Waits
from bot.identity import AnnouncementId, MemberId, ScheduleId, WorkspaceId
from storage.announcement_rows import AnnouncementRow
from storage.mapping import Values
from storage.seal import Seal
from storage.statements import Statements


class StoredAnnouncements:
    """Implements :class:`bot.repositories.Announcements`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def put(self, announcement: Announcement) -> None:
        """Adds an announcement or writes it anew."""
        await self._statements.upsert(AnnouncementRow, [self._values(announcement)])

    async def get(self, announcement: AnnouncementId) -> Announcement | None:
        """One announcement."""
        row = await self._statements.first(select(AnnouncementRow).where(self._meant(announcement)))
        return None if row is None else self._read(row)

    async def remove(self, announcement: AnnouncementId) -> None:
        """Takes it away; one that is not there is fine."""
        await self._statements.write(delete(AnnouncementRow).where(self._meant(announcement)))

    async def in_states(self, states: Sequence[AnnouncementState], limit: int = 100) -> Sequence[Announcement]:
        """Newest first."""
        query = select(AnnouncementRow).where(
            self._here(), AnnouncementRow.state.in_([state.value for state in states])
        )
        newest = query.order_by(AnnouncementRow.created_at.desc(), AnnouncementRow.id.desc()).limit(limit)
        return [self._read(row) for row in await self._statements.all(newest)]

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """Names another organiser where this one was named."""
        for column in (AnnouncementRow.author_id, AnnouncementRow.asked_by, AnnouncementRow.decided_by):
            theirs = update(AnnouncementRow).where(self._here(), column == author)
            await self._statements.write(theirs.values({column: another}))

    async def forget_drafts_before(self, at: datetime, asked: datetime) -> int:
        """Removes old drafts."""
        unsent = AnnouncementRow.state.in_([AnnouncementState.DRAFT.value, AnnouncementState.AWAITING.value])
        old = and_(AnnouncementRow.asked_by.is_(None), AnnouncementRow.created_at < at)
        return await self._statements.write(
            delete(AnnouncementRow).where(self._here(), unsent, or_(old, AnnouncementRow.created_at < asked))
        )

    def _here(self) -> ColumnElement[bool]:
        return AnnouncementRow.workspace_id == self._workspace

    def _meant(self, announcement: AnnouncementId) -> ColumnElement[bool]:
        return self._here() & (AnnouncementRow.id == announcement)

    def _values(self, announcement: Announcement) -> Values:
        return {
            "workspace_id": self._workspace,
            "id": announcement.id,
            "author_id": announcement.author,
            "text_sealed": self._seal.close(announcement.text),
            "audience": announcement.audience.stored(),
            "plan": announcement.plan.stored(),
            "choices": [plan.stored() for plan in announcement.choices],
            "question": announcement.question,
            "state": announcement.state.value,
            "schedule_id": announcement.schedule,
            "replaces": announcement.replaces,
            "revision": announcement.revision,
            "version": announcement.version,
            "created_at": announcement.created_at,
            "waits": announcement.waits.value,
            "asked_by": announcement.asked_by,
            "decided_by": announcement.decided_by,
            "corrects": announcement.corrects,
            "declined_sealed": self._seal.close(announcement.declined) if announcement.declined else "",
        }

    def _read(self, row: AnnouncementRow) -> Announcement:
        return Announcement(
            id=AnnouncementId(row.id),
            author=MemberId(row.author_id),
            text=self._seal.open(row.text_sealed),
            audience=audience_from(row.audience),
            created_at=row.created_at,
            plan=plan_from(row.plan),
            choices=tuple(plan_from(one) for one in row.choices),
            question=row.question,
            state=AnnouncementState(row.state),
            schedule=None if row.schedule_id is None else ScheduleId(row.schedule_id),
            replaces=None if row.replaces is None else AnnouncementId(row.replaces),
            revision=row.revision,
            version=row.version,
            waits=Waits(row.waits),
            asked_by=None if row.asked_by is None else MemberId(row.asked_by),
            decided_by=None if row.decided_by is None else MemberId(row.decided_by),
            corrects=None if row.corrects is None else AnnouncementId(row.corrects),
            declined=self._seal.open(row.declined_sealed) if row.declined_sealed else "",
        )
