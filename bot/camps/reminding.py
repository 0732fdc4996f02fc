"""Reminders by rule: planned as schedules with the camp, moved when it moves, and sent only to those whom they concern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from bot.camps.domain import Answer, Camp, CampState, Reminder, Signup
from bot.camps.handover.scheduling import hand_over, hand_over_later
from bot.camps.outgoing import question_for, question_key, reminder_for, reminder_key
from bot.camps.places import still_open
from bot.camps.seeing import Seen, seen
from bot.errors import Conflict, phrase
from bot.identity import CampId, MemberId, ScheduleId, WorkspaceId, new_id
from bot.ports import Clock, UnitOfWork, Units
from bot.schedules.domain import CatchUp, OccurrenceState, Schedule, ScheduleKind
from bot.schedules.rules import planned
from bot.schedules.service import Expander

_CAMP, _WHAT = "camp", "what"
_OVER = "over"
_DAYS_BEFORE = {Reminder.FORTNIGHT: 14, Reminder.TWO_DAYS: 2}
_BY_DAY = time(9)
_MORNING = time(7)
_AWAKE = timedelta(hours=1)  # a camp that begins early sends its morning's word so long before
SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Due:
    """The next reminder, and whom it concerns who has not had it. ``next_at``: when it goes by itself, None where it does not.
    ``unsettled``: who has not said yes or no, and was not asked by hand today."""

    seen: Seen
    reminder: Reminder
    members: Sequence[MemberId]
    next_at: datetime | None
    unsettled: Sequence[MemberId] = ()


def reminds_at(camp: Camp, reminder: Reminder) -> datetime:
    """When a reminder goes: wall time of the camp's zone."""
    first = datetime.combine(camp.day, camp.first())
    match reminder:
        case Reminder.SOON:
            return datetime.combine(camp.day, camp.opens()) - SOON
        case Reminder.MORNING:
            return min(datetime.combine(camp.day, _MORNING), first - _AWAKE)
        case _:
            return datetime.combine(camp.day - timedelta(days=_DAYS_BEFORE[reminder]), _BY_DAY)


def concerned(reminder: Reminder, signups: Sequence[Signup]) -> Sequence[MemberId]:
    """Whom a reminder is for: 14 days before, those who have not settled; later, those who have a seat."""
    if reminder is Reminder.FORTNIGHT:
        return [one.member for one in signups if one.answer in {Answer.NONE, Answer.MAYBE}]
    return [one.member for one in signups if one.comes()]


async def replan(work: UnitOfWork, camp: Camp, now: datetime) -> Camp:
    """The camp with its schedules as they have to be now: what is past, switched off or moved is taken away, the rest is there.
    One that stays at its time stays the same, so that it happens once."""
    kept: dict[str, ScheduleId] = {}
    wanted = _wanted(camp)
    for name, schedule in camp.schedules.items():
        there = await work.schedules.get(schedule)
        meant = wanted.get(name)
        if there is None or meant is None or _times(there) != _times(meant):
            await work.schedules.remove(schedule)
        else:
            kept[name] = schedule
    for name, meant in wanted.items():
        if name in kept:
            continue
        fresh = planned(meant, now)
        if fresh.next_at is not None:
            await work.schedules.put(fresh)
            kept[name] = fresh.id
    return replace(camp, schedules=kept)


def _wanted(camp: Camp) -> Mapping[str, Schedule]:
    if camp.state is not CampState.PLANNED:
        return {}
    found = {
        one.value: _schedule(
            camp,
            ScheduleKind.CAMP_REMINDER,
            one.value,
            reminds_at(camp, one),
            camp.wall(camp.last_call(one)),
        )
        for one in Reminder
        if one not in camp.silent
    }
    over = camp.wall(camp.ends)
    return {**found, _OVER: _schedule(camp, ScheduleKind.CAMP_OVER, _OVER, over, None)}


def _schedule(camp: Camp, kind: ScheduleKind, what: str, start: datetime, not_after: datetime | None) -> Schedule:
    return Schedule(
        id=ScheduleId(new_id()),
        kind=kind,
        zone=camp.zone,
        start=start,
        catch_up=CatchUp.ALWAYS,
        details={_CAMP: str(camp.id), _WHAT: what},
        created_by=camp.author,
        not_after=not_after,
    )


def _times(schedule: Schedule) -> tuple[object, ...]:
    return schedule.start, schedule.zone, schedule.not_after


