"""Messages in channels: sending, reading, changing."""

from collections.abc import Sequence
from datetime import timedelta

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_call import Call
from tests.emulators.discord_json import message_json
from tests.emulators.discord_rest import Route
from tests.emulators.discord_state import DM, Channel, Json, Message
from tests.emulators.discord_store import Store
from tests.emulators.discord_world import Problem, World


class MessageRoutes:
    def __init__(self, world: World, store: Store) -> None:
        self.world = world
        self.store = store

    def routes(self) -> Sequence[Route]:
        at = "/channels/{channel}/messages"
        return (
            Route(f"POST {at}", self.create, "Message", files=True),
            Route(f"GET {at}", self.history),
            Route(f"GET {at}/{{message}}", self.one),
            Route(f"PATCH {at}/{{message}}", self.edit, "MessageEdit", files=True),
            Route(f"DELETE {at}/{{message}}", self.delete),
            Route("POST /channels/{channel}/typing", self.typing),
            Route("PUT /channels/{channel}/messages/pins/{message}", self.pin),
            Route("PUT /channels/{channel}/pins/{message}", self.pin),
        )

    def _writable(self, call: Call) -> Channel:
        """The channel where the bot may write, or why it may not."""
        channel = permissions.channel_for_bot(self.world, call["channel"])
        if channel.type == DM:
            user = channel.recipients[0]
            if not user.takes_messages or user.bot or not self.world.mutual(user):
                raise Problem(403, 50007, "Cannot send messages to this user")
            return channel
        if channel.type not in (0, 2, 5, 10, 11, 12, 13):
            raise Problem(400, 50008, "Cannot send messages in a non-text channel")
        guild = self.world.reachable(channel.guild)
        permissions.need(
            guild, self.world.bot, channel, "send_messages_in_threads" if channel.is_thread else "send_messages"
        )
        if channel.thread is not None and channel.thread.locked and channel.archived:
            permissions.need(guild, self.world.bot, channel, "manage_threads")
        if call.files:
            permissions.need(guild, self.world.bot, channel, "attach_files")
        return channel

    def create(self, call: Call) -> Json:
        channel, body = self._writable(call), call.body
        nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce is not None and (known := self._known(str(nonce))):
            return message_json(self.world, known)
        message = self.store.draft(channel, self.world.bot, body, call.files)
        message.nonce = nonce
        if reference := body.get("message_reference"):
            self._refer(channel, message, reference)
        if channel.thread is not None and channel.archived:
            # Writing into an archived thread opens it again.
            channel.thread.archived = False
            self.store.thread_changed(channel)
        self.store.add(channel, message)
        if channel.thread is not None:
            self.store.join(channel, self.world.bot.id)
        if nonce is not None:
            self.world.nonces[str(nonce)] = message
        return message_json(self.world, message)

    def _known(self, nonce: str) -> Message | None:
        found = self.world.nonces.get(nonce)
        if found is None or found.made < self.world.clock.now() - timedelta(minutes=self.world.nonce_minutes):
            return None
        channel = self.world.channels.get(found.channel)
        return found if channel is not None and found.id in channel.messages else None

    def _refer(self, channel: Channel, message: Message, reference: Json) -> None:
        target = channel.find(str(reference["message_id"]))
        if target is None:
            if reference.get("fail_if_not_exists") is not False:
                wrong = {
                    "message_reference": {
                        "_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]
                    }
                }
                raise Problem(400, 50035, "Invalid Form Body", wrong)
            return
        message.type = 19
        message.reference = {"type": 0, "channel_id": channel.id, "message_id": target.id}
        if channel.guild:
            message.reference["guild_id"] = channel.guild

    def history(self, call: Call) -> list[Json]:
        channel = permissions.channel_for_bot(self.world, call["channel"])
        limit = call.number("limit", 50, 1, 100)
        if not self._reads(channel):
            return []
        rows = [m for m in channel.messages.values() if not m.ephemeral]
        before, after, around = (call.query.get(name) for name in ("before", "after", "around"))
        if around:
            older = [m for m in rows if int(m.id) < int(around)][-(limit // 2) :]
            found = older + [m for m in rows if int(m.id) >= int(around)][: limit - len(older)]
        elif after:
            found = [m for m in rows if int(m.id) > int(after)][:limit]
        else:
            found = [m for m in rows if not before or int(m.id) < int(before)][-limit:]
        return [self._shown(channel, message) for message in reversed(found)]

    def _reads(self, channel: Channel) -> bool:
        guild = self.world.guild_of(channel)
        return guild is None or permissions.can(guild, self.world.bot.id, channel, "read_message_history")

    def _shown(self, channel: Channel, message: Message) -> Json:
        """Contents are kept back over REST as well where the application may not read them."""
        bot = self.world.bot
        seen = (
            self.world.app.message_content or channel.type == DM or message.author is bot or bot.id in message.mentions
        )
        told = message_json(self.world, message, seen=seen)
        # What is read back later has no nonce any more.
        told.pop("nonce", None)
        return told

    def _message(self, call: Call) -> tuple[Channel, Message]:
        channel = permissions.channel_for_bot(self.world, call["channel"])
        found = channel.find(call["message"])
        if found is None:
            raise Problem(404, 10008, "Unknown Message")
        return channel, found

    def one(self, call: Call) -> Json:
        channel, message = self._message(call)
        if not self._reads(channel):
            raise Problem(403, 50001, "Missing Access")
        return self._shown(channel, message)

    def edit(self, call: Call) -> Json:
        channel, message = self._message(call)
        if message.author is not self.world.bot:
            raise Problem(403, 50005, "Cannot edit a message authored by another user")
        if channel.archived:
            raise Problem(400, 50083, "Thread is archived")
        return message_json(self.world, self.store.edit(channel, message, call.body, call.files))

    def delete(self, call: Call) -> None:
        channel, message = self._message(call)
        if channel.archived:
            raise Problem(400, 50083, "Thread is archived")
        guild = self.world.guild_of(channel)
        if message.author is not self.world.bot:
            if guild is None:
                raise Problem(403, 50003, "Cannot execute action on a DM channel")
            permissions.need(guild, self.world.bot, channel, "manage_messages")
        self.store.remove(channel, message)

    def typing(self, call: Call) -> None:
        permissions.channel_for_bot(self.world, call["channel"])

    def pin(self, call: Call) -> None:
        channel, message = self._message(call)
        guild = self.world.guild_of(channel)
        if guild is not None and not permissions.can(guild, self.world.bot.id, channel, "pin_messages"):
            permissions.need(guild, self.world.bot, channel, "manage_messages")
        message.pinned = True
