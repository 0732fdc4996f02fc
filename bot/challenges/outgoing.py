"""The deliveries that challenges cause. Keys are unique: however often one is written, nobody gets it twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.challenges.domain import Challenge, ChallengePlace
from bot.challenges.kinds import (
    ChallengeCard,
    ChallengeGone,
    ChallengeInvitation,
    ChallengeLeft,
    ChallengeNotPosted,
    ChallengeOver,
    ChallengeUnused,
)
from bot.deliveries.domain import Delivery
from bot.deliveries.making import edit_of, to_member, to_place
from bot.identity import DeliveryId, MemberId, new_id
from bot.ports import UnitOfWork

_WRITTEN_DOWN = timedelta(seconds=1)


def posted(challenge: Challenge, place: ChallengePlace, now: datetime) -> tuple[ChallengePlace, Delivery]:
    """The challenge's card in a place, and the place that knows it."""
    anchor = DeliveryId(new_id())
    card = to_place(place.address, f"challenge:{challenge.id}:{anchor}", ChallengeCard(challenge.id), now, anchor)
    return replace(place, anchor=anchor), card


async def refresh(work: UnitOfWork, challenge: Challenge, now: datetime) -> None:
    """The card says what is true now, soon: at most one edit waits, and lanes keep their pace."""
    place = challenge.place
    if place is None or place.anchor is None:
        return
    _, again = posted(challenge, place, now)
    await work.deliveries.revise(edit_of(place.anchor, again))


def invitation(challenge: Challenge, member: MemberId, now: datetime) -> Delivery:
    """Once to each member, and never after the close."""
    letter = to_member(member, _invitation_key(challenge, member), ChallengeInvitation(challenge.id), now)
    return replace(letter, not_after=challenge.closes_at)


async def tell_invited(work: UnitOfWork, challenge: Challenge, members: Iterable[MemberId], now: datetime) -> None:
    """The invitations of those who got one say what is true now."""
    keys = {_invitation_key(challenge, member): member for member in members}
    for key, first in (await work.deliveries.by_keys(list(keys))).items():
        edit = to_member(keys[key], f"{key}:{new_id()}", ChallengeInvitation(challenge.id), now)
        await work.deliveries.revise(edit_of(first.id, edit))


def over(challenge: Challenge, member: MemberId, now: datetime) -> Delivery:
    """What came of it, once to each whom it is for."""
    return to_member(member, f"challenge:{challenge.id}:over:{member}", ChallengeOver(challenge.id), now)


def unused(challenge: Challenge, member: MemberId, now: datetime) -> Delivery:
    """That an answer was not used, once to its writer."""
    return to_member(member, f"challenge:{challenge.id}:unused:{member}", ChallengeUnused(challenge.id), now)


def left(challenge: Challenge, heir: MemberId, now: datetime) -> Delivery:
    """That whoever asked has left, once to each who may take it up."""
    return to_member(heir, f"challenge:{challenge.id}:left:{heir}", ChallengeLeft(challenge.id), now)


def not_posted(challenge: Challenge, card: Delivery, now: datetime) -> Delivery:
    """What could not be posted, a moment later, when it is written down why."""
    letter = ChallengeNotPosted(challenge.id, card.id)
    told = to_member(challenge.author, f"challenge:{challenge.id}:not_posted:{card.id}", letter, now)
    return replace(told, not_before=now + _WRITTEN_DOWN)


def gone(challenge: Challenge, card: DeliveryId, now: datetime) -> Delivery:
    """Its card stood there and does not any more; told once."""
    return to_member(challenge.author, _gone_key(challenge, card), ChallengeGone(challenge.id, card), now)


async def is_gone(work: UnitOfWork, challenge: Challenge, card: DeliveryId) -> bool:
    """Whether that was told."""
    return await work.deliveries.by_key(_gone_key(challenge, card)) is not None


def _gone_key(challenge: Challenge, card: DeliveryId) -> str:
    return f"challenge:{challenge.id}:gone:{card}"


def _invitation_key(challenge: Challenge, member: MemberId) -> str:
    return f"challenge:{challenge.id}:ask:{member}"
