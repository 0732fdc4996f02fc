"""The kinds of letter of camps: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bot.deliveries.domain import Letter
from bot.identity import CampId


@dataclass(frozen=True, slots=True)
class CampInvitation(Letter):
    """Asks a member whether they come."""

    code: ClassVar[str] = "camp_invitation"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CampStanding(Letter):
    """An edit of the invitation: how it stands now, for the one who has it."""

    code: ClassVar[str] = "camp_standing"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CampSeat(Letter):
    """Somebody on the waiting list has a seat now."""

    code: ClassVar[str] = "camp_seat"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CampQuestion(Letter):
    """Asks those who have not settled once more whether they come."""

    code: ClassVar[str] = "camp_question"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CampReminder(Letter):
    """Soon, for those who come."""

    code: ClassVar[str] = "camp_reminder"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CampNews(Letter):
    """What has changed."""

    code: ClassVar[str] = "camp_news"
    camp: CampId
    change: UUID


@dataclass(frozen=True, slots=True)
class CampUntold(Letter):
    """Asks an organiser whether people are to hear of what has changed."""

    code: ClassVar[str] = "camp_untold"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CampCancelled(Letter):
    """It does not take place."""

    code: ClassVar[str] = "camp_cancelled"
    camp: CampId
