"""Keys to people's calendars, in memory."""

from datetime import datetime

from bot.identity import MemberId
from tests.fake_books import Drafts


class MemoryCalendarKeys:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def get(self, member: MemberId) -> str | None:
        return self._drafts.calendar_keys.get(member)

    async def put(self, member: MemberId, key: str, at: datetime) -> None:
        assert at.tzinfo is not None
        self._drafts.calendar_keys.put(member, key)

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        key = self._drafts.calendar_keys.get(member)
        self._drafts.calendar_keys.remove([member])
        if key is not None and self._drafts.calendar_keys.get(another) is None:
            self._drafts.calendar_keys.put(another, key)

    async def forget(self, member: MemberId) -> None:
        self._drafts.calendar_keys.remove([member])
