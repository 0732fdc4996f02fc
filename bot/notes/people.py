"""Case notes and people who leave, become one, or ask what is kept about them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.identity import MemberId
from bot.notes.domain import Audience, Note, NoteState
from bot.notes.editing import Part, entries_of
from bot.notes.forgetting import without
from bot.notes.publishing import drop_schedule, taken_back
from bot.notes.shelving import as_others_see, newest, shelve
from bot.ports import UnitOfWork

_ALL = 100_000
_ANY = tuple(NoteState)
_SHOWN = (NoteState.ANNOUNCED, NoteState.PUBLISHED)


async def leave_notes(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Somebody is being forgotten. Their drafts go with what waits; their words leave the drafts of others. What they published
    names nobody and stays, but nothing of theirs becomes public by itself any more, changes that nobody saw are dropped, and
    what only they could see goes."""
    for note in await work.notes.of_author(member, _ANY, _ALL):
        if note.is_shown() and (note.audience is not Audience.US or set(note.took_part) - {member}):
            await _orphaned(work, note)
        elif note.is_shown():
            await taken_back(work, note, now)
        else:
            await remove_note(work, note)
    await _unsay(work, member, now)
    shared = await work.notes.with_member(member, _SHOWN, _ALL)
    await work.notes.forget_member(member)
    await _shelved_anew(work, shared)


async def _unsay(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    leaving = await work.members.get(member)
    name = "" if leaving is None else leaving.name
    for note in await work.notes.with_member(member, (NoteState.DRAFT,), _ALL):
        left = without(note, member, name)
        if left is None:
            await remove_note(work, note)
            continue
        # What a model was to be sent has their words, too.
        waits = await work.notes.waiting(note.id)
        if waits is not None:
            await work.schedules.remove(waits.schedule)
            await work.notes.drop_waiting(note.id)
        await work.notes.put(replace(left, changed_at=now))


async def give_notes(work: UnitOfWork, gone: MemberId, kept: MemberId) -> None:
    """Two rows were one person."""
    shared = {
        note.id: note
        for note in (*await work.notes.with_member(gone, _SHOWN, _ALL), *await work.notes.of_author(gone, _SHOWN, _ALL))
    }
    await work.notes.give_to(gone, kept)
    await _shelved_anew(work, shared.values())


async def remove_note(work: UnitOfWork, note: Note) -> None:
    """It goes with all that belongs to it."""
    await drop_schedule(work, note)
    waits = await work.notes.waiting(note.id)
    if waits is not None:
        await work.schedules.remove(waits.schedule)
    await work.notes.remove(note.id)


async def notes_of(work: UnitOfWork, member: MemberId) -> dict[str, object]:
    """What is kept of somebody's notes, for whoever asks what is known about them. Of notes of others: that they rest on what
    the member said, and by what title they are known."""
    own = await work.notes.of_author(member, _ANY, _ALL)
    shared = [note for note in await work.notes.with_member(member, _SHOWN, _ALL) if note.author != member]
    seen = [await as_others_see(work, note) for note in shared]
    sent = [one for one in await work.notes.sendings(_ALL) if one.member == member]
    return {
        "made": [_own(note) for note in own],
        "took_part_in": [{"title": note.content.title, "audience": note.shown_to().value} for note in seen],
        "objections": [
            {"at": one.at.isoformat(), "reason": one.reason, "audience": one.audience.value}
            for one in await work.notes.objections_by(member)
        ],
        "sent_to_models": [
            {"at": one.at.isoformat(), "model": one.model, "sha256": one.digest, "masked": dict(one.masked)}
            for one in sent
        ],
    }


def _own(note: Note) -> dict[str, object]:
    content = note.content
    return {
        "title": content.title,
        "state": note.state.value,
        "audience": note.audience.value,
        "made_at": note.made_at.isoformat(),
        "place": note.place,
        "themes": list(note.themes),
        "text": [entry.text for part in Part for entry in entries_of(content, part)],
    }


async def _orphaned(work: UnitOfWork, note: Note) -> None:
    shown = await newest(work, note)
    content = note.content if shown is None else shown.content
    calm = replace(note, content=content, revision=note.told, harmless=(), names=(), state=NoteState.PUBLISHED)
    if note.state is NoteState.ANNOUNCED:
        await drop_schedule(work, note)
        calm = replace(calm, audience=Audience.ACADEMY, public_at=None, schedule=None, is_open=False)
    await work.notes.put(calm)
    await shelve(work, calm)


async def _shelved_anew(work: UnitOfWork, notes: Iterable[Note]) -> None:
    there = [await work.notes.get(note.id) for note in notes]
    for note in filter(None, there):
        await shelve(work, note)
