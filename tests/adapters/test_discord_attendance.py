"""Once a day it is looked up who has left a server, so that nobody is introduced to them and waits."""

import logging
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import datetime

import pytest

from adapters.discord.attendance import Attendance
from bot.deliveries.presence import Presence
from bot.identity import Account
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, member_of, opened_house
from tests.emulators.discord_person import Person


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages) as found:
        await found.discord.until(found.guilds.homes)
        yield found
        await found.settled()
        assert found.discord.problems == []


def attendance(house: DiscordHouse) -> Attendance:
    async def at_once(_seconds: float) -> None:
        """Nobody waits in a test."""

    connection = house.adapter.connection
    homes, presence = house.guilds.homes, Presence(house.memory.units)
    return Attendance(lambda: connection.client, homes, presence, house.front.clock, at_once)


async def on_the_roster(house: DiscordHouse, person: Person, *more: Account) -> None:
    member = member_of(person, "Huset")
    async with house.memory.units((await house.workspace()).id) as work:
        await work.members.put(replace(member, accounts=(*member.accounts, *more)))
        await work.commit()


async def away(house: DiscordHouse, person: Person) -> datetime | None:
    found = await house.front.member_of((await house.workspace()).id, person.id)
    assert found is not None
    return found.away_since


async def test_who_left_is_away_and_who_comes_back_is_there(house: DiscordHouse) -> None:
    gert, lise = house.guild.person("Gert"), house.guild.person("Lise")
    for one in (gert, lise):
        await on_the_roster(house, one)
    await gert.leaves()
    await attendance(house).look()
    assert await away(house, gert) is not None
    assert await away(house, lise) is None
    await gert.comes_back()
    await attendance(house).look()
    assert await away(house, gert) is None


async def test_who_is_on_another_platform_as_well_is_there(house: DiscordHouse) -> None:
    gert = house.guild.person("Gert")
    await on_the_roster(house, gert, Account("slack", "U1"))
    await gert.leaves()
    await attendance(house).look()
    assert await away(house, gert) is None


async def test_nobody_is_away_because_discord_does_not_answer(
    house: DiscordHouse, caplog: pytest.LogCaptureFixture
) -> None:
    gert = house.guild.person("Gert")
    await on_the_roster(house, gert)
    await gert.leaves()
    house.discord.faults.arm("GET /guilds/{guild}/members/{user}", 403)
    with caplog.at_level(logging.WARNING):
        await attendance(house).look()
    assert await away(house, gert) is None
    assert "could not be looked up (Forbidden)" in caplog.text
    await attendance(house).look()
    assert await away(house, gert) is not None
