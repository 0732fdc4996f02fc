"""What goes wrong between the bot and Discord, and what each of it means: refused, gone, later, or a doubt."""

import asyncio

import discord
import pytest

from adapters.discord.api import DiscordApi
from adapters.discord.wire import LONGEST_REST, Wire
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater
from tests.adapters.discord_sending import HISTORY, OPEN, POST, Scene, address, card, scene, text_of
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_rates import Rates
from tests.fakes import StoppedClock

KEY = "0197a3f2-1111-7000-8000-123456789012"


async def post(here: Scene, key: str = KEY, channel: str = "") -> None:
    await here.chat().post(address(f"in:{channel or here.general().id}"), card(), key)


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        (Fault.LOST, Doubtful, r"server_disconnected_error|client_os_error"),
        (Fault.DROPPED, Doubtful, r"server_disconnected_error|client_os_error"),
        (Fault.HANGS, Doubtful, "timeout_error"),
        (Fault.HANGS_AFTER, Doubtful, "timeout_error"),
        (Fault.SERVER_ERROR, Doubtful, "http_500"),
        (Fault.SERVER_ERROR_AFTER, Doubtful, "http_500"),
        (Fault.BAD_GATEWAY, Doubtful, "http_502"),
        (Fault.UNAVAILABLE, Doubtful, "http_503"),
        (Fault.NONSENSE, Doubtful, r"type_error|attribute_error|key_error"),
        (50013, Refused, "missing_permission"),
        (10003, Gone, "unknown_channel"),
        (20028, TryLater, "rate_limited"),
    ],
)
async def test_a_message_that_went_wrong(fault: Fault | int, kind: type[ChatError], reason: str) -> None:
    async with scene() as here:
        here.discord.faults.arm(POST, fault)
        with pytest.raises(kind, match=reason):
            await post(here)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.HANGS,
        Fault.SERVER_ERROR,
        Fault.BAD_GATEWAY,
        Fault.UNAVAILABLE,
        Fault.NONSENSE,
        Fault.LIMITED,
        Fault.BANNED,
    ],
)
async def test_what_only_reads_is_asked_again_later(fault: Fault) -> None:
    async with scene() as here:
        here.discord.faults.arm(HISTORY, fault, seconds=40, times=9)
        with pytest.raises(TryLater):
            await here.chat().find(address(f"in:{here.general().id}"), KEY, here.clock.now())


async def test_a_server_error_that_passes_is_not_noticed_and_doubles_nothing() -> None:
    async with scene(patience=4) as here:
        here.discord.faults.arm(POST, Fault.SERVER_ERROR_AFTER)
        await post(here)
        assert here.copies(KEY) == 1


async def test_a_machine_that_is_not_reached_has_taken_nothing() -> None:
    async with scene() as here:
        await here.discord.goes_down(refuses=True)
        with pytest.raises(TryLater, match=r"client_connector_error|server_disconnected_error|client_os_error"):
            await here.chat().find(address(f"in:{here.general().id}"), KEY, here.clock.now())
        with pytest.raises(TryLater, match="client_connector_error"):
            await post(here)
        await here.discord.comes_back()
        await post(here)


async def test_before_the_bot_has_logged_in_nothing_is_asked() -> None:
    wire = Wire()
    client = discord.Client(intents=discord.Intents.none(), http_trace=wire.trace)
    api = DiscordApi(client, wire, StoppedClock())
    with pytest.raises(TryLater, match="not_logged_in") as told:
        await api.read("x", lambda: client.fetch_channel(7))
    assert told.value.after == 10
    with pytest.raises(TryLater, match="not_logged_in"):
        assert api.own_id


async def test_a_client_that_does_not_tell_what_it_sends_is_not_used() -> None:
    client = discord.Client(intents=discord.Intents.none())
    with pytest.raises(ValueError, match="does not tell"):
        DiscordApi(client, Wire(), StoppedClock())


# Too many


async def test_a_short_rest_is_slept_through() -> None:
    async with scene(patience=5, running=1) as here:
        here.discord.faults.arm(POST, Fault.LIMITED, seconds=0.3)
        await post(here)
        assert len(here.discord.refused) == 1
        assert here.copies(KEY) == 1


@pytest.mark.parametrize("fault", [Fault.LIMITED, Fault.LIMITED_SHARED])
async def test_a_long_rest_of_one_channel_is_told_and_kept_and_the_others_go_on(fault: Fault) -> None:
    async with scene() as here:
        other = here.guild.channel("other")
        here.discord.faults.arm(POST, fault, seconds=30)
        with pytest.raises(TryLater, match="rate_limited") as told:
            await post(here)
        assert told.value.after == 30
        calls = len(here.discord.calls)
        here.clock.advance(seconds=10)
        with pytest.raises(TryLater) as again:
            await post(here)
        assert again.value.after == 20
        assert len(here.discord.calls) == calls
        await post(here, "other", other.id)
        here.clock.advance(seconds=21)
        await post(here)
        assert len(here.discord.refused) == 1


