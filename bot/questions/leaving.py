"""Who takes up what somebody has asked who leaves."""

from collections.abc import Sequence

from bot.members.domain import Member
from bot.ports import UnitOfWork


async def organisers(work: UnitOfWork) -> Sequence[Member]:
    """Those who may look after it."""
    return [member for member in await work.members.everybody() if member.is_organiser()]
