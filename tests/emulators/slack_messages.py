"""Messages as they are kept, told of in events, and handed out again."""

import mimetypes
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.emulators.slack_state import IM, MPIM, PRIVATE, Channel, File, Json, Message, State
from tests.emulators.slack_world import Refusal, World

_MARK = re.compile(r"<([@#!][^>|]*|(?:https?|mailto|slack)[^>|]*)(?:\|[^>]*)?>")
# Rich text's own words for what stands in angle brackets elsewhere.
_NAMED = {
    "user": ("@", "user_id"),
    "usergroup": ("!subteam^", "usergroup_id"),
    "broadcast": ("!", "range"),
    "channel": ("#", "channel_id"),
    "link": ("", "url"),
}
_EVENTS = {IM: "message.im", MPIM: "message.mpim", PRIVATE: "message.groups"}


def with_block_ids(blocks: list[Json]) -> list[Json]:
    """The same blocks, each with an id, as Slack gives them: another one every time."""
    return [block if block.get("block_id") else {**block, "block_id": secrets.token_urlsafe(4)} for block in blocks]


def marks_of(text: str, blocks: list[Json]) -> Iterator[str]:
    """Whatever mentions somebody or links somewhere: ``@U1``, ``!channel``, ``#C1``, ``https://...``."""
    yield from _MARK.findall(text)
    for block in blocks:
        yield from _marks(block)


def _marks(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for value in node:
            yield from _marks(value)
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind in ("mrkdwn", "markdown") and isinstance(node.get("text"), str):
        yield from _MARK.findall(node["text"])
    elif kind in _NAMED and _NAMED[kind][1] in node:
        sign, name = _NAMED[kind]
        yield f"{sign}{node[name]}"
    else:
        for value in node.values():
            yield from _marks(value)


def message_json(team: State, message: Message, *, metadata: bool = False, channel: Channel | None = None) -> Json:
    """A message as histories, answers and events show it."""
    told: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts, "team": team.id}
    optional: Json = {
        "blocks": message.blocks,
        "attachments": message.attachments,
        "bot_id": message.bot_id,
        "app_id": message.app_id,
        "subtype": message.subtype,
        "thread_ts": message.thread,
        "edited": {"user": message.user, "ts": message.edited} if message.edited else None,
        "files": [{"id": name} for name in message.files],
        "reactions": [{"name": n, "users": u, "count": len(u)} for n, u in message.reactions.items()],
        "metadata": message.metadata if metadata else None,
        "client_msg_id": message.client_msg_id,
    }
    told |= {name: value for name, value in optional.items() if value}
    if channel is not None and message.thread == message.ts:
        replies = [reply for reply in channel.thread(message.ts) if reply is not message]
        told |= {"reply_count": len(replies), "reply_users": sorted({r.user for r in replies})}
        if replies:
            told["latest_reply"] = replies[-1].ts
    return told


def typed_blocks(text: str) -> list[Json]:
    """What Slack makes of a person's own words: rich text."""
    words: list[Json] = []
    for piece in re.split(r"(<[@#]\w+(?:\|[^>]*)?>)", text):
        name = piece.strip("<>@#").partition("|")[0]
        if piece.startswith("<@"):
            words.append({"type": "user", "user_id": name})
        elif piece.startswith("<#"):
            words.append({"type": "channel", "channel_id": name})
        elif piece:
            plain = piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            words.append({"type": "text", "text": plain})
    line: Json = {"type": "rich_text_section", "elements": words}
    return with_block_ids([{"type": "rich_text", "elements": [line]}]) if words else []


def file_json(world: World, team: State, file: File) -> Json:
    where = f"{world.origin}/files-pri/{team.id}-{file.id}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "size": file.size,
        "user": file.user,
        "user_team": team.id,
        "url_private": f"{where}/{file.name}",
        "url_private_download": f"{where}/download/{file.name}",
        "permalink": f"https://{team.domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
        "channels": [name for name in file.shared if name.startswith("C")],
        "ims": [name for name in file.shared if name.startswith("D")],
        "alt_txt": file.alt,
    }


def mimetype_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