@pytest.mark.parametrize("fault", [Fault.LIMITED_GLOBAL, Fault.BANNED])
async def test_a_long_rest_of_all_is_kept_by_all(fault: Fault) -> None:
    async with scene() as here:
        other = here.guild.channel("other")
        here.discord.faults.arm(POST, fault, seconds=30)
        with pytest.raises(TryLater, match="rate_limited") as told:
            await post(here)
        assert told.value.after
        calls = len(here.discord.calls)
        with pytest.raises(TryLater):
            await post(here, "other", other.id)
        with pytest.raises(TryLater):
            await here.chat().find(address(f"in:{other.id}"), KEY, here.clock.now())
        assert len(here.discord.calls) == calls
        here.clock.advance(seconds=31)
        await post(here)
        await post(here, "other", other.id)


async def test_a_rest_of_all_that_is_given_up_lets_the_others_go() -> None:
    async with scene(running=1, patience=0.4) as here:
        here.discord.faults.arm(POST, Fault.LIMITED_GLOBAL, seconds=2)
        with pytest.raises(TryLater, match="rate_limited") as told:
            await post(here)
        assert told.value.after == 2
        here.clock.advance(seconds=3)
        await post(here)


async def test_a_rest_of_all_whose_waiter_was_cancelled_lets_the_others_go() -> None:
    async with scene(running=1, patience=5) as here:
        here.discord.faults.arm(POST, Fault.LIMITED_GLOBAL, seconds=2)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.4):
                await post(here)
        here.clock.advance(seconds=3)
        async with asyncio.timeout(3):
            await post(here)


async def test_too_many_after_a_server_error_is_a_doubt() -> None:
    async with scene(patience=4) as here:
        here.discord.faults.arm(POST, Fault.SERVER_ERROR_AFTER)
        here.discord.faults.arm(POST, Fault.LIMITED, seconds=30)
        with pytest.raises(Doubtful, match="rate_limited"):
            await post(here)
        assert here.copies(KEY) == 1


async def test_a_bucket_that_rests_for_long_is_not_asked_into_a_refusal() -> None:
    rates = Rates(0, {POST: (2, LONGEST_REST * 5)})
    async with scene(rates) as here:
        await post(here, "one")
        # The library keeps this answer to itself until the bucket is full again.
        with pytest.raises(Doubtful):
            await post(here, "two")
        with pytest.raises(TryLater, match="rate_limited") as told:
            await post(here, "three")
        assert told.value.after == LONGEST_REST * 5
        assert here.discord.refused == []
        assert here.copies("two") == 1
        assert here.copies("three") == 0


async def test_what_is_left_in_a_bucket_is_used_however_far_its_end_is() -> None:
    async with scene(Rates(0, {POST: (5, 600.0)})) as here:
        for number in range(4):
            await post(here, f"k{number}")
        assert len(here.said(here.general().id)) == 4


async def test_opening_conversations_too_fast_rests_only_that() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        here.discord.faults.arm(OPEN, Fault.LIMITED, seconds=30)
        with pytest.raises(TryLater):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        await post(here)


async def test_who_stands_in_line_is_not_pushed_back_further_each_time() -> None:
    async with scene(Rates(0, {OPEN: (1, 30.0)}), patience=0.5) as here:
        anna, bo, carl = (here.guild.person(name) for name in ("Anna", "Bo", "Carl"))

        before = len(here.discord.calls)

        async def writes(user: str) -> ChatError | None:
            try:
                await here.chat().post(address(f"user:{user}"), card(), KEY)
            except ChatError as error:
                return error
            return None

        told = await asyncio.gather(writes(anna.id), writes(bo.id), writes(carl.id))
        # The first was answered, and the library rests; the others never left: none of them counts as a failed try.
        assert sorted((str(one), one.after) for one in told if isinstance(one, TryLater)) == [
            ("in_line", 2.0),
            ("in_line", 2.0),
            ("timeout_error", 30.0),
        ]
        assert len(here.discord.calls) == before + 1


# The token


async def test_a_lost_token_is_told_to_its_owner_and_asked_with_no_more_for_a_while() -> None:
    async with scene() as here:
        good, here.discord.app.token = here.discord.app.token, "another"
        with pytest.raises(TryLater, match="token_lost"):
            await post(here)
        calls = len(here.discord.calls)
        with pytest.raises(TryLater, match="token_lost") as told:
            await here.chat().find(address(f"in:{here.general().id}"), KEY, here.clock.now())
        assert told.value.after == 60
        assert len(here.discord.calls) == calls
        here.clock.advance(minutes=1)
        with pytest.raises(TryLater, match="token_lost"):
            await post(here)
        assert here.lost == ["lost"]
        here.discord.app.token = good
        here.clock.advance(minutes=1)
        await post(here)
        assert [text_of(message) for message in here.said(here.general().id)] == ["hello"]
        here.discord.app.token = "another"
        with pytest.raises(TryLater, match="token_lost"):
            await post(here)
        assert here.lost == ["lost", "lost"]


async def test_nobody_has_to_ask_for_a_lost_token() -> None:
    async with scene() as here:
        wire = Wire()
        client = discord.Client(intents=discord.Intents.none(), http_trace=wire.trace)
        await client.login(here.discord.token)
        api = DiscordApi(client, wire, here.clock)
        here.discord.app.token = "another"
        with pytest.raises(TryLater, match="token_lost"):
            await api.read("channel", lambda: client.fetch_channel(int(here.general().id)))
        await client.close()
        with pytest.raises(TryLater):
            await DiscordApi(client, wire, here.clock).read("x", lambda: client.fetch_channel(int(here.general().id)))
