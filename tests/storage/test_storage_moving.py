"""Announcements of an academy that moves in with another one: they go on there, and what went out is still theirs to correct."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.announcements.domain import AnnouncementState
from bot.deliveries.domain import DeliveryState, Letter, ToMember
from bot.identity import Account, Address, OccurrenceId, ScheduleId, new_id
from bot.members.domain import WorkspaceOptions
from bot.schedules.domain import Occurrence, OccurrenceState, ScheduleKind
from tests.databases import Storage
from tests.storage_values import NOW, a_delivery, a_member, a_schedule, an_announcement

OPTIONS = WorkspaceOptions()


async def test_they_come_along_with_all_that_became_of_them(storage: Storage, greeting: Callable[[], Letter]) -> None:
    here = (await storage.directory.ensure("team:T1", "Rødovre", OPTIONS)).id
    there = (await storage.directory.ensure("guild:5", "Brobyggerne", OPTIONS)).id
    on_discord = Account("discord", "7")
    anna = a_member("Anna", accounts=(Account("slack", "U1"), on_discord), roster_id="r1")
    same = a_member("Anna", accounts=(on_discord,), roster_id="r2")
    bo = a_member("Bo", accounts=(Account("discord", "8"),), roster_id="r3")
    schedule, other = replace(a_schedule(), kind=ScheduleKind.ANNOUNCEMENT, created_by=same.id), a_schedule()
    planned = an_announcement(same.id, schedule=schedule.id, asked_by=same.id, decided_by=bo.id)
    ended = an_announcement(bo.id, state=AnnouncementState.ENDED, schedule=ScheduleId(new_id()))
    then = Occurrence(OccurrenceId(new_id()), schedule.id, "2026-03-02T09:00:00", OccurrenceState.DONE, "", NOW)
    card = a_delivery(greeting(), f"member:{same.id}", key=f"announce:{planned.id}:card:{same.id}")
    copies = [
        replace(
            a_delivery(greeting(), f"member:{one}", key=f"announce:{planned.id}:then:{one}", target=ToMember(one)),
            occurrence=then.id,
        )
        for one in (same.id, bo.id)
    ]
    async with storage.units(here) as work:
        await work.members.put(anna)
        await work.commit()
    async with storage.units(there) as work:
        await work.members.put_all([same, bo])
        for one in (schedule, other):
            await work.schedules.put(one)
        await work.schedules.add_occurrence(then)
        for one in (planned, ended):
            await work.announcements.put(one)
        await work.deliveries.add([a_delivery(greeting(), key="another"), card])
        await work.deliveries.add(copies)
        await work.commit()
    claims = await storage.outbox.claim("me", NOW, timedelta(seconds=60), 9)
    (first,) = [one for one in claims if one.delivery.id == card.id]
    await storage.outbox.sent(first, Address("discord", "message:1:2"), NOW, timedelta(0))
    await storage.directory.join(here, "guild:5", "Brobyggerne")
    async with storage.units(here) as work:
        moved = await work.announcements.get(planned.id)
        assert moved is not None
        assert (moved.author, moved.asked_by, moved.decided_by) == (anna.id, anna.id, bo.id)
        assert (moved.text, moved.plan) == (planned.text, planned.plan)
        assert await work.announcements.get(ended.id) == ended
        kept = await work.schedules.get(schedule.id)
        assert kept is not None
        assert (kept.created_by, kept.rule, kept.next_at) == (anna.id, schedule.rule, schedule.next_at)
        assert await work.schedules.get(other.id) is None
        assert [one.id for one in await work.schedules.occurrences(schedule.id)] == [then.id]
        assert dict(await work.deliveries.tally(then.id)) == {DeliveryState.WAITING: 1, DeliveryState.SENDING: 1}
        theirs = await work.deliveries.of_occurrence(then.id, tuple(DeliveryState))
        assert {one.target for one in theirs} == {ToMember(anna.id), ToMember(bo.id)}
        assert {one.lane for one in theirs} == {f"member:{anna.id}", f"member:{bo.id}"}
        stands = await work.deliveries.by_key(f"announce:{planned.id}:card:{anna.id}")
        assert stands is not None
        assert stands.message == Address("discord", "message:1:2")
        assert await work.deliveries.by_key("another") is None
    # What was just being sent by somebody is theirs until their lease is over; then it is asked about.
    later = NOW + timedelta(minutes=2)
    await storage.outbox.sweep(later)
    claims = await storage.outbox.claim("me", later, timedelta(seconds=60), 9)
    assert {(one.workspace, one.delivery.id) for one in claims} == {(here, one.id) for one in copies}
    assert [one.seen_before for one in claims if one.delivery.target == ToMember(bo.id)] == [True]
