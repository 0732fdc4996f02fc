"""The letters of rounds and introductions: ids only; the words are made when they are sent, from what is true then."""

from zoneinfo import ZoneInfo

from bot.deliveries.letters import Reading, Written, written
from bot.introductions.cards import did_you_meet_card, offer_card, outcome_card, room_card
from bot.introductions.contacts import apart_in_room, contact_card, contacts_of, line_card, line_gone_card
from bot.introductions.domain import IntroState, Outcome, RoundState
from bot.introductions.gathering import takes_part
from bot.introductions.kinds import (
    CarriedLine,
    ContactCard,
    DidYouMeet,
    FollowUpNews,
    IntroNews,
    IntroOffer,
    RoomOpening,
    RoundReady,
)
from bot.introductions.life import Standing, is_open, standing
from bot.introductions.reaching import may_not_write
from bot.introductions.seeing import may_still_meet, see
from bot.introductions.summary import ready_card
from bot.messages.elements import Card


async def _offer(reading: Reading, letter: IntroOffer) -> Card | None:
    intro = await reading.work.rounds.intro(letter.intro)
    if intro is None or reading.reader is None or not takes_part(reading.reader, reading.now, reading.options.timezone):
        return None
    if standing(intro, letter.member, reading.now) is not Standing.ASKED or not await may_still_meet(
        reading.work, intro, reading.now
    ):
        return None
    return offer_card(await see(reading.work, intro, letter.member, reading.now), reading.words)


async def _news(reading: Reading, letter: IntroNews) -> Card | None:
    intro = await reading.work.rounds.intro(letter.intro)
    if intro is None or reading.reader is None or reading.reader.erased_at is not None:
        return None
    if intro.state is IntroState.PLANNED or intro.part_of(letter.member) is None:
        return None
    return offer_card(await see(reading.work, intro, letter.member, reading.now), reading.words)


async def _room(reading: Reading, letter: RoomOpening) -> Card | None:
    intro = await reading.work.rounds.intro(letter.intro)
    if intro is None:
        return None
    if intro.state is IntroState.ACCEPTED and not await may_still_meet(reading.work, intro, reading.now):
        return None
    if intro.state is not IntroState.ACCEPTED and not is_open(intro):
        return None
    contacts = await contacts_of(reading.work, intro, None, reading.now)
    apart = () if intro.room is None else apart_in_room(contacts, reading.words)
    return room_card(contacts.seen, reading.words, ZoneInfo(reading.options.timezone), apart)


async def _contact(reading: Reading, letter: ContactCard) -> Card | None:
    intro = await reading.work.rounds.intro(letter.intro)
    if intro is None or not is_open(intro) or intro.part_of(letter.member) is None:
        return None
    contacts = await contacts_of(reading.work, intro, letter.member, reading.now)
    return contact_card(contacts, reading.words, ZoneInfo(reading.options.timezone))


async def _line(reading: Reading, letter: CarriedLine) -> Card | None:
    line = await reading.work.lines.get(letter.line)
    intro = await reading.work.rounds.intro(letter.intro)
    if line is None or intro is None or reading.reader is None:
        # As an edit this stands in the place of what somebody wrote who has left; there is nothing else to send.
        return line_gone_card(reading.words)
    if await may_not_write(reading.work, line.author, line.to):
        return None
    return line_card(line, await contacts_of(reading.work, intro, line.to, reading.now), reading.words)


async def _did_you_meet(reading: Reading, letter: DidYouMeet) -> Card | None:
    intro = await reading.work.rounds.intro(letter.intro)
    if intro is None or reading.reader is None or not is_open(intro):
        return None
    part = intro.part_of(letter.member)
    if part is None or part.outcome is not Outcome.UNKNOWN:
        return None
    if not takes_part(reading.reader, reading.now, reading.options.timezone):
        return None
    seen = await see(reading.work, intro, letter.member, reading.now)
    return did_you_meet_card(seen, reading.words) if seen.others() else None


async def _follow_up_news(reading: Reading, letter: FollowUpNews) -> Card | None:
    intro = await reading.work.rounds.intro(letter.intro)
    if intro is None or intro.part_of(letter.member) is None or reading.reader is None:
        return None
    return outcome_card(await see(reading.work, intro, letter.member, reading.now), reading.words)


async def _ready(reading: Reading, letter: RoundReady) -> Card | None:
    round_ = await reading.work.rounds.get(letter.round)
    if round_ is None or round_.state is not RoundState.DRAFT:
        return None
    if reading.reader is None or not reading.reader.is_organiser():
        return None
    return ready_card(round_, await reading.work.rounds.intros_of(round_.id), reading.words)


LETTERS: tuple[Written, ...] = (
    written(IntroOffer, _offer),
    written(IntroNews, _news),
    written(RoomOpening, _room),
    written(ContactCard, _contact),
    written(CarriedLine, _line),
    written(DidYouMeet, _did_you_meet),
    written(FollowUpNews, _follow_up_news),
    written(RoundReady, _ready),
)

__all__ = [
    "LETTERS",
    "CarriedLine",
    "ContactCard",
    "DidYouMeet",
    "FollowUpNews",
    "IntroNews",
    "IntroOffer",
    "RoomOpening",
    "RoundReady",
]
