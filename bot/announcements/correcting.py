"""Corrections: what went out is edited where it stands, in every copy. The corrected text is looked at first, like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.announcements.domain import MOST_CHARACTERS, Announcement, AnnouncementState
from bot.announcements.kinds import AnnouncementCopy
from bot.announcements.text import read_text
from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt
from bot.errors import Conflict, NotThere, phrase
from bot.identity import AnnouncementId, DeliveryId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units

_ALL_TIMES = 10_000
_STANDING = (DeliveryState.SENT, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected text that nobody has seen yet. ``copies``: how many messages it would change."""

    draft: Announcement
    author: Member | None
    copies: int


class Corrections:
    """Use cases after an announcement was sent; all of them are an organiser's."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def write(self, workspace: WorkspaceId, announcement: AnnouncementId, version: int, text: str) -> Correction:
        """Keeps the corrected text as a draft and shows it. Raises NotThere where nothing went out, Conflict where somebody
        corrected it meanwhile, NotUnderstood for a text that cannot be."""
        async with self._units(workspace) as work:
            sent = await _sent(work, announcement, version)
            draft = replace(
                sent,
                id=AnnouncementId(new_id()),
                text=read_text(text, MOST_CHARACTERS),
                created_at=self._clock.now(),
                state=AnnouncementState.DRAFT,
                schedule=None,
                replaces=sent.id,
            )
            await work.announcements.put(draft)
            copies = len(await _copies(work, sent))
            author = await work.members.get(sent.author)
            await work.commit()
        return Correction(draft, author, copies)

    async def make(self, workspace: WorkspaceId, draft: AnnouncementId) -> tuple[AnnouncementId, int]:
        """Edits every copy. Returns what was corrected, and how many copies; raises as :meth:`write` does."""
        async with self._units(workspace) as work:
            written = await work.announcements.get(draft)
            if written is None or written.state is not AnnouncementState.DRAFT or written.replaces is None:
                raise NotThere(phrase("That announcement is not there any more."))
            sent = await _sent(work, written.replaces, written.version)
            corrected = replace(sent, text=written.text, version=sent.version + 1)
            edits = [_edit(copy, corrected, self._clock.now()) for copy in await _copies(work, sent)]
            await work.announcements.put(corrected)
            await work.announcements.remove(draft)
            await work.deliveries.add(edits)
            await work.commit()
        return sent.id, len(edits)


def may_be_corrected(announcement: Announcement) -> bool:
    """Whether copies of it may stand somewhere that still count."""
    return announcement.state in {AnnouncementState.SCHEDULED, AnnouncementState.ENDED}


async def _sent(work: UnitOfWork, announcement: AnnouncementId, version: int) -> Announcement:
    found = await work.announcements.get(announcement)
    if found is None or not may_be_corrected(found):
        raise NotThere(phrase("That announcement is not there any more."))
    if found.version != version:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
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
