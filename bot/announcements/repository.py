"""What a unit of work reads and writes of announcements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.announcements.domain import Announcement, AnnouncementState
from bot.identity import AnnouncementId, MemberId


class Announcements(Protocol):
    """Announcements, their text sealed at rest."""

    async def put(self, announcement: Announcement) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, announcement: AnnouncementId) -> Announcement | None:
        """One announcement."""
        ...

    async def remove(self, announcement: AnnouncementId) -> None:
        """Takes it away; one that is not there is fine."""
        ...

    async def in_states(self, states: Sequence[AnnouncementState], limit: int = 100) -> Sequence[Announcement]:
        """Newest first."""
        ...

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """What was written, asked for or decided by one who turned out to be another member."""
        ...

    async def forget_drafts_before(self, at: datetime, asked: datetime) -> int:
        """Drafts that are older than ``at`` go, and those that another organiser was asked about where they are older than
        ``asked``, whatever came of it."""
        ...
