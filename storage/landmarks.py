"""What adapters find again, and half-filled forms, kept in rows; what stands in them is sealed."""

import json
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, delete, select

from bot.identity import Account, WorkspaceId
from bot.repositories import FormDraft
from storage.place_rows import DraftRow, LandmarkRow
from storage.seal import Seal
from storage.statements import Statements


class StoredLandmarks:
    """Implements :class:`bot.repositories.Landmarks`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def get(self, platform: str, kind: str, key: str) -> str | None:
        """The landmark's value; None where there is none."""
        row = await self._statements.first(select(LandmarkRow).where(self._at(platform, kind, key)))
        return None if row is None else self._seal.open(row.value_sealed)

    async def put(self, platform: str, kind: str, key: str, value: str, at: datetime) -> None:
        """Writes it, or writes it anew."""
        values = {
            "workspace_id": self._workspace,
            "platform": platform,
            "kind": kind,
            "key": key,
            "value_sealed": self._seal.close(value),
            "at": at,
        }
        await self._statements.upsert(LandmarkRow, [values])

    async def forget(self, platform: str, kind: str, key: str) -> None:
        """Takes it away; one that is not there is fine."""
        await self._statements.write(delete(LandmarkRow).where(self._at(platform, kind, key)))

    async def forget_before(self, kind: str, at: datetime) -> int:
        """Removes those of a kind that are older."""
        old = and_(LandmarkRow.workspace_id == self._workspace, LandmarkRow.kind == kind, LandmarkRow.at < at)
        return await self._statements.write(delete(LandmarkRow).where(old))

    def _at(self, platform: str, kind: str, key: str) -> ColumnElement[bool]:
        return and_(
            LandmarkRow.workspace_id == self._workspace,
            LandmarkRow.platform == platform,
            LandmarkRow.kind == kind,
            LandmarkRow.key == key,
        )


class StoredDrafts:
    """Implements :class:`bot.repositories.Drafts`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def get(self, account: Account, wire: str) -> FormDraft | None:
        """What this account has filled in of this form; None where nothing is kept."""
        row = await self._statements.first(select(DraftRow).where(self._of(account, wire)))
        if row is None:
            return None
        body = cast("dict[str, dict[str, str | list[str]]]", json.loads(self._seal.open(row.body_sealed)))
        values = {key: value if isinstance(value, str) else tuple(value) for key, value in body["values"].items()}
        seen = cast("dict[str, str]", body["seen"])
        return FormDraft(account, wire, values, seen, row.step, row.at)

    async def put(self, draft: FormDraft) -> None:
        """Writes it, or writes it anew."""
        body = json.dumps({"values": dict(draft.values), "seen": dict(draft.seen)}, ensure_ascii=False)
        values = {
            "workspace_id": self._workspace,
            "platform": draft.account.platform,
            "user": draft.account.user,
            "wire": draft.wire,
            "body_sealed": self._seal.close(body),
            "step": draft.step,
            "at": draft.at,
        }
        await self._statements.upsert(DraftRow, [values])

    async def forget(self, account: Account, wire: str) -> None:
        """Takes it away; one that is not there is fine."""
        await self._statements.write(delete(DraftRow).where(self._of(account, wire)))

    async def forget_before(self, at: datetime) -> int:
        """Removes those that nobody has gone on with since then."""
        old = and_(DraftRow.workspace_id == self._workspace, DraftRow.at < at)
        return await self._statements.write(delete(DraftRow).where(old))

    def _of(self, account: Account, wire: str) -> ColumnElement[bool]:
        return and_(
            DraftRow.workspace_id == self._workspace,
            DraftRow.platform == account.platform,
            DraftRow.user == account.user,
            DraftRow.wire == wire,
        )
