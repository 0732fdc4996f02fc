"""People of a workspace, so that a test reads as what they type, press and see."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from tests.emulators.slack_delivery import Outcome
from tests.emulators.slack_hands import Hands
from tests.emulators.slack_messages import typed_blocks
from tests.emulators.slack_state import IM, PUBLIC, Channel, Json, Message, User


@dataclass(slots=True, eq=False, repr=False)
class Person(Hands):
    async def types(self, command: str, text: str = "", channel: Channel | None = None) -> Outcome:
        """A slash command. What she types is escaped and names are turned into ids as the manifest says."""
        where = channel or self.direct
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        known = self.parts.world.commands()
        if not self.team.installed or (known is not None and command not in known):
            return self._told(f"{command} is not a valid command", Outcome("unknown_command"))
        escapes = known is None or bool(known[command].get("should_escape"))
        payload = self.parts.payloads.command(self.team, self.user, where, command, self.written(text, escapes))
        outcome = await self.parts.delivery.attempt(self.team, "slash_commands", payload)
        if not outcome.ok:
            error = "operation_timeout" if outcome.error == "timeout" else "dispatch_failed"
            return self._told(f'{command} failed with the error "{error}"', outcome)
        await self.parts.answers.of_command(self.team, where, self.id, outcome.body)
        return outcome

    def written(self, text: str, escapes: bool = True) -> str:
        """Text as Slack hands it on."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if not escapes:
            return text
        people = {name: u for u in self.team.users.values() for name in (u.handle, u.name)}
        for name in sorted(people, key=len, reverse=True):
            text = re.sub(rf"(?<![\w<])@{re.escape(name)}(?!\w)", f"<@{people[name].id}|{people[name].handle}>", text)
        for channel in sorted(self.team.channels.values(), key=lambda c: -len(c.name)):
            shown = channel.name if channel.kind == PUBLIC else ""
            text = re.sub(rf"(?<![\w<&])#{re.escape(channel.name)}(?!\w)", f"<#{channel.id}|{shown}>", text)
        return text

    async def uses_shortcut(self, name: str, message: Message | None = None) -> Outcome:
        """A global shortcut, or one on a message; by its callback_id or its name in the manifest."""
        known = self.parts.world.shortcuts()
        kind = "message" if message is not None else "global"
        found = next((s for s in known or () if name in (s["callback_id"], s["name"]) and s["type"] == kind), None)
        assert known is None or found is not None, f"no {kind} shortcut {name!r} among {known}"
        callback = str(found["callback_id"]) if found else name
        payload = (
            self.parts.payloads.shortcut(self.team, self.user, callback)
            if message is None
            else self.parts.payloads.message_shortcut(self.team, self.user, callback, message)
        )
        return self._seen(await self.parts.delivery.attempt(self.team, "interactive", payload))

    async def opens_home(self) -> None:
        await self._app_home("home")

    async def opens_messages(self) -> None:
        await self._app_home("messages")

    async def _app_home(self, tab: str) -> None:
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.direct.id, "tab": tab}
        if tab == "home" and self.home is not None:
            event["view"] = self.parts.view_json(self.team, self.home.view)
        await self._happens("app_home_opened", event)

    async def writes(
        self, text: str, channel: Channel | None = None, *, mentions_bot: bool = False, thread: Message | None = None
    ) -> Message:
        """An ordinary message; to the bot itself where no conversation is named."""
        where = channel or self.direct
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        bot = self.parts.world.bot_of(self.team)
        if where.kind == IM:
            tab = self.parts.world.app.manifest or {}
            closed = tab.get("features", {}).get("app_home", {}).get("messages_tab_read_only_enabled")
            assert not closed, "the manifest lets nobody write to the bot"
        said = re.sub(r"(<@\w+)\|[^>]*>", r"\1>", self.written(text))
        if mentions_bot:
            said = f"<@{bot.id}> {said}"
        message = Message(self.parts.world.stamps.next(), where.id, self.id, said, typed_blocks(said))
        message.client_msg_id = str(uuid.uuid4())
        if self.user.bot:
            # Another application's bot.
            message.bot_id, message.app_id, message.subtype = self.user.bot_id, "A0OTHER", "bot_message"
        if thread is not None:
            thread.thread = message.thread = thread.ts
        await self.parts.store.add(self.team, where, message)
        await self.parts.delivery.told()
        return message

    async def edits(self, message: Message, text: str) -> None:
        """Her own message."""
        assert message.user == self.id
        said = self.written(text)
        await self.parts.store.change(self.team, self.team.channels[message.channel], message, said, typed_blocks(said))
        await self.parts.delivery.told()

    async def deletes(self, message: Message) -> None:
        assert message.user == self.id
        await self.parts.store.remove(self.team, self.team.channels[message.channel], message)
        await self.parts.delivery.told()

    async def _happens(self, kind: str, event: Json) -> None:
        if self.parts.world.subscribed(kind):
            await self.parts.delivery.event(self.team, event)
            await self.parts.delivery.told()

    # Channels

    async def joins(self, channel: Channel, whom: User | None = None) -> None:
        """She joins, or brings somebody (the bot) in."""
        who = whom or self.user
        if who.id in channel.members:
            return
        channel.members.append(who.id)
        event: Json = {"type": "member_joined_channel", "user": who.id, "channel": channel.id, "channel_type": "C"}
        inviter: Json = {"inviter": self.id} if whom else {}
        if self._bot_in(channel):
            await self._happens("member_joined_channel", {**event, **inviter, "team": self.team.id})
            await self._line(channel, who, "channel_join", "has joined the channel")

    async def invites_bot(self, channel: Channel) -> None:
        await self.joins(channel, self.parts.world.bot_of(self.team))

    async def leaves(self, channel: Channel, whom: User | None = None) -> None:
        """She leaves, or puts somebody (the bot) out."""
        who = whom or self.user
        was_in = self._bot_in(channel)
        channel.members.remove(who.id)
        event: Json = {"type": "member_left_channel", "user": who.id, "channel": channel.id, "channel_type": "C"}
        if was_in:
            await self._happens("member_left_channel", {**event, "team": self.team.id})
            await self._line(channel, who, "channel_leave", "has left the channel")

    async def _line(self, channel: Channel, who: User, subtype: str, words: str) -> None:
        """The line Slack itself writes into the conversation; here told to the bot, but not kept."""
        stamp = self.parts.world.stamps.next()
        event: Json = {
            "type": "message",
            "subtype": subtype,
            "user": who.id,
            "text": f"<@{who.id}> {words}",
            "ts": stamp,
        }
        if channel.kind == PUBLIC:
            more: Json = {"channel": channel.id, "channel_type": channel.kind, "event_ts": stamp}
            await self._happens("message.channels", {**event, **more})

    async def removes_bot(self, channel: Channel) -> None:
        await self.leaves(channel, self.parts.world.bot_of(self.team))

    async def archives(self, channel: Channel) -> None:
        assert channel.kind != IM
        channel.archived = True
        event = {"type": "channel_archive", "channel": channel.id, "user": self.id}
        if self._bot_in(channel):
            await self._happens("channel_archive", event)

    def _bot_in(self, channel: Channel) -> bool:
        return self.parts.world.bot_of(self.team).id in channel.members

    # The application

    async def uninstalls(self) -> None:
        """Takes the application out: every token of the workspace is void, and the bot is told twice over."""
        bot = self.parts.world.bot_of(self.team)
        told: Sequence[Json] = (
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot.id]}},
            {"type": "app_uninstalled"},
        )
        envelopes = [(event["type"], self.parts.delivery.envelope(self.team, event)) for event in told]
        for token in self.parts.world.tokens.values():
            if token.team == self.team.id or (token.enterprise and token.enterprise == self.team.enterprise):
                token.revoked = True
        self.parts.views.close_all(self.team, self.id)
        for kind, envelope in envelopes:
            if self.parts.world.subscribed(kind):
                self.parts.delivery.begin(self.team, envelope)
        await self.parts.delivery.told()

    async def installs(self, url: str, *, allows: bool = True, org_wide: bool = False) -> str:
        """Walks from the bot's installation page over Slack's own and back; gives the page she ends on."""
        return await self.parts.walk(url, self.team, self.id, allows=allows, org_wide=org_wide)
