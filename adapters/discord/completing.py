"""What Discord shows while somebody types an option: an answer within its three seconds, or an empty one."""

import asyncio

from discord import app_commands

from adapters.discord.called import Called
from bot.desk import FrontDesk
from bot.interactions import Arrival

# Seconds; whoever types on is asked about anew anyway.
_PATIENCE = 2.0
# Discord shows so many, with texts of that length.
_MOST, _LONGEST = 25, 100


async def completed(desk: FrontDesk, arrival: Arrival, called: Called | None) -> list[app_commands.Choice[str]]:
    """The choices for the option that is being typed; none where nothing fits, or where it takes too long."""
    if called is None or not called.focused:
        return []
    try:
        async with asyncio.timeout(_PATIENCE):
            found = await desk.suggest_option(arrival, called.command, called.verb, called.focused, called.typed)
    except TimeoutError:
        return []
    return [app_commands.Choice(name=one.label[:_LONGEST], value=one.value) for one in found[:_MOST]]
