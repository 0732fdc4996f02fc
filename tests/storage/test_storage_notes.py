"""Case notes come back as they were put, all that they say sealed; what belongs to one goes with it, but for the ledger."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from bot.deliveries.domain import LetterTable
from bot.identity import Address, MemberId, NoteId, WorkspaceId, new_id
from bot.notes.domain import Audience, NoteState, ReadingState, Source
from tests import databases
from tests.databases import Storage
from tests.note_values import CONTENT, a_job, a_note, a_sending, a_version, an_objection, what_waits
from tests.storage_values import NOW

_ANY = tuple(NoteState)


def somebody() -> MemberId:
    return MemberId(new_id())


async def test_a_note_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = a_note(somebody())
    bare = a_note(
        full.author,
        state=NoteState.DRAFT,
        source=Source(),
        took_part=(),
        public_at=None,
        published_at=None,
        expires_at=None,
        withdrawn_at=None,
        schedule=None,
        harmless=(),
        made_at=NOW + timedelta(seconds=1),
    )
    async with storage.units(here) as work:
        await work.notes.put(full)
        await work.notes.put(bare)
        await work.notes.put(replace(bare, revision=6, took_part=(full.author,)))
        await work.commit()
    async with storage.units(here, reading=True) as work:
        assert await work.notes.get(full.id) == full
        assert await work.notes.get(bare.id) == replace(bare, revision=6, took_part=(full.author,))
        assert await work.notes.get(NoteId(new_id())) is None
        assert [note.id for note in await work.notes.of_author(full.author, _ANY)] == [bare.id, full.id]
        assert [note.id for note in await work.notes.of_author(full.author, _ANY, 1)] == [bare.id]
        assert [note.id for note in await work.notes.with_member(full.took_part[1], _ANY)] == [full.id]
        assert [note.id for note in await work.notes.in_states([NoteState.DRAFT])] == [bare.id]
        assert await work.notes.with_member(somebody(), _ANY) == []


async def test_what_belongs_to_a_note_goes_with_it_and_the_ledger_stays(storage: Storage, here: WorkspaceId) -> None:
    author, other = somebody(), somebody()
    note = a_note(author)
    first, second = a_version(note.id), replace(a_version(note.id, 2), audience=Audience.PUBLIC)
    early, late = an_objection(note.id, other), an_objection(note.id, author, at=NOW + timedelta(hours=1))
    waits, sent = what_waits(note.id, author), a_sending(note.id, author)
    newer = a_sending(note.id, author, at=NOW + timedelta(hours=1))
    async with storage.units(here) as work:
        await work.notes.put(note)
        for version in (first, second):
            await work.notes.add_version(version)
        for objection in (late, early, replace(early, reason="")):
            await work.notes.add_objection(objection)
        await work.notes.keep_waiting(replace(waits, stored="earlier"))
        await work.notes.keep_waiting(waits)
        for sending in (sent, newer):
            await work.notes.add_sending(sending)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.notes.versions(note.id) == [second, first]
        assert await work.notes.objections(note.id) == [replace(early, reason=""), late]
        assert await work.notes.objections_by(author) == [late]
        assert await work.notes.waiting(note.id) == waits
        assert await work.notes.sendings() == [newer, sent]
        await work.notes.drop_waiting(note.id)
        assert await work.notes.waiting(note.id) is None
        await work.notes.keep_waiting(waits)
        await work.notes.remove(note.id)
        await work.notes.remove(note.id)
        assert await work.notes.get(note.id) is None
        assert await work.notes.versions(note.id) == []
        assert await work.notes.objections(note.id) == []
        assert await work.notes.waiting(note.id) is None
        assert await work.notes.with_member(other, _ANY) == []
        assert await work.notes.sendings(1) == [newer]
        await work.commit()


async def test_readings_and_what_is_kept_for_a_while(storage: Storage, here: WorkspaceId) -> None:
    member = somebody()
    going, over = a_job(member), a_job(member, state=ReadingState.DONE, begun_at=NOW - timedelta(days=2))
    bare = a_job(
        member,
        message=Address("web", "x"),
        rest_until=None,
        since=None,
        until=None,
        camp=None,
        note=None,
        seen_at=NOW,
    )
    old = a_note(member, state=NoteState.DRAFT, expires_at=NOW)
    young = a_note(member, state=NoteState.DRAFT, expires_at=NOW + timedelta(seconds=1))
    gone = a_note(member, state=NoteState.WITHDRAWN, withdrawn_at=NOW - timedelta(days=31))
    async with storage.units(here) as work:
        for job in (going, over, bare):
            await work.notes.put_job(job)
        for note in (old, young, gone):
            await work.notes.put(note)
        await work.notes.add_sending(a_sending(old.id, member, at=NOW - timedelta(days=800)))
        await work.commit()
    async with storage.units(here) as work:
        assert await work.notes.job(going.id) == going
        assert await work.notes.job(bare.id) == bare
        assert await work.notes.job(new_id()) is None
        assert await work.notes.jobs_seen_before(NOW + timedelta(seconds=30)) == [bare]
        assert await work.notes.expired(NOW) == [old.id]
        assert await work.notes.withdrawn_before(NOW - timedelta(days=30)) == [gone.id]
        kept = {"jobs": NOW - timedelta(days=1), "sendings": NOW - timedelta(days=730)}
        assert await work.notes.forget_before(**kept) == 2
        assert await work.notes.job(over.id) is None


async def test_one_who_turns_out_to_be_another_and_one_who_is_forgotten(storage: Storage, here: WorkspaceId) -> None:
    gone, kept, other = somebody(), somebody(), somebody()
    own, shared = a_note(gone, took_part=(gone, kept)), a_note(other, took_part=(other, gone))
    job = a_job(gone)
    async with storage.units(here) as work:
        for note in (own, shared):
            await work.notes.put(note)
        await work.notes.add_objection(an_objection(shared.id, gone))
        await work.notes.keep_waiting(what_waits(own.id, gone))
        await work.notes.add_sending(a_sending(own.id, gone))
        await work.notes.put_job(job)
        await work.notes.give_to(gone, kept)
        await work.commit()
    async with storage.units(here) as work:
        found = {note.id: note for note in await work.notes.with_member(kept, _ANY)}
        assert found[own.id].author == kept
        assert found[own.id].took_part == (kept,)
        assert set(found[own.id].said_by.values()) == {kept}
        assert found[shared.id].took_part == (other, kept)
        assert [one.member for one in await work.notes.objections(shared.id)] == [kept]
        waits = await work.notes.waiting(own.id)
        assert waits is not None
        assert waits.member == kept
        assert [one.member for one in await work.notes.sendings()] == [kept]
        assert await work.notes.job(job.id) == replace(job, member=kept)
        assert await work.notes.objections_by(gone) == []
        await work.notes.forget_member(kept)
        assert await work.notes.with_member(kept, _ANY) == []
        assert await work.notes.objections(shared.id) == []
        assert await work.notes.job(job.id) is None
        assert [note.id for note in await work.notes.of_author(kept, _ANY)] == [own.id]
        await work.commit()


async def test_nothing_that_a_note_says_stands_in_the_database(real: Storage, database_url: str) -> None:
    author, here = somebody(), await real.workspace()
    note = a_note(author, state=NoteState.DRAFT)
    async with real.units(here) as work:
        await work.notes.put(note)
        await work.notes.add_version(a_version(note.id))
        await work.notes.add_objection(an_objection(note.id, author))
        await work.notes.keep_waiting(what_waits(note.id, author))
        await work.notes.put_job(a_job(author))
        await work.commit()
    tables = ("notes", "note_versions", "note_objections", "note_waiting", "note_jobs")
    rows = [str(row) for table in tables for row in databases.rows_of(database_url, f"SELECT * FROM {table}")]  # noqa: S608 - our own tables
    assert len(rows) == len(tables)
    for said in (CONTENT.title, "Karen", "Åse", "søster", "[PERSON 1]", "Viborg", "Rødovre", "general"):
        assert said not in " ".join(rows)


async def test_what_was_masked_for_good_is_gone_from_the_file_as_well(sqlite_url: str, letters: LetterTable) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        here, note = await storage.workspace(), a_note(somebody(), state=NoteState.DRAFT)
        log = Path(f"{make_url(sqlite_url).database}-wal")
        async with storage.units(here) as work:
            await work.notes.put(note)
            await work.notes.keep_waiting(what_waits(note.id, note.author))
            await work.commit()
        assert log.stat().st_size > 0
        for state in (NoteState.PUBLISHED, NoteState.WITHDRAWN):
            async with storage.units(here) as work:
                await work.notes.put(replace(note, state=state))
                await work.commit()
            assert log.stat().st_size == 0
        async with storage.units(here) as work:
            await work.notes.drop_waiting(note.id)
            await work.commit()
        assert log.stat().st_size == 0
