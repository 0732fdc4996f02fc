"""What an organiser sees of announcements, as values: a preview, the list, and the ledger of one. Read, never written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.announcements.campers import answered
from bot.announcements.domain import Announcement, AnnouncementState, Plan
from bot.announcements.outgoing import post_key
from bot.announcements.quiet import Waits, awake_from, is_day_off, is_night
from bot.announcements.telling import approvers
from bot.deliveries.domain import DeliveryState, ToMember, ToPlace
from bot.deliveries.undelivered import Undelivered
from bot.errors import Phrase
from bot.identity import MemberId
from bot.members.domain import Member, Sector, Theme
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule
from bot.schedules.rules import occurrences
from bot.times import known_zone

_LOST_SHOWN = 20
_ON_THEIR_WAY = (DeliveryState.WAITING, DeliveryState.SENDING)
_TIMES_SHOWN = 10


class Approval(StrEnum):
    """Whether a second organiser will be asked first. ``ALONE``: the academy wants that, but there is none."""

    NO = "no"
    ASKED = "asked"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would go out now. ``at_night`` and ``on_days_off``: for how many of the ``count`` readers it is that,
    who get it all the same; ``held``: for how many it waits, ``held_until`` then if that is
    the same moment for all of those. ``muted``: so many more are meant, but want no announcements.
    """

    announcement: Announcement
    author: Member | None
    names: "AudienceNames"
    count: int
    at_night: int = 0
    on_days_off: int = 0
    muted: int = 0
    held: int = 0
    held_until: datetime | None = None
    approval: Approval = Approval.NO
    told: Phrase | None = None

    def reaches_nobody(self) -> bool:
        """Whether neither a person nor a channel would get it."""
        return not self.count and not self.announcement.audience.channels


@dataclass(frozen=True, slots=True)
class AudienceNames:
    """What sectors and themes are called."""

    sectors: Mapping[str, Sector]
    themes: Mapping[str, Theme]


@dataclass(frozen=True, slots=True)
class Listed:
    """One announcement in the list. ``next_at``: when it goes out next, None once nothing more of it will. ``going``: copies of
    the last time have still to arrive."""

    announcement: Announcement
    next_at: datetime | None
    last: Occurrence | None = None
    going: bool = False

    def awaits(self) -> bool:
        """Whether a second organiser has still to approve of it."""
        return self.announcement.state is AnnouncementState.AWAITING

    def is_to_come(self) -> bool:
        """Whether there is something left to cancel or to change."""
        return self.announcement.state is AnnouncementState.SCHEDULED and self.next_at is not None


@dataclass(frozen=True, slots=True)
class Gone:
    """One time at which it was to go out, and ``at`` what instant: how many copies in which state, and what was lost.

    ``asleep``: when each of those goes that waits until its reader is awake. ``posted``: the channels where it stands, which
    are not counted among the copies."""

    occurrence: Occurrence
    at: datetime
    states: Mapping[DeliveryState, int] = field(default_factory=dict[DeliveryState, int])
    lost: Sequence[Undelivered] = ()
    asleep: Sequence[datetime] = ()
    posted: Sequence[str] = ()

    def was_skipped(self) -> bool:
        """Whether nothing went out then."""
        return self.occurrence.state is OccurrenceState.SKIPPED

    def waiting(self) -> int:
        """How many are still on their way, or wait for the morning."""
        return self.states.get(DeliveryState.WAITING, 0) + self.states.get(DeliveryState.SENDING, 0)

    def sleeping(self, now: datetime) -> int:
        """How many of those wait for the morning."""
        return sum(at > now for at in self.asleep)


@dataclass(frozen=True, slots=True)
class Ledger:
    """How it stands with one announcement; its times newest first. ``missed``: what happens to those that are missed."""

    listed: Listed
    author: Member | None
    names: AudienceNames
    count: int
    times: Sequence[Gone]
    missed: CatchUp = CatchUp.WITHIN_SIX_HOURS


async def names(work: UnitOfWork) -> AudienceNames:
    """What the academy's sectors and themes are called."""
    sectors, themes = await work.vocabulary.sectors(), await work.vocabulary.themes()
    return AudienceNames({one.key: one for one in sectors}, {one.key: one for one in themes})


async def readers(work: UnitOfWork, announcement: Announcement) -> Sequence[Member]:
    """Who gets it if it goes out now: those who are meant, but for those who want no announcements."""
    return [one for one in await meant(work, announcement) if not one.announcements_muted]


async def meant(work: UnitOfWork, announcement: Announcement) -> Sequence[Member]:
    """All whom its audience means now."""
    audience = announcement.audience
    camps = await answered(work, audience.camps())
    return audience.among(await work.members.everybody(), camps, await work.vocabulary.themes())


