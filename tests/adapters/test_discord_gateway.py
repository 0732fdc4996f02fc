"""The connection to Discord: it outlives restarts, silence, outages, lost sessions, a refused intent and a lost token, and
nothing that somebody asked is lost or done twice."""

import asyncio
import logging
from collections.abc import AsyncGenerator

import pytest

from bot.errors import SettingsError
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, opened_house
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_world import Application


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages) as found:
        yield found


async def works(house: DiscordHouse, times: int = 1) -> None:
    """A command is answered once."""
    await house.anna.types("/try whisper", text=f"still {times}")
    await house.anna.until_sees(f"A whisper: still {times}")
    await house.settled()
    said = [one for one in house.anna.sees(house.general) if one == f"A whisper: still {times}"]
    assert len(said) == 1


async def resumed(house: DiscordHouse, times: int = 1) -> None:
    await house.discord.until(lambda: house.discord.gateway.resumed == times, 20)


async def test_a_connection_that_is_cut_is_resumed_and_nothing_is_missed(house: DiscordHouse) -> None:
    house.discord.gateway.cut()
    asking = asyncio.create_task(house.anna.types("/try whisper", text="meanwhile"))
    await resumed(house)
    await house.anna.until_sees("A whisper: meanwhile")
    await asking
    await works(house)
    assert house.gate.passed == 2


@pytest.mark.parametrize("code", [1000, 4000, 4009])
async def test_a_connection_that_discord_closes_goes_on(house: DiscordHouse, code: int) -> None:
    house.discord.gateway.drop(code)
    await house.discord.until(lambda: house.discord.gateway.resumed or len(house.discord.gateway.identified) > 1, 20)
    await house.discord.connected()
    await works(house)


async def test_discord_asks_to_reconnect(house: DiscordHouse) -> None:
    house.discord.gateway.asks_to_reconnect()
    await resumed(house)
    await works(house)


async def test_an_invalid_session_is_resumed_where_it_may_and_begun_anew_where_not(house: DiscordHouse) -> None:
    house.discord.gateway.invalidates(resumable=True)
    await resumed(house)
    await works(house, 1)
    house.discord.gateway.invalidates(resumable=False)
    await house.discord.until(lambda: len(house.discord.gateway.identified) == 2, 20)
    await house.discord.connected()
    await works(house, 2)


async def test_an_interaction_told_again_after_a_resume_is_handled_once(house: DiscordHouse) -> None:
    await works(house, 1)
    session = next(iter(house.discord.gateway.sessions.values()))
    last = session.log[-1]
    house.discord.gateway.cut()
    session.number += 1
    session.log.append((session.number, last[1].replace(f'"s": {last[0]}', f'"s": {session.number}')))
    await resumed(house)
    await house.settled()
    assert house.gate.passed == 1


async def test_an_outage_is_two_lines_in_the_log(house: DiscordHouse, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await house.discord.goes_down(refuses=True)
    await asyncio.sleep(2.5)
    await house.discord.comes_back()
    await house.discord.connected(1, 40)
    await works(house)
    # What the library says is not written anywhere; pytest hears it all the same.
    told = [one for one in caplog.records if one.levelno >= logging.WARNING and not one.name.startswith("discord.")]
    assert 1 <= len(told) <= 4, [one.getMessage() for one in told]
    assert all(one.exc_info is None for one in told)


async def test_after_a_long_outage_the_connection_is_made_anew(languages: Languages) -> None:
    async with opened_house(languages, gap=0.4) as house:
        first = house.adapter.connection.client
        await house.discord.goes_down(refuses=True)
        await asyncio.sleep(1.5)
        await house.discord.comes_back()
        await house.discord.until(lambda: house.adapter.connection.client is not first, 20)
        await house.discord.connected(1, 20)
        await works(house)


async def test_the_start_goes_on_trying_while_discord_is_away(languages: Languages) -> None:
    async with opened_house(languages, listens=False) as house:
        await house.discord.goes_down()
        work = house.adapter.at_work()
        opening = asyncio.create_task(work.__aenter__())
        await asyncio.sleep(0.3)
        await house.discord.comes_back()
        await house.discord.connected(1, 40)
        await opening
        assert house.speaking.user is not None
        await work.__aexit__(None, None, None)


async def test_without_the_privileged_intent_everything_else_works(languages: Languages) -> None:
    emulator = DiscordEmulator(app=Application(message_content=False))
    async with opened_house(languages, discord=emulator) as house:
        await works(house)
        assert house.granted == [False]
        first, second = house.discord.gateway.identified
        assert int(first["intents"]) - int(second["intents"]) == 1 << 15


async def test_with_it_nobody_is_troubled(house: DiscordHouse) -> None:
    await works(house)
    assert house.granted == [True]


async def test_a_token_that_discord_does_not_know_is_said_at_the_start(languages: Languages) -> None:
    async with opened_house(languages, listens=False) as house:
        house.discord.app.token = "another"
        with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
            async with house.adapter.at_work():
                pass


async def test_a_token_that_is_taken_no_more_is_tried_again(
    house: DiscordHouse, caplog: pytest.LogCaptureFixture
) -> None:
    token = house.discord.app.token
    house.discord.app.token = "another"
    house.discord.gateway.drop(4004)
    await house.discord.until(lambda: any("DISCORD_TOKEN" in one for one in caplog.messages), 10)
    assert house.adapter.connection.is_barred
    house.discord.app.token = token
    await house.discord.connected(1, 20)
    await works(house)
    assert not house.adapter.connection.is_barred


async def test_what_the_library_cannot_read_is_left_out(house: DiscordHouse, caplog: pytest.LogCaptureFixture) -> None:
    gateway = house.discord.gateway
    gateway.dispatch("INTERACTION_CREATE", {"id": "1", "secret": "Ole"}, house.guild.id)
    gateway.dispatch("GUILD_ROLE_CREATE", {"guild_id": house.guild.id}, house.guild.id)
    gateway.dispatch("A_NEW_EVENT", {"any": "thing"}, house.guild.id)
    await works(house)
    assert gateway.resumed == 0
    assert len(gateway.identified) == 1
    assert "Ole" not in caplog.text


async def test_more_guilds_than_one_shard_may_have_begin_with_more_shards(house: DiscordHouse) -> None:
    house.discord.app.shards = 2
    house.discord.gateway.forgets_sessions()
    house.discord.gateway.drop(4011)
    await house.discord.connected(2, 30)
    await works(house)


async def test_a_command_is_answered_although_the_gateway_goes_away_meanwhile(house: DiscordHouse) -> None:
    house.gate.close()
    asking = asyncio.create_task(house.anna.types("/try whisper", text="patience"))
    await house.discord.until(lambda: house.gate.passed)
    house.discord.gateway.cut()
    house.gate.open()
    await house.anna.until_sees("A whisper: patience")
    await asking


async def test_a_failing_first_answer_is_tried_again(house: DiscordHouse) -> None:
    house.discord.faults.arm("POST /interactions/{interaction}/{token}/callback", Fault.DROPPED)
    await works(house)
