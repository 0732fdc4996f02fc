"""What becomes of camps when a member is forgotten, or turns out to be another one: in the unit of work that does it."""

from datetime import datetime

from bot.camps.handover.leaving import give_handovers, leave_handovers
from bot.camps.places import settle, there
from bot.camps.stations.leaving import give_stations, leave_stations
from bot.identity import MemberId
from bot.ports import UnitOfWork


async def leave(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Somebody is being forgotten: their answers go, and their seats go to those who wait."""
    await leave_stations(work, member, now)
    await leave_handovers(work, member)
    for camp in await work.camps.forget(member):
        await settle(work, await there(work, camp), now)


async def give_camps(work: UnitOfWork, gone: MemberId, kept: MemberId, now: datetime) -> None:
    """What one answered who turned out to be another, that one answered; two seats become one."""
    answered = await work.camps.signups_of(gone)
    await work.camps.give_to(gone, kept)
    await give_stations(work, gone, kept)
    await give_handovers(work, gone, kept)
    for camp in answered:
        await settle(work, await there(work, camp.camp), now)
