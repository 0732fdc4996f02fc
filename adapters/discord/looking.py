"""A short look at Discord with the bot's own token, for the command line: logged in, never connected, closed at the end."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import discord

from adapters.discord.client import point_at, speaking_client
from bot.settings import Settings

# What is raised where Discord, or the way to it, gives no answer; or one that the library takes for something else.
NO_ANSWER = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
)


@asynccontextmanager
async def looking(settings: Settings) -> AsyncGenerator[discord.Client, None]:
    """The client. Raises discord.LoginFailure for a token that Discord does not know, and NO_ANSWER for silence."""
    # What the library has to say of voices and intents is no news for whoever only looks.
    library = logging.getLogger("discord")
    before = library.level
    library.setLevel(logging.CRITICAL)
    point_at(settings.discord_api_url)
    client = speaking_client(aiohttp.TraceConfig())
    try:
        await client.login(settings.discord_token.get_secret_value())
        yield client
    finally:
        await client.close()
        # Where logging in failed, the library leaves its connections open.
        await client.http.connector.close()
        library.setLevel(before)
