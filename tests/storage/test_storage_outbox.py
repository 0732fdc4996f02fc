"""The outbox: who may be claimed, by whom, when, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.deliveries.domain import DeliveryState, Target, ToIntroRoom, ToMember, ToPlace
from bot.deliveries.outbox import Claim
from bot.identity import Address, DeliveryId, IntroId, MemberId, WorkspaceId, first_id_at, new_id
from tests.databases import Storage
from tests.outbox_steps import LEASE, REST, NewLetter, claim, ids, state_of, write
from tests.storage_values import NOW, a_delivery


async def test_a_delivery_comes_back_as_it_was_written(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    targets: tuple[Target, ...] = (
        ToMember(MemberId(new_id())),
        ToPlace(Address("slack", 'C1 "quoted"')),
        ToIntroRoom(IntroId(new_id())),
    )
    written = [a_delivery(greeting(), f"lane {n}", target=target) for n, target in enumerate(targets)]
    full = replace(written[0], not_after=NOW + LEASE, revises=DeliveryId(new_id()))
    bare = replace(written[1], occurrence=None, created_at=None)
    assert await write(storage, here, full, bare, written[2]) == 3
    async with storage.units(here) as work:
        assert await work.deliveries.get(full.id) == full
        assert await work.deliveries.by_key(bare.key) == bare
        assert await work.deliveries.get(DeliveryId(new_id())) is None
        assert await work.deliveries.by_key("another") is None
        assert await work.deliveries.in_states([DeliveryState.WAITING]) == [written[2], bare, full]
        assert await work.deliveries.in_states([DeliveryState.WAITING], limit=1) == [written[2]]
        assert await work.deliveries.in_states([DeliveryState.SENT, DeliveryState.FAILED]) == []
        assert await work.deliveries.count_by_state() == {DeliveryState.WAITING: 3}


async def test_of_long_ago_nothing_is_walked_through(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    old, young = (
        replace(a_delivery(greeting(), f"lane {at}"), id=DeliveryId(UUID(int=first_id_at(at).int + 7)), key=f"{at}")
        for at in (NOW - timedelta(days=3), NOW)
    )
    await write(storage, here, old, young)
    async with storage.units(here, reading=True) as work:
        for since, found in (
            (None, [young, old]),
            (NOW - timedelta(days=2), [young]),
            (NOW, [young]),
            (NOW + LEASE, []),
        ):
            assert await work.deliveries.in_states([DeliveryState.WAITING], since=since) == found


async def test_writing_the_same_delivery_twice_is_harmless(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    first = a_delivery(greeting(), key="same")
    assert await write(storage, here, first, a_delivery(greeting(), key="same")) == 1
    assert await write(storage, here, a_delivery(greeting(), key="same"), a_delivery(greeting(), key="new")) == 1
    async with storage.units(here) as work:
        assert await work.deliveries.by_key("same") == first
        many = [*map(str, range(1000)), "new", "same"]  # more than a statement takes at once
        found = await work.deliveries.by_keys(many)
        assert (set(found), found["same"]) == ({"same", "new"}, first)


async def test_a_claim_takes_what_is_due_and_says_so(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    due = a_delivery(greeting(), "a")
    await write(storage, here, due, a_delivery(greeting(), "b", not_before=NOW + timedelta(minutes=1)))
    assert await storage.outbox.next_due() == NOW
    (taken,) = await claim(storage)
    assert taken == Claim(
        workspace=here,
        delivery=replace(due, state=DeliveryState.SENDING, attempts=1, first_tried_at=NOW),
        owner="one",
        lease_until=NOW + LEASE,
        seen_before=False,
    )
    assert await claim(storage, owner="two") == []
    assert await state_of(storage, here, due) == taken.delivery
    assert await storage.outbox.next_due() == NOW + timedelta(minutes=1)


async def test_only_the_oldest_unfinished_of_a_lane_is_claimable(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    first, second, third = (a_delivery(greeting(), "lane") for _ in range(3))
    await write(storage, here, third, first)
    await write(storage, here, second)
    order: list[DeliveryId] = []
    for step in range(3):
        now = NOW + timedelta(minutes=step)
        (taken,) = await claim(storage, now)
        assert await claim(storage, now) == []
        order.append(taken.delivery.id)
        await storage.outbox.sent(taken, Address("web", str(step)), now, REST)
    assert order == [first.id, second.id, third.id]
    assert await storage.outbox.next_due() is None


async def test_an_older_one_that_must_wait_holds_the_lane(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    later = a_delivery(greeting(), "lane", not_before=NOW + timedelta(hours=1))
    await write(storage, here, later, a_delivery(greeting(), "lane"))
    assert await claim(storage) == []
    assert await storage.outbox.next_due() == NOW + timedelta(hours=1)


async def test_lanes_go_side_by_side_up_to_the_limit(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    await write(storage, here, *(a_delivery(greeting(), f"lane {n % 7}") for n in range(21)))
    assert len(await claim(storage, limit=5)) == 5
    assert len(await claim(storage, limit=5)) == 2
    assert await claim(storage, limit=5) == []


async def test_lanes_of_the_same_name_in_two_academies_are_two(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    there = await storage.workspace("team:T2")
    same = a_delivery(greeting(), "lane")
    for workspace in (here, there):
        await write(storage, workspace, same)
    taken = await claim(storage)
    assert {one.workspace for one in taken} == {here, there}
    await storage.outbox.sent(taken[0], None, NOW, REST)
    other = taken[1].workspace
    assert (await state_of(storage, other, same)).state is DeliveryState.SENDING


async def test_a_lane_rests_after_a_message(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    await write(storage, here, a_delivery(greeting(), "lane"), a_delivery(greeting(), "lane"))
    (taken,) = await claim(storage)
    await storage.outbox.sent(taken, Address("web", "1"), NOW, REST)
    assert await claim(storage, NOW + REST / 2) == []
    assert await storage.outbox.next_due() == NOW + REST
    assert len(await claim(storage, NOW + REST)) == 1


async def test_a_lane_rests_for_what_is_written_later_too(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    await write(storage, here, a_delivery(greeting(), "lane"))
    (taken,) = await claim(storage)
    await storage.outbox.sent(taken, None, NOW, timedelta(minutes=5))
    await write(storage, here, a_delivery(greeting(), "lane"))
    assert await claim(storage, NOW + timedelta(minutes=4)) == []
    assert len(await claim(storage, NOW + timedelta(minutes=5))) == 1


async def test_what_was_sent_says_when_and_where(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    delivery = a_delivery(greeting())
    await write(storage, here, delivery)
    (taken,) = await claim(storage)
    await storage.outbox.sent(taken, Address("web", "message:1"), NOW + REST, REST)
    found = await state_of(storage, here, delivery)
    assert found == replace(
        taken.delivery, state=DeliveryState.SENT, sent_at=NOW + REST, message=Address("web", "message:1")
    )


async def test_later_means_later_and_the_platforms_wait_holds_the_whole_lane(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    delivery = a_delivery(greeting(), "lane")
    await write(storage, here, delivery, a_delivery(greeting(), "lane"))
    (taken,) = await claim(storage)
    await storage.outbox.later(
        taken, NOW + timedelta(seconds=2), "TryLater", lane_rests_until=NOW + timedelta(seconds=30)
    )
    found = await state_of(storage, here, delivery)
    assert (found.state, found.error, found.attempts) == (DeliveryState.WAITING, "TryLater", 1)
    assert await claim(storage, NOW + timedelta(seconds=29)) == []
    (again,) = await claim(storage, NOW + timedelta(seconds=30))
    assert (again.delivery.id, again.delivery.attempts, again.seen_before) == (delivery.id, 2, False)
    assert again.delivery.first_tried_at == NOW


async def test_a_doubt_is_remembered_until_it_is_resolved(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    await write(storage, here, a_delivery(greeting()))
    (taken,) = await claim(storage)
    await storage.outbox.later(taken, NOW, "Doubtful", doubt=True)
    (again,) = await claim(storage)
    assert again.seen_before
    await storage.outbox.later(again, NOW, "TryLater")
    (third,) = await claim(storage)
    assert third.seen_before


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.DOUBTFUL, DeliveryState.CANCELLED])
async def test_an_end_is_named_and_the_lane_goes_on(
    storage: Storage, here: WorkspaceId, greeting: NewLetter, state: DeliveryState
) -> None:
    delivery, after = a_delivery(greeting(), "lane"), a_delivery(greeting(), "lane")
    await write(storage, here, delivery, after)
    (taken,) = await claim(storage)
    await storage.outbox.ended(taken, state, "Refused", NOW)
    found = await state_of(storage, here, delivery)
    assert (found.state, found.error) == (state, "Refused")
    assert ids(await claim(storage)) == [after.id]
    async with storage.units(here) as work:
        assert await work.deliveries.count_by_state() == {state: 1, DeliveryState.SENDING: 1}


async def test_nothing_ends_sent_or_waiting(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    await write(storage, here, a_delivery(greeting()))
    (taken,) = await claim(storage)
    with pytest.raises(ValueError, match="ends"):
        await storage.outbox.ended(taken, DeliveryState.WAITING, "", NOW)


async def test_a_workspace_that_has_had_its_share_is_passed_by(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    there = await storage.workspace("team:T2")
    for workspace in (here, there):
        await write(storage, workspace, *(a_delivery(greeting(), f"lane {number}") for number in range(3)))
    taken = await storage.outbox.claim("one", NOW, LEASE, 4, but_not=[here])
    assert [one.workspace for one in taken] == [there] * 3
    assert [one.workspace for one in await storage.outbox.claim("one", NOW, LEASE, 9)] == [here] * 3
