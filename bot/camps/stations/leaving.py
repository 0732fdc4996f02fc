"""What becomes of stations when a member is forgotten, or turns out to be another one: in the unit of work that does it."""

from datetime import datetime

from bot.camps.stations.domain import station_of
from bot.camps.stations.outgoing import tell_of_leaving
from bot.identity import MemberId
from bot.ports import UnitOfWork


async def leave_stations(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Takes somebody who is being forgotten out of every station, and their name from the others' cards."""
    for plan in await work.stations.naming(member):
        number = station_of(plan.told, member)
        left = plan.without(member)
        await work.stations.put(left)
        if number is not None:
            await tell_of_leaving(work, left, member, left.told[number - 1].members, now)


async def give_stations(work: UnitOfWork, gone: MemberId, kept: MemberId) -> None:
    """Wherever one who turned out to be another member stands, that one does."""
    for plan in await work.stations.naming(gone):
        await work.stations.put(plan.given(gone, kept))
