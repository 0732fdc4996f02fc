"""Camps in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.camps.domain import Answer, Camp, CampState, Seat, Signup, waiting_list
from bot.camps.repository import Said
from bot.errors import StorageError
from bot.identity import CampId, MemberId
from tests.fake_books import Drafts


class MemoryCamps:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, camp: Camp) -> None:
        self._drafts.camps.put(camp.id, camp)

    async def get(self, camp: CampId) -> Camp | None:
        return self._drafts.camps.get(camp)

    async def in_states(self, states: Sequence[CampState], *, since: date | None = None) -> Sequence[Camp]:
        found = [camp for camp in self._drafts.camps.values() if camp.state in states]
        kept = [camp for camp in found if since is None or camp.day >= since]
        return sorted(kept, key=lambda camp: (camp.day, camp.begins, camp.id))

    async def put_signups(self, signups: Sequence[Signup]) -> None:
        for one in signups:
            if self._drafts.camps.get(one.camp) is None:
                raise self._drafts.pen.fail(StorageError("an answer belongs to a camp that is there"))
            self._drafts.signups.put((one.camp, one.member), one)

    async def signup(self, camp: CampId, member: MemberId) -> Signup | None:
        return self._drafts.signups.get((camp, member))

    async def signups(self, camp: CampId) -> Sequence[Signup]:
        return _sorted(one for one in self._drafts.signups.values() if one.camp == camp)

    async def waiting(self, camp: CampId) -> Sequence[Signup]:
        return waiting_list(await self.signups(camp))

    async def tally(self, camp: CampId) -> Mapping[tuple[Answer, Seat], Said]:
        found: dict[tuple[Answer, Seat], Said] = {}
        for one in await self.signups(camp):
            before = found.get((one.answer, one.seat), Said(0, 0))
            found[one.answer, one.seat] = Said(before.members + 1, before.guests + one.guests)
        return found

    async def signups_of(self, member: MemberId) -> Sequence[Signup]:
        return _sorted(one for one in self._drafts.signups.values() if one.member == member)

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        for camp in self._drafts.camps.values():
            if camp.author == member:
                self._drafts.camps.put(camp.id, replace(camp, author=another))
        for one in await self.signups_of(member):
            self._drafts.signups.remove([(one.camp, member)])
            if self._drafts.signups.get((one.camp, another)) is None:
                self._drafts.signups.put((one.camp, another), replace(one, member=another))

    async def forget(self, member: MemberId) -> Sequence[CampId]:
        theirs = await self.signups_of(member)
        self._drafts.signups.remove([(one.camp, member) for one in theirs])
        return [one.camp for one in theirs]

    async def forget_guests_before(self, day: date) -> int:
        named = [one for one in self._drafts.signups.values() if one.guest_names and self._day(one) < day]
        for one in named:
            self._drafts.signups.put((one.camp, one.member), replace(one, guest_names=()))
        return len(named)

    def _day(self, signup: Signup) -> date:
        camp = self._drafts.camps.get(signup.camp)
        return date.max if camp is None else camp.day


def _sorted(found: Iterable[Signup]) -> list[Signup]:
    return sorted(found, key=lambda one: (one.camp, one.member))
