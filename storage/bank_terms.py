"""In how many notes each term stands: what makes a rare word worth more, and what a misspelt one is compared with."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, select, text

from bot.bank.reading import CONCEPT
from bot.identity import WorkspaceId
from storage.bank_rows import BankTermRow
from storage.statements import Statements, in_parts

# Terms that begin like a word, at most; the most frequent ones.
MOST_BEGINNINGS = 12
# Terms that are compared with one that may be misspelt, at most, by their beginning and by their end.
_MOST_ALIKE = 2_000
# After every text that begins with something: no letter is greater.
_LAST = "\U0010ffff"


class StoredTerms:
    """The terms of one academy's notes."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def count(self, changes: Mapping[str, int]) -> None:
        """Adds to the counts, or takes from them; a term that is in no note any more goes."""
        changed = sorted((term, by) for term, by in changes.items() if by)
        if not changed:
            return
        if self._statements.shares:
            await self._count_at_once([term for term, _ in changed], [by for _, by in changed])
        else:
            await self._statements.write(
                text(
                    "INSERT INTO bank_terms (workspace_id, term, mirror, notes) VALUES (:workspace, :term, :mirror, :by)"
                    " ON CONFLICT (workspace_id, term) DO UPDATE SET notes = notes + excluded.notes"
                ),
                [
                    {"workspace": self._workspace.hex, "term": term, "mirror": mirrored(term), "by": by}
                    for term, by in changed
                ],
            )
        if any(by < 0 for _, by in changed):
            await self._statements.write(delete(BankTermRow).where(self._here(), BankTermRow.notes <= 0))

    async def known(self, terms: Collection[str], beginnings: Collection[str]) -> Mapping[str, int]:
        """The counts of these terms, and of the most frequent ones that begin so."""
        found: dict[str, int] = {}
        for part in in_parts(sorted({"", *terms})):
            query = select(BankTermRow.term, BankTermRow.notes).where(self._here(), BankTermRow.term.in_(part))
            found |= dict(await self._statements.pairs(query))
        for beginning in sorted(beginnings):
            frequent = (
                select(BankTermRow.term, BankTermRow.notes)
                .where(self._here(), BankTermRow.term >= beginning, BankTermRow.term < beginning + _LAST)
                .order_by(BankTermRow.notes.desc(), BankTermRow.term)
                .limit(MOST_BEGINNINGS)
            )
            found |= dict(await self._statements.pairs(frequent))
        return found

    async def alike(self, term: str) -> Mapping[str, int]:
        """The counts of terms that begin or end as this one: a slip of the hand spares one of the two."""
        part = ends(term)
        found: dict[str, int] = {}
        for column, beginning in ((BankTermRow.term, term[:part]), (BankTermRow.mirror, term[::-1][:part])):
            query = (
                select(BankTermRow.term, BankTermRow.notes)
                .where(self._here(), column >= beginning, column < beginning + _LAST)
                .order_by(BankTermRow.notes.desc(), BankTermRow.term)
                .limit(_MOST_ALIKE)
            )
            found |= dict(await self._statements.pairs(query))
        return found

    async def _count_at_once(self, terms: list[str], by: list[int]) -> None:
        statement = text(
            "INSERT INTO bank_terms (workspace_id, term, mirror, notes)"
            " SELECT CAST(:workspace AS uuid), term, mirror, by"
            " FROM unnest(CAST(:terms AS text[]), CAST(:mirrors AS text[]), CAST(:by AS bigint[])) AS t(term, mirror, by)"
            " ON CONFLICT (workspace_id, term) DO UPDATE SET notes = bank_terms.notes + excluded.notes"
        )
        mirrors = [mirrored(term) for term in terms]
        await self._statements.write(
            statement.bindparams(workspace=str(self._workspace), terms=terms, mirrors=mirrors, by=by)
        )

    def _here(self) -> ColumnElement[bool]:
        return BankTermRow.workspace_id == self._workspace


def ends(term: str) -> int:
    """How many letters of the beginning, or of the end, a misspelt term is taken to share with the right one."""
    return 3 if len(term) >= 6 else 2


def mirrored(term: str) -> str:
    """The term backwards; nothing for what nobody types."""
    return "" if term.startswith(CONCEPT) else term[::-1]
