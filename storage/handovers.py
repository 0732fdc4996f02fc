"""What follows camps, kept in rows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from bot.camps.handover.domain import HandOver, Opinion, Rating
from bot.identity import CampId, MemberId, WorkspaceId
from storage.camp_rows import CampRow
from storage.handover_rows import HandOverRow
from storage.mapping import Values
from storage.seal import Seal
from storage.statements import Statements


class StoredHandOvers:
    """Implements :class:`bot.camps.handover.repository.HandOvers`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def put(self, handover: HandOver) -> None:
        """Adds it or writes it anew."""
        await self._statements.upsert(HandOverRow, [self._values(handover)])

    async def get(self, camp: CampId) -> HandOver | None:
        """That of one camp."""
        row = await self._statements.first(select(HandOverRow).where(self._here(), HandOverRow.camp_id == camp))
        return None if row is None else self._read(row)

    async def forget_who_answered_before(self, day: date) -> int:
        """A workspace has a few camps a year, so those of them that are over are read."""
        over = select(CampRow.id).where(CampRow.workspace_id == self._workspace, CampRow.day < day)
        every = await self._statements.all(select(HandOverRow).where(self._here(), HandOverRow.camp_id.in_(over)))
        kept = [found for found in map(self._read, every) if found.answered]
        await self._statements.upsert(HandOverRow, [self._values(replace(one, answered=frozenset())) for one in kept])
        return len(kept)

    async def naming(self, member: MemberId) -> Sequence[HandOver]:
        """A workspace has a few camps a year, so all of them are read."""
        every = await self._statements.all(select(HandOverRow).where(self._here()).order_by(HandOverRow.camp_id))
        return [found for found in map(self._read, every) if found.names(member)]

    def _here(self) -> ColumnElement[bool]:
        return HandOverRow.workspace_id == self._workspace

    def _values(self, handover: HandOver) -> Values:
        return {
            "workspace_id": self._workspace,
            "camp_id": handover.camp,
            "notes_sealed": self._seal.close(handover.notes),
            "notes_by": handover.notes_by,
            "shared_sealed": self._seal.close(handover.shared),
            "shared_at": handover.shared_at,
            "version": handover.version,
            "asked_at": handover.asked_at,
            "asked": handover.asked,
            "answered": sorted(map(str, handover.answered)),
            "opinions_sealed": self._seal.close(_written(handover.opinions)),
            "revision": handover.revision,
        }

    def _read(self, row: HandOverRow) -> HandOver:
        return HandOver(
            camp=CampId(row.camp_id),
            notes=self._seal.open(row.notes_sealed),
            notes_by=None if row.notes_by is None else MemberId(row.notes_by),
            shared=self._seal.open(row.shared_sealed),
            shared_at=row.shared_at,
            version=row.version,
            asked_at=row.asked_at,
            asked=row.asked,
            answered=frozenset(MemberId(UUID(one)) for one in row.answered),
            opinions=_opinions(self._seal.open(row.opinions_sealed)),
            revision=row.revision,
        )


def _written(opinions: Iterable[Opinion]) -> str:
    rows = [(one.rating.value, one.goes_on, one.words) for one in sorted(opinions, key=Opinion.order)]
    return json.dumps(rows, ensure_ascii=False)


def _opinions(written: str) -> tuple[Opinion, ...]:
    rows: list[tuple[str, bool | None, str]] = json.loads(written)
    return tuple(Opinion(Rating(rating), goes_on, words) for rating, goes_on, words in rows)
