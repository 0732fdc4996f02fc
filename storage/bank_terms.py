"""In how many notes each term stands: what makes a rare word worth more, and what a misspelt one is compared with."""

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, delete, select, text, union_all
from sqlalchemy.orm import InstrumentedAttribute

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
_COUNT_SQLITE = (
    "INSERT INTO bank_terms (workspace_id, term, mirror, notes)"
    " SELECT :workspace, value ->> 0, value ->> 1, value ->> 2 FROM json_each(:rows) WHERE true"
    " ON CONFLICT (workspace_id, term) DO UPDATE SET notes = notes + excluded.notes"
)
# The first of each stands for nothing: what is empty has no parts.
_COUNT_POSTGRES = (
    "INSERT INTO bank_terms (workspace_id, term, mirror, notes)"
    " SELECT CAST(:workspace AS uuid), term, mirror, CAST(by AS bigint) FROM unnest("
    "(string_to_array(:terms, ' '))[2:], (string_to_array(:mirrors, ' '))[2:], (string_to_array(:changes, ' '))[2:]"
    ") AS one(term, mirror, by)"
    " ON CONFLICT (workspace_id, term) DO UPDATE SET notes = bank_terms.notes + excluded.notes"
)


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
        # As one statement, however many they are: a value a term would take longer than writing them.
        if self._statements.shares:
            many = text(_COUNT_POSTGRES).bindparams(
                workspace=str(self._workspace),
                terms=" ".join(["", *(term for term, _ in changed)]),
                mirrors=" ".join(["", *(mirrored(term) for term, _ in changed)]),
                changes=" ".join(["", *(str(by) for _, by in changed)]),
            )
        else:
            rows = json.dumps([[term, mirrored(term), by] for term, by in changed], ensure_ascii=False)
            many = text(_COUNT_SQLITE).bindparams(workspace=self._workspace.hex, rows=rows)
        await self._statements.write(many)
        if any(by < 0 for _, by in changed):
            await self._statements.write(delete(BankTermRow).where(self._here(), BankTermRow.notes <= 0))

    async def known(self, terms: Collection[str], beginnings: Collection[str]) -> Mapping[str, int]:
        """The counts of these terms, and of the most frequent ones that begin so."""
        found: dict[str, int] = {}
        for part in in_parts(sorted({"", *terms})):
            query = select(BankTermRow.term, BankTermRow.notes).where(self._here(), BankTermRow.term.in_(part))
            found |= dict(await self._statements.pairs(query))
        return found | await self._frequent([(BankTermRow.term, one) for one in sorted(beginnings)], MOST_BEGINNINGS)

    async def alike(self, term: str) -> Mapping[str, int]:
        """The counts of terms that begin or end as this one: a slip of the hand spares one of the two."""
        part = ends(term)
        sides = [(BankTermRow.term, term[:part]), (BankTermRow.mirror, term[::-1][:part])]
        return await self._frequent(sides, _MOST_ALIKE)

    async def _frequent(self, begin: Sequence[tuple[InstrumentedAttribute[str], str]], most: int) -> dict[str, int]:
        """The most frequent terms that begin so, of each; all asked for at once."""
        if not begin:
            return {}
        parts = [
            select(BankTermRow.term, BankTermRow.notes)
            .where(self._here(), column >= beginning, column < beginning + _LAST)
            .order_by(BankTermRow.notes.desc(), BankTermRow.term)
            .limit(most)
            .subquery()
            for column, beginning in begin
        ]
        whole = union_all(*(select(part.c.term, part.c.notes) for part in parts)).subquery()
        return dict(await self._statements.pairs(select(whole.c.term, whole.c.notes)))

    def _here(self) -> ColumnElement[bool]:
        return BankTermRow.workspace_id == self._workspace


def ends(term: str) -> int:
    """How many letters of the beginning, or of the end, a misspelt term is taken to share with the right one."""
    return 3 if len(term) >= 6 else 2


def mirrored(term: str) -> str:
    """The term backwards; nothing for what nobody types."""
    return "" if term.startswith(CONCEPT) else term[::-1]
