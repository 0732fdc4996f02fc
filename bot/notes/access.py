"""Who may see a note and do what with it. Pure, but for looking it up."""

from bot.errors import NotAllowed, NotThere, Phrase, phrase
from bot.identity import NoteId
from bot.members.domain import Member
from bot.notes.domain import Audience, Note, NoteState
from bot.ports import UnitOfWork


async def there(work: UnitOfWork, note: NoteId) -> Note:
    """The note. Raises NotThere."""
    found = await work.notes.get(note)
    if found is None:
        raise NotThere(gone())
    return found


async def own(work: UnitOfWork, note: NoteId, by: Member) -> Note:
    """The note of its author. To others a draft is not there at all."""
    found = await there(work, note)
    if found.author != by.id:
        if not may_see(found, by):
            raise NotThere(gone())
        raise NotAllowed(phrase("Only whoever made the note can do that."))
    return found


async def seen(work: UnitOfWork, note: NoteId, by: Member) -> Note:
    """The note, for somebody who may see it. Raises NotThere for everybody else."""
    found = await there(work, note)
    if not may_see(found, by):
        raise NotThere(gone())
    return found


def may_see(note: Note, member: Member) -> bool:
    """Its author at any time; what is published, its audience, those who took part, and organisers."""
    if note.author == member.id:
        return True
    if note.state is NoteState.WITHDRAWN:
        return member.is_organiser()
    if not note.is_shown():
        return False
    return member.is_organiser() or member.id in note.took_part or note.shown_to() is not Audience.US


def may_withdraw(note: Note, member: Member) -> bool:
    """Its author and organisers."""
    return note.is_shown() and (note.author == member.id or member.is_organiser())


def may_object(note: Note, member: Member) -> bool:
    """Whoever took part and did not make it."""
    return note.is_shown() and member.id in note.took_part and note.author != member.id


def gone() -> Phrase:
    """Said of one that was thrown away, expired, or never was for whoever asks."""
    return phrase("That note is not there any more: it was thrown away, or its time was over.")
