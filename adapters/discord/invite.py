"""The link by which somebody brings the bot into their server, with what it needs there and nothing more."""

import asyncio

import discord

from adapters.discord.looking import NO_ANSWER, looking
from adapters.discord.scopes import SCOPES, needed
from bot.errors import SettingsError
from bot.settings import Settings

_SECONDS = 8
_WITHOUT_ASKING = (
    "--application ID makes the link without asking: it stands in the Developer Portal, under General Information"
)


def invite_link(application: int) -> str:
    """Whoever follows it chooses one of the servers that they manage. ``application``: its ID."""
    return discord.utils.oauth_url(application, permissions=needed(), scopes=SCOPES)


async def own_link(settings: Settings, patience: float = _SECONDS) -> str:
    """The link of the application that the token belongs to. Raises SettingsError where it cannot be told whose it is."""
    if not settings.speaks_discord():
        raise SettingsError([f"DISCORD_TOKEN is not set. {_WITHOUT_ASKING}"])
    try:
        async with asyncio.timeout(patience), looking(settings) as client:
            return invite_link(client.application_id or 0)
    except discord.LoginFailure:
        raise SettingsError([f"DISCORD_TOKEN is not known to Discord. {_WITHOUT_ASKING}"]) from None
    except NO_ANSWER:
        raise SettingsError([f"Discord did not answer. {_WITHOUT_ASKING}"]) from None
