"""Objects as Discord writes them."""

from datetime import datetime

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_state import (
    DM,
    HAS_THREAD,
    Attachment,
    Channel,
    GuildState,
    Interaction,
    Json,
    Member,
    Message,
    Role,
    User,
)
from tests.emulators.discord_world import World


def user_json(user: User) -> Json:
    return {
        "id": user.id, "username": user.handle, "discriminator": "0", "global_name": None if user.bot else user.name,
        "avatar": None, "bot": user.bot, "public_flags": 0, "avatar_decoration_data": None, "clan": None,
        "primary_guild": None, "collectibles": None,
    }  # fmt: skip


def member_json(member: Member, *, with_user: bool = True) -> Json:
    told: Json = {
        "roles": list(member.roles), "nick": member.nick, "joined_at": when(member.joined), "premium_since": None, "deaf": False,
        "mute": False, "pending": False, "flags": 0, "communication_disabled_until": None, "avatar": None, "banner": None,
    }  # fmt: skip
    if with_user:
        told["user"] = user_json(member.user)
    return told


def role_json(role: Role) -> Json:
    return {
        "id": role.id, "name": role.name, "permissions": str(role.permissions), "position": role.position, "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None}, "hoist": role.hoist,
        "managed": role.managed, "mentionable": role.mentionable, "flags": 0, "icon": None, "unicode_emoji": None,
    }  # fmt: skip


def channel_json(channel: Channel, bot: str) -> Json:
    last = next(reversed(channel.messages), None)
    if channel.thread is not None:
        return _thread_json(channel, bot, last)
    if channel.type == DM:
        people = [user_json(user) for user in channel.recipients]
        return {"id": channel.id, "type": DM, "recipients": people, "last_message_id": last, "flags": 0}
    return {
        "id": channel.id, "type": channel.type, "name": channel.name, "guild_id": channel.guild, "position": channel.position,
        "permission_overwrites": [dict(one) for one in channel.overwrites], "parent_id": channel.parent or None,
        "topic": channel.topic, "rate_limit_per_user": channel.slow, "last_message_id": last, "nsfw": False, "flags": 0,
    }  # fmt: skip


def _thread_json(channel: Channel, bot: str, last: str | None) -> Json:
    thread = channel.thread
    assert thread is not None
    told: Json = {
        "id": channel.id, "type": channel.type, "name": channel.name, "guild_id": channel.guild, "parent_id": channel.parent,
        "owner_id": thread.owner, "last_message_id": last, "rate_limit_per_user": channel.slow, "message_count": thread.count,
        "member_count": len(thread.members), "total_message_sent": thread.count, "flags": 0, "applied_tags": [],
        "thread_metadata": {
            "archived": thread.archived, "auto_archive_duration": thread.minutes, "locked": thread.locked,
            "archive_timestamp": when(thread.archived_at or thread.made), "invitable": thread.invitable,
            "create_timestamp": when(thread.made),
        },
    }  # fmt: skip
    if bot in thread.members:
        told["member"] = thread_member_json(channel, bot)
    return told


def thread_member_json(channel: Channel, user: str) -> Json:
    assert channel.thread is not None
    return {"id": channel.id, "user_id": user, "join_timestamp": when(channel.thread.members[user]), "flags": 0}


def attachment_json(file: Attachment) -> Json:
    told: Json = {
        "id": file.id, "filename": file.name, "size": len(file.data), "url": file.url, "proxy_url": file.url,
        "content_type": file.kind,
    }  # fmt: skip
    if file.description is not None:
        told["description"] = file.description
    if file.ephemeral:
        told["ephemeral"] = True
    return told


