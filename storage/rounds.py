"""Rounds with their introductions, and schedules with their occurrences, kept in rows."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, delete, exists, func, not_, select, update

from bot.identity import IntroId, MemberId, RoundId, ScheduleId, WorkspaceId, first_id_at
from bot.introductions.domain import Intro, IntroState, Round
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind
from storage import rounds_mapping as mapping
from storage.rows import IntroPartRow, IntroRow, OccurrenceRow, RoundRow, ScheduleRow
from storage.statements import Statements, in_parts

_log = logging.getLogger(__name__)


class StoredRounds:
    """Implements :class:`bot.ports.Rounds`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def add(self, round_: Round) -> None:
        """A new round. Raises Taken if its number is."""
        await self._statements.insert(RoundRow, [mapping.round_values(self._workspace, round_)])

    async def put(self, round_: Round) -> None:
        """Writes a round that changed."""
        await self._statements.upsert(RoundRow, [mapping.round_values(self._workspace, round_)])

    async def get(self, round_: RoundId) -> Round | None:
        """One round."""
        row = await self._statements.first(self._rounds().where(RoundRow.id == round_))
        return None if row is None else mapping.round_from(row)

    async def latest(self, limit: int = 20) -> Sequence[Round]:
        """Newest first."""
        rows = await self._statements.all(self._rounds().order_by(RoundRow.number.desc()).limit(limit))
        return [mapping.round_from(row) for row in rows]

    async def add_intros(self, intros: Sequence[Intro]) -> None:
        """New introductions, many at once."""
        await self._statements.insert(IntroRow, [mapping.intro_values(self._workspace, intro) for intro in intros])
        await self._put_parts(intros)

    async def remove_planned(self, round_: RoundId) -> None:
        """Takes away what nobody knows of yet."""
        planned = self._intros().where(IntroRow.round_id == round_, IntroRow.state == IntroState.PLANNED.value)
        await self._remove_parts([row.id for row in await self._statements.all(planned)])
        await self._statements.write(
            delete(IntroRow).where(
                IntroRow.workspace_id == self._workspace,
                IntroRow.round_id == round_,
                IntroRow.state == IntroState.PLANNED.value,
            )
        )

    async def put_intro(self, intro: Intro) -> None:
        """Writes an introduction that changed, and exactly these parts."""
        await self._statements.upsert(IntroRow, [mapping.intro_values(self._workspace, intro)])
        await self._remove_parts([intro.id])
        await self._put_parts([intro])

    async def intro(self, intro: IntroId, *, for_change: bool = False) -> Intro | None:
        """One introduction; ``for_change`` locks its row on PostgreSQL, SQLite has one writer at a time anyway."""
        query = self._intros().where(IntroRow.id == intro)
        found = await self._found(query.with_for_update() if for_change else query)
        return found[0] if found else None

    async def intros_of(self, round_: RoundId) -> Sequence[Intro]:
        """A round's introductions."""
        return await self._found(self._intros().where(IntroRow.round_id == round_).order_by(IntroRow.id))

    async def intros_with(self, member: MemberId, limit: int = 50) -> Sequence[Intro]:
        """A member's introductions, newest first."""
        mine = select(IntroPartRow.intro_id).where(
            IntroPartRow.workspace_id == self._workspace, IntroPartRow.member_id == member
        )
        newest = self._intros().where(IntroRow.id.in_(mine)).order_by(IntroRow.created_at.desc(), IntroRow.id.desc())
        return await self._found(newest.limit(limit))

    async def intros_since(self, since: datetime) -> Sequence[Intro]:
        """Those made at or after a time, oldest first."""
        return await self._found(self._oldest_first().where(IntroRow.created_at >= since))

    async def intros_in(self, states: Sequence[IntroState]) -> Sequence[Intro]:
        """Those in one of these states, oldest first."""
        return await self._found(self._oldest_first().where(IntroRow.state.in_([state.value for state in states])))

    def _rounds(self) -> Select[RoundRow]:
        return select(RoundRow).where(RoundRow.workspace_id == self._workspace)

    def _intros(self) -> Select[IntroRow]:
        return select(IntroRow).where(IntroRow.workspace_id == self._workspace)

    def _oldest_first(self) -> Select[IntroRow]:
        return self._intros().order_by(IntroRow.created_at, IntroRow.id)

    async def _found(self, query: Select[IntroRow]) -> Sequence[Intro]:
        rows = await self._statements.all(query)
        parts: defaultdict[UUID, list[IntroPartRow]] = defaultdict(list)
        for some in in_parts([row.id for row in rows]):
            theirs = select(IntroPartRow).where(
                IntroPartRow.workspace_id == self._workspace, IntroPartRow.intro_id.in_(some)
            )
            for part in await self._statements.all(theirs.order_by(IntroPartRow.position)):
                parts[part.intro_id].append(part)
        return [mapping.intro_from(row, parts[row.id]) for row in rows]

    async def _put_parts(self, intros: Sequence[Intro]) -> None:
        values = [values for intro in intros for values in mapping.part_values(self._workspace, intro)]
        await self._statements.insert(IntroPartRow, values)

    async def _remove_parts(self, intros: Sequence[UUID]) -> None:
        for part in in_parts(intros):
            await self._statements.write(
                delete(IntroPartRow).where(
                    IntroPartRow.workspace_id == self._workspace, IntroPartRow.intro_id.in_(part)
                )
            )


