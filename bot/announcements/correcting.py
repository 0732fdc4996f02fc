"""Corrections: what went out is edited where it stands, in every copy. The corrected text is looked at first, like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.announcements.domain import MOST_CHARACTERS, Announcement, AnnouncementState
from bot.announcements.kinds import AnnouncementCopy
from bot.announcements.text import read_text
from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt
from bot.errors import Conflict, NotThere, phrase
from bot.identity import AnnouncementId, DeliveryId, MemberId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units

_ALL_TIMES = 10_000
_WENT_OUT = frozenset({AnnouncementState.SCHEDULED, AnnouncementState.ENDED, AnnouncementState.CANCELLED})
_STANDING = (DeliveryState.SENT, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected text that nobody has seen yet. ``copies``: how many messages it would change."""

    draft: Announcement
    author: Member | None
    copies: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """It is being corrected, in so many ``copies``."""

    announcement: AnnouncementId
    copies: int


class Corrections:
    """Use cases after an announcement was sent; all of them are an organiser's."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def write(
        self, workspace: WorkspaceId, announcement: AnnouncementId, text: str, author: MemberId
    ) -> Correction:
        """Keeps the corrected text as a draft and shows it. Raises NotThere where nothing went out, NotUnderstood for a text
        that cannot be."""
        async with self._units(workspace) as work:
            sent = await _sent(work, announcement)
            draft = replace(
                sent,
                id=AnnouncementId(new_id()),
                text=read_text(text, MOST_CHARACTERS),
                created_at=self._clock.now(),
                state=AnnouncementState.DRAFT,
                schedule=None,
                corrects=sent.id,
                asked_by=author,
                decided_by=None,
            )
            await work.announcements.put(draft)
            shown = await correction(work, draft)
            await work.commit()
        return shown


async def correction(work: UnitOfWork, draft: Announcement) -> Correction:
    """How a draft that corrects something would look, and what it would change."""
    sent = None if draft.corrects is None else await work.announcements.get(draft.corrects)
    copies = 0 if sent is None else len(await _copies(work, sent))
    return Correction(draft, await work.members.get(draft.author), copies)


async def correction_to_make(work: UnitOfWork, draft: AnnouncementId) -> Announcement:
    """A corrected text that somebody has looked at. Raises NotThere once it was made or thrown away."""
    written = await work.announcements.get(draft)
    if written is None or written.corrects is None or written.state is AnnouncementState.ENDED:
        raise NotThere(phrase("That announcement is not there any more."))
    return written


async def make_correction(work: UnitOfWork, draft: Announcement, now: datetime) -> Corrected:
    """Edits every copy. Raises NotThere where nothing went out, Conflict where somebody corrected it meanwhile."""
    sent = None if draft.corrects is None else await _sent(work, draft.corrects)
    if sent is None or sent.version != draft.version:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
    corrected = replace(sent, text=draft.text, version=sent.version + 1)
    edits = [_edit(copy, corrected, now) for copy in await _copies(work, sent)]
    await work.announcements.put(corrected)
    await work.announcements.remove(draft.id)
    await work.deliveries.add(edits)
    return Corrected(sent.id, len(edits))


def may_be_corrected(announcement: Announcement) -> bool:
    """Whether copies of it may stand somewhere: also of one that was ended by hand, since what went out stays."""
    return announcement.state in _WENT_OUT and announcement.corrects is None


async def _sent(work: UnitOfWork, announcement: AnnouncementId) -> Announcement:
    found = await work.announcements.get(announcement)
    if found is None or not may_be_corrected(found):
        raise NotThere(phrase("That announcement is not there any more."))
    return found


async def _copies(work: UnitOfWork, announcement: Announcement) -> Sequence[Delivery]:
    """What has been sent of it, at any time; what still waits is written from what is true when it goes."""
    known = announcement.schedule
    times = () if known is None else await work.schedules.occurrences(known, _ALL_TIMES)
    return [copy for time in times for copy in await work.deliveries.of_occurrence(time.id, _STANDING)]


def _edit(copy: Delivery, announcement: Announcement, now: datetime) -> Delivery:
    """An edit: making it twice harms nobody."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=f"{copy.key}:v{announcement.version}",
        lane=copy.lane,
        target=copy.target,
        letter=AnnouncementCopy(announcement.id),
        not_before=now,
        revises=copy.id,
        if_in_doubt=IfInDoubt.SEND_AGAIN,
        created_at=now,
    )
