"""All of Discord in one process: what it says to whoever runs it."""

import logging

import pytest
from pydantic import SecretStr

from adapters.discord.service import DiscordService, Surroundings
from bot.errors import TryLater
from bot.identity import Account
from bot.settings import Settings
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, opened_house
from tests.adapters.discord_sending import card
from tests.fakes import StoppedClock

pytestmark = pytest.mark.usefixtures("bare_surroundings")


def service_of(house: DiscordHouse, clock: StoppedClock) -> DiscordService:
    settings = Settings(discord_api_url=house.discord.api_url, discord_token=SecretStr(house.discord.token))
    front = house.front
    around = Surroundings(
        desk=front.desk,
        commands=tuple(front.commands),
        directory=house.memory.directory,
        units=house.memory.units,
        languages=front.languages,
        clock=clock,
        house=front.house,
    )
    return DiscordService(settings, around)


async def test_a_token_that_is_lost_is_one_line_that_says_what_to_do(
    languages: Languages, caplog: pytest.LogCaptureFixture
) -> None:
    clock = StoppedClock()
    async with opened_house(languages, clock=clock, listens=False) as house:
        service = service_of(house, clock)
        async with service.at_work():
            await house.discord.connected()
            chat = service.chat((await house.workspace()).id)
            anna = await chat.direct(Account("discord", house.anna.id))
            await chat.post(anna, card(), "one")
            assert service.trouble() == ""
            good, house.discord.app.token = house.discord.app.token, "another"
            for minute in range(5):
                with pytest.raises(TryLater, match="token_lost"):
                    await chat.post(anna, card(), f"two {minute}")
                clock.advance(minutes=1)
            # Whoever listens learns of it as well.
            house.discord.gateway.drop(4004)
            await house.discord.quiet(0.2)
            told = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
            assert " ".join(told) == (
                "Nothing goes to Discord any more, and nobody is answered there. DISCORD_TOKEN: Discord knows it no more: make a "
                "new one in the Developer Portal, your application, Bot, Reset Token; put it in the settings and start again. "
                "I try again every minute"
            )
            assert good not in caplog.text
            assert service.trouble() == "discord: DISCORD_TOKEN is not known any more"
            house.discord.app.token = good
            clock.advance(minutes=1)
            await chat.post(anna, card(), "three")
            # It speaks again; whoever listens tries once a minute.
            assert service.trouble() == "discord: DISCORD_TOKEN is not known any more"
