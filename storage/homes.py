"""What people's home pages showed last, kept in rows."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from bot.identity import Account, WorkspaceId
from bot.repositories import Home
from storage.rows import HomeRow
from storage.statements import Statements


class StoredHomes:
    """Implements :class:`bot.ports.Homes`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def get(self, account: Account) -> Home | None:
        """What this account's home page showed last; None if it was never opened."""
        row = await self._statements.first(select(HomeRow).where(self._of(account)))
        return None if row is None else Home(account, row.digest, row.seen_at)

    async def put(self, home: Home) -> None:
        """Writes it anew."""
        values = {
            "workspace_id": self._workspace,
            "platform": home.account.platform,
            "user": home.account.user,
            "digest": home.digest,
            "seen_at": home.seen_at,
        }
        await self._statements.upsert(HomeRow, [values])

    async def forget(self, account: Account) -> None:
        """Takes it away; one that is not there is fine."""
        await self._statements.write(delete(HomeRow).where(self._of(account)))

    async def forget_before(self, at: datetime) -> int:
        """Removes those that nobody has opened since then."""
        old = and_(HomeRow.workspace_id == self._workspace, HomeRow.seen_at < at)
        return await self._statements.write(delete(HomeRow).where(old))

    def _of(self, account: Account) -> ColumnElement[bool]:
        return and_(
            HomeRow.workspace_id == self._workspace,
            HomeRow.platform == account.platform,
            HomeRow.user == account.user,
        )
