"""Codes that link two places, and lines carried between platforms, kept in rows."""

from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.identity import Account, IntroId, LineId, MemberId, WorkspaceId
from bot.introductions.domain import Line
from bot.members.domain import LinkCode, LinkKind
from storage.place_rows import CodeRow, LineRow
from storage.seal import Seal
from storage.statements import Statements


def finder_of(code: str, seal: Seal) -> str:
    """The digest by which a code is found: of its first half only."""
    return seal.digest(f"finder:{code[: len(code) // 2]}")


class StoredCodes:
    """Implements :class:`bot.repositories.Codes`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def put(self, code: str, given: LinkCode) -> None:
        """Keeps a code; an earlier one of the same member for the same purpose goes."""
        earlier = and_(
            CodeRow.workspace_id == self._workspace,
            CodeRow.member_id == given.member,
            CodeRow.kind == given.kind.value,
        )
        await self._statements.write(delete(CodeRow).where(earlier))
        values = {
            "workspace_id": self._workspace,
            "finder": finder_of(code, self._seal),
            "proof": self._proof(code),
            "kind": given.kind.value,
            "member_id": given.member,
            "platform": given.account.platform,
            "user": given.account.user,
            "good_until": given.good_until,
            "missed": 0,
        }
        await self._statements.insert(CodeRow, [values])

    async def find(self, code: str) -> LinkCode | None:
        """The code that begins like this one; ``proven`` if all of it fits."""
        row = await self._statements.first(select(CodeRow).where(self._meant(code)))
        if row is None:
            return None
        proven = compare_digest(row.proof, self._proof(code))
        account = Account(row.platform, row.user)
        return LinkCode(LinkKind(row.kind), MemberId(row.member_id), account, row.good_until, proven)

    async def missed(self, code: str, most: int) -> None:
        """Counts a wrong second half; with ``most`` of them the code goes."""
        await self._statements.write(update(CodeRow).where(self._meant(code)).values(missed=CodeRow.missed + 1))
        await self._statements.write(delete(CodeRow).where(self._meant(code), CodeRow.missed >= most))

    async def forget(self, code: str) -> None:
        """Takes it away; one that is not there is fine."""
        await self._statements.write(delete(CodeRow).where(self._meant(code)))

    async def forget_before(self, at: datetime) -> int:
        """Removes those whose time is over."""
        old = and_(CodeRow.workspace_id == self._workspace, CodeRow.good_until <= at)
        return await self._statements.write(delete(CodeRow).where(old))

    def _proof(self, code: str) -> str:
        return self._seal.digest(f"proof:{code}")

    def _meant(self, code: str) -> ColumnElement[bool]:
        return and_(CodeRow.workspace_id == self._workspace, CodeRow.finder == finder_of(code, self._seal))


class StoredLines:
    """Implements :class:`bot.repositories.Lines`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def add(self, line: Line) -> None:
        """Keeps a line."""
        values = {
            "workspace_id": self._workspace,
            "id": line.id,
            "intro_id": line.intro,
            "author_id": line.author,
            "to_id": line.to,
            "text_sealed": self._seal.close(line.text),
            "at": line.at,
        }
        await self._statements.insert(LineRow, [values])

    async def get(self, line: LineId) -> Line | None:
        """The line with this id."""
        row = await self._statements.first(select(LineRow).where(self._here(), LineRow.id == line))
        return None if row is None else self._read(row)

    async def between(self, intro: IntroId) -> Sequence[Line]:
        """What was carried in an introduction, oldest first."""
        query = select(LineRow).where(self._here(), LineRow.intro_id == intro).order_by(LineRow.at, LineRow.id)
        return [self._read(row) for row in await self._statements.all(query)]

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """The lines by and to one who turned out to be another member."""
        for column in (LineRow.author_id, LineRow.to_id):
            theirs = update(LineRow).where(self._here(), column == author)
            await self._statements.write(theirs.values({column.key: another}))

    async def forget_before(self, at: datetime) -> int:
        """Removes the older ones."""
        return await self._statements.write(delete(LineRow).where(self._here(), LineRow.at < at))

    def _here(self) -> ColumnElement[bool]:
        return LineRow.workspace_id == self._workspace

    def _read(self, row: LineRow) -> Line:
        return Line(
            LineId(row.id),
            IntroId(row.intro_id),
            MemberId(row.author_id),
            MemberId(row.to_id),
            self._seal.open(row.text_sealed),
            row.at,
        )
