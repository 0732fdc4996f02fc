"""Seats within a unit of work: whoever can move up does, and is told. To be called after anything that may free a seat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.camps.domain import Answer, Camp, CampState, Seat, Signup
from bot.camps.outgoing import seat_for, standing_now
from bot.camps.repository import Said
from bot.camps.seating import Room, room_in, seats_for
from bot.errors import NotThere, phrase
from bot.identity import CampId, MemberId
from bot.ports import UnitOfWork


async def room_of(work: UnitOfWork, camp: Camp) -> Room:
    """What is free as it stands."""
    seated = (await work.camps.tally(camp.id)).get((Answer.YES, Seat.TAKEN), Said(0, 0))
    by_sector = Counter[str]()
    if camp.sector_capacity:
        coming = [one for one in await work.camps.signups(camp.id) if one.comes()]
        by_sector = Counter((await _sectors_of(work, coming)).values())
    return room_in(camp, seated.members + seated.guests, by_sector)


async def settle(work: UnitOfWork, camp: Camp, now: datetime, asking: MemberId | None = None) -> Sequence[Signup]:
    """Gives the free seats to those who wait, and tells each of them but the one who is ``asking`` just now. Returns who moved
    up. Once the camp is on nobody is sent a seat any more, but whoever asks at the door gets a free one."""
    waiting = await work.camps.waiting(camp.id) if camp.state is CampState.PLANNED else ()
    if now >= camp.starts_at():
        waiting = [one for one in waiting if one.member == asking]
    if not waiting:
        return ()
    sectors = await _sectors_of(work, waiting if camp.sector_capacity else ())
    seated = seats_for(await room_of(work, camp), waiting, sectors)
    await work.camps.put_signups(seated)
    told = [one for one in seated if one.member != asking]
    await work.deliveries.add([seat_for(camp, one, now) for one in told])
    why = f"seat:{now.timestamp():.6f}"
    await work.deliveries.add(await standing_now(work, camp, [one.member for one in told], why, now))
    return seated


async def there(work: UnitOfWork, camp: CampId) -> Camp:
    """The camp. Raises NotThere."""
    found = await work.camps.get(camp)
    if found is None:
        raise NotThere(phrase("That camp is not there any more."))
    return found


async def still_open(work: UnitOfWork, camp: CampId, now: datetime) -> Camp:
    """The camp, if it is to take place and is not over. Raises NotThere."""
    found = await there(work, camp)
    if found.state is CampState.CANCELLED:
        raise NotThere(phrase("This camp was cancelled, so there is nothing to sign up for."))
    if not found.is_open(now):
        raise NotThere(phrase("This camp is over. I hope to see you at the next one."))
    return found


async def _sectors_of(work: UnitOfWork, signups: Sequence[Signup]) -> Mapping[MemberId, str]:
    people = await work.members.many([one.member for one in signups])
    return {member: found.sector for member, found in people.items()}
