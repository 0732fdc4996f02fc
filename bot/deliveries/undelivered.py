"""What could not be delivered lately, for the organisers: the kind of message, to whom, and what became of it.

Never what it said: a letter is made when it is sent, and this one was not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deliveries.domain import Delivery, DeliveryState, ToMember
from bot.identity import MemberId
from bot.ports import UnitOfWork

LATELY = timedelta(days=14)
_MOST = 100
# A message may be written that long before it is due.
_WRITTEN_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One message. ``kind`` is its letter's code; ``whom`` a member's name, empty for a room or a channel; ``doubtful``:
    nobody can tell whether it arrived; ``error``: as the delivery keeps it."""

    kind: str
    whom: str
    doubtful: bool
    error: str
    at: datetime


async def undelivered(work: UnitOfWork, now: datetime) -> Sequence[Undelivered]:
    """The newest of the last two weeks, newest first; what was meant for somebody who has left counts no more."""
    states = (DeliveryState.FAILED, DeliveryState.DOUBTFUL)
    ended = await work.deliveries.in_states(states, _MOST, since=now - LATELY - _WRITTEN_AHEAD)
    lately = [delivery for delivery in ended if _tried(delivery) >= now - LATELY]
    people = await work.members.many(sorted({one for delivery in lately for one in _reader(delivery)}))
    there = {member.id: member.name for member in people.values() if member.erased_at is None}
    return [
        Undelivered(
            kind=delivery.letter.code,
            whom="".join(there[one] for one in _reader(delivery)),
            doubtful=delivery.state is DeliveryState.DOUBTFUL,
            error=delivery.error,
            at=_tried(delivery),
        )
        for delivery in lately
        if all(one in there for one in _reader(delivery))
    ]


def _tried(delivery: Delivery) -> datetime:
    return delivery.first_tried_at or delivery.not_before


def _reader(delivery: Delivery) -> tuple[MemberId, ...]:
    return (delivery.target.member,) if isinstance(delivery.target, ToMember) else ()