def message_json(world: World, message: Message, *, seen: bool = True) -> Json:
    """A message. ``seen``: the bot may read what is in it; else content, embeds, components, files and poll are empty."""
    channel = world.channels[message.channel]
    told: Json = {
        "id": message.id, "channel_id": message.channel, "type": message.type, "author": user_json(message.author),
        "content": message.content if seen else "", "timestamp": when(message.made),
        "edited_timestamp": when(message.edited) if message.edited else None, "tts": False,
        "mention_everyone": message.mention_everyone,
        "mentions": [user_json(world.users[user]) for user in message.mentions], "mention_roles": list(message.mention_roles),
        "attachments": [attachment_json(file) for file in message.attachments] if seen else [],
        "embeds": list(message.embeds) if seen else [], "components": list(message.components) if seen else [],
        "pinned": message.pinned, "flags": message.flags | (HAS_THREAD if message.thread else 0),
    }  # fmt: skip
    if message.nonce is not None:
        told["nonce"] = message.nonce
    if message.application:
        told["application_id"] = message.application
    if message.webhook:
        told["webhook_id"] = message.application
    if message.interaction is not None:
        told["interaction_metadata"] = message.interaction
    if message.poll is not None and seen:
        told["poll"] = message.poll
    if message.reference is not None:
        told["message_reference"] = message.reference
        told["referenced_message"] = _referenced(world, message.reference)
    if message.thread and (thread := world.channels.get(message.thread)):
        told["thread"] = channel_json(thread, world.bot.id)
    if channel.type == DM:
        told["channel_type"] = DM
    return told


def _referenced(world: World, reference: Json) -> Json | None:
    channel = world.channels.get(str(reference.get("channel_id")))
    found = channel.find(str(reference["message_id"])) if channel else None
    if found is None:
        return None
    told = message_json(world, found)
    # One step only: what was answered there is not told.
    told.pop("referenced_message", None)
    return told


def guild_json(world: World, guild: GuildState, *, members: bool) -> Json:
    """A guild as GUILD_CREATE brings it. ``members``: all of them; without that intent only the bot itself."""
    bot = world.bot.id
    shown = [m for m in guild.members.values() if members or m.user.id == bot]
    return {
        **guild_fields(guild), "joined_at": when(guild.joined), "large": len(guild.members) > 250,
        "member_count": len(guild.members), "voice_states": [], "presences": [], "stage_instances": [], "soundboard_sounds": [],
        "members": [member_json(member) for member in shown],
        "channels": [channel_json(c, bot) for c in guild.channels.values() if not c.is_thread],
        "threads": [
            channel_json(c, bot) for c in guild.threads if not c.archived and permissions.sees(guild, bot, c)
        ],
        "guild_scheduled_events": [dict(event) for event in guild.events.values()],
    }  # fmt: skip


def guild_fields(guild: GuildState) -> Json:
    return {
        "id": guild.id, "name": guild.name, "owner_id": guild.owner, "icon": None, "splash": None, "discovery_splash": None,
        "banner": None, "description": None, "vanity_url_code": None, "afk_channel_id": None, "afk_timeout": 300,
        "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0,
        "system_channel_id": guild.system_channel or None, "system_channel_flags": 0, "rules_channel_id": None,
        "public_updates_channel_id": None, "preferred_locale": guild.locale, "premium_tier": 0, "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False, "nsfw_level": 0, "nsfw": False, "application_id": None, "features": [],
        "emojis": [], "stickers": [], "roles": [role_json(role) for role in guild.roles.values()], "region": "deprecated",
        "max_members": 500_000, "max_presences": None, "hub_type": None, "safety_alerts_channel_id": None,
        "incidents_data": None,
    }  # fmt: skip


def callback_json(world: World, interaction: Interaction, kind: int) -> Json:
    """What a callback answers ``with_response``."""
    about: Json = {"id": interaction.id, "type": interaction.type}
    told: Json = {"interaction": about}
    message = interaction.original
    if message is not None and kind in (4, 5, 7):
        about |= {
            "response_message_id": message.id,
            "response_message_loading": message.thinking,
            "response_message_ephemeral": message.ephemeral,
        }
        told["resource"] = {"type": kind, "message": message_json(world, message)}
    return told


def when(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
