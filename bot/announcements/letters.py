"""The letters of announcements: made when they are sent, from what is true then."""

from datetime import datetime

from bot.announcements.approvalcards import answered_card, ask_card, refused_card
from bot.announcements.cards import copy_card
from bot.announcements.correcting import correction
from bot.announcements.domain import Announcement, AnnouncementState
from bot.announcements.kinds import AnnouncementCopy, ApprovalAsked, ApprovalRefused, NotSent, OwnersCard, Progress
from bot.announcements.ownercards import Standing, gone_card, moved_card, not_sent_card, owner_card
from bot.announcements.seeing import latest_time, ledger, preview
from bot.announcements.telling import card_of
from bot.deliveries.domain import DeliveryState
from bot.deliveries.letters import Reading, Written, written
from bot.identity import AnnouncementId, DeliveryId, MemberId
from bot.members.domain import Member
from bot.messages.elements import Card
from bot.ports import UnitOfWork


async def _copy(reading: Reading, letter: AnnouncementCopy) -> Card | None:
    announcement = await reading.work.announcements.get(letter.announcement)
    if announcement is None or (announcement.state is AnnouncementState.CANCELLED and not reading.edits):
        return None
    if reading.reader is not None and reading.reader.announcements_muted and not reading.edits:
        return None
    author = await reading.work.members.get(announcement.author)
    return copy_card(announcement, author, reading.words, to_one=reading.reader is not None)


async def _asked(reading: Reading, letter: ApprovalAsked) -> Card | None:
    announcement = await reading.work.announcements.get(letter.announcement)
    awaits = announcement is not None and announcement.state is AnnouncementState.AWAITING
    if not _may_know(reading) or not (awaits or reading.edits):
        return None
    if announcement is None or not awaits:
        by = None if announcement is None else await _member(reading.work, announcement.decided_by)
        reader = reading.reader
        by_reader = by is not None and reader is not None and by.id == reader.id
        return answered_card(announcement, by, reading.words, by_reader=by_reader)
    work = reading.work
    shown = (
        await preview(work, announcement, reading.now)
        if announcement.corrects is None
        else await correction(work, announcement)
    )
    return ask_card(await _member(work, announcement.owner()), shown, reading.words, reading.now)


async def _refused(reading: Reading, letter: ApprovalRefused) -> Card | None:
    announcement = await reading.work.announcements.get(letter.announcement)
    if announcement is None or not announcement.declined or not _may_know(reading):
        return None
    return refused_card(announcement, await _member(reading.work, announcement.decided_by), reading.words)


async def _not_sent(reading: Reading, letter: NotSent) -> Card | None:
    found = await reading.work.announcements.get(letter.announcement)
    if found is None or not _may_know(reading):
        return None
    told = await ledger(reading.work, found)
    missed = next((one for one in told.times if one.occurrence.id == letter.occurrence), None)
    return None if missed is None else not_sent_card(found, missed, told.listed.next_at, reading.words)


async def _owners(reading: Reading, letter: OwnersCard) -> Card | None:
    found = await reading.work.announcements.get(letter.announcement)
    latest = None if found is None else await card_of(reading.work, found)
    if found is not None and latest is not None and latest.id != letter.card and _may_know(reading):
        return moved_card(found, reading.words)
    return await _owners_card(reading, letter.announcement)


async def _progress(reading: Reading, letter: Progress) -> Card | None:
    """Nothing where the card says it already."""
    shown = await _last_shown(reading.work, letter.before)
    if shown is not None and not await reading.work.deliveries.moved_since(letter.occurrence, shown):
        return None
    return await _owners_card(reading, letter.announcement)


async def _last_shown(work: UnitOfWork, edit: DeliveryId) -> datetime | None:
    """When the card was last made, among those that come before an edit."""
    before = await work.deliveries.get(edit)
    while before is not None:
        if before.state is DeliveryState.SENT:
            return before.first_tried_at
        before = await work.deliveries.get(before.letter.before) if isinstance(before.letter, Progress) else None
    return None


async def _owners_card(reading: Reading, announcement: AnnouncementId) -> Card | None:
    found = await reading.work.announcements.get(announcement)
    if not _may_know(reading):
        return None
    if found is None:
        return gone_card(reading.words) if reading.edits else None
    standing = await _standing(reading.work, found)
    return owner_card(standing, reading.words, reading.now)


async def _standing(work: UnitOfWork, announcement: Announcement) -> Standing:
    return Standing(announcement, await _member(work, announcement.decided_by), await latest_time(work, announcement))


async def _member(work: UnitOfWork, member: MemberId | None) -> Member | None:
    return None if member is None else await work.members.get(member)


def _may_know(reading: Reading) -> bool:
    """Whoever is no organiser any more hears nothing more of it."""
    return reading.reader is not None and reading.reader.is_organiser()


LETTERS: tuple[Written, ...] = (
    written(AnnouncementCopy, _copy),
    written(ApprovalAsked, _asked),
    written(ApprovalRefused, _refused),
    written(NotSent, _not_sent),
    written(OwnersCard, _owners),
    written(Progress, _progress),
)
