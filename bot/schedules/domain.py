"""Schedules and their occurrences as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.identity import MemberId, OccurrenceId, ScheduleId


class ScheduleKind(StrEnum):
    """What an occurrence does; the table of them is in ``bot/bootstrap.py``."""

    ROUND = "round"
    ROUND_CLOSE = "round_close"
    FOLLOW_UP = "follow_up"
    ANNOUNCEMENT = "announcement"
    CAMP_REMINDER = "camp_reminder"
    CAMP_OVER = "camp_over"
    POLL_CLOSE = "poll_close"
    POLL_REPEAT = "poll_repeat"
    POLL_LOOK = "poll_look"
    CAMP_HAND_OVER = "camp_hand_over"
    NOTE_DUE = "note_due"
    CHALLENGE_CLOSE = "challenge_close"
    CHALLENGE_LOOK = "challenge_look"


class CatchUp(StrEnum):
    """What happens to an occurrence whose time passed while nothing ran: the latest one however late, the latest one within
    six hours, none at all, or each of them."""

    ALWAYS = "always"
    WITHIN_SIX_HOURS = "within_six_hours"
    NEVER = "never"
    EACH = "each"


class OccurrenceState(StrEnum):
    """``DONE``: expanded into what it causes. ``SKIPPED``: with a reason that the organiser sees."""

    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Schedule:
    """``rule`` is RFC 5545 (``FREQ=WEEKLY;BYDAY=TU``) or empty for one time; ``start`` is local wall time in ``zone``.

    ``next_at`` (UTC) is None when nothing more will come. ``details`` holds ids and flags only, no personal data.
    ``not_after``, wall time as ``start`` is: from that moment on nothing of it happens. No time is planned for later, and what
    came due before and could not happen until then is recorded as skipped, with the reason of its kind (``missed.py``).
    """

    id: ScheduleId
    kind: ScheduleKind
    zone: str
    start: datetime
    rule: str = ""
    catch_up: CatchUp = CatchUp.ALWAYS
    next_at: datetime | None = None
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    created_by: MemberId | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a schedule came due. ``nominal`` is local wall time as text: with the schedule it is a unique key."""

    id: OccurrenceId
    schedule: ScheduleId
    nominal: str
    state: OccurrenceState
    reason: str
    at: datetime
