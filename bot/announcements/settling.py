"""An announcement is settled as it was seen: it goes at once or at its time, and the one whose place it takes does not."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.announcements.domain import NOW, Announcement, AnnouncementState
from bot.announcements.seeing import first_time
from bot.announcements.sending import schedule_of
from bot.announcements.telling import amend_owner
from bot.errors import NotThere, NotUnderstood, Phrase, phrase
from bot.identity import Address, AnnouncementId
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule

# So long after its time a press still means what it says.
_STILL_FINE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """It is settled. ``count`` readers as of now; ``at_once``: it is on its way; ``late``: its time had just passed.

    ``alone``: a second organiser would have to approve of it, but there is none."""

    announcement: Announcement
    next_at: datetime
    count: int
    at_once: bool = False
    late: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """Its time is over, so nothing was done."""

    announcement: Announcement
    at: datetime


async def settle(
    work: UnitOfWork, draft: Announcement, now: datetime, count: int, shown: Address | None = None
) -> Scheduled:
    """Plans it and writes it down, where its time has not :func:`passed`; ``shown`` is the message that tells of it from now
    on. Raises NotThere where the one whose place it takes has gone out meanwhile."""
    first = first_time(draft.plan, now)
    late = first is None
    plan = NOW if late else draft.plan
    if draft.replaces is not None:
        await cancel(work, await there(work, draft.replaces), now, shown)
    settled = schedule_of(draft, plan, now)
    await work.schedules.put(settled)
    written = replace(draft, state=AnnouncementState.SCHEDULED, schedule=settled.id, replaces=None, declined="")
    await work.announcements.put(written)
    return Scheduled(written, first or now, count, plan.start is None, late)


def passed(draft: Announcement, now: datetime) -> Passed | None:
    """Whether its time is over for good. Raises NotUnderstood for a repetition without a next time."""
    plan = draft.plan
    if first_time(plan, now) is not None:
        return None
    if plan.start is None or plan.repeats():
        raise NotUnderstood(phrase("That repeat never happens. Choose another day or interval."))
    at = plan.instant(plan.start)
    return Passed(draft, at) if now - at > _STILL_FINE else None


async def there(work: UnitOfWork, announcement: AnnouncementId) -> Announcement:
    """One announcement. Raises NotThere."""
    found = await work.announcements.get(announcement)
    if found is None:
        raise NotThere(gone())
    return found


async def to_come(work: UnitOfWork, announcement: Announcement) -> Schedule:
    """The schedule of one that still has something to send. Raises NotThere for the others."""
    schedule = None if announcement.schedule is None else await work.schedules.get(announcement.schedule)
    if announcement.state is not AnnouncementState.SCHEDULED or schedule is None or schedule.next_at is None:
        raise NotThere(over())
    return schedule


async def cancel(work: UnitOfWork, announcement: Announcement, now: datetime, shown: Address | None = None) -> None:
    """Nothing more of it goes out; what it sent before stays to be read. ``shown``: a message that tells of another one by
    now. Raises NotThere where nothing more would."""
    await work.schedules.remove((await to_come(work, announcement)).id)
    await work.announcements.put(replace(announcement, state=AnnouncementState.CANCELLED))
    await amend_owner(work, announcement, now, shown)


def gone() -> Phrase:
    """That there is no such announcement."""
    return phrase("That announcement is not there any more.")


def over() -> Phrase:
    """That nothing is left to change."""
    return phrase("Nothing more of it will go out, so there is nothing to change or to cancel.")
