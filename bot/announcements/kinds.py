"""The kinds of letter of announcements: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import AnnouncementId, DeliveryId, OccurrenceId


@dataclass(frozen=True, slots=True)
class AnnouncementCopy(Letter):
    """An announcement, as its reader gets it; as an edit, the same corrected."""

    code: ClassVar[str] = "announcement"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class ApprovalAsked(Letter):
    """Another organiser is asked to approve of it; as an edit, what became of that."""

    code: ClassVar[str] = "announcement_ask"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class ApprovalRefused(Letter):
    """The one who asked hears that it was not approved, and why."""

    code: ClassVar[str] = "announcement_no"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class OwnersCard(Letter):
    """How it stands with an announcement, for the one who sent it; as an edit, how it stands by then. ``card``: the delivery
    that posted it; an earlier one than the owner's latest says that it goes on below."""

    code: ClassVar[str] = "announcement_card"
    announcement: AnnouncementId
    card: DeliveryId


@dataclass(frozen=True, slots=True)
class Progress(Letter):
    """The same card while one time of it goes out. ``before``: the edit, or the card, that came before this one."""

    code: ClassVar[str] = "announcement_progress"
    announcement: AnnouncementId
    occurrence: OccurrenceId
    before: DeliveryId


@dataclass(frozen=True, slots=True)
class NotSent(Letter):
    """Whoever planned it hears that it did not go out at its time, and why."""

    code: ClassVar[str] = "announcement_missed"
    announcement: AnnouncementId
    occurrence: OccurrenceId
