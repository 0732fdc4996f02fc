"""What ``brobygger doctor`` tells of Discord: it asks Discord whose the token is and what the bot may do in its servers, and says
what to do about each thing that is not well. No token is ever shown, and no member is named.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

import aiohttp
import discord

from adapters.discord.errors import KNOWN_NO_MORE
from adapters.discord.invite import invite_link
from adapters.discord.looking import NO_ANSWER, looking
from adapters.discord.menu import menu
from adapters.discord.scopes import OF_ROOMS, lacking, superfluous
from adapters.discord.sync import are_in_step
from bot.doctor import Finding
from bot.errors import ChatError
from bot.interactions import Command
from bot.settings import LOOPBACK, Settings
from bot.words import Languages

_SECONDS = 8
_TOKEN, _URL, _SERVERS, _READING = "DISCORD_TOKEN", "DISCORD_API_URL", "Discord servers", "Discord, reading"
_COMMANDS, _GATEWAY = "Discord, commands", "Discord, gateway"
_SILENT = (
    "Discord did not answer within some seconds: is there a way out to the network? DISCORD_API_URL says where it is"
)
# More servers than that are counted, and not looked at one by one.
_LOOKED_AT, _NAMED, _LISTED = 10, 5, 200
# Discord takes the token away where its daily share of starts is used up.
_FEW_STARTS = 20
_HELLO = 10


async def look_at_discord(settings: Settings, commands: Sequence[Command], patience: float = _SECONDS) -> list[Finding]:
    """How Discord is set up here, and what Discord says of it; each question takes ``patience`` seconds at most."""
    if not settings.speaks_discord():
        return [Finding("Discord", well=True, told="not used; the README tells how a Discord server gets the bot")]
    findings = _look_at_url(settings)
    languages = Languages.load(prefix=settings.brobygger_prefix)
    try:
        async with asyncio.timeout(patience) as logging_in, looking(settings) as client:
            logging_in.reschedule(None)
            findings.append(Finding(_TOKEN, well=True, told=f"the bot “{client.user.name if client.user else '–'}”"))
            parts = await asyncio.gather(
                _in_time(_SERVERS, _look_at_servers(client), patience),
                _in_time(_READING, _look_at_reading(client), patience),
                _in_time(_COMMANDS, _look_at_commands(client, commands, languages), patience),
                _in_time(_GATEWAY, _look_at_gateway(client), patience),
            )
    except discord.LoginFailure:
        return [*findings, Finding(_TOKEN, well=False, told=KNOWN_NO_MORE)]
    except NO_ANSWER:
        return [*findings, Finding(_TOKEN, well=False, told=_SILENT)]
    return [*findings, *(finding for part in parts for finding in part)]


async def _in_time(what: str, look: Awaitable[list[Finding]], patience: float) -> list[Finding]:
    try:
        async with asyncio.timeout(patience):
            return await look
    except (*NO_ANSWER, ChatError):
        return [Finding(what, well=False, told=_SILENT)]


def _look_at_url(settings: Settings) -> list[Finding]:
    parts = urlsplit(settings.discord_api_url)
    if parts.scheme == "https" or parts.hostname in LOOPBACK:
        return []
    told = "not encrypted: whoever sits between can read the token, so use it within your own network only"
    return [Finding(_URL, well=True, told=told)]


async def _look_at_servers(client: discord.Client) -> list[Finding]:
    """In how many the bot is, and what it may do in the first of them."""
    found = [guild async for guild in client.fetch_guilds(limit=_LISTED, with_counts=False)]
    if not found:
        link = invite_link(client.application_id or 0)
        return [Finding(_SERVERS, well=False, told=f"the bot is in none yet: open {link}")]
    names = ", ".join(f"“{guild.name}”" for guild in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    many = f"{len(found)} or more" if len(found) >= _LISTED else str(len(found))
    told = f"{many}: {names}{more}; whatever brobygger discord invite prints brings it into another"
    return [
        Finding(_SERVERS, well=True, told=told),
        *await asyncio.gather(*(_look_at_server(client, guild) for guild in found[:_LOOKED_AT])),
    ]


async def _look_at_server(client: discord.Client, listed: discord.Guild) -> Finding:
    what = f"Discord, “{listed.name}”"
    guild = await client.fetch_guild(listed.id, with_counts=False)
    me = await guild.fetch_member(client.user.id if client.user else 0)
    absent = lacking(me.guild_permissions)
    if absent:
        where = "Server Settings, Roles, the bot's own role; or open the link of brobygger discord invite once more"
        return Finding(what, well=False, told=f"the bot lacks {', '.join(absent)}: {where}")
    channels = [one for one in await guild.fetch_channels() if isinstance(one, discord.TextChannel)]
    usable = [one for one in channels if not lacking(one.permissions_for(me), OF_ROOMS)]
    if not usable:
        needed = ", ".join(lacking(discord.Permissions.none(), OF_ROOMS))
        told = f"there is no text channel where rooms can be opened: let the bot have in one of them {needed}"
        return Finding(what, well=False, told=told)
    told = f"rooms can be opened in {len(usable)} of {len(channels)} text channels"
    more = superfluous(me.guild_permissions)
    return Finding(what, well=True, told=f"{told}; it needs less than {', '.join(more)}" if more else told)


async def _look_at_reading(client: discord.Client) -> list[Finding]:
    """The one privileged intent."""
    flags = (await client.application_info()).flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return [Finding(_READING, well=True, told="it may read a thread when a member asks it to")]
    # Nothing fails without it, so there is nothing to mend.
    where = "Developer Portal, your application, Bot, Message Content Intent"
    told = f"it reads no threads, so case notes are made of pasted text alone; to change that, switch on: {where}"
    return [Finding(_READING, well=True, told=told)]


async def _look_at_commands(client: discord.Client, commands: Sequence[Command], languages: Languages) -> list[Finding]:
    wanted = menu(commands, languages)
    if await are_in_step(client, wanted):
        return [Finding(_COMMANDS, well=True, told=f"{len(wanted)}, as they should be")]
    return [
        Finding(_COMMANDS, well=True, told="others than this version has; brobygger run writes them when it starts")
    ]


async def _look_at_gateway(client: discord.Client) -> list[Finding]:
    """Whether a connection can be opened; it is closed again before it counts as a start."""
    shards, address, starts = await client.http.get_bot_gateway()
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{address}?v=10&encoding=json") as socket:
        hello = cast("dict[str, object]", await socket.receive_json())
    if hello.get("op") != _HELLO:
        return [Finding(_GATEWAY, well=False, told="something answers there that is not Discord's gateway")]
    left = f"{starts['remaining']} of {starts['total']} starts are left today"
    if starts["remaining"] < max(_FEW_STARTS, shards):
        again = timedelta(seconds=starts["reset_after"] // 1000)
        return [
            Finding(_GATEWAY, well=False, told=f"{left}: find out what restarts the bot; there are more in {again}")
        ]
    return [Finding(_GATEWAY, well=True, told=f"can be reached; {left}")]
