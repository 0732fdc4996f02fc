"""Several processes hear the same of Discord: the first to write it down answers."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from adapters.discord.arriving import Arriving, Several, TurnedAway
from adapters.discord.origin import Origin
from adapters.discord.parse import Asked, Sender
from bot.errors import Unavailable
from bot.identity import WorkspaceId
from bot.interactions import Arrival, PlaceKind
from bot.ports import Workspace
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, opened_house


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages, listens=False) as found:
        yield found


def asked(house: DiscordHouse) -> Asked:
    return Asked("77", Sender(house.anna.id, "Anna", "anna", "en"), Origin(PlaceKind.CHANNEL, "1", house.guild.id))


async def arrival(house: DiscordHouse) -> Arrival:
    found = await Arriving(house.front).arrival(asked(house))
    assert isinstance(found, Arrival)
    return found


async def test_one_process_answers_everything(house: DiscordHouse) -> None:
    assert await Arriving(house.front).is_ours(asked(house), await arrival(house))


async def test_of_several_the_first_answers(house: DiscordHouse) -> None:
    heard: list[tuple[WorkspaceId, str]] = []

    async def first(workspace: WorkspaceId, what: str) -> bool:
        heard.append((workspace, what))
        return len(heard) == 1

    both = [Arriving(replace(house.front, first_to_hear=first)) for _ in range(2)]
    found = await arrival(house)
    assert [await one.is_ours(asked(house), found) for one in both] == [True, False]
    assert heard == [(found.workspace, "discord:77")] * 2


async def test_where_it_is_not_clear_for_which_academy_it_is_written_down_in_one(house: DiscordHouse) -> None:
    heard: list[WorkspaceId] = []

    async def first(workspace: WorkspaceId, what: str) -> bool:
        heard.append(workspace)
        return True

    here = await house.workspace()
    there = await house.memory.directory.ensure("guild:9", "Another", here.options)
    arriving = Arriving(replace(house.front, first_to_hear=first))
    for order in ((here, there), (there, here)):
        assert await arriving.is_ours(asked(house), Several(order))
    assert heard == [min(here.id, there.id)] * 2
    assert isinstance(there, Workspace)


async def test_whom_nobody_knows_is_answered_by_whom_discord_lets(house: DiscordHouse) -> None:
    async def never(workspace: WorkspaceId, what: str) -> bool:
        raise AssertionError((workspace, what))

    assert await Arriving(replace(house.front, first_to_hear=never)).is_ours(asked(house), TurnedAway("No."))


async def test_a_database_that_is_away_silences_nobody(house: DiscordHouse) -> None:
    async def away(workspace: WorkspaceId, what: str) -> bool:
        raise Unavailable("the connection to the database was lost")

    assert await Arriving(replace(house.front, first_to_hear=away)).is_ours(asked(house), await arrival(house))
