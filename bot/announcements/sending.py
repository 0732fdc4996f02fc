"""An announcement comes due: its occurrence becomes one delivery a reader, in the unit of work that records it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.announcements.domain import Announcement, AnnouncementState, Plan
from bot.announcements.outgoing import copy_for, post_in
from bot.announcements.quiet import awake_from
from bot.announcements.seeing import readers, zone_of
from bot.announcements.telling import tell_missed, tell_progress
from bot.identity import AnnouncementId, ScheduleId, new_id
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind
from bot.schedules.missed import AT_ONCE
from bot.schedules.rules import planned

_ANNOUNCEMENT = "announcement"
_AHEAD = timedelta(seconds=1)
# One that ended by a clock that was wrong may still have times to come.
_MAY_GO = frozenset({AnnouncementState.SCHEDULED, AnnouncementState.ENDED})


def schedule_of(announcement: Announcement, plan: Plan, now: datetime) -> Schedule:
    """The schedule of an announcement. At once is a time that has just come, so that all goes the same way."""
    start = plan.start or now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.ANNOUNCEMENT,
        zone=plan.zone,
        start=start,
        rule=plan.rule,
        catch_up=CatchUp.WITHIN_SIX_HOURS,
        details={_ANNOUNCEMENT: str(announcement.id)} | ({AT_ONCE: "yes"} if plan.start is None else {}),
        created_by=announcement.author,
    )
    return planned(schedule, now - _AHEAD)


async def expand(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """One copy for each reader whom the audience means now. After its last time the announcement is over."""
    announcement = await work.announcements.get(AnnouncementId(UUID(schedule.details[_ANNOUNCEMENT])))
    occurrence = await _occurrence(work, schedule)
    if announcement is None or announcement.state not in _MAY_GO:
        return
    members, channels = await readers(work, announcement), announcement.audience.channels
    zone = (await work.vocabulary.options()).timezone
    awake = [awake_from(now, zone_of(member, zone), announcement.waits) for member in members]
    # Before the copies, so that its owner reads it before a copy of their own.
    await tell_progress(work, announcement, occurrence, [*awake, *(now for _ in channels)], now)
    posts = [post_in(announcement.id, occurrence, channel, now) for channel in channels]
    copies = [
        copy_for(announcement.id, occurrence, member.id, now, at) for member, at in zip(members, awake, strict=True)
    ]
    await work.deliveries.add([*posts, *copies])
    state = AnnouncementState.SCHEDULED if schedule.next_at else AnnouncementState.ENDED
    if state is not announcement.state:
        await work.announcements.put(replace(announcement, state=state))


async def left_out(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """Its time came while nothing ran, and now it is too late."""
    announcement = await work.announcements.get(AnnouncementId(UUID(schedule.details[_ANNOUNCEMENT])))
    latest = await work.schedules.occurrences(schedule.id, 1)
    if announcement is not None and announcement.state in _MAY_GO and latest:
        await tell_missed(work, announcement, latest[0], now)


async def _occurrence(work: UnitOfWork, schedule: Schedule) -> Occurrence:
    """The one that was just recorded."""
    latest = await work.schedules.occurrences(schedule.id, 2)
    return next(one for one in latest if one.state is OccurrenceState.DONE)
