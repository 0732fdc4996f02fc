"""The emulator's gateway, spoken to by hand: greetings, sessions, intents, shards and how it says no."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_faults import Delivery
from tests.emulators.discord_raw_bot import ALL_INTENTS, RawBot, raw_bot
from tests.emulators.discord_world import Application
from tests.emulators.slack_time import RunningClock


@pytest.fixture
async def discord() -> AsyncGenerator[DiscordEmulator]:
    async with DiscordEmulator(app=Application(members=True, shards=2)) as opened:
        yield opened


@pytest.fixture
async def bot(discord: DiscordEmulator) -> AsyncGenerator[RawBot]:
    async with raw_bot(discord) as opened:
        yield opened


async def test_hello_ready_guilds_and_heartbeats(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    socket = await bot.connects()
    assert (await socket.until(10))["heartbeat_interval"] == discord.gateway.heartbeat * 1000
    await socket.identifies()
    ready = await socket.until("READY")
    assert ready["user"]["id"] == ready["application"]["id"] == discord.app.id
    assert ready["guilds"] == [{"id": guild.id, "unavailable": True}]
    told = await socket.until("GUILD_CREATE")
    assert (told["name"], [c["name"] for c in told["channels"]]) == ("Academy", ["general"])
    assert {m["user"]["id"] for m in told["members"]} == set(guild.members)
    await socket.says(1, socket.number)
    await socket.until(11)


async def test_a_stream_may_be_packed(discord: DiscordEmulator, bot: RawBot) -> None:
    discord.guild("Academy")
    socket = await bot.connects(query="v=10&encoding=json&compress=zlib-stream")
    await socket.identifies()
    await socket.until("GUILD_CREATE")


async def test_without_the_guilds_intent_none_is_told(discord: DiscordEmulator, bot: RawBot) -> None:
    discord.guild("Academy").channel("more")
    socket = await bot.identifies(intents=1 << 9)
    anna = discord.guild("Academy").person("Anna")
    await anna.writes("Hello", discord.guild("Academy").named("general"))
    assert (await socket.until("MESSAGE_CREATE"))["content"] == ""
    assert [told["t"] for told in socket.heard] == [None, "READY", "MESSAGE_CREATE"]


async def test_contents_are_told_to_whom_they_may(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    anna, general = guild.person("Anna"), guild.named("general")
    socket = await bot.identifies(intents=ALL_INTENTS & ~(1 << 15))
    await anna.writes("Secret", general)
    await anna.writes("For you", general, mentions_bot=True)
    await anna.writes("Between us")
    contents = [(await socket.until("MESSAGE_CREATE"))["content"] for _ in range(3)]
    assert contents == ["", f"<@{discord.app.id}> For you", "Between us"]


async def test_shards_have_their_own_guilds_and_the_first_the_conversations(
    discord: DiscordEmulator, bot: RawBot
) -> None:
    guilds = [discord.guild(f"Guild {number}") for number in range(4)]
    first, second = await bot.identifies(shard=(0, 2)), await bot.identifies(shard=(1, 2))
    mine = [{told["d"]["id"] for told in socket.heard if told["t"] == "GUILD_CREATE"} for socket in (first, second)]
    assert mine == [{g.id for g in guilds if (int(g.id) >> 22) % 2 == shard} for shard in (0, 1)]
    assert all(len(ids) == 2 for ids in mine)
    await guilds[0].person("Anna").writes("Hello")
    assert (await first.until("MESSAGE_CREATE"))["content"] == "Hello"
    assert discord.gateway.ready(2)


async def test_a_lost_connection_is_resumed_with_what_was_missed(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    anna, general = guild.person("Anna"), guild.named("general")
    socket = await bot.identifies()
    discord.gateway.cut()
    await anna.writes("One", general)
    await anna.writes("Two", general)
    again = await bot.connects()
    await again.says(6, {"token": discord.token, "session_id": socket.session, "seq": socket.number})
    assert [(await again.until("MESSAGE_CREATE"))["content"] for _ in range(2)] == ["One", "Two"]
    await again.until("RESUMED")
    assert discord.gateway.resumed == 1


async def test_a_session_that_is_over_is_not_resumed(discord: DiscordEmulator, bot: RawBot) -> None:
    socket = await bot.identifies()
    discord.gateway.forgets_sessions()
    again = await bot.connects()
    await again.says(6, {"token": discord.token, "session_id": socket.session, "seq": socket.number})
    assert await again.until(9) is False


async def test_who_closes_in_peace_ends_the_session(discord: DiscordEmulator, bot: RawBot) -> None:
    socket = await bot.identifies()
    await socket.ws.close(code=1000)
    await discord.until(lambda: not discord.gateway.sessions)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": 1 << 40}, 4013),
        ({"intents": 1 << 8}, 4014),
    ],
)
async def test_identifying_wrongly_closes_with_the_reason(bot: RawBot, told: dict[str, Any], code: int) -> None:
    socket = await bot.connects()
    await socket.identifies(**told)
    assert await socket.until("close") == code
    assert bot.discord.gateway.closed == [code]


async def test_a_switch_that_is_off_refuses_its_intent_until_it_is_on(discord: DiscordEmulator, bot: RawBot) -> None:
    discord.app.message_content = False
    socket = await bot.connects()
    await socket.identifies()
    assert await socket.until("close") == 4014
    discord.app.message_content = True
    await bot.identifies()


async def test_2500_guilds_need_shards(discord: DiscordEmulator, bot: RawBot) -> None:
    for number in range(2500):
        discord.guild(f"Guild {number}", channels=())
    alone = await bot.connects()
    await alone.identifies()
    assert await alone.until("close") == 4011
    half = await bot.connects()
    await half.identifies(shard=(0, 2))
    assert len((await half.until("READY"))["guilds"]) == 1250


@pytest.mark.parametrize(
    ("frame", "code"),
    [("{", 4002), ('{"op": 1}', 4002), ('{"op": 99, "d": null}', 4003), (f'{{"op": 1, "d": "{"x" * 5000}"}}', 4002)],
)
async def test_strange_frames_close_the_connection(bot: RawBot, frame: str, code: int) -> None:
    socket = await bot.connects()
    await socket.ws.send_str(frame)
    assert await socket.until("close") == code


async def test_other_ways_to_be_put_out(discord: DiscordEmulator, bot: RawBot) -> None:
    old = await bot.connects(query="v=9")
    assert await old.until("close") == 4012
    twice = await bot.identifies()
    await twice.identifies()
    assert await twice.until("close") == 4005
    unknown = await bot.identifies()
    await unknown.says(99)
    assert await unknown.until("close") == 4001
    many = await bot.connects()
    for _ in range(121):
        await many.says(1)
    assert await many.until("close") == 4008
    ahead = await bot.connects()
    await ahead.says(6, {"token": discord.token, "session_id": next(iter(discord.gateway.sessions)), "seq": 10_000})
    assert await ahead.until("close") == 4007
    forged = await bot.connects()
    await forged.says(6, {"token": "wrong", "session_id": "x", "seq": 1})
    assert await forged.until("close") == 4004
    discord.gateway.down = True
    with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
        await bot.connects()


async def test_too_many_identifications_are_sent_away(discord: DiscordEmulator, bot: RawBot) -> None:
    discord.gateway.identify_pause = 60.0
    await bot.identifies()
    second = await bot.connects()
    await second.identifies()
    assert await second.until(9) is False
    discord.gateway.identify_pause, discord.app.identifies_left = 0.0, 0
    await second.identifies()
    assert await second.until(9) is False


async def test_members_are_told_in_pieces_when_asked(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    anna = guild.person("Anna")
    guild.person("Bo")
    socket = await bot.identifies(intents=1 | 1 << 1)
    await socket.says(8, {"guild_id": guild.id, "query": "an", "limit": 10, "nonce": "n"})
    found = await socket.until("GUILD_MEMBERS_CHUNK")
    assert ([m["user"]["id"] for m in found["members"]], found["nonce"]) == ([anna.id], "n")
    await socket.says(8, {"guild_id": guild.id, "user_ids": [anna.id, "5"], "limit": 0})
    found = await socket.until("GUILD_MEMBERS_CHUNK")
    assert ([m["user"]["id"] for m in found["members"]], found["not_found"]) == ([anna.id], ["5"])
    await socket.says(8, {"guild_id": guild.id, "query": "", "limit": 0})
    assert len((await socket.until("GUILD_MEMBERS_CHUNK"))["members"]) == 3
    poor = await bot.identifies(intents=1)
    await poor.says(8, {"guild_id": guild.id, "query": "", "limit": 0})
    await discord.until(lambda: discord.problems)


async def test_what_happens_to_a_guild_is_told(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    socket = await bot.identifies()
    guild.goes_down()
    assert (await socket.until("GUILD_DELETE"))["unavailable"] is True
    guild.comes_back()
    assert (await socket.until("GUILD_CREATE"))["unavailable"] is False
    guild.is_renamed("School")
    assert (await socket.until("GUILD_UPDATE"))["name"] == "School"
    guild.role("Tovholder", "manage_guild")
    assert (await socket.until("GUILD_ROLE_CREATE"))["role"]["permissions"] == "32"
    guild.takes(guild.bot_role, "attach_files")
    told = await socket.until("GUILD_ROLE_UPDATE")
    assert not int(told["role"]["permissions"]) & 1 << 15
    channel = guild.channel("brobygger")
    assert (await socket.until("CHANNEL_CREATE"))["id"] == channel.id
    guild.forbids(channel, guild.bot, "send_messages")
    assert (await socket.until("CHANNEL_UPDATE"))["permission_overwrites"][0]["deny"] == str(1 << 11)
    anna = guild.person("Anna")
    assert (await socket.until("GUILD_MEMBER_ADD"))["user"]["global_name"] == "Anna"
    await anna.is_called("Ann")
    assert (await socket.until("GUILD_MEMBER_UPDATE"))["nick"] == "Ann"
    await anna.removes(channel)
    await socket.until("CHANNEL_DELETE")
    await anna.leaves()
    await socket.until("GUILD_MEMBER_REMOVE")
    guild.kicks_bot()
    assert await socket.until("GUILD_DELETE") == {"id": guild.id}
    guild.invites_bot()
    assert "unavailable" not in await socket.until("GUILD_CREATE")


async def test_an_event_may_be_lost_late_or_told_twice() -> None:
    async with DiscordEmulator(RunningClock(speed=100)) as discord, raw_bot(discord) as bot:
        guild = discord.guild("Academy")
        anna, general = guild.person("Anna"), guild.named("general")
        socket = await bot.identifies(intents=ALL_INTENTS & ~2)
        for fault in (Delivery.LOST, Delivery.DUPLICATE, Delivery.LATE):
            discord.faults.arm_event("MESSAGE_CREATE", fault)
        for words in ("lost", "twice", "late", "now"):
            await anna.writes(words, general)
        assert [(await socket.until("MESSAGE_CREATE"))["content"] for _ in range(4)] == [
            "twice",
            "twice",
            "now",
            "late",
        ]


async def test_all_may_be_down_for_a_while(discord: DiscordEmulator, bot: RawBot) -> None:
    socket = await bot.identifies()
    await discord.goes_down()
    assert await socket.until("close") in (1006, None)
    assert (await bot.asks("GET", "/users/@me")).status == 503
    await discord.comes_back()
    await discord.goes_down(refuses=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.asks("GET", "/users/@me")
    await discord.comes_back()
    assert (await bot.asks("GET", "/users/@me")).status == 200


async def test_heartbeats_may_go_unanswered_and_a_fresh_start_may_be_asked_for(
    discord: DiscordEmulator, bot: RawBot
) -> None:
    discord.gateway.acknowledges = False
    socket = await bot.identifies()
    await socket.says(1, None)
    discord.gateway.asks_to_reconnect(shard=0)
    await socket.until(7)
    assert 11 not in [told["op"] for told in socket.heard]
    discord.gateway.invalidates(resumable=True)
    assert await socket.until(9) is True
    discord.gateway.invalidates(resumable=False)
    assert await socket.until(9) is False
    assert not discord.gateway.sessions
    discord.gateway.drop(4000)
    assert await socket.until("close") == 4000


async def test_who_is_silent_is_put_out(discord: DiscordEmulator, bot: RawBot) -> None:
    discord.gateway.heartbeat = 0.1
    socket = await bot.identifies()
    assert await socket.until("close") == 4009
    assert not discord.gateway.sessions


async def test_time_may_run_faster(discord: DiscordEmulator) -> None:
    assert discord.now() > discord.now() - timedelta(seconds=1)
    await asyncio.wait_for(discord.quiet(0.01), 2)
