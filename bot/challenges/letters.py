"""The letters of challenges: made when they are sent, from what is true then."""

from datetime import datetime

from bot.challenges.cards import challenge_card
from bot.challenges.domain import ChallengeState
from bot.challenges.hostcards import over_card
from bot.challenges.invitationcards import invitation_card, settled_card, unused_card
from bot.challenges.kinds import (
    ChallengeCard,
    ChallengeGone,
    ChallengeInvitation,
    ChallengeLeft,
    ChallengeNotPosted,
    ChallengeOver,
    ChallengeUnused,
)
from bot.challenges.lostcards import gone_card, left_card, not_posted_card
from bot.challenges.outgoing import gone, not_posted
from bot.challenges.standing import standing
from bot.deliveries.domain import Delivery, DeliveryState
from bot.deliveries.letters import Reading, Written, written
from bot.messages.elements import Card
from bot.ports import UnitOfWork


async def _card(reading: Reading, letter: ChallengeCard) -> Card | None:
    found = await reading.work.challenges.get(letter.challenge)
    return None if found is None else challenge_card(await standing(reading.work, found), reading.words)


async def _invitation(reading: Reading, letter: ChallengeInvitation) -> Card | None:
    """A new one to somebody who has said nothing; the one that stands says it where its reader has answered, or it is closed."""
    found, reader = await reading.work.challenges.get(letter.challenge), reading.reader
    if found is None or reader is None:
        return None
    shown = await standing(reading.work, found)
    mine = next((one for one in shown.invitations if one.member == reader.id), None)
    if mine is None or mine.declined_at is not None:
        return None
    if found.is_open() and shown.of(reader.id) is None:
        return None if reader.challenges_muted else invitation_card(shown, mine, reading.words)
    return settled_card(shown, reader.id, reading.words) if reading.edits else None


async def _over(reading: Reading, letter: ChallengeOver) -> Card | None:
    found = await reading.work.challenges.get(letter.challenge)
    if found is None or found.state is not ChallengeState.CLOSED or reading.reader is None:
        return None
    return over_card(await standing(reading.work, found), reading.reader, reading.words)


async def _unused(reading: Reading, letter: ChallengeUnused) -> Card | None:
    found = await reading.work.challenges.get(letter.challenge)
    return None if found is None else unused_card(found, reading.words)


async def _not_posted(reading: Reading, letter: ChallengeNotPosted) -> Card | None:
    found = await reading.work.challenges.get(letter.challenge)
    card = await reading.work.deliveries.get(letter.card)
    if found is None or not found.is_open() or card is None or card.state is DeliveryState.SENT:
        return None
    if found.place is None or found.place.anchor != card.id:
        return None
    return not_posted_card(found, card, reading.words)


async def _gone(reading: Reading, letter: ChallengeGone) -> Card | None:
    found = await reading.work.challenges.get(letter.challenge)
    if found is None or not found.is_open() or found.place is None or found.place.anchor != letter.card:
        return None
    return gone_card(await standing(reading.work, found), reading.words)


async def _left(reading: Reading, letter: ChallengeLeft) -> Card | None:
    found = await reading.work.challenges.get(letter.challenge)
    return left_card(found, reading.words) if found is not None and found.is_open() else None


async def _tell_gone(work: UnitOfWork, edit: Delivery, now: datetime) -> None:
    letter, card = edit.letter, edit.revises
    found = await work.challenges.get(letter.challenge) if isinstance(letter, ChallengeCard) else None
    stands = found is not None and found.place is not None and found.place.anchor == card
    if found is not None and stands and card is not None and found.is_open():
        await work.deliveries.add([gone(found, card, now)])


async def _tell_not_posted(work: UnitOfWork, card: Delivery, now: datetime) -> None:
    letter = card.letter
    found = await work.challenges.get(letter.challenge) if isinstance(letter, ChallengeCard) else None
    if found is not None and found.is_open():
        await work.deliveries.add([not_posted(found, card, now)])


LETTERS: tuple[Written, ...] = (
    written(ChallengeCard, _card, _tell_not_posted, _tell_gone),
    written(ChallengeGone, _gone),
    written(ChallengeInvitation, _invitation),
    written(ChallengeLeft, _left),
    written(ChallengeNotPosted, _not_posted),
    written(ChallengeOver, _over),
    written(ChallengeUnused, _unused),
)
