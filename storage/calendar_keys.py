"""Keys to people's calendars, kept in rows: sealed for showing them again, digested for finding whose one is."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, select, update

from bot.identity import MemberId, WorkspaceId
from storage.calendar_rows import CalendarKeyRow
from storage.seal import Seal
from storage.statements import Statements


def calendar_finder(key: str) -> str:
    """What a key is found by. It is too long to be guessed, so a plain digest tells nothing; one made with the seal's own key
    would be lost when that is exchanged."""
    return sha256(f"calendar:{key}".encode()).hexdigest()


class StoredCalendarKeys:
    """Implements :class:`bot.camps.keys.CalendarKeys`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def get(self, member: MemberId) -> str | None:
        """The member's key."""
        row = await self._statements.first(select(CalendarKeyRow).where(self._of(member)))
        return None if row is None else self._seal.open(row.key_sealed)

    async def put(self, member: MemberId, key: str, at: datetime) -> None:
        """Keeps a key in the earlier one's place."""
        values = {
            "workspace_id": self._workspace,
            "member_id": member,
            "finder": calendar_finder(key),
            "key_sealed": self._seal.close(key),
            "made_at": at,
        }
        await self._statements.upsert(CalendarKeyRow, [values])

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """Another member's from now on; where that one has a key, nobody's."""
        if await self.get(another) is None:
            await self._statements.write(update(CalendarKeyRow).where(self._of(member)).values(member_id=another))
        else:
            await self.forget(member)

    async def forget(self, member: MemberId) -> None:
        """Takes it away; one that is not there is fine."""
        await self._statements.write(delete(CalendarKeyRow).where(self._of(member)))

    def _of(self, member: MemberId) -> ColumnElement[bool]:
        return (CalendarKeyRow.workspace_id == self._workspace) & (CalendarKeyRow.member_id == member)
