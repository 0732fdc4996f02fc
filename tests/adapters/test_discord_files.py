"""Files that people give to the bot come from where Discord keeps them, and the token goes nowhere."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from adapters.discord.files import Files
from bot.errors import ChatError, Gone, Refused, TryLater
from tests.adapters.discord_sending import scene


@asynccontextmanager
async def host(status: int, body: bytes = b"", **headers: str) -> AsyncGenerator[str, None]:
    async def answer(request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers
        return web.Response(status=status, body=body, headers=headers)

    app = web.Application()
    app.router.add_get("/{name}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_an_uploaded_file_is_fetched_without_the_token() -> None:
    async with scene() as here:
        given = here.discord.world.file("roster.csv", b"name;sector")
        assert await Files(here.discord.api_url).fetch(given.url, 11) == b"name;sector"


async def test_a_file_over_the_limit_is_not_taken_in() -> None:
    async with host(200, b"x" * 200_000) as url:
        with pytest.raises(Refused, match="file_too_large"):
            await Files(url).fetch(f"{url}/big", 100_000)


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, Gone, "unknown_file"),
        (403, Gone, "unknown_file"),
        (410, Gone, "unknown_file"),
        (302, Refused, "http_302"),
        (400, Refused, "http_400"),
        (429, TryLater, "http_429"),
        (503, TryLater, "http_503"),
    ],
)
async def test_what_is_no_file_is_a_named_end(status: int, kind: type[ChatError], reason: str) -> None:
    async with host(status, Location="http://169.254.169.254/") as url:
        with pytest.raises(kind, match=reason):
            await Files(url).fetch(f"{url}/file", 10)


async def test_a_host_that_is_not_there_is_asked_later() -> None:
    with pytest.raises(TryLater, match="client_connector_error"):
        await Files("http://127.0.0.1:9").fetch("http://127.0.0.1:9/file", 10)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/attachments/1/2/roster.csv",
        "https://cdn.discordapp.com.evil.example/x",
        "https://cdn.discordapp.com@evil.example/x",
        "https://user:word@cdn.discordapp.com/x",
        "http://cdn.discordapp.com/x",
        "https://cdn.discordapp.com:8443/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest",
        "https://[::1/x",
        "https://cdn.discordapp.com:port/x",
        "file:///etc/passwd",
        "",
    ],
)
async def test_an_address_that_is_not_discords_is_not_asked(url: str) -> None:
    with pytest.raises(Refused, match="foreign_address"):
        await Files("https://discord.com/api/v10").fetch(url, 10)


@pytest.mark.parametrize(
    ("api", "url"),
    [
        ("https://discord.com/api/v10", "https://cdn.discordapp.com/attachments/1/2/roster.csv?ex=1"),
        ("https://discord.com/api/v10", "https://media.discordapp.net/attachments/1/2/roster.csv"),
        ("https://proxy.example:8443/api/v10", "https://proxy.example:8443/attachments/1"),
    ],
)
async def test_discords_own_addresses_are_asked(api: str, url: str) -> None:
    with pytest.raises(ChatError) as told:
        await Files(api, patience=0.001).fetch(url, 10)
    assert str(told.value) != "foreign_address"
