"""What the bot may do in a Discord server: the least that it needs, each with its reason. The invite link asks for these and
no others, the README shows them, and ``brobygger doctor`` compares them with what the bot may do in each server.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import discord

from bot.errors import Called

# What whoever follows the link agrees to: a bot that has commands.
SCOPES = ("bot", "applications.commands")

# By the library's name, in the order of Discord's own page of roles.
PERMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        "view_channel": "sees the channel in which rooms are opened, and those that an organiser announces something in",
        "send_messages": "writes in a channel what a member, or an organiser, asked it to show to everybody there",
        "create_private_threads": "opens the room of an introduction, and the place of somebody who takes no direct messages",
        "send_messages_in_threads": "writes in those rooms, brings in their people and mentions them once",
        "attach_files": "hands out pictures, calendar files and exports",
        "read_message_history": "finds its own message before sending once more; reads a thread that a member asks it to read",
        "create_events": "puts a camp among the server's events, and changes or calls off what it put there itself",
    }
)

# What each is called on Discord's pages.
SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "view_channel": "View Channels",
        "send_messages": "Send Messages",
        "create_private_threads": "Create Private Threads",
        "send_messages_in_threads": "Send Messages in Threads",
        "attach_files": "Attach Files",
        "read_message_history": "Read Message History",
        "create_events": "Create Events",
    }
)

# What a Danish Discord calls those that a room needs. Who reads Danish may have an English Discord all the same.
_IN_DANISH: Mapping[str, str] = MappingProxyType(
    {
        "view_channel": "Vis kanaler",
        "create_private_threads": "Opret private tråde",
        "send_messages_in_threads": "Send beskeder i tråde",
        "read_message_history": "Læs beskedhistorik",
    }
)

# Sets of rights that are remembered.
_MOST_SETS = 256

# Without these no room can be opened in a channel.
OF_ROOMS = ("view_channel", "create_private_threads", "send_messages_in_threads", "read_message_history")


def needed() -> discord.Permissions:
    """All of them, as Discord counts them."""
    wanted = discord.Permissions.none()
    wanted.update(**dict.fromkeys(PERMISSIONS, True))
    return wanted


def lacking(has: discord.Permissions, names: tuple[str, ...] = tuple(PERMISSIONS)) -> list[str]:
    """The names, as Discord shows them, of what is not there. Whoever administers a server may do everything."""
    return [SHOWN[name] for name in _lacking(has, names)]


def lacking_for_rooms(has: discord.Permissions) -> tuple[Called, ...]:
    """What is not there of all that a room needs, as the pages of each language call it."""
    return _lacking_for_rooms(has.value)


@lru_cache(_MOST_SETS)
def _lacking_for_rooms(has: int) -> tuple[Called, ...]:
    """Every interaction tells what the bot may do where it was; that is nearly always the same."""
    missing = _lacking(discord.Permissions(has), OF_ROOMS)
    return tuple(Called(SHOWN[name], {"da": f"{_IN_DANISH[name]} ({SHOWN[name]})"}) for name in missing)


def _lacking(has: discord.Permissions, names: tuple[str, ...]) -> list[str]:
    return [] if has.administrator else [name for name in names if not getattr(has, name)]


def superfluous(has: discord.Permissions) -> list[str]:
    """What goes far beyond what is needed; what everybody may do in a server is no matter."""
    return [shown for field, shown in _MIGHTY.items() if getattr(has, field)]


# What a bot that introduces people has no use for, and could do harm with.
_MIGHTY = MappingProxyType(
    {
        "administrator": "Administrator",
        "manage_guild": "Manage Server",
        "manage_roles": "Manage Roles",
        "manage_channels": "Manage Channels",
        "manage_messages": "Manage Messages",
        "manage_webhooks": "Manage Webhooks",
        "kick_members": "Kick Members",
        "ban_members": "Ban Members",
        "mention_everyone": "Mention Everyone",
    }
)
