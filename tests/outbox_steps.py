"""What the tests of the outbox do again and again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.deliveries.domain import Delivery, Letter
from bot.deliveries.outbox import Claim
from bot.identity import DeliveryId, WorkspaceId
from tests.databases import Storage
from tests.storage_values import NOW

LEASE = timedelta(seconds=60)
REST = timedelta(seconds=1)
NewLetter = Callable[[], Letter]


async def write(storage: Storage, here: WorkspaceId, *deliveries: Delivery) -> int:
    async with storage.units(here) as work:
        written = await work.deliveries.add(deliveries)
        await work.commit()
        return written


async def claim(storage: Storage, now: datetime = NOW, limit: int = 10, owner: str = "one") -> list[Claim]:
    return list(await storage.outbox.claim(owner, now, LEASE, limit))


async def state_of(storage: Storage, here: WorkspaceId, delivery: Delivery) -> Delivery:
    async with storage.units(here, reading=True) as work:
        found = await work.deliveries.get(delivery.id)
        assert found is not None
        return found


def ids(claims: list[Claim]) -> list[DeliveryId]:
    return [one.delivery.id for one in claims]
