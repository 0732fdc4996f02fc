"""The deliveries that polls cause. Keys are unique: however often one is written, nobody gets it twice."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries.domain import Delivery, IfInDoubt, Letter, ToMember, ToPlace
from bot.identity import Address, DeliveryId, MemberId, new_id
from bot.polls.domain import Poll, PollPlace
from bot.polls.kinds import PollCard, PollNotPosted, PollOver, PollReminder
from bot.ports import UnitOfWork

_WRITTEN_DOWN = timedelta(seconds=1)


def posted(poll: Poll, place: PollPlace, now: datetime) -> tuple[PollPlace, Delivery]:
    """The poll's card in a place, and the place that knows it."""
    anchor = DeliveryId(new_id())
    card = Delivery(
        id=anchor,
        key=f"poll:{poll.id}:{anchor}",
        lane=_lane(place.address),
        target=ToPlace(place.address),
        letter=PollCard(poll.id),
        not_before=now,
        created_at=now,
    )
    return replace(place, anchor=anchor), card


async def refresh(work: UnitOfWork, poll: Poll, now: datetime) -> None:
    """The card says everywhere what is true now, soon: at most one edit waits in each place, and lanes keep their pace."""
    for address, anchor in [(place.address, place.anchor) for place in poll.places if place.anchor is not None]:
        revision = DeliveryId(new_id())
        await work.deliveries.revise(
            Delivery(
                id=revision,
                key=f"poll:{poll.id}:{revision}",
                lane=_lane(address),
                target=ToPlace(address),
                letter=PollCard(poll.id),
                not_before=now,
                revises=anchor,
                if_in_doubt=IfInDoubt.SEND_AGAIN,
                created_at=now,
            )
        )


def told_author(poll: Poll, now: datetime) -> Delivery:
    """What came of it, once for each time that it closes."""
    closed = poll.closed_at or now
    return _to(poll.author, f"poll:{poll.id}:over:{closed.isoformat()}", PollOver(poll.id), now)


def not_posted(poll: Poll, card: Delivery, now: datetime) -> Delivery:
    """What could not be posted, a moment later, when it is written down why."""
    told = _to(poll.author, f"poll:{poll.id}:not_posted:{card.id}", PollNotPosted(poll.id, card.id), now)
    return replace(told, not_before=now + _WRITTEN_DOWN)


def reminded(poll: Poll, member: MemberId, now: datetime) -> Delivery:
    """Once to each member, and never after the close."""
    letter = _to(member, f"poll:{poll.id}:remind:{member}", PollReminder(poll.id), now)
    return replace(letter, not_after=poll.closes_at)


def _to(member: MemberId, key: str, letter: Letter, now: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(new_id()),
        key=key,
        lane=f"member:{member}",
        target=ToMember(member),
        letter=letter,
        not_before=now,
        created_at=now,
    )


def _lane(place: Address) -> str:
    return f"channel:{place.platform}:{place.value}"
