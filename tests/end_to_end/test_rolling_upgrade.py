"""A new version is rolled out while an announcement goes out: nothing is lost, nothing comes twice, nobody waits."""

import asyncio
from pathlib import Path

from sqlalchemy import make_url

from storage.upgrade import HEAD, upgrade
from tests import databases
from tests.end_to_end.killing import Academy, Replicas, academy, planned, replicas, states

MEMBERS = 160
SAID = "Bring-cake-at-nine"
SOON = 30.0
# What a next version would add: old processes know nothing of it, and write rows without it.
NEXT_VERSION = (
    "ALTER TABLE deliveries ADD COLUMN shape text NOT NULL DEFAULT ''",
    "ALTER TABLE members ADD COLUMN shoe_size integer",
    "CREATE TABLE shoes (id integer PRIMARY KEY)",
    "UPDATE alembic_version SET version_num = '9998'",
)


async def test_old_and_new_work_side_by_side(postgres_session_url: str, tmp_path: Path) -> None:
    with databases.fresh_database(make_url(postgres_session_url), "brobygger_test_rolling") as fresh:
        url = databases.url_text(fresh)
        await upgrade(url)
        async with academy(url, tmp_path, MEMBERS) as there, replicas(tmp_path, there.settings) as run:
            await it_waits_until_the_database_is_upgraded(url, run, there)
            await run.start()
            await run.start()
            await there.slack.connected(3, SOON)
            await announced(there)
            await until_said(there, 20)
            for statement in NEXT_VERSION:
                await asyncio.to_thread(databases.change, url, statement)
            # One dies just now, and it is the old version that is started again.
            await run.kill(0)
            await run.start()
            for _ in range(3):
                await run.stop(0)
                await run.start()
            while (await states(url)) != {"sent": MEMBERS}:  # noqa: ASYNC110 - other processes' rows
                await asyncio.sleep(0.2)
            assert there.on_slack(SAID) == {one.id: 1 for one in there.here}, run.told()
            assert there.on_discord(SAID) == {one.id: 1 for one in there.there}, run.told()
            assert "ERROR" not in run.told(), run.told()
            assert "Traceback" not in run.told(), run.told()


async def it_waits_until_the_database_is_upgraded(url: str, run: Replicas, there: Academy) -> None:
    databases.change(url, "UPDATE alembic_version SET version_num = '0001'")
    await run.start()
    async with asyncio.timeout(SOON):
        while "brobygger database upgrade" not in run.told():  # noqa: ASYNC110 - another process's log
            await asyncio.sleep(0.1)
    assert there.slack.called("auth.test") == []
    databases.change(url, f"UPDATE alembic_version SET version_num = '{HEAD}'")  # noqa: S608 - our own
    await there.slack.connected(1, SOON)


async def announced(there: Academy) -> None:
    organiser = there.here[0]
    await organiser.types("/announce", f"new {SAID}", there.general)
    await organiser.until_sees("Nothing goes before you press the button.", SOON)
    await organiser.presses("Send now")
    async with asyncio.timeout(SOON):
        while not await planned(there.settings["DATABASE_URL"]):  # noqa: ASYNC110 - another process's row
            await asyncio.sleep(0.05)


async def until_said(there: Academy, count: int) -> None:
    async with asyncio.timeout(SOON):
        while there.said() < count:  # noqa: ASYNC110 - two platforms, and nobody who tells of both
            await asyncio.sleep(0.02)