async def preview(work: UnitOfWork, announcement: Announcement, now: datetime) -> Preview:
    """The draft as it would go out."""
    everybody = await meant(work, announcement)
    found = [one for one in everybody if not one.announcements_muted]
    options = await work.vocabulary.options()
    zone = options.timezone
    at = first_time(announcement.plan, now)
    zones = [] if at is None else [zone_of(one, zone) for one in found]
    awake = [(one, at if at is None else awake_from(at, one, announcement.waits)) for one in zones]
    told = [one for one, then in awake if then == at]
    later = {then for _, then in awake if then != at}
    return Preview(
        announcement=announcement,
        author=await work.members.get(announcement.author),
        names=await names(work),
        count=len(found),
        muted=len(everybody) - len(found),
        held=len(zones) - len(told),
        held_until=later.pop() if len(later) == 1 else None,
        at_night=sum(at is not None and is_night(at, one) for one in told),
        on_days_off=sum(at is not None and is_day_off(at, one) for one in told),
        approval=await _approval(work, announcement) if options.announcements_approved else Approval.NO,
    )


async def _approval(work: UnitOfWork, announcement: Announcement) -> Approval:
    return Approval.ASKED if await approvers(work, announcement.owner()) else Approval.ALONE


async def listed(work: UnitOfWork, announcement: Announcement) -> Listed:
    """How far it has come."""
    known = announcement.schedule
    schedule: Schedule | None = None if known is None else await work.schedules.get(known)
    latest = () if known is None else await work.schedules.occurrences(known, 1)
    next_at = None if schedule is None else schedule.next_at
    if not latest:
        return Listed(announcement, next_at)
    states = await work.deliveries.tally(latest[0].id)
    return Listed(announcement, next_at, latest[0], any(states.get(one) for one in _ON_THEIR_WAY))


async def latest_time(work: UnitOfWork, announcement: Announcement) -> "Gone | None":
    """What became of the last time at which it went out, or was to where it never did; None before the first."""
    known = announcement.schedule
    latest = () if known is None else await work.schedules.occurrences(known, _TIMES_SHOWN)
    done = next((one for one in latest if one.state is OccurrenceState.DONE), next(iter(latest), None))
    return None if done is None else await _gone(work, done, announcement)


async def ledger(work: UnitOfWork, announcement: Announcement) -> Ledger:
    """All that is known of what became of it."""
    seen = (
        () if announcement.schedule is None else await work.schedules.occurrences(announcement.schedule, _TIMES_SHOWN)
    )
    times = [await _gone(work, one, announcement) for one in seen]
    return Ledger(
        listed=await listed(work, announcement),
        author=await work.members.get(announcement.author),
        names=await names(work),
        count=len(await readers(work, announcement)),
        times=times,
        missed=CatchUp((await work.vocabulary.options()).announcements_missed),
    )


def first_time(plan: Plan, now: datetime) -> datetime | None:
    """The first instant at which a plan comes due from now on; None where none is left."""
    if plan.start is None:
        return now
    due = occurrences(plan.rule, plan.start, ZoneInfo(plan.zone), now)
    return next((one.at for one in due if one.at >= now), None)


def planned_for(occurrence: Occurrence, plan: Plan) -> datetime:
    """When an occurrence was to happen, whenever it did."""
    nominal = datetime.fromisoformat(occurrence.nominal)
    return nominal if nominal.tzinfo is not None else plan.instant(nominal)


def zone_of(member: Member, zone: str) -> ZoneInfo:
    """Where the member's clock is; ``zone`` is the academy's. A zone that this machine does not know holds up nobody."""
    return ZoneInfo(known_zone(member.timezone) or zone)


async def _gone(work: UnitOfWork, occurrence: Occurrence, announcement: Announcement) -> Gone:
    at = planned_for(occurrence, announcement.plan)
    posted = await _posted(work, occurrence, announcement)
    states = Counter(await work.deliveries.tally(occurrence.id))
    states[DeliveryState.SENT] -= len(posted)
    ended = (DeliveryState.FAILED, DeliveryState.DOUBTFUL)
    asleep = await _asleep(work, occurrence) if announcement.waits is not Waits.NO else ()
    if not any(states.get(state) for state in ended):
        return Gone(occurrence, at, states, (), asleep, posted)
    deliveries = await work.deliveries.of_occurrence(occurrence.id, ended, _LOST_SHOWN)
    people = await work.members.many(sorted(_members(one.target for one in deliveries)))
    channels = {one.address: f"#{one.name}" for one in announcement.audience.channels}
    lost = [
        Undelivered(
            kind=one.letter.code,
            whom=channels.get(one.target.address, "")
            if isinstance(one.target, ToPlace)
            else ", ".join(people[member].name for member in _members([one.target]) if member in people),
            doubtful=one.state is DeliveryState.DOUBTFUL,
            error=one.error,
            at=one.first_tried_at or one.not_before,
        )
        for one in deliveries
    ]
    return Gone(occurrence, at, states, lost, asleep, posted)


async def _posted(work: UnitOfWork, occurrence: Occurrence, announcement: Announcement) -> Sequence[str]:
    posts = [
        (one.name, await work.deliveries.by_key(post_key(announcement.id, occurrence, one)))
        for one in announcement.audience.channels
    ]
    return [name for name, post in posts if post is not None and post.state is DeliveryState.SENT]


async def _asleep(work: UnitOfWork, occurrence: Occurrence) -> Sequence[datetime]:
    waiting = await work.deliveries.of_occurrence(occurrence.id, (DeliveryState.WAITING,))
    return [one.not_before for one in waiting if not one.attempts]


def _members(targets: Iterable[object]) -> list[MemberId]:
    return list(Counter(target.member for target in targets if isinstance(target, ToMember)))
