"""Case notes in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.identity import MemberId, NoteId
from bot.notes.domain import Job, Note, NoteState, Objection, ReadingState, Sending, Version, Waiting
from tests.fake_books import Drafts


class MemoryNotes:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, note: Note) -> None:
        self._drafts.notes.put(note.id, replace(note, took_part=tuple(dict.fromkeys(note.took_part))))

    async def get(self, note: NoteId) -> Note | None:
        return self._drafts.notes.get(note)

    async def remove(self, note: NoteId) -> None:
        self._drafts.notes.remove([note])
        self._drafts.note_versions.remove([key for key, _ in self._drafts.note_versions.items() if key[0] == note])
        theirs = [key for key, one in self._drafts.note_objections.items() if one.note == note]
        self._drafts.note_objections.remove(theirs)
        await self.drop_waiting(note)

    async def of_author(self, author: MemberId, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        return [note for note in await self.in_states(states, 100_000) if note.author == author][:limit]

    async def with_member(self, member: MemberId, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        return [note for note in await self.in_states(states, 100_000) if member in note.took_part][:limit]

    async def in_states(self, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        found = [note for note in self._drafts.notes.values() if note.state in states]
        return sorted(found, key=lambda note: (note.made_at, note.id), reverse=True)[:limit]

    async def add_version(self, version: Version) -> None:
        self._drafts.note_versions.put((version.note, version.number), version)

    async def versions(self, note: NoteId) -> Sequence[Version]:
        found = [one for one in self._drafts.note_versions.values() if one.note == note]
        return sorted(found, key=lambda one: -one.number)

    async def add_objection(self, objection: Objection) -> None:
        key = (objection.note, objection.member, objection.version, objection.audience)
        self._drafts.note_objections.put(key, objection)

    async def objections(self, note: NoteId) -> Sequence[Objection]:
        return self._sorted([one for one in self._drafts.note_objections.values() if one.note == note])

    async def objections_by(self, member: MemberId) -> Sequence[Objection]:
        return self._sorted([one for one in self._drafts.note_objections.values() if one.member == member])

    async def keep_waiting(self, waiting: Waiting) -> None:
        self._drafts.note_waiting.put(waiting.note, waiting)

    async def waiting(self, note: NoteId) -> Waiting | None:
        return self._drafts.note_waiting.get(note)

    async def drop_waiting(self, note: NoteId) -> None:
        self._drafts.note_waiting.remove([note])

    async def add_sending(self, sending: Sending) -> None:
        self._drafts.note_sendings.put(sending.id, sending)

    async def sendings(self, limit: int = 100) -> Sequence[Sending]:
        found = sorted(self._drafts.note_sendings.values(), key=lambda one: (one.at, one.id), reverse=True)
        return found[:limit]

    async def put_job(self, job: Job) -> None:
        self._drafts.note_jobs.put(job.id, job)

    async def job(self, job: UUID) -> Job | None:
        return self._drafts.note_jobs.get(job)

    async def jobs_seen_before(self, at: datetime) -> Sequence[Job]:
        going = [one for one in self._drafts.note_jobs.values() if one.state is ReadingState.READING]
        return sorted((one for one in going if one.seen_at < at), key=lambda one: one.id)

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        for note in self._drafts.notes.values():
            people = tuple(another if one == member else one for one in note.took_part)
            author = another if note.author == member else note.author
            said_by = {id_: another if one == member else one for id_, one in note.said_by.items()}
            await self.put(replace(note, author=author, took_part=people, said_by=said_by))
        for objection in await self.objections_by(member):
            await self.add_objection(replace(objection, member=another))
        self._forget_objections(member)
        for waiting in self._drafts.note_waiting.values():
            if waiting.member == member:
                await self.keep_waiting(replace(waiting, member=another))
        for sending in self._drafts.note_sendings.values():
            if sending.member == member:
                await self.add_sending(replace(sending, member=another))
        for job in self._drafts.note_jobs.values():
            if job.member == member:
                await self.put_job(replace(job, member=another))

    async def forget_member(self, member: MemberId) -> None:
        for note in await self.with_member(member, tuple(NoteState), 100_000):
            await self.put(replace(note, took_part=tuple(one for one in note.took_part if one != member)))
        self._forget_objections(member)
        self._drafts.note_jobs.remove([one.id for one in self._drafts.note_jobs.values() if one.member == member])

    async def expired(self, at: datetime) -> Sequence[NoteId]:
        drafts = await self.in_states([NoteState.DRAFT], 100_000)
        return [note.id for note in drafts if note.expires_at is not None and note.expires_at <= at]

    async def withdrawn_before(self, at: datetime) -> Sequence[NoteId]:
        gone = await self.in_states([NoteState.WITHDRAWN], 100_000)
        return [note.id for note in gone if note.withdrawn_at is not None and note.withdrawn_at < at]

    async def forget_before(self, *, jobs: datetime, sendings: datetime) -> int:
        old = [one.id for one in self._drafts.note_jobs.values() if one.begun_at < jobs]
        older = [one.id for one in self._drafts.note_sendings.values() if one.at < sendings]
        self._drafts.note_jobs.remove(old)
        self._drafts.note_sendings.remove(older)
        return len(old) + len(older)

    def _forget_objections(self, member: MemberId) -> None:
        theirs = [key for key, one in self._drafts.note_objections.items() if one.member == member]
        self._drafts.note_objections.remove(theirs)

    def _sorted(self, found: list[Objection]) -> list[Objection]:
        return sorted(found, key=lambda one: (one.at, one.member))
