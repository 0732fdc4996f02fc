"""Announcements come back as they were put, their text sealed; and what one time of a schedule caused is found again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.announcements.domain import AnnouncementState, Plan
from bot.deliveries.domain import DeliveryState, Letter
from bot.identity import AnnouncementId, MemberId, OccurrenceId, WorkspaceId, new_id
from tests.databases import Storage
from tests.storage_values import NOW, a_delivery, an_announcement

DRAFT = AnnouncementState.DRAFT


async def test_an_announcement_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = an_announcement(MemberId(new_id()))
    plain = an_announcement(
        full.author, plan=Plan(), choices=(), question="", schedule=None, replaces=None, state=DRAFT
    )
    async with storage.units(here) as work:
        await work.announcements.put(full)
        await work.announcements.put(plain)
        await work.announcements.put(replace(plain, text="Anders", revision=4))
        await work.commit()
    async with storage.units(here, reading=True) as work:
        assert await work.announcements.get(full.id) == full
        assert await work.announcements.get(plain.id) == replace(plain, text="Anders", revision=4)
        assert await work.announcements.get(AnnouncementId(new_id())) is None


async def test_the_newest_come_first_and_only_in_the_states_that_were_asked_for(
    storage: Storage, here: WorkspaceId
) -> None:
    author = MemberId(new_id())
    made = [an_announcement(author, created_at=NOW + timedelta(minutes=place)) for place in range(3)]
    async with storage.units(here) as work:
        for one in made:
            await work.announcements.put(one)
        await work.announcements.put(an_announcement(author, state=DRAFT))
        newest = await work.announcements.in_states((AnnouncementState.SCHEDULED, AnnouncementState.ENDED), 2)
        assert newest == [made[2], made[1]]


async def test_only_old_drafts_are_forgotten(storage: Storage, here: WorkspaceId) -> None:
    author = MemberId(new_id())
    old = an_announcement(author, state=DRAFT, created_at=NOW - timedelta(days=3))
    young = an_announcement(author, state=DRAFT)
    planned = an_announcement(author, created_at=NOW - timedelta(days=3))
    async with storage.units(here) as work:
        for one in (old, young, planned):
            await work.announcements.put(one)
        assert await work.announcements.forget_drafts_before(NOW - timedelta(days=2)) == 1
        found = [await work.announcements.get(one.id) for one in (old, young, planned)]
        assert found == [None, young, planned]


async def test_one_that_is_removed_is_gone_and_another_author_takes_over(storage: Storage, here: WorkspaceId) -> None:
    mine, theirs = an_announcement(MemberId(new_id())), an_announcement(MemberId(new_id()))
    other = MemberId(new_id())
    async with storage.units(here) as work:
        for one in (mine, theirs):
            await work.announcements.put(one)
        await work.announcements.give_to(mine.author, other)
        await work.announcements.remove(theirs.id)
        await work.announcements.remove(theirs.id)
        assert await work.announcements.get(mine.id) == replace(mine, author=other)
        assert await work.announcements.get(theirs.id) is None


async def test_what_one_time_caused_is_counted_and_found(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    then, before = OccurrenceId(new_id()), OccurrenceId(new_id())
    caused = [replace(a_delivery(greeting(), f"lane {place}"), occurrence=then) for place in range(3)]
    async with storage.units(here) as work:
        await work.deliveries.add([*caused, replace(a_delivery(greeting()), occurrence=before), a_delivery(greeting())])
        await work.deliveries.cancel([caused[1].key])
        expected: Mapping[DeliveryState, int] = {DeliveryState.WAITING: 2, DeliveryState.CANCELLED: 1}
        assert dict(await work.deliveries.tally(then)) == expected
        waiting = (DeliveryState.WAITING,)
        assert [one.key for one in await work.deliveries.of_occurrence(then, waiting)] == [caused[0].key, caused[2].key]
        assert [one.key for one in await work.deliveries.of_occurrence(then, waiting, 1)] == [caused[0].key]
