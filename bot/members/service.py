"""What members do with their own data, and what organisers do with the roster."""

from bot.identity import MemberId, new_id
from bot.interactions import Arrival
from bot.members.domain import Member, Role
from bot.ports import Clock, UnitOfWork, Units


class MemberService:
    """Use cases around members. ``first_organisers`` (``slack:U123``) come from the settings."""

    def __init__(self, units: Units, clock: Clock, first_organisers: frozenset[str] = frozenset()) -> None:
        self._units = units
        self._clock = clock
        self._first_organisers = first_organisers

    async def recognise(self, work: UnitOfWork, arrival: Arrival) -> Member:
        """The member behind an account; a blank one, written in ``work``, for somebody who is not on the roster."""
        found = await work.members.by_account(arrival.account)
        first = f"{arrival.account.platform}:{arrival.account.user}" in self._first_organisers
        if found is not None:
            return found
        options = await work.vocabulary.options()
        fresh = Member(
            id=MemberId(new_id()),
            name=arrival.name or arrival.account.user,
            language=arrival.language or options.language,
            accounts=(arrival.account,),
            role=Role.ORGANISER if first else Role.MEMBER,
            joined_at=self._clock.now(),
        )
        await work.members.put(fresh)
        return fresh
