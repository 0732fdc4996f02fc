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
_STUCK_AFTER = timedelta(hours=1)
# A message may be written that long before it is due.
_WRITTEN_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One message. ``kind`` is its letter's code; ``whom`` a member's name, empty for a room or a channel; ``doubtful``:
    nobody can tell whether it arrived; ``error``: as the delivery keeps it; ``waits``: it has been tried for an hour, and
    still is."""

    kind: str
    whom: str
    doubtful: bool
    error: str
    at: datetime
    waits: bool = False


async def undelivered(work: UnitOfWork, now: datetime) -> Sequence[Undelivered]:
    """What waits for long, and the newest of the last two weeks, newest first; what was meant for somebody who has left
    counts no more."""
    since = now - LATELY - _WRITTEN_AHEAD
    states = (DeliveryState.FAILED, DeliveryState.DOUBTFUL)
    ended = await work.deliveries.in_states(states, _MOST, since=since)
    waiting = await work.deliveries.in_states((DeliveryState.WAITING,), _MOST, since=since)
    lately = [delivery for delivery in waiting if _is_stuck(delivery, now)]
    lately += [delivery for delivery in ended if _tried(delivery) >= now - LATELY]
    people = await work.members.many(sorted({one for delivery in lately for one in _reader(delivery)}))
    there = {member.id: member.name for member in people.values() if member.erased_at is None}
    return [
        Undelivered(
            kind=delivery.letter.code,
            whom="".join(there[one] for one in _reader(delivery)),
            doubtful=delivery.state is DeliveryState.DOUBTFUL,
            error=delivery.error,
            at=_tried(delivery),
            waits=delivery.state is DeliveryState.WAITING,
        )
        for delivery in lately
        if all(one in there for one in _reader(delivery))
    ]


def _is_stuck(delivery: Delivery, now: datetime) -> bool:
    """Tried in vain for so long that a person may have to do something about it."""
    first = delivery.first_tried_at
    return first is not None and bool(delivery.error) and now - first >= _STUCK_AFTER


def _tried(delivery: Delivery) -> datetime:
    return delivery.first_tried_at or delivery.not_before


def _reader(delivery: Delivery) -> tuple[MemberId, ...]:
    return (delivery.target.member,) if isinstance(delivery.target, ToMember) else ()
