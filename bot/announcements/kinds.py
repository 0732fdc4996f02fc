"""The kinds of letter of announcements: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import AnnouncementId


@dataclass(frozen=True, slots=True)
class AnnouncementCopy(Letter):
    """An announcement, as its reader gets it; as an edit, the same corrected."""

    code: ClassVar[str] = "announcement"
    announcement: AnnouncementId
