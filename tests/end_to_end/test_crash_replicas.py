"""Three processes on PostgreSQL, of which one is killed every few seconds, and the database is restarted meanwhile."""

import asyncio
from pathlib import Path

from tests import databases
from tests.end_to_end.ordeal import Ordeal, survive

KILLS = 4


async def test_of_three_on_postgresql_one_is_killed_every_few_seconds(postgres_url: str, tmp_path: Path) -> None:
    async def trouble(ordeal: Ordeal) -> None:
        moments = ordeal.moments(KILLS)
        for place, moment in enumerate(moments):
            await ordeal.until_said(moment)
            await ordeal.dies(ordeal.random.randrange(3))
            if place == 1:
                await ordeal.platforms_are_away()
            if place == 2:
                await asyncio.to_thread(databases.restart_postgres, postgres_url)

    await survive(postgres_url, tmp_path, 3, trouble)
