"""Posting, editing and deleting messages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.emulators.slack_blocks import problems_of_message, weight_of
from tests.emulators.slack_call import Call, Method, Methods
from tests.emulators.slack_messages import Store, message_json, with_block_ids
from tests.emulators.slack_metadata import check_metadata
from tests.emulators.slack_state import IM, PUBLIC, Channel, Json, Message
from tests.emulators.slack_world import Refusal, World

_MOST_TEXT = 40_000
_MOST_MARKDOWN = 12_000
_MOST_SCHEDULED = 30


@dataclass(slots=True)
class Content:
    text: str
    blocks: list[Json]
    attachments: list[Json]


@dataclass(slots=True)
class ChatMethods:
    world: World
    store: Store

    def methods(self) -> Methods:
        return {
            "chat.postMessage": Method(self.post, ("chat:write",)),
            "chat.update": Method(self.update, ("chat:write",)),
            "chat.delete": Method(self.delete, ("chat:write",)),
            "chat.postEphemeral": Method(self.post_ephemeral, ("chat:write",), 4),
            "chat.getPermalink": Method(self.permalink, (), 5),
            "chat.scheduleMessage": Method(self.schedule, ("chat:write",)),
        }

    async def post(self, call: Call) -> Json:
        channel = self._target(call)
        content = self._content(call)
        message = self._message(call, channel, content)
        message.metadata = check_metadata(call.structure("metadata", "invalid_metadata_format"))
        message.broadcast = message.reply and call.flag("reply_broadcast")
        if message.broadcast:
            message.subtype = "thread_broadcast"
        await self.store.add(call.team, channel, message)
        return {"channel": channel.id, "ts": message.ts, "message": message_json(call.team, message, metadata=True)}

    async def post_ephemeral(self, call: Call) -> Json:
        channel = self._target(call, people=False)
        user = call.required("user", "user_not_in_channel")
        if user not in channel.members:
            raise Refusal("user_not_in_channel")
        message = self._message(call, channel, self._content(call))
        message.viewer = user
        await self.store.add(call.team, channel, message)
        return {"message_ts": message.ts}

    async def update(self, call: Call) -> Json:
        channel, message = self._own(call, "cant_update_message")
        given = call.structure("blocks", "invalid_blocks_format")
        content = self._content(call, keep=message if given is None and not call.text("text") else None)
        metadata = call.structure("metadata", "invalid_metadata_format")
        if metadata is not None:
            message.metadata = check_metadata(metadata) if metadata else None
        await self.store.change(call.team, channel, message, content.text, content.blocks)
        return {
            "channel": channel.id,
            "ts": message.ts,
            "text": message.text,
            "message": message_json(call.team, message, metadata=True),
        }

    async def delete(self, call: Call) -> Json:
        channel, message = self._own(call, "cant_delete_message")
        await self.store.remove(call.team, channel, message)
        return {"channel": channel.id, "ts": message.ts}

    async def permalink(self, call: Call) -> Json:
        channel = call.visible(call.required("channel", "channel_not_found"))
        message = channel.find(call.required("message_ts", "message_not_found"))
        if message is None:
            raise Refusal("message_not_found")
        return {"channel": channel.id, "permalink": permalink(call.team.domain, channel.id, message)}

    async def schedule(self, call: Call) -> Json:
        channel = self._target(call)
        when = call.text("post_at")
        if not when.isdigit():
            raise Refusal("invalid_time")
        due, now = int(when), self.world.clock.now().timestamp()
        if due <= now:
            raise Refusal("time_in_past")
        if due > now + timedelta(days=120).total_seconds():
            raise Refusal("time_too_far")
        near = [
            one for one in call.team.scheduled if one["channel"] == channel.id and one["post_at"] // 300 == due // 300
        ]
        if len(near) >= _MOST_SCHEDULED:
            raise Refusal("restricted_too_many")
        content = self._content(call)
        name = self.world.names.next("Q")
        row: Json = {"id": name, "channel": channel.id, "post_at": due, "text": content.text}
        call.team.scheduled.append(row)
        # A scheduled message with metadata is accepted and never posted: Slack's own documented fault.
        posted = call.structure("metadata", "invalid_metadata_format") is None

        async def arrive() -> None:
            call.team.scheduled.remove(row)
            if posted and call.team.installed:
                await self.store.add(call.team, channel, self._message(call, channel, content))

        self.world.timers.after(due - now, arrive)
        return {"channel": channel.id, "scheduled_message_id": name, "post_at": due, "message": {"text": content.text}}

    # Where to

    def _target(self, call: Call, *, people: bool = True) -> Channel:
        name = call.required("channel", "channel_not_found")
        if people and name in call.team.users and self.world.people_are_channels:
            channel = self._direct(call, name)
        elif name.lstrip("#") != name or name not in call.team.channels:
            found = call.team.named(name.lstrip("#"))
            if found is None:
                raise Refusal("channel_not_found")
            channel = call.visible(found.id)
        else:
            channel = call.visible(name)
        if channel.archived:
            raise Refusal("is_archived")
        if channel.kind == PUBLIC and not call.member(channel) and not call.has_scope("chat:write.public"):
            raise Refusal("not_in_channel")
        if channel.kind == IM:
            self._reachable(call, channel)
        return channel

    def _direct(self, call: Call, user: str) -> Channel:
        person = call.team.users[user]
        if person.bot or person.deleted:
            raise Refusal("channel_not_found")
        return self.world.im(call.team, user)

    def _reachable(self, call: Call, channel: Channel) -> None:
        person = call.team.users[next(member for member in channel.members if member != call.bot.id)]
        if person.deleted:
            raise Refusal("channel_not_found")
        if not self.world.feature("features", "app_home", "messages_tab_enabled"):
            raise Refusal("messages_tab_disabled")
        if not person.takes_messages:
            raise Refusal("restricted_action")

    def _own(self, call: Call, error: str) -> tuple[Channel, Message]:
        channel = call.visible(call.required("channel", "channel_not_found"))
        message = channel.find(call.required("ts", "message_not_found"))
        if message is None:
            raise Refusal("message_not_found")
        if message.bot_id != call.bot.bot_id:
            raise Refusal(error)
        if channel.archived:
            raise Refusal("is_archived" if error == "cant_update_message" else "message_not_found")
        return channel, message

    # What

    def _content(self, call: Call, keep: Message | None = None) -> Content:
        if keep is not None:
            raise Refusal("no_text")
        text = call.text("text")
        blocks: Any = call.structure("blocks", "invalid_blocks_format")
        attachments: Any = call.structure("attachments", "invalid_attachments") or []
        markdown = call.text("markdown_text")
        if markdown:
            if text or blocks:
                raise Refusal("markdown_text_conflict")
            if len(markdown) > _MOST_MARKDOWN:
                raise Refusal("msg_too_long")
            text = markdown
        if len(text) > _MOST_TEXT:
            raise Refusal("msg_too_long")
        if not isinstance(attachments, list) or len(attachments) > 100:
            raise Refusal("too_many_attachments" if isinstance(attachments, list) else "invalid_attachments")
        if blocks is not None and not isinstance(blocks, list):
            raise Refusal("invalid_blocks_format")
        if not (text.strip() or blocks or attachments):
            raise Refusal("no_text")
        if blocks and not text.strip():
            # Slack only warns of this; people who have it read out, or see a notification, would get nothing.
            raise Refusal("no_text", messages=["[ERROR] blocks need a text beside them"])
        self._check_blocks(call, blocks or [], text)
        return Content(text, with_block_ids(blocks or []), attachments)

    def _check_blocks(self, call: Call, blocks: list[Json], text: str) -> None:
        problems = problems_of_message(blocks, text)
        if any("only_one_table_allowed" in problem for problem in problems):
            raise Refusal("invalid_attachments", messages=problems)
        if problems:
            raise Refusal("invalid_blocks", messages=problems)
        if weight_of(blocks) > self.world.most_weight:
            raise Refusal("msg_blocks_too_long")
        self.store.check_files(call.team, blocks)
        self.store.check_people(call.team, blocks)

    def _message(self, call: Call, channel: Channel, content: Content) -> Message:
        thread = call.text("thread_ts")
        if thread:
            root = channel.find(thread)
            if root is None or root.reply:
                # Slack puts up with some of these; whoever sends one has lost its place.
                raise Refusal("cannot_reply_to_message")
            root.thread = root.ts
        bot = call.bot
        return Message(
            ts=self.world.stamps.next(),
            channel=channel.id,
            user=bot.id,
            text=content.text,
            blocks=content.blocks,
            attachments=content.attachments,
            bot_id=bot.bot_id,
            app_id=self.world.app.id,
            thread=thread,
        )


def permalink(domain: str, channel: str, message: Message) -> str:
    link = f"https://{domain}.slack.com/archives/{channel}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread}&cid={channel}" if message.reply else link
