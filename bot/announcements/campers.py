"""Looks up the people of camps that an announcement is for, and the camps that it may be for."""

from collections.abc import Collection, Iterable, Sequence

from bot.announcements.camp_audience import Answered, asked, stands
from bot.camps.domain import Camp, CampState
from bot.identity import MemberId
from bot.ports import UnitOfWork


async def answered(work: UnitOfWork, conditions: Iterable[str]) -> Answered:
    """Who it is, for each of what conditions say of camps."""
    found: dict[str, Collection[MemberId]] = {}
    for condition in set(conditions):
        _, camp = asked(condition)
        found[condition] = frozenset(one.member for one in await work.camps.signups(camp) if stands(condition, one))
    return found


async def camps_to_ask(work: UnitOfWork) -> Sequence[Camp]:
    """Those that an announcement may be for: by their day, the earliest first."""
    return await work.camps.in_states(tuple(CampState))
