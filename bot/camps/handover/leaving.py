"""What becomes of it when a member is forgotten, or turns out to be another one: in the unit of work that does it."""

from bot.identity import MemberId
from bot.ports import UnitOfWork


async def leave_handovers(work: UnitOfWork, member: MemberId) -> None:
    """Nothing names somebody who is being forgotten."""
    for found in await work.handovers.naming(member):
        await work.handovers.put(found.without(member))


async def give_handovers(work: UnitOfWork, gone: MemberId, kept: MemberId) -> None:
    """What one answered who turned out to be another, that one answered."""
    for found in await work.handovers.naming(gone):
        await work.handovers.put(found.given(gone, kept))
