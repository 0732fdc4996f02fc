"""A camp and who has answered, as values. Times of day are what the wall clock shows at the camp's place. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.identity import CampId, MemberId, ScheduleId


class CampState(StrEnum):
    """``PLANNED`` → ``HELD``, once its day is over; or ``CANCELLED``, by an organiser."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    HELD = "held"


class Answer(StrEnum):
    """What somebody says to an invitation. ``NONE``: they were asked and have not said anything."""

    NONE = "none"
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Seat(StrEnum):
    """Whether there is room for somebody who said yes. All others have ``NONE``."""

    NONE = "none"
    TAKEN = "taken"
    WAITING = "waiting"


class Reminder(StrEnum):
    """What people are reminded of by itself: 14 days before, 2 days before, on the morning, and 15 minutes before it begins."""

    FORTNIGHT = "fortnight"
    TWO_DAYS = "two_days"
    MORNING = "morning"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the programme. Without ``at`` it follows the one before it; ``until`` is rarely known."""

    title: str
    at: time | None = None
    until: time | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Camp:
    """A day's gathering. ``begins``, ``ends``, ``check_in`` and the programme are wall time in ``zone`` on ``day``. One that ends
    before it begins goes on over midnight: what is no later than its end belongs to the next day.

    ``theme``: a theme's key or the organiser's own words. ``capacity``: seats in all, guests included, None for as many as
    come; ``sector_capacity``: at most so many members of a sector, by its key. ``revision`` goes up with every change, so that
    nobody changes what they have not seen; ``sequence`` with every change that a calendar shows. ``silent``: reminders that
    are switched off; ``schedules``: what is planned for it by itself. ``invited_at``: when somebody was first invited.
    ``changed_at``: when ``sequence`` last went up, None before that. ``reason``: why it was cancelled, if somebody said so.

    ``told``: its facts as people last heard of them, empty before anybody did; ``news``: the same from before each of the
    last times that people were told of a change, by the change's id.
    """

    id: CampId
    author: MemberId
    created_at: datetime
    name: str
    day: date
    begins: time
    ends: time
    zone: str
    theme: str = ""
    host: str = ""
    place: str = ""
    check_in: time | None = None
    capacity: int | None = None
    sector_capacity: Mapping[str, int] = field(default_factory=dict[str, int])
    programme: tuple[Item, ...] = ()
    cases: tuple[str, ...] = ()
    challenge: str = ""
    state: CampState = CampState.PLANNED
    revision: int = 1
    sequence: int = 0
    silent: frozenset[Reminder] = frozenset()
    schedules: Mapping[str, ScheduleId] = field(default_factory=dict[str, ScheduleId])
    invited_at: datetime | None = None
    changed_at: datetime | None = None
    reason: str = ""
    told: Mapping[str, str] = field(default_factory=dict[str, str])
    news: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    def instant(self, at: time) -> datetime:
        """A time of day of this camp, with its offset."""
        return self.wall(at).replace(tzinfo=ZoneInfo(self.zone))

    def wall(self, at: time) -> datetime:
        """The same as wall time, on its day."""
        later = self.ends < self.begins and at <= self.ends
        return datetime.combine(self.day + timedelta(days=1 if later else 0), at)

    def starts_at(self) -> datetime:
        """When it begins."""
        return self.instant(self.begins)

    def ends_at(self) -> datetime:
        """When it is over."""
        return self.instant(self.ends)

    def first_at(self) -> datetime:
        """When the first thing happens: check-in, the first item, or the beginning."""
        return self.instant(self.first())

    def first(self) -> time:
        """The same as a time of day."""
        return min([self.opens(), *([] if self.check_in is None else [self.check_in])], key=self.wall)

    def opens(self) -> time:
        """When it begins for those who have checked in: its first item, or the beginning."""
        return min([self.begins, *(one.at for one in self.programme if one.at is not None)], key=self.wall)

    def last_call(self, reminder: Reminder) -> time:
        """From when on a reminder is of no use any more."""
        return self.opens() if reminder is Reminder.SOON else self.first()

    def is_open(self, now: datetime) -> bool:
        """Whether people can still answer: it is to take place, and is not over."""
        return self.state is CampState.PLANNED and now < self.ends_at()


@dataclass(frozen=True, slots=True)
class Signup:
    """One member and one camp. ``since``: when they came to wait for a seat, or got one; the waiting list goes by it.

    ``guests``: how many come along, on seats of their own; ``guest_names`` are only kept until the camp is over.
    ``attended``: whether they came, None as long as nobody has said.
    """

    camp: CampId
    member: MemberId
    answer: Answer = Answer.NONE
    seat: Seat = Seat.NONE
    guests: int = 0
    guest_names: tuple[str, ...] = ()
    invited_at: datetime | None = None
    answered_at: datetime | None = None
    since: datetime | None = None
    attended: bool | None = None

    def comes(self) -> bool:
        """Said yes, and has a seat."""
        return self.answer is Answer.YES and self.seat is Seat.TAKEN

    def waits(self) -> bool:
        """Said yes, and is on the waiting list."""
        return self.answer is Answer.YES and self.seat is Seat.WAITING

    def places(self) -> int:
        """How many seats they need, or have."""
        return 1 + self.guests


def waiting_list(signups: Sequence[Signup]) -> Sequence[Signup]:
    """Those who wait for a seat, the first one first."""
    waiting = [(one.since, one.member, one) for one in signups if one.waits() and one.since is not None]
    return [one for *_, one in sorted(waiting, key=lambda entry: entry[:2])]
