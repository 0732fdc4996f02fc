"""The deliveries that case notes cause. Keys are unique: however often one is written, nobody gets it twice."""

from datetime import datetime
from uuid import uuid5

from bot.deliveries.domain import Delivery
from bot.deliveries.making import edit_of, to_member
from bot.identity import DeliveryId, MemberId, new_id
from bot.notes.domain import Job, Note
from bot.notes.kinds import NoteObjected, NoteOpened, NoteReading, NoteTold, NoteWritten
from bot.ports import UnitOfWork


def reading_shown(job: Job, now: datetime) -> Delivery:
    """The message that shows how far a reading is."""
    return to_member(job.member, f"note:reading:{job.id}", NoteReading(job.id), now, job.anchor)


def reading_moved(job: Job, now: datetime) -> Delivery:
    """The same message says what is true by now."""
    revision = DeliveryId(new_id())
    again = to_member(job.member, f"note:reading:{job.id}:{revision}", NoteReading(job.id), now, revision)
    return edit_of(job.anchor, again)


def written_by_model(note: Note, now: datetime) -> Delivery:
    """The model's draft, to its author."""
    return to_member(note.author, f"note:{note.id}:written:{note.revision}", NoteWritten(note.id), now)


def told(note: Note, member: MemberId, now: datetime) -> Delivery:
    """Once to each for a version, to those who took part."""
    return to_member(
        member, f"note:{note.id}:told:{note.version}:{member}", NoteTold(note.id), now, _told_id(note, member)
    )


async def told_anew(work: UnitOfWork, note: Note, but: MemberId, now: datetime) -> None:
    """What those were told who took part says how it is now; ``but``: whoever made it so."""
    for member in note.took_part:
        earlier = None if member == but else await work.deliveries.get(_told_id(note, member))
        if earlier is not None:
            revision = DeliveryId(new_id())
            again = to_member(member, f"{earlier.key}:{revision}", NoteTold(note.id), now, revision)
            await work.deliveries.add([edit_of(earlier.id, again)])


def told_of_objection(note: Note, now: datetime) -> Delivery:
    """To the author, once for a version and audience however many object."""
    return to_member(note.author, f"note:{note.id}:objected:{note.version}:{note.audience}", NoteObjected(note.id), now)


def told_of_opening(note: Note, now: datetime) -> Delivery:
    """To the author, once for a version."""
    return to_member(note.author, f"note:{note.id}:opened:{note.version}", NoteOpened(note.id), now)


def _told_id(note: Note, member: MemberId) -> DeliveryId:
    """Known without looking it up, so that it can be revised."""
    return DeliveryId(uuid5(note.id, f"told:{note.version}:{member}"))
