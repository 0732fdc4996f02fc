"""Channels, threads and direct conversations."""

from collections.abc import Sequence

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_call import Call
from tests.emulators.discord_check import check
from tests.emulators.discord_json import channel_json, member_json, thread_member_json
from tests.emulators.discord_rest import Route
from tests.emulators.discord_rules import refuse
from tests.emulators.discord_state import DM, PRIVATE_THREAD, PUBLIC_THREAD, TEXT, Channel, Json, Thread
from tests.emulators.discord_store import Store
from tests.emulators.discord_world import Problem, World


class PlaceRoutes:
    def __init__(self, world: World, store: Store) -> None:
        self.world = world
        self.store = store

    def routes(self) -> Sequence[Route]:
        thread = "/channels/{channel}/thread-members"
        return (
            Route("GET /channels/{channel}", self.one),
            Route("PATCH /channels/{channel}", self.edit),
            Route("DELETE /channels/{channel}", self.delete),
            Route("POST /users/@me/channels", self.direct, "Direct"),
            Route("POST /channels/{channel}/threads", self.thread, "ThreadNew"),
            Route("POST /channels/{channel}/messages/{message}/threads", self.thread_on, "ThreadOn"),
            Route("GET /channels/{channel}/threads/archived/{kind}", self.archived),
            Route("GET /channels/{channel}/users/@me/threads/archived/private", self.archived),
            Route("GET /guilds/{guild}/threads/active", self.active),
            Route(f"GET {thread}", self.members),
            Route(f"GET {thread}/{{user}}", self.member),
            Route(f"PUT {thread}/{{user}}", self.add),
            Route(f"DELETE {thread}/{{user}}", self.remove),
        )

    def one(self, call: Call) -> Json:
        return channel_json(permissions.channel_for_bot(self.world, call["channel"]), self.world.bot.id)

    def direct(self, call: Call) -> Json:
        user = self.world.users.get(str(call.body["recipient_id"]))
        if user is None or user is self.world.bot:
            raise Problem(400, 50033, "Invalid Recipient(s)")
        if user.bot:
            raise Problem(403, 50007, "Cannot send messages to this user")
        return channel_json(self.world.dm(user), self.world.bot.id)

    def edit(self, call: Call) -> Json:
        channel = permissions.channel_for_bot(self.world, call["channel"])
        body, guild = call.body, self.world.guild_of(channel)
        if guild is None:
            raise Problem(403, 50003, "Cannot execute action on a DM channel")
        refuse(check("ThreadEdit" if channel.is_thread else "ChannelEdit", body))
        if channel.thread is None:
            permissions.need(guild, self.world.bot, channel, "manage_channels")
            channel.name = body.get("name", channel.name)
            channel.topic = body.get("topic", channel.topic)
            channel.overwrites = body.get("permission_overwrites", channel.overwrites)
            self.store.channel_told("CHANNEL_UPDATE", channel)
            return channel_json(channel, self.world.bot.id)
        self._edit_thread(channel, channel.thread, body)
        return channel_json(channel, self.world.bot.id)

    def _edit_thread(self, channel: Channel, thread: Thread, body: Json) -> None:
        guild = self.world.reachable(channel.guild)
        bot = self.world.bot
        manages = permissions.can(guild, bot.id, channel, "manage_threads")
        opens = body.get("archived") is False
        if thread.archived and not opens:
            raise Problem(400, 50083, "Thread is archived")
        if not manages and (thread.locked or "locked" in body or "rate_limit_per_user" in body):
            raise Problem(403, 50013, "Missing Permissions")
        if not manages and thread.owner != bot.id and not (opens and set(body) <= {"archived"}):
            raise Problem(403, 50013, "Missing Permissions")
        if "invitable" in body and channel.type != PRIVATE_THREAD:
            raise Problem(400, 50035, "Invalid Form Body")
        now = self.world.clock.now()
        if "archived" in body and body["archived"] is not None and body["archived"] != thread.archived:
            thread.archived, thread.archived_at = body["archived"], now
        channel.name = body.get("name") or channel.name
        thread.locked = bool(body.get("locked", thread.locked))
        thread.invitable = bool(body.get("invitable", thread.invitable))
        thread.minutes = body.get("auto_archive_duration") or thread.minutes
        self.store.thread_changed(channel)

    def delete(self, call: Call) -> Json:
        channel = permissions.channel_for_bot(self.world, call["channel"])
        told = channel_json(channel, self.world.bot.id)
        if channel.type == DM:
            return told
        guild = self.world.reachable(channel.guild)
        permissions.need(guild, self.world.bot, channel, "manage_threads" if channel.is_thread else "manage_channels")
        self.store.channel_gone(channel)
        return told

    # Threads

    def thread(self, call: Call) -> Json:
        parent = permissions.channel_for_bot(self.world, call["channel"])
        if parent.type not in (0, 5):
            raise Problem(400, 50024, "Cannot execute action on this channel type")
        # Without a type Discord makes a private one; it says that this will change, so a careful bot names it.
        kind = call.body.get("type") or PRIVATE_THREAD
        private = kind == PRIVATE_THREAD
        if "type" not in call.body:
            self.world.problems.append("a thread without a type")
        if private and parent.type != TEXT:
            raise Problem(400, 50024, "Cannot execute action on this channel type")
        if "invitable" in call.body and not private:
            raise Problem(400, 50035, "Invalid Form Body")
        guild = self.world.reachable(parent.guild)
        permissions.need(
            guild, self.world.bot, parent, "create_private_threads" if private else "create_public_threads"
        )
        return self._made(parent, call.body, kind, self.world.snowflake())

    def thread_on(self, call: Call) -> Json:
        parent = permissions.channel_for_bot(self.world, call["channel"], "create_public_threads")
        message = parent.find(call["message"])
        if parent.type not in (0, 5):
            raise Problem(400, 50024, "Cannot execute action on this channel type")
        if message is None:
            raise Problem(404, 10008, "Unknown Message")
        if message.thread:
            raise Problem(400, 160004, "A thread has already been created for this message")
        message.thread = message.id
        return self._made(parent, call.body, PUBLIC_THREAD, message.id)

    def _made(self, parent: Channel, body: Json, kind: int, key: str) -> Json:
        thread = self.store.new_thread(parent, body["name"], kind, key, self.world.bot)
        assert thread.thread is not None
        thread.thread.minutes = body.get("auto_archive_duration") or 4320
        thread.thread.invitable = bool(body.get("invitable", True))
        self.store.thread_told(thread)
        return channel_json(thread, self.world.bot.id)

    def archived(self, call: Call) -> Json:
        parent = permissions.channel_for_bot(self.world, call["channel"], "read_message_history")
        guild = self.world.reachable(parent.guild)
        limit = call.number("limit", 50, 2, 100)
        kind = PUBLIC_THREAD if call.params.get("kind") == "public" else PRIVATE_THREAD
        if call.params.get("kind") == "private":
            permissions.need(guild, self.world.bot, parent, "manage_threads")
        rows = [t for t in guild.threads if t.parent == parent.id and t.archived and t.type == kind]
        if "kind" not in call.params:
            rows = [t for t in rows if self.world.bot.id in t.members]
            before = call.query.get("before")
            rows = sorted((t for t in rows if not before or int(t.id) < int(before)), key=lambda t: -int(t.id))
        else:
            before = call.query.get("before")
            rows.sort(key=_archived_at, reverse=True)
            rows = [t for t in rows if not before or _archived_at(t) < before.replace(" ", "+")]
        return self._listed(rows[:limit]) | {"has_more": len(rows) > limit}

    def active(self, call: Call) -> Json:
        guild = self.world.reachable(call["guild"])
        seen = [t for t in guild.threads if not t.archived and permissions.sees(guild, self.world.bot.id, t)]
        return self._listed(seen)

    def _listed(self, rows: Sequence[Channel]) -> Json:
        bot = self.world.bot.id
        mine = [thread_member_json(t, bot) for t in rows if bot in t.members]
        return {"threads": [channel_json(t, bot) for t in rows], "members": mine}

    def _thread(self, call: Call) -> Channel:
        channel = permissions.channel_for_bot(self.world, call["channel"])
        if channel.thread is None:
            raise Problem(400, 50024, "Cannot execute action on this channel type")
        return channel

    def members(self, call: Call) -> list[Json]:
        channel = self._thread(call)
        guild = self.world.reachable(channel.guild)
        after, limit = call.query.get("after", "0"), call.number("limit", 100, 1, 100)
        if not self.world.app.members:
            raise Problem(403, 50001, "Missing Access")
        detailed = call.query.get("with_member") in ("true", "True", "1")
        users = sorted((u for u in channel.members if int(u) > int(after)), key=int)
        if detailed:
            users = users[:limit]
        rows = [thread_member_json(channel, user) for user in users]
        if detailed:
            rows = [{**row, "member": member_json(guild.members[row["user_id"]])} for row in rows]
        return rows

    def member(self, call: Call) -> Json:
        channel = self._thread(call)
        user = self._user(call)
        if user not in channel.members:
            raise Problem(404, 10007, "Unknown Member")
        return thread_member_json(channel, user)

    def _user(self, call: Call) -> str:
        return self.world.bot.id if call["user"] == "@me" else call["user"]

    def add(self, call: Call) -> None:
        channel, user = self._thread(call), self._user(call)
        guild = self.world.reachable(channel.guild)
        if channel.archived:
            raise Problem(400, 50083, "Thread is archived")
        if user not in guild.members:
            raise Problem(404, 10013, "Unknown User")
        assert channel.thread is not None
        bot = self.world.bot.id
        manages = permissions.can(guild, bot, channel, "manage_threads")
        if not (channel.type == PUBLIC_THREAD or channel.thread.invitable or channel.thread.owner == bot or manages):
            raise Problem(403, 50013, "Missing Permissions")
        permissions.need(guild, self.world.bot, channel, "send_messages_in_threads")
        if user != bot and not permissions.can(guild, user, channel, "view_channel"):
            raise Problem(403, 50001, "Missing Access")
        self.store.join(channel, user)

    def remove(self, call: Call) -> None:
        channel, user = self._thread(call), self._user(call)
        guild = self.world.reachable(channel.guild)
        if channel.archived:
            raise Problem(400, 50083, "Thread is archived")
        assert channel.thread is not None
        if user != self.world.bot.id and channel.thread.owner != self.world.bot.id:
            permissions.need(guild, self.world.bot, channel, "manage_threads")
        self.store.leave(channel, user)


def _archived_at(channel: Channel) -> str:
    assert channel.thread is not None
    return (channel.thread.archived_at or channel.thread.made).isoformat()
