"""The letters of case notes: made when they are sent, from what is true then."""

from bot.deliveries.letters import Reading, Written, written
from bot.members.domain import Member
from bot.messages.elements import Card
from bot.notes.cards import draft_card
from bot.notes.domain import Note, NoteState, ReadingState
from bot.notes.kinds import NoteObjected, NoteOpened, NoteReading, NoteTold, NoteWritten
from bot.notes.service import Opened
from bot.notes.shelving import newest
from bot.notes.tellcards import gone_card, objected_card, opened_card, reading_card, told_card


async def _reading(reading: Reading, letter: NoteReading) -> Card | None:
    job = await reading.work.notes.job(letter.job)
    if job is None:
        return None
    if job.state is ReadingState.DONE and job.note is not None:
        note = await reading.work.notes.get(job.note)
        if note is not None and note.state is NoteState.DRAFT:
            waits = await reading.work.notes.waiting(note.id)
            told = reading.words.say("The model has written its draft.") if job.writes else ""
            return draft_card(Opened(note, {}, {}, waits is not None), reading.words, told)
    return reading_card(job, reading.now, reading.words)


async def _written(reading: Reading, letter: NoteWritten) -> Card | None:
    note = await reading.work.notes.get(letter.note)
    if note is None or note.state is not NoteState.DRAFT:
        return None
    if note.model:
        told = reading.words.say("The model has written its draft.")
    else:
        told = reading.words.say(
            "Your draft stays as it is: the model gave no usable answer, or you changed the draft meanwhile."
        )
    return draft_card(Opened(note, {}, {}), reading.words, told)


async def _told(reading: Reading, letter: NoteTold) -> Card | None:
    note, reader = await reading.work.notes.get(letter.note), reading.reader
    if (
        note is None
        or reader is None
        or reader.id not in note.took_part
        or not (reading.edits or _is_news(note, reader))
    ):
        return None
    if not note.is_shown():
        return gone_card(reading.words)
    shown = await newest(reading.work, note)
    return None if shown is None else told_card(note, shown.content.title, reading.words)


def _is_news(note: Note, reader: Member) -> bool:
    return note.is_shown() and not reader.notes_muted


async def _objected(reading: Reading, letter: NoteObjected) -> Card | None:
    note = await reading.work.notes.get(letter.note)
    if note is None:
        return None
    objections = [one for one in await reading.work.notes.objections(note.id) if one.version == note.objected]
    return objected_card(note, [one.reason for one in objections if one.reason], reading.words)


async def _opened(reading: Reading, letter: NoteOpened) -> Card | None:
    note = await reading.work.notes.get(letter.note)
    return opened_card(note, reading.words) if note is not None and note.is_open else None


LETTERS: tuple[Written, ...] = (
    written(NoteReading, _reading),
    written(NoteWritten, _written),
    written(NoteTold, _told),
    written(NoteObjected, _objected),
    written(NoteOpened, _opened),
)