@dataclass(slots=True)
class Store:
    """Keeps messages and tells the bot of them, as far as it may know."""

    world: World

    async def add(self, team: State, channel: Channel, message: Message) -> None:
        self._mark(message)
        channel.messages.append(message)
        self.world.changed()
        if not message.ephemeral and self._hears(team, channel):
            told = message_json(team, message)
            await self._tell(team, channel, {**told, "event_ts": message.ts}, message.text)

    async def change(self, team: State, channel: Channel, message: Message, text: str, blocks: list[Json]) -> None:
        before = message_json(team, message)
        message.text, message.blocks = text, blocks
        message.edited = self.world.stamps.next()
        self._mark(message)
        self.world.changed()
        if not message.ephemeral:
            told = {"subtype": "message_changed", "message": message_json(team, message), "previous_message": before}
            await self._tell(team, channel, {**self._hidden(), **told}, "")

    async def remove(self, team: State, channel: Channel, message: Message) -> None:
        channel.messages.remove(message)
        self.world.changed()
        if not message.ephemeral:
            told = {
                "subtype": "message_deleted",
                "deleted_ts": message.ts,
                "previous_message": message_json(team, message),
            }
            await self._tell(team, channel, {**self._hidden(), **told}, "")

    def check_files(self, team: State, blocks: object) -> None:
        """Images from Slack's own files name a file of the workspace that is ready."""
        for where, named in _slack_files(blocks, "/blocks"):
            file = self._file(team, named)
            if file is None or not file.complete:
                raise Refusal("invalid_blocks", messages=[f"[ERROR] invalid slack file [json-pointer:{where}]"])
            if self.world.files_not_ready > 0:
                self.world.files_not_ready -= 1
                raise Refusal("invalid_blocks", messages=[f"[ERROR] invalid slack file [json-pointer:{where}]"])

    def check_people(self, team: State, blocks: object) -> None:
        """Whoever is named outside of plain text is somebody of the workspace."""
        for where, name in _people(blocks, "/blocks"):
            if name not in team.users:
                raise Refusal("invalid_blocks", messages=[f"[ERROR] user not found [json-pointer:{where}]"])

    def _file(self, team: State, named: Json) -> File | None:
        if "id" in named:
            return team.files.get(str(named["id"]))
        url = str(named.get("url", ""))
        for file in team.files.values():
            told = file_json(self.world, team, file)
            if url in (told["url_private"], told["permalink"]):
                return file
        return None

    def _hidden(self) -> Json:
        stamp = self.world.stamps.next()
        return {"type": "message", "hidden": True, "ts": stamp, "event_ts": stamp}

    def _mark(self, message: Message) -> None:
        found = list(dict.fromkeys(marks_of(message.text, message.blocks)))
        message.mentions = [mark for mark in found if mark[0] in "@#!" and not mark.startswith("!date^")]
        message.links = [mark for mark in found if mark[0] not in "@#!"]

    def _hears(self, team: State, channel: Channel) -> bool:
        return team.bot is not None and team.bot.id in channel.members and team.installed

    async def _tell(self, team: State, channel: Channel, event: Json, text: str) -> None:
        bot = team.bot
        if self.world.dispatch_event is None or bot is None or not self._hears(team, channel):
            return
        kind = channel.kind
        event = {**event, "channel": channel.id, "channel_type": kind}
        if self.world.subscribed(_EVENTS.get(kind, "message.channels")) and _may_read(team, kind):
            await self.world.dispatch_event(team, event)
        mentioned = f"<@{bot.id}>" in text and kind != IM and event.get("user") != bot.id
        if (
            mentioned
            and self.world.subscribed("app_mention")
            and team.token
            and "app_mentions:read" in team.token.scopes
        ):
            twin = {**event, "type": "app_mention"}
            twin.pop("channel_type")
            await self.world.dispatch_event(team, twin)


def _may_read(team: State, kind: str) -> bool:
    prefix = {IM: "im", MPIM: "mpim", PRIVATE: "groups"}.get(kind, "channels")
    return team.token is not None and f"{prefix}:history" in team.token.scopes


def _slack_files(node: Any, where: str) -> Iterator[tuple[str, Json]]:
    if isinstance(node, dict):
        if node.get("type") == "image" and isinstance(node.get("slack_file"), dict):
            yield f"{where}/slack_file", node["slack_file"]
        for name, value in node.items():
            yield from _slack_files(value, f"{where}/{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _slack_files(value, f"{where}/{number}")


def _people(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("user_id", "initial_user"):
                yield f"{where}/{name}", str(value)
            elif name == "initial_users":
                yield from ((f"{where}/{name}", str(user)) for user in value)
            else:
                yield from _people(value, f"{where}/{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _people(value, f"{where}/{number}")
