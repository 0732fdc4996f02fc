"""An academy takes the bot out of Slack and puts it back, or does not: the real service beside an emulated Slack."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.databases import change, rows_of
from tests.end_to_end.houses import database
from tests.end_to_end.slack_town import Town, emulated, for_many_teams, town

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed
STORED = "%Y-%m-%d %H:%M:%S.000000"


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_taken_out_put_back_and_gone_for_a_month(tmp_path: Path) -> None:
    url = database(tmp_path)
    async with emulated(tmp_path, "http") as (slack, port):
        north, south = town(slack, "Nord", installed=False), town(slack, "Syd", installed=False)
        place = for_many_teams(tmp_path, port, north, south, "http")
        async with place.open() as house:
            for one in (north, south):
                assert one.team.name in await one.people[0].installs(f"{house.address}/slack/install")
        for one in (north, south):
            roster = one.roster().replace("Organisation", f"Foreningen {one.team.name}")
            (tmp_path / "members.csv").write_text(roster, encoding="utf-8")
            place.line("members", "import", "members.csv", "--workspace", f"team:{one.team.id}")
        async with place.open() as house:
            await north.people[0].uninstalls()
            await until(lambda: frozen(url, north) is not None)
            assert frozen(url, south) is None
            await until(lambda: len(tokens(url)) == 1)

            assert north.team.name in await north.people[0].installs(f"{house.address}/slack/install")
            assert frozen(url, north) is None
            await north.people[1].types("/profil", "vis", north.general)
            await north.people[1].until_sees("Foreningen Nord", SOON)

            await north.people[0].uninstalls()
            await until(lambda: frozen(url, north) is not None)
        long_ago = (datetime.now(UTC) - timedelta(days=30, minutes=1)).strftime(STORED)
        change(url, f"UPDATE workspaces SET frozen_at = '{long_ago}' WHERE external = 'team:{north.team.id}'")  # noqa: S608 - a test's own words
        async with place.open():
            await until(lambda: len(rows_of(url, "SELECT id FROM workspaces")) == 1)
            kept = rows_of(url, "SELECT organisation FROM members")
            assert sorted(kept) == [(f"Foreningen Syd {number}",) for number in range(4)]
            await south.people[1].types("/profil", "vis", south.general)
            await south.people[1].until_sees("Foreningen Syd", SOON)
        assert slack.problems == []
        log = (tmp_path / "service.log").read_text()
        assert re.search("ERROR|Traceback|Lund|Foreningen|xox", log) is None
        assert log.count("has lost its home on Slack") == 2
        assert log.count("Erased workspace") == 1


def frozen(url: str, here: Town) -> object:
    return rows_of(url, f"SELECT frozen_at FROM workspaces WHERE external = 'team:{here.team.id}'")[0][0]  # noqa: S608 - a test's own words


def tokens(url: str) -> list[object]:
    return list(rows_of(url, "SELECT id FROM slack_bots"))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not true():  # noqa: ASYNC110 - another process writes what is looked at
            await asyncio.sleep(0.1)