async def remind(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """A reminder comes due: one message to each whom it concerns."""
    camp = await work.camps.get(CampId(UUID(schedule.details[_CAMP])))
    reminder = Reminder(schedule.details[_WHAT])
    if camp is None or camp.state is not CampState.PLANNED or now >= camp.instant(camp.last_call(reminder)):
        return
    latest = await work.schedules.occurrences(schedule.id, 2)
    occurrence = next(one.id for one in latest if one.state is OccurrenceState.DONE)
    members = concerned(reminder, await work.camps.signups(camp.id))
    await work.deliveries.add([reminder_for(camp, reminder, member, now, occurrence) for member in members])


async def end(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """The camp is over."""
    camp = await work.camps.get(CampId(UUID(schedule.details[_CAMP])))
    if camp is not None and camp.state is CampState.PLANNED and now >= camp.ends_at():
        await work.camps.put(replace(camp, state=CampState.HELD, schedules={}))
        await hand_over_later(work, camp, now)


EXPANDERS: Mapping[ScheduleKind, Expander] = {
    ScheduleKind.CAMP_REMINDER: remind,
    ScheduleKind.CAMP_OVER: end,
    ScheduleKind.CAMP_HAND_OVER: hand_over,
}


@dataclass(frozen=True, slots=True)
class Reminding:
    """What organisers do about reminders."""

    units: Units
    clock: Clock

    async def due(self, workspace: WorkspaceId, camp: CampId, organiser: MemberId) -> Due:
        """The next reminder, to whom it would go now, and who has not settled yet. Raises NotThere."""
        now = self.clock.now()
        async with self.units(workspace, reading=True) as work:
            return await _due(work, await still_open(work, camp, now), organiser, now)

    async def send(self, workspace: WorkspaceId, camp: CampId, reminder: Reminder, organiser: MemberId) -> int:
        """Sends a reminder now to those whom it concerns and who have not had it. Returns how many that are. Raises Conflict
        where another one is the next by now, NotThere where the camp is over."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            found = await _due(work, await still_open(work, camp, now), organiser, now)
            if found.reminder is not reminder:
                raise Conflict(phrase("Another reminder is the next one by now. Look at it once more."))
            sent = await work.deliveries.add([reminder_for(found.seen.camp, reminder, m, now) for m in found.members])
            await work.commit()
        return sent

    async def ask(self, workspace: WorkspaceId, camp: CampId, organiser: MemberId) -> int:
        """Asks those who have not settled once more, at most once a day. Returns how many were asked."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            found = await _due(work, await still_open(work, camp, now), organiser, now)
            asked = await work.deliveries.add([question_for(found.seen.camp, m, now) for m in found.unsettled])
            await work.commit()
        return asked

    async def switch(self, workspace: WorkspaceId, camp: CampId, reminder: Reminder, *, on: bool) -> Camp:
        """Switches one reminder of one camp on or off."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            found = await still_open(work, camp, now)
            silent = found.silent - {reminder} if on else found.silent | {reminder}
            after = await replan(work, replace(found, silent=silent), now)
            await work.camps.put(after)
            await work.commit()
        return after


async def _due(work: UnitOfWork, camp: Camp, organiser: MemberId, now: datetime) -> Due:
    wall = now.astimezone(camp.starts_at().tzinfo).replace(tzinfo=None)
    reminder = next((one for one in Reminder if reminds_at(camp, one) > wall), Reminder.SOON)
    planned_for = camp.schedules.get(reminder.value)
    schedule = None if planned_for is None else await work.schedules.get(planned_for)
    signups = await work.camps.signups(camp.id)
    concerns = {member: reminder_key(camp, reminder, member) for member in concerned(reminder, signups)}
    unsettled = {member: question_key(camp, member, now) for member in concerned(Reminder.FORTNIGHT, signups)}
    return Due(
        seen=await seen(work, camp, organiser),
        reminder=reminder,
        members=await _left(work, concerns),
        next_at=None if schedule is None else schedule.next_at,
        unsettled=await _left(work, unsettled),
    )


async def _left(work: UnitOfWork, keys: Mapping[MemberId, str]) -> Sequence[MemberId]:
    """Those to whom nothing was written with their key."""
    written = await work.deliveries.by_keys(list(keys.values()))
    return [member for member, key in keys.items() if key not in written]
