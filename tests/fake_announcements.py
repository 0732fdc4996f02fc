"""Announcements in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.announcements.domain import Announcement, AnnouncementState
from bot.identity import AnnouncementId, MemberId
from tests.fake_books import Drafts


class MemoryAnnouncements:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, announcement: Announcement) -> None:
        self._drafts.announcements.put(announcement.id, announcement)

    async def get(self, announcement: AnnouncementId) -> Announcement | None:
        return self._drafts.announcements.get(announcement)

    async def remove(self, announcement: AnnouncementId) -> None:
        self._drafts.announcements.remove([announcement])

    async def in_states(self, states: Sequence[AnnouncementState], limit: int = 100) -> Sequence[Announcement]:
        found = [one for one in self._drafts.announcements.values() if one.state in states]
        return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)[:limit]

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        for one in self._drafts.announcements.values():
            known = {"author": one.author, "asked_by": one.asked_by, "decided_by": one.decided_by}
            given = {name: another for name, member in known.items() if member == author}
            if given:
                self._drafts.announcements.put(one.id, replace(one, **given))

    async def forget_drafts_before(self, at: datetime, asked: datetime) -> int:
        unsent = (AnnouncementState.DRAFT, AnnouncementState.AWAITING)
        drafts = [one for one in self._drafts.announcements.values() if one.state in unsent]
        old = [one.id for one in drafts if one.created_at < (at if one.asked_by is None else asked)]
        self._drafts.announcements.remove(old)
        return len(old)
