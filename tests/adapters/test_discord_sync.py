"""Discord's list of our commands: written where it differs, left alone where it does not."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Any, cast

import aiohttp
import discord
import pytest

from adapters.discord.client import point_at, speaking_client
from adapters.discord.menu import Piece, menu
from adapters.discord.sync import are_in_step, in_step, keep_in_step, plain, same
from bot.errors import Refused, TryLater
from bot.words import Languages
from commands import COMMANDS
from tests.emulators.discord import DiscordEmulator

GET, PUT = "GET /applications/{application}/commands", "PUT /applications/{application}/commands"
WANTED = menu(COMMANDS, Languages.load())


@pytest.fixture
async def portal() -> AsyncGenerator[DiscordEmulator, None]:
    async with DiscordEmulator() as portal:
        yield portal


@pytest.fixture
async def client(portal: DiscordEmulator) -> AsyncGenerator[discord.Client, None]:
    point_at(portal.api_url)
    client = speaking_client(aiohttp.TraceConfig())
    await client.login(portal.token)
    yield client
    await client.close()


class Waiting:
    """Sleeps no longer than a turn, and remembers for how long it should have; after so many times ``then`` happens."""

    def __init__(self, times: int, then: Callable[[], Awaitable[None]]) -> None:
        self.slept: list[float] = []
        self._times, self._then = times, then

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) == self._times:
            await self._then()


class TestWriting:
    async def test_a_new_application_gets_them_once(self, portal: DiscordEmulator, client: discord.Client) -> None:
        assert not await are_in_step(client, WANTED)
        assert await in_step(client, WANTED)
        assert await are_in_step(client, WANTED)
        assert not await in_step(client, WANTED)
        assert len(portal.called(PUT)) == 1
        assert portal.problems == []

    @pytest.mark.parametrize("prefix", ["", "bro"])
    async def test_discord_takes_every_one_of_them(
        self, portal: DiscordEmulator, client: discord.Client, prefix: str
    ) -> None:
        wanted = menu(COMMANDS, Languages.load(prefix=prefix))
        assert await in_step(client, wanted)
        assert not await in_step(client, wanted)
        assert portal.problems == []

    async def test_what_changed_is_written_and_what_is_gone_goes(
        self, portal: DiscordEmulator, client: discord.Client
    ) -> None:
        await in_step(client, WANTED)
        changed = [*WANTED[1:], {**WANTED[0], "description": "Something else"}]
        assert await in_step(client, changed)
        assert await in_step(client, WANTED[:2])
        assert await are_in_step(client, WANTED[:2])
        assert len(portal.called(PUT)) == 3

    async def test_the_order_of_commands_does_not_count_that_of_options_does(self, client: discord.Client) -> None:
        await in_step(client, WANTED)
        assert not await in_step(client, WANTED[::-1])
        first = WANTED[0]
        turned: Piece = {**first, "options": cast("tuple[Piece, ...]", first["options"])[::-1]}
        assert await in_step(client, [turned, *WANTED[1:]])

    async def test_an_activitys_own_entry_stays(self, client: discord.Client, portal: DiscordEmulator) -> None:
        entry: Piece = {"type": 4, "name": "launch", "handler": 2}
        await client.http.bulk_upsert_global_commands(int(portal.app.id), [dict(entry)])
        assert await in_step(client, WANTED)
        assert not await in_step(client, WANTED)
        there = await client.http.get_global_commands(int(portal.app.id))
        assert "launch" in [one["name"] for one in there]


class TestComparing:
    def test_what_discord_adds_is_no_difference(self) -> None:
        def with_more(piece: Piece) -> dict[str, Any]:
            more: dict[str, Any] = {"id": "1", "version": "2", "application_id": "3", "nsfw": False, "required": False}
            options = cast("Sequence[Piece]", piece.get("options", ()))
            return {**more, **piece, "options": [with_more(one) for one in options], "dm_permission": True}

        assert same([with_more(one) for one in WANTED], WANTED)

    def test_a_number_of_permissions_is_its_digits(self) -> None:
        assert plain({"default_member_permissions": "32"}) == plain({"default_member_permissions": 32})
        assert plain({"default_member_permissions": "0"}) != plain({})


class TestTrouble:
    async def test_it_waits_until_discord_answers(
        self, portal: DiscordEmulator, client: discord.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        await portal.goes_down(refuses=True)
        waiting = Waiting(2, portal.comes_back)
        with caplog.at_level(logging.INFO, "adapters.discord.sync"):
            assert await keep_in_step(client, WANTED, waiting)
        assert waiting.slept == [5.0, 10.0]
        assert [record.getMessage() for record in caplog.records][-1] == "Discord's commands were written anew"

    async def test_it_never_waits_longer_than_ten_minutes(self) -> None:

        async def enough() -> None:
            raise asyncio.CancelledError

        waiting = Waiting(20, enough)
        with pytest.raises(asyncio.CancelledError):
            await keep_in_step(discord.Client(intents=discord.Intents.none()), WANTED, waiting)
        assert waiting.slept[-1] == 600.0

    async def test_what_is_up_to_date_is_told_in_one_line(
        self, client: discord.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        await in_step(client, WANTED)
        with caplog.at_level(logging.INFO, "adapters.discord.sync"):
            assert not await keep_in_step(client, WANTED)
        assert [record.getMessage() for record in caplog.records] == ["Discord's commands were up to date"]

    async def test_a_refusal_is_logged_and_ends_it(
        self, portal: DiscordEmulator, client: discord.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        portal.faults.arm(PUT, 403)
        with caplog.at_level(logging.ERROR, "adapters.discord.sync"):
            assert not await keep_in_step(client, WANTED)
        assert [record.getMessage() for record in caplog.records] == [
            "Discord refused the commands (Refused forbidden)"
        ]

    async def test_both_ways_say_what_went_wrong(self, portal: DiscordEmulator, client: discord.Client) -> None:
        portal.faults.arm(PUT, 403)
        with pytest.raises(Refused):
            await in_step(client, WANTED)
        portal.faults.arm(GET, 403)
        with pytest.raises(Refused):
            await are_in_step(client, WANTED)
        await portal.goes_down(refuses=True)
        with pytest.raises(TryLater):
            await in_step(client, WANTED)
