"""Camps and answers come back as they were put, the names of guests sealed and in time forgotten."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from bot.camps.answering import Answering
from bot.camps.domain import Answer, CampState, Seat
from bot.identity import CampId, MemberId, WorkspaceId, new_id
from tests.databases import Storage
from tests.fakes import StoppedClock
from tests.storage_values import NOW, a_camp, a_member, a_signup

PLANNED, HELD = CampState.PLANNED, CampState.HELD


def somebody() -> MemberId:
    return MemberId(new_id())


async def test_a_camp_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = a_camp(somebody())
    plain = a_camp(full.author, check_in=None, capacity=None, programme=(), sector_capacity={}, silent=frozenset())
    async with storage.units(here) as work:
        await work.camps.put(full)
        await work.camps.put(plain)
        await work.camps.put(replace(plain, name="Camp 4", invited_at=None, schedules={}))
        await work.commit()
    async with storage.units(here, reading=True) as work:
        assert await work.camps.get(full.id) == full
        assert await work.camps.get(plain.id) == replace(plain, name="Camp 4", invited_at=None, schedules={})
        assert await work.camps.get(CampId(new_id())) is None


async def test_the_earliest_day_comes_first_in_the_states_that_were_asked_for(
    storage: Storage, here: WorkspaceId
) -> None:
    days = (date(2026, 5, 1), date(2026, 3, 1), date(2026, 4, 1))
    late, early, middle = (a_camp(somebody(), day=day, state=PLANNED) for day in days)
    async with storage.units(here) as work:
        for one in (late, early, middle, a_camp(somebody(), state=HELD)):
            await work.camps.put(one)
        assert await work.camps.in_states((PLANNED,)) == [early, middle, late]
        assert await work.camps.in_states((PLANNED,), since=middle.day) == [middle, late]


async def test_answers_come_back_and_are_made_anew(storage: Storage, here: WorkspaceId) -> None:
    one, other = a_camp(somebody()), a_camp(somebody())
    anna, bo = sorted([somebody(), somebody()])
    full, plain = a_signup(one.id, anna), a_signup(one.id, bo, guests=0, guest_names=(), attended=None)
    async with storage.units(here) as work:
        await work.camps.put(one)
        await work.camps.put(other)
        await work.camps.put_signups([plain, full])
        await work.camps.put_signups([a_signup(other.id, anna)])
        await work.camps.put_signups([replace(plain, answer=Answer.NO, seat=Seat.NONE, since=None)])
        await work.commit()
    async with storage.units(here, reading=True) as work:
        assert await work.camps.signups(one.id) == [full, replace(plain, answer=Answer.NO, seat=Seat.NONE, since=None)]
        assert await work.camps.signup(one.id, anna) == full
        assert await work.camps.signup(other.id, bo) is None
        assert [signup.camp for signup in await work.camps.signups_of(anna)] == sorted([one.id, other.id])


async def test_another_member_takes_over_what_they_have_not_answered_themselves(
    storage: Storage, here: WorkspaceId
) -> None:
    anna, twin = somebody(), somebody()
    both, mine = a_camp(anna), a_camp(somebody())
    async with storage.units(here) as work:
        for one in (both, mine):
            await work.camps.put(one)
        await work.camps.put_signups([a_signup(both.id, anna), a_signup(mine.id, anna)])
        await work.camps.put_signups([a_signup(both.id, twin, guests=0)])
        await work.camps.give_to(anna, twin)
        assert await work.camps.get(both.id) == replace(both, author=twin)
        assert await work.camps.signups_of(anna) == []
        assert await work.camps.signup(mine.id, twin) == a_signup(mine.id, twin)
        assert await work.camps.signup(both.id, twin) == a_signup(both.id, twin, guests=0)


async def test_somebody_who_leaves_takes_their_answers_along(storage: Storage, here: WorkspaceId) -> None:
    anna, bo, camp = somebody(), somebody(), a_camp(somebody())
    async with storage.units(here) as work:
        await work.camps.put(camp)
        await work.camps.put_signups([a_signup(camp.id, anna), a_signup(camp.id, bo)])
        assert await work.camps.forget(anna) == [camp.id]
        assert await work.camps.forget(anna) == []
        assert await work.camps.signups(camp.id) == [a_signup(camp.id, bo)]


async def test_the_names_of_guests_go_once_the_camp_is_over(storage: Storage, here: WorkspaceId) -> None:
    anna = somebody()
    over, coming = a_camp(anna), a_camp(anna, day=NOW.date() + timedelta(days=90))
    signups = [a_signup(over.id, anna), a_signup(coming.id, anna)]
    async with storage.units(here) as work:
        for one in (over, coming):
            await work.camps.put(one)
        await work.camps.put_signups(signups)
        assert await work.camps.forget_guests_before(coming.day) == 1
        assert await work.camps.forget_guests_before(coming.day) == 0
        assert await work.camps.signup(over.id, anna) == replace(signups[0], guest_names=())
        assert await work.camps.signup(coming.id, anna) == signups[1]


async def test_of_many_who_say_yes_at_once_just_as_many_get_a_seat_as_there_are(
    storage: Storage, here: WorkspaceId
) -> None:
    people = [a_member(f"Member {place}", accounts=(), roster_id="") for place in range(6)]
    camp = a_camp(people[0].id, state=PLANNED, capacity=3, sector_capacity={}, schedules={})
    async with storage.units(here) as work:
        await work.members.put_all(people)
        await work.camps.put(camp)
        await work.commit()
    answering = Answering(storage.units, StoppedClock(NOW))
    seen = await asyncio.gather(*(answering.answer(here, camp.id, one.id, Answer.YES) for one in people))
    assert sorted(one.place for one in seen) == [0, 0, 0, 1, 2, 3]
    async with storage.units(here, reading=True) as work:
        waiting = await work.camps.waiting(camp.id)
        assert await work.camps.tally(camp.id) == {(Answer.YES, Seat.TAKEN): (3, 0), (Answer.YES, Seat.WAITING): (3, 0)}
    assert [one.member for one in waiting] == [people[place].id for place in _behind([one.place for one in seen])]


def _behind(places: list[int]) -> list[int]:
    return [places.index(number) for number in (1, 2, 3)]


async def test_answers_are_counted_with_their_guests_and_those_who_wait_stand_in_their_order(
    storage: Storage, here: WorkspaceId
) -> None:
    camp, other = a_camp(somebody()), a_camp(somebody())
    early, late = (a_signup(camp.id, somebody(), since=NOW + timedelta(seconds=place)) for place in (1, 2))
    signups = [late, early, a_signup(camp.id, somebody(), seat=Seat.TAKEN), a_signup(other.id, somebody())]
    async with storage.units(here) as work:
        for one in (camp, other):
            await work.camps.put(one)
        assert await work.camps.tally(camp.id) == {}
        await work.camps.put_signups(signups)
        assert await work.camps.waiting(camp.id) == [early, late]
        assert await work.camps.tally(camp.id) == {(Answer.YES, Seat.WAITING): (2, 4), (Answer.YES, Seat.TAKEN): (1, 2)}
