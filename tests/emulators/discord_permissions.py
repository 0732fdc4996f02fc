"""Who may do what where: Discord's permission bits and the rule by which roles and overwrites make them."""

from tests.emulators.discord_state import PRIVATE_THREAD, Channel, GuildState, Json, User
from tests.emulators.discord_world import Problem, World

BITS = {
    "kick_members": 1, "ban_members": 2, "administrator": 3, "manage_channels": 4, "manage_guild": 5, "add_reactions": 6,
    "view_audit_log": 7, "view_channel": 10, "send_messages": 11, "manage_messages": 13, "embed_links": 14,
    "attach_files": 15, "read_message_history": 16, "mention_everyone": 17, "use_external_emojis": 18, "connect": 20,
    "manage_nicknames": 27, "manage_roles": 28, "manage_webhooks": 29, "use_application_commands": 31,
    "manage_events": 33, "manage_threads": 34, "create_public_threads": 35, "create_private_threads": 36,
    "send_messages_in_threads": 38, "moderate_members": 40, "create_events": 44, "send_polls": 49,
    "use_external_apps": 50, "pin_messages": 51,
}  # fmt: skip
ALL = (1 << 53) - 1


def bits(*names: str) -> int:
    """``bits("send_messages", "view_channel")``."""
    return sum(1 << BITS[name] for name in names)


EVERYONE = bits(
    "view_channel", "send_messages", "embed_links", "attach_files", "read_message_history", "add_reactions",
    "use_application_commands", "create_public_threads", "create_private_threads", "send_messages_in_threads", "connect",
)  # fmt: skip
# What an invite link with least permissions gives.
BOT = bits(
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_private_threads",
    "attach_files",
    "read_message_history",
    "create_events",
)


def of(guild: GuildState, user: str, channel: Channel | None = None) -> int:
    """The permissions of somebody in a guild, or in one of its channels."""
    if guild.owner == user:
        return ALL
    member = guild.members.get(user)
    if member is None:
        return 0
    base = guild.roles[guild.id].permissions
    for role in member.roles:
        base |= guild.roles[role].permissions
    if base & bits("administrator"):
        return ALL
    if channel is None:
        return base
    if channel.is_thread:
        channel = guild.channels.get(channel.parent, channel)
    return _overwritten(base, guild, member.roles, user, channel.overwrites)


def _overwritten(base: int, guild: GuildState, roles: list[str], user: str, overwrites: list[Json]) -> int:
    by_id = {one["id"]: one for one in overwrites}
    if everyone := by_id.get(guild.id):
        base = base & ~int(everyone["deny"]) | int(everyone["allow"])
    deny = allow = 0
    for role in roles:
        if one := by_id.get(role):
            deny |= int(one["deny"])
            allow |= int(one["allow"])
    base = base & ~deny | allow
    if own := by_id.get(user):
        base = base & ~int(own["deny"]) | int(own["allow"])
    return base


def can(guild: GuildState, user: str, channel: Channel | None, *names: str) -> bool:
    wanted = bits(*names)
    return of(guild, user, channel) & wanted == wanted


def sees(guild: GuildState, user: str, channel: Channel) -> bool:
    """Whether a channel is in somebody's list; a private thread for its people and those who manage threads."""
    if not can(guild, user, channel, "view_channel"):
        return False
    if channel.type != PRIVATE_THREAD or channel.thread is None:
        return True
    return user in channel.thread.members or can(guild, user, channel, "manage_threads")


def channel_for_bot(world: World, channel: str, *names: str) -> Channel:
    """A channel that the bot sees and may do these things in, or Discord's refusal."""
    found = world.channels.get(channel)
    if found is None:
        raise Problem(404, 10003, "Unknown Channel")
    if not found.guild:
        return found
    guild = world.guilds.get(found.guild)
    if guild is None or not guild.installed:
        raise Problem(403, 50001, "Missing Access")
    world.reachable(guild.id)
    if not sees(guild, world.bot.id, found):
        raise Problem(403, 50001, "Missing Access")
    need(guild, world.bot, found, *names)
    return found


def need(guild: GuildState, user: User, channel: Channel | None, *names: str) -> None:
    if not can(guild, user.id, channel, *names):
        raise Problem(403, 50013, "Missing Permissions")
