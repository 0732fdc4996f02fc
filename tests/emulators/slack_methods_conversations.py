"""Conversations: what they are, who is in them, and what was said, page by page."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.emulators.slack_call import Call, Method, Methods
from tests.emulators.slack_messages import message_json
from tests.emulators.slack_state import IM, MPIM, PRIVATE, PUBLIC, Channel, Json, Message
from tests.emulators.slack_world import Refusal, World

_KINDS = {"public_channel": PUBLIC, "private_channel": PRIVATE, "im": IM, "mpim": MPIM}
_READ = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_MOST_IN_ROOM = 8
_MOST_WITHOUT_LIMIT = 2000
T = TypeVar("T")


@dataclass(slots=True)
class ConversationMethods:
    world: World

    def methods(self) -> Methods:
        return {
            "conversations.open": Method(self.open),
            "conversations.info": Method(self.info),
            "conversations.list": Method(self.list, (), 2),
            "conversations.history": Method(self.history),
            "conversations.replies": Method(self.replies),
            "conversations.members": Method(self.members, (), 4),
            "conversations.join": Method(self.join, ("channels:join",)),
            "conversations.leave": Method(self.leave),
        }

    async def open(self, call: Call) -> Json:
        if name := call.text("channel"):
            channel = call.visible(name)
            if channel.kind not in (IM, MPIM):
                raise Refusal("method_not_supported_for_channel_type")
            return self._opened(call, channel, already=True)
        users = [user for user in call.text("users").split(",") if user]
        if not users:
            raise Refusal("users_list_not_supplied")
        people = list(dict.fromkeys(user for user in users if user != call.bot.id))
        call.need("mpim:write" if len(people) > 1 else "im:write")
        self._check_people(call, people)
        existing = call.team.im_of(people[0]) if len(people) == 1 else call.team.of_members({*people, call.bot.id})
        if existing is not None or call.flag("prevent_creation"):
            if existing is None:
                raise Refusal("channel_not_found")
            return self._opened(call, existing, already=True)
        if len(people) == 1:
            return self._opened(call, self.world.im(call.team, people[0]), already=False)
        members = [*people, call.bot.id]
        handles = "--".join(call.team.users[member].handle for member in members)
        channel = Channel(self.world.names.next("C"), call.team.id, f"mpdm-{handles}-1", MPIM, members)
        call.team.channels[channel.id] = channel
        return self._opened(call, channel, already=False)

    def _check_people(self, call: Call, people: Sequence[str]) -> None:
        if len(people) > _MOST_IN_ROOM:
            raise Refusal("too_many_users")
        if not people:
            raise Refusal("not_enough_users")
        for name in people:
            person = self.world.person_or_refuse(call.team, name)
            if person.deleted:
                raise Refusal("user_disabled")
            if person.bot:
                raise Refusal("cannot_dm_bot")
            if not person.takes_messages:
                raise Refusal("user_not_visible")

    def _opened(self, call: Call, channel: Channel, *, already: bool) -> Json:
        told = channel_json(call, channel) if call.flag("return_im") else {"id": channel.id}
        return {"channel": told, **({"no_op": True, "already_open": True} if already else {})}

    async def info(self, call: Call) -> Json:
        channel = call.channel()
        told = channel_json(call, channel)
        if call.flag("include_num_members"):
            told["num_members"] = len(channel.members)
        if call.flag("include_locale"):
            told["locale"] = "da-DK"
        return {"channel": told}

    async def list(self, call: Call) -> Json:
        types = [name.strip() for name in call.text("types", "public_channel").split(",")]
        for name in types:
            if name not in _KINDS:
                raise Refusal("invalid_types")
            call.need(_READ[name])
        kinds = {_KINDS[name] for name in types}
        hidden = call.flag("exclude_archived")
        found = [
            channel
            for channel in call.team.channels.values()
            if channel.kind in kinds
            and not (hidden and channel.archived)
            and (channel.kind == PUBLIC or call.member(channel))
        ]
        shown, cursor = page(call, found, lambda channel: channel.id, 100, 1000)
        return {"channels": [channel_json(call, c) for c in shown], "response_metadata": {"next_cursor": cursor}}

    async def members(self, call: Call) -> Json:
        channel = call.channel()
        shown, cursor = page(call, channel.members, lambda member: member, 100, 1000)
        return {"members": shown, "response_metadata": {"next_cursor": cursor}}

    async def history(self, call: Call) -> Json:
        channel = self._readable(call)
        roots = [m for m in channel.messages if not m.ephemeral and (not m.reply or m.broadcast)]
        return self._messages(call, channel, sorted(roots, key=_stamp, reverse=True), 100)

    async def replies(self, call: Call) -> Json:
        channel = self._readable(call)
        root = channel.find(call.required("ts", "thread_not_found"))
        if root is None:
            raise Refusal("thread_not_found")
        return self._messages(call, channel, sorted(channel.thread(root.thread or root.ts), key=_stamp), 1000)

    def _readable(self, call: Call) -> Channel:
        channel = call.channel("history")
        if not call.member(channel):
            raise Refusal("not_in_channel")
        return channel

    def _messages(self, call: Call, channel: Channel, messages: Sequence[Message], usual: int) -> Json:
        oldest, latest = _moment(call, "oldest", 0.0), _moment(call, "latest", float("inf"))
        inclusive = call.flag("inclusive")
        within = [m for m in messages if oldest < _stamp(m) < latest or (inclusive and _stamp(m) in (oldest, latest))]
        rates = self.world.rates
        if rates.small_history:
            usual = rates.page
        most = rates.page if rates.small_history or call.method == "conversations.history" else 1000
        shown, cursor = page(call, within, lambda m: m.ts, usual, most)
        metadata = call.flag("include_all_metadata")
        answer: Json = {
            "messages": [message_json(call.team, m, metadata=metadata, channel=channel) for m in shown],
            "has_more": bool(cursor),
            "response_metadata": {"next_cursor": cursor},
        }
        return answer

    async def join(self, call: Call) -> Json:
        channel = call.visible(call.required("channel", "channel_not_found"))
        if channel.kind != PUBLIC:
            raise Refusal("method_not_supported_for_channel_type")
        if channel.archived:
            raise Refusal("is_archived")
        answer: Json = {"channel": channel_json(call, channel)}
        if call.member(channel):
            return {**answer, "warning": "already_in_channel"}
        channel.members.append(call.bot.id)
        return {"channel": channel_json(call, channel)}

    async def leave(self, call: Call) -> Json:
        channel = call.visible(call.required("channel", "channel_not_found"))
        call.need("channels:manage", "channels:write", "groups:write")
        if channel.kind in (IM, MPIM):
            raise Refusal("method_not_supported_for_channel_type")
        if not call.member(channel):
            return {"not_in_channel": True}
        channel.members.remove(call.bot.id)
        return {}


def page(call: Call, rows: Sequence[T], key: Callable[[T], str], usual: int, most: int) -> tuple[list[T], str]:
    """One page and the cursor of the next. A cursor names the row it goes on with, so what is new shifts nothing."""
    limit = call.number("limit", usual, most=most)
    if not call.text("limit") and len(rows) > _MOST_WITHOUT_LIMIT:
        raise Refusal("limit_required")
    if call.world.short_pages:
        limit = max(1, limit // 2)
    start = 0
    if cursor := call.text("cursor"):
        try:
            wanted = base64.b64decode(cursor, validate=True).decode().removeprefix("next:")
        except (binascii.Error, ValueError):
            raise Refusal("invalid_cursor") from None
        start = next((number for number, row in enumerate(rows) if key(row) == wanted), -1)
        if start < 0:
            raise Refusal("invalid_cursor")
    shown = list(rows[start : start + limit])
    rest = rows[start + limit :]
    return shown, base64.b64encode(f"next:{key(rest[0])}".encode()).decode() if rest else ""


def channel_json(call: Call, channel: Channel) -> Json:
    told: Json = {
        "id": channel.id,
        "is_channel": channel.kind == PUBLIC,
        "is_group": channel.kind == PRIVATE,
        "is_im": channel.kind == IM,
        "is_mpim": channel.kind == MPIM,
        "is_private": channel.kind != PUBLIC,
        "is_archived": channel.archived,
        "is_org_shared": False,
        "context_team_id": call.team.id,
    }
    if channel.kind == IM:
        told["user"] = next(member for member in channel.members if member != call.bot.id)
        told["is_user_deleted"] = call.team.users[told["user"]].deleted
    else:
        told |= {"name": channel.name, "is_member": call.member(channel), "creator": channel.creator}
    return told


def _stamp(message: Message) -> float:
    return float(message.ts)


def _moment(call: Call, name: str, otherwise: float) -> float:
    value = call.text(name)
    if not value:
        return otherwise
    try:
        return float(value)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None