class StoredSchedules:
    """Implements :class:`bot.ports.Schedules`. ``wrote`` is set once something changed that may be due."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace
        self.wrote = False

    async def put(self, schedule: Schedule) -> None:
        """Adds a schedule or writes it anew."""
        self.wrote = True
        await self._statements.upsert(ScheduleRow, [mapping.schedule_values(self._workspace, schedule)])
        if schedule.next_at is not None:
            # By this line what happens at that time is found from what planned it: the two have different traces.
            _log.info("Schedule %s (%s) comes due at %s", schedule.id, schedule.kind.value, schedule.next_at)

    async def get(self, schedule: ScheduleId) -> Schedule | None:
        """One schedule."""
        row = await self._statements.first(self._schedules().where(ScheduleRow.id == schedule))
        return None if row is None else mapping.schedule_from(row)

    async def remove(self, schedule: ScheduleId) -> None:
        """Takes a schedule away; what became of its occurrences stays to be read."""
        await self._statements.write(
            delete(ScheduleRow).where(ScheduleRow.workspace_id == self._workspace, ScheduleRow.id == schedule)
        )

    async def every(self) -> Sequence[Schedule]:
        """All schedules, oldest first."""
        rows = await self._statements.all(self._schedules().order_by(ScheduleRow.id))
        return [mapping.schedule_from(row) for row in rows]

    async def due(self, now: datetime, limit: int = 100) -> Sequence[Schedule]:
        """Those whose time has come, the longest overdue first, locked; other processes go past them."""
        # What only a newer version knows is left to a process of that version.
        known = ScheduleRow.kind.in_([*ScheduleKind]), ScheduleRow.catch_up.in_([*CatchUp])
        query = (
            self._schedules().where(ScheduleRow.next_at <= now, *known).order_by(ScheduleRow.next_at, ScheduleRow.id)
        )
        rows = await self._statements.all(query.limit(limit).with_for_update(skip_locked=True))
        return [mapping.schedule_from(row) for row in rows]

    async def next_at(self) -> datetime | None:
        """The earliest time that anything is due."""
        return await self._statements.first(
            select(func.min(ScheduleRow.next_at)).where(ScheduleRow.workspace_id == self._workspace)
        )

    async def add_occurrence(self, occurrence: Occurrence) -> bool:
        """False if this schedule's nominal time was there already."""
        values = mapping.occurrence_values(self._workspace, occurrence)
        return await self._statements.upsert(OccurrenceRow, [values], renew=False) == 1

    async def occurrences(self, schedule: ScheduleId, limit: int = 20) -> Sequence[Occurrence]:
        """What became of a schedule, newest first."""
        query = select(OccurrenceRow).where(
            OccurrenceRow.workspace_id == self._workspace, OccurrenceRow.schedule_id == schedule
        )
        newest = query.order_by(OccurrenceRow.at.desc(), OccurrenceRow.id.desc()).limit(limit)
        return [mapping.occurrence_from(row) for row in await self._statements.all(newest)]

    async def recorded_after(self, at: datetime) -> Sequence[Schedule]:
        """Those of which an occurrence was recorded later, oldest first."""
        theirs = select(OccurrenceRow.schedule_id).where(
            OccurrenceRow.workspace_id == self._workspace, OccurrenceRow.at > at
        )
        rows = await self._statements.all(self._schedules().where(ScheduleRow.id.in_(theirs)).order_by(ScheduleRow.id))
        return [mapping.schedule_from(row) for row in rows]

    async def take_back(self, after: datetime) -> Sequence[Occurrence]:
        """Removes what was recorded later as left out, and returns it."""
        meant = and_(
            OccurrenceRow.workspace_id == self._workspace,
            OccurrenceRow.at > after,
            OccurrenceRow.state == OccurrenceState.SKIPPED.value,
        )
        gone = [mapping.occurrence_from(row) for row in await self._statements.all(select(OccurrenceRow).where(meant))]
        await self._statements.write(delete(OccurrenceRow).where(meant))
        return gone

    async def forget_before(self, at: datetime, limit: int) -> int:
        """Removes old occurrences, and schedules that are over for as long."""
        here = OccurrenceRow.workspace_id == self._workspace
        old = select(OccurrenceRow.id).where(here, OccurrenceRow.at < at).order_by(OccurrenceRow.at).limit(limit)
        gone = await self._statements.write(delete(OccurrenceRow).where(here, OccurrenceRow.id.in_(old)))
        theirs = exists().where(here, OccurrenceRow.schedule_id == ScheduleRow.id).correlate(ScheduleRow)
        over = and_(
            ScheduleRow.workspace_id == self._workspace,
            ScheduleRow.next_at.is_(None),
            ScheduleRow.id < first_id_at(at),
            not_(theirs),
        )
        return gone + await self._statements.write(delete(ScheduleRow).where(over))

    async def move(self, schedule: Schedule, next_at: datetime) -> bool:
        """Changes when a schedule comes due next, unless somebody else did."""
        self.wrote = True
        meant = update(ScheduleRow).where(
            ScheduleRow.workspace_id == self._workspace,
            ScheduleRow.id == schedule.id,
            ScheduleRow.next_at.is_not_distinct_from(schedule.next_at),
        )
        return await self._statements.write(meant.values(next_at=next_at)) == 1

    def _schedules(self) -> Select[ScheduleRow]:
        return select(ScheduleRow).where(ScheduleRow.workspace_id == self._workspace)
