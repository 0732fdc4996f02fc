"""Seats within a unit of work: whoever can move up does, and is told. To be called after anything that may free a seat."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.camps.domain import Camp, CampState, Signup
from bot.camps.outgoing import seat_for, standing_now
from bot.camps.seating import moved_up
from bot.errors import NotThere, phrase
from bot.identity import CampId, MemberId
from bot.ports import UnitOfWork


async def sectors_of(work: UnitOfWork, signups: Sequence[Signup]) -> Mapping[MemberId, str]:
    """The sector of each who has answered."""
    people = await work.members.many([one.member for one in signups])
    return {member: found.sector for member, found in people.items()}


async def settle(work: UnitOfWork, camp: Camp, now: datetime, asking: MemberId | None = None) -> Sequence[Signup]:
    """Gives the free seats to those who wait, and tells each of them but the one who is ``asking`` just now. Returns who moved
    up. Once the camp is on nobody is sent a seat any more, but whoever asks at the door gets a free one."""
    if camp.state is not CampState.PLANNED:
        return ()
    signups = await work.camps.signups(camp.id)
    if now >= camp.starts_at():
        signups = [one for one in signups if one.member == asking or not one.waits()]
    seated = moved_up(camp, signups, await sectors_of(work, signups))
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
