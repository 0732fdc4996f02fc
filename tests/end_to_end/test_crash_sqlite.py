"""One process on SQLite, killed twenty times while it tells five hundred members something."""

from pathlib import Path

from tests.end_to_end.ordeal import Ordeal, survive

KILLS = 20


async def test_one_process_on_sqlite_is_killed_twenty_times(sqlite_url: str, tmp_path: Path) -> None:
    async def trouble(ordeal: Ordeal) -> None:
        moments = ordeal.moments(KILLS)
        away = ordeal.random.choice(moments)
        for moment in moments:
            await ordeal.until_said(moment)
            await ordeal.dies()
            if moment == away:
                await ordeal.platforms_are_away()

    await survive(sqlite_url, tmp_path, 1, trouble)
