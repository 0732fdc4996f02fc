"""Case notes and what belongs to them, kept in rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from bot.identity import MemberId, NoteId, WorkspaceId
from bot.notes.domain import Job, Note, NoteState, Objection, ReadingState, Sending, Version, Waiting
from storage import note_mapping as mapping
from storage.note_rows import (
    NoteJobRow,
    NoteObjectionRow,
    NotePersonRow,
    NoteRow,
    NoteSendingRow,
    NoteVersionRow,
    NoteWaitingRow,
)
from storage.seal import Seal
from storage.statements import Statements, in_parts

_ALL = 100_000
_Belongs = type[NotePersonRow] | type[NoteVersionRow] | type[NoteObjectionRow] | type[NoteWaitingRow]
_BELONGS: tuple[_Belongs, ...] = (NotePersonRow, NoteVersionRow, NoteObjectionRow, NoteWaitingRow)


class StoredNotes:
    """Implements :class:`bot.notes.repository.Notes`. ``destroyed`` is set once something was taken away that was masked for
    good, or thrown away."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal
        self.destroyed = False

    async def put(self, note: Note) -> None:
        """Adds a note or writes it anew, with just these people."""
        self.destroyed = self.destroyed or note.state is not NoteState.DRAFT
        await self._statements.upsert(NoteRow, [mapping.note_values(self._workspace, note, self._seal)])
        await self._statements.write(delete(NotePersonRow).where(self._of(NotePersonRow, note.id)))
        people = dict.fromkeys(note.took_part)
        await self._statements.insert(
            NotePersonRow,
            [
                {"workspace_id": self._workspace, "note_id": note.id, "member_id": member, "position": position}
                for position, member in enumerate(people)
            ],
        )

    async def get(self, note: NoteId) -> Note | None:
        """One note."""
        found = await self._many([note])
        return found[0] if found else None

    async def remove(self, note: NoteId) -> None:
        """Takes it away with all that belongs to it."""
        self.destroyed = True
        for row in _BELONGS:
            await self._statements.write(delete(row).where(self._of(row, note)))
        await self._statements.write(delete(NoteRow).where(self._here(), NoteRow.id == note))

    async def of_author(self, author: MemberId, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        """A member's own, newest first."""
        return await self._newest(states, limit, NoteRow.author_id == author)

    async def with_member(self, member: MemberId, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        """Those in which a member took part, newest first."""
        people = select(NotePersonRow.note_id)
        theirs = people.where(NotePersonRow.workspace_id == self._workspace, NotePersonRow.member_id == member)
        return await self._newest(states, limit, NoteRow.id.in_(theirs))

    async def in_states(self, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        """Newest first."""
        return await self._newest(states, limit)

    async def add_version(self, version: Version) -> None:
        """Keeps what was published."""
        await self._statements.upsert(NoteVersionRow, [mapping.version_values(self._workspace, version, self._seal)])

    async def versions(self, note: NoteId) -> Sequence[Version]:
        """Newest first."""
        query = select(NoteVersionRow).where(self._of(NoteVersionRow, note)).order_by(NoteVersionRow.number.desc())
        return [mapping.version_from(row, self._seal) for row in await self._statements.all(query)]

    async def add_objection(self, objection: Objection) -> None:
        """Keeps it."""
        await self._statements.upsert(
            NoteObjectionRow, [mapping.objection_values(self._workspace, objection, self._seal)]
        )

    async def objections(self, note: NoteId) -> Sequence[Objection]:
        """Oldest first."""
        return await self._objections(NoteObjectionRow.note_id == note)

    async def objections_by(self, member: MemberId) -> Sequence[Objection]:
        """A member's own, oldest first."""
        return await self._objections(NoteObjectionRow.member_id == member)

    async def keep_waiting(self, waiting: Waiting) -> None:
        """Keeps what waits."""
        await self._statements.upsert(NoteWaitingRow, [mapping.waiting_values(self._workspace, waiting, self._seal)])

    async def waiting(self, note: NoteId) -> Waiting | None:
        """What waits for its author's yes."""
        row = await self._statements.first(select(NoteWaitingRow).where(self._of(NoteWaitingRow, note)))
        return None if row is None else mapping.waiting_from(row, self._seal)

    async def drop_waiting(self, note: NoteId) -> None:
        """Takes it away."""
        self.destroyed = True
        await self._statements.write(delete(NoteWaitingRow).where(self._of(NoteWaitingRow, note)))

    async def add_sending(self, sending: Sending) -> None:
        """One more line."""
        await self._statements.insert(NoteSendingRow, [mapping.sending_values(self._workspace, sending)])

    async def sendings(self, limit: int = 100) -> Sequence[Sending]:
        """Newest first."""
        query = select(NoteSendingRow).where(NoteSendingRow.workspace_id == self._workspace)
        newest = query.order_by(NoteSendingRow.at.desc(), NoteSendingRow.id.desc()).limit(limit)
        return [mapping.sending_from(row) for row in await self._statements.all(newest)]

    async def put_job(self, job: Job) -> None:
        """Adds a reading or writes it anew."""
        await self._statements.upsert(NoteJobRow, [mapping.job_values(self._workspace, job, self._seal)])

    async def job(self, job: UUID) -> Job | None:
        """One reading."""
        row = await self._statements.first(select(NoteJobRow).where(self._jobs(), NoteJobRow.id == job))
        return None if row is None else mapping.job_from(row, self._seal)

    async def jobs_seen_before(self, at: datetime) -> Sequence[Job]:
        """Those that should be going on, oldest first."""
        going = NoteJobRow.state == ReadingState.READING.value
        query = select(NoteJobRow).where(self._jobs(), going, NoteJobRow.seen_at < at).order_by(NoteJobRow.id)
        return [mapping.job_from(row, self._seal) for row in await self._statements.all(query)]

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """Names another member where this one was named."""
        for note in await self.with_member(member, tuple(NoteState), _ALL):
            people = tuple(another if one == member else one for one in note.took_part)
            said_by = {id_: another if one == member else one for id_, one in note.said_by.items()}
            await self.put(replace(note, took_part=people, said_by=said_by))
        theirs = update(NoteRow).where(self._here(), NoteRow.author_id == member)
        await self._statements.write(theirs.values(author_id=another))
        for objection in await self.objections_by(member):
            await self.add_objection(replace(objection, member=another))
        for row in (NoteWaitingRow, NoteSendingRow, NoteJobRow):
            named = update(row).where(row.workspace_id == self._workspace, row.member_id == member)
            await self._statements.write(named.values(member_id=another))
        await self._forget_objections(member)

    async def forget_member(self, member: MemberId) -> None:
        """Takes the name out."""
        taking_part = delete(NotePersonRow).where(
            NotePersonRow.workspace_id == self._workspace, NotePersonRow.member_id == member
        )
        await self._statements.write(taking_part)
        await self._forget_objections(member)
        await self._statements.write(delete(NoteJobRow).where(self._jobs(), NoteJobRow.member_id == member))

    async def expired(self, at: datetime) -> Sequence[NoteId]:
        """Drafts whose time is over."""
        over = (NoteRow.state == NoteState.DRAFT.value) & (NoteRow.expires_at <= at)
        return [NoteId(one) for one in await self._statements.all(select(NoteRow.id).where(self._here(), over))]

    async def withdrawn_before(self, at: datetime) -> Sequence[NoteId]:
        """Those that were taken back before then."""
        old = (NoteRow.state == NoteState.WITHDRAWN.value) & (NoteRow.withdrawn_at < at)
        return [NoteId(one) for one in await self._statements.all(select(NoteRow.id).where(self._here(), old))]

    async def forget_before(self, *, jobs: datetime, sendings: datetime) -> int:
        """What is older goes."""
        gone = await self._statements.write(delete(NoteJobRow).where(self._jobs(), NoteJobRow.begun_at < jobs))
        ledger = (NoteSendingRow.workspace_id == self._workspace) & (NoteSendingRow.at < sendings)
        return gone + await self._statements.write(delete(NoteSendingRow).where(ledger))

    async def _newest(
        self, states: Sequence[NoteState], limit: int, which: ColumnElement[bool] | None = None
    ) -> Sequence[Note]:
        query = select(NoteRow.id).where(self._here(), NoteRow.state.in_([state.value for state in states]))
        meant = query if which is None else query.where(which)
        ids = await self._statements.all(meant.order_by(NoteRow.made_at.desc(), NoteRow.id.desc()).limit(limit))
        found = {note.id: note for note in await self._many([NoteId(one) for one in ids])}
        return [found[NoteId(one)] for one in ids]

    async def _many(self, notes: Sequence[NoteId]) -> list[Note]:
        found: list[Note] = []
        for part in in_parts(sorted(notes)):
            people: defaultdict[UUID, list[UUID]] = defaultdict(list)
            named = select(NotePersonRow.note_id, NotePersonRow.member_id).where(
                NotePersonRow.workspace_id == self._workspace, NotePersonRow.note_id.in_(part)
            )
            for note, member in await self._statements.pairs(named.order_by(NotePersonRow.position)):
                people[note].append(member)
            rows = await self._statements.all(select(NoteRow).where(self._here(), NoteRow.id.in_(part)))
            found += [mapping.note_from(row, people[row.id], self._seal) for row in rows]
        return found

    async def _objections(self, which: ColumnElement[bool]) -> list[Objection]:
        query = select(NoteObjectionRow).where(NoteObjectionRow.workspace_id == self._workspace, which)
        rows = await self._statements.all(query.order_by(NoteObjectionRow.at, NoteObjectionRow.member_id))
        return [mapping.objection_from(row, self._seal) for row in rows]

    async def _forget_objections(self, member: MemberId) -> None:
        theirs = NoteObjectionRow.member_id == member
        await self._statements.write(
            delete(NoteObjectionRow).where(NoteObjectionRow.workspace_id == self._workspace, theirs)
        )

    def _here(self) -> ColumnElement[bool]:
        return NoteRow.workspace_id == self._workspace

    def _jobs(self) -> ColumnElement[bool]:
        return NoteJobRow.workspace_id == self._workspace

    def _of(self, row: _Belongs, note: NoteId) -> ColumnElement[bool]:
        return (row.workspace_id == self._workspace) & (row.note_id == note)
