"""What can go wrong between a bot and Discord: limits, lost answers, outages; by hand and with the genuine library."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from functools import partial

import aiohttp
import discord as library
import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_faults import Delivery, Fault
from tests.emulators.discord_heartbeats import heartbeats_end
from tests.emulators.discord_process import RemoteDiscord
from tests.emulators.discord_rates import Rates
from tests.emulators.discord_raw_bot import RawBot, raw_bot
from tests.emulators.discord_tiny_bot import TinyBot, library_at, tiny_bot
from tests.emulators.discord_world import Application
from tests.emulators.slack_time import RunningClock
from tests.fakes import StoppedClock

POSTS = "POST /channels/{channel}/messages"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def discord(clock: StoppedClock) -> AsyncGenerator[DiscordEmulator]:
    async with DiscordEmulator(clock, rates=Rates.real()) as opened:
        opened.guild("Academy")
        yield opened


@pytest.fixture
async def bot(discord: DiscordEmulator) -> AsyncGenerator[RawBot]:
    async with raw_bot(discord) as opened:
        yield opened


def here(discord: DiscordEmulator, channel: str = "general") -> str:
    return f"/channels/{discord.guild('Academy').channel(channel).id}/messages"


# Limits


async def test_a_bucket_a_route_and_channel(discord: DiscordEmulator, bot: RawBot, clock: StoppedClock) -> None:
    left: list[str] = []
    buckets: set[str] = set()
    for _ in range(5):
        sent = await bot.asks("POST", here(discord), {"content": "x"})
        left.append(sent.headers["X-RateLimit-Remaining"])
        buckets.add(sent.headers["X-RateLimit-Bucket"])
        assert sent.headers["X-RateLimit-Limit"] == "5"
    assert left == ["4", "3", "2", "1", "0"]
    clock.advance(seconds=2)
    early = await bot.asks("POST", here(discord), {"content": "x"})
    assert (early.status, early.body["retry_after"], early.body["global"]) == (429, 3.0, False)
    assert (early.headers["Via"], early.headers["X-RateLimit-Scope"], early.headers["Retry-After"]) == (
        "1.1 google",
        "user",
        "3",
    )
    assert {early.headers["X-RateLimit-Bucket"]} == buckets
    assert (await bot.asks("POST", here(discord, "other"), {"content": "x"})).status == 200
    assert (await bot.asks("GET", here(discord))).status == 200
    clock.advance(seconds=3)
    assert (await bot.asks("POST", here(discord), {"content": "x"})).status == 200
    assert [refused.scope for refused in discord.refused] == ["user"]


async def test_fifty_a_second_in_all(discord: DiscordEmulator, bot: RawBot, clock: StoppedClock) -> None:
    discord.limiter.rates.routes[""] = (1000, 1.0)
    answers = [await bot.asks("GET", "/users/@me") for _ in range(51)]
    assert [answer.status for answer in answers] == [200] * 50 + [429]
    assert (answers[-1].body["global"], answers[-1].headers["X-RateLimit-Global"]) == (True, "true")
    assert (await bot.asks("PATCH", f"/webhooks/{discord.app.id}/x/messages/@original", {"content": "x"})).status == 404
    clock.advance(seconds=1)
    assert (await bot.asks("GET", "/users/@me")).status == 200


@pytest.mark.parametrize(
    ("fault", "scope"), [(Fault.LIMITED, "user"), (Fault.LIMITED_GLOBAL, "global"), (Fault.LIMITED_SHARED, "shared")]
)
async def test_a_limit_may_be_met_at_any_time(
    discord: DiscordEmulator, bot: RawBot, clock: StoppedClock, fault: Fault, scope: str
) -> None:
    discord.faults.arm(POSTS, fault, seconds=7)
    first, second = [await bot.asks("POST", here(discord), {"content": "x"}) for _ in range(2)]
    assert (first.status, first.headers["X-RateLimit-Scope"], first.body["retry_after"]) == (429, scope, 7)
    assert (second.status, second.headers["X-RateLimit-Scope"]) == (429, scope)
    assert (await bot.asks("GET", "/users/@me")).status == (429 if scope == "global" else 200)
    clock.advance(seconds=7)
    assert (await bot.asks("POST", here(discord), {"content": "x"})).status == 200


async def test_the_genuine_library_waits_as_it_is_told() -> None:
    async with DiscordEmulator() as discord, tiny_bot(discord) as bot:
        guild = discord.guild("Academy")
        user = await bot.fetch_user(int(guild.person("Anna").id))
        await user.send("Before")
        for fault in (Fault.LIMITED, Fault.LIMITED_GLOBAL):
            discord.faults.arm(POSTS, fault, seconds=0.1)
        await user.send("Hello")
        assert guild.person("Anna").sees() == ["Before", "Hello"]
        assert [refused.scope for refused in discord.refused] == ["user", "global"]
        discord.faults.arm(POSTS, Fault.BANNED)
        with pytest.raises(library.HTTPException):
            await user.send("Hello")


# Faults


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DROPPED])
async def test_a_connection_may_end_before_the_answer(discord: DiscordEmulator, bot: RawBot, fault: Fault) -> None:
    discord.faults.arm(POSTS, fault)
    with pytest.raises(aiohttp.ClientError):
        await bot.asks("POST", here(discord), {"content": "x"})
    assert len(discord.guild("Academy").messages()) == (1 if fault is Fault.LOST else 0)
    assert discord.calls[-1].fault == fault


@pytest.mark.parametrize(
    ("fault", "status", "stored"),
    [
        (Fault.SERVER_ERROR, 500, 0),
        (Fault.SERVER_ERROR_AFTER, 500, 1),
        (Fault.BAD_GATEWAY, 502, 0),
        (Fault.UNAVAILABLE, 503, 0),
        (Fault.NONSENSE, 200, 1),
        (504, 504, 0),
        (50013, 403, 0),
    ],
)
async def test_answers_that_say_nothing_good(
    discord: DiscordEmulator, bot: RawBot, fault: Fault | int, status: int, stored: int
) -> None:
    discord.faults.arm("POST", fault, at=here(discord))
    answer = await bot.asks("POST", here(discord), {"content": "x"})
    assert (answer.status, len(discord.guild("Academy").messages())) == (status, stored)
    assert discord.faults.met == [(POSTS, str(fault))]
    assert (await bot.asks("POST", here(discord), {"content": "x"})).status == 200


async def test_a_fault_may_wait_for_its_call_and_be_taken_back(discord: DiscordEmulator, bot: RawBot) -> None:
    discord.faults.arm("*", 503, skip=1)
    assert [(await bot.asks("GET", "/users/@me")).status for _ in range(3)] == [200, 503, 200]
    discord.faults.arm("*", 503)
    discord.faults.disarm()
    assert (await bot.asks("GET", "/users/@me")).status == 200


async def test_an_answer_may_be_slow_or_never_come() -> None:
    async with DiscordEmulator(RunningClock(speed=50)) as discord, raw_bot(discord) as bot:
        discord.guild("Academy")
        discord.faults.arm(POSTS, Fault.SLOW, seconds=5)
        began = discord.now()
        assert (await bot.asks("POST", here(discord), {"content": "x"})).status == 200
        assert discord.now() - began >= timedelta(seconds=5)
        for fault, stored in ((Fault.HANGS, 1), (Fault.HANGS_AFTER, 2)):
            discord.faults.arm(POSTS, fault)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(bot.asks("POST", here(discord), {"content": "x"}), 0.2)
            assert len(discord.guild("Academy").messages()) == stored


async def test_the_genuine_library_asks_again_with_the_same_nonce() -> None:
    async with DiscordEmulator() as discord, tiny_bot(discord) as bot:
        anna = discord.guild("Academy").person("Anna")
        user = await bot.fetch_user(int(anna.id))
        discord.faults.arm(POSTS, Fault.SERVER_ERROR_AFTER)
        await user.send("Once")
        assert anna.sees() == ["Once"]
        assert len(discord.called(POSTS)) == 2


async def test_an_interaction_may_come_twice_and_the_connection_be_lost() -> None:
    async with DiscordEmulator() as discord, tiny_bot(discord) as bot:
        anna = discord.guild("Academy").person("Anna")
        discord.faults.arm_event("INTERACTION_CREATE", Delivery.DUPLICATE)
        await anna.types("/profile pause")
        await discord.until(lambda: len([c for c in discord.calls if c.route.endswith("/callback")]) == 2)
        assert [call.status for call in discord.calls if call.route.endswith("/callback")] == [200, 400]
        for ends in (discord.gateway.drop, discord.gateway.cut, discord.gateway.asks_to_reconnect):
            heard = len(bot.heard)
            ends()
            await anna.writes(ends.__name__)
            await discord.until(partial(_more, bot.heard, heard))
        assert discord.gateway.resumed == 3
        assert len(discord.gateway.identified) == 1


async def test_a_gateway_that_falls_silent_is_left_and_resumed() -> None:
    async with DiscordEmulator() as discord:
        anna = discord.guild("Academy").person("Anna")
        discord.gateway.heartbeat = 0.1
        async with tiny_bot(discord, heartbeat_timeout=0.4) as bot:
            discord.gateway.acknowledges = False
            await discord.until(lambda: discord.gateway.resumed > 0)
            discord.gateway.acknowledges = True
            await anna.writes("Hello")
            await discord.until(lambda: bot.heard == ["Hello"])


async def test_the_genuine_library_is_told_of_a_switch_that_is_off() -> None:
    async with DiscordEmulator(app=Application(message_content=False)) as discord:
        bot = TinyBot()
        with library_at(discord), pytest.raises(library.PrivilegedIntentsRequired):
            await bot.start(discord.token)
        await bot.close()
        await heartbeats_end()


async def test_the_genuine_library_is_told_of_a_wrong_token() -> None:
    async with DiscordEmulator() as discord:
        bot = TinyBot()
        with library_at(discord), pytest.raises(library.LoginFailure):
            await bot.start("wrong")
        await bot.close()


async def test_two_shards_of_the_genuine_library() -> None:
    async with DiscordEmulator(app=Application(shards=2)) as discord:
        guilds = [discord.guild(f"Guild {number}") for number in range(4)]
        async with tiny_bot(discord, shard_count=2) as bot:
            assert len(bot.guilds) == 4
            for guild in guilds:
                assert (await guild.person("Anna").types("/profile pause")).ok


def _more(heard: list[str], before: int) -> bool:
    return len(heard) > before


@pytest.mark.parametrize("body", ["{", "5", '"x"'])
async def test_a_body_that_is_none(discord: DiscordEmulator, bot: RawBot, body: str) -> None:
    headers = {"Authorization": f"Bot {discord.token}", "Content-Type": "application/json"}
    async with bot.session.post(discord.api_url + here(discord), data=body, headers=headers) as response:
        assert response.status == 400


async def test_odd_requests(discord: DiscordEmulator, bot: RawBot) -> None:
    headers = {"Authorization": f"Bot {discord.token}"}
    async with bot.session.post(discord.api_url + here(discord), data={"content": "x"}, headers=headers) as response:
        assert (await response.json())["code"] == 50109
    listed = await bot.asks("PUT", f"/applications/{discord.app.id}/commands", {"name": "x"})
    assert listed.code == 50035
    refused = await bot.asks("PATCH", f"/channels/{here(discord).split('/')[2]}", {}, files=[("files[0]", "a", b"")])
    assert refused.code == 50035


# In another process


async def test_an_emulator_of_its_own_is_steered_through_a_door() -> None:
    async with RemoteDiscord(shards=2) as remote:
        made = await remote.asked("guilds", {"number": 3, "people": 2})
        assert len(made["guilds"]) == 3
        headers = {"Authorization": f"Bot {remote.token}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            commands = [{"name": "hello", "description": "Says hello"}]
            me = f"{remote.api_url}/users/@me"
            async with session.get(me) as response:
                application = (await response.json())["id"]
            async with session.put(f"{remote.api_url}/applications/{application}/commands", json=commands) as response:
                assert response.status == 200
            assert await remote.asked("commands", {}) == ["hello"]
            ws = await session.ws_connect(f"{remote.gateway_url}?v=10&encoding=json")
            await ws.send_json({"op": 2, "d": {"token": remote.token, "intents": 1, "properties": {}}})

            async def answers() -> None:
                async for frame in ws:
                    told = frame.json()
                    if told["t"] == "INTERACTION_CREATE":
                        path = f"/interactions/{told['d']['id']}/{told['d']['token']}/callback"
                        row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Yes", "custom_id": "y"}]}
                        data = {"content": "Hello", "components": [row]}
                        async with session.post(remote.api_url + path, json={"type": 4, "data": data}) as response:
                            assert response.status == 204

            answering = asyncio.create_task(answers())
            while not (await remote.asked("state"))["shards"]:  # noqa: ASYNC110 (asked across processes)
                await asyncio.sleep(0.05)
            told = await remote.asked("asks", {"command": "/hello", "times": 7})
            assert (len(told["milliseconds"]), told["kinds"], told["errors"]) == (7, [4], [])
            told = await remote.asked("presses", {"label": "Yes", "times": 3})
            assert len(told["milliseconds"]) == 3
            assert (await remote.asked("state"))["asked"] == 10
            await remote.asked("gateway", {"does": "cut"})
            await answering
        await remote.asked("ends", {})
