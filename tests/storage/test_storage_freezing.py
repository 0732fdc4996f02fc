"""A workspace that its platform does not know any more is frozen, and comes back or is erased."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.deliveries.domain import DeliveryState, Letter
from bot.errors import StorageError, Taken
from bot.identity import WorkspaceId, new_id
from storage.schema import TABLES
from tests import databases
from tests.databases import Storage
from tests.storage_things import fill, things
from tests.storage_values import NOW, a_delivery, a_member, a_schedule

LEASE = timedelta(seconds=60)


async def state_of(storage: Storage, here: WorkspaceId, key: str) -> tuple[DeliveryState, str]:
    async with storage.units(here, reading=True) as work:
        delivery = await work.deliveries.by_key(key)
    assert delivery is not None
    return delivery.state, delivery.error


async def write(storage: Storage, here: WorkspaceId, letter: Letter, *keys: str) -> None:
    async with storage.units(here) as work:
        await work.deliveries.add([a_delivery(letter, lane=f"lane-{key}", key=key) for key in keys])
        await work.commit()


async def test_a_local_workspace_becomes_a_teams(storage: Storage, here: WorkspaceId) -> None:
    member = a_member()
    async with storage.units(here) as work:
        await work.members.put(member)
        await work.commit()
    adopted = await storage.directory.adopt(here, "team:T1", "Broager")
    assert (adopted.id, adopted.external, adopted.name) == (here, "team:T1", "Broager")
    assert await storage.directory.find("team:T1") == adopted
    assert await storage.directory.find("local") is None
    assert await storage.directory.adopt(here, "team:T1", "Broager") == adopted
    async with storage.units(here, reading=True) as work:
        assert await work.members.everybody() == [member]


async def test_no_team_takes_what_is_anothers(storage: Storage, here: WorkspaceId) -> None:
    theirs = await storage.workspace("team:T1")
    with pytest.raises(Taken):
        await storage.directory.adopt(here, "team:T1", "Broager")
    with pytest.raises(Taken):
        await storage.directory.adopt(theirs, "team:T2", "Broager")
    with pytest.raises(StorageError):
        await storage.directory.adopt(WorkspaceId(new_id()), "team:T3", "Broager")
    assert {one.external for one in await storage.directory.every()} == {"local", "team:T1"}


async def test_freezing_counts_from_the_first_time(storage: Storage, here: WorkspaceId) -> None:
    assert await storage.directory.freeze(here, NOW)
    assert not await storage.directory.freeze(here, NOW + timedelta(days=1))
    frozen = await storage.directory.get(here)
    assert frozen is not None
    assert frozen.frozen_at == NOW
    assert await storage.directory.thaw(here)
    assert not await storage.directory.thaw(here)
    warm = await storage.directory.find("local")
    assert warm is not None
    assert warm.frozen_at is None
    nobody = WorkspaceId(new_id())
    assert not await storage.directory.freeze(nobody, NOW)
    assert not await storage.directory.thaw(nobody)


async def test_what_waits_is_cancelled_and_says_why(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    elsewhere = await storage.workspace("team:T2")
    await write(storage, here, greeting(), "sent", "first", "second")
    claim = (await storage.outbox.claim("me", NOW, LEASE, 1))[0]
    await storage.outbox.sent(claim, None, NOW, timedelta(0))
    await write(storage, elsewhere, greeting(), "theirs")
    await storage.directory.freeze(here, NOW)
    for key in {"sent", "first", "second"} - {claim.delivery.key}:
        assert await state_of(storage, here, key) == (DeliveryState.CANCELLED, "workspace_frozen")
    assert await state_of(storage, here, claim.delivery.key) == (DeliveryState.SENT, "")
    assert [one.delivery.key for one in await storage.outbox.claim("me", NOW, LEASE, 9)] == ["theirs"]


async def test_many_that_wait_are_cancelled_together(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    keys = [f"{number}" for number in range(1_100)]
    await write(storage, here, greeting(), *keys)
    await storage.directory.freeze(here, NOW)
    async with storage.units(here, reading=True) as work:
        assert await work.deliveries.count_by_state() == {DeliveryState.CANCELLED: 1_100}


async def test_what_comes_to_wait_while_frozen_is_never_sent(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    await write(storage, here, greeting(), "tried")
    claim = (await storage.outbox.claim("me", NOW, LEASE, 9))[0]
    assert await storage.outbox.still_mine(claim, NOW)
    await storage.directory.freeze(here, NOW)
    assert not await storage.outbox.still_mine(claim, NOW)
    await storage.outbox.later(claim, NOW, "rate")
    await write(storage, here, greeting(), "new")
    assert await storage.outbox.claim("me", NOW, LEASE, 9) == []
    assert await storage.outbox.next_due() is None

    await storage.directory.thaw(here)
    assert await storage.outbox.claim("me", NOW, LEASE, 9) == []
    for key in ("tried", "new"):
        assert await state_of(storage, here, key) == (DeliveryState.CANCELLED, "workspace_frozen")
    await write(storage, here, greeting(), "again")
    assert [one.delivery.key for one in await storage.outbox.claim("me", NOW, LEASE, 9)] == ["again"]


async def test_schedules_of_a_frozen_workspace_wait_for_it(storage: Storage, here: WorkspaceId) -> None:
    elsewhere = await storage.workspace("team:T2")
    for workspace, at in ((here, NOW), (elsewhere, NOW + timedelta(hours=1))):
        async with storage.units(workspace) as work:
            await work.schedules.put(a_schedule(at))
            await work.commit()
    late = NOW + timedelta(days=1)
    await storage.directory.freeze(here, NOW)
    assert await storage.directory.with_due_schedules(late) == [elsewhere]
    assert await storage.directory.next_schedule_at() == NOW + timedelta(hours=1)
    await storage.directory.thaw(here)
    assert set(await storage.directory.with_due_schedules(late)) == {here, elsewhere}
    assert await storage.directory.next_schedule_at() == NOW


async def test_two_freezings_at_once_are_one(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    await write(storage, here, greeting(), "one", "two", "three")
    both = await asyncio.gather(*(storage.directory.freeze(here, NOW) for _ in range(4)))
    assert sorted(both) == [False, False, False, True]


async def test_nothing_of_an_erased_workspace_is_left_in_any_table(
    real: Storage, database_url: str, greeting: Callable[[], Letter]
) -> None:
    here, elsewhere = await real.workspace("team:T1"), await real.workspace("team:T2")
    for workspace in (here, elsewhere):
        await fill(real, workspace, things(greeting()))
    await install(real, "T1", None)
    await install(real, "T2", None)
    await install(real, None, "E1")

    def rows() -> dict[str, int]:
        return {
            table.name: int(databases.rows_of(database_url, f'SELECT count(*) FROM "{table.name}"')[0][0])  # noqa: S608 - our names
            for table in TABLES
        }

    before = rows()
    empty = [name for name, count in before.items() if count < 2 and name != "slack_oauth_states"]
    assert not empty, "these tables hold nothing of each academy here, so that the test would not see them forgotten"
    assert await real.directory.erase(here)
    assert not await real.directory.erase(here)
    assert await real.directory.get(here) is None
    slack = {"slack_bots": 2, "slack_installations": 2, "slack_oauth_states": 0}
    assert rows() == {name: count // 2 for name, count in before.items()} | slack
    here = await real.workspace("enterprise:E1")
    await real.directory.erase(here)
    assert rows() | dict.fromkeys(slack, 1) == rows() | {"slack_oauth_states": 1}


async def install(real: Storage, team: str | None, enterprise: str | None) -> None:
    assert real.database is not None
    values: dict[str, object] = {
        "client_id": "1.2",
        "app_id": "A1",
        "team_id": team,
        "enterprise_id": enterprise,
        "user_id": "U1",
    }
    values |= {"is_enterprise_install": team is None, "installed_at": NOW.replace(tzinfo=None)}
    async with real.database.alone(), real.database.engine.begin() as connection:
        for table in TABLES:
            if table.name in ("slack_bots", "slack_installations"):
                await connection.execute(table.insert(), {k: v for k, v in values.items() if k in table.c})


async def test_an_erased_workspace_is_gone_for_every_port(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    await fill(storage, here, things(greeting()))
    await storage.directory.erase(here)
    assert await storage.directory.every() == []
    assert await storage.outbox.claim("me", NOW + timedelta(days=9), LEASE, 9) == []
    assert await storage.directory.next_schedule_at() is None
    again = await storage.workspace()
    assert again != here
    async with storage.units(again, reading=True) as work:
        assert await work.members.everybody() == []


async def test_only_what_was_frozen_long_enough_is_erased(storage: Storage, here: WorkspaceId) -> None:
    assert not await storage.directory.erase(here, frozen_before=NOW)
    await storage.directory.freeze(here, NOW)
    assert not await storage.directory.erase(here, frozen_before=NOW)
    assert await storage.directory.erase(here, frozen_before=NOW + timedelta(seconds=1))
    assert await storage.directory.get(here) is None
