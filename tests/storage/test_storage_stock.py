"""The figures of the database, over all academies that are not frozen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.domain import DeliveryState, Letter
from bot.identity import MemberId, RoundId, new_id
from bot.introductions.domain import RoundState
from bot.matching.domain import LeftOut, WhyLeftOut
from bot.metrics import RoundsStock, Stock
from bot.schedules.domain import ScheduleKind
from storage.stock import StoredStock
from tests.databases import Storage
from tests.outbox_steps import LEASE, claim, write
from tests.storage_values import NOW, a_delivery, a_round, a_schedule

NewLetter = Callable[[], Letter]


async def taken(real: Storage, later: timedelta = timedelta(0)) -> Stock:
    assert real.database is not None
    return await StoredStock(real.database).take(NOW + later)


async def test_an_empty_house_has_nothing(real: Storage) -> None:
    stock = await taken(real)
    assert replace(stock, size=0) == Stock()
    assert stock.size > 10_000


async def test_messages_are_counted_by_state_with_the_age_of_the_oldest(real: Storage, greeting: NewLetter) -> None:
    here, gone = await real.workspace(), await real.workspace("team:T2")
    early, late = NOW - timedelta(hours=2), NOW + timedelta(hours=2)
    await write(real, here, a_delivery(greeting(), "sent"))
    await write(real, here, a_delivery(greeting(), "failed", not_before=NOW - timedelta(minutes=5)))
    for one in await claim(real):
        if one.delivery.lane == "sent":
            await real.outbox.sent(one, None, NOW, LEASE)
        else:
            await real.outbox.ended(one, DeliveryState.FAILED, "Refused", NOW)
    await write(real, here, a_delivery(greeting(), "air"))
    await claim(real)
    await write(real, here, a_delivery(greeting(), "tomorrow", not_before=late))
    await write(real, here, a_delivery(greeting(), "overdue", not_before=early), a_delivery(greeting(), "overdue"))
    await write(real, gone, a_delivery(greeting(), "frozen", not_before=early - LEASE))
    await real.directory.freeze(gone, NOW)
    stock = await taken(real)
    assert stock.deliveries == {
        DeliveryState.WAITING: 3,
        DeliveryState.SENDING: 1,
        DeliveryState.FAILED: 1,
    }
    assert stock.oldest[DeliveryState.WAITING] == early
    assert stock.oldest[DeliveryState.SENDING] == NOW
    assert stock.claimable_since == early
    assert (stock.academies, stock.frozen) == (1, 1)
    # What failed is news for a week.
    assert DeliveryState.FAILED not in (await taken(real, timedelta(days=8))).deliveries


async def test_the_next_schedule_is_that_of_an_academy_that_is_awake(real: Storage) -> None:
    here, gone = await real.workspace(), await real.workspace("team:T2")
    for where, at in ((here, NOW), (gone, NOW - LEASE)):
        async with real.units(where) as work:
            await work.schedules.put(replace(a_schedule(at), kind=ScheduleKind.ROUND))
            await work.commit()
    await real.directory.freeze(gone, NOW)
    assert (await taken(real)).next_schedule_at == NOW


@pytest.mark.parametrize("bound", [50.0, 0.0])
async def test_the_last_round_of_each_academy_counts(real: Storage, bound: float) -> None:
    left_out = tuple(LeftOut(str(MemberId(new_id())), WhyLeftOut.SAME_SECTOR) for _ in range(2))
    for name, ratio in (("local", 1.0), ("team:T2", 0.5)):
        where = await real.workspace(name)
        async with real.units(where) as work:
            for number, state, score, days in (
                (1, RoundState.CLOSED, 1.0, 14),
                (2, RoundState.OPEN, bound * ratio, 7),
                (3, RoundState.DRAFT, 1.0, 0),
            ):
                await work.rounds.put(
                    replace(
                        a_round(),
                        id=RoundId(new_id()),
                        number=number,
                        state=state,
                        score=score,
                        bound=bound,
                        opened_at=None if state is RoundState.DRAFT else NOW - timedelta(days=days),
                        left_out=left_out if number == 2 else (),
                    )
                )
            await work.commit()
    lowest = 0.5 if bound else 1.0
    assert (await taken(real)).rounds == RoundsStock(2, lowest, (1 + lowest) / 2, 4)
    assert (await taken(real, timedelta(days=40))).rounds is None
