"""The letters of announcements: made when they are sent, from what is true then."""

from bot.announcements.cards import copy_card
from bot.announcements.domain import AnnouncementState
from bot.announcements.kinds import AnnouncementCopy
from bot.deliveries.letters import Reading, Written, written
from bot.messages.elements import Card


async def _copy(reading: Reading, letter: AnnouncementCopy) -> Card | None:
    announcement = await reading.work.announcements.get(letter.announcement)
    if announcement is None or announcement.state is AnnouncementState.CANCELLED:
        return None
    if reading.reader is not None and reading.reader.announcements_muted and not reading.edits:
        return None
    author = await reading.work.members.get(announcement.author)
    return copy_card(announcement, author, reading.words, to_one=reading.reader is not None)


LETTERS: tuple[Written, ...] = (written(AnnouncementCopy, _copy),)
