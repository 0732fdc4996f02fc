"""Announcements as values: what is told, to whom, when, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.announcements.audience import Audience
from bot.announcements.quiet import Waits
from bot.identity import AnnouncementId, MemberId, ScheduleId
from bot.times import Moment, Rule

# Characters of an announcement: a page and a half, and what every platform shows in one message of ours.
MOST_CHARACTERS = 3_000
_EXCEPTIONS = "EXDATE:"
_WALL = "%Y%m%dT%H%M%S"


class AnnouncementState(StrEnum):
    """``DRAFT`` → ``SCHEDULED`` → ``ENDED``, once nothing more of it will come; or ``CANCELLED``, by somebody.

    ``AWAITING`` comes in between where a second organiser has to approve; a no makes a draft of it again."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    SCHEDULED = "scheduled"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Plan:
    """When it goes out. ``start`` is local wall time in ``zone``, None for at once; ``rule`` as a schedule keeps it, empty for
    one time. ``notes``: what the author should know of it, in the author's words."""

    start: datetime | None = None
    zone: str = "UTC"
    rule: str = ""
    notes: tuple[str, ...] = ()

    def repeats(self) -> bool:
        """Whether it goes out more than once."""
        return bool(self.rule)

    def instant(self, start: datetime) -> datetime:
        """Wall time of this plan's zone with its offset."""
        return start.replace(tzinfo=ZoneInfo(self.zone))

    def reading(self) -> Moment | Rule | None:
        """The plan as the reading of times says it in words; None for at once."""
        if self.start is None:
            return None
        if not self.rule:
            return Moment(self.instant(self.start))
        rule, *left_out = self.rule.splitlines()
        days = [one for line in left_out for one in line.removeprefix(_EXCEPTIONS).split(",")]
        return Rule(self.start, self.zone, rule, tuple(_wall(one) for one in days))

    def stored(self) -> dict[str, str]:
        """The plan as text by name."""
        start = "" if self.start is None else self.start.isoformat()
        return {"start": start, "zone": self.zone, "rule": self.rule, "notes": "\n".join(self.notes)}


NOW = Plan()


def plan_from(stored: Mapping[str, str]) -> Plan:
    """The plan that :meth:`Plan.stored` wrote."""
    start = datetime.fromisoformat(stored["start"]) if stored["start"] else None
    return Plan(start, stored["zone"], stored["rule"], tuple(stored["notes"].splitlines()))


def plan_of(reading: Moment | Rule, notes: Sequence[str] = ()) -> Plan:
    """The plan that a person's time stands for. One time is kept in UTC, where no hour comes twice."""
    if isinstance(reading, Rule):
        return Plan(reading.start, reading.zone, reading.lines(), tuple(notes))
    return Plan(reading.at.astimezone(UTC).replace(tzinfo=None, microsecond=0), "UTC", "", tuple(notes))


def without(rule: str, nominal: datetime) -> str:
    """The rule of a schedule with one more time on the wall that is left out."""
    first, *left_out = rule.splitlines()
    days = [one for line in left_out for one in line.removeprefix(_EXCEPTIONS).split(",")]
    return f"{first}\n{_EXCEPTIONS}{','.join([*days, nominal.strftime(_WALL)])}"


@dataclass(frozen=True, slots=True)
class Announcement:
    """``text`` is as the author wrote it. ``revision`` goes up with each change before it is sent, so that nobody sends what
    they have not seen; ``version`` with each correction afterwards.

    ``choices``: what the time that was typed may mean, where the author has still to choose; ``question`` asks for it.
    ``waits``: for which readers, where it is night or a day off.
    ``replaces``: the scheduled announcement whose place this one takes when it is scheduled itself. ``corrects``: the one
    that went out, where this is a corrected text of it that nobody has made yet.

    ``asked_by``: who pressed the button. ``decided_by``: the second organiser who approved of it, or did not; then
    ``declined`` says why, in that organiser's words.
    """

    id: AnnouncementId
    author: MemberId
    text: str
    audience: Audience
    created_at: datetime
    plan: Plan = NOW
    choices: tuple[Plan, ...] = ()
    question: str = ""
    state: AnnouncementState = AnnouncementState.DRAFT
    schedule: ScheduleId | None = None
    replaces: AnnouncementId | None = None
    revision: int = 1
    version: int = 1
    waits: Waits = Waits.NO
    asked_by: MemberId | None = None
    decided_by: MemberId | None = None
    declined: str = ""
    corrects: AnnouncementId | None = None

    def owner(self) -> MemberId:
        """Who is told how it goes: whoever wanted it to go out as it is."""
        return self.asked_by or self.author

    def is_unclear(self) -> bool:
        """Whether the author has still to say when."""
        return bool(self.choices)


def _wall(text: str) -> datetime:
    return datetime.strptime(text, _WALL)  # noqa: DTZ007 - wall time
