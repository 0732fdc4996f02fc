"""The deliveries that polls cause. Keys are unique: however often one is written, nobody gets it twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries.domain import Delivery
from bot.deliveries.making import edit_of, to_member, to_place
from bot.identity import DeliveryId, MemberId, new_id
from bot.polls.domain import Poll, PollKind, PollPlace
from bot.polls.kinds import PollCard, PollDay, PollGone, PollLeft, PollNotPosted, PollOver, PollReminder
from bot.ports import UnitOfWork

_WRITTEN_DOWN = timedelta(seconds=1)


def posted(poll: Poll, place: PollPlace, now: datetime) -> tuple[PollPlace, Delivery]:
    """The poll's card in a place, and the place that knows it."""
    anchor = DeliveryId(new_id())
    card = to_place(place.address, f"poll:{poll.id}:{anchor}", PollCard(poll.id), now, anchor)
    return replace(place, anchor=anchor), card


async def refresh(work: UnitOfWork, poll: Poll, now: datetime) -> None:
    """The card says everywhere what is true now, soon: at most one edit waits in each place, and lanes keep their pace."""
    for place, anchor in [(place, place.anchor) for place in poll.places if place.anchor is not None]:
        _, again = posted(poll, place, now)
        await work.deliveries.revise(edit_of(anchor, again))


def told_author(poll: Poll, now: datetime) -> Delivery:
    """What came of it, once for each time that it closes."""
    closed = poll.closed_at or now
    return to_member(poll.author, f"poll:{poll.id}:over:{closed.isoformat()}", PollOver(poll.id), now)


def day_found(poll: Poll, now: datetime) -> list[Delivery]:
    """The day that it found, in each place where its card stands; once for each time that it closes."""
    if poll.kind is not PollKind.DATES:
        return []
    closed = (poll.closed_at or now).isoformat()
    return [
        to_place(place.address, f"poll:{poll.id}:day:{closed}:{place.anchor}", PollDay(poll.id), now)
        for place in poll.places
        if place.anchor is not None
    ]


def left(poll: Poll, heir: MemberId, now: datetime) -> Delivery:
    """That whoever made it has left, once to each who may take it up."""
    return to_member(heir, f"poll:{poll.id}:left:{heir}", PollLeft(poll.id), now)


def not_posted(poll: Poll, card: Delivery, now: datetime) -> Delivery:
    """What could not be posted, a moment later, when it is written down why."""
    told = to_member(poll.author, f"poll:{poll.id}:not_posted:{card.id}", PollNotPosted(poll.id, card.id), now)
    return replace(told, not_before=now + _WRITTEN_DOWN)


def gone(poll: Poll, card: DeliveryId, now: datetime) -> Delivery:
    """Its card stood there and does not any more; told once."""
    return to_member(poll.author, _gone_key(poll, card), PollGone(poll.id, card), now)


async def is_gone(work: UnitOfWork, poll: Poll, card: DeliveryId) -> bool:
    """Whether that was told."""
    return await work.deliveries.by_key(_gone_key(poll, card)) is not None


def _gone_key(poll: Poll, card: DeliveryId) -> str:
    return f"poll:{poll.id}:gone:{card}"


def reminded(poll: Poll, member: MemberId, now: datetime) -> Delivery:
    """Once to each member, and never after the close."""
    letter = to_member(member, _reminder_key(poll, member), PollReminder(poll.id), now)
    return replace(letter, not_after=poll.closes_at)


async def tell_reminded(work: UnitOfWork, poll: Poll, now: datetime, only: Iterable[MemberId] | None = None) -> None:
    """The reminders of those who got one say what is true now; all, or ``only`` theirs."""
    if poll.reminded_at is None:
        return
    members = [member.id for member in await work.members.everybody()] if only is None else only
    keys = {_reminder_key(poll, member): member for member in members}
    for key, first in (await work.deliveries.by_keys(list(keys))).items():
        fresh = DeliveryId(new_id())
        edit = to_member(keys[key], f"{key}:{fresh}", PollReminder(poll.id), now)
        await work.deliveries.revise(edit_of(first.id, edit))


def _reminder_key(poll: Poll, member: MemberId) -> str:
    return f"poll:{poll.id}:remind:{member}"
