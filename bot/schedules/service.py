"""The timekeeper: turns what came due into what it causes, once, whatever happens to the machine.

The occurrence, what it causes, and the schedule's next time commit together. The unique key of the occurrence is what
makes it happen once; a crash before the commit leaves everything as it was, and the next tick does it again.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import TypeAlias

from bot.deliveries.traces import trace_of
from bot.errors import Phrase
from bot.identity import OccurrenceId, ScheduleId, WorkspaceId, new_id
from bot.metrics import UNMETERED, Meters
from bot.ports import Clock, UnitOfWork, Units, WorkspaceDirectory
from bot.schedules.domain import Occurrence, OccurrenceState, Schedule, ScheduleKind
from bot.schedules.mending import APART, put_right
from bot.schedules.missed import IN_TIME, as_wished, judged
from bot.schedules.rules import Due, came_due, next_after
from bot.traces import tracing

_log = logging.getLogger(__name__)
_FEW, _BATCH = 10, 100
_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_REST = timedelta(seconds=15)
_LOOKS_EVERY = timedelta(hours=1)

# What an occurrence does, in the unit of work that records it. The time is the present, which may be later than the one
# that was planned. The schedule's ``next_at`` has been moved already; an expander that writes the schedule keeps it.
Expander: TypeAlias = Callable[[UnitOfWork, Schedule, datetime], Awaitable[None]]
# Thinks before the unit of work begins, for as long as it takes, and gives the expander that then only writes.
Preparer: TypeAlias = Callable[[WorkspaceId, Schedule, datetime], Awaitable[Expander]]


@dataclass(slots=True)
class _Trouble:
    """A schedule that could not be expanded: how often by now, and when it is tried again."""

    failures: int
    until: datetime


class Timekeeper:
    """Expands due schedules. Any number may run: a schedule that one of them holds is skipped by the others. ``missed``: what is
    done for a kind where something came due and nothing of it happens, since it would have been too late."""

    def __init__(
        self,
        units: Units,
        directory: WorkspaceDirectory,
        clock: Clock,
        expanders: Mapping[ScheduleKind, Expander],
        preparers: Mapping[ScheduleKind, Preparer] | None = None,
        meters: Meters = UNMETERED,
        missed: Mapping[ScheduleKind, Expander] | None = None,
    ) -> None:
        self._units = units
        self._directory = directory
        self._clock = clock
        self._expanders = expanders
        self._preparers = preparers or {}
        self._meters = meters
        self._missed = missed or {}
        self._troubled: dict[ScheduleId, _Trouble] = {}
        self._ticked: datetime | None = None
        self._looked: datetime | None = None

    async def tick(self) -> int:
        """Handles everything that is due now, each schedule in a transaction of its own. Returns how many were handled."""
        now = self._clock.now()
        await self._doubt_the_clock(now)
        handled = 0
        for workspace in await self._directory.with_due_schedules(now):
            seen: set[ScheduleId] = set()
            while await self._traced(workspace, now, seen):
                handled += 1
        return handled

    async def rest(self) -> timedelta:
        """How long nothing will be due, 15 s at most. Overdue schedules are being handled elsewhere, or are in trouble."""
        earliest = await self._directory.next_schedule_at()
        if earliest is None:
            return _LONGEST_REST
        left = earliest - self._clock.now()
        return min(left, _LONGEST_REST) if left > timedelta(0) else _LONGEST_REST

    async def _doubt_the_clock(self, now: datetime) -> None:
        """Mends what a clock that was ahead did: at the start, when the clock went back, and each hour, since the clock may
        have been another machine's."""
        went_back = self._ticked is not None and now < self._ticked - APART
        self._ticked = now
        if went_back or self._looked is None or now - self._looked >= _LOOKS_EVERY:
            self._looked = now
            try:
                await put_right(self._units, self._directory, now)
            except Exception as error:  # noqa: BLE001 - the next hour looks again; what is due is due all the same
                _log.error("What a wrong clock did could not be looked for: %s", trace_of(error))

    async def _traced(self, workspace: WorkspaceId, now: datetime, seen: set[ScheduleId]) -> bool:
        with tracing():
            return await self._one(workspace, now, seen)

    async def _one(self, workspace: WorkspaceId, now: datetime, seen: set[ScheduleId]) -> bool:
        """Handles one due schedule that was not seen in this tick. False when there is none left."""
        schedule: Schedule | None = None
        try:
            async with self._units(workspace) as work:
                schedule = await self._longest_overdue(work, now, seen)
                if schedule is None:
                    return False
                seen.add(schedule.id)
                prepare = self._preparers.get(schedule.kind)
                if prepare is None:
                    await self._expand(work, schedule, now, self._expanders[schedule.kind])
                    await work.commit()
            if prepare is not None:
                await self._expand_prepared(workspace, schedule, now, prepare)
        except Exception as error:  # noqa: BLE001 - one schedule's trouble must not stop the others
            if schedule is None:
                _log.error("Workspace %s: the schedules cannot be read: %s", workspace, trace_of(error))
                return False
            self._note_trouble(schedule, now, error)
            return True
        self._troubled.pop(schedule.id, None)
        return True

    async def _longest_overdue(self, work: UnitOfWork, now: datetime, seen: set[ScheduleId]) -> Schedule | None:
        """The first that was not seen in this tick and is in no trouble. A few are read at a time, since each that is read
        is locked until the end, and after a long stop thousands may be due."""
        limit = _FEW
        while True:
            due = await work.schedules.due(now, limit)
            found = next((one for one in due if one.id not in seen and not self._rests(one.id, now)), None)
            if found is not None or len(due) < limit:
                return found
            limit *= 4

    async def _expand_prepared(
        self, workspace: WorkspaceId, schedule: Schedule, now: datetime, prepare: Preparer
    ) -> None:
        expander = await prepare(workspace, schedule, now)
        async with self._units(workspace) as work:
            due = await work.schedules.due(now, _BATCH + len(self._troubled))
            # Another process may have handled it meanwhile, or somebody may have changed it.
            if schedule in due:
                await self._expand(work, schedule, now, expander)
                await work.commit()

    async def _expand(self, work: UnitOfWork, schedule: Schedule, now: datetime, expander: Expander) -> None:
        following = next_after(schedule, now)
        moved = replace(schedule, next_at=None if following is None else following.at)
        due = came_due(schedule, now)
        await work.schedules.put(moved)
        missed = len(due) > 1 or any(now - one.at > IN_TIME for one in due)
        wished = as_wished(schedule, await work.vocabulary.options()) if missed else schedule
        every = judged(wished, due, now)
        for one, later in zip_longest(every, every[1:]):
            state = OccurrenceState.DONE if one.happens else OccurrenceState.SKIPPED
            if await self._record(work, schedule, one.due, state, one.reason, now) and one.happens:
                # Where each of them happens, only the last one has nothing but the future after it.
                await expander(work, moved if later is None else replace(moved, next_at=later.due.at), now)
        if every and not any(one.happens for one in every) and schedule.kind in self._missed:
            await self._missed[schedule.kind](work, moved, now)

    async def _record(
        self,
        work: UnitOfWork,
        schedule: Schedule,
        due: Due,
        state: OccurrenceState,
        reason: Phrase | None,
        now: datetime,
    ) -> bool:
        """Writes the occurrence; its reason is a key of the catalogue. False if it was there already."""
        told = "" if reason is None else reason.message
        occurrence = Occurrence(OccurrenceId(new_id()), schedule.id, due.nominal, state, told, now)
        added = await work.schedules.add_occurrence(occurrence)
        if added:
            late = (self._clock.now() - due.at).total_seconds()
            self._meters.came_due(schedule.kind.value, state.value, late)
            _log.info("Schedule %s (%s) at %s: %s", schedule.id, schedule.kind.value, due.nominal, state.value)
        return added

    def _rests(self, schedule: ScheduleId, now: datetime) -> bool:
        trouble = self._troubled.get(schedule)
        return trouble is not None and now < trouble.until

    def _note_trouble(self, schedule: Schedule, now: datetime, error: Exception) -> None:
        known = self._troubled.get(schedule.id)
        failures = 1 if known is None else known.failures + 1
        pause = min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE)
        self._troubled[schedule.id] = _Trouble(failures, now + pause)
        _log.error("Schedule %s (%s) failed: %s", schedule.id, schedule.kind.value, trace_of(error))
