"""The letters of polls: made when they are sent, from what is true then."""

from datetime import datetime

from bot.deliveries.domain import Delivery, DeliveryState
from bot.deliveries.letters import Enclosed, Reading, Written, written
from bot.messages.elements import Card
from bot.polls.anonymity import voter_key
from bot.polls.cards import day_card, poll_card, reminder_card, reminder_over_card
from bot.polls.domain import Poll, PollState
from bot.polls.exports import best_days, day_file
from bot.polls.hostcards import over_card
from bot.polls.kinds import PollCard, PollDay, PollGone, PollLeft, PollNotPosted, PollOver, PollReminder
from bot.polls.lostcards import gone_card, left_card, not_posted_card
from bot.polls.outgoing import gone, not_posted
from bot.polls.standing import standing
from bot.ports import UnitOfWork


async def _card(reading: Reading, letter: PollCard) -> Card | None:
    poll = await reading.work.polls.get(letter.poll)
    return None if poll is None else poll_card(await standing(reading.work, poll), reading.words)


async def _not_posted(reading: Reading, letter: PollNotPosted) -> Card | None:
    poll = await _in_state(reading, letter, PollState.OPEN)
    card = await reading.work.deliveries.get(letter.card)
    if (
        poll is None
        or card is None
        or card.state is DeliveryState.SENT
        or all(place.anchor != card.id for place in poll.places)
    ):
        return None
    return not_posted_card(poll, card, reading.words)


async def _tell_not_posted(work: UnitOfWork, card: Delivery, now: datetime) -> None:
    letter = card.letter
    poll = await work.polls.get(letter.poll) if isinstance(letter, PollCard) else None
    if poll is not None and poll.state is PollState.OPEN:
        await work.deliveries.add([not_posted(poll, card, now)])


async def _over(reading: Reading, letter: PollOver) -> Card | None:
    poll = await _in_state(reading, letter, PollState.CLOSED)
    return None if poll is None else over_card(await standing(reading.work, poll), reading.words)


async def _gone(reading: Reading, letter: PollGone) -> Card | None:
    poll = await _in_state(reading, letter, PollState.OPEN)
    stands = poll is not None and any(place.anchor == letter.card for place in poll.places)
    return gone_card(poll, reading.words) if poll is not None and stands else None


async def _left(reading: Reading, letter: PollLeft) -> Card | None:
    poll = await reading.work.polls.get(letter.poll)
    known = poll is not None and poll.state in {PollState.OPEN, PollState.PATTERN}
    return left_card(poll, reading.words) if poll is not None and known else None


async def _tell_gone(work: UnitOfWork, edit: Delivery, now: datetime) -> None:
    letter = edit.letter
    poll = await work.polls.get(letter.poll) if isinstance(letter, PollCard) else None
    stands = poll is not None and any(place.anchor == edit.revises for place in poll.places)
    if poll is not None and stands and edit.revises is not None and poll.state is PollState.OPEN:
        await work.deliveries.add([gone(poll, edit.revises, now)])


async def _day(reading: Reading, letter: PollDay) -> Enclosed | None:
    """Only one that is clearly the best: of several, people choose by the buttons of the card."""
    poll = await _in_state(reading, letter, PollState.CLOSED)
    shown = None if poll is None else await standing(reading.work, poll)
    days = () if shown is None else best_days(shown)
    if shown is None or len(days) != 1 or shown.ballots < shown.poll.quorum:
        return None
    return Enclosed(
        day_card(shown.poll, days[0], reading.words), day_file(shown.poll, days[0], reading.now, reading.words)
    )


async def _reminder(reading: Reading, letter: PollReminder) -> Card | None:
    """A new one to somebody who has not voted; the one that stands says it where its reader has, or the poll is over."""
    poll, reader = await reading.work.polls.get(letter.poll), reading.reader
    if poll is None or reader is None or poll.state not in {PollState.OPEN, PollState.CLOSED}:
        return None
    if poll.state is PollState.CLOSED:
        return poll_card(await standing(reading.work, poll), reading.words) if reading.edits else None
    if await reading.work.polls.ballot(poll.id, voter_key(poll, reader.id)) is None:
        return reminder_card(await standing(reading.work, poll), reading.words)
    return reminder_over_card(poll, reading.words) if reading.edits else None


async def _in_state(
    reading: Reading, letter: PollOver | PollDay | PollGone | PollNotPosted, state: PollState
) -> Poll | None:
    poll = await reading.work.polls.get(letter.poll)
    return poll if poll is not None and poll.state is state else None


LETTERS: tuple[Written, ...] = (
    written(PollCard, _card, _tell_not_posted, _tell_gone),
    written(PollGone, _gone),
    written(PollLeft, _left),
    written(PollNotPosted, _not_posted),
    written(PollOver, _over),
    written(PollDay, _day),
    written(PollReminder, _reminder),
)
