"""Announcements come back as they were put, their text sealed; and what one time of a schedule caused is found again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.announcements.domain import AnnouncementState, Plan
from bot.deliveries.domain import DeliveryState, Letter
from bot.identity import Address, AnnouncementId, MemberId, OccurrenceId, WorkspaceId, new_id
from tests.databases import Storage
from tests.storage_values import NOW, a_delivery, an_announcement

DRAFT = AnnouncementState.DRAFT


async def test_an_announcement_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = an_announcement(MemberId(new_id()))
    plain = an_announcement(
        full.author,
        plan=Plan(),
        choices=(),
        question="",
        schedule=None,
        replaces=None,
        state=DRAFT,
        asked_by=None,
        decided_by=None,
        declined="",
        corrects=None,
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
    author, old = MemberId(new_id()), NOW - timedelta(days=3)
    made = [
        an_announcement(author, state=DRAFT, created_at=old, asked_by=None),
        an_announcement(author, state=AnnouncementState.AWAITING, created_at=NOW - timedelta(days=40)),
        an_announcement(author, state=AnnouncementState.AWAITING, created_at=old),
        an_announcement(author, state=DRAFT, created_at=old),
        an_announcement(author, state=DRAFT, asked_by=None),
        an_announcement(author, created_at=NOW - timedelta(days=40)),
    ]
    async with storage.units(here) as work:
        for one in made:
            await work.announcements.put(one)
        forgotten = await work.announcements.forget_drafts_before(NOW - timedelta(days=2), NOW - timedelta(days=30))
        assert forgotten == 2
        assert [await work.announcements.get(one.id) for one in made] == [None, None, *made[2:]]


async def test_one_that_is_removed_is_gone_and_another_author_takes_over(storage: Storage, here: WorkspaceId) -> None:
    mine, theirs = an_announcement(MemberId(new_id())), an_announcement(MemberId(new_id()))
    other = MemberId(new_id())
    async with storage.units(here) as work:
        settled = an_announcement(theirs.author, asked_by=mine.author, decided_by=mine.author)
        for one in (mine, theirs, settled):
            await work.announcements.put(one)
        await work.announcements.give_to(mine.author, other)
        assert await work.announcements.get(settled.id) == replace(settled, asked_by=other, decided_by=other)
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


async def test_what_has_moved_of_one_time_is_known_by_when(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    then = OccurrenceId(new_id())
    sent, lost, waiting = (replace(a_delivery(greeting(), f"lane {place}"), occurrence=then) for place in range(3))
    async with storage.units(here) as work:
        await work.deliveries.add([sent, lost, waiting])
        await work.commit()
    claims = {one.delivery.id: one for one in await storage.outbox.claim("me", NOW, timedelta(minutes=1), 2)}
    at = NOW + timedelta(minutes=5)
    await storage.outbox.sent(claims[sent.id], Address("web", "message:1"), at, timedelta(0))
    async with storage.units(here, reading=True) as work:
        assert await work.deliveries.moved_since(then, at)
        assert not await work.deliveries.moved_since(then, at + timedelta(seconds=1))
        assert not await work.deliveries.moved_since(OccurrenceId(new_id()), NOW)
    await storage.outbox.later(claims[lost.id], at, "TryLater")
    later = at + timedelta(minutes=5)
    again = await storage.outbox.claim("me", later, timedelta(minutes=1), 5)
    (claim,) = [one for one in again if one.delivery.id == lost.id]
    await storage.outbox.ended(claim, DeliveryState.FAILED, "Refused", later)
    async with storage.units(here, reading=True) as work:
        assert await work.deliveries.moved_since(then, at)
        assert not await work.deliveries.moved_since(then, later + timedelta(hours=1))
