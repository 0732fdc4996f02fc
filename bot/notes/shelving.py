"""What the knowledge bank is told when a note is published, is seen by others than before, or is taken back: in the same unit
of work, so that the bank never shows what the note no longer allows."""

from dataclasses import replace

from bot.bank.entries import entry_of
from bot.notes.domain import Note, NoteState, Version
from bot.ports import UnitOfWork


async def shelve(work: UnitOfWork, note: Note) -> None:
    """The bank has the newest version, for those who may see it now. While a change of what is open to all waits, it keeps the
    version that it has."""
    shown = await newest(work, note)
    if shown is None or not note.is_shown() or (note.state is NoteState.ANNOUNCED and note.is_open):
        return
    seen = replace(note, themes=shown.themes, place=shown.place)
    entry = entry_of(seen, shown.content, version=shown.number, audience=note.shown_to(), at=shown.at)
    await work.bank.put(entry)


async def unshelve(work: UnitOfWork, note: Note) -> None:
    """The bank has it no more."""
    await work.bank.remove(note.id)


async def as_others_see(work: UnitOfWork, note: Note) -> Note:
    """The note as it was published last: what its author changed since is nobody else's."""
    shown = await newest(work, note)
    return note if shown is None else replace(note, content=shown.content, themes=shown.themes, place=shown.place)


async def newest(work: UnitOfWork, note: Note) -> Version | None:
    """What was published last."""
    return next(iter(await work.notes.versions(note.id)), None)
